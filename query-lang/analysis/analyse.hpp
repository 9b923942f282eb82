#pragma once

#include <cstddef>
#include <string_view>

#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/parser/ast.hpp"

namespace ketnghia::query {

// How many clauses, nodes and relationships one statement may have. They become steps of a plan
// that call each other, so there must be a bound, and ordering a MATCH takes their square.
inline constexpr std::size_t kMaxSteps = 1000;

// Binds the names of a parsed statement and checks what can be checked before it runs: scopes,
// types that are known, aggregation, the order of clauses. `statement` is the text it was parsed
// from: columns without an alias are called as they were written.
// Throws QueryError, whose codes are those of openCypher.
bound::Query analyse(const ast::Query& query, std::string_view statement);

}  // namespace ketnghia::query
