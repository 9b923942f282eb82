#include <algorithm>
#include <utility>

#include "query-lang/analysis/binder.hpp"
#include "query-lang/analysis/nearest.hpp"
#include "query-lang/functions/registry.hpp"
#include "query-lang/parser/parse.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::query {

using bound::Expression;
using bound::ExpressionPtr;
using bound::Kind;

class Binder::Local {
 public:
  Local(Binder& binder, const ast::Name& name, Type type) : binder_(binder) {
    if (binder.depth_ == binder.locals_.size()) binder.locals_.push_back(binder.slots_.take());
    slot_ = binder.locals_[binder.depth_++];
    binder.scope_.add({name.text, slot_, std::move(type)});
  }
  ~Local() {
    --binder_.depth_;
    binder_.scope_.remove_last();
  }
  Local(const Local&) = delete;
  Local& operator=(const Local&) = delete;

  bound::Slot slot() const { return slot_; }

 private:
  Binder& binder_;
  bound::Slot slot_;
};

class Binder::Inner {
 public:
  explicit Inner(Binder& binder)
      : binder_(binder),
        scope_(binder.scope_),
        outer_(std::exchange(binder.outer_, binder.scope_)),
        part_(std::exchange(binder.part_, {})) {}
  ~Inner() {
    for (const auto slot : binder_.part_) binder_.slots_.release(slot);
    binder_.part_ = std::move(part_);
    binder_.outer_ = std::move(outer_);
    binder_.scope_ = std::move(scope_);
  }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

 private:
  Binder& binder_;
  Scope scope_;
  Scope outer_;
  std::vector<bound::Slot> part_;
};

namespace {

ExpressionPtr make(Kind kind, Span span, Type type = {}) {
  return std::make_unique<Expression>(kind, span, std::move(type));
}

ExpressionPtr literal(RuntimeValue value, Span span, Type type) {
  auto expression = make(Kind::Literal, span, std::move(type));
  expression->value = std::move(value);
  return expression;
}

void require(const Expression& expression, BaseType base, std::string_view taker) {
  if (expression.type.can_be(base)) return;
  type_error(expression.span, std::string(taker) + " takes " + in_words(base) + ", not " +
                                  expression.type.in_words());
}

void require_levels(std::size_t levels, Span span) {
  if (levels > kMaxNesting) {
    semantic_error(
        span, "NestingTooDeep",
        "more than " + std::to_string(kMaxNesting) + " of these stand behind each other");
  }
}

bound::Operator operator_of(ast::Infix infix) {
  switch (infix) {
    case ast::Infix::Equal:
      return bound::Operator::Equal;
    case ast::Infix::NotEqual:
      return bound::Operator::NotEqual;
    case ast::Infix::Less:
      return bound::Operator::Less;
    case ast::Infix::LessOrEqual:
      return bound::Operator::LessOrEqual;
    case ast::Infix::Greater:
      return bound::Operator::Greater;
    case ast::Infix::GreaterOrEqual:
      return bound::Operator::GreaterOrEqual;
    case ast::Infix::StartsWith:
      return bound::Operator::StartsWith;
    case ast::Infix::EndsWith:
      return bound::Operator::EndsWith;
    case ast::Infix::Contains:
      return bound::Operator::Contains;
    case ast::Infix::Matches:
      return bound::Operator::Matches;
    case ast::Infix::Add:
      return bound::Operator::Add;
    case ast::Infix::Subtract:
      return bound::Operator::Subtract;
    case ast::Infix::Multiply:
      return bound::Operator::Multiply;
    case ast::Infix::Divide:
      return bound::Operator::Divide;
    case ast::Infix::Modulo:
      return bound::Operator::Modulo;
    case ast::Infix::Power:
      return bound::Operator::Power;
    case ast::Infix::Or:
    case ast::Infix::Xor:
    case ast::Infix::And:
    case ast::Infix::In:
    case ast::Infix::IsNull:
    case ast::Infix::IsNotNull:
      break;
  }
  return bound::Operator::Equal;
}

// `x IN xs …`, the head of a list comprehension: the variable, and the rest as an expression.
struct Head {
  const ast::Name* variable = nullptr;
  ast::Expression list;
};
Head head_of(const ast::Expression& expression) {
  Head head;
  const auto& first = expression.first;
  if (!first.prefixes.empty() || !first.suffixes.empty() || expression.rest.empty() ||
      expression.rest.front().infix != ast::Infix::In) {
    return head;
  }
  head.variable = std::get_if<ast::Name>(&first.atom);
  if (head.variable == nullptr) return head;
  head.list.first = *expression.rest.front().operand;
  head.list.rest.assign(expression.rest.begin() + 1, expression.rest.end());
  head.list.span = {head.list.first.span.begin, expression.span.end};
  return head;
}

Type sum_type(const Type& a, const Type& b, Span span) {
  if (a.is(BaseType::Null) || b.is(BaseType::Null)) return BaseType::Null;
  if (a.is(BaseType::List) || b.is(BaseType::List)) {
    const auto element = [](const Type& type) {
      return type.is(BaseType::List) ? type.element() : type;
    };
    return Type::list_of(element(a).joined(element(b)));
  }
  if (a.is(BaseType::Any) || b.is(BaseType::Any)) return {};
  for (const Type& type : {a, b}) {
    if (!type.can_be(BaseType::Number) && !type.can_be(BaseType::String)) {
      type_error(span, "+ takes numbers, strings and lists, not " + type.in_words());
    }
  }
  if (a.is(BaseType::String) || b.is(BaseType::String)) return BaseType::String;
  return a.joined(b);
}

Type product_type(const Type& a, const Type& b, bound::Operator op) {
  if (a.is(BaseType::Null) || b.is(BaseType::Null)) return BaseType::Null;
  if (op == bound::Operator::Power) return BaseType::Float;
  if (a.is(BaseType::Integer) && b.is(BaseType::Integer)) return BaseType::Integer;
  if (a.is(BaseType::Float) || b.is(BaseType::Float)) return BaseType::Float;
  return BaseType::Number;
}

std::string_view spelling(bound::Operator op) {
  switch (op) {
    case bound::Operator::Subtract:
      return "-";
    case bound::Operator::Multiply:
      return "*";
    case bound::Operator::Divide:
      return "/";
    case bound::Operator::Modulo:
      return "%";
    default:
      return "^";
  }
}

}  // namespace

ExpressionPtr Binder::expression(const ast::Expression& expression, const Allowed& allowed) {
  ExpressionPtr bound = tree(operator_tree(expression), allowed);
  bound->span = expression.span;
  return bound;
}

ExpressionPtr Binder::tree(const OperatorTree& tree, const Allowed& allowed) {
  switch (tree.level) {
    case Level::Or:
    case Level::Xor:
    case Level::And:
    case Level::Not:
      return logic(tree, allowed);
    case Level::Comparison: {
      auto comparison = make(Kind::Comparison, tree.span, BaseType::Boolean);
      for (const auto& operand : tree.operands) {
        comparison->children.push_back(this->tree(operand, allowed.without_patterns()));
      }
      for (const auto infix : tree.operators) comparison->operators.push_back(operator_of(infix));
      return comparison;
    }
    case Level::Predicate:
      return predicates(tree, allowed.without_patterns());
    case Level::Additive:
    case Level::Multiplicative:
    case Level::Power:
      return arithmetic(tree, allowed.without_patterns());
    case Level::Sign:
      return sign(tree, allowed.without_patterns());
    case Level::Atom:
      break;
  }
  return operand(*tree.operand, false, allowed);
}

ExpressionPtr Binder::logic(const OperatorTree& tree, const Allowed& allowed) {
  Kind kind = Kind::Not;
  std::string_view taker = "NOT";
  if (tree.level == Level::And) {
    kind = Kind::And;
    taker = "AND";
  } else if (tree.level == Level::Or) {
    kind = Kind::Or;
    taker = "OR";
  } else if (tree.level == Level::Xor) {
    kind = Kind::Xor;
    taker = "XOR";
  }
  auto bound = make(kind, tree.span, BaseType::Boolean);
  for (const auto& operand : tree.operands) {
    bound->children.push_back(this->tree(operand, allowed));
    require(*bound->children.back(), BaseType::Boolean, taker);
  }
  if (!tree.twice) return bound;
  auto again = make(Kind::Not, tree.span, BaseType::Boolean);
  again->children.push_back(std::move(bound));
  return again;
}

// IN, IS NULL and the tests of strings, from the left.
ExpressionPtr Binder::predicates(const OperatorTree& tree, const Allowed& allowed) {
  require_levels(tree.operators.size(), tree.span);
  auto operand = tree.operands.begin();
  ExpressionPtr bound = this->tree(*operand++, allowed);
  for (const auto infix : tree.operators) {
    ExpressionPtr test;
    if (infix == ast::Infix::IsNull || infix == ast::Infix::IsNotNull) {
      test = make(Kind::IsNull, tree.span, BaseType::Boolean);
      test->children.push_back(std::move(bound));
      if (infix == ast::Infix::IsNotNull) {
        auto negated = make(Kind::Not, tree.span, BaseType::Boolean);
        negated->children.push_back(std::move(test));
        test = std::move(negated);
      }
    } else {
      test =
          make(infix == ast::Infix::In ? Kind::In : Kind::StringTest, tree.span, BaseType::Boolean);
      test->operators.push_back(operator_of(infix));
      test->children.push_back(std::move(bound));
      test->children.push_back(this->tree(*operand++, allowed));
      if (infix == ast::Infix::In) require(*test->children.back(), BaseType::List, "IN");
    }
    bound = std::move(test);
  }
  return bound;
}

ExpressionPtr Binder::arithmetic(const OperatorTree& tree, const Allowed& allowed) {
  auto bound = make(Kind::Arithmetic, tree.span);
  for (const auto& operand : tree.operands) {
    bound->children.push_back(this->tree(operand, allowed));
  }
  for (const auto infix : tree.operators) bound->operators.push_back(operator_of(infix));
  Type type = bound->children.front()->type;
  for (std::size_t i = 0; i < bound->operators.size(); ++i) {
    const auto op = bound->operators[i];
    const Expression& right = *bound->children[i + 1];
    if (op == bound::Operator::Add) {
      type = sum_type(type, right.type, tree.span);
      continue;
    }
    if (!type.can_be(BaseType::Number)) {
      type_error(tree.span, std::string(spelling(op)) + " takes numbers, not " + type.in_words());
    }
    require(right, BaseType::Number, spelling(op));
    type = product_type(type, right.type, op);
  }
  bound->type = std::move(type);
  return bound;
}

ExpressionPtr Binder::sign(const OperatorTree& tree, const Allowed& allowed) {
  const ast::Operand& operand = *tree.operands.front().operand;
  // -9223372036854775808 is one number: without its sign it is none.
  const bool number =
      std::holds_alternative<ast::IntegerLiteral>(operand.atom) && operand.suffixes.empty();
  ExpressionPtr bound = this->operand(operand, number && tree.negative, allowed);
  require(*bound, BaseType::Number, tree.negative ? "-" : "+");
  bound->span = tree.span;
  if (number || !tree.negative) return bound;
  auto negated = make(Kind::Negate, tree.span, bound->type);
  negated->children.push_back(std::move(bound));
  return negated;
}

ExpressionPtr Binder::operand(const ast::Operand& operand, bool negative, const Allowed& allowed) {
  require_levels(operand.suffixes.size(), operand.span);
  ExpressionPtr bound;
  if (const auto* integer = std::get_if<ast::IntegerLiteral>(&operand.atom); integer && negative) {
    bound = literal(static_cast<std::int64_t>(~integer->magnitude + 1), integer->span,
                    BaseType::Integer);
  } else {
    const Allowed& inner = operand.suffixes.empty() ? allowed : allowed.without_patterns();
    bound = std::visit([&](const auto& it) { return atom(it, inner); }, operand.atom);
  }
  for (const auto& one : operand.suffixes) bound = suffix(std::move(bound), one, allowed);
  return bound;
}

ExpressionPtr Binder::suffix(ExpressionPtr of, const ast::Suffix& suffix, const Allowed& allowed) {
  const Allowed inner = allowed.without_patterns();
  const std::uint32_t begin = of->span.begin;
  if (const auto* key = std::get_if<ast::Name>(&suffix)) {
    if (of->type.is(BaseType::Path)) type_error(of->span, "a path has no properties");
    auto property = make(Kind::Property, {begin, key->span.end});
    property->text = key->text;
    property->children.push_back(std::move(of));
    return property;
  }
  if (const auto* labels = std::get_if<ast::Labels>(&suffix)) {
    if (!of->type.can_be(BaseType::Node) && !of->type.can_be(BaseType::Edge)) {
      type_error(of->span, of->type.in_words() + " has no labels");
    }
    auto test = make(Kind::HasLabels, {begin, labels->back().span.end}, BaseType::Boolean);
    for (const auto& label : *labels) test->names.push_back(label.text);
    test->children.push_back(std::move(of));
    return test;
  }
  const auto& subscript = std::get<ast::Subscript>(suffix);
  if (!subscript.slice && !subscript.from) {
    semantic_error(subscript.span, "UnexpectedSyntax", "there is no index here", "an expression");
  }
  const Type element = of->type.is(BaseType::List) ? of->type.element() : Type();
  auto bound = make(subscript.slice ? Kind::Slice : Kind::Index, {begin, subscript.span.end},
                    subscript.slice ? of->type : element);
  bound->children.push_back(std::move(of));
  const auto bind_part = [&](const std::optional<ast::Box<ast::Expression>>& part) {
    bound->children.push_back(part ? expression(**part, inner) : nullptr);
  };
  bind_part(subscript.from);
  if (subscript.slice) bind_part(subscript.to);
  return bound;
}

const Variable& Binder::variable(const ast::Name& name) const {
  if (const Variable* variable = scope_.find(name.text)) return *variable;
  semantic_error(name.span, "UndefinedVariable", "there is no variable " + name.text, {},
                 nearest(name.text, scope_.names(), 3));
}

ExpressionPtr Binder::atom(const ast::ConstantLiteral& constant, const Allowed&) {
  if (constant.value == ast::Constant::Null) return literal({}, constant.span, BaseType::Null);
  return literal(constant.value == ast::Constant::True, constant.span, BaseType::Boolean);
}

ExpressionPtr Binder::atom(const ast::IntegerLiteral& integer, const Allowed&) {
  if (integer.magnitude >> 63 != 0) {
    semantic_error(integer.span, "IntegerOverflow", "this number is too large for an integer",
                   "a number up to 9223372036854775807");
  }
  return literal(static_cast<std::int64_t>(integer.magnitude), integer.span, BaseType::Integer);
}

ExpressionPtr Binder::atom(const ast::FloatLiteral& number, const Allowed&) {
  return literal(number.value, number.span, BaseType::Float);
}

ExpressionPtr Binder::atom(const ast::StringLiteral& text, const Allowed&) {
  return literal(text.value, text.span, BaseType::String);
}

ExpressionPtr Binder::atom(const ast::Parameter& parameter, const Allowed&) {
  auto bound = make(Kind::Parameter, parameter.span);
  bound->text = parameter.name;
  return bound;
}

ExpressionPtr Binder::atom(const ast::Name& name, const Allowed&) {
  const Variable& known = variable(name);
  auto bound = make(Kind::Variable, name.span, known.type);
  bound->slot = known.slot;
  bound->text = known.name;
  return bound;
}

ExpressionPtr Binder::atom(const ast::ListAtom& list, const Allowed& allowed) {
  const Allowed inner = allowed.without_patterns();
  const bool marked = list.filter || list.projection;
  const Head head = list.items.size() == 1 ? head_of(list.items.front()) : Head();
  if (head.variable == nullptr) {
    if (marked) {
      semantic_error(list.span, "UnexpectedSyntax", "this list is taken from nothing",
                     "[x IN list WHERE … | …]");
    }
    auto bound = make(Kind::List, list.span);
    Type element = BaseType::Null;
    for (const auto& item : list.items) {
      bound->children.push_back(expression(item, inner));
      element = element.joined(bound->children.back()->type);
    }
    bound->type = Type::list_of(list.items.empty() ? Type() : element);
    return bound;
  }
  auto bound = make(Kind::ListComprehension, list.span);
  bound->children.push_back(expression(head.list, inner));
  require(*bound->children.front(), BaseType::List, "IN");
  const Type element = bound->children.front()->type.element();
  const Local local{*this, *head.variable, element};
  bound->slot = local.slot();
  bound->text = head.variable->text;
  Allowed filter = inner.without_aggregates("a list comprehension");
  filter.patterns = true;
  bound->children.push_back(list.filter ? expression(**list.filter, filter) : nullptr);
  bound->children.push_back(
      list.projection
          ? expression(**list.projection, inner.without_aggregates("a list comprehension"))
          : nullptr);
  if (bound->children[1]) require(*bound->children[1], BaseType::Boolean, "WHERE");
  bound->type = Type::list_of(bound->children[2] ? bound->children[2]->type : element);
  return bound;
}

ExpressionPtr Binder::atom(const ast::MapLiteral& map, const Allowed& allowed) {
  auto bound = make(Kind::Map, map.span, BaseType::Map);
  for (const auto& entry : map.entries) {
    bound->names.push_back(entry.key.text);
    bound->children.push_back(expression(*entry.value, allowed.without_patterns()));
  }
  return bound;
}

ExpressionPtr Binder::atom(const ast::MapProjection& map, const Allowed& allowed) {
  auto bound = make(Kind::MergedMap, map.span, BaseType::Map);
  // Null has no projection: `n {.*}` of a missing n is null, so n itself is looked at first.
  bound->children.push_back(atom(map.variable, allowed));
  for (const auto& entry : map.entries) {
    if (entry.kind == ast::MapProjectionKind::AllProperties) {
      auto all = make(Kind::AllProperties, map.span, BaseType::Map);
      all->children.push_back(atom(map.variable, allowed));
      bound->children.push_back(std::move(all));
      continue;
    }
    auto single = make(Kind::Map, entry.key.span, BaseType::Map);
    single->names.push_back(entry.key.text);
    if (entry.kind == ast::MapProjectionKind::Property) {
      auto property = make(Kind::Property, entry.key.span);
      property->text = entry.key.text;
      property->children.push_back(atom(map.variable, allowed));
      single->children.push_back(std::move(property));
    } else if (entry.kind == ast::MapProjectionKind::Variable) {
      single->children.push_back(atom(entry.key, allowed));
    } else {
      single->children.push_back(expression(**entry.value, allowed.without_patterns()));
    }
    bound->children.push_back(std::move(single));
  }
  return bound;
}

ExpressionPtr Binder::atom(const ast::Case& source, const Allowed& allowed) {
  auto bound = make(source.operand ? Kind::SimpleCase : Kind::Case, source.span);
  const Allowed inner = allowed.without_patterns();
  Allowed condition = inner;
  condition.patterns = !source.operand;
  if (source.operand) bound->children.push_back(expression(**source.operand, inner));
  Type type = BaseType::Null;
  for (const auto& branch : source.branches) {
    bound->children.push_back(expression(*branch.condition, condition));
    if (!source.operand) require(*bound->children.back(), BaseType::Boolean, "WHEN");
    bound->children.push_back(expression(*branch.result, inner));
    type = type.joined(bound->children.back()->type);
  }
  if (source.otherwise) {
    bound->children.push_back(expression(**source.otherwise, inner));
    type = type.joined(bound->children.back()->type);
  }
  bound->type = type;
  return bound;
}

ExpressionPtr Binder::atom(const ast::CountAll& call, const Allowed& allowed) {
  ast::Call count;
  count.span = call.span;
  count.name.text = "count";
  count.name.span = call.span;
  return aggregate(count, *find_function("count"), allowed);
}

ExpressionPtr Binder::atom(const ast::Call& call, const Allowed& allowed) {
  const Function* function = find_function(call.name.text);
  if (function == nullptr) {
    std::vector<std::string> names;
    for (const auto* known : all_functions()) names.emplace_back(known->name);
    semantic_error(call.name.span, "UnknownFunction", "there is no function " + call.name.text, {},
                   nearest(call.name.text, names, 3));
  }
  if (call.arguments.size() < function->least || call.arguments.size() > function->most) {
    std::string wanted = std::to_string(function->least);
    if (function->most != function->least) wanted += " to " + std::to_string(function->most);
    semantic_error(call.span, "InvalidNumberOfArguments",
                   std::string(function->name) + " takes " + wanted +
                       (function->most == 1 ? " argument, not " : " arguments, not ") +
                       std::to_string(call.arguments.size()),
                   std::string(function->doc));
  }
  if (function->accumulate != nullptr) return aggregate(call, *function, allowed);
  if (call.distinct) {
    semantic_error(call.span, "UnexpectedSyntax", "DISTINCT belongs to aggregates only");
  }
  Allowed inner = allowed.without_patterns();
  // exists((a)-->(b)) is a test of the pattern, not of its value.
  if (function->name == "exists") {
    inner.patterns = true;
    ExpressionPtr argument = expression(call.arguments.front(), inner);
    if (argument->kind == Kind::Exists) return argument;
    auto bound = make(Kind::Call, call.span, function->result);
    bound->function = function;
    bound->children.push_back(std::move(argument));
    return bound;
  }
  auto bound = make(Kind::Call, call.span, function->result);
  bound->function = function;
  for (const auto& argument : call.arguments)
    bound->children.push_back(expression(argument, inner));
  share_searched_words(*bound, call);
  check_arguments(*bound);
  return bound;
}

// score(x) is about the words that search(x, …) looked for: it gets them as its second argument.
void Binder::share_searched_words(Expression& call, const ast::Call& source) {
  const Expression& first = call.children.empty() ? call : *call.children.front();
  if (first.kind != Kind::Variable) return;
  if (call.function->name == "search" && slots_read(*call.children[1]).empty()) {
    searched_[first.text] = &source.arguments[1];
  } else if (call.function->name == "score" && call.children.size() == 1) {
    const auto words = searched_.find(first.text);
    if (words != searched_.end()) call.children.push_back(expression(*words->second, {}));
  }
}

void Binder::check_arguments(const Expression& call) const {
  const auto& function = *call.function;
  for (std::size_t i = 0; i < call.children.size() && !function.parameters.empty(); ++i) {
    const Accepts accepted = function.parameters[std::min(i, function.parameters.size() - 1)];
    const Type& type = call.children[i]->type;
    bool fits = accepted == 0;
    for (unsigned base = 0; base <= static_cast<unsigned>(BaseType::Path) && !fits; ++base) {
      fits = (accepted & (Accepts{1} << base)) != 0 && type.can_be(static_cast<BaseType>(base));
    }
    if (!fits) {
      type_error(call.children[i]->span, std::string(function.name) + " does not take " +
                                             type.in_words() + ": " + std::string(function.doc));
    }
  }
}

namespace {

bool is_constant(const Expression& expression) {
  if (expression.kind == Kind::Call && !expression.function->constant) return false;
  return std::all_of(expression.children.begin(), expression.children.end(),
                     [](const ExpressionPtr& child) { return !child || is_constant(*child); });
}

}  // namespace

ExpressionPtr Binder::aggregate(const ast::Call& call, const Function& function,
                                const Allowed& allowed) {
  if (allowed.in_aggregate) {
    semantic_error(call.span, "NestedAggregation",
                   "an aggregate cannot be computed of an aggregate", "a WITH between the two");
  }
  if (!allowed.aggregates) {
    const std::string place(allowed.place.empty() ? "this place" : allowed.place);
    semantic_error(call.span, "InvalidAggregation", "an aggregate cannot stand in " + place,
                   "a WITH before, that computes it");
  }
  auto bound = make(Kind::Aggregate, call.span, function.result);
  bound->function = &function;
  bound->distinct = call.distinct;
  Allowed inner = allowed.without_patterns();
  inner.in_aggregate = true;
  for (const auto& argument : call.arguments) {
    bound->children.push_back(expression(argument, inner));
    if (!is_constant(*bound->children.back())) {
      semantic_error(bound->children.back()->span, "NonConstantExpression",
                     "an aggregate cannot be computed of what is random");
    }
  }
  check_arguments(*bound);
  if (function.name == "collect") bound->type = Type::list_of(bound->children.front()->type);
  if (function.name == "min" || function.name == "max") bound->type = bound->children.front()->type;
  return bound;
}

ExpressionPtr Binder::atom(const ast::Quantified& source, const Allowed& allowed) {
  auto bound = make(Kind::Quantifier, source.span, BaseType::Boolean);
  const Allowed inner = allowed.without_patterns();
  bound->children.push_back(expression(*source.list, inner));
  require(*bound->children.front(), BaseType::List, "IN");
  switch (source.quantifier) {
    case ast::Quantifier::All:
      bound->quantifier = bound::Quantifier::All;
      break;
    case ast::Quantifier::Any:
      bound->quantifier = bound::Quantifier::Any;
      break;
    case ast::Quantifier::None:
      bound->quantifier = bound::Quantifier::None;
      break;
    case ast::Quantifier::Single:
      bound->quantifier = bound::Quantifier::Single;
      break;
  }
  const Local local{*this, source.variable, bound->children.front()->type.element()};
  bound->slot = local.slot();
  bound->text = source.variable.text;
  if (source.filter) {
    Allowed filter = inner.without_aggregates("a quantifier");
    filter.patterns = true;
    bound->children.push_back(expression(**source.filter, filter));
    require(*bound->children.back(), BaseType::Boolean, "WHERE");
  } else {
    bound->children.push_back(atom(source.variable, inner));
  }
  return bound;
}

ExpressionPtr Binder::atom(const ast::Reduce& source, const Allowed& allowed) {
  auto bound = make(Kind::Reduce, source.span);
  const Allowed inner = allowed.without_patterns();
  bound->children.push_back(expression(*source.initial, inner));
  bound->children.push_back(expression(*source.list, inner));
  require(*bound->children[1], BaseType::List, "IN");
  // The accumulator may come to hold another type than the one it starts with.
  const Local accumulator{*this, source.accumulator, {}};
  const Local local{*this, source.variable, bound->children[1]->type.element()};
  bound->other_slot = accumulator.slot();
  bound->slot = local.slot();
  bound->text = source.variable.text;
  bound->names.push_back(source.accumulator.text);
  bound->children.push_back(expression(*source.step, inner.without_aggregates("reduce")));
  return bound;
}

ExpressionPtr Binder::atom(const ast::PatternExpression& pattern, const Allowed& allowed) {
  ast::PatternPart part;
  part.span = pattern.span;
  part.path = pattern;
  if (allowed.patterns) return exists({part}, nullptr, false, pattern.span);
  if (pattern.kind == ast::PathKind::Every) {
    semantic_error(pattern.span, "UnexpectedSyntax",
                   "a pattern is a test, and can stand in a condition only",
                   "EXISTS { }, or [pattern | expression]");
  }
  const Inner inner{*this};
  part.variable.emplace();
  part.variable->span = pattern.span;
  auto query = std::make_unique<bound::Query>();
  query->branches.emplace_back().clauses.emplace_back(match({part}, nullptr, false));
  const bool all = pattern.kind == ast::PathKind::AllShortest;
  auto bound = make(all ? Kind::Collect : Kind::FirstRow, pattern.span,
                    all ? Type::list_of(BaseType::Path) : Type(BaseType::Path));
  bound->children.push_back(atom(*part.variable, allowed));
  bound->subquery = std::move(query);
  return bound;
}

ExpressionPtr Binder::atom(const ast::PatternComprehension& source, const Allowed& allowed) {
  const Inner inner{*this};
  ast::PatternPart part;
  part.span = source.element.span;
  part.variable = source.variable;
  part.path.span = source.element.span;
  part.path.element = source.element;
  auto query = std::make_unique<bound::Query>();
  query->branches.emplace_back().clauses.emplace_back(
      match({part}, source.filter ? &**source.filter : nullptr, true));
  auto bound = make(Kind::Collect, source.span);
  bound->children.push_back(
      expression(*source.projection, allowed.without_aggregates("a pattern comprehension")));
  bound->type = Type::list_of(bound->children.front()->type);
  bound->subquery = std::move(query);
  return bound;
}

ExpressionPtr Binder::exists(const std::vector<ast::PatternPart>& parts,
                             const ast::Expression* where, bool may_introduce, Span span) {
  const Inner inner{*this};
  auto bound = make(Kind::Exists, span, BaseType::Boolean);
  bound->subquery = std::make_unique<bound::Query>();
  bound->subquery->branches.emplace_back().clauses.emplace_back(match(parts, where, may_introduce));
  return bound;
}

ExpressionPtr Binder::atom(const ast::Exists& source, const Allowed&) {
  if (const auto* pattern = std::get_if<ast::ExistsPattern>(&source.body)) {
    return exists(pattern->parts, pattern->filter ? &**pattern->filter : nullptr, true,
                  source.span);
  }
  const Inner inner{*this};
  auto bound = make(Kind::Exists, source.span, BaseType::Boolean);
  bound->subquery =
      std::make_unique<bound::Query>(union_of(*std::get<ast::Box<ast::Query>>(source.body), true));
  return bound;
}

ExpressionPtr Binder::atom(const ast::Box<ast::Expression>& bracket, const Allowed& allowed) {
  ExpressionPtr bound = expression(*bracket, allowed);
  return bound;
}

}  // namespace ketnghia::query
