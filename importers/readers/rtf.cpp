#include "importers/readers/rtf.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/text/utf8.hpp"
#include "importers/import_error.hpp"
#include "importers/readers/charset.hpp"
#include "importers/readers/flow.hpp"
#include "importers/readers/page_builder.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxDepth = 10'000;
constexpr std::size_t kMaxWordBytes = 40;
constexpr std::size_t kMaxFonts = 5'000;
constexpr int kMaxNumber = 100'000'000;
constexpr std::size_t kMaxEdges = 2'000'000;  // of the cells of one table
constexpr int kSameEdge = 120;  // twips: edges of cells no further apart are one column's

// Where text goes that is read.
enum class Target { Body, Fonts, Styles, Title, Mark, Skip };

// Groups whose text is not shown here, beside all that begin with "\*".
bool is_skipped(std::string_view word) {
  static const std::unordered_set<std::string_view> kWords{
      "aftncn",   "aftnsep",  "aftnsepc", "annotation",   "atnauthor", "atndate",  "atnicn",
      "atnid",    "atnref",   "atntime",  "atrfend",      "atrfstart", "author",   "buptim",
      "category", "colortbl", "comment",  "company",      "creatim",   "do",       "doccomm",
      "falt",     "fldinst",  "fontemb",  "fontfile",     "footer",    "footerf",  "footerl",
      "footerr",  "ftncn",    "ftnsep",   "ftnsepc",      "header",    "headerf",  "headerl",
      "headerr",  "keywords", "manager",  "nonesttables", "objdata",   "operator", "panose",
      "pict",     "pn",       "printim",  "private1",     "revtim",    "rxe",      "shprslt",
      "sn",       "subject",  "sv",       "tc",           "txe",       "upr",      "xe"};
  return kWords.contains(word);
}

std::string_view symbol_of(std::string_view word) {
  static const std::map<std::string_view, std::string_view> kSymbols{
      {"emdash", "—"},    {"endash", "–"}, {"lquote", "‘"},   {"rquote", "’"},  {"ldblquote", "“"},
      {"rdblquote", "”"}, {"bullet", "•"}, {"emspace", " "},  {"enspace", " "}, {"qmspace", " "},
      {"tab", "\t"},      {"line", "\n"},  {"softline", "\n"}};
  const auto found = kSymbols.find(word);
  return found == kSymbols.end() ? std::string_view() : found->second;
}

// The encoding of a font by its \fcharset; nothing where it is that of the document.
std::string_view charset_of(int number) {
  switch (number) {
    case 77:
      return "macintosh";
    case 128:
      return "windows-932";
    case 129:
      return "windows-949";
    case 134:
      return "gb18030";
    case 136:
      return "big5";
    case 161:
      return "windows-1253";
    case 162:
      return "windows-1254";
    case 163:
      return "windows-1258";
    case 177:
      return "windows-1255";
    case 178:
      return "windows-1256";
    case 186:
      return "windows-1257";
    case 204:
      return "windows-1251";
    case 222:
      return "windows-874";
    case 238:
      return "windows-1250";
    default:
      return {};
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class Reader {
 public:
  Reader(std::string_view bytes, const std::string& path)
      : bytes_(bytes), path_(path), page_(path), flow_(page_) {}

  Page read() {
    while (at_ < bytes_.size()) token();
    flush();
    while (groups_.size() > 1) close_group();
    end_paragraph(true);
    close_table();
    Page page = page_.finish();
    page.title = title_;
    return page;
  }

 private:
  // What holds to the end of a group.
  struct State {
    Target target = Target::Body;
    int font = -1;
    int unicode_skip = 1;
    bool hidden = false, deleted = false;
    bool in_table = false;
    bool info = false;                          // among what the file says of itself
    int style = 0, outline = -1, depth = 0;     // of the paragraph; `depth` of its list
    enum Part { None, Note, Box } part = None;  // what the group itself opened
    bool outer_open = false, outer_table = false;
  };
  struct Font {
    std::string name;
    std::string_view charset;
  };

  State& state() { return groups_.back(); }

  void token() {
    const char c = bytes_[at_];
    if (c == '{') {
      ++at_;
      skip_ = 0;
      flush();
      if (groups_.size() >= kMaxDepth) {
        throw ImportError(path_, "byte " + std::to_string(at_),
                          "groups nested deeper than " + std::to_string(kMaxDepth));
      }
      State inner = state();
      inner.part = State::None;
      groups_.push_back(inner);
      fresh_ = true;
      return;
    }
    if (c == '}') {
      ++at_;
      skip_ = 0;
      flush();
      if (groups_.size() > 1) close_group();
    } else if (c == '\\') {
      control();
    } else {
      ++at_;
      if (c != '\r' && c != '\n') byte(c);
    }
    fresh_ = false;
  }

  void close_group() {
    const State closed = state();
    if (closed.part != State::None) {
      end_paragraph(true);
      close_table();
      closed.part == State::Note ? flow_.close_note() : flow_.close_box();
      open_ = closed.outer_open;
      table_ = closed.outer_table;
      --parts_;
    }
    groups_.pop_back();
    if (closed.target == Target::Mark && state().target != Target::Mark) write_mark();
  }

  void control() {
    ++at_;
    if (at_ >= bytes_.size()) return;
    const char c = bytes_[at_];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) return word();
    ++at_;
    switch (c) {
      case '\'': {
        const int high = at_ < bytes_.size() ? hex_digit(bytes_[at_]) : -1;
        const int low = at_ + 1 < bytes_.size() ? hex_digit(bytes_[at_ + 1]) : -1;
        if (high < 0 || low < 0) return;
        at_ += 2;
        byte(static_cast<char>(high * 16 + low));
        return;
      }
      case '*':
        if (fresh_) starred_ = true;
        return;
      case '~':
        return text("\xC2\xA0");
      case '_':
        return text("-");
      case '-':
        return;
      case '\n':
      case '\r':
        return word("par", std::nullopt);
      case '\\':
      case '{':
      case '}':
        return byte(c);
      default:
        return;
    }
  }

  void word() {
    const std::size_t begin = at_;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    while (at_ < bytes_.size() && is_letter(bytes_[at_]) && at_ - begin < kMaxWordBytes) ++at_;
    const auto name = bytes_.substr(begin, at_ - begin);
    std::optional<int> number;
    const bool negative = at_ + 1 < bytes_.size() && bytes_[at_] == '-' && bytes_[at_ + 1] >= '0' &&
                          bytes_[at_ + 1] <= '9';
    if (negative) ++at_;
    for (; at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '9'; ++at_) {
      number = std::min(number.value_or(0) * 10 + (bytes_[at_] - '0'), kMaxNumber);
    }
    if (negative && number) number = -*number;
    if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
    word(name, number);
  }

  void word(std::string_view name, std::optional<int> number) {
    const bool starred = std::exchange(starred_, false);
    if (name == "bin") {  // bytes of any kind follow
      at_ += std::min<std::size_t>(static_cast<std::size_t>(std::max(number.value_or(0), 0)),
                                   bytes_.size() - at_);
      return;
    }
    if (name == "u" && number) return unicode(*number);
    if (skip_ > 0) {  // stands for a character that has been read
      --skip_;
      return;
    }
    const auto symbol = symbol_of(name);
    if (!symbol.empty()) return text(symbol);
    flush();
    if (starred && name != "shpinst" && name != "ud" && name != "footnote") {
      state().target = Target::Skip;
    } else if (name == "ud") {
      state().target = Target::Body;
    } else if (state().info && name == "title") {
      state().target = Target::Title;
    } else if (state().target == Target::Skip) {
      return;
    } else if (!destination(name)) {
      property(name, number);
    }
  }

  // A word that says where the text of its group goes.
  bool destination(std::string_view name) {
    if (is_skipped(name)) {
      state().target = Target::Skip;
    } else if (name == "fonttbl") {
      state().target = Target::Fonts;
    } else if (name == "stylesheet") {
      state().target = Target::Styles;
    } else if (name == "info") {
      state().target = Target::Skip;
      state().info = true;
    } else if (name == "listtext" || name == "pntext") {
      state().target = Target::Mark;
      mark_.clear();
    } else if (name == "footnote") {
      open_part(State::Note);
    } else if (name == "shptxt") {
      open_part(State::Box);
    } else {
      return false;
    }
    return true;
  }

  void open_part(State::Part part) {
    if (state().part != State::None || state().target != Target::Body) return;
    state().part = part;
    state().outer_open = open_;
    state().outer_table = table_;
    state().in_table = false;
    open_ = table_ = false;
    ++parts_;
    part == State::Note ? flow_.open_note() : flow_.open_box();
  }

  void property(std::string_view name, std::optional<int> number) {
    const bool on = number.value_or(1) != 0;
    State& now = state();
    if (now.target == Target::Fonts) {
      font_word(name, number);
    } else if (name == "f") {
      now.font = number.value_or(-1);
    } else if (name == "uc") {
      now.unicode_skip = std::clamp(number.value_or(1), 0, 16);
    } else if (name == "ansicpg") {
      code_page_ = "windows-" + std::to_string(number.value_or(1252));
    } else if (name == "mac") {
      code_page_ = "macintosh";
    } else if (name == "deff") {
      default_font_ = number.value_or(-1);
    } else if (name == "s") {
      now.style = number.value_or(0);
    } else if (name == "v") {
      now.hidden = on;
    } else if (name == "deleted") {
      now.deleted = on;
    } else if (name == "plain") {
      now.hidden = now.deleted = false;
      now.font = default_font_;
    } else if (now.target == Target::Body) {
      paragraph_word(name, number);
    }
  }

  void paragraph_word(std::string_view name, std::optional<int> number) {
    State& now = state();
    if (name == "pard") {
      now.in_table = false;
      now.style = now.depth = 0;
      now.outline = -1;
    } else if (name == "intbl") {
      now.in_table = true;
    } else if (name == "outlinelevel") {
      now.outline = number.value_or(-1);
    } else if (name == "ilvl") {
      now.depth = number.value_or(0);
    } else if (name == "par" || name == "sect" || name == "page" || name == "nestcell") {
      if (!now.deleted) end_paragraph(false);
    } else if (name == "trowd") {
      edges_.clear();
    } else if (name == "cellx") {
      if (edges_.size() < kMaxColumns) edges_.push_back(number.value_or(0));
    } else if (name == "cell") {
      end_cell();
    } else if (name == "row") {
      end_row();
    }
  }

  void font_word(std::string_view name, std::optional<int> number) {
    if (name == "f" && fonts_.size() < kMaxFonts) {
      font_ = &fonts_[number.value_or(-1)];
    } else if (font_ && name == "fcharset") {
      font_->charset = charset_of(number.value_or(0));
    }
  }

  void unicode(int number) {
    flush_bytes();
    skip_ = 0;
    const auto unit = static_cast<std::uint32_t>(number < 0 ? number + 0x10000 : number) & 0xFFFFU;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else {
      std::uint32_t c = unit;
      if (unit >= 0xDC00 && unit < 0xE000) {
        c = high_ == 0 ? 0xFFFD : 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00);
      }
      high_ = 0;
      append_utf8(run_, static_cast<char32_t>(c));
    }
    skip_ = state().unicode_skip;
  }

  void byte(char c) {
    if (skip_ > 0) {
      --skip_;
    } else if (state().target != Target::Skip) {
      raw_ += c;
    }
  }

  void text(std::string_view text) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    flush_bytes();
    run_ += text;
  }

  void flush_bytes() {
    if (raw_.empty()) return;
    const bool high = std::any_of(raw_.begin(), raw_.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0x80U) != 0;
    });
    if (high) {
      const auto font = fonts_.find(state().font < 0 ? default_font_ : state().font);
      const bool own = font != fonts_.end() && !font->second.charset.empty();
      auto decoded =
          decode_charset(raw_, own ? font->second.charset : std::string_view(code_page_));
      if (!decoded) decoded = decode_charset(raw_, "windows-1252");
      raw_ = decoded.value_or(raw_);
    }
    run_ += raw_;
    raw_.clear();
  }

  // Hands out what has been read in one font.
  void flush() {
    flush_bytes();
    if (run_.empty()) return;
    std::string run = std::exchange(run_, {});
    const State& now = state();
    switch (now.target) {
      case Target::Skip:
        return;
      case Target::Title:
        title_ += run;
        return;
      case Target::Fonts:
        return name_fonts(run);
      case Target::Styles:
        return name_styles(run);
      case Target::Mark:
        mark_ += run;
        return;
      case Target::Body:
        break;
    }
    if (now.hidden || now.deleted) return;
    const auto font = fonts_.find(now.font < 0 ? default_font_ : now.font);
    if (font != fonts_.end()) run = decode_font(std::move(run), font->second.name);
    begin_paragraph();
    flow_.text(run);
  }

  void name_fonts(std::string_view names) {
    if (!font_) return;
    font_->name += names.substr(0, names.find(';'));
    if (names.find(';') != std::string_view::npos) font_ = nullptr;
  }

  void name_styles(std::string_view names) {
    std::string& name = styles_[state().style];
    for (const char c : names.substr(0, names.find(';'))) {
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }

  void begin_paragraph() {
    if (open_) return;
    if (state().in_table && parts_ == 0) {
      open_cell();
    } else if (table_) {
      close_table();
    }
    flow_.open_paragraph();
    open_ = true;
  }

  void end_paragraph(bool at_end) {
    if (!open_) {
      if (at_end) return;
      begin_paragraph();
    }
    describe(*flow_.paragraph());
    flow_.close_paragraph();
    open_ = false;
  }

  void describe(Paragraph& paragraph) {
    const State& now = state();
    const auto found = styles_.find(now.style);
    const std::string_view style = found == styles_.end() ? std::string_view() : found->second;
    constexpr std::string_view kHeading = "heading ";
    constexpr int kMaxLevel = 9;
    if (style == "title") {
      paragraph.role = Role::Title;
    } else if (style == "caption") {
      paragraph.role = Role::Caption;
    } else if (style.starts_with(kHeading) || (now.outline >= 0 && now.outline < kMaxLevel)) {
      paragraph.role = Role::Heading;
      const char digit = style.size() > kHeading.size() ? style[kHeading.size()] : '1';
      paragraph.level = now.outline >= 0 ? now.outline + 1 : std::clamp(digit - '0', 1, kMaxLevel);
    }
  }

  // What is shown before an item of a list.
  void write_mark() {
    const bool numbered = std::any_of(mark_.begin(), mark_.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    const auto end = mark_.find_last_not_of(" \t");
    mark_.resize(end == std::string::npos ? 0 : end + 1);
    if (mark_.empty()) return;
    const bool bullet = !numbered || mark_ == "o";
    begin_paragraph();
    flow_.text(bullet ? (state().depth == 0 ? "- " : "+ ") : mark_ + ' ');
    mark_.clear();
  }

  void open_cell() {
    if (!table_) {
      flow_.open_table();
      table_ = true;
    }
    if (!row_) {
      flow_.open_row();
      row_ = true;
    }
    if (!cell_) {
      flow_.open_cell();
      cell_ = true;
    }
  }

  void end_cell() {
    if (parts_ > 0) return end_paragraph(true);
    if (open_ && !cell_) end_paragraph(true);
    open_cell();
    end_paragraph(true);
    flow_.close_cell(1);
    cell_ = false;
  }

  void end_row() {
    if (cell_) end_cell();
    if (row_) keep_edges();
    row_ = false;
  }

  // Of rows past all measure none: they stay as they are.
  void keep_edges() {
    const bool keep = edges_kept_ + edges_.size() <= kMaxEdges;
    row_edges_.push_back(keep ? edges_ : std::vector<int>());
    edges_kept_ += edges_.size();
  }

  void close_table() {
    if (!table_) return;
    if (cell_) {
      flow_.close_cell(1);
      cell_ = false;
    }
    if (row_) keep_edges();
    row_ = table_ = false;
    edges_kept_ = 0;
    flow_.align_columns(columns_of(std::exchange(row_edges_, {})));
    flow_.close_table();
  }

  // Of each cell of each row, how many columns it spans, by where cells end.
  static std::vector<std::vector<std::size_t>> columns_of(
      const std::vector<std::vector<int>>& rows) {
    std::vector<int> edges;
    for (const auto& row : rows) edges.insert(edges.end(), row.begin(), row.end());
    std::sort(edges.begin(), edges.end());
    std::vector<int> columns;
    for (const int edge : edges) {
      if (columns.empty() || edge - columns.back() > kSameEdge) columns.push_back(edge);
    }
    std::vector<std::vector<std::size_t>> spans;
    for (const auto& row : rows) {
      std::vector<std::size_t>& widths = spans.emplace_back();
      std::size_t last = 0;
      for (const int edge : row) {
        const auto column = static_cast<std::size_t>(
            std::upper_bound(columns.begin(), columns.end(), edge) - columns.begin());
        widths.push_back(column > last ? column - last : 1);
        last = std::max(last, column);
      }
    }
    return spans;
  }

  std::string_view bytes_;
  const std::string& path_;
  PageBuilder page_;
  Flow flow_;
  std::size_t at_ = 0;
  std::vector<State> groups_{State{}};
  std::map<int, Font> fonts_;
  std::map<int, std::string> styles_;
  Font* font_ = nullptr;
  int default_font_ = 0;
  std::string code_page_ = "windows-1252";
  std::string raw_;  // bytes in the font's encoding
  std::string run_;  // text in one font
  std::string mark_, title_;
  int skip_ = 0;            // characters that stand for one that has been read
  std::uint32_t high_ = 0;  // the first half of a surrogate pair
  bool fresh_ = false, starred_ = false;
  bool open_ = false, table_ = false, row_ = false, cell_ = false;
  std::size_t parts_ = 0;  // notes and boxes that are open
  std::vector<int> edges_;
  std::vector<std::vector<int>> row_edges_;
  std::size_t edges_kept_ = 0;
};

}  // namespace

Page read_rtf(std::string_view bytes, const std::string& path) {
  return Reader(bytes, path).read();
}

bool is_rtf(std::string_view bytes) { return bytes.starts_with("{\\rtf"); }

}  // namespace ketnghia::importers
