#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "importers/readers/line.hpp"

namespace ketnghia::importers {

inline constexpr std::size_t kMaxColumns = 1000;

// A table's rows as a word processor has them: the paragraphs of each cell.
using CellParagraphs = std::vector<std::string>;
using TableRows = std::vector<std::vector<CellParagraphs>>;

// Makes a Page of what a word processor's file or a marked-up text holds, in its order. What is
// plain is read as read_text() reads plain text, so that a document says the same in any format.
//
// Units: text is UTF-8; "\n" in it is a line break.
// Errors: ImportError naming `path` past kMaxDocumentBytes, kMaxLines or too many cells.
class PageBuilder {
 public:
  explicit PageBuilder(std::string path) : path_(std::move(path)) {}

  void paragraph(std::string_view text) { add(Kind::Plain, text, 0); }  // of nothing: a gap
  // `level` is 1 outermost.
  void heading(std::string_view text, int level) { add(Kind::Heading, text, level); }
  void title(std::string_view text) { add(Kind::Title, text, 0); }
  void caption(std::string_view text) { add(Kind::Caption, text, 0); }
  void quotation(std::string_view text) { add(Kind::Quotation, text, 0); }
  // To be called as cells are made, so that those without text take no memory past the bound.
  void count_cells(std::size_t more);
  // Cells without text are kept. A table that only sets letterheads and signatures side by side
  // becomes lines as plain text has them.
  void table(const TableRows& rows);

  Page finish();

 private:
  enum class Kind { Plain, Heading, Title, Caption, Quotation, Row };
  struct Item {
    Kind kind;
    std::string text;
    std::vector<std::string> cells;
    int number = 0;  // of a heading its level, of a row its table
  };

  void add(Kind kind, std::string_view text, int number);
  void row(std::vector<std::string> cells);
  void count(std::size_t bytes);
  void append_plain(std::string_view run, Page& page);
  void append_line(const Item& item, Page& page);
  void append_row(const Item& item, Page& page);

  std::string path_;
  std::vector<Item> items_;
  std::size_t bytes_ = 0, cells_ = 0;
  int tables_ = 0;
  bool titled_ = false, gap_ = false;
};

}  // namespace ketnghia::importers
