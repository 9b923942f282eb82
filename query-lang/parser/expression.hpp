#pragma once

#include "query-lang/parser/ast.hpp"
#include "query-lang/parser/config.hpp"

namespace ketnghia::query::grammar {

using ExpressionRule = x3::rule<struct ExpressionId, ast::Expression>;
using MapLiteralRule = x3::rule<struct MapLiteralId, ast::MapLiteral>;
BOOST_SPIRIT_DECLARE(ExpressionRule, MapLiteralRule)

const ExpressionRule expression = "an expression";
const MapLiteralRule map_literal = "a map";

}  // namespace ketnghia::query::grammar
