#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query-lang/analysis/bound_query.hpp"

namespace ketnghia::query {

struct Variable {
  std::string name;
  bound::Slot slot = 0;
  Type type;
};

// The variables that can be named at one place, in the order they came into scope.
class Scope {
 public:
  // The innermost of that name; null where there is none. Valid until the scope changes.
  const Variable* find(std::string_view name) const;
  // Hides what bore the name before.
  void add(Variable variable) { variables_.push_back(std::move(variable)); }
  void remove_last() { variables_.pop_back(); }

  const std::vector<Variable>& variables() const { return variables_; }
  std::vector<std::string> names() const;

 private:
  std::vector<Variable> variables_;
};

// Gives out slots, and gives those again that were released.
class Slots {
 public:
  bound::Slot take();
  void release(bound::Slot slot) { free_.push_back(slot); }
  std::size_t count() const { return count_; }

 private:
  std::vector<bound::Slot> free_;
  std::size_t count_ = 0;
};

}  // namespace ketnghia::query
