#pragma once

#include <optional>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/executor/operator.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

bound::Direction reversed(bound::Direction direction);

// The edges of a node with the given types and direction, one after another. Where both
// directions are asked for, a self-loop comes once.
class Neighbours {
 public:
  Neighbours(const Snapshot& snapshot, NodeId node, bound::Direction direction,
             const plan::Types& types);

  std::optional<Neighbour> next();

 private:
  bool open_next();

  const Snapshot* snapshot_;
  NodeId node_;
  bound::Direction direction_;
  const plan::Types* types_;
  std::size_t part_ = 0;  // a type and a direction
  bool incoming_ = false;
  std::optional<Snapshot::NeighbourCursor> cursor_;
};

// Whether `edge` is one of the edges, or in one of the lists of edges, in these slots.
bool among(EdgeId edge, const std::vector<bound::Slot>& slots, const Row& row);

// The node at the other end of an edge.
NodeId other_end(const Snapshot& snapshot, EdgeId edge, NodeId node);

}  // namespace ketnghia::query
