#pragma once

#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// A text document of LibreOffice and its like (.odt; .fodt, the same in one XML file), read as
// read_docx() reads Word's: deleted text, annotations, indexes and hidden text left out.
// Throws ImportError as read_docx() does.
Page read_odt(std::string_view bytes, const std::string& path);

bool is_odf(std::string_view bytes);

}  // namespace ketnghia::importers
