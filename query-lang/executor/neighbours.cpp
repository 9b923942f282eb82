#include "query-lang/executor/neighbours.hpp"

#include <algorithm>

namespace ketnghia::query {

bound::Direction reversed(bound::Direction direction) {
  switch (direction) {
    case bound::Direction::Out:
      return bound::Direction::In;
    case bound::Direction::In:
      return bound::Direction::Out;
    case bound::Direction::Both:
      break;
  }
  return bound::Direction::Both;
}

Neighbours::Neighbours(const Snapshot& snapshot, NodeId node, bound::Direction direction,
                       const plan::Types& types)
    : snapshot_(&snapshot), node_(node), direction_(direction), types_(&types) {}

bool Neighbours::open_next() {
  const std::size_t directions = direction_ == bound::Direction::Both ? 2 : 1;
  const std::size_t types = types_->any ? 1 : types_->ids.size();
  if (part_ >= directions * types) return false;
  const bool second = part_ >= types;
  incoming_ = direction_ == bound::Direction::In || second;
  std::optional<StringId> type;
  if (!types_->any) type = types_->ids[part_ % types];
  cursor_ = snapshot_->neighbours(
      node_, incoming_ ? Snapshot::Direction::In : Snapshot::Direction::Out, type);
  ++part_;
  return true;
}

std::optional<Neighbour> Neighbours::next() {
  for (;;) {
    if (!cursor_ && !open_next()) return {};
    const auto found = cursor_->next();
    if (!found) {
      cursor_.reset();
      continue;
    }
    if (direction_ == bound::Direction::Both && incoming_ && found->other == node_) continue;
    return found;
  }
}

bool among(EdgeId edge, const std::vector<bound::Slot>& slots, const Row& row) {
  const auto is_edge = [&](const RuntimeValue& value) {
    const auto* other = std::get_if<EdgeId>(&value.data);
    return other != nullptr && *other == edge;
  };
  return std::any_of(slots.begin(), slots.end(), [&](bound::Slot slot) {
    const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&row[slot].data);
    if (list == nullptr) return is_edge(row[slot]);
    return std::any_of((*list)->begin(), (*list)->end(), is_edge);
  });
}

NodeId other_end(const Snapshot& snapshot, EdgeId edge, NodeId node) {
  const auto record = snapshot.edge(edge);
  if (!record) return node;
  return record->from == node ? record->to : record->from;
}

}  // namespace ketnghia::query
