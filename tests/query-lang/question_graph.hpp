#pragma once

#include <memory>

#include "engine/store/snapshot.hpp"
#include "tests/engine/store_support.hpp"

namespace ketnghia::query {

// A store with a few cities, bodies and people and their posts: what a question needs to resolve
// its names.
class QuestionGraph {
 public:
  QuestionGraph();

  const Snapshot& snapshot() const { return *snapshot_; }

 private:
  TemporaryStore store_;
  std::unique_ptr<Snapshot> snapshot_;
};

}  // namespace ketnghia::query
