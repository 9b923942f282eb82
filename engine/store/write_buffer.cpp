#include "engine/store/write_buffer.hpp"

#include <algorithm>

#include "engine/error.hpp"
#include "engine/store/adjacency_writer.hpp"

namespace ketnghia::store {
namespace {

// Beyond this what is pending goes to its tables, however many transactions would gain by more.
constexpr std::size_t kMaxPendingBytes = std::size_t{256} << 20;

std::uint64_t prefix_of(std::string_view key) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return prefix;
}

}  // namespace

void WriteBuffer::insert(Table table, std::string_view key, std::string_view value) {
  Run& run = runs_[index(table)];
  run.entries.push_back({prefix_of(key), static_cast<std::uint32_t>(run.bytes.size()),
                         static_cast<std::uint16_t>(key.size()),
                         static_cast<std::uint16_t>(value.size())});
  run.bytes.append(key).append(value);
  bytes_ += key.size() + value.size() + sizeof(Pending);
  if (bytes_ > kMaxPendingBytes) flush();
}

void WriteBuffer::insert(const AdjacencyList& list, const AdjacentEdge& edge) {
  edges_.push_back({list, edge});
  bytes_ += sizeof(PendingEdge);
  if (bytes_ > kMaxPendingBytes) flush();
}

void WriteBuffer::flush() {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (!runs_[i].entries.empty()) flush(static_cast<Table>(i), runs_[i]);
  }
  if (!edges_.empty()) flush_edges();
  bytes_ = 0;
  if (!changes_.empty()) flush_counts();
}

void WriteBuffer::flush(Table table, Run& run) {
  const auto key_of = [&](const Pending& entry) {
    return std::string_view(run.bytes).substr(entry.at, entry.key_size);
  };
  std::sort(run.entries.begin(), run.entries.end(), [&](const Pending& a, const Pending& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : key_of(a) < key_of(b);
  });

  CursorPool pool(transaction_, *handles_);
  const auto cursor = pool.acquire(table);
  const auto greatest = last(cursor);
  const bool append = !greatest || greatest->first < key_of(run.entries.front());
  for (const Pending& entry : run.entries) {
    MDB_val key = to_val(key_of(entry));
    MDB_val value =
        to_val(std::string_view(run.bytes).substr(entry.at + entry.key_size, entry.value_size));
    require_ok(mdb_cursor_put(cursor.get(), &key, &value, append ? MDB_APPEND : 0U), "cannot write",
               mdb_txn_env(transaction_));
  }
  run.entries.clear();
  run.bytes.clear();
}

void WriteBuffer::flush_edges() {
  std::sort(edges_.begin(), edges_.end(), [](const PendingEdge& a, const PendingEdge& b) {
    if (a.list != b.list) return a.list < b.list;
    return a.edge.place() < b.edge.place();
  });
  CursorPool pool(transaction_, *handles_);
  AdjacencyWriter lists(pool);
  std::vector<AdjacentEdge> added;
  for (std::size_t i = 0; i < edges_.size();) {
    const AdjacencyList list = edges_[i].list;
    added.clear();
    for (; i < edges_.size() && edges_[i].list == list; ++i) added.push_back(edges_[i].edge);
    lists.insert(list, added);
  }
  edges_.clear();
}

void WriteBuffer::flush_counts() {
  const MDB_dbi table = (*handles_)[index(Table::Counts)];
  MDB_env* const environment = mdb_txn_env(transaction_);
  for (const auto& [count, change] : changes_) {
    if (change == 0) continue;
    const std::string bytes = encode(count);
    MDB_val key = to_val(bytes);
    MDB_val value{};
    const int code = mdb_get(transaction_, table, &key, &value);
    if (code != MDB_NOTFOUND) require_ok(code, "cannot read", environment);
    const std::uint64_t before = code == MDB_NOTFOUND ? 0 : decode_count(to_view(value));
    if (change < 0 && before < static_cast<std::uint64_t>(-change)) ByteReader::fail();
    const std::uint64_t after = before + static_cast<std::uint64_t>(change);
    if (after == 0) {
      require_ok(mdb_del(transaction_, table, &key, nullptr), "cannot write", environment);
      continue;
    }
    const std::string stored = encode_count(after);
    value = to_val(stored);
    require_ok(mdb_put(transaction_, table, &key, &value, 0), "cannot write", environment);
  }
  changes_.clear();
}

}  // namespace ketnghia::store
