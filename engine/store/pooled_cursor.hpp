#pragma once

#include <string_view>
#include <utility>

#include "engine/store/format.hpp"

struct MDB_cursor;

namespace ketnghia::store {

class CursorPool;

using Entry = std::pair<std::string_view, std::string_view>;  // key, value

// A cursor of LMDB lent by a CursorPool; goes back to it when it dies.
class PooledCursor {
 public:
  PooledCursor(CursorPool& pool, Table table, MDB_cursor* cursor)
      : pool_(&pool), cursor_(cursor), table_(table) {}
  PooledCursor(PooledCursor&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)), cursor_(other.cursor_), table_(other.table_) {}
  PooledCursor& operator=(PooledCursor&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(cursor_, other.cursor_);
    std::swap(table_, other.table_);
    return *this;
  }
  ~PooledCursor();

  MDB_cursor* get() const { return cursor_; }

 private:
  CursorPool* pool_;
  MDB_cursor* cursor_;
  Table table_;
};

}  // namespace ketnghia::store
