#pragma once

#include <string_view>

#include "engine/text/span.hpp"

namespace ketnghia::query {

// Whether all of `text` matches the regular expression (ICU's, which is close to Java's).
// Throws QueryError (ArgumentError, InvalidRegularExpression) where it is none, or where ICU's
// bound on backtracking is passed.
bool matches_regex(std::string_view text, std::string_view pattern, Span span);

}  // namespace ketnghia::query
