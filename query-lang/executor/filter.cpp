#include <algorithm>
#include <utility>

#include "query-lang/executor/id_table.hpp"
#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

class Filter : public Operator {
 public:
  Filter(const plan::Filter& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        labelled_(step.nodes.size()),
        answers_(step.conditions.size()) {}

  void open(Row& row) override { input_->open(row); }

  bool next(Row& row) override {
    while (input_->next(row)) {
      execution_.budget().step();
      if (passes(row)) return true;
    }
    return false;
  }

 private:
  bool passes(Row& row) {
    for (std::size_t i = 0; i < step_.nodes.size(); ++i) {
      if (!is(i, row)) return false;
    }
    for (const auto& [one, other] : step_.different) {
      if (share_edge(row[one], other, row)) return false;
    }
    for (std::size_t i = 0; i < step_.conditions.size(); ++i) {
      if (!holds(i, row)) return false;
    }
    return true;
  }

  bool is(std::size_t index, const Row& row) {
    const plan::NodeTest& test = step_.nodes[index];
    const auto* node = std::get_if<NodeId>(&row[test.node].data);
    if (node == nullptr) return false;
    if (test.labels.empty()) return true;
    if (const bool* known = labelled_[index].find(number(*node))) return *known;
    const bool has = std::all_of(test.labels.begin(), test.labels.end(), [&](const auto& label) {
      return label && execution_.snapshot().has_label(*node, *label);
    });
    return labelled_[index].add(number(*node), has);
  }

  bool holds(std::size_t index, Row& row) {
    const plan::Condition& condition = step_.conditions[index];
    const auto* node = condition.only ? std::get_if<NodeId>(&row[*condition.only].data) : nullptr;
    if (node == nullptr) return execution_.holds(*condition.expression, row);
    if (const bool* known = answers_[index].find(number(*node))) return *known;
    return answers_[index].add(number(*node), execution_.holds(*condition.expression, row));
  }

  static bool share_edge(const RuntimeValue& value, bound::Slot other, const Row& row) {
    if (const auto* edge = std::get_if<EdgeId>(&value.data)) return among(*edge, {other}, row);
    const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&value.data);
    return list != nullptr &&
           std::any_of((*list)->begin(), (*list)->end(), [&](const RuntimeValue& element) {
             return share_edge(element, other, row);
           });
  }

  const plan::Filter& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::vector<Memo<bool>> labelled_;
  std::vector<Memo<bool>> answers_;
};

class BuildPath : public Operator {
 public:
  BuildPath(const plan::BuildPath& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override { input_->open(row); }

  bool next(Row& row) override {
    if (!input_->next(row)) return false;
    PathValue path;
    path.nodes.push_back(std::get<NodeId>(row[step_.nodes.front()].data));
    for (std::size_t i = 0; i < step_.edges.size(); ++i) {
      const RuntimeValue& edge = row[step_.edges[i].first];
      if (!step_.edges[i].second) {
        path.edges.push_back(std::get<EdgeId>(edge.data));
        path.nodes.push_back(std::get<NodeId>(row[step_.nodes[i + 1]].data));
        continue;
      }
      for (const auto& element : *std::get<std::shared_ptr<const RuntimeList>>(edge.data)) {
        execution_.budget().step();
        const EdgeId id = std::get<EdgeId>(element.data);
        path.nodes.push_back(other_end(execution_.snapshot(), id, path.nodes.back()));
        path.edges.push_back(id);
      }
    }
    row[step_.path->slot] = std::make_shared<const PathValue>(std::move(path));
    return true;
  }

 private:
  const plan::BuildPath& step_;
  OperatorPtr input_;
  Execution& execution_;
};

}  // namespace

OperatorPtr make_filter(const plan::Filter& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Filter>(step, std::move(input), execution);
}
OperatorPtr make_build_path(const plan::BuildPath& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<BuildPath>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
