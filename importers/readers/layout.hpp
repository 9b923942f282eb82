#pragma once

#include "importers/readers/line.hpp"
#include "importers/readers/reader.hpp"

namespace ketnghia::importers {

// What each line of a page is, and what the document says of itself: fills all of `document`
// but its name and checksum. Every character of the text that is neither white space nor a bar
// of a flattened table lies in a block. Linear in the text, but for sorting.
void lay_out(Page page, SourceDocument& document);

}  // namespace ketnghia::importers
