#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/text/span.hpp"
#include "query-lang/analysis/type.hpp"
#include "query-lang/executor/runtime_value.hpp"

namespace ketnghia::query {

struct Function;

// A pattern after analysis: every name is a slot, every call a function, every rule about
// scopes, types and aggregation has been checked. What the planner and the executor see; the
// AST ends here.
namespace bound {

// Where a row holds a variable. A slot is given again once the variable that had it is out of
// scope for good, so it means something only within the clauses where it is bound.
using Slot = std::uint32_t;

enum class Kind {
  Literal,        // value
  Parameter,      // text: its name
  Variable,       // slot; text: its name
  Property,       // children[0].text
  Index,          // children[0][children[1]]
  Slice,          // children[0][children[1]..children[2]]; 1 and 2 may be null
  HasLabels,      // children[0]:names...
  List,           // [children...]
  Map,            // {names[i]: children[i], ...}
  AllProperties,  // children[0] {.*}: its properties as a map
  MergedMap,      // the entries of all children, later ones winning
  Not,            // children[0]
  Negate,         // -children[0]
  And,
  Or,
  Xor,                // children...
  Arithmetic,         // children[0] operators[0] children[1] ..., from the left
  Comparison,         // a < b <= c: operators between neighbours, all must hold
  StringTest,         // children[0] operators[0] children[1]: STARTS WITH, ENDS WITH, CONTAINS, =~
  In,                 // children[0] IN children[1]
  IsNull,             // children[0] IS NULL
  Case,               // when, then, when, then, ..., else; whens are conditions
  SimpleCase,         // operand, then as Case; whens are compared with the operand
  Call,               // function(children...)
  Aggregate,          // function([DISTINCT] children...); no children: count(*)
  ListComprehension,  // [slot IN children[0] WHERE children[1] | children[2]]; 1, 2 may be null
  Quantifier,         // quantifier(slot IN children[0] WHERE children[1])
  Reduce,             // reduce(other_slot = children[0], slot IN children[1] | children[2])
  Exists,             // subquery has a row
  Collect,            // children[0] over the rows of subquery: a pattern comprehension
  FirstRow,           // children[0] over the first row of subquery, or null
};

enum class Operator {
  Equal,
  NotEqual,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  StartsWith,
  EndsWith,
  Contains,
  Matches,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Power,
};

enum class Quantifier { All, Any, None, Single };

struct Expression;
struct Query;
using ExpressionPtr = std::unique_ptr<Expression>;

struct Expression {
  Kind kind = Kind::Literal;
  Span span;
  Type type;
  std::vector<ExpressionPtr> children;
  RuntimeValue value;
  std::string text;
  std::vector<std::string> names;
  std::vector<Operator> operators;
  Slot slot = 0;
  Slot other_slot = 0;
  const Function* function = nullptr;
  bool distinct = false;
  Quantifier quantifier = Quantifier::All;
  std::unique_ptr<Query> subquery;

  Expression();
  Expression(Kind expression_kind, Span where, Type known);
  ~Expression();
};

// A text that is the same for expressions that mean the same: names with their slots. What the
// rules about grouping compare.
std::string canonical(const Expression& expression);
// As a person would write it, for plans.
std::string readable(const Expression& expression);

// Every slot that the expression reads, those of its own variables aside.
std::set<Slot> slots_read(const Expression& expression);
bool contains_aggregate(const Expression& expression);

// Calls `visit` with each expression of the query that is no part of another, subqueries of
// expressions aside.
void for_each_expression(const Query& query, const std::function<void(const Expression&)>& visit);

enum class Direction { Out, In, Both };
enum class PathKind { Every, Shortest, AllShortest };

struct PatternNode {
  Slot slot = 0;
  std::string name;  // empty where it has none
  std::vector<std::string> labels;
  bool bound = false;  // by an earlier clause
};

struct PatternEdge {
  static constexpr std::uint64_t kUnbounded = std::numeric_limits<std::uint64_t>::max();

  Slot slot = 0;  // an edge, or a list of them where `variable`
  std::string name;
  std::size_t from = 0;  // index of a node, as the pattern writes it
  std::size_t to = 0;
  Direction direction = Direction::Out;  // seen from `from`
  std::vector<std::string> types;        // none: any
  bool variable = false;                 // *low..high
  std::uint64_t low = 1;
  std::uint64_t high = 1;
  PathKind kind = PathKind::Every;
  // Of every edge of a variable length; those of a single edge are predicates of the match.
  std::vector<std::pair<std::string, ExpressionPtr>> properties;
  bool bound = false;
};

struct PatternPath {
  Slot slot = 0;
  std::string name;
  std::vector<std::size_t> nodes;
  std::vector<std::size_t> edges;
};

// All edges of one Match are different from each other.
struct Match {
  bool optional = false;
  std::vector<PatternNode> nodes;
  std::vector<PatternEdge> edges;
  std::vector<PatternPath> paths;
  std::vector<ExpressionPtr> predicates;  // all must be true
};

struct Unwind {
  ExpressionPtr list;
  Slot slot = 0;
  std::string name;
};

struct Column {
  ExpressionPtr expression;
  Slot slot = 0;
  std::string name;
};

struct SortKey {
  ExpressionPtr expression;
  bool descending = false;
  bool vietnamese = false;  // COLLATE vi
};

// WITH or RETURN. Where `aggregated`, rows are grouped by `keys`, `aggregates` are computed of
// each group, and `columns` after that; otherwise there are `columns` alone. A row keeps what
// else it held (of a group: its first row), so that ORDER BY and WHERE can read it.
struct Projection {
  bool aggregated = false;
  std::vector<Column> keys;
  std::vector<Column> aggregates;
  std::vector<Column> columns;
  std::vector<Slot> result;  // the slots of all columns, in the order they were written
  bool distinct = false;     // by `result`
  std::vector<SortKey> order;
  ExpressionPtr skip;
  ExpressionPtr limit;
  std::vector<ExpressionPtr> predicates;
};

using Clause = std::variant<Match, Unwind, Projection>;

struct SingleQuery {
  std::vector<Clause> clauses;
  std::vector<Slot> result;  // in the order of Query::columns; empty for a bare pattern
};

struct Query {
  std::vector<SingleQuery> branches;  // of a UNION
  bool all = false;                   // UNION ALL
  std::vector<std::string> columns;
  std::vector<Slot> result;  // where every branch leaves its row
  std::size_t slots = 0;     // how many a row has; of the outermost query
};

}  // namespace bound
}  // namespace ketnghia::query
