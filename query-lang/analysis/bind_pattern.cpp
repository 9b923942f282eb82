#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "query-lang/analysis/binder.hpp"

namespace ketnghia::query {

using bound::ExpressionPtr;
using bound::Kind;

// The patterns of one MATCH while they are bound. Properties come last: they may read any
// variable of the patterns.
struct Binder::PatternBuild {
  bound::Match match;
  bool may_introduce = true;
  std::map<std::string, std::size_t> nodes;
  std::set<std::string> edges;
  ast::PathKind kind = ast::PathKind::Every;
  std::vector<std::pair<const ast::NodePattern*, std::size_t>> node_sources;
  std::vector<std::pair<const ast::EdgePattern*, std::size_t>> edge_sources;
};

namespace {

bound::PathKind path_kind(ast::PathKind kind) {
  switch (kind) {
    case ast::PathKind::Every:
      return bound::PathKind::Every;
    case ast::PathKind::Shortest:
      return bound::PathKind::Shortest;
    case ast::PathKind::AllShortest:
      return bound::PathKind::AllShortest;
  }
  return bound::PathKind::Every;
}

[[noreturn]] void introduced_in_test(const ast::Name& name) {
  semantic_error(
      name.span, "UndefinedVariable",
      "there is no variable " + name.text + ", and a pattern that is a test names no new one",
      "MATCH, or EXISTS { }, which can");
}

[[noreturn]] void conflict(const ast::Name& name, const Type& is, std::string_view wanted) {
  semantic_error(name.span, "VariableTypeConflict",
                 name.text + " is " + is.in_words() + " and cannot be " + std::string(wanted));
}

void split_conditions(ExpressionPtr expression, std::vector<ExpressionPtr>& predicates) {
  if (expression->kind != Kind::And) {
    predicates.push_back(std::move(expression));
    return;
  }
  for (auto& child : expression->children) split_conditions(std::move(child), predicates);
}

}  // namespace

bound::Match Binder::match(const std::vector<ast::PatternPart>& parts, const ast::Expression* where,
                           bool may_introduce) {
  PatternBuild build;
  build.may_introduce = may_introduce;
  for (const auto& one : parts) part(one, build);
  auto& match = build.match;
  for (const auto& [source, index] : build.node_sources) {
    const auto& node = match.nodes[index];
    properties(source->properties, node.slot, node.name, BaseType::Node, match.predicates);
  }
  for (const auto& [source, index] : build.edge_sources) {
    auto& edge = match.edges[index];
    const auto& written = source->detail->properties;
    if (!edge.variable) {
      properties(written, edge.slot, edge.name, BaseType::Edge, match.predicates);
    } else if (const auto* map = property_map(written)) {
      for (const auto& entry : map->entries) {
        edge.properties.emplace_back(entry.key.text, expression(*entry.value, {}));
      }
    }
  }
  if (where) condition(*where, "WHERE", match.predicates);
  return std::move(match);
}

void Binder::part(const ast::PatternPart& part, PatternBuild& build) {
  const auto& element = part.path.element;
  build.kind = part.path.kind;
  if (build.kind != ast::PathKind::Every && element.steps.size() != 1) {
    semantic_error(element.span, "InvalidRelationshipPattern",
                   "a shortest path is asked for between two nodes",
                   "one relationship, (a)-[*]-(b)");
  }
  bound::PatternPath path;
  std::size_t from = node(element.start, build);
  path.nodes.push_back(from);
  for (const auto& step : element.steps) {
    // The relationship is read before the node behind it, as names are introduced in the order
    // of the text; its target is set when that is known.
    const std::size_t edge_index = edge(step.edge, from, from, build);
    const std::size_t to = node(step.node, build);
    build.match.edges[edge_index].to = to;
    path.edges.push_back(edge_index);
    path.nodes.push_back(to);
    from = to;
  }
  if (!part.variable) return;
  const ast::Name& name = *part.variable;
  if (scope_.find(name.text) != nullptr) {
    semantic_error(name.span, "VariableAlreadyBound",
                   "there is a variable " + name.text + " already", "a new name for the path");
  }
  path.slot = take_slot();
  path.name = name.text;
  scope_.add({path.name, path.slot, BaseType::Path});
  build.match.paths.push_back(std::move(path));
}

std::size_t Binder::node(const ast::NodePattern& node, PatternBuild& build) {
  count_step(node.span);
  const std::string name = node.variable ? node.variable->text : std::string();
  const auto known = build.nodes.find(name);
  std::size_t index = build.match.nodes.size();
  if (!name.empty() && known != build.nodes.end()) {
    index = known->second;
  } else {
    bound::PatternNode bound;
    bound.name = name;
    const Variable* variable = name.empty() ? nullptr : scope_.find(name);
    if (variable != nullptr) {
      if (!variable->type.can_be(BaseType::Node))
        conflict(*node.variable, variable->type, "a node");
      bound.slot = variable->slot;
      bound.bound = true;
    } else {
      if (!name.empty() && !build.may_introduce) introduced_in_test(*node.variable);
      bound.slot = take_slot();
      if (!name.empty()) scope_.add({name, bound.slot, BaseType::Node});
    }
    if (!name.empty()) build.nodes.emplace(name, index);
    build.match.nodes.push_back(std::move(bound));
  }
  auto& labels = build.match.nodes[index].labels;
  for (const auto& label : node.labels) {
    if (std::find(labels.begin(), labels.end(), label.text) == labels.end()) {
      labels.push_back(label.text);
    }
  }
  build.node_sources.emplace_back(&node, index);
  return index;
}

std::size_t Binder::edge(const ast::EdgePattern& edge, std::size_t from, std::size_t to,
                         PatternBuild& build) {
  count_step(edge.span);
  const std::size_t index = build.match.edges.size();
  bound::PatternEdge bound;
  bound.from = from;
  bound.to = to;
  bound.kind = path_kind(build.kind);
  if (edge.left == edge.right) {
    bound.direction = bound::Direction::Both;
  } else {
    bound.direction = edge.right ? bound::Direction::Out : bound::Direction::In;
  }
  const ast::Name* name = nullptr;
  if (edge.detail) {
    const auto& detail = *edge.detail;
    if (detail.variable) name = &*detail.variable;
    for (const auto& type : detail.types) bound.types.push_back(type.text);
    if (detail.length) {
      const auto& length = *detail.length;
      bound.variable = true;
      bound.low = length.low.value_or(1);
      bound.high = length.dots || !length.low ? length.high.value_or(bound::PatternEdge::kUnbounded)
                                              : *length.low;
    }
    build.edge_sources.emplace_back(&edge, index);
  }
  // A shortest path is a list of edges, whatever its length.
  if (bound.kind != bound::PathKind::Every) {
    bound.variable = true;
    if (bound.low > 1) {
      semantic_error(edge.span, "InvalidRelationshipPattern",
                     "a shortest path has no least length but 0 or 1", "*, *0.. or *..n");
    }
  }
  if (name == nullptr) {
    bound.slot = take_slot();
  } else {
    bound.name = name->text;
    if (!build.edges.insert(name->text).second) {
      semantic_error(name->span, "RelationshipUniquenessViolation",
                     name->text + " stands twice in one pattern, whose relationships all differ");
    }
    if (const Variable* variable = scope_.find(name->text)) {
      const bool fits = bound.variable ? variable->type.can_be(BaseType::List) &&
                                             variable->type.element().can_be(BaseType::Edge)
                                       : variable->type.can_be(BaseType::Edge);
      if (!fits) {
        conflict(*name, variable->type,
                 bound.variable ? "a list of relationships" : "a relationship");
      }
      bound.slot = variable->slot;
      bound.bound = true;
    } else {
      if (!build.may_introduce) introduced_in_test(*name);
      bound.slot = take_slot();
      scope_.add({name->text, bound.slot,
                  bound.variable ? Type::list_of(BaseType::Edge) : Type(BaseType::Edge)});
    }
  }
  build.match.edges.push_back(std::move(bound));
  return index;
}

const ast::MapLiteral* Binder::property_map(const ast::Properties& properties) const {
  if (const auto* parameter = std::get_if<ast::Parameter>(&properties)) {
    semantic_error(parameter->span, "InvalidParameterUse",
                   "a parameter cannot stand for the properties of a pattern",
                   "a map whose values are parameters, {name: $name}");
  }
  return std::get_if<ast::MapLiteral>(&properties);
}

void Binder::properties(const ast::Properties& properties, bound::Slot slot,
                        const std::string& name, BaseType type,
                        std::vector<ExpressionPtr>& predicates) {
  const auto* map = property_map(properties);
  if (map == nullptr) return;
  for (const auto& entry : map->entries) {
    auto variable = std::make_unique<bound::Expression>(Kind::Variable, entry.key.span, type);
    variable->slot = slot;
    variable->text = name;
    auto property = std::make_unique<bound::Expression>(Kind::Property, entry.key.span, Type());
    property->text = entry.key.text;
    property->children.push_back(std::move(variable));
    auto equal =
        std::make_unique<bound::Expression>(Kind::Comparison, entry.key.span, BaseType::Boolean);
    equal->operators.push_back(bound::Operator::Equal);
    equal->children.push_back(std::move(property));
    equal->children.push_back(expression(*entry.value, {}));
    predicates.push_back(std::move(equal));
  }
}

void Binder::condition(const ast::Expression& where, std::string_view place,
                       std::vector<ExpressionPtr>& predicates) {
  Allowed allowed;
  allowed.patterns = true;
  allowed.place = place;
  ExpressionPtr bound = expression(where, allowed);
  if (!bound->type.can_be(BaseType::Boolean)) {
    type_error(bound->span, "a condition is true or false, not " + bound->type.in_words());
  }
  split_conditions(std::move(bound), predicates);
}

}  // namespace ketnghia::query
