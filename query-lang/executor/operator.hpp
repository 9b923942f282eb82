#pragma once

#include <memory>
#include <vector>

#include "query-lang/executor/runtime_value.hpp"

namespace ketnghia::query {

// The values of all slots.
using Row = std::vector<RuntimeValue>;

// A step of a running plan: a pull iterator (Graefe, "Volcano", 1994) over rows that share
// one Row from the leaf up to the next operator that gathers rows.
//
// Invariants: next() gets the same Row as open() did, fills the slots of this step and of those
// below, and leaves all others alone; what it needs again after it has returned, it copies.
// open() may be called again at any time, and starts afresh.
// Errors: QueryError, StoreError; after one, only destruction or open().
class Operator {
 public:
  virtual ~Operator() = default;
  // `row` holds what the plan's Argument stands for.
  virtual void open(Row& row) = 0;
  // False at the end.
  virtual bool next(Row& row) = 0;
};

using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace ketnghia::query
