#include "engine/text/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace ketnghia {
namespace {

constexpr std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Well-formed UTF-8 as an automaton without branches: a row for each byte holds, six bits each, the
// state that follows each state. A state is the shift at which its own six bits stand.
enum State : unsigned {
  kBetween,
  kOneMore,
  kTwoMore,
  kThreeMore,
  kAfterE0,
  kAfterED,
  kAfterF0,
  kAfterF4,
  kIllFormed
};
constexpr unsigned kStateBits = 6;

constexpr std::array<std::uint64_t, 256> kUtf8Rows = [] {
  std::array<std::uint64_t, 256> rows{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool continues = byte >= 0x80 && byte <= 0xBF;
    std::array<unsigned, 9> next{};
    next.fill(kIllFormed);
    if (byte < 0x80) next[kBetween] = kBetween;
    if (byte >= 0xC2 && byte <= 0xDF) next[kBetween] = kOneMore;
    if (byte >= 0xE0 && byte <= 0xEF) {
      next[kBetween] = byte == 0xE0 ? kAfterE0 : byte == 0xED ? kAfterED : kTwoMore;
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
      next[kBetween] = byte == 0xF0 ? kAfterF0 : byte == 0xF4 ? kAfterF4 : kThreeMore;
    }
    // What rules out overlong forms, surrogates and too large values (Unicode 15, table 3-7).
    if (continues) {
      next[kOneMore] = kBetween;
      next[kTwoMore] = kOneMore;
      next[kThreeMore] = kTwoMore;
      if (byte >= 0xA0) next[kAfterE0] = kOneMore;
      if (byte <= 0x9F) next[kAfterED] = kOneMore;
      if (byte >= 0x90) next[kAfterF0] = kTwoMore;
      if (byte <= 0x8F) next[kAfterF4] = kTwoMore;
    }
    for (unsigned state = 0; state < next.size(); ++state) {
      rows[byte] |= std::uint64_t{next[state] * kStateBits} << (state * kStateBits);
    }
  }
  return rows;
}();

}  // namespace

CodePoint detail::checked_code_point_at(std::string_view text, std::size_t at) {
  assert(at < text.size());
  const std::uint32_t lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1, true};
  // The bounds of the second byte are what rules out overlong forms, surrogates and too large
  // values (Unicode 15, table 3-7).
  std::uint32_t length = 0;
  std::uint32_t low = 0x80;
  std::uint32_t high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {kReplacement, 1, false};
  }
  char32_t value = lead & (0x7FU >> length);
  for (std::uint32_t i = 1; i < length; ++i) {
    const std::uint32_t next = at + i < text.size() ? byte_at(text, at + i) : 0;
    if (next < low || next > high) return {kReplacement, i, false};
    value = (value << 6) | (next & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {value, length, true};
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) {
  std::uint64_t state = kBetween;
  for (const char c : text) state = kUtf8Rows[static_cast<unsigned char>(c)] >> (state & 63U);
  return (state & 63U) == kBetween;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).size) ++count;
  return count;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    at += c.size;
    if (c.value >= 0x20 && c.value < 0x7F) {
      ++width;
      continue;
    }
    const auto value = static_cast<UChar32>(c.value);
    constexpr std::uint32_t kNoColumn = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK;
    if ((U_GET_GC_MASK(value) & kNoColumn) != 0) continue;
    const int east_asian = u_getIntPropertyValue(value, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

Position position(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          count_characters(before.substr(line_begin)) + 1};
}

}  // namespace ketnghia
