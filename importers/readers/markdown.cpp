#include "importers/readers/markdown.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include "importers/readers/decoded.hpp"
#include "importers/readers/looks.hpp"
#include "importers/readers/page_builder.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxLinkBytes = 4096;  // between a bracket and the one that closes it
constexpr std::size_t kMaxTagBytes = 512;
constexpr std::size_t kMaxHeadLines = 100;

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\f\v");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\f\v") - begin + 1);
}

std::size_t indent_of(std::string_view line) {
  std::size_t columns = 0;
  for (const char c : line) {
    if (c != ' ' && c != '\t') break;
    columns += c == '\t' ? 4 - columns % 4 : 1;
  }
  return columns;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0 ||
         std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// A line of nothing but `mark` and blanks, at least `least` of them.
bool is_row_of(std::string_view line, char mark, std::size_t least) {
  std::size_t count = 0;
  for (const char c : line) {
    if (c == mark) {
      ++count;
    } else if (c != ' ' && c != '\t') {
      return false;
    }
  }
  return count >= least;
}

bool is_rule(std::string_view line) {
  return is_row_of(line, '-', 3) || is_row_of(line, '*', 3) || is_row_of(line, '_', 3);
}

// "| --- | :-: |", between the head of a table and its rows.
bool is_divider(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool is_grid_line(std::string_view line) {
  return line.size() > 3 && line.front() == '+' && line.back() == '+' &&
         line.find_first_not_of("+-=: ") == std::string_view::npos;
}

std::optional<std::size_t> fence_of(std::string_view line) {
  const auto end = std::min(line.find_first_not_of(line.substr(0, 1)), line.size());
  if (end < 3 || (line.front() != '`' && line.front() != '~')) return std::nullopt;
  return end;
}

// The level of an ATX heading, 0 of any other line.
int heading_level(std::string_view line) {
  const auto end = std::min(line.find_first_not_of('#'), line.size());
  const bool heading =
      end >= 1 && end <= 6 && (end == line.size() || line[end] == ' ' || line[end] == '\t');
  return heading ? static_cast<int>(end) : 0;
}

// Bytes of the mark of an item and of the blanks after it; 0 of any other line.
std::size_t item_bytes(std::string_view line) {
  std::size_t at = 0;
  if (line.starts_with('-') || line.starts_with('*') || line.starts_with('+')) {
    at = 1;
  } else {
    while (at < line.size() && at < 9 && is_digit(line[at])) ++at;
    if (at == 0 || at == line.size() || (line[at] != '.' && line[at] != ')')) return 0;
    ++at;
  }
  if (at == line.size() || (line[at] != ' ' && line[at] != '\t')) return 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  return at;
}

void drop_comments(std::string& text) {
  constexpr std::string_view kOpen = "<!--", kClose = "-->";
  std::string kept;
  std::size_t at = 0;
  for (auto open = text.find(kOpen); open != std::string::npos; open = text.find(kOpen, at)) {
    kept.append(text, at, open - at);
    const auto close = text.find(kClose, open + kOpen.size());
    at = close == std::string::npos ? text.size() : close + kClose.size();
  }
  kept.append(text, at);
  text = std::move(kept);
}

// The words of a line without the marks within it.
class Inline {
 public:
  explicit Inline(std::string_view text) : text_(text) {
    constexpr std::size_t kLooksAByte = 64;
    looks_ahead_ = kLooksAByte * text.size();
    stars_ = static_cast<std::size_t>(std::count(text.begin(), text.end(), '*'));
    unders_ = static_cast<std::size_t>(std::count(text.begin(), text.end(), '_'));
  }

  std::string words() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  char before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }
  char after(std::size_t at) const { return at < text_.size() ? text_[at] : ' '; }

  void step() {
    const char c = text_[at_];
    if (c == '\\' && std::ispunct(static_cast<unsigned char>(after(at_ + 1))) != 0) {
      out_ += text_[at_ + 1];
      at_ += 2;
    } else if (c == '`') {
      ++at_;
    } else if (c == '*' || c == '_') {
      emphasis(c);
    } else if (c == '~' && after(at_ + 1) == '~') {
      struck();
    } else if (c == '!' && after(at_ + 1) == '[') {
      ++at_;
    } else if (c == '[') {
      link();
    } else if (c == '<') {
      tag();
    } else {
      out_ += c;
      ++at_;
    }
  }

  void emphasis(char mark) {
    const std::size_t end = std::min(text_.find_first_not_of(mark, at_), text_.size());
    const bool left = before() != ' ', right = after(end) != ' ';
    const bool within = is_alnum(before()) && is_alnum(after(end));
    const bool alone = (mark == '*' ? stars_ : unders_) <= end - at_;
    if (alone || (!left && !right) || (mark == '_' && within)) {
      out_.append(text_, at_, end - at_);
    }
    at_ = end;
  }

  // What is struck out no longer holds.
  void struck() {
    const auto close =
        text_.substr(0, std::min(text_.size(), at_ + kMaxLinkBytes)).find("~~", at_ + 2);
    at_ = close == std::string_view::npos ? at_ + 2 : close + 2;
  }

  // Where the bracket that opens at `at` closes; npos where it does not.
  std::size_t closing(std::size_t at, char open, char close) {
    std::size_t depth = 0;
    const std::size_t end = std::min({text_.size(), at + kMaxLinkBytes, at + looks_ahead_});
    for (std::size_t i = at; i < end; ++i) {
      --looks_ahead_;
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == open) {
        ++depth;
      } else if (text_[i] == close && --depth == 0) {
        return i;
      }
    }
    return std::string_view::npos;
  }

  // The brackets go, and what is in round ones right after them; the words within are read on.
  void link() {
    const std::size_t close = closing(at_, '[', ']');
    if (close == std::string_view::npos) {
      out_ += text_[at_++];
      return;
    }
    if (after(at_ + 1) == '^') {  // the number of a footnote
      at_ = close + 1;
      return;
    }
    std::size_t end = close + 1;
    const char next = after(end);
    if (next == '(' || next == '[') {
      const std::size_t target = closing(end, next, next == '(' ? ')' : ']');
      if (target != std::string_view::npos) end = target + 1;
    }
    if (end == close + 1) {  // brackets, as an editor's note has them
      out_ += text_[at_++];
      return;
    }
    constexpr std::size_t kMaxNested = 8;  // a picture in a link, and no more
    const auto inner = text_.substr(at_ + 1, close - at_ - 1);
    if (++nested_ <= kMaxNested) {
      Inline words(inner);
      words.nested_ = nested_;
      out_ += words.words();
    } else {
      out_ += inner;
    }
    --nested_;
    at_ = end;
  }

  void tag() {
    const char next = after(at_ + 1);
    const auto close = text_.substr(0, std::min(text_.size(), at_ + kMaxTagBytes)).find('>', at_);
    const bool is_tag =
        next == '/' || next == '!' || std::isalpha(static_cast<unsigned char>(next)) != 0;
    if (!is_tag || close == std::string_view::npos) {
      out_ += text_[at_++];
      return;
    }
    const auto inner = text_.substr(at_ + 1, close - at_ - 1);
    if (inner.find("://") != std::string_view::npos && inner.find(' ') == std::string_view::npos) {
      out_ += inner;
    } else if (inner.starts_with("br")) {
      out_ += '\n';
    }
    at_ = close + 1;
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0, stars_ = 0, unders_ = 0, nested_ = 0;
  std::size_t looks_ahead_ = 0;  // bytes that may yet be looked at ahead of their turn
};

std::string words_of(std::string_view line) { return Inline(line).words(); }

class Reader {
 public:
  Reader(std::string_view text, const std::string& path) : page_(path) {
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      lines_.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }

  Page read() {
    read_head();
    count_titles();
    while (at_ < lines_.size()) block();
    Page page = page_.finish();
    page.title = title_;
    page.published = published_;
    page.source = source_;
    return page;
  }

 private:
  std::string_view line(std::size_t at) const {
    return at < lines_.size() ? trimmed(lines_[at]) : std::string_view();
  }

  // "title: …" between two lines of "---".
  void read_head() {
    if (line(0) != "---") return;
    std::size_t end = 1;
    const std::size_t most = std::min(lines_.size(), kMaxHeadLines);
    while (end < most && line(end) != "---" && line(end) != "...") ++end;
    if (end >= most) return;
    for (std::size_t i = 1; i < end; ++i) {
      const auto colon = line(i).find(':');
      if (colon == std::string_view::npos) continue;
      auto value = trimmed(line(i).substr(colon + 1));
      if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
          value.back() == value.front()) {
        value = value.substr(1, value.size() - 2);
      }
      const auto key = line(i).substr(0, colon);
      if (key == "title") title_ = value;
      if (key == "date") published_ = first_date(value);
      if (key == "source" || key == "publisher") source_ = value;
    }
    at_ = end + 1;
    if (!title_.empty()) page_.title(title_);
  }

  // A heading of the first level that is the only one is the title.
  void count_titles() {
    bool fenced = false;
    for (std::size_t i = at_; i < lines_.size(); ++i) {
      if (fence_of(line(i))) fenced = !fenced;
      if (fenced) continue;
      firsts_ += heading_level(line(i)) == 1 || (is_underline(i) && line(i).front() == '=');
    }
  }

  // Whether the line underlines the one above as a heading.
  bool is_underline(std::size_t at) const {
    if (at == 0 || line(at).empty() || line(at - 1).empty()) return false;
    const char mark = line(at).front();
    return (mark == '=' || mark == '-') &&
           line(at).find_first_not_of(mark) == std::string_view::npos && line(at).size() > 1 &&
           item_bytes(line(at - 1)) == 0 && heading_level(line(at - 1)) == 0 &&
           line(at - 1).front() != '>' && line(at - 1).find('|') == std::string_view::npos;
  }

  void heading(std::string_view text, int level) {
    const std::string words = words_of(text);
    if (level == 1 && firsts_ == 1 && title_.empty()) {
      page_.title(words);
    } else {
      page_.heading(words, level);
    }
  }

  void block() {
    const auto here = line(at_);
    if (here.empty()) {
      page_.paragraph({});
      ++at_;
    } else if (fence_of(here)) {
      fenced();
    } else if (const int level = heading_level(here); level > 0) {
      auto text = here.substr(static_cast<std::size_t>(level));
      const auto end = text.find_last_not_of("# \t");
      heading(end == std::string_view::npos ? std::string_view() : trimmed(text.substr(0, end + 1)),
              level);
      ++at_;
    } else if (is_underline(at_ + 1)) {
      heading(here, line(at_ + 1).front() == '=' ? 1 : 2);
      at_ += 2;
    } else if (is_rule(here) || is_definition(here)) {
      page_.paragraph({});
      ++at_;
    } else if (is_grid_line(here)) {
      grid();
    } else if (here.find('|') != std::string_view::npos && is_divider(line(at_ + 1))) {
      table();
    } else if (here.front() == '>') {
      quotation();
    } else {
      plain(here);
      ++at_;
    }
  }

  void fenced() {
    const char mark = line(at_).front();
    for (++at_; at_ < lines_.size(); ++at_) {
      if (fence_of(line(at_)) && line(at_).front() == mark) break;
      page_.paragraph(lines_[at_]);
    }
    ++at_;
  }

  // "[1]: https://…", where links lead; the text of a footnote is none.
  static bool is_definition(std::string_view line) {
    const auto close = line.find("]:");
    return line.starts_with('[') && !line.starts_with("[^") && close != std::string_view::npos &&
           line.find(']') == close;
  }

  void plain(std::string_view text) {
    if (text.starts_with("[^")) {  // a footnote's own text
      const auto close = text.find("]:");
      if (close != std::string_view::npos && text.find(']') == close) {
        page_.paragraph({});
        text = trimmed(text.substr(close + 2));
      }
    }
    if (text.starts_with("![") && text.ends_with(')') && text.find("](") == text.find(']')) {
      return page_.caption(words_of(text));
    }
    const std::size_t mark = item_bytes(text);
    if (mark == 0) return page_.paragraph(words_of(text));
    constexpr std::size_t kNestedIndent = 2;
    std::string item = is_digit(text.front()) ? std::string(trimmed(text.substr(0, mark))) + ' '
                       : indent_of(lines_[at_]) < kNestedIndent ? "- "
                                                                : "+ ";
    page_.paragraph(item + words_of(text.substr(mark)));
  }

  void quotation() {
    std::string text;
    for (; at_ < lines_.size() && line(at_).starts_with('>'); ++at_) {
      auto part = line(at_);
      const auto begin = part.find_first_not_of("> \t");
      part = begin == std::string_view::npos ? std::string_view() : part.substr(begin);
      if (part.empty()) {
        page_.quotation(std::exchange(text, {}));
        continue;
      }
      if (!text.empty()) text += '\n';
      text += words_of(part);
    }
    page_.quotation(text);
  }

  std::vector<CellParagraphs> cells_of(std::string_view row) {
    if (row.starts_with('|')) row.remove_prefix(1);
    if (row.ends_with('|') && !row.ends_with("\\|")) row.remove_suffix(1);
    std::vector<CellParagraphs> cells;
    for (std::size_t at = 0, begin = 0; at <= row.size(); ++at) {
      if (at < row.size() && row[at] == '\\') {
        ++at;
      } else if (at >= row.size() || row[at] == '|') {
        const auto end = std::min(at, row.size());
        if (cells.size() < kMaxColumns) {
          page_.count_cells(1);
          cells.push_back({words_of(trimmed(row.substr(begin, end - begin)))});
        }
        begin = at + 1;
      }
    }
    return cells;
  }

  void table() {
    TableRows rows{cells_of(line(at_))};
    for (at_ += 2; at_ < lines_.size(); ++at_) {
      if (line(at_).find('|') == std::string_view::npos) break;
      rows.push_back(cells_of(line(at_)));
    }
    page_.table(rows);
  }

  // A table drawn with "+---+"; a row goes on over several lines.
  void grid() {
    TableRows rows;
    bool fresh = true;
    for (; at_ < lines_.size(); ++at_) {
      const auto here = line(at_);
      if (is_grid_line(here)) {
        fresh = true;
      } else if (here.starts_with('|')) {
        auto cells = cells_of(here);
        if (std::exchange(fresh, false)) {
          rows.push_back(std::move(cells));
          continue;
        }
        auto& row = rows.back();
        for (std::size_t i = 0; i < std::min(row.size(), cells.size()); ++i) {
          if (cells[i].front().empty()) continue;
          std::string& text = row[i].front();
          text += (text.empty() ? "" : "\n") + cells[i].front();
        }
      } else {
        break;
      }
    }
    page_.table(rows);
  }

  std::vector<std::string_view> lines_;
  PageBuilder page_;
  std::size_t at_ = 0;
  int firsts_ = 0;
  std::string title_, published_, source_;
};

}  // namespace

Page read_markdown(std::string_view bytes, const std::string& path) {
  std::string text = decode_text(bytes, path);
  drop_comments(text);
  return Reader(text, path).read();
}

}  // namespace ketnghia::importers
