#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/text/span.hpp"
#include "importers/readers/looks.hpp"

namespace ketnghia::importers {

// No document has more lines; a file that has would take hundreds of times its size to lay out.
inline constexpr std::size_t kMaxLines = 1'000'000;

// What a page's mark-up says of a line. A text file says nothing.
enum class Markup : std::uint8_t {
  None,
  Prose,
  Heading,
  ListItem,
  Caption,
  Quotation,
  Byline,
  Date,
  Furniture,  // in a menu, a footer, a list of other stories, or outside the story
  Comments
};

// A line of a text file, or what a browser shows as one block of a page.
struct Line {
  Span span;                // trimmed, never empty
  Looks looks;              // of that span
  bool gap = false;         // set off from the line before: a blank line, or another element
  std::vector<Span> cells;  // of a table's row, two or more; blank cells are kept
  int table = -1;           // rows of one table share it
  Markup markup = Markup::None;
  int level = 0;       // of a Heading its tag's (1 for h1), of a ListItem its depth
  bool title = false;  // the page's title stands here
  float links = 0;     // share of its characters that lead elsewhere
  bool image = false;  // a picture stands right before or after it
  float certainty = 1.0F;  // of its letters: below 1 where they were recognised from an image
};

// What a format's reader hands to lay_out(): the stored text, its lines, and what the file
// says of the document apart from its text.
struct Page {
  std::string text;
  std::vector<Line> lines;  // in order; what lies between them is white space or bars
  bool marked_up = false;   // lines come from mark-up, not from a text file
  std::string title;
  std::string published;  // EDTF
  std::string source;
  std::string url;
  std::size_t pages_left_out = 0;  // images that could not be recognised
};

}  // namespace ketnghia::importers
