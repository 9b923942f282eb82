#include "query-lang/question/names.hpp"

#include <algorithm>
#include <array>

#include "query-lang/query_error.hpp"
#include "query-lang/question/cypher_text.hpp"

namespace ketnghia::query {
namespace {

constexpr std::size_t kNearest = 3;

// What can bear a name that a question asks for.
constexpr std::array<std::string_view, 3> kNamed{"City", "Agency", "Person"};

// Labels that tell cities apart.
constexpr std::array<std::string_view, 3> kCityKinds{"Province", "District", "Country"};

// a, b, … z, a1, b1, …
std::string variable(std::size_t number) {
  std::string name(1, static_cast<char>('a' + number % 26));
  return number < 26 ? name : name + std::to_string(number / 26);
}

std::string has_one_of(const std::string& node, const std::vector<std::string>& labels) {
  return "(" + node + ":" + joined(labels, " OR " + node + ":") + ")";
}

}  // namespace

std::set<NodeId> Names::bearers(std::string_view name) const {
  std::set<NodeId> nodes;
  for (const auto label : kNamed) {
    const auto id = snapshot_.string_id(label);
    if (!id) continue;
    for (const auto node : snapshot_.named(name, *id)) nodes.insert(node);
  }
  return nodes;
}

// "HN" alone could be the initials of anything; of a city they are read.
std::string Names::meant(std::string_view name) const {
  const bool initials =
      name.size() >= 2 && name.size() <= 5 &&
      std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const auto as_city = "thành phố " + std::string(name);
  return initials && bearers(name).empty() && !bearers(as_city).empty() ? as_city
                                                                        : std::string(name);
}

std::set<NodeId> Names::nodes_of(std::string_view name) const { return bearers(meant(name)); }

bool Names::bears(NodeId node, std::string_view label) const {
  const auto id = snapshot_.string_id(label);
  return id && snapshot_.has_label(node, *id);
}

bool Names::of_person(std::string_view name) const {
  const auto nodes = nodes_of(name);
  return std::any_of(nodes.begin(), nodes.end(),
                     [&](NodeId node) { return bears(node, "Person"); });
}

bool Names::only_people(std::string_view name) const {
  const auto nodes = nodes_of(name);
  return !nodes.empty() && std::all_of(nodes.begin(), nodes.end(),
                                       [&](NodeId node) { return bears(node, "Person"); });
}

void Names::unknown(const AskedName& name) const {
  throw QueryError({.span = name.span,
                    .kind = "EntityNotFound",
                    .code = "UnknownName",
                    .message = "Nothing in the graph bears the name “" + name.text + "”",
                    .expected = "the name of a city, a body or a person",
                    .nearest = snapshot_.nearest_names(name.text, kNearest)});
}

// Whether `node` is what the generic word before its name says.
bool Names::fits(NodeId node, std::string_view label) const {
  if (label != "City") return bears(node, label);
  return std::none_of(kCityKinds.begin(), kCityKinds.end(),
                      [&](std::string_view kind) { return bears(node, kind); });
}

void Names::remark_homonyms(const AskedName& name, const std::set<NodeId>& nodes) {
  if (nodes.size() < 2) return;
  std::vector<std::string> shown;
  const auto key = snapshot_.string_id("name");
  for (const auto node : nodes) {
    const auto value = key ? snapshot_.property(node, *key) : Value{};
    std::vector<std::string> labels;
    for (const auto label : snapshot_.labels(node)) labels.emplace_back(snapshot_.string(label));
    shown.push_back((value.text() != nullptr ? *value.text() : name.text) + " (" +
                    joined(labels, ", ") + ")");
  }
  remarks_.push_back(std::to_string(nodes.size()) + " things bear the name “" + name.text +
                     "”, all were asked for: " + joined(shown, "; "));
}

Anchor Names::anchor(const std::vector<AskedName>& names) {
  std::set<std::string_view> labels;
  std::string_view narrowed;  // the generic word's label, where it told bearers apart
  for (const auto& name : names) {
    auto nodes = nodes_of(name.text);
    if (nodes.empty()) unknown(name);
    if (!name.label.empty() && names.size() == 1) {
      std::set<NodeId> fitting;
      for (const auto node : nodes) {
        if (fits(node, name.label)) fitting.insert(node);
      }
      if (!fitting.empty() && fitting.size() < nodes.size()) {
        nodes = fitting;
        narrowed = name.label;
      }
    }
    for (const auto node : nodes) {
      for (const auto label : kNamed) {
        if (bears(node, label)) labels.insert(label);
      }
    }
    remark_homonyms(name, nodes);
  }

  Anchor anchor{variable(anchors_++), labels.size() == 1 ? *labels.begin() : ""};
  std::vector<std::string> tests;
  for (const auto& name : names) {
    tests.push_back("named(" + anchor.variable + ", " + literal(meant(name.text)) + ")");
  }
  auto condition = joined(tests, " OR ");
  if (tests.size() > 1) condition = "(" + condition + ")";
  if (narrowed == "City") {
    condition += " AND NOT " + has_one_of(anchor.variable, {kCityKinds.begin(), kCityKinds.end()});
  }
  if (labels.size() > 1) {
    condition += " AND " + has_one_of(anchor.variable, {labels.begin(), labels.end()});
  }
  const auto label = narrowed.empty() ? anchor.label : narrowed;
  clauses_.push_back("MATCH (" + anchor.variable + (label.empty() ? "" : ":" + std::string(label)) +
                     ")");
  clauses_.push_back("WHERE " + condition);
  return anchor;
}

}  // namespace ketnghia::query
