#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// A word where it stands on a printed page. Units: points, from the top left corner.
struct PrintedWord {
  std::string text;
  double left = 0, top = 0, right = 0, bottom = 0;
  float certainty = 1.0F;  // below 1 where it was recognised from an image
};
using PrintedLine = std::vector<PrintedWord>;  // from left to right

struct PrintedPage {
  double width = 0, height = 0;
  std::vector<PrintedLine> lines;  // as the program found them, in any order
};

// The words in what pdftotext -bbox-layout writes. Takes any bytes.
std::vector<PrintedPage> pages_of_bbox(std::string_view xml);

// What tesseract writes as TSV of one page, at so many dots per inch. Takes any bytes.
PrintedPage page_of_tsv(std::string_view tsv, double dots_per_inch);

// The pages as one text file would hold them: running heads and page numbers left out, lines
// joined to paragraphs over the ends of pages, columns one after the other, cells of a row
// between bars. Reads as read_text() does, whose errors it has; `path` is for them.
Page read_printed(std::vector<PrintedPage> pages, const std::string& path);

}  // namespace ketnghia::importers
