#pragma once

#include <lmdb.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/store/format.hpp"
#include "engine/store/pooled_cursor.hpp"

namespace ketnghia::store {

// LMDB's code as a StoreError; `doing` says what failed ("cannot write"). The message names the
// database of `environment` and what a user can do.
[[noreturn]] void raise(int code, const char* doing, MDB_env* environment);

inline void require_ok(int code, const char* doing, MDB_env* environment) {
  if (code != MDB_SUCCESS) raise(code, doing, environment);
}

inline MDB_val to_val(std::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}
inline std::string_view to_view(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

using Handles = std::array<MDB_dbi, kTableCount>;

// A transaction of LMDB: aborted unless committed.
class Transaction {
 public:
  // flags: 0 or MDB_RDONLY. A write transaction waits for the one before it.
  Transaction(MDB_env* environment, unsigned flags, const char* doing);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  MDB_txn* get() const { return transaction_; }
  MDB_env* environment() const { return mdb_txn_env(transaction_); }
  void commit();
  void abort();

 private:
  MDB_txn* transaction_ = nullptr;
};

// The cursors of one transaction. They are used again rather than closed: opening one costs an
// allocation, and one that stands near the next key finds it without going down the tree.
//
// Lifetime: close() (or destruction) before the transaction is committed or aborted; what is
// released after that is forgotten, since LMDB frees the cursors of a write transaction itself.
class CursorPool {
 public:
  CursorPool(MDB_txn* transaction, const Handles& handles)
      : transaction_(transaction), handles_(&handles) {}
  ~CursorPool() { close(); }
  CursorPool(const CursorPool&) = delete;
  CursorPool& operator=(const CursorPool&) = delete;

  PooledCursor acquire(Table table);
  std::uint64_t size(Table table) const;  // entries
  void close();

 private:
  friend class PooledCursor;
  void release(Table table, MDB_cursor* cursor);

  MDB_txn* transaction_;
  const Handles* handles_;
  std::array<std::vector<MDB_cursor*>, kTableCount> idle_;
  std::vector<MDB_cursor*> all_;
};

// The entry at `key`, at or after it, the next, the last one. Nothing where there is none.
std::optional<std::string_view> find(const PooledCursor& cursor, std::string_view key);
std::optional<std::string_view> find(const PooledCursor& cursor, std::uint64_t key);
std::optional<Entry> seek(const PooledCursor& cursor, std::string_view key);
std::optional<Entry> seek(const PooledCursor& cursor, std::uint64_t key);
std::optional<Entry> next(const PooledCursor& cursor);
std::optional<Entry> previous(const PooledCursor& cursor);
std::optional<Entry> first(const PooledCursor& cursor);
std::optional<Entry> last(const PooledCursor& cursor);

// The key of a table whose keys are numbers.
std::uint64_t number_of(std::string_view key);

}  // namespace ketnghia::store
