#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <map>
#include <random>

#include "engine/graph/paths.hpp"
#include "engine/graph/view.hpp"
#include "tests/engine/store_support.hpp"

using namespace ketnghia;

BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<GraphView>));

namespace {

// n1 -> n2 -> n3 -> n4, n1 -> n5 -> n4, n6 -> n1 over another type, n7 alone.
void write_sample(Store& store) {
  Writer writer(store);
  for (std::uint64_t id = 1; id <= 7; ++id) writer.put(NodeDraft{NodeId{id}, {}, {}, {}});
  const auto join = [&](const char* type, std::uint64_t from, std::uint64_t to) {
    writer.put(EdgeDraft{{}, type, NodeId{from}, NodeId{to}, {}, {}});
  };
  join("A", 1, 2);
  join("A", 2, 3);
  join("A", 3, 4);
  join("A", 1, 5);
  join("A", 5, 4);
  join("B", 6, 1);
  writer.commit();
}

std::map<NodeId, int> distances(const GraphView& view, NodeId from) {
  std::map<NodeId, int> depth;
  std::map<NodeId, boost::default_color_type> colours;
  boost::breadth_first_search(
      view, from,
      boost::color_map(boost::make_assoc_property_map(colours))
          .visitor(boost::make_bfs_visitor(boost::record_distances(
              boost::make_assoc_property_map(depth), boost::on_tree_edge()))));
  for (const auto& [node, colour] : colours) {
    if (colour == boost::black_color && node != from && depth[node] == 0) depth.erase(node);
  }
  depth[from] = 0;
  return depth;
}

std::vector<std::uint64_t> numbers(const Path& path) {
  std::vector<std::uint64_t> result;
  for (const NodeId id : path.nodes) result.push_back(number(id));
  return result;
}

using Numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("Boost's breadth-first search runs on a snapshot unchanged", "[graph]") {
  TemporaryStore temporary;
  write_sample(temporary.store);
  const Snapshot snapshot(temporary.store);
  const GraphView view(snapshot);
  const std::map<NodeId, int> right{
      {NodeId{1}, 0}, {NodeId{2}, 1}, {NodeId{3}, 2}, {NodeId{4}, 2}, {NodeId{5}, 1}};
  CHECK(distances(view, NodeId{1}) == right);
  CHECK(num_vertices(view) == 7);
  const auto [begin, end] = vertices(view);
  CHECK(std::distance(begin, end) == 7);
  CHECK(out_degree(NodeId{1}, view) == 2);
  CHECK(in_degree(NodeId{1}, view) == 1);
}

TEST_CASE("Boost's Dijkstra runs on a snapshot unchanged", "[graph]") {
  TemporaryStore temporary;
  write_sample(temporary.store);
  const Snapshot snapshot(temporary.store);
  const GraphView view(snapshot);
  // The edge n5 -> n4 is long, so that the way over three edges is the shorter one.
  const auto weight = boost::make_function_property_map<GraphView::Edge, int>(
      [](const GraphView::Edge& edge) { return edge.source == NodeId{5} ? 10 : 1; });
  std::map<NodeId, int> distance;
  std::map<NodeId, NodeId> before;
  boost::dijkstra_shortest_paths(view, NodeId{1},
                                 boost::weight_map(weight)
                                     .distance_map(boost::make_assoc_property_map(distance))
                                     .predecessor_map(boost::make_assoc_property_map(before))
                                     .vertex_index_map(NodeIndexMap(view)));
  CHECK(distance[NodeId{4}] == 3);
  CHECK(before[NodeId{4}] == NodeId{3});
}

TEST_CASE("a view can be of some types and of both directions", "[graph]") {
  TemporaryStore temporary;
  write_sample(temporary.store);
  const Snapshot snapshot(temporary.store);
  const auto a = *snapshot.string_id("A");
  const auto b = *snapshot.string_id("B");
  CHECK(out_degree(NodeId{1}, GraphView(snapshot, {{b}, false})) == 0);
  CHECK(out_degree(NodeId{1}, GraphView(snapshot, {{b}, true})) == 1);
  CHECK(out_degree(NodeId{1}, GraphView(snapshot, {{a, b}, true})) == 3);
  CHECK(in_degree(NodeId{1}, GraphView(snapshot, {{}, true})) == 3);
}

TEST_CASE("the shortest path is found, and all that are as short", "[paths]") {
  TemporaryStore temporary;
  write_sample(temporary.store);
  {
    Writer writer(temporary.store);
    writer.put(EdgeDraft{{}, "A", NodeId{2}, NodeId{4}, {}, {}});
    writer.put(EdgeDraft{{}, "A", NodeId{2}, NodeId{4}, {}, {}});
    writer.commit();
  }
  const Snapshot snapshot(temporary.store);
  const auto one = shortest_paths(snapshot, NodeId{1}, NodeId{4}, {});
  REQUIRE(one.size() == 1);
  CHECK(numbers(one[0]) == Numbers{1, 2, 4});
  const auto every = shortest_paths(snapshot, NodeId{1}, NodeId{4}, {.max_paths = 10});
  REQUIRE(every.size() == 3);
  CHECK(numbers(every[1]) == Numbers{1, 2, 4});
  CHECK(every[0].edges != every[1].edges);
  CHECK(numbers(every[2]) == Numbers{1, 5, 4});
  CHECK(every[2].edges == std::vector<EdgeId>{EdgeId{4}, EdgeId{5}});
}

TEST_CASE("a path respects direction, types and length", "[paths]") {
  TemporaryStore temporary;
  write_sample(temporary.store);
  const Snapshot snapshot(temporary.store);
  const auto a = *snapshot.string_id("A");
  CHECK(shortest_paths(snapshot, NodeId{4}, NodeId{1}, {}).empty());
  CHECK(shortest_paths(snapshot, NodeId{4}, NodeId{1}, {.undirected = true}).size() == 1);
  CHECK(shortest_paths(snapshot, NodeId{6}, NodeId{4}, {}).size() == 1);
  CHECK(shortest_paths(snapshot, NodeId{6}, NodeId{4}, {.types = {a}}).empty());
  CHECK(shortest_paths(snapshot, NodeId{6}, NodeId{4}, {.max_length = 2}).empty());
  CHECK(shortest_paths(snapshot, NodeId{6}, NodeId{4}, {.max_length = 3}).size() == 1);
  CHECK(shortest_paths(snapshot, NodeId{1}, NodeId{7}, {.undirected = true}).empty());
  CHECK(shortest_paths(snapshot, NodeId{1}, NodeId{99}, {}).empty());
  CHECK(shortest_paths(snapshot, NodeId{1}, NodeId{1}, {}) ==
        std::vector<Path>{Path{{NodeId{1}}, {}}});
}

TEST_CASE("a shortest path is as long as Boost's search says, in any graph", "[paths]") {
  const unsigned seed = GENERATE(range(1U, 5U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  TemporaryStore temporary;
  constexpr std::uint64_t kNodes = 60;
  {
    Writer writer(temporary.store);
    for (std::uint64_t id = 1; id <= kNodes; ++id) writer.put(NodeDraft{NodeId{id}, {}, {}, {}});
    for (int i = 0; i < 80; ++i) {
      writer.put(
          EdgeDraft{{}, "A", NodeId{1 + random() % kNodes}, NodeId{1 + random() % kNodes}, {}, {}});
    }
    writer.commit();
  }
  const Snapshot snapshot(temporary.store);
  const bool undirected = GENERATE(false, true);
  const GraphView view(snapshot, {{}, undirected});
  for (std::uint64_t from = 1; from <= kNodes; from += 7) {
    const auto depth = distances(view, NodeId{from});
    for (std::uint64_t to = 1; to <= kNodes; ++to) {
      const auto paths = shortest_paths(snapshot, NodeId{from}, NodeId{to},
                                        {.undirected = undirected, .max_paths = 50});
      const auto found = depth.find(NodeId{to});
      REQUIRE(paths.empty() == (found == depth.end()));
      for (const Path& path : paths) {
        REQUIRE(path.edges.size() == static_cast<std::size_t>(found->second));
        for (std::size_t i = 0; i < path.edges.size(); ++i) {
          const auto ends = snapshot.ends(path.edges[i]);
          const bool along = ends->from == path.nodes[i] && ends->to == path.nodes[i + 1];
          const bool against = ends->to == path.nodes[i] && ends->from == path.nodes[i + 1];
          REQUIRE((along || (undirected && against)));
        }
      }
    }
  }
}
