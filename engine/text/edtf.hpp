#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ketnghia {

// Days since 1970-01-01, proleptic Gregorian.
using DayNumber = std::int32_t;

DayNumber day_number(int year, unsigned month, unsigned day);
struct CivilDay {
  int year;
  unsigned month;
  unsigned day;
};
CivilDay civil_day(DayNumber day);

// A date as MODEL.md writes it: EDTF (ISO 8601-2) levels 0 and 1 as far as documents need
// them: 2024-05-16, 2024-05, 2024, 199X, 18XX, XXXX-09-28, XXXX-09, 2023-09~, 2019-21 to -24
// (seasons), A/B, A/.., ../B.
//
// Units: days, both ends inclusive. An open or unknown end is absent.
struct Edtf {
  std::optional<DayNumber> first;
  std::optional<DayNumber> last;
  std::optional<std::uint8_t> month;  // of the first part, where it names one
  std::optional<std::uint8_t> day;    // of the first part, where it names one
  bool year_unknown = false;          // XXXX: first and last are absent
  bool approximate = false;           // ~
  bool interval = false;
};

// Nothing where `text` is no date of the kinds above.
std::optional<Edtf> parse_edtf(std::string_view text);

enum class Fit { No, Possibly, Certainly };

// Whether a thing dated `when` falls in `period`: Certainly where all of `when` lies within it,
// Possibly where the two only overlap or the year of `when` is not known.
Fit fit(const Edtf& when, const Edtf& period);

// Whether they share a day, an unknown year sharing with any.
bool overlap(const Edtf& a, const Edtf& b);

}  // namespace ketnghia
