#pragma once

#include <string>
#include <string_view>

namespace ketnghia::console {

// A text as a JSON string, quotes included. What is no UTF-8 (an argument, a line of a file) is
// shown as U+FFFD: JSON cannot hold it.
std::string json_string(std::string_view text);

}  // namespace ketnghia::console
