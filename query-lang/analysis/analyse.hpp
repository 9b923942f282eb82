#pragma once

#include <string_view>

#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/parser/ast.hpp"

namespace ketnghia::query {

// Binds the names of a parsed statement and checks what can be checked before it runs: scopes,
// types that are known, aggregation, the order of clauses. `statement` is the text it was parsed
// from: columns without an alias are called as they were written.
// Throws QueryError, whose codes are those of openCypher.
bound::Query analyse(const ast::Query& query, std::string_view statement);

}  // namespace ketnghia::query
