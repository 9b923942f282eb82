#include <algorithm>
#include <utility>

#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

class Filter : public Operator {
 public:
  Filter(const plan::Filter& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

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
    return std::all_of(step_.nodes.begin(), step_.nodes.end(),
                       [&](const auto& test) { return is(test, row); }) &&
           std::all_of(step_.conditions.begin(), step_.conditions.end(),
                       [&](const auto* condition) { return execution_.holds(*condition, row); });
  }

  bool is(const plan::NodeTest& test, const Row& row) const {
    const auto* node = std::get_if<NodeId>(&row[test.node].data);
    return node != nullptr &&
           std::all_of(test.labels.begin(), test.labels.end(), [&](const auto& label) {
             return label && execution_.snapshot().has_label(*node, *label);
           });
  }

  const plan::Filter& step_;
  OperatorPtr input_;
  Execution& execution_;
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
