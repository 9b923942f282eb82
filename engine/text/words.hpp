#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/text/span.hpp"

namespace ketnghia {

enum class Quality : std::uint8_t { None, Circumflex, Breve, Horn, Stroke };
enum class Tone : std::uint8_t { Level, Grave, Acute, Hook, Tilde, Dot };

// A letter of a Vietnamese word taken apart: ấ is a, Circumflex, Acute; Đ is d, Stroke, upper.
struct Letter {
  char base = 0;  // a to z
  Quality quality = Quality::None;
  Tone tone = Tone::Level;
  bool upper = false;

  bool plain() const { return quality == Quality::None && tone == Tone::Level; }
  bool vowel() const {
    return base == 'a' || base == 'e' || base == 'i' || base == 'o' || base == 'u' || base == 'y';
  }
};

namespace detail {
inline constexpr char32_t kAdditionalBegin = 0x1EA0;
template <typename T>
struct PerLetter {
  std::array<T, 0x1B1> latin;      // from U+0000 to ư
  std::array<T, 0x5A> additional;  // from U+1EA0 to U+1EF9

  constexpr const T* find(char32_t c) const {
    if (c < latin.size()) return &latin[c];
    return c - kAdditionalBegin < additional.size() ? &additional[c - kAdditionalBegin] : nullptr;
  }
};
extern const PerLetter<Letter> kLetters;  // base 0 for what is no letter
}  // namespace detail

// Nothing for what is neither an ASCII letter nor a letter of the Vietnamese alphabet in NFC.
inline std::optional<Letter> letter_of(char32_t code_point) {
  const Letter* const letter = detail::kLetters.find(code_point);
  return letter == nullptr || letter->base == 0 ? std::nullopt : std::optional<Letter>(*letter);
}

// The inverse of letter_of(). The letter must exist in the Vietnamese alphabet.
char32_t code_point_of(Letter letter);

// A word taken letter by letter, to be asked whether it is a syllable.
//
// A syllable that Vietnamese can have is an onset, a rime that goes with its spelling (c, g, ng
// before a, o, u; k, gh, ngh before e, i), at most one tone mark, and after c, ch, p, t no tone
// but sắc and nặng. Where the mark stands and i for y do not matter, nor does case.
class SyllableReader {
 public:
  // Letters that letter_of() does not know make the word no syllable.
  void add(char32_t letter) {
    const std::uint8_t* const found = kLetterCodes.find(letter);
    const std::uint8_t code = found == nullptr ? 0 : *found;
    letters_ = (letters_ << kLetterBits) | (code & kLetterMask);
    foreign_ |= (code & kLetterMask) == 0;
    last_tone_ = static_cast<std::uint8_t>(code >> kLetterBits);
    tones_ += last_tone_ != 0;
    tone_ |= last_tone_;
    ++size_;
  }

  std::size_t size() const { return size_; }
  bool is_syllable() const;

  // Whether the tone mark stands where it stood in open oa, oe, uy (hoà, khoẻ, thuỷ) and has
  // moved since (hòa, khỏe, thủy). Never after qu-, whose u belongs to the onset (quý, quả).
  bool mark_has_moved() const;

  // Of a syllable: the same for all spellings that differ in case and place of the mark alone.
  std::uint64_t key() const { return letters_ << 3 | tone_; }

  // How common the syllable is in reports and news, in occurrences among some 16,000; 0 for
  // one that engine/text/tables/syllables.tsv does not have. Weighs readings that the grammar
  // leaves open ("công|an", not "côn|gan").
  unsigned frequency() const;

 private:
  static constexpr unsigned kLetterBits = 5;
  static constexpr std::uint8_t kLetterMask = 31;
  static const detail::PerLetter<std::uint8_t> kLetterCodes;  // the tone above the letter's bits

  std::uint64_t letters_ = 0;  // toneless, five bits each
  std::size_t size_ = 0;
  unsigned tones_ = 0;
  std::uint8_t tone_ = 0;
  std::uint8_t last_tone_ = 0;
  bool foreign_ = false;
};

// Of a word in UTF-8 (NFC); false where it holds anything but letters.
bool is_vietnamese_syllable(std::string_view word);

enum class WordKind : std::uint8_t { Word, Number, Punctuation };

// A run of letters with their combining marks, a run of decimal digits, or one other character
// that is no white space.
struct Word {
  WordKind kind;
  Span span;

  friend bool operator==(const Word&, const Word&) = default;
};

// The first word at or after `at`, which must be the start of a character; nothing at the end
// of the text. Ill-formed UTF-8 is punctuation.
std::optional<Word> next_word(std::string_view text, std::size_t at);

// All words of a text in order. Linear.
std::vector<Word> words_of(std::string_view text);

}  // namespace ketnghia
