#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ketnghia::importers {

// `bytes` as UTF-8, by the name that a file gives their encoding ("utf-8", "windows-1258",
// "gb2312"); nothing where the name is not known. What is no character becomes U+FFFD.
std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset);

}  // namespace ketnghia::importers
