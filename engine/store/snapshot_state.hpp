#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/store/environment.hpp"
#include "engine/store/lmdb.hpp"
#include "engine/store/snapshot.hpp"
#include "engine/store/write_buffer.hpp"

namespace ketnghia {
namespace store {

// The texts of documents last read, up to a number of bytes: evidence comes by fact, and facts of
// one document lie together.
class DocumentCache {
 public:
  std::shared_ptr<const DocumentText> find(NodeId id);
  void add(NodeId id, std::shared_ptr<const DocumentText> document);
  void erase(NodeId id);

 private:
  using Documents = std::list<std::pair<NodeId, std::shared_ptr<const DocumentText>>>;
  Documents documents_;  // the last used first
  std::unordered_map<NodeId, Documents::iterator> by_id_;
  std::size_t bytes_ = 0;
};

// The dictionary as far as it has been asked for. The texts stay where they are for as long as the
// transaction: pages of a write transaction move.
class Dictionary {
 public:
  std::optional<StringId> find(std::string_view text) const;
  std::optional<std::string_view> find(StringId id) const;
  std::string_view add(StringId id, std::string_view text);

 private:
  std::unordered_map<StringId, std::string> by_id_;
  std::unordered_map<std::string_view, StringId> by_text_;  // views into by_id_
};

// A read transaction, counted in its environment.
class ReadTransaction {
 public:
  explicit ReadTransaction(Store::Environment& environment);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

  MDB_txn* get() const { return transaction_; }

 private:
  Store::Environment& environment_;
  MDB_txn* transaction_ = nullptr;
};

}  // namespace store

// A transaction's side of a Snapshot; its members that are caches are used by one thread.
struct Snapshot::State {
  // Begins a read transaction.
  explicit State(Store::Environment& environment);
  // Reads what a Writer's transaction would commit.
  State(Store::Environment& environment, MDB_txn* transaction, store::WriteBuffer& pending);
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // For a look at what `buffer` may still hold.
  store::CursorPool& indexed() {
    if (buffer != nullptr && !buffer->empty()) buffer->flush();
    return pool;
  }
  std::optional<std::string_view> record(NodeId id) {
    ++steps;
    return store::find(node_records, number(id));
  }
  std::optional<std::string_view> record(EdgeId id) {
    ++steps;
    return store::find(edge_records, number(id));
  }
  std::optional<std::string_view> get(store::Table table, std::uint64_t key);
  std::optional<std::string_view> get(store::Table table, std::string_view key);
  std::shared_ptr<const DocumentText> document(NodeId id);
  std::vector<Evidence> evidence(store::Table table, std::uint64_t id);
  std::size_t evidence_count(store::Table table, std::uint64_t id);
  float best_confidence(store::Table table, std::uint64_t id);
  std::uint64_t count(const store::CountKey& key);
  std::uint64_t stored_count(const store::CountKey& key);
  std::optional<StringId> string_id(std::string_view text);
  std::string_view string(StringId id);

  std::optional<store::ReadTransaction> own;  // unless it is a Writer's view
  store::WriteBuffer* buffer = nullptr;
  store::CursorPool pool;
  store::PooledCursor node_records;
  store::PooledCursor edge_records;
  store::Dictionary dictionary;
  store::DocumentCache documents;
  std::uint64_t steps = 0;
  // Of a read transaction, in which they stay what they are.
  std::unordered_map<store::CountKey, std::uint64_t, store::CountKeyHash> counts;
  std::optional<std::vector<StringId>> types;
};

}  // namespace ketnghia
