#include "query-lang/planner/explain.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace ketnghia::query {
namespace {

std::string rows_text(double rows) {
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rows,
                                     std::chars_format::general, 3);
  return {buffer.data(), written.ptr};
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += between;
    text += parts[i];
  }
  return text;
}

// Steps know slots; names are asked of the pattern they came from where it has one.
class Describe {
 public:
  explicit Describe(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::string operator()(const plan::Argument&) const { return "Argument"; }

  std::string operator()(const plan::NodeScan& step) const {
    if (!step.labelled) return "AllNodes (" + step.name + ")";
    return "NodesByLabel (" + step.name + ":" + label(step.label) + ")";
  }

  std::string operator()(const plan::NameScan& step) const {
    return "NodesByName (" + step.name + (step.labelled ? ":" + label(step.label) : "") +
           ") named " + bound::readable(*step.asked);
  }

  std::string operator()(const plan::EdgeEnds& step) const { return "EndsOf " + edge(*step.edge); }
  std::string operator()(const plan::EdgeList& step) const {
    return "EndsOfList " + edge(*step.edge);
  }

  std::string operator()(const plan::Expand& step) const { return expand("Expand", step); }
  std::string operator()(const plan::Reach& step) const { return expand("Reach", step); }
  std::string operator()(const plan::DistinctIds&) const { return "DistinctIds"; }
  std::string operator()(const plan::HashJoin& step) const {
    return step.on.empty() ? "CrossJoin" : "HashJoin";
  }
  std::string operator()(const plan::VariableExpand& step) const {
    return expand("ExpandVariable", step);
  }
  std::string operator()(const plan::ShortestPath& step) const {
    const bool all = step.edge->kind == bound::PathKind::AllShortest;
    return std::string(all ? "AllShortestPaths " : "ShortestPath ") + edge(*step.edge);
  }

  std::string operator()(const plan::Filter& step) const {
    std::vector<std::string> tests;
    for (const auto& test : step.nodes) {
      std::string text = test.name;
      for (const auto& name : test.label_names) text += ":" + name;
      if (test.label_names.empty()) text += " is a node";
      tests.push_back(std::move(text));
    }
    for (const auto& condition : step.conditions) {
      tests.push_back(bound::readable(*condition.expression));
    }
    if (!step.different.empty()) tests.emplace_back("relationships differ");
    return "Filter " + join(tests, " AND ");
  }

  std::string operator()(const plan::BuildPath& step) const { return "Path " + step.path->name; }
  std::string operator()(const plan::Optional&) const { return "Optional"; }
  std::string operator()(const plan::Unwind& step) const {
    return "Unwind " + bound::readable(*step.clause->list) + " AS " + step.clause->name;
  }
  std::string operator()(const plan::Aggregate& step) const {
    std::vector<std::string> keys;
    for (const auto& column : step.projection->keys)
      keys.push_back(bound::readable(*column.expression));
    std::vector<std::string> computed;
    for (const auto& column : step.projection->aggregates) {
      computed.push_back(bound::readable(*column.expression));
    }
    return "Aggregate " + join(computed, ", ") + (keys.empty() ? "" : " by " + join(keys, ", "));
  }
  std::string operator()(const plan::Project& step) const {
    std::vector<std::string> columns;
    for (const auto& column : step.projection->columns) {
      const std::string text = bound::readable(*column.expression);
      columns.push_back(text == column.name ? text : text + " AS " + column.name);
    }
    return "Project " + join(columns, ", ");
  }
  std::string operator()(const plan::Distinct&) const { return "Distinct"; }
  std::string operator()(const plan::Sort& step) const {
    std::vector<std::string> keys;
    for (const auto& key : step.projection->order) {
      keys.push_back(bound::readable(*key.expression) + (key.vietnamese ? " COLLATE vi" : "") +
                     (key.descending ? " DESC" : ""));
    }
    return (step.projection->limit ? "Top " : "Sort ") + join(keys, ", ");
  }
  std::string operator()(const plan::SkipRows& step) const {
    return "Skip " + bound::readable(*step.count);
  }
  std::string operator()(const plan::LimitRows& step) const {
    return "Limit " + bound::readable(*step.count);
  }
  std::string operator()(const plan::Union&) const { return "Union"; }

 private:
  std::string label(std::optional<StringId> id) const {
    return id ? std::string(snapshot_.string(*id)) : "(not in this graph)";
  }

  static std::string edge(const bound::PatternEdge& edge) {
    std::string text = edge.direction == bound::Direction::In ? "<-[" : "-[";
    text += edge.name;
    if (!edge.types.empty()) text += ":" + join(edge.types, "|");
    if (edge.variable) {
      text += "*" + std::to_string(edge.low) + "..";
      if (edge.high != bound::PatternEdge::kUnbounded) text += std::to_string(edge.high);
    }
    return text + (edge.direction == bound::Direction::Out ? "]->" : "]-");
  }

  static std::string expand(std::string_view name, const plan::Expand& step) {
    std::string text = std::string(name) + (step.into ? "Into " : " ") + edge(*step.edge) +
                       (step.reversed ? " from its end" : "");
    for (const auto* condition : step.dated) text += " where " + bound::readable(*condition);
    return text;
  }

  const Snapshot& snapshot_;
};

// What was done at a step itself.
std::string measured(const PlanNode& node, const Profile& profile) {
  const auto found = profile.find(&node);
  if (found == profile.end()) return ", not run";
  Effort effort = found->second;
  for (const auto& input : node.inputs) {
    const auto below = profile.find(input.get());
    if (below == profile.end()) continue;
    effort.steps -= below->second.steps;
    effort.time -= below->second.time;
  }
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(effort.time);
  return ", " + std::to_string(effort.rows) + " in fact, " + std::to_string(effort.steps) +
         " steps of the cursor, " + std::to_string(microseconds.count()) + " µs";
}

void write(const PlanNode& node, const Snapshot& snapshot, const Profile* profile,
           std::size_t depth, std::string& text) {
  text += std::string(2 * depth, ' ') + std::visit(Describe{snapshot}, node.step) + "  (about " +
          rows_text(node.rows) + " rows" + (profile ? measured(node, *profile) : "") + ")\n";
  // The first input goes on below at the same depth: a chain of steps is a column, not a stair.
  for (std::size_t i = 1; i < node.inputs.size(); ++i) {
    write(*node.inputs[i], snapshot, profile, depth + 1, text);
  }
  if (!node.inputs.empty()) write(*node.inputs.front(), snapshot, profile, depth, text);
}

std::string written(const LogicalPlan& plan, const Snapshot& snapshot, const Profile* profile) {
  std::string text;
  write(*plan.root, snapshot, profile, 0, text);
  std::size_t number = 0;
  for (const auto& [query, root] : plan.subqueries) {
    text += "Subquery " + std::to_string(++number) + "\n";
    write(*root, snapshot, profile, 1, text);
  }
  return text;
}

}  // namespace

std::string explain_plan(const LogicalPlan& plan, const Snapshot& snapshot) {
  return written(plan, snapshot, nullptr);
}

std::string explain_profile(const LogicalPlan& plan, const Snapshot& snapshot,
                            const Profile& profile) {
  return written(plan, snapshot, &profile);
}

}  // namespace ketnghia::query
