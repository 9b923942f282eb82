#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/readings/corrections.hpp"
#include "engine/readings/reading.hpp"
#include "engine/store/writer.hpp"
#include "importers/resolve/resolution.hpp"

namespace ketnghia::importers {

// A document that comes, changes or goes.
struct DocumentChange {
  std::string name;
  std::optional<Reading> reading;  // nothing: the document goes
  std::string text;                // its stored text
  std::string content;             // what it was read from; see content_block()
};

// The block that a document is found under by what it was read from: the bytes of its file, what
// a sidecar said of it, the lexicon and the version of the extraction.
std::string content_block(const std::string& content);

// Stores the readings of the changed documents and brings the graph into line, within the
// writer's transaction: resolves anew what shares a block with them, before and after, and
// writes the difference. The graph that results is the same for any order and grouping of
// changes. Linear in the documents that hang together with the changed ones.
// Decisions of people are applied on the way.
void update(Writer& writer, std::vector<DocumentChange> changes);

// What decisions change in the graph: as it was and as it is, either empty (id 0) where a thing
// comes or goes; by id.
struct GraphChanges {
  std::vector<std::pair<NodeDraft, NodeDraft>> nodes;
  std::vector<std::pair<EdgeDraft, EdgeDraft>> edges;
  std::map<NodeId, std::string> names;  // of all nodes at the ends of these
};

// The same for decisions: `corrections` take the place of those that are stored. Nothing is
// committed.
GraphChanges correct(Writer& writer, const Corrections& corrections);

// The decisions that a store holds.
Corrections corrections_of(const Snapshot& snapshot);

// Of each active decision, by its id, whether it finds what it speaks of.
std::map<std::string, bool> decisions_applied(const Snapshot& snapshot,
                                              const Corrections& corrections);

// Everything resolved again, nothing written: what became of each account and who is who.
//
// Lifetime: holds the readings that `resolution` points into.
struct WholeGraph {
  std::map<NodeId, Reading> readings;
  Corrections corrections;
  Correcting correcting;
  std::vector<Addition> additions;
  Resolution resolution;
  Quote quote;  // of any span; needs the snapshot
};
std::unique_ptr<WholeGraph> resolve_whole(const Snapshot& snapshot);

}  // namespace ketnghia::importers
