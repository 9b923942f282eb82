#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "engine/text/edtf.hpp"
#include "query-lang/question/question_grammar.hpp"

namespace ketnghia::query::question_grammar {
namespace {

// A name of more words than this is not looked for: each length costs a look-up.
constexpr std::ptrdiff_t kMaxNameWords = 20;

bool starts_upper(const Token& token) {
  // A capital is ASCII or, in UTF-8, changes under folding: comparing with the key is enough
  // for ASCII; other letters are two bytes and are taken for capitals where they begin a word.
  const auto first = static_cast<unsigned char>(token.text.front());
  return (first >= 'A' && first <= 'Z') || first >= 0x80;
}

// "the", and words before a name that are part of no name.
Iterator skip_noise(Iterator first, Iterator last) {
  for (auto found = match(first, last); found.has(Concept::Noise); found = match(first, last)) {
    first += found.words;
  }
  return first;
}

// As skip_noise(), and over a form of address.
Iterator skip_to_name(Iterator first, Iterator last, const State& state) {
  first = skip_noise(first, last);
  while (HonorificParser{}.match(first, last, state, {})) first = skip_noise(first, last);
  return first;
}

// The label that a generic word asks for.
std::string_view place_label(const PhraseMatch& found) {
  for (const auto& meaning : found.meanings) {
    if (meaning.meaning != Concept::Noun || meaning.term->family != Family::Label) continue;
    for (const std::string_view label : {"City", "Province", "District", "Country"}) {
      if (meaning.term->id == label) return label;
    }
  }
  return {};
}

bool is_year(int number) { return number >= 1000 && number <= 2999; }

bool is_month(int month) { return month >= 1 && month <= 12; }

// The numbers of "16/5/2024" and the like; nothing where one is longer than four digits.
std::vector<int> numbers_of(std::string_view word) {
  std::vector<int> numbers;
  const auto* at = word.data();
  const auto* end = at + word.size();
  while (at < end) {
    int number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || next - at > 4) return {};
    numbers.push_back(number);
    at = next + 1;
  }
  return numbers;
}

std::string day_text(DayNumber day) {
  const auto civil = civil_day(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", civil.year, civil.month, civil.day);
  return text.data();
}

std::string month_text(int year, int month) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d", year, month);
  return text.data();
}

// Whether a date, or a word that announces one and then a date, stands at `first`.
bool time_begins(Iterator first, Iterator last) {
  Date from;
  Date to;
  for (int words = 0; words < 3 && first != last; ++words) {
    auto at = first;
    if (parse_date(at, last, from) || parse_years(at, last, from, to)) return true;
    const auto found = match(first, last);
    const bool announces =
        found.has(Concept::In) || found.has(Concept::Period) ||
        std::any_of(found.meanings.begin(), found.meanings.end(),
                    [](const KeywordMeaning& meaning) {
                      return meaning.meaning >= Concept::Since && meaning.meaning <= Concept::After;
                    });
    if (!announces) return false;
    first += found.words;
  }
  return false;
}

// Where a name that the graph does not know ends.
Iterator unknown_name_end(Iterator first, Iterator last) {
  ++first;
  while (first != last) {
    if (first->kind == Token::Kind::Quoted || first->kind == Token::Kind::Comma) break;
    const auto found = match(first, last);
    if (clause_begins(first, last) || found.has(Concept::And) || found.has(Concept::Or) ||
        found.has(Concept::Of) || found.has(Concept::Who) || found.has(Concept::When)) {
      break;
    }
    ++first;
  }
  return first;
}

AskedName asked_name(Iterator first, Iterator last, const State& state,
                     std::string_view label = {}) {
  return {{first->span.begin, (last - 1)->span.end}, text_of(state.text, first, last), label};
}

// Fields joined by commas, "and" or "or" that cover [first, last) whole.
std::vector<const Term*> all_fields(Iterator first, Iterator last) {
  std::vector<const Term*> fields;
  while (first != last) {
    const auto found = match(first, last);
    if (const auto* field = found.find(Concept::Field)) {
      fields.push_back(field->term);
      first += found.words;
    } else if (!fields.empty() && (found.has(Concept::And) || found.has(Concept::Or))) {
      first += found.words;
    } else if (!fields.empty() && first->kind == Token::Kind::Comma) {
      ++first;
    } else {
      return {};
    }
  }
  return fields;
}

}  // namespace

bool clause_begins(Iterator first, Iterator last) {
  if (time_begins(first, last)) return true;
  const auto found = match(first, last);
  return std::any_of(
      found.meanings.begin(), found.meanings.end(), [](const KeywordMeaning& meaning) {
        const auto in = [&](Concept from, Concept to) {
          return meaning.meaning >= from && meaning.meaning <= to;
        };
        return in(Concept::With, Concept::Between) || in(Concept::From, Concept::To) ||
               in(Concept::In, Concept::Establish) || in(Concept::FirstHalf, Concept::ByCount) ||
               meaning.meaning == Concept::IsWho || meaning.meaning == Concept::Status;
      });
}

Iterator known_name(Iterator first, Iterator last, const State& state) {
  if (first == last || first->kind != Token::Kind::Word) return first;
  auto end = first;
  while (end != last && end - first < kMaxNameWords && end->kind != Token::Kind::Quoted) ++end;
  for (; end != first; --end) {
    const auto kind = (end - 1)->kind;
    if (kind == Token::Kind::Comma || kind == Token::Kind::Dash) continue;
    if (state.known(text_of(state.text, first, end))) return end;
  }
  return first;
}

namespace {

bool is_day(int year, int month, int day) {
  if (!is_month(month) || day < 1 || day > 31) return false;
  const auto civil =
      civil_day(day_number(year, static_cast<unsigned>(month), static_cast<unsigned>(day)));
  return civil.month == static_cast<unsigned>(month) && civil.day == static_cast<unsigned>(day);
}

bool read_date(std::string_view word, Date& date) {
  const auto n = numbers_of(word);
  if (n.size() == 1 && is_year(n[0]) && word.size() == 4) {
    date = {n[0]};
  } else if (n.size() == 2 && is_month(n[0]) && is_year(n[1])) {
    date = {n[1], n[0]};
  } else if (n.size() == 2 && is_year(n[0]) && is_month(n[1])) {
    date = {n[0], n[1]};
  } else if (n.size() == 3 && is_year(n[2]) && is_day(n[2], n[1], n[0])) {
    date = {n[2], n[1], n[0]};
  } else if (n.size() == 3 && is_year(n[0]) && is_day(n[0], n[1], n[2])) {
    date = {n[0], n[1], n[2]};
  } else {
    return false;
  }
  return true;
}

bool read_years(std::string_view word, Date& from, Date& to) {
  const auto n = numbers_of(word);
  if (n.size() != 2 || !is_year(n[0]) || !is_year(n[1]) || n[1] < n[0]) return false;
  from = {n[0]};
  to = {n[1]};
  return true;
}

// Reads one date word by word; each step takes what it reads.
class DateReader {
 public:
  DateReader(Iterator first, Iterator last) : at_(first), last_(last) {}

  Iterator at() const { return at_; }

  bool keyword(Concept meaning) {
    const auto found = match(at_, last_);
    if (!found.has(meaning)) return false;
    at_ += found.words;
    return true;
  }

  bool comma() {
    if (at_ == last_ || at_->kind != Token::Kind::Comma) return false;
    ++at_;
    return true;
  }

  bool number(int from, int to, int& value) {
    if (at_ == last_ || at_->kind != Token::Kind::Number) return false;
    const auto numbers = numbers_of(at_->text);
    if (numbers.size() != 1 || numbers[0] < from || numbers[0] > to) return false;
    value = numbers[0];
    ++at_;
    return true;
  }

  // The year that ends a date: "2024", "năm 2024", "of 2024", ", 2024".
  bool year(int& value) {
    comma();
    keyword(Concept::Of);
    keyword(Concept::Year);
    return number(1000, 2999, value);
  }

  bool month_name(int& month) {
    const auto found = match(at_, last_);
    for (const auto& meaning : found.meanings) {
      if (meaning.meaning < Concept::January || meaning.meaning > Concept::December) continue;
      month = 1 + static_cast<int>(meaning.meaning) - static_cast<int>(Concept::January);
      at_ += found.words;
      return true;
    }
    return false;
  }

  bool word(Date& date) {
    if (at_ == last_ || at_->kind != Token::Kind::Number || !read_date(at_->text, date))
      return false;
    ++at_;
    return true;
  }

  // "16/5" before its year.
  bool day_and_month(int& day, int& month) {
    if (at_ == last_ || at_->kind != Token::Kind::Number) return false;
    const auto numbers = numbers_of(at_->text);
    if (numbers.size() != 2 || !is_month(numbers[1])) return false;
    day = numbers[0];
    month = numbers[1];
    ++at_;
    return true;
  }

  // I to IV or 1 to 4, and "1/2024".
  bool quarter(Date& date) {
    int quarter = 0;
    const auto roman = std::find(kRoman.begin(), kRoman.end(),
                                 at_ == last_ ? std::string_view{} : std::string_view(at_->key));
    if (roman != kRoman.end()) {
      quarter = 1 + static_cast<int>(roman - kRoman.begin());
      ++at_;
    } else if (!number(1, 4, quarter)) {
      if (!word(date) || date.month < 1 || date.month > 4 || date.day != 0) return false;
      quarter = date.month;
    }
    date.month = 3 * quarter - 2;
    date.last_month = 3 * quarter;
    return date.year != 0 || year(date.year);
  }

 private:
  static constexpr std::array<std::string_view, 4> kRoman{"i", "ii", "iii", "iv"};

  Iterator at_;
  Iterator last_;
};

// "16 tháng 5 năm 2024", "16/5 năm 2024", "16 May 2024", "May 16, 2024".
bool read_day(DateReader& reader, Date& date) {
  auto r = reader;
  r.keyword(Concept::Day);
  const bool day_first =
      r.day_and_month(date.day, date.month) ||
      (r.number(1, 31, date.day) &&
       (r.keyword(Concept::Of),
        r.month_name(date.month) || (r.keyword(Concept::Month) && r.number(1, 12, date.month))));
  if (!day_first) {
    r = reader;
    if (!r.month_name(date.month) || !r.number(1, 31, date.day)) return false;
  }
  if (!r.year(date.year) || !is_day(date.year, date.month, date.day)) return false;
  reader = r;
  return true;
}

// "tháng 5 năm 2024", "tháng 5/2024", "May 2024".
bool read_month(DateReader& reader, Date& date) {
  auto r = reader;
  if (r.month_name(date.month)) {
    if (!r.year(date.year)) return false;
  } else if (r.keyword(Concept::Month)) {
    if (r.number(1, 12, date.month) ? !r.year(date.year) : !r.word(date) || date.day != 0) {
      return false;
    }
  } else {
    return false;
  }
  reader = r;
  return true;
}

bool read_part_of_year(DateReader& reader, Date& date) {
  auto r = reader;
  if (r.keyword(Concept::Quarter)) {
    if (!r.quarter(date)) return false;
  } else if (r.keyword(Concept::FirstHalf) && r.year(date.year)) {
    date.month = 1;
    date.last_month = 6;
  } else if (r.keyword(Concept::SecondHalf) && r.year(date.year)) {
    date.month = 7;
    date.last_month = 12;
  } else {
    return false;
  }
  reader = r;
  return true;
}

bool read_word(DateReader& reader, Date& date) {
  auto r = reader;
  if (!r.keyword(Concept::Year) && !r.keyword(Concept::Month)) r.keyword(Concept::Day);
  if (!r.word(date)) return false;
  reader = r;
  return true;
}

// Longest form first: "ngày 16 tháng 5 năm 2024" holds "tháng 5 năm 2024".
constexpr std::array kDateForms{read_day, read_part_of_year, read_month, read_word};

}  // namespace

bool parse_date(Iterator& first, Iterator last, Date& date) {
  DateReader reader(first, last);
  for (const auto form : kDateForms) {
    Date read;
    if (!form(reader, read)) continue;
    date = read;
    first = reader.at();
    return true;
  }
  return false;
}

bool parse_years(Iterator& first, Iterator last, Date& from, Date& to) {
  if (first == last || first->kind != Token::Kind::Number) return false;
  if (!read_years(first->text, from, to)) return false;
  ++first;
  return true;
}

std::string Date::first_edtf() const {
  if (month == 0) return month_text(year, 1).substr(0, 4);
  if (day == 0) return month_text(year, month);
  return day_text(day_number(year, static_cast<unsigned>(month), static_cast<unsigned>(day)));
}

std::string Date::last_edtf() const {
  return last_month == 0 ? first_edtf() : month_text(year, last_month);
}

std::string Date::edtf() const {
  return last_month == 0 ? first_edtf() : first_edtf() + "/" + last_edtf();
}

std::string Date::until_before() const {
  const auto first = parse_edtf(first_edtf());
  return "../" + day_text(*first->first - 1);
}

std::string Date::since_after() const {
  const auto last = parse_edtf(last_edtf());
  return day_text(*last->last + 1) + "/..";
}

namespace {

// A phrase that can be a noun or a verb ("tổ chức", "visit", "host") is the verb right after
// somebody who can act: a name, "who", a noun that is no part played in something.
bool somebody_before(const State& state) {
  if (state.question.elements.empty()) return false;
  const auto& last = state.question.elements.back();
  if (last.kind == Element::Kind::Subject) {
    const auto* term = last.nouns.front().term;
    return term != nullptr && term->family != Family::Role;
  }
  return last.kind == Element::Kind::Who || last.kind == Element::Kind::Name ||
         last.kind == Element::Kind::By;
}

const KeywordMeaning* verb_of(const PhraseMatch& found) {
  for (const auto& meaning : found.meanings) {
    if (is_verb(meaning.meaning)) return &meaning;
  }
  return nullptr;
}

// Free words go on over a preposition that no name follows: in "di sản cung điện", typed without
// its tone, "cùng" is no preposition.
bool topic_ends(Iterator first, Iterator last, const State& state) {
  if (!clause_begins(first, last)) return false;
  const auto found = question_grammar::match(first, last);
  const bool preposition = found.has(Concept::With) || found.has(Concept::From) ||
                           found.has(Concept::To) || found.has(Concept::In) ||
                           found.has(Concept::By);
  if (!preposition || time_begins(first, last)) return true;
  const auto next = skip_noise(first + found.words, last);
  return next == last || next->kind == Token::Kind::Quoted ||
         question_grammar::match(next, last).has(Concept::Noun) ||
         known_name(next, last, state) != next;
}

}  // namespace

bool NounParser::match(Iterator& first, Iterator last, const State& state,
                       KeywordMeaning& value) const {
  const auto found = question_grammar::match(first, last);
  if (verb_of(found) != nullptr && somebody_before(state)) return false;
  for (const auto meaning : {Concept::Noun, Concept::Place, Concept::Partner, Concept::Quote,
                             Concept::Timeline, Concept::Path, Concept::Paths, Concept::Posts}) {
    if (const auto* noun = found.find(meaning)) {
      value = *noun;
      first += found.words;
      return true;
    }
  }
  return false;
}

bool ActionParser::match(Iterator& first, Iterator last, const State& state, Concept& value) const {
  const auto found = question_grammar::match(first, last);
  const auto* verb = verb_of(found);
  if (verb == nullptr || (found.has(Concept::Noun) && !somebody_before(state))) return false;
  value = verb->meaning;
  first += found.words;
  return true;
}

bool NameParser::match(Iterator& first, Iterator last, const State& state, AskedName& value) const {
  const auto take = [&](Iterator begin, Iterator end, std::string_view label) {
    value = asked_name(begin, end, state, label);
    first = end;
    return true;
  };
  if (const auto end = known_name(first, last, state); end != first) {
    const auto generic = question_grammar::match(first, last);
    const bool leads = generic.words < static_cast<std::size_t>(end - first);
    return take(first, end, leads ? place_label(generic) : std::string_view{});
  }
  const auto begin = skip_to_name(first, last, state);
  if (begin == last) return false;
  if (begin->kind == Token::Kind::Quoted) return take(begin, begin + 1, {});
  if (begin != first) {
    if (const auto end = known_name(begin, last, state); end != begin) return take(begin, end, {});
  }
  const auto found = question_grammar::match(begin, last);
  if (const auto label = place_label(found); !label.empty()) {
    auto at = begin + found.words;
    if (const auto of = question_grammar::match(at, last); of.has(Concept::Of)) at += of.words;
    if (at != last && at->kind == Token::Kind::Quoted) return take(at, at + 1, label);
    if (const auto end = known_name(at, last, state); end != at) return take(at, end, label);
  }
  if (begin->kind != Token::Kind::Word) return false;
  if (found.words != 0) {
    // An unknown body may begin with what is a keyword elsewhere: "Trường X", "Tổ chức X".
    const auto next = begin + found.words;
    const bool names = found.has(Concept::Noun) && next != last &&
                       next->kind == Token::Kind::Word && starts_upper(*next) &&
                       question_grammar::match(next, last).words == 0;
    if (!names) return false;
  }
  return take(begin, unknown_name_end(begin, last), {});
}

bool LeadingNameParser::match(Iterator& first, Iterator last, const State& state,
                              AskedName& value) const {
  if (first == last) return false;
  if (first->kind == Token::Kind::Quoted) {
    value = asked_name(first, first + 1, state);
    ++first;
    return true;
  }
  const auto found = question_grammar::match(first, last);
  // "thành phố "Bắc Kinh"", but not "cities "Bắc Kinh" …"
  const auto* noun = found.find(Concept::Noun);
  const auto after = first + found.words;
  if (noun != nullptr && !noun->plural && !place_label(found).empty() && after != last &&
      after->kind == Token::Kind::Quoted) {
    value = asked_name(after, after + 1, state, place_label(found));
    first = after + 1;
    return true;
  }
  auto end = known_name(first, last, state);
  if (end == first && found.words == 0 && first->kind == Token::Kind::Word &&
      starts_upper(*first) && Keywords::instance().nearest(first, last, 1).empty()) {
    end = unknown_name_end(first, last);
  }
  if (end - first <= static_cast<std::ptrdiff_t>(found.words)) return false;
  value = asked_name(first, end, state, place_label(found));
  first = end;
  return true;
}

bool ToldNounParser::match(Iterator& first, Iterator last, const State& state,
                           x3::unused_type) const {
  const auto asks_for_sources = [](const Element& element) {
    return element.kind == Element::Kind::Subject &&
           (element.nouns.front().meaning == Concept::Quote ||
            (element.nouns.front().term != nullptr &&
             element.nouns.front().term->id == "Document"));
  };
  const auto& elements = state.question.elements;
  if (std::none_of(elements.begin(), elements.end(), asks_for_sources)) return false;
  const auto found = question_grammar::match(first, last);
  const auto* noun = found.find(Concept::Noun);
  if (noun == nullptr || found.has(Concept::Field)) return false;
  const auto family = noun->term->family;
  if (family != Family::EventKind && family != Family::AgreementKind && noun->term->id != "Event" &&
      noun->term->id != "Agreement") {
    return false;
  }
  first += found.words;
  return true;
}

bool StrandedParser::match(Iterator& first, Iterator last, const State& state,
                           x3::unused_type) const {
  const auto& elements = state.question.elements;
  return (first == last || clause_begins(first, last)) &&
         std::any_of(elements.begin(), elements.end(), [](const Element& element) {
           return element.kind == Element::Kind::Name || element.kind == Element::Kind::By;
         });
}

bool TopicParser::match(Iterator& first, Iterator last, const State& state,
                        AskedTopic& value) const {
  auto begin = first;
  // "về hợp tác y tế", "about cooperation in health"
  for (auto found = question_grammar::match(begin, last);
       found.has(Concept::Noise) || found.has(Concept::Cooperate) || found.has(Concept::In) ||
       (found.has(Concept::Noun) && found.find(Concept::Noun)->term->id == "Field");
       found = question_grammar::match(begin, last)) {
    if (begin + found.words == last) break;
    begin += found.words;
  }
  // Digits that make no date are a mistake, not words.
  if (begin == last || begin->kind == Token::Kind::Number) return false;
  auto end = begin;
  if (begin->kind == Token::Kind::Quoted) {
    ++end;
  } else {
    end = std::max(known_name(begin, last, state), begin);
    while (end != last && !topic_ends(end, last, state)) {
      const auto found = question_grammar::match(end, last);
      // A field's own words may hold what begins a clause elsewhere.
      end += found.has(Concept::Field) ? static_cast<std::ptrdiff_t>(found.words) : 1;
    }
    while (end != begin && (end - 1)->kind == Token::Kind::Comma) --end;
  }
  if (end == begin) return false;
  if (begin->kind == Token::Kind::Quoted) {
    const auto inside = tokenise(begin->text);
    value.fields = all_fields(inside.data(), inside.data() + inside.size());
  } else {
    value.fields = all_fields(begin, end);
  }
  value.words = asked_name(begin, end, state);
  first = end;
  return true;
}

bool FieldParser::match(Iterator& first, Iterator last, const State& state,
                        AskedTopic& value) const {
  const auto found = question_grammar::match(first, last);
  const auto* field = found.find(Concept::Field);
  if (field == nullptr || found.has(Concept::Noun) || verb_of(found) != nullptr) return false;
  value.fields = {field->term};
  value.words = asked_name(first, first + found.words, state);
  first += found.words;
  return true;
}

bool HonorificParser::match(Iterator& first, Iterator last, const State& state,
                            x3::unused_type) const {
  const auto found = question_grammar::match(first, last);
  if (!found.has(Concept::Honorific)) return false;
  const auto name = first + found.words;
  if (name == last ||
      (name->kind != Token::Kind::Quoted && known_name(name, last, state) == name)) {
    return false;
  }
  first = name;
  return true;
}

bool ClockParser::match(Iterator& first, Iterator last, const State& state,
                        AskedName& value) const {
  const auto found = question_grammar::match(first, last);
  if (!found.has(Concept::Clock)) return false;
  value = asked_name(first, first + found.words, state);
  first += found.words;
  return true;
}

bool StatusParser::match(Iterator& first, Iterator last, const State&,
                         std::vector<const Term*>& value) const {
  const auto found = question_grammar::match(first, last);
  if (!found.has(Concept::Status)) return false;
  for (const auto& meaning : found.meanings) {
    if (meaning.meaning == Concept::Status) value.push_back(meaning.term);
  }
  first += found.words;
  return true;
}

bool HoldingParser::match(Iterator& first, Iterator last, const State& state,
                          AskedName& value) const {
  const auto begin = skip_to_name(first, last, state);
  if (begin == last) return false;
  const auto found = question_grammar::match(begin, last);
  const bool post = found.has(Concept::Post);
  if (form_ == Form::Bare && !post) return false;
  if (form_ == Form::AfterIs && found.words != 0 && !post &&
      known_name(begin, last, state) == begin) {
    return false;
  }
  auto end = begin;
  bool is_who = false;
  while (end != last && !is_who && !time_begins(end, last)) {
    is_who = question_grammar::match(end, last).has(Concept::IsWho);
    if (!is_who) ++end;
  }
  const bool ends_so = is_who || (end != last && time_begins(end, last));
  if (end == begin || (form_ == Form::BeforeIsWho && !ends_so)) return false;
  value = asked_name(begin, end, state);
  first = end;
  return true;
}

bool NumberParser::match(Iterator& first, Iterator last, const State&, int& value) const {
  if (first == last || first->kind != Token::Kind::Number) return false;
  const auto numbers = numbers_of(first->text);
  if (numbers.size() != 1 || numbers[0] < from_ || numbers[0] > to_) return false;
  value = numbers[0];
  ++first;
  return true;
}

}  // namespace ketnghia::query::question_grammar
