#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// A text in Markdown: what it shows, without its marks. Headings of both kinds, lists, tables,
// quotations, footnotes; links are their words, pictures their captions; a head between lines of
// "---" tells title, date, author and source. Code, HTML tags and comments are dropped, not read.
// Throws ImportError naming `path`: no text, or past the bounds of page_builder.hpp.
Page read_markdown(std::string_view bytes, const std::string& path);

}  // namespace ketnghia::importers
