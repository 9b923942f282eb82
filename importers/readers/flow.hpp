#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/readers/page_builder.hpp"

namespace ketnghia::importers {

enum class Role { Plain, Heading, Title, Caption, Quotation };

struct Paragraph {
  std::string text;
  Role role = Role::Plain;
  int level = 1;                   // of a Heading
  std::vector<std::string> boxes;  // paragraphs of the text boxes tied to it
};

// Puts in reading order what word processors' files nest: paragraphs, tables in cells, text boxes
// and notes within a paragraph. Boxes follow the paragraph that they are tied to, notes the
// paragraph or table that refers to them.
//
// Calls nest as elements do; a close without its open is ignored.
class Flow {
 public:
  explicit Flow(PageBuilder& page) : page_(page) { holders_.push_back({Holder::Body, {}}); }

  void open_paragraph() { paragraphs_.emplace_back(); }
  void close_paragraph();
  void drop_paragraph();  // as if it had not been opened
  Paragraph* paragraph() { return paragraphs_.empty() ? nullptr : &paragraphs_.back(); }
  void text(std::string_view text) {
    if (!paragraphs_.empty()) paragraphs_.back().text += text;
  }

  void open_table() { tables_.emplace_back(); }
  void open_row();
  void drop_row();  // the row that is open
  void open_cell();
  // `columns` that it spans; what it covers are blank cells, as it is itself where a cell above
  // covers it.
  void close_cell(std::size_t columns, bool covered = false);
  void blank_cells(std::size_t count);
  // Before close_table(): how many columns each cell of each row spans.
  void align_columns(const std::vector<std::vector<std::size_t>>& spans);
  void close_table();

  void open_box() { holders_.push_back({Holder::Box, {}}); }
  void close_box();
  void open_note() { holders_.push_back({Holder::Note, {}}); }
  void close_note();
  std::vector<std::string> take_notes() { return std::exchange(notes_, {}); }
  void note(std::string text) { notes_.push_back(std::move(text)); }

 private:
  struct Holder {
    enum Kind { Body, Cell, Box, Note } kind;
    std::vector<std::string> paragraphs;  // of all but the Body
  };

  bool in_body() const { return holders_.size() == 1; }
  void take(std::vector<std::string> paragraphs);
  void flush_notes();

  PageBuilder& page_;
  std::vector<Holder> holders_;
  std::vector<Paragraph> paragraphs_;
  std::vector<TableRows> tables_;
  std::vector<std::string> notes_;
};

// The text of a run that is set in a font of the time before Unicode (.VnTime, VNI-Times), whose
// letters stand in the places of others; any other as it is.
std::string decode_font(std::string text, std::string_view font);

// The number of an item of a list as its `format` shows it: 'a', 'A', 'i', 'I', else in digits.
std::string list_number(std::size_t number, char format);

}  // namespace ketnghia::importers
