#include "query-lang/executor/runtime_value.hpp"

#include <algorithm>

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
    return std::make_shared<const RuntimeList>(std::move(result));
  }
  RuntimeValue operator()(const Map& map) const {
    RuntimeMap result;
    result.reserve(map.size());
    for (const auto& [key, value] : map) result.emplace_back(key, to_runtime(value));
    return std::make_shared<const RuntimeMap>(std::move(result));
  }
};

}  // namespace

RuntimeValue to_runtime(const Value& value) { return std::visit(Convert{}, value.data); }

std::shared_ptr<const RuntimeMap> make_map(RuntimeMap entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  RuntimeMap unique;
  for (auto& entry : entries) {
    if (!unique.empty() && unique.back().first == entry.first) unique.pop_back();
    unique.push_back(std::move(entry));
  }
  return std::make_shared<const RuntimeMap>(std::move(unique));
}

}  // namespace ketnghia::query
