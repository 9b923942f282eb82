#include <algorithm>
#include <utility>

#include "query-lang/executor/execution.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

class LeastConfidence : public Operator {
 public:
  LeastConfidence(std::vector<bound::Slot> slots, OperatorPtr input, Execution& execution)
      : slots_(std::move(slots)), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override { input_->open(row); }

  bool next(Row& row) override {
    while (input_->next(row)) {
      execution_.budget().step();
      if (std::all_of(slots_.begin(), slots_.end(),
                      [&](bound::Slot slot) { return is_sure(row[slot]); })) {
        return true;
      }
    }
    return false;
  }

 private:
  bool is_sure(const RuntimeValue& value) const {
    const Snapshot& snapshot = execution_.snapshot();
    const float least = execution_.least_confidence();
    if (const auto* node = std::get_if<NodeId>(&value.data)) {
      return snapshot.best_confidence(*node) >= least;
    }
    if (const auto* edge = std::get_if<EdgeId>(&value.data)) {
      return snapshot.best_confidence(*edge) >= least;
    }
    const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&value.data);
    return list == nullptr || std::all_of((*list)->begin(), (*list)->end(),
                                          [&](const RuntimeValue& one) { return is_sure(one); });
  }

  const std::vector<bound::Slot> slots_;
  OperatorPtr input_;
  Execution& execution_;
};

}  // namespace

OperatorPtr make_least_confidence(std::vector<bound::Slot> slots, OperatorPtr input,
                                  Execution& execution) {
  return std::make_unique<LeastConfidence>(std::move(slots), std::move(input), execution);
}

}  // namespace ketnghia::query
