#include <optional>
#include <utility>

#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

class Expand : public Operator {
 public:
  Expand(const plan::Expand& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        direction_(step.reversed ? reversed(step.edge->direction) : step.edge->direction) {}

  void open(Row& row) override {
    input_->open(row);
    neighbours_.reset();
  }

  bool next(Row& row) override {
    for (;;) {
      if (neighbours_) {
        while (const auto found = neighbours_->next()) {
          execution_.budget().step();
          if (step_.into && found->other != to_) continue;
          if (among(found->edge, step_.other_edges, row)) continue;
          row[step_.edge->slot] = found->edge;
          if (!step_.into) row[step_.to] = found->other;
          return true;
        }
        neighbours_.reset();
      }
      if (!input_->next(row)) return false;
      const auto* from = std::get_if<NodeId>(&row[step_.from].data);
      const auto* to = step_.into ? std::get_if<NodeId>(&row[step_.to].data) : from;
      if (from == nullptr || to == nullptr) continue;
      to_ = *to;
      neighbours_.emplace(execution_.snapshot(), *from, direction_, step_.types);
    }
  }

 private:
  const plan::Expand& step_;
  OperatorPtr input_;
  Execution& execution_;
  bound::Direction direction_;
  NodeId to_{};
  std::optional<Neighbours> neighbours_;
};

}  // namespace

OperatorPtr make_expand(const plan::Expand& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Expand>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
