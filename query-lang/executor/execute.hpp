#pragma once

#include <vector>

#include "query-lang/executor/execution.hpp"
#include "query-lang/executor/operator.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

// The operators of a plan. Both arguments must outlive them.
OperatorPtr make_operator(const PlanNode& plan, Execution& execution);

// All rows of a query, in the order of its columns. `profile`, where it is given, is filled.
std::vector<std::vector<RuntimeValue>> execute(const bound::Query& query, const LogicalPlan& plan,
                                               const Snapshot& snapshot, const Options& options,
                                               Profile* profile = nullptr);

}  // namespace ketnghia::query
