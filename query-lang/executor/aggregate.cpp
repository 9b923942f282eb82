#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "query-lang/executor/id_table.hpp"
#include "query-lang/executor/operators.hpp"
#include "query-lang/functions/registry.hpp"

namespace ketnghia::query {
namespace {

struct Group {
  Row row;  // the first of it, with the keys
  std::vector<std::unique_ptr<Accumulator>> accumulators;
  std::vector<std::unordered_set<std::vector<RuntimeValue>, HashValue, EquivalentValue>> seen;
};

// Numbers of the values of one key: the same for those that are equivalent.
class KeyNumbers {
 public:
  explicit KeyNumbers(const bound::Expression& expression) : expression_(expression) {
    const auto reads = bound::slots_read(expression);
    if (reads.size() == 1 && is_constant(expression)) only_ = *reads.begin();
  }

  // A value of a node or an edge that is all the expression reads is computed once.
  std::uint64_t number_of(Row& row, Execution& execution) {
    std::uint64_t id = 0;
    if (only_) {
      const RuntimeValue& read = row[*only_];
      if (const auto* node = std::get_if<NodeId>(&read.data)) id = number(*node) << 1;
      if (const auto* edge = std::get_if<EdgeId>(&read.data)) id = number(*edge) << 1 | 1;
    }
    if (id == 0) return intern(execution.evaluate(expression_, row), execution);
    if (const auto* known = by_id_.find(id)) return *known;
    return by_id_.add(id, intern(execution.evaluate(expression_, row), execution));
  }

  const RuntimeValue& value(std::uint64_t number) const {
    return *values_[static_cast<std::size_t>(number)];
  }

 private:
  static bool is_constant(const bound::Expression& e) {
    if (e.subquery || (e.function != nullptr && !e.function->constant)) return false;
    return std::all_of(e.children.begin(), e.children.end(),
                       [](const auto& child) { return !child || is_constant(*child); });
  }

  std::uint64_t intern(RuntimeValue value, Execution& execution) {
    const auto [known, is_new] = numbers_.try_emplace(std::move(value), values_.size());
    if (is_new) {
      values_.push_back(&known->first);
      execution.budget().hold(bytes_of(known->first));
    }
    return known->second;
  }

  const bound::Expression& expression_;
  std::optional<bound::Slot> only_;
  Memo<std::uint64_t> by_id_;
  std::unordered_map<RuntimeValue, std::uint64_t, HashValue, EquivalentValue> numbers_;
  std::vector<const RuntimeValue*> values_;
};

// Groups come in the order of their first rows.
class Aggregate : public Operator {
 public:
  Aggregate(const plan::Aggregate& step, OperatorPtr input, Execution& execution)
      : projection_(*step.projection), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    argument_ = row;
    groups_.clear();
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
    std::vector<KeyNumbers> keys;
    keys.reserve(projection_.keys.size());
    for (const auto& column : projection_.keys) keys.emplace_back(*column.expression);
    IdTable by_key(keys.size());
    IdTable ids(kIdWidth);
    std::vector<std::uint64_t> key(keys.size());
    input_->open(row);
    while (input_->next(row)) {
      execution_.budget().step();
      for (std::size_t i = 0; i < keys.size(); ++i) key[i] = keys[i].number_of(row, execution_);
      const auto [index, is_new] = by_key.insert(key);
      if (is_new) {
        Row first = row;
        for (std::size_t i = 0; i < keys.size(); ++i) {
          first[projection_.keys[i].slot] = keys[i].value(key[i]);
        }
        add_group(std::move(first));
      }
      for (std::size_t i = 0; i < projection_.aggregates.size(); ++i) {
        add(*projection_.aggregates[i].expression, index, i, row, ids);
      }
    }
    // An aggregate without keys has a row even of nothing.
    if (groups_.empty() && projection_.keys.empty()) add_group(argument_);
  }

  void add(const bound::Expression& call, std::size_t group, std::size_t index, Row& row,
           IdTable& ids) {
    Accumulator& accumulator = *groups_[group].accumulators[index];
    if (call.children.size() == 1 && call.children[0]->kind == bound::Kind::Variable) {
      const RuntimeValue& value = row[call.children[0]->slot];
      if (const auto* node = std::get_if<NodeId>(&value.data)) {
        if (call.distinct) {
          const std::uint64_t seen[kIdWidth] = {group, index, number(*node)};
          if (!ids.insert(seen).second) return;
          hold(ids.bytes_each());
        }
        if (call.function->result.is(BaseType::List)) hold(bytes_of(value));
        accumulator.add(context(call), {&value, 1});
        return;
      }
    }
    std::vector<RuntimeValue> arguments;
    for (const auto& child : call.children) arguments.push_back(execution_.evaluate(*child, row));
    if (!arguments.empty() && arguments.front().is_null()) return;
    const std::size_t bytes = bytes_of(arguments);
    if (call.distinct) {
      if (!groups_[group].seen[index].insert(arguments).second) return;
      hold(bytes);
    }
    if (call.function->keeps) hold(bytes);
    accumulator.add(context(call), arguments);
  }

  static constexpr std::size_t kIdWidth = 3;  // group, aggregate, node

  const bound::Projection& projection_;
  OperatorPtr input_;
  Execution& execution_;
  Row argument_;
  std::deque<Group> groups_;
  std::size_t held_ = 0;
  bool gathered_ = false;
};

}  // namespace

OperatorPtr make_aggregate(const plan::Aggregate& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Aggregate>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
