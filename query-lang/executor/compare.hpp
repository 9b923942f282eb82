#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "query-lang/executor/runtime_value.hpp"

// openCypher's three relations between values, which are not the same: equality (`=`) knows
// null, comparability (`<`) has no answer across types, and orderability (ORDER BY, min, max)
// and equivalence (DISTINCT, grouping) have one for every pair.
namespace ketnghia::query {

// Absent: null.
using Ternary = std::optional<bool>;

Ternary equals(const RuntimeValue& a, const RuntimeValue& b);

// Absent: null, as the two cannot be compared. Unordered where one is NaN: every test fails.
std::optional<std::partial_ordering> comparison(const RuntimeValue& a, const RuntimeValue& b);

// Ascending: maps, nodes, relationships, lists, paths, strings, booleans, numbers, NaN, null.
// Strings by code point.
std::strong_ordering order(const RuntimeValue& a, const RuntimeValue& b);

// Null and NaN are each equivalent to themselves; 1 and 1.0 are.
inline bool equivalent(const RuntimeValue& a, const RuntimeValue& b) {
  return order(a, b) == std::strong_ordering::equal;
}
// Equal for what is equivalent.
std::size_t hash_of(const RuntimeValue& value);

// For hashed containers of values and of groups of them.
struct HashValue {
  std::size_t operator()(const RuntimeValue& value) const { return hash_of(value); }
  std::size_t operator()(const std::vector<RuntimeValue>& values) const;
};
struct EquivalentValue {
  bool operator()(const RuntimeValue& a, const RuntimeValue& b) const { return equivalent(a, b); }
  bool operator()(const std::vector<RuntimeValue>& a, const std::vector<RuntimeValue>& b) const;
};

}  // namespace ketnghia::query
