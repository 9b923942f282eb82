#include "engine/store/lmdb.hpp"

#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "engine/error.hpp"

namespace ketnghia::store {
namespace {

StoreError::Kind kind_of(int code) {
  switch (code) {
    case MDB_MAP_FULL:
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return StoreError::Kind::Full;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_PANIC:
    case MDB_INVALID:
    case MDB_BAD_DBI:
    case MDB_BAD_TXN:
      return StoreError::Kind::Corrupt;
    case MDB_VERSION_MISMATCH:
    case MDB_INCOMPATIBLE:
      return StoreError::Kind::WrongVersion;
    case MDB_READERS_FULL:
    case MDB_MAP_RESIZED:
    case EAGAIN:
    case EBUSY:
      return StoreError::Kind::Locked;
    case EACCES:
    case EROFS:
    case EPERM:
      return StoreError::Kind::ReadOnly;
    case ENOENT:
      return StoreError::Kind::NotFound;
    default:
      return StoreError::Kind::Io;
  }
}

std::string advice(int code, MDB_env* environment) {
  switch (code) {
    case MDB_MAP_FULL: {
      MDB_envinfo info{};
      if (environment != nullptr) mdb_env_info(environment, &info);
      return "this process may map no more than " + std::to_string(info.me_mapsize >> 20) +
             " MiB of it; raise its limit of address space (ulimit -v) and run it again";
    }
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "there is no room left; free some and run it again, what was there is unharmed";
    case MDB_READERS_FULL:
      return "too many are reading it at once; close some of them";
    case MDB_MAP_RESIZED:
      return "it has outgrown what this process has mapped; start the program again";
    case MDB_VERSION_MISMATCH:
    case MDB_INCOMPATIBLE:
      return "another version of LMDB wrote it; export it with the program that wrote it and load "
             "it with this one";
    case MDB_INVALID:
      return "data.mdb is no database";
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_PANIC:
    case MDB_BAD_DBI:
    case MDB_BAD_TXN:
      return "it is damaged; load it again from its export or import the documents again";
    default:
      return mdb_strerror(code);
  }
}

// LMDB reports a write that a full disk cut short as EIO.
bool is_disk_full(const char* path) {
  constexpr unsigned long kLeastFree = 1UL << 20;
  struct statvfs disk {};
  return path != nullptr && ::statvfs(path, &disk) == 0 &&
         disk.f_bavail * disk.f_frsize < kLeastFree;
}

std::optional<Entry> entry(int code, const MDB_val& key, const MDB_val& value, MDB_cursor* cursor) {
  if (code == MDB_NOTFOUND) return std::nullopt;
  require_ok(code, "cannot read", mdb_txn_env(mdb_cursor_txn(cursor)));
  return Entry{to_view(key), to_view(value)};
}

std::optional<Entry> move(const PooledCursor& cursor, MDB_val key, MDB_cursor_op operation) {
  MDB_val value{};
  const int code = mdb_cursor_get(cursor.get(), &key, &value, operation);
  return entry(code, key, value, cursor.get());
}

// A number's eight bytes in the machine's order, as MDB_INTEGERKEY wants them.
MDB_val to_val(const std::uint64_t& number) {
  return {sizeof number, const_cast<std::uint64_t*>(&number)};
}

}  // namespace

void raise(int code, const char* doing, MDB_env* environment) {
  const char* path = nullptr;
  if (environment != nullptr) mdb_env_get_path(environment, &path);
  if (code == EIO && is_disk_full(path)) code = ENOSPC;
  std::string message = doing;
  if (path != nullptr) message += " " + std::string(path);
  throw StoreError(kind_of(code), message + ": " + advice(code, environment));
}

Transaction::Transaction(MDB_env* environment, unsigned flags, const char* doing) {
  require_ok(mdb_txn_begin(environment, nullptr, flags, &transaction_), doing, environment);
}

Transaction::~Transaction() { abort(); }

void Transaction::commit() {
  auto* const environment = mdb_txn_env(transaction_);
  // LMDB frees the transaction whether the commit succeeds or not.
  const int code = mdb_txn_commit(std::exchange(transaction_, nullptr));
  require_ok(code, "cannot commit to", environment);
}

void Transaction::abort() {
  if (transaction_ != nullptr) mdb_txn_abort(std::exchange(transaction_, nullptr));
}

PooledCursor CursorPool::acquire(Table table) {
  auto& idle = idle_[index(table)];
  if (!idle.empty()) {
    auto* const cursor = idle.back();
    idle.pop_back();
    return {*this, table, cursor};
  }
  MDB_cursor* cursor = nullptr;
  require_ok(mdb_cursor_open(transaction_, (*handles_)[index(table)], &cursor), "cannot read",
             mdb_txn_env(transaction_));
  all_.push_back(cursor);
  return {*this, table, cursor};
}

std::uint64_t CursorPool::size(Table table) const {
  MDB_stat stat{};
  require_ok(mdb_stat(transaction_, (*handles_)[index(table)], &stat), "cannot read",
             mdb_txn_env(transaction_));
  return stat.ms_entries;
}

void CursorPool::release(Table table, MDB_cursor* cursor) {
  if (transaction_ != nullptr) idle_[index(table)].push_back(cursor);
}

void CursorPool::close() {
  for (auto* cursor : all_) mdb_cursor_close(cursor);
  all_.clear();
  for (auto& idle : idle_) idle.clear();
  transaction_ = nullptr;
}

PooledCursor::~PooledCursor() {
  if (pool_ != nullptr) pool_->release(table_, cursor_);
}

std::optional<std::string_view> find(const PooledCursor& cursor, std::string_view key) {
  const auto found = move(cursor, to_val(key), MDB_SET);
  return found ? std::optional{found->second} : std::nullopt;
}

std::optional<std::string_view> find(const PooledCursor& cursor, std::uint64_t key) {
  const auto found = move(cursor, to_val(key), MDB_SET);
  return found ? std::optional{found->second} : std::nullopt;
}

std::optional<Entry> seek(const PooledCursor& cursor, std::string_view key) {
  return move(cursor, to_val(key), MDB_SET_RANGE);
}

std::optional<Entry> seek(const PooledCursor& cursor, std::uint64_t key) {
  return move(cursor, to_val(key), MDB_SET_RANGE);
}

std::optional<Entry> next(const PooledCursor& cursor) { return move(cursor, {}, MDB_NEXT); }
std::optional<Entry> previous(const PooledCursor& cursor) { return move(cursor, {}, MDB_PREV); }
std::optional<Entry> first(const PooledCursor& cursor) { return move(cursor, {}, MDB_FIRST); }
std::optional<Entry> last(const PooledCursor& cursor) { return move(cursor, {}, MDB_LAST); }

std::uint64_t number_of(std::string_view key) {
  std::uint64_t number = 0;
  if (key.size() != sizeof number) ByteReader::fail();
  std::memcpy(&number, key.data(), sizeof number);
  return number;
}

}  // namespace ketnghia::store
