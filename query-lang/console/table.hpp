#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "query-lang/console/terminal.hpp"

namespace ketnghia::console {

// Rows of text in aligned columns, as a terminal shows them.
//
// Units: widths are terminal columns (East Asian wide characters take two). Cells are UTF-8; a
// line break in a cell starts a new line of the cell, other control characters are shown as
// pictures, so that no text can steer the terminal.
class Table {
 public:
  struct Column {
    std::string name;
    bool right = false;  // numbers
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as columns.
  void add(std::vector<std::string> cells);
  // A text under the row last added, across all columns.
  void note(std::string text);

  // Cells wrap where the table is wider than the terminal; without a bound they do not.
  void print(std::ostream& out, const Terminal& terminal) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> notes;
  };

  std::vector<std::size_t> widths(std::size_t bound) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

// `text` in lines of at most `width` columns, broken at spaces where that is possible; 0: no
// bound. At least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace ketnghia::console
