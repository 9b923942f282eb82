#include "query-lang/analysis/scope.hpp"

#include <algorithm>

namespace ketnghia::query {

const Variable* Scope::find(std::string_view name) const {
  const auto found = std::find_if(variables_.rbegin(), variables_.rend(),
                                  [&](const Variable& variable) { return variable.name == name; });
  return found == variables_.rend() ? nullptr : &*found;
}

std::vector<std::string> Scope::names() const {
  std::vector<std::string> names;
  for (const auto& variable : variables_) names.push_back(variable.name);
  return names;
}

bound::Slot Slots::take() {
  if (free_.empty()) return static_cast<bound::Slot>(count_++);
  const bound::Slot slot = free_.back();
  free_.pop_back();
  return slot;
}

}  // namespace ketnghia::query
