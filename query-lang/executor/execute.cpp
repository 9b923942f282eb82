#include "query-lang/executor/execute.hpp"

#include <utility>

#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

class Builder {
 public:
  Builder(const PlanNode& node, Execution& execution) : node_(node), execution_(execution) {}

  OperatorPtr operator()(const plan::Argument&) const { return make_argument(); }
  OperatorPtr operator()(const plan::NodeScan& step) const {
    return sure({step.node}, make_scan(step, input(0), execution_));
  }
  OperatorPtr operator()(const plan::NameScan& step) const {
    return sure({step.node}, make_scan(step, input(0), execution_));
  }
  OperatorPtr operator()(const plan::EdgeEnds& step) const {
    return make_scan(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::EdgeList& step) const {
    return make_scan(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Expand& step) const {
    return sure({step.edge->slot, step.to}, make_expand(step, input(0), execution_));
  }
  OperatorPtr operator()(const plan::Reach& step) const {
    return make_reach(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::DistinctIds& step) const {
    return make_distinct_ids(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::HashJoin& step) const {
    return make_hash_join(step, input(0), input(1), execution_);
  }
  OperatorPtr operator()(const plan::VariableExpand& step) const {
    return sure({step.edge->slot, step.to}, make_variable_expand(step, input(0), execution_));
  }
  OperatorPtr operator()(const plan::ShortestPath& step) const {
    return sure({step.edge->slot, step.to}, make_shortest_path(step, input(0), execution_));
  }
  OperatorPtr operator()(const plan::Filter& step) const {
    return make_filter(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::BuildPath& step) const {
    return make_build_path(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Optional& step) const {
    return make_optional(step, input(0), input(1), execution_);
  }
  OperatorPtr operator()(const plan::Unwind& step) const {
    return make_unwind(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Aggregate& step) const {
    return make_aggregate(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Project& step) const {
    return make_project(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Distinct& step) const {
    return make_distinct(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Sort& step) const {
    return make_sort(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::SkipRows& step) const {
    return make_skip(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::LimitRows& step) const {
    return make_limit(step, input(0), execution_);
  }
  OperatorPtr operator()(const plan::Union& step) const {
    std::vector<OperatorPtr> inputs;
    for (std::size_t i = 0; i < node_.inputs.size(); ++i) inputs.push_back(input(i));
    return make_union(step, std::move(inputs));
  }

 private:
  OperatorPtr sure(std::vector<bound::Slot> slots, OperatorPtr found) const {
    if (execution_.least_confidence() <= 0) return found;
    return make_least_confidence(std::move(slots), std::move(found), execution_);
  }

  OperatorPtr input(std::size_t index) const {
    return make_operator(*node_.inputs[index], execution_);
  }

  const PlanNode& node_;
  Execution& execution_;
};

}  // namespace

namespace {

// Notes what a step does.
class Profiled : public Operator {
 public:
  Profiled(OperatorPtr step, const Snapshot& snapshot, Effort& effort)
      : step_(std::move(step)), snapshot_(snapshot), effort_(effort) {}

  void open(Row& row) override {
    note([&] { step_->open(row); });
  }
  bool next(Row& row) override {
    bool found = false;
    note([&] { found = step_->next(row); });
    if (found) ++effort_.rows;
    return found;
  }

 private:
  template <typename Work>
  void note(const Work& work) {
    const std::uint64_t steps = snapshot_.cursor_steps();
    const auto begun = std::chrono::steady_clock::now();
    work();
    effort_.time += std::chrono::steady_clock::now() - begun;
    effort_.steps += snapshot_.cursor_steps() - steps;
  }

  OperatorPtr step_;
  const Snapshot& snapshot_;
  Effort& effort_;
};

}  // namespace

OperatorPtr make_operator(const PlanNode& plan, Execution& execution) {
  OperatorPtr step = std::visit(Builder{plan, execution}, plan.step);
  if (execution.profile == nullptr) return step;
  return std::make_unique<Profiled>(std::move(step), execution.snapshot(),
                                    (*execution.profile)[&plan]);
}

std::vector<std::vector<RuntimeValue>> execute(const bound::Query& query, const LogicalPlan& plan,
                                               const Snapshot& snapshot, const Options& options,
                                               Profile* profile) {
  Execution execution{snapshot, options, plan};
  execution.profile = profile;
  const OperatorPtr root = make_operator(*plan.root, execution);
  Row row(query.slots);
  root->open(row);
  std::vector<std::vector<RuntimeValue>> rows;
  while (root->next(row)) {
    execution.budget().step();
    auto& result = rows.emplace_back();
    result.reserve(query.result.size());
    for (const auto slot : query.result) result.push_back(row[slot]);
    execution.budget().hold(bytes_of(result));
  }
  return rows;
}

std::size_t bytes_of(const Row& row) {
  std::size_t bytes = sizeof(Row);
  for (const auto& value : row) bytes += bytes_of(value);
  return bytes;
}

}  // namespace ketnghia::query
