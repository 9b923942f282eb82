#include "engine/text/characters.hpp"

#include <unicode/uchar.h>

#include "engine/text/utf8.hpp"

namespace ketnghia {
namespace {

std::uint8_t traits_of(char32_t c) {
  const auto value = static_cast<UChar32>(c);
  unsigned traits = 0;
  if (u_isalpha(value)) traits |= kAlphabetic;
  if (u_isalnum(value)) traits |= kAlphanumeric;
  if (u_isupper(value) || u_istitle(value)) traits |= kCapital;
  if (u_islower(value)) traits |= kSmall;
  if (u_isUWhiteSpace(value)) traits |= kWhiteSpace;
  if (u_ispunct(value)) traits |= kPunctuation;
  if (u_charType(value) == U_MATH_SYMBOL) traits |= kMathSymbol;
  return static_cast<std::uint8_t>(traits);
}

}  // namespace

Characters::Characters() {
  for (char32_t c = 0; c < kEnd; ++c) {
    traits_[c] = traits_of(c);
    small_[c] = static_cast<char16_t>(small_beyond(c));
  }
}

const Characters& Characters::table() {
  static const Characters characters;
  return characters;
}

std::uint8_t Characters::traits_beyond(char32_t c) { return traits_of(c); }

char32_t Characters::small_beyond(char32_t c) {
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

std::string lower_case(std::string_view text) {
  const Characters& characters = Characters::table();
  std::string result;
  result.resize(text.size());
  std::size_t to = 0;  // what is written lies before what is read, or is appended
  std::size_t at = 0;
  for (; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      result[to++] = static_cast<char>(characters.small(lead));
      ++at;
      continue;
    }
    const CodePoint c = code_point_at(text, at);
    const char32_t small = characters.small(c.value);
    if (c.well_formed && small == c.value) {
      for (std::uint32_t i = 0; i < c.size; ++i) result[to++] = text[at++];
      continue;
    }
    std::string bytes;
    append_utf8(bytes, small);
    if (bytes.size() > c.size) break;
    for (const char byte : bytes) result[to++] = byte;
    at += c.size;
  }
  result.resize(to);
  // A character whose small letter is longer, or ill-formed bytes: seldom met.
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    append_utf8(result, characters.small(c.value));
    at += c.size;
  }
  return result;
}

}  // namespace ketnghia
