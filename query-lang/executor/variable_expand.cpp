#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "query-lang/executor/edge_properties.hpp"
#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

// Depth first, without recursion: one open neighbourhood for each edge of the current path.
class VariableExpand : public Operator {
  struct Level {
    Adjacency found;
    std::size_t next = 0;
  };

 public:
  VariableExpand(const plan::VariableExpand& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        neighbours_(execution.snapshot(),
                    step.reversed ? reversed(step.edge->direction) : step.edge->direction,
                    step.types),
        properties_(*step.edge, execution) {}

  void open(Row& row) override {
    input_->open(row);
    depth_ = 0;
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
      while (depth_ > 0) {
        Level& level = levels_[depth_ - 1];
        if (level.next == level.found.size()) {
          --depth_;
          if (!path_.empty()) path_.pop_back();
          continue;
        }
        execution_.budget().step();
        const EdgeId edge = level.found.edges[level.next];
        const NodeId other = level.found.others[level.next++];
        if (std::find(path_.begin(), path_.end(), edge) != path_.end() ||
            among(edge, step_.other_edges, row) || !properties_.fit(edge)) {
          continue;
        }
        path_.push_back(edge);
        const std::size_t length = path_.size();
        const bool deeper = length < step_.edge->high;
        const bool emitted = length >= step_.edge->low && emit(other, row);
        if (deeper) {
          push(other);
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
    if (depth_ == levels_.size()) {
      levels_.emplace_back();
      execution_.budget().hold(sizeof(Level));
    }
    Level& level = levels_[depth_++];
    neighbours_.read(node, store::kEdges, level.found);
    level.next = 0;
  }

  bool emit(NodeId end, Row& row) {
    if (step_.into && end != to_) return false;
    if (step_.edge_read) {
      RuntimeList edges(path_.begin(), path_.end());
      if (step_.reversed) std::reverse(edges.begin(), edges.end());
      row[step_.edge->slot] = make_list(std::move(edges));
    }
    if (!step_.into) row[step_.to] = end;
    return true;
  }

  const plan::VariableExpand& step_;
  OperatorPtr input_;
  Execution& execution_;
  Neighbours neighbours_;
  EdgeProperties properties_;
  NodeId to_{};
  std::optional<NodeId> start_;
  std::deque<Level> levels_;  // used again and again
  std::size_t depth_ = 0;     // of them in use: one more than path_ while the search runs
  std::vector<EdgeId> path_;
};

}  // namespace

OperatorPtr make_variable_expand(const plan::VariableExpand& step, OperatorPtr input,
                                 Execution& execution) {
  return std::make_unique<VariableExpand>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
