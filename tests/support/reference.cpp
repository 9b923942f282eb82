#include "tests/support/reference.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "query-lang/analysis/precedence.hpp"
#include "query-lang/functions/registry.hpp"
#include "query-lang/parser/parse.hpp"

namespace ketnghia::query::test {
namespace {

using ListPtr = std::shared_ptr<const RuntimeList>;
using MapPtr = std::shared_ptr<const RuntimeMap>;
using PathPtr = std::shared_ptr<const PathValue>;
using Bindings = std::map<std::string, RuntimeValue>;
using Table = std::vector<Bindings>;
using Group = std::vector<const Bindings*>;
using Truth = std::optional<bool>;

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

RuntimeValue list_value(RuntimeList list) { return make_list(std::move(list)); }
RuntimeValue truth_value(Truth truth) { return truth ? RuntimeValue(*truth) : RuntimeValue(); }

std::optional<double> number_of(const RuntimeValue& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value.data)) return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(&value.data)) return *d;
  return {};
}

// Values of the statements here are small: integers are exact as floats.
Truth same(const RuntimeValue& a, const RuntimeValue& b) {
  if (a.is_null() || b.is_null()) return {};
  const auto x = number_of(a);
  const auto y = number_of(b);
  if (x && y) return *x == *y;
  if (a.data.index() != b.data.index()) return false;
  const auto pairwise = [](std::size_t size, const auto& left, const auto& right) {
    Truth result = true;
    for (std::size_t i = 0; i < size; ++i) {
      const Truth one = same(left(i), right(i));
      if (one == Truth(false)) return one;
      if (!one) result.reset();
    }
    return result;
  };
  if (const auto* list = std::get_if<ListPtr>(&a.data)) {
    const auto& other = *std::get<ListPtr>(b.data);
    if ((*list)->size() != other.size()) return false;
    return pairwise(
        other.size(), [&](std::size_t i) { return (**list)[i]; },
        [&](std::size_t i) { return other[i]; });
  }
  if (const auto* map = std::get_if<MapPtr>(&a.data)) {
    const auto& other = *std::get<MapPtr>(b.data);
    if ((*map)->size() != other.size()) return false;
    for (std::size_t i = 0; i < other.size(); ++i) {
      if ((**map)[i].first != other[i].first) return false;
    }
    return pairwise(
        other.size(), [&](std::size_t i) { return (**map)[i].second; },
        [&](std::size_t i) { return other[i].second; });
  }
  if (const auto* path = std::get_if<PathPtr>(&a.data)) {
    return **path == *std::get<PathPtr>(b.data);
  }
  return a.data == b.data;
}

// -1, 0, 1; nothing where the two cannot be compared.
std::optional<int> compared(const RuntimeValue& a, const RuntimeValue& b) {
  const auto x = number_of(a);
  const auto y = number_of(b);
  if (x && y) return (*x > *y) - (*x < *y);
  if (a.data.index() != b.data.index()) return {};
  if (const auto* text = std::get_if<std::string>(&a.data)) {
    const int order = text->compare(std::get<std::string>(b.data));
    return (order > 0) - (order < 0);
  }
  if (const auto* boolean = std::get_if<bool>(&a.data)) {
    return static_cast<int>(*boolean) - static_cast<int>(std::get<bool>(b.data));
  }
  if (const auto* list = std::get_if<ListPtr>(&a.data)) {
    const auto& other = *std::get<ListPtr>(b.data);
    for (std::size_t i = 0; i < std::min((*list)->size(), other.size()); ++i) {
      const Truth equal = same((**list)[i], other[i]);
      if (!equal) return {};
      if (!*equal) return compared((**list)[i], other[i]);
    }
    return ((*list)->size() > other.size()) - ((*list)->size() < other.size());
  }
  return {};
}

// The order of ORDER BY: of maps, nodes, relationships, lists, paths, strings, booleans, numbers,
// null.
int ordered(const RuntimeValue& a, const RuntimeValue& b) {
  const auto place = [](const RuntimeValue& value) {
    constexpr int kPlaces[] = {9, 6, 7, 7, 5, 1, 2, 3, 0, 4};
    return kPlaces[value.data.index()];
  };
  if (place(a) != place(b)) return place(a) < place(b) ? -1 : 1;
  const auto by = [](const auto& x, const auto& y) { return (x > y) - (x < y); };
  if (a.is_null()) return 0;
  if (const auto* node = std::get_if<NodeId>(&a.data)) {
    return by(number(*node), number(std::get<NodeId>(b.data)));
  }
  if (const auto* edge = std::get_if<EdgeId>(&a.data)) {
    return by(number(*edge), number(std::get<EdgeId>(b.data)));
  }
  if (const auto* path = std::get_if<PathPtr>(&a.data)) {
    const auto& other = *std::get<PathPtr>(b.data);
    const int nodes = by((*path)->nodes, other.nodes);
    return nodes != 0 ? nodes : by((*path)->edges, other.edges);
  }
  if (const auto* list = std::get_if<ListPtr>(&a.data)) {
    const auto& other = *std::get<ListPtr>(b.data);
    for (std::size_t i = 0; i < std::min((*list)->size(), other.size()); ++i) {
      if (const int one = ordered((**list)[i], other[i]); one != 0) return one;
    }
    return by((*list)->size(), other.size());
  }
  if (std::holds_alternative<MapPtr>(a.data)) fail("maps are not ordered here");
  return *compared(a, b);
}

bool alike(const std::vector<RuntimeValue>& a, const std::vector<RuntimeValue>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return ordered(x, y) == 0; });
}

RuntimeValue calculated(ast::Infix op, const RuntimeValue& a, const RuntimeValue& b) {
  if (a.is_null() || b.is_null()) return {};
  const auto* list_a = std::get_if<ListPtr>(&a.data);
  const auto* list_b = std::get_if<ListPtr>(&b.data);
  if (op == ast::Infix::Add && (list_a || list_b)) {
    RuntimeList joined = list_a ? **list_a : RuntimeList{a};
    if (list_b) {
      joined.insert(joined.end(), (*list_b)->begin(), (*list_b)->end());
    } else {
      joined.push_back(b);
    }
    return list_value(std::move(joined));
  }
  const auto* text_a = std::get_if<std::string>(&a.data);
  const auto* text_b = std::get_if<std::string>(&b.data);
  if (op == ast::Infix::Add && text_a && text_b) return *text_a + *text_b;
  const auto x = number_of(a);
  const auto y = number_of(b);
  if (!x || !y) fail("no number");
  const auto* i = std::get_if<std::int64_t>(&a.data);
  const auto* j = std::get_if<std::int64_t>(&b.data);
  if (i && j && op != ast::Infix::Power) {
    switch (op) {
      case ast::Infix::Add:
        return *i + *j;
      case ast::Infix::Subtract:
        return *i - *j;
      case ast::Infix::Multiply:
        return *i * *j;
      default:
        if (*j == 0) fail("divided by zero");
        return op == ast::Infix::Divide ? *i / *j : *i % *j;
    }
  }
  switch (op) {
    case ast::Infix::Add:
      return *x + *y;
    case ast::Infix::Subtract:
      return *x - *y;
    case ast::Infix::Multiply:
      return *x * *y;
    case ast::Infix::Divide:
      return *x / *y;
    case ast::Infix::Modulo:
      return std::fmod(*x, *y);
    default:
      return std::pow(*x, *y);
  }
}

RuntimeValue entry(const RuntimeMap& map, std::string_view key) {
  for (const auto& [name, value] : map) {
    if (name == key) return value;
  }
  return {};
}

struct Node {
  NodeId id{};
  std::set<std::string, std::less<>> labels;
  RuntimeMap properties;
};
struct Edge {
  EdgeId id{};
  std::string type;
  NodeId from{};
  NodeId to{};
  RuntimeMap properties;
};

bool has_aggregate(const ast::Expression& expression);

bool has_aggregate(const ast::Operand& operand) {
  const auto any = [](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [](const ast::Expression& e) { return has_aggregate(e); });
  };
  if (const auto* call = std::get_if<ast::Call>(&operand.atom)) {
    const Function* function = find_function(call->name.text);
    return (function != nullptr && function->accumulate != nullptr) || any(call->arguments);
  }
  if (const auto* list = std::get_if<ast::ListAtom>(&operand.atom)) return any(list->items);
  if (const auto* box = std::get_if<ast::Box<ast::Expression>>(&operand.atom)) {
    return has_aggregate(**box);
  }
  return std::holds_alternative<ast::CountAll>(operand.atom);
}

bool has_aggregate(const ast::Expression& expression) {
  return has_aggregate(expression.first) ||
         std::any_of(expression.rest.begin(), expression.rest.end(), [](const ast::Tail& tail) {
           return tail.operand && has_aggregate(*tail.operand);
         });
}

class Reference {
 public:
  Reference(const Snapshot& snapshot, std::string_view statement, const Options& options,
            std::size_t most_rows)
      : snapshot_(snapshot),
        statement_(statement),
        options_(options),
        budget_(options),
        most_rows_(most_rows) {
    auto nodes = snapshot.nodes();
    while (const auto id = nodes.next()) {
      Node node;
      node.id = *id;
      for (const StringId label : snapshot.labels(*id)) {
        node.labels.emplace(snapshot.string(label));
      }
      node.properties = properties_of(snapshot.node(*id)->properties);
      nodes_.push_back(std::move(node));
    }
    auto edges = snapshot.edges();
    while (const auto id = edges.next()) {
      const auto record = *snapshot.edge(*id);
      edges_.push_back({*id, std::string(snapshot.string(record.type)), record.from, record.to,
                        properties_of(record.properties)});
    }
  }

  std::vector<std::vector<RuntimeValue>> query(const ast::Query& query, const Bindings& outer,
                                               bool nested) {
    auto rows = single(query.first, outer, nested);
    const auto columns = columns_;
    for (const auto& part : query.rest) {
      auto more = single(part.query, outer, nested);
      for (auto& row : more) {
        std::vector<RuntimeValue> placed;
        for (const auto& name : columns) {
          const auto at = std::find(columns_.begin(), columns_.end(), name) - columns_.begin();
          placed.push_back(row[static_cast<std::size_t>(at)]);
        }
        rows.push_back(std::move(placed));
      }
    }
    if (!query.rest.empty() && !query.rest.front().all) rows = distinct(rows);
    return rows;
  }

 private:
  RuntimeMap properties_of(const std::vector<std::pair<StringId, Value>>& stored) const {
    RuntimeMap map;
    for (const auto& [key, value] : stored) {
      map.emplace_back(snapshot_.string(key), to_runtime(value));
    }
    return map;
  }

  static std::vector<std::vector<RuntimeValue>> distinct(
      const std::vector<std::vector<RuntimeValue>>& rows) {
    std::vector<std::vector<RuntimeValue>> kept;
    for (const auto& row : rows) {
      if (std::none_of(kept.begin(), kept.end(),
                       [&](const auto& other) { return alike(row, other); })) {
        kept.push_back(row);
      }
    }
    return kept;
  }

  std::vector<std::vector<RuntimeValue>> single(const ast::SingleQuery& query,
                                                const Bindings& outer, bool nested) {
    Table table{outer};
    columns_.clear();
    for (const auto& clause : query.clauses) {
      if (const auto* one = std::get_if<ast::Match>(&clause)) {
        table = matched(*one, table);
      } else if (const auto* unwound = std::get_if<ast::Unwind>(&clause)) {
        Table next;
        for (const auto& row : table) {
          const RuntimeValue value = this->value(unwound->list, row);
          const auto* list = std::get_if<ListPtr>(&value.data);
          const RuntimeList elements = list ? **list : RuntimeList{value};
          if (value.is_null()) continue;
          for (const auto& element : elements) {
            next.push_back(row);
            next.back()[unwound->variable.text] = element;
          }
          check_size(next);
        }
        table = std::move(next);
      } else {
        table = projected(std::get<ast::Project>(clause), table, outer);
      }
    }
    std::vector<std::vector<RuntimeValue>> rows;
    for (auto& row : table) {
      auto& values = rows.emplace_back();
      if (columns_.empty() && nested) continue;
      for (const auto& name : columns_) values.push_back(row.at(name));
    }
    return rows;
  }

  void check_size(const Table& table) const {
    if (table.size() > most_rows_) throw TooManyRows();
  }

  // MATCH

  struct Walk {
    const std::vector<ast::PatternPart>* parts;
    std::set<EdgeId> used;
    // Properties are asked for once all variables have values: they may read any of them.
    std::vector<std::pair<RuntimeValue, const ast::Properties*>> wanted;
    std::function<void(const Bindings&)> found;
  };

  Table matched(const ast::Match& match, const Table& table) {
    Table result;
    for (const auto& row : table) {
      const std::size_t before = result.size();
      const auto keep = [&](const Bindings& candidate) {
        if (match.where && !holds(*match.where, candidate)) return;
        result.push_back(candidate);
        check_size(result);
      };
      patterns(match.parts, row, keep);
      if (match.optional && result.size() == before) {
        Bindings empty = row;
        for (const auto& part : match.parts) name_all(part, empty);
        result.push_back(std::move(empty));
      }
    }
    return result;
  }

  static void name_all(const ast::PatternPart& part, Bindings& row) {
    const auto name = [&](const std::optional<ast::Name>& variable) {
      if (variable) row.try_emplace(variable->text);
    };
    name(part.variable);
    name(part.path.element.start.variable);
    for (const auto& step : part.path.element.steps) {
      if (step.edge.detail) name(step.edge.detail->variable);
      name(step.node.variable);
    }
  }

  void patterns(const std::vector<ast::PatternPart>& parts, const Bindings& row,
                const std::function<void(const Bindings&)>& found) {
    Walk walk{&parts, {}, {}, {}};
    walk.found = [&](const Bindings& candidate) {
      for (const auto& [of, properties] : walk.wanted) {
        if (!fits(of, *properties, candidate)) return;
      }
      found(candidate);
    };
    part(walk, 0, row);
  }

  bool fits(const RuntimeValue& of, const ast::Properties& properties, const Bindings& row) {
    const auto* map = std::get_if<ast::MapLiteral>(&properties);
    return map == nullptr ||
           std::all_of(map->entries.begin(), map->entries.end(), [&](const ast::MapEntry& wanted) {
             return same(property(of, wanted.key.text), value(*wanted.value, row)) == Truth(true);
           });
  }

  void part(Walk& walk, std::size_t index, const Bindings& row) {
    if (++tried_ > 400000) throw TooManyRows();
    if (index == walk.parts->size()) {
      walk.found(row);
      return;
    }
    const auto& part = (*walk.parts)[index];
    const auto& element = part.path.element;
    for (const auto& start : nodes_) {
      with_node(walk, element.start, start, row, [&](const Bindings& bound) {
        if (part.path.kind == ast::PathKind::Every) {
          step(walk, index, 0, {{start.id}, {}}, bound);
        } else {
          shortest(walk, index, start, bound);
        }
      });
    }
  }

  void with_node(Walk& walk, const ast::NodePattern& pattern, const Node& node, const Bindings& row,
                 const std::function<void(const Bindings&)>& go_on) {
    for (const auto& label : pattern.labels) {
      if (!node.labels.contains(label.text)) return;
    }
    Bindings bound = row;
    if (pattern.variable) {
      const auto [at, is_new] = bound.try_emplace(pattern.variable->text, node.id);
      if (!is_new && same(at->second, node.id) != Truth(true)) return;
    }
    walk.wanted.emplace_back(node.id, &pattern.properties);
    go_on(bound);
    walk.wanted.pop_back();
  }

  // The edges that go on from `at` as the pattern wants, with where they lead.
  std::vector<std::pair<const Edge*, NodeId>> steps_from(const ast::EdgePattern& pattern,
                                                         NodeId at) const {
    std::vector<std::pair<const Edge*, NodeId>> result;
    for (const auto& edge : edges_) {
      if (pattern.detail && !pattern.detail->types.empty() &&
          std::none_of(pattern.detail->types.begin(), pattern.detail->types.end(),
                       [&](const ast::Name& type) { return type.text == edge.type; })) {
        continue;
      }
      const bool both = pattern.left == pattern.right;
      if ((both || pattern.right) && edge.from == at) {
        result.emplace_back(&edge, edge.to);
      } else if ((both || pattern.left) && edge.to == at) {
        result.emplace_back(&edge, edge.from);
      }
    }
    return result;
  }

  void step(Walk& walk, std::size_t index, std::size_t at, const PathValue& path,
            const Bindings& row) {
    if (++tried_ > 400000) throw TooManyRows();
    const auto& part = (*walk.parts)[index];
    if (at == part.path.element.steps.size()) {
      Bindings bound = row;
      if (part.variable) bound[part.variable->text] = std::make_shared<const PathValue>(path);
      this->part(walk, index + 1, bound);
      return;
    }
    const auto& [pattern, node] = part.path.element.steps[at];
    if (pattern.detail && pattern.detail->length) {
      stretch(walk, index, at, path, path.edges.size(), row);
      return;
    }
    for (const auto& [edge, to] : steps_from(pattern, path.nodes.back())) {
      if (!walk.used.insert(edge->id).second) continue;
      Bindings bound = row;
      const bool named = pattern.detail && pattern.detail->variable;
      bool fits = true;
      if (named) {
        const auto [known, is_new] = bound.try_emplace(pattern.detail->variable->text, edge->id);
        fits = is_new || same(known->second, edge->id) == Truth(true);
      }
      if (fits) {
        if (pattern.detail) walk.wanted.emplace_back(edge->id, &pattern.detail->properties);
        with_node(walk, node, node_of(to), bound, [&](const Bindings& both) {
          PathValue longer = path;
          longer.edges.push_back(edge->id);
          longer.nodes.push_back(to);
          step(walk, index, at + 1, longer, both);
        });
        if (pattern.detail) walk.wanted.pop_back();
      }
      walk.used.erase(edge->id);
    }
  }

  static std::pair<std::uint64_t, std::uint64_t> bounds(const ast::EdgePattern& pattern) {
    if (!pattern.detail || !pattern.detail->length) return {1, 1};
    const auto& length = *pattern.detail->length;
    const std::uint64_t low = length.low.value_or(1);
    return {low, length.high ? *length.high : length.low && !length.dots ? low : 1000};
  }

  void stretch(Walk& walk, std::size_t index, std::size_t at, const PathValue& path,
               std::size_t from, const Bindings& row) {
    if (++tried_ > 400000) throw TooManyRows();
    const auto& [pattern, node] = (*walk.parts)[index].path.element.steps[at];
    const auto [low, high] = bounds(pattern);
    const std::size_t length = path.edges.size() - from;
    if (length >= low && length <= high) {
      Bindings bound = row;
      bool fits = true;
      if (pattern.detail->variable) {
        const auto begin = path.edges.begin() + static_cast<std::ptrdiff_t>(from);
        const RuntimeValue list = list_value(RuntimeList(begin, path.edges.end()));
        const auto [known, is_new] = bound.try_emplace(pattern.detail->variable->text, list);
        fits = is_new || same(known->second, list) == Truth(true);
      }
      if (fits) {
        with_node(walk, node, node_of(path.nodes.back()), bound,
                  [&](const Bindings& both) { step(walk, index, at + 1, path, both); });
      }
    }
    if (length >= high) return;
    for (const auto& [edge, to] : steps_from(pattern, path.nodes.back())) {
      if (!walk.used.insert(edge->id).second) continue;
      walk.wanted.emplace_back(edge->id, &pattern.detail->properties);
      PathValue longer = path;
      longer.edges.push_back(edge->id);
      longer.nodes.push_back(to);
      stretch(walk, index, at, longer, from, row);
      walk.wanted.pop_back();
      walk.used.erase(edge->id);
    }
  }

  // Every trail is tried, and the shortest of those to one end kept.
  void shortest(Walk& walk, std::size_t index, const Node& start, const Bindings& row) {
    const auto& part = (*walk.parts)[index];
    const auto& [pattern, node] = part.path.element.steps.front();
    const auto [low, high] = bounds(pattern);
    std::map<NodeId, std::vector<PathValue>> best;
    std::function<void(const PathValue&)> go = [&](const PathValue& path) {
      if (++tried_ > 400000) throw TooManyRows();
      auto& known = best[path.nodes.back()];
      const std::size_t length = path.edges.size();
      if (length >= low && length <= high &&
          (known.empty() || known.front().edges.size() >= length)) {
        if (!known.empty() && known.front().edges.size() > length) known.clear();
        known.push_back(path);
      }
      if (length >= high) return;
      for (const auto& [edge, to] : steps_from(pattern, path.nodes.back())) {
        if (std::find(path.nodes.begin(), path.nodes.end(), to) != path.nodes.end() ||
            walk.used.contains(edge->id) ||
            (pattern.detail && !fits(edge->id, pattern.detail->properties, row))) {
          continue;
        }
        PathValue longer = path;
        longer.edges.push_back(edge->id);
        longer.nodes.push_back(to);
        go(longer);
      }
    };
    go({{start.id}, {}});
    for (const auto& [end, paths] : best) {
      for (const auto& path : paths) {
        Bindings bound = row;
        if (pattern.detail && pattern.detail->variable) {
          bound[pattern.detail->variable->text] =
              list_value(RuntimeList(path.edges.begin(), path.edges.end()));
        }
        if (part.variable) bound[part.variable->text] = std::make_shared<const PathValue>(path);
        with_node(walk, node, node_of(end), bound,
                  [&](const Bindings& both) { this->part(walk, index + 1, both); });
        if (part.path.kind == ast::PathKind::Shortest) break;
      }
    }
  }

  const Node& node_of(NodeId id) const {
    return *std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& n) { return n.id == id; });
  }
  const Edge& edge_of(EdgeId id) const {
    return *std::find_if(edges_.begin(), edges_.end(), [&](const Edge& e) { return e.id == id; });
  }

  // WITH and RETURN

  std::string column_name(const ast::ProjectionItem& item) const {
    if (item.alias) return item.alias->text;
    if (item.expression.rest.empty() && item.expression.first.suffixes.empty()) {
      if (const auto* name = std::get_if<ast::Name>(&item.expression.first.atom)) {
        return name->text;
      }
    }
    return std::string(item.expression.span.of(statement_));
  }

  Table projected(const ast::Project& project, const Table& table, const Bindings& outer) {
    const auto& projection = project.projection;
    const auto& items = projection.columns.items;
    std::vector<std::string> names;
    if (projection.columns.all && !table.empty()) {
      for (const auto& [name, value] : table.front()) names.push_back(name);
    }
    const std::size_t starred = names.size();
    bool grouped = false;
    for (const auto& item : items) {
      names.push_back(column_name(item));
      grouped = grouped || has_aggregate(item.expression);
    }
    struct Row {
      std::vector<RuntimeValue> values;
      Bindings seen;  // by ORDER BY and WHERE
      std::vector<RuntimeValue> sort;
    };
    std::vector<Row> rows;
    const auto add = [&](std::vector<RuntimeValue> values, const Bindings* before) {
      Row row;
      row.seen = before ? *before : outer;
      for (std::size_t i = 0; i < names.size(); ++i) row.seen[names[i]] = values[i];
      row.values = std::move(values);
      rows.push_back(std::move(row));
    };
    if (!grouped) {
      for (const auto& from : table) {
        std::vector<RuntimeValue> values;
        for (std::size_t i = 0; i < starred; ++i) values.push_back(from.at(names[i]));
        for (const auto& item : items) values.push_back(value(item.expression, from));
        const bool known =
            projection.distinct && std::any_of(rows.begin(), rows.end(), [&](const Row& other) {
              return alike(other.values, values);
            });
        if (!known) add(std::move(values), projection.distinct ? nullptr : &from);
      }
    } else {
      std::vector<std::pair<std::vector<RuntimeValue>, Group>> groups;
      for (const auto& from : table) {
        std::vector<RuntimeValue> keys;
        for (const auto& item : items) {
          if (!has_aggregate(item.expression)) keys.push_back(value(item.expression, from));
        }
        const auto known = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
          return alike(group.first, keys);
        });
        if (known != groups.end()) {
          known->second.push_back(&from);
        } else {
          groups.push_back({std::move(keys), {&from}});
        }
      }
      const bool keyless = std::all_of(items.begin(), items.end(), [](const auto& item) {
        return has_aggregate(item.expression);
      });
      if (groups.empty() && keyless) groups.emplace_back();
      for (const auto& [keys, group] : groups) {
        std::vector<RuntimeValue> values;
        auto key = keys.begin();
        const Bindings& first = group.empty() ? outer : *group.front();
        for (const auto& item : items) {
          if (has_aggregate(item.expression)) {
            values.push_back(value(item.expression, first, &group));
          } else {
            values.push_back(*key++);
          }
        }
        const bool known =
            projection.distinct && std::any_of(rows.begin(), rows.end(), [&](const Row& other) {
              return alike(other.values, values);
            });
        if (!known) add(std::move(values), nullptr);
      }
    }
    for (auto& row : rows) {
      for (const auto& key : projection.order) row.sort.push_back(value(key.expression, row.seen));
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
      for (std::size_t i = 0; i < a.sort.size(); ++i) {
        const int one = ordered(a.sort[i], b.sort[i]);
        if (one != 0) return projection.order[i].descending ? one > 0 : one < 0;
      }
      return false;
    });
    const auto count = [&](const std::optional<ast::Expression>& expression, std::size_t none) {
      if (!expression) return none;
      return static_cast<std::size_t>(std::get<std::int64_t>(value(*expression, {}).data));
    };
    const std::size_t from = std::min(count(projection.skip, 0), rows.size());
    const std::size_t to =
        from + std::min(count(projection.limit, rows.size()), rows.size() - from);
    columns_ = names;
    Table result;
    for (std::size_t i = from; i < to; ++i) {
      if (project.where && !holds(*project.where, rows[i].seen)) continue;
      Bindings kept = outer;
      for (std::size_t j = 0; j < names.size(); ++j) kept[names[j]] = rows[i].values[j];
      result.push_back(std::move(kept));
    }
    return result;
  }

  // Expressions

  RuntimeValue value(const ast::Expression& expression, const Bindings& row,
                     const Group* group = nullptr) {
    return value(operator_tree(expression), row, group);
  }

  bool holds(const ast::Expression& condition, const Bindings& row) {
    return truth(value(condition, row)) == Truth(true);
  }

  static Truth truth(const RuntimeValue& value) {
    if (value.is_null()) return {};
    if (const auto* boolean = std::get_if<bool>(&value.data)) return *boolean;
    fail("no condition");
  }

  RuntimeValue value(const OperatorTree& tree, const Bindings& row, const Group* group) {
    const auto operand = [&](std::size_t i) { return value(tree.operands[i], row, group); };
    const std::size_t count = tree.operands.size();
    switch (tree.level) {
      case Level::Or:
      case Level::And: {
        bool unknown = false;
        for (std::size_t i = 0; i < count; ++i) {
          const Truth one = truth(operand(i));
          if (one == Truth(tree.level == Level::Or)) return truth_value(one);
          unknown = unknown || !one;
        }
        return unknown ? RuntimeValue() : RuntimeValue(tree.level == Level::And);
      }
      case Level::Xor: {
        Truth result = false;
        for (std::size_t i = 0; i < count; ++i) {
          const Truth one = truth(operand(i));
          result = one && result ? Truth(*one != *result) : Truth();
        }
        return truth_value(result);
      }
      case Level::Not: {
        const Truth one = truth(operand(0));
        return one ? RuntimeValue(*one == tree.twice) : RuntimeValue();
      }
      case Level::Comparison:
        return comparison(tree, row, group);
      case Level::Predicate:
        return predicate(tree, row, group);
      case Level::Additive:
      case Level::Multiplicative:
      case Level::Power: {
        RuntimeValue result = operand(0);
        for (std::size_t i = 1; i < count; ++i) {
          result = calculated(tree.operators[i - 1], result, operand(i));
        }
        return result;
      }
      case Level::Sign: {
        const RuntimeValue inner = operand(0);
        return tree.negative ? calculated(ast::Infix::Subtract, std::int64_t{0}, inner) : inner;
      }
      case Level::Atom:
        break;
    }
    return value(*tree.operand, row, group);
  }

  RuntimeValue comparison(const OperatorTree& tree, const Bindings& row, const Group* group) {
    Truth result = true;
    for (std::size_t i = 0; i < tree.operators.size(); ++i) {
      const RuntimeValue a = value(tree.operands[i], row, group);
      const RuntimeValue b = value(tree.operands[i + 1], row, group);
      Truth one;
      const ast::Infix op = tree.operators[i];
      if (op == ast::Infix::Equal || op == ast::Infix::NotEqual) {
        one = same(a, b);
        if (one) one = *one == (op == ast::Infix::Equal);
      } else if (!a.is_null() && !b.is_null()) {
        if (const auto order = compared(a, b)) {
          one = op == ast::Infix::Less          ? *order < 0
                : op == ast::Infix::LessOrEqual ? *order <= 0
                : op == ast::Infix::Greater     ? *order > 0
                                                : *order >= 0;
        }
      }
      if (one == Truth(false)) return false;
      if (!one) result.reset();
    }
    return truth_value(result);
  }

  RuntimeValue predicate(const OperatorTree& tree, const Bindings& row, const Group* group) {
    std::size_t next = 0;
    RuntimeValue left = value(tree.operands[next++], row, group);
    for (const auto op : tree.operators) {
      if (op == ast::Infix::IsNull || op == ast::Infix::IsNotNull) {
        left = left.is_null() == (op == ast::Infix::IsNull);
        continue;
      }
      const RuntimeValue right = value(tree.operands[next++], row, group);
      if (op == ast::Infix::In) {
        Truth result = false;
        if (right.is_null()) {
          result.reset();
        } else {
          for (const auto& element : *std::get<ListPtr>(right.data)) {
            const Truth one = same(left, element);
            if (one == Truth(true)) result = one;
            if (!one && result == Truth(false)) result.reset();
          }
        }
        left = truth_value(result);
        continue;
      }
      const auto* text = std::get_if<std::string>(&left.data);
      const auto* other = std::get_if<std::string>(&right.data);
      if (!text || !other) {
        left = {};
      } else if (op == ast::Infix::StartsWith) {
        left = text->starts_with(*other);
      } else if (op == ast::Infix::EndsWith) {
        left = text->ends_with(*other);
      } else {
        left = text->find(*other) != text->npos;
      }
    }
    return left;
  }

  RuntimeValue value(const ast::Operand& operand, const Bindings& row, const Group* group) {
    RuntimeValue result =
        std::visit([&](const auto& atom) { return this->atom(atom, row, group); }, operand.atom);
    for (const auto& suffix : operand.suffixes) {
      if (const auto* key = std::get_if<ast::Name>(&suffix)) {
        result = property(result, key->text);
      } else if (const auto* labels = std::get_if<ast::Labels>(&suffix)) {
        if (const auto* node = std::get_if<NodeId>(&result.data)) {
          const auto& has = node_of(*node).labels;
          result = std::all_of(labels->begin(), labels->end(),
                               [&](const ast::Name& label) { return has.contains(label.text); });
        } else if (!result.is_null()) {
          fail("no labels");
        }
      } else {
        result = subscripted(result, std::get<ast::Subscript>(suffix), row, group);
      }
    }
    return result;
  }

  RuntimeValue subscripted(const RuntimeValue& of, const ast::Subscript& subscript,
                           const Bindings& row, const Group* group) {
    const auto at = [&](const auto& part, std::int64_t none) -> RuntimeValue {
      return part ? value(**part, row, group) : RuntimeValue(none);
    };
    const RuntimeValue from = at(subscript.from, 0);
    const RuntimeValue to = at(subscript.to, 1 << 30);
    if (of.is_null() || from.is_null() || to.is_null()) return {};
    if (const auto* key = std::get_if<std::string>(&from.data)) return property(of, *key);
    const auto& list = *std::get<ListPtr>(of.data);
    const auto size = static_cast<std::int64_t>(list.size());
    const auto counted = [&](const RuntimeValue& bound) {
      const auto place = std::get<std::int64_t>(bound.data);
      return place < 0 ? place + size : place;
    };
    if (!subscript.slice) {
      const std::int64_t place = counted(from);
      return place < 0 || place >= size ? RuntimeValue() : list[static_cast<std::size_t>(place)];
    }
    RuntimeList part;
    for (std::int64_t i = std::max<std::int64_t>(counted(from), 0); i < std::min(counted(to), size);
         ++i) {
      part.push_back(list[static_cast<std::size_t>(i)]);
    }
    return list_value(std::move(part));
  }

  RuntimeValue property(const RuntimeValue& of, std::string_view key) const {
    if (of.is_null()) return {};
    if (const auto* node = std::get_if<NodeId>(&of.data)) {
      return entry(node_of(*node).properties, key);
    }
    if (const auto* edge = std::get_if<EdgeId>(&of.data)) {
      return entry(edge_of(*edge).properties, key);
    }
    if (const auto* map = std::get_if<MapPtr>(&of.data)) return entry(**map, key);
    fail("no properties");
  }

  RuntimeValue atom(const ast::ConstantLiteral& it, const Bindings&, const Group*) {
    if (it.value == ast::Constant::Null) return {};
    return it.value == ast::Constant::True;
  }
  RuntimeValue atom(const ast::IntegerLiteral& it, const Bindings&, const Group*) {
    return static_cast<std::int64_t>(it.magnitude);
  }
  RuntimeValue atom(const ast::FloatLiteral& it, const Bindings&, const Group*) { return it.value; }
  RuntimeValue atom(const ast::StringLiteral& it, const Bindings&, const Group*) {
    return it.value;
  }
  RuntimeValue atom(const ast::Parameter& it, const Bindings&, const Group*) {
    return options_.parameters.at(it.name);
  }
  RuntimeValue atom(const ast::Name& it, const Bindings& row, const Group*) {
    return row.at(it.text);
  }
  RuntimeValue atom(const ast::Box<ast::Expression>& it, const Bindings& row, const Group* group) {
    return value(*it, row, group);
  }

  RuntimeValue atom(const ast::ListAtom& it, const Bindings& row, const Group* group) {
    // `x IN xs` alone in brackets, with something behind it or not, goes through a list.
    const bool comprehends =
        it.items.size() == 1 && it.items[0].first.prefixes.empty() &&
        it.items[0].first.suffixes.empty() &&
        std::holds_alternative<ast::Name>(it.items[0].first.atom) && !it.items[0].rest.empty() &&
        it.items[0].rest[0].infix == ast::Infix::In && (it.filter || it.projection);
    RuntimeList result;
    if (!comprehends) {
      for (const auto& item : it.items) result.push_back(value(item, row, group));
      return list_value(std::move(result));
    }
    ast::Expression source;
    source.first = *it.items[0].rest[0].operand;
    source.rest.assign(it.items[0].rest.begin() + 1, it.items[0].rest.end());
    const RuntimeValue list = value(source, row, group);
    if (list.is_null()) return {};
    Bindings inner = row;
    for (const auto& element : *std::get<ListPtr>(list.data)) {
      inner[std::get<ast::Name>(it.items[0].first.atom).text] = element;
      if (it.filter && !holds(**it.filter, inner)) continue;
      result.push_back(it.projection ? value(**it.projection, inner, group) : element);
    }
    return list_value(std::move(result));
  }

  RuntimeValue atom(const ast::MapLiteral& it, const Bindings& row, const Group* group) {
    RuntimeMap map;
    for (const auto& [key, expression] : it.entries) {
      map.emplace_back(key.text, value(*expression, row, group));
    }
    return make_map(std::move(map));
  }
  RuntimeValue atom(const ast::MapProjection&, const Bindings&, const Group*) {
    fail("not in the reference");
  }

  RuntimeValue atom(const ast::Case& it, const Bindings& row, const Group* group) {
    for (const auto& branch : it.branches) {
      const RuntimeValue when = value(*branch.condition, row, group);
      const Truth chosen = it.operand ? same(value(**it.operand, row, group), when) : truth(when);
      if (chosen == Truth(true)) return value(*branch.result, row, group);
    }
    return it.otherwise ? value(**it.otherwise, row, group) : RuntimeValue();
  }

  RuntimeValue atom(const ast::CountAll&, const Bindings&, const Group* group) {
    return static_cast<std::int64_t>(group->size());
  }

  RuntimeValue atom(const ast::Call& it, const Bindings& row, const Group* group) {
    const Function* function = find_function(it.name.text);
    if (function->accumulate != nullptr) return aggregate(it, *group);
    // exists((a)-->(b)) is the pattern, exists(n.key) a test for null.
    if (function->name == "exists" && it.arguments.front().rest.empty()) {
      const auto* pattern = std::get_if<ast::PatternExpression>(&it.arguments.front().first.atom);
      if (pattern != nullptr) return atom(*pattern, row, group);
    }
    std::vector<RuntimeValue> arguments;
    for (const auto& argument : it.arguments) arguments.push_back(value(argument, row, group));
    const bool unknown = std::any_of(arguments.begin(), arguments.end(),
                                     [](const RuntimeValue& v) { return v.is_null(); });
    if (unknown && function->nulls == Nulls::Propagate) return {};
    return function->run(CallContext{snapshot_, budget_, it.span}, arguments);
  }

  RuntimeValue aggregate(const ast::Call& it, const Group& group) {
    RuntimeList values;
    for (const Bindings* row : group) {
      RuntimeValue one = value(it.arguments.front(), *row);
      const bool seen =
          it.distinct && std::any_of(values.begin(), values.end(), [&](const RuntimeValue& other) {
            return ordered(one, other) == 0;
          });
      if (!one.is_null() && !seen) values.push_back(std::move(one));
    }
    const std::string_view name = find_function(it.name.text)->name;
    if (name == "count") return static_cast<std::int64_t>(values.size());
    if (name == "collect") return list_value(std::move(values));
    if (name == "sum") {
      RuntimeValue sum = std::int64_t{0};
      for (const auto& one : values) sum = calculated(ast::Infix::Add, sum, one);
      return sum;
    }
    if (name == "min" || name == "max") {
      RuntimeValue best;
      for (const auto& one : values) {
        const int order = best.is_null() ? 0 : ordered(one, best);
        if (best.is_null() || (name == "min" ? order < 0 : order > 0)) best = one;
      }
      return best;
    }
    if (name == "avg") {
      double sum = 0;
      for (const auto& one : values) sum += *number_of(one);
      return values.empty() ? RuntimeValue()
                            : RuntimeValue(sum / static_cast<double>(values.size()));
    }
    fail("not in the reference");
  }

  RuntimeValue atom(const ast::Quantified& it, const Bindings& row, const Group* group) {
    const RuntimeValue list = value(*it.list, row, group);
    if (list.is_null()) return {};
    Bindings inner = row;
    int counts[3] = {0, 0, 0};  // false, true, null
    for (const auto& element : *std::get<ListPtr>(list.data)) {
      inner[it.variable.text] = element;
      const Truth one = truth(it.filter ? value(**it.filter, inner, group) : element);
      ++counts[one ? static_cast<int>(*one) : 2];
    }
    const auto [no, yes, unknown] = counts;
    switch (it.quantifier) {
      case ast::Quantifier::All:
        return no ? RuntimeValue(false) : unknown ? RuntimeValue() : RuntimeValue(true);
      case ast::Quantifier::Any:
        return yes ? RuntimeValue(true) : unknown ? RuntimeValue() : RuntimeValue(false);
      case ast::Quantifier::None:
        return yes ? RuntimeValue(false) : unknown ? RuntimeValue() : RuntimeValue(true);
      default:
        return yes > 1 ? RuntimeValue(false) : unknown ? RuntimeValue() : RuntimeValue(yes == 1);
    }
  }

  RuntimeValue atom(const ast::Reduce& it, const Bindings& row, const Group* group) {
    RuntimeValue result = value(*it.initial, row, group);
    const RuntimeValue list = value(*it.list, row, group);
    if (list.is_null()) return {};
    Bindings inner = row;
    for (const auto& element : *std::get<ListPtr>(list.data)) {
      inner[it.accumulator.text] = result;
      inner[it.variable.text] = element;
      result = value(*it.step, inner, group);
    }
    return result;
  }

  RuntimeValue atom(const ast::PatternExpression& it, const Bindings& row, const Group*) {
    ast::PatternPart part;
    part.path = it;
    bool found = false;
    patterns({part}, row, [&](const Bindings&) { found = true; });
    return found;
  }

  RuntimeValue atom(const ast::PatternComprehension& it, const Bindings& row, const Group*) {
    ast::PatternPart part;
    part.variable = it.variable;
    part.path.element = it.element;
    RuntimeList result;
    patterns({part}, row, [&](const Bindings& bound) {
      if (it.filter && !holds(**it.filter, bound)) return;
      result.push_back(value(*it.projection, bound));
    });
    return list_value(std::move(result));
  }

  RuntimeValue atom(const ast::Exists& it, const Bindings& row, const Group*) {
    if (const auto* query = std::get_if<ast::Box<ast::Query>>(&it.body)) {
      const auto columns = columns_;
      const bool found = !this->query(**query, row, true).empty();
      columns_ = columns;
      return found;
    }
    const auto& pattern = std::get<ast::ExistsPattern>(it.body);
    bool found = false;
    patterns(pattern.parts, row, [&](const Bindings& bound) {
      found = found || !pattern.filter || holds(**pattern.filter, bound);
    });
    return found;
  }

  const Snapshot& snapshot_;
  std::string_view statement_;
  const Options& options_;
  Budget budget_;
  std::size_t most_rows_;
  std::size_t tried_ = 0;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<std::string> columns_;  // of the last projection
};

}  // namespace

std::vector<std::vector<RuntimeValue>> reference_answer(const Snapshot& snapshot,
                                                        std::string_view statement,
                                                        const Options& options,
                                                        std::size_t most_rows) {
  return Reference(snapshot, statement, options, most_rows).query(parse(statement), {}, false);
}

}  // namespace ketnghia::query::test
