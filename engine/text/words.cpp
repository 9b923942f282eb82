#include "engine/text/words.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <unordered_map>

#include "engine/text/utf8.hpp"
#include "text_tables.hpp"

namespace ketnghia {
namespace {

constexpr std::u32string_view kPlainLetters = U"abcdefghijklmnopqrstuvwxyz";
constexpr std::u32string_view kPlainCapitals = U"ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Rows of a vowel in the order of Tone.
struct VowelRow {
  char base;
  Quality quality;
  std::u32string_view small;
  std::u32string_view capital;
};
constexpr std::array kVowels{
    VowelRow{'a', Quality::None, U"aàáảãạ", U"AÀÁẢÃẠ"},
    VowelRow{'a', Quality::Breve, U"ăằắẳẵặ", U"ĂẰẮẲẴẶ"},
    VowelRow{'a', Quality::Circumflex, U"âầấẩẫậ", U"ÂẦẤẨẪẬ"},
    VowelRow{'e', Quality::None, U"eèéẻẽẹ", U"EÈÉẺẼẸ"},
    VowelRow{'e', Quality::Circumflex, U"êềếểễệ", U"ÊỀẾỂỄỆ"},
    VowelRow{'i', Quality::None, U"iìíỉĩị", U"IÌÍỈĨỊ"},
    VowelRow{'o', Quality::None, U"oòóỏõọ", U"OÒÓỎÕỌ"},
    VowelRow{'o', Quality::Circumflex, U"ôồốổỗộ", U"ÔỒỐỔỖỘ"},
    VowelRow{'o', Quality::Horn, U"ơờớởỡợ", U"ƠỜỚỞỠỢ"},
    VowelRow{'u', Quality::None, U"uùúủũụ", U"UÙÚỦŨỤ"},
    VowelRow{'u', Quality::Horn, U"ưừứửữự", U"ƯỪỨỬỮỰ"},
    VowelRow{'y', Quality::None, U"yỳýỷỹỵ", U"YỲÝỶỸỴ"},
};

constexpr detail::PerLetter<Letter> make_letters() {
  detail::PerLetter<Letter> table{};
  const auto set = [&table](char32_t c, Letter letter) {
    if (c < table.latin.size()) {
      table.latin[c] = letter;
    } else {
      table.additional[c - detail::kAdditionalBegin] = letter;
    }
  };
  for (std::size_t i = 0; i < kPlainLetters.size(); ++i) {
    const auto base = static_cast<char>(kPlainLetters[i]);
    set(kPlainLetters[i], {base, Quality::None, Tone::Level, false});
    set(kPlainCapitals[i], {base, Quality::None, Tone::Level, true});
  }
  for (const VowelRow& row : kVowels) {
    for (std::size_t tone = 0; tone < row.small.size(); ++tone) {
      set(row.small[tone], {row.base, row.quality, static_cast<Tone>(tone), false});
      set(row.capital[tone], {row.base, row.quality, static_cast<Tone>(tone), true});
    }
  }
  set(U'đ', {'d', Quality::Stroke, Tone::Level, false});
  set(U'Đ', {'d', Quality::Stroke, Tone::Level, true});
  return table;
}

// Letters of the toneless alphabet as small numbers, so that a syllable packs into a word: five
// bits a letter, 0 for what no Vietnamese syllable has (f, j, w, z).
using Code = std::uint8_t;
constexpr std::u32string_view kAlphabet = U"aăâbcdđeêghiklmnoôơpqrstuưvxy";

constexpr Code code_of(char base, Quality quality) {
  char32_t letter = static_cast<unsigned char>(base);
  if (base == 'd' && quality == Quality::Stroke) letter = U'đ';
  for (const VowelRow& row : kVowels) {
    if (row.base == base && row.quality == quality) letter = row.small[0];
  }
  const auto at = kAlphabet.find(letter);
  return at == kAlphabet.npos ? 0 : static_cast<Code>(at + 1);
}

constexpr Code code(char32_t letter) { return static_cast<Code>(kAlphabet.find(letter) + 1); }

// Rimes by their toneless spelling. Sources: the tables of Đoàn Thiện Thuật, Ngữ âm tiếng Việt
// (1977), with oo of loans (xoong).
constexpr std::u32string_view kRimes =
    U"a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    U"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    U"i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    U"o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet "
    U"oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    U"u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut "
    U"uy uya uych uynh uyên uyêt uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt "
    U"ươu ưt ưu y";
// Spelled so only where no onset stands before them.
constexpr std::u32string_view kBareRimes = U"yêm yên yêng yêt yêu";
// After qu, where the glide is written in the onset.
constexpr std::u32string_view kRimesAfterQu =
    U"a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê "
    U"êch ên ênh êt êu i in it ich inh ip iêt iên ôc ơ ơi ơn ơt y ych ynh yt yp yên yêt";

constexpr Code kAfterQu = 30;
constexpr Code kBare = 31;

// A set of rimes, each up to four letters and the mark of where it may stand. Open addressing:
// one probe in the common case, 4 KB in all.
class RimeSet {
 public:
  constexpr RimeSet() {
    add(kRimes, 0);
    add(kBareRimes, kBare);
    add(kRimesAfterQu, kAfterQu);
  }

  constexpr bool contains(std::uint32_t packed) const {
    for (std::size_t at = slot(packed);; at = (at + 1) % kSlots) {
      if (slots_[at] == packed) return packed != 0;
      if (slots_[at] == 0) return false;
    }
  }

 private:
  static constexpr std::size_t kSlots = 1024;

  static constexpr std::size_t slot(std::uint32_t packed) {
    return static_cast<std::size_t>((packed * 0x9E3779B1U) >> 22);
  }

  constexpr void add(std::u32string_view rimes, Code place) {
    std::uint32_t packed = place;
    for (std::size_t i = 0; i <= rimes.size(); ++i) {
      if (i == rimes.size() || rimes[i] == U' ') {
        std::size_t at = slot(packed);
        while (slots_[at] != 0) at = (at + 1) % kSlots;
        slots_[at] = packed;
        packed = place;
      } else {
        packed = (packed << 5) | code(rimes[i]);
      }
    }
  }

  std::array<std::uint32_t, kSlots> slots_{};
};
constexpr RimeSet kRimeSet;

constexpr std::size_t kLongestSyllable = 7;  // nghiêng
constexpr unsigned kLetterBits = 5;

// Letters of `codes` from `begin` on as a rime at `place` (0, kBare or kAfterQu).
bool is_rime(const Code* codes, std::size_t begin, std::size_t end, Code place) {
  constexpr std::size_t kLongestRime = 4;
  if (begin >= end || end - begin > kLongestRime) return false;
  std::uint32_t packed = place;
  for (std::size_t i = begin; i < end; ++i) packed = (packed << kLetterBits) | codes[i];
  return kRimeSet.contains(packed);
}

bool front(Code c) {
  return c == code(U'e') || c == code(U'ê') || c == code(U'i') || c == code(U'y');
}

// Whether onset and rime are spelled as Vietnamese spells them; tones are the caller's.
bool is_spelled(const Code* codes, std::size_t count) {
  const auto at = [&](std::size_t i) { return i < count ? codes[i] : Code{0}; };
  const auto rime_from = [&](std::size_t i) { return is_rime(codes, i, count, 0); };
  const bool h_follows = at(1) == code(U'h');
  switch (kAlphabet[codes[0] - 1U]) {
    case U'b':
    case U'd':
    case U'đ':
    case U'h':
    case U'l':
    case U'm':
    case U'r':
    case U's':
    case U'v':
    case U'x':
      return rime_from(1);
    case U'c':
      return h_follows ? rime_from(2) : !front(at(1)) && rime_from(1);
    case U'k':
    case U'p':
      return rime_from(h_follows ? 2 : 1);
    case U't':
      return rime_from(h_follows || at(1) == code(U'r') ? 2 : 1);
    case U'g':
      if (h_follows) return front(at(2)) && rime_from(2);
      if (at(1) != code(U'i')) return !front(at(1)) && rime_from(1);
      return rime_from(1) || (at(2) != code(U'i') && at(2) != code(U'y') && rime_from(2));
    case U'n':
      if (h_follows) return rime_from(2);
      if (at(1) != code(U'g')) return rime_from(1);
      return at(2) == code(U'h') ? front(at(3)) && rime_from(3) : !front(at(2)) && rime_from(2);
    case U'q':
      return at(1) == code(U'u') && is_rime(codes, 2, count, kAfterQu);
    default:
      return rime_from(0) || is_rime(codes, 0, count, kBare);
  }
}

bool ends_in_stop(const Code* codes, std::size_t count) {
  const Code last = codes[count - 1];
  return last == code(U'c') || last == code(U'p') || last == code(U't') ||
         (last == code(U'h') && count > 1 && codes[count - 2] == code(U'c'));
}

constexpr detail::PerLetter<std::uint8_t> make_codes() {
  constexpr detail::PerLetter<Letter> kTable = make_letters();
  detail::PerLetter<std::uint8_t> codes{};
  const auto packed = [](Letter letter) {
    if (letter.base == 0) return std::uint8_t{0};
    return static_cast<std::uint8_t>(static_cast<unsigned>(letter.tone) << kLetterBits |
                                     code_of(letter.base, letter.quality));
  };
  for (std::size_t i = 0; i < codes.latin.size(); ++i) codes.latin[i] = packed(kTable.latin[i]);
  for (std::size_t i = 0; i < codes.additional.size(); ++i) {
    codes.additional[i] = packed(kTable.additional[i]);
  }
  return codes;
}

// What a table of all toneless syllables says of one.
enum class Spelling : std::uint8_t { Wrong, Open, Stop };

// Every toneless spelling with its verdict, filled as words are asked for. Lossy: two spellings
// may want one place, so what is found is compared.
class SpellingCache {
 public:
  Spelling of(std::uint64_t letters, std::size_t count) {
    // A key is 35 bits of letters; zero, no letter at all, is never asked for.
    Entry& entry = entries_[static_cast<std::size_t>((letters * 0x9E3779B97F4A7C15U) >> 52)];
    if ((entry >> 8) != letters) entry = letters << 8 | static_cast<Entry>(judge(letters, count));
    return static_cast<Spelling>(entry & 0xFF);
  }

 private:
  using Entry = std::uint64_t;

  static Spelling judge(std::uint64_t letters, std::size_t count) {
    std::array<Code, kLongestSyllable> codes{};
    for (std::size_t i = count; i > 0; --i) {
      codes[i - 1] = static_cast<Code>(letters & 31U);
      letters >>= kLetterBits;
    }
    if (!is_spelled(codes.data(), count)) return Spelling::Wrong;
    return ends_in_stop(codes.data(), count) ? Spelling::Stop : Spelling::Open;
  }

  std::array<Entry, 4096> entries_{};
};

// Nothing where the word holds anything but letters.
std::optional<SyllableReader> syllable_of(std::string_view word) {
  SyllableReader syllable;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = code_point_at(word, at);
    if (!letter_of(c.value)) return std::nullopt;
    syllable.add(c.value);
    at += c.size;
  }
  return syllable;
}

std::unordered_map<std::uint64_t, unsigned> read_frequencies() {
  std::unordered_map<std::uint64_t, unsigned> frequencies;
  std::string_view rows = embedded::syllables_tsv();
  rows.remove_prefix(rows.find('\n') + 1);
  while (!rows.empty()) {
    const std::string_view row = rows.substr(0, rows.find('\n'));
    rows.remove_prefix(std::min(row.size() + 1, rows.size()));
    const std::size_t tab = std::min(row.find('\t'), row.size());
    const auto syllable = syllable_of(row.substr(0, tab));
    unsigned count = 0;
    const std::string_view cell = row.substr(std::min(tab + 1, row.size()));
    std::from_chars(cell.data(), cell.data() + cell.size(), count);
    if (syllable) frequencies.emplace(syllable->key(), count);
  }
  return frequencies;
}

bool is_word_character(char32_t c) {
  constexpr std::uint32_t kInWord = U_GC_L_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kInWord) != 0;
}

enum class Class : std::uint8_t { Space, Letter, Digit, Other };

Class class_of(CodePoint c) {
  if (c.value < 0x80) {
    if ((c.value | 0x20) >= 'a' && (c.value | 0x20) <= 'z') return Class::Letter;
    if (c.value >= '0' && c.value <= '9') return Class::Digit;
    return c.value == ' ' || (c.value >= '\t' && c.value <= '\r') ? Class::Space : Class::Other;
  }
  if (!c.well_formed) return Class::Other;
  if (letter_of(c.value) || is_word_character(c.value)) return Class::Letter;
  const auto value = static_cast<UChar32>(c.value);
  if (u_isdigit(value)) return Class::Digit;
  return u_isUWhiteSpace(value) ? Class::Space : Class::Other;
}

}  // namespace

namespace detail {
constexpr PerLetter<Letter> kMadeLetters = make_letters();
const PerLetter<Letter> kLetters = kMadeLetters;
}  // namespace detail

char32_t code_point_of(Letter letter) {
  if (letter.base == 'd' && letter.quality == Quality::Stroke) return letter.upper ? U'Đ' : U'đ';
  for (const VowelRow& row : kVowels) {
    if (row.base != letter.base || row.quality != letter.quality) continue;
    return (letter.upper ? row.capital : row.small)[static_cast<std::size_t>(letter.tone)];
  }
  return static_cast<char32_t>(letter.upper ? letter.base - 'a' + 'A' : letter.base);
}

const detail::PerLetter<std::uint8_t> SyllableReader::kLetterCodes = make_codes();

bool SyllableReader::is_syllable() const {
  if (foreign_ || size_ == 0 || size_ > kLongestSyllable || tones_ > 1) return false;
  static thread_local SpellingCache cache;
  const Spelling spelling = cache.of(letters_, size_);
  return spelling == Spelling::Open ||
         (spelling == Spelling::Stop && (tone_ == static_cast<std::uint8_t>(Tone::Acute) ||
                                         tone_ == static_cast<std::uint8_t>(Tone::Dot)));
}

bool SyllableReader::mark_has_moved() const {
  if (last_tone_ == 0) return false;
  constexpr auto pair = [](char32_t first, char32_t second) {
    return static_cast<std::uint64_t>(code(first)) << kLetterBits | code(second);
  };
  const std::uint64_t rime = letters_ & ((1U << 2 * kLetterBits) - 1);
  if (rime == pair(U'o', U'a') || rime == pair(U'o', U'e')) return true;
  return rime == pair(U'u', U'y') && ((letters_ >> 2 * kLetterBits) & kLetterMask) != code(U'q');
}

unsigned SyllableReader::frequency() const {
  if (foreign_ || size_ == 0 || size_ > kLongestSyllable || tones_ > 1) return 0;
  static const auto frequencies = read_frequencies();
  const auto found = frequencies.find(key());
  return found == frequencies.end() ? 0 : found->second;
}

bool is_vietnamese_syllable(std::string_view word) {
  const auto syllable = syllable_of(word);
  return syllable && syllable->is_syllable();
}

std::optional<Word> next_word(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    const Class kind = class_of(c);
    std::size_t end = at + c.size;
    if (kind == Class::Space) {
      at = end;
      continue;
    }
    if (kind != Class::Other) {
      while (end < text.size()) {
        const CodePoint next = code_point_at(text, end);
        if (class_of(next) != kind) break;
        end += next.size;
      }
    }
    const WordKind word_kind = kind == Class::Letter  ? WordKind::Word
                               : kind == Class::Digit ? WordKind::Number
                                                      : WordKind::Punctuation;
    return Word{word_kind, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
  }
  return std::nullopt;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (auto word = next_word(text, 0); word; word = next_word(text, word->span.end)) {
    words.push_back(*word);
  }
  return words;
}

}  // namespace ketnghia
