#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "query-lang/executor/operators.hpp"
#include "query-lang/functions/registry.hpp"

namespace ketnghia::query {
namespace {

struct Group {
  Row row;  // the first of it, with the keys
  std::vector<std::unique_ptr<Accumulator>> accumulators;
  std::vector<std::unordered_set<std::vector<RuntimeValue>, HashValue, EquivalentValue>> seen;
};

// Groups come in the order of their first rows.
class Aggregate : public Operator {
 public:
  Aggregate(const plan::Aggregate& step, OperatorPtr input, Execution& execution)
      : projection_(*step.projection), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    argument_ = row;
    groups_.clear();
    by_key_.clear();
    execution_.budget().release(std::exchange(held_, 0));
    gathered_ = false;
  }

  bool next(Row& row) override {
    if (!gathered_) gather();
    if (groups_.empty()) return false;
    Group& group = groups_.front();
    for (std::size_t i = 0; i < group.accumulators.size(); ++i) {
      const auto& column = projection_.aggregates[i];
      group.row[column.slot] = group.accumulators[i]->result(context(*column.expression));
    }
    row = std::move(group.row);
    groups_.pop_front();
    return true;
  }

 private:
  CallContext context(const bound::Expression& call) {
    return {execution_.snapshot(), execution_.budget(), call.span};
  }

  void hold(std::size_t bytes) {
    execution_.budget().hold(bytes);
    held_ += bytes;
  }

  Group& add_group(Row row) {
    Group& group = groups_.emplace_back();
    group.row = std::move(row);
    for (const auto& column : projection_.aggregates) {
      group.accumulators.push_back(column.expression->function->accumulate());
    }
    group.seen.resize(projection_.aggregates.size());
    hold(bytes_of(group.row) + sizeof(Group));
    return group;
  }

  void gather() {
    gathered_ = true;
    Row row = argument_;
    input_->open(row);
    while (input_->next(row)) {
      execution_.budget().step();
      std::vector<RuntimeValue> key;
      key.reserve(projection_.keys.size());
      for (const auto& column : projection_.keys) {
        key.push_back(execution_.evaluate(*column.expression, row));
      }
      const auto known = by_key_.find(key);
      Group* group = known == by_key_.end() ? nullptr : known->second;
      if (group == nullptr) {
        Row first = row;
        for (std::size_t i = 0; i < key.size(); ++i) first[projection_.keys[i].slot] = key[i];
        group = &add_group(std::move(first));
        by_key_.emplace(std::move(key), group);
      }
      for (std::size_t i = 0; i < projection_.aggregates.size(); ++i) {
        add(*projection_.aggregates[i].expression, *group, i, row);
      }
    }
    by_key_.clear();
    // An aggregate without keys has a row even of nothing.
    if (groups_.empty() && projection_.keys.empty()) add_group(argument_);
  }

  void add(const bound::Expression& call, Group& group, std::size_t index, Row& row) {
    std::vector<RuntimeValue> arguments;
    for (const auto& child : call.children) arguments.push_back(execution_.evaluate(*child, row));
    if (!arguments.empty() && arguments.front().is_null()) return;
    const std::size_t bytes = bytes_of(arguments);
    if (call.distinct) {
      if (!group.seen[index].insert(arguments).second) return;
      hold(bytes);
    }
    if (call.function->keeps) hold(bytes);
    group.accumulators[index]->add(context(call), arguments);
  }

  const bound::Projection& projection_;
  OperatorPtr input_;
  Execution& execution_;
  Row argument_;
  std::deque<Group> groups_;
  std::unordered_map<std::vector<RuntimeValue>, Group*, HashValue, EquivalentValue> by_key_;
  std::size_t held_ = 0;
  bool gathered_ = false;
};

}  // namespace

OperatorPtr make_aggregate(const plan::Aggregate& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Aggregate>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
