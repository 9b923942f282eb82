#include "query-lang/question/request.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "query-lang/query_error.hpp"

namespace ketnghia::query {
namespace {

using Answer = Request::Answer;
using Tie = Request::Tie;
using What = FactFilter::What;
using Kind = Element::Kind;
using Ids = std::vector<std::string_view>;

// What a verb says: the events and agreements it tells of, who its subject and its object are.
struct Verb {
  Concept meaning;
  What what;
  Ids kinds;
  Ids subject_roles;
  Ids object_roles;
  bool object_place;
};

const Verb& verb(Concept meaning) {
  static const std::array<Verb, 9> verbs{{
      {Concept::Cooperate, What::Any, {}, {}, {}, false},
      {Concept::Meet, What::Event, {"meeting", "visit"}, {}, {}, false},
      {Concept::Visit, What::Event, {"visit"}, {"guest", "leader"}, {"host"}, true},
      {Concept::Receive, What::Event, {"visit", "meeting"}, {"host"}, {"guest", "leader"}, false},
      {Concept::Sign, What::Agreement, {}, {"party", "signatory"}, {"party", "signatory"}, false},
      {Concept::Lead, What::Event, {}, {"leader"}, {}, false},
      {Concept::Organise, What::Event, {}, {"organiser", "host"}, {}, false},
      {Concept::Attend, What::Event, {}, {}, {}, false},
      {Concept::Establish, What::Any, {"establishment", "twinning"}, {}, {}, false},
  }};
  return *std::find_if(verbs.begin(), verbs.end(),
                       [&](const Verb& one) { return one.meaning == meaning; });
}

// A verb of the question with what stands around it.
struct Action {
  Concept meaning;
  std::vector<Side> agents;
  std::vector<Side> objects;
};

bool is_actor(Answer answer) {
  return answer == Answer::Unit || answer == Answer::City || answer == Answer::Person ||
         answer == Answer::Actor;
}

void append(Ids& to, const Ids& from) { to.insert(to.end(), from.begin(), from.end()); }

// What a noun asks for, as if it stood alone.
struct Subject {
  Answer answer = Answer::Fact;
  What what = What::Any;
  Ids kinds;
  Ids agency_kinds;
  Ids roles;
  std::string_view label;
  bool path_all = false;
  bool partner = false;
};

Subject label_subject(std::string_view label) {
  Subject subject;
  if (label == "Agency") {
    subject.answer = Answer::Unit;
  } else if (label == "Person") {
    subject.answer = Answer::Person;
  } else if (label == "Event") {
    subject.what = What::Event;
  } else if (label == "Agreement") {
    subject.what = What::Agreement;
  } else if (label == "Field") {
    subject.answer = Answer::Field;
  } else if (label == "Document") {
    subject.answer = Answer::Document;
  } else {
    subject.answer = Answer::City;
    subject.label = label;
  }
  return subject;
}

Subject term_subject(const Term& term) {
  Subject subject;
  switch (term.family) {
    case Family::EventKind:
      subject.what = What::Event;
      subject.kinds = {term.id};
      break;
    case Family::AgreementKind:
      subject.what = What::Agreement;
      subject.kinds = {term.id};
      break;
    case Family::AgencyKind:
      subject.answer = Answer::Unit;
      subject.agency_kinds = {term.id};
      break;
    case Family::Role:
      // Who signs and who leads is somebody; the other parts are played by bodies too.
      subject.answer =
          term.id == "signatory" || term.id == "leader" ? Answer::Person : Answer::Actor;
      subject.roles = {term.id};
      break;
    default:
      subject = label_subject(term.id);
  }
  return subject;
}

Subject noun_subject(const KeywordMeaning& noun) {
  Subject subject;
  switch (noun.meaning) {
    case Concept::Place:
      subject.answer = Answer::City;
      break;
    case Concept::Partner:
      subject.answer = Answer::City;
      subject.partner = true;
      break;
    case Concept::Quote:
      subject.answer = Answer::Quote;
      break;
    case Concept::Path:
    case Concept::Paths:
      subject.answer = Answer::Path;
      subject.path_all = noun.meaning == Concept::Paths;
      break;
    case Concept::Posts:
      subject.answer = Answer::Post;
      break;
    case Concept::Timeline:
      break;
    default:
      subject = term_subject(*noun.term);
  }
  return subject;
}

// "tỉnh, thành phố", "visits and meetings": one subject of several kinds.
Subject joined(const std::vector<KeywordMeaning>& nouns) {
  auto subject = noun_subject(nouns.front());
  for (auto noun = nouns.begin() + 1; noun != nouns.end(); ++noun) {
    const auto other = noun_subject(*noun);
    if (other.answer != subject.answer) continue;
    if (other.label != subject.label) subject.label = "City";
    if (other.what != subject.what) subject.what = What::Any;
    // A noun without a kind means all kinds.
    const auto merge = [](Ids& kinds, const Ids& more) {
      if (kinds.empty() || more.empty())
        kinds.clear();
      else
        append(kinds, more);
    };
    merge(subject.kinds, other.kinds);
    merge(subject.agency_kinds, other.agency_kinds);
    merge(subject.roles, other.roles);
  }
  return subject;
}

class Interpreter {
 public:
  explicit Interpreter(const Question& question) : question_(question) {}

  Request run() {
    find_answer();
    for (const auto& element : question_.elements) {
      take(element);
      after_answer_ = &element == answer_;
    }
    settle_actions();
    settle_answer();
    settle_comparison();
    settle_whole();
    settle_validity();
    settle_most();
    settle_order();
    return std::move(request_);
  }

 private:
  const std::vector<Element>& elements() const { return question_.elements; }

  bool sentence() const { return !elements().empty() && (elements().front().kind == Kind::Name); }

  void choose(const Element& element, const Subject& subject) {
    answer_ = &element;
    subject_ = subject;
    request_.answer = subject.answer;
    request_.label = subject.label;
    request_.agency_kinds = subject.agency_kinds;
    request_.all_paths = subject.path_all;
    request_.roles = subject.roles;
    if (subject.answer == Answer::Fact) {
      request_.facts.what = subject.what;
      request_.facts.kinds = subject.kinds;
    }
  }

  // The first noun is what is asked for. In a sentence that begins with a name ("Hà Nội ký thỏa
  // thuận với ai") it is who is asked for at its end; "who are the signatories" asks for the
  // noun.
  void find_answer() {
    const Element* who = nullptr;
    const Element* actor = nullptr;
    const Element* first = nullptr;
    for (const auto& element : elements()) {
      if (element.kind == Kind::Who && who == nullptr) who = &element;
      if (element.kind == Kind::Holding) {
        request_.answer = Answer::Holder;
        request_.holding = element.names.front();
        request_.current = element.current;
        answer_ = &element;
        return;
      }
      if (element.kind != Kind::Subject) continue;
      if (first == nullptr) first = &element;
      if (actor == nullptr && is_actor(joined(element.nouns).answer)) actor = &element;
    }
    const Subject person{
        .answer = Answer::Person, .kinds = {}, .agency_kinds = {}, .roles = {}, .label = {}};
    const Subject actor_subject{
        .answer = Answer::Actor, .kinds = {}, .agency_kinds = {}, .roles = {}, .label = {}};
    if (who != nullptr && actor != nullptr) {
      choose(*actor, joined(actor->nouns));
    } else if (who != nullptr) {
      choose(*who, bodies_meant(*who) ? actor_subject : person);
    } else if (sentence() && actor != nullptr) {
      choose(*actor, joined(actor->nouns));
    } else if (first != nullptr) {
      choose(*first, joined(first->nouns));
    } else {
      choose_from_verb();
    }
  }

  // "Who" cooperates and signs "with whom" is a body or a place rather than a person.
  bool bodies_meant(const Element& who) const {
    const auto* before = &who == elements().data() ? nullptr : &who - 1;
    if (before != nullptr && before->kind == Kind::With) return true;
    const auto verb_at = std::find_if(elements().begin(), elements().end(),
                                      [](const Element& e) { return e.kind == Kind::Action; });
    return verb_at != elements().end() && verb_at->action == Concept::Cooperate;
  }

  // Nothing is asked for by name: "when did X and Y sign", "cooperation between X and Y".
  void choose_from_verb() {
    bool anything = false;
    for (const auto& element : elements()) {
      anything = anything || !element.names.empty() || element.kind == Kind::About;
      if (element.kind != Kind::Action) continue;
      const auto& told = verb(element.action);
      if (element.action == Concept::Establish && !asks_when()) {
        Subject city{};
        city.answer = Answer::City;
        city.label = "City";
        choose(element, city);
        return;
      }
      request_.facts.what = told.what;
      request_.facts.kinds = told.kinds;
      return;
    }
    // "đoàn Bắc Kinh đến Hà Nội": who goes somewhere visits it.
    if (has(Kind::To) && (has(Kind::Name) || has(Kind::From))) {
      request_.facts.what = What::Event;
      request_.facts.kinds = verb(Concept::Visit).kinds;
      goes_ = true;
    }
    if (!anything) {
      throw QueryError({.span = {},
                        .code = "NothingAskedFor",
                        .message = "The question does not say what it asks for",
                        .expected = "units, cities, who, agreements, events, fields, documents, "
                                    "timeline, path, …",
                        .nearest = {}});
    }
  }

  bool asks_when() const {
    return std::any_of(elements().begin(), elements().end(),
                       [](const Element& e) { return e.kind == Kind::When; });
  }

  // Several names that stand together: all of them where "and" joins them.
  static std::vector<Side> sides(const Element& element) {
    std::vector<Side> sides;
    if (!element.all_names) {
      sides.push_back({element.names, {}});
    } else {
      for (const auto& name : element.names) sides.push_back({{name}, {}});
    }
    return sides;
  }

  bool visits_only() const {
    const auto& kinds = request_.facts.kinds;
    return kinds.size() == 1 && kinds.front() == "visit";
  }

  bool in_events() const { return request_.facts.what == What::Event || inner_; }

  void add_sides(const Element& element, const Ids& roles = {}, bool place = false) {
    for (auto side : sides(element)) {
      side.roles = roles;
      side.place = place;
      request_.facts.sides.push_back(std::move(side));
    }
  }

  void own(const Element& element) {
    for (const auto& name : element.names) request_.owners.push_back(name);
  }

  bool acts() const { return is_actor(request_.answer); }

  // Before a verb or an inner noun, and right after the noun itself, a place says whose the
  // actor is.
  bool owns() const {
    return acts() && request_.roles.empty() && (after_answer_ || (!inner_ && actions_.empty()));
  }

  void take(const Element& element) {
    switch (element.kind) {
      case Kind::Subject:
        take_noun(element);
        break;
      case Kind::Count:
        request_.count = true;
        break;
      case Kind::Action:
        actions_.push_back({element.action, std::exchange(agents_, {}), {}});
        break;
      case Kind::Name:
        take_name(element);
        break;
      case Kind::By:
        for (auto& side : sides(element)) {
          (actions_.empty() ? agents_ : actions_.back().agents).push_back(side);
        }
        break;
      case Kind::With:
        if (!element.names.empty()) with_.push_back({element.names, {}});
        break;
      case Kind::Between:
        for (const auto& name : element.names) between_.push_back({{name}, {}});
        break;
      case Kind::From:
      case Kind::Of:
        // Partners of a city are those it cooperates with, not what is in it.
        if (owns() && subject_.partner)
          with_.push_back({element.names, {}});
        else if (owns())
          own(element);
        else
          add_sides(element, visits_only() ? verb(Concept::Visit).subject_roles : Ids{});
        break;
      case Kind::To:
        if (in_events() || request_.answer == Answer::Fact) {
          const bool agreements = request_.facts.what == What::Agreement;
          add_sides(element, visits_only() ? verb(Concept::Visit).object_roles : Ids{},
                    !agreements);
        } else {
          add_sides(element);
        }
        break;
      case Kind::In:
        if (owns())
          own(element);
        else
          for (const auto& name : element.names) request_.facts.places.push_back(name);
        break;
      case Kind::About:
        request_.facts.topics.push_back(element.topic);
        break;
      case Kind::Time:
        request_.periods.push_back(element.periods);
        break;
      case Kind::Clock:
        throw QueryError({.span = element.names.front().span,
                          .code = "ClockNeeded",
                          .message = "What “" + element.names.front().text +
                                     "” means depends on today, which is never asked for",
                          .expected = "a year, a month, a day or a stretch of them: in 2024 (năm "
                                      "2024), from 2022 to 2024 (từ 2022 đến 2024); or the latest "
                                      "(gần đây nhất)",
                          .nearest = {}});
      case Kind::Where:
        request_.where = true;
        break;
      case Kind::Most:
        request_.order = Concept::ByCount;
        request_.descending = true;
        ranked_ = true;
        break;
      case Kind::Connected:
        request_.whole = Request::Whole::Central;
        ranked_ = true;
        break;
      case Kind::Communities:
        request_.whole = Request::Whole::Communities;
        break;
      case Kind::InForce:
        request_.facts.in_force = true;
        if (request_.facts.what == What::Any) request_.facts.what = What::Agreement;
        break;
      case Kind::Compare:
        request_.count = true;
        break;
      case Kind::Status:
        for (const auto* status : element.status) add_status(status->id);
        break;
      case Kind::Latest:
        request_.order = Concept::ByDate;
        request_.descending = true;
        ranked_ = true;
        break;
      case Kind::First:
        request_.order = Concept::ByDate;
        ranked_ = true;
        break;
      case Kind::Limit:
        request_.limit = element.number;
        break;
      case Kind::Order:
        request_.order = element.key;
        request_.descending = element.descending || element.key == Concept::ByCount;
        break;
      case Kind::Group:
        request_.group = element.key;
        request_.count = true;
        break;
      case Kind::Who:
      case Kind::When:
      case Kind::Holding:
        break;
    }
  }

  bool has(Kind kind) const {
    return std::any_of(elements().begin(), elements().end(),
                       [&](const Element& e) { return e.kind == kind; });
  }

  // A noun beside what is asked for: the events or agreements that tie the answer, or a closer
  // word for the same ("hoạt động triển lãm").
  void take_noun(const Element& element) {
    if (&element == answer_) return;
    const auto subject = joined(element.nouns);
    if (subject.answer != Answer::Fact) return;
    if (subject.what == What::Any) return;
    auto& facts = request_.facts;
    if (request_.answer == Answer::Fact && facts.what != subject.what && facts.what != What::Any) {
      return;  // "signings of agreements"
    }
    facts.what = subject.what;
    append(facts.kinds, subject.kinds);
    if (request_.answer != Answer::Fact) inner_ = true;
  }

  // "Hanoi units", "Hà Nội có những đơn vị nào": whose they are stands before them.
  bool before_answer(const Element& element) const {
    return (request_.answer == Answer::Unit || request_.answer == Answer::Person) &&
           &element + 1 == answer_;
  }

  void take_name(const Element& element) {
    if (before_answer(element) && answer_->kind == Kind::Subject) {
      own(element);
      return;
    }
    for (auto& side : sides(element)) {
      if (actions_.empty() && has(Kind::Action)) {
        // "lãnh đạo Hà Nội gặp X": a name right after the noun may be whose it is; settled once
        // the verb's object is known.
        agents_.push_back(side);
      } else if (!actions_.empty()) {
        actions_.back().objects.push_back(side);
      } else if (owns() && subject_.partner) {
        with_.push_back(side);
      } else if (owns()) {
        own(element);
        return;
      } else {
        if (goes_) side.roles = verb(Concept::Visit).subject_roles;
        request_.facts.sides.push_back(side);
      }
    }
  }

  void tell(const Verb& told) {
    auto& facts = request_.facts;
    if (facts.what == What::Any) facts.what = told.what;
    if (facts.kinds.empty() && !inner_) facts.kinds = told.kinds;
  }

  void add_sides(std::vector<Side>& from, const Ids& roles, bool place) {
    for (auto& side : from) {
      side.roles = roles;
      side.place = place;
      request_.facts.sides.push_back(std::move(side));
    }
  }

  // What is told as done is not what is planned.
  void done(What what) {
    auto& statuses = request_.facts.statuses;
    if (statuses.empty()) statuses = {what == What::Agreement ? "signed" : "held"};
  }

  void add_status(std::string_view id) {
    auto& statuses = request_.facts.statuses;
    if (std::find(statuses.begin(), statuses.end(), id) == statuses.end()) statuses.push_back(id);
  }

  void settle_actions() {
    if (acts() && !actions_.empty()) {
      auto& action = actions_.front();
      const bool object_told = !action.objects.empty() || !with_.empty() || actions_.size() > 1;
      const bool owned =
          answer_ != nullptr && answer_->kind == Kind::Subject && !sentence() && !has(Kind::By);
      if (owned && object_told) {
        for (auto& side : action.agents) {
          for (auto& name : side.names) request_.owners.push_back(std::move(name));
        }
        action.agents.clear();
      }
    }
    // "thành phố kết nghĩa của Hà Nội": whoever it is done with, as the verb goes both ways.
    if (acts() && !actions_.empty() && with_.empty() && request_.owners.empty() && !inner_) {
      auto& action = actions_.front();
      const bool mutual =
          action.meaning == Concept::Establish || action.meaning == Concept::Cooperate;
      if (mutual && action.agents.empty() && action.objects.empty()) {
        action.objects.swap(request_.facts.sides);
      }
    }
    // "ai dẫn đầu đoàn Hà Nội thăm Bắc Kinh": who is led is who visits.
    if (actions_.size() > 1 && actions_[0].meaning == Concept::Lead && actions_[1].agents.empty()) {
      actions_[1].agents.swap(actions_[0].objects);
    }
    bool first = true;
    for (auto& action : actions_) {
      if (acts() && first)
        settle_target(action);
      else
        settle_side(action);
      first = false;
    }
    auto& facts = request_.facts;
    if (request_.tie == Tie::Cooperate || request_.tie == Tie::Meet) {
      for (auto& side : with_) request_.counterparts.push_back(std::move(side));
      with_.clear();
    } else if (acts() && !with_.empty()) {
      if (actions_.empty() && !inner_ && request_.roles.empty()) {
        request_.tie = request_.answer == Answer::Person ? Tie::Meet : Tie::Cooperate;
      } else {
        request_.tie = Tie::Meet;
      }
      for (auto& side : with_) request_.counterparts.push_back(std::move(side));
      with_.clear();
    }
    add_sides(with_, {}, false);
    for (auto& side : between_) {
      side.place = visits_only();
      facts.sides.push_back(std::move(side));
    }
    for (auto& side : agents_) facts.sides.push_back(std::move(side));
  }

  // The verb whose subject or object is what is asked for.
  void settle_target(Action& action) {
    const auto& told = verb(action.meaning);
    if (action.meaning == Concept::Cooperate && !inner_) {
      request_.tie = Tie::Cooperate;
    } else if (action.meaning == Concept::Meet || action.meaning == Concept::Establish ||
               action.meaning == Concept::Cooperate) {
      request_.tie = Tie::Meet;
    } else {
      request_.tie = Tie::Act;
    }
    if (action.meaning != Concept::Cooperate) tell(told);
    if (action.meaning != Concept::Cooperate && action.meaning != Concept::Establish) {
      done(told.what);
    }
    if (request_.tie != Tie::Act) {
      for (auto* sides : {&action.agents, &action.objects}) {
        for (auto& side : *sides) request_.counterparts.push_back(std::move(side));
      }
      return;
    }
    const bool passive = !action.agents.empty();
    const Ids& roles = passive ? told.object_roles : told.subject_roles;
    // A person signs; a body or a place is a party.
    const bool signs = action.meaning == Concept::Sign && request_.answer == Answer::Person;
    if (request_.roles.empty()) request_.roles = signs ? Ids{"signatory"} : roles;
    request_.role_or_place = passive && told.object_place;
    if (action.meaning == Concept::Sign) {
      // Both sides sign: the other one is who it was signed with.
      request_.tie = Tie::Meet;
      for (auto* sides : {&action.agents, &action.objects}) {
        for (auto& side : *sides) request_.counterparts.push_back(std::move(side));
      }
      if (request_.counterparts.empty() && with_.empty()) request_.tie = Tie::Act;
      return;
    }
    add_sides(action.agents, told.subject_roles, false);
    add_sides(action.objects, told.object_roles, told.object_place);
  }

  void settle_side(Action& action) {
    const auto& told = verb(action.meaning);
    if (request_.answer != Answer::Fact || request_.facts.kinds.empty()) {
      if (action.meaning == Concept::Establish ||
          (acts() && action.meaning != Concept::Cooperate)) {
        tell(told);
      }
    }
    if (action.meaning == Concept::Sign)
      done(request_.facts.what == What::Event ? What::Event : What::Agreement);
    const bool both = action.meaning == Concept::Sign || action.meaning == Concept::Cooperate;
    add_sides(action.agents, both ? Ids{} : told.subject_roles, false);
    add_sides(action.objects, both ? Ids{} : told.object_roles, told.object_place);
  }

  void settle_answer() {
    auto& facts = request_.facts;
    if (request_.answer == Answer::Path) {
      for (const auto* sides : {&facts.sides}) {
        for (const auto& side : *sides) request_.ends.push_back(side.names.front());
      }
      if (request_.ends.size() != 2) {
        throw QueryError({.span = {},
                          .code = "TwoNamesNeeded",
                          .message = "A path has two ends",
                          .expected = "“between” (“giữa”) and two names",
                          .nearest = {}});
      }
      return;
    }
    if (!acts()) return;
    if (subject_.partner && request_.tie == Tie::Owner) request_.tie = Tie::Cooperate;
    const bool told = inner_ || !facts.sides.empty() || !facts.topics.empty() ||
                      !facts.places.empty() || !request_.roles.empty() || !request_.periods.empty();
    if (request_.tie == Tie::Owner && told) request_.tie = Tie::Act;
    if (request_.answer == Answer::City && request_.label.empty() && subject_.label.empty()) {
      request_.label = {};
    }
  }

  // Years beside each other are one time to compare within, and what is compared is how many.
  void settle_comparison() {
    if (!has(Kind::Compare)) return;
    auto& periods = request_.periods;
    for (std::size_t i = 1; i < periods.size(); ++i) {
      periods.front().insert(periods.front().end(), periods[i].begin(), periods[i].end());
    }
    if (periods.size() > 1) periods.resize(1);
    if (request_.group == Concept::Noise) request_.group = Concept::ByYear;
  }

  // Of a time, or beside somebody, it is a part of the graph: then who did most is told.
  void settle_whole() {
    using Whole = Request::Whole;
    if (request_.whole == Whole::Nothing) return;
    const auto& facts = request_.facts;
    const bool part = !request_.periods.empty() || !facts.sides.empty() || !facts.topics.empty() ||
                      !facts.places.empty() || !request_.counterparts.empty();
    const bool bodies = request_.answer == Answer::Unit || request_.answer == Answer::City;
    if (bodies && !part) return;
    if (request_.whole == Whole::Communities || !bodies) {
      throw QueryError({.span = {},
                        .code = "WholeGraphAsked",
                        .message = "This is told of the whole graph, and of units or cities only",
                        .expected = "units (đơn vị) or cities (thành phố), without a time, a field "
                                    "or another name",
                        .nearest = {}});
    }
    request_.whole = Whole::Nothing;
    request_.order = Concept::ByCount;
    request_.descending = true;
    if (request_.tie == Tie::Owner) request_.tie = Tie::Cooperate;
  }

  void settle_validity() {
    if (!request_.facts.in_force || !request_.periods.empty()) return;
    throw QueryError({.span = {},
                      .code = "TimeNeeded",
                      .message = "When they are to be in force is not said, and today is never "
                                 "asked for",
                      .expected = "a date: in force in 2025 (còn hiệu lực năm 2025)",
                      .nearest = {}});
  }

  // "nhiều nhất" of events is asked for by what they are counted by.
  void settle_most() {
    if (!has(Kind::Most) || request_.answer != Answer::Fact) return;
    request_.count = true;
    if (request_.group == Concept::Noise && asks_when()) request_.group = Concept::ByYear;
    if (request_.group != Concept::Noise) return;
    throw QueryError({.span = {},
                      .code = "MostOfWhat",
                      .message = "What there is most of is not said",
                      .expected = "units, cities, who or fields; or in which year (năm nào), by "
                                  "field (theo lĩnh vực), by city (theo thành phố)",
                      .nearest = {}});
  }

  // "the latest visit" asks for one, "the latest visits" for all, newest first.
  void settle_order() {
    const bool grouped_most = has(Kind::Most) && request_.group != Concept::Noise;
    if (grouped_most && request_.limit == 0 && !question_.plural) request_.limit = 1;
    if (ranked_ && request_.limit == 0 && !question_.plural && !request_.count) request_.limit = 1;
  }

  const Question& question_;
  Request request_;
  const Element* answer_ = nullptr;
  Subject subject_;
  std::vector<Action> actions_;
  std::vector<Side> agents_;  // named before their verb
  std::vector<Side> with_;
  std::vector<Side> between_;
  bool inner_ = false;         // events or agreements are named beside what is asked for
  bool goes_ = false;          // somebody "to" somewhere, without a verb
  bool ranked_ = false;        // "latest", "first" or "most"
  bool after_answer_ = false;  // the element before this one is what is asked for
};

}  // namespace

Request interpret(const Question& question) { return Interpreter(question).run(); }

}  // namespace ketnghia::query
