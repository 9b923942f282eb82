#include "query-lang/executor/edge_properties.hpp"

#include <algorithm>

#include "query-lang/executor/compare.hpp"

namespace ketnghia::query {

void EdgeProperties::compute(Row& row) {
  wanted_.clear();
  for (const auto& [key, value] : pattern_.properties) {
    wanted_.emplace_back(execution_.snapshot().string_id(key), execution_.evaluate(*value, row));
  }
}

bool EdgeProperties::fit(EdgeId edge) const {
  return std::all_of(wanted_.begin(), wanted_.end(), [&](const auto& wanted) {
    return wanted.first && equals(to_runtime(execution_.snapshot().property(edge, *wanted.first)),
                                  wanted.second) == Ternary(true);
  });
}

}  // namespace ketnghia::query
