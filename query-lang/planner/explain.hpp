#pragma once

#include <string>

#include "engine/store/snapshot.hpp"
#include "query-lang/executor/execution.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

// The plan as people read it: one step a line, what it works on below it and indented, each with
// its estimated rows.
std::string explain_plan(const LogicalPlan& plan, const Snapshot& snapshot);

// The same after a run, with the rows that each step gave, what it asked of the file and how long
// that took, the steps below left out.
std::string explain_profile(const LogicalPlan& plan, const Snapshot& snapshot,
                            const Profile& profile);

}  // namespace ketnghia::query
