#pragma once

#include "query-lang/executor/execution.hpp"
#include "query-lang/executor/operator.hpp"
#include "query-lang/planner/logical_plan.hpp"

// The operator of each step of a plan. What they are given must outlive them.
namespace ketnghia::query {

// scan.cpp
OperatorPtr make_scan(const plan::NodeScan& step, OperatorPtr input, Execution& execution);
OperatorPtr make_scan(const plan::NameScan& step, OperatorPtr input, Execution& execution);
OperatorPtr make_scan(const plan::EdgeEnds& step, OperatorPtr input, Execution& execution);
OperatorPtr make_scan(const plan::EdgeList& step, OperatorPtr input, Execution& execution);

// expand.cpp, variable_expand.cpp, shortest_path.cpp
OperatorPtr make_expand(const plan::Expand& step, OperatorPtr input, Execution& execution);
OperatorPtr make_reach(const plan::Reach& step, OperatorPtr input, Execution& execution);
OperatorPtr make_variable_expand(const plan::VariableExpand& step, OperatorPtr input,
                                 Execution& execution);
OperatorPtr make_shortest_path(const plan::ShortestPath& step, OperatorPtr input,
                               Execution& execution);

// filter.cpp
OperatorPtr make_filter(const plan::Filter& step, OperatorPtr input, Execution& execution);
OperatorPtr make_build_path(const plan::BuildPath& step, OperatorPtr input, Execution& execution);

// join.cpp
OperatorPtr make_distinct_ids(const plan::DistinctIds& step, OperatorPtr input,
                              Execution& execution);
OperatorPtr make_hash_join(const plan::HashJoin& step, OperatorPtr probed, OperatorPtr kept,
                           Execution& execution);

// combine.cpp
OperatorPtr make_argument();
OperatorPtr make_optional(const plan::Optional& step, OperatorPtr outer, OperatorPtr inner,
                          Execution& execution);
OperatorPtr make_unwind(const plan::Unwind& step, OperatorPtr input, Execution& execution);
OperatorPtr make_union(const plan::Union& step, std::vector<OperatorPtr> inputs);

// project.cpp, aggregate.cpp, sort.cpp
OperatorPtr make_project(const plan::Project& step, OperatorPtr input, Execution& execution);
OperatorPtr make_distinct(const plan::Distinct& step, OperatorPtr input, Execution& execution);
OperatorPtr make_skip(const plan::SkipRows& step, OperatorPtr input, Execution& execution);
OperatorPtr make_limit(const plan::LimitRows& step, OperatorPtr input, Execution& execution);
OperatorPtr make_aggregate(const plan::Aggregate& step, OperatorPtr input, Execution& execution);
OperatorPtr make_sort(const plan::Sort& step, OperatorPtr input, Execution& execution);

// About what a row or a value occupies, for the budget.
std::size_t bytes_of(const Row& row);

// Leaves out rows whose node, edge or list of edges in these slots is less sure than asked for.
OperatorPtr make_least_confidence(std::vector<bound::Slot> slots, OperatorPtr input,
                                  Execution& execution);

}  // namespace ketnghia::query
