#pragma once

#include <vector>

#include "query-lang/parser/ast.hpp"

namespace ketnghia::query {

// openCypher 9's levels, loosest first.
enum class Level {
  Or,
  Xor,
  And,
  Not,
  Comparison,
  Predicate,
  Additive,
  Multiplicative,
  Power,
  Sign,
  Atom
};

// An expression as its operators bind: an operand (Level::Atom), or operands with operators
// between them that stand on one level. Operators of one level go from the left.
struct OperatorTree {
  Level level = Level::Atom;
  Span span;
  const ast::Operand* operand = nullptr;  // of an Atom; points into the AST
  bool negative = false;                  // of a Sign: an odd number of minuses
  // Of a Not, whether an even number of NOTs stands there, which only checks its operand.
  bool twice = false;
  std::vector<OperatorTree> operands;
  std::vector<ast::Infix> operators;  // IS NULL and IS NOT NULL have no operand on their right
};

// Throws QueryError where a NOT stands below a comparison (`1 + NOT a`).
OperatorTree operator_tree(const ast::Expression& expression);

}  // namespace ketnghia::query
