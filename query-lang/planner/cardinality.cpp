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

double Cardinality::share(const plan::Labels& labels, const plan::Types& types,
                          bound::Direction direction) const {
  double least = 1;
  for (const auto& label : labels) {
    double all = 0;
    double labelled = 0;
    for (const StringId type : types.any ? snapshot_.types() : types.ids) {
      const double edges = static_cast<double>(snapshot_.edge_count(type));
      const auto reached = [&](Snapshot::Direction end) {
        all += edges;
        if (label) labelled += static_cast<double>(snapshot_.edge_count(*label, type, end));
      };
      if (direction != bound::Direction::In) reached(Snapshot::Direction::In);
      if (direction != bound::Direction::Out) reached(Snapshot::Direction::Out);
    }
    least = std::min(least, all > 0 ? labelled / all : 0);
  }
  return std::max(least, kLeast / nodes());
}

double Cardinality::degree(const plan::Labels& labels, StringId type,
                           Snapshot::Direction direction) const {
  if (labels.empty()) {
    // Who asks for them means nodes that can have them.
    double can = 0;
    for (const auto& [label, count] : snapshot_.label_counts()) {
      if (snapshot_.edge_count(label, type, direction) > 0) can += static_cast<double>(count);
    }
    can = can > 0 ? std::min(can, nodes()) : nodes();
    return static_cast<double>(snapshot_.edge_count(type)) / can;
  }
  double degree = static_cast<double>(snapshot_.edge_count(type));
  // Of several labels the one that says least.
  for (const auto& label : labels) {
    if (!label) return 0;
    degree = std::min(degree, static_cast<double>(snapshot_.edge_count(*label, type, direction)) /
                                  std::max(1.0, static_cast<double>(snapshot_.node_count(*label))));
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
