#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/evidence/evidence.hpp"
#include "engine/graph/ids.hpp"
#include "engine/graph/value.hpp"
#include "engine/store/format.hpp"
#include "engine/store/pooled_cursor.hpp"
#include "engine/store/store.hpp"

namespace ketnghia {

// One edge as a neighbourhood lists it: `other` is the far end, whichever way it points.
struct Neighbour {
  StringId type;
  NodeId other;
  EdgeId edge;
  WhenCode when;  // without a look at the edge's record
};

struct NodeRecord {
  NodeId id;
  std::vector<StringId> labels;
  std::vector<std::pair<StringId, Value>> properties;  // sorted by key id
};

using store::EdgeEnds;  // StringId type; NodeId from, to

struct EdgeRecord {
  EdgeId id;
  StringId type;
  NodeId from;
  NodeId to;
  std::vector<std::pair<StringId, Value>> properties;
};

// A document's own facts, beside its Document node.
struct DocumentText {
  std::string text;    // what spans point into, UTF-8
  std::string sha256;  // of the file's bytes, hexadecimal
};

// The graph as it stood at one commit: an LMDB read transaction with our types on it.
//
// Invariants: sees no later commit, however long it lives; every edge that neighbours(Out)
// yields, neighbours(In) of its target yields too.
// Units: text is UTF-8 in NFC; spans are half-open byte ranges.
// Lifetime: cursors and string_views point into the memory map and die with the Snapshot, the
// Snapshot before its Store. Pages freed while it lives are not reused, so the file grows:
// hold one for a query, not for a connection.
// Errors: StoreError. What is not there is not an error.
// Threads: one at a time.
class Snapshot {
 public:
  explicit Snapshot(const Store& store);
  ~Snapshot();
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(Snapshot&&) noexcept;

  // The dictionary. O(log n) each, cached.
  std::optional<StringId> string_id(std::string_view text) const;
  std::string_view string(StringId id) const;

  std::optional<NodeRecord> node(NodeId id) const;
  std::optional<EdgeRecord> edge(EdgeId id) const;
  bool contains(NodeId id) const;
  std::optional<EdgeEnds> ends(EdgeId id) const;  // an edge without its properties
  // One property or label without decoding the rest; null where it is not there.
  Value property(NodeId id, StringId key) const;
  Value property(EdgeId id, StringId key) const;
  bool has_label(NodeId id, StringId label) const;
  std::vector<StringId> labels(NodeId id) const;  // ascending
  // The first node at or after `id`.
  std::optional<NodeId> node_from(NodeId id) const;
  std::optional<NodeId> last_node() const;
  std::optional<EdgeId> last_edge() const;

  // Scans in ascending id: call next() until it gives nothing. O(1) a step.
  class NodeCursor {
   public:
    std::optional<NodeId> next();

   private:
    friend class Snapshot;
    NodeCursor(store::PooledCursor cursor, std::optional<StringId> label)
        : cursor_(std::move(cursor)), label_(label) {}
    store::PooledCursor cursor_;
    std::optional<StringId> label_;
    bool started_ = false;
    bool done_ = false;
  };
  NodeCursor nodes() const;
  NodeCursor nodes(StringId label) const;

  class EdgeCursor {
   public:
    std::optional<EdgeId> next();

   private:
    friend class Snapshot;
    explicit EdgeCursor(store::PooledCursor cursor) : cursor_(std::move(cursor)) {}
    store::PooledCursor cursor_;
    bool started_ = false;
    bool done_ = false;
  };
  EdgeCursor edges() const;

  enum class Direction { Out, In };

  // Reads the edges of one type at one node at a time. Asking for nodes in ascending order finds
  // most of them near where the last one was, without going down the tree.
  // Lifetime: dies before the Snapshot; of a Writer's view, before its next call.
  class AdjacencyReader {
   public:
    // Appends them, ordered by (other, edge); `columns` are of store::Columns. A self-loop is in
    // both directions.
    void append(NodeId node, StringId type, Direction direction, unsigned columns, Adjacency& to);

   private:
    friend class Snapshot;
    AdjacencyReader(store::PooledCursor cursor, std::uint64_t& steps)
        : cursor_(std::move(cursor)), steps_(&steps) {}
    void locate(std::string_view prefix);
    void keep(const std::optional<store::Entry>& entry);

    store::PooledCursor cursor_;
    std::uint64_t* steps_;
    bool placed_ = false;
    bool at_end_ = false;
    std::string_view key_;  // where the cursor stands
    std::string_view value_;
    std::string before_;  // no entry stands between this key and `key_`
  };
  AdjacencyReader adjacency() const;

  // The edges of a node, ordered by (type, other, edge), so that two can be merged without
  // sorting; of one type where `type` is given. A self-loop is in both directions. O(log n)
  // to start with each type.
  class NeighbourCursor {
   public:
    std::optional<Neighbour> next();

   private:
    friend class Snapshot;
    NeighbourCursor(AdjacencyReader reader, NodeId node, Direction direction,
                    std::vector<StringId> types)
        : reader_(std::move(reader)),
          node_(node),
          direction_(direction),
          types_(std::move(types)) {}
    AdjacencyReader reader_;
    NodeId node_;
    Direction direction_;
    std::vector<StringId> types_;
    std::size_t next_type_ = 0;
    Adjacency edges_;  // of the type before next_type_
    std::size_t next_ = 0;
  };
  NeighbourCursor neighbours(NodeId node, Direction direction,
                             std::optional<StringId> type = std::nullopt) const;

  // Nodes whose name or an alias a person can have meant by `asked` (name_matches()), ascending;
  // of one label where `label` is given. O(log n + candidates).
  std::vector<NodeId> named(std::string_view asked,
                            std::optional<StringId> label = std::nullopt) const;
  // Nodes with a name or an alias of the same name_key(), ascending: all that named() gives, and
  // all whose `name` is `asked` to the byte. O(log n + candidates).
  std::vector<NodeId> name_candidates(std::string_view asked) const;
  // Canonical names near `asked`, nearest first, for "did you mean": by edit distance of keys.
  // Reads every key of the name index.
  std::vector<std::string> nearest_names(std::string_view asked, std::size_t limit) const;

  // What has a `when` that overlaps the days [first, last], by start day. A year that is not known
  // overlaps any.
  std::vector<NodeId> nodes_between(std::int32_t first, std::int32_t last) const;
  std::vector<EdgeId> edges_between(std::int32_t first, std::int32_t last) const;

  std::vector<Evidence> evidence(NodeId id) const;
  std::vector<Evidence> evidence(EdgeId id) const;
  std::size_t evidence_count(NodeId id) const;  // reads no text
  std::size_t evidence_count(EdgeId id) const;
  // The greatest confidence among its evidence; 1 where it has none. Reads no text.
  float best_confidence(NodeId id) const;
  float best_confidence(EdgeId id) const;
  std::optional<DocumentText> document(NodeId id) const;
  bool has_document(NodeId id) const;  // a text; without reading it

  // For the planner; exact.
  std::uint64_t node_count() const;
  std::uint64_t node_count(StringId label) const;
  std::uint64_t edge_count() const;
  std::uint64_t edge_count(StringId type) const;
  // Edges of a type that leave (Out) or reach (In) nodes of a label.
  std::uint64_t edge_count(StringId label, StringId type, Direction direction) const;
  std::vector<std::pair<StringId, std::uint64_t>> label_counts() const;
  std::vector<std::pair<StringId, std::uint64_t>> type_counts() const;

  // All types of edges, ascending.
  const std::vector<StringId>& types() const;

  // How many entries and records have been asked of the file: what a plan costs.
  std::uint64_t cursor_steps() const;

  // The readings (engine/readings), opaque here: what each document says, by Document node, and
  // which documents share a block key (by its 64-bit hash).
  std::optional<std::string> reading(NodeId document) const;
  std::vector<NodeId> documents_of_block(std::string_view block) const;
  std::vector<NodeId> documents_with_readings() const;
  // The decisions of people (engine/readings/corrections), opaque here; empty where there are none.
  std::string corrections() const;

 private:
  friend class Writer;
  friend std::vector<std::string> check(const Snapshot&);  // engine/export/check.hpp
  struct State;
  explicit Snapshot(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ketnghia
