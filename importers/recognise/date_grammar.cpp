#include "importers/recognise/date_grammar.hpp"

#include <algorithm>
#include <array>
#include <boost/spirit/home/x3.hpp>
#include <initializer_list>
#include <span>
#include <string_view>

#include "importers/recognise/date_words.hpp"

namespace ketnghia::importers {
namespace {

namespace x3 = boost::spirit::x3;
using date_words::Digits;
using date_words::Entry;
using date_words::FirstBytes;
using date_words::Input;
using date_words::Table;
using Key = DateKey;

struct TrailTag {};

// A reader of date_words as a parser. It has no attribute: what it reads goes to the trail, which
// keeps the grammar quick to compile and going back free of half-filled attributes.
template <typename Reader>
struct Reads : x3::parser<Reads<Reader>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  explicit constexpr Reads(Reader function) : reader{function} {}

  template <typename Iterator, typename Context, typename RuleContext, typename Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RuleContext&,
             Attribute&) const {
    Input input{first, last, x3::get<TrailTag>(context)};
    if (!reader(input)) return false;
    first = input.at;
    return true;
  }

  Reader reader;
};

// One type of closure for every word, one for every table: a type each would instantiate X3 anew
// for every word of the language.
constexpr auto word(std::string_view text, Key key = Key::None, int value = 0) {
  return Reads{[entry = Entry{text, key, value}](Input& in) { return read_word(in, entry); }};
}
constexpr auto one_of(std::span<const Entry> entries) {
  return Reads{[table = Table{entries}](Input& in) { return read_one_of(in, table); }};
}
// The same, telling nothing.
constexpr auto silently(std::span<const Entry> entries) {
  return Reads{[table = Table{entries}](Input& in) {
    Trail unread;
    Input probe{in.at, in.end, unread};
    if (!read_one_of(probe, table)) return false;
    in.trail.reach(in.at);
    in.at = probe.at;
    return true;
  }};
}
constexpr auto digits(Key key, int min, int max, int min_digits, int max_digits, int step = 1) {
  return Reads{[range = Digits{key, min, max, min_digits, max_digits, step}](Input& in) {
    return read_digits(in, range);
  }};
}
constexpr auto note(Key key, int value = 0) {
  return Reads{[key, value](Input& in) { return add_note(in, key, value); }};
}
constexpr auto spelt(Key key, int max) {
  return Reads{[key, max](Input& in) { return read_number_words(in, key, max); }};
}
constexpr auto mark(char text, Key key = Key::None) {
  return Reads{[text, key](Input& in) { return read_mark(in, text, key); }};
}
constexpr auto tight(char text, Key key = Key::None) {
  return Reads{[text, key](Input& in) { return read_tight_mark(in, text, key); }};
}
// Refuses at one look what begins neither with a digit nor as an entry of these tables.
constexpr auto gate(std::initializer_list<std::span<const Entry>> tables) {
  FirstBytes words;
  for (const std::span<const Entry> entries : tables) words.add(Table{entries}.first_bytes());
  return Reads{[words](Input& in) { return may_begin(in, words); }};
}
constexpr auto blank = Reads{[](Input& in) { return read_blank(in); }};
constexpr auto phrase_end = Reads{[](Input& in) { return ends_phrase(in); }};

// --- words ---

constexpr Entry kDayPartEntries[] = {{"sáng", Key::Cue},
                                     {"trưa", Key::Cue},
                                     {"chiều", Key::Cue},
                                     {"tối", Key::Cue},
                                     {"đêm", Key::Cue},
                                     {"khuya", Key::Cue},
                                     {"rạng sáng", Key::Cue},
                                     {"sáng sớm", Key::Cue},
                                     {"chiều tối", Key::Cue},
                                     {"đầu giờ sáng", Key::Cue},
                                     {"đầu giờ chiều", Key::Cue},
                                     {"cuối giờ sáng", Key::Cue},
                                     {"cuối giờ chiều", Key::Cue},
                                     {"buổi sáng", Key::Cue},
                                     {"buổi chiều", Key::Cue},
                                     {"buổi tối", Key::Cue},
                                     {"buổi trưa", Key::Cue},
                                     {"nửa đêm", Key::Cue},
                                     {"cuối buổi chiều", Key::Cue},
                                     {"cuối buổi sáng", Key::Cue}};

// "sáng nay"; "hôm" may stand between.
constexpr Entry kNearPartEntries[] = {
    {"nay", Key::DayOffset, 0}, {"qua", Key::DayOffset, -1}, {"mai", Key::DayOffset, 1}};

constexpr Entry kNearDayEntries[] = {
    {"hôm nay", Key::DayOffset, 0},       {"ngày hôm nay", Key::DayOffset, 0},
    {"hôm qua", Key::DayOffset, -1},      {"ngày hôm qua", Key::DayOffset, -1},
    {"bữa qua", Key::DayOffset, -1},      {"hôm kia", Key::DayOffset, -2},
    {"ngày hôm kia", Key::DayOffset, -2}, {"hôm kìa", Key::DayOffset, -3},
    {"ngày mai", Key::DayOffset, 1},      {"ngày kia", Key::DayOffset, 2},
    {"ngày mốt", Key::DayOffset, 2},      {"ngày kìa", Key::DayOffset, 3}};

constexpr Entry kSameDayEntries[] = {
    {"cùng ngày", Key::DayOffset, 0},      {"trong cùng ngày", Key::DayOffset, 0},
    {"hôm đó", Key::DayOffset, 0},         {"hôm ấy", Key::DayOffset, 0},
    {"ngày hôm đó", Key::DayOffset, 0},    {"ngày hôm ấy", Key::DayOffset, 0},
    {"ngày đó", Key::DayOffset, 0},        {"ngày ấy", Key::DayOffset, 0},
    {"hôm sau", Key::DayOffset, 1},        {"ngày hôm sau", Key::DayOffset, 1},
    {"ngày tiếp theo", Key::DayOffset, 1}, {"ngày kế tiếp", Key::DayOffset, 1},
    {"ngày hôm trước", Key::DayOffset, -1}};
constexpr Entry kSameEntries[] = {
    {"cùng tháng", Key::MonthOffset, 0},      {"tháng đó", Key::MonthOffset, 0},
    {"tháng ấy", Key::MonthOffset, 0},        {"tháng sau đó", Key::MonthOffset, 1},
    {"tháng trước đó", Key::MonthOffset, -1}, {"cùng năm", Key::YearOffset, 0},
    {"năm đó", Key::YearOffset, 0},           {"năm ấy", Key::YearOffset, 0},
    {"năm sau đó", Key::YearOffset, 1},       {"năm trước đó", Key::YearOffset, -1}};
// Only where no date follows that says which: "cũng trong ngày 16/5".
constexpr Entry kAlsoEntries[] = {{"cũng trong ngày", Key::DayOffset, 0},
                                  {"cũng ngày này", Key::DayOffset, 0},
                                  {"cũng trong tháng", Key::MonthOffset, 0},
                                  {"cũng trong năm", Key::YearOffset, 0}};
constexpr Entry kFurtherEntries[] = {{"này"},  {"nay"},   {"hôm"}, {"trước"}, {"qua"},
                                     {"mùng"}, {"mồng"},  {"tới"}, {"sau"},   {"đó"},
                                     {"học"},  {"ngoái"}, {"vừa"}};

constexpr Entry kYearOffsetEntries[] = {
    {"năm nay", Key::YearOffset, 0},       {"năm ngoái", Key::YearOffset, -1},
    {"năm trước", Key::YearOffset, -1},    {"năm qua", Key::YearOffset, -1},
    {"năm vừa qua", Key::YearOffset, -1},  {"năm rồi", Key::YearOffset, -1},
    {"năm vừa rồi", Key::YearOffset, -1},  {"năm kia", Key::YearOffset, -2},
    {"năm sau", Key::YearOffset, 1},       {"năm tới", Key::YearOffset, 1},
    {"sang năm", Key::YearOffset, 1},      {"năm kế tiếp", Key::YearOffset, 1},
    {"năm tiếp theo", Key::YearOffset, 1}, {"sang năm sau", Key::YearOffset, 1},
    {"sang năm tới", Key::YearOffset, 1}};
constexpr Entry kMonthOffsetEntries[] = {
    {"này", Key::MonthOffset, 0},      {"nay", Key::MonthOffset, 0},
    {"trước", Key::MonthOffset, -1},   {"qua", Key::MonthOffset, -1},
    {"vừa qua", Key::MonthOffset, -1}, {"rồi", Key::MonthOffset, -1},
    {"vừa rồi", Key::MonthOffset, -1}, {"sau", Key::MonthOffset, 1},
    {"tới", Key::MonthOffset, 1},      {"tới đây", Key::MonthOffset, 1},
    {"kế tiếp", Key::MonthOffset, 1},  {"tiếp theo", Key::MonthOffset, 1}};
constexpr Entry kWeekOffsetEntries[] = {
    {"này", Key::WeekOffset, 0},      {"nay", Key::WeekOffset, 0},
    {"trước", Key::WeekOffset, -1},   {"qua", Key::WeekOffset, -1},
    {"vừa qua", Key::WeekOffset, -1}, {"rồi", Key::WeekOffset, -1},
    {"vừa rồi", Key::WeekOffset, -1}, {"sau", Key::WeekOffset, 1},
    {"tới", Key::WeekOffset, 1},      {"tới đây", Key::WeekOffset, 1},
    {"kế tiếp", Key::WeekOffset, 1},  {"tiếp theo", Key::WeekOffset, 1}};
constexpr Entry kQuarterOffsetEntries[] = {
    {"này", Key::QuarterOffset, 0},      {"trước", Key::QuarterOffset, -1},
    {"vừa qua", Key::QuarterOffset, -1}, {"vừa rồi", Key::QuarterOffset, -1},
    {"sau", Key::QuarterOffset, 1},      {"tới", Key::QuarterOffset, 1},
    {"kế tiếp", Key::QuarterOffset, 1},  {"tiếp theo", Key::QuarterOffset, 1}};

// Behind a date: which side of the reference it lies on.
constexpr Entry kSideEntries[] = {{"vừa qua", Key::Past},
                                  {"vừa rồi", Key::Past},
                                  {"mới đây", Key::Past},
                                  {"mới rồi", Key::Past},
                                  {"tới đây", Key::Future},
                                  {"sắp tới", Key::Future},
                                  {"này"}};
// The same, but verbs too: "ngày 16/5 tới Hà Nội".
constexpr Entry kSideOrVerbEntries[] = {
    {"qua", Key::Past}, {"rồi", Key::Past}, {"tới", Key::Future}, {"sau", Key::Future}};

constexpr Entry kWeekdayEntries[] = {
    {"thứ hai", Key::Weekday, 1}, {"thứ ba", Key::Weekday, 2},   {"thứ tư", Key::Weekday, 3},
    {"thứ năm", Key::Weekday, 4}, {"thứ sáu", Key::Weekday, 5},  {"thứ bảy", Key::Weekday, 6},
    {"thứ bẩy", Key::Weekday, 6}, {"chủ nhật", Key::Weekday, 7}, {"chúa nhật", Key::Weekday, 7},
    {"thứ 2", Key::Weekday, 1},   {"thứ 3", Key::Weekday, 2},    {"thứ 4", Key::Weekday, 3},
    {"thứ 5", Key::Weekday, 4},   {"thứ 6", Key::Weekday, 5},    {"thứ 7", Key::Weekday, 6}};

constexpr Entry kPartEntries[] = {{"đầu", Key::Approximate},
                                  {"giữa", Key::Approximate},
                                  {"cuối", Key::Approximate},
                                  {"thượng tuần", Key::Approximate},
                                  {"trung tuần", Key::Approximate},
                                  {"hạ tuần", Key::Approximate},
                                  {"nửa đầu", Key::Approximate},
                                  {"nửa cuối", Key::Approximate},
                                  {"nửa sau", Key::Approximate},
                                  {"những ngày đầu", Key::Approximate},
                                  {"những ngày cuối", Key::Approximate},
                                  {"những ngày giữa", Key::Approximate},
                                  {"các ngày đầu", Key::Approximate},
                                  {"các ngày cuối", Key::Approximate},
                                  {"những tuần đầu", Key::Approximate},
                                  {"những tuần cuối", Key::Approximate},
                                  {"những tháng đầu", Key::Approximate},
                                  {"những tháng cuối", Key::Approximate},
                                  {"những tháng giữa", Key::Approximate},
                                  {"các tháng đầu", Key::Approximate},
                                  {"các tháng cuối", Key::Approximate},
                                  {"những năm đầu", Key::Approximate},
                                  {"những năm giữa", Key::Approximate},
                                  {"những năm cuối", Key::Approximate},
                                  {"tuần đầu", Key::Approximate},
                                  {"tuần đầu tiên", Key::Approximate},
                                  {"tuần cuối", Key::Approximate},
                                  {"tuần cuối cùng", Key::Approximate},
                                  {"tuần thứ hai", Key::Approximate},
                                  {"tuần thứ ba", Key::Approximate},
                                  {"tuần thứ tư", Key::Approximate}};
constexpr Entry kHalfEntries[] = {{"nửa đầu", Key::Half, 1},      {"nửa năm đầu", Key::Half, 1},
                                  {"nửa đầu của", Key::Half, 1},  {"nửa cuối", Key::Half, 2},
                                  {"nửa sau", Key::Half, 2},      {"nửa năm cuối", Key::Half, 2},
                                  {"nửa cuối của", Key::Half, 2}, {"nửa sau của", Key::Half, 2}};
constexpr Entry kQuarterCountEntries[] = {
    {"hai quý đầu", Key::FirstMonths, 6}, {"2 quý đầu", Key::FirstMonths, 6},
    {"ba quý đầu", Key::FirstMonths, 9},  {"3 quý đầu", Key::FirstMonths, 9},
    {"hai quý cuối", Key::LastMonths, 6}, {"2 quý cuối", Key::LastMonths, 6}};
constexpr Entry kFirstEntries[] = {{"đầu"}, {"đầu tiên"}};
constexpr Entry kLastEntries[] = {{"cuối"}, {"cuối cùng"}, {"còn lại"}};
constexpr Entry kOfEntries[] = {{"của"}, {"trong"}};

constexpr Entry kQuarterEntries[] = {{"i", Key::Quarter, 1},
                                     {"ii", Key::Quarter, 2},
                                     {"iii", Key::Quarter, 3},
                                     {"iv", Key::Quarter, 4}};
constexpr Entry kRomanCenturyEntries[] = {
    {"i", Key::Century, 1},     {"ii", Key::Century, 2},    {"iii", Key::Century, 3},
    {"iv", Key::Century, 4},    {"v", Key::Century, 5},     {"vi", Key::Century, 6},
    {"vii", Key::Century, 7},   {"viii", Key::Century, 8},  {"ix", Key::Century, 9},
    {"x", Key::Century, 10},    {"xi", Key::Century, 11},   {"xii", Key::Century, 12},
    {"xiii", Key::Century, 13}, {"xiv", Key::Century, 14},  {"xv", Key::Century, 15},
    {"xvi", Key::Century, 16},  {"xvii", Key::Century, 17}, {"xviii", Key::Century, 18},
    {"xix", Key::Century, 19},  {"xx", Key::Century, 20},   {"xxi", Key::Century, 21}};
constexpr Entry kCenturyEntries[] = {{"thế kỷ"}, {"thế kỉ"}};
constexpr Entry kCenturyOffsetEntries[] = {{"trước", Key::CenturyOffset, -1},
                                           {"này", Key::CenturyOffset, 0},
                                           {"qua", Key::CenturyOffset, -1}};
constexpr Entry kBeforeChristEntries[] = {{"trước công nguyên"}, {"tcn"}, {"tr.cn"}};
constexpr Entry kDecadeEntries[] = {
    {"những năm"}, {"các năm"}, {"thập niên"}, {"thập kỷ"}, {"thập kỉ"}};

constexpr Entry kSeasonEntries[] = {{"xuân", Key::Season, 21},
                                    {"hè", Key::Season, 22},
                                    {"hạ", Key::Season, 22},
                                    {"thu", Key::Season, 23},
                                    {"đông", Key::Season, 24}};
// "thu" and "đông" alone are income and east.
constexpr Entry kBareSeasonEntries[] = {{"xuân", Key::Season, 21}, {"hè", Key::Season, 22}};

constexpr Entry kToEntries[] = {{"đến", Key::To},        {"đến hết", Key::To}, {"cho đến", Key::To},
                                {"tới", Key::To},        {"tới hết", Key::To}, {"cho tới", Key::To},
                                {"cho đến hết", Key::To}};
constexpr Entry kAndEntries[] = {{"và", Key::And}, {"hoặc", Key::And}, {"cùng", Key::And}};
constexpr Entry kNowEntries[] = {
    {"nay", Key::Since}, {"hiện nay", Key::Since}, {"bây giờ", Key::Since}};
constexpr Entry kOnwardEntries[] = {{"trở đi", Key::Since},
                                    {"trở lại đây", Key::Since},
                                    {"về sau", Key::Since},
                                    {"trở về trước", Key::UpTo},
                                    {"về trước", Key::UpTo}};
constexpr Entry kSinceEntries[] = {{"từ", Key::From, 0},
                                   {"kể từ", Key::From, 1},
                                   {"bắt đầu từ", Key::From, 0},
                                   {"tính từ", Key::From, 0}};
constexpr Entry kBoundEntries[] = {{"trước", Key::Before},
                                   {"đến trước", Key::Before},
                                   {"đến", Key::Before},
                                   {"đến hết", Key::Before},
                                   {"cho đến", Key::Before},
                                   {"cho đến hết", Key::Before},
                                   {"tính đến", Key::Before},
                                   {"tính đến hết", Key::Before},
                                   {"tới", Key::Before},
                                   {"tới hết", Key::Before},
                                   {"cho tới", Key::Before},
                                   {"tính tới", Key::Before},
                                   {"chậm nhất", Key::Before},
                                   {"chậm nhất là", Key::Before},
                                   {"chậm nhất vào", Key::Before},
                                   {"chậm nhất đến", Key::Before},
                                   {"chậm nhất là đến", Key::Before},
                                   {"chậm nhất trong", Key::Before},
                                   {"muộn nhất", Key::Before},
                                   {"muộn nhất là", Key::Before},
                                   {"muộn nhất vào", Key::Before},
                                   {"không muộn hơn", Key::Before},
                                   {"sau", Key::After},
                                   {"từ sau", Key::After},
                                   {"kể từ sau", Key::After}};

constexpr Entry kAboutEntries[] = {{"khoảng", Key::Approximate},
                                   {"chừng", Key::Approximate},
                                   {"quãng", Key::Approximate},
                                   {"vào khoảng", Key::Approximate},
                                   {"độ", Key::Approximate}};
constexpr Entry kAgoEntries[] = {{"cách đây", Key::Direction, -1},
                                 {"cách nay", Key::Direction, -1}};
constexpr Entry kRoughlyEntries[] = {{"hơn", Key::Approximate},
                                     {"gần", Key::Approximate},
                                     {"khoảng", Key::Approximate},
                                     {"chừng", Key::Approximate},
                                     {"đúng"},
                                     {"tròn"},
                                     {"vừa tròn"}};
constexpr Entry kUnitEntries[] = {{"ngày", Key::Unit, 'd'},
                                  {"hôm", Key::Unit, 'd'},
                                  {"tuần", Key::Unit, 'w'},
                                  {"tháng", Key::Unit, 'm'},
                                  {"năm", Key::Unit, 'y'}};
constexpr Entry kBackEntries[] = {{"trước", Key::Direction, -1},
                                  {"về trước", Key::Direction, -1},
                                  {"trước đây", Key::Direction, -1}};
constexpr Entry kThereuponEntries[] = {{"sau đó", Key::Direction, 1},
                                       {"sau đấy", Key::Direction, 1},
                                       {"trước đó", Key::Direction, -1},
                                       {"trước đấy", Key::Direction, -1}};

constexpr Entry kPartOfWeekEntries[] = {{"đầu"}, {"giữa"}};

constexpr Entry kPeriodEntries[] = {{"giai đoạn"}, {"nhiệm kỳ"},  {"nhiệm kì"}, {"năm học"},
                                    {"niên khóa"}, {"niên khoá"}, {"khóa"},     {"khoá"},
                                    {"thời kỳ"},   {"thời kì"},   {"thời hạn"}};
constexpr Entry kPeriodNumberEntries[] = {{"5 năm"}, {"năm năm"}, {"10 năm"}, {"từ năm"},
                                          {"từ"},    {"các năm"}, {"năm"}};
constexpr Entry kRomanEntries[] = {
    {"i"},   {"ii"}, {"iii"}, {"iv"},   {"v"},     {"vi"},   {"vii"}, {"viii"}, {"ix"},
    {"x"},   {"xi"}, {"xii"}, {"xiii"}, {"xiv"},   {"xv"},   {"xvi"}, {"xvii"}, {"xviii"},
    {"xix"}, {"xx"}, {"xxi"}, {"xxii"}, {"xxiii"}, {"xxiv"}, {"xxv"}};
constexpr Entry kYearKindEntries[] = {{"tài chính"}, {"tài khóa"},  {"tài khoá"},
                                      {"kế hoạch"},  {"ngân sách"}, {"mới"}};
constexpr Entry kYearsEntries[] = {{"năm"}, {"các năm"}, {"những năm"}};
constexpr Entry kMonthsEntries[] = {{"tháng", Key::Cue}, {"các tháng", Key::Cue}};

constexpr Entry kDayHeadEntries[] = {
    {"ngày", Key::Cue},      {"mùng", Key::Cue},     {"mồng", Key::Cue},    {"ngày mùng", Key::Cue},
    {"ngày mồng", Key::Cue}, {"hôm mùng", Key::Cue}, {"hôm mồng", Key::Cue}};
constexpr Entry kLeapEntries[] = {{"nhuận", Key::Lunar, 2}};
constexpr Entry kLunarEntries[] = {{"âm lịch", Key::Lunar, 1}};
constexpr Entry kLunarMonthEntries[] = {{"giêng", Key::Month, 1}, {"chạp", Key::Month, 12}};
constexpr Entry kThatIsEntries[] = {{"tức"}, {"tức là"}, {"nhằm"}, {"tức là nhằm"}, {"là"}};
constexpr Entry kStemEntries[] = {
    {"giáp", Key::Stem, 0}, {"ất", Key::Stem, 1},   {"bính", Key::Stem, 2}, {"đinh", Key::Stem, 3},
    {"mậu", Key::Stem, 4},  {"kỷ", Key::Stem, 5},   {"kỉ", Key::Stem, 5},   {"canh", Key::Stem, 6},
    {"tân", Key::Stem, 7},  {"nhâm", Key::Stem, 8}, {"quý", Key::Stem, 9},  {"quí", Key::Stem, 9}};
constexpr Entry kBranchEntries[] = {
    {"tý", Key::Branch, 0},   {"tí", Key::Branch, 0},    {"sửu", Key::Branch, 1},
    {"dần", Key::Branch, 2},  {"mão", Key::Branch, 3},   {"mẹo", Key::Branch, 3},
    {"thìn", Key::Branch, 4}, {"tỵ", Key::Branch, 5},    {"tị", Key::Branch, 5},
    {"ngọ", Key::Branch, 6},  {"mùi", Key::Branch, 7},   {"thân", Key::Branch, 8},
    {"dậu", Key::Branch, 9},  {"tuất", Key::Branch, 10}, {"hợi", Key::Branch, 11}};
// Every word that a rule names itself, for the gates and the sets of words below. All but the last
// table can begin an expression.
constexpr Entry kLunarDayEntries[] = {{"tết"}, {"trung thu"}, {"rằm"}};
constexpr Entry kWeekEntries[] = {{"tuần"}, {"cuối tuần"}, {"ngày"}};
constexpr Entry kRuleWords[] = {{"quý"},   {"quí"},  {"mùa"},     {"t"},     {"năm"},
                                {"tháng"}, {"ngày"}, {"các năm"}, {"từ nay"}};
constexpr Entry kInnerRuleWords[] = {{"cùng năm"},   {"cùng tháng"}, {"rưỡi"}, {"này"}, {"học"},
                                     {"nguyên đán"}, {"thứ"},        {"sau"},  {"nữa"}};
constexpr Entry kClockEntries[] = {{"h"}, {"g"}, {"giờ"}};
constexpr Entry kMinuteEntries[] = {{"phút"}, {"ph"}, {"p"}};
constexpr Entry kNoonEntries[] = {{"am"}, {"pm"}};

const auto day_part = one_of(kDayPartEntries);
const auto weekday = one_of(kWeekdayEntries);
const auto side = one_of(kSideEntries) | (one_of(kSideOrVerbEntries) >> phrase_end);
const auto since = one_of(kSinceEntries);
const auto of = one_of(kOfEntries);
const auto comma = mark(',');
const auto slash = mark('/');
const auto year = digits(Key::Year, 1000, 2199, 4, 4);
const auto short_year = digits(Key::ShortYear, 0, 99, 2, 2);
const auto day_digits = digits(Key::Day, 1, 31, 1, 2);
const auto month_digits = digits(Key::Month, 1, 12, 1, 2);
const auto any_digits = digits(Key::None, 0, 9999, 1, 4);
const auto to = one_of(kToEntries) | mark('-', Key::To);
const auto and_ = one_of(kAndEntries) | mark(',', Key::And) | mark('&', Key::And);
const auto year_in_brackets = mark('(') >> -word("năm") >> year >> mark(')');

// Lists are bounded: a failed one is read again at its next number, so that a page of numbers
// would take quadratic time otherwise.
constexpr int kLongestList = 8;
constexpr auto some(int least) { return x3::repeat(least, kLongestList); }

// --- rules ---

#define KETNGHIA_DATE_RULE(name) const x3::rule<struct name##_id> name = #name
KETNGHIA_DATE_RULE(stated_year);
KETNGHIA_DATE_RULE(sexagenary);
KETNGHIA_DATE_RULE(month);
KETNGHIA_DATE_RULE(month_year);
KETNGHIA_DATE_RULE(clock);
KETNGHIA_DATE_RULE(lead);
KETNGHIA_DATE_RULE(slash_day);
KETNGHIA_DATE_RULE(weak_day);
KETNGHIA_DATE_RULE(worded_day);
KETNGHIA_DATE_RULE(lunar_year);
KETNGHIA_DATE_RULE(lunar_day);
KETNGHIA_DATE_RULE(plain_day);
KETNGHIA_DATE_RULE(full_day);
KETNGHIA_DATE_RULE(days);
KETNGHIA_DATE_RULE(explained);
KETNGHIA_DATE_RULE(near_day);
KETNGHIA_DATE_RULE(week);
KETNGHIA_DATE_RULE(quarter);
KETNGHIA_DATE_RULE(months_of_year);
KETNGHIA_DATE_RULE(month_point);
KETNGHIA_DATE_RULE(year_point);
KETNGHIA_DATE_RULE(period);
KETNGHIA_DATE_RULE(era);
KETNGHIA_DATE_RULE(season);
KETNGHIA_DATE_RULE(part);
KETNGHIA_DATE_RULE(counted);
KETNGHIA_DATE_RULE(form_to_fill);
KETNGHIA_DATE_RULE(stated);
KETNGHIA_DATE_RULE(point);
KETNGHIA_DATE_RULE(between);
KETNGHIA_DATE_RULE(expression);
#undef KETNGHIA_DATE_RULE

// "năm 2024", "của năm 2024", "năm nay", "cùng năm"
const auto stated_year_def = -of >> (one_of(kYearOffsetEntries) |
                                     word("cùng năm", Key::YearOffset, 0) >> note(Key::Anaphor) |
                                     word("năm") >> -one_of(kYearKindEntries) >> year);
const auto sexagenary_def = one_of(kStemEntries) >> one_of(kBranchEntries);

// "tháng năm 2023" leaves the month out, "tháng năm năm 2023" is May.
const auto month_def = month_digits | !(word("năm") >> year) >> spelt(Key::Month, 12);
const auto month_year_def = (slash | tight('-') | tight('.') | comma | mark('-')) >> year |
                            tight('/') >> short_year | -(slash | comma) >> stated_year
                            | year_in_brackets;

// The time of day and the day of the week before the number of a day.
const auto clock_def = digits(Key::None, 0, 24, 1, 2) >>
                       (one_of(kClockEntries) >> -(digits(Key::None, 0, 59, 1, 2) >>
                                                       -(one_of(kMinuteEntries) | mark('\'')) |
                                                   word("rưỡi")) |
                        mark(':') >> digits(Key::None, 0, 59, 2, 2) >> -one_of(kNoonEntries));
const auto lead_def = -(clock >> -(comma | mark('-'))) >> -(day_part >> -comma) >>
                      -(weekday >> -comma) >> -(day_part >> -comma) >> -one_of(kDayHeadEntries);

// No number may follow, lest a part of "7-8/6" or "1.2.3" be read. Behind a slash a range may.
const auto no_more = !((slash | tight('-') | tight('.')) >> any_digits);
const auto no_more_but_range = !((slash | tight('.')) >> any_digits);
const auto slash_day_def =
    day_digits >> slash >> month_digits >>
        (slash >> (year | short_year | stated_year) | -(-comma >> stated_year)) >> no_more_but_range
    | year >> tight('/') >> month_digits >> tight('/') >> day_digits >> no_more;
const auto weak_day_def =
    day_digits >> tight('-', Key::WeakMark) >> month_digits >>
        (tight('-') >> (year | short_year) | -(-comma >> stated_year)) >> no_more
    |
    day_digits >> tight('.', Key::WeakMark) >> month_digits >>
        (tight('.') >> (year | short_year) | -(-comma >> stated_year)) >> no_more_but_range
    | year >> tight('-', Key::WeakMark) >> month_digits >> tight('-') >> day_digits >> no_more;

const auto day_number = day_digits | spelt(Key::Day, 31);
const auto worded_day_def = day_number >>
                            (-(slash | comma) >> word("tháng") >>
                                 (month >> -month_year | one_of(kMonthOffsetEntries)) |
                             word("cùng tháng", Key::MonthOffset, 0) >> note(Key::Anaphor));

// Years of Tết and of lunar days; "Giáp Thìn" and 2024 may stand together.
const auto lunar_year_def = -comma >> -word("năm") >> sexagenary >>
                                -(year_in_brackets | -mark('-') >> year) |
                            -comma >> stated_year | -slash >> year;
const auto lunar_mark = one_of(kLunarEntries) | mark('(') >> one_of(kLunarEntries) >> mark(')');
const auto lunar_month_name = one_of(kLunarMonthEntries) >> note(Key::Lunar, 1);
const auto full_moon = word("rằm", Key::Day, 15) >> note(Key::Lunar, 1);
const auto lunar_day_def =
    full_moon >> word("tháng") >> (lunar_month_name | month >> -one_of(kLeapEntries)) >> -lunar_mark
        >> -lunar_year
    |
    day_number >>
        (word("tháng") >> (lunar_month_name >> -lunar_mark >> -lunar_year |
                           month >> -one_of(kLeapEntries) >>
                               (lunar_mark >> -lunar_year |
                                -comma >> word("năm") >> sexagenary >> -year_in_brackets)) |
         slash >> month_digits >> -(slash >> year) >> lunar_mark >> -lunar_year |
         tight('-') >> month_digits >> -(tight('-') >> year) >> lunar_mark >> -lunar_year |
         word("tết", Key::NewYear) >> -word("nguyên đán") >> -lunar_year) |
    -word("tết") >> word("trung thu") >> note(Key::Day, 15) >> note(Key::Month, 8) >>
        note(Key::Lunar, 1) >> lunar_year
    |
    word("tết") >> -word("nguyên đán") >> note(Key::Day, 1) >> note(Key::Month, 1) >>
        note(Key::Lunar, 1) >> lunar_year;

const auto plain_day_def = lead >> (lunar_day | worded_day | slash_day | weak_day);
const auto that_is = -one_of(kThatIsEntries);
const auto full_day_def = lead >> weekday >> mark('(') >> lead >> slash_day >> mark(')') |
                          plain_day >> -(mark('(') >> weekday >> mark(')') |
                                         mark('(', Key::Aside) >> that_is >> plain_day >>
                                             mark(')', Key::AsideEnd)) >>
                              -side;

// "5, 6 và 7/11/2024", "28/9-2/10": the numbers of days before a date are completed by it.
const auto days_before = some(0)[!full_day >> lead >> day_digits >> (and_ | to)];
const auto days_def = days_before >> full_day >> some(0)[(and_ | to) >> days_before >> full_day];

// The date behind a relative one: "hôm qua (16/11)", "tuần qua (từ ngày 13/12 đến ngày 20/12)"
const auto explained_def = mark('(') >> that_is >> -word("từ") >> days >> mark(')');

const auto time_of_day = -(clock >> -comma) >> -(day_part >> -comma);
const auto near_day_def = (time_of_day >> one_of(kNearDayEntries) |
                           -(clock >> -comma) >> day_part >> one_of(kNearPartEntries)) >>
                              -(explained | -comma >> &word("ngày") >> plain_day |
                                -comma >> lead >> slash_day) |
                          time_of_day >> one_of(kSameDayEntries) >> note(Key::Anaphor) >> -explained
                          | one_of(kSameEntries) >> note(Key::Anaphor) |
                          one_of(kAlsoEntries) >> note(Key::Anaphor) >>
                              !(any_digits | one_of(kFurtherEntries));

const auto week_offset = word("tuần") >> one_of(kWeekOffsetEntries);
const auto week_def = (-one_of(kPartOfWeekEntries) >> week_offset |
                       word("cuối tuần", Key::Weekend) >> one_of(kWeekOffsetEntries) |
                       time_of_day >> -word("ngày") >> weekday >>
                           (-comma >> week_offset | word("này", Key::WeekOffset, 0) | side) |
                       (clock | day_part) >> -comma >> -day_part >> weekday) >>
                      -explained;

const auto quarter_word = word("quý") | word("quí");
const auto quarter_number =
    one_of(kQuarterEntries) | digits(Key::Quarter, 1, 4, 1, 1) | spelt(Key::Quarter, 4);
const auto quarter_year = month_year | year;
const auto quarter_def =
    quarter_word >>
    (quarter_number >>
         some(0)[(and_ | to) >> (quarter_word >> quarter_number | one_of(kQuarterEntries) |
                                 digits(Key::Quarter, 1, 4, 1, 1) >> &quarter_year)] >>
         -quarter_year |
     one_of(kQuarterOffsetEntries));

// "đầu năm" without a year is the reference's; "đầu năm học" is none.
const auto this_year = -of >> word("năm", Key::YearOffset, 0) >> !(word("học") | any_digits);
const auto year_of_months = stated_year | this_year | -slash >> year;
const auto first_months = digits(Key::FirstMonths, 1, 12, 1, 2) | spelt(Key::FirstMonths, 12);
const auto last_months = digits(Key::LastMonths, 1, 12, 1, 2) | spelt(Key::LastMonths, 12);
const auto months_of_year_def =
    first_months >> word("tháng") >> one_of(kFirstEntries) >> year_of_months
    | last_months >> word("tháng") >> one_of(kLastEntries) >> year_of_months
    | first_months >> word("tháng") >> stated_year | one_of(kQuarterCountEntries) >> year_of_months
    | one_of(kHalfEntries) >> year_of_months;

const auto month_point_def =
    one_of(kMonthsEntries) >> month_digits >>
        some(1)[(and_ | to) >> -word("tháng") >> month_digits] >> month_year
    |
    word("tháng") >> (lunar_month_name >> -lunar_mark >> -lunar_year |
                      month >> -month_year >> -side | one_of(kMonthOffsetEntries)) |
    -(word("t") >> -mark('.')) >> month_digits >> slash >> year >> no_more;

const auto year_point_def = one_of(kYearsEntries) >> year >>
                                (to >> -word("năm") >> (year | short_year) |
                                 some(0)[mark(',', Key::And) >> year >> &and_] >>
                                     one_of(kAndEntries) >> -word("năm") >> year) >>
                                no_more
                            | word("các năm") >> year >> some(1)[and_ >> year] |
                            word("năm") >> -one_of(kYearKindEntries) >> year >> -side |
                            one_of(kYearOffsetEntries) |
                            word("năm") >> sexagenary >> -(year_in_brackets | -mark('-') >> year);

const auto span_of_years = -one_of(kPeriodNumberEntries) >> year >> to >> -word("năm") >>
                           (year | short_year);
const auto period_def = one_of(kPeriodEntries) >>
                            -(one_of(kRomanEntries) | digits(Key::None, 1, 99, 1, 2)) >> -comma >>
                            (span_of_years | mark('(') >> span_of_years >> mark(')')) >> no_more
                        | year >> mark('-', Key::To) >> year >> no_more;

const auto century_number = one_of(kRomanCenturyEntries) | digits(Key::Century, 1, 21, 1, 2);
const auto century_word = one_of(kCenturyEntries);
const auto century = century_word >>
                     (-word("thứ") >> century_number | one_of(kCenturyOffsetEntries));
const auto era_def = century >> -(to >> -century_word >> -word("thứ") >> century_number) >>
                         !(mark('(') >> one_of(kBeforeChristEntries) |
                           one_of(kBeforeChristEntries)) |
                     one_of(kDecadeEntries) >> (digits(Key::Decade, 1000, 2190, 4, 4, 10) |
                                                digits(Key::ShortDecade, 10, 90, 2, 2, 10)) >>
                         -(-(of | comma) >> century);

const auto season_def = (word("mùa") >> one_of(kSeasonEntries) | one_of(kBareSeasonEntries)) >>
                        (-comma >> stated_year | -slash >> year);

const auto this_month = word("tháng", Key::MonthOffset, 0) >> !any_digits;
const auto part_def = one_of(kPartEntries) >> -of >>
                      (month_point | season | era | year_point | this_month | this_year);

const auto count = digits(Key::Count, 1, 200, 1, 3) | spelt(Key::Count, 99);
const auto unit = one_of(kUnitEntries);
const auto counted_def = one_of(kAgoEntries) >> -one_of(kRoughlyEntries) >> count >> unit |
                         one_of(kThereuponEntries) >> count >> unit >> note(Key::Anaphor) |
                         -one_of(kRoughlyEntries) >> count >> unit >>
                             (one_of(kThereuponEntries) >> note(Key::Anaphor) |
                              word("sau", Key::Direction, 1) >> phrase_end >> note(Key::Anaphor) |
                              one_of(kBackEntries) >> phrase_end | word("nữa", Key::Direction, 1));

// A form whose day or month is still to be written in by hand.
const auto form_to_fill_def = word("ngày") >> blank >> word("tháng") >> month >> month_year |
                              -(word("ngày") >> -blank) >> word("tháng") >> -blank >>
                                  word("năm") >> year;

const auto number_words = date_words::small_numbers().entries();
const auto day_gate =
    gate({kDayPartEntries, kWeekdayEntries, kDayHeadEntries, kLunarDayEntries, number_words});
const auto near_gate =
    gate({kDayPartEntries, kNearDayEntries, kSameDayEntries, kSameEntries, kAlsoEntries});
const auto week_gate = gate({kDayPartEntries, kWeekdayEntries, kPartOfWeekEntries, kWeekEntries});
const auto counted_gate = gate({kAgoEntries, kThereuponEntries, kRoughlyEntries, number_words});
const auto stated_def = form_to_fill | (day_gate >> days) | months_of_year | quarter | period |
                        part | month_point | season | era | year_point;
// "khoảng 9 giờ ngày 12/3" is vague about the hour, not about the day.
const auto about = silently(kAboutEntries) >> &clock | one_of(kAboutEntries);
const auto point_def = -about >> ((near_gate >> near_day) | (week_gate >> week) |
                                  (counted_gate >> counted) | stated);

// Ranges whose ends are no dates by themselves.
const auto between_def = word("từ nay", Key::Now) >> to >> -about >> (stated | year >> phrase_end) |
                         since >> (year >> to >> -word("năm") >> (year | stated) |
                                   month_digits >> to >> month_digits >> slash >> year) |
                         since >> year >>
                             (to >> one_of(kNowEntries) | one_of(kOnwardEntries) | phrase_end);

const auto expression_def = between |
                            one_of(kBoundEntries) >> -about >> (stated | year >> phrase_end) |
                            -since >> point >>
                                -(to >> (one_of(kNowEntries) | point) | one_of(kOnwardEntries));

BOOST_SPIRIT_DEFINE(stated_year, sexagenary, month, month_year, clock, lead, slash_day, weak_day,
                    worded_day, lunar_year, lunar_day, plain_day, full_day, days, explained,
                    near_day, week, quarter, months_of_year, month_point, year_point, period, era,
                    season, part, counted, form_to_fill, stated, point, between, expression)

// --- first words ---

// A set of words.
class WordSet {
 public:
  void add(std::string_view word) {
    first_.add(word);
    std::size_t slot = slot_of(word);
    while (!slots_[slot].empty() && slots_[slot] != word) slot = next(slot);
    slots_[slot] = word;
  }

  bool contains(std::string_view word) const {
    if (word.empty() || !first_.contain(word[0], word.size() > 1 ? word[1] : ' ')) return false;
    for (std::size_t slot = slot_of(word); !slots_[slot].empty(); slot = next(slot)) {
      if (slots_[slot] == word) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kSlots = 1024;  // a power of two, several times the words

  static std::size_t slot_of(std::string_view word) {
    std::size_t hash = word.size();
    for (const char c : word) hash = hash * 31 + static_cast<unsigned char>(c);
    return hash % kSlots;
  }
  static std::size_t next(std::size_t slot) { return (slot + 1) % kSlots; }

  FirstBytes first_;
  std::array<std::string_view, kSlots> slots_;
};

using Tables = std::initializer_list<std::span<const Entry>>;

// The words that an expression can begin with, and all that one can contain.
struct Words {
  WordSet first;
  WordSet any;

  Words() {
    const auto numbers = date_words::small_numbers().entries();
    add(Tables{kDayPartEntries,      kNearDayEntries, kSameDayEntries,
               kSameEntries,         kAlsoEntries,    kYearOffsetEntries,
               kWeekdayEntries,      kPartEntries,    kHalfEntries,
               kQuarterCountEntries, kCenturyEntries, kDecadeEntries,
               kBareSeasonEntries,   kSinceEntries,   kBoundEntries,
               kAboutEntries,        kAgoEntries,     kRoughlyEntries,
               kThereuponEntries,    kPeriodEntries,  kYearsEntries,
               kMonthsEntries,       kDayHeadEntries, kRuleWords,
               kLunarDayEntries,     kWeekEntries,    numbers},
        true);
    add(
        Tables{
            kNearPartEntries,      kFurtherEntries,      kMonthOffsetEntries, kWeekOffsetEntries,
            kQuarterOffsetEntries, kSideEntries,         kSideOrVerbEntries,  kFirstEntries,
            kLastEntries,          kOfEntries,           kQuarterEntries,     kRomanCenturyEntries,
            kCenturyOffsetEntries, kSeasonEntries,       kToEntries,          kAndEntries,
            kNowEntries,           kOnwardEntries,       kUnitEntries,        kBackEntries,
            kPartOfWeekEntries,    kPeriodNumberEntries, kRomanEntries,       kYearKindEntries,
            kLeapEntries,          kLunarEntries,        kLunarMonthEntries,  kThatIsEntries,
            kStemEntries,          kBranchEntries,       kClockEntries,       kMinuteEntries,
            kNoonEntries,          kInnerRuleWords},
        false);
  }

 private:
  void add(Tables tables, bool begin) {
    for (const std::span<const Entry> table : tables) {
      for (const Entry& entry : table) {
        if (begin) first.add(entry.text.substr(0, entry.text.find(' ')));
        for (std::string_view rest = entry.text; !rest.empty();) {
          const std::string_view word = rest.substr(0, rest.find(' '));
          any.add(word);
          rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        }
      }
    }
  }
};

const Words& words() {
  static const Words all;
  return all;
}

}  // namespace

bool can_begin_date(std::string_view word) { return words().first.contains(word); }

bool can_go_on(std::string_view word) { return words().any.contains(word); }

const char* match_date(std::string_view text, const char* at, Trail& trail) {
  trail.clear();
  const char* end = at;
  if (!x3::parse(end, text.data() + text.size(), x3::with<TrailTag>(trail)[expression])) {
    return nullptr;
  }
  trail.reach(end);
  return end;
}

}  // namespace ketnghia::importers
