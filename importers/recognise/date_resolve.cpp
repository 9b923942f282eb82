#include <algorithm>
#include <cstdlib>

#include "engine/text/edtf.hpp"
#include "importers/recognise/date.hpp"
#include "importers/recognise/date_form.hpp"
#include "importers/recognise/date_lunar.hpp"

namespace ketnghia::importers {
namespace {

using Key = DateKey;
using Tense = DateContext::Tense;

struct DayRange {
  DayNumber first;
  DayNumber last;
};

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.insert(0, width - std::min(width, text.size()), '0');
}

std::string year_text(std::optional<int> year) { return year ? padded(*year, 4) : "XXXX"; }

std::string month_text(std::optional<int> year, int month) {
  return year_text(year) + '-' + padded(month, 2);
}

std::string day_text(DayNumber day) {
  const CivilDay civil = civil_day(day);
  return month_text(civil.year, static_cast<int>(civil.month)) + '-' +
         padded(static_cast<int>(civil.day), 2);
}

std::optional<DayRange> range_of(const std::string& edtf) {
  const auto date = parse_edtf(edtf);
  if (!date || !date->first || !date->last) return std::nullopt;
  return DayRange{*date->first, *date->last};
}

// What an offset counts from. It may be known to the year or to the month only.
struct Base {
  std::optional<DayRange> range;

  std::optional<DayNumber> day() const {
    if (!range || range->first != range->last) return std::nullopt;
    return range->first;
  }
  // Months since the year 0.
  std::optional<int> month() const {
    const auto year_begun = year();
    if (!year_begun) return std::nullopt;
    const unsigned month = civil_day(range->first).month;
    if (civil_day(range->last).month != month) return std::nullopt;
    return *year_begun * 12 + static_cast<int>(month) - 1;
  }
  std::optional<int> year() const {
    if (!range) return std::nullopt;
    const int year = civil_day(range->first).year;
    return civil_day(range->last).year == year ? std::optional{year} : std::nullopt;
  }
};

// A point in its context. `last` is set where it spans several units: a quarter, a week.
struct Resolved {
  std::string first;
  std::string last;
  std::optional<int> year;  // that the point lies in, or the first does

  std::string text() const { return last.empty() ? first : first + '/' + last; }
  const std::string& end() const { return last.empty() ? first : last; }
};

class Resolver {
 public:
  explicit Resolver(const DateContext& context)
      : context_{context}, reference_{range_of(context.reference)} {}

  std::optional<Resolved> resolve(const DatePoint& point) const;

  // Of a two-digit year the latest that is not after the reference.
  std::optional<int> stated_year(const DatePoint& point) const;

 private:
  Base base_of(const DatePoint& point) const;
  Tense tense_of(const DatePoint& point) const;
  template <typename RangeInYear>
  std::optional<int> nearest_year(const DatePoint& point, RangeInYear range_in) const;

  std::optional<Resolved> lunar_date(const DatePoint& point) const;
  std::optional<Resolved> day_of_month(const DatePoint& point) const;
  std::optional<Resolved> day_by_offset(const DatePoint& point) const;
  std::optional<Resolved> week_or_weekday(const DatePoint& point) const;
  std::optional<Resolved> months_of_year(const DatePoint& point) const;
  std::optional<Resolved> month(const DatePoint& point) const;
  std::optional<Resolved> decade(const DatePoint& point) const;
  std::optional<Resolved> century(const DatePoint& point) const;
  std::optional<Resolved> year(const DatePoint& point) const;
  std::optional<int> century_number(const DatePoint& point) const;

  const DateContext& context_;
  Base reference_;
};

Resolved one_day(DayNumber day) { return {day_text(day), "", civil_day(day).year}; }

DayNumber monday_of(DayNumber day) {
  constexpr int kWeekdayOfEpoch = 3;  // 1970-01-01 was a Thursday, Monday being 0
  const int weekday = ((day + kWeekdayOfEpoch) % 7 + 7) % 7;
  return day - weekday;
}

bool valid_day(int year, int month, int day) {
  return parse_edtf(month_text(year, month) + '-' + padded(day, 2)).has_value();
}

// For "hôm đó" the day named last, for "tháng đó" whatever was named last.
Base Resolver::base_of(const DatePoint& point) const {
  if (!point.has(Key::Anaphor)) return reference_;
  const bool needs_day = point.has(Key::DayOffset) || point.has(Key::WeekOffset);
  const std::string& named =
      needs_day && !context_.last_day.empty() ? context_.last_day : context_.last_named;
  Base base{range_of(named)};
  if (!base.range) return reference_;
  if (needs_day && !base.day()) {
    constexpr std::size_t kDayText = std::string_view{"2024-05-16"}.size();
    const auto slash = named.find('/');
    const std::string end = slash == std::string::npos ? "" : named.substr(slash + 1);
    if (end.size() != kDayText) return reference_;
    return Base{range_of(end)};  // "cùng ngày" behind a visit of several days is its last
  }
  return base;
}

Tense Resolver::tense_of(const DatePoint& point) const {
  if (point.has(Key::Past)) return Tense::Past;
  if (point.has(Key::Future)) return Tense::Future;
  return context_.tense;
}

// The year that puts the date nearest to the reference, on the side the tense allows.
// `range_in` gives the days of the date in a year, nothing where it has none there.
template <typename RangeInYear>
std::optional<int> Resolver::nearest_year(const DatePoint& point, RangeInYear range_in) const {
  if (!reference_.range) return std::nullopt;
  const DayRange now = *reference_.range;
  const Tense tense = tense_of(point);
  std::optional<int> nearest;
  int least = 0;
  constexpr int kYearsBetweenLeapDays = 8;
  const int middle = civil_day(now.first).year;
  for (int year = middle - kYearsBetweenLeapDays; year <= middle + kYearsBetweenLeapDays; ++year) {
    const std::optional<DayRange> range = range_in(year);
    if (!range) continue;
    if (tense == Tense::Past && range->first > now.last) continue;
    if (tense == Tense::Future && range->last < now.first) continue;
    const int distance = std::max({0, range->first - now.last, now.first - range->last});
    if (nearest && distance >= least) continue;
    nearest = year;
    least = distance;
  }
  return nearest;
}

std::optional<int> Resolver::stated_year(const DatePoint& point) const {
  if (const auto year = point.get(Key::Year)) return year;
  if (const auto short_year = point.get(Key::ShortYear)) {
    if (!reference_.range) return std::nullopt;
    const int now = civil_day(reference_.range->last).year;
    const int year = now - now % 100 + *short_year;
    return year > now ? year - 100 : year;
  }
  if (const auto offset = point.get(Key::YearOffset)) {
    const auto year = base_of(point).year();
    if (year) return *year + *offset;
  }
  return std::nullopt;
}

// Whether the text says which year it is, though the context may not tell the number.
bool states_year(const DatePoint& point) {
  return point.has(Key::Year) || point.has(Key::ShortYear) || point.has(Key::YearOffset);
}

std::optional<Resolved> Resolver::lunar_date(const DatePoint& point) const {
  const auto day = point.get(Key::Day);
  const bool leap = point.get(Key::Lunar) == 2;
  // Tết: the last days of the twelfth month and the first of the year that it is named after.
  constexpr int kFirstDayOfEve = 20;
  const bool eve = point.has(Key::NewYear) && *day >= kFirstDayOfEve;
  const int month = point.has(Key::NewYear) ? (eve ? 12 : 1) : point.get(Key::Month).value_or(1);
  const auto month_in = [&](int year) { return lunar_month(eve ? year - 1 : year, month, leap); };

  std::optional<int> year = stated_year(point);
  if (!year && states_year(point)) return std::nullopt;
  if (!year && point.has(Key::Stem)) year = this->year(point).value_or(Resolved{}).year;
  if (!year && !point.has(Key::Stem)) {
    // The thirtieth of a month of 29 days counts here: else the day would be sought years away.
    year = nearest_year(point, [&](int each) -> std::optional<DayRange> {
      const auto lunar = month_in(each);
      if (!lunar || !day)
        return lunar ? std::optional{DayRange{lunar->first, lunar->last}} : std::nullopt;
      return DayRange{lunar->first + *day - 1, lunar->first + *day - 1};
    });
  }
  if (!year) return std::nullopt;
  const auto lunar = month_in(*year);
  if (!lunar) return std::nullopt;
  if (!day)
    return Resolved{day_text(lunar->first), day_text(lunar->last), civil_day(lunar->first).year};
  if (lunar->first + *day - 1 > lunar->last) return std::nullopt;
  return one_day(lunar->first + *day - 1);
}

std::optional<Resolved> Resolver::day_of_month(const DatePoint& point) const {
  const int day = *point.get(Key::Day);
  int month = 0;
  std::optional<int> year;
  if (const auto stated_month = point.get(Key::Month)) {
    month = *stated_month;
    year = stated_year(point);
    if (!year && !states_year(point)) {
      year = nearest_year(point, [&](int each) -> std::optional<DayRange> {
        if (!valid_day(each, month, day)) return std::nullopt;
        const DayNumber number =
            day_number(each, static_cast<unsigned>(month), static_cast<unsigned>(day));
        return DayRange{number, number};
      });
    }
  } else {
    const auto base = base_of(point).month();
    if (!base) return std::nullopt;
    const int index = *base + *point.get(Key::MonthOffset);
    month = index % 12 + 1;
    year = index / 12;
  }
  std::string text = month_text(year, month) + '-' + padded(day, 2);
  if (!parse_edtf(text)) return std::nullopt;
  if (point.has(Key::Approximate)) text += '~';
  return Resolved{std::move(text), "", year};
}

std::optional<Resolved> Resolver::day_by_offset(const DatePoint& point) const {
  const int offset = *point.get(Key::DayOffset);
  const Base base = base_of(point);
  if (const auto day = base.day()) return one_day(*day + offset);
  // Of a day without its year the same day is known without it too.
  if (point.has(Key::Anaphor) && offset == 0) {
    const auto named = parse_edtf(context_.last_day);
    if (named && named->day && !named->interval)
      return Resolved{context_.last_day, "", std::nullopt};
  }
  return std::nullopt;
}

std::optional<Resolved> Resolver::week_or_weekday(const DatePoint& point) const {
  const auto day = base_of(point).day();
  if (!day) return std::nullopt;
  const auto weekday = point.get(Key::Weekday);
  if (weekday && !point.has(Key::WeekOffset)) {
    const DayNumber in_week = monday_of(*day) + *weekday - 1;
    if (tense_of(point) == Tense::Future) return one_day(in_week < *day ? in_week + 7 : in_week);
    return one_day(in_week > *day ? in_week - 7 : in_week);
  }
  const DayNumber monday = monday_of(*day) + 7 * *point.get(Key::WeekOffset);
  if (weekday) return one_day(monday + *weekday - 1);
  const DayNumber first = point.has(Key::Weekend) ? monday + 5 : monday;
  return Resolved{day_text(first), day_text(monday + 6), civil_day(first).year};
}

// Quarters, halves and "n tháng": intervals of months.
std::optional<Resolved> Resolver::months_of_year(const DatePoint& point) const {
  int first = 1;
  int last = 12;
  std::optional<int> year = stated_year(point);
  if (const auto offset = point.get(Key::QuarterOffset)) {
    const auto base = base_of(point).month();
    if (!base) return std::nullopt;
    const int quarter = *base / 3 + *offset;
    year = quarter / 4;
    first = quarter % 4 * 3 + 1;
    last = first + 2;
  } else if (const auto quarter = point.get(Key::Quarter)) {
    first = *quarter * 3 - 2;
    last = *quarter * 3;
  } else if (const auto half = point.get(Key::Half)) {
    first = *half * 6 - 5;
    last = *half * 6;
  } else if (const auto head = point.get(Key::FirstMonths)) {
    last = *head;
  } else if (const auto tail = point.get(Key::LastMonths)) {
    first = 13 - *tail;
  }
  if (!year && !states_year(point)) {
    year = nearest_year(point, [&](int each) -> std::optional<DayRange> {
      return range_of(month_text(each, first) + '/' + month_text(each, last));
    });
  }
  if (!year) return std::nullopt;
  return Resolved{month_text(year, first), month_text(year, last), year};
}

std::optional<Resolved> Resolver::month(const DatePoint& point) const {
  if (const auto offset = point.get(Key::MonthOffset)) {
    const auto base = base_of(point).month();
    if (!base) return std::nullopt;
    const int index = *base + *offset;
    return Resolved{month_text(index / 12, index % 12 + 1), "", index / 12};
  }
  const int month = *point.get(Key::Month);
  std::optional<int> year = stated_year(point);
  if (!year && !states_year(point)) {
    year = nearest_year(point, [&](int each) { return range_of(month_text(each, month)); });
  }
  return Resolved{month_text(year, month), "", year};
}

std::optional<int> Resolver::century_number(const DatePoint& point) const {
  if (const auto number = point.get(Key::Century)) return number;
  const auto offset = point.get(Key::CenturyOffset);
  const auto year = reference_.year();
  if (!offset || !year) return std::nullopt;
  return (*year + 99) / 100 + *offset;
}

std::optional<Resolved> Resolver::decade(const DatePoint& point) const {
  if (const auto year = point.get(Key::Decade))
    return Resolved{padded(*year / 10, 3) + 'X', "", *year};
  const int tens = *point.get(Key::ShortDecade) / 10;
  if (const auto century = century_number(point)) {
    const int decade = (*century - 1) * 10 + tens;
    return Resolved{padded(decade, 3) + 'X', "", decade * 10};
  }
  const auto now = reference_.year();
  if (!now) return std::nullopt;
  int decade = *now / 100 * 10 + tens;
  if (decade * 10 > *now) decade -= 10;
  return Resolved{padded(decade, 3) + 'X', "", decade * 10};
}

std::optional<Resolved> Resolver::century(const DatePoint& point) const {
  const auto number = century_number(point);
  if (!number) return std::nullopt;
  return Resolved{padded(*number - 1, 2) + "XX", "", (*number - 1) * 100};
}

std::optional<Resolved> Resolver::year(const DatePoint& point) const {
  std::optional<int> year = stated_year(point);
  if (!year && point.has(Key::Stem)) {
    const int stem = *point.get(Key::Stem);
    const int branch = *point.get(Key::Branch);
    const auto now = reference_.year();
    if (!now) return std::nullopt;
    // 1984 was Giáp Tý, 0 and 0. The nearest of the years of that name, sixty apart.
    for (int distance = 0; distance <= 30 && !year; ++distance) {
      for (const int each : {*now - distance, *now + distance}) {
        if ((each - 4) % 10 == stem && (each - 4) % 12 == branch) year = each;
      }
    }
  }
  if (!year) return std::nullopt;
  return Resolved{year_text(year), "", year};
}

std::optional<Resolved> Resolver::resolve(const DatePoint& point) const {
  const bool month_named = point.has(Key::Month) || point.has(Key::MonthOffset);
  const bool in_lunar_year = point.has(Key::Stem) && month_named;
  if (point.has(Key::Now)) {
    const auto year = reference_.year();
    if (context_.reference.empty()) return std::nullopt;
    return Resolved{context_.reference, "", year};
  }
  std::optional<Resolved> resolved;
  if (point.has(Key::Lunar) || point.has(Key::NewYear) || in_lunar_year) {
    return lunar_date(point);
  }
  if (point.has(Key::Day) && month_named) return day_of_month(point);
  if (point.has(Key::DayOffset)) return day_by_offset(point);
  if (point.has(Key::Weekday) || point.has(Key::WeekOffset)) return week_or_weekday(point);
  if (point.has(Key::Quarter) || point.has(Key::QuarterOffset) || point.has(Key::Half) ||
      point.has(Key::FirstMonths) || point.has(Key::LastMonths)) {
    return months_of_year(point);
  }
  if (point.has(Key::Decade) || point.has(Key::ShortDecade)) return decade(point);
  if (point.has(Key::Century) || point.has(Key::CenturyOffset)) return century(point);
  if (const auto season = point.get(Key::Season)) {
    resolved = year(point);
    if (resolved) resolved->first += '-' + std::to_string(*season);
  } else if (month_named) {
    resolved = month(point);
  } else {
    resolved = year(point);
  }
  if (resolved && point.has(Key::Approximate)) resolved->first += '~';
  return resolved;
}

bool takes_year(const DatePoint& point) {
  const bool dated = point.has(Key::Month) || point.has(Key::Quarter);
  const bool relative = point.has(Key::MonthOffset) || point.has(Key::DayOffset);
  return dated && !relative && !states_year(point) && !point.has(Key::Stem);
}

std::optional<DayNumber> begin_of(const Resolved& resolved) {
  const auto date = parse_edtf(resolved.first);
  return date ? date->first : std::nullopt;
}

// The ends complete each other: one that lacks its year takes the other's, or the year before
// or after it where the interval would run backwards.
std::optional<std::string> resolve_interval(DatePoint from, DatePoint to,
                                            const Resolver& resolver) {
  std::optional<Resolved> begin;
  std::optional<Resolved> end;
  if (takes_year(to) && !takes_year(from)) {
    begin = resolver.resolve(from);
    if (begin && begin->year && !from.has(DateKey::Now)) {
      to.set(Key::Year, *begin->year);
      end = resolver.resolve(to);
      if (end && begin_of(*end) < begin_of(*begin)) {
        to.set(Key::Year, *begin->year + 1);
        end = resolver.resolve(to);
      }
    } else {
      if (from.has(DateKey::Now)) to.set(Key::Future, 0);
      end = resolver.resolve(to);
    }
  } else {
    end = resolver.resolve(to);
    if (end && end->year && takes_year(from)) {
      from.set(Key::Year, *end->year);
      begin = resolver.resolve(from);
      if (begin && begin_of(*begin) > begin_of(*end)) {
        from.set(Key::Year, *end->year - 1);
        begin = resolver.resolve(from);
      }
    } else {
      begin = resolver.resolve(from);
    }
  }
  if (!begin || !end) return std::nullopt;
  return begin->first + '/' + end->end();
}

}  // namespace

std::optional<std::string> resolve_date(const DateExpression& expression,
                                        const DateContext& context) {
  const DateForm form = read_form(expression.form);
  const Resolver resolver{context};
  std::optional<std::string> text;
  if (form.shape == DateForm::Shape::Interval) {
    text = resolve_interval(form.from, form.to, resolver);
  } else if (const auto point = resolver.resolve(form.from)) {
    switch (form.shape) {
      case DateForm::Shape::Before:
        text = "../" + point->end();
        break;
      case DateForm::Shape::After:
        text = point->first + "/..";
        break;
      default:
        text = point->text();
    }
  }
  if (text && !parse_edtf(*text)) return std::nullopt;
  return text;
}

}  // namespace ketnghia::importers
