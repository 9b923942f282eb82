#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "query-lang/analysis/binder.hpp"

namespace ketnghia::query {

using bound::ExpressionPtr;
using bound::Kind;
using bound::Slot;

// A projection while it is bound.
struct Binder::Projected {
  struct Item {
    ExpressionPtr expression;
    std::string name;
    Span span;
    Slot slot = 0;
    Type type;
    bool aggregate = false;
    bool same = false;    // a variable that keeps its name
    bool simple = false;  // a variable or a property of one
    std::string key;      // canonical text
  };

  std::vector<Item> items;
  bool aggregated = false;
  bool distinct = false;
  std::optional<Span> unnamed;  // an expression that needs a name and has none
  std::set<Slot> before;        // every variable that was in scope
  std::set<Slot> kept;          // those of them that are projected themselves
  std::set<Slot> mentioned;     // those that some projected expression reads
  std::vector<std::pair<std::string, Slot>> aggregates;  // canonical text, where it is computed
};

bound::Projection Binder::projection(const ast::Project& project,
                                     std::vector<std::string>& columns) {
  Projected projected;
  projected.distinct = project.projection.distinct;
  bind_columns(project, projected);

  bound::Projection bound;
  bound.distinct = projected.distinct;
  compute_columns(bound, projected);

  // ORDER BY and WHERE see the new names, and behind them the old ones.
  std::vector<Slot> columns_taken = bound.result;
  for (const auto& item : projected.items) {
    if (!item.same) scope_.add({item.name, item.slot, item.type});
  }
  for (const auto& item : project.projection.order) {
    bound::SortKey key;
    Allowed allowed;
    allowed.aggregates = projected.aggregated;
    allowed.place = "ORDER BY where nothing returned is an aggregate";
    key.expression = after(item.expression, allowed, bound, projected);
    key.descending = item.descending;
    if (item.collation) {
      if (item.collation->text != "vi") {
        semantic_error(item.collation->span, "UnexpectedSyntax", "there is no such order of words",
                       "vi");
      }
      key.vietnamese = true;
    }
    bound.order.push_back(std::move(key));
  }
  if (project.projection.skip) bound.skip = row_count(*project.projection.skip, "SKIP");
  if (project.projection.limit) bound.limit = row_count(*project.projection.limit, "LIMIT");
  if (project.where) {
    Allowed allowed;
    allowed.patterns = true;
    allowed.place = "WHERE";
    ExpressionPtr condition = after(*project.where, allowed, bound, projected);
    if (!condition->type.can_be(BaseType::Boolean)) {
      type_error(condition->span,
                 "a condition is true or false, not " + condition->type.in_words());
    }
    bound.predicates.push_back(std::move(condition));
  }

  if (projected.unnamed) {
    semantic_error(*projected.unnamed, "NoExpressionAlias", "in WITH, an expression needs a name",
                   "AS and a name");
  }

  Scope next = outer_;
  columns.clear();
  for (const auto& item : projected.items) {
    next.add({item.name, item.slot, item.type});
    columns.push_back(item.name);
  }
  scope_ = std::move(next);
  for (const Slot slot : part_) {
    if (std::find(columns_taken.begin(), columns_taken.end(), slot) == columns_taken.end()) {
      slots_.release(slot);
    }
  }
  part_ = std::move(columns_taken);
  return bound;
}

void Binder::bind_columns(const ast::Project& project, Projected& projected) {
  const auto& source = project.projection.columns;
  std::set<std::string> names;
  const auto add = [&](ExpressionPtr expression, std::string name, Span span) {
    if (!names.insert(name).second) {
      semantic_error(span, "ColumnNameConflict", "there are two columns called " + name,
                     "AS and a name of its own");
    }
    Projected::Item item;
    item.aggregate = contains_aggregate(*expression);
    item.same = expression->kind == Kind::Variable && expression->text == name;
    item.simple =
        expression->kind == Kind::Variable ||
        (expression->kind == Kind::Property && expression->children[0]->kind == Kind::Variable);
    item.key = canonical(*expression);
    item.type = expression->type;
    item.expression = std::move(expression);
    item.name = std::move(name);
    item.span = span;
    projected.aggregated = projected.aggregated || item.aggregate;
    projected.items.push_back(std::move(item));
  };
  if (source.all) {
    if (scope_.variables().empty() && project.returns) {
      semantic_error(project.projection.span, "NoVariablesInScope",
                     "there is no variable that * could stand for");
    }
    for (const auto& variable : scope_.variables()) {
      if (names.contains(variable.name) || scope_.find(variable.name) != &variable) continue;
      auto expression = std::make_unique<bound::Expression>(Kind::Variable, project.projection.span,
                                                            variable.type);
      expression->slot = variable.slot;
      expression->text = variable.name;
      add(std::move(expression), variable.name, project.projection.span);
    }
  }
  for (const auto& item : source.items) {
    Allowed allowed;
    allowed.aggregates = true;
    ExpressionPtr expression = this->expression(item.expression, allowed);
    std::string name;
    if (item.alias) {
      name = item.alias->text;
    } else if (expression->kind == Kind::Variable) {
      name = expression->text;
    } else if (project.returns) {
      name = item.expression.span.of(statement_);
    } else {
      // Refused once the rest has been checked, whose faults say more.
      name = item.expression.span.of(statement_);
      if (!projected.unnamed) projected.unnamed = item.span;
    }
    add(std::move(expression), std::move(name), item.span);
  }
  for (const auto& variable : scope_.variables()) projected.before.insert(variable.slot);
  for (const auto& item : projected.items) {
    if (item.aggregate) continue;
    if (item.expression->kind == Kind::Variable) projected.kept.insert(item.expression->slot);
    projected.mentioned.merge(slots_read(*item.expression));
  }
  for (auto& item : projected.items) item.slot = take_slot();
}

void Binder::compute_columns(bound::Projection& projection, Projected& projected) {
  projection.aggregated = projected.aggregated;
  for (auto& item : projected.items) {
    projection.result.push_back(item.slot);
    if (item.aggregate) over_group(item.expression, projection, projected, true);
    auto& columns = projected.aggregated && !item.aggregate ? projection.keys : projection.columns;
    columns.push_back({std::move(item.expression), item.slot, item.name});
  }
}

ExpressionPtr Binder::after(const ast::Expression& expression, const Allowed& allowed,
                            bound::Projection& projection, Projected& projected) {
  ExpressionPtr bound = this->expression(expression, allowed);
  if (projected.aggregated || projected.distinct) over_group(bound, projection, projected, false);
  return bound;
}

// Rewrites an expression to be computed of a group (or of a distinct row): what is projected is
// read from its column, aggregates from where they are computed. Anything else of the rows that
// were grouped is gone, and reading it is an error.
void Binder::over_group(ExpressionPtr& expression, bound::Projection& projection,
                        Projected& projected, bool in_item) {
  const bool mixed = contains_aggregate(*expression);
  const auto column = [](const bound::Expression& of, Slot slot, const std::string& name) {
    auto variable = std::make_unique<bound::Expression>(Kind::Variable, of.span, of.type);
    variable->slot = slot;
    variable->text = name;
    return variable;
  };
  const auto gone = [&](Slot slot, const bound::Expression& at) {
    if (!projected.before.contains(slot) || projected.kept.contains(slot)) return;
    const bool ambiguous = in_item || (mixed && projected.mentioned.contains(slot));
    const std::string name = at.kind == Kind::Variable ? at.text : readable(at);
    if (ambiguous) {
      semantic_error(at.span, "AmbiguousAggregationExpression",
                     name + " stands beside an aggregate and is not grouped by",
                     "a WITH before, that gives it a name");
    }
    semantic_error(at.span, "UndefinedVariable",
                   name + " is gone: rows were grouped, or made distinct, without it");
  };
  const auto rewrite = [&](const auto& self, ExpressionPtr& e) -> void {
    const std::string key = canonical(*e);
    for (const auto& item : projected.items) {
      if (in_item && item.aggregate) continue;
      if (mixed && !item.simple && !item.aggregate) continue;
      if (item.key != key) continue;
      e = column(*e, item.slot, item.name);
      return;
    }
    if (e->kind == Kind::Aggregate) {
      for (const auto& [known, slot] : projected.aggregates) {
        if (known == key) {
          e = column(*e, slot, key);
          return;
        }
      }
      if (!in_item) {
        for (const Slot slot : slots_read(*e)) {
          if (projected.before.contains(slot)) {
            semantic_error(
                e->span, "UndefinedVariable",
                readable(*e) + " is computed of rows that are gone, and is not returned");
          }
        }
      }
      const Slot slot = take_slot();
      projected.aggregates.emplace_back(key, slot);
      auto read = column(*e, slot, readable(*e));
      projection.aggregates.push_back({std::move(e), slot, read->text});
      e = std::move(read);
      return;
    }
    if (e->kind == Kind::Variable) gone(e->slot, *e);
    if (e->subquery) {
      for (const Slot slot : slots_read(*e)) gone(slot, *e);
      return;
    }
    for (auto& child : e->children) {
      if (child) self(self, child);
    }
  };
  rewrite(rewrite, expression);
}

ExpressionPtr Binder::row_count(const ast::Expression& expression, std::string_view clause) {
  Allowed allowed;
  allowed.place = clause;
  ExpressionPtr bound = this->expression(expression, allowed);
  if (!slots_read(*bound).empty()) {
    semantic_error(bound->span, "NonConstantExpression",
                   std::string(clause) + " is the same for all rows: it cannot read a variable",
                   "a number or a parameter");
  }
  if (!bound->type.can_be(BaseType::Integer)) {
    type_error(bound->span,
               std::string(clause) + " takes an integer, not " + bound->type.in_words());
  }
  if (const auto* number = std::get_if<std::int64_t>(&bound->value.data); number && *number < 0) {
    semantic_error(bound->span, "NegativeIntegerArgument",
                   std::string(clause) + " takes no negative number");
  }
  return bound;
}

}  // namespace ketnghia::query
