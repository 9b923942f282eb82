#pragma once

#include <utility>
#include <vector>

#include "query-lang/executor/execution.hpp"

namespace ketnghia::query {

// The properties that every edge of a variable length or a shortest path must have, with the
// values they are compared with, computed once for a row.
class EdgeProperties {
 public:
  EdgeProperties(const bound::PatternEdge& pattern, Execution& execution)
      : pattern_(pattern), execution_(execution) {}

  void compute(Row& row);
  bool fit(EdgeId edge) const;

 private:
  const bound::PatternEdge& pattern_;
  Execution& execution_;
  std::vector<std::pair<std::optional<StringId>, RuntimeValue>> wanted_;
};

}  // namespace ketnghia::query
