#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// Rich Text Format, as WordPad, Word and LibreOffice write it: what it shows, with rows of tables,
// marks of lists and footnotes; letters of code pages by the font that they are set in; deleted
// and hidden text, headers, pictures and instructions left out. Headings are those of styles
// named "heading" or "Title".
// Throws ImportError naming `path`: groups nested too deep, or past the bounds of
// page_builder.hpp. A file that is cut off is read as far as it goes.
Page read_rtf(std::string_view bytes, const std::string& path);

bool is_rtf(std::string_view bytes);

}  // namespace ketnghia::importers
