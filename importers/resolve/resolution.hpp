#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/readings/reading.hpp"
#include "engine/store/writer.hpp"
#include "importers/resolve/correcting.hpp"

namespace ketnghia::importers {

// A reading and the Document node it belongs to.
struct Contribution {
  NodeId document{};
  const Reading* reading = nullptr;
  // Its events, agreements and posts count; of the others only the countries they name do,
  // since a country's node holds what every document says of it.
  bool whole = true;
  const Rule* added = nullptr;  // by whom, where a person added it
  bool tied = false;            // Addition::tied
};

// One account of an event or agreement: which of whose reading.
struct AccountRef {
  const Contribution* from = nullptr;
  std::size_t index = 0;
};
// The accounts that became one node, in order of documents, and why each was joined.
struct Joined {
  bool event = true;
  std::vector<AccountRef> accounts;
  std::vector<std::string> reasons;  // of the second and later ones
};

// A graph, or a part of one that no edge leaves: what readings come to.
//
// Lifetime: `joined` points into `contributions`, and those into the readings that were resolved
// and `corrected`.
struct Resolution {
  std::map<NodeId, NodeDraft> nodes;
  std::map<EdgeId, EdgeDraft> edges;

  std::map<NodeId, Joined> joined;
  std::map<const Reading*, std::vector<NodeId>> entities;  // the node of each entity of a reading
  std::shared_ptr<const std::vector<Contribution>> contributions;
  std::shared_ptr<const std::deque<Reading>> corrected;
};

// Resolves readings to the graph: joins the entities of one identity, the accounts of one event
// or agreement, fills missing years from other accounts, derives COOPERATED_WITH. A function of
// the readings and of what people decided: their order does not matter.
//
// An event carries `sources`, the number of documents that tell of it independently (the same
// words twice are one), and `joined`, why each further account was taken for the same event.
// What a person decided carries `source` "person", `corrected_by` and `corrected_on`.
//
// `quote` gives the text of a span of a document; every fact's evidence takes its quotation there.
Resolution resolve(std::vector<Contribution> contributions, const Correcting& correcting,
                   const Quote& quote);

}  // namespace ketnghia::importers
