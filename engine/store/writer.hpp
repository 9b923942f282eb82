#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"

namespace ketnghia {

// What is written as a node or an edge: names instead of dictionary ids. A property that is null
// is one that is not there.
struct NodeDraft {
  NodeId id{};  // 0: the store gives the next free one
  std::vector<std::string> labels;
  Map properties;
  std::vector<Evidence> evidence;
};

struct EdgeDraft {
  EdgeId id{};  // 0: the store gives the next free one
  std::string type;
  NodeId from{};
  NodeId to{};
  Map properties;
  std::vector<Evidence> evidence;
};

// Ids go up to here, so that they fit the integers of the language.
constexpr std::uint64_t kMaxId = (std::uint64_t{1} << 63) - 1;

// The one write transaction: all of it lands at commit(), or nothing.
//
// Invariants: indexes, adjacency and statistics are kept true with every call. Evidence from an
// import must be the text of its document at its span: put() refuses any other (StoreError
// Input), and commit() looks again at evidence whose document was given another text. Both ends
// of an edge must be there when commit() runs. Texts are UTF-8, numbers finite (Input).
// Lifetime: dies before its Store. Without commit() the transaction is aborted.
// Errors: StoreError. After one, only destruction is allowed. Full is thrown where the disk is,
// or where the process may map no more address space; the message says which.
// Threads: stays on the thread that made it, which may have one at a time (Locked).
class Writer {
 public:
  explicit Writer(Store& store);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Inserts, or replaces what bears that id. A replaced node keeps its edges. The next free id is
  // the one above the greatest in use.
  NodeId put(const NodeDraft& draft);
  EdgeId put(const EdgeDraft& draft);
  // What is not there is not an error. Erasing a node erases its edges; its document and reading
  // have calls of their own.
  void erase(NodeId id);
  void erase(EdgeId id);

  // The stored text of a Document node; before any evidence that points into it.
  void put_document(NodeId id, const DocumentText& document);
  void erase_document(NodeId id);

  // The reading of a document and its block keys; replaces the one before.
  void put_reading(NodeId document, std::string_view bytes, const std::vector<std::string>& blocks);
  void erase_reading(NodeId document);

  // What Snapshot::corrections() gives.
  void put_corrections(std::string_view text);

  // How many nodes edges were put to before them, and have not come yet.
  std::size_t missing_ends() const;

  // What this transaction would commit: reads its own writes. Valid until commit(); its cursors
  // die before that.
  const Snapshot& view() const;

  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ketnghia
