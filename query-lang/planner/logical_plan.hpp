#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "engine/graph/ids.hpp"
#include "query-lang/analysis/bound_query.hpp"

// What is to be done, in which order, with the dictionary looked up; how it is done is the
// executor's. A plan points into the bound query it was made from, which must outlive it.
namespace ketnghia::query {

namespace plan {

using bound::Slot;

// Nothing for a name that is not in the graph: no node has that label.
using Labels = std::vector<std::optional<StringId>>;

// Types an edge may have: any where `any`, otherwise one of `ids` (none: there is no such edge).
struct Types {
  bool any = true;
  std::vector<StringId> ids;
};

// The row it is opened with, once.
struct Argument {};

// All nodes, or those of one label.
struct NodeScan {
  Slot node = 0;
  std::string name;
  bool labelled = false;
  std::optional<StringId> label;
};

// Nodes whose name or an alias matches: the name index. What is asked for exactly (one name, or one
// of a list) is filtered afterwards; what is no string, or has no letters to look up, is scanned
// for.
struct NameScan {
  Slot node = 0;
  std::string name;
  const bound::Expression* asked = nullptr;
  bool exact = false;  // a name to the byte
  bool labelled = false;
  std::optional<StringId> label;
};

// The ends of an edge that is bound already.
struct EdgeEnds {
  const bound::PatternEdge* edge = nullptr;
  Slot from = 0;
  Slot to = 0;
  bool from_known = false;
  bool to_known = false;
  Types types;
  std::vector<Slot> other_edges;  // edges and lists of them that it must differ from
};

// Edges of a node; where `into`, only those to a node that is known too.
struct Expand {
  const bound::PatternEdge* edge = nullptr;
  Slot from = 0;  // the known end, whichever the pattern writes first
  Slot to = 0;
  bool into = false;
  bool reversed = false;  // `from` is the pattern's right end
  Types types;
  std::vector<Slot> other_edges;
  bool edge_read = true;  // somebody reads the edge's slot
  // Conditions on the `when` of the edge and on nothing else: answered once for each date.
  std::vector<const bound::Expression*> dated;
};

// The nodes at edge->low to edge->high edges from a node, each once, ascending.
struct Reach : Expand {};

// Paths of edge->low to edge->high edges, no edge twice.
struct VariableExpand : Expand {};

// A list of edges that is bound already, laid along the pattern.
struct EdgeList : EdgeEnds {};

// One shortest path between two known nodes, or all.
struct ShortestPath : Expand {};

struct NodeTest {
  Slot node = 0;
  std::string name;
  Labels labels;  // none: is it a node at all (and not null)
  std::vector<std::string> label_names;
};

struct Condition {
  const bound::Expression* expression = nullptr;
  std::optional<Slot> only;  // it reads nothing but this node or edge: answered once for each
};

struct Filter {
  std::vector<NodeTest> nodes;
  std::vector<Condition> conditions;
  std::vector<std::pair<Slot, Slot>> different;  // edges, or lists of them, that share none
};

// Rows that agree in `slots`, which are nodes and edges, are one: what else they hold nobody reads,
// or only to tell `witness`, an edge, from `most` - 1 others, for which as many rows do.
struct DistinctIds {
  std::vector<Slot> slots;
  std::optional<Slot> witness;
  std::size_t most = 1;
};

// Rows of inputs[0] with those of inputs[1] that hold the same nodes; inputs[1] reads nothing of
// the row.
struct HashJoin {
  std::vector<Slot> on;
  std::vector<Slot> carried;  // from inputs[1]
};

struct BuildPath {
  const bound::PatternPath* path = nullptr;
  std::vector<Slot> nodes;
  std::vector<std::pair<Slot, bool>> edges;  // and whether it is a list
};

// Rows of inputs[0], each with the rows that inputs[1] finds for it, or with nulls.
struct Optional {
  std::vector<Slot> introduced;
};

struct Unwind {
  const bound::Unwind* clause = nullptr;
};

struct Aggregate {
  const bound::Projection* projection = nullptr;
};
struct Project {
  const bound::Projection* projection = nullptr;
};
struct Distinct {
  std::vector<Slot> slots;
};
// Where there is a limit, no more rows are kept than it and skip need.
struct Sort {
  const bound::Projection* projection = nullptr;
};
struct SkipRows {
  const bound::Expression* count = nullptr;
};
struct LimitRows {
  const bound::Expression* count = nullptr;
};

// The rows of all inputs one after another, brought to the same slots.
struct Union {
  const bound::Query* query = nullptr;
};

}  // namespace plan

struct PlanNode;
using PlanPtr = std::unique_ptr<PlanNode>;

struct PlanNode {
  std::variant<plan::Argument, plan::NodeScan, plan::NameScan, plan::EdgeEnds, plan::Expand,
               plan::Reach, plan::VariableExpand, plan::EdgeList, plan::ShortestPath, plan::Filter,
               plan::DistinctIds, plan::HashJoin, plan::BuildPath, plan::Optional, plan::Unwind,
               plan::Aggregate, plan::Project, plan::Distinct, plan::Sort, plan::SkipRows,
               plan::LimitRows, plan::Union>
      step;
  std::vector<PlanPtr> inputs;
  double rows = 1;  // estimated, for one row of the Argument
};

struct LogicalPlan {
  PlanPtr root;
  // Of the subqueries in expressions.
  std::unordered_map<const bound::Query*, PlanPtr> subqueries;
};

}  // namespace ketnghia::query
