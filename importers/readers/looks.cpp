#include "importers/readers/looks.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/text/characters.hpp"
#include "engine/text/edtf.hpp"
#include "engine/text/normalise.hpp"
#include "engine/text/utf8.hpp"
#include "importers/readers/cues.hpp"
#include "importers/recognise/date.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kShortProse = 50;  // code points of a sentence that is told by its full stop
constexpr std::size_t kLongProse = 220;  // no headline is so long
constexpr std::size_t kYearBytes = 4;
constexpr std::size_t kDateLineBytes = 160;
constexpr std::size_t kNameWords = 7;
constexpr std::size_t kMarkerBytes = 24;
constexpr std::size_t kTagBytes = 40;
constexpr std::size_t kSyllableLetters = 7;  // no Vietnamese syllable has more ("nghiêng")
constexpr std::size_t kPlaceWords = 6;       // "Thành phố Hồ Chí Minh" has five

UChar32 next(std::string_view text, std::size_t& at) {
  auto offset = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), offset,
                  static_cast<std::int32_t>(text.size()), c);
  at = static_cast<std::size_t>(offset);
  return c;
}

UChar32 last(std::string_view text, std::size_t& at) {
  auto offset = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_PREV_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), 0, offset, c);
  at = static_cast<std::size_t>(offset);
  return c;
}

bool is_quote(UChar32 c) {
  return c == '"' || c == 0x201C || c == 0x201D || c == 0x201F || c == 0xAB || c == 0xBB ||
         c == '\'' || c == 0x2018 || c == 0x2019;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_upper(UChar32 c) {
  return (Characters::table().traits(static_cast<char32_t>(c)) & kCapital) != 0;
}

bool is_alphabetic(UChar32 c) {
  return (Characters::table().traits(static_cast<char32_t>(c)) & kAlphabetic) != 0;
}

std::vector<std::string_view> words_of(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    if (blank(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && !blank(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// The first letter of a word, 0 where it has none.
UChar32 first_letter(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (const UChar32 c = next(word, at); is_alphabetic(c)) return c;
  }
  return 0;
}

bool has_letter(std::string_view word) { return first_letter(word) != 0; }

// "Mai Hương - Thu Hà", "PV/VOV-Bắc Kinh", "Hoàng Nga (tổng hợp)"
bool is_name(std::string_view line) {
  if (const auto bracket = line.find('('); bracket != std::string_view::npos && bracket > 0) {
    line = line.substr(0, bracket);
  }
  const auto words = words_of(line);
  std::size_t names = 0;
  for (const auto word : words) {
    if (word == "-" || word == "–" || word == "&" || word == "và" || word == "/") continue;
    if (std::any_of(word.begin(), word.end(), is_digit)) return false;
    if (word.find(':') != std::string_view::npos) return false;
    if (!is_upper(first_letter(word))) return false;
    ++names;
  }
  return names > 0 && names <= kNameWords;
}

// "V.T.H", as authors sign.
bool is_initials(std::string_view line) {
  if (line.size() > kMarkerBytes || line.find('.') == std::string_view::npos) return false;
  bool letter = false;
  for (std::size_t at = 0; at < line.size();) {
    const UChar32 c = next(line, at);
    if (letter ? c != '.' : !is_upper(c)) return false;
    letter = !letter;
  }
  return true;
}

bool is_roman(std::string_view text) {
  return !text.empty() && text.find_first_not_of("IVXLC") == std::string_view::npos;
}

// The date of an ISO 8601 timestamp, as it is printed: pages give the local day.
std::string iso_date(std::string_view text) {
  constexpr std::size_t kDay = 10, kMonth = 7;
  for (const auto size : {kDay, kMonth}) {
    const auto date = text.substr(0, size);
    const bool ends = text.size() == size || (text.size() > size && !is_digit(text[size]));
    if (date.size() == size && ends && date[4] == '-' &&
        std::all_of(date.begin(), date.begin() + 4, is_digit) && parse_edtf(date)) {
      return std::string{date};
    }
  }
  return {};
}

constexpr std::array<std::string_view, 12> kEnglishMonths{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// The month that an English word of three letters or more names; 0 where it names none.
std::size_t english_month(std::string_view word) {
  std::string small{word};
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  if (small == "sept") small = "sep";
  for (std::size_t month = 0; month < kEnglishMonths.size(); ++month) {
    if (small.size() >= 3 && kEnglishMonths[month].starts_with(small)) return month + 1;
  }
  return 0;
}

std::string_view core_of(std::string_view word) {
  while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ')'))
    word.remove_suffix(1);
  while (!word.empty() && word.front() == '(') word.remove_prefix(1);
  return word;
}

bool is_month_word(std::string_view word) {
  const std::string small = lower_case(word);
  return small == "tháng" || small == "thang";
}

bool is_year_word(std::string_view word) {
  const std::string small = lower_case(word);
  return small == "năm" || small == "nam" || small == "nãm";
}

bool is_number(std::string_view word, std::size_t least, std::size_t most) {
  return word.size() >= least && word.size() <= most &&
         std::all_of(word.begin(), word.end(), is_digit);
}

// `text` with the dates that programs print for publication written as Vietnamese writes them:
// "03 Tháng 10 2018", "15 May 2024", "May 15, 2024".
std::string with_plain_dates(std::string_view text) {
  auto words = words_of(text);
  std::string result;
  const auto core = [&](std::size_t k) {
    return k < words.size() ? core_of(words[k]) : std::string_view{};
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!result.empty()) result += ' ';
    const auto put = [&](std::string_view day, std::size_t month, std::string_view year) {
      result += day;
      result += '/' + std::to_string(month) + '/';
      result += year;
    };
    if (is_number(core(i), 1, 2)) {
      // "12 tháng 12 nam 2023" of a scan, or "12 Tháng 12 2023".
      const bool told = is_month_word(core(i + 1)) && is_number(core(i + 2), 1, 2);
      const std::size_t year = i + (told && is_year_word(core(i + 3)) ? 4 : 3);
      if (told && is_number(core(year), 4, 4)) {
        put(core(i), static_cast<std::size_t>(std::stoi(std::string{core(i + 2)})), core(year));
        i = year;
        continue;
      }
      if (const auto month = english_month(core(i + 1));
          month > 0 && is_number(core(i + 2), 4, 4)) {
        put(core(i), month, core(i + 2));
        i += 2;
        continue;
      }
    }
    if (const auto month = english_month(core(i));
        month > 0 && is_number(core(i + 1), 1, 2) && is_number(core(i + 2), 4, 4)) {
      put(core(i + 1), month, core(i + 2));
      i += 2;
      continue;
    }
    result += words[i];
  }
  return result;
}

struct DateLine {
  std::string date;
  bool place_first = false;
};

DateLine read_date_line(std::string_view line) {
  if (line.size() > kDateLineBytes) return {};
  std::string text = normalised_text(line);
  // The number of an issue is no day: "Số 14, tháng 9 năm 2023".
  const auto digit =
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_digit) - text.begin());
  if (digit < text.size() && starts_with_cue(Cue::Number, cue_key(text))) {
    text.erase(0, std::min(text.find_first_not_of("0123456789", digit), text.size()));
  }
  text = with_plain_dates(text);
  const auto dates = recognise_dates(text);
  if (dates.empty()) return {};
  DateLine found;
  std::size_t at = 0, names = 0;
  const auto residue = [&](std::string_view piece) {
    for (const auto word : words_of(piece)) {
      if (!has_letter(word)) continue;
      std::string key = cue_key(word);
      const auto inner = key.find_first_not_of("([|,.:;/-");
      key.erase(0, std::min(inner, key.size()));
      key.erase(key.find_last_not_of(")]|,.:;/-") + 1);
      if (is_cue(Cue::Date, key)) continue;
      if (!is_upper(first_letter(word))) return false;
      ++names;
    }
    return true;
  };
  // "Thành phố Hồ Chí Minh, ngày 29 …": a place may have small words.
  const auto comma = text.find(", ngày");
  const auto place = std::string_view{text}.substr(0, comma == std::string::npos ? 0 : comma);
  found.place_first = !place.empty() && comma <= dates.front().span.begin &&
                      is_upper(first_letter(place)) && words_of(place).size() <= kPlaceWords;
  if (found.place_first) at = comma;
  for (const auto& date : dates) {
    const auto before =
        std::string_view{text}.substr(at, std::max<std::size_t>(date.span.begin, at) - at);
    if (!residue(before)) return {};
    at = date.span.end;
    const auto edtf = resolve_date(date, {});
    if (found.date.empty() && edtf) {
      const auto parsed = parse_edtf(*edtf);
      // A year alone is when something was, but for a letter's "Huế, ngày … tháng … năm 2021".
      const bool dated = found.place_first || (edtf && edtf->size() > kYearBytes);
      if (parsed && !parsed->year_unknown && !parsed->interval && dated) found.date = *edtf;
    }
  }
  if (!residue(std::string_view{text}.substr(at)) || names > kPlaceWords) return {};
  return found;
}

}  // namespace

bool Looks::prose() const {
  const bool sentence = end == '.' || end == '!' || end == '?';
  return chars >= kLongProse || (chars >= kShortProse && sentence);
}

Marker marker_of(std::string_view line, std::size_t& bytes, int& level) {
  bytes = 0;
  level = 0;
  if (is_initials(line)) return Marker::None;
  for (const std::string_view dash :
       {"-", "+", "*", "•", "–", "—", "‣", "▪", "●", "○", "◦", "■", "✓", "\uf0b7", "\uf02d"}) {
    if (!line.starts_with(dash)) continue;
    const auto rest = line.substr(dash.size());
    const bool apart = !rest.empty() && (rest.front() == ' ' || rest.front() == '\t');
    // "-Sở Y tế" is an item, "-5 độ" and "--" are none.
    std::size_t at = 0;
    if (!apart && (rest.empty() || !is_alphabetic(next(rest, at)))) return Marker::None;
    bytes = line.size() - rest.size();
    level = dash == "+" || dash == "○" || dash == "◦" ? 2 : 1;
    return Marker::Dash;
  }
  const auto head = line.substr(0, kMarkerBytes);
  const auto first_space = head.find(' ');
  for (const std::string_view part :
       {"Phần ", "PHẦN ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ", "Điều ", "ĐIỀU "}) {
    if (!head.starts_with(part)) continue;
    const auto number =
        head.substr(part.size(), head.find_first_of(" .:", part.size()) - part.size());
    if (number.empty() ||
        (!is_roman(number) && !std::all_of(number.begin(), number.end(), is_digit)))
      continue;
    bytes = std::min(part.size() + number.size() + 1, line.size());
    level = 1;
    return Marker::Part;
  }
  std::size_t at = head.starts_with('(') ? 1 : 0;
  const bool bracket = at == 1;
  const auto begin = at;
  while (at < head.size() && (is_digit(head[at]) || (head[at] == '.' && at > begin))) ++at;
  if (at > begin) {
    const auto number = head.substr(begin, at - begin);
    const auto dots = std::count(number.begin(), number.end(), '.');
    const bool inner_dot = number.find('.') + 1 < number.size();
    if (at < head.size() && head[at] == ')') {
      bytes = at + 1;
      level = bracket ? 4 : 3;
      return Marker::Bracket;
    }
    if (bracket || number.size() > 8) return Marker::None;
    if (dots == 0) {  // "1- Ngày"
      std::size_t letter = at + 2;
      if (!head.substr(at).starts_with("- ") || letter >= head.size() ||
          !is_upper(next(head, letter)))
        return Marker::None;
      bytes = at + 1;
      level = 2;
      return Marker::Number;
    }
    const bool closed = number.back() == '.';
    const int depth = static_cast<int>(dots) - (closed ? 1 : 0);
    // "1.Tên" is numbered, "1.200 người" and "2.265 triệu" are not.
    if (closed ? at == head.size() || is_digit(head[at])
               : !(inner_dot && at == first_space && number.size() <= 4)) {
      return Marker::None;
    }
    std::size_t after = head.find_first_not_of(' ', at);
    if (after == std::string_view::npos || !(is_upper(next(head, after)) || closed))
      return Marker::None;
    bytes = at;
    level = 2 + depth;
    return Marker::Number;
  }
  if (at >= head.size() ||
      !((head[at] >= 'a' && head[at] <= 'z') || (head[at] >= 'A' && head[at] <= 'Z') ||
        head.substr(at).starts_with("đ") || head.substr(at).starts_with("Đ"))) {
    return Marker::None;
  }
  std::size_t stop = head.find_first_of(").-/ ", at);
  if (stop == std::string_view::npos) return Marker::None;
  const auto letters = head.substr(at, stop - at);
  std::size_t one = at;
  next(head, one);
  if (is_roman(letters) && !bracket &&
      (head[stop] == '.' || head[stop] == ')' || head[stop] == '/' ||
       head.substr(stop).starts_with("- ")) &&
      stop + 1 < head.size() && !is_digit(head[stop + 1])) {
    bytes = stop + 1;
    level = 1;
    return Marker::Part;
  }
  if (one != stop) return Marker::None;  // more than one letter
  if (head[stop] == ')') {
    bytes = stop + 1;
    level = bracket ? 4 : 3;
    return bracket ? Marker::Bracket : Marker::Letter;
  }
  const bool spaced = stop + 1 < head.size() && head[stop + 1] == ' ';
  if (!bracket && head[stop] == '.' && spaced) {
    bytes = stop + 1;
    level = head[at] >= 'a' ? 3 : 1;
    return head[at] >= 'a' ? Marker::Letter : Marker::Part;
  }
  return Marker::None;
}

Looks looks_of(std::string_view line) {
  Looks looks;
  looks.key = cue_key(line);
  const Characters& characters = Characters::table();
  std::size_t upper = 0;
  unsigned seen = 0;  // traits
  bool in_word = false;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = code_point_at(line, at);
    const unsigned traits = characters.traits(c.value);
    at += c.size;
    ++looks.chars;
    seen |= traits;
    const bool space = (traits & kWhiteSpace) != 0;
    if (!space && !in_word) ++looks.words;
    in_word = !space;
    if ((traits & kCapital) != 0) ++upper;
  }
  looks.rule = (seen & kAlphanumeric) == 0;
  looks.capitals = upper >= 2 && (seen & kSmall) == 0;
  looks.marker = marker_of(line, looks.marker_bytes, looks.level);
  if (looks.marker == Marker::None && !line.empty()) {
    std::size_t at = 0;
    UChar32 c = next(line, at);
    looks.quoted = is_quote(c);
    if (looks.quoted && at < line.size()) c = next(line, at);
    looks.small_start = u_islower(c) && !line.starts_with("http") && !line.starts_with("www.");
  }
  for (std::size_t at = line.size(); at > 0;) {
    const UChar32 c = last(line, at);
    if (is_quote(c)) continue;
    if (c == 0x2026) {
      looks.end = '.';
    } else if (c < 0x80 && u_ispunct(c)) {
      looks.end = static_cast<char>(c);
    } else if (c == '/') {
      looks.end = '/';
    }
    break;
  }
  if (looks.end == '/' && line.ends_with("./")) looks.end = '.';
  if (looks.quoted) {
    std::size_t at = line.size();
    std::size_t inner = 0;
    next(line, inner);
    UChar32 c = last(line, at);
    if (c == '.' && at > 0) c = last(line, at);
    // No closing mark before the end: else only its first words are quoted.
    bool one = is_quote(c) && at > inner;
    for (std::size_t k = inner; one && k < at;) {
      const UChar32 q = next(line, k);
      if (q == 0x201D || q == '"') one = false;
    }
    looks.quoted = one;
  }
  if (is_initials(line)) looks.end = 0;
  looks.name = looks.words <= 2 * kNameWords && looks.marker == Marker::None && is_name(line);
  return looks;
}

std::string first_date(std::string_view text) {
  if (auto iso = iso_date(text); !iso.empty()) return iso;
  const std::string normal = with_plain_dates(normalised_text(text.substr(0, kDateLineBytes)));
  for (const auto& date : recognise_dates(normal)) {
    const auto edtf = resolve_date(date, {});
    const auto parsed = edtf ? parse_edtf(*edtf) : std::nullopt;
    if (parsed && !parsed->year_unknown && !parsed->interval) return *edtf;
  }
  return {};
}

std::string date_of_line(std::string_view line) { return read_date_line(line).date; }

bool is_dateline(std::string_view line) { return read_date_line(line).place_first; }

std::size_t paper_tag(std::string_view line, std::string& tag) {
  const auto head = line.substr(0, kTagBytes);
  if (head.starts_with('(')) {
    // "(LĐTĐ) ", "(Chinhphu.vn) - ", "(HNM) - ": one word in brackets before a sentence.
    const auto close = head.find(')');
    if (close == std::string_view::npos || close < 3 || close + 1 >= line.size()) return 0;
    const auto inside = head.substr(1, close - 1);
    const bool newspaper = inside.starts_with("Báo ") || inside.starts_with("Bao ");
    if ((inside.find(' ') != std::string_view::npos && !newspaper) ||
        !is_upper(first_letter(inside)) ||
        inside.find_first_not_of("IVXLC0123456789.") == std::string_view::npos) {
      return 0;
    }
    tag = inside;
    const auto text = line.find_first_not_of(" -:", close + 1);
    const auto dash =
        line.substr(close + 1).starts_with(" – ") ? std::string_view{" – "}.size() : 0;
    return dash != 0 ? close + 1 + dash : std::min(text, line.size());
  }
  std::size_t end = std::string_view::npos, skip = 0;
  for (const std::string_view dash : {" - ", " – ", " — "}) {
    if (const auto at = head.find(dash); at < end) {
      end = at;
      skip = dash.size();
    }
  }
  if (end == std::string_view::npos || end < 2) return 0;
  const auto word = head.substr(0, end);
  if (word.find(' ') != std::string_view::npos && !word.starts_with("Báo ")) return 0;
  std::size_t letters = 0, upper = 0, other = 0;
  for (std::size_t at = 0; at < word.size();) {
    const UChar32 c = next(word, at);
    if (is_alphabetic(c)) {
      ++letters;
      if (is_upper(c)) ++upper;
    } else if (c != '.' && c != ' ' && c != '-') {
      ++other;
    }
  }
  // An abbreviation, an address, or a word too long for a syllable; "Huế - " is a place.
  const bool paper = (upper == letters && letters >= 2) ||
                     word.find('.') != std::string_view::npos || letters > kSyllableLetters ||
                     word.starts_with("Báo ");
  if (!paper || other > 0 || !is_upper(first_letter(word))) return 0;
  tag = word;
  return end + skip;
}

}  // namespace ketnghia::importers
