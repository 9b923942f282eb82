#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ketnghia {

inline constexpr char32_t kReplacement = U'\uFFFD';

// One code point as it stands in a text.
struct CodePoint {
  char32_t value;      // kReplacement where the bytes are ill-formed
  std::uint32_t size;  // bytes, at least 1
  bool well_formed;
};

namespace detail {
CodePoint checked_code_point_at(std::string_view text, std::size_t at);
}  // namespace detail

// The code point that begins at `at`, which must lie within the text. Of ill-formed bytes, the
// maximal subpart that Unicode 15 (3.9, "U+FFFD Substitution of Maximal Subparts") replaces.
inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  // The letters of Vietnamese, two bytes from C2 to DF and three from E1 on, without the checks
  // that only other leads need.
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  const auto continuation = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) ^ 0x80U;
  };
  if (lead >= 0xC2 && lead < 0xE0 && at + 1 < text.size() && continuation(1) < 0x40) {
    return {static_cast<char32_t>((lead & 0x1FU) << 6 | continuation(1)), 2, true};
  }
  if (lead == 0xE1 && at + 2 < text.size() && continuation(1) < 0x40 && continuation(2) < 0x40) {
    return {static_cast<char32_t>(0x1000U | continuation(1) << 6 | continuation(2)), 3, true};
  }
  return detail::checked_code_point_at(text, at);
}

void append_utf8(std::string& text, char32_t code_point);

// No overlong forms, surrogates or values above U+10FFFF.
bool is_valid_utf8(std::string_view text);

// Code points; an ill-formed subpart counts as one.
std::size_t count_characters(std::string_view text);

// Columns that a terminal gives the text: 2 for wide and full-width characters (UAX #11), 0 for
// combining marks and invisible characters, 1 for the rest.
std::size_t display_width(std::string_view text);

// A place as editors count it: lines and characters from 1, a line ending at "\n".
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(Position, Position) = default;
};

// The place of a byte offset; an offset past the end is the end.
Position position(std::string_view text, std::size_t offset);

}  // namespace ketnghia
