#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::importers {

// What a word or number of a date expression tells. In a form a term is its letter and its
// value: "D16 M5 Y2024"; an offset counts from the base: "y-1" is the year before it.
enum class DateKey : char {
  None = 0,  // read, tells nothing

  Year = 'Y',
  ShortYear = 'Z',  // 0 to 99
  YearOffset = 'y',
  Stem = 's',    // 0 to 9, of a lunar year: Giáp is 0
  Branch = 'b',  // 0 to 11, of a lunar year: Tý is 0
  Month = 'M',
  MonthOffset = 'm',
  Day = 'D',
  DayOffset = 'd',
  Weekday = 'W',  // 1 is Monday
  WeekOffset = 'w',
  Weekend = 'e',
  Quarter = 'Q',
  QuarterOffset = 'q',
  Half = 'H',         // of a year
  FirstMonths = 'N',  // of a year: that many
  LastMonths = 'n',
  Season = 'S',       // 21 to 24
  Decade = 'T',       // 199 for the 1990s
  ShortDecade = 't',  // 9 for the nineties of some century
  Century = 'C',      // 20 for 19XX
  CenturyOffset = 'c',
  Lunar = 'L',    // 2 in a leap month
  NewYear = 'E',  // the day is one of Tết: the last of the old year or the first of the new
  Now = 'R',      // the reference itself
  Past = '<',     // the expression says that it lies behind the reference
  Future = '>',
  Anaphor = '@',  // the base is the date last named, not the reference
  Approximate = '~',

  // Between points.
  To = '/',
  And = '&',

  // Told to the recogniser only; never in a form.
  Cue = 'k',       // a word that only a date follows, so that "4-6" is one
  WeakMark = 'p',  // numbers joined by '-' or '.', which join much else
  From = 'f',      // "từ"
  Before = '{',    // "trước", "đến" before a single point
  After = '}',     // "sau" before a single point
  Since = 'o',     // "đến nay", "trở đi" behind a point
  UpTo = 'u',      // "trở về trước" behind a point
  Count = '#',     // of units, completed by Unit and Direction
  Unit = '_',      // the letter of the offset that is counted
  Direction = '^',
  Aside = '(',  // the same day in another calendar follows, up to AsideEnd
  AsideEnd = ')',
  Spelt = 'i',  // a number in words: "tháng hai" may begin "tháng hai bên"
};

struct DateTerm {
  DateKey key = DateKey::None;
  int value = 0;
};

// One end of an expression, as stated.
class DatePoint {
 public:
  std::optional<int> get(DateKey key) const;
  bool has(DateKey key) const { return get(key).has_value(); }

  // The value replaces one already there.
  void set(DateKey key, int value);

  const std::vector<DateTerm>& terms() const { return terms_; }
  bool empty() const { return terms_.empty(); }

 private:
  std::vector<DateTerm> terms_;
};

// The canonical form of an expression, of which DateExpression::form is the text: a point, or
// two with " / " between them, where ".." stands for an end that is open.
struct DateForm {
  enum class Shape { Point, Interval, Before, After };
  Shape shape = Shape::Point;
  DatePoint from;  // the only one, whatever the shape, unless that is Interval
  DatePoint to;
};

std::string write_form(const DateForm& form);

// Precondition: `text` was written by write_form().
DateForm read_form(std::string_view text);

}  // namespace ketnghia::importers
