#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ketnghia {

// What Unicode says of a character, as bits.
enum Trait : std::uint8_t {
  kAlphabetic = 1,
  kAlphanumeric = 2,  // alphabetic or a decimal digit
  kCapital = 4,       // upper case or title case
  kSmall = 8,         // lower case
  kWhiteSpace = 16,
  kPunctuation = 32,
  kMathSymbol = 64
};

// Traits and small letters of characters, out of tables where Vietnamese documents have them.
//
// Threads: any number may read.
class Characters {
 public:
  static const Characters& table();

  // Trait bits of a code point.
  std::uint8_t traits(char32_t c) const { return c < kEnd ? traits_[c] : traits_beyond(c); }
  // The small letter of a capital (simple case mapping); any other character itself.
  char32_t small(char32_t c) const { return c < kEnd ? small_[c] : small_beyond(c); }

 private:
  // Latin and its neighbours, and the punctuation that texts are set with.
  static constexpr char32_t kEnd = 0x2100;

  Characters();
  static std::uint8_t traits_beyond(char32_t c);
  static char32_t small_beyond(char32_t c);

  std::array<std::uint8_t, kEnd> traits_;
  std::array<char16_t, kEnd> small_;
};

// `text` with every letter small. Vietnamese keeps its number of bytes; ill-formed UTF-8 becomes
// U+FFFD.
std::string lower_case(std::string_view text);

// The same where every character keeps its place, as in all that Vietnamese writes; nothing where
// one would take another number of bytes, or bytes are ill-formed.
std::optional<std::string> lower_case_in_step(std::string_view text);

}  // namespace ketnghia
