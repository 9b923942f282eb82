#include "query-lang/planner/cardinality.hpp"

#include <algorithm>

namespace ketnghia::query {
namespace {

constexpr double kLeast = 0.01;

}  // namespace

double Cardinality::nodes() const {
  return std::max(1.0, static_cast<double>(snapshot_.node_count()));
}

double Cardinality::share(const plan::Labels& labels) const {
  double share = 1;
  for (const auto& label : labels) {
    const double count = label ? static_cast<double>(snapshot_.node_count(*label)) : 0;
    share *= count / nodes();
  }
  return std::max(share, kLeast / nodes());
}

double Cardinality::nodes(const plan::Labels& labels) const {
  return std::max(kLeast, nodes() * share(labels));
}

double Cardinality::degree(const plan::Types& types, bound::Direction direction) const {
  double edges = 0;
  if (types.any) {
    edges = static_cast<double>(snapshot_.edge_count());
  } else {
    for (const StringId type : types.ids) edges += static_cast<double>(snapshot_.edge_count(type));
  }
  const double degree = edges / nodes() * (direction == bound::Direction::Both ? 2 : 1);
  return std::max(degree, kLeast);
}

}  // namespace ketnghia::query
