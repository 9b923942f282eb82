#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/store/snapshot.hpp"

namespace ketnghia {

// A walk through the graph: nodes.size() == edges.size() + 1, edge i joining nodes i and i + 1.
struct Path {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;

  friend bool operator==(const Path&, const Path&) = default;
};

struct PathOptions {
  std::vector<StringId> types = {};  // only edges of these; empty: of all
  bool undirected = false;           // walk edges against their direction, too
  std::size_t max_length = 64;       // edges
  std::size_t max_paths = 1;         // of those that are equally short
  // Called for each edge looked at, with whether it led to a new node; what it throws ends the
  // search.
  std::function<void(bool new_node)> at_edge = {};
};

// The shortest paths from one node to another, at most `max_paths`, in ascending order of (node,
// edge) from step to step; none where no path is short enough. From a node to itself it is the path
// of no edge. Breadth-first from both ends, the smaller frontier first (Pohl, "Bi-directional
// search", 1971): O(edges within half the distance of either end). Uses stack for each edge of a
// path.
std::vector<Path> shortest_paths(const Snapshot& snapshot, NodeId from, NodeId to,
                                 const PathOptions& options);

}  // namespace ketnghia
