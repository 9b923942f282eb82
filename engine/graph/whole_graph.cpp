#include "engine/graph/whole_graph.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/page_rank.hpp>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace ketnghia {
namespace {

using Index = std::uint32_t;
using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, Index, std::size_t>;

constexpr Index kNone = ~Index{0};
// How far a node looks for the one that it stands for.
constexpr int kFarthest = 8;

struct Arc {
  Index from;
  Index to;
  EdgeId edge;

  friend bool operator<(const Arc& a, const Arc& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to) ||
           (a.from == b.from && a.to == b.to && number(a.edge) < number(b.edge));
  }
};

bool among(const std::vector<StringId>& list, StringId id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

// Numbers groups by the order of their first members.
std::vector<Index> renumbered(const std::vector<Index>& groups) {
  std::vector<Index> numbers(groups.size(), kNone);
  std::vector<Index> result;
  result.reserve(groups.size());
  Index next = 0;
  for (const Index group : groups) {
    if (numbers[group] == kNone) numbers[group] = next++;
    result.push_back(numbers[group]);
  }
  return result;
}

}  // namespace

struct WholeGraph::State {
  WholeGraphOptions options;
  std::vector<NodeId> nodes;
  Graph graph;                 // undirected, each edge twice
  std::vector<EdgeId> edges;   // in the order of the graph's
  std::optional<Graph> other;  // where it is directed, the edges turned round

  void step() const {
    if (options.at_edge) options.at_edge();
  }
  void take(std::size_t bytes) const {
    if (options.take) options.take(bytes);
  }

  Index index_of(NodeId node) const {
    const auto at = std::lower_bound(nodes.begin(), nodes.end(), node);
    return at == nodes.end() || *at != node ? kNone : static_cast<Index>(at - nodes.begin());
  }

  template <typename Visit>
  void each_neighbour(Index node, const Visit& visit) const {
    for (auto [at, end] = adjacent_vertices(node, graph); at != end; ++at) {
      step();
      visit(static_cast<Index>(*at));
    }
  }
};

namespace {

// What each node stands for.
class Standing {
 public:
  Standing(const Snapshot& snapshot, const WholeGraphOptions& options)
      : snapshot_(snapshot), options_(options) {}

  bool chosen(NodeId node) const {
    return options_.labels.empty() ||
           std::any_of(options_.labels.begin(), options_.labels.end(),
                       [&](StringId label) { return snapshot_.has_label(node, label); });
  }

  NodeId of(NodeId node) {
    const auto [known, is_new] = known_.try_emplace(number(node), NodeId{});
    if (is_new) known->second = find(node);
    return known->second;
  }

 private:
  NodeId find(NodeId node) {
    std::vector<NodeId> level{node};
    std::set<NodeId> seen{node};
    for (int far = 0; far <= kFarthest && !level.empty(); ++far) {
      for (const NodeId one : level) {
        if (chosen(one)) return one;
      }
      std::vector<NodeId> next;
      for (const NodeId one : level) {
        for (const StringId type : options_.through) {
          auto up = snapshot_.neighbours(one, Snapshot::Direction::Out, type);
          while (const auto found = up.next()) {
            if (options_.at_edge) options_.at_edge();
            if (seen.insert(found->other).second) next.push_back(found->other);
          }
        }
      }
      level = std::move(next);
    }
    return NodeId{};
  }

  const Snapshot& snapshot_;
  const WholeGraphOptions& options_;
  std::unordered_map<std::uint64_t, NodeId> known_;
};

Graph graph_of(const std::vector<Arc>& arcs, std::size_t nodes) {
  std::vector<std::pair<Index, Index>> ends;
  ends.reserve(arcs.size());
  for (const Arc& arc : arcs) ends.emplace_back(arc.from, arc.to);
  return Graph(boost::edges_are_sorted, ends.begin(), ends.end(), static_cast<Index>(nodes));
}

}  // namespace

WholeGraph::WholeGraph(const Snapshot& snapshot, WholeGraphOptions options)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.options = std::move(options);
  const auto& chosen = state.options;
  Standing standing(snapshot, chosen);
  auto all = snapshot.nodes();
  while (const auto node = all.next()) {
    state.step();
    if (standing.chosen(*node)) state.nodes.push_back(*node);
  }
  state.take(state.nodes.size() * (sizeof(NodeId) + 2 * sizeof(std::size_t)));

  std::vector<Arc> arcs;
  std::size_t taken = 0;
  const auto add = [&](NodeId from, NodeId to, EdgeId edge) {
    const Index a = state.index_of(from);
    const Index b = state.index_of(to);
    if (a == kNone || b == kNone || a == b) return;
    arcs.push_back({a, b, edge});
    if (!chosen.directed) arcs.push_back({b, a, edge});
    if (arcs.capacity() > taken) {
      // The list, its ends, the rows and their edges.
      state.take((arcs.capacity() - taken) * 2 * sizeof(Arc));
      taken = arcs.capacity();
    }
  };
  const bool lifts = !chosen.through.empty();
  auto starts = snapshot.nodes();
  while (const auto node = starts.next()) {
    if (!lifts && state.index_of(*node) == kNone) continue;
    auto out = snapshot.neighbours(*node, Snapshot::Direction::Out);
    while (const auto found = out.next()) {
      state.step();
      if (!chosen.types.empty() && !among(chosen.types, found->type)) continue;
      add(lifts ? standing.of(*node) : *node, lifts ? standing.of(found->other) : found->other,
          found->edge);
    }
  }
  std::sort(arcs.begin(), arcs.end());
  state.graph = graph_of(arcs, state.nodes.size());
  state.edges.reserve(arcs.size());
  for (const Arc& arc : arcs) state.edges.push_back(arc.edge);
  if (!chosen.directed) return;
  for (Arc& arc : arcs) std::swap(arc.from, arc.to);
  std::sort(arcs.begin(), arcs.end());
  state.other = graph_of(arcs, state.nodes.size());
}

WholeGraph::~WholeGraph() = default;

const std::vector<NodeId>& WholeGraph::nodes() const { return state_->nodes; }

std::vector<std::uint32_t> WholeGraph::degrees() const {
  std::vector<std::uint32_t> degrees;
  degrees.reserve(state_->nodes.size());
  for (Index node = 0; node < state_->nodes.size(); ++node) {
    degrees.push_back(static_cast<std::uint32_t>(out_degree(node, state_->graph)));
  }
  return degrees;
}

std::vector<std::uint32_t> WholeGraph::components() const {
  const State& state = *state_;
  std::vector<Index> group(state.nodes.size(), kNone);
  std::vector<Index> open;
  const auto visit = [&](const Graph& graph, Index node, Index number) {
    for (auto [at, end] = adjacent_vertices(node, graph); at != end; ++at) {
      state.step();
      if (group[*at] != kNone) continue;
      group[*at] = number;
      open.push_back(static_cast<Index>(*at));
    }
  };
  Index next = 0;
  for (Index start = 0; start < group.size(); ++start) {
    if (group[start] != kNone) continue;
    group[start] = next;
    open = {start};
    while (!open.empty()) {
      const Index node = open.back();
      open.pop_back();
      visit(state.graph, node, next);
      if (state.other) visit(*state.other, node, next);
    }
    ++next;
  }
  return group;
}

std::vector<double> WholeGraph::page_rank(double damping, unsigned iterations) const {
  const State& state = *state_;
  const std::size_t count = state.nodes.size();
  std::vector<double> rank(count);
  if (count == 0) return rank;
  const auto index = get(boost::vertex_index, state.graph);
  unsigned done = 0;
  const auto finished = [&](const auto&, const Graph& graph) {
    for (std::size_t edge = 0; edge < num_edges(graph); ++edge) state.step();
    return done++ == iterations;
  };
  boost::graph::page_rank(state.graph, boost::make_iterator_property_map(rank.begin(), index),
                          finished, damping);
  const double sum = std::accumulate(rank.begin(), rank.end(), 0.0);
  for (double& one : rank) one /= sum;
  return rank;
}

std::vector<double> WholeGraph::betweenness(std::size_t samples) const {
  const State& state = *state_;
  const std::size_t count = state.nodes.size();
  std::vector<double> total(count);
  std::vector<double> paths(count);
  std::vector<double> share(count);
  std::vector<Index> distance(count);
  std::vector<Index> order;
  samples = std::min(samples, count);
  for (std::size_t i = 0; i < samples; ++i) {
    const auto source = static_cast<Index>(i * count / samples);
    std::fill(paths.begin(), paths.end(), 0.0);
    std::fill(share.begin(), share.end(), 0.0);
    std::fill(distance.begin(), distance.end(), kNone);
    order = {source};
    paths[source] = 1;
    distance[source] = 0;
    for (std::size_t next = 0; next < order.size(); ++next) {
      const Index node = order[next];
      state.each_neighbour(node, [&](Index other) {
        if (distance[other] == kNone) {
          distance[other] = distance[node] + 1;
          order.push_back(other);
        }
        if (distance[other] == distance[node] + 1) paths[other] += paths[node];
      });
    }
    for (auto node = order.rbegin(); node != order.rend(); ++node) {
      state.each_neighbour(*node, [&](Index other) {
        if (distance[other] == distance[*node] + 1) {
          share[*node] += paths[*node] / paths[other] * (1 + share[other]);
        }
      });
      if (*node != source) total[*node] += share[*node];
    }
  }
  // Undirected, every path was walked from both ends.
  const double scale = (samples == 0 ? 0.0 : static_cast<double>(count)) /
                       static_cast<double>(std::max<std::size_t>(samples, 1)) /
                       (state.options.directed ? 1 : 2);
  for (double& one : total) one *= scale;
  return total;
}

namespace {

struct StepAtEdge : boost::core_numbers_visitor<> {
  explicit StepAtEdge(const std::function<void()>& at_edge) : step(&at_edge) {}

  template <typename Edge>
  void examine_edge(const Edge&, const Graph&) {
    if (*step) (*step)();
  }

  const std::function<void()>* step;
};

}  // namespace

std::vector<std::uint32_t> WholeGraph::cores() const {
  const State& state = *state_;
  // Neighbours count once, whatever the number and direction of the edges between the two.
  std::vector<std::pair<Index, Index>> ends;
  for (Index node = 0; node < state.nodes.size(); ++node) {
    state.each_neighbour(node, [&](Index other) {
      ends.emplace_back(node, other);
      if (state.options.directed) ends.emplace_back(other, node);
    });
  }
  state.take(ends.capacity() * 2 * sizeof(ends.front()));
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  const Graph simple(boost::edges_are_sorted, ends.begin(), ends.end(),
                     static_cast<Index>(state.nodes.size()));
  std::vector<std::uint32_t> cores(state.nodes.size());
  if (cores.empty()) return cores;
  boost::core_numbers(
      simple, boost::make_iterator_property_map(cores.begin(), get(boost::vertex_index, simple)),
      StepAtEdge{state.options.at_edge});
  return cores;
}

namespace {

// A graph whose nodes are groups of nodes, both ways along each edge.
struct Grouped {
  std::vector<std::vector<std::pair<Index, double>>> links;  // to others, ascending
  std::vector<double> within;                                // of the edges inside, once each
};

// Moves nodes, one after the other, to the neighbours' group that gains most modularity, until
// none gains. Ties go to the group they are in, else to the first.
std::vector<Index> moved(const Grouped& graph, const std::function<void()>& step) {
  const std::size_t count = graph.links.size();
  std::vector<Index> group(count);
  std::iota(group.begin(), group.end(), Index{0});
  std::vector<double> degree(count);
  for (std::size_t node = 0; node < count; ++node) {
    degree[node] = 2 * graph.within[node];
    for (const auto& [other, weight] : graph.links[node]) degree[node] += weight;
  }
  std::vector<double> total = degree;  // of a group
  const double all = std::accumulate(degree.begin(), degree.end(), 0.0);
  constexpr int kRounds = 30;
  constexpr double kLeast = 1e-9;
  bool changed = all > 0;
  std::map<Index, double> towards;
  for (int round = 0; round < kRounds && changed; ++round) {
    changed = false;
    for (Index node = 0; node < count; ++node) {
      towards.clear();
      towards[group[node]] = 0;
      for (const auto& [other, weight] : graph.links[node]) {
        if (step) step();
        towards[group[other]] += weight;
      }
      total[group[node]] -= degree[node];
      const auto gain = [&](Index to, double weight) {
        return weight - degree[node] * total[to] / all;
      };
      Index best = group[node];
      double most = gain(best, towards[best]);
      for (const auto& [to, weight] : towards) {
        if (gain(to, weight) <= most + kLeast) continue;
        best = to;
        most = gain(to, weight);
      }
      total[best] += degree[node];
      changed = changed || best != group[node];
      group[node] = best;
    }
  }
  return group;
}

Grouped joined(const Grouped& graph, const std::vector<Index>& group, std::size_t groups) {
  Grouped result;
  result.links.resize(groups);
  result.within.resize(groups);
  std::vector<std::map<Index, double>> links(groups);
  for (std::size_t node = 0; node < group.size(); ++node) {
    result.within[group[node]] += graph.within[node];
    for (const auto& [other, weight] : graph.links[node]) {
      if (group[other] == group[node]) {
        result.within[group[node]] += weight / 2;
      } else {
        links[group[node]][group[other]] += weight;
      }
    }
  }
  for (std::size_t one = 0; one < groups; ++one) {
    result.links[one].assign(links[one].begin(), links[one].end());
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> WholeGraph::communities() const {
  const State& state = *state_;
  const std::size_t count = state.nodes.size();
  std::vector<std::map<Index, double>> counted(count);
  for (Index node = 0; node < count; ++node) {
    state.each_neighbour(node, [&](Index other) {
      // What a map keeps of an edge.
      constexpr std::size_t kEntry = 64;
      if (counted[node].empty()) state.take(kEntry);
      if ((counted[node][other] += 1) == 1) state.take(kEntry);
      if (state.options.directed) counted[other][node] += 1;
    });
  }
  Grouped graph;
  graph.within.resize(count);
  for (const auto& links : counted) graph.links.emplace_back(links.begin(), links.end());
  counted.clear();
  std::vector<Index> result(count);
  std::iota(result.begin(), result.end(), Index{0});
  for (;;) {
    const auto group = renumbered(moved(graph, state.options.at_edge));
    const std::size_t groups =
        group.empty() ? 0 : std::size_t{*std::max_element(group.begin(), group.end())} + 1;
    if (groups == group.size()) return renumbered(result);
    for (Index& one : result) one = group[one];
    graph = joined(graph, group, groups);
  }
}

namespace {

// One shortest way that goes through no closed node and begins with no closed edge.
class Search {
 public:
  Search(const Graph& graph, const std::function<void()>& step) : graph_(graph), step_(step) {}

  std::vector<Index> path(Index from, Index to, const std::vector<bool>& closed,
                          const std::set<Index>& closed_first) const {
    std::vector<Index> previous(num_vertices(graph_), kNone);
    std::vector<Index> order{from};
    previous[from] = from;
    for (std::size_t next = 0; next < order.size() && previous[to] == kNone; ++next) {
      const Index node = order[next];
      for (auto [at, end] = adjacent_vertices(node, graph_); at != end; ++at) {
        if (step_) step_();
        const auto other = static_cast<Index>(*at);
        if (previous[other] != kNone || closed[other]) continue;
        if (node == from && closed_first.contains(other)) continue;
        previous[other] = node;
        order.push_back(other);
      }
    }
    std::vector<Index> path;
    if (previous[to] == kNone) return path;
    for (Index at = to; at != from; at = previous[at]) path.push_back(at);
    path.push_back(from);
    std::reverse(path.begin(), path.end());
    return path;
  }

 private:
  const Graph& graph_;
  const std::function<void()>& step_;
};

}  // namespace

std::vector<Path> WholeGraph::shortest(NodeId from, NodeId to, std::size_t count) const {
  const State& state = *state_;
  const Index start = state.index_of(from);
  const Index goal = state.index_of(to);
  std::vector<std::vector<Index>> found;
  if (start == kNone || goal == kNone || count == 0) return {};
  const Search search(state.graph, state.options.at_edge);
  const auto shorter = [](const std::vector<Index>& a, const std::vector<Index>& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  };
  std::set<std::vector<Index>, decltype(shorter)> candidates(shorter);
  std::vector<bool> closed(state.nodes.size());
  const auto first = search.path(start, goal, closed, {});
  if (!first.empty()) candidates.insert(first);
  while (found.size() < count && !candidates.empty()) {
    found.push_back(*candidates.begin());
    candidates.erase(candidates.begin());
    const auto last = found.back();
    std::fill(closed.begin(), closed.end(), false);
    for (std::size_t spur = 0; spur + 1 < last.size(); ++spur) {
      std::set<Index> closed_first;
      for (const auto& path : found) {
        if (path.size() > spur + 1 &&
            std::equal(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(spur) + 1,
                       path.begin())) {
          closed_first.insert(path[spur + 1]);
        }
      }
      const auto tail = search.path(last[spur], goal, closed, closed_first);
      closed[last[spur]] = true;
      if (tail.empty()) continue;
      std::vector<Index> whole(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(spur));
      whole.insert(whole.end(), tail.begin(), tail.end());
      if (std::find(found.begin(), found.end(), whole) == found.end()) {
        state.take(whole.size() * sizeof(Index) + sizeof(whole));
        candidates.insert(std::move(whole));
      }
    }
  }
  std::vector<Path> paths;
  for (const auto& way : found) {
    Path path;
    for (std::size_t i = 0; i < way.size(); ++i) {
      path.nodes.push_back(state.nodes[way[i]]);
      if (i == 0) continue;
      for (auto [at, end] = out_edges(way[i - 1], state.graph); at != end; ++at) {
        if (target(*at, state.graph) != way[i]) continue;
        path.edges.push_back(state.edges[get(boost::edge_index, state.graph, *at)]);
        break;
      }
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace ketnghia
