#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "engine/graph/whole_graph.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

using MapPtr = std::shared_ptr<const RuntimeMap>;
using ListPtr = std::shared_ptr<const RuntimeList>;

// Sources of betweenness where none are asked for: a few seconds of a million edges.
constexpr std::size_t kSamples = 256;

// What a map of options says, and what of it nobody asked for.
class Settings {
 public:
  Settings(const CallContext& context, Arguments arguments, std::size_t at) : context_(context) {
    if (arguments.size() > at && !arguments[at].is_null()) {
      map_ = argument_as<MapPtr>(context, arguments[at]);
    }
  }

  WholeGraphOptions graph() {
    WholeGraphOptions options;
    options.labels = ids("label");
    options.types = ids("types");
    options.through = ids("through");
    if (const auto* value = find("directed"))
      options.directed = argument_as<bool>(context_, *value);
    options.at_edge = [&budget = context_.budget] { budget.step(); };
    options.take = [this](std::size_t bytes) {
      context_.budget.hold(bytes);
      held_ += bytes;
    };
    return options;
  }

  double number(std::string_view key, double otherwise, double low, double high) {
    const auto* value = find(key);
    if (value == nullptr) return otherwise;
    const double number = number_argument(context_, *value);
    if (!(number >= low && number <= high)) {
      context_.fail("ArgumentError", "NumberOutOfRange",
                    std::string(key) + " goes from " + shown(low) + " to " + shown(high));
    }
    return number;
  }

  // To be called once all keys are known.
  void check() const {
    if (!map_) return;
    for (const auto& [key, value] : *map_) {
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      std::string names;
      for (const auto& name : known_) names += (names.empty() ? "" : ", ") + name;
      context_.fail("ArgumentError", "UnknownOption",
                    "there is no option " + key + " here, only " + names);
    }
  }

  ~Settings() { context_.budget.release(held_); }
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

 private:
  static std::string shown(double number) {
    std::string text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  }

  const RuntimeValue* find(std::string_view key) {
    known_.emplace_back(key);
    if (!map_) return nullptr;
    for (const auto& [name, value] : *map_) {
      if (name == key && !value.is_null()) return &value;
    }
    return nullptr;
  }

  // One name or a list of them. Those that the graph does not know are kept as none: nothing has
  // them.
  std::vector<StringId> ids(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) return {};
    std::vector<StringId> ids;
    const auto add = [&](const RuntimeValue& name) {
      const auto id = context_.snapshot.string_id(text_argument(context_, name));
      ids.push_back(id.value_or(StringId{std::numeric_limits<std::uint32_t>::max()}));
    };
    if (const auto* list = std::get_if<ListPtr>(&value->data)) {
      for (const auto& name : **list) add(name);
    } else {
      add(*value);
    }
    return ids;
  }

  const CallContext& context_;
  MapPtr map_;
  std::vector<std::string> known_;
  std::size_t held_ = 0;
};

// A row for each node: the node, and what `values` say of it.
template <typename... Values>
RuntimeValue rows_of(const CallContext& context, const WholeGraph& graph, const Values&... values) {
  constexpr std::size_t kRow = sizeof(RuntimeList) + (sizeof...(values) + 2) * sizeof(RuntimeValue);
  context.budget.work(graph.nodes().size() * kRow);
  RuntimeList rows;
  rows.reserve(graph.nodes().size());
  const auto value = [](auto number) -> RuntimeValue {
    if constexpr (std::is_floating_point_v<decltype(number)>) {
      return number;
    } else {
      return static_cast<std::int64_t>(number);
    }
  };
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    context.budget.step();
    rows.emplace_back(make_list(RuntimeList{graph.nodes()[i], value(values[i])...}));
  }
  return make_list(std::move(rows));
}

std::vector<std::uint32_t> sizes_of(const std::vector<std::uint32_t>& groups) {
  std::vector<std::uint32_t> counts(groups.size());
  for (const auto group : groups) ++counts[group];
  std::vector<std::uint32_t> sizes;
  sizes.reserve(groups.size());
  for (const auto group : groups) sizes.push_back(counts[group]);
  return sizes;
}

RuntimeValue degree(const CallContext& context, Arguments arguments) {
  Settings settings(context, arguments, 0);
  const auto options = settings.graph();
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  return rows_of(context, graph, graph.degrees());
}

RuntimeValue components(const CallContext& context, Arguments arguments) {
  Settings settings(context, arguments, 0);
  const auto options = settings.graph();
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  const auto groups = graph.components();
  return rows_of(context, graph, groups, sizes_of(groups));
}

RuntimeValue communities(const CallContext& context, Arguments arguments) {
  Settings settings(context, arguments, 0);
  const auto options = settings.graph();
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  const auto groups = graph.communities();
  return rows_of(context, graph, groups, sizes_of(groups));
}

RuntimeValue page_rank(const CallContext& context, Arguments arguments) {
  Settings settings(context, arguments, 0);
  const auto options = settings.graph();
  const double damping = settings.number("damping", 0.85, 0, 1);
  const double iterations = settings.number("iterations", 20, 1, 1000);
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  return rows_of(context, graph, graph.page_rank(damping, static_cast<unsigned>(iterations)));
}

RuntimeValue betweenness(const CallContext& context, Arguments arguments) {
  Settings settings(context, arguments, 0);
  const auto options = settings.graph();
  const double samples = settings.number("samples", kSamples, 1, 1e9);
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  return rows_of(context, graph, graph.betweenness(static_cast<std::size_t>(samples)));
}

RuntimeValue core(const CallContext& context, Arguments arguments) {
  Settings settings(context, arguments, 0);
  const auto options = settings.graph();
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  return rows_of(context, graph, graph.cores());
}

RuntimeValue paths(const CallContext& context, Arguments arguments) {
  const NodeId from = argument_as<NodeId>(context, arguments[0]);
  const NodeId to = argument_as<NodeId>(context, arguments[1]);
  const std::size_t count = count_argument(context, arguments[2]);
  Settings settings(context, arguments, 3);
  const auto options = settings.graph();
  settings.check();
  const WholeGraph graph(context.snapshot, options);
  RuntimeList rows;
  for (Path& path : graph.shortest(from, to, count)) {
    const auto length = static_cast<std::int64_t>(path.edges.size());
    auto value =
        std::make_shared<const PathValue>(PathValue{std::move(path.nodes), std::move(path.edges)});
    rows.emplace_back(make_list(RuntimeList{std::move(value), length}));
  }
  return make_list(std::move(rows));
}

Function of(std::string_view name, RuntimeValue (*run)(const CallContext&, Arguments),
            std::string_view yields, std::string_view doc) {
  return {.name = name,
          .least = 0,
          .most = 1,
          .parameters = {kMap},
          .result = Type::list_of(BaseType::List),
          .run = run,
          .yields = yields,
          .doc = doc};
}

const std::array<Function, 7> kFunctions{{
    of("algo.degree", degree, "node degree",
       "algo.degree({label, types, through, directed}): how many edges each node has"),
    of("algo.components", components, "node component size",
       "algo.components({label, types, through}): what hangs together"),
    of("algo.communities", communities, "node community size",
       "algo.communities({label, types, through}): groups with more edges within than without"),
    of("algo.pagerank", page_rank, "node score",
       "algo.pagerank({label, types, through, directed, damping, iterations}): how central a node "
       "is by those it is tied to"),
    of("algo.betweenness", betweenness, "node score",
       "algo.betweenness({label, types, through, directed, samples}): of how many shortest paths a "
       "node is part of"),
    of("algo.core", core, "node core",
       "algo.core({label, types, through}): the densest part that a node is in, by least "
       "neighbours"),
    {.name = "algo.paths",
     .least = 3,
     .most = 4,
     .parameters = {kNode, kNode, kInteger, kMap},
     .result = Type::list_of(BaseType::List),
     .run = paths,
     .yields = "path length",
     .doc = "algo.paths(a, b, k, {types, directed}): the k shortest paths"},
}};

}  // namespace

std::span<const Function> algo_functions() { return kFunctions; }

}  // namespace ketnghia::query
