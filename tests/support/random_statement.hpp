#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ketnghia::query::test {

// A die that rolls the same for the same seed, everywhere: the distributions of the standard
// library are left to each implementation, so none is used.
class Die {
 public:
  explicit Die(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename List>
  const auto& of(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937_64 engine_;
};

// Lines of the interchange format: a few nodes and edges, with loops, parallel edges, absent
// properties, names that names can mean, times that are no times.
std::string random_graph(Die& die);

struct RandomStatement {
  std::string text;
  bool ordered = false;  // its ORDER BY leaves no two orders of its rows
};

// A statement of openCypher's reading part that has one answer, up to the order of rows where it
// does not say: a limit stands behind a total order only, what depends on which of several is
// taken is asked for its size. Types fit but for what null and comparison across types allow.
RandomStatement random_statement(Die& die);

}  // namespace ketnghia::query::test
