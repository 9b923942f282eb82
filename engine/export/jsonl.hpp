#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <iosfwd>

#include "engine/store/snapshot.hpp"
#include "engine/store/store.hpp"

namespace ketnghia {

// The interchange file (docs/model.md): UTF-8, one JSON object a line, nodes before edges.
//
//   {"node":"n12","labels":[…],"properties":{…},"evidence":[…],"text":"…","sha256":"…"}
//   {"edge":"r7","type":"…","from":"n12","to":"n40","properties":{…},"evidence":[…]}
//
// `text` and `sha256` (both of documents only) are the stored text that spans point into and the
// hash of the file it was read from. An evidence is {"document","start","end","quote"}; one that
// was not itself loaded goes on with "rule", "grade" (exact, normalised, ocr), "source" (import,
// person) and "confidence". `load` fills in what is left out, apart from the ids and the type.

// Ascending ids, sorted labels and keys: the bytes are a function of the content, and loading them
// into an empty store and writing that gives them again.
// Errors: StoreError; Io where `out` takes no more.
void export_jsonl(const Snapshot& snapshot, std::ostream& out);

struct LoadProgress {
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
};

struct LoadOptions {
  // Called about every mebibyte, on the caller's thread.
  std::function<void(const LoadProgress&)> progress;
  const std::atomic<bool>* cancelled = nullptr;  // looked at as often
};

struct LoadReport {
  std::uint64_t nodes = 0;
  std::uint64_t edges = 0;
  std::uint64_t evidence = 0;
  std::uint64_t documents = 0;  // texts
  std::uint64_t bytes = 0;
  bool cancelled = false;  // nothing has landed
};

// Reads such a file into the store in one transaction: all of it or nothing. Ids of the forms n123
// and r45 are kept, and replace what bears them; every other id is a name that gets the next free
// number, in order of first appearance, once all that are kept are known. Lines may come in any
// order. A null property is one that is not there; an empty file is an empty graph.
// Errors: StoreError Input naming the line and what was expected there.
LoadReport load_jsonl(Store& store, std::istream& in, const LoadOptions& options = {});

}  // namespace ketnghia
