#pragma once

#include <cstddef>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/executor/operator.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

bound::Direction reversed(bound::Direction direction);

// The edges of nodes with the given types and direction, in runs that are each ordered by (other
// end, edge). Where both directions are asked for, a self-loop comes once. Nodes asked for in
// ascending order are found near each other.
class Neighbours {
 public:
  Neighbours(const Snapshot& snapshot, bound::Direction direction, const plan::Types& types);

  // `columns`: of store::Columns.
  void read(NodeId node, unsigned columns, Adjacency& into);
  // Where the runs of what was read last end.
  const std::vector<std::size_t>& runs() const { return runs_; }

 private:
  void drop_loops(NodeId node, std::size_t from, Adjacency& into) const;

  Snapshot::AdjacencyReader reader_;
  bound::Direction direction_;
  const std::vector<StringId>& types_;
  std::vector<std::size_t> runs_;
};

// Whether `edge` is one of the edges, or in one of the lists of edges, in these slots.
bool among(EdgeId edge, const std::vector<bound::Slot>& slots, const Row& row);

// The node at the other end of an edge.
NodeId other_end(const Snapshot& snapshot, EdgeId edge, NodeId node);

}  // namespace ketnghia::query
