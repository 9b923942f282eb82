#include <algorithm>

#include "engine/text/fold.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

RuntimeValue named(const CallContext& context, Arguments arguments) {
  const NodeId node = argument_as<NodeId>(context, arguments[0]);
  const std::string& asked = text_argument(context, arguments[1]);
  const auto property = [&](std::string_view key) {
    const auto id = context.snapshot.string_id(key);
    return id ? context.snapshot.property(node, *id) : Value();
  };
  const auto matches = [&](const Value& name) {
    return name.text() != nullptr && name_matches(asked, *name.text());
  };
  if (matches(property("name"))) return true;
  const Value aliases = property("aliases");
  const auto* list = std::get_if<List>(&aliases.data);
  return list != nullptr && std::any_of(list->begin(), list->end(), matches);
}

RuntimeValue key(const CallContext& context, Arguments arguments) {
  return match_key(text_argument(context, arguments[0]));
}

const std::array<Function, 2> kFunctions{{
    {.name = "named",
     .least = 2,
     .most = 2,
     .parameters = {kNode, kString},
     .result = BaseType::Boolean,
     .run = named,
     .doc = "named(x, 'bac kinh'): whether the name or an alias of x can be meant"},
    {.name = "key",
     .least = 1,
     .most = 1,
     .parameters = {kString},
     .result = BaseType::String,
     .run = key,
     .doc = "key(s): the folded form under which names meet"},
}};

}  // namespace

std::span<const Function> name_functions() { return kFunctions; }

}  // namespace ketnghia::query
