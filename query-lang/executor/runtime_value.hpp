#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/graph/value.hpp"

namespace ketnghia::query {

struct RuntimeValue;

// A path: nodes.size() == edges.size() + 1.
struct PathValue {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;

  friend bool operator==(const PathValue&, const PathValue&) = default;
};

using RuntimeList = std::vector<RuntimeValue>;
using RuntimeMap = std::vector<std::pair<std::string, RuntimeValue>>;  // sorted by key

// What a variable holds while a statement runs, and what an answer holds: openCypher's types.
// Nodes and edges are ids; their labels and properties are read from the Snapshot.
struct RuntimeValue {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, NodeId, EdgeId,
               std::shared_ptr<const RuntimeList>, std::shared_ptr<const RuntimeMap>,
               std::shared_ptr<const PathValue>>
      data;

  RuntimeValue() = default;
  template <typename T>
  requires(!std::same_as<std::remove_cvref_t<T>, RuntimeValue>) explicit(false)
      RuntimeValue(T&& value)
      : data(std::forward<T>(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(data); }
};

RuntimeValue to_runtime(const Value& value);

// Sorted by key; of entries with one key, the last stays.
std::shared_ptr<const RuntimeMap> make_map(RuntimeMap entries);

}  // namespace ketnghia::query
