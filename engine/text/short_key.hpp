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

}  // namespace ketnghia
