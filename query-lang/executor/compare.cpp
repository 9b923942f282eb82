#include "query-lang/executor/compare.hpp"

#include <algorithm>
#include <cmath>

namespace ketnghia::query {
namespace {

using ListPtr = std::shared_ptr<const RuntimeList>;
using MapPtr = std::shared_ptr<const RuntimeMap>;
using PathPtr = std::shared_ptr<const PathValue>;

bool is_number(const RuntimeValue& value) {
  return std::holds_alternative<std::int64_t>(value.data) ||
         std::holds_alternative<double>(value.data);
}

// Exact: 2^53 + 1 and the float nearest to it differ.
std::partial_ordering compare_mixed(std::int64_t a, double b) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= kTwoTo63) return std::partial_ordering::less;
  if (b < -kTwoTo63) return std::partial_ordering::greater;
  const double whole = std::trunc(b);
  const auto as_integer = static_cast<std::int64_t>(whole);
  if (a != as_integer) return a <=> as_integer;
  return whole <=> b;
}

std::partial_ordering reversed(std::partial_ordering ordering) { return 0 <=> ordering; }

std::partial_ordering compare_numbers(const RuntimeValue& a, const RuntimeValue& b) {
  const auto* a_integer = std::get_if<std::int64_t>(&a.data);
  const auto* b_integer = std::get_if<std::int64_t>(&b.data);
  if (a_integer && b_integer) return *a_integer <=> *b_integer;
  if (a_integer) return compare_mixed(*a_integer, std::get<double>(b.data));
  if (b_integer) return reversed(compare_mixed(*b_integer, std::get<double>(a.data)));
  return std::get<double>(a.data) <=> std::get<double>(b.data);
}

Ternary lists_equal(const RuntimeList& a, const RuntimeList& b) {
  if (a.size() != b.size()) return false;
  Ternary result = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Ternary equal = equals(a[i], b[i]);
    if (equal == Ternary(false)) return false;
    if (!equal) result.reset();
  }
  return result;
}

Ternary maps_equal(const RuntimeMap& a, const RuntimeMap& b) {
  if (a.size() != b.size()) return false;
  Ternary result = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].first != b[i].first) return false;
    const Ternary equal = equals(a[i].second, b[i].second);
    if (equal == Ternary(false)) return false;
    if (!equal) result.reset();
  }
  return result;
}

int rank(const RuntimeValue& value) {
  switch (value.data.index()) {
    case 0:
      return 8;  // null
    case 1:
      return 6;  // boolean
    case 2:
    case 3:
      return 7;  // number
    case 4:
      return 5;  // string
    case 5:
      return 1;  // node
    case 6:
      return 2;  // relationship
    case 7:
      return 3;  // list
    case 8:
      return 0;  // map
    default:
      return 4;  // path
  }
}

std::strong_ordering order_numbers(const RuntimeValue& a, const RuntimeValue& b) {
  const auto is_nan = [](const RuntimeValue& value) {
    const auto* number = std::get_if<double>(&value.data);
    return number != nullptr && std::isnan(*number);
  };
  if (is_nan(a) || is_nan(b)) return is_nan(a) <=> is_nan(b);
  const auto ordering = compare_numbers(a, b);
  if (ordering < 0) return std::strong_ordering::less;
  if (ordering > 0) return std::strong_ordering::greater;
  return std::strong_ordering::equal;
}

std::strong_ordering order_maps(const RuntimeMap& a, const RuntimeMap& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto keys = a[i].first <=> b[i].first; keys != 0) return keys;
  }
  if (a.size() != b.size()) return a.size() <=> b.size();
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto values = order(a[i].second, b[i].second); values != 0) return values;
  }
  return std::strong_ordering::equal;
}

std::strong_ordering order_paths(const PathValue& a, const PathValue& b) {
  const auto ids = [](const auto& left, const auto& right) {
    return std::lexicographical_compare_three_way(
        left.begin(), left.end(), right.begin(), right.end(),
        [](auto x, auto y) { return number(x) <=> number(y); });
  };
  if (const auto nodes = ids(a.nodes, b.nodes); nodes != 0) return nodes;
  return ids(a.edges, b.edges);
}

std::size_t mix(std::size_t seed, std::size_t hash) {
  return seed ^ (hash + 0x9E3779B97F4A7C15ULL + (seed << 6) + (seed >> 2));
}

std::size_t hash_number(double number) {
  if (std::isnan(number)) return 0x7FF8;
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (number >= -kTwoTo63 && number < kTwoTo63 && std::trunc(number) == number) {
    return std::hash<std::int64_t>{}(static_cast<std::int64_t>(number));
  }
  return std::hash<double>{}(number);
}

}  // namespace

Ternary equals(const RuntimeValue& a, const RuntimeValue& b) {
  if (a.is_null() || b.is_null()) return {};
  if (is_number(a) && is_number(b)) return compare_numbers(a, b) == 0;
  if (a.data.index() != b.data.index()) return false;
  if (const auto* list = std::get_if<ListPtr>(&a.data)) {
    return lists_equal(**list, *std::get<ListPtr>(b.data));
  }
  if (const auto* map = std::get_if<MapPtr>(&a.data)) {
    return maps_equal(**map, *std::get<MapPtr>(b.data));
  }
  if (const auto* path = std::get_if<PathPtr>(&a.data)) {
    return **path == *std::get<PathPtr>(b.data);
  }
  return a.data == b.data;
}

std::optional<std::partial_ordering> comparison(const RuntimeValue& a, const RuntimeValue& b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (a.data.index() != b.data.index()) return {};
  if (const auto* text = std::get_if<std::string>(&a.data)) {
    return *text <=> std::get<std::string>(b.data);
  }
  if (const auto* boolean = std::get_if<bool>(&a.data)) {
    return *boolean <=> std::get<bool>(b.data);
  }
  const auto* list = std::get_if<ListPtr>(&a.data);
  if (list == nullptr) return {};
  const RuntimeList& left = **list;
  const RuntimeList& right = *std::get<ListPtr>(b.data);
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    const Ternary equal = equals(left[i], right[i]);
    if (!equal) return {};
    if (!*equal) return comparison(left[i], right[i]);
  }
  return left.size() <=> right.size();
}

std::strong_ordering order(const RuntimeValue& a, const RuntimeValue& b) {
  if (const auto ranks = rank(a) <=> rank(b); ranks != 0) return ranks;
  switch (a.data.index()) {
    case 0:
      return std::strong_ordering::equal;
    case 1:
      return std::get<bool>(a.data) <=> std::get<bool>(b.data);
    case 2:
    case 3:
      return order_numbers(a, b);
    case 4:
      return std::get<std::string>(a.data) <=> std::get<std::string>(b.data);
    case 5:
      return number(std::get<NodeId>(a.data)) <=> number(std::get<NodeId>(b.data));
    case 6:
      return number(std::get<EdgeId>(a.data)) <=> number(std::get<EdgeId>(b.data));
    case 7: {
      const auto& left = *std::get<ListPtr>(a.data);
      const auto& right = *std::get<ListPtr>(b.data);
      return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(),
                                                    right.end(), order);
    }
    case 8:
      return order_maps(*std::get<MapPtr>(a.data), *std::get<MapPtr>(b.data));
    default:
      return order_paths(*std::get<PathPtr>(a.data), *std::get<PathPtr>(b.data));
  }
}

std::size_t hash_of(const RuntimeValue& value) {
  switch (value.data.index()) {
    case 0:
      return 1;
    case 1:
      return std::get<bool>(value.data) ? 2 : 3;
    case 2:
      return std::hash<std::int64_t>{}(std::get<std::int64_t>(value.data));
    case 3:
      return hash_number(std::get<double>(value.data));
    case 4:
      return std::hash<std::string>{}(std::get<std::string>(value.data));
    case 5:
      return mix(5, number(std::get<NodeId>(value.data)));
    case 6:
      return mix(6, number(std::get<EdgeId>(value.data)));
    case 7:
      return mix(7, HashValue{}(*std::get<ListPtr>(value.data)));
    case 8: {
      std::size_t hash = 8;
      for (const auto& [key, element] : *std::get<MapPtr>(value.data)) {
        hash = mix(mix(hash, std::hash<std::string>{}(key)), hash_of(element));
      }
      return hash;
    }
    default: {
      std::size_t hash = 9;
      const auto& path = *std::get<PathPtr>(value.data);
      for (const NodeId id : path.nodes) hash = mix(hash, number(id));
      for (const EdgeId id : path.edges) hash = mix(hash, number(id));
      return hash;
    }
  }
}

std::size_t HashValue::operator()(const std::vector<RuntimeValue>& values) const {
  std::size_t hash = values.size();
  for (const auto& value : values) hash = mix(hash, hash_of(value));
  return hash;
}

bool EquivalentValue::operator()(const std::vector<RuntimeValue>& a,
                                 const std::vector<RuntimeValue>& b) const {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equivalent);
}

}  // namespace ketnghia::query
