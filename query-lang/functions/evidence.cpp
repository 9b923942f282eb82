#include "engine/evidence/evidence.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>
#include <vector>

#include "engine/text/fold.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

using PathPtr = std::shared_ptr<const PathValue>;

// How far membership is followed, so that a ring of PART_OF ends.
constexpr int kMostSteps = 6;

std::optional<NodeId> node_named(std::string_view id) {
  std::uint64_t value = 0;
  if (!id.starts_with('n')) return {};
  const auto read = std::from_chars(id.data() + 1, id.data() + id.size(), value);
  if (read.ec != std::errc() || read.ptr != id.data() + id.size() || value == 0) return {};
  return NodeId{value};
}

// Evidence of a fact that was derived: what its two ends had to do with the event or agreement
// it was derived from, or else that itself.
std::vector<Evidence> derived_evidence(const Snapshot& snapshot, const EdgeRecord& edge) {
  const auto via_key = snapshot.string_id("via");
  const Value via_value = via_key ? snapshot.property(edge.id, *via_key) : Value();
  const auto via = via_value.text() ? node_named(*via_value.text()) : std::nullopt;
  if (!via) return {};
  std::vector<Evidence> found;
  for (const NodeId end : {edge.from, edge.to}) {
    for (const std::string_view name : {"TOOK_PART", "PARTY_TO"}) {
      const auto type = snapshot.string_id(name);
      if (!type) continue;
      auto cursor = snapshot.neighbours(end, Snapshot::Direction::Out, type);
      while (const auto neighbour = cursor.next()) {
        if (neighbour->other != *via) continue;
        const auto more = snapshot.evidence(neighbour->edge);
        found.insert(found.end(), more.begin(), more.end());
      }
    }
  }
  return found.empty() ? snapshot.evidence(*via) : found;
}

std::vector<Evidence> evidence_of(const Snapshot& snapshot, EdgeId id) {
  auto own = snapshot.evidence(id);
  if (!own.empty()) return own;
  const auto edge = snapshot.edge(id);
  return edge ? derived_evidence(snapshot, *edge) : own;
}

// In the order of the text, each piece once.
std::vector<Evidence> evidence_of(const CallContext& context, const RuntimeValue& value) {
  std::vector<Evidence> all;
  if (const auto* node = std::get_if<NodeId>(&value.data)) {
    all = context.snapshot.evidence(*node);
  } else if (const auto* edge = std::get_if<EdgeId>(&value.data)) {
    all = evidence_of(context.snapshot, *edge);
  } else {
    const auto& path = *argument_as<PathPtr>(context, value);
    for (const EdgeId id : path.edges) {
      const auto more = evidence_of(context.snapshot, id);
      all.insert(all.end(), more.begin(), more.end());
    }
    for (const NodeId id : path.nodes) {
      if (!path.edges.empty()) break;
      all = context.snapshot.evidence(id);
    }
  }
  if (all.size() < 2) return all;
  std::set<std::tuple<std::uint64_t, std::uint32_t, std::uint32_t, std::string>> seen;
  std::erase_if(all, [&](const Evidence& one) {
    return !seen.emplace(number(one.document), one.span.begin, one.span.end, one.quote).second;
  });
  return all;
}

// A property of a document by its key; null where it has none.
RuntimeValue told(const NodeRecord& document, std::optional<StringId> key) {
  const Value* value = key ? store::find(document.properties, *key) : nullptr;
  return value != nullptr ? to_runtime(*value) : RuntimeValue();
}

RuntimeValue evidence(const CallContext& context, Arguments arguments) {
  const Snapshot& snapshot = context.snapshot;
  const auto title = snapshot.string_id("title");
  const auto source = snapshot.string_id("source");
  const auto url = snapshot.string_id("url");
  const auto published = snapshot.string_id("published");
  NodeRecord document{};
  RuntimeList list;
  for (auto& one : evidence_of(context, arguments[0])) {
    context.budget.step();
    if (document.id != one.document) {
      document = snapshot.node(one.document).value_or(NodeRecord{one.document, {}, {}});
    }
    RuntimeMap map;  // by key
    map.reserve(8);
    map.emplace_back("document", "n" + std::to_string(number(one.document)));
    map.emplace_back("end", static_cast<std::int64_t>(one.span.end));
    map.emplace_back("published", told(document, published));
    map.emplace_back("quote", std::move(one.quote));
    map.emplace_back("source", told(document, source));
    map.emplace_back("start", static_cast<std::int64_t>(one.span.begin));
    map.emplace_back("title", told(document, title));
    map.emplace_back("url", told(document, url));
    list.emplace_back(std::make_shared<const RuntimeMap>(std::move(map)));
  }
  return make_list(std::move(list));
}

// How often the words stand in the evidence, whole and in this order.
std::int64_t occurrences(const CallContext& context, const RuntimeValue& of,
                         const std::string& words) {
  const std::string wanted = ' ' + match_key(words) + ' ';
  if (wanted.size() <= 2) return 0;
  std::int64_t count = 0;
  for (const auto& one : evidence_of(context, of)) {
    context.budget.step();
    const std::string text = ' ' + match_key(one.quote) + ' ';
    // Two matches side by side share the blank between them.
    for (auto at = text.find(wanted); at != text.npos;
         at = text.find(wanted, at + wanted.size() - 1)) {
      ++count;
    }
  }
  return count;
}

RuntimeValue search(const CallContext& context, Arguments arguments) {
  return occurrences(context, arguments[0], text_argument(context, arguments[1])) > 0;
}

RuntimeValue score(const CallContext& context, Arguments arguments) {
  if (arguments.size() == 1) {
    return static_cast<double>(evidence_of(context, arguments[0]).size());
  }
  return static_cast<double>(
      occurrences(context, arguments[0], text_argument(context, arguments[1])));
}

RuntimeValue of(const CallContext& context, Arguments arguments) {
  const NodeId wanted = argument_as<NodeId>(context, arguments[1]);
  std::vector<NodeId> level{argument_as<NodeId>(context, arguments[0])};
  std::set<NodeId> seen(level.begin(), level.end());
  for (int step = 0; step <= kMostSteps && !level.empty(); ++step) {
    if (std::find(level.begin(), level.end(), wanted) != level.end()) return true;
    std::vector<NodeId> next;
    for (const NodeId node : level) {
      for (const std::string_view name : {"BELONGS_TO", "PART_OF"}) {
        const auto type = context.snapshot.string_id(name);
        if (!type) continue;
        auto cursor = context.snapshot.neighbours(node, Snapshot::Direction::Out, type);
        while (const auto neighbour = cursor.next()) {
          context.budget.step();
          if (seen.insert(neighbour->other).second) next.push_back(neighbour->other);
        }
      }
    }
    level = std::move(next);
  }
  return false;
}

constexpr Accepts kEvident = kNode | kEdge | kPath;

const std::array<Function, 4> kFunctions{{
    {.name = "evidence",
     .least = 1,
     .most = 1,
     .parameters = {kEvident},
     .result = Type::list_of(BaseType::Map),
     .run = evidence,
     .doc = "evidence(x): [{document, title, source, url, published, start, end, quote}, …] of a "
            "node, "
            "a relationship or a path"},
    {.name = "search",
     .least = 2,
     .most = 2,
     .parameters = {kEvident, kString},
     .result = BaseType::Boolean,
     .run = search,
     .doc = "search(x, 'words'): whether some evidence of x has the words, case and marks aside"},
    {.name = "score",
     .least = 1,
     .most = 2,
     .parameters = {kEvident, kString},
     .result = BaseType::Float,
     .run = score,
     .doc = "score(x): how often the evidence of x has what search(x, …) looked for"},
    {.name = "of",
     .least = 2,
     .most = 2,
     .parameters = {kNode},
     .result = BaseType::Boolean,
     .run = of,
     .doc = "of(x, c): whether x is c, or belongs to it by BELONGS_TO and PART_OF"},
}};

}  // namespace

std::span<const Function> evidence_functions() { return kFunctions; }

}  // namespace ketnghia::query
