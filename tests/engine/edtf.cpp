#include "engine/text/edtf.hpp"

#include <string>

#include "tests/support/catch.hpp"

using ketnghia::civil_day;
using ketnghia::day_number;
using ketnghia::Edtf;
using ketnghia::Fit;
using ketnghia::fit;
using ketnghia::overlap;
using ketnghia::parse_edtf;

namespace {

std::string day_text(std::optional<ketnghia::DayNumber> day) {
  if (!day) return "..";
  const auto civil = civil_day(*day);
  return std::to_string(civil.year) + '-' + std::to_string(civil.month) + '-' +
         std::to_string(civil.day);
}

// First and last day, "-" where the text is no date.
std::string bounds(std::string_view text) {
  const auto date = parse_edtf(text);
  return date ? day_text(date->first) + " " + day_text(date->last) : "-";
}

Fit fit_of(std::string_view when, std::string_view period) {
  return fit(*parse_edtf(when), *parse_edtf(period));
}

bool share(std::string_view a, std::string_view b) {
  const bool forth = overlap(*parse_edtf(a), *parse_edtf(b));
  const bool back = overlap(*parse_edtf(b), *parse_edtf(a));
  CHECK(forth == back);
  return forth;
}

}  // namespace

TEST_CASE("day numbers count from 1970 and run without gaps over leap years", "[edtf]") {
  CHECK(day_number(1970, 1, 1) == 0);
  CHECK(day_number(2000, 3, 1) == 11017);
  CHECK(day_number(1969, 12, 31) == -1);
  for (int day = day_number(1896, 1, 1); day < day_number(2105, 1, 1); ++day) {
    const auto civil = civil_day(day);
    if (day_number(civil.year, civil.month, civil.day) != day) FAIL("day " << day);
  }
  CHECK(day_number(1900, 3, 1) - day_number(1900, 2, 28) == 1);
  CHECK(day_number(2000, 3, 1) - day_number(2000, 2, 28) == 2);
}

TEST_CASE("each kind of date has its first and last day", "[edtf]") {
  CHECK(bounds("2024-05-16") == "2024-5-16 2024-5-16");
  CHECK(bounds("2024-02") == "2024-2-1 2024-2-29");
  CHECK(bounds("2023-02~") == "2023-2-1 2023-2-28");
  CHECK(bounds("2024") == "2024-1-1 2024-12-31");
  CHECK(bounds("199X") == "1990-1-1 1999-12-31");
  CHECK(bounds("18XX") == "1800-1-1 1899-12-31");
  CHECK(bounds("2019-21") == "2019-3-1 2019-5-31");
  CHECK(bounds("2019-23") == "2019-9-1 2019-11-30");
  CHECK(bounds("2023-24") == "2023-12-1 2024-2-29");
  CHECK(bounds("2022/2025") == "2022-1-1 2025-12-31");
  CHECK(bounds("2024-09-30/2024-10-03") == "2024-9-30 2024-10-3");
  CHECK(bounds("1994/..") == "1994-1-1 ..");
  CHECK(bounds("../2025-06-30") == ".. 2025-6-30");
  CHECK(bounds("2024~/..") == "2024-1-1 ..");
  CHECK(bounds("XXXX-09-28") == ".. ..");
}

TEST_CASE("the parts and marks of a date are told", "[edtf]") {
  const auto day = parse_edtf("XXXX-09-28");
  REQUIRE(day);
  CHECK(day->year_unknown);
  CHECK(day->month == 9);
  CHECK(day->day == 28);
  CHECK_FALSE(day->interval);
  const auto about = parse_edtf("2024-03~");
  REQUIRE(about);
  CHECK(about->approximate);
  CHECK(about->month == 3);
  CHECK_FALSE(about->day);
  const auto interval = parse_edtf("2024-05-12/2024-05-16");
  REQUIRE(interval);
  CHECK(interval->interval);
  CHECK(interval->day == 12);
  CHECK_FALSE(parse_edtf("2019-21")->month);
  CHECK(parse_edtf("XXXX")->year_unknown);
}

TEST_CASE("what is no date of these kinds is refused", "[edtf]") {
  for (const char* text :
       {"",           "24",        "2024-13",          "2024-00",     "2024-02-30",
        "2023-02-29", "2024-5-16", "2024-05-16T10:00", "20X4",        "XXX4",
        "199X-05",    "../..",     "2025/2022",        "2024/",       "/2024",
        "2024-25",    "XXXX-21",   "2024/XXXX",        "2024-05-16/", "tháng 5",
        "2024~~",     "1/2/3",     "XXXX-02-30",       "2024-0a"}) {
    INFO(text);
    CHECK_FALSE(parse_edtf(text));
  }
}

TEST_CASE("a date fits a period certainly only where all of it lies within", "[edtf]") {
  CHECK(fit_of("2024-05-16", "2024") == Fit::Certainly);
  CHECK(fit_of("2024", "2024-05") == Fit::Possibly);
  CHECK(fit_of("2023/2025", "2024") == Fit::Possibly);
  CHECK(fit_of("2023-12-31", "2024") == Fit::No);
  CHECK(fit_of("1994/..", "2024") == Fit::Possibly);
  CHECK(fit_of("1994/..", "1990/..") == Fit::Certainly);
  CHECK(fit_of("../1975", "../1975") == Fit::Certainly);
  CHECK(fit_of("../1975", "1976") == Fit::No);
  CHECK(fit_of("2024-05-12/2024-05-16", "2024-05") == Fit::Certainly);
}

TEST_CASE("a date of unknown year fits only where such a day occurs", "[edtf]") {
  CHECK(fit_of("XXXX-05-16", "2024") == Fit::Possibly);
  CHECK(fit_of("XXXX-05-16", "2024-05") == Fit::Possibly);
  CHECK(fit_of("XXXX-05-16", "2024-03") == Fit::No);
  CHECK(fit_of("XXXX", "2024-03") == Fit::Possibly);
  CHECK(fit_of("XXXX-02-29", "2023") == Fit::No);
  CHECK(fit_of("XXXX-02-29", "2023/2024") == Fit::Possibly);
  CHECK(fit_of("XXXX-01-02", "2023-12-28/2024-01-04") == Fit::Possibly);
  CHECK(fit_of("2024-05-16", "XXXX-05") == Fit::Possibly);
}

TEST_CASE("overlap is symmetric and open ends reach everything on their side", "[edtf]") {
  CHECK(share("2024", "2024-12-31"));
  CHECK_FALSE(share("2024", "2025"));
  CHECK(share("1994/..", "2030"));
  CHECK_FALSE(share("1994/..", "../1993"));
  CHECK(share("199X", "1999-05"));
  CHECK(share("XXXX-09", "XXXX-09-28"));
  CHECK_FALSE(share("XXXX-08", "XXXX-09-28"));
  CHECK(share("XXXX-09-28", "1994/.."));
}
