#include "engine/store/encoding.hpp"

#include <bit>

namespace ketnghia::store {
namespace {

template <typename Number>
void append_little_endian(std::string& out, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) {
    out.push_back(static_cast<char>(number >> (8 * i)));
  }
}

template <typename Number>
Number read_little_endian(std::string_view bytes) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number |= static_cast<Number>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return number;
}

constexpr std::uint32_t kSignBit = 0x80000000U;

}  // namespace

void append_ordered_day(std::string& out, std::int32_t day) {
  const auto turned = static_cast<std::uint32_t>(day) ^ kSignBit;
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(turned >> shift));
}

void append_double(std::string& out, double number) {
  append_little_endian(out, std::bit_cast<std::uint64_t>(number));
}

void append_float(std::string& out, float number) {
  append_little_endian(out, std::bit_cast<std::uint32_t>(number));
}

void append_u32(std::string& out, std::uint32_t number) { append_little_endian(out, number); }

std::uint64_t ByteReader::ordered() {
  const std::uint8_t first = byte();
  if (first < 240) return first;
  const int bytes = first - 239;
  if (bytes > 8) fail();
  std::uint64_t number = 0;
  for (int i = 0; i < bytes; ++i) number = number << 8 | byte();
  return number;
}

std::int32_t ByteReader::ordered_day() {
  std::uint32_t turned = 0;
  for (int i = 0; i < 4; ++i) turned = turned << 8 | byte();
  return static_cast<std::int32_t>(turned ^ kSignBit);
}

double ByteReader::double_number() {
  return std::bit_cast<double>(read_little_endian<std::uint64_t>(take(8)));
}

float ByteReader::float_number() {
  return std::bit_cast<float>(read_little_endian<std::uint32_t>(take(4)));
}

std::uint32_t ByteReader::u32() { return read_little_endian<std::uint32_t>(take(4)); }

std::uint64_t ByteReader::varint_after(std::uint8_t first) {
  std::uint64_t number = first & 0x7FU;
  for (int shift = 7; shift < 64; shift += 7) {
    const std::uint8_t next = byte();
    number |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
    if (next < 0x80) return number;
  }
  fail();
}

void ByteReader::fail() {
  throw StoreError(StoreError::Kind::Corrupt,
                   "the database is damaged: a record ends too soon or is of an unknown kind; "
                   "load it again from its export or import the documents again");
}

}  // namespace ketnghia::store
