#include "query-lang/planner/plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "query-lang/functions/registry.hpp"
#include "query-lang/planner/cardinality.hpp"
#include "query-lang/planner/match_planner.hpp"
#include "query-lang/planner/plan_node.hpp"

namespace ketnghia::query {
namespace {

using bound::Slot;

void add_reads(const bound::Expression& expression, std::set<Slot>& slots) {
  slots.merge(bound::slots_read(expression));
}

void add_reads(const bound::Projection& projection, std::set<Slot>& slots) {
  for (const auto* columns : {&projection.keys, &projection.aggregates, &projection.columns}) {
    for (const auto& column : *columns) add_reads(*column.expression, slots);
  }
  for (const auto& key : projection.order) add_reads(*key.expression, slots);
  for (const auto* count : {&projection.skip, &projection.limit}) {
    if (*count) add_reads(**count, slots);
  }
  for (const auto& condition : projection.predicates) add_reads(*condition, slots);
}

void add_reads(const bound::Match& match, std::set<Slot>& slots) {
  for (const auto& node : match.nodes) {
    if (node.bound) slots.insert(node.slot);
  }
  for (const auto& edge : match.edges) {
    if (edge.bound) slots.insert(edge.slot);
    for (const auto& [key, value] : edge.properties) add_reads(*value, slots);
  }
  for (const auto& condition : match.predicates) add_reads(*condition, slots);
}

// Whether it may give another value each time.
bool varies(const bound::Projection& projection) {
  const auto any = [](const auto& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [](const auto& column) { return is_volatile(*column.expression); });
  };
  return any(projection.keys) || any(projection.aggregates) || any(projection.columns);
}

// Whether what it gives is the same for rows that come more than once.
bool merges_rows(const bound::Projection& projection) {
  if (varies(projection)) return false;
  if (!projection.aggregated) return projection.distinct;
  return std::all_of(projection.aggregates.begin(), projection.aggregates.end(),
                     [](const bound::Column& column) {
                       const bound::Expression& call = *column.expression;
                       const auto name = call.function->name;
                       return call.distinct || name == "min" || name == "max";
                     });
}

class Planner {
 public:
  Planner(const Snapshot& snapshot, LogicalPlan& plan, bool every_edge)
      : snapshot_(snapshot), plan_(plan), every_edge_(every_edge) {}

  PlanPtr query(const bound::Query& query, bool nested, bool exists) {
    nested_ = nested;
    exists_ = exists;
    return planned(query);
  }

 private:
  PlanPtr planned(const bound::Query& query) {
    bound::for_each_expression(query, [this](const bound::Expression& e) { subqueries(e); });
    std::vector<PlanPtr> branches;
    const bool once = query.branches.size() > 1 && !query.all;
    for (const auto& branch : query.branches) branches.push_back(single_query(branch, once));
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

  void subqueries(const bound::Expression& e) {
    if (e.subquery) {
      Planner inner(snapshot_, plan_, every_edge_);
      for (const auto& child : e.children) {
        if (child) add_reads(*child, inner.demanded_);
      }
      plan_.subqueries.emplace(e.subquery.get(),
                               inner.query(*e.subquery, true, e.kind == bound::Kind::Exists));
    }
    for (const auto& child : e.children) {
      if (child) subqueries(*child);
    }
  }

  PlanPtr single_query(const bound::SingleQuery& query, bool once) {
    PlanPtr plan = make_node(plan::Argument{}, nullptr, 1);
    const auto& clauses = query.clauses;
    for (std::size_t i = 0; i < clauses.size();) {
      const auto* match = std::get_if<bound::Match>(&clauses[i]);
      if (const auto* unwind = std::get_if<bound::Unwind>(&clauses[i])) {
        plan = add(*unwind, std::move(plan));
        ++i;
      } else if (const auto* projection = std::get_if<bound::Projection>(&clauses[i])) {
        plan = add(*projection, std::move(plan));
        ++i;
      } else if (match->optional) {
        plan = optional(*match, std::move(plan));
        ++i;
      } else {
        Pattern pattern;
        pattern.add(*match);
        for (++i; i < clauses.size(); ++i) {
          const auto* next = std::get_if<bound::Match>(&clauses[i]);
          if (next == nullptr || next->optional || !pattern.takes(*next)) break;
          pattern.add(*next);
        }
        plan = plan_pattern(pattern, demand(query, i, once), snapshot_, std::move(plan));
      }
    }
    return plan;
  }

  // What the clauses from `at` on want of the rows before them.
  Demand demand(const bound::SingleQuery& query, std::size_t at, bool once) const {
    Demand demand;
    demand.separable = !nested_;
    demand.every_edge = every_edge_;
    demand.once = !every_edge_ && merges_later(query, at, once);
    demand.slots = demanded_;
    for (; at < query.clauses.size(); ++at) {
      const auto& clause = query.clauses[at];
      if (const auto* projection = std::get_if<bound::Projection>(&clause)) {
        // What it does not name is out of scope behind it.
        add_reads(*projection, demand.slots);
        return demand;
      }
      if (const auto* unwind = std::get_if<bound::Unwind>(&clause)) {
        add_reads(*unwind->list, demand.slots);
      } else {
        add_reads(std::get<bound::Match>(clause), demand.slots);
      }
    }
    demand.slots.insert(query.result.begin(), query.result.end());
    return demand;
  }

  bool merges_later(const bound::SingleQuery& query, std::size_t at, bool once) const {
    for (; at < query.clauses.size(); ++at) {
      const auto& clause = query.clauses[at];
      if (const auto* unwind = std::get_if<bound::Unwind>(&clause)) {
        if (is_volatile(*unwind->list)) return false;
      } else if (const auto* projection = std::get_if<bound::Projection>(&clause)) {
        if (merges_rows(*projection)) return true;
        if (projection->aggregated || projection->skip || projection->limit ||
            varies(*projection)) {
          return false;
        }
      }
    }
    return once || exists_;
  }

  PlanPtr optional(const bound::Match& match, PlanPtr input) {
    plan::Optional optional;
    Demand demand;
    demand.separable = false;
    demand.every_edge = every_edge_;
    for (const auto& node : match.nodes) {
      if (!node.bound) optional.introduced.push_back(node.slot);
    }
    for (const auto& edge : match.edges) {
      if (!edge.bound) optional.introduced.push_back(edge.slot);
    }
    for (const auto& path : match.paths) optional.introduced.push_back(path.slot);
    // Rows of it are told from the row of nulls by what they hold.
    demand.slots.insert(optional.introduced.begin(), optional.introduced.end());
    Pattern pattern;
    pattern.add(match);
    PlanPtr inner =
        plan_pattern(pattern, demand, snapshot_, make_node(plan::Argument{}, nullptr, 1));
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
        filter.conditions.push_back({condition.get(), {}});
      rows *= Cardinality::kCondition;
      wrap(std::move(filter));
    }
    return plan;
  }

  const Snapshot& snapshot_;
  LogicalPlan& plan_;
  bool every_edge_;
  bool nested_ = false;      // a subquery: run for each row
  std::set<Slot> demanded_;  // what the expression around it reads of its rows
  bool exists_ = false;      // of which only the first row counts
};

}  // namespace

LogicalPlan make_plan(const bound::Query& query, const Snapshot& snapshot, bool every_edge) {
  LogicalPlan plan;
  plan.root = Planner(snapshot, plan, every_edge).query(query, false, false);
  return plan;
}

}  // namespace ketnghia::query
