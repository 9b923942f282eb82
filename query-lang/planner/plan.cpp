#include "query-lang/planner/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "query-lang/functions/registry.hpp"
#include "query-lang/planner/cardinality.hpp"

namespace ketnghia::query {
namespace {

using bound::Kind;
using bound::Slot;

PlanPtr make_node(decltype(PlanNode::step) step, PlanPtr input, double rows) {
  auto node = std::make_unique<PlanNode>();
  node->step = std::move(step);
  node->rows = rows;
  if (input) node->inputs.push_back(std::move(input));
  return node;
}

bool is_equality(const bound::Expression& e) {
  return e.kind == Kind::Comparison && e.operators.size() == 1 &&
         e.operators.front() == bound::Operator::Equal;
}

// Brings one MATCH into an order.
class MatchPlanner {
 public:
  MatchPlanner(const bound::Match& match, const Snapshot& snapshot, PlanPtr input)
      : match_(match),
        snapshot_(snapshot),
        cardinality_(snapshot),
        plan_(std::move(input)),
        node_known_(match.nodes.size()),
        edge_done_(match.edges.size()),
        path_done_(match.paths.size()) {
    for (const auto& node : match.nodes) {
      labels_.push_back(labels_of(node.labels));
      if (!node.bound) open_.insert(node.slot);
    }
    for (const auto& edge : match.edges) {
      types_.push_back(types_of(edge.types));
      if (!edge.bound) open_.insert(edge.slot);
    }
    for (const auto& path : match.paths) open_.insert(path.slot);
    for (const auto& condition : match.predicates) {
      pending_.push_back({condition.get(), bound::slots_read(*condition)});
    }
  }

  PlanPtr plan() {
    for (std::size_t i = 0; i < match_.nodes.size(); ++i) {
      if (match_.nodes[i].bound) know(i, true);
    }
    filter();
    while (step()) filter();
    return std::move(plan_);
  }

 private:
  struct Condition {
    const bound::Expression* expression;
    std::set<Slot> reads;
  };
  enum class Move { Scan, Named, Ends, Expand, Into };
  struct Choice {
    double rows = 0;                                        // that it leaves
    double cost = std::numeric_limits<double>::infinity();  // those, and all that it looks at
    Move move = Move::Scan;
    std::size_t index = 0;
    const bound::Expression* name = nullptr;
  };

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

  bool readable(const std::set<Slot>& reads) const {
    return std::none_of(reads.begin(), reads.end(),
                        [&](Slot slot) { return open_.contains(slot); });
  }

  // Marks a node as bound to a value; its labels are tested unless the scan took care of the
  // only one.
  void know(std::size_t index, bool test) {
    node_known_[index] = true;
    const auto& node = match_.nodes[index];
    open_.erase(node.slot);
    if (test && (node.bound || !labels_[index].empty())) {
      tests_.push_back({node.slot, node.name, labels_[index], node.labels});
    }
  }

  // A path is built of what passed: a node that an earlier clause left null has none.
  void filter() {
    filter_readable();
    for (std::size_t i = 0; i < match_.paths.size(); ++i) {
      if (build_path(i)) filter_readable();
    }
  }

  void filter_readable() {
    plan::Filter filter;
    double rows = plan_->rows;
    filter.nodes = std::exchange(tests_, {});
    for (const auto& test : filter.nodes) rows *= cardinality_.share(test.labels);
    std::erase_if(pending_, [&](const Condition& condition) {
      if (!readable(condition.reads)) return false;
      filter.conditions.push_back(condition.expression);
      rows *= is_equality(*condition.expression) ? Cardinality::kEquality : Cardinality::kCondition;
      return true;
    });
    if (filter.nodes.empty() && filter.conditions.empty()) return;
    // Tests that look at one row come before those that run a subquery for it.
    std::stable_partition(filter.conditions.begin(), filter.conditions.end(),
                          [](const bound::Expression* e) { return !has_subquery(*e); });
    plan_ = make_node(std::move(filter), std::move(plan_), std::max(rows, 0.001));
  }

  static bool has_subquery(const bound::Expression& e) {
    return e.subquery || std::any_of(e.children.begin(), e.children.end(), [](const auto& child) {
             return child && has_subquery(*child);
           });
  }

  bool build_path(std::size_t index) {
    const auto& path = match_.paths[index];
    const bool ready =
        !path_done_[index] &&
        std::all_of(path.nodes.begin(), path.nodes.end(), [&](auto i) { return node_known_[i]; }) &&
        std::all_of(path.edges.begin(), path.edges.end(), [&](auto i) { return edge_done_[i]; });
    if (!ready) return false;
    plan::BuildPath build;
    build.path = &path;
    for (const auto i : path.nodes) build.nodes.push_back(match_.nodes[i].slot);
    for (const auto i : path.edges) {
      build.edges.emplace_back(match_.edges[i].slot, match_.edges[i].variable);
    }
    path_done_[index] = true;
    open_.erase(path.slot);
    const double rows = plan_->rows;
    plan_ = make_node(std::move(build), std::move(plan_), rows);
    return true;
  }

  // One more node or edge. False where nothing is left.
  bool step() {
    Choice best;
    const auto consider = [&](Choice choice) {
      if (choice.cost < best.cost) best = choice;
    };
    for (std::size_t i = 0; i < match_.edges.size(); ++i) {
      if (!edge_done_[i]) consider(edge_choice(i));
    }
    for (std::size_t i = 0; i < match_.nodes.size(); ++i) {
      if (!node_known_[i]) consider(node_choice(i));
    }
    if (std::isinf(best.cost)) return false;
    take(best);
    return true;
  }

  Choice edge_choice(std::size_t index) const {
    const auto& edge = match_.edges[index];
    Choice choice;
    choice.index = index;
    if (edge.bound && edge.kind == bound::PathKind::Every) {
      choice.move = Move::Ends;
      choice.rows = plan_->rows;
      choice.cost = 2 * choice.rows;
      return choice;
    }
    for (const auto& [key, value] : edge.properties) {
      if (!readable(bound::slots_read(*value))) return choice;
    }
    const bool from = node_known_[edge.from];
    const bool to = node_known_[edge.to];
    const bool shortest = edge.kind != bound::PathKind::Every;
    if ((!from && !to) || (shortest && !(from && to))) return choice;
    choice.move = from && to ? Move::Into : Move::Expand;
    double found = cardinality_.degree(types_[index], edge.direction);
    if (edge.variable) {
      constexpr std::uint64_t kFarEnough = 4;
      const auto steps = static_cast<double>(std::min(edge.high, std::max(edge.low, kFarEnough)));
      found = std::pow(std::max(found, 1.0), steps);
    }
    const double left =
        from && to ? found / cardinality_.nodes() : found * selectivity(from ? edge.to : edge.from);
    choice.rows = plan_->rows * left;
    choice.cost = choice.rows + plan_->rows * found;
    return choice;
  }

  // What the labels and the conditions of a node let through, once it is known.
  double selectivity(std::size_t index) const {
    double share = cardinality_.share(labels_[index]);
    for (const auto& condition : pending_) {
      if (condition.reads.contains(match_.nodes[index].slot) && others_known(condition, index) &&
          is_equality(*condition.expression)) {
        share *= Cardinality::kEquality;
      }
    }
    return share;
  }

  bool others_known(const Condition& condition, std::size_t index) const {
    return std::all_of(condition.reads.begin(), condition.reads.end(), [&](Slot slot) {
      return slot == match_.nodes[index].slot || !open_.contains(slot);
    });
  }

  Choice node_choice(std::size_t index) const {
    Choice choice;
    choice.index = index;
    choice.name = name_of(index);
    choice.move = choice.name ? Move::Named : Move::Scan;
    const double labelled = cardinality_.nodes(rarest(labels_[index]));
    const double looked_at = choice.name ? std::min(Cardinality::kNamed, labelled) : labelled;
    choice.rows =
        plan_->rows * (choice.name ? looked_at : cardinality_.nodes() * selectivity(index));
    choice.cost = choice.rows + plan_->rows * looked_at;
    return choice;
  }

  // What a condition says the node is called: named(x, e), x.name = e.
  const bound::Expression* name_of(std::size_t index) const {
    const Slot slot = match_.nodes[index].slot;
    const auto is_node = [&](const bound::Expression& e) {
      return e.kind == Kind::Variable && e.slot == slot;
    };
    const auto is_name = [&](const bound::Expression& e) {
      return e.kind == Kind::Property && e.text == "name" && is_node(*e.children[0]);
    };
    const auto usable = [&](const bound::Expression& e) {
      return readable(bound::slots_read(e)) && !has_subquery(e) ? &e : nullptr;
    };
    for (const auto& condition : pending_) {
      const bound::Expression& e = *condition.expression;
      const bound::Expression* found = nullptr;
      if (e.kind == Kind::Call && e.function->name == "named" && is_node(*e.children[0])) {
        found = usable(*e.children[1]);
      } else if (is_equality(e) && is_name(*e.children[0])) {
        found = usable(*e.children[1]);
      } else if (is_equality(e) && is_name(*e.children[1])) {
        found = usable(*e.children[0]);
      }
      if (found) return found;
    }
    return nullptr;
  }

  void take(const Choice& choice) {
    if (choice.move == Move::Scan || choice.move == Move::Named) {
      scan(choice);
      return;
    }
    const std::size_t index = choice.index;
    const auto& edge = match_.edges[index];
    edge_done_[index] = true;
    std::vector<Slot> others;
    for (std::size_t i = 0; i < match_.edges.size(); ++i) {
      if (i != index && edge_done_[i]) others.push_back(match_.edges[i].slot);
    }
    const bool from = node_known_[edge.from];
    const bool to = node_known_[edge.to];
    if (choice.move == Move::Ends) {
      plan::EdgeEnds ends{&edge,
                          match_.nodes[edge.from].slot,
                          match_.nodes[edge.to].slot,
                          from,
                          to,
                          types_[index],
                          std::move(others)};
      if (edge.variable) {
        plan_ = make_node(plan::EdgeList{std::move(ends)}, std::move(plan_), choice.rows);
      } else {
        plan_ = make_node(std::move(ends), std::move(plan_), choice.rows);
      }
    } else {
      plan::Expand expand;
      expand.edge = &edge;
      expand.reversed = !from;
      expand.from = match_.nodes[from ? edge.from : edge.to].slot;
      expand.to = match_.nodes[from ? edge.to : edge.from].slot;
      expand.into = from && to;
      expand.types = types_[index];
      expand.other_edges = std::move(others);
      if (edge.kind != bound::PathKind::Every) {
        plan_ = make_node(plan::ShortestPath{std::move(expand)}, std::move(plan_), choice.rows);
      } else if (edge.variable) {
        plan_ = make_node(plan::VariableExpand{std::move(expand)}, std::move(plan_), choice.rows);
      } else {
        plan_ = make_node(std::move(expand), std::move(plan_), choice.rows);
      }
    }
    open_.erase(edge.slot);
    if (!from) know(edge.from, true);
    if (!to && !node_known_[edge.to]) know(edge.to, true);
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
    const auto& node = match_.nodes[choice.index];
    const auto& labels = labels_[choice.index];
    const plan::Labels scanned = rarest(labels);
    const bool labelled = !scanned.empty();
    const auto label = labelled ? scanned.front() : std::nullopt;
    if (choice.name) {
      plan::NameScan scan{node.slot, node.name, choice.name, labelled, label};
      plan_ = make_node(std::move(scan), std::move(plan_), choice.rows);
    } else {
      plan::NodeScan scan{node.slot, node.name, labelled, label};
      const double rows = plan_->rows * cardinality_.nodes(scanned);
      plan_ = make_node(std::move(scan), std::move(plan_), rows);
    }
    know(choice.index, labels.size() > 1);
  }

  const bound::Match& match_;
  const Snapshot& snapshot_;
  Cardinality cardinality_;
  PlanPtr plan_;
  std::vector<plan::Labels> labels_;
  std::vector<plan::Types> types_;
  std::set<Slot> open_;  // slots of this match that have no value yet
  std::vector<bool> node_known_;
  std::vector<bool> edge_done_;
  std::vector<bool> path_done_;
  std::vector<Condition> pending_;
  std::vector<plan::NodeTest> tests_;
};

class Planner {
 public:
  Planner(const Snapshot& snapshot, LogicalPlan& plan) : snapshot_(snapshot), plan_(plan) {}

  PlanPtr query(const bound::Query& query) {
    bound::for_each_expression(query, [this](const bound::Expression& e) { subqueries(e); });
    std::vector<PlanPtr> branches;
    for (const auto& branch : query.branches) branches.push_back(single_query(branch));
    if (branches.size() == 1) return std::move(branches.front());
    auto node = make_node(plan::Union{&query}, nullptr, 0);
    for (auto& branch : branches) {
      node->rows += branch->rows;
      node->inputs.push_back(std::move(branch));
    }
    if (query.all) return node;
    const double rows = node->rows;
    return make_node(plan::Distinct{query.result}, std::move(node), rows);
  }

 private:
  void subqueries(const bound::Expression& e) {
    if (e.subquery) plan_.subqueries.emplace(e.subquery.get(), query(*e.subquery));
    for (const auto& child : e.children) {
      if (child) subqueries(*child);
    }
  }

  PlanPtr single_query(const bound::SingleQuery& query) {
    PlanPtr plan = make_node(plan::Argument{}, nullptr, 1);
    for (const auto& clause : query.clauses) {
      plan = std::visit([&](const auto& it) { return add(it, std::move(plan)); }, clause);
    }
    return plan;
  }

  PlanPtr add(const bound::Match& match, PlanPtr input) {
    if (!match.optional) return MatchPlanner(match, snapshot_, std::move(input)).plan();
    plan::Optional optional;
    for (const auto& node : match.nodes) {
      if (!node.bound) optional.introduced.push_back(node.slot);
    }
    for (const auto& edge : match.edges) {
      if (!edge.bound) optional.introduced.push_back(edge.slot);
    }
    for (const auto& path : match.paths) optional.introduced.push_back(path.slot);
    PlanPtr inner = MatchPlanner(match, snapshot_, make_node(plan::Argument{}, nullptr, 1)).plan();
    const double rows = input->rows * std::max(1.0, inner->rows);
    auto node = make_node(std::move(optional), std::move(input), rows);
    node->inputs.push_back(std::move(inner));
    return node;
  }

  PlanPtr add(const bound::Unwind& unwind, PlanPtr input) {
    const double rows = input->rows * Cardinality::kElements;
    return make_node(plan::Unwind{&unwind}, std::move(input), rows);
  }

  PlanPtr add(const bound::Projection& projection, PlanPtr plan) {
    double rows = plan->rows;
    const auto wrap = [&](auto step) { plan = make_node(std::move(step), std::move(plan), rows); };
    if (projection.aggregated) {
      rows = projection.keys.empty() ? 1 : std::max(1.0, rows * Cardinality::kGroups);
      wrap(plan::Aggregate{&projection});
    }
    wrap(plan::Project{&projection});
    if (projection.distinct) wrap(plan::Distinct{projection.result});
    if (!projection.order.empty()) wrap(plan::Sort{&projection});
    if (projection.skip) wrap(plan::SkipRows{projection.skip.get()});
    if (projection.limit) {
      if (const auto* count = std::get_if<std::int64_t>(&projection.limit->value.data)) {
        rows = std::min(rows, static_cast<double>(*count));
      }
      wrap(plan::LimitRows{projection.limit.get()});
    }
    if (!projection.predicates.empty()) {
      plan::Filter filter;
      for (const auto& condition : projection.predicates)
        filter.conditions.push_back(condition.get());
      rows *= Cardinality::kCondition;
      wrap(std::move(filter));
    }
    return plan;
  }

  const Snapshot& snapshot_;
  LogicalPlan& plan_;
};

}  // namespace

LogicalPlan make_plan(const bound::Query& query, const Snapshot& snapshot) {
  LogicalPlan plan;
  plan.root = Planner(snapshot, plan).query(query);
  return plan;
}

}  // namespace ketnghia::query
