#include "importers/recognise/syllables.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"

namespace ketnghia::importers {
namespace {

// Latin letters end here; all that Vietnamese and its neighbours' romanisations need.
constexpr char32_t kTableEnd = 0x1F00;

enum LetterFlag : std::uint8_t { kLetterFlag = 1, kUpperFlag = 2, kDigitFlag = 4 };

// Letters and digits of any script, without the punctuation blocks that normalised texts keep.
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7 || c == kReplacement) return false;
  return !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) && c != 0xFEFF;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

struct CaseTable {
  std::array<char16_t, kTableEnd> folded;
  std::array<std::uint8_t, kTableEnd> flags;

  CaseTable() {
    for (char32_t c = 0; c < kTableEnd; ++c) {
      const char32_t lower = lower_of(c);
      flags[c] =
          static_cast<std::uint8_t>((is_letter(c) ? kLetterFlag : 0) |
                                    (lower != c ? kUpperFlag : 0) | (is_digit(c) ? kDigitFlag : 0));
      folded[c] = static_cast<char16_t>(i_for_y(lower));
    }
  }

  bool is_upper(char32_t c) const { return c < kTableEnd && (flags[c] & kUpperFlag) != 0; }

  static char32_t lower_of(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
    const bool odd_capitals = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (odd_capitals) return c % 2 == 1 ? c + 1 : c;
    if (c == 0x178) return 0xFF;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c | 1;
    if (c == 0x1A0 || c == 0x1AF) return c + 1;
    if (c >= 0x1EA0 && c <= 0x1EFF) return c | 1;
    return c;
  }

  static char32_t i_for_y(char32_t lower) {
    switch (lower) {
      case 'y':
        return 'i';
      case 0xFD:
        return 0xED;
      case 0x1EF3:
        return 0xEC;
      case 0x1EF5:
        return 0x1ECB;
      case 0x1EF7:
        return 0x1EC9;
      case 0x1EF9:
        return 0x129;
      default:
        return lower;
    }
  }
};

const CaseTable& case_table() {
  static const CaseTable table;
  return table;
}

// code_point_at() with a short way for the letters of Vietnamese, of up to three bytes, whose
// text is well-formed: it is normalised.
inline CodePoint read(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at);
  if (first < 0x80) return {first, 1, true};
  if (first >= 0xC3 && first < 0xE0 && at + 1 < text.size()) {
    return {((first & 0x1FU) << 6) | (byte(at + 1) & 0x3FU), 2, true};
  }
  if (first == 0xE1 && at + 2 < text.size()) {
    return {((first & 0x0FU) << 12) | ((byte(at + 1) & 0x3FU) << 6) | (byte(at + 2) & 0x3FU), 3,
            true};
  }
  return code_point_at(text, at);
}

struct Scan {
  std::size_t end = 0;
  char* folded_end = nullptr;
  unsigned letters = 0;
  unsigned capitals = 0;
  bool first_capital = false;
  bool number = true;
};

// Writes a folded character, which takes no more bytes than it did; where the next goes.
char* put(char* to, char32_t c) {
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *to++ = static_cast<char>(0xC0 | (c >> 6));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *to++ = static_cast<char>(0xE0 | (c >> 12));
    *to++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return to;
}

// The same of a character as it stands in the text.
char* put_folded(char* to, std::string_view text, std::size_t at, CodePoint c,
                 const CaseTable& table) {
  if (c.value < kTableEnd) return put(to, table.folded[c.value]);
  if (!c.well_formed) return put(to, kReplacement);
  for (std::uint32_t i = 0; i < c.size; ++i) *to++ = text[at + i];
  return to;
}

// A word from `at`, which is a letter: letters, and apostrophes and ampersands between letters. Its
// folded letters go to `to`.
Scan scan_word(std::string_view text, std::size_t at, char* to, const CaseTable& table) {
  Scan scan;
  for (std::size_t i = at; i < text.size();) {
    const CodePoint c = read(text, i);
    const unsigned flags = c.value < kTableEnd  ? table.flags[c.value]
                           : is_letter(c.value) ? unsigned{kLetterFlag}
                                                : 0U;
    if ((flags & kLetterFlag) != 0) {
      if ((flags & kDigitFlag) == 0) {
        ++scan.letters;
        scan.number = false;
        scan.capitals += (flags & kUpperFlag) / kUpperFlag;
        if (i == at) scan.first_capital = (flags & kUpperFlag) != 0;
      }
      to = put_folded(to, text, i, c, table);
      i += c.size;
      scan.end = i;
      continue;
    }
    const bool joins =
        c.value == '\'' || c.value == '&' || ((c.value == '.' || c.value == ',') && scan.number);
    if (!joins || i + 1 >= text.size()) break;
    const CodePoint next = read(text, i + 1);
    const bool goes_on =
        scan.number && c.value != '&' ? is_digit(next.value) : is_letter(next.value);
    if (!goes_on) break;
    *to++ = text[i];
    ++i;
  }
  scan.folded_end = to;
  return scan;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool begins_capital_or_digit(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const CodePoint c = read(text, at);
  return is_digit(c.value) || case_table().is_upper(c.value);
}

}  // namespace

std::string fold_syllable(std::string_view syllable) {
  const CaseTable& table = case_table();
  // Ill-formed bytes grow: no normalised text has any.
  std::string folded(syllable.size() * 3, '\0');
  char* to = folded.data();
  for (std::size_t i = 0; i < syllable.size();) {
    const CodePoint c = read(syllable, i);
    to = put_folded(to, syllable, i, c, table);
    i += c.size;
  }
  folded.resize(static_cast<std::size_t>(to - folded.data()));
  return folded;
}

std::size_t Words::slot_of(ShortKey key, std::size_t size) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(key.hash() >> 32U) & mask;
  while (slots_[at].id != kNoWord && !(slots_[at].key == key && slots_[at].size == size)) {
    at = (at + 1) & mask;
  }
  return at;
}

WordId Words::find(std::string_view text, std::size_t size) const {
  if (size <= ShortKey::kLongest) return slots_[slot_of(ShortKey::of(text, size), size)].id;
  const auto it = long_.find(text.substr(0, size));
  return it == long_.end() ? kNoWord : it->second;
}

WordId Words::intern(std::string_view folded) {
  if (const WordId known = find(folded); known != kNoWord) return known;
  const auto id = static_cast<WordId>(++count_);
  stamp_ = next_stamp();
  if (folded.size() > ShortKey::kLongest) {
    long_.emplace(folded, id);
    return id;
  }
  if (count_ * 2 > slots_.size()) grow();
  const ShortKey key = ShortKey::of(folded, folded.size());
  slots_[slot_of(key, folded.size())] = {key, static_cast<std::uint32_t>(folded.size()), id};
  return id;
}

std::uint64_t Words::next_stamp() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

void Words::grow() {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : before) {
    if (slot.id != kNoWord) slots_[slot_of(slot.key, slot.size)] = slot;
  }
}

bool is_abbreviation(std::string_view word) {
  // Written with a full stop and something after it. Single capitals are initials and P., Q.
  constexpr std::array<std::string_view, 31> kAbbreviations{
      "TP",  "Tp",   "TX",     "Tx",    "TT",   "GS",   "PGS",  "TS",   "ThS", "Th", "BS",
      "KTS", "KS",   "LS",     "NXB",   "Nxb",  "St",   "Mr",   "Mrs",  "Ms",  "Dr", "Jr",
      "CN",  "TSKH", "BSCKII", "BSCKI", "NSND", "NSƯT", "NGND", "NGƯT", "UV"};
  if (std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end()) {
    return true;
  }
  if (word.empty()) return false;
  const CodePoint first = read(word, 0);
  return first.size == word.size() && case_table().is_upper(first.value);
}

namespace {

// Words of texts as they were found, by their bytes: running text repeats a few thousand.
class TokenCache {
 public:
  struct Entry {
    ShortKey key;
    std::uint64_t stamp = 0;  // of the words its id is of
    WordId word = kNoWord;
    Shape shape = Shape::Lower;
  };

  // The entry of the key, or the one to be written in its place.
  Entry& at(ShortKey key) { return entries_[key.hash() >> (64 - kBits)]; }

 private:
  static constexpr unsigned kBits = 12;

  std::array<Entry, std::size_t{1} << kBits> entries_{};
};

// Finds the tokens of a text one by one.
class Tokeniser {
 public:
  Tokeniser(std::string_view text, const Words& words)
      : text_(text), words_(words), table_(case_table()), known_(cache()), folded_(buffer()) {
    if (folded_.size() < text.size() + ShortKey::kLongest) {
      folded_.resize(text.size() + ShortKey::kLongest);
    }
  }

  // The token at `at`, which is no space; where to look for the next.
  std::size_t read_at(std::size_t at, Token& token) const {
    const WordRun run = word_run(text_, at);
    if (run.size > 0 && run.is_short()) {
      const TokenCache::Entry& entry = known_.at(run.key);
      const std::size_t end = at + run.size;
      if (entry.key == run.key && entry.stamp == words_.stamp() && !goes_on(end, entry.shape)) {
        token.word = entry.word;
        token.shape = entry.shape;
        return close_word(at, end, token);
      }
    }
    const CodePoint c = read(text_, at);
    if (is_letter(c.value)) {
      const Scan scan = scan_word(text_, at, folded_.data(), table_);
      token.word = words_.find(folded_, static_cast<std::size_t>(scan.folded_end - folded_.data()));
      token.shape = scan.letters == 0                                   ? Shape::Number
                    : !scan.first_capital                               ? Shape::Lower
                    : scan.letters > 1 && scan.capitals == scan.letters ? Shape::Upper
                                                                        : Shape::Capital;
      if (run.is_short() && scan.end == at + run.size) {
        known_.at(run.key) = {run.key, words_.stamp(), token.word, token.shape};
      }
      return close_word(at, scan.end, token);
    }
    token.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + c.size)};
    token.shape = Shape::Mark;
    token.mark = c.value < 0x80 ? static_cast<char>(c.value) : '~';
    token.word = words_.find(text_.substr(at), c.size);
    return at + c.size;
  }

 private:
  // Bounded, whatever is read; kept from text to text.
  static TokenCache& cache() {
    static thread_local TokenCache kept;
    return kept;
  }
  // A word folded, with room behind it for what a look-up loads at once.
  static std::string& buffer() {
    static thread_local std::string kept;
    return kept;
  }

  // Whether a mark that may stand within a word follows one.
  bool goes_on(std::size_t end, Shape shape) const {
    if (end == text_.size()) return false;
    const char c = text_[end];
    return c == '\'' || c == '&' || (shape == Shape::Number && (c == '.' || c == ','));
  }

  // Sets the span of a word whose letters end at `end`, and takes the full stop that is part of
  // it: "TP.HCM" and "GS.TS" glued, "TP. Hà Nội" known.
  std::size_t close_word(std::size_t at, std::size_t end, Token& token) const {
    token.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    if (end + 1 >= text_.size() || text_[end] != '.' || token.shape == Shape::Number) return end;
    const bool glued = begins_capital_or_digit(text_, end + 1) && token.span.size() <= 6 &&
                       token.shape != Shape::Lower;
    const bool dotted =
        glued || (is_space(text_[end + 1]) && is_abbreviation(token.span.of(text_)) &&
                  begins_capital_or_digit(text_, end + 2));
    token.dotted = dotted;
    return dotted ? end + 1 : end;
  }

  std::string_view text_;
  const Words& words_;
  const CaseTable& table_;
  TokenCache& known_;
  std::string& folded_;
};

}  // namespace

void tokenise(std::string_view text, const Words& words, std::vector<Token>& tokens) {
  tokens.clear();
  const Tokeniser tokeniser(text, words);
  std::size_t last_end = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    Token token;
    token.glued = at == last_end && at != 0;
    last_end = at = tokeniser.read_at(at, token);
    tokens.push_back(token);
  }
}

std::vector<Token> tokenise(std::string_view text, const Words& words) {
  std::vector<Token> tokens;
  tokenise(text, words, tokens);
  return tokens;
}

std::vector<WordId> intern_words(std::string_view name, Words& words) {
  std::vector<WordId> ids;
  const std::vector<Token> tokens = tokenise(name, words);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool inner_hyphen =
        tokens[i].mark == '-' && tokens[i].glued && i + 1 < tokens.size() && tokens[i + 1].glued;
    if (inner_hyphen) continue;
    ids.push_back(words.intern(fold_syllable(tokens[i].span.of(name))));
  }
  return ids;
}

}  // namespace ketnghia::importers
