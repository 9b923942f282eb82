#include "engine/text/normalise.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include "engine/text/short_key.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"
#include "text_tables.hpp"

namespace ketnghia {
namespace {

// --- characters --------------------------------------------------------------------------

bool is_ascii_letter(char32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_ascii_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_line_break(char32_t c) { return (c >= '\n' && c <= '\r') || c == 0x2028 || c == 0x2029; }

// The soft hyphen stands aside: windows-1252 has it, so it may be a byte of mojibake.
constexpr char32_t kSoftHyphen = 0xAD;

// Default-ignorable characters and controls that are no white space.
bool is_invisible(char32_t c) {
  return c < 0x09 || (c > 0x0D && c < 0x20) || c == 0x7F || c == 0x034F || c == 0x061C ||
         (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

// A quotation mark or dash in ASCII; any other character itself.
constexpr char32_t ascii_punctuation(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A:
    case 0x2032:
    case 0xFF07:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x2033:
    case 0x301D:
    case 0x301E:
    case 0x301F:
    case 0xFF02:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
      return '-';
    default:
      return c;
  }
}

// Letters of other alphabets that fonts show as Đ and đ.
char32_t true_stroke(char32_t c) {
  if (c == 0xD0 || c == 0x0189) return U'Đ';
  if (c == 0xF0 || c == 0x0256) return U'đ';
  return c;
}

// windows-1252 from 0x80 on (WHATWG Encoding, index-windows-1252); the five bytes that it leaves
// open are C1 controls, as browsers read them.
constexpr std::array<char32_t, 32> kWindows1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// The byte that windows-1252 reads as `c`; 0 for ASCII and for what it does not have.
std::uint32_t windows1252_byte(char32_t c) {
  if (c < 0x80) return 0;
  if (c <= 0xFF) return c;
  const auto* const found = std::find(kWindows1252.begin(), kWindows1252.end(), c);
  return found == kWindows1252.end()
             ? 0
             : 0x80U + static_cast<std::uint32_t>(found - kWindows1252.begin());
}

bool is_letter(char32_t c) {
  if (c < 0x80) return is_ascii_letter(c);
  if (letter_of(c)) return true;
  constexpr std::uint32_t kInWord = U_GC_L_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kInWord) != 0;
}

bool is_alphanumeric(char32_t c) {
  return is_ascii_digit(c) || is_letter(c) || (c >= 0x80 && u_isdigit(static_cast<UChar32>(c)));
}

// Whether the letter is one that neither windows-1252 nor a Western language has.
bool distinctly_vietnamese(char32_t c) { return c >= 0x100 && letter_of(c).has_value(); }

// --- HTML entities -----------------------------------------------------------------------

// Names of HTML: all of 4.01, and the Latin letters, spaces and punctuation of the living
// standard.
const std::unordered_map<std::string_view, char32_t>& entities() {
  static const auto table = [] {
    std::unordered_map<std::string_view, char32_t> names;
    std::string_view rows = embedded::entities_tsv();
    rows.remove_prefix(rows.find('\n') + 1);
    while (!rows.empty()) {
      const std::string_view row = rows.substr(0, rows.find('\n'));
      rows.remove_prefix(std::min(row.size() + 1, rows.size()));
      const std::size_t tab = row.find('\t');
      if (tab == row.npos) continue;
      std::uint32_t value = 0;
      std::from_chars(row.data() + tab + 1, row.data() + row.size(), value, 16);
      names.emplace(row.substr(0, tab), value);
    }
    return names;
  }();
  return table;
}

constexpr std::size_t kLongestEntity = 32;

// What stands between "&" and ";".
std::optional<char32_t> entity(std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (name.front() != '#') {
    const auto found = entities().find(name);
    return found == entities().end() ? std::nullopt : std::optional(found->second);
  }
  name.remove_prefix(1);
  const bool hexadecimal = !name.empty() && (name.front() | 0x20) == 'x';
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t value = 0;
  const auto read =
      std::from_chars(name.data(), name.data() + name.size(), value, hexadecimal ? 16 : 10);
  if (name.empty() || read.ptr != name.data() + name.size()) return std::nullopt;
  if (read.ec != std::errc{} || value == 0 || value > 0x10FFFF ||
      (value >= 0xD800 && value <= 0xDFFF)) {
    return kReplacement;
  }
  return value >= 0x80 && value < 0xA0 ? kWindows1252[value - 0x80] : char32_t{value};
}

// --- the quick look ----------------------------------------------------------------------

// Characters beyond the Vietnamese alphabet that no step touches where no combining mark
// follows. What is not named here merely takes the slow way.
bool is_inert(char32_t c) {
  if (c < 0x250) {
    return c > 0xA0 && c != 0xAB && c != kSoftHyphen && c != 0xBB && true_stroke(c) == c;
  }
  return (c >= 0x2020 && c <= 0x2027) || c == 0x2030 || c == 0x20AC || c == 0x2122 ||
         (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2500 && c <= 0x25FF) ||
         (c >= 0x3001 && c <= 0x301C) || (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A0 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xAC00 && c <= 0xD7A3);
}

// A word with letters beyond ASCII, gathered to be judged whether a repair is out of the question.
class WordLook {
 public:
  void add(char32_t c, const Letter& letter) {
    syllable_.add(c);
    hump_ |= letter.upper && lower_;
    (letter.upper ? upper_ : lower_) = true;
    vowel_ |= letter.vowel();
    marked_ |= c >= 0x80;
  }

  // A letter of another language.
  void add_foreign() { foreign_ = true; }

  std::size_t size() const { return syllable_.size(); }

  bool settled(bool before_space) const {
    if (hump_) return false;
    if (foreign_) return !marked_;
    if (size() == 1 && upper_ && before_space) return false;
    if (!marked_ || !vowel_) return true;
    return syllable_.is_syllable() && !syllable_.mark_has_moved();
  }

 private:
  SyllableReader syllable_;
  bool lower_ = false;
  bool upper_ = false;
  bool hump_ = false;
  bool marked_ = false;
  bool vowel_ = false;
  bool foreign_ = false;
};

// Words that were found settled, by their bytes: running text repeats a few thousand.
class SettledWords {
 public:
  bool has(ShortKey key) const { return keys_[slot(key)] == key; }
  void add(ShortKey key) { keys_[slot(key)] = key; }

 private:
  static constexpr unsigned kSlotBits = 11;

  static std::size_t slot(ShortKey key) {
    return static_cast<std::size_t>(key.hash() >> (64 - kSlotBits));
  }

  std::array<ShortKey, std::size_t{1} << kSlotBits> keys_{};
};

// Whether the run of `size` letters and characters beyond ASCII that `text` begins with needs no
// repair.
bool is_settled_run(std::string_view text, std::size_t size, bool before_space) {
  static thread_local SettledWords known;
  const bool fits = size <= ShortKey::kLongest;
  const ShortKey key = fits ? ShortKey::of(text, size) : ShortKey{};
  if (fits && known.has(key)) return true;
  const std::string_view run = text.substr(0, size);
  WordLook word;
  char32_t before = 0;
  for (std::size_t at = 0; at < run.size();) {
    const CodePoint c = code_point_at(run, at);
    const Letter* const letter = detail::kLetters.find(c.value);
    if (letter != nullptr && letter->base != 0) {
      word.add(c.value, *letter);
    } else {
      // What may be UTF-8 read as windows-1252, or waits for a mark, is for the slow way.
      if (before >= 0xC2 && before <= 0xF4) return false;
      if (!c.well_formed || !is_inert(c.value)) return false;
      if (is_letter(c.value)) {
        word.add_foreign();
      } else {
        if (!word.settled(false)) return false;
        word = WordLook();
      }
    }
    before = c.value;
    at += c.size;
  }
  if (!word.settled(before_space)) return false;
  // A lone letter is judged by what follows it.
  if (fits && word.size() != 1) known.add(key);
  return true;
}

enum ByteClass : std::uint8_t { kOther = 0, kLower = 1, kUpper = 2, kHigh = 4 };

constexpr std::array<std::uint8_t, 256> kByteClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) classes[c] = kLower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) classes[c] = kUpper;
  for (std::size_t c = 0x80; c <= 0xFF; ++c) classes[c] = kHigh;
  return classes;
}();

// A quotation mark or dash of three bytes, E2 80 and another, with the character that it becomes.
constexpr std::size_t kMarkBytes = 3;

// What marks that begin E2 80 become, by their last byte; 0 for other characters.
constexpr std::array<char, 64> kAsciiMarks = [] {
  std::array<char, 64> marks{};
  for (char32_t c = 0x2000; c < 0x2040; ++c) {
    const char32_t ascii = ascii_punctuation(c);
    if (ascii != c) marks[c - 0x2000] = static_cast<char>(ascii);
  }
  return marks;
}();

// The ASCII of the mark at `at`; 0 where none stands there.
char ascii_mark(const unsigned char* at, const unsigned char* end) {
  if (*at != 0xE2 || end - at < static_cast<std::ptrdiff_t>(kMarkBytes) || at[1] != 0x80) return 0;
  return (at[2] & 0xC0) == 0x80 ? kAsciiMarks[at[2] & 0x3FU] : '\0';
}

// Whether the bytes before a mark are a letter that, read as windows-1252, leads a character of
// UTF-8 which the mark could continue: "THỊ XÃ”" may be mojibake.
bool may_lead(const unsigned char* begin, const unsigned char* mark, bool high_follows) {
  if (mark - begin < 2 || mark[-2] != 0xC3) return false;
  const unsigned c = 0xC0U + (mark[-1] & 0x3FU);
  return c >= 0xC2 && c <= 0xF4 && (c < 0xE0 || high_follows);
}

// Whether all characters are letters of the Vietnamese alphabet.
bool is_vietnamese(std::string_view run) {
  for (std::size_t at = 0; at < run.size();) {
    const CodePoint c = code_point_at(run, at);
    if (!letter_of(c.value)) return false;
    at += c.size;
  }
  return true;
}

// A quick look at a line without its break: what of it normalise() may have to mend.
//
// A mark becomes ASCII and touches nothing else. What else may have to be mended lies within a
// stretch: repairs look at most at the chunk before and the one after, chunks being what stands
// between spaces, so a stretch has two more on either side. Only text that was read in a wrong
// encoding is judged by the whole line, which is wild then.
class LineLook {
 public:
  // False where the line is wild. May call normal text suspect or wild; never the reverse.
  bool look(std::string_view line) {
    line_ = line;
    chunk_end_ = 0;
    marks_.clear();
    stretches_.clear();
    const auto* const begin = reinterpret_cast<const unsigned char*>(line.data());
    const auto* const end = begin + line.size();
    for (const auto* at = begin; at != end;) {
      if (kByteClasses[*at] == kOther) {
        const unsigned char next = at + 1 != end ? at[1] : 0;
        if (*at == ' ') {
          if (next == ' ') suspect(at - begin);
        } else if (*at == '\t') {
          suspect(at - begin);
        } else if (*at < 0x20 || *at == 0x7F ||
                   (*at == '&' && (next == '#' || is_ascii_letter(next)))) {
          return false;
        }
        ++at;
        continue;
      }
      if (const std::ptrdiff_t size = mark_size(at, end); size > 0) {
        const bool high_follows = at + size != end && at[size] >= 0x80;
        if (may_lead(begin, at, high_follows)) return false;
        if (*at == kNoBreakSpace[0]) {
          suspect(at - begin);
        } else {
          marks_.push_back(static_cast<std::uint32_t>(at - begin));
        }
        at += size;
        continue;
      }
      const auto* const word = at;
      unsigned seen = 0;
      unsigned hump = 0;  // a capital after a small letter
      do {
        const unsigned kind = kByteClasses[*at];
        if (kind == kOther || mark_size(at, end) > 0) break;
        hump |= kind & (seen << 1) & kUpper;
        seen |= kind;
      } while (++at != end);
      const unsigned char next = at != end ? *at : 0;
      const bool by_digit = is_ascii_digit(next) || (word != begin && is_ascii_digit(word[-1]));
      const auto size = static_cast<std::size_t>(at - word);
      bool settled = hump == 0;
      if ((seen & kHigh) != 0) {
        const auto from = line.substr(static_cast<std::size_t>(word - begin));
        settled = settled && !by_digit && is_settled_run(from, size, next == ' ');
        if (!settled && !is_vietnamese(from.substr(0, size))) return false;
      } else if (size == 1 ? seen == kUpper && next == ' ' : by_digit && (seen & kLower) != 0) {
        settled = false;
      }
      // A dot glues a word to one of a capital and small letters: "TP.Hà", not "TP.HCM".
      if (next == '.' && at + 1 != end && (kByteClasses[at[1]] & (kUpper | kHigh)) != 0) {
        const unsigned second = at + 2 != end ? kByteClasses[at[2]] : 0U;
        settled = settled && at[1] < 0x80 && (second & (kLower | kHigh)) == 0;
      }
      if (!settled) suspect(word - begin);
    }
    return true;
  }

  // Offsets of quotation marks and dashes, in order.
  const std::vector<std::uint32_t>& marks() const { return marks_; }
  // In order, apart from each other.
  const std::vector<Span>& stretches() const { return stretches_; }

 private:
  static constexpr std::size_t kChunksAround = 2;
  static constexpr std::array<unsigned char, 2> kNoBreakSpace{0xC2, 0xA0};

  // Bytes of a mark or a no-break space; 0 for any other character.
  static std::ptrdiff_t mark_size(const unsigned char* at, const unsigned char* end) {
    if (*at == 0xE2) return ascii_mark(at, end) != 0 ? static_cast<std::ptrdiff_t>(kMarkBytes) : 0;
    return *at == kNoBreakSpace[0] && at + 1 != end && at[1] == kNoBreakSpace[1] ? 2 : 0;
  }

  void suspect(std::ptrdiff_t offset) {
    const auto at = static_cast<std::size_t>(offset);
    if (at < chunk_end_) return;  // of one chunk, once: else a long one would take its square
    std::size_t begin = at;
    std::size_t end = at;
    for (std::size_t chunk = 0; chunk <= kChunksAround; ++chunk) {
      while (begin > 0 && line_[begin - 1] == ' ') --begin;
      while (begin > 0 && line_[begin - 1] != ' ') --begin;
      while (end < line_.size() && line_[end] == ' ') ++end;
      while (end < line_.size() && line_[end] != ' ') ++end;
      if (chunk == 0) chunk_end_ = end;
    }
    if (!stretches_.empty() && begin <= stretches_.back().end + 1) {
      stretches_.back().end = static_cast<std::uint32_t>(end);
      return;
    }
    stretches_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  std::string_view line_;
  std::size_t chunk_end_ = 0;  // of the last suspect
  std::vector<std::uint32_t> marks_;
  std::vector<Span> stretches_;
};

// --- a line being mended -----------------------------------------------------------------

// A character and the stored bytes that it came from; two characters of one origin share them.
struct Unit {
  char32_t c;
  std::uint32_t begin;
  std::uint32_t end;
  bool changed;
};
using Units = std::vector<Unit>;

void decode(std::string_view stored, Span line, Units& units) {
  units.clear();
  for (std::uint32_t at = line.begin; at < line.end;) {
    const CodePoint code = code_point_at(stored, at);
    const std::uint32_t end = at + code.size;
    char32_t c = code.value;
    if (c >= 0x80 && c < 0xA0) c = kWindows1252[c - 0x80];
    // A soft hyphen after a byte of windows-1252 may end a letter: í is C3 AD, ậ is E1 BA AD.
    const bool dropped =
        is_invisible(c) ||
        (c == kSoftHyphen && (units.empty() || windows1252_byte(units.back().c) == 0));
    if (!dropped) units.push_back({c, at, end, false});
    at = end;
  }
}

void undo_entities(Units& units) {
  std::size_t kept = 0;
  std::string name;
  for (std::size_t at = 0; at < units.size();) {
    Unit unit = units[at++];
    // "&amp;agrave;" is à written twice over, so what comes out as "&" is read on.
    while (unit.c == '&') {
      name.clear();
      std::size_t end = at;
      while (
          end < units.size() && name.size() < kLongestEntity &&
          (is_ascii_letter(units[end].c) || is_ascii_digit(units[end].c) || units[end].c == '#')) {
        name += static_cast<char>(units[end++].c);
      }
      if (end == units.size() || units[end].c != ';') break;
      const auto c = entity(name);
      if (!c) break;
      unit = {*c, unit.begin, units[end].end, is_alphanumeric(*c)};
      at = end + 1;
    }
    if (!is_invisible(unit.c)) units[kept++] = unit;
  }
  units.resize(kept);
}

// Base and marks as one cluster, no more marks than Unicode's stream-safe format has (UAX #15),
// which also bounds the sorting of marks.
constexpr std::size_t kLongestCluster = 31;

// Marks that make a letter of the Vietnamese alphabet come before the tone; canonical order
// leaves á + breve as typed, though only ắ can be meant.
bool makes_letter(UChar32 mark) { return mark == 0x0302 || mark == 0x0306 || mark == 0x031B; }

icu::UnicodeString composed(const icu::Normalizer2& nfc, const icu::UnicodeString& cluster) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString canonical = nfc.normalize(cluster, status);
  if (canonical.countChar32() < 2) return canonical;
  const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString parts = nfd->normalize(cluster, status);
  if (parts.isEmpty() || !is_ascii_letter(static_cast<char32_t>(parts.char32At(0)))) {
    return canonical;
  }
  icu::UnicodeString first(parts.char32At(0));
  icu::UnicodeString rest;
  for (int32_t at = 1; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    const UChar32 mark = parts.char32At(at);
    (makes_letter(mark) ? first : rest).append(mark);
  }
  return nfc.normalize(first.append(rest), status);
}

bool joins_cluster(const icu::Normalizer2& nfc, char32_t c) {
  return c >= 0x300 && !letter_of(c) && !nfc.hasBoundaryBefore(static_cast<UChar32>(c));
}

// NFC with the letters of the Vietnamese alphabet; `result` is a buffer.
void compose(Units& units, Units& result) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2& nfc = *icu::Normalizer2::getNFCInstance(status);
  for (Unit& unit : units) {
    const char32_t c = true_stroke(unit.c);
    unit.changed |= c != unit.c;
    unit.c = c;
  }
  result.clear();
  for (std::size_t at = 0; at < units.size();) {
    std::size_t end = at + 1;
    while (end < units.size() && end - at < kLongestCluster && joins_cluster(nfc, units[end].c))
      ++end;
    const char32_t first = units[at].c;
    const bool settled =
        end - at == 1 &&
        (first < 0x300 || letter_of(first) ||
         u_getIntPropertyValue(static_cast<UChar32>(first), UCHAR_NFC_QUICK_CHECK) == UNORM_YES);
    if (!settled) {
      icu::UnicodeString cluster;
      for (std::size_t i = at; i < end; ++i) cluster.append(static_cast<UChar32>(units[i].c));
      const icu::UnicodeString canonical = composed(nfc, cluster);
      if (canonical != cluster) {
        bool changed = false;
        for (std::size_t i = at; i < end; ++i) changed |= units[i].changed;
        for (int32_t i = 0; i < canonical.length(); i = canonical.moveIndex32(i, 1)) {
          result.push_back({static_cast<char32_t>(canonical.char32At(i)), units[at].begin,
                            units[end - 1].end, changed});
        }
        at = end;
        continue;
      }
    }
    for (; at < end; ++at) result.push_back(units[at]);
  }
  units.swap(result);
}

// --- UTF-8 that was read as windows-1252 ----------------------------------------------------

class Mojibake {
 public:
  explicit Mojibake(Units& units) : units_(units) {}

  // Whether anything was undone.
  bool undo() {
    find();
    if (found_.empty()) return false;
    const bool certain =
        std::any_of(found_.begin(), found_.end(), [](const Found& found) { return found.certain; });
    // A line that holds letters of its own was read rightly; what looks like mojibake in it
    // may be "XÃ" before a closing quotation mark.
    const bool all = certain && !genuine_;
    Units result;
    auto next = found_.begin();
    bool undone = false;
    for (std::size_t at = 0; at < units_.size();) {
      while (next != found_.end() && next->begin < at) ++next;
      if (next != found_.end() && next->begin == at) {
        const Found found = *next;
        if (found.certain || all || (!genuine_ && ends_word(found))) {
          result.push_back(
              {found.c, units_[at].begin, units_[found.end - 1].end, is_alphanumeric(found.c)});
          at = found.end;
          undone = true;
          continue;
        }
      }
      Unit unit = units_[at++];
      // The second byte of à is a no-break space, which many tools make a plain one.
      if (all && unit.c == U'Ã' && (at == units_.size() || is_space(units_[at].c))) {
        unit = {U'à', unit.begin, unit.end, true};
        if (continues_after_space(result, at)) unit.end = units_[at++].end;
      }
      result.push_back(unit);
    }
    units_.swap(result);
    return undone;
  }

 private:
  struct Read {
    char32_t c;
    std::size_t end;
  };
  struct Found {
    char32_t c;
    std::size_t begin;
    std::size_t end;
    bool certain;
  };

  // Text is seldom misread more than twice on its way.
  static constexpr int kTimes = 3;

  // The character at `at` after undoing up to `times` misreadings.
  Read read(std::size_t at, int times) const {
    if (times == 0) return {units_[at].c, at + 1};
    const Read first = read(at, times - 1);
    std::string bytes(1, static_cast<char>(windows1252_byte(first.c)));
    const auto lead = static_cast<unsigned char>(bytes[0]);
    if (lead < 0xC2 || lead > 0xF4) return first;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::size_t end = first.end;
    while (bytes.size() < length && end < units_.size()) {
      const Read next = read(end, times - 1);
      bytes += static_cast<char>(windows1252_byte(next.c));
      end = next.end;
    }
    const CodePoint c = code_point_at(bytes, 0);
    return c.well_formed ? Read{c.value, end} : first;
  }

  void find() {
    bool quoted = false;  // between guillemets: "»" after á may close them
    for (std::size_t at = 0; at < units_.size();) {
      const char32_t c = units_[at].c;
      const std::uint32_t byte = windows1252_byte(c);
      if (byte >= 0xC2 && byte <= 0xF4) {
        const Read undone = read(at, kTimes);
        if (undone.end > at + 1) {
          const bool certain = is_certain(at, undone, quoted);
          found_.push_back({undone.c, at, undone.end, certain});
          at = certain ? undone.end : at + 1;
          continue;
        }
      }
      genuine_ |= distinctly_vietnamese(c);
      if (c == 0xAB) quoted = true;
      if (c == 0xBB) quoted = false;
      ++at;
    }
  }

  // Whether no one could have meant the characters as they stand.
  bool is_certain(std::size_t at, Read undone, bool quoted) const {
    const char32_t lead = units_[at].c;
    const char32_t second = units_[at + 1].c;
    if (second == 0xBB && quoted) return false;
    if (lead == U'Ã') {
      // Ã ends words (xã, đã), so what can follow a word proves nothing.
      constexpr std::u32string_view kNeverAfterAWord =
          U"\u20AC\u201A\u2020\u2021\u2030\u02DC\u2122";
      if (is_letter(second) || kNeverAfterAWord.find(second) != kNeverAfterAWord.npos) return true;
      return second < 0x100 && !is_space(second) && second != 0xAB && second != 0xBB;
    }
    if (lead == U'Ì') {
      return undone.c >= 0x300 && undone.c < 0x370 && at > 0 && is_letter(units_[at - 1].c);
    }
    return lead == U'Â' || distinctly_vietnamese(undone.c) ||
           (undone.c >= 0x2010 && undone.c <= 0x2040) || undone.c == 0x20AC || undone.c == 0x2122;
  }

  // "HÃ" with a no-break space before a blank: the space was part of the letter.
  bool ends_word(const Found& found) const {
    return found.c == U'à' && found.begin > 0 && is_letter(units_[found.begin - 1].c) &&
           (found.end == units_.size() || !is_alphanumeric(units_[found.end].c));
  }

  // Whether the space at `space` was the rest of an à inside a word, "lÃ m": the letters after
  // it are the end of a syllable rather than a word.
  bool continues_after_space(const Units& before, std::size_t space) const {
    constexpr std::size_t kLongestEnd = 2;  // ng, nh
    std::size_t end = std::min(space + 1, units_.size());
    const std::size_t begin = end;
    while (end < units_.size() && is_letter(units_[end].c)) ++end;
    if (end == begin || end - begin > kLongestEnd) return false;
    std::size_t first = before.size();
    while (first > 0 && is_letter(before[first - 1].c) && before.size() - first < kLongestEnd * 2) {
      --first;
    }
    SyllableReader whole;
    SyllableReader rest;
    for (; first < before.size(); ++first) whole.add(before[first].c);
    whole.add(U'à');
    for (std::size_t i = begin; i < end; ++i) {
      whole.add(units_[i].c);
      rest.add(units_[i].c);
    }
    return whole.is_syllable() && (!rest.is_syllable() || whole.frequency() > rest.frequency());
  }

  Units& units_;
  std::vector<Found> found_;
  bool genuine_ = false;
};

// Soft hyphens and C1 controls that turned out to be no bytes of mojibake.
bool drop_leftovers(Units& units) {
  return std::erase_if(units, [](const Unit& unit) {
           return unit.c == kSoftHyphen || (unit.c >= 0x80 && unit.c < 0xA0);
         }) > 0;
}

void fold_spaces_and_punctuation(Units& units) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < units.size(); ++at) {
    Unit unit = units[at];
    if (is_space(unit.c)) {
      if (kept > 0 && units[kept - 1].c == ' ') {
        units[kept - 1].end = unit.end;
        continue;
      }
      unit.c = ' ';
    } else if (is_line_break(unit.c)) {
      if (unit.c == '\n' && at > 0 && units[at - 1].c == '\r') {
        units[kept - 1].end = unit.end;
        continue;
      }
      units[at].c = unit.c == '\r' ? '\r' : '\n';
      unit.c = '\n';
    } else {
      unit.c = ascii_punctuation(unit.c);
    }
    units[kept++] = unit;
  }
  units.resize(kept);
}

// --- words -----------------------------------------------------------------------------------

struct Run {
  std::size_t begin;
  std::size_t end;
  std::size_t size() const { return end - begin; }
};

class WordMender {
 public:
  WordMender(Units& units, Units& result) : units_(units), result_(result) {}

  void mend() {
    join_drop_capitals();
    read_letters();
    result_.clear();
    for (std::size_t at = 0; at < units_.size();) {
      if (!is_letter(units_[at].c)) {
        result_.push_back(units_[at]);
        if (units_[at].c == '.' && lacks_space_after(at)) insert_space();
        ++at;
        continue;
      }
      const Run word{at, word_end(at)};
      mend_word(word);
      at = word.end;
    }
    units_.swap(result_);
  }

 private:
  // Longer runs of letters are no words of any text and are left alone, which keeps the work
  // on a line linear.
  static constexpr std::size_t kLongestWord = 40;
  static constexpr std::size_t kMostPieces = 4;

  // Letters by the index of their unit; base 0 for what is no Vietnamese letter.
  void read_letters() {
    letters_.clear();
    letters_.reserve(units_.size());
    for (const Unit& unit : units_) letters_.push_back(letter_of(unit.c).value_or(Letter{}));
  }

  std::size_t word_end(std::size_t at) const {
    while (at < units_.size() && is_letter(units_[at].c)) ++at;
    return at;
  }

  SyllableReader syllable(Run run) const {
    SyllableReader reader;
    for (std::size_t i = run.begin; i < run.end; ++i) reader.add(units_[i].c);
    return reader;
  }

  bool legal(Run run) const { return syllable(run).is_syllable(); }
  unsigned frequency(Run run) const { return syllable(run).frequency(); }

  bool marked(Run run) const {
    return std::any_of(units_.begin() + offset(run.begin), units_.begin() + offset(run.end),
                       [](const Unit& unit) { return unit.c >= 0x80; });
  }

  bool distinct(Run run) const {
    return std::any_of(units_.begin() + offset(run.begin), units_.begin() + offset(run.end),
                       [](const Unit& unit) { return distinctly_vietnamese(unit.c); });
  }

  bool upper(std::size_t at) const { return letters_[at].base != 0 && letters_[at].upper; }
  bool lower(std::size_t at) const { return letters_[at].base != 0 && !letters_[at].upper; }
  bool all_lower(Run run) const { return all(run, false); }
  bool all_upper(Run run) const { return all(run, true); }
  bool title(Run run) const {
    return run.size() >= 2 && upper(run.begin) && all_lower({run.begin + 1, run.end});
  }

  bool all(Run run, bool capitals) const {
    for (std::size_t i = run.begin; i < run.end; ++i) {
      if (letters_[i].base == 0 || letters_[i].upper != capitals) return false;
    }
    return true;
  }

  static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

  std::string text(Run run) const {
    std::string word;
    for (std::size_t i = run.begin; i < run.end; ++i) append_utf8(word, units_[i].c);
    return word;
  }

  // --- drop capitals: "T hực trạng" ---

  void join_drop_capitals() {
    read_letters();
    result_.clear();
    for (std::size_t at = 0; at < units_.size(); ++at) {
      if (units_[at].c == ' ' && at > 0 && is_drop_capital(at - 1)) {
        result_.back().changed = true;
      } else {
        result_.push_back(units_[at]);
      }
    }
    units_.swap(result_);
  }

  // Whether the capital at `at`, which a space follows, is the start of the word after it. A
  // lone consonant is no word, but may be a label (khối C, ông T) where it does not begin
  // anything; a lone vowel may be one (Ô Môn, Y tế).
  bool is_drop_capital(std::size_t at) const {
    if (!upper(at) || (at > 0 && is_alphanumeric(units_[at - 1].c))) return false;
    const Run rest{at + 2, word_end(at + 2)};
    if (rest.size() == 0 || rest.size() > 6) return false;
    if (rest.end < units_.size() && is_ascii_digit(units_[rest.end].c)) return false;
    const bool capitals = all_upper(rest);
    if (!capitals && !all_lower(rest)) return false;
    SyllableReader joined;
    joined.add(units_[at].c);
    for (std::size_t i = rest.begin; i < rest.end; ++i) joined.add(units_[i].c);
    if (!joined.is_syllable()) return false;

    const bool has_vowel =
        std::any_of(letters_.begin() + offset(rest.begin), letters_.begin() + offset(rest.end),
                    [](Letter letter) { return letter.vowel(); });
    const Place place = place_of(at);
    if (!has_vowel) return place != Place::Inside || (rest.size() >= 2 && !capitals);
    const unsigned whole = joined.frequency();
    const unsigned part = frequency(rest);
    if (letters_[at].vowel()) return place != Place::Inside && whole > part;
    if (capitals) return place != Place::Inside && whole > 0;
    if (place == Place::Begins) return whole > 0 || part == 0;
    return whole > 0 && (place == Place::AfterNumber || part == 0);
  }

  enum class Place { Begins, AfterNumber, Inside };

  Place place_of(std::size_t at) const {
    if (at > 0 && units_[at - 1].c == ' ') --at;
    if (at == 0) return Place::Begins;
    const char32_t before = units_[at - 1].c;
    if (is_ascii_digit(before)) return Place::AfterNumber;
    if (!is_letter(before)) return before == ',' ? Place::Inside : Place::Begins;
    // A chapter's number: "II T ình hình".
    std::size_t begin = at;
    while (begin > 0 && (units_[begin - 1].c == 'I' || units_[begin - 1].c == 'V' ||
                         units_[begin - 1].c == 'X')) {
      --begin;
    }
    return begin == 0 && at - begin > 0 ? Place::AfterNumber : Place::Inside;
  }

  // --- glued words ---

  void insert_space() {
    const std::uint32_t at = result_.back().end;
    result_.back().changed = true;
    result_.push_back({' ', at, at, true});
  }

  // A dot between two words: "TP.Hà Nội", "hữu nghị.Chủ tịch", not "TP.HCM", "hanoi.gov.vn".
  bool lacks_space_after(std::size_t dot) const {
    if (dot == 0 || !is_letter(units_[dot - 1].c)) return false;
    const Run after{dot + 1, word_end(dot + 1)};
    if (!title(after)) return false;
    std::size_t begin = dot;
    while (begin > 0 && is_letter(units_[begin - 1].c)) --begin;
    const Run before{begin, dot};
    if (before.size() > kLongestWord || is_address(before)) return false;
    if (is_abbreviation(text(before))) return true;
    return before.size() >= 2 && lower(dot - 1) && ends_in_syllable(before) && legal(after) &&
           (marked(before) || marked(after));
  }

  bool ends_in_syllable(Run run) const {
    for (std::size_t begin = run.end - std::min<std::size_t>(run.size(), 7); begin < run.end;
         ++begin) {
      if (legal({begin, run.end})) return true;
    }
    return false;
  }

  // Whether the word is part of an address or a tag, which stay as written.
  bool is_address(Run word) const {
    std::size_t begin = word.begin;
    std::size_t end = word.end;
    constexpr std::size_t kFarthest = 200;
    while (begin > 0 && word.begin - begin < kFarthest && units_[begin - 1].c > ' ') --begin;
    while (end < units_.size() && end - word.end < kFarthest && units_[end].c > ' ') ++end;
    if (units_[begin].c == '#') return true;
    for (std::size_t i = begin; i < end; ++i) {
      if (units_[i].c == '@' || units_[i].c == '_') return true;
      if (units_[i].c == ':' && i + 2 < end && units_[i + 1].c == '/' && units_[i + 2].c == '/') {
        return true;
      }
    }
    return end - begin > 4 && text({begin, begin + 4}) == "www.";
  }

  void mend_word(Run word) {
    cuts_.clear();
    if (word.size() <= kLongestWord && needs_cut(word) && !is_address(word)) find_cuts(word);
    std::size_t begin = word.begin;
    for (std::size_t cut : cuts_) {
      if (cut > word.begin) push_piece({begin, cut});
      insert_space();
      begin = cut;
    }
    if (begin < word.end) push_piece({begin, word.end});
  }

  bool needs_cut(Run word) const {
    if (word.begin > 0 && is_ascii_digit(units_[word.begin - 1].c)) return true;
    if (word.end < units_.size() && is_ascii_digit(units_[word.end].c)) return true;
    return !legal(word);
  }

  // Fills cuts_ with where a space is missing, in order; the ends of the word included where a
  // number is glued to it.
  void find_cuts(Run word) {
    const bool digit_before = word.begin > 0 && is_ascii_digit(units_[word.begin - 1].c);
    const bool digit_after = word.end < units_.size() && is_ascii_digit(units_[word.end].c);
    if (!legal(word)) {
      std::size_t begin = word.begin;
      for (std::size_t at = word.begin + 1; at < word.end; ++at) {
        const Run left{begin, at};
        const Run right{at, word.end};
        if (!is_case_joint(left, right)) continue;
        cut_syllables(left);
        cuts_.push_back(at);
        begin = at;
      }
      cut_syllables({begin, word.end});
    }
    const Run first{word.begin, cuts_.empty() ? word.end : cuts_.front()};
    const Run last{cuts_.empty() ? word.begin : cuts_.back(), word.end};
    // One syllable between two numbers is part of a code.
    if (digit_before && digit_after && cuts_.empty()) return;
    const bool cut_after = digit_after && !follows_code(word) && is_glued_to_number(last);
    if (digit_before && is_glued_to_number(first)) cuts_.insert(cuts_.begin(), word.begin);
    if (cut_after) cuts_.push_back(word.end);
  }

  // "05-A" and "x_y": the word belongs to a code.
  bool follows_code(Run word) const {
    return word.begin > 0 && (units_[word.begin - 1].c == '-' || units_[word.begin - 1].c == '/');
  }

  // "tri05", "năm2024", "15tháng", not "km2", "CO2", "G20", "Tu154", "5kg".
  bool is_glued_to_number(Run piece) const {
    if (piece.size() < 2 || !legal(piece) || all_upper(piece)) return false;
    if (marked(piece)) return true;
    return piece.size() >= 3 && all_lower(piece) && frequency(piece) > 0;
  }

  // Whether a word ends and another begins between `left` and `right`, by case: "hiệnChỉ",
  // "củaUBND", "UBNDthành", "TPHà", not "iPhone", "McDonald", "VnExpress".
  bool is_case_joint(Run left, Run right) const {
    if (right.size() < 2) return false;
    const Run next{right.begin, hump_end(right)};
    if (lower(left.end - 1) && upper(right.begin)) {
      const bool left_reads = legal(left) || !syllables(left).empty();
      if (!left_reads) return false;
      if (marked(left)) return true;
      if (left.size() < 2 || frequency(left) == 0) return false;
      if (all_upper(next)) return is_abbreviation(text(next));
      if (!legal(next) && syllables(next).empty()) return false;
      if (marked(next)) return true;
      return frequency(next) > 0 && (all_lower(left) || (left.size() >= 3 && next.size() >= 3));
    }
    if (left.size() >= 2 && all_upper(left) && marked(right) &&
        (all_lower(right) || title({right.begin, hump_end(right)}))) {
      return (legal(next) || !syllables(next).empty()) && is_abbreviation(text(left));
    }
    return false;
  }

  // The end of the capitals or of the capitalised or small word at the start of `run`.
  std::size_t hump_end(Run run) const {
    std::size_t at = run.begin;
    while (at < run.end && upper(at)) ++at;
    if (at - run.begin >= 2) return at;
    while (at < run.end && !upper(at)) ++at;
    return at;
  }

  void cut_syllables(Run run) {
    if (legal(run)) return;
    const std::vector<std::size_t> ends = syllables(run);
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) cuts_.push_back(ends[i]);
  }

  // The ends of the syllables that a run of small letters, with or without a capital before
  // them, or of capitals is glued of; nothing where it is no such run. The fewest pieces win,
  // then the commonest.
  std::vector<std::size_t> syllables(Run run) const {
    if (run.size() < 4 || !marked(run)) return {};
    const bool small = all_lower(run);
    if (!small && !title(run) && !all_upper(run)) return {};
    constexpr double kNone = -std::numeric_limits<double>::infinity();
    struct Best {
      double score = kNone;
      std::size_t from = 0;
    };
    const std::size_t size = run.size();
    std::array<std::array<Best, kLongestWord + 1>, kMostPieces + 1> best{};
    best[0][0].score = 0;
    const bool western = !distinct(run);
    const std::size_t most = western ? 2 : small ? kMostPieces : 3;
    for (std::size_t pieces = 1; pieces <= most; ++pieces) {
      for (std::size_t end = 1; end <= size; ++end) {
        for (std::size_t begin = end > 7 ? end - 7 : 0; begin < end; ++begin) {
          if (best[pieces - 1][begin].score == kNone) continue;
          const Run piece{run.begin + begin, run.begin + end};
          const bool known_only = !small || western || pieces > 2;
          const double value = best[pieces - 1][begin].score + weight(piece, known_only);
          if (value > best[pieces][end].score) best[pieces][end] = {value, begin};
        }
      }
      if (pieces < 2 || best[pieces][size].score == kNone) continue;
      std::vector<std::size_t> ends(pieces);
      std::size_t end = size;
      for (std::size_t i = pieces; i > 0; --i) {
        ends[i - 1] = run.begin + end;
        end = best[i][end].from;
      }
      if (western && !small && !reads_vietnamese(run, ends[0])) return {};
      return ends;
    }
    return {};
  }

  // The weight of a piece of a glued word; minus infinity where it cannot be one. A piece
  // without an onset must be a common syllable: "phưong" lacks a horn, and is not phư + ong.
  double weight(Run piece, bool known_only) const {
    constexpr double kImpossible = -std::numeric_limits<double>::infinity();
    if (!legal(piece)) return kImpossible;
    const unsigned count = frequency(piece);
    const bool bare = letters_[piece.begin].vowel();
    if (bare && count < (marked(piece) ? 1U : 3U)) return kImpossible;
    if (known_only && count == 0) return kImpossible;
    constexpr double kUnknown = 0.05;
    return std::log(count == 0 ? kUnknown : static_cast<double>(count));
  }

  // Of a capitalised word with none but Western letters ("Lomé", "Cancún"): whether its joint
  // is one that only Vietnamese has.
  bool reads_vietnamese(Run run, std::size_t joint) const {
    if (marked({run.begin, joint}) && marked({joint, run.end})) return true;
    const char32_t last =
        letters_[joint - 1].base == 0 ? 0 : static_cast<char32_t>(letters_[joint - 1].base);
    return joint - run.begin >= 3 && (last == 'g' || last == 'h') &&
           letters_[joint - 2].base == 'n';
  }

  // A piece of a word, its tone mark where it is put today.
  void push_piece(Run piece) {
    const std::size_t first = result_.size();
    for (std::size_t i = piece.begin; i < piece.end; ++i) result_.push_back(units_[i]);
    const SyllableReader spoken = syllable(piece);
    if (!spoken.is_syllable() || !spoken.mark_has_moved()) return;
    Letter main = letters_[piece.end - 2];
    Letter last = letters_[piece.end - 1];
    main.tone = std::exchange(last.tone, Tone::Level);
    Unit& a = result_[first + piece.size() - 2];
    Unit& b = result_[first + piece.size() - 1];
    a = {code_point_of(main), a.begin, b.end, true};
    b = {code_point_of(last), a.begin, b.end, true};
  }

  Units& units_;
  Units& result_;
  std::vector<Letter> letters_;
  std::vector<std::size_t> cuts_;
};

// --- the text and its map --------------------------------------------------------------------

class Builder {
 public:
  explicit Builder(std::string_view stored) : stored_(stored) {
    result_.text.reserve(stored.size());
  }

  // Stored bytes as they are.
  void keep(Span span) {
    if (span.empty()) return;
    add_step(span, false, false);
    result_.text.append(span.of(stored_));
  }

  // A character in place of the stored ones, whose reading is the same.
  void replace(Span span, char c) {
    add_step(span, false, true);
    result_.text += c;
  }

  void add(const Units& units) {
    std::string bytes;
    for (std::size_t at = 0; at < units.size();) {
      // Characters of one origin are one piece.
      std::size_t end = at + 1;
      const Unit& first = units[at];
      while (end < units.size() && first.begin < first.end && units[end].begin == first.begin &&
             units[end].end == first.end) {
        ++end;
      }
      bytes.clear();
      for (; at < end; ++at) append_utf8(bytes, units[at].c);
      const Span span{first.begin, first.end};
      add_step(span, first.changed, bytes != span.of(stored_));
      result_.text += bytes;
    }
  }

  Normalised finish() {
    const auto& steps = result_.steps;
    const bool same = steps.size() == 1 && !steps[0].whole && !steps[0].changed &&
                      steps[0].stored == 0 && steps[0].stored_end == stored_.size();
    if (same) result_.steps.clear();
    return std::move(result_);
  }

 private:
  void add_step(Span span, bool changed, bool whole) {
    if (!whole && !result_.steps.empty()) {
      Normalised::Step& last = result_.steps.back();
      if (!last.whole && last.changed == changed && last.stored_end == span.begin) {
        last.stored_end = span.end;
        return;
      }
    }
    result_.steps.push_back(
        {static_cast<std::uint32_t>(result_.text.size()), span.begin, span.end, changed, whole});
  }

  std::string_view stored_;
  Normalised result_;
};

// The slow way, with its buffers kept from line to line.
class LineMender {
 public:
  const Units& mend(std::string_view stored, Span line) {
    decode(stored, line, units_);
    // A repair can bring another to light, so they end when a round repairs nothing.
    for (int round = 0; round < kMostRounds; ++round) {
      before_.assign(units_.begin(), units_.end());
      repair();
      const bool same = std::equal(units_.begin(), units_.end(), before_.begin(), before_.end(),
                                   [](const Unit& a, const Unit& b) { return a.c == b.c; });
      const auto changed = [](const Unit& unit) { return unit.changed; };
      if (same || std::none_of(units_.begin(), units_.end(), changed)) break;
    }
    return units_;
  }

 private:
  // Text needs two rounds; the bound keeps the work on contrived text linear.
  static constexpr int kMostRounds = 8;

  void repair() {
    for (int round = 0; round < kMostRounds && read_anew(); ++round) {
    }
    fold_spaces_and_punctuation(units_);
    WordMender(units_, spare_).mend();
  }

  // Whether characters were undone or dropped, so that others are neighbours now.
  bool read_anew() {
    undo_entities(units_);
    compose(units_, spare_);
    return Mojibake(units_).undo() || drop_leftovers(units_);
  }

  Units units_;
  Units spare_;
  Units before_;
};

// The step that holds offset `at` of the normalised text.
const Normalised::Step& step_at(const std::vector<Normalised::Step>& steps, std::uint32_t at) {
  const auto after = std::upper_bound(
      steps.begin(), steps.end(), at,
      [](std::uint32_t offset, const Normalised::Step& step) { return offset < step.normalised; });
  return *std::prev(after);
}

}  // namespace

Span Normalised::to_stored(Span span) const {
  if (steps.empty()) return span;
  const auto begin_of = [this](std::uint32_t at) {
    const Step& step = step_at(steps, at);
    if (step.whole) return at < text.size() ? step.stored : step.stored_end;
    return step.stored + (at - step.normalised);
  };
  const std::uint32_t begin = begin_of(span.begin);
  if (span.empty()) return {begin, begin};
  const Step& last = step_at(steps, span.end - 1);
  return {begin, last.whole ? last.stored_end : last.stored + (span.end - last.normalised)};
}

bool Normalised::mended(Span span) const {
  if (steps.empty() || span.empty()) return false;
  for (const Step* step = &step_at(steps, span.begin);
       step != steps.data() + steps.size() && step->normalised < span.end; ++step) {
    if (step->changed) return true;
  }
  return false;
}

Normalised normalise(std::string_view stored) {
  assert(stored.size() <= std::numeric_limits<std::uint32_t>::max());
  Builder builder(stored);
  LineMender mender;
  LineLook look;
  const auto size = static_cast<std::uint32_t>(stored.size());
  for (std::uint32_t begin = 0; begin < size;) {
    const std::size_t newline = stored.find('\n', begin);
    const std::uint32_t end =
        newline == stored.npos ? size : static_cast<std::uint32_t>(newline) + 1;
    std::string_view content = stored.substr(begin, end - begin);
    if (content.ends_with('\n')) content.remove_suffix(1);
    const bool carriage_return = content.size() < end - begin && content.ends_with('\r');
    if (carriage_return) content.remove_suffix(1);
    if (!look.look(content)) {
      builder.add(mender.mend(stored, {begin, end}));
      begin = end;
      continue;
    }
    const std::uint32_t line = begin;
    auto mark = look.marks().begin();
    const auto keep_to = [&](std::uint32_t to) {
      for (; mark != look.marks().end() && line + *mark < to; ++mark) {
        builder.keep({begin, line + *mark});
        begin = line + *mark + static_cast<std::uint32_t>(kMarkBytes);
        builder.replace({line + *mark, begin}, kAsciiMarks[stored[begin - 1] & 0x3F]);
      }
      builder.keep({begin, to});
    };
    for (const Span stretch : look.stretches()) {
      keep_to(line + stretch.begin);
      begin = line + stretch.end;
      builder.add(mender.mend(stored, {line + stretch.begin, begin}));
      while (mark != look.marks().end() && *mark < stretch.end) ++mark;
    }
    keep_to(carriage_return ? end - 2 : end);
    if (carriage_return) builder.replace({end - 2, end}, '\n');
    begin = end;
  }
  return builder.finish();
}

std::string normalised_text(std::string_view text) { return normalise(text).text; }

}  // namespace ketnghia
