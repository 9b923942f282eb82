#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace ketnghia::query::test {

struct DifferentialReport {
  std::size_t asked = 0;    // statements that both answered
  std::size_t rows = 0;     // of their answers
  std::size_t skipped = 0;  // too large for the reference
  std::size_t failed = 0;   // both refused
  std::size_t differing = 0;
  std::string differences;  // of the first few: graph, statement, both answers
};

// Asks `count` random statements of random graphs, both of them made from `seed`, of the product
// and of the reference, and compares. Graphs stand in temporary folders.
DifferentialReport compare_with_reference(
    std::uint64_t seed, std::size_t count,
    const std::function<void(const DifferentialReport&)>& at_graph = {});

}  // namespace ketnghia::query::test
