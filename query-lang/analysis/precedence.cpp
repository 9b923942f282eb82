#include "query-lang/analysis/precedence.hpp"

#include "query-lang/query_error.hpp"

namespace ketnghia::query {
namespace {

Level level_of(ast::Infix infix) {
  switch (infix) {
    case ast::Infix::Or:
      return Level::Or;
    case ast::Infix::Xor:
      return Level::Xor;
    case ast::Infix::And:
      return Level::And;
    case ast::Infix::Equal:
    case ast::Infix::NotEqual:
    case ast::Infix::Less:
    case ast::Infix::LessOrEqual:
    case ast::Infix::Greater:
    case ast::Infix::GreaterOrEqual:
      return Level::Comparison;
    case ast::Infix::StartsWith:
    case ast::Infix::EndsWith:
    case ast::Infix::Contains:
    case ast::Infix::Matches:
    case ast::Infix::In:
    case ast::Infix::IsNull:
    case ast::Infix::IsNotNull:
      return Level::Predicate;
    case ast::Infix::Add:
    case ast::Infix::Subtract:
      return Level::Additive;
    case ast::Infix::Multiply:
    case ast::Infix::Divide:
    case ast::Infix::Modulo:
      return Level::Multiplicative;
    case ast::Infix::Power:
      return Level::Power;
  }
  return Level::Atom;
}

Level tighter(Level level) { return static_cast<Level>(static_cast<int>(level) + 1); }

// Precedence climbing over the flat list. Recursion goes down the levels only.
class Climber {
 public:
  explicit Climber(const ast::Expression& expression) : expression_(expression) {
    operands_.push_back(&expression.first);
    for (const auto& tail : expression.rest) {
      if (tail.operand) operands_.push_back(&*tail.operand);
    }
  }

  OperatorTree climb(Level level) {
    if (level == Level::Not) return prefixed_not();
    if (level == Level::Sign) return sign();
    OperatorTree first = climb(tighter(level));
    if (!continues(level)) return first;
    OperatorTree tree;
    tree.level = level;
    tree.operands.push_back(std::move(first));
    while (continues(level)) {
      const auto& tail = expression_.rest[tail_++];
      tree.operators.push_back(tail.infix);
      if (!tail.operand) continue;
      ++operand_;
      prefix_ = 0;
      tree.operands.push_back(climb(tighter(level)));
    }
    tree.span = {tree.operands.front().span.begin, tree.operands.back().span.end};
    return tree;
  }

 private:
  bool continues(Level level) const {
    return tail_ < expression_.rest.size() && level_of(expression_.rest[tail_].infix) == level;
  }

  const ast::PrefixOperator* prefix() const {
    const auto& prefixes = operands_[operand_]->prefixes;
    return prefix_ < prefixes.size() ? &prefixes[prefix_] : nullptr;
  }

  OperatorTree prefixed_not() {
    const std::uint32_t begin = prefix() ? prefix()->span.begin : 0;
    std::size_t count = 0;
    for (; prefix() && prefix()->prefix == ast::Prefix::Not; ++prefix_) ++count;
    OperatorTree operand = climb(Level::Comparison);
    if (count == 0) return operand;
    OperatorTree tree;
    tree.level = Level::Not;
    tree.span = {begin, operand.span.end};
    tree.twice = count % 2 == 0;
    tree.operands.push_back(std::move(operand));
    return tree;
  }

  OperatorTree sign() {
    const ast::Operand& operand = *operands_[operand_];
    OperatorTree tree;
    tree.span = operand.span;
    tree.operand = &operand;
    if (!prefix()) return tree;
    OperatorTree signed_tree;
    signed_tree.level = Level::Sign;
    signed_tree.span = {prefix()->span.begin, operand.span.end};
    for (; prefix(); ++prefix_) {
      if (prefix()->prefix == ast::Prefix::Not) {
        Diagnostic diagnostic;
        diagnostic.span = prefix()->span;
        diagnostic.code = "UnexpectedSyntax";
        diagnostic.message = "NOT cannot stand behind this operator without brackets";
        diagnostic.expected = "a value, or NOT in brackets";
        throw QueryError(std::move(diagnostic));
      }
      if (prefix()->prefix == ast::Prefix::Minus) signed_tree.negative = !signed_tree.negative;
    }
    signed_tree.operands.push_back(std::move(tree));
    return signed_tree;
  }

  const ast::Expression& expression_;
  std::vector<const ast::Operand*> operands_;
  std::size_t operand_ = 0;
  std::size_t prefix_ = 0;
  std::size_t tail_ = 0;
};

}  // namespace

OperatorTree operator_tree(const ast::Expression& expression) {
  return Climber(expression).climb(Level::Or);
}

}  // namespace ketnghia::query
