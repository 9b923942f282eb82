#pragma once

#include "engine/store/snapshot.hpp"
#include "query-lang/planner/logical_plan.hpp"

namespace ketnghia::query {

// Estimates from the exact counts of the snapshot, taking labels and types as independent of
// each other, as System R did (Selinger et al., 1979). All are at least a small fraction, never
// 0: an estimate that is wrong must not make all that follows look free.
class Cardinality {
 public:
  explicit Cardinality(const Snapshot& snapshot) : snapshot_(snapshot) {}

  double nodes() const;
  double nodes(const plan::Labels& labels) const;
  // The share of all nodes that have all of the labels.
  double share(const plan::Labels& labels) const;
  // The share of the nodes that edges of the types lead to, going that way.
  double share(const plan::Labels& labels, const plan::Types& types,
               bound::Direction direction) const;
  // Edges of the types at a node of these labels, in one direction or both.
  double degree(const plan::Labels& labels, const plan::Types& types,
                bound::Direction direction) const;

  static constexpr double kNamed = 2;        // nodes that one name finds
  static constexpr double kEquality = 0.1;   // rows that pass `a = b`
  static constexpr double kCondition = 0.5;  // rows that pass any other condition
  static constexpr double kElements = 10;    // of a list that is unwound
  static constexpr double kGroups = 0.3;     // groups to a row

 private:
  double degree(const plan::Labels& labels, StringId type, Snapshot::Direction direction) const;

  const Snapshot& snapshot_;
};

}  // namespace ketnghia::query
