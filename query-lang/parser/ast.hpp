#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/text/span.hpp"

// A pattern as it was written, before any name in it means anything.
//
// Expressions are flat: operators stand in a list between their operands, as in the text, and
// analysis/precedence.hpp gives them their tree. So a sum of a hundred thousand terms is one
// level deep, and depth comes from brackets alone, which the grammar counts.
namespace ketnghia::query::ast {

// Spans are bytes of the statement, without white space at either end.
struct Located {
  Span span;
};

// A value on the heap that is copied with its owner, so that a struct can hold its own kind.
// Empty only until the parser has filled it.
template <typename T>
class Box {
 public:
  Box() = default;
  Box(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Box(const Box& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Box(Box&&) noexcept = default;
  Box& operator=(const Box& other) { return *this = Box(other); }
  Box& operator=(Box&&) noexcept = default;
  ~Box() = default;

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

struct Expression;

// A variable, a label, a type, a property key, a function; backticks taken off.
struct Name : Located {
  std::string text;
};

struct Parameter : Located {
  std::string name;
};

struct StringLiteral : Located {
  std::string value;
};

// Without sign: 9223372036854775808 is legal after a minus only.
struct IntegerLiteral : Located {
  std::uint64_t magnitude = 0;
};

struct FloatLiteral : Located {
  double value = 0;
};

enum class Constant { Null, True, False };
struct ConstantLiteral : Located {
  Constant value = Constant::Null;
};

// `[x IN xs WHERE p | e]` too: then `items` is the one expression `x IN xs`, and `filter` or
// `projection` is there. What `[x IN xs]` alone means is settled where names are bound.
struct ListAtom : Located {
  std::vector<Expression> items;
  std::optional<Box<Expression>> filter;
  std::optional<Box<Expression>> projection;
};

struct MapEntry {
  Name key;
  Box<Expression> value;
};
struct MapLiteral : Located {
  MapLiteral() = default;
  MapLiteral(std::vector<MapEntry> read) : entries(std::move(read)) {}

  std::vector<MapEntry> entries;
};

// One entry of `n {.name, .*, other, key: 1}`.
enum class MapProjectionKind { Property, AllProperties, Variable, Entry };
struct MapProjectionEntry {
  MapProjectionKind kind = MapProjectionKind::Property;
  Name key;
  std::optional<Box<Expression>> value;
};
struct MapProjection : Located {
  Name variable;
  std::vector<MapProjectionEntry> entries;
};

struct When {
  Box<Expression> condition;
  Box<Expression> result;
};
struct Case : Located {
  std::optional<Box<Expression>> operand;
  std::vector<When> branches;
  std::optional<Box<Expression>> otherwise;
};

struct Call : Located {
  Name name;
  bool distinct = false;
  std::vector<Expression> arguments;
};

struct CountAll : Located {};

enum class Quantifier { All, Any, None, Single };
struct Quantified : Located {
  Quantifier quantifier = Quantifier::All;
  Name variable;
  Box<Expression> list;
  std::optional<Box<Expression>> filter;
};

struct Reduce : Located {
  Name accumulator;
  Box<Expression> initial;
  Name variable;
  Box<Expression> list;
  Box<Expression> step;
};

using Properties = std::variant<std::monostate, MapLiteral, Parameter>;

struct NodePattern : Located {
  std::optional<Name> variable;
  std::vector<Name> labels;
  Properties properties;
};

// `*`, `*2`, `*1..`, `*..3`, `*1..3`.
struct Length : Located {
  std::optional<std::uint64_t> low;
  bool dots = false;
  std::optional<std::uint64_t> high;
};

struct EdgeDetail {
  std::optional<Name> variable;
  std::vector<Name> types;
  std::optional<Length> length;
  Properties properties;
};

struct EdgePattern : Located {
  bool left = false;
  std::optional<EdgeDetail> detail;
  bool right = false;
};

struct PatternStep {
  EdgePattern edge;
  NodePattern node;
};

struct PatternElement : Located {
  NodePattern start;
  std::vector<PatternStep> steps;
};

enum class PathKind { Every, Shortest, AllShortest };

// `(a)-->(b)`, `shortestPath((a)-[*]-(b))`; where an expression stands, a test.
struct PatternExpression : Located {
  PathKind kind = PathKind::Every;
  PatternElement element;
};

struct PatternPart : Located {
  std::optional<Name> variable;
  PatternExpression path;
};

struct PatternComprehension : Located {
  std::optional<Name> variable;
  PatternElement element;
  std::optional<Box<Expression>> filter;
  Box<Expression> projection;
};

struct Query;

// `EXISTS { pattern WHERE … }` or `EXISTS { MATCH … RETURN … }`.
struct ExistsPattern {
  std::vector<PatternPart> parts;
  std::optional<Box<Expression>> filter;
};
using ExistsBody = std::variant<ExistsPattern, Box<Query>>;
struct Exists : Located {
  Exists() = default;
  Exists(ExistsBody read) : body(std::move(read)) {}

  ExistsBody body;
};

using Atom =
    std::variant<ConstantLiteral, IntegerLiteral, FloatLiteral, StringLiteral, Parameter, Name,
                 ListAtom, MapLiteral, MapProjection, Case, Call, CountAll, Quantified, Reduce,
                 PatternExpression, PatternComprehension, Exists, Box<Expression>>;

// `x[i]`, `x[from..to]`.
struct Subscript : Located {
  std::optional<Box<Expression>> from;
  bool slice = false;
  std::optional<Box<Expression>> to;
};
using Labels = std::vector<Name>;
using Suffix = std::variant<Name, Subscript, Labels>;  // .key, [index], :Label:Label

enum class Prefix { Not, Plus, Minus };
struct PrefixOperator : Located {
  Prefix prefix = Prefix::Not;
};

struct Operand : Located {
  std::vector<PrefixOperator> prefixes;
  Atom atom;
  std::vector<Suffix> suffixes;
};

enum class Infix {
  Or,
  Xor,
  And,
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
  In,
  IsNull,
  IsNotNull,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Power,
};

// An operator and what stands right of it: nothing after IS NULL and IS NOT NULL.
struct Tail {
  Infix infix = Infix::Or;
  std::optional<Operand> operand;
};

struct Expression : Located {
  Operand first;
  std::vector<Tail> rest;
};

struct Match : Located {
  bool optional = false;
  std::vector<PatternPart> parts;
  std::optional<Expression> where;
};

struct Unwind : Located {
  Expression list;
  Name variable;
};

struct ProjectionItem : Located {
  Expression expression;
  std::optional<Name> alias;
};

struct SortItem {
  Expression expression;
  std::optional<Name> collation;
  bool descending = false;
};

struct Columns {
  bool all = false;  // `*`
  std::vector<ProjectionItem> items;
};

// The body of WITH and RETURN.
struct Projection : Located {
  bool distinct = false;
  Columns columns;
  std::vector<SortItem> order;
  std::optional<Expression> skip;
  std::optional<Expression> limit;
};

// WITH, or RETURN, which has no WHERE.
struct Project : Located {
  bool returns = false;
  Projection projection;
  std::optional<Expression> where;
};

struct YieldItem {
  Name column;
  std::optional<Name> alias;
};

// `CALL procedure(…) YIELD column AS name WHERE …`; no items: all columns.
struct CallClause : Located {
  Name procedure;
  std::vector<Expression> arguments;
  std::vector<YieldItem> yields;
  std::optional<Expression> where;
};

using Clause = std::variant<Match, Unwind, Project, CallClause>;

struct SingleQuery : Located {
  SingleQuery() = default;
  SingleQuery(std::vector<Clause> read) : clauses(std::move(read)) {}

  std::vector<Clause> clauses;
};

struct UnionPart {
  bool all = false;
  SingleQuery query;
};

struct Query : Located {
  SingleQuery first;
  std::vector<UnionPart> rest;
};

}  // namespace ketnghia::query::ast
