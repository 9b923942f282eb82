#include "importers/readers/flow.hpp"

#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "engine/text/encoding.hpp"

namespace ketnghia::importers {
namespace {

void append(std::vector<std::string>& to, std::vector<std::string> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// windows-1252 from 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char32_t, 32> kAnsi{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The bytes that windows-1252 has for a text; empty where it has not all of them.
std::string ansi_bytes(std::string_view text) {
  std::string bytes;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, at, size, c);
    if (c >= 0x100) {
      const auto found = std::find(kAnsi.begin(), kAnsi.end(), static_cast<char32_t>(c));
      if (found == kAnsi.end()) return {};
      c = static_cast<UChar32>(0x80 + (found - kAnsi.begin()));
    }
    bytes += static_cast<char>(c);
  }
  return bytes;
}

}  // namespace

void Flow::take(std::vector<std::string> paragraphs) {
  if (in_body()) {
    for (const std::string& text : paragraphs) page_.paragraph(text);
  } else {
    append(holders_.back().paragraphs, std::move(paragraphs));
  }
}

void Flow::flush_notes() {
  if (!in_body()) return;
  for (const std::string& note : std::exchange(notes_, {})) page_.paragraph(note);
}

void Flow::close_paragraph() {
  if (paragraphs_.empty()) return;
  Paragraph closed = std::move(paragraphs_.back());
  paragraphs_.pop_back();
  if (!in_body()) {
    take({std::move(closed.text)});
  } else {
    switch (closed.role) {
      case Role::Plain:
        page_.paragraph(closed.text);
        break;
      case Role::Heading:
        page_.heading(closed.text, closed.level);
        break;
      case Role::Title:
        page_.title(closed.text);
        break;
      case Role::Caption:
        page_.caption(closed.text);
        break;
      case Role::Quotation:
        page_.quotation(closed.text);
        break;
    }
  }
  take(std::move(closed.boxes));
  flush_notes();
}

void Flow::drop_paragraph() {
  if (!paragraphs_.empty()) paragraphs_.pop_back();
}

void Flow::open_row() {
  if (!tables_.empty()) tables_.back().emplace_back();
}

void Flow::drop_row() {
  if (!tables_.empty() && !tables_.back().empty()) tables_.back().pop_back();
}

void Flow::open_cell() { holders_.push_back({Holder::Cell, {}}); }

void Flow::close_cell(std::size_t columns, bool covered) {
  if (holders_.back().kind != Holder::Cell) return;
  std::vector<std::string> cell = std::move(holders_.back().paragraphs);
  holders_.pop_back();
  if (covered) cell.clear();
  if (tables_.empty() || tables_.back().empty()) return take(std::move(cell));
  auto& row = tables_.back().back();
  page_.count_cells(1);
  if (row.size() < kMaxColumns) row.push_back(std::move(cell));
  if (columns > 1) blank_cells(columns - 1);
}

void Flow::blank_cells(std::size_t count) {
  if (tables_.empty() || tables_.back().empty()) return;
  auto& row = tables_.back().back();
  page_.count_cells(std::min(count, kMaxColumns));
  row.resize(
      std::min(row.size() + std::min(count, kMaxColumns), std::max(row.size(), kMaxColumns)));
}

void Flow::align_columns(const std::vector<std::vector<std::size_t>>& spans) {
  if (tables_.empty()) return;
  TableRows& rows = tables_.back();
  for (std::size_t r = 0; r < std::min(rows.size(), spans.size()); ++r) {
    if (rows[r].size() != spans[r].size()) continue;  // cells that are not told of
    std::vector<CellParagraphs> cells;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      if (cells.size() < kMaxColumns) cells.push_back(std::move(rows[r][i]));
      page_.count_cells(std::min(spans[r][i] - 1, kMaxColumns));
      cells.resize(std::min(cells.size() + spans[r][i] - 1, std::max(cells.size(), kMaxColumns)));
    }
    rows[r] = std::move(cells);
  }
}

void Flow::close_table() {
  if (tables_.empty()) return;
  TableRows rows = std::move(tables_.back());
  tables_.pop_back();
  if (in_body()) {
    page_.table(rows);
  } else {
    // In a cell or a box: its rows are lines there.
    std::vector<std::string> lines;
    for (const auto& row : rows) {
      std::string line;
      for (const auto& cell : row) {
        std::string text;
        for (const std::string& part : cell) text += (text.empty() ? "" : " ") + part;
        if (!line.empty() && !text.empty()) line += row.size() > 2 ? " | " : ": ";
        line += text;
      }
      lines.push_back(std::move(line));
    }
    take(std::move(lines));
  }
  flush_notes();
}

void Flow::close_box() {
  if (holders_.back().kind != Holder::Box) return;
  std::vector<std::string> box = std::move(holders_.back().paragraphs);
  holders_.pop_back();
  if (paragraphs_.empty()) return take(std::move(box));
  append(paragraphs_.back().boxes, std::move(box));
}

void Flow::close_note() {
  if (holders_.back().kind != Holder::Note) return;
  append(notes_, std::move(holders_.back().paragraphs));
  holders_.pop_back();
}

std::string decode_font(std::string text, std::string_view font) {
  const bool abc = font.starts_with(".Vn");
  if (!abc && !font.starts_with("VNI-")) return text;
  const auto high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  std::string bytes = text;
  if (std::any_of(text.begin(), text.end(), high)) bytes = ansi_bytes(text);
  if (bytes.empty()) return text;
  std::string decoded = decode(bytes, abc ? Encoding::Tcvn3 : Encoding::VniWindows);
  if (!abc || !font.ends_with('H')) return decoded;
  // .VnTimeH and its like show small letters as capitals.
  text.clear();
  icu::UnicodeString::fromUTF8(decoded).toUpper().toUTF8String(text);
  return text;
}

std::string list_number(std::size_t number, char format) {
  const auto capital = [&](std::string text) {
    if (format == 'A' || format == 'I') {
      for (char& c : text) c = static_cast<char>(c - 32);
    }
    return text;
  };
  if ((format == 'a' || format == 'A') && number > 0) {
    const std::size_t times = std::min<std::size_t>((number - 1) / 26 + 1, 8);
    return capital(std::string(times, static_cast<char>('a' + (number - 1) % 26)));
  }
  constexpr std::size_t kLargestRoman = 400;
  if ((format != 'i' && format != 'I') || number == 0 || number > kLargestRoman) {
    return std::to_string(number);
  }
  constexpr std::array<std::pair<std::size_t, std::string_view>, 9> kRoman{{{100, "c"},
                                                                            {90, "xc"},
                                                                            {50, "l"},
                                                                            {40, "xl"},
                                                                            {10, "x"},
                                                                            {9, "ix"},
                                                                            {5, "v"},
                                                                            {4, "iv"},
                                                                            {1, "i"}}};
  std::string text;
  for (const auto& [value, letters] : kRoman) {
    for (; number >= value; number -= value) text += letters;
  }
  return capital(text);
}

}  // namespace ketnghia::importers
