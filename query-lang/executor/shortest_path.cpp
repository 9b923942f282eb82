#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "engine/graph/paths.hpp"
#include "query-lang/executor/edge_properties.hpp"
#include "query-lang/executor/neighbours.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

struct HashNode {
  std::size_t operator()(NodeId id) const { return std::hash<std::uint64_t>{}(number(id)); }
};

// What was reached from one of the two ends: each node with its distance and every edge that a
// shortest way there can come by.
struct Side {
  struct Hop {
    NodeId previous;
    EdgeId edge;
  };
  struct Reached {
    std::uint64_t distance;
    std::vector<Hop> hops;
  };

  void start(NodeId node) {
    reached.clear();
    reached[node] = {0, {}};
    frontier = {node};
    depth = 0;
  }

  std::unordered_map<NodeId, Reached, HashNode> reached;
  std::vector<NodeId> frontier;
  std::uint64_t depth = 0;
};

using Edges = std::vector<EdgeId>;

// The engine walks a path by recursion: longer ones are searched here.
constexpr std::uint64_t kViewLength = 500;

// Breadth first from both ends, the smaller frontier one level at a time, until the two meet
// (Pohl, "Bi-directional search", 1971). Levels are whole, so all nodes of the first meeting lie
// on shortest paths.
class ShortestPath : public Operator {
 public:
  ShortestPath(const plan::ShortestPath& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        direction_(step.reversed ? reversed(step.edge->direction) : step.edge->direction),
        properties_(*step.edge, execution) {}

  void open(Row& row) override {
    input_->open(row);
    found_.clear();
  }

  bool next(Row& row) override {
    while (found_.empty()) {
      if (!input_->next(row)) return false;
      search(row);
    }
    RuntimeList edges(found_.back().begin(), found_.back().end());
    found_.pop_back();
    row[step_.edge->slot] = make_list(std::move(edges));
    return true;
  }

 private:
  void search(Row& row) {
    const auto* from = std::get_if<NodeId>(&row[step_.from].data);
    const auto* to = std::get_if<NodeId>(&row[step_.to].data);
    if (from == nullptr || to == nullptr) return;
    if (*from == *to) {
      if (step_.edge->low == 0) found_.emplace_back();
      return;
    }
    if (step_.edge->properties.empty() && step_.other_edges.empty() && in_view(*from, *to)) return;
    properties_.compute(row);
    Side first;
    Side second;
    first.start(*from);
    second.start(*to);
    while (first.depth + second.depth < step_.edge->high) {
      const bool forward = first.frontier.size() <= second.frontier.size();
      Side& side = forward ? first : second;
      Side& other = forward ? second : first;
      if (side.frontier.empty()) return;
      const auto meetings = deepen(side, other, forward, row);
      if (meetings.empty()) continue;
      for (const NodeId node : meetings) join(first, second, node);
      if (step_.edge->kind == bound::PathKind::Shortest) found_.resize(1);
      return;
    }
  }

  // What asks nothing of the edges but their types is searched on the engine's graph view, for
  // paths up to kViewLength; false where only a longer one can be there.
  bool in_view(NodeId from, NodeId to) {
    const bool against = direction_ == bound::Direction::In;
    if (!step_.types.any && step_.types.ids.empty()) return true;
    PathOptions options;
    if (!step_.types.any) options.types = step_.types.ids;
    options.undirected = direction_ == bound::Direction::Both;
    options.max_length =
        static_cast<std::size_t>(std::min<std::uint64_t>(step_.edge->high, kViewLength));
    options.max_paths =
        step_.edge->kind == bound::PathKind::Shortest ? 1 : std::numeric_limits<std::size_t>::max();
    options.at_edge = [this](bool new_node) {
      execution_.budget().step();
      if (new_node)
        execution_.budget().hold(sizeof(Side::Reached) + sizeof(Side::Hop) + 4 * sizeof(void*));
    };
    auto paths =
        shortest_paths(execution_.snapshot(), against ? to : from, against ? from : to, options);
    for (Path& path : paths) {
      if (against != step_.reversed) std::reverse(path.edges.begin(), path.edges.end());
      found_.push_back(std::move(path.edges));
    }
    return !paths.empty() || step_.edge->high <= kViewLength;
  }

  std::vector<NodeId> deepen(Side& side, const Side& other, bool forward, const Row& row) {
    ++side.depth;
    std::vector<NodeId> level;
    std::vector<NodeId> meetings;
    Neighbours neighbours(execution_.snapshot(), forward ? direction_ : reversed(direction_),
                          step_.types);
    Adjacency found;
    std::sort(side.frontier.begin(), side.frontier.end());
    for (const NodeId node : side.frontier) {
      neighbours.read(node, store::kEdges, found);
      for (std::size_t i = 0; i < found.size(); ++i) {
        const NodeId reached = found.others[i];
        const EdgeId edge = found.edges[i];
        execution_.budget().step();
        if (among(edge, step_.other_edges, row) || !properties_.fit(edge)) continue;
        const auto [entry, is_new] =
            side.reached.try_emplace(reached, Side::Reached{side.depth, {}});
        if (entry->second.distance != side.depth) continue;
        entry->second.hops.push_back({node, edge});
        if (!is_new) continue;
        execution_.budget().hold(sizeof(Side::Reached) + sizeof(Side::Hop) + 4 * sizeof(void*));
        level.push_back(reached);
        if (other.reached.contains(reached)) meetings.push_back(reached);
      }
    }
    side.frontier = std::move(level);
    return meetings;
  }

  // All ways from `node` back to where its side began, nearest edge first.
  std::vector<Edges> ways(const Side& side, NodeId node) {
    std::vector<Edges> result;
    struct Open {
      NodeId node;
      std::size_t hop;
    };
    std::vector<Open> stack{{node, 0}};
    Edges edges;
    const bool one = step_.edge->kind == bound::PathKind::Shortest;
    while (!stack.empty()) {
      execution_.budget().step();
      auto& top = stack.back();
      const auto& hops = side.reached.at(top.node).hops;
      if (hops.empty()) result.push_back(edges);
      if (top.hop == hops.size() || (one && !result.empty())) {
        stack.pop_back();
        if (!edges.empty()) edges.pop_back();
        continue;
      }
      const auto& hop = hops[top.hop++];
      edges.push_back(hop.edge);
      stack.push_back({hop.previous, 0});
    }
    return result;
  }

  void join(const Side& first, const Side& second, NodeId node) {
    const auto heads = ways(first, node);
    const auto tails = ways(second, node);
    for (const auto& head : heads) {
      for (const auto& tail : tails) {
        execution_.budget().step();
        Edges path(head.rbegin(), head.rend());
        path.insert(path.end(), tail.begin(), tail.end());
        if (step_.reversed) std::reverse(path.begin(), path.end());
        found_.push_back(std::move(path));
      }
    }
  }

  const plan::ShortestPath& step_;
  OperatorPtr input_;
  Execution& execution_;
  bound::Direction direction_;
  EdgeProperties properties_;
  std::vector<Edges> found_;
};

}  // namespace

OperatorPtr make_shortest_path(const plan::ShortestPath& step, OperatorPtr input,
                               Execution& execution) {
  return std::make_unique<ShortestPath>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
