#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// The visible text of a web page in UTF-8, one line a block, and where its story lies: by text
// density and links, the place of the title, elements and their classes, none alone.
// Bounded: mark-up nested deeper than browsers keep is flattened; throws ImportError naming
// `path` where the tree would need more than kMaxTreeBytes or there are more than kMaxLines lines.
Page read_html(std::string html, const std::string& path);

// Whether bytes of a file of whatever name are a page: they begin as one.
bool looks_like_html(std::string_view text);

}  // namespace ketnghia::importers
