#include "tests/support/random_statement.hpp"

#include <algorithm>
#include <array>

namespace ketnghia::query::test {
namespace {

constexpr std::array kLabels{"A", "B", "C"};
constexpr std::array kTypes{"R", "S", "T"};
constexpr std::array kNames{"Bắc Kinh", "Hà Nội", "Sở Ngoại vụ Hà Nội", "Fukuoka", "x"};
constexpr std::array kAsked{"bac kinh", "Bác Kinh",           "HN", "Ha Noi",
                            "Beijing",  "so ngoai vu ha noi", "X",  "nowhere"};
constexpr std::array kTimes{"2024-05-16", "2024",    "2022/2025", "XXXX-05-16",
                            "2023-09~",   "../2025", "none",      "2024-05"};
constexpr std::array kTexts{"a", "b", "ab", "", "Á"};

enum class Type { Node, Edge, Path, Int, Number, Text, Bool, Ints, Nodes, Edges };

struct Variable {
  std::string name;
  Type type;
};

class Maker {
 public:
  explicit Maker(Die& die) : die_(die) {}

  RandomStatement statement() {
    RandomStatement made;
    made.text = single(made.ordered, {});
    if (die_.one_in(10)) {
      // Both return one column, so that they can be joined.
      const bool all = die_.one_in(2);
      const Type type = die_.of(std::array{Type::Int, Type::Text, Type::Bool, Type::Node});
      made.text.clear();
      for (int i = 0; i < 2; ++i) {
        if (i > 0) made.text += all ? " UNION ALL " : " UNION ";
        scope_.clear();
        if (type == Type::Node || !die_.one_in(3)) {
          made.text += match() + " ";
        } else {
          made.text += unwind() + " ";
        }
        made.text += "RETURN " + expression(type, 2) + " AS c";
      }
      made.ordered = false;
    }
    return made;
  }

 private:
  // Clauses

  std::string single(bool& ordered, std::vector<Variable> outer) {
    scope_ = std::move(outer);
    std::string text;
    sorted_ = false;
    const std::size_t clauses = 1 + die_.below(3);
    for (std::size_t i = 0; i < clauses; ++i) {
      switch (die_.below(i == 0 ? 4 : 7)) {
        case 0:
        case 1:
        case 2:
          text += (die_.one_in(4) ? "OPTIONAL " : "") + match() + " ";
          sorted_ = false;
          break;
        case 3:
          text += unwind() + " ";
          sorted_ = false;
          break;
        default:
          if (scope_.empty()) continue;
          text += projection("WITH", ordered) + " ";
      }
    }
    if (scope_.empty()) text += unwind() + " ";
    return text + projection("RETURN", ordered);
  }

  std::string unwind() {
    const std::string list = expression(Type::Ints, 2);
    return "UNWIND " + list + " AS " + introduce(Type::Int);
  }

  std::string match() {
    std::string text = "MATCH ";
    std::string path;
    here_.clear();
    if (die_.one_in(8) && variables(Type::Node).size() >= 2) {
      text += shortest(variables(Type::Node), path);
    } else {
      edges_left_ = 3;
      text += pattern(true, true);
      if (die_.one_in(3)) text += ", " + pattern(true, true);
      if (die_.one_in(8)) text += ", " + pattern(true, true);
    }
    if (die_.one_in(3)) text += " WHERE " + expression(Type::Bool, 3);
    // Which of the shortest paths is taken is not said, but how long it is.
    if (!path.empty()) text += " UNWIND [length(" + path + ")] AS " + introduce(Type::Int);
    return text;
  }

  // `one` is the path where only one of the shortest is taken.
  std::string shortest(const std::vector<std::string>& nodes, std::string& one) {
    const bool all = die_.one_in(2);
    const std::string path = all ? introduce(Type::Path) : fresh();
    if (!all) one = path;
    static const std::array<std::string, 5> kLengths{"*", "*..3", "*0..", "*1..2", "*0..4"};
    const auto [left, right] = direction();
    const std::string from = die_.of(nodes);
    return path + (all ? " = allShortestPaths((" : " = shortestPath((") + from + ")" + left + "[" +
           types() + die_.of(kLengths) + (die_.one_in(4) ? " {w: 1}" : "") + "]" + right + "(" +
           die_.of(nodes) + "))";
  }

  std::pair<std::string, std::string> direction() {
    switch (die_.below(3)) {
      case 0:
        return {"-", "->"};
      case 1:
        return {"<-", "-"};
      default:
        return {"-", "-"};
    }
  }

  std::string types() {
    if (die_.one_in(2)) return "";
    std::string text = std::string(":") + die_.of(kTypes);
    if (die_.one_in(3)) text += std::string("|") + die_.of(kTypes);
    return text;
  }

  std::string pattern(bool may_introduce, bool may_name_path) {
    std::string path;
    if (may_introduce && may_name_path && die_.one_in(6)) path = fresh();
    std::string text = node(may_introduce);
    while (edges_left_ > 0 && !die_.one_in(3)) {
      --edges_left_;
      text += edge(may_introduce) + node(may_introduce);
    }
    if (path.empty()) return text;
    scope_.push_back({path, Type::Path});
    return path + " = " + text;
  }

  std::string node(bool may_introduce) {
    std::string text = "(";
    const auto known = variables(Type::Node);
    if (!known.empty() && die_.one_in(3)) {
      text += die_.of(known);
    } else if (may_introduce && !die_.one_in(3)) {
      text += introduce(Type::Node);
    }
    if (die_.one_in(4)) text += std::string(":") + die_.of(kLabels);
    if (die_.one_in(15)) text += std::string(":") + die_.of(kLabels);
    if (die_.one_in(10)) text += " {" + wanted() + "}";
    return text + ")";
  }

  std::string wanted() {
    switch (die_.below(5)) {
      case 0:
        return "k: " + expression(Type::Int, 1);
      case 1:
        return "name: " + quoted(die_.of(kNames));
      case 2:
        return "when: " + quoted(die_.of(kTimes));
      case 3:
        return "k: $p";
      default:
        return "k: " + std::to_string(die_.below(3)) + ", b: true";
    }
  }

  std::string edge(bool may_introduce) {
    const auto [left, right] = direction();
    if (die_.one_in(5)) return left + right;
    std::string text = left + "[";
    const bool variable = die_.one_in(4);
    std::string name;
    if (may_introduce && die_.one_in(2)) {
      const auto known = variables(variable ? Type::Edges : Type::Edge);
      // Bound by an earlier clause, and so at most once in this one.
      if (!known.empty() && die_.one_in(4) && !used_here(known.front())) {
        name = known.front();
      } else {
        name = introduce(variable ? Type::Edges : Type::Edge);
      }
      here_.push_back(name);
      text += name;
    }
    text += types();
    if (variable) {
      static const std::array<std::string, 7> kLengths{"*",    "*2",   "*1..2", "*0..1",
                                                       "*..2", "*0..", "*2.."};
      text += die_.of(kLengths);
    }
    if (die_.one_in(10)) text += " {w: " + std::to_string(die_.below(3)) + "}";
    return text + "]" + right;
  }

  bool used_here(const std::string& name) const {
    return std::find(here_.begin(), here_.end(), name) != here_.end();
  }

  std::string projection(std::string_view word, bool& ordered) {
    std::string text(word);
    const bool distinct = die_.one_in(5);
    if (distinct) text += " DISTINCT";
    const bool aggregated = die_.one_in(3);
    std::vector<Variable> columns;
    std::string items;
    const auto add = [&](const std::string& item, Type type, const std::string& name) {
      items += (items.empty() ? " " : ", ") + item;
      if (item != name) items += " AS " + name;
      columns.push_back({name, type});
    };
    const std::size_t count = 1 + die_.below(3);
    for (std::size_t i = 0; i < count; ++i) {
      const bool keeps = !scope_.empty() && die_.one_in(2);
      if (keeps) {
        const Variable variable = die_.of(scope_);
        const bool there = std::any_of(columns.begin(), columns.end(),
                                       [&](const Variable& c) { return c.name == variable.name; });
        if (there || variable.name.empty()) continue;
        add(variable.name, variable.type, variable.name);
      } else {
        const Type type = any_type();
        add(expression(type, 3), type, fresh());
      }
    }
    if (items.empty()) add("1", Type::Int, fresh());
    if (aggregated) {
      const std::size_t more = 1 + die_.below(2);
      for (std::size_t i = 0; i < more; ++i) {
        Type type = Type::Int;
        const std::string call = aggregate(type);
        add(call, type, fresh());
      }
    }
    text += items;
    // ORDER BY and WHERE see what stood before only where rows are what they were.
    if (aggregated || distinct) {
      scope_ = columns;
    } else {
      scope_.insert(scope_.end(), columns.begin(), columns.end());
    }
    ordered = false;
    if (die_.one_in(3)) {
      text += " ORDER BY ";
      if (die_.one_in(3)) text += expression(die_.one_in(2) ? Type::Int : Type::Text, 2) + ", ";
      for (std::size_t i = 0; i < columns.size(); ++i) {
        text += (i > 0 ? ", " : "") + columns[i].name + (die_.one_in(3) ? " DESC" : "");
      }
      ordered = true;
      if (die_.one_in(3)) text += " SKIP " + std::to_string(die_.below(3));
      if (die_.one_in(2)) text += " LIMIT " + std::to_string(die_.below(6));
    }
    sorted_ = ordered;
    // Behind a limit, which of the rows before it are there says only what is projected.
    if (ordered) scope_ = columns;
    if (word == "WITH" && die_.one_in(3)) text += " WHERE " + expression(Type::Bool, 2);
    scope_ = std::move(columns);
    return text;
  }

  std::string aggregate(Type& type) {
    type = Type::Int;
    const std::string distinct = die_.one_in(3) ? "DISTINCT " : "";
    switch (die_.below(9)) {
      case 0:
        return "count(*)";
      case 1:
        return "count(" + distinct + expression(any_type(), 2) + ")";
      case 2:
        return "sum(" + distinct + expression(Type::Int, 2) + ")";
      case 3:
        return "size(collect(" + distinct + expression(any_type(), 2) + "))";
      case 4:
        type = die_.of(std::array{Type::Int, Type::Text, Type::Number, Type::Bool});
        return "min(" + expression(type, 2) + ")";
      case 5:
        type = die_.of(std::array{Type::Int, Type::Text, Type::Node, Type::Ints});
        return "max(" + expression(type, 2) + ")";
      case 6:
        type = Type::Number;
        return "sum(" + expression(Type::Number, 2) + ")";
      case 7:
        if (sorted_) {
          type = Type::Ints;
          return "collect(" + distinct + expression(Type::Int, 2) + ")";
        }
        return "count(*) + 1";
      default:
        return "count(*) % 2";
    }
  }

  // Expressions

  Type any_type() {
    return die_.of(std::array{Type::Int, Type::Int, Type::Number, Type::Text, Type::Bool,
                              Type::Ints, Type::Node, Type::Edge});
  }

  std::string expression(Type type, int depth) {
    const auto known = variables(type);
    if (!known.empty() && die_.one_in(depth <= 0 ? 1 : 3)) return die_.of(known);
    switch (type) {
      case Type::Int:
        return integer(depth);
      case Type::Number:
        return number(depth);
      case Type::Text:
        return text(depth);
      case Type::Bool:
        return boolean(depth);
      case Type::Ints:
        return integers(depth);
      case Type::Node:
        return known.empty() ? "null" : die_.of(known);
      case Type::Edge:
        return known.empty() ? "null" : die_.of(known);
      default:
        return "null";
    }
  }

  std::string node_property(const char* key, const std::string& otherwise) {
    const auto nodes = variables(Type::Node);
    return nodes.empty() ? otherwise : die_.of(nodes) + "." + key;
  }

  std::string integer(int depth) {
    if (depth <= 0) {
      if (die_.one_in(8)) return "null";
      if (die_.one_in(2)) return node_property("k", "1");
      return std::to_string(die_.below(5));
    }
    const int less = depth - 1;
    const auto part = [&](Type type) { return expression(type, less); };
    switch (die_.below(20)) {
      case 0:
        return "(" + part(Type::Int) + " + " + part(Type::Int) + ")";
      case 1:
        return "(" + part(Type::Int) + " - " + part(Type::Int) + ")";
      case 2:
        return "(" + part(Type::Int) + " * " + std::to_string(die_.below(4)) + ")";
      case 3:
        return "(" + part(Type::Int) + " % " + std::to_string(2 + die_.below(3)) + ")";
      case 4:
        return "(" + part(Type::Int) + " / " + std::to_string(1 + die_.below(3)) + ")";
      case 5:
        return "size(" + part(Type::Ints) + ")";
      case 6:
        return "size(" + part(Type::Text) + ")";
      case 7: {
        const auto paths = variables(Type::Path);
        return paths.empty() ? "-1" : "length(" + die_.of(paths) + ")";
      }
      case 8:
        return "CASE WHEN " + part(Type::Bool) + " THEN " + part(Type::Int) + " ELSE " +
               part(Type::Int) + " END";
      case 9:
        return "CASE " + part(Type::Int) + " WHEN " + part(Type::Int) + " THEN " + part(Type::Int) +
               " END";
      case 10:
        return "coalesce(" + part(Type::Int) + ", " + part(Type::Int) + ")";
      case 11: {
        const std::string list = part(Type::Ints);
        const Local a{*this, Type::Int};
        const Local x{*this, Type::Int};
        return "reduce(" + a.name + " = 0, " + x.name + " IN " + list + " | " + a.name + " + " +
               part(Type::Int) + ")";
      }
      case 12:
        return part(Type::Ints) + "[" + std::to_string(die_.below(3)) + "]";
      case 13:
        return "head(" + part(Type::Ints) + ")";
      case 14:
        return "abs(" + part(Type::Int) + ")";
      case 15:
        return "year(" + node_property("when", "'2024'") + ")";
      case 16: {
        const auto edges = variables(Type::Edge);
        return edges.empty() ? "-2" : die_.of(edges) + ".w";
      }
      case 17:
        return "size(" + comprehension(less) + ")";
      case 18: {
        const auto edges = variables(Type::Edges);
        return edges.empty() ? "$p" : "size(" + die_.of(edges) + ")";
      }
      default:
        return integer(0);
    }
  }

  std::string number(int depth) {
    if (depth <= 0) {
      static const std::array<std::string, 4> kFloats{"0.5", "1.5", "-2.25", "1e2"};
      return die_.one_in(2) ? node_property("f", "0.25") : die_.of(kFloats);
    }
    switch (die_.below(4)) {
      case 0:
        return "(" + expression(Type::Number, depth - 1) + " + " +
               expression(Type::Number, depth - 1) + ")";
      case 1:
        return "(" + expression(Type::Int, depth - 1) + " - " +
               expression(Type::Number, depth - 1) + ")";
      case 2:
        return expression(Type::Int, depth - 1);
      default:
        return number(0);
    }
  }

  std::string text(int depth) {
    if (depth <= 0) {
      if (die_.one_in(8)) return "null";
      if (die_.one_in(3)) return node_property("name", "'b'");
      return die_.one_in(2) ? node_property("s", "'a'") : quoted(die_.of(kTexts));
    }
    const auto part = [&](Type type) { return expression(type, depth - 1); };
    switch (die_.below(10)) {
      case 0:
        return "(" + part(Type::Text) + " + " + part(Type::Text) + ")";
      case 1:
        return "toUpper(" + part(Type::Text) + ")";
      case 2:
        return "left(" + part(Type::Text) + ", 1)";
      case 3:
        return "CASE WHEN " + part(Type::Bool) + " THEN " + part(Type::Text) + " END";
      case 4:
        return "coalesce(" + part(Type::Text) + ", 'z')";
      case 5: {
        const auto edges = variables(Type::Edge);
        return edges.empty() ? "$s" : "type(" + die_.of(edges) + ")";
      }
      case 6:
        return "start(" + node_property("when", "'2024-05'") + ")";
      case 7:
        return "key(" + part(Type::Text) + ")";
      default:
        return text(0);
    }
  }

  std::string boolean(int depth) {
    if (depth <= 0) {
      if (die_.one_in(6)) return "null";
      return die_.one_in(2) ? node_property("b", "true") : die_.one_in(2) ? "true" : "false";
    }
    static const std::array<std::string, 6> kComparisons{" = ",  " <> ", " < ",
                                                         " <= ", " > ",  " >= "};
    const auto part = [&](Type type) { return expression(type, depth - 1); };
    const auto nodes = variables(Type::Node);
    switch (die_.below(24)) {
      case 0:
      case 1:
        return "(" + part(Type::Int) + die_.of(kComparisons) + part(Type::Int) + ")";
      case 2:
        return "(" + part(Type::Text) + die_.of(kComparisons) + part(Type::Text) + ")";
      case 3:
        return "(" + part(Type::Number) + die_.of(kComparisons) + part(Type::Int) + ")";
      case 4:
        return "(" + part(any_type()) + " = " + part(any_type()) + ")";
      case 5:
        return "(" + part(Type::Int) + die_.of(kComparisons) + part(Type::Text) + ")";
      case 6:
        return "(" + part(Type::Bool) + " AND " + part(Type::Bool) + ")";
      case 7:
        return "(" + part(Type::Bool) + " OR " + part(Type::Bool) + ")";
      case 8:
        return "(" + part(Type::Bool) + " XOR " + part(Type::Bool) + ")";
      case 9:
        return "(NOT " + part(Type::Bool) + ")";
      case 10:
        return "(" + part(any_type()) + (die_.one_in(2) ? " IS NULL)" : " IS NOT NULL)");
      case 11:
        return "(" + part(Type::Int) + " IN " + part(Type::Ints) + ")";
      case 12:
        return "(" + part(Type::Text) +
               die_.of(std::array<std::string, 3>{" STARTS WITH ", " ENDS WITH ", " CONTAINS "}) +
               part(Type::Text) + ")";
      case 13: {
        const std::string list = part(Type::Ints);
        const Local x{*this, Type::Int};
        return die_.of(std::array<std::string, 4>{"all(", "any(", "none(", "single("}) + x.name +
               " IN " + list + " WHERE " + expression(Type::Bool, depth - 1) + ")";
      }
      case 14:
        return "(" + part(Type::Int) + " <= " + part(Type::Int) + " < " + part(Type::Int) + ")";
      case 15:
        return "(" + part(Type::Ints) + die_.of(kComparisons) + part(Type::Ints) + ")";
      case 16:
        if (nodes.empty()) return "true";
        return "(" + die_.of(nodes) + ":" + die_.of(kLabels) + ")";
      case 17:
        if (nodes.empty()) return "false";
        return "named(" + die_.of(nodes) + ", " + quoted(die_.of(kAsked)) + ")";
      case 18:
        if (nodes.empty()) return "null";
        return (die_.one_in(2) ? "overlaps(" : "within(") + die_.of(nodes) + ".when, " +
               quoted(die_.of(kTimes)) + ")";
      case 19: {
        if (nodes.empty()) return "true";
        const std::string from = die_.of(nodes);
        const Closed closed{*this};
        edges_left_ = 1;
        return "exists((" + from + ")" + edge(false) + node(false) + ")";
      }
      case 20:
      case 21:
        return exists(depth);
      case 22:
        if (nodes.size() < 2) return "false";
        return "(" + die_.of(nodes) + (die_.one_in(2) ? " = " : " <> ") + die_.of(nodes) + ")";
      default:
        return boolean(0);
    }
  }

  std::string exists(int depth) {
    const Closed closed{*this};
    edges_left_ = 2;
    std::string inner = "EXISTS { ";
    const bool query = die_.one_in(3);
    if (query) inner += "MATCH ";
    inner += pattern(true, false);
    if (die_.one_in(2)) inner += " WHERE " + expression(Type::Bool, depth - 1);
    if (query && die_.one_in(2)) {
      inner += " WITH " + (variables(Type::Node).empty() ? "1" : variables(Type::Node).back()) +
               " AS z, count(*) AS c WHERE c > 1 RETURN z";
    } else if (query) {
      inner += " RETURN 1 AS one";
    }
    return inner + " }";
  }

  std::string comprehension(int depth) {
    const Closed closed{*this};
    edges_left_ = 2;
    std::string inner = "[" + node(true);
    edges_left_ = 1;
    inner += edge(true) + node(true);
    if (die_.one_in(2)) inner += " WHERE " + expression(Type::Bool, depth - 1);
    return inner + " | " + expression(Type::Int, depth - 1) + "]";
  }

  std::string integers(int depth) {
    if (depth <= 0) {
      if (die_.one_in(8)) return "null";
      if (die_.one_in(3)) return node_property("l", "[]");
      return die_.one_in(2) ? "[1, 2, 2]" : "[3, null, 0]";
    }
    const auto part = [&](Type type) { return expression(type, depth - 1); };
    switch (die_.below(10)) {
      case 0:
        return "[" + part(Type::Int) + ", " + part(Type::Int) + "]";
      case 1:
        return "range(" + std::to_string(die_.below(3)) + ", " + std::to_string(die_.below(5)) +
               ")";
      case 2: {
        const std::string list = part(Type::Ints);
        const Local x{*this, Type::Int};
        std::string text = "[" + x.name + " IN " + list;
        if (die_.one_in(2)) text += " WHERE " + expression(Type::Bool, depth - 1);
        return text + " | " + expression(Type::Int, depth - 1) + "]";
      }
      case 3:
        return "(" + part(Type::Ints) + " + " + part(Type::Ints) + ")";
      case 4:
        return "(" + part(Type::Ints) + " + " + part(Type::Int) + ")";
      case 5:
        return part(Type::Ints) + "[" + std::to_string(die_.below(2)) + ".." +
               (die_.one_in(2)   ? ""
                : die_.one_in(2) ? "-1"
                                 : "2") +
               "]";
      case 6:
        return "reverse(" + part(Type::Ints) + ")";
      case 7:
        return "tail(" + part(Type::Ints) + ")";
      case 8: {
        const auto paths = variables(Type::Path);
        if (paths.empty()) return "$l";
        return "[y IN nodes(" + die_.of(paths) + ") | y.k]";
      }
      default:
        return integers(0);
    }
  }

  // Names

  // A variable of a part of an expression.
  struct Local {
    Local(Maker& maker, Type type) : name(maker.fresh()), maker_(maker) {
      maker.scope_.push_back({name, type});
    }
    ~Local() { maker_.scope_.pop_back(); }
    Local(const Local&) = delete;
    Local& operator=(const Local&) = delete;

    std::string name;

   private:
    Maker& maker_;
  };

  // What is named while it lives is known within it only.
  struct Closed {
    explicit Closed(Maker& maker) : maker_(maker), scope_(maker.scope_) {}
    ~Closed() { maker_.scope_ = std::move(scope_); }
    Closed(const Closed&) = delete;
    Closed& operator=(const Closed&) = delete;

   private:
    Maker& maker_;
    std::vector<Variable> scope_;
  };

  std::string fresh() { return "v" + std::to_string(++names_); }
  std::string introduce(Type type) {
    scope_.push_back({fresh(), type});
    return scope_.back().name;
  }

  std::vector<std::string> variables(Type type) const {
    std::vector<std::string> names;
    for (const auto& variable : scope_) {
      if (variable.type == type && !variable.name.empty()) names.push_back(variable.name);
    }
    return names;
  }

  static std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

  Die& die_;
  std::vector<Variable> scope_;
  std::vector<std::string> here_;  // relationships of the MATCH at hand
  std::size_t names_ = 0;
  int edges_left_ = 0;
  bool sorted_ = false;
};

}  // namespace

std::string random_graph(Die& die) {
  std::string lines;
  const std::size_t nodes = 1 + die.below(7);
  const auto property = [&](std::string& list, std::size_t one_in, const std::string& entry) {
    if (!die.one_in(one_in)) return;
    list += (list.empty() ? "" : ",") + entry;
  };
  for (std::size_t i = 1; i <= nodes; ++i) {
    std::string labels;
    for (const auto* label : kLabels) {
      if (die.one_in(3)) labels += (labels.empty() ? "\"" : ",\"") + std::string(label) + "\"";
    }
    std::string properties;
    property(properties, 1, "\"k\":" + std::to_string(die.below(4)));
    property(properties, 2, "\"s\":\"" + std::string(die.of(kTexts)) + "\"");
    property(properties, 2, "\"name\":\"" + std::string(die.of(kNames)) + "\"");
    property(properties, 5, R"("aliases":["Beijing","HN"])");
    property(properties, 2, "\"when\":\"" + std::string(die.of(kTimes)) + "\"");
    property(properties, 3, die.one_in(2) ? "\"b\":true" : "\"b\":false");
    property(properties, 3, die.one_in(2) ? "\"f\":1.5" : "\"f\":-0.25");
    property(properties, 3, die.one_in(2) ? "\"l\":[1,2]" : "\"l\":[]");
    lines += "{\"node\":\"n" + std::to_string(i) + "\",\"labels\":[" + labels +
             "],\"properties\":{" + properties + "}}\n";
  }
  const std::size_t edges = die.below(10);
  for (std::size_t i = 1; i <= edges; ++i) {
    std::string properties;
    property(properties, 2, "\"w\":" + std::to_string(die.below(3)));
    property(properties, 4, "\"when\":\"" + std::string(die.of(kTimes)) + "\"");
    lines += "{\"edge\":\"r" + std::to_string(i) + "\",\"type\":\"" + die.of(kTypes) +
             "\",\"from\":\"n" + std::to_string(1 + die.below(nodes)) + "\",\"to\":\"n" +
             std::to_string(1 + die.below(nodes)) + "\",\"properties\":{" + properties + "}}\n";
  }
  return lines;
}

RandomStatement random_statement(Die& die) { return Maker(die).statement(); }

}  // namespace ketnghia::query::test
