#include <algorithm>
#include <tuple>
#include <utility>

#include "query-lang/executor/edge_properties.hpp"
#include "query-lang/executor/id_table.hpp"
#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

bound::Direction direction_of(const plan::Expand& step) {
  return step.reversed ? reversed(step.edge->direction) : step.edge->direction;
}

unsigned columns_of(const plan::Expand& step) {
  const bool edges = step.edge_read || !step.other_edges.empty() || !step.dated.empty();
  return (edges ? store::kEdges : 0U) | (step.dated.empty() ? 0U : store::kWhens);
}

class Expand : public Operator {
 public:
  Expand(const plan::Expand& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        neighbours_(execution.snapshot(), direction_of(step), step.types),
        columns_(columns_of(step)) {}

  void open(Row& row) override {
    input_->open(row);
    next_ = end_ = 0;
    ranges_.clear();
  }

  bool next(Row& row) override {
    for (;;) {
      for (; next_ < end_; ++next_) {
        execution_.budget().step();
        const std::size_t i = next_;
        if (!fits(i, row)) continue;
        if (step_.edge_read) row[step_.edge->slot] = found_.edges[i];
        if (!step_.into) row[step_.to] = found_.others[i];
        ++next_;
        return true;
      }
      if (!ranges_.empty()) {
        std::tie(next_, end_) = ranges_.back();
        ranges_.pop_back();
        continue;
      }
      if (!input_->next(row)) return false;
      begin(row);
    }
  }

 private:
  void begin(const Row& row) {
    const auto* from = std::get_if<NodeId>(&row[step_.from].data);
    const auto* to = step_.into ? std::get_if<NodeId>(&row[step_.to].data) : from;
    if (from == nullptr || to == nullptr) return;
    if (from_ != *from) {
      neighbours_.read(*from, columns_, found_);
      from_ = *from;
    }
    if (!step_.into) {
      next_ = 0;
      end_ = found_.size();
      return;
    }
    std::size_t start = 0;
    for (const std::size_t run : neighbours_.runs()) {
      const auto at = [&](std::size_t i) {
        return found_.others.begin() + static_cast<std::ptrdiff_t>(i);
      };
      const auto [first, last] = std::equal_range(at(start), at(run), *to);
      if (first != last) {
        ranges_.emplace_back(static_cast<std::size_t>(first - found_.others.begin()),
                             static_cast<std::size_t>(last - found_.others.begin()));
      }
      start = run;
    }
  }

  bool fits(std::size_t i, Row& row) {
    if (!step_.dated.empty() && !is_in_time(i, row)) return false;
    return step_.other_edges.empty() || !among(found_.edges[i], step_.other_edges, row);
  }

  bool is_in_time(std::size_t i, Row& row) {
    const WhenCode when = found_.whens[i];
    const std::uint64_t date = number(when);
    if (const std::size_t known = dates_.find({&date, 1}); known < dates_.size()) {
      return in_time_[known];
    }
    const Execution::KnownWhen told{found_.edges[i],
                                    is_date(when) ? RuntimeValue(text_of(when)) : RuntimeValue()};
    if (when != WhenCode::InRecord) execution_.known_when = &told;
    const RuntimeValue before = std::exchange(row[step_.edge->slot], found_.edges[i]);
    const bool holds =
        std::all_of(step_.dated.begin(), step_.dated.end(),
                    [&](const auto* condition) { return execution_.holds(*condition, row); });
    row[step_.edge->slot] = before;
    execution_.known_when = nullptr;
    if (when == WhenCode::InRecord) return holds;
    dates_.insert({&date, 1});
    in_time_.push_back(holds);
    return holds;
  }

  const plan::Expand& step_;
  OperatorPtr input_;
  Execution& execution_;
  Neighbours neighbours_;
  unsigned columns_;
  NodeId from_{};  // whose edges `found_` holds
  Adjacency found_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;  // of `found_`, to come
  IdTable dates_{1};
  std::vector<bool> in_time_;  // by their number
};

// Breadth first, each node once, level by level in ascending order.
class Reach : public Operator {
 public:
  Reach(const plan::Reach& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        neighbours_(execution.snapshot(), direction_of(step), step.types),
        properties_(*step.edge, execution) {}

  void open(Row& row) override {
    input_->open(row);
    reached_.clear();
    next_ = 0;
  }

  bool next(Row& row) override {
    for (;;) {
      while (next_ < reached_.size()) {
        const NodeId node = reached_[next_++];
        if (step_.into && node != to_) continue;
        if (!step_.into) row[step_.to] = node;
        return true;
      }
      if (!input_->next(row)) return false;
      const auto* from = std::get_if<NodeId>(&row[step_.from].data);
      const auto* to = step_.into ? std::get_if<NodeId>(&row[step_.to].data) : from;
      if (from == nullptr || to == nullptr) continue;
      to_ = *to;
      search(*from, row);
    }
  }

 private:
  void search(NodeId start, Row& row) {
    reached_.clear();
    next_ = 0;
    const bound::PatternEdge& edge = *step_.edge;
    if (edge.low > edge.high) return;
    properties_.compute(row);
    IdTable seen(1);
    std::vector<NodeId> level{start};
    if (edge.low == 0) add(start, seen);
    const unsigned columns = edge.properties.empty() ? store::kOthers : store::kEdges;
    for (std::uint64_t depth = 0; depth < edge.high && !level.empty(); ++depth) {
      std::vector<NodeId> deeper;
      for (const NodeId node : level) {
        execution_.budget().step();
        neighbours_.read(node, columns, found_);
        for (std::size_t i = 0; i < found_.size(); ++i) {
          execution_.budget().step();
          if (!edge.properties.empty() && !properties_.fit(found_.edges[i])) continue;
          const NodeId other = found_.others[i];
          // Where the way back to the start counts, it is met again; its edges are known.
          if (add(other, seen) && other != start) deeper.push_back(other);
        }
      }
      std::sort(deeper.begin(), deeper.end());
      level = std::move(deeper);
    }
    execution_.budget().release(seen.size() * seen.bytes_each());
    std::sort(reached_.begin(), reached_.end());
  }

  bool add(NodeId node, IdTable& seen) {
    const std::uint64_t id = number(node);
    if (!seen.insert({&id, 1}).second) return false;
    execution_.budget().hold(seen.bytes_each());
    reached_.push_back(node);
    return true;
  }

  const plan::Reach& step_;
  OperatorPtr input_;
  Execution& execution_;
  Neighbours neighbours_;
  EdgeProperties properties_;
  NodeId to_{};
  Adjacency found_;
  std::vector<NodeId> reached_;
  std::size_t next_ = 0;
};

}  // namespace

OperatorPtr make_expand(const plan::Expand& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Expand>(step, std::move(input), execution);
}
OperatorPtr make_reach(const plan::Reach& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Reach>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
