#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/store/adjacency.hpp"
#include "engine/store/lmdb.hpp"

namespace ketnghia::store {

// Puts edges into the chunks of their lists, and takes them out.
//
// Invariants: a list that has edges has a first chunk; its chunks are in order and overlap nowhere.
// Lifetime: dies before the write transaction of its pool ends.
// Errors: StoreError.
class AdjacencyWriter {
 public:
  explicit AdjacencyWriter(CursorPool& pool);

  // `added` is ordered, and none of it is in the list. Lists in ascending order cost least: behind
  // the last one they are appended.
  void insert(const AdjacencyList& list, std::span<const AdjacentEdge> added);
  // False where it is not there.
  bool erase(const AdjacencyList& list, const AdjacentEdge& edge);

 private:
  struct Chunk {
    std::string key;
    std::vector<AdjacentEdge> edges;
  };

  // The chunk that `edge` belongs into; nothing where the list has none.
  std::optional<Chunk> find(const std::string& prefix, const AdjacencyList& list,
                            const AdjacentEdge& edge);
  // Key of the first chunk of the list behind the one that was found last.
  std::optional<std::string> next_key(const std::string& prefix);
  // As many chunks as it takes, the first of them under `key`.
  void put(const AdjacencyList& list, std::string key, std::span<const AdjacentEdge> edges,
           bool append);
  void put(const std::string& key, const std::string& value, unsigned flags);
  void erase(const std::string& key);

  PooledCursor cursor_;
  std::string last_key_;  // of the table; empty: it has none
};

}  // namespace ketnghia::store
