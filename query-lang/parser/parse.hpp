#pragma once

#include <string_view>

#include "query-lang/parser/ast.hpp"

namespace ketnghia::query {

// How deep brackets of all kinds may stand in each other. Each level costs the parser a few
// kilobytes of stack, and no statement written by a person comes near.
inline constexpr unsigned kMaxNesting = 100;

// Reads a pattern (openCypher 9, the reading part). Throws QueryError with kind SyntaxError: at
// the farthest place the text could be read to, with what could have stood there.
// Linear in the text but for brackets in brackets, which are scanned once for each level.
ast::Query parse(std::string_view statement);

}  // namespace ketnghia::query
