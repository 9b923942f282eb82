#pragma once

#include <chrono>
#include <cstdint>
#include <unordered_map>

#include "engine/store/snapshot.hpp"
#include "query-lang/executor/budget.hpp"
#include "query-lang/executor/compare.hpp"
#include "query-lang/executor/operator.hpp"
#include "query-lang/planner/logical_plan.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::query {

// What a step of a plan did, with all that it asked of the steps below.
struct Effort {
  std::uint64_t rows = 0;
  std::uint64_t steps = 0;  // entries and records asked of the file
  std::chrono::nanoseconds time{0};
};
using Profile = std::unordered_map<const PlanNode*, Effort>;

// One run of one plan: what its operators share, and the values of expressions.
//
// Lifetime: refers to all it is given.
// Errors: QueryError: TypeError, ArgumentError, ArithmeticError, ParameterMissing, ResourceError.
// Threads: one at a time.
class Execution {
 public:
  Execution(const Snapshot& snapshot, const Options& options, const LogicalPlan& plan);
  ~Execution();

  const Snapshot& snapshot() const { return snapshot_; }
  Budget& budget() { return budget_; }
  float least_confidence() const { return options_.least_confidence; }

  // The `when` of an edge that is known without its record; null: of none.
  struct KnownWhen {
    EdgeId edge{};
    RuntimeValue when;
  };
  const KnownWhen* known_when = nullptr;

  // Where steps are to note what they do; null: nowhere.
  Profile* profile = nullptr;

  // `row` is changed only where the expression has variables of its own.
  RuntimeValue evaluate(const bound::Expression& expression, Row& row);
  // Null, which no condition lets through, included.
  bool holds(const bound::Expression& condition, Row& row);
  // Of SKIP and LIMIT.
  std::size_t row_count(const bound::Expression& expression, Row& row);

 private:
  Ternary truth(const bound::Expression& expression, Row& row);
  RuntimeValue property(const bound::Expression& expression, Row& row);
  RuntimeValue index(const bound::Expression& expression, Row& row);
  RuntimeValue slice(const bound::Expression& expression, Row& row);
  RuntimeValue has_labels(const bound::Expression& expression, Row& row);
  RuntimeValue connective(const bound::Expression& expression, Row& row);
  RuntimeValue comparison_chain(const bound::Expression& expression, Row& row);
  RuntimeValue string_test(const bound::Expression& expression, Row& row);
  RuntimeValue in_list(const bound::Expression& expression, Row& row);
  RuntimeValue case_of(const bound::Expression& expression, Row& row);
  RuntimeValue call(const bound::Expression& expression, Row& row);
  RuntimeValue list_comprehension(const bound::Expression& expression, Row& row);
  RuntimeValue quantifier(const bound::Expression& expression, Row& row);
  RuntimeValue reduce(const bound::Expression& expression, Row& row);
  RuntimeValue merged_map(const bound::Expression& expression, Row& row);
  RuntimeValue subquery(const bound::Expression& expression, Row& row);
  // The list an expression is; null where it is null.
  std::shared_ptr<const RuntimeList> list_of(const bound::Expression& expression, Row& row);

  const Snapshot& snapshot_;
  const Options& options_;
  const LogicalPlan& plan_;
  Budget budget_;
  std::unordered_map<const bound::Query*, OperatorPtr> subqueries_;
};

// All properties of a node or an edge; absent for any other value.
std::shared_ptr<const RuntimeMap> properties_of(const RuntimeValue& value,
                                                const Snapshot& snapshot);

// The value of `key`; null where the map does not have it.
RuntimeValue entry_of(const RuntimeMap& map, std::string_view key);

}  // namespace ketnghia::query
