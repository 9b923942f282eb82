#include "engine/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/text/normalise.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"
#include "text_tables.hpp"

namespace ketnghia {
namespace {

// --- characters without their marks ----------------------------------------------------------

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

// Hands the parts of `c` under NFKD to `take`, in lower case, Icelandic and African đ as đ.
template <typename Take>
void decompose(char32_t c, Take take) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(status);
  const auto part = [&take](UChar32 value) {
    const UChar32 small = u_tolower(value);
    take(static_cast<char32_t>(small == 0xF0 || small == 0x256 ? 0x111 : small));
  };
  icu::UnicodeString parts;
  if (nfkd->getDecomposition(static_cast<UChar32>(c), parts)) {
    for (int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1))
      part(parts.char32At(at));
  } else {
    part(static_cast<UChar32>(c));
  }
}

char32_t folded_base(char base) { return static_cast<char32_t>(base == 'y' ? 'i' : base); }

// A letter or digit for the key, y as i; 0 for whatever parts words.
char32_t key_character(char32_t c) {
  if (const auto letter = letter_of(c)) return folded_base(letter->base);
  return u_isalnum(static_cast<UChar32>(c)) ? c : 0;
}

bool is_ignored(char32_t c) {
  const auto value = static_cast<UChar32>(c);
  return is_mark(value) || u_hasBinaryProperty(value, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    points.push_back(c.value);
    at += c.size;
  }
  return points;
}

std::string utf8(const std::vector<char32_t>& points, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t at = begin; at < end; ++at) append_utf8(text, points[at]);
  return text;
}

// --- tables ----------------------------------------------------------------------------------

// Calls `take` with the cells of each row but the heading.
template <typename Take>
void each_row(std::string_view table, Take take) {
  table.remove_prefix(std::min(table.find('\n') + 1, table.size()));
  while (!table.empty()) {
    const std::string_view row = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(row.size() + 1, table.size()));
    std::vector<std::string_view> cells;
    for (std::size_t begin = 0; begin <= row.size();) {
      const std::size_t end = std::min(row.find('\t', begin), row.size());
      cells.push_back(row.substr(begin, end - begin));
      begin = end + 1;
    }
    take(cells);
  }
}

std::vector<std::string_view> split(std::string_view cell, char separator) {
  std::vector<std::string_view> parts;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(separator), cell.size());
    parts.push_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return parts;
}

// --- abbreviations ---------------------------------------------------------------------------

// Where an abbreviation means what its row says: any one of these suffices, none needs none.
struct Context {
  bool before_name = false;  // a capitalised word follows
  bool before_number = false;
  std::vector<std::string> after;   // match keys of the words before
  std::vector<std::string> before;  // and of those after

  bool any() const { return before_name || before_number || !after.empty() || !before.empty(); }
};

enum class Dot { No, May, Must };  // whether a dot after it is part of it

struct Abbreviation {
  std::vector<char32_t> written;
  std::vector<char32_t> folded;  // lower case without marks
  bool reads_as_word;            // folded it is a syllable: "CA", so only capitals will do
  Dot dot;
  Context context;
  std::string_view expansion;
};

char32_t folded(char32_t c) {
  if (const auto letter = letter_of(c)) return static_cast<char32_t>(letter->base);
  return c;
}

std::vector<char32_t> folded(const std::vector<char32_t>& points) {
  std::vector<char32_t> result(points.size());
  std::transform(points.begin(), points.end(), result.begin(),
                 [](char32_t c) { return folded(c); });
  return result;
}

Context read_context(std::string_view cell) {
  Context context;
  for (const std::string_view condition : split(cell, ';')) {
    const std::size_t colon = condition.find(':');
    const std::string_view kind = condition.substr(0, colon);
    if (kind == "name") context.before_name = true;
    if (kind == "number") context.before_number = true;
    if (colon == condition.npos) continue;
    for (const std::string_view words : split(condition.substr(colon + 1), '|')) {
      (kind == "after" ? context.after : context.before).push_back(match_key(words));
    }
  }
  return context;
}

class Abbreviations {
 public:
  static const Abbreviations& table() {
    static const Abbreviations abbreviations;
    return abbreviations;
  }

  // By the folded first character, the longest first, else in the order of the table.
  const std::vector<Abbreviation>& beginning_with(char32_t c) const {
    static const std::vector<Abbreviation> none;
    const auto found = by_first_.find(folded(c));
    return found == by_first_.end() ? none : found->second;
  }

  bool has(std::string_view word) const { return written_.contains(word); }

 private:
  Abbreviations() {
    each_row(embedded::abbreviations_tsv(), [this](const std::vector<std::string_view>& cells) {
      if (cells.size() != 4) return;
      Abbreviation row;
      row.written = code_points(cells[0]);
      row.folded = folded(row.written);
      row.reads_as_word = is_vietnamese_syllable(utf8(row.folded, 0, row.folded.size()));
      row.dot = cells[1] == "must" ? Dot::Must : cells[1] == "may" ? Dot::May : Dot::No;
      row.context = read_context(cells[2]);
      row.expansion = cells[3];
      written_.insert(cells[0]);
      by_first_[row.folded.front()].push_back(std::move(row));
    });
    for (auto& [first, rows] : by_first_) {
      std::stable_sort(rows.begin(), rows.end(), [](const Abbreviation& a, const Abbreviation& b) {
        return a.written.size() > b.written.size();
      });
    }
  }

  std::unordered_map<char32_t, std::vector<Abbreviation>> by_first_;
  std::unordered_set<std::string_view> written_;
};

// How strictly an abbreviation must be written: as in the table in a document, in any case and
// without marks by someone who asks.
enum class Writing { Document, Typed };

class Expander {
 public:
  Expander(std::string_view text, Writing writing)
      : points_(code_points(text)), folded_(folded(points_)), writing_(writing) {}

  std::string expand() {
    std::string result;
    for (std::size_t at = 0; at < points_.size();) {
      if (starts_word(at)) {
        enter_chunk(at);
        std::size_t end = at;
        const Abbreviation* const row = chunk_is_code_ ? nullptr : match(at, end);
        if (row != nullptr) {
          result += row->expansion;
          if (end < points_.size() && in_word(points_[end])) result += ' ';
          at = end;
          continue;
        }
      }
      append_utf8(result, points_[at++]);
    }
    return result;
  }

 private:
  static bool in_word(char32_t c) { return key_character(c) != 0 || is_ignored(c); }
  static bool is_blank(char32_t c) { return c <= ' ' || c == 0xA0; }

  bool starts_word(std::size_t at) const {
    return in_word(points_[at]) && (at == 0 || !in_word(points_[at - 1]));
  }

  // Numbers of documents (12-CT/TW, 123/QĐ-UBND) and addresses are no prose.
  void enter_chunk(std::size_t at) {
    if (at < chunk_end_) return;
    std::size_t begin = at;
    while (begin > chunk_end_ && !is_blank(points_[begin - 1])) --begin;
    chunk_end_ = at;
    bool digit = false;
    bool joint = false;
    bool address = false;
    while (chunk_end_ < points_.size() && !is_blank(points_[chunk_end_])) ++chunk_end_;
    for (std::size_t i = begin; i < chunk_end_; ++i) {
      digit |= points_[i] >= '0' && points_[i] <= '9';
      joint |= points_[i] == '/' || points_[i] == '-';
      address |= points_[i] == '@' || points_[i] == '_';
    }
    chunk_is_code_ = (digit && joint) || address;
  }

  const Abbreviation* match(std::size_t at, std::size_t& end) const {
    for (const Abbreviation& row : Abbreviations::table().beginning_with(points_[at])) {
      const bool strict = writing_ == Writing::Document || row.reads_as_word;
      const auto& text = strict ? points_ : folded_;
      const auto& wanted = strict ? row.written : row.folded;
      end = at + wanted.size();
      if (end > text.size() ||
          !std::equal(wanted.begin(), wanted.end(), text.begin() + offset(at))) {
        continue;
      }
      if (end < points_.size() && in_word(points_[end])) continue;
      const bool dot = end < points_.size() && points_[end] == '.';
      if (row.dot == Dot::Must && !dot) continue;
      if (row.dot != Dot::No && dot && (row.dot == Dot::Must || word_follows(end + 1))) ++end;
      if (fits(row, at, end)) return &row;
    }
    return nullptr;
  }

  bool fits(const Abbreviation& row, std::size_t begin, std::size_t end) const {
    // "Trần H. Nam": a letter inside a name is an initial.
    if (row.written.size() == 1 && writing_ == Writing::Document && follows_name(begin))
      return false;
    if (!row.context.any()) return true;
    const std::size_t next = skip_blanks(end);
    if (next < points_.size()) {
      if (row.context.before_name && word_follows(end) &&
          (writing_ == Writing::Typed || is_capitalised(next))) {
        return true;
      }
      if (row.context.before_number && points_[next] >= '0' && points_[next] <= '9') return true;
    }
    return borders(row.context.before, key_of(end, end + kWindow), false) ||
           borders(row.context.after, key_of(begin > kWindow ? begin - kWindow : 0, begin), true);
  }

  // Characters of context that are looked at: more than the longest words of the table.
  static constexpr std::size_t kWindow = 40;

  std::string key_of(std::size_t begin, std::size_t end) const {
    return match_key(utf8(points_, begin, std::min(end, points_.size())));
  }

  // Whether `key` begins (or ends) with one of `words`, whole words each.
  static bool borders(const std::vector<std::string>& words, std::string_view key, bool at_end) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      if (at_end ? !key.ends_with(word) : !key.starts_with(word)) return false;
      if (key.size() == word.size()) return true;
      return key[at_end ? key.size() - word.size() - 1 : word.size()] == ' ';
    });
  }

  std::size_t skip_blanks(std::size_t at) const {
    while (at < points_.size() && is_blank(points_[at])) ++at;
    return at;
  }

  bool word_follows(std::size_t at) const {
    at = skip_blanks(at);
    return at < points_.size() && in_word(points_[at]);
  }

  bool is_capitalised(std::size_t at) const {
    return u_isUUppercase(static_cast<UChar32>(points_[at])) && at + 1 < points_.size() &&
           !u_isUUppercase(static_cast<UChar32>(points_[at + 1]));
  }

  bool follows_name(std::size_t at) const {
    std::size_t end = at;
    while (end > 0 && is_blank(points_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && in_word(points_[begin - 1])) --begin;
    return begin < end && is_capitalised(begin);
  }

  static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

  std::vector<char32_t> points_;
  std::vector<char32_t> folded_;
  Writing writing_;
  std::size_t chunk_end_ = 0;
  bool chunk_is_code_ = false;
};

// --- names -----------------------------------------------------------------------------------

// A word of a name, its marks apart from its letters. The tone belongs to the word, since its
// place in the word is a matter of spelling.
struct NameWord {
  struct Mark {
    char32_t mark = 0;  // other than a tone; 0 for none
    bool toned = false;
  };

  std::string key;
  std::vector<Mark> marks;  // one of each letter of the key
  std::uint32_t tones = 0;  // one bit each

  bool marked() const {
    return tones != 0 ||
           std::any_of(marks.begin(), marks.end(), [](const Mark& mark) { return mark.mark != 0; });
  }
};

constexpr std::uint32_t tone_bit(Tone tone) {
  return tone == Tone::Level ? 0 : 1U << static_cast<unsigned>(tone);
}

std::uint32_t tone_bit_of_mark(char32_t mark) {
  switch (mark) {
    case 0x300:
      return tone_bit(Tone::Grave);
    case 0x301:
      return tone_bit(Tone::Acute);
    case 0x303:
      return tone_bit(Tone::Tilde);
    case 0x309:
      return tone_bit(Tone::Hook);
    case 0x323:
      return tone_bit(Tone::Dot);
    default:
      return 0;
  }
}

char32_t mark_of(Quality quality) {
  constexpr std::array<char32_t, 5> kMarks{0, 0x302, 0x306, 0x31B, 0x335};
  return kMarks[static_cast<std::size_t>(quality)];
}

class NameReader {
 public:
  std::vector<NameWord> read(std::string_view text) {
    for (const char32_t c : code_points(text)) {
      if (const auto letter = letter_of(c)) {
        add(*letter);
      } else if (c == '&') {
        end_word();
        for (const char32_t letter_of_and : std::u32string_view(U"và"))
          add(*letter_of(letter_of_and));
        end_word();
      } else {
        decompose(c, [this](char32_t part) { add_part(part); });
      }
    }
    end_word();
    return std::move(words_);
  }

 private:
  void add(Letter letter) {
    append_utf8(word_.key, folded_base(letter.base));
    word_.marks.push_back({mark_of(letter.quality), letter.tone != Tone::Level});
    word_.tones |= tone_bit(letter.tone);
  }

  void add_part(char32_t part) {
    if (is_mark(static_cast<UChar32>(part))) {
      const std::uint32_t tone = tone_bit_of_mark(part);
      word_.tones |= tone;
      if (word_.marks.empty()) return;
      if (tone == 0) word_.marks.back().mark = part;
      word_.marks.back().toned |= tone != 0;
    } else if (const auto letter = letter_of(part)) {
      add(*letter);
    } else if (const char32_t c = key_character(part); c != 0) {
      append_utf8(word_.key, c);
      word_.marks.push_back({});
    } else if (!is_ignored(part)) {
      end_word();
    }
  }

  void end_word() {
    if (!word_.key.empty()) words_.push_back(std::move(word_));
    word_ = NameWord();
  }

  std::vector<NameWord> words_;
  NameWord word_;
};

// Whether who typed `asked` may mean `name`: a letter typed bare may bear any mark, one typed
// with a mark or a tone is meant as it stands ("bac", "băc" for bắc, not "bác").
bool agrees(const NameWord& asked, const NameWord& name) {
  if (asked.key != name.key || (asked.tones & ~name.tones) != 0) return false;
  return std::equal(asked.marks.begin(), asked.marks.end(), name.marks.begin(), name.marks.end(),
                    [](const NameWord::Mark& a, const NameWord::Mark& b) {
                      return a.mark == b.mark || (a.mark == 0 && !a.toned);
                    });
}

enum class Where { Head, Any, Tail };

struct Generic {
  std::vector<NameWord> words;
  Where where;
  std::vector<std::string> not_before;
};

const std::vector<Generic>& generic_words() {
  static const auto table = [] {
    std::vector<Generic> rows;
    each_row(embedded::generic_words_tsv(), [&rows](const std::vector<std::string_view>& cells) {
      if (cells.size() != 3) return;
      Generic row;
      row.words = NameReader().read(cells[0]);
      row.where = cells[1] == "any" ? Where::Any : cells[1] == "tail" ? Where::Tail : Where::Head;
      for (const std::string_view word : split(cells[2], '|'))
        row.not_before.push_back(match_key(word));
      rows.push_back(std::move(row));
    });
    // "thành phố trực thuộc trung ương" before "thành phố".
    std::stable_sort(rows.begin(), rows.end(), [](const Generic& a, const Generic& b) {
      return a.words.size() > b.words.size();
    });
    return rows;
  }();
  return table;
}

class GenericDropper {
 public:
  explicit GenericDropper(std::vector<NameWord> words)
      : words_(std::move(words)),
        unmarked_(std::none_of(words_.begin(), words_.end(),
                               [](const NameWord& word) { return word.marked(); })) {}

  std::vector<NameWord> drop() const {
    std::vector<NameWord> kept;
    std::size_t end = words_.size();
    while (const std::size_t length = tail_length(end)) end -= length;
    for (std::size_t at = 0; at < end;) {
      const std::size_t length = length_at(at, end, kept.empty());
      if (length == 0) kept.push_back(words_[at]);
      at += std::max<std::size_t>(length, 1);
    }
    return kept.empty() ? words_ : kept;
  }

 private:
  // Words of the generic expression at `at` that something follows, 0 for none.
  std::size_t length_at(std::size_t at, std::size_t end, bool head) const {
    for (const Generic& row : generic_words()) {
      const std::size_t after = at + row.words.size();
      if (row.where == Where::Tail || after >= end || !stands(row, at)) continue;
      // Without marks a single word inside a name may be any of several: lãnh sự quán, quận.
      if (!head && (row.where != Where::Any || (unmarked_ && row.words.size() == 1))) continue;
      const auto& barred = row.not_before;
      if (std::find(barred.begin(), barred.end(), words_[after].key) == barred.end()) {
        return row.words.size();
      }
    }
    return 0;
  }

  std::size_t tail_length(std::size_t end) const {
    for (const Generic& row : generic_words()) {
      if (row.where == Where::Tail && row.words.size() < end &&
          stands(row, end - row.words.size())) {
        return row.words.size();
      }
    }
    return 0;
  }

  bool stands(const Generic& row, std::size_t at) const {
    for (std::size_t i = 0; i < row.words.size(); ++i) {
      const NameWord& word = words_[at + i];
      if (!agrees(word, row.words[i]) || !(unmarked_ || agrees(row.words[i], word))) return false;
    }
    return true;
  }

  std::vector<NameWord> words_;
  bool unmarked_;
};

// The words of a name before and after its generic words are dropped.
struct NameForms {
  std::vector<NameWord> whole;
  std::vector<NameWord> bare;
};

NameForms forms_of(std::string_view name) {
  NameForms forms;
  forms.whole = NameReader().read(Expander(normalised_text(name), Writing::Typed).expand());
  forms.bare = GenericDropper(forms.whole).drop();
  return forms;
}

bool agree(const std::vector<NameWord>& asked, const std::vector<NameWord>& name) {
  return !asked.empty() && std::equal(asked.begin(), asked.end(), name.begin(), name.end(), agrees);
}

}  // namespace

std::string match_key(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  bool gap = false;
  const auto add = [&](char32_t c) {
    if (const char32_t kept = key_character(c); kept != 0) {
      if (gap && !key.empty()) key += ' ';
      gap = false;
      append_utf8(key, kept);
    } else if (!is_ignored(c)) {
      gap = true;
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    at += c.size;
    if (c.value < 0x80 || letter_of(c.value)) {
      add(c.value);
    } else {
      decompose(c.value, add);
    }
  }
  return key;
}

std::string name_key(std::string_view name) {
  std::string key;
  for (const NameWord& word : forms_of(name).bare) {
    if (!key.empty()) key += ' ';
    key += word.key;
  }
  return key;
}

bool name_matches(std::string_view asked, std::string_view name) {
  const NameForms typed = forms_of(asked);
  const NameForms known = forms_of(name);
  return agree(typed.whole, known.whole) || agree(typed.bare, known.bare) ||
         agree(typed.whole, known.bare) || agree(typed.bare, known.whole);
}

std::string expand_abbreviations(std::string_view text) {
  return Expander(text, Writing::Document).expand();
}

bool is_abbreviation(std::string_view word) { return Abbreviations::table().has(word); }

}  // namespace ketnghia
