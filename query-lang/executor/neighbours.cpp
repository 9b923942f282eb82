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

Neighbours::Neighbours(const Snapshot& snapshot, bound::Direction direction,
                       const plan::Types& types)
    : reader_(snapshot.adjacency()),
      direction_(direction),
      types_(types.any ? snapshot.types() : types.ids) {}

void Neighbours::read(NodeId node, unsigned columns, Adjacency& into) {
  into.clear();
  runs_.clear();
  for (const StringId type : types_) {
    if (direction_ != bound::Direction::In) {
      reader_.append(node, type, Snapshot::Direction::Out, columns, into);
      runs_.push_back(into.size());
    }
    if (direction_ != bound::Direction::Out) {
      const std::size_t from = into.size();
      reader_.append(node, type, Snapshot::Direction::In, columns, into);
      if (direction_ == bound::Direction::Both) drop_loops(node, from, into);
      runs_.push_back(into.size());
    }
  }
}

void Neighbours::drop_loops(NodeId node, std::size_t from, Adjacency& into) const {
  const auto begin = into.others.begin() + static_cast<std::ptrdiff_t>(from);
  const auto [first, last] = std::equal_range(begin, into.others.end(), node);
  if (first == last) return;
  const auto at = first - into.others.begin();
  const auto end = last - into.others.begin();
  into.others.erase(first, last);
  const auto drop = [&](auto& column) {
    if (!column.empty()) column.erase(column.begin() + at, column.begin() + end);
  };
  drop(into.edges);
  drop(into.whens);
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
