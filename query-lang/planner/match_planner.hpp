#pragma once

#include <optional>
#include <set>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

// One MATCH, or several that follow each other, as one pattern: what a node is called more than
// once is one node, and edges keep the clause that they must differ within.
struct Pattern {
  struct Node {
    const bound::PatternNode* written = nullptr;  // where it comes first
    std::vector<std::string> labels;
    bool bound = false;  // by a clause before all of these
  };
  struct Edge {
    const bound::PatternEdge* written = nullptr;
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t clause = 0;
  };
  struct Path {
    const bound::PatternPath* written = nullptr;
    std::vector<std::size_t> nodes;
    std::vector<std::size_t> edges;
  };

  void add(const bound::Match& match);
  // Whether `match` can be part of it: it must not lay out anew an edge of a clause before.
  bool takes(const bound::Match& match) const;

  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Path> paths;
  std::vector<const bound::Expression*> predicates;
  std::size_t clauses = 0;
};

// What becomes of the rows of a pattern.
struct Demand {
  std::set<bound::Slot> slots;  // that are read
  bool once = false;            // a row that comes twice does no more than one that comes once
  bool every_edge = false;      // each edge is looked at, whoever reads it
  bool separable = true;        // parts that do not read the given row may be found by themselves
};

// Finds an order for a pattern, greedily: what leaves and looks at the fewest rows comes next
// (Fegaras, "A new heuristic for optimizing large queries", 1998). Parts begin at each thing that
// is bound or named, grow along edges, and are joined by hash where they meet.
PlanPtr plan_pattern(const Pattern& pattern, const Demand& demand, const Snapshot& snapshot,
                     PlanPtr input);

// Whether it may give another value for the same row.
bool is_volatile(const bound::Expression& expression);
bool has_subquery(const bound::Expression& expression);

}  // namespace ketnghia::query
