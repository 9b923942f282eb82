#pragma once

#include <memory>
#include <utility>

#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

inline PlanPtr make_node(decltype(PlanNode::step) step, PlanPtr input, double rows) {
  auto node = std::make_unique<PlanNode>();
  node->step = std::move(step);
  node->rows = rows;
  if (input) node->inputs.push_back(std::move(input));
  return node;
}

}  // namespace ketnghia::query
