#include "query-lang/analysis/bound_query.hpp"

#include <array>
#include <map>
#include <string_view>

#include "query-lang/executor/json.hpp"
#include "query-lang/functions/registry.hpp"

namespace ketnghia::query::bound {
namespace {

constexpr std::array<std::string_view, 16> kOperators{
    "=",        "<>", "<", "<=", ">", ">=", "STARTS WITH", "ENDS WITH",
    "CONTAINS", "=~", "+", "-",  "*", "/",  "%",           "^"};
constexpr std::array<std::string_view, 4> kQuantifiers{"all", "any", "none", "single"};

std::string_view spelling(Operator op) { return kOperators[static_cast<std::size_t>(op)]; }

// The slots that an expression or a query reads, and those it fills for itself.
struct SlotUse {
  std::set<Slot> read;
  std::set<Slot> own;

  void expression(const Expression& e) {
    if (e.kind == Kind::Variable) read.insert(e.slot);
    if (e.kind == Kind::ListComprehension || e.kind == Kind::Quantifier || e.kind == Kind::Reduce) {
      own.insert(e.slot);
      if (e.kind == Kind::Reduce) own.insert(e.other_slot);
    }
    for (const auto& child : e.children) {
      if (child) expression(*child);
    }
    if (e.subquery) query(*e.subquery);
  }

  void query(const Query& q) {
    for (const auto& branch : q.branches) {
      for (const auto& clause : branch.clauses) {
        if (const auto* match = std::get_if<Match>(&clause)) {
          for (const auto& n : match->nodes) (n.bound ? read : own).insert(n.slot);
          for (const auto& e : match->edges) (e.bound ? read : own).insert(e.slot);
          for (const auto& p : match->paths) own.insert(p.slot);
        } else if (const auto* unwind = std::get_if<Unwind>(&clause)) {
          own.insert(unwind->slot);
        } else {
          const auto& projection = std::get<Projection>(clause);
          for (const auto* columns :
               {&projection.keys, &projection.aggregates, &projection.columns}) {
            for (const auto& column : *columns) own.insert(column.slot);
          }
        }
      }
    }
    for_each_expression(q, [this](const Expression& e) { expression(e); });
  }
};

std::set<Slot> own_slots(const Query& query) {
  SlotUse use;
  use.query(query);
  return std::move(use.own);
}

// Writes expressions back as text; with slots, as a key of their meaning.
class TextWriter {
 public:
  explicit TextWriter(bool with_slots) : with_slots_(with_slots) {}

  void write(const Expression& e) {
    switch (e.kind) {
      case Kind::Literal:
        text += literal_text(e.value);
        break;
      case Kind::Parameter:
        text += "$" + e.text;
        break;
      case Kind::Variable:
        name(e.text, e.slot);
        break;
      case Kind::Property:
        child(e, 0);
        text += "." + e.text;
        break;
      case Kind::Index:
        child(e, 0);
        text += "[";
        child(e, 1);
        text += "]";
        break;
      case Kind::Slice:
        child(e, 0);
        text += "[";
        child(e, 1);
        text += "..";
        child(e, 2);
        text += "]";
        break;
      case Kind::HasLabels:
        child(e, 0);
        for (const auto& label : e.names) text += ":" + label;
        break;
      case Kind::List:
        text += "[";
        children(e, ", ");
        text += "]";
        break;
      case Kind::Map:
        text += "{";
        for (std::size_t i = 0; i < e.children.size(); ++i) {
          text += (i == 0 ? "" : ", ") + e.names[i] + ": ";
          child(e, i);
        }
        text += "}";
        break;
      case Kind::AllProperties:
        child(e, 0);
        text += " {.*}";
        break;
      case Kind::MergedMap:
        text += "{";
        children(e, ", ");
        text += "}";
        break;
      case Kind::Not:
        text += "NOT ";
        child(e, 0);
        break;
      case Kind::Negate:
        text += "-";
        child(e, 0);
        break;
      case Kind::And:
        bracketed(e, " AND ");
        break;
      case Kind::Or:
        bracketed(e, " OR ");
        break;
      case Kind::Xor:
        bracketed(e, " XOR ");
        break;
      case Kind::Arithmetic:
      case Kind::StringTest:
        text += "(";
        operands(e);
        text += ")";
        break;
      case Kind::Comparison:
        operands(e);
        break;
      case Kind::In:
        child(e, 0);
        text += " IN ";
        child(e, 1);
        break;
      case Kind::IsNull:
        child(e, 0);
        text += " IS NULL";
        break;
      case Kind::Case:
        branches(e, 0);
        break;
      case Kind::SimpleCase:
        branches(e, 1);
        break;
      case Kind::Call:
      case Kind::Aggregate:
        text += std::string(e.function->name) + "(" + (e.distinct ? "DISTINCT " : "");
        if (e.kind == Kind::Aggregate && e.children.empty()) text += "*";
        children(e, ", ");
        text += ")";
        break;
      case Kind::ListComprehension:
        text += "[";
        name(e.text, e.slot);
        text += " IN ";
        child(e, 0);
        if (e.children[1]) text += " WHERE ";
        child(e, 1);
        if (e.children[2]) text += " | ";
        child(e, 2);
        text += "]";
        break;
      case Kind::Quantifier:
        text += std::string(kQuantifiers[static_cast<std::size_t>(e.quantifier)]) + "(";
        name(e.text, e.slot);
        text += " IN ";
        child(e, 0);
        text += " WHERE ";
        child(e, 1);
        text += ")";
        break;
      case Kind::Reduce:
        text += "reduce(";
        name(e.names[0], e.other_slot);
        text += " = ";
        child(e, 0);
        text += ", ";
        name(e.text, e.slot);
        text += " IN ";
        child(e, 1);
        text += " | ";
        child(e, 2);
        text += ")";
        break;
      case Kind::Exists:
        text += "EXISTS {";
        query(*e.subquery);
        text += "}";
        break;
      case Kind::Collect:
      case Kind::FirstRow:
        text += e.kind == Kind::Collect ? "[" : "first[";
        query(*e.subquery);
        text += " | ";
        child(e, 0);
        text += "]";
        break;
    }
  }

  std::string text;

 private:
  void name(const std::string& variable, Slot slot) {
    text += variable;
    if (!with_slots_ && !variable.empty()) return;
    const auto own = own_.find(slot);
    text += own == own_.end() ? "#" + std::to_string(slot) : "%" + std::to_string(own->second);
  }

  void child(const Expression& e, std::size_t i) {
    if (e.children[i]) write(*e.children[i]);
  }

  void children(const Expression& e, std::string_view between) {
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      if (i != 0) text += between;
      child(e, i);
    }
  }

  void bracketed(const Expression& e, std::string_view between) {
    text += "(";
    children(e, between);
    text += ")";
  }

  void operands(const Expression& e) {
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      if (i != 0) text += " " + std::string(spelling(e.operators[i - 1])) + " ";
      child(e, i);
    }
  }

  void branches(const Expression& e, std::size_t first) {
    text += "CASE";
    if (first == 1) {
      text += " ";
      child(e, 0);
    }
    std::size_t i = first;
    for (; i + 1 < e.children.size(); i += 2) {
      text += " WHEN ";
      child(e, i);
      text += " THEN ";
      child(e, i + 1);
    }
    if (i < e.children.size()) {
      text += " ELSE ";
      child(e, i);
    }
    text += " END";
  }

  // The slots that a subquery fills itself are numbered within it: where else they are free to
  // be makes no difference to what it means.
  void query(const Query& q) {
    const auto outer = own_;
    for (const Slot slot : own_slots(q)) own_.emplace(slot, own_.size());
    branches(q);
    own_ = outer;
  }

  void branches(const Query& q) {
    for (std::size_t i = 0; i < q.branches.size(); ++i) {
      if (i != 0) text += q.all ? " UNION ALL " : " UNION ";
      for (const auto& clause : q.branches[i].clauses) {
        std::visit([&](const auto& it) { this->clause(it); }, clause);
      }
    }
  }

  void node(const PatternNode& n) {
    text += "(";
    name(n.name, n.slot);
    for (const auto& label : n.labels) text += ":" + label;
    text += ")";
  }

  void clause(const Match& m) {
    text += m.optional ? "OPTIONAL MATCH " : "MATCH ";
    for (const auto& n : m.nodes) node(n);
    for (const auto& e : m.edges) {
      text += " ";
      node(m.nodes[e.from]);
      text += e.direction == Direction::In ? "<-[" : "-[";
      name(e.name, e.slot);
      for (const auto& type : e.types) text += ":" + type;
      if (e.variable) text += "*" + std::to_string(e.low) + ".." + std::to_string(e.high);
      if (e.kind != PathKind::Every) text += e.kind == PathKind::Shortest ? "!" : "!!";
      for (const auto& [key, value] : e.properties) {
        text += " " + key + ": ";
        write(*value);
      }
      text += e.direction == Direction::Out ? "]->" : "]-";
      node(m.nodes[e.to]);
    }
    for (const auto& predicate : m.predicates) {
      text += " WHERE ";
      write(*predicate);
    }
  }

  void clause(const Unwind& u) {
    text += " UNWIND ";
    write(*u.list);
    text += " AS ";
    name(u.name, u.slot);
  }

  void columns(const std::vector<Column>& all) {
    for (const auto& column : all) {
      write(*column.expression);
      text += " AS ";
      name(column.name, column.slot);
      text += " ";
    }
  }

  void clause(const Projection& p) {
    text += p.distinct ? " WITH DISTINCT " : " WITH ";
    columns(p.keys);
    columns(p.aggregates);
    columns(p.columns);
    for (const auto& key : p.order) {
      text += " ORDER BY ";
      write(*key.expression);
      if (key.descending) text += " DESC";
    }
    for (const auto* rows : {&p.skip, &p.limit}) {
      if (!*rows) continue;
      text += rows == &p.skip ? " SKIP " : " LIMIT ";
      write(**rows);
    }
    for (const auto& predicate : p.predicates) {
      text += " WHERE ";
      write(*predicate);
    }
  }

  bool with_slots_;
  std::map<Slot, std::size_t> own_;
};

}  // namespace

Expression::Expression() = default;
Expression::Expression(Kind expression_kind, Span where, Type known)
    : kind(expression_kind), span(where), type(std::move(known)) {}
Expression::~Expression() = default;

std::string canonical(const Expression& expression) {
  TextWriter writer{true};
  writer.write(expression);
  return std::move(writer.text);
}

std::string readable(const Expression& expression) {
  TextWriter writer{false};
  writer.write(expression);
  return std::move(writer.text);
}

std::set<Slot> slots_read(const Expression& expression) {
  SlotUse use;
  use.expression(expression);
  for (const Slot slot : use.own) use.read.erase(slot);
  return std::move(use.read);
}

bool contains_aggregate(const Expression& expression) {
  if (expression.kind == Kind::Aggregate) return true;
  for (const auto& child : expression.children) {
    if (child && contains_aggregate(*child)) return true;
  }
  return false;
}

namespace {

template <typename AnyQuery, typename Visit>
void visit_expressions(AnyQuery& query, const Visit& visit) {
  const auto visit_all = [&](auto& columns) {
    for (auto& column : columns) visit(*column.expression);
  };
  for (auto& branch : query.branches) {
    for (auto& clause : branch.clauses) {
      if (auto* match = std::get_if<Match>(&clause)) {
        for (auto& edge : match->edges) {
          for (auto& [key, value] : edge.properties) visit(*value);
        }
        for (auto& predicate : match->predicates) visit(*predicate);
      } else if (auto* unwind = std::get_if<Unwind>(&clause)) {
        visit(*unwind->list);
      } else {
        auto& projection = std::get<Projection>(clause);
        visit_all(projection.keys);
        visit_all(projection.aggregates);
        visit_all(projection.columns);
        for (auto& key : projection.order) visit(*key.expression);
        if (projection.skip) visit(*projection.skip);
        if (projection.limit) visit(*projection.limit);
        for (auto& predicate : projection.predicates) visit(*predicate);
      }
    }
  }
}

}  // namespace

void for_each_expression(const Query& query, const std::function<void(const Expression&)>& visit) {
  visit_expressions(query, visit);
}

}  // namespace ketnghia::query::bound
