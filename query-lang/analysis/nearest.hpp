#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::query {

// The candidates a person may have meant by `word`, nearest first, at most `limit`: edit
// distance over letters without case, a swap of neighbours counting as one edit, at most a
// third of the word being wrong. Damerau, "A technique for computer detection and correction of
// spelling errors", 1964 (optimal string alignment). O(candidates × length²).
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates,
                                 std::size_t limit);

}  // namespace ketnghia::query
