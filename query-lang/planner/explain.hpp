#pragma once

#include <string>

#include "engine/store/snapshot.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

// The plan as people read it: one step a line, what it works on below it and indented, each with
// its estimated rows.
std::string explain_plan(const LogicalPlan& plan, const Snapshot& snapshot);

}  // namespace ketnghia::query
