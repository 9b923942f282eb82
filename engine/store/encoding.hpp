#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/error.hpp"

namespace ketnghia::store {

// How numbers and texts become bytes. Two kinds: *ordered* ones stand in keys, where memcmp() of
// the bytes is the order of the numbers; the others stand in values and are merely short.

// At most this many bytes for an ordered number.
constexpr std::size_t kMaxOrderedBytes = 9;

// Ordered: a number below 240 is one byte; a greater one is a byte 239 + n and its n bytes, big
// endian. Ids of a graph of a million edges take four bytes. Returns the end of what it wrote.
inline unsigned char* put_ordered(unsigned char* out, std::uint64_t number) {
  if (number < 240) {
    *out++ = static_cast<unsigned char>(number);
    return out;
  }
  int bytes = 1;
  while (bytes < 8 && (number >> (8 * bytes)) != 0) ++bytes;
  *out++ = static_cast<unsigned char>(239 + bytes);
  for (int i = bytes - 1; i >= 0; --i) *out++ = static_cast<unsigned char>(number >> (8 * i));
  return out;
}

inline void append_ordered(std::string& out, std::uint64_t number) {
  unsigned char bytes[kMaxOrderedBytes];
  const auto* end = put_ordered(bytes, number);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(end - bytes));
}

// Ordered: four bytes, big endian, the sign bit turned round.
void append_ordered_day(std::string& out, std::int32_t day);

// LEB128: seven bits a byte, the lowest first.
inline void append_varint(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  out.push_back(static_cast<char>(number));
}

// Zigzag: small magnitudes are short, whatever their sign.
inline void append_signed(std::string& out, std::int64_t number) {
  append_varint(
      out, (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

// IEEE 754, little endian.
void append_double(std::string& out, double number);
void append_float(std::string& out, float number);
void append_u32(std::string& out, std::uint32_t number);

// Its length in bytes, then the bytes.
inline void append_text(std::string& out, std::string_view text) {
  append_varint(out, text.size());
  out.append(text);
}

// Reads what the functions above wrote.
//
// Lifetime: borrows the bytes; so do the texts it gives.
// Errors: StoreError Corrupt where the bytes end too soon or say what nobody wrote.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool done() const { return at_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  std::uint8_t byte() {
    if (at_ == end_) fail();
    return static_cast<std::uint8_t>(*at_++);
  }
  std::uint64_t varint() {
    const std::uint8_t first = byte();
    return first < 0x80 ? first : varint_after(first);
  }
  std::int64_t signed_varint() {
    const std::uint64_t number = varint();
    return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1));
  }
  std::uint64_t ordered();
  std::int32_t ordered_day();
  double double_number();
  float float_number();
  std::uint32_t u32();
  std::string_view text() { return take(varint()); }
  std::string_view take(std::uint64_t bytes) {
    if (bytes > left()) fail();
    const std::string_view taken{at_, static_cast<std::size_t>(bytes)};
    at_ += bytes;
    return taken;
  }
  // A number of things of which each takes at least one byte: so no more than are left.
  std::size_t count() {
    const std::uint64_t number = varint();
    if (number > left()) fail();
    return static_cast<std::size_t>(number);
  }
  void expect_done() const {
    if (!done()) fail();
  }
  [[noreturn]] static void fail();

 private:
  std::uint64_t varint_after(std::uint8_t first);

  const char* at_;
  const char* end_;
};

}  // namespace ketnghia::store
