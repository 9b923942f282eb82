#pragma once

#include <functional>
#include <map>
#include <vector>

#include "engine/readings/reading.hpp"
#include "engine/store/writer.hpp"

namespace ketnghia::importers {

// A graph, or a part of one that no edge leaves: what readings come to.
struct Resolution {
  std::map<NodeId, NodeDraft> nodes;
  std::map<EdgeId, EdgeDraft> edges;
};

// A reading and the Document node it belongs to.
struct Contribution {
  NodeId document{};
  const Reading* reading = nullptr;
  // Its events, agreements and posts count; of the others only the countries they name do,
  // since a country's node holds what every document says of it.
  bool whole = true;
};

// Resolves readings to the graph: joins the entities of one identity, the accounts of one event
// or agreement, fills missing years from other accounts, derives COOPERATED_WITH. A function of
// the readings: their order does not matter.
//
// `quote` gives the text of a span of a document; every fact's evidence takes its quotation there.
Resolution resolve(std::vector<Contribution> contributions,
                   const std::function<std::string(NodeId document, Span span)>& quote);

}  // namespace ketnghia::importers
