#include "engine/graph/paths.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/graph/view.hpp"

namespace ketnghia {
namespace {

using Direction = Snapshot::Direction;

// How a node was first reached from one end: at what depth, over which edges of the level before.
struct Reached {
  std::size_t depth = 0;
  std::vector<GraphView::Edge> over;
};

// One of the two searches: Out from the start, In from the goal.
class Search {
 public:
  Search(const GraphView& view, NodeId origin, Direction direction, const PathOptions& options)
      : view_(view), direction_(direction), options_(options), frontier_{origin} {
    reached_[origin];
  }

  const std::vector<NodeId>& frontier() const { return frontier_; }
  std::size_t depth() const { return depth_; }
  const Reached* find(NodeId node) const {
    const auto found = reached_.find(node);
    return found == reached_.end() ? nullptr : &found->second;
  }

  void expand() {
    ++depth_;
    // In the order of the index: each is found near the one before.
    std::sort(frontier_.begin(), frontier_.end());
    std::vector<NodeId> next;
    for (const NodeId node : frontier_) {
      edges_.clear();
      view_.append_edges(node, direction_, edges_);
      for (const auto& edge : edges_) {
        const NodeId other = direction_ == Direction::Out ? edge.target : edge.source;
        const auto [entry, is_new] = reached_.try_emplace(other, Reached{depth_, {}});
        if (options_.at_edge) options_.at_edge(is_new);
        auto& reached = entry->second;
        if (reached.depth != depth_) continue;
        if (reached.over.empty()) next.push_back(other);
        reached.over.push_back(edge);
      }
    }
    frontier_ = std::move(next);
  }

 private:
  const GraphView& view_;
  Direction direction_;
  const PathOptions& options_;
  std::size_t depth_ = 0;
  std::vector<NodeId> frontier_;
  std::unordered_map<NodeId, Reached> reached_;
  std::vector<GraphView::Edge> edges_;
};

// The edges of all shortest paths, by the node they lead on from. `middles` are the nodes where
// the two searches met: every shortest path goes through exactly one of them.
using Onward = std::unordered_map<NodeId, std::vector<GraphView::Edge>>;

Onward onward_edges(const Search& forward, const Search& backward,
                    const std::vector<NodeId>& middles) {
  Onward onward;
  std::unordered_set<NodeId> seen(middles.begin(), middles.end());
  for (std::vector<NodeId> open = middles; !open.empty();) {
    const NodeId node = open.back();
    open.pop_back();
    for (const auto& edge : forward.find(node)->over) {
      onward[edge.source].push_back(edge);
      if (seen.insert(edge.source).second) open.push_back(edge.source);
    }
  }
  seen = {middles.begin(), middles.end()};
  for (std::vector<NodeId> open = middles; !open.empty();) {
    const NodeId node = open.back();
    open.pop_back();
    for (const auto& edge : backward.find(node)->over) {
      onward[node].push_back(edge);
      if (seen.insert(edge.target).second) open.push_back(edge.target);
    }
  }
  for (auto& [node, edges] : onward) {
    std::sort(edges.begin(), edges.end(), [](const auto& a, const auto& b) {
      return std::pair(a.target, a.id) < std::pair(b.target, b.id);
    });
  }
  return onward;
}

void walk(const Onward& onward, NodeId to, std::size_t max_paths, Path& path,
          std::vector<Path>& paths) {
  const NodeId node = path.nodes.back();
  if (node == to) {
    paths.push_back(path);
    return;
  }
  for (const auto& edge : onward.at(node)) {
    if (paths.size() == max_paths) return;
    path.nodes.push_back(edge.target);
    path.edges.push_back(edge.id);
    walk(onward, to, max_paths, path, paths);
    path.nodes.pop_back();
    path.edges.pop_back();
  }
}

}  // namespace

std::vector<Path> shortest_paths(const Snapshot& snapshot, NodeId from, NodeId to,
                                 const PathOptions& options) {
  if (options.max_paths == 0 || !snapshot.contains(from) || !snapshot.contains(to)) return {};
  if (from == to) return {Path{{from}, {}}};
  const GraphView view(snapshot, {options.types, options.undirected});
  Search forward(view, from, Direction::Out, options);
  Search backward(view, to, Direction::In, options);
  while (forward.depth() + backward.depth() < options.max_length) {
    const bool ahead = forward.frontier().size() <= backward.frontier().size();
    Search& search = ahead ? forward : backward;
    const Search& other = ahead ? backward : forward;
    if (search.frontier().empty()) return {};
    search.expand();
    std::vector<NodeId> middles;
    for (const NodeId node : search.frontier()) {
      if (other.find(node) != nullptr) middles.push_back(node);
    }
    if (middles.empty()) continue;
    std::vector<Path> paths;
    Path path{{from}, {}};
    walk(onward_edges(forward, backward, middles), to, options.max_paths, path, paths);
    return paths;
  }
  return {};
}

}  // namespace ketnghia
