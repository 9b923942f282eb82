#include "query-lang/analysis/binder.hpp"

#include <algorithm>
#include <utility>

#include "query-lang/analysis/analyse.hpp"
#include "query-lang/analysis/nearest.hpp"
#include "query-lang/functions/registry.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::query {

void semantic_error(Span span, std::string_view code, std::string message, std::string expected,
                    std::vector<std::string> nearest) {
  Diagnostic diagnostic;
  diagnostic.span = span;
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  diagnostic.expected = std::move(expected);
  diagnostic.nearest = std::move(nearest);
  throw QueryError(std::move(diagnostic));
}

void type_error(Span span, std::string message) {
  semantic_error(span, "InvalidArgumentType", std::move(message));
}

bound::Slot Binder::take_slot() {
  part_.push_back(slots_.take());
  return part_.back();
}

void Binder::count_step(Span span) {
  if (++steps_ <= kMaxSteps) return;
  semantic_error(span, "StatementTooLong",
                 "the statement has more than " + std::to_string(kMaxSteps) +
                     " clauses, nodes and relationships");
}

bound::Query Binder::query(const ast::Query& query) {
  bound::Query bound = union_of(query, false);
  bound.slots = slots_.count();
  return bound;
}

bound::Query Binder::union_of(const ast::Query& query, bool nested) {
  bound::Query bound;
  const Scope before = scope_;
  bound.branches.push_back(single_query(query.first, nested, bound.columns));
  if (query.rest.empty()) {
    bound.result = bound.branches.front().result;
    return bound;
  }
  bound.all = query.rest.front().all;
  // Never released: rows of one branch stand here while another runs.
  for (std::size_t i = 0; i < bound.columns.size(); ++i) bound.result.push_back(slots_.take());
  for (const auto& part : query.rest) {
    if (part.all != bound.all) {
      semantic_error(part.query.span, "InvalidClauseComposition",
                     "UNION and UNION ALL cannot be mixed");
    }
    scope_ = before;
    std::vector<std::string> columns;
    bound.branches.push_back(single_query(part.query, nested, columns));
    auto& branch = bound.branches.back();
    std::vector<bound::Slot> result;
    for (const auto& name : bound.columns) {
      const auto found = std::find(columns.begin(), columns.end(), name);
      if (found != columns.end()) {
        result.push_back(branch.result[static_cast<std::size_t>(found - columns.begin())]);
      }
    }
    if (result.size() != bound.columns.size() || columns.size() != bound.columns.size()) {
      semantic_error(part.query.span, "DifferentColumnsInUnion",
                     "all parts of a UNION return the same columns");
    }
    branch.result = std::move(result);
  }
  return bound;
}

bound::SingleQuery Binder::single_query(const ast::SingleQuery& query, bool nested,
                                        std::vector<std::string>& columns) {
  bound::SingleQuery bound;
  bool returned = false;
  for (const auto& clause : query.clauses) {
    const Span span = std::visit([](const auto& it) { return it.span; }, clause);
    count_step(span);
    if (returned) {
      semantic_error(span, "InvalidClauseComposition", "nothing can follow RETURN",
                     "UNION or the end");
    }
    if (const auto* matched = std::get_if<ast::Match>(&clause)) {
      bound::Match match_clause =
          match(matched->parts, matched->where ? &*matched->where : nullptr, true);
      match_clause.optional = matched->optional;
      bound.clauses.emplace_back(std::move(match_clause));
    } else if (const auto* unwound = std::get_if<ast::Unwind>(&clause)) {
      bound.clauses.emplace_back(unwind(*unwound));
    } else if (const auto* called = std::get_if<ast::CallClause>(&clause)) {
      // Alone, it returns what it yields.
      std::vector<bound::Slot> slots;
      call(*called, bound, columns, slots);
      if (query.clauses.size() == 1 && !nested) {
        bound.result = std::move(slots);
        returned = true;
      }
    } else {
      const auto& project = std::get<ast::Project>(clause);
      bound::Projection projected = projection(project, columns);
      if (project.returns) bound.result = projected.result;
      returned = project.returns;
      bound.clauses.emplace_back(std::move(projected));
    }
  }
  if (!returned && !nested) {
    semantic_error({query.span.end, query.span.end}, "InvalidClauseComposition",
                   "the statement does not say what to return", "RETURN");
  }
  if (!returned) columns.clear();
  return bound;
}

bound::Unwind Binder::unwind(const ast::Unwind& unwind) {
  bound::Unwind bound;
  Allowed allowed;
  allowed.place = "UNWIND";
  bound.list = expression(unwind.list, allowed);
  if (scope_.find(unwind.variable.text) != nullptr) {
    semantic_error(unwind.variable.span, "VariableAlreadyBound",
                   "there is a variable " + unwind.variable.text + " already", "a new name");
  }
  bound.slot = take_slot();
  bound.name = unwind.variable.text;
  const Type& list = bound.list->type;
  scope_.add({bound.name, bound.slot, list.is(BaseType::List) ? list.element() : Type()});
  return bound;
}

namespace {

std::vector<std::string> columns_of(const Function& procedure) {
  std::vector<std::string> columns{""};
  for (const char c : procedure.yields) {
    if (c == ' ') {
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  return columns;
}

Type column_type(std::string_view column) {
  if (column == "node") return BaseType::Node;
  if (column == "path") return BaseType::Path;
  return column == "score" ? BaseType::Float : BaseType::Integer;
}

[[noreturn]] void unknown_procedure(const ast::Name& name) {
  std::vector<std::string> procedures;
  for (const auto* function : all_functions()) {
    if (!function->yields.empty()) procedures.emplace_back(function->name);
  }
  std::string expected;
  for (const auto& procedure : procedures) expected += (expected.empty() ? "" : ", ") + procedure;
  semantic_error(name.span, "ProcedureNotFound", "there is no procedure " + name.text, expected,
                 nearest(name.text, procedures, 3));
}

}  // namespace

void Binder::call(const ast::CallClause& call, bound::SingleQuery& query,
                  std::vector<std::string>& columns, std::vector<bound::Slot>& slots) {
  const Function* procedure = find_function(call.procedure.text);
  if (procedure == nullptr || procedure->yields.empty()) unknown_procedure(call.procedure);
  ast::Call source;
  source.span = call.procedure.span;
  source.name = call.procedure;
  source.arguments = call.arguments;
  Allowed allowed;
  allowed.place = "CALL";
  bound::Unwind rows;
  rows.list = atom(source, allowed);
  rows.slot = take_slot();
  rows.name = call.procedure.text;
  const bound::Slot row = rows.slot;
  query.clauses.emplace_back(std::move(rows));

  const auto given = columns_of(*procedure);
  auto wanted = call.yields;
  if (wanted.empty()) {
    for (const auto& column : given) {
      ast::YieldItem item;
      item.column.span = call.procedure.span;
      item.column.text = column;
      wanted.push_back(std::move(item));
    }
  }
  bound::Projection taken;
  for (const auto& variable : scope_.variables()) taken.result.push_back(variable.slot);
  columns.clear();
  for (const auto& item : wanted) {
    const auto place = std::find(given.begin(), given.end(), item.column.text);
    if (place == given.end()) {
      std::string expected;
      for (const auto& column : given) expected += (expected.empty() ? "" : ", ") + column;
      semantic_error(item.column.span, "UndefinedVariable",
                     std::string(procedure->name) + " yields no " + item.column.text, expected,
                     nearest(item.column.text, given, 3));
    }
    const ast::Name& name = item.alias ? *item.alias : item.column;
    if (scope_.find(name.text) != nullptr) {
      semantic_error(name.span, "VariableAlreadyBound",
                     "there is a variable " + name.text + " already", "AS and a new name");
    }
    const auto make = [&](bound::Kind kind, Type type) {
      return std::make_unique<bound::Expression>(kind, item.column.span, std::move(type));
    };
    auto value = make(bound::Kind::Index, column_type(item.column.text));
    value->children.push_back(make(bound::Kind::Variable, BaseType::List));
    value->children.back()->slot = row;
    value->children.back()->text = call.procedure.text;
    value->children.push_back(make(bound::Kind::Literal, BaseType::Integer));
    value->children.back()->value = static_cast<std::int64_t>(place - given.begin());
    const bound::Slot slot = take_slot();
    scope_.add({name.text, slot, value->type});
    columns.push_back(name.text);
    slots.push_back(slot);
    taken.result.push_back(slot);
    taken.columns.push_back({std::move(value), slot, name.text});
  }
  if (call.where) condition(*call.where, "WHERE", taken.predicates);
  query.clauses.emplace_back(std::move(taken));
}

bound::Query analyse(const ast::Query& query, std::string_view statement) {
  return Binder(statement).query(query);
}

}  // namespace ketnghia::query
