#include "importers/readers/txt.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "importers/import_error.hpp"
#include "importers/readers/cues.hpp"
#include "importers/readers/looks.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kWrapWidth = 120;        // code points of the widest line of wrapped text
constexpr std::size_t kWrapsToTell = 3;        // broken sentences that tell a wrapped text
constexpr std::size_t kLongCaption = 50;       // a caption shorter than this was not broken
constexpr std::size_t kCaptionRestWords = 5;   // "Bắc Kinh (Trung Quốc)"
constexpr std::size_t kColumnSpaces = 4;       // a gap so wide sets columns apart
constexpr std::size_t kMaxJoined = 1U << 16U;  // bytes: no sentence is longer

// White space, and the marks of no width that pasted text begins lines with.
bool is_blank(UChar32 c) {
  return u_isUWhiteSpace(c) || c < 0x20 || c == 0x200B || c == 0xFEFF || c == 0x200E || c == 0x200F;
}

Span trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto from = static_cast<std::int32_t>(begin);
  auto to = static_cast<std::int32_t>(end);
  while (from < to) {
    auto after = from;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, after, to, c);
    if (!is_blank(c)) break;
    from = after;
  }
  while (to > from) {
    auto before = to;
    UChar32 c = 0;
    U8_PREV_OR_FFFD(bytes, from, before, c);
    if (!is_blank(c)) break;
    to = before;
  }
  return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
}

bool is_gap(std::string_view text, std::size_t at, std::size_t end, std::size_t& after) {
  after = at;
  bool tab = false;
  while (after < end && (text[after] == ' ' || text[after] == '\t')) tab |= text[after++] == '\t';
  return tab || after - at >= kColumnSpaces;
}

// The cells of a flattened row, blank ones at its ends left out; none where the line is no row.
// Bars set cells apart, else tabs or wide gaps, as the columns of a letterhead.
std::vector<Span> cells_of(std::string_view text, Span line) {
  std::vector<Span> cells;
  const auto shown = line.of(text);
  bool bar = false, tab = false, gap = false;
  std::size_t spaces = 0;
  for (const char c : shown) {
    bar |= c == '|';
    tab |= c == '\t';
    spaces = c == ' ' ? spaces + 1 : 0;
    gap |= spaces == kColumnSpaces;
  }
  if (bar) {
    for (std::size_t at = line.begin;;) {
      const auto next = std::min<std::size_t>(text.find('|', at), line.end);
      cells.push_back(trimmed(text, at, next));
      if (next == line.end) break;
      at = next + 1;
    }
    if (cells.size() > 1 && cells.front().empty() && text[line.begin] == '|')
      cells.erase(cells.begin());
    while (cells.size() > 1 && cells.back().empty()) cells.pop_back();
    return cells;
  }
  if (!tab && !gap) return {};
  std::size_t begin = line.begin;
  for (std::size_t at = line.begin; at < line.end; ++at) {
    std::size_t after = at;
    if (!is_gap(text, at, line.end, after)) continue;
    cells.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    begin = after;
    at = after - 1;
  }
  cells.push_back({static_cast<std::uint32_t>(begin), line.end});
  // "-\tCử đoàn": the gap after a number or a dash makes no column, unless it is a wide one.
  std::size_t bytes = 0;
  int level = 0;
  const bool marked = marker_of(shown, bytes, level) != Marker::None &&
                      line.begin + bytes >= cells.front().end &&
                      cells[1].begin - cells.front().end <= 2 * kColumnSpaces;
  return cells.size() < 2 || (cells.size() == 2 && marked) ? std::vector<Span>{} : cells;
}

std::vector<Line> split(std::string_view text, const std::string& path) {
  std::vector<Line> lines;
  bool gap = false;
  int table = -1;
  bool in_table = false;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && text[end] != '\n' && text[end] != '\f' && text[end] != '\v') ++end;
    Line line;
    line.span = trimmed(text, at, end);
    line.gap = gap;
    at = end + 1;
    if (line.span.empty()) {
      gap = true;
      continue;
    }
    line.cells = cells_of(text, line.span);
    if (!line.cells.empty()) {
      const auto filled = std::count_if(line.cells.begin(), line.cells.end(),
                                        [](Span cell) { return !cell.empty(); });
      if (filled == 0) continue;  // bars alone: no block
      if (!in_table || gap) ++table;
      in_table = true;
      line.table = table;
    } else {
      in_table = false;
    }
    gap = false;
    if (lines.size() == kMaxLines) throw ImportError(path, "", "too many lines for a document");
    lines.push_back(std::move(line));
  }
  return lines;
}

struct Edge {
  bool joinable = false;  // a line of running text: no row
  bool open = false;      // ends within a sentence, as far as its last word tells
};

// Whether a line ends in a word that ends no sentence: "giữa", "đồng chí".
bool ends_open(std::string_view line) {
  auto space = line.rfind(' ');
  if (space == std::string_view::npos) return false;
  if (is_cue(Cue::Connective, cue_key(line.substr(space + 1)))) return true;
  space = space == 0 ? std::string_view::npos : line.rfind(' ', space - 1);
  return space != std::string_view::npos &&
         is_cue(Cue::Connective, cue_key(line.substr(space + 1)));
}

// A line that no line can continue, whatever begins the next: below "Ý kiến (1)" stands the name
// of a reader, often in small letters.
bool complete(const Looks& looks) {
  return looks.closed() || looks.end == ':' || looks.capitals || looks.quoted ||
         is_cue(Cue::Comments, looks.key) || is_cue(Cue::Teasers, looks.key) ||
         is_cue(Cue::Furniture, looks.key);
}

// Whether the text was broken at a width: many sentences go on in the next line, which begins
// with a small letter, and no line is long.
bool is_wrapped(const std::vector<Line>& lines, const std::vector<Edge>& edges,
                std::size_t& width) {
  std::size_t breaks = 0, pairs = 0;
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    widths.push_back(lines[i].looks.chars);
    if (i + 1 == lines.size() || lines[i + 1].gap || !edges[i].joinable || !edges[i + 1].joinable)
      continue;
    ++pairs;
    if (!complete(lines[i].looks) && lines[i + 1].looks.small_start) ++breaks;
  }
  if (breaks < kWrapsToTell || breaks * 5 < pairs) return false;
  const auto widest = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 19 / 20);
  std::nth_element(widths.begin(), widest, widths.end());
  width = *widest;
  return width <= kWrapWidth;
}

}  // namespace

Page read_text(std::string text, const std::string& path) {
  Page page;
  page.text = std::move(text);
  auto lines = split(page.text, path);
  std::vector<Edge> edges;
  edges.reserve(lines.size());
  for (auto& line : lines) {
    const auto shown = line.span.of(page.text);
    line.looks = looks_of(shown);
    edges.push_back({line.cells.empty(), ends_open(shown)});
  }
  std::size_t width = 0;
  const bool wrapped = is_wrapped(lines, edges, width);
  bool gallery = false;
  std::size_t first = 0;  // of the lines being joined
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Looks& here = lines[i].looks;
    const bool apart = i == 0 || lines[i].gap || !edges[i - 1].joinable || !edges[i].joinable ||
                       here.marker != Marker::None || here.capitals || here.rule ||
                       lines[i - 1].looks.rule || lines[i - 1].looks.capitals ||
                       lines[i].span.end - lines[first].span.begin > kMaxJoined;
    bool join = false;
    if (!apart) {
      const Looks& above = lines[i - 1].looks;
      // In a wrapped text a full stop at the margin does not end the paragraph.
      const bool margin = wrapped && above.chars * 20 >= width * 17;
      const bool broken =
          here.small_start || edges[i - 1].open || (wrapped && above.chars * 10 >= width * 7);
      const bool rest =
          gallery && above.chars >= kLongCaption && here.name && here.words <= kCaptionRestWords;
      join = margin || (!complete(above) && (broken || rest));
    }
    if (!join) first = i;
    if (starts_with_cue(Cue::Gallery, here.key)) gallery = true;
    if (join) {
      page.lines.back().span.end = lines[i].span.end;
    } else {
      page.lines.push_back(lines[i]);
    }
  }
  for (auto& line : page.lines) {
    const auto shown = line.span.of(page.text);
    if (shown.find('\n') != std::string_view::npos) line.looks = looks_of(shown);
  }
  return page;
}

}  // namespace ketnghia::importers
