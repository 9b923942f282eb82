#include "engine/text/edtf.hpp"

#include <algorithm>
#include <array>

namespace ketnghia {
namespace {

constexpr unsigned kFirstSeason = 21;
constexpr unsigned kLastSeason = 24;

bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

unsigned days_in(int year, unsigned month) {
  constexpr std::array<unsigned, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[month - 1];
}

DayNumber last_day(int year, unsigned month) {
  return day_number(year, month, days_in(year, month));
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Edtf> parse_year(std::string_view text) {
  Edtf date;
  if (text == "XXXX") {
    date.year_unknown = true;
    return date;
  }
  if (text.size() != 4) return std::nullopt;
  std::string_view known = text;
  int unit = 1;
  while (unit < 100 && known.back() == 'X') {
    known.remove_suffix(1);
    unit *= 10;
  }
  const auto year = number(known);
  if (!year) return std::nullopt;
  date.first = day_number(*year * unit, 1, 1);
  date.last = day_number(*year * unit + unit - 1, 12, 31);
  return date;
}

void set_season(Edtf& date, int year, unsigned season) {
  const unsigned begin = 3 * (season - kFirstSeason) + 3;
  const bool winter = season == kLastSeason;
  date.first = day_number(year, begin, 1);
  date.last = winter ? last_day(year + 1, 2) : last_day(year, begin + 2);
}

// A date that is no interval.
std::optional<Edtf> parse_single(std::string_view text) {
  const bool approximate = text.ends_with('~');
  if (approximate) text.remove_suffix(1);
  const std::string_view year_text = text.substr(0, 4);
  auto date = parse_year(year_text);
  if (!date) return std::nullopt;
  date->approximate = approximate;
  if (text.size() == 4) return date;

  const auto year = number(year_text);
  const bool to_month = text.size() == 7 && text[4] == '-';
  const bool to_day = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (!to_month && !to_day) return std::nullopt;
  if (!year && !date->year_unknown) return std::nullopt;  // 199X-05
  const auto month = number(text.substr(5, 2));
  if (!month) return std::nullopt;
  const auto m = static_cast<unsigned>(*month);
  if (to_month && year && m >= kFirstSeason && m <= kLastSeason) {
    set_season(*date, *year, m);
    return date;
  }
  if (m < 1 || m > 12) return std::nullopt;
  date->month = static_cast<std::uint8_t>(m);
  if (to_month) {
    if (year) {
      date->first = day_number(*year, m, 1);
      date->last = last_day(*year, m);
    }
    return date;
  }
  constexpr int kAnyLeapYear = 2000;
  const auto day = number(text.substr(8, 2));
  if (!day || *day < 1) return std::nullopt;
  const auto d = static_cast<unsigned>(*day);
  if (d > days_in(year.value_or(kAnyLeapYear), m)) return std::nullopt;
  date->day = static_cast<std::uint8_t>(d);
  if (year) date->first = date->last = day_number(*year, m, d);
  return date;
}

// Whether a day of some year that `dated`, of unknown year, names lies in `period`.
bool can_share(const Edtf& dated, const Edtf& period) {
  if (!dated.month || dated.interval || (period.interval && period.year_unknown)) return true;
  if (period.year_unknown) {
    return !period.month || (*dated.month == *period.month &&
                             (!dated.day || !period.day || *dated.day == *period.day));
  }
  if (!period.first || !period.last) return true;
  const int from = civil_day(*period.first).year;
  // 29 February comes within eight years; any other day within one.
  const int to = std::min(civil_day(*period.last).year, from + 9);
  for (int year = from; year <= to; ++year) {
    if (dated.day && *dated.day > days_in(year, *dated.month)) continue;
    const DayNumber first = day_number(year, *dated.month, dated.day.value_or(1));
    const DayNumber last = dated.day ? first : last_day(year, *dated.month);
    if (first <= *period.last && *period.first <= last) return true;
  }
  return false;
}

}  // namespace

// Both from Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil and
// civil_from_days. A year begins in March, so that the leap day ends it.
DayNumber day_number(int year, unsigned month, unsigned day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(y - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<int>(day_of_era) - 719468;
}

CivilDay civil_day(DayNumber day) {
  const int z = day + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(z - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned march_month = (5 * day_of_year + 2) / 153;
  const unsigned month = march_month < 10 ? march_month + 3 : march_month - 9;
  const int year = static_cast<int>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * march_month + 2) / 5 + 1};
}

std::optional<Edtf> parse_edtf(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return parse_single(text);
  const std::string_view from_text = text.substr(0, slash);
  const std::string_view to_text = text.substr(slash + 1);
  const bool open_from = from_text == "..";
  const bool open_to = to_text == "..";
  if (open_from && open_to) return std::nullopt;
  const auto from = open_from ? Edtf{} : parse_single(from_text);
  const auto to = open_to ? Edtf{} : parse_single(to_text);
  if (!from || !to) return std::nullopt;
  if (!open_from && !open_to) {
    if (from->year_unknown != to->year_unknown) return std::nullopt;
    if (from->first && *to->last < *from->first) return std::nullopt;
  }
  Edtf interval;
  interval.first = from->first;
  interval.last = to->last;
  interval.month = from->month;
  interval.day = from->day;
  interval.year_unknown = from->year_unknown || to->year_unknown;
  interval.approximate = from->approximate || to->approximate;
  interval.interval = true;
  return interval;
}

Fit fit(const Edtf& when, const Edtf& period) {
  if (!overlap(when, period)) return Fit::No;
  if (when.year_unknown || period.year_unknown) return Fit::Possibly;
  const bool begins_within = !period.first || (when.first && *when.first >= *period.first);
  const bool ends_within = !period.last || (when.last && *when.last <= *period.last);
  return begins_within && ends_within ? Fit::Certainly : Fit::Possibly;
}

bool overlap(const Edtf& a, const Edtf& b) {
  if (a.year_unknown) return can_share(a, b);
  if (b.year_unknown) return can_share(b, a);
  const bool a_after_b = a.first && b.last && *a.first > *b.last;
  const bool b_after_a = b.first && a.last && *b.first > *a.last;
  return !a_after_b && !b_after_a;
}

}  // namespace ketnghia
