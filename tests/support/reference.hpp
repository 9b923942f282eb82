#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/executor/runtime_value.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::query::test {

// More rows than the reference is meant for.
class TooManyRows : public std::runtime_error {
 public:
  TooManyRows() : std::runtime_error("too many rows") {}
};

// What a pattern answers, found the plainest way there is: clause by clause as openCypher 9 reads,
// every candidate of every variable tried, over a copy of the graph in memory. It shares with the
// product the parser, the levels of operators and the functions of the registry, and nothing of
// names, plans, operators, comparison or aggregation.
//
// For small graphs. Throws QueryError and std::runtime_error for what fails while it runs,
// TooManyRows past `most_rows` of any clause.
std::vector<std::vector<RuntimeValue>> reference_answer(const Snapshot& snapshot,
                                                        std::string_view statement,
                                                        const Options& options,
                                                        std::size_t most_rows = 4000);

}  // namespace ketnghia::query::test
