#include "query-lang/executor/runtime_value.hpp"

#include <algorithm>

#include "query-lang/query_error.hpp"

namespace ketnghia::query {
namespace {

struct Convert {
  RuntimeValue operator()(std::monostate) const { return {}; }
  RuntimeValue operator()(bool value) const { return value; }
  RuntimeValue operator()(std::int64_t value) const { return value; }
  RuntimeValue operator()(double value) const { return value; }
  RuntimeValue operator()(const std::string& value) const { return value; }
  RuntimeValue operator()(const List& list) const {
    RuntimeList result;
    result.reserve(list.size());
    for (const auto& element : list) result.push_back(to_runtime(element));
    return make_list(std::move(result));
  }
  RuntimeValue operator()(const Map& map) const {
    RuntimeMap result;
    result.reserve(map.size());
    for (const auto& [key, value] : map) result.emplace_back(key, to_runtime(value));
    return make_map(std::move(result));
  }
};

std::uint32_t depth_of(const RuntimeValue& value) {
  if (const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&value.data)) {
    return (*list)->extent.depth;
  }
  const auto* map = std::get_if<std::shared_ptr<const RuntimeMap>>(&value.data);
  return map == nullptr ? 0 : (*map)->extent.depth;
}

void add(const RuntimeValue& element, Extent& extent) {
  extent.bytes += bytes_of(element);
  extent.depth = std::max(extent.depth, depth_of(element) + 1);
  if (extent.depth <= kMaxDepth) return;
  Diagnostic diagnostic;
  diagnostic.kind = "ResourceError";
  diagnostic.code = "NestingTooDeep";
  diagnostic.message =
      "lists and maps stand in each other more than " + std::to_string(kMaxDepth) + " deep";
  throw QueryError(std::move(diagnostic));
}

struct Bytes {
  std::size_t operator()(const std::string& text) const {
    return text.capacity() >= sizeof(std::string) ? text.capacity() : 0;
  }
  std::size_t operator()(const std::shared_ptr<const RuntimeList>& list) const {
    return list->extent.bytes;
  }
  std::size_t operator()(const std::shared_ptr<const RuntimeMap>& map) const {
    return map->extent.bytes;
  }
  std::size_t operator()(const std::shared_ptr<const PathValue>& path) const {
    return sizeof(PathValue) + (path->nodes.size() + path->edges.size()) * sizeof(NodeId);
  }
  template <typename T>
  std::size_t operator()(const T&) const {
    return 0;
  }
};

}  // namespace

std::size_t bytes_of(const RuntimeValue& value) {
  return sizeof(RuntimeValue) + std::visit(Bytes{}, value.data);
}

std::shared_ptr<const RuntimeList> make_list(RuntimeList list) {
  list.extent = {1, sizeof(RuntimeList)};
  for (const auto& element : list) add(element, list.extent);
  return std::make_shared<const RuntimeList>(std::move(list));
}

RuntimeValue to_runtime(const Value& value) { return std::visit(Convert{}, value.data); }

std::shared_ptr<const RuntimeMap> make_map(RuntimeMap entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  RuntimeMap unique;
  for (auto& entry : entries) {
    if (!unique.empty() && unique.back().first == entry.first) unique.pop_back();
    unique.push_back(std::move(entry));
  }
  unique.extent = {1, sizeof(RuntimeMap)};
  for (const auto& [key, value] : unique) {
    add(value, unique.extent);
    unique.extent.bytes += sizeof(key) + key.size();
  }
  return std::make_shared<const RuntimeMap>(std::move(unique));
}

}  // namespace ketnghia::query
