#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/ids.hpp"

namespace ketnghia {

// The `when` of an edge as the lists of edges repeat it: a plain date (2024, 2024-05, 2024-05-16)
// as a number that sorts as the text does; or that there is none; or that the edge's record has
// to be asked (an interval, an unknown year, no text at all). On disk: never renumber.
enum class WhenCode : std::uint32_t { None = 0, InRecord = 1 };

constexpr std::uint32_t number(WhenCode code) { return static_cast<std::uint32_t>(code); }
constexpr bool is_date(WhenCode code) { return number(code) > number(WhenCode::InRecord); }
WhenCode when_code(std::string_view text);
std::string text_of(WhenCode code);  // of a date

// A node's edges of one type in one direction, by column, ordered by (other end, edge).
struct Adjacency {
  std::vector<NodeId> others;
  std::vector<EdgeId> edges;
  std::vector<WhenCode> whens;

  void clear();
  std::size_t size() const { return others.size(); }
};

namespace store {

// Lists of edges are cut into chunks, each one value: packed, an edge takes about ten bytes in
// place of some thirty-five as an entry of its own, and is read in a few nanoseconds.
// docs/storage.md has the bytes.

struct AdjacencyList {
  StringId type{};
  NodeId node{};
  bool incoming = false;

  friend auto operator<=>(const AdjacencyList&, const AdjacencyList&) = default;
};

struct AdjacentEdge {
  NodeId other{};
  EdgeId edge{};
  WhenCode when{};

  std::pair<NodeId, EdgeId> place() const { return {other, edge}; }
};

// Key of a list's first chunk, and what the keys of its others begin with.
std::string adjacency_prefix(const AdjacencyList& list);
// Of a chunk that holds what does not come before `least`.
std::string adjacency_key(const AdjacencyList& list, const AdjacentEdge& least);
struct AdjacencyKey {
  AdjacencyList list;
  std::optional<std::pair<NodeId, EdgeId>> least;  // none: the first chunk
};
AdjacencyKey read_adjacency_key(std::string_view key);

// How many of them, which are ordered, one chunk takes.
std::size_t chunk_length(std::span<const AdjacentEdge> edges);
std::string encode_chunk(std::span<const AdjacentEdge> edges);
// Which columns are wanted besides the others.
enum Columns : unsigned { kOthers = 0, kEdges = 1, kWhens = 2, kAllColumns = 3 };
void append_chunk(std::string_view chunk, unsigned columns, Adjacency& to);
std::vector<AdjacentEdge> decode_chunk(std::string_view chunk);
std::size_t chunk_size(std::string_view chunk);

}  // namespace store
}  // namespace ketnghia
