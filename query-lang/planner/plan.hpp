#pragma once

#include "engine/store/snapshot.hpp"
#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

// Clauses run in the order they are written; within a MATCH, the order is the planner's: it
// begins at what is bound, named or rare, and goes on with what leaves the fewest rows (greedy
// operator ordering, Fegaras 1998), testing each condition as soon as it can be.
// O(pattern²) a MATCH. The plan points into `query`.
// Where `every_edge`, each node and edge of a match is shown to who runs the plan
// (Options::least_confidence): none is passed over as one that nobody reads.
LogicalPlan make_plan(const bound::Query& query, const Snapshot& snapshot, bool every_edge = false);

}  // namespace ketnghia::query
