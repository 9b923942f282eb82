#include "engine/graph/view.hpp"

namespace ketnghia {
namespace {

EdgeRange range_of(std::vector<GraphView::Edge> edges) {
  const std::size_t size = edges.size();
  auto shared = std::make_shared<const std::vector<GraphView::Edge>>(std::move(edges));
  return {{shared, 0}, {shared, size}};
}

std::vector<GraphView::Edge> edges_of(NodeId node, Snapshot::Direction direction,
                                      const GraphView& view) {
  std::vector<GraphView::Edge> edges;
  view.append_edges(node, direction, edges);
  return edges;
}

}  // namespace

GraphView::GraphView(const Snapshot& snapshot, Options options)
    : snapshot_(&snapshot), options_(std::move(options)) {}

void GraphView::append_edges(NodeId node, Snapshot::Direction direction,
                             std::vector<Edge>& edges) const {
  using Direction = Snapshot::Direction;
  append_edges(node, direction, direction, edges);
  if (!options_.undirected) return;
  append_edges(node, direction == Direction::Out ? Direction::In : Direction::Out, direction,
               edges);
}

void GraphView::append_edges(NodeId node, Snapshot::Direction stored, Snapshot::Direction seen,
                             std::vector<Edge>& edges) const {
  auto reader = snapshot_->adjacency();
  Adjacency found;
  for (const StringId type : options_.types.empty() ? snapshot_->types() : options_.types) {
    found.clear();
    reader.append(node, type, stored, store::kEdges, found);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const NodeId other = found.others[i];
      // Asked both ways, a self-loop would be met twice.
      if (stored != seen && other == node) continue;
      edges.push_back(seen == Snapshot::Direction::Out ? Edge{found.edges[i], type, node, other}
                                                       : Edge{found.edges[i], type, other, node});
    }
  }
}

EdgeRange out_edges(NodeId node, const GraphView& view) {
  return range_of(edges_of(node, Snapshot::Direction::Out, view));
}

EdgeRange in_edges(NodeId node, const GraphView& view) {
  return range_of(edges_of(node, Snapshot::Direction::In, view));
}

std::size_t out_degree(NodeId node, const GraphView& view) {
  return edges_of(node, Snapshot::Direction::Out, view).size();
}

std::size_t in_degree(NodeId node, const GraphView& view) {
  return edges_of(node, Snapshot::Direction::In, view).size();
}

std::size_t degree(NodeId node, const GraphView& view) {
  return out_degree(node, view) + in_degree(node, view);
}

std::pair<GraphView::VertexIterator, GraphView::VertexIterator> vertices(const GraphView& view) {
  return {{view.snapshot(), NodeId{}}, {}};
}

std::size_t num_vertices(const GraphView& view) {
  return static_cast<std::size_t>(view.snapshot().node_count());
}

NodeIndexMap::NodeIndexMap(const GraphView& view) {
  const auto [begin, end] = vertices(view);
  nodes_ = std::make_shared<const std::vector<NodeId>>(begin, end);
}

}  // namespace ketnghia
