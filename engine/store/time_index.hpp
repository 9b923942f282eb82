#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/store/format.hpp"
#include "engine/text/edtf.hpp"

namespace ketnghia::store {

// The index of the days that `when` covers: (kind, length class, first day, last day, id).
//
// A thing of class c lasts at most 2^c days, so what overlaps [first, last] begins in
// [first - 2^c, last]: a seek for each class finds it without reading what is far away. Things
// with an open end, and those whose year is not known (they may be of any), form the last class.

enum class TimeKind : std::uint8_t { Node = 0, Edge = 1 };  // on disk: never renumber

constexpr int kOpenClass = 32;

// Both inclusive; the least and the greatest DayNumber stand for an open end.
struct Days {
  DayNumber first;
  DayNumber last;
};

// The days of a property `when`; nothing where it is absent or no date.
std::optional<Days> days_of(const Properties& properties);

int length_class(Days days);
std::string time_key(TimeKind kind, Days days, std::uint64_t id);

struct TimeKey {
  TimeKind kind;
  int length_class;
  Days days;
  std::uint64_t id;
};
TimeKey read_time_key(std::string_view key);

// The least key of a class whose first day is not before `first`.
std::string time_seek_key(TimeKind kind, int length_class, DayNumber first);

}  // namespace ketnghia::store
