#include <algorithm>
#include <optional>
#include <utility>

#include "query-lang/executor/edge_properties.hpp"
#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

// Depth first, without recursion: one open neighbourhood for each edge of the current path.
class VariableExpand : public Operator {
 public:
  VariableExpand(const plan::VariableExpand& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        direction_(step.reversed ? reversed(step.edge->direction) : step.edge->direction),
        properties_(*step.edge, execution) {}

  void open(Row& row) override {
    input_->open(row);
    stack_.clear();
    path_.clear();
    start_.reset();
  }

  bool next(Row& row) override {
    for (;;) {
      if (start_) {
        // A path of no edges: the node itself.
        const NodeId node = *start_;
        start_.reset();
        if (step_.edge->high > 0) push(node);
        if (step_.edge->low == 0 && emit(node, row)) return true;
      }
      while (!stack_.empty()) {
        const auto found = stack_.back().next();
        if (!found) {
          stack_.pop_back();
          if (!path_.empty()) path_.pop_back();
          continue;
        }
        execution_.budget().step();
        if (std::find(path_.begin(), path_.end(), found->edge) != path_.end() ||
            among(found->edge, step_.other_edges, row) || !properties_.fit(found->edge)) {
          continue;
        }
        path_.push_back(found->edge);
        const std::size_t length = path_.size();
        const bool deeper = length < step_.edge->high;
        const bool emitted = length >= step_.edge->low && emit(found->other, row);
        if (deeper) {
          push(found->other);
        } else {
          path_.pop_back();
        }
        if (emitted) return true;
      }
      if (!input_->next(row)) return false;
      begin(row);
    }
  }

 private:
  void begin(Row& row) {
    const auto* from = std::get_if<NodeId>(&row[step_.from].data);
    const auto* to = step_.into ? std::get_if<NodeId>(&row[step_.to].data) : from;
    if (from == nullptr || to == nullptr || step_.edge->low > step_.edge->high) return;
    to_ = *to;
    properties_.compute(row);
    start_ = *from;
  }

  void push(NodeId node) {
    stack_.emplace_back(execution_.snapshot(), node, direction_, step_.types);
  }

  bool emit(NodeId end, Row& row) {
    if (step_.into && end != to_) return false;
    RuntimeList edges(path_.begin(), path_.end());
    if (step_.reversed) std::reverse(edges.begin(), edges.end());
    row[step_.edge->slot] = make_list(std::move(edges));
    if (!step_.into) row[step_.to] = end;
    return true;
  }

  const plan::VariableExpand& step_;
  OperatorPtr input_;
  Execution& execution_;
  bound::Direction direction_;
  EdgeProperties properties_;
  NodeId to_{};
  std::optional<NodeId> start_;
  std::vector<Neighbours> stack_;  // one more than path_ while the search runs
  std::vector<EdgeId> path_;
};

}  // namespace

OperatorPtr make_variable_expand(const plan::VariableExpand& step, OperatorPtr input,
                                 Execution& execution) {
  return std::make_unique<VariableExpand>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
