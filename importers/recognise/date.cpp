#include "importers/recognise/date.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "engine/text/edtf.hpp"
#include "importers/recognise/date_form.hpp"
#include "importers/recognise/date_grammar.hpp"
#include "importers/recognise/date_words.hpp"

// The grammar says what a date expression looks like; this file where one may stand. It turns the
// grammar's terms into the canonical form of DateForm: "D16 M5 Y2024", "d-1", "Q1 Y2024",
// "D28 M9 / D2 M10 Y2024", ".. / Y1975".
namespace ketnghia::importers {
namespace {

using date_words::digit_at;
using date_words::letter_at;
using Key = DateKey;

// --- the text in lower case, byte for byte ---

// Capitals of Vietnamese and their small letters take the same number of bytes in UTF-8. A line
// break within a paragraph is a space, so that wrapped lines read on; around an empty line it
// stays and no expression crosses it.
std::string lowered(std::string_view text) {
  static constexpr auto kAscii = [] {
    std::array<char, 0x80> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
      table[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
    }
    table['\t'] = table['\r'] = ' ';
    return table;
  }();
  std::string low(text);
  for (std::size_t i = 0; i < low.size(); ++i) {
    const auto c = static_cast<unsigned char>(low[i]);
    if (c == '\n') {
      const auto next = text.find_first_not_of(" \t\r", i + 1);
      const bool paragraph = next == std::string_view::npos || text[next] == '\n';
      if (!paragraph) low[i] = ' ';
      if (paragraph && next != std::string_view::npos) i = next;
    } else if (c < 0x80) {
      low[i] = kAscii[c];
    } else if (i + 1 < low.size()) {
      const auto d = static_cast<unsigned char>(low[i + 1]);
      if (c == 0xC3 && d >= 0x80 && d <= 0x9E && d != 0x97) {
        low[i + 1] = static_cast<char>(d + 0x20);
      } else if ((c == 0xC4 && (d == 0x82 || d == 0x90 || d == 0xA8)) || (c == 0xC5 && d == 0xA8) ||
                 (c == 0xC6 && (d == 0xA0 || d == 0xAF))) {
        low[i + 1] = static_cast<char>(d + 1);
      } else if (c == 0xE1 && (d == 0xBA || d == 0xBB) && i + 2 < low.size()) {
        const auto e = static_cast<unsigned char>(low[i + 2]);
        const bool vietnamese = d == 0xBB ? e < 0xBA : e >= 0xA0;
        if (vietnamese && e % 2 == 0) low[i + 2] = static_cast<char>(e + 1);
        ++i;
      }
      if (c >= 0xC0) ++i;
    }
  }
  return low;
}

// The end of the run of letters at `at`.
std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t size = date_words::letter_size(text[at]);
    if (size == 0) break;
    at += size;
  }
  return std::min(at, text.size());
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

bool space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The word or number that ends before `at`, with only spaces between; empty where punctuation
// stands there.
std::string_view word_before(std::string_view text, std::size_t at) {
  while (at > 0 && space(text[at - 1])) --at;
  const std::size_t end = at;
  const auto part_of_word = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  while (at > 0 && part_of_word(text[at - 1])) --at;
  return text.substr(at, end - at);
}

template <std::size_t Size>
bool among(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool number(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Before "năm", "tháng", "ngày": then they count, and "trong hai năm tới" is a duration.
bool counts(std::string_view word) {
  constexpr std::array<std::string_view, 13> kQuantifiers{"những", "các",  "nhiều", "mấy",  "vài",
                                                          "mỗi",   "từng", "hằng",  "hàng", "mươi",
                                                          "trăm",  "chục", "nửa"};
  if (number(word) || among(word, kQuantifiers)) return true;
  const auto words = date_words::small_numbers().entries();
  return std::any_of(words.begin(), words.end(),
                     [word](const date_words::Entry& entry) { return entry.text == word; });
}

// --- a match of the grammar ---

struct Element {
  DatePoint point;
  std::size_t begin = 0;
  std::size_t end = 0;
  Key join = Key::None;  // to the next: To, And
};

struct Match {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<Element> elements;
  std::optional<ReadTerm> from;
  bool before = false;
  bool after = false;
  bool cue = false;
  bool weak_mark = false;
  bool spelt_day = false;
  std::optional<std::size_t> spelt_unit;  // where the number of a month or quarter is in words
};

bool has_year(const DatePoint& point) {
  return point.has(Key::Year) || point.has(Key::ShortYear) || point.has(Key::YearOffset);
}

// "2 năm trước" is told as a count, a unit and a direction: the offset "y-2".
DatePoint with_offset(const DatePoint& read) {
  const auto count = read.get(Key::Count);
  if (!count) return read;
  DatePoint point;
  const int steps = *count * *read.get(Key::Direction);
  point.set(static_cast<Key>(*read.get(Key::Unit)), steps);
  for (const DateTerm& term : read.terms()) {
    const bool part = term.key == Key::Count || term.key == Key::Unit || term.key == Key::Direction;
    if (!part) point.set(term.key, term.value);
  }
  return point;
}

Match read_match(std::string_view text, std::size_t begin, std::size_t end, const Trail& trail) {
  Match match;
  match.begin = begin;
  match.end = end;
  match.elements.emplace_back().begin = begin;
  bool aside = false;
  for (const ReadTerm& term : trail.terms()) {
    Element& element = match.elements.back();
    const auto place = static_cast<std::size_t>(term.begin - text.data());
    const auto behind = static_cast<std::size_t>(term.end - text.data());
    if (aside && term.key != Key::AsideEnd) continue;
    switch (term.key) {
      case Key::To:
      case Key::And:
        element.join = term.key;
        match.elements.emplace_back().begin = skip_spaces(text, behind);
        continue;
      case Key::Cue:
        match.cue = true;
        break;
      case Key::WeakMark:
        match.weak_mark = true;
        break;
      case Key::From:
        match.from = term;
        break;
      case Key::Before:
      case Key::UpTo:
        match.before = true;
        break;
      case Key::After:
      case Key::Since:
        match.after = true;
        break;
      case Key::Aside:
      case Key::AsideEnd:
        aside = term.key == Key::Aside;
        break;
      case Key::Spelt:
        if (element.point.has(Key::Month) || element.point.has(Key::Quarter)) {
          match.spelt_unit = place;
        } else if (element.point.has(Key::Day)) {
          match.spelt_day = true;
        }
        break;
      case Key::Weekday:
        match.cue = true;
        [[fallthrough]];
      default:
        element.point.set(term.key, term.value);
    }
    element.end = behind;
  }
  // "từ X đến nay": the second end is no date.
  if (match.elements.back().point.empty() && match.elements.size() > 1) match.elements.pop_back();
  match.elements.back().end = end;
  for (Element& element : match.elements) element.point = with_offset(element.point);
  return match;
}

// --- where a date may stand ---

// Names of streets, houses, bodies and documents may be dates: no date directly behind these
// words. The last syllable decides: "bệnh viện", "công viên", "quảng trường".
constexpr std::array<std::string_view, 45> kNamedByDates{
    "đường", "phố",   "lộ",   "viện", "viên", "trường", "chợ",    "cầu",   "hầm",
    "bến",   "ga",    "rạp",  "sân",  "động", "máy",    "nghiệp", "xưởng", "phường",
    "xã",    "thôn",  "ấp",   "tổ",   "khu",  "cụm",    "quận",   "ngõ",   "ngách",
    "hẻm",   "kiệt",  "ngã",  "số",   "lô",   "nhà",    "tầng",   "phòng", "lớp",
    "km",    "tuyến", "trại", "mạng", "hồ",   "bàn",    "căn",    "ty",    "tháp"};

// And no month and year behind these: "Nghị định 11/2022".
constexpr std::array<std::string_view, 17> kDocuments{
    "định", "thị", "tư", "luật", "quyết", "văn", "lệnh", "báo", "trình",
    "luận", "dẫn", "số", "lệ",   "chế",   "tri", "án",   "bản"};

constexpr std::array<std::string_view, 8> kCueWords{"hôm",   "dịp", "lễ",  "vào",
                                                    "khánh", "từ",  "đến", "trước"};

struct Scan {
  std::string_view text;
  std::string_view low;
  std::size_t last_end = 0;  // of the expression before
  bool any_before = false;
};

char at_or_space(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : ' ';
}

// Whether the match ends where its last number does: "12-CT/TW", "5/6m", "16.5%", "3/4.5" do not.
bool ends_whole(std::string_view low, std::size_t end) {
  if (!digit_at(low.data() + end - 1, low.data() + low.size())) return true;
  const char next = at_or_space(low, end);
  const auto begins_more = [&](std::size_t at) {
    return digit_at(low.data() + at, low.data() + low.size()) ||
           letter_at(low.data() + at, low.data() + low.size());
  };
  if (end < low.size() && letter_at(low.data() + end, low.data() + low.size())) return false;
  if (next == '/' || next == '%') return false;
  if ((next == '-' || next == '.' || next == ':') && end + 1 < low.size() && begins_more(end + 1)) {
    return next == '.' && !digit_at(low.data() + end + 1, low.data() + low.size());
  }
  return at_or_space(low, skip_spaces(low, end)) != '%';
}

bool recurs(std::string_view low, const Match& match) {
  constexpr std::array<std::string_view, 3> kEvery{"hằng", "hàng", "mỗi"};
  constexpr std::array<std::string_view, 7> kBetween{"vào",   "dịp", "cứ",  "đến",
                                                     "trong", "tổ",  "ngày"};
  const std::size_t next = skip_spaces(low, match.end);
  if (among(low.substr(next, word_end(low, next) - next), kEvery)) return true;
  // "hằng năm, vào dịp 10/10"
  std::size_t at = match.begin;
  for (int words = 0; words < 4; ++words) {
    while (at > 0 && (space(low[at - 1]) || low[at - 1] == ',')) --at;
    const std::string_view word = word_before(low, at);
    if (word == "niên") return word_before(low, at - word.size()) == "thường";
    const bool unit = word == "năm" || word == "tháng" || word == "tuần";
    if (unit) return among(word_before(low, at - word.size()), kEvery);
    if (!among(word, kBetween)) return false;
    at -= word.size();
  }
  return false;
}

bool in_brackets(std::string_view low, const Match& match) {
  return match.begin > 0 && low[match.begin - 1] == '(' && at_or_space(low, match.end) == ')';
}

// Whether the match goes on a list of dates: "30/4 và 1/5".
bool continues(const Scan& scan, const Match& match) {
  if (!scan.any_before) return false;
  const std::string_view between = scan.low.substr(scan.last_end, match.begin - scan.last_end);
  return between == ", " || between == " và " || between == " - " || between == "; " ||
         between == "-";
}

bool clause_begins(const Scan& scan, std::size_t at) {
  if (scan.text.substr(at, 1) != scan.low.substr(at, 1)) return true;  // a capital
  while (at > 0 && scan.low[at - 1] == ' ') --at;
  if (at == 0) return true;
  constexpr std::string_view kMarks = ",.;:(\n-";
  return kMarks.find(scan.low[at - 1]) != std::string_view::npos;
}

bool relative_only(const DatePoint& point) {
  const bool stated = point.has(Key::Day) || point.has(Key::Month) || point.has(Key::Quarter) ||
                      point.has(Key::Half) || point.has(Key::FirstMonths) ||
                      point.has(Key::LastMonths) || point.has(Key::Season) ||
                      point.has(Key::Year) || point.has(Key::Weekday) || point.has(Key::Weekend) ||
                      point.has(Key::Approximate);
  return !stated && (point.has(Key::YearOffset) || point.has(Key::MonthOffset) ||
                     point.has(Key::WeekOffset) || point.has(Key::QuarterOffset));
}

// "tháng Tám" and "tháng hai, " name a month, "tháng hai bên" does not.
bool spelt_unit_fits(const Scan& scan, const Match& match) {
  if (!match.spelt_unit || has_year(match.elements.back().point)) return true;
  const std::size_t at = *match.spelt_unit;
  const std::size_t size = word_end(scan.low, at) - at;
  if (scan.text.substr(at, size) != scan.low.substr(at, size)) return true;
  const std::size_t next = skip_spaces(scan.low, match.end);
  return match.elements.back().point.has(Key::Past) ||
         match.elements.back().point.has(Key::Future) || next == scan.low.size() ||
         word_end(scan.low, next) == next;
}

bool valid_days(const Match& match) {
  return std::all_of(match.elements.begin(), match.elements.end(), [](const Element& element) {
    const auto day = element.point.get(Key::Day);
    const auto month = element.point.get(Key::Month);
    if (!day || !month) return true;
    constexpr std::array<int, 12> kMostDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return *day <= kMostDays[static_cast<std::size_t>(*month - 1)];
  });
}

bool years_ascend(const Match& match) {
  for (std::size_t i = 1; i < match.elements.size(); ++i) {
    const DatePoint& from = match.elements[i - 1].point;
    const DatePoint& to = match.elements[i].point;
    const bool years_only = from.terms().size() == 1 && to.terms().size() == 1;
    if (!years_only || !from.has(Key::Year) || !to.has(Key::Year)) continue;
    if (*from.get(Key::Year) >= *to.get(Key::Year)) return false;
  }
  return true;
}

// "15/3 Nguyễn Du" is a house in a street; a line of a schedule may begin so with a date.
bool address_follows(const Scan& scan, const Match& match) {
  const std::size_t next = match.end + 1;
  if (at_or_space(scan.text, match.end) != ' ' || next >= scan.text.size()) return false;
  const std::size_t size = word_end(scan.low, next) - next;
  const bool capital = scan.text.substr(next, size) != scan.low.substr(next, size);
  const bool line_begins = match.begin == 0 || scan.text[match.begin - 1] == '\n';
  return capital && !line_begins;
}

// Within a match that is no date there may still be one; within a name there is none, as the
// "tháng 2" of "đường 3 tháng 2".
enum class Verdict { Date, NoDate, Name };

Verdict date_if(bool condition) { return condition ? Verdict::Date : Verdict::NoDate; }

Verdict judge(const Scan& scan, const Match& match) {
  const std::string_view low = scan.low;
  const DatePoint& last = match.elements.back().point;
  if (!ends_whole(low, match.end) || !valid_days(match) || !years_ascend(match))
    return Verdict::NoDate;
  if (!has_year(last) && recurs(low, match)) return Verdict::NoDate;
  if (!spelt_unit_fits(scan, match)) return Verdict::NoDate;

  const std::string_view before = word_before(low, match.begin);
  if (relative_only(match.elements.front().point) && counts(before)) return Verdict::NoDate;
  if (before == "trong" && last.has(Key::DayOffset) && *last.get(Key::DayOffset) == -1 &&
      !last.has(Key::Day)) {
    // "tình cảm trong sáng qua bao năm"
    return date_if(low.substr(match.begin).starts_with("hôm") ||
                   low.substr(match.begin).starts_with("ngày"));
  }
  if (low.substr(match.begin).starts_with("sáng qua")) {
    constexpr std::array<std::string_view, 6> kLight{"tỏa", "chiếu", "ánh", "soi", "thắp", "tươi"};
    if (among(before, kLight)) return Verdict::NoDate;
  }

  const bool bounded = match.from || match.before || match.after;
  const bool day = last.has(Key::Day);
  const bool month_only = last.has(Key::Month) && !day;
  const bool tail_year = last.has(Key::Year) || last.has(Key::YearOffset);
  const bool begins_with_number = digit_at(low.data() + match.begin, low.data() + low.size());
  if (match.spelt_day && !match.cue) return Verdict::NoDate;
  if (day && last.has(Key::MonthOffset) && !match.cue) return Verdict::NoDate;
  if (month_only && begins_with_number && among(before, kDocuments)) return Verdict::NoDate;
  if (month_only && match.spelt_unit && !has_year(last) && among(before, kNamedByDates)) {
    return Verdict::Name;
  }
  if (!day || match.cue || last.has(Key::DayOffset) || last.has(Key::WeekOffset) ||
      last.has(Key::Lunar) || last.has(Key::NewYear) || last.has(Key::Stem)) {
    return Verdict::Date;
  }
  // Bare numbers: an address, a fraction, a score, a name or a date.
  if (tail_year) return Verdict::Date;
  const bool cued =
      bounded || among(before, kCueWords) || continues(scan, match) || in_brackets(low, match);
  if (among(before, kNamedByDates)) return Verdict::Name;
  if (match.weak_mark) return date_if(cued);
  if (last.has(Key::ShortYear)) return Verdict::Date;
  if (cued) {
    const std::size_t next = skip_spaces(low, match.end);
    constexpr std::array<std::string_view, 3> kWhole{"số", "tổng", "diện"};
    return date_if(!among(low.substr(next, word_end(low, next) - next), kWhole));
  }
  const bool round_the_clock = *last.get(Key::Day) == 24 && last.get(Key::Month) == 7;
  if (round_the_clock) return Verdict::NoDate;
  const bool worded =
      low.substr(match.begin, match.end - match.begin).find("tháng") != std::string_view::npos;
  if (worded) {  // "mất 5 tháng 8 ngày"
    const char* const begin = low.data();
    Trail none;
    return date_if(date_words::ends_phrase({begin + match.end, begin + low.size(), none}));
  }
  if (address_follows(scan, match)) return Verdict::NoDate;
  return date_if(match.elements.size() > 1 || *last.get(Key::Day) > *last.get(Key::Month));
}

// --- from a match to expressions ---

constexpr std::array<Key, 5> kYearKeys{Key::Year, Key::ShortYear, Key::YearOffset, Key::Stem,
                                       Key::Branch};

void take(DatePoint& point, const DatePoint& from, Key key) {
  const auto value = from.get(key);
  if (value && !point.has(key)) point.set(key, *value);
}

// "5, 6 và 7/11/2024": what stands once at the end holds for the whole list. The years of a range
// are left to resolve_date(), which knows on which side of New Year its ends lie.
void complete(std::vector<Element>& elements) {
  for (std::size_t i = elements.size(); i-- > 1;) {
    DatePoint& point = elements[i - 1].point;
    const DatePoint& next = elements[i].point;
    const bool month_missing = point.has(Key::Day) && !point.has(Key::Month) &&
                               !point.has(Key::MonthOffset) && !point.has(Key::Lunar) &&
                               !point.has(Key::NewYear);
    if (month_missing) {
      for (const Key key : {Key::Month, Key::MonthOffset, Key::Lunar, Key::NewYear, Key::Anaphor}) {
        take(point, next, key);
      }
      for (const Key key : kYearKeys) take(point, next, key);
    } else if (elements[i - 1].join == Key::And && !has_year(point) && has_year(next) &&
               (point.has(Key::Month) || point.has(Key::Quarter))) {
      for (const Key key : kYearKeys) take(point, next, key);
    }
    const auto year = point.get(Key::Year);
    if (year && next.has(Key::ShortYear) && next.terms().size() == 1) {  // "2024-25"
      const int same_century = *year - *year % 100 + *next.get(Key::ShortYear);
      DatePoint full;
      full.set(Key::Year, same_century > *year ? same_century : same_century + 100);
      elements[i].point = full;
    }
  }
}

// Whether `next` is the day, month, quarter or year right behind `point`.
bool follows(const DatePoint& point, const DatePoint& next) {
  if (point.terms().size() != next.terms().size()) return false;
  bool stepped = false;
  for (const Key key : {Key::Day, Key::Month, Key::Quarter, Key::Year}) {
    if (point.has(key) != next.has(key)) return false;
    if (!point.has(key)) continue;
    const int step = *next.get(key) - *point.get(key);
    if (!stepped && step != 1) return false;
    if (stepped && step != 0) return false;
    stepped = true;
  }
  return stepped;
}

struct Group {
  std::size_t first;
  std::size_t last;
};

// Ranges and lists without gaps are one expression, the rest one each.
std::vector<Group> grouped(const std::vector<Element>& elements) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const bool joined = i > 0 && (elements[i - 1].join == Key::To ||
                                  follows(elements[i - 1].point, elements[i].point));
    if (joined) {
      groups.back().last = i;
    } else {
      groups.push_back({i, i});
    }
  }
  return groups;
}

// Where the date begins behind "từ", or behind the "ngày" of "trong hai ngày 5 và 6/11", which
// counts the days.
std::size_t begin_behind_word(const Scan& scan, const Match& match, bool drop_from) {
  constexpr std::string_view kDay = "ngày";
  std::size_t begin = match.begin;
  if (drop_from) {
    begin = skip_spaces(scan.low, static_cast<std::size_t>(match.from->end - scan.low.data()));
  }
  const bool list = match.elements.size() > 1 && !match.from;
  if (list && scan.low.substr(begin).starts_with(kDay) && counts(word_before(scan.low, begin))) {
    begin = skip_spaces(scan.low, begin + kDay.size());
  }
  return begin;
}

void add_expressions(Scan& scan, Match match, std::vector<DateExpression>& expressions) {
  complete(match.elements);
  const std::vector<Group> groups = grouped(match.elements);
  bool drop_from = false;
  if (match.from && groups.size() == 1 && groups[0].first == groups[0].last && !match.before &&
      !match.after) {
    // "Kể từ tháng 2/2023, ..." tells what goes on; "thành lập từ năm 1950" what happened then.
    const std::size_t at = static_cast<std::size_t>(match.from->begin - scan.low.data());
    const bool topic = match.from->value == 1 || at_or_space(scan.low, match.end) == ',';
    match.after = topic && clause_begins(scan, at);
    drop_from = !match.after;
  } else if (match.from && groups.size() > 1) {
    drop_from = match.elements[0].join != Key::To;
  }
  match.elements.front().begin = begin_behind_word(scan, match, drop_from);
  for (const Group& group : groups) {
    const Element& first = match.elements[group.first];
    const Element& last = match.elements[group.last];
    DateForm form;
    form.from = first.point;
    if (group.first != group.last) {
      form.shape = DateForm::Shape::Interval;
      form.to = last.point;
    } else if (match.before) {
      form.shape = DateForm::Shape::Before;
    } else if (match.after) {
      form.shape = DateForm::Shape::After;
    }
    expressions.push_back(
        {{static_cast<std::uint32_t>(first.begin), static_cast<std::uint32_t>(last.end)},
         write_form(form)});
  }
  scan.last_end = match.end;
  scan.any_before = true;
}

// A number that goes on from a word or another number begins none: "9001:2015", "Covid-19".
bool number_begins(std::string_view low, std::size_t at) {
  if (at == 0) return true;
  constexpr std::string_view kJoining = "-.,:";
  const auto part = [&](std::size_t place) {
    const auto c = static_cast<unsigned char>(low[place]);
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  const char previous = low[at - 1];
  if (part(at - 1) || previous == '/' || previous == '$') return false;
  return kJoining.find(previous) == std::string_view::npos || at == 1 || !part(at - 2);
}

// --- tense ---

struct TenseCue {
  std::string_view words;
  DateContext::Tense tense;
};
constexpr auto kPast = DateContext::Tense::Past;
constexpr auto kFuture = DateContext::Tense::Future;
constexpr std::array<TenseCue, 17> kTenseCues{{{"đã", kPast},
                                               {"vừa", kPast},
                                               {"từng", kPast},
                                               {"hồi", kPast},
                                               {"trước đó", kPast},
                                               {"trước đây", kPast},
                                               {"mới đây", kPast},
                                               {"hôm qua", kPast},
                                               {"sẽ", kFuture},
                                               {"sắp", kFuture},
                                               {"dự kiến", kFuture},
                                               {"dự định", kFuture},
                                               {"chuẩn bị", kFuture},
                                               {"tới đây", kFuture},
                                               {"thời gian tới", kFuture},
                                               {"chậm nhất", kFuture},
                                               {"muộn nhất", kFuture}}};

bool sentence_ends(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ';' || c == '!' || c == '?' || c == '\n') return true;
  return c == '.' && (at + 1 == text.size() || text[at + 1] == ' ');
}

// The cue of `text` nearest to the date at its end or at its beginning, and the bytes between.
struct NearestCue {
  DateContext::Tense tense = DateContext::Tense::Unknown;
  std::size_t distance = 0;
};

// "Ngày 8/1, hội chợ sẽ khai mạc" tells of the date; "Ngày 5/12, hai bên thống nhất sẽ ký" does
// not: behind a date a cue of the future counts only within a few words.
bool too_far_behind(std::string_view between) {
  constexpr auto kWords = 4;
  return std::count(between.begin(), between.end(), ' ') > kWords;
}

NearestCue nearest_cue(std::string_view text, bool date_follows) {
  NearestCue nearest;
  std::size_t length = 0;  // of the cue chosen: of two that end together the longer tells more
  for (const TenseCue& cue : kTenseCues) {
    for (std::size_t at = text.find(cue.words); at != std::string_view::npos;
         at = text.find(cue.words, at + 1)) {
      const std::size_t end = at + cue.words.size();
      const bool whole = (at == 0 || text[at - 1] == ' ' || text[at - 1] == '(') &&
                         !letter_at(text.data() + end, text.data() + text.size());
      if (!whole) continue;
      if (!date_follows && cue.tense == kFuture && too_far_behind(text.substr(0, at))) continue;
      const std::size_t distance = date_follows ? text.size() - end : at;
      const bool nearer = length == 0 || distance < nearest.distance ||
                          (distance == nearest.distance && cue.words.size() > length);
      if (!nearer) continue;
      nearest = {cue.tense, distance};
      length = cue.words.size();
    }
  }
  return nearest;
}

}  // namespace

std::vector<DateExpression> recognise_dates(std::string_view text) {
  const std::string low = lowered(text);
  const std::string_view view = low;
  Scan scan{text, view};
  Trail trail;
  std::vector<DateExpression> expressions;
  for (std::size_t at = 0; at < view.size();) {
    const char* const place = view.data() + at;
    const char* const end = view.data() + view.size();
    std::size_t behind = at + 1;
    bool candidate = false;
    if (digit_at(place, end)) {
      while (behind < view.size() && digit_at(view.data() + behind, end)) ++behind;
      candidate = behind - at <= 4 && number_begins(view, at);
    } else if (letter_at(place, end)) {
      behind = word_end(view, at);
      candidate = can_begin_date(view.substr(at, behind - at));
    }
    if (candidate) {
      const std::size_t next = skip_spaces(view, behind);
      const std::size_t next_end = word_end(view, next);
      candidate = next_end == next || can_go_on(view.substr(next, next_end - next));
    }
    if (candidate) {
      if (const char* const matched = match_date(view, place, trail)) {
        const auto match_end = static_cast<std::size_t>(matched - view.data());
        Match match = read_match(view, at, match_end, trail);
        const Verdict verdict = judge(scan, match);
        if (verdict == Verdict::Date) add_expressions(scan, std::move(match), expressions);
        if (verdict != Verdict::NoDate) behind = match_end;
      }
    }
    at = behind;
  }
  return expressions;
}

DateContext::Tense tense_around(std::string_view text, Span expression) {
  constexpr std::size_t kReach = 90;  // bytes, about fifteen words
  const std::size_t from = expression.begin - std::min<std::size_t>(expression.begin, kReach);
  const std::size_t to = std::min<std::size_t>(text.size(), expression.end + kReach);
  const std::string low = lowered(text.substr(from, to - from));
  const std::string_view view = low;
  std::size_t begin = expression.begin - from;
  while (begin > 0 && !sentence_ends(view, begin - 1)) --begin;
  const std::size_t behind = expression.end - from;
  std::size_t end = behind;
  while (end < view.size() && !sentence_ends(view, end)) ++end;
  const NearestCue left = nearest_cue(view.substr(begin, expression.begin - from - begin), true);
  const NearestCue right = nearest_cue(view.substr(behind, end - behind), false);
  if (left.tense == DateContext::Tense::Unknown) return right.tense;
  if (right.tense == DateContext::Tense::Unknown) return left.tense;
  return left.distance <= right.distance ? left.tense : right.tense;
}

void remember_date(DateContext& context, const std::string& edtf) {
  const auto date = parse_edtf(edtf);
  if (!date) return;
  const bool days = date->day.has_value();
  const bool whole_years = !date->month && date->interval;
  const bool decades = edtf.find('X') != std::string::npos && !date->month;
  if (whole_years || decades || (date->interval && (!date->first || !date->last))) return;
  context.last_named = edtf;
  if (days) context.last_day = edtf;
}

std::vector<ResolvedDate> date_mentions(std::string_view text, const std::string& reference) {
  std::vector<ResolvedDate> dates;
  DateContext context;
  context.reference = reference;
  for (const DateExpression& expression : recognise_dates(text)) {
    context.tense = tense_around(text, expression.span);
    auto edtf = resolve_date(expression, context);
    if (!edtf) continue;
    remember_date(context, *edtf);
    dates.push_back({expression.span, std::move(*edtf)});
  }
  return dates;
}

}  // namespace ketnghia::importers
