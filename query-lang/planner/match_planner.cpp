#include "query-lang/planner/match_planner.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "query-lang/functions/registry.hpp"
#include "query-lang/planner/cardinality.hpp"
#include "query-lang/planner/plan_node.hpp"

namespace ketnghia::query {
namespace {

using bound::Kind;
using bound::Slot;

bool is_equality(const bound::Expression& e) {
  return e.kind == Kind::Comparison && e.operators.size() == 1 &&
         e.operators.front() == bound::Operator::Equal;
}

bool has_variable(const bound::Expression& e, Slot slot) {
  return e.kind == Kind::Variable && e.slot == slot;
}

// Whether all it reads of the slot is the property `when`.
bool reads_when_alone(const bound::Expression& e, Slot slot) {
  if (has_variable(e, slot)) return false;
  if (e.kind == Kind::Property && has_variable(*e.children[0], slot)) return e.text == "when";
  return std::all_of(e.children.begin(), e.children.end(),
                     [&](const auto& child) { return !child || reads_when_alone(*child, slot); });
}

class MatchPlanner {
 public:
  MatchPlanner(const Pattern& pattern, const Demand& demand, const Snapshot& snapshot,
               PlanPtr input)
      : pattern_(pattern),
        demand_(demand),
        snapshot_(snapshot),
        cardinality_(snapshot),
        tested_(pattern.nodes.size()),
        edge_done_(pattern.edges.size()),
        path_done_(pattern.paths.size()) {
    for (const auto& node : pattern.nodes) {
      labels_.push_back(labels_of(node.labels));
      if (!node.bound) own_.insert(node.written->slot);
    }
    for (const auto& edge : pattern.edges) {
      types_.push_back(types_of(edge.written->types));
      if (!edge.written->bound) own_.insert(edge.written->slot);
    }
    for (const auto& path : pattern.paths) own_.insert(path.written->slot);
    for (const auto* predicate : pattern.predicates) {
      pending_.push_back({predicate, bound::slots_read(*predicate), {}});
      Condition& condition = pending_.back();
      for (std::size_t i = 0; i < pattern.edges.size(); ++i) {
        if (is_dated(condition, *pattern.edges[i].written)) condition.dated = i;
      }
    }
    parts_.push_back(std::make_unique<Part>(pattern.nodes.size()));
    parts_.front()->plan = std::move(input);
    alone_ = std::holds_alternative<plan::Argument>(parts_.front()->plan->step);
    for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
      if (pattern.nodes[i].bound) know(*parts_.front(), i, true);
    }
  }

  PlanPtr plan() {
    settle(*parts_.front());
    while (step()) {
    }
    return std::move(parts_.front()->plan);
  }

 private:
  struct Condition {
    const bound::Expression* expression;
    std::set<Slot> reads;
    std::optional<std::size_t> dated;  // the edge whose `when` is all it asks about
  };

  // A part of the pattern that rows are found for already.
  struct Part {
    explicit Part(std::size_t nodes) : known(nodes) {}

    bool knows(std::size_t node) const { return known[node] > 0; }

    PlanPtr plan;
    const bound::Expression* looked_up = nullptr;  // the condition a scan by name has served
    std::vector<std::size_t> known;                // by node: when it was bound, from 1; 0: not yet
    std::size_t bound = 0;
    std::vector<std::size_t> edges;
    std::set<Slot> written;  // slots of its own that rows differ in
    std::set<Slot> open;     // paths that it holds
    std::vector<plan::NodeTest> tests;
    double share = 1;  // of rows that pass `tests`, as far as is known
  };

  enum class Move { Scan, Named, Ends, Expand, Into, Join };
  struct Choice {
    double rows = 0;                                        // that it leaves
    double found = 0;                                       // before they are tested
    double cost = std::numeric_limits<double>::infinity();  // those, and all that it looks at
    Move move = Move::Scan;
    std::size_t part = 0;
    std::size_t index = 0;  // of the node, the edge, or the other part
    const bound::Expression* name = nullptr;
    const bound::Expression* served = nullptr;  // the condition that it is found by
    bool exact = false;
  };

  const bound::PatternEdge& edge(std::size_t index) const { return *pattern_.edges[index].written; }
  Slot slot_of(std::size_t node) const { return pattern_.nodes[node].written->slot; }
  bool is_base(const Part& part) const { return &part == parts_.front().get(); }

  plan::Labels labels_of(const std::vector<std::string>& names) const {
    plan::Labels labels;
    for (const auto& name : names) labels.push_back(snapshot_.string_id(name));
    return labels;
  }

  plan::Types types_of(const std::vector<std::string>& names) const {
    plan::Types types;
    types.any = names.empty();
    for (const auto& name : names) {
      const auto id = snapshot_.string_id(name);
      if (id && std::find(types.ids.begin(), types.ids.end(), *id) == types.ids.end()) {
        types.ids.push_back(*id);
      }
    }
    return types;
  }

  static bool is_dated(const Condition& condition, const bound::PatternEdge& edge) {
    return !edge.bound && !edge.variable && condition.reads == std::set<Slot>{edge.slot} &&
           reads_when_alone(*condition.expression, edge.slot) &&
           !is_volatile(*condition.expression) && !has_subquery(*condition.expression);
  }

  bool holds(const Part& part, Slot slot) const {
    if (!own_.contains(slot)) return is_base(part);
    if (part.open.contains(slot)) return true;
    for (std::size_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (part.knows(i) && slot_of(i) == slot) return true;
    }
    return std::any_of(part.edges.begin(), part.edges.end(),
                       [&](std::size_t i) { return edge(i).slot == slot; });
  }

  bool readable(const Part& part, const std::set<Slot>& reads) const {
    return std::all_of(reads.begin(), reads.end(), [&](Slot slot) { return holds(part, slot); });
  }

  // --- what rows are still needed for ---

  bool overlap(std::size_t a, std::size_t b) const {
    if (pattern_.edges[a].clause != pattern_.edges[b].clause) return false;
    if (types_[a].any || types_[b].any) return true;
    return std::any_of(types_[a].ids.begin(), types_[a].ids.end(), [&](StringId type) {
      return std::find(types_[b].ids.begin(), types_[b].ids.end(), type) != types_[b].ids.end();
    });
  }

  // Whether more than the rule that edges differ wants to know which edge it is.
  bool is_asked_for(std::size_t index) const {
    const Slot slot = edge(index).slot;
    const auto reads = [&](const Condition& condition) {
      return condition.dated != index && condition.reads.contains(slot);
    };
    return demand_.slots.contains(slot) || std::any_of(pending_.begin(), pending_.end(), reads) ||
           in_open_path(index);
  }

  bool in_open_path(std::size_t index) const {
    for (std::size_t i = 0; i < pattern_.paths.size(); ++i) {
      const auto& edges = pattern_.paths[i].edges;
      if (!path_done_[i] && std::find(edges.begin(), edges.end(), index) != edges.end())
        return true;
    }
    return false;
  }

  bool in_open_path_node(std::size_t node) const {
    for (std::size_t i = 0; i < pattern_.paths.size(); ++i) {
      const auto& nodes = pattern_.paths[i].nodes;
      if (!path_done_[i] && std::find(nodes.begin(), nodes.end(), node) != nodes.end()) return true;
    }
    return false;
  }

  // How many edges that are not in `part` yet must differ from this one; `any` where each may be
  // any number.
  std::size_t rivals(const Part& part, std::size_t index, bool& any) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
      const bool inside = std::find(part.edges.begin(), part.edges.end(), i) != part.edges.end();
      if (i == index || inside || !overlap(i, index)) continue;
      ++count;
      any = any || edge(i).variable;
    }
    return count;
  }

  bool has_rivals(std::size_t index) const {
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
      if (i != index && overlap(i, index)) return true;
    }
    return false;
  }

  bool is_needed(const Part& part, std::size_t node) const {
    const Slot slot = slot_of(node);
    if (demand_.slots.contains(slot) || in_open_path_node(node)) return true;
    if (std::any_of(part.tests.begin(), part.tests.end(),
                    [&](const auto& test) { return test.node == slot; })) {
      return true;
    }
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
      const auto& at = pattern_.edges[i];
      if (!edge_done_[i] && (at.from == node || at.to == node)) return true;
      for (const auto& [key, value] : edge(i).properties) {
        if (!edge_done_[i] && bound::slots_read(*value).contains(slot)) return true;
      }
    }
    for (const auto& other : parts_) {
      if (other.get() != &part && other->knows(node)) return true;
    }
    return std::any_of(pending_.begin(), pending_.end(),
                       [&](const Condition& condition) { return condition.reads.contains(slot); });
  }

  bool reads_outside() const {
    const auto outer = [&](Slot slot) { return !own_.contains(slot); };
    return std::any_of(demand_.slots.begin(), demand_.slots.end(), outer) ||
           std::any_of(pending_.begin(), pending_.end(),
                       [&](const Condition& condition) {
                         return std::any_of(condition.reads.begin(), condition.reads.end(), outer);
                       }) ||
           std::any_of(pattern_.nodes.begin(), pattern_.nodes.end(),
                       [](const auto& node) { return node.bound; }) ||
           std::any_of(pattern_.edges.begin(), pattern_.edges.end(), [&](const auto& at) {
             return at.written->bound ||
                    std::any_of(at.written->properties.begin(), at.written->properties.end(),
                                [&](const auto& property) {
                                  const auto reads = bound::slots_read(*property.second);
                                  return std::any_of(reads.begin(), reads.end(), outer);
                                });
           });
  }

  // Where rows that come twice do no more than once, those that differ in nothing that is still
  // needed are made one.
  void make_distinct(Part& part) {
    if (!demand_.once || (is_base(part) && !alone_ && reads_outside())) return;
    plan::DistinctIds distinct;
    std::vector<std::pair<std::size_t, std::size_t>> nodes;  // the last bound first
    double most = 1;
    for (std::size_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (!part.knows(i) || pattern_.nodes[i].bound || !is_needed(part, i)) continue;
      nodes.emplace_back(part.known[i], i);
      most *= cardinality_.nodes(labels_[i]);
    }
    std::sort(nodes.rbegin(), nodes.rend());
    for (const auto& [when, i] : nodes) distinct.slots.push_back(slot_of(i));
    std::vector<std::pair<Slot, std::size_t>> witnesses;
    for (const std::size_t i : part.edges) {
      bool any = false;
      const std::size_t others = rivals(part, i, any);
      const bool asked_for = is_asked_for(i) || any;
      if (!asked_for && others == 0) continue;
      if (edge(i).variable) return;  // a list is no id
      if (asked_for) {
        distinct.slots.push_back(edge(i).slot);
        most = std::numeric_limits<double>::infinity();
      } else {
        witnesses.emplace_back(edge(i).slot, others + 1);
      }
    }
    for (std::size_t i = 0; i < pattern_.paths.size(); ++i) {
      if (path_done_[i] && part.open.contains(pattern_.paths[i].written->slot)) return;
    }
    std::set<Slot> left(distinct.slots.begin(), distinct.slots.end());
    for (const auto& [slot, others] : witnesses) left.insert(slot);
    if (std::includes(left.begin(), left.end(), part.written.begin(), part.written.end())) return;
    part.written = std::move(left);
    // With another one known, as many edges do as there are others to differ from, and one.
    for (std::size_t i = 0; i + 1 < witnesses.size(); ++i) {
      distinct.slots.push_back(witnesses[i].first);
    }
    if (!witnesses.empty()) {
      distinct.witness = witnesses.back().first;
      distinct.most = witnesses.back().second;
      most *= static_cast<double>(distinct.most);
    }
    const double rows = std::min(part.plan->rows, most);
    part.plan = make_node(std::move(distinct), std::move(part.plan), rows);
  }

  // --- binding ---

  // Labels that an edge at the node, which there must be, says it has.
  bool is_implied(std::size_t node, std::optional<StringId> label) const {
    if (!label) return false;
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
      const auto& at = pattern_.edges[i];
      if (types_[i].any || types_[i].ids.empty() || edge(i).low == 0) continue;
      if (edge(i).direction == bound::Direction::Both) continue;
      for (const bool first : {true, false}) {
        if ((first ? at.from : at.to) != node) continue;
        const bool leaves = first == (edge(i).direction == bound::Direction::Out);
        const auto all_have = [&](StringId type) {
          return snapshot_.edge_count(
                     *label, type, leaves ? Snapshot::Direction::Out : Snapshot::Direction::In) ==
                 snapshot_.edge_count(type);
        };
        if (std::all_of(types_[i].ids.begin(), types_[i].ids.end(), all_have)) return true;
      }
    }
    return false;
  }

  // `scanned`: the label that a scan has taken care of.
  void know(Part& part, std::size_t index, bool test,
            std::optional<std::size_t> scanned = std::nullopt) {
    part.known[index] = ++part.bound;
    const auto& node = pattern_.nodes[index];
    if (!node.bound) part.written.insert(node.written->slot);
    if (!test || tested_[index]) return;
    tested_[index] = true;
    plan::NodeTest tests{node.written->slot, node.written->name, {}, {}};
    for (std::size_t i = 0; i < labels_[index].size(); ++i) {
      if (i == scanned || is_implied(index, labels_[index][i])) continue;
      tests.labels.push_back(labels_[index][i]);
      tests.label_names.push_back(node.labels[i]);
    }
    if (node.bound || !tests.labels.empty()) part.tests.push_back(std::move(tests));
  }

  // Tests what can be tested, and forgets what is not needed any more.
  void settle(Part& part) {
    make_distinct(part);
    filter(part);
    make_distinct(part);
  }

  // A path is built of what passed: a node that an earlier clause left null has none.
  void filter(Part& part, std::vector<std::pair<Slot, Slot>> different = {}) {
    filter_readable(part, std::move(different));
    for (std::size_t i = 0; i < pattern_.paths.size(); ++i) {
      if (build_path(part, i)) filter_readable(part, {});
    }
  }

  void filter_readable(Part& part, std::vector<std::pair<Slot, Slot>> different) {
    plan::Filter filter;
    filter.different = std::move(different);
    double rows = part.plan->rows;
    filter.nodes = std::exchange(part.tests, {});
    rows *= std::exchange(part.share, 1);
    std::erase_if(pending_, [&](const Condition& condition) {
      if (!readable(part, condition.reads)) return false;
      filter.conditions.push_back({condition.expression, only_slot(condition)});
      // What an index has found by it passes it.
      if (condition.expression == part.looked_up) return true;
      rows *= is_equality(*condition.expression) ? Cardinality::kEquality : Cardinality::kCondition;
      return true;
    });
    if (filter.nodes.empty() && filter.conditions.empty() && filter.different.empty()) return;
    // Tests that look at one row come before those that run a subquery for it.
    std::stable_partition(
        filter.conditions.begin(), filter.conditions.end(),
        [](const plan::Condition& condition) { return !has_subquery(*condition.expression); });
    part.plan = make_node(std::move(filter), std::move(part.plan), std::max(rows, 0.001));
  }

  std::optional<Slot> only_slot(const Condition& condition) const {
    if (condition.reads.size() != 1 || is_volatile(*condition.expression) ||
        has_subquery(*condition.expression)) {
      return std::nullopt;
    }
    const Slot slot = *condition.reads.begin();
    const bool is_node =
        std::any_of(pattern_.nodes.begin(), pattern_.nodes.end(),
                    [&](const auto& node) { return node.written->slot == slot && !node.bound; });
    return is_node ? std::optional{slot} : std::nullopt;
  }

  bool build_path(Part& part, std::size_t index) {
    const auto& path = pattern_.paths[index];
    const auto has_edge = [&](std::size_t i) {
      return std::find(part.edges.begin(), part.edges.end(), i) != part.edges.end();
    };
    const bool ready =
        !path_done_[index] &&
        std::all_of(path.nodes.begin(), path.nodes.end(), [&](auto i) { return part.knows(i); }) &&
        std::all_of(path.edges.begin(), path.edges.end(), has_edge);
    if (!ready) return false;
    plan::BuildPath build;
    build.path = path.written;
    for (const auto i : path.nodes) build.nodes.push_back(slot_of(i));
    for (const auto i : path.edges) build.edges.emplace_back(edge(i).slot, edge(i).variable);
    path_done_[index] = true;
    part.open.insert(path.written->slot);
    const double rows = part.plan->rows;
    part.plan = make_node(std::move(build), std::move(part.plan), rows);
    return true;
  }

  // --- choosing ---

  // One more node, edge or join. False where nothing is left.
  bool step() {
    Choice best;
    const auto consider = [&](Choice choice) {
      if (choice.cost < best.cost) best = choice;
    };
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
        if (!edge_done_[i]) consider(edge_choice(p, i));
      }
      for (std::size_t q = p + 1; q < parts_.size(); ++q) consider(join_choice(p, q, false));
    }
    const bool grows = std::isfinite(best.cost);
    for (std::size_t i = 0; i < pattern_.nodes.size(); ++i) {
      const bool known = std::any_of(parts_.begin(), parts_.end(),
                                     [&](const auto& part) { return part->knows(i); });
      if (!known) consider(node_choice(i, grows));
    }
    if (std::isinf(best.cost) && parts_.size() > 1) best = join_choice(0, 1, true);
    if (std::isinf(best.cost)) return false;
    take(best);
    return true;
  }

  Choice edge_choice(std::size_t p, std::size_t index) const {
    const Part& part = *parts_[p];
    const auto& at = pattern_.edges[index];
    Choice choice;
    choice.part = p;
    choice.index = index;
    if (edge(index).bound && edge(index).kind == bound::PathKind::Every) {
      if (!is_base(part)) return choice;
      choice.move = Move::Ends;
      choice.rows = part.plan->rows;
      choice.cost = 2 * choice.rows;
      return choice;
    }
    for (const auto& [key, value] : edge(index).properties) {
      if (!readable(part, bound::slots_read(*value))) return choice;
    }
    const bool from = part.knows(at.from);
    const bool to = part.knows(at.to);
    const bool shortest = edge(index).kind != bound::PathKind::Every;
    if ((!from && !to) || (shortest && !(from && to))) return choice;
    choice.move = from && to ? Move::Into : Move::Expand;
    const std::size_t start = from ? at.from : at.to;
    const auto direction = from ? edge(index).direction : reversed_direction(edge(index).direction);
    double found = cardinality_.degree(labels_[start], types_[index], direction);
    if (edge(index).variable) {
      constexpr std::uint64_t kFarEnough = 4;
      const auto steps = std::min(edge(index).high, std::max(edge(index).low, kFarEnough));
      // Behind the first step nothing is known of the nodes.
      const double onward = std::max(1.0, cardinality_.degree({}, types_[index], direction));
      found = std::max(found, 1.0);
      double level = found;
      for (std::uint64_t i = 1; i < steps; ++i) found += level *= onward;
    }
    for (const auto& condition : pending_) {
      if (condition.dated == index) found *= Cardinality::kEquality;
    }
    const std::size_t end = from ? at.to : at.from;
    choice.found = part.plan->rows * found;
    if (from && to) choice.found /= cardinality_.nodes(labels_[end]);
    const double left =
        from && to ? 1 : label_share(index, end, direction) * selectivity(part, end);
    choice.rows = choice.found * left;
    choice.cost = choice.rows + part.plan->rows * found;
    return choice;
  }

  static bound::Direction reversed_direction(bound::Direction direction) {
    if (direction == bound::Direction::Both) return direction;
    return direction == bound::Direction::Out ? bound::Direction::In : bound::Direction::Out;
  }

  // How many of the nodes that an edge leads to have the labels of this one.
  double label_share(std::size_t index, std::size_t node, bound::Direction direction) const {
    const bool may_stay = edge(index).variable && edge(index).low == 0;
    return may_stay ? cardinality_.share(labels_[node])
                    : cardinality_.share(labels_[node], types_[index], direction);
  }

  // What the conditions of a node let through, once it is known.
  double selectivity(const Part& part, std::size_t index) const {
    double share = 1;
    for (const auto& condition : pending_) {
      if (condition.reads.contains(slot_of(index)) && others_known(part, condition, index) &&
          is_equality(*condition.expression)) {
        share *= Cardinality::kEquality;
      }
    }
    return share;
  }

  bool others_known(const Part& part, const Condition& condition, std::size_t index) const {
    return std::all_of(condition.reads.begin(), condition.reads.end(),
                       [&](Slot slot) { return slot == slot_of(index) || holds(part, slot); });
  }

  Choice join_choice(std::size_t p, std::size_t q, bool apart) const {
    Choice choice;
    choice.move = Move::Join;
    choice.part = p;
    choice.index = q;
    const Part& a = *parts_[p];
    const Part& b = *parts_[q];
    double rows = a.plan->rows * b.plan->rows;
    bool meet = apart;
    for (std::size_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (!a.knows(i) || !b.knows(i)) continue;
      meet = true;
      rows /= cardinality_.nodes(labels_[i]);
    }
    if (!meet) return choice;
    choice.rows = std::max(rows, 0.001);
    choice.cost = choice.rows + a.plan->rows + b.plan->rows;
    return choice;
  }

  Choice node_choice(std::size_t index, bool grows) const {
    Choice choice;
    choice.index = index;
    const Part& base = *parts_.front();
    find_name(base, index, choice);
    choice.move = choice.name ? Move::Named : Move::Scan;
    const bool apart = can_begin_part(choice);
    // What is not named is reached along an edge where there is one, or scanned for at last.
    if (grows && !choice.name && demand_.separable) return choice;
    const double before = apart ? 1 : base.plan->rows;
    const double labelled = cardinality_.nodes(rarest(labels_[index]));
    const double looked_at = choice.name ? std::min(Cardinality::kNamed, labelled) : labelled;
    choice.found = before * looked_at;
    choice.rows = choice.name
                      ? choice.found
                      : before * cardinality_.nodes(labels_[index]) * selectivity(base, index);
    choice.cost = choice.rows + before * looked_at;
    return choice;
  }

  // Whether it is found without the given row, and joined to what else there is.
  bool can_begin_part(const Choice& choice) const {
    if (!demand_.separable) return false;
    const bool untouched = alone_ && parts_.front()->bound == 0;
    return !untouched && (!choice.name || bound::slots_read(*choice.name).empty());
  }

  // What a condition says the node is called: named(x, e), x.name = e, x.name IN e.
  void find_name(const Part& part, std::size_t index, Choice& choice) const {
    const Slot slot = slot_of(index);
    const auto is_name = [&](const bound::Expression& e) {
      return e.kind == Kind::Property && e.text == "name" && has_variable(*e.children[0], slot);
    };
    const bound::Expression* served = nullptr;
    const auto use = [&](const bound::Expression& e, bool exact) {
      if (choice.name || !readable(part, bound::slots_read(e)) || has_subquery(e)) return;
      choice.name = &e;
      choice.exact = exact;
      choice.served = served;
    };
    for (const auto& condition : pending_) {
      const bound::Expression& e = *condition.expression;
      served = &e;
      if (e.kind == Kind::Call && e.function->name == "named" &&
          has_variable(*e.children[0], slot)) {
        use(*e.children[1], false);
      } else if (is_equality(e) && is_name(*e.children[0])) {
        use(*e.children[1], true);
      } else if (is_equality(e) && is_name(*e.children[1])) {
        use(*e.children[0], true);
      } else if (e.kind == Kind::In && is_name(*e.children[0])) {
        use(*e.children[1], true);
      }
    }
  }

  // --- taking ---

  void take(const Choice& choice) {
    switch (choice.move) {
      case Move::Scan:
      case Move::Named:
        return scan(choice);
      case Move::Join:
        return join(choice);
      case Move::Ends:
        return lay(choice);
      default:
        return expand(choice);
    }
  }

  std::vector<Slot> others_of(const Part& part, std::size_t index) const {
    std::vector<Slot> others;
    for (const std::size_t i : part.edges) {
      if (i != index && overlap(i, index)) others.push_back(edge(i).slot);
    }
    return others;
  }

  void lay(const Choice& choice) {
    Part& part = *parts_[choice.part];
    const auto& at = pattern_.edges[choice.index];
    const bool from = part.knows(at.from);
    const bool to = part.knows(at.to);
    plan::EdgeEnds ends{&edge(choice.index),
                        slot_of(at.from),
                        slot_of(at.to),
                        from,
                        to,
                        types_[choice.index],
                        others_of(part, choice.index)};
    edge_done_[choice.index] = true;
    if (edge(choice.index).variable) {
      part.plan = make_node(plan::EdgeList{std::move(ends)}, std::move(part.plan), choice.rows);
    } else {
      part.plan = make_node(std::move(ends), std::move(part.plan), choice.rows);
    }
    finish_edge(part, choice.index);
  }

  void finish_edge(Part& part, std::size_t index) {
    const auto& at = pattern_.edges[index];
    part.edges.push_back(index);
    if (!part.knows(at.from)) know(part, at.from, true);
    if (!part.knows(at.to)) know(part, at.to, true);
    settle(part);
  }

  // Nobody asks which way it was that leads to a node: then it is enough to know which can be
  // reached. A shortest way meets no edge twice, so the rule that paths do not is kept; but one
  // back to where it began may be nothing but an edge taken there and back.
  bool is_reach(std::size_t index) const {
    const auto& written = edge(index);
    return demand_.once && written.variable && written.kind == bound::PathKind::Every &&
           written.low <= 1 && (written.low == 0 || written.direction != bound::Direction::Both) &&
           !is_asked_for(index) && !has_rivals(index);
  }

  void expand(const Choice& choice) {
    Part& part = *parts_[choice.part];
    const std::size_t index = choice.index;
    const auto& at = pattern_.edges[index];
    const bool into = choice.move == Move::Into;
    // Into: from what was bound first, which changes least from row to row.
    const bool forward = into ? part.known[at.from] <= part.known[at.to] : part.knows(at.from);
    plan::Expand step;
    step.edge = &edge(index);
    step.reversed = !forward;
    step.from = slot_of(forward ? at.from : at.to);
    step.to = slot_of(forward ? at.to : at.from);
    step.into = into;
    step.types = types_[index];
    step.other_edges = others_of(part, index);
    std::erase_if(pending_, [&](const Condition& condition) {
      if (condition.dated != index) return false;
      step.dated.push_back(condition.expression);
      return true;
    });
    step.edge_read = demand_.every_edge || is_asked_for(index) || has_rivals(index);
    const bool reach = is_reach(index);
    if (step.edge_read && !edge(index).variable) part.written.insert(edge(index).slot);
    edge_done_[index] = true;
    if (edge(index).kind != bound::PathKind::Every) {
      part.plan =
          make_node(plan::ShortestPath{std::move(step)}, std::move(part.plan), choice.found);
    } else if (reach) {
      part.plan = make_node(plan::Reach{std::move(step)}, std::move(part.plan), choice.found);
    } else if (edge(index).variable) {
      part.plan =
          make_node(plan::VariableExpand{std::move(step)}, std::move(part.plan), choice.found);
    } else {
      part.plan = make_node(std::move(step), std::move(part.plan), choice.found);
    }
    if (!into) {
      const auto direction =
          forward ? edge(index).direction : reversed_direction(edge(index).direction);
      part.share = label_share(index, forward ? at.to : at.from, direction);
    }
    finish_edge(part, index);
  }

  void join(const Choice& choice) {
    Part& left = *parts_[choice.part];
    Part& right = *parts_[choice.index];
    // The smaller one is kept; that of the given row cannot be.
    if (!is_base(left) && left.plan->rows < right.plan->rows) {
      std::swap(parts_[choice.part], parts_[choice.index]);
      return join(choice);
    }
    plan::HashJoin step;
    for (std::size_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (!right.knows(i)) continue;
      if (left.knows(i)) {
        step.on.push_back(slot_of(i));
      } else {
        if (is_needed(right, i)) step.carried.push_back(slot_of(i));
        left.known[i] = ++left.bound;
        left.written.insert(slot_of(i));
      }
    }
    std::vector<std::pair<Slot, Slot>> different;
    for (const std::size_t a : right.edges) {
      if (is_asked_for(a) || has_rivals(a)) step.carried.push_back(edge(a).slot);
      for (const std::size_t b : left.edges) {
        if (overlap(a, b)) different.emplace_back(edge(a).slot, edge(b).slot);
      }
    }
    for (const Slot slot : right.open) step.carried.push_back(slot);
    left.open.insert(right.open.begin(), right.open.end());
    left.edges.insert(left.edges.end(), right.edges.begin(), right.edges.end());
    left.written.insert(right.written.begin(), right.written.end());
    left.plan = make_node(std::move(step), std::move(left.plan), choice.rows);
    left.plan->inputs.push_back(std::move(right.plan));
    parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(choice.index));
    Part& joined = *parts_[choice.part];
    if (!different.empty()) filter(joined, std::move(different));
    settle(joined);
  }

  // The label that is scanned, the others being tested: none of none.
  plan::Labels rarest(const plan::Labels& labels) const {
    const auto found =
        std::min_element(labels.begin(), labels.end(), [&](const auto& a, const auto& b) {
          return cardinality_.nodes({a}) < cardinality_.nodes({b});
        });
    return found == labels.end() ? plan::Labels() : plan::Labels{*found};
  }

  void scan(const Choice& choice) {
    std::size_t p = 0;
    if (can_begin_part(choice)) {
      p = parts_.size();
      parts_.push_back(std::make_unique<Part>(pattern_.nodes.size()));
      parts_.back()->plan = make_node(plan::Argument{}, nullptr, 1);
    }
    Part& part = *parts_[p];
    const auto& node = pattern_.nodes[choice.index];
    const Slot slot = node.written->slot;
    const auto& labels = labels_[choice.index];
    const plan::Labels scanned = rarest(labels);
    const bool labelled = !scanned.empty();
    const auto label = labelled ? scanned.front() : std::nullopt;
    if (choice.name) {
      plan::NameScan scan{slot, node.written->name, choice.name, choice.exact, labelled, label};
      part.looked_up = choice.served;
      part.plan = make_node(std::move(scan), std::move(part.plan), choice.found);
    } else {
      plan::NodeScan scan{slot, node.written->name, labelled, label};
      const double rows = part.plan->rows * cardinality_.nodes(scanned);
      part.share = cardinality_.share(labels) / cardinality_.share(scanned);
      part.plan = make_node(std::move(scan), std::move(part.plan), rows);
    }
    std::optional<std::size_t> done;
    if (labelled) {
      done =
          static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
    }
    know(part, choice.index, true, done);
    settle(part);
  }

  const Pattern& pattern_;
  const Demand& demand_;
  const Snapshot& snapshot_;
  Cardinality cardinality_;
  std::vector<plan::Labels> labels_;
  std::vector<plan::Types> types_;
  std::set<Slot> own_;  // slots that the pattern binds
  std::vector<bool> tested_;
  std::vector<bool> edge_done_;
  std::vector<bool> path_done_;
  std::vector<Condition> pending_;
  std::vector<std::unique_ptr<Part>> parts_;  // the first one begins with the given row
  bool alone_ = false;                        // no row is given
};

}  // namespace

bool has_subquery(const bound::Expression& e) {
  return e.subquery || std::any_of(e.children.begin(), e.children.end(),
                                   [](const auto& child) { return child && has_subquery(*child); });
}

bool is_volatile(const bound::Expression& e) {
  if (e.function != nullptr && !e.function->constant) return true;
  return std::any_of(e.children.begin(), e.children.end(),
                     [](const auto& child) { return child && is_volatile(*child); });
}

bool Pattern::takes(const bound::Match& match) const {
  return std::none_of(match.edges.begin(), match.edges.end(),
                      [](const auto& edge) { return edge.bound; });
}

void Pattern::add(const bound::Match& match) {
  std::vector<std::size_t> node_index;
  for (const auto& node : match.nodes) {
    const auto known = std::find_if(nodes.begin(), nodes.end(), [&](const Node& one) {
      return one.written->slot == node.slot;
    });
    node_index.push_back(static_cast<std::size_t>(known - nodes.begin()));
    if (known == nodes.end()) {
      nodes.push_back({&node, node.labels, node.bound});
      continue;
    }
    for (const auto& label : node.labels) {
      if (std::find(known->labels.begin(), known->labels.end(), label) == known->labels.end()) {
        known->labels.push_back(label);
      }
    }
  }
  const std::size_t first_edge = edges.size();
  for (const auto& edge : match.edges) {
    edges.push_back({&edge, node_index[edge.from], node_index[edge.to], clauses});
  }
  for (const auto& path : match.paths) {
    Path& added = paths.emplace_back();
    added.written = &path;
    for (const auto i : path.nodes) added.nodes.push_back(node_index[i]);
    for (const auto i : path.edges) added.edges.push_back(first_edge + i);
  }
  for (const auto& predicate : match.predicates) predicates.push_back(predicate.get());
  ++clauses;
}

PlanPtr plan_pattern(const Pattern& pattern, const Demand& demand, const Snapshot& snapshot,
                     PlanPtr input) {
  return MatchPlanner(pattern, demand, snapshot, std::move(input)).plan();
}

}  // namespace ketnghia::query
