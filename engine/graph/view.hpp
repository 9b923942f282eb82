#pragma once

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/store/snapshot.hpp"

namespace ketnghia {

// A Snapshot as Boost.Graph sees it: a model of IncidenceGraph, BidirectionalGraph and
// VertexListGraph, so that its algorithms run on the store unchanged.
//
// Vertices are NodeIds. They are not dense: give algorithms property maps over a hash table
// (boost::make_assoc_property_map), or a NodeIndexMap, which reads all ids once.
// Undirected, an edge leaves and reaches both its ends, and source() is the end it was asked from.
// Lifetime: dies before its Snapshot; its descriptors may outlive it.
// Errors: StoreError. Threads: those of the Snapshot.
class GraphView {
 public:
  struct Edge {
    EdgeId id{};
    StringId type{};
    NodeId source{};
    NodeId target{};

    // Undirected, the two ways along an edge are two descriptors.
    friend bool operator==(const Edge& a, const Edge& b) {
      return a.id == b.id && a.source == b.source;
    }
  };

  struct Options {
    std::vector<StringId> types = {};  // only edges of these; empty: of all
    bool undirected = false;
  };

  // All edges of one end, fetched at once: the iterators of Boost.Graph are multi-pass.
  class EdgeIterator : public boost::iterator_facade<EdgeIterator, const Edge,
                                                     boost::random_access_traversal_tag> {
   public:
    using Edges = std::shared_ptr<const std::vector<Edge>>;

    EdgeIterator() = default;
    EdgeIterator(Edges edges, std::size_t at) : edges_(std::move(edges)), at_(at) {}

   private:
    friend class boost::iterator_core_access;
    const Edge& dereference() const { return (*edges_)[at_]; }
    bool equal(const EdgeIterator& other) const { return at_ == other.at_; }
    void increment() { ++at_; }
    void decrement() { --at_; }
    void advance(std::ptrdiff_t steps) {
      at_ = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at_) + steps);
    }
    std::ptrdiff_t distance_to(const EdgeIterator& other) const {
      return static_cast<std::ptrdiff_t>(other.at_) - static_cast<std::ptrdiff_t>(at_);
    }

    Edges edges_;
    std::size_t at_ = 0;
  };

  // Goes from node to node in ascending id; a default one is the end.
  class VertexIterator : public boost::iterator_facade<VertexIterator, NodeId,
                                                       boost::forward_traversal_tag, NodeId> {
   public:
    VertexIterator() = default;
    VertexIterator(const Snapshot& snapshot, NodeId from)
        : snapshot_(&snapshot), at_(snapshot.node_from(from).value_or(NodeId{})) {}

   private:
    friend class boost::iterator_core_access;
    NodeId dereference() const { return at_; }
    bool equal(const VertexIterator& other) const { return at_ == other.at_; }
    void increment() { *this = VertexIterator(*snapshot_, NodeId{number(at_) + 1}); }

    const Snapshot* snapshot_ = nullptr;
    NodeId at_{};
  };

  using vertex_descriptor = NodeId;
  using edge_descriptor = Edge;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  struct traversal_category : boost::bidirectional_graph_tag, boost::vertex_list_graph_tag {};
  using out_edge_iterator = EdgeIterator;
  using in_edge_iterator = EdgeIterator;
  using vertex_iterator = VertexIterator;
  using adjacency_iterator = void;
  using edge_iterator = void;
  using degree_size_type = std::size_t;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;

  explicit GraphView(const Snapshot& snapshot) : GraphView(snapshot, Options{}) {}
  GraphView(const Snapshot& snapshot, Options options);

  static NodeId null_vertex() { return NodeId{}; }
  const Snapshot& snapshot() const { return *snapshot_; }

  // Appends what leaves (Out) or reaches (In) the node; clear it first to use its room again.
  void append_edges(NodeId node, Snapshot::Direction direction, std::vector<Edge>& edges) const;

 private:
  void append_edges(NodeId node, Snapshot::Direction stored, Snapshot::Direction seen,
                    std::vector<Edge>& edges) const;

  const Snapshot* snapshot_;
  Options options_;
};

inline NodeId source(const GraphView::Edge& edge, const GraphView&) { return edge.source; }
inline NodeId target(const GraphView::Edge& edge, const GraphView&) { return edge.target; }

using EdgeRange = std::pair<GraphView::EdgeIterator, GraphView::EdgeIterator>;
EdgeRange out_edges(NodeId node, const GraphView& view);
EdgeRange in_edges(NodeId node, const GraphView& view);
std::size_t out_degree(NodeId node, const GraphView& view);
std::size_t in_degree(NodeId node, const GraphView& view);
std::size_t degree(NodeId node, const GraphView& view);

std::pair<GraphView::VertexIterator, GraphView::VertexIterator> vertices(const GraphView& view);
std::size_t num_vertices(const GraphView& view);

// The place of a node among all, from 0: what property maps over arrays are indexed with.
class NodeIndexMap {
 public:
  using key_type = NodeId;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;

  explicit NodeIndexMap(const GraphView& view);

  // The node must be one of the view's. O(log n).
  friend std::size_t get(const NodeIndexMap& map, NodeId id) {
    const auto& nodes = *map.nodes_;
    return static_cast<std::size_t>(std::lower_bound(nodes.begin(), nodes.end(), id) -
                                    nodes.begin());
  }

 private:
  std::shared_ptr<const std::vector<NodeId>> nodes_;
};

}  // namespace ketnghia
