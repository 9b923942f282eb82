#pragma once

#include <string>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// The lines of a plain text in UTF-8, pasted pages and flattened tables among them. Lines that
// were broken in the middle of a sentence are one line, whose span holds the break.
// Throws ImportError naming `path` where it has more than kMaxLines lines.
Page read_text(std::string text, const std::string& path);

}  // namespace ketnghia::importers
