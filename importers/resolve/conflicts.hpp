#pragma once

#include <string>
#include <vector>

#include "importers/resolve/update.hpp"

namespace ketnghia::importers {

// What one source says where another says otherwise.
struct Claim {
  std::string value;  // "2024-05-16", "Hà Nội", "Giám đốc"
  NodeId document{};
  Span span;
  Selector fact;  // what a decision would name
};

// Two sources that cannot both be right of one event, agreement or post. Both stay in the graph.
struct Conflict {
  std::string about;     // date, place, leader, status, count, holder, title
  NodeId first, second;  // the same node, or the two that may be one
  std::string name;      // what it is about
  Claim one, other;
};

// All conflicts of a graph, by name, then by documents. Of two events a conflict of dates is told
// only where they look like one: one kind, a party of either side in common, where both
// name people one of these, no document that tells of both, and dates within three days, or the
// same but for the year, or with day and month swapped, with a person or three parties in common
// (docs/decisions/0005). Nothing is joined for it. Cost: linear in accounts and in events of one
// body or person within three days.
std::vector<Conflict> conflicts(const WholeGraph& graph);

// An event or agreement as a decision names it: kind, document and the words that tell of it.
Selector selector_of(const WholeGraph& graph, const AccountRef& account, bool event);

}  // namespace ketnghia::importers
