#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/readings/reading.hpp"
#include "engine/store/writer.hpp"

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
void update(Writer& writer, std::vector<DocumentChange> changes);

}  // namespace ketnghia::importers
