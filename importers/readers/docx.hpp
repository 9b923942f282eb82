#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// A document of Word 2007 and later (.docx, .docm): its body with tracked changes accepted,
// numbers of lists as they are shown, notes and text boxes; no headers, footers, comments, hidden
// text or table of contents. When the file was made tells nothing of publication: programs set it
// from the clock, templates keep it for years.
// Throws ImportError naming `path` and the part of the file: damaged, encrypted, a spreadsheet or
// slides, or past the bounds of zip.hpp, xml.hpp and page_builder.hpp.
Page read_docx(std::string_view bytes, const std::string& path);

// Whether a file is one of Office's packages.
bool is_ooxml(std::string_view bytes);

// Whether it is one behind a password; read_encrypted() throws the ImportError that says so.
bool is_encrypted_ooxml(std::string_view bytes);
Page read_encrypted(std::string_view bytes, const std::string& path);

}  // namespace ketnghia::importers
