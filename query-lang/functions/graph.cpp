#include "query-lang/executor/execution.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

using MapPtr = std::shared_ptr<const RuntimeMap>;
using PathPtr = std::shared_ptr<const PathValue>;

RuntimeValue id(const CallContext& context, Arguments arguments) {
  if (const auto* node = std::get_if<NodeId>(&arguments[0].data)) {
    return static_cast<std::int64_t>(number(*node));
  }
  return static_cast<std::int64_t>(number(argument_as<EdgeId>(context, arguments[0])));
}

RuntimeValue labels(const CallContext& context, Arguments arguments) {
  RuntimeList list;
  for (const StringId label : context.snapshot.labels(argument_as<NodeId>(context, arguments[0]))) {
    list.emplace_back(std::string(context.snapshot.string(label)));
  }
  return make_list(std::move(list));
}

std::optional<EdgeRecord> edge_of(const CallContext& context, const RuntimeValue& argument) {
  return context.snapshot.edge(argument_as<EdgeId>(context, argument));
}

RuntimeValue type(const CallContext& context, Arguments arguments) {
  const auto edge = edge_of(context, arguments[0]);
  return edge ? RuntimeValue(std::string(context.snapshot.string(edge->type))) : RuntimeValue();
}

RuntimeValue start_node(const CallContext& context, Arguments arguments) {
  const auto edge = edge_of(context, arguments[0]);
  return edge ? RuntimeValue(edge->from) : RuntimeValue();
}

RuntimeValue end_node(const CallContext& context, Arguments arguments) {
  const auto edge = edge_of(context, arguments[0]);
  return edge ? RuntimeValue(edge->to) : RuntimeValue();
}

RuntimeValue nodes(const CallContext& context, Arguments arguments) {
  const auto& path = argument_as<PathPtr>(context, arguments[0]);
  return make_list(RuntimeList(path->nodes.begin(), path->nodes.end()));
}

RuntimeValue relationships(const CallContext& context, Arguments arguments) {
  const auto& path = argument_as<PathPtr>(context, arguments[0]);
  return make_list(RuntimeList(path->edges.begin(), path->edges.end()));
}

RuntimeValue length(const CallContext& context, Arguments arguments) {
  return static_cast<std::int64_t>(argument_as<PathPtr>(context, arguments[0])->edges.size());
}

MapPtr map_of(const CallContext& context, const RuntimeValue& argument) {
  if (auto properties = properties_of(argument, context.snapshot)) return properties;
  return argument_as<MapPtr>(context, argument);
}

RuntimeValue properties(const CallContext& context, Arguments arguments) {
  return map_of(context, arguments[0]);
}

RuntimeValue keys(const CallContext& context, Arguments arguments) {
  RuntimeList list;
  const MapPtr map = map_of(context, arguments[0]);
  for (const auto& [key, value] : *map) list.emplace_back(key);
  return make_list(std::move(list));
}

Function of(std::string_view name, Accepts accepted, Type result,
            RuntimeValue (*run)(const CallContext&, Arguments), std::string_view doc) {
  return {.name = name,
          .least = 1,
          .most = 1,
          .parameters = {accepted},
          .result = std::move(result),
          .run = run,
          .doc = doc};
}

const std::array<Function, 10> kFunctions{{
    of("id", kNode | kEdge, BaseType::Integer, id, "id(x): the number of a node or a relationship"),
    of("labels", kNode, Type::list_of(BaseType::String), labels, "labels(node): its labels"),
    of("type", kEdge, BaseType::String, type, "type(relationship): its type"),
    of("startNode", kEdge, BaseType::Node, start_node,
       "startNode(relationship): where it comes from"),
    of("endNode", kEdge, BaseType::Node, end_node, "endNode(relationship): where it goes to"),
    of("nodes", kPath, Type::list_of(BaseType::Node), nodes, "nodes(path): its nodes in order"),
    of("relationships", kPath, Type::list_of(BaseType::Edge), relationships,
       "relationships(path): its relationships in order"),
    of("length", kPath, BaseType::Integer, length, "length(path): how many relationships it has"),
    of("properties", kNode | kEdge | kMap, BaseType::Map, properties,
       "properties(x): those of a node or a relationship as a map"),
    of("keys", kNode | kEdge | kMap, Type::list_of(BaseType::String), keys,
       "keys(x): of a node, a relationship or a map"),
}};

}  // namespace

std::span<const Function> graph_functions() { return kFunctions; }

}  // namespace ketnghia::query
