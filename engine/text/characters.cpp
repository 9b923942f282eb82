#include "engine/text/characters.hpp"

#include <unicode/uchar.h>

#include <algorithm>

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

std::optional<std::string> lower_case_in_step(std::string_view text) {
  const Characters& characters = Characters::table();
  std::string result(text);
  for (char& c : result) {
    const bool capital = c >= 'A' && c <= 'Z';
    c = static_cast<char>(c | (capital ? 0x20 : 0));
  }
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint c = code_point_at(text, at);
    if (!c.well_formed) return std::nullopt;
    const char32_t small = characters.small(c.value);
    if (small != c.value) {
      std::string bytes;
      append_utf8(bytes, small);
      if (bytes.size() != c.size) return std::nullopt;
      std::copy(bytes.begin(), bytes.end(), result.begin() + static_cast<std::ptrdiff_t>(at));
    }
    at += c.size;
  }
  return result;
}

std::string lower_case(std::string_view text) {
  if (auto in_step = lower_case_in_step(text)) return *std::move(in_step);
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    append_utf8(result, Characters::table().small(c.value));
    at += c.size;
  }
  return result;
}

}  // namespace ketnghia
