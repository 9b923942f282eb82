#include "engine/store/time_index.hpp"

#include <bit>
#include <limits>

namespace ketnghia::store {
namespace {

constexpr DayNumber kOpenStart = std::numeric_limits<DayNumber>::min();
constexpr DayNumber kOpenEnd = std::numeric_limits<DayNumber>::max();

}  // namespace

std::optional<Days> days_of(const Properties& properties) {
  const Value* when = find(properties, kWhenKey);
  const std::string* text = when != nullptr ? when->text() : nullptr;
  const auto date = text != nullptr ? parse_edtf(*text) : std::nullopt;
  if (!date) return std::nullopt;
  const Days days{date->first.value_or(kOpenStart), date->last.value_or(kOpenEnd)};
  // An interval written backwards covers no day.
  return days.first <= days.last ? std::optional{days} : std::nullopt;
}

int length_class(Days days) {
  if (days.first == kOpenStart || days.last == kOpenEnd) return kOpenClass;
  const auto length = static_cast<std::int64_t>(days.last) - days.first;
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(length)));
}

std::string time_seek_key(TimeKind kind, int length_class, DayNumber first) {
  std::string key;
  key.push_back(static_cast<char>(kind));
  key.push_back(static_cast<char>(length_class));
  append_ordered_day(key, first);
  return key;
}

std::string time_key(TimeKind kind, Days days, std::uint64_t id) {
  std::string key = time_seek_key(kind, length_class(days), days.first);
  append_ordered_day(key, days.last);
  append_ordered(key, id);
  return key;
}

TimeKey read_time_key(std::string_view key) {
  ByteReader in(key);
  TimeKey read{};
  const std::uint8_t kind = in.byte();
  if (kind > static_cast<std::uint8_t>(TimeKind::Edge)) ByteReader::fail();
  read.kind = TimeKind{kind};
  read.length_class = in.byte();
  read.days.first = in.ordered_day();
  read.days.last = in.ordered_day();
  read.id = in.ordered();
  in.expect_done();
  return read;
}

}  // namespace ketnghia::store
