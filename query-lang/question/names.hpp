#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/question/question_ast.hpp"

namespace ketnghia::query {

// A name that has found its nodes, bound to a variable of the pattern.
struct Anchor {
  std::string variable;
  std::string_view label;  // City, Agency or Person; empty where nodes of several bear the name
};

// Resolves the names of a question against the graph.
//
// Lifetime: dies before the Snapshot.
// Errors: QueryError (EntityNotFound, UnknownName).
class Names {
 public:
  explicit Names(const Snapshot& snapshot) : snapshot_(snapshot) {}

  // Cities, bodies and people that bear `name`, ascending.
  std::set<NodeId> nodes_of(std::string_view name) const;
  bool known(std::string_view name) const { return !nodes_of(name).empty(); }
  bool bears(NodeId node, std::string_view label) const;
  // Whether some, or only, people bear it.
  bool of_person(std::string_view name) const;
  bool only_people(std::string_view name) const;

  // Binds whoever bears one of `names` to the next variable (a, b, …).
  Anchor anchor(const std::vector<AskedName>& names);

  [[noreturn]] void unknown(const AskedName& name) const;

  // The MATCH and WHERE clauses of all anchors so far, in order.
  const std::vector<std::string>& clauses() const { return clauses_; }
  // "2 things bear the name …"
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  std::set<NodeId> bearers(std::string_view name) const;
  // The name under which the graph is asked: `name`, or what its initials stand for.
  std::string meant(std::string_view name) const;
  bool fits(NodeId node, std::string_view label) const;
  void remark_homonyms(const AskedName& name, const std::set<NodeId>& nodes);

  const Snapshot& snapshot_;
  std::vector<std::string> clauses_;
  std::vector<std::string> remarks_;
  std::size_t anchors_ = 0;
};

}  // namespace ketnghia::query
