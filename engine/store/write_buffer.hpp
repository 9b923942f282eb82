#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/store/lmdb.hpp"

namespace ketnghia::store {

// Index entries and counts that a Writer has yet to put into their tables. Put in ascending order
// and many at a time they cost a fraction of what they cost one by one, and into an empty table
// they are appended, which leaves its pages full.
//
// Invariants: an entry stands in it at most once; nothing that is to be removed stands in it.
class WriteBuffer {
 public:
  WriteBuffer(MDB_txn* transaction, const Handles& handles)
      : transaction_(transaction), handles_(&handles) {}

  void insert(Table table, std::string_view key, std::string_view value);
  void insert(const AdjacencyList& list, const AdjacentEdge& edge);
  void add(const CountKey& key, std::int64_t change) { changes_[key] += change; }

  bool empty() const { return bytes_ == 0 && changes_.empty(); }
  // Errors: StoreError Corrupt where a count would fall below nothing.
  void flush();

 private:
  struct Pending {
    std::uint64_t prefix;  // the key's first eight bytes, big endian: most comparisons end there
    std::uint32_t at;      // of key and value in `bytes`
    std::uint16_t key_size;
    std::uint16_t value_size;
  };
  struct Run {
    std::string bytes;
    std::vector<Pending> entries;
  };

  struct PendingEdge {
    AdjacencyList list;
    AdjacentEdge edge;
  };

  void flush(Table table, Run& run);
  void flush_edges();
  void flush_counts();

  MDB_txn* transaction_;
  const Handles* handles_;
  std::array<Run, kTableCount> runs_;
  std::vector<PendingEdge> edges_;
  std::size_t bytes_ = 0;  // of all runs
  std::unordered_map<CountKey, std::int64_t, CountKeyHash> changes_;
};

}  // namespace ketnghia::store
