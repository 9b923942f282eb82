#include "query-lang/analysis/binder.hpp"

#include <algorithm>
#include <utility>

#include "query-lang/analysis/analyse.hpp"
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

bound::Query analyse(const ast::Query& query, std::string_view statement) {
  return Binder(statement).query(query);
}

}  // namespace ketnghia::query
