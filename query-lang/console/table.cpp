#include "query-lang/console/table.hpp"

#include <algorithm>
#include <cassert>
#include <ostream>

#include "engine/text/utf8.hpp"

namespace ketnghia::console {
namespace {

constexpr std::string_view kGap = " │ ";
constexpr std::size_t kGapWidth = 3;
constexpr std::size_t kLeastColumn = 6;  // narrower, a name breaks within its syllables
constexpr std::string_view kNoteIndent = "    ";

// Control characters as their pictures (U+2400…), a tab as a space; line breaks stay.
std::string shown(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t') {
      safe += ' ';
    } else if (c != '\n' && (byte < 0x20 || byte == 0x7f)) {
      safe += "\xe2\x90";
      safe += static_cast<char>(byte == 0x7f ? 0xa1 : 0x80 + byte);
    } else {
      safe += c;
    }
  }
  return safe;
}

void pad(std::ostream& out, std::size_t width) {
  for (; width > 0; --width) out << ' ';
}

std::size_t widest_line(std::string_view text) {
  std::size_t widest = 0;
  while (true) {
    const std::size_t end = text.find('\n');
    widest = std::max<std::size_t>(widest, display_width(text.substr(0, end)));
    if (end == text.npos) return widest;
    text.remove_prefix(end + 1);
  }
}

// Bytes of the longest start of `line` that is at most `width` wide; at least one character.
std::size_t fitting(std::string_view line, std::size_t width) {
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < line.size()) {
    const std::size_t size = code_point_at(line, bytes).size;
    used += display_width(line.substr(bytes, size));
    if (used > width && bytes > 0) break;
    bytes += size;
  }
  return bytes;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (width > 0) {
      std::size_t cut = fitting(line, width);
      if (cut == line.size()) break;
      if (line[cut] != ' ') {
        const std::size_t space = line.substr(0, cut).find_last_of(' ');
        if (space != line.npos && space > 0) cut = space;
      }
      lines.emplace_back(line.substr(0, cut));
      line.remove_prefix(cut);
      if (line.starts_with(' ')) line.remove_prefix(1);
    }
    lines.emplace_back(line);
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

void Table::add(std::vector<std::string> cells) {
  assert(cells.size() == columns_.size());
  for (std::string& cell : cells) cell = shown(cell);
  rows_.push_back({std::move(cells), {}});
}

void Table::note(std::string text) {
  assert(!rows_.empty());
  rows_.back().notes.push_back(shown(text));
}

// Every column as wide as its widest cell; while all together are wider than `bound`, the
// widest gives way, so that short columns stay whole.
std::vector<std::size_t> Table::widths(std::size_t bound) const {
  std::vector<std::size_t> widths;
  std::size_t total = columns_.empty() ? 0 : (columns_.size() - 1) * kGapWidth;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    std::size_t width = widest_line(columns_[column].name);
    for (const Row& row : rows_) width = std::max(width, widest_line(row.cells[column]));
    widths.push_back(width);
    total += width;
  }
  while (bound > 0 && total > bound) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (widest == widths.end() || *widest <= kLeastColumn) break;
    std::size_t second = kLeastColumn;
    for (auto other = widths.begin(); other != widths.end(); ++other) {
      if (other != widest && *other < *widest) second = std::max(second, *other);
    }
    const std::size_t step = std::max<std::size_t>(1, std::min(total - bound, *widest - second));
    *widest -= step;
    total -= step;
  }
  return widths;
}

void Table::print(std::ostream& out, const Terminal& terminal) const {
  const std::vector<std::size_t> widths = this->widths(terminal.width);
  const auto print_row = [&](const std::vector<std::string>& cells, bool heading) {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      lines.push_back(wrapped(cells[column], widths[column]));
      height = std::max(height, lines.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      for (std::size_t column = 0; column < cells.size(); ++column) {
        const std::string_view text =
            line < lines[column].size() ? std::string_view(lines[column][line]) : "";
        const std::size_t used = display_width(text);
        const std::size_t space = widths[column] > used ? widths[column] - used : 0;
        const bool last = column + 1 == cells.size();
        if (column > 0) out << (last && text.empty() ? kGap.substr(0, kGap.size() - 1) : kGap);
        const bool right = columns_[column].right;
        // No blanks at the end of a line.
        if (right && !(last && text.empty())) pad(out, space);
        out << (heading ? bold(terminal, text) : std::string(text));
        if (!right && !last) pad(out, space);
      }
      out << '\n';
    }
  };
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(shown(column.name));
  print_row(names, true);
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) out << "─┼─";
    for (std::size_t i = 0; i < widths[column]; ++i) out << "─";
  }
  out << '\n';
  for (const Row& row : rows_) {
    print_row(row.cells, false);
    for (const std::string& note : row.notes) {
      const std::size_t room =
          terminal.width > kNoteIndent.size() ? terminal.width - kNoteIndent.size() : 0;
      for (const std::string& line : wrapped(note, room)) {
        out << kNoteIndent << dim(terminal, line) << '\n';
      }
    }
  }
}

}  // namespace ketnghia::console
