#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/graph/paths.hpp"
#include "engine/store/snapshot.hpp"

namespace ketnghia {

struct WholeGraphOptions {
  std::vector<StringId> labels = {};  // only nodes with one of these; empty: all
  std::vector<StringId> types = {};   // only edges of these; empty: all
  // A node without such a label stands for the nearest that has one along edges of these types, as
  // a body for the city that it belongs to; empty: it is left out.
  std::vector<StringId> through = {};
  bool directed = false;  // else an edge goes both ways
  // Called for each edge looked at, here and in all that is computed later; and with the bytes that
  // are about to be taken. What they throw ends the work.
  std::function<void()> at_edge = {};
  std::function<void(std::size_t)> take = {};
};

// A part of a Snapshot in rows of compressed adjacency (Boost's compressed_sparse_row_graph), for
// what looks at the whole of it. Loops are left out; parallel edges count as often as they are.
//
// What it computes comes in the order of nodes(), the same each time.
// Lifetime: its own; the Snapshot may go.
// Errors: StoreError. Threads: one at a time, as its callbacks.
class WholeGraph {
 public:
  WholeGraph(const Snapshot& snapshot, WholeGraphOptions options);
  ~WholeGraph();
  WholeGraph(const WholeGraph&) = delete;
  WholeGraph& operator=(const WholeGraph&) = delete;

  const std::vector<NodeId>& nodes() const;  // ascending

  std::vector<std::uint32_t> degrees() const;  // edges that leave; of parallel ones, each
  // Numbered from 0 by their first node. Against the direction of edges, too.
  std::vector<std::uint32_t> components() const;
  // Brin and Page, "The anatomy of a large-scale hypertextual Web search engine", 1998. All sum to
  // 1. O(iterations * edges).
  std::vector<double> page_rank(double damping, unsigned iterations) const;
  // Brandes, "A faster algorithm for betweenness centrality", 2001: of how many shortest paths a
  // node is part of. From `samples` nodes evenly spread, scaled up, where there are more (Brandes
  // and Pich, "Centrality estimation in large networks", 2007). O(samples * edges).
  std::vector<double> betweenness(std::size_t samples) const;
  // The largest k for which a node is in a part where each has k different neighbours (Batagelj and
  // Zaversnik, "An O(m) algorithm for cores decomposition of networks", 2003).
  std::vector<std::uint32_t> cores() const;
  // Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks",
  // 2008, taking nodes in ascending order: groups with more edges within than without, numbered as
  // components(). O(edges) a level, of which there are few.
  std::vector<std::uint32_t> communities() const;
  // The `count` shortest paths without repeated nodes, shortest first (Yen, "Finding the k shortest
  // loopless paths in a network", 1971). Of parallel edges one is taken.
  std::vector<Path> shortest(NodeId from, NodeId to, std::size_t count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ketnghia
