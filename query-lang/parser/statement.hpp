#pragma once

#include "query-lang/parser/ast.hpp"
#include "query-lang/parser/config.hpp"

namespace ketnghia::query::grammar {

using QueryRule = x3::rule<struct QueryId, ast::Query>;
using ExistsRule = x3::rule<struct ExistsId, ast::Exists>;
BOOST_SPIRIT_DECLARE(QueryRule, ExistsRule)

const QueryRule query = "a query";
const ExistsRule exists = "an existential subquery";

}  // namespace ketnghia::query::grammar
