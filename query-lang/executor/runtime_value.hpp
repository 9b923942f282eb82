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

struct RuntimeList;
struct RuntimeMap;

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

// What make_list() and make_map() say of a value when they close it, so that nobody has to walk it
// for that: how many lists and maps stand in each other, and the bytes of all of it. What is shared
// is counted by each that holds it: too much rather than too little.
struct Extent {
  std::uint32_t depth = 1;
  std::size_t bytes = 0;
};

struct RuntimeList : std::vector<RuntimeValue> {
  using vector::vector;
  Extent extent;
};

// Sorted by key.
struct RuntimeMap : std::vector<std::pair<std::string, RuntimeValue>> {
  using vector::vector;
  Extent extent;
};

// Values are compared, hashed, written and freed by recursion, so their depth has a bound.
inline constexpr std::uint32_t kMaxDepth = 1000;

// Every list and map of a value is made by these. Throws QueryError (ResourceError) past kMaxDepth.
std::shared_ptr<const RuntimeList> make_list(RuntimeList list);
// Sorts by key; of entries with one key, the last stays.
std::shared_ptr<const RuntimeMap> make_map(RuntimeMap entries);

// The memory that a value takes. O(1).
std::size_t bytes_of(const RuntimeValue& value);

RuntimeValue to_runtime(const Value& value);

}  // namespace ketnghia::query
