#pragma once

#include <boost/spirit/home/x3.hpp>

#include "query-lang/question/question_grammar.hpp"

// The rules. Included by question_grammar.cpp alone, so that X3 is compiled once.
namespace ketnghia::query::question_grammar {

// Names joined by "and" (all of them), or by "or" and commas (any of them).
struct Names {
  std::vector<AskedName> names;
  bool all = false;
};

inline auto keyword(Concept meaning) { return Keyword(meaning); }
inline auto one_of(Concept from, Concept to) { return OneOf(from, to); }

// Adds an element of a kind; `fill` writes what the rule read into it.
template <typename Fill>
auto add(Element::Kind kind, Fill fill) {
  return [kind, fill](auto& context) {
    Element element;
    element.kind = kind;
    fill(element, x3::_attr(context));
    state_of(context).question.elements.push_back(std::move(element));
  };
}
inline auto add(Element::Kind kind) {
  return add(kind, [](Element&, const auto&) {});
}

constexpr auto into_names = [](Element& element, const Names& names) {
  element.names = names.names;
  element.all_names = names.all;
};
constexpr auto into_periods = [](Element& element, const std::vector<std::string>& periods) {
  element.periods = periods;
};
constexpr auto into_name = [](Element& element, const AskedName& name) { element.names = {name}; };

// Names of rules are read after "expected".
const x3::rule<struct NameRule, AskedName> name = "a name";
const x3::rule<struct NamesRule, Names> names = "a name";
const x3::rule<struct LeadingNamesRule, Names> leading_names = "a name";
const x3::rule<struct SecondNameRule, AskedName> second_name = "a second name";
const x3::rule<struct AndRule> and_word = "“and” (“và”)";
const x3::rule<struct DateRule, Date> date = "a date: a year, a month of a year, a day";
const x3::rule<struct PeriodRule, std::string> period = "a date";
const x3::rule<struct PeriodsRule, std::vector<std::string>> periods = "a date";
const x3::rule<struct TopicRule, AskedTopic> topic = "a field of cooperation, or words";
const x3::rule<struct CountRule, int> row_count = "a number of rows";
const x3::rule<struct OrderKeyRule, Concept> order_key = "“date”, “name” or “count”";
const x3::rule<struct GroupKeyRule, Concept> group_key =
    "“year”, “month”, “field”, “kind” or “city”";
const x3::rule<struct WithWhomRule> with_whom = "a name";
const x3::rule<struct DirectionRule, bool> direction = "“ascending” or “descending”";
const x3::rule<struct ElementRule> clause = "a clause";
const x3::rule<struct HoldingRule> holding = "a post and its body";

const auto noise = x3::omit[keyword(Concept::Noise) | keyword(Concept::Plural) |
                            TokenOf(Token::Kind::Comma) | TokenOf(Token::Kind::Dash) |
                            keyword(Concept::Is) | keyword(Concept::Was) | HonorificParser{}];

const auto name_def = NameParser{};
const auto second_name_def = NameParser{};
const auto and_word_def = keyword(Concept::And);

constexpr auto add_name = [](auto& context) {
  x3::_val(context).names.push_back(x3::_attr(context));
};
constexpr auto join_all = [](auto& context) { x3::_val(context).all = true; };
// Names after the first, joined to it.
const auto more_names =
    *((keyword(Concept::And) >> NameParser{}[add_name] >> x3::eps[join_all]) |
      ((keyword(Concept::Or) | TokenOf(Token::Kind::Comma)) >> NameParser{}[add_name]));
const auto names_def = NameParser{}[add_name] >> more_names;
const auto leading_names_def = LeadingNameParser{}[add_name] >> more_names;

// Time. A bare year is one too.
const auto date_def = DateParser{};
constexpr auto set_text = [](auto& context) { x3::_val(context) = x3::_attr(context); };
constexpr auto from_to = [](auto& context) {
  using boost::fusion::at_c;
  x3::_val(context) =
      at_c<0>(x3::_attr(context)).first_edtf() + "/" + at_c<1>(x3::_attr(context)).last_edtf();
};
constexpr auto since = [](auto& context) {
  x3::_val(context) = x3::_attr(context).first_edtf() + "/..";
};
constexpr auto until = [](auto& context) {
  x3::_val(context) = "../" + x3::_attr(context).last_edtf();
};
constexpr auto before = [](auto& context) {
  x3::_val(context) = x3::_attr(context).until_before();
};
constexpr auto after = [](auto& context) { x3::_val(context) = x3::_attr(context).since_after(); };
constexpr auto exactly = [](auto& context) { x3::_val(context) = x3::_attr(context).edtf(); };

const auto to_now =
    x3::omit[-(-(keyword(Concept::To) | keyword(Concept::Until)) >> keyword(Concept::Now))];
const auto until_word = keyword(Concept::Until) | TokenOf(Token::Kind::Dash);
const auto since_word = keyword(Concept::Since) | keyword(Concept::From);

// "trong 2 năm 2023, 2024": how many years there are says nothing that they do not.
const auto number_of_years = NumberParser(2, 20) >> keyword(Concept::Year);
const auto period_def = -keyword(Concept::In) >> -keyword(Concept::Plural) >>
                        -keyword(Concept::Period) >> -x3::omit[number_of_years] >>
                        (YearsParser{}[set_text] |
                         (-since_word >> DateParser{} >> until_word >> DateParser{})[from_to] |
                         (keyword(Concept::Between) >> DateParser{} >> keyword(Concept::And) >>
                          DateParser{})[from_to] |
                         (since_word >> DateParser{} >> to_now)[since] |
                         (keyword(Concept::Until) >> DateParser{})[until] |
                         (keyword(Concept::Before) > date)[before] |
                         (keyword(Concept::After) > date)[after] | DateParser{}[exactly]);

const auto periods_def =
    period % x3::omit[keyword(Concept::And) | keyword(Concept::Or) | TokenOf(Token::Kind::Comma)];

// Clauses.
const auto topic_def = TopicParser{};
const auto row_count_def = NumberParser(1, 999999);
const auto order_key_def = one_of(Concept::ByDate, Concept::ByCount);
const auto group_key_def = one_of(Concept::ByYear, Concept::ByCity);
const auto asked_next = &(*noise >> (x3::omit[NounParser{}] | keyword(Concept::Who) |
                                     keyword(Concept::Count) | keyword(Concept::Cooperate)));
const auto with_whom_def = names[add(Element::Kind::With, into_names)] |
                           (asked_next | StrandedParser{})[add(Element::Kind::With)];

constexpr auto into_order = [](Element& element, const auto& parts) {
  using boost::fusion::at_c;
  element.key = at_c<0>(parts);
  element.descending = at_c<1>(parts);
};
constexpr auto into_number = [](Element& element, int number) { element.number = number; };
const auto direction_def = (keyword(Concept::Descending) >> x3::attr(true)) |
                           (-keyword(Concept::Ascending) >> x3::attr(false));

const auto between =
    (keyword(Concept::Between) > name > and_word >
     second_name)[add(Element::Kind::Between, [](Element& element, const auto& pair) {
      element.names = {boost::fusion::at_c<0>(pair), boost::fusion::at_c<1>(pair)};
    })];

// "from which unit", "of agreements": the preposition belongs to what is asked for.
inline auto preposition(Concept word, Element::Kind kind) {
  return (keyword(word) >> names)[add(kind, into_names)] | (keyword(word) >> asked_next) |
         (keyword(word) > names);
}

const auto nouns =
    NounParser{} % (keyword(Concept::And) | keyword(Concept::Or) | TokenOf(Token::Kind::Comma));
constexpr auto note_plural = [](auto& context) { state_of(context).question.plural = true; };
constexpr auto add_subject = [](auto& context) {
  auto& question = state_of(context).question;
  Element subject;
  subject.kind = Element::Kind::Subject;
  subject.nouns = x3::_attr(context);
  for (const auto& noun : subject.nouns) question.plural = question.plural || noun.plural;
  question.elements.push_back(std::move(subject));
};

// "với Bắc Kinh, Hà Nội có những thỏa thuận nào": the comma ends what was put first.
const auto with_first =
    (AtStart{} >> keyword(Concept::With) >> name >> x3::omit[TokenOf(Token::Kind::Comma)] >>
     &LeadingNameParser{})[add(Element::Kind::With, into_name)];

const auto clause_def =
    periods[add(Element::Kind::Time, into_periods)] |
    ClockParser{}[add(Element::Kind::Clock, into_name)] | with_first |
    (keyword(Concept::YesNo) >> x3::eoi) | leading_names[add(Element::Kind::Name, into_names)] |
    keyword(Concept::Count)[add(Element::Kind::Count)] |
    keyword(Concept::Who)[add(Element::Kind::Who)] |
    keyword(Concept::When)[add(Element::Kind::When)] |
    keyword(Concept::Where)[add(Element::Kind::Where)] |
    keyword(Concept::Community)[add(Element::Kind::Communities)] | nouns[add_subject] |
    keyword(Concept::Connected)[add(Element::Kind::Connected)] |
    keyword(Concept::InForce)[add(Element::Kind::InForce)] |
    keyword(Concept::Compare)[add(Element::Kind::Compare)] |
    keyword(Concept::Most)[add(Element::Kind::Most)] |
    (keyword(Concept::Order) > order_key > direction)[add(Element::Kind::Order, into_order)] |
    (keyword(Concept::Group) >>
     group_key)[add(Element::Kind::Group, [](Element& e, Concept key) { e.key = key; })] |
    ActionParser{}[add(Element::Kind::Action, [](Element& e, Concept verb) { e.action = verb; })] |
    (keyword(Concept::With) > with_whom) | between |
    preposition(Concept::From, Element::Kind::From) | preposition(Concept::To, Element::Kind::To) |
    // "về hợp tác giữa": what it is about is the clauses that follow.
    (keyword(Concept::About) >> &(*noise >> +keyword(Concept::Cooperate) >>
                                  (keyword(Concept::Between) | keyword(Concept::Of)))) |
    (keyword(Concept::About) >> &(*noise >> ToldNounParser{})) |
    (keyword(Concept::About) >
     topic)[add(Element::Kind::About, [](Element& e, const AskedTopic& t) { e.topic = t; })] |
    preposition(Concept::Of, Element::Kind::Of) | preposition(Concept::In, Element::Kind::In) |
    // "what did X and Y do": in English this one is no preposition.
    (keyword(Concept::By) >> &(x3::omit[period] | x3::eoi)) |
    preposition(Concept::By, Element::Kind::By) |
    StatusParser{}[add(Element::Kind::Status,
                       [](Element& e, const std::vector<const Term*>& s) { e.status = s; })] |
    keyword(Concept::Latest)[add(Element::Kind::Latest)] |
    keyword(Concept::First)[add(Element::Kind::First)] |
    (keyword(Concept::Limit) > row_count)[add(Element::Kind::Limit, into_number)] |
    FieldParser{}[add(Element::Kind::About, [](Element& e, const AskedTopic& t) { e.topic = t; })] |
    NumberParser(1, 999)[add(Element::Kind::Limit, into_number)] |
    keyword(Concept::Plural)[note_plural] | noise;

// Holding: post and body stand glued; the graph tells them apart later.
inline auto add_holding(bool current) {
  return add(Element::Kind::Holding, [current](Element& element, const AskedName& text) {
    element.names = {text};
    element.current = current;
  });
}
const auto times = *(periods[add(Element::Kind::Time, into_periods)] | noise);
const auto holding_def =
    ((*keyword(Concept::Noise) >> keyword(Concept::Who) >>
      ((keyword(Concept::Is) >> HoldingParser(HoldingParser::Form::AfterIs)[add_holding(true)]) |
       (keyword(Concept::Was) >>
        HoldingParser(HoldingParser::Form::AfterIs)[add_holding(false)]))) |
     (*keyword(Concept::Noise) >>
      HoldingParser(HoldingParser::Form::BeforeIsWho)[add_holding(true)] >> times >>
      keyword(Concept::IsWho)) |
     (*keyword(Concept::Noise) >> HoldingParser(HoldingParser::Form::Bare)[add_holding(true)])) >>
    times >> x3::eoi;

BOOST_SPIRIT_DEFINE(name, names, leading_names, second_name, and_word, date, period, periods, topic,
                    row_count, order_key, group_key, with_whom, direction, clause, holding)

}  // namespace ketnghia::query::question_grammar
