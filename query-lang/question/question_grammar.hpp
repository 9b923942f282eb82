#pragma once

#include <boost/spirit/home/x3.hpp>
#include <string_view>

#include "query-lang/question/question_ast.hpp"
#include "query-lang/question/token.hpp"

// The inside of the question grammar: what question_grammar.cpp alone includes.
namespace ketnghia::query::question_grammar {

namespace x3 = boost::spirit::x3;

using Iterator = const Token*;

// What the rules look up and write to.
struct State {
  std::string_view text;
  const KnownName& known;
  Question& question;
};
struct StateTag {};

template <typename Context>
State& state_of(const Context& context) {
  return x3::get<StateTag>(context).get();
}

inline PhraseMatch match(Iterator first, Iterator last) {
  return first == last ? PhraseMatch{} : Keywords::instance().match(first, last);
}

// The longest stretch from `first` that is a name in the graph; `first` where there is none.
Iterator known_name(Iterator first, Iterator last, const State& state);

// Whether a clause begins at `first`, so that free text before it ends there.
bool clause_begins(Iterator first, Iterator last);

// A word of a date: 2024, 5/2024, 16/5/2024 (day first), 2024-05-16.
struct Date {
  int year = 0;
  int month = 0;       // 0: not told
  int day = 0;         // 0: not told
  int last_month = 0;  // of a quarter or half year; 0: one month

  std::string edtf() const;
  std::string until_before() const;  // EDTF interval that ends the day before it
  std::string since_after() const;   // EDTF interval that begins the day after it
  std::string first_edtf() const;    // where an interval from it begins
  std::string last_edtf() const;     // where an interval to it ends
};

// A date in digits or in words of either language; a stretch of years in one word (2022-2025).
// Move `first` only where they read one.
bool parse_date(Iterator& first, Iterator last, Date& date);
bool parse_years(Iterator& first, Iterator last, Date& from, Date& to);

// A primitive parser over tokens: `Derived` has `bool match(Iterator&, Iterator, const State&,
// Attribute&)`, which moves the iterator only where it matches.
template <typename Derived, typename Attribute>
struct TokenParser : x3::parser<Derived> {
  using attribute_type = Attribute;
  static constexpr bool has_attribute = !std::is_same_v<Attribute, x3::unused_type>;
  static constexpr bool handles_container = false;

  template <typename Context, typename RuleContext, typename Actual>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RuleContext&,
             Actual& attribute) const {
    attribute_type value{};
    if (!this->derived().match(first, last, state_of(context), value)) return false;
    if constexpr (has_attribute) x3::traits::move_to(value, attribute);
    return true;
  }
};

// One keyword.
struct Keyword : TokenParser<Keyword, x3::unused_type> {
  explicit constexpr Keyword(Concept meaning) : meaning_(meaning) {}
  bool match(Iterator& first, Iterator last, const State&, x3::unused_type) const {
    const auto found = question_grammar::match(first, last);
    if (!found.has(meaning_)) return false;
    first += found.words;
    return true;
  }
  Concept meaning_;
};

// One keyword of a row of them; the attribute says which.
struct OneOf : TokenParser<OneOf, Concept> {
  constexpr OneOf(Concept from, Concept to) : from_(from), to_(to) {}
  bool match(Iterator& first, Iterator last, const State&, Concept& value) const {
    const auto found = question_grammar::match(first, last);
    for (const auto& meaning : found.meanings) {
      if (meaning.meaning < from_ || meaning.meaning > to_) continue;
      value = meaning.meaning;
      first += found.words;
      return true;
    }
    return false;
  }
  Concept from_;
  Concept to_;
};

struct NounParser : TokenParser<NounParser, KeywordMeaning> {
  bool match(Iterator& first, Iterator last, const State& state, KeywordMeaning& value) const;
};
struct ActionParser : TokenParser<ActionParser, Concept> {
  bool match(Iterator& first, Iterator last, const State& state, Concept& value) const;
};
struct NameParser : TokenParser<NameParser, AskedName> {
  bool match(Iterator& first, Iterator last, const State& state, AskedName& value) const;
};
// A name of the graph that is longer than the keyword that begins with it ("Tổ chức Y tế Thế
// giới").
struct LeadingNameParser : TokenParser<LeadingNameParser, AskedName> {
  bool match(Iterator& first, Iterator last, const State& state, AskedName& value) const;
};
// Events or agreements that sources are asked for about: "bằng chứng về thỏa thuận giữa …".
struct ToldNounParser : TokenParser<ToldNounParser, x3::unused_type> {
  bool match(Iterator& first, Iterator last, const State& state, x3::unused_type) const;
};
// Nothing more, after somebody was named before: "units that Hà Nội cooperated with".
struct StrandedParser : TokenParser<StrandedParser, x3::unused_type> {
  bool match(Iterator& first, Iterator last, const State& state, x3::unused_type) const;
};
struct TopicParser : TokenParser<TopicParser, AskedTopic> {
  bool match(Iterator& first, Iterator last, const State& state, AskedTopic& value) const;
};
struct FieldParser : TokenParser<FieldParser, AskedTopic> {
  bool match(Iterator& first, Iterator last, const State& state, AskedTopic& value) const;
};
struct StatusParser : TokenParser<StatusParser, std::vector<const Term*>> {
  bool match(Iterator& first, Iterator last, const State& state,
             std::vector<const Term*>& value) const;
};
// A form of address before a name that the graph knows: "ông Lưu Vĩ".
struct HonorificParser : TokenParser<HonorificParser, x3::unused_type> {
  bool match(Iterator& first, Iterator last, const State& state, x3::unused_type) const;
};
// Words that mean a time by what today is.
struct ClockParser : TokenParser<ClockParser, AskedName> {
  bool match(Iterator& first, Iterator last, const State& state, AskedName& value) const;
};
// Nothing, where nothing was read yet.
struct AtStart : TokenParser<AtStart, x3::unused_type> {
  bool match(Iterator&, Iterator, const State& state, x3::unused_type) const {
    return state.question.elements.empty();
  }
};
// Post and body up to the next clause, or to "là ai" where `before_is_who`.
struct HoldingParser : TokenParser<HoldingParser, AskedName> {
  enum class Form { AfterIs, BeforeIsWho, Bare };
  explicit constexpr HoldingParser(Form form) : form_(form) {}
  bool match(Iterator& first, Iterator last, const State& state, AskedName& value) const;
  Form form_;
};
struct NumberParser : TokenParser<NumberParser, int> {
  constexpr NumberParser(int from, int to) : from_(from), to_(to) {}
  bool match(Iterator& first, Iterator last, const State&, int& value) const;
  int from_;
  int to_;
};
struct DateParser : TokenParser<DateParser, Date> {
  bool match(Iterator& first, Iterator last, const State&, Date& value) const {
    return parse_date(first, last, value);
  }
};
// 2022-2025
struct YearsParser : TokenParser<YearsParser, std::string> {
  bool match(Iterator& first, Iterator last, const State&, std::string& value) const {
    Date from;
    Date to;
    if (!parse_years(first, last, from, to)) return false;
    value = from.first_edtf() + "/" + to.last_edtf();
    return true;
  }
};
struct TokenOf : TokenParser<TokenOf, x3::unused_type> {
  explicit constexpr TokenOf(Token::Kind kind) : kind_(kind) {}
  bool match(Iterator& first, Iterator last, const State&, x3::unused_type) const {
    if (first == last || first->kind != kind_) return false;
    ++first;
    return true;
  }
  Token::Kind kind_;
};

}  // namespace ketnghia::query::question_grammar
