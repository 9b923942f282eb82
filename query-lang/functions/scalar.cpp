#include <limits>

#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

RuntimeValue coalesce(const CallContext&, Arguments arguments) {
  for (const auto& argument : arguments) {
    if (!argument.is_null()) return argument;
  }
  return {};
}

RuntimeValue exists(const CallContext&, Arguments arguments) { return !arguments[0].is_null(); }

const std::array<Function, 2> kFunctions{{
    {.name = "coalesce",
     .least = 1,
     .most = std::numeric_limits<std::size_t>::max(),
     .parameters = {},
     .result = {},
     .nulls = Nulls::Receive,
     .run = coalesce,
     .doc = "coalesce(a, b, …): the first that is not null"},
    {.name = "exists",
     .least = 1,
     .most = 1,
     .parameters = {},
     .result = BaseType::Boolean,
     .nulls = Nulls::Receive,
     .run = exists,
     .doc = "exists(n.key): whether there is such a property; exists((a)-->(b)): such a pattern"},
}};

}  // namespace

std::span<const Function> scalar_functions() { return kFunctions; }

}  // namespace ketnghia::query
