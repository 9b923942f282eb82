#include "engine/store/adjacency_writer.hpp"

#include <algorithm>

#include "engine/store/encoding.hpp"

namespace ketnghia::store {
namespace {

bool by_place(const AdjacentEdge& a, const AdjacentEdge& b) { return a.place() < b.place(); }

}  // namespace

AdjacencyWriter::AdjacencyWriter(CursorPool& pool) : cursor_(pool.acquire(Table::Adjacency)) {
  if (const auto entry = last(cursor_)) last_key_ = entry->first;
}

void AdjacencyWriter::insert(const AdjacencyList& list, std::span<const AdjacentEdge> added) {
  const std::string prefix = adjacency_prefix(list);
  if (prefix > last_key_) {
    put(list, prefix, added, true);
    return;
  }
  while (!added.empty()) {
    auto chunk = find(prefix, list, added.front());
    if (!chunk) {
      put(list, prefix, added, false);
      return;
    }
    std::size_t here = added.size();
    if (const auto next = next_key(prefix)) {
      const auto least = read_adjacency_key(*next).least;
      if (!least) ByteReader::fail();
      here = static_cast<std::size_t>(
          std::lower_bound(added.begin(), added.end(),
                           AdjacentEdge{least->first, least->second, {}}, by_place) -
          added.begin());
    }
    std::vector<AdjacentEdge> merged;
    merged.reserve(chunk->edges.size() + here);
    std::merge(chunk->edges.begin(), chunk->edges.end(), added.begin(),
               added.begin() + static_cast<std::ptrdiff_t>(here), std::back_inserter(merged),
               by_place);
    put(list, chunk->key, merged, false);
    added = added.subspan(here);
  }
}

bool AdjacencyWriter::erase(const AdjacencyList& list, const AdjacentEdge& edge) {
  const std::string prefix = adjacency_prefix(list);
  auto chunk = find(prefix, list, edge);
  if (!chunk) return false;
  const auto at = std::lower_bound(chunk->edges.begin(), chunk->edges.end(), edge, by_place);
  if (at == chunk->edges.end() || at->place() != edge.place()) return false;
  chunk->edges.erase(at);
  if (!chunk->edges.empty()) {
    put(list, chunk->key, chunk->edges, false);
    return true;
  }
  if (chunk->key != prefix) {
    erase(chunk->key);
    return true;
  }
  // The next chunk becomes the first.
  const auto next = next_key(prefix);
  if (!next) {
    erase(prefix);
    return true;
  }
  const auto moved = seek(cursor_, *next);
  if (!moved) ByteReader::fail();
  const std::string value(moved->second);
  erase(*next);
  put(prefix, value, 0);
  return true;
}

std::optional<AdjacencyWriter::Chunk> AdjacencyWriter::find(const std::string& prefix,
                                                            const AdjacencyList& list,
                                                            const AdjacentEdge& edge) {
  const std::string key = adjacency_key(list, edge);
  auto entry = seek(cursor_, key);
  if (!entry || entry->first != key) entry = entry ? previous(cursor_) : last(cursor_);
  if (!entry || !entry->first.starts_with(prefix)) return std::nullopt;
  return Chunk{std::string(entry->first), decode_chunk(entry->second)};
}

std::optional<std::string> AdjacencyWriter::next_key(const std::string& prefix) {
  const auto entry = next(cursor_);
  if (!entry || !entry->first.starts_with(prefix)) return std::nullopt;
  return std::string(entry->first);
}

void AdjacencyWriter::put(const AdjacencyList& list, std::string key,
                          std::span<const AdjacentEdge> edges, bool append) {
  // Into the middle chunks are put half full, so that the next edge finds room.
  const std::size_t fits = chunk_length(edges);
  const std::size_t halves = fits < edges.size() && !append ? 2 : 1;
  while (!edges.empty()) {
    const std::size_t length = std::max<std::size_t>(1, chunk_length(edges) / halves);
    put(key, encode_chunk(edges.first(length)), append ? MDB_APPEND : 0U);
    edges = edges.subspan(length);
    if (!edges.empty()) key = adjacency_key(list, edges.front());
  }
}

void AdjacencyWriter::put(const std::string& key, const std::string& value, unsigned flags) {
  MDB_val k = to_val(key);
  MDB_val v = to_val(value);
  require_ok(mdb_cursor_put(cursor_.get(), &k, &v, flags), "cannot write",
             mdb_txn_env(mdb_cursor_txn(cursor_.get())));
  if (key > last_key_) last_key_ = key;
}

void AdjacencyWriter::erase(const std::string& key) {
  if (!seek(cursor_, key)) ByteReader::fail();
  require_ok(mdb_cursor_del(cursor_.get(), 0), "cannot write",
             mdb_txn_env(mdb_cursor_txn(cursor_.get())));
}

}  // namespace ketnghia::store
