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

double Cardinality::degree(const plan::Labels& labels, StringId type,
                           Snapshot::Direction direction) const {
  double degree = static_cast<double>(snapshot_.edge_count(type)) / nodes();
  bool first = true;
  // Of several labels the one that says least.
  for (const auto& label : labels) {
    if (!label) return 0;
    const double of_label = static_cast<double>(snapshot_.edge_count(*label, type, direction)) /
                            std::max(1.0, static_cast<double>(snapshot_.node_count(*label)));
    degree = first ? of_label : std::min(degree, of_label);
    first = false;
  }
  return degree;
}

double Cardinality::degree(const plan::Labels& labels, const plan::Types& types,
                           bound::Direction direction) const {
  double degree = 0;
  for (const StringId type : types.any ? snapshot_.types() : types.ids) {
    if (direction != bound::Direction::In) {
      degree += this->degree(labels, type, Snapshot::Direction::Out);
    }
    if (direction != bound::Direction::Out) {
      degree += this->degree(labels, type, Snapshot::Direction::In);
    }
  }
  return std::max(degree, kLeast);
}

}  // namespace ketnghia::query
