#pragma once

#include <optional>

#include "engine/text/edtf.hpp"

namespace ketnghia::importers {

// The first and last day of a month of the Vietnamese lunar calendar (UTC+7, which parts from
// the Chinese one in years such as 1985, 2007 and 2030). `year` is the Gregorian year in which
// the lunar one begins, month 1 to 12. Nothing where the year has no such leap month.
// Source: Hồ Ngọc Đức, "Computing the Vietnamese lunar calendar", after Jean Meeus,
// "Astronomical Algorithms" (1998); sound from 1800 to 2199.
struct LunarMonth {
  DayNumber first;
  DayNumber last;
};
std::optional<LunarMonth> lunar_month(int year, int month, bool leap);

}  // namespace ketnghia::importers
