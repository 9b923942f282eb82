#include "importers/readers/printed.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/readers/looks.hpp"
#include "importers/readers/txt.hpp"

namespace ketnghia::importers {
namespace {

constexpr double kMargin = 0.12;     // of a page's height: running heads stand there
constexpr double kSameHeight = 6;    // points between the places of one running head
constexpr double kCellGap = 1.6;     // heights of a line between words: another cell
constexpr double kSmallGap = 0.5;    // so, where other lines have a cell's edge there too,
constexpr double kUnusualGap = 2;    // and other gaps of the line are so much smaller
constexpr double kSameEdge = 2;      // points
constexpr double kGutter = 7;        // points, between two columns of text
constexpr double kRowGap = 0.3;      // heights of a line between rows, more than between lines
constexpr double kSameRow = 0.6;     // heights of a line between the middles of two cells
constexpr double kCellGrowth = 1.2;  // a cell's next line is hardly wider than the first
constexpr double kNextLine = 0.65;   // heights of a line between two lines of one paragraph
constexpr double kFull = 0.07;       // of a column's width that a full line may lack
constexpr double kIndent = 9;        // points of a first line
constexpr double kColumn = 0.28;     // of a page's width that a line of a column has at least
constexpr std::size_t kColumnLines = 5;
constexpr double kOtherSize = 0.18;  // heights of lines of one paragraph differ less
constexpr double kOtherImage = 0.6;
constexpr double kPointsPerInch = 72;
constexpr std::size_t kMaxWords = 2'000'000;
constexpr std::size_t kStrayBytes = 4;  // a letter cut off the next page
constexpr std::size_t kNumberBytes = 24;

// Words side by side without a wide gap: a line of text or a cell's.
struct Piece {
  std::string text;
  double left = 0, top = 0, right = 0, bottom = 0;
  float certainty = 1.0F;

  double height() const { return bottom - top; }
  double middle() const { return (top + bottom) / 2; }
  double width() const { return right - left; }
};

// Pieces on one height, from left to right: several are cells of a row.
struct Row {
  std::vector<Piece> cells;
  std::size_t flow = 0;  // lines of one column on one page share it

  double top() const {
    double top = cells.front().top;
    for (const Piece& cell : cells) top = std::min(top, cell.top);
    return top;
  }
  double bottom() const {
    double bottom = cells.front().bottom;
    for (const Piece& cell : cells) bottom = std::max(bottom, cell.bottom);
    return bottom;
  }
};

void append(Piece& piece, std::string_view text, const Piece& from) {
  piece.text += piece.text.empty() ? "" : " ";
  piece.text += text;
  piece.left = std::min(piece.left, from.left);
  piece.top = std::min(piece.top, from.top);
  piece.right = std::max(piece.right, from.right);
  piece.bottom = std::max(piece.bottom, from.bottom);
  piece.certainty = std::min(piece.certainty, from.certainty);
}

Piece piece_of(const PrintedWord& word) {
  return {word.text, word.left, word.top, word.right, word.bottom, word.certainty};
}

// A bar would read as the edge of a cell.
void without_bars(std::string& text) { std::replace(text.begin(), text.end(), '|', ' '); }

// How far the words of a line stand apart, mostly: spaces of justified text are wide, all alike.
double usual_gap(const PrintedLine& line) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < line.size(); ++i) gaps.push_back(line[i].left - line[i - 1].right);
  if (gaps.empty()) return 0;
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>((gaps.size() - 1) / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

// Where words begin after a gap that may be one between cells, in order.
std::vector<double> cell_edges(const PrintedPage& page) {
  std::vector<double> edges;
  for (const PrintedLine& line : page.lines) {
    const double usual = usual_gap(line);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool wide =
          i == 0 || line[i].left - line[i - 1].right >
                        std::max(kSmallGap * (line[i].bottom - line[i].top), kUnusualGap * usual);
      if (wide) edges.push_back(line[i].left);
    }
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

// Whether other lines too begin a cell there.
bool is_edge(const std::vector<double>& edges, double left) {
  const auto first = std::lower_bound(edges.begin(), edges.end(), left - kSameEdge);
  const auto last = std::upper_bound(edges.begin(), edges.end(), left + kSameEdge);
  return last - first >= 2;
}

// Where the gap lies between two columns of text: hardly a word crosses it, and lines on either
// side are a column wide. pdftotext takes two lines of columns that stand close for one.
std::optional<double> gutter_of(const PrintedPage& page) {
  std::size_t fewest = page.lines.size() / 4 + 1;
  std::optional<double> gutter;
  for (double x = page.width * 0.4; x <= page.width * 0.6; x += 2) {
    std::size_t crossing = 0, left = 0, right = 0;
    for (const PrintedLine& line : page.lines) {
      if (line.empty()) continue;
      const auto next = std::find_if(line.begin(), line.end(),
                                     [&](const PrintedWord& word) { return word.right > x; });
      const bool apart = next == line.end() || next->left >= x;
      const bool narrow = apart && next != line.end() && next != line.begin() &&
                          next->left - std::prev(next)->right < kGutter;
      if (!apart || narrow) {
        ++crossing;
        continue;
      }
      if (next != line.begin() &&
          std::prev(next)->right - line.front().left >= page.width * kColumn)
        ++left;
      if (next != line.end() && line.back().right - next->left >= page.width * kColumn) ++right;
    }
    if (left >= kColumnLines && right >= kColumnLines && crossing < fewest) {
      fewest = crossing;
      gutter = x;
    }
  }
  return gutter;
}

std::vector<Piece> pieces_of(PrintedPage& page, std::optional<double>& gutter) {
  std::vector<Piece> pieces;
  for (PrintedLine& line : page.lines) {
    std::stable_sort(line.begin(), line.end(),
                     [](const PrintedWord& a, const PrintedWord& b) { return a.left < b.left; });
  }
  const auto edges = cell_edges(page);
  gutter = gutter_of(page);
  for (PrintedLine& line : page.lines) {
    const double usual = usual_gap(line);
    std::size_t words = 0;
    double certainty = 0;
    bool begun = false;
    const auto close = [&] {
      if (words > 0)
        pieces.back().certainty = static_cast<float>(certainty / static_cast<double>(words));
      words = 0;
      certainty = 0;
    };
    for (PrintedWord& word : line) {
      without_bars(word.text);
      if (word.text.find_first_not_of(' ') == std::string::npos) continue;
      const double gap = begun ? word.left - pieces.back().right : 0;
      const double height = word.bottom - word.top;
      const bool column = begun && gutter && gap >= kGutter && pieces.back().right <= *gutter &&
                          word.left >= *gutter;
      const bool cell =
          gap > kCellGap * height ||
          (gap > std::max(kSmallGap * height, kUnusualGap * usual) && is_edge(edges, word.left));
      if (!begun || cell || column) {
        close();
        pieces.push_back(piece_of(word));
      } else {
        append(pieces.back(), word.text, piece_of(word));
      }
      begun = true;
      ++words;
      certainty += static_cast<double>(word.certainty);
    }
    close();
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.middle() < b.middle(); });
  return pieces;
}

// -- running heads ----------------------------------------------------------------------------

std::string without_numbers(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) result += c;
    if (digit && (result.empty() || result.back() != '#')) result += '#';
  }
  return result;
}

// "2", "- 2 -", "Trang 2/5", "2 | Trang": the number of a page and no more.
bool is_page_number(std::string_view text) {
  if (text.size() > kNumberBytes) return false;
  std::string rest = without_numbers(text);
  if (rest.find('#') == std::string::npos) return false;
  for (const std::string_view word : {"Trang", "trang", "TRANG", "Page"}) {
    if (const auto at = rest.find(word); at != std::string::npos) rest.erase(at, word.size());
  }
  return rest.find_first_not_of("#-–—/ .()[]") == std::string::npos;
}

void drop_running_heads(std::vector<std::vector<Piece>>& pages,
                        const std::vector<PrintedPage>& printed) {
  struct Place {
    double height = 0;
    std::size_t page = 0;
  };
  std::map<std::string, std::vector<Place>> places;
  const auto at_edge = [&](const Piece& piece, std::size_t page) {
    const double height = printed[page].height;
    return piece.bottom < height * kMargin || piece.top > height * (1 - kMargin);
  };
  for (std::size_t page = 0; page < pages.size(); ++page) {
    for (const Piece& piece : pages[page]) {
      if (at_edge(piece, page)) places[without_numbers(piece.text)].push_back({piece.top, page});
    }
  }
  for (std::size_t page = 0; page < pages.size(); ++page) {
    std::erase_if(pages[page], [&](const Piece& piece) {
      if (!at_edge(piece, page)) return false;
      if (is_page_number(piece.text) || piece.text.size() <= kStrayBytes) return true;
      const auto& same = places[without_numbers(piece.text)];
      std::size_t others = 0;
      for (const Place& place : same) {
        if (place.page != page && std::abs(place.height - piece.top) < kSameHeight) ++others;
      }
      // On one page of three at least: the pages of a chapter, or every second one.
      return others > 0 && (others + 1) * 3 >= pages.size();
    });
  }
}

// -- rows and columns -------------------------------------------------------------------------

// Pieces in order of their heights to rows of cells.
void add_rows(std::vector<Row>& rows, std::vector<Piece> pieces, std::size_t flow) {
  const std::size_t first = rows.size();
  for (Piece& piece : pieces) {
    Row* row = rows.size() > first ? &rows.back() : nullptr;
    const auto beside = [&](const Piece& cell) {
      return cell.right <= piece.left || piece.right <= cell.left;
    };
    const auto on_row = [&](const Piece& cell) {
      return std::abs(cell.middle() - piece.middle()) <
             kSameRow * std::min(cell.height(), piece.height());
    };
    if (row && std::all_of(row->cells.begin(), row->cells.end(), beside) &&
        std::any_of(row->cells.begin(), row->cells.end(), on_row)) {
      row->cells.push_back(std::move(piece));
      continue;
    }
    // A cell's next line, where its row has others: nothing stands beside it.
    if (row && row->cells.size() > 1) {
      Piece* above = nullptr;
      for (Piece& cell : row->cells) {
        const bool aligned = std::abs(cell.left - piece.left) < kSameEdge * 2 ||
                             std::abs(cell.left + cell.right - piece.left - piece.right) < kIndent;
        if (aligned && piece.top - cell.bottom < kNextLine / 2 * piece.height()) above = &cell;
      }
      const auto next = static_cast<std::size_t>(&piece - pieces.data()) + 1;
      const bool alone = next >= pieces.size() || !on_row(pieces[next]) || !beside(pieces[next]);
      const Looks looks = looks_of(piece.text);
      if (above != nullptr && alone && piece.width() < above->width() * kCellGrowth &&
          looks.marker == Marker::None && looks.capitals == looks_of(above->text).capitals) {
        const std::string text = piece.text;
        append(*above, text, piece);
        continue;
      }
    }
    rows.push_back({{std::move(piece)}, flow});
  }
  for (std::size_t i = first; i < rows.size(); ++i) {
    std::sort(rows[i].cells.begin(), rows[i].cells.end(),
              [](const Piece& a, const Piece& b) { return a.left < b.left; });
  }
}

void add_page(std::vector<Row>& rows, std::vector<Piece> pieces, double width,
              std::optional<double> gutter) {
  const std::size_t flow = rows.empty() ? 0 : rows.back().flow + 1;
  if (!gutter) return add_rows(rows, std::move(pieces), flow);
  // Bands between lines that cross the gutter; in a band of columns the left one goes first.
  std::vector<Piece> left, right;
  std::size_t next = flow;
  const auto end_band = [&] {
    const auto wide = [&](const Piece& piece) { return piece.width() >= width * kColumn; };
    const bool columns = std::count_if(left.begin(), left.end(), wide) >= 2 &&
                         std::count_if(right.begin(), right.end(), wide) >= 2;
    if (columns) {
      add_rows(rows, std::move(left), next++);
      add_rows(rows, std::move(right), next++);
    } else {
      left.insert(left.end(), right.begin(), right.end());
      std::stable_sort(left.begin(), left.end(),
                       [](const Piece& a, const Piece& b) { return a.middle() < b.middle(); });
      add_rows(rows, std::move(left), next++);
    }
    left.clear();
    right.clear();
  };
  for (Piece& piece : pieces) {
    if (piece.right <= *gutter) {
      left.push_back(std::move(piece));
    } else if (piece.left >= *gutter) {
      right.push_back(std::move(piece));
    } else {
      if (!left.empty() || !right.empty()) end_band();
      std::vector<Piece> alone;
      alone.push_back(std::move(piece));
      add_rows(rows, std::move(alone), next);
    }
  }
  if (!left.empty() || !right.empty()) end_band();
}

// In a table of three columns or more, rows that stand closer than others are one row's lines.
void join_close_rows(std::vector<Row>& rows) {
  std::vector<Row> joined;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin, columns = 0;
    double least = 1e9, most = -1e9;
    while (end < rows.size() && rows[end].cells.size() > 1 && rows[end].flow == rows[begin].flow) {
      columns = std::max(columns, rows[end].cells.size());
      if (end > begin) {
        const double gap = rows[end].top() - rows[end - 1].bottom();
        least = std::min(least, gap);
        most = std::max(most, gap);
      }
      ++end;
    }
    end = std::max(end, begin + 1);
    const std::size_t first = joined.size();
    for (std::size_t i = begin; i < end; ++i) {
      const double height = rows[i].cells.front().height();
      const bool close = i > begin && columns >= 3 && most - least > kRowGap * height &&
                         rows[i].top() - rows[i - 1].bottom() < least + kRowGap / 2 * height;
      if (!close || joined.size() == first) {
        joined.push_back(rows[i]);
        continue;
      }
      for (const Piece& cell : rows[i].cells) {
        auto& above = joined.back().cells;
        const auto same = std::find_if(above.begin(), above.end(), [&](const Piece& other) {
          return cell.left < other.right && other.left < cell.right;
        });
        if (same != above.end()) {
          append(*same, cell.text, cell);
        } else {
          above.push_back(cell);
        }
      }
    }
    begin = end;
  }
  rows = std::move(joined);
}

// -- paragraphs -------------------------------------------------------------------------------

UChar32 first_of(std::string_view text) {
  std::int32_t at = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at,
                  static_cast<std::int32_t>(text.size()), c);
  return c;
}

bool is_letter(UChar32 c) { return u_isalpha(c) != 0; }

// The line goes on in the next: "coop-" and "eration" are one word, "Gi-" and "jung" a name that
// keeps its hyphen.
void join(std::string& paragraph, std::string_view next) {
  constexpr std::string_view kSoftHyphen = "\xC2\xAD";
  if (paragraph.ends_with(kSoftHyphen)) {
    paragraph.resize(paragraph.size() - kSoftHyphen.size());
    paragraph += next;
    return;
  }
  const auto word = paragraph.find_last_of(' ') + 1;
  const bool hyphen = paragraph.size() > word + 1 && paragraph.back() == '-' &&
                      is_letter(first_of(std::string_view{paragraph}.substr(word))) &&
                      u_islower(first_of(next));
  if (!hyphen) {
    paragraph += ' ';
  } else if (u_islower(first_of(std::string_view{paragraph}.substr(word)))) {
    paragraph.pop_back();
  }
  paragraph += next;
}

struct Edges {
  double left = 0, right = 0;
};

// Where the lines of one flow begin and end, a few strays left out.
Edges edges_of(const std::vector<Row>& rows, std::size_t begin, std::size_t end) {
  std::vector<double> left, right;
  for (std::size_t i = begin; i < end; ++i) {
    if (rows[i].cells.size() != 1) continue;
    left.push_back(rows[i].cells.front().left);
    right.push_back(rows[i].cells.front().right);
  }
  if (left.empty()) return {};
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return {left[left.size() / 10], right[right.size() - 1 - right.size() / 10]};
}

class Writer {
 public:
  explicit Writer(const std::vector<Row>& rows) : rows_(rows) {
    edges_.resize(rows.size());
    for (std::size_t begin = 0; begin < rows.size();) {
      std::size_t end = begin;
      while (end < rows.size() && rows[end].flow == rows[begin].flow) ++end;
      const Edges edges = edges_of(rows, begin, end);
      std::fill(edges_.begin() + static_cast<std::ptrdiff_t>(begin),
                edges_.begin() + static_cast<std::ptrdiff_t>(end), edges);
      begin = end;
    }
  }

  void write() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Row& row = rows_[i];
      if (row.cells.size() > 1) {
        write_row(i);
      } else if (i > 0 && rows_[i - 1].cells.size() == 1 && continues(i)) {
        const Piece& piece = row.cells.front();
        join(text, piece.text);
        sum_ += static_cast<double>(piece.certainty);
        certainties.back().second = static_cast<float>(sum_ / static_cast<double>(++lines_));
      } else {
        begin(row.cells.front(), true);
        text += row.cells.front().text;
        first_ = i;
      }
    }
  }

  std::string text;
  std::vector<std::pair<std::size_t, float>> certainties;  // of the line that begins there

 private:
  void begin(const Piece& piece, bool gap) {
    if (!text.empty()) text += gap ? "\n\n" : "\n";
    certainties.emplace_back(text.size(), piece.certainty);
    sum_ = static_cast<double>(piece.certainty);
    lines_ = 1;
  }

  void write_row(std::size_t i) {
    const Row& row = rows_[i];
    const bool first = i == 0 || rows_[i - 1].cells.size() == 1;
    if (first) find_columns(i);
    begin(row.cells.front(), first);
    std::vector<std::string> cells(columns_.size());
    for (const Piece& cell : row.cells) {
      std::size_t best = 0;
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (overlap(columns_[c], cell) > overlap(columns_[best], cell)) best = c;
      }
      cells[best] += (cells[best].empty() ? "" : " ") + cell.text;
    }
    text += '|';
    for (const std::string& cell : cells) text += ' ' + cell + " |";
  }

  static double overlap(const Edges& column, const Piece& cell) {
    return std::min(column.right, cell.right) - std::max(column.left, cell.left);
  }

  // The columns of the table that begins at row `i`: those of its rows, laid over each other.
  void find_columns(std::size_t i) {
    columns_.clear();
    for (; i < rows_.size() && rows_[i].cells.size() > 1; ++i) {
      for (const Piece& cell : rows_[i].cells) {
        const auto same = std::find_if(columns_.begin(), columns_.end(), [&](const Edges& column) {
          return overlap(column, cell) > 0;
        });
        if (same == columns_.end()) {
          columns_.push_back({cell.left, cell.right});
        } else {
          // Centred cells vary in width; a column never grows over its neighbour's middle.
          same->left = std::min(same->left, cell.left);
          same->right = std::max(same->right, cell.right);
        }
      }
    }
    std::sort(columns_.begin(), columns_.end(),
              [](const Edges& a, const Edges& b) { return a.left < b.left; });
  }

  // Whether the line of row `i` goes on the paragraph above it.
  bool continues(std::size_t i) const {
    const Piece& above = rows_[i - 1].cells.front();
    const Piece& here = rows_[i].cells.front();
    const Edges& edges = edges_[i - 1];
    const double column = edges.right - edges.left;
    if (column <= 0 || above.right < edges.right - kFull * column) return false;
    const double height = std::max(above.height(), here.height());
    // An image's lines are as high as their letters happen to be.
    const double other = above.certainty < 1 && here.certainty < 1 ? kOtherImage : kOtherSize;
    if (std::abs(above.height() - here.height()) > other * height) return false;
    const Looks looks = looks_of(here.text);
    if (looks.marker != Marker::None) return false;
    if (looks_of(above.text).capitals != looks.capitals) return false;
    if (rows_[i].flow != rows_[i - 1].flow) {
      // Over the end of a page or column only what is clearly the rest of a sentence.
      return looks.small_start && !looks_of(above.text).closed();
    }
    if (here.top - above.bottom > kNextLine * height || here.top < above.top) return false;
    // An item's next lines may stand further in than its number, but all alike.
    const Piece& first = rows_[first_].cells.front();
    const bool hanging = first_ + 1 == i && looks_of(first.text).marker != Marker::None;
    const double left = first_ + 1 == i ? first.left : above.left;
    return hanging || here.left <= left + kIndent / 3;
  }

  const std::vector<Row>& rows_;
  std::vector<Edges> edges_;    // of each row's flow
  std::vector<Edges> columns_;  // of the table being written
  std::size_t first_ = 0;       // row of the paragraph being written
  std::size_t lines_ = 0;
  double sum_ = 0;
};

// -- what the programs write ------------------------------------------------------------------

double number_in(std::string_view tag, std::string_view name) {
  const auto at = tag.find(name);
  if (at == std::string_view::npos) return 0;
  const std::string digits{tag.substr(at + name.size(), 24)};
  const double value = std::strtod(digits.c_str(), nullptr);
  return std::isfinite(value) ? std::clamp(value, -1e6, 1e6) : 0;
}

void decode_entities(std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [name, sign] : kEntities) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
      text.replace(at, name.size(), sign);
  }
}

}  // namespace

std::vector<PrintedPage> pages_of_bbox(std::string_view xml) {
  std::vector<PrintedPage> pages;
  std::size_t words = 0;
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const auto end = xml.find('>', at);
    if (end == std::string_view::npos) break;
    const auto tag = xml.substr(at, end - at);
    if (tag.starts_with("<page ")) {
      pages.push_back({number_in(tag, "width=\""), number_in(tag, "height=\""), {}});
    } else if (tag.starts_with("<line ") && !pages.empty()) {
      pages.back().lines.emplace_back();
    } else if (tag.starts_with("<word ") && !pages.empty() && !pages.back().lines.empty()) {
      if (++words > kMaxWords) break;
      const auto close = xml.find('<', end);
      if (close == std::string_view::npos) break;
      PrintedWord word{std::string{xml.substr(end + 1, close - end - 1)},
                       number_in(tag, "xMin=\""),
                       number_in(tag, "yMin=\""),
                       number_in(tag, "xMax=\""),
                       number_in(tag, "yMax=\""),
                       1.0F};
      decode_entities(word.text);
      pages.back().lines.back().push_back(std::move(word));
    }
  }
  return pages;
}

PrintedPage page_of_tsv(std::string_view tsv, double dots_per_inch) {
  enum Column : std::size_t {
    kLevel,
    kPage,
    kBlock,
    kParagraph,
    kLine,
    kWord,
    kLeft,
    kTop,
    kWidth,
    kHeight,
    kConfidence,
    kText,
    kColumns
  };
  constexpr std::string_view kPageLevel = "1", kLineLevel = "4", kWordLevel = "5";
  const double scale = kPointsPerInch / dots_per_inch;
  PrintedPage page;
  while (!tsv.empty()) {
    const auto end = tsv.find('\n');
    std::string_view row = tsv.substr(0, end);
    tsv = end == std::string_view::npos ? std::string_view{} : tsv.substr(end + 1);
    std::array<std::string_view, kColumns> cells;
    for (auto& cell : cells) {
      const auto tab = row.find('\t');
      cell = row.substr(0, tab);
      row = tab == std::string_view::npos ? std::string_view{} : row.substr(tab + 1);
    }
    const auto value = [&](Column column) { return number_in(cells[column], "") * scale; };
    if (cells[kLevel] == kPageLevel) {
      page.width = value(kWidth);
      page.height = value(kHeight);
    } else if (cells[kLevel] == kLineLevel) {
      page.lines.emplace_back();
    } else if (cells[kLevel] == kWordLevel && !page.lines.empty()) {
      const double confidence = number_in(cells[kConfidence], "");
      if (confidence <= 0) continue;
      page.lines.back().push_back({std::string{cells[kText]}, value(kLeft), value(kTop),
                                   value(kLeft) + value(kWidth), value(kTop) + value(kHeight),
                                   static_cast<float>(std::min(confidence, 99.0) / 100)});
    }
  }
  // The boxes of recognised words are as high as their letters: a line's is that of all.
  for (PrintedLine& line : page.lines) {
    double top = 1e9, bottom = 0;
    for (const PrintedWord& word : line) {
      top = std::min(top, word.top);
      bottom = std::max(bottom, word.bottom);
    }
    for (PrintedWord& word : line) {
      word.top = top;
      word.bottom = bottom;
    }
  }
  return page;
}

Page read_printed(std::vector<PrintedPage> pages, const std::string& path) {
  std::vector<std::vector<Piece>> pieces;
  pieces.reserve(pages.size());
  std::vector<std::optional<double>> gutters(pages.size());
  for (std::size_t page = 0; page < pages.size(); ++page)
    pieces.push_back(pieces_of(pages[page], gutters[page]));
  drop_running_heads(pieces, pages);
  std::vector<Row> rows;
  for (std::size_t page = 0; page < pages.size(); ++page)
    add_page(rows, std::move(pieces[page]), pages[page].width, gutters[page]);
  join_close_rows(rows);
  Writer writer(rows);
  writer.write();
  Page page = read_text(std::move(writer.text), path);
  std::size_t at = 0;
  for (Line& line : page.lines) {
    while (at + 1 < writer.certainties.size() &&
           writer.certainties[at + 1].first <= line.span.begin)
      ++at;
    if (at < writer.certainties.size()) line.certainty = writer.certainties[at].second;
  }
  return page;
}

}  // namespace ketnghia::importers
