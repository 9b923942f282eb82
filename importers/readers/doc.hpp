#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// Whether the bytes are of a compound file, as the .doc of Word 97 to 2003 is.
bool is_doc(std::string_view bytes);

// A .doc by antiword; letters typed in fonts of TCVN3 and VNI are read as such.
// Errors: ImportError as run_program() and read_text() have them.
Page read_doc(std::string_view bytes, const std::string& path);

}  // namespace ketnghia::importers
