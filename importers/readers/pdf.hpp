#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

inline constexpr std::size_t kMaxScannedPages = 60;  // each takes seconds to recognise

bool is_pdf(std::string_view bytes);

// A PDF by pdftotext; pages that hold no text are images and are read by pdftoppm and tesseract,
// where these are installed, their lines less certain. What a PDF says of its title and dates
// says little of the document and is left alone.
// Errors: ImportError as run_program() and read_text() have them; of a PDF of images alone also
// where tesseract is missing, and where there are more than kMaxScannedPages of them.
Page read_pdf(std::string_view bytes, const std::string& path);

}  // namespace ketnghia::importers
