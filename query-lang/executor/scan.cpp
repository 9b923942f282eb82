#include <algorithm>
#include <optional>
#include <utility>

#include "engine/text/fold.hpp"
#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

std::optional<Snapshot::NodeCursor> nodes(const Snapshot& snapshot, bool labelled,
                                          std::optional<StringId> label) {
  if (!labelled) return snapshot.nodes();
  if (!label) return {};
  return snapshot.nodes(*label);
}

class NodeScan : public Operator {
 public:
  NodeScan(const plan::NodeScan& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    input_->open(row);
    cursor_.reset();
  }

  bool next(Row& row) override {
    for (;;) {
      if (cursor_) {
        execution_.budget().step();
        if (const auto node = cursor_->next()) {
          row[step_.node] = *node;
          return true;
        }
      }
      if (!input_->next(row)) return false;
      cursor_ = nodes(execution_.snapshot(), step_.labelled, step_.label);
    }
  }

 private:
  const plan::NodeScan& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::optional<Snapshot::NodeCursor> cursor_;
};

class NameScan : public Operator {
 public:
  NameScan(const plan::NameScan& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    input_->open(row);
    cursor_.reset();
    found_.clear();
    next_ = 0;
  }

  bool next(Row& row) override {
    for (;;) {
      execution_.budget().step();
      if (next_ < found_.size()) {
        row[step_.node] = found_[next_++];
        return true;
      }
      if (cursor_) {
        if (const auto node = cursor_->next()) {
          row[step_.node] = *node;
          return true;
        }
        cursor_.reset();
      }
      if (!input_->next(row)) return false;
      look_up(row);
    }
  }

 private:
  void look_up(Row& row) {
    found_.clear();
    next_ = 0;
    const RuntimeValue asked = execution_.evaluate(*step_.asked, row);
    const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&asked.data);
    const auto* begin = list != nullptr ? (*list)->data() : &asked;
    const auto* end = begin + (list != nullptr ? (*list)->size() : 1);
    if (step_.labelled && !step_.label) return;
    for (const auto* one = begin; one != end; ++one) {
      execution_.budget().step();
      const auto* name = std::get_if<std::string>(&one->data);
      if (name == nullptr || !look_up(*name)) {
        found_.clear();
        cursor_ = nodes(execution_.snapshot(), step_.labelled, step_.label);
        return;
      }
    }
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  }

  // False where the index does not know such a name.
  bool look_up(const std::string& name) {
    const Snapshot& snapshot = execution_.snapshot();
    if (!step_.exact) {
      if (name_key(name).empty()) return false;
      const auto nodes = snapshot.named(name, step_.label);
      found_.insert(found_.end(), nodes.begin(), nodes.end());
      return true;
    }
    const auto nodes = snapshot.nodes_called(name, step_.label);
    if (!nodes) return false;
    found_.insert(found_.end(), nodes->begin(), nodes->end());
    return true;
  }

  const plan::NameScan& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::vector<NodeId> found_;
  std::size_t next_ = 0;
  std::optional<Snapshot::NodeCursor> cursor_;
};

// Lays known edges along the pattern: each way round that the direction allows and that agrees
// with the ends that are known.
class EdgeEnds : public Operator {
 public:
  EdgeEnds(const plan::EdgeEnds& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    input_->open(row);
    ends_.clear();
  }

  bool next(Row& row) override {
    for (;;) {
      if (!ends_.empty()) {
        row[step_.from] = ends_.back().first;
        row[step_.to] = ends_.back().second;
        ends_.pop_back();
        return true;
      }
      if (!input_->next(row)) return false;
      lay(row);
    }
  }

 protected:
  virtual std::optional<std::vector<EdgeId>> edges(Row& row) const {
    const auto* edge = std::get_if<EdgeId>(&row[step_.edge->slot].data);
    if (edge == nullptr) return {};
    return std::vector<EdgeId>{*edge};
  }

  Execution& execution() const { return execution_; }
  const plan::EdgeEnds& step() const { return step_; }

 private:
  bool fits(const EdgeRecord& edge) const {
    return step_.types.any || std::find(step_.types.ids.begin(), step_.types.ids.end(),
                                        edge.type) != step_.types.ids.end();
  }

  void lay(Row& row) {
    const auto all = edges(row);
    if (!all) return;
    if (all->empty()) {
      lay_nothing(row);
      return;
    }
    std::vector<EdgeRecord> records;
    for (std::size_t i = 0; i < all->size(); ++i) {
      execution_.budget().step();
      const EdgeId id = (*all)[i];
      const auto record = execution_.snapshot().edge(id);
      const bool twice = std::find(all->begin(), all->begin() + static_cast<std::ptrdiff_t>(i),
                                   id) != all->begin() + static_cast<std::ptrdiff_t>(i);
      if (!record || !fits(*record) || twice || among(id, step_.other_edges, row)) return;
      records.push_back(*record);
    }
    lay_from(row, records, records.front().from);
    if (records.front().to != records.front().from) lay_from(row, records, records.front().to);
  }

  // A list of no edges begins and ends at one node, whichever.
  void lay_nothing(const Row& row) {
    if (step_.from_known || step_.to_known) {
      const auto* node = std::get_if<NodeId>(&row[step_.from_known ? step_.from : step_.to].data);
      if (node != nullptr) lay_from(row, {}, *node);
      return;
    }
    auto nodes = execution_.snapshot().nodes();
    while (const auto node = nodes.next()) {
      execution_.budget().step();
      lay_from(row, {}, *node);
    }
  }

  void lay_from(const Row& row, const std::vector<EdgeRecord>& records, NodeId start) {
    NodeId at = start;
    for (const auto& record : records) {
      const bool forward = record.from == at && step_.edge->direction != bound::Direction::In;
      const bool backward = record.to == at && step_.edge->direction != bound::Direction::Out;
      if (!forward && !backward) return;
      at = forward ? record.to : record.from;
    }
    const auto agrees = [&](bool known, bound::Slot slot, NodeId node) {
      const auto* is = known ? std::get_if<NodeId>(&row[slot].data) : nullptr;
      return !known || (is != nullptr && *is == node);
    };
    if (!agrees(step_.from_known, step_.from, start) || !agrees(step_.to_known, step_.to, at))
      return;
    if (step_.from == step_.to && start != at) return;
    ends_.emplace_back(start, at);
  }

  const plan::EdgeEnds& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::vector<std::pair<NodeId, NodeId>> ends_;
};

class EdgeListEnds : public EdgeEnds {
 public:
  using EdgeEnds::EdgeEnds;

 protected:
  std::optional<std::vector<EdgeId>> edges(Row& row) const override {
    const auto& pattern = *step().edge;
    const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&row[pattern.slot].data);
    if (list == nullptr || (*list)->size() < pattern.low || (*list)->size() > pattern.high)
      return {};
    std::vector<EdgeId> edges;
    for (const auto& element : **list) {
      const auto* edge = std::get_if<EdgeId>(&element.data);
      if (edge == nullptr) return {};
      edges.push_back(*edge);
    }
    return edges;
  }
};

}  // namespace

OperatorPtr make_scan(const plan::NodeScan& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<NodeScan>(step, std::move(input), execution);
}
OperatorPtr make_scan(const plan::NameScan& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<NameScan>(step, std::move(input), execution);
}
OperatorPtr make_scan(const plan::EdgeEnds& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<EdgeEnds>(step, std::move(input), execution);
}
OperatorPtr make_scan(const plan::EdgeList& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<EdgeListEnds>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
