#include "importers/recognise/date_lunar.hpp"

#include <cmath>
#include <numbers>

namespace ketnghia::importers {
namespace {

constexpr double kHoursFromUtc = 7.0;
constexpr double kSynodicMonth = 29.530588853;
constexpr double kMonthsInCentury = 1236.85;
constexpr double kDaysInCentury = 36525;
constexpr double kJulianDay2000 = 2451545.0;
constexpr double kFirstNewMoon1900 = 2415021.076998695;  // Julian day of k = 0
constexpr int kJulianDayOfUnixEpoch = 2440588;
constexpr double kRadian = std::numbers::pi / 180;

// The Julian day on which, in Vietnam, new moon `k` since January 1900 falls.
int new_moon_day(int k) {
  const double t = k / kMonthsInCentury;
  const double t2 = t * t;
  const double t3 = t2 * t;
  double mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3;
  mean += 0.00033 * std::sin((166.56 + 132.87 * t - 0.009173 * t2) * kRadian);
  const double sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
  const double moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
  const double latitude = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
  const auto sine = [](double degrees) { return std::sin(degrees * kRadian); };
  double correction = (0.1734 - 0.000393 * t) * sine(sun) + 0.0021 * sine(2 * sun);
  correction += -0.4068 * sine(moon) + 0.0161 * sine(2 * moon) - 0.0004 * sine(3 * moon);
  correction += 0.0104 * sine(2 * latitude) - 0.0051 * sine(sun + moon);
  correction += -0.0074 * sine(sun - moon) + 0.0004 * sine(2 * latitude + sun);
  correction += -0.0004 * sine(2 * latitude - sun) - 0.0006 * sine(2 * latitude + moon);
  correction += 0.0010 * sine(2 * latitude - moon) + 0.0005 * sine(2 * moon + sun);
  const double delta_t =
      t < -11 ? 0.001 + 0.000839 * t + 0.0002261 * t2 - 0.00000845 * t3 - 0.000000081 * t * t3
              : -0.000278 + 0.000265 * t + 0.000262 * t2;
  return static_cast<int>(std::floor(mean + correction - delta_t + 0.5 + kHoursFromUtc / 24));
}

// In which twelfth of the ecliptic, 0 to 11 from the March equinox, the sun stands as the Julian
// day begins in Vietnam.
int sun_sector(int julian_day) {
  const double t = (julian_day - 0.5 - kHoursFromUtc / 24 - kJulianDay2000) / kDaysInCentury;
  const double t2 = t * t;
  const double anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
  const double mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
  const double centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * std::sin(anomaly * kRadian) +
                        (0.019993 - 0.000101 * t) * std::sin(2 * anomaly * kRadian) +
                        0.000290 * std::sin(3 * anomaly * kRadian);
  const double longitude = mean + centre;
  return static_cast<int>((longitude - 360 * std::floor(longitude / 360)) / 30);
}

int julian_day(int year, unsigned month, unsigned day) {
  return day_number(year, month, day) + kJulianDayOfUnixEpoch;
}

int moon_index(int julian_day_of_moon) {
  return static_cast<int>(
      std::floor((julian_day_of_moon - kFirstNewMoon1900) / kSynodicMonth + 0.5));
}

// The new moon that begins the month of the winter solstice, the eleventh, of a year.
int solstice_moon(int year) {
  constexpr int kSectorOfSolstice = 9;
  const int days = julian_day(year, 12, 31) - 2415021;
  const int k = static_cast<int>(std::floor(days / kSynodicMonth));
  return sun_sector(new_moon_day(k)) >= kSectorOfSolstice ? new_moon_day(k - 1) : new_moon_day(k);
}

// Of the year of thirteen months that begins with the solstice month `k`, which is the leap
// month: the first in which the sun does not enter another sector.
int leap_position(int k) {
  int position = 1;
  int sector = sun_sector(new_moon_day(k + position));
  for (int previous = -1; sector != previous && position < 14;) {
    previous = sector;
    ++position;
    sector = sun_sector(new_moon_day(k + position));
  }
  return position - 1;
}

}  // namespace

std::optional<LunarMonth> lunar_month(int year, int month, bool leap) {
  // Months 11 and 12 belong to the solstice year that begins in `year`.
  const int solstice_year = month < 11 ? year - 1 : year;
  const int begin = solstice_moon(solstice_year);
  const int end = solstice_moon(solstice_year + 1);
  const int k = moon_index(begin);
  int position = month < 11 ? month + 1 : month - 11;
  const bool thirteen_months = end - begin > 365;
  if (leap && !thirteen_months) return std::nullopt;
  if (thirteen_months) {
    const int leap_at = leap_position(k);
    if (leap && position != leap_at - 1) return std::nullopt;
    if (leap || position >= leap_at) ++position;
  }
  return LunarMonth{new_moon_day(k + position) - kJulianDayOfUnixEpoch,
                    new_moon_day(k + position + 1) - 1 - kJulianDayOfUnixEpoch};
}

}  // namespace ketnghia::importers
