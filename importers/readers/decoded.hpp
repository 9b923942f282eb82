#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// The formats whose bytes are characters: decoded, told from data, read.
//
// Errors: ImportError naming `path`, of bytes that are no text and of what the readers refuse.
Page read_text_bytes(std::string_view bytes, const std::string& path);
Page read_html_bytes(std::string_view bytes, const std::string& path);

// The characters of a text file with \n alone at the ends of lines. Throws as above.
std::string decode_text(std::string_view bytes, const std::string& path);

}  // namespace ketnghia::importers
