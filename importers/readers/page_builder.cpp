#include "importers/readers/page_builder.hpp"

#include <algorithm>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/import_error.hpp"
#include "importers/readers/cues.hpp"
#include "importers/readers/looks.hpp"
#include "importers/readers/reader.hpp"
#include "importers/readers/txt.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxCells = 2'000'000;
constexpr std::string_view kBar = " | ";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v\xC2\xA0") == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const auto begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// In a cell and a heading a bar would set cells apart, and a line break is a space.
std::string on_one_line(std::string_view text) {
  std::string line{trimmed(text)};
  for (char& c : line) {
    if (c == '\r' || c == '\t' || c == '\f' || c == '\v') c = ' ';
  }
  return line;
}

bool tells_frame(std::string_view paragraph) {
  const std::string key = cue_key(paragraph);
  return is_cue(Cue::Motto, key) || starts_with_cue(Cue::Addressees, key) ||
         starts_with_cue(Cue::Signature, key) || starts_with_cue(Cue::Number, key);
}

// Whether a table is there to set lines side by side: a letterhead, a signature, columns.
bool is_frame(const TableRows& rows) {
  constexpr std::size_t kFrameRows = 4, kFrameColumns = 3;
  if (rows.size() == 1) return true;
  if (rows.size() > kFrameRows) return false;
  for (const auto& row : rows) {
    if (row.size() > kFrameColumns) return false;
  }
  for (const auto& row : rows) {
    for (const auto& cell : row) {
      if (std::any_of(cell.begin(), cell.end(), tells_frame)) return true;
    }
  }
  return false;
}

}  // namespace

void PageBuilder::count(std::size_t bytes) {
  bytes_ += bytes + 1;
  if (bytes_ > kMaxDocumentBytes) {
    throw ImportError(
        path_, "", "its text is larger than " + std::to_string(kMaxDocumentBytes >> 20U) + " MiB");
  }
  if (items_.size() >= kMaxLines) throw ImportError(path_, "", "too many lines for a document");
}

void PageBuilder::add(Kind kind, std::string_view text, int number) {
  count(text.size());
  Item item{is_blank(text) ? Kind::Plain : kind, {}, {}, number};
  if (!is_blank(text)) item.text = kind == Kind::Plain ? std::string(text) : on_one_line(text);
  if (item.kind == Kind::Title && std::exchange(titled_, true)) item.kind = Kind::Heading;
  items_.push_back(std::move(item));
}

void PageBuilder::row(std::vector<std::string> cells) {
  if (std::all_of(cells.begin(), cells.end(), is_blank)) return;
  Item item{Kind::Row, {}, std::move(cells), tables_};
  std::size_t bytes = 0;
  for (std::string& cell : item.cells) bytes += cell.size() + kBar.size();
  count(bytes);
  items_.push_back(std::move(item));
}

void PageBuilder::count_cells(std::size_t more) {
  cells_ += more;
  if (cells_ > kMaxCells) throw ImportError(path_, "", "too many cells for a document");
}

void PageBuilder::table(const TableRows& rows) {
  paragraph({});
  ++tables_;
  const bool frame = is_frame(rows);
  for (const auto& cells : rows) {
    std::size_t height = 0, filled = 0;
    bool prose = false;
    for (const auto& cell : cells) {
      height = std::max(height, cell.size());
      filled += !std::all_of(cell.begin(), cell.end(), is_blank);
      if (!frame) continue;
      for (const auto& text : cell) prose = prose || looks_of(trimmed(text)).prose();
    }
    if (cells.size() == 1 || (frame && (prose || filled == 1))) {
      for (const auto& cell : cells) {
        for (const auto& text : cell) paragraph(text);
      }
      continue;
    }
    const std::size_t lines = frame ? height : 1;
    for (std::size_t k = 0; k < lines; ++k) {
      std::vector<std::string> line;
      for (const auto& cell : cells) {
        std::string text;
        for (std::size_t i = frame ? k : 0; i < cell.size() && (!frame || i == k); ++i) {
          const std::string part = on_one_line(cell[i]);
          if (part.empty()) continue;
          if (!text.empty()) text += '\n';
          text += part;
        }
        line.push_back(std::move(text));
      }
      row(std::move(line));
    }
  }
  paragraph({});
}

// Lines of plain text, which may hold rows of their own.
void PageBuilder::append_plain(std::string_view run, Page& page) {
  const auto base = static_cast<std::uint32_t>(page.text.size());
  Page plain = read_text(decode(run, Encoding::Utf8), path_);
  int last = -1;
  for (Line& line : plain.lines) {
    const auto move = [&](Span& span) { span = {span.begin + base, span.end + base}; };
    move(line.span);
    for (Span& cell : line.cells) move(cell);
    if (line.table >= 0) {
      if (line.table != std::exchange(last, line.table)) ++tables_;
      line.table = tables_;
    }
    line.gap = line.gap || std::exchange(gap_, false);
    page.lines.push_back(std::move(line));
  }
  page.text += plain.text;
}

void PageBuilder::append_line(const Item& item, Page& page) {
  Line line;
  const auto begin = page.text.size();
  page.text += trimmed(decode(item.text, Encoding::Utf8));
  line.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(page.text.size())};
  page.text += '\n';
  if (line.span.empty()) return;
  line.looks = looks_of(line.span.of(page.text));
  line.gap = true;
  const bool heading = item.kind == Kind::Title || item.kind == Kind::Heading;
  // Whole paragraphs are given a heading's style, for its size.
  if (heading && (item.kind == Kind::Title || !line.looks.prose())) {
    line.markup = Markup::Heading;
    line.level = item.number + 1;
    line.title = item.kind == Kind::Title;
  } else if (item.kind == Kind::Caption) {
    line.markup = Markup::Caption;
  } else if (item.kind == Kind::Quotation) {
    line.markup = Markup::Quotation;
  }
  gap_ = true;
  page.lines.push_back(std::move(line));
}

void PageBuilder::append_row(const Item& item, Page& page) {
  Line line;
  for (const std::string& cell : item.cells) {
    if (!line.cells.empty()) page.text += kBar;
    const auto begin = static_cast<std::uint32_t>(page.text.size());
    page.text += trimmed(decode(cell, Encoding::Utf8));
    line.cells.push_back({begin, static_cast<std::uint32_t>(page.text.size())});
  }
  const auto filled = [](Span cell) { return !cell.empty(); };
  const auto first = std::find_if(line.cells.begin(), line.cells.end(), filled);
  const auto last = std::find_if(line.cells.rbegin(), line.cells.rend(), filled);
  page.text += '\n';
  if (first == line.cells.end()) return;
  line.span = {first->begin, last->end};
  line.looks = looks_of(line.span.of(page.text));
  line.table = item.number;
  line.gap = std::exchange(gap_, false);
  page.lines.push_back(std::move(line));
}

Page PageBuilder::finish() {
  Page page;
  gap_ = false;
  std::string run;
  const auto flush = [&] {
    if (run.empty()) return;
    append_plain(run, page);
    gap_ = run.ends_with("\n\n") || run == "\n";
    run.clear();
  };
  for (const Item& item : items_) {
    if (item.kind == Kind::Plain) {
      run += item.text;
      run += '\n';
      continue;
    }
    flush();
    item.kind == Kind::Row ? append_row(item, page) : append_line(item, page);
    if (page.lines.size() > kMaxLines) {
      throw ImportError(path_, "", "too many lines for a document");
    }
  }
  flush();
  return page;
}

}  // namespace ketnghia::importers
