#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ketnghia {

// The bytes of a short word as two numbers, zeros behind them: compared and hashed at once, which
// is what looking up most words of a text comes to. Words that differ in zero bytes at their end
// alone share a key.
struct ShortKey {
  static constexpr std::size_t kLongest = 16;

  std::uint64_t first = 0;
  std::uint64_t second = 0;

  // The key of the first `size` bytes of `text`, at most kLongest. Where the text is long enough
  // two fixed loads do, which is what a memcpy of varying size costs several times over.
  static ShortKey of(std::string_view text, std::size_t size) {
    std::array<std::uint64_t, 2> bytes{};
    if (text.size() < kLongest) {
      std::memcpy(bytes.data(), text.data(), size);
      return {bytes[0], bytes[1]};
    }
    std::memcpy(bytes.data(), text.data(), kLongest);
    const auto keep = [](std::size_t count) {
      return count >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << count * 8) - 1;
    };
    if constexpr (std::endian::native == std::endian::little) {
      bytes[0] &= keep(size);
      bytes[1] &= size <= 8 ? 0 : keep(size - 8);
    } else {
      std::memset(reinterpret_cast<char*>(bytes.data()) + size, 0, kLongest - size);
    }
    return {bytes[0], bytes[1]};
  }

  // Its upper bits are the best.
  std::uint64_t hash() const {
    const std::uint64_t mixed = (first ^ (second * 0xC2B2AE3D27D4EB4FU)) * 0x9E3779B97F4A7C15U;
    return mixed ^ (mixed << 29U);
  }

  friend bool operator==(ShortKey, ShortKey) = default;
};

// What begins at an offset with ASCII letters, digits and bytes beyond ASCII, up to the first byte
// that is none of them.
struct WordRun {
  std::size_t size = 0;  // more than ShortKey::kLongest: as much or longer
  ShortKey key;          // of a run that is no longer

  bool is_short() const { return size <= ShortKey::kLongest; }
};

namespace detail {

// A bit at the top of each of eight bytes that is no ASCII letter, digit or byte beyond ASCII.
inline std::uint64_t ends_of_run(std::uint64_t bytes) {
  constexpr auto each = [](unsigned byte) { return 0x0101010101010101U * byte; };
  const std::uint64_t low = bytes & each(0x7F);
  const std::uint64_t small = low | each(0x20);
  const std::uint64_t digit = (low + each(0x80 - '0')) & ~(low + each(0x7F - '9'));
  const std::uint64_t letter = (small + each(0x80 - 'a')) & ~(small + each(0x7F - 'z'));
  return ~(digit | letter | bytes) & each(0x80);
}

}  // namespace detail

inline WordRun word_run(std::string_view text, std::size_t at) {
  std::array<std::uint64_t, 2> bytes{};
  if (text.size() - at >= ShortKey::kLongest) {
    std::memcpy(bytes.data(), text.data() + at, ShortKey::kLongest);
  } else {
    std::memcpy(bytes.data(), text.data() + at, text.size() - at);  // zeros end a run
  }
  if constexpr (std::endian::native == std::endian::big) {
    for (std::uint64_t& half : bytes) half = __builtin_bswap64(half);
  }
  const auto run_of = [](std::uint64_t half, std::uint64_t& kept) {
    const std::uint64_t ends = detail::ends_of_run(half);
    if (ends == 0) return std::size_t{8};
    const auto size = static_cast<std::size_t>(std::countr_zero(ends)) / 8;
    kept = half & ((std::uint64_t{1} << size * 8) - 1);
    return size;
  };
  WordRun run{0, {bytes[0], bytes[1]}};
  run.size = run_of(bytes[0], run.key.first);
  if (run.size < 8) {
    run.key.second = 0;
    return run;
  }
  run.size += run_of(bytes[1], run.key.second);
  if (run.size < ShortKey::kLongest) return run;
  const std::size_t behind = at + ShortKey::kLongest;
  const std::uint64_t next = behind < text.size() ? static_cast<unsigned char>(text[behind]) : 0;
  if ((detail::ends_of_run(next) & 0x80U) == 0) ++run.size;
  return run;
}

}  // namespace ketnghia
