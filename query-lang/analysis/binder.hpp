#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/analysis/precedence.hpp"
#include "query-lang/analysis/scope.hpp"
#include "query-lang/parser/ast.hpp"

// The parts of analyse(), which share one Binder. Not for others.
namespace ketnghia::query {

[[noreturn]] void semantic_error(Span span, std::string_view code, std::string message,
                                 std::string expected = {}, std::vector<std::string> nearest = {});
[[noreturn]] void type_error(Span span, std::string message);

// What an expression may contain where it stands.
struct Allowed {
  bool aggregates = false;
  // The place is a condition, so a pattern can stand for "there is one".
  bool patterns = false;
  bool in_aggregate = false;
  std::string_view place;  // for "aggregation cannot stand in WHERE"

  Allowed without_patterns() const { return {aggregates, false, in_aggregate, place}; }
  Allowed without_aggregates(std::string_view where) const {
    return {false, false, in_aggregate, where};
  }
};

class Binder {
 public:
  explicit Binder(std::string_view statement) : statement_(statement) {}

  bound::Query query(const ast::Query& query);
  std::size_t slots() const { return slots_.count(); }

 private:
  // binder.cpp: clauses
  bound::Query union_of(const ast::Query& query, bool nested);
  bound::SingleQuery single_query(const ast::SingleQuery& query, bool nested,
                                  std::vector<std::string>& columns);
  bound::Unwind unwind(const ast::Unwind& unwind);
  // A procedure is a function whose list is unwound, and its rows taken apart.
  void call(const ast::CallClause& call, bound::SingleQuery& query,
            std::vector<std::string>& columns, std::vector<bound::Slot>& slots);
  bound::Slot take_slot();
  // Counts a clause, a node or a relationship against kMaxSteps.
  void count_step(Span span);

  // bind_projection.cpp
  struct Projected;
  bound::Projection projection(const ast::Project& project, std::vector<std::string>& columns);
  void bind_columns(const ast::Project& project, Projected& projected);
  void compute_columns(bound::Projection& projection, Projected& projected);
  bound::ExpressionPtr after(const ast::Expression& expression, const Allowed& allowed,
                             bound::Projection& projection, Projected& projected);
  void over_group(bound::ExpressionPtr& expression, bound::Projection& projection,
                  Projected& projected, bool in_item);
  bound::ExpressionPtr row_count(const ast::Expression& expression, std::string_view clause);

  // bind_pattern.cpp
  struct PatternBuild;
  // New variables are added to the scope; a caller that must not keep them restores it.
  bound::Match match(const std::vector<ast::PatternPart>& parts, const ast::Expression* where,
                     bool may_introduce);
  void part(const ast::PatternPart& part, PatternBuild& build);
  std::size_t node(const ast::NodePattern& node, PatternBuild& build);
  std::size_t edge(const ast::EdgePattern& edge, std::size_t from, std::size_t to,
                   PatternBuild& build);
  void properties(const ast::Properties& properties, bound::Slot slot, const std::string& name,
                  BaseType type, std::vector<bound::ExpressionPtr>& predicates);
  const ast::MapLiteral* property_map(const ast::Properties& properties) const;
  void condition(const ast::Expression& where, std::string_view place,
                 std::vector<bound::ExpressionPtr>& predicates);

  // bind_expression.cpp
  bound::ExpressionPtr expression(const ast::Expression& expression, const Allowed& allowed);
  bound::ExpressionPtr tree(const OperatorTree& tree, const Allowed& allowed);
  bound::ExpressionPtr logic(const OperatorTree& tree, const Allowed& allowed);
  bound::ExpressionPtr predicates(const OperatorTree& tree, const Allowed& allowed);
  bound::ExpressionPtr arithmetic(const OperatorTree& tree, const Allowed& allowed);
  bound::ExpressionPtr sign(const OperatorTree& tree, const Allowed& allowed);
  bound::ExpressionPtr operand(const ast::Operand& operand, bool negative, const Allowed& allowed);
  bound::ExpressionPtr suffix(bound::ExpressionPtr of, const ast::Suffix& suffix,
                              const Allowed& allowed);

  bound::ExpressionPtr atom(const ast::ConstantLiteral& literal, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::IntegerLiteral& literal, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::FloatLiteral& literal, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::StringLiteral& literal, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Parameter& parameter, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Name& variable, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::ListAtom& list, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::MapLiteral& map, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::MapProjection& map, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Case& expression, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Call& call, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::CountAll& call, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Quantified& quantified, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Reduce& reduce, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::PatternExpression& pattern, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::PatternComprehension& pattern, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Exists& exists, const Allowed& allowed);
  bound::ExpressionPtr atom(const ast::Box<ast::Expression>& bracket, const Allowed& allowed);

  bound::ExpressionPtr exists(const std::vector<ast::PatternPart>& parts,
                              const ast::Expression* where, bool may_introduce, Span span);
  bound::ExpressionPtr aggregate(const ast::Call& call, const Function& function,
                                 const Allowed& allowed);
  void share_searched_words(bound::Expression& call, const ast::Call& source);
  void check_arguments(const bound::Expression& call) const;
  const Variable& variable(const ast::Name& name) const;

  // Gives a variable to the part of an expression that is bound while it lives.
  class Local;
  // What is bound while it lives is a subquery: its variables and slots are dropped at its end.
  class Inner;

  std::string_view statement_;
  Scope scope_;
  Scope outer_;  // of a subquery: what its clauses see in addition, whatever a WITH drops
  Slots slots_;
  std::vector<bound::Slot> part_;    // taken since the last WITH, to be released at the next
  std::vector<bound::Slot> locals_;  // by depth: the slots of Locals, never shared with others
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  std::map<std::string, const ast::Expression*> searched_;  // by variable: words of its search()
};

}  // namespace ketnghia::query
