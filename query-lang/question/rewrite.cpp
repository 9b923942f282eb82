#include <algorithm>
#include <map>
#include <utility>

#include "query-lang/query_error.hpp"
#include "query-lang/question/cypher_text.hpp"
#include "query-lang/question/names.hpp"
#include "query-lang/question/posts.hpp"
#include "query-lang/question/question.hpp"
#include "query-lang/question/request.hpp"

namespace ketnghia::query {
namespace {

using Answer = Request::Answer;
using Tie = Request::Tie;
using What = FactFilter::What;

// How a body or a place is reached from what is of it, as of() goes; and from a person too.
constexpr std::string_view kBodies = "[:BELONGS_TO|PART_OF*0..]";
constexpr std::string_view kPeople = "[:HOLDS|BELONGS_TO|PART_OF*0..]";

class Rewriter {
 public:
  explicit Rewriter(const Snapshot& snapshot) : snapshot_(snapshot), names_(snapshot) {}

  Rewritten run(const Request& request) {
    request_ = &request;
    if (request.whole != Request::Whole::Nothing) {
      whole_graph();
    } else {
      answer(request);
    }
    end_where();
    auto clauses = names_.clauses();
    clauses.insert(clauses.end(), lines_.begin(), lines_.end());
    auto remarks = names_.remarks();
    remarks.insert(remarks.end(), remarks_.begin(), remarks_.end());
    return {joined(clauses, "\n"), std::move(remarks)};
  }

 private:
  void answer(const Request& request) {
    switch (request.answer) {
      case Answer::Path:
        path();
        break;
      case Answer::Holder:
        holder();
        break;
      case Answer::Post:
        posts_of(request.owners.empty() ? names_of_sides() : request.owners);
        break;
      case Answer::Document:
      case Answer::Quote:
        sources();
        break;
      case Answer::Field:
        fields();
        break;
      case Answer::Fact:
        facts();
        break;
      default:
        actors();
    }
  }

  // Units by their own cooperation, cities by that of their bodies, too.
  void whole_graph() {
    const auto& request = *request_;
    const bool cities = request.answer == Answer::City;
    const bool central = request.whole == Request::Whole::Central;
    const auto name = actor_name(request.answer);
    for (const auto& owner : request.owners) owners_.push_back(names_.anchor({owner}));
    const std::string options =
        cities ? "{label: 'City', types: ['COOPERATED_WITH'], through: ['BELONGS_TO', 'PART_OF']}"
               : "{types: ['COOPERATED_WITH']}";
    if (central) {
      line("CALL algo.pagerank(" + options + ") YIELD node AS " + name + ", score");
    } else {
      line("CALL algo.communities(" + options + ") YIELD node AS " + name + ", community, size");
      where("size > 1");
    }
    filter_actor();
    const std::string order = central ? "score DESC" : "size DESC, community";
    const std::string kept = central ? "score" : "community, size";
    line("WITH " + name + ", " + kept);
    line("ORDER BY " + order + ", " + name_order(name + ".name"));
    if (central) {
      constexpr int kShown = 10;
      line("LIMIT " + std::to_string(request.limit > 0 ? request.limit : kShown));
    }
    match("(" + name + ")" + (cities ? "<-" + std::string(kBodies) + "-()" : "") +
          "-[cooperation:COOPERATED_WITH]-(partner)");
    pieces("cooperation");
    line("RETURN " + name + ", " + kept +
         ", count(DISTINCT partner) AS partners, collect(DISTINCT piece) AS evidence");
    line("ORDER BY " + order + ", " + name_order(name + ".name"));
  }

  // The statement, clause by clause.

  void match(std::string pattern) {
    end_where();
    lines_.push_back("MATCH " + std::move(pattern));
  }

  void where(std::string condition) { conditions_.push_back(std::move(condition)); }

  void end_where() {
    if (conditions_.empty()) return;
    lines_.push_back("WHERE " + joined(conditions_, " AND "));
    conditions_.clear();
  }

  void line(std::string text) {
    end_where();
    lines_.push_back(std::move(text));
  }

  std::string fresh(std::string_view stem) {
    const int number = ++numbers_[std::string(stem)];
    return number == 1 ? std::string(stem) : std::string(stem) + std::to_string(number);
  }

  // The bound on whoever is of `anchor`: "(a)<-[…]-" and what follows is of it.
  static std::string of_anchor(const Anchor& anchor, std::string_view through,
                               const std::string& who) {
    if (anchor.label == "Person") return "(" + anchor.variable + ")";
    return "(" + anchor.variable + ")<-" + std::string(through) + "-(" + who + ")";
  }

  // Events and agreements.

  static std::string part_type(What what) {
    switch (what) {
      case What::Event:
        return "TOOK_PART";
      case What::Agreement:
        return "PARTY_TO";
      case What::Any:
        break;
    }
    return "TOOK_PART|PARTY_TO";
  }

  static std::string fact_name(What what) {
    switch (what) {
      case What::Event:
        return "event";
      case What::Agreement:
        return "agreement";
      case What::Any:
        break;
    }
    return "fact";
  }

  static std::string fact_node(const FactFilter& facts) {
    const auto name = fact_name(facts.what);
    return "(" + name +
           (facts.what == What::Event       ? ":Event"
            : facts.what == What::Agreement ? ":Agreement"
                                            : "") +
           ")";
  }

  // What holds of the edge `part` of someone of a side; empty where any does.
  static std::string part_condition(const std::string& part, const Side& side, What what) {
    std::string roles;
    if (!side.roles.empty()) {
      roles = one_of(part + ".role", side.roles);
      if (side.place) roles = "(type(" + part + ") = 'HELD_IN' OR " + roles + ")";
    } else if (what != What::Event) {
      roles = "coalesce(" + part + ".role, '') <> 'witness'";
    }
    return roles;
  }

  static std::string part_edge(const std::string& part, const Side& side, What what, bool towards) {
    const auto types = part_type(what) + (side.place ? "|HELD_IN" : "");
    const auto edge = "-[" + part + ":" + types + "]-";
    return side.place ? edge : towards ? edge + ">" : "<" + edge;
  }

  // Binds the fact to those of the first side or place; the rest is tested.
  void bind_facts(const FactFilter& facts) {
    const auto fact = fact_name(facts.what);
    bool bound = false;
    for (const auto& side : facts.sides) {
      const auto who = names_.anchor(side.names);
      const auto part = fresh("part");
      const auto condition = part_condition(part, side, facts.what);
      if (!bound) {
        match(of_anchor(who, kPeople, "") + part_edge(part, side, facts.what, true) +
              fact_node(facts));
        if (!condition.empty()) where(condition);
      } else {
        pending_.push_back("EXISTS { MATCH (" + fact + ")" +
                           part_edge(part, side, facts.what, false) + of_body(who) +
                           (condition.empty() ? "" : " WHERE " + condition) + " }");
      }
      bound = true;
    }
    for (const auto& place : facts.places) {
      const auto where_held = names_.anchor({place});
      const std::string steps = facts.what == What::Event ? "-[:HELD_IN]->()-[:PART_OF*0..]->"
                                                          : "-[:SIGNED_AT*0..1]->()-[:HELD_IN]->()"
                                                            "-[:PART_OF*0..]->";
      // A body is no place: what it took part in was at it.
      const auto pattern = where_held.label == "City"
                               ? steps + "(" + where_held.variable + ")"
                               : "<-[:" + part_type(facts.what) + "]-" + of_body(where_held);
      if (!bound)
        match(fact_node(facts) + pattern);
      else
        pending_.push_back("EXISTS { MATCH (" + fact + ")" + pattern + " }");
      bound = true;
    }
    for (const auto& topic : facts.topics) bound = bind_topic(facts, topic, bound);
    if (!bound) {
      match(fact_node(facts));
      if (facts.what == What::Any) where("(fact:Event OR fact:Agreement)");
    } else if (facts.what == What::Any && facts.sides.empty()) {
      where("(fact:Event OR fact:Agreement)");
    }
    for (auto& condition : pending_) where(std::move(condition));
    pending_.clear();
    filter_facts(facts);
  }

  static std::string of_body(const Anchor& anchor) {
    if (anchor.label == "Person") return "(" + anchor.variable + ")";
    return "()-" + std::string(kPeople) + "->(" + anchor.variable + ")";
  }

  // Kind, status and time.
  void filter_facts(const FactFilter& facts) {
    const auto fact = fact_name(facts.what);
    if (!facts.kinds.empty()) where(one_of(fact + ".kind", facts.kinds));
    if (facts.statuses.empty()) {
      std::vector<std::string_view> off{"denied"};
      if (facts.what != What::Agreement) off = {"cancelled", "denied", "postponed"};
      where("NOT " + one_of("coalesce(" + fact + ".status, '')", off));
    } else {
      where(one_of(fact + ".status", facts.statuses));
    }
    if (facts.in_force) {
      where(fact + ".status = 'signed'");
      for (const auto& periods : request_->periods) {
        where(any_of(periods, [&](const std::string& period) {
          return "overlaps(" + validity(fact) + ", " + literal(last_of(period)) + ")";
        }));
      }
      return;
    }
    for (const auto& periods : request_->periods) within_period(fact + ".when", periods);
  }

  // From its signing on, where no end is told.
  static std::string validity(const std::string& fact) {
    return "coalesce(" + fact + ".period, start(" + fact + ".when) + '/..')";
  }

  // What is in force until 2026 is so in 2026.
  static std::string last_of(const std::string& period) {
    return period.starts_with("../") ? period.substr(3) : period;
  }

  template <typename Text>
  static std::string any_of(const std::vector<std::string>& periods, const Text& text) {
    std::vector<std::string> tests;
    for (const auto& period : periods) tests.push_back(text(period));
    return tests.size() == 1 ? tests.front() : "(" + joined(tests, " OR ") + ")";
  }

  // Of a time that is wholly unknown nothing can be said, not even that it possibly fits.
  void within_period(const std::string& when, const std::vector<std::string>& periods) {
    where(when + " <> 'XXXX' AND " + any_of(periods, [&](const std::string& period) {
            return "overlaps(" + when + ", " + literal(period) + ")";
          }));
  }

  // What a fact is about: fields, the name of somebody, or words of its evidence.
  bool bind_topic(const FactFilter& facts, const AskedTopic& topic, bool bound) {
    const auto fact = fact_name(facts.what);
    const auto node = bound ? "(" + fact + ")" : fact_node(facts);
    if (!topic.fields.empty()) {
      const auto field = fresh("topic");
      std::vector<std::string_view> ids;
      for (const auto* term : topic.fields) ids.push_back(term->id);
      match(node + "-[:ABOUT]->(" + field + ":Field)");
      where(one_of(field + ".name", ids));
      return true;
    }
    if (names_.known(topic.words.text)) {
      const auto who = names_.anchor({topic.words});
      match(node + "<-[:" + part_type(facts.what) + "]-" + of_body(who));
      return true;
    }
    if (!bound) match(node);
    where("search(" + fact + ", " + literal(topic.words.text) + ")");
    remarks_.push_back("“" + topic.words.text +
                       "” is no field of cooperation: it was searched for in the evidence");
    return true;
  }

  // Rows.

  std::string certain(const std::string& date) const {
    std::vector<std::string> tests;
    for (const auto& periods : request_->periods) {
      tests.push_back(any_of(periods, [&](const std::string& period) {
        return "coalesce(within(" + date + ", " + literal(period) + "), false)";
      }));
    }
    return joined(tests, " AND ");
  }

  // Of an agreement in force: that its own text says until when.
  std::string certain_of(const std::string& fact) const {
    return request_->facts.in_force ? fact + ".period IS NOT NULL" : certain(fact + ".when");
  }

  bool timed() const { return !request_->periods.empty(); }

  void page() {
    if (request_->limit > 0) line("LIMIT " + std::to_string(request_->limit));
  }

  std::string by_date(const std::string& start, bool certain_column) const {
    // Unknown dates come last either way.
    if (request_->order == Concept::ByDate && request_->descending) {
      return "ORDER BY " + start + " IS NULL, " + start + " DESC";
    }
    const bool asked = request_->order == Concept::ByDate;
    return "ORDER BY " + std::string(certain_column && !asked ? "certain DESC, " : "") + start;
  }

  std::string name_order(const std::string& name) const {
    return name + " COLLATE vi" +
           (request_->order == Concept::ByName && request_->descending ? " DESC" : "");
  }

  // One row a fact.
  void facts() {
    const auto& facts = request_->facts;
    bind_facts(facts);
    const auto fact = fact_name(facts.what);
    if (request_->count) {
      count_rows(fact, fact + ".when", fact);
      return;
    }
    line("WITH DISTINCT " + fact);
    std::string row = "RETURN " + fact + ", [(" + fact + ")<-[:" + part_type(facts.what) +
                      "]-(who) | who.name] AS " +
                      (facts.what == What::Agreement ? "parties" : "participants") + ", " + fact +
                      ".kind AS kind, " + fact + ".when AS date, ";
    if (facts.what == What::Event) {
      row += "[(" + fact + ")-[:HELD_IN]->(place) | place.name] AS places, ";
    } else if (request_->where) {
      row += "[(" + fact + ")-[:SIGNED_AT*0..1]->()-[:HELD_IN]->(place) | place.name] AS places, ";
    }
    if (facts.in_force) row += fact + ".period AS period, ";
    row += fact + ".status AS status, ";
    if (timed()) row += certain_of(fact) + " AS certain, ";
    line(row + "evidence(" + fact + ") AS evidence");
    if (request_->order == Concept::ByName) {
      line("ORDER BY " + name_order(fact + ".name") + ", start(" + fact + ".when)");
    } else {
      line(by_date("start(" + fact + ".when)", timed()) + ", " + fact + ".name COLLATE vi");
    }
    page();
  }

  // How many there are of `what`, in all or by year, field, kind, place.
  void count_rows(const std::string& what, const std::string& date, const std::string& source) {
    std::string key;
    std::string order;
    switch (request_->group) {
      case Concept::ByYear:
        key = order = "year";
        line("WITH DISTINCT " + distinct(what, source) + ", year(" + date + ") AS year");
        break;
      case Concept::ByMonth:
        key = "month";
        order = "month";
        line("WITH DISTINCT " + distinct(what, source) + ", substring(" + date +
             ", 0, 7) AS month");
        break;
      case Concept::ByKind:
        key = order = "kind";
        line("WITH DISTINCT " + distinct(what, source) + ", " + what + ".kind AS kind");
        break;
      case Concept::ByField:
        key = "field";
        order = "field.label_vi COLLATE vi";
        match("(" + source + ")-[:ABOUT]->(field:Field)");
        break;
      case Concept::ByCity:
        key = "city";
        order = "city.name COLLATE vi";
        group_by_city(what);
        break;
      default:
        break;
    }
    pieces(source);
    line("RETURN " + (key.empty() ? "" : key + ", ") + "count(DISTINCT " + what +
         ") AS count, collect(DISTINCT piece) AS evidence");
    if (!key.empty()) {
      line("ORDER BY " + (request_->order == Concept::ByCount ? "count DESC, " + order
                          : request_->order != Concept::Noise && request_->descending
                              ? order + " DESC"
                              : order));
    }
    page();
  }

  static std::string distinct(const std::string& what, const std::string& source) {
    return what == source ? what : what + ", " + source;
  }

  void group_by_city(const std::string& what) {
    if (request_->answer != Answer::Fact) {
      match("(" + what + ")-" + std::string(kPeople) + "->(city:City)");
      where("NOT (city:Country OR city:District)");
    } else if (request_->facts.what == What::Event) {
      match("(" + what + ")-[:HELD_IN]->(city:City)");
    } else {
      match("(" + what + ")<-[:" + part_type(request_->facts.what) + "]-()-" +
            std::string(kBodies) + "->(city:City)");
      where("NOT (city:Country OR city:District)");
    }
  }

  void fields() {
    auto facts = request_->facts;
    bind_facts(facts);
    const auto fact = fact_name(facts.what);
    match("(" + fact + ")-[:ABOUT]->(field:Field)");
    if (request_->count && request_->group != Concept::Noise) {
      count_rows("field", fact + ".when", fact);
      return;
    }
    pieces(fact);
    if (request_->count) {
      line("RETURN count(DISTINCT field) AS count, collect(DISTINCT piece) AS evidence");
      return;
    }
    line("WITH field, collect(DISTINCT " + fact +
         ") AS facts, collect(DISTINCT piece) AS evidence");
    line("RETURN field, size(facts) AS count, " + listed_dates("facts") + "evidence");
    line(request_->order == Concept::ByName ? "ORDER BY " + name_order("field.label_vi")
                                            : "ORDER BY count DESC, field.label_vi COLLATE vi");
    page();
  }

  // The quotations of `source`, for collect(), which leaves the null out: without it, rows that
  // have no evidence would be gone.
  void pieces(const std::string& source) {
    line("UNWIND evidence(" + source + ") + [null] AS piece");
  }

  // The columns of time of a row that gathers several facts.
  std::string listed_dates(const std::string& list) const {
    std::string columns = "[one IN " + list + " | one.when] AS dates, ";
    if (timed())
      columns += "any(one IN " + list + " WHERE " + certain("one.when") + ") AS certain, ";
    return columns;
  }

  // Actors.

  static std::string actor_name(Answer answer) {
    switch (answer) {
      case Answer::Unit:
        return "unit";
      case Answer::City:
        return "city";
      case Answer::Person:
        return "person";
      default:
        return "who";
    }
  }

  // What `node` must be to be the kind of actor that is asked for.
  std::string actor_condition(const std::string& node) const {
    const auto& request = *request_;
    if (request.answer == Answer::Unit) {
      if (!request.agency_kinds.empty()) {
        return node + ":Agency AND " + one_of(node + ".kind", request.agency_kinds);
      }
      // A district that acted in its own name counts among the units.
      return "(" + node + ":Agency OR " + node + ":District)";
    }
    if (request.answer == Answer::City) {
      if (request.label == "City") return "NOT (" + node + ":Country OR " + node + ":District)";
      if (!request.label.empty()) return node + ":" + std::string(request.label);
    }
    return {};
  }

  // The end of a pattern that begins at whoever took part: a city acts through its bodies.
  std::string actor_node() const {
    const auto name = actor_name(request_->answer);
    switch (request_->answer) {
      case Answer::City:
        return "()-" + std::string(kPeople) + "->(city:City)";
      case Answer::Person:
        return "(person:Person)";
      default:
        return "(" + name + ")";
    }
  }

  void filter_actor() {
    const auto name = actor_name(request_->answer);
    if (const auto condition = actor_condition(name); !condition.empty()) where(condition);
    for (const auto& owner : owners_) {
      if (request_->answer == Answer::Person || request_->answer == Answer::Actor) {
        where("EXISTS { MATCH (" + name + ")-" + std::string(kPeople) + "->(" + owner.variable +
              ") }");
      } else {
        where("of(" + name + ", " + owner.variable + ")");
        if (request_->answer == Answer::City) where(name + " <> " + owner.variable);
      }
    }
  }

  void actors() {
    if (request_->tie == Tie::Owner) {
      members();
      return;
    }
    for (const auto& owner : request_->owners) owners_.push_back(names_.anchor({owner}));
    if (request_->tie == Tie::Cooperate && cooperates()) {
      cooperation();
    } else {
      acting();
    }
  }

  // COOPERATED_WITH is between bodies and places: with a person, one shares events.
  bool cooperates() const {
    const auto& sides = request_->counterparts;
    return std::none_of(sides.begin(), sides.end(), [&](const Side& side) {
      return std::any_of(side.names.begin(), side.names.end(),
                         [&](const AskedName& name) { return names_.only_people(name.text); });
    });
  }

  // Units, cities or people without anything they did.
  void members() {
    const auto name = actor_name(request_->answer);
    std::string source = name;
    std::string columns;
    if (request_->answer == Answer::Person || request_->answer == Answer::Actor) {
      source = "post";
      columns = "post.title AS title, body, post.when AS date, ";
      if (request_->owners.empty()) {
        match("(body)<-[post:HOLDS]-(" + name + ":Person)");
      } else {
        match(of_anchor(names_.anchor(request_->owners), kBodies, "body") + "<-[post:HOLDS]-(" +
              name + ":Person)");
      }
    } else {
      const auto label = request_->answer == Answer::City ? ":City" : "";
      for (const auto& owner : request_->owners) owners_.push_back(names_.anchor({owner}));
      if (owners_.empty()) {
        match("(" + name + label + ")");
      } else {
        match(of_anchor(owners_.front(), kBodies, name + label));
        if (request_->answer == Answer::City) where("city <> " + owners_.front().variable);
        owners_.erase(owners_.begin());
      }
      filter_actor();
    }
    if (request_->count) {
      count_rows(name, "null", source);
      return;
    }
    line("WITH DISTINCT " + name + (source == name ? "" : ", post, body"));
    if (request_->answer == Answer::Unit) columns = name + ".kind AS kind, ";
    if (request_->answer == Answer::City) columns = name + ".country AS country, ";
    line("RETURN " + name + ", " + columns + "evidence(" + source + ") AS evidence");
    line("ORDER BY " + name_order(name + ".name"));
    page();
  }

  void cooperation() {
    const auto& request = *request_;
    const auto name = actor_name(request.answer);
    std::vector<Anchor> partners;
    for (const auto& side : request.counterparts) partners.push_back(names_.anchor(side.names));
    const auto* first = partners.empty() ? nullptr : &partners.front();
    std::string other = name;
    std::string tail = "(" + name + ")";
    if (request.answer == Answer::City) {
      other = "other";
      tail = "(other)-" + std::string(kBodies) + "->(city:City)";
    } else if (request.answer == Answer::Person) {
      // People cooperate as those who hold the posts of a body.
      other = "body";
      tail = "(body)<-[:HOLDS]-(person:Person)";
    }
    match((first != nullptr ? of_anchor(*first, kBodies, "partner") : "(partner)") +
          "-[cooperation:COOPERATED_WITH]-" + tail);
    filter_actor();
    if (request.answer == Answer::City) {
      // A city stands for what is in it, a province only for itself and its own bodies.
      where("NOT EXISTS { MATCH (other)-" + std::string(kBodies) +
            "->(nearer:City)-[:PART_OF*1..]->(city) WHERE NOT nearer:District }");
    }
    for (const auto& partner : partners) {
      where("NOT of(" + (request.answer == Answer::Person ? other : name) + ", " +
            partner.variable + ")");
      if (request.answer == Answer::City) where("NOT of(" + partner.variable + ", city)");
      if (&partner != first) {
        where("EXISTS { MATCH (" + other + ")-[:COOPERATED_WITH]-()-" + std::string(kBodies) +
              "->(" + partner.variable + ") }");
      }
    }
    for (const auto& periods : request.periods) within_period("cooperation.when", periods);
    const auto& facts = request.facts;
    if (!facts.topics.empty() || !facts.places.empty() || !facts.kinds.empty() ||
        !facts.sides.empty()) {
      // The event or agreement that the cooperation came from.
      match("(partner)-[:TOOK_PART|PARTY_TO]->" + fact_node(facts) + "<-[:TOOK_PART|PARTY_TO]-(" +
            other + ")");
      where("cooperation.via = 'n' + toString(id(" + fact_name(facts.what) + "))");
      through(facts);
    }
    if (request.count) {
      count_rows(name, "cooperation.when", "cooperation");
      return;
    }
    gathered(name, "partners", "collect(DISTINCT partner.name)", "cooperation");
  }

  // Topics, places and further sides of a fact that is bound already.
  void through(const FactFilter& facts) {
    const auto fact = fact_name(facts.what);
    if (!facts.kinds.empty()) where(one_of(fact + ".kind", facts.kinds));
    FactFilter rest = facts;
    for (const auto& side : rest.sides) {
      const auto who = names_.anchor(side.names);
      const auto part = fresh("part");
      const auto condition = part_condition(part, side, facts.what);
      match("(" + fact + ")" + part_edge(part, side, facts.what, false) + of_body(who));
      if (!condition.empty()) where(condition);
    }
    for (const auto& place : rest.places) {
      const auto held = names_.anchor({place});
      match("(" + fact + ")-[:SIGNED_AT*0..1]->()-[:HELD_IN]->()-[:PART_OF*0..]->(" +
            held.variable + ")");
    }
    for (const auto& topic : rest.topics) bind_topic(facts, topic, true);
  }

  // One row an actor, gathering the facts (or cooperations) that `source` binds and one more
  // column.
  void gathered(const std::string& name, const std::string& column, const std::string& value,
                const std::string& source) {
    pieces(source);
    std::string with = "WITH " + name + ", " + value + " AS " + column + ", collect(DISTINCT " +
                       source + ") AS facts";
    std::vector<std::string> order;
    if (request_->order == Concept::ByDate) {
      with += request_->descending ? ", max(start(" + source + ".when)) AS latest"
                                   : ", min(start(" + source + ".when)) AS earliest";
      order.push_back(request_->descending ? "latest IS NULL, latest DESC" : "earliest");
    } else if (request_->order == Concept::ByCount) {
      order.push_back("size(facts) DESC");
    } else if (timed() && request_->order == Concept::Noise) {
      order.push_back("certain DESC");
    }
    order.push_back(name_order(name + ".name"));
    line(with + ", collect(DISTINCT piece) AS evidence");
    line("RETURN " + name + ", " + column + (source == "cooperation" ? ", " : ", facts, ") +
         listed_dates("facts") + "evidence");
    line("ORDER BY " + joined(order, ", "));
    page();
  }

  // Those who had a part in an event or agreement.
  void acting() {
    const auto& request = *request_;
    const auto name = actor_name(request.answer);
    auto facts = request.facts;
    std::vector<Anchor> others;
    std::string other_part;
    const auto fact = fact_name(facts.what);
    if (!request.counterparts.empty()) {
      for (const auto& side : request.counterparts) others.push_back(names_.anchor(side.names));
      other_part = fresh("part");
      const auto& first = others.front();
      match(of_anchor(first, kPeople, "other") + "-[" + other_part + ":" + part_type(facts.what) +
            "]->" + fact_node(facts));
      if (facts.what != What::Event) where("coalesce(" + other_part + ".role, '') <> 'witness'");
      for (auto one = others.begin() + 1; one != others.end(); ++one) {
        where("EXISTS { MATCH (" + fact + ")<-[:" + part_type(facts.what) + "]-" + of_body(*one) +
              " }");
      }
      filter_facts(facts);
      auto rest = facts;
      rest.kinds.clear();
      through(rest);
    } else {
      bind_facts(facts);
    }
    const Side role{{}, request.roles, request.role_or_place};
    const auto part = fresh("part");
    match("(" + fact + ")" + part_edge(part, role, facts.what, false) + actor_node());
    const auto condition = part_condition(part, role, facts.what);
    if (!condition.empty()) where(condition);
    filter_actor();
    if (!others.empty()) other_side(others, other_part, part);
    if (request.count) {
      count_rows(name, fact + ".when", fact);
      return;
    }
    gathered(name, "roles", "collect(DISTINCT " + part + ".role)", fact);
  }

  // Whoever is asked for stands on the other side than those named.
  void other_side(const std::vector<Anchor>& others, const std::string& other_part,
                  const std::string& part) {
    const auto name = actor_name(request_->answer);
    if (request_->answer == Answer::Unit || request_->answer == Answer::City) {
      for (const auto& one : others) {
        where("NOT of(" + name + ", " + one.variable + ")");
        where("NOT of(" + one.variable + ", " + name + ")");
      }
      return;
    }
    const auto& first = others.front();
    const auto other = first.label == "Person" ? first.variable : "other";
    where(name + " <> " + other);
    // Host and guest face each other, whoever they are; otherwise those who are of one place
    // stand on one side.
    where("CASE WHEN " + part + ".role IN ['host', 'guest'] AND " + other_part +
          ".role IN ['host', 'guest'] THEN " + part + ".role <> " + other_part +
          ".role ELSE NOT EXISTS { MATCH (" + name + ")-" + std::string(kPeople) + "->(home)<-" +
          std::string(kPeople) + "-(" + other + ") } END");
  }

  // Posts.

  void holder() {
    const auto& request = *request_;
    if (names_.of_person(request.holding.text)) {
      posts_of({request.holding});
      return;
    }
    const auto post = find_post(snapshot_, names_, request.holding);
    if (!post) names_.unknown(without_post(request.holding));
    const auto body = names_.anchor({post->body});
    const std::string at = post->below ? "(body)-" + std::string(kBodies) + "->" : "";
    match("(person:Person)-[post:HOLDS]->" + at + "(" + body.variable + ")");
    if (post->prefix) {
      std::vector<std::string> tests;
      for (const auto& title : post->titles)
        tests.push_back("key(post.title) STARTS WITH " + literal(title + " "));
      where(tests.size() == 1 ? tests.front() : "(" + joined(tests, " OR ") + ")");
    } else {
      where(one_of("key(post.title)", post->titles));
    }
    const auto held_at = post->below ? "body" : body.variable;
    held_posts("person", "person, post.title AS title, " + held_at + " AS body, ");
  }

  std::vector<AskedName> names_of_sides() const {
    std::vector<AskedName> names;
    for (const auto& side : request_->facts.sides)
      names.insert(names.end(), side.names.begin(), side.names.end());
    return names;
  }

  void posts_of(const std::vector<AskedName>& names) {
    if (names.empty()) {
      throw QueryError({.span = {},
                        .code = "NameNeeded",
                        .message = "Whose posts are asked for is not said",
                        .expected = "the name of a person",
                        .nearest = {}});
    }
    const auto person = names_.anchor(names).variable;
    match("(" + person + ")-[post:HOLDS]->(body)");
    held_posts(person, person + " AS person, post.title AS title, body, ");
  }

  void held_posts(const std::string& person, const std::string& columns) {
    for (const auto& periods : request_->periods) {
      where(any_of(periods, [](const std::string& period) {
        return "coalesce(overlaps(post.when, " + literal(period) + "), true)";
      }));
    }
    if (request_->current && !timed()) {
      // A post that has ended without a known beginning is told as a past one.
      where("NOT coalesce(post.when, '') STARTS WITH '../'");
    }
    line("RETURN " + columns + "post.when AS date, " +
         (timed() ? certain("post.when") + " AS certain, " : "") + "evidence(post) AS evidence");
    line("ORDER BY " + std::string(timed() ? "certain DESC, " : "") + "start(post.when), " +
         person + ".name COLLATE vi");
    page();
  }

  // Documents and quotations.

  void sources() {
    const auto& facts = request_->facts;
    const auto about = facts.topics.size() == 1 && facts.topics.front().fields.empty() &&
                               names_.known(facts.topics.front().words.text)
                           ? std::vector<AskedName>{facts.topics.front().words}
                           : std::vector<AskedName>{};
    // Of a name alone, what mentions it; else what tells of the events and agreements meant.
    const bool mention = facts.what == What::Any && facts.kinds.empty() && facts.places.empty() &&
                         ((facts.sides.size() == 1 && facts.topics.empty()) ||
                          (facts.sides.empty() && !about.empty())) &&
                         request_->periods.empty();
    std::string subject;
    if (mention) {
      subject = names_.anchor(about.empty() ? facts.sides.front().names : about).variable;
    } else {
      bind_facts(facts);
      subject = fact_name(facts.what);
    }
    if (request_->answer == Answer::Quote)
      quotes(subject);
    else
      documents(subject);
  }

  void documents(const std::string& subject) {
    match("(" + subject + ")-[mention:MENTIONED_IN]->(document:Document)");
    if (request_->count) {
      count_rows("document", "document.published", "mention");
      return;
    }
    pieces("mention");
    line(
        "RETURN document, document.title AS title, document.source AS source, "
        "document.published AS date, collect(DISTINCT piece) AS evidence");
    line(request_->order == Concept::ByName
             ? "ORDER BY " + name_order("document.name")
             : "ORDER BY document.published" + std::string(request_->descending ? " DESC" : "") +
                   ", document.name COLLATE vi");
    page();
  }

  void quotes(const std::string& subject) {
    line("UNWIND evidence(" + subject + ") AS piece");
    if (request_->count) {
      line("RETURN count(DISTINCT piece) AS count, collect(DISTINCT piece) AS evidence");
      return;
    }
    line("WITH DISTINCT piece");
    line(
        "RETURN piece.quote AS quote, piece.title AS title, piece.published AS date, [piece] AS "
        "evidence");
    line("ORDER BY date" + std::string(request_->descending ? " DESC" : "") +
         ", title COLLATE vi, piece.start");
    page();
  }

  void path() {
    const auto first = names_.anchor({request_->ends[0]});
    const auto second = names_.anchor({request_->ends[1]});
    match(
        "path = " + std::string(request_->all_paths ? "allShortestPaths" : "shortestPath") + "((" +
        first.variable +
        ")-[:COOPERATED_WITH|TOOK_PART|PARTY_TO|HELD_IN|SIGNED_AT|HOLDS|BELONGS_TO|PART_OF*..8]-(" +
        second.variable + "))");
    line("RETURN path, length(path) AS steps, evidence(path) AS evidence");
    line("ORDER BY steps");
    page();
  }

  const Snapshot& snapshot_;
  Names names_;
  const Request* request_ = nullptr;
  std::vector<std::string> lines_;
  std::vector<std::string> conditions_;
  std::vector<std::string> pending_;  // conditions on the fact, once it is bound
  std::vector<std::string> remarks_;
  std::vector<Anchor> owners_;
  std::map<std::string, int> numbers_;
};

}  // namespace

Rewritten rewrite_question(const Snapshot& snapshot, std::string_view question) {
  const Names names(snapshot);
  const auto request =
      interpret(parse_question(question, [&](std::string_view name) { return names.known(name); }));
  return Rewriter(snapshot).run(request);
}

}  // namespace ketnghia::query
