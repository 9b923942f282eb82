#include "query-lang/parser/parse.hpp"

#include <array>
#include <string>
#include <vector>

#include "query-lang/query_error.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

Diagnostic fault(const std::string& statement) {
  try {
    parse(statement);
  } catch (const QueryError& error) {
    return error.diagnostic();
  }
  return {};
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST_CASE("a fault is shown where the text stops making sense", "[parse]") {
  // Statement, what is marked of it, code.
  const std::vector<std::array<std::string, 3>> kFaults{
      {"MTACH (n) RETURN n", "MTACH", "UnexpectedSyntax"},
      {"MATCH (n) RETRUN n", "RETRUN", "UnexpectedSyntax"},
      {"MATCH (n) WHERE n.x = RETURN n", "RETURN", "UnexpectedSyntax"},
      {"RETURN 1 +", "", "UnexpectedSyntax"},
      {"RETURN 42 — 41", "—", "InvalidUnicodeCharacter"},
      {"MATCH (a)-[:LIKES..]->(b) RETURN b", ".", "InvalidRelationshipPattern"},
      {"RETURN 0x", "0x", "InvalidNumberLiteral"},
      {"RETURN 12abc", "12abc", "InvalidNumberLiteral"},
      {"RETURN 99999999999999999999", "99999999999999999999", "IntegerOverflow"},
      {"RETURN 1e999", "1e999", "FloatingPointOverflow"},
      {"RETURN '\\uH'", "\\uH'", "InvalidUnicodeLiteral"},
      {"RETURN 'never closed", "'never closed", "UnexpectedSyntax"},
      {"MATCH (n) SET n.x = 1", "SET", "InvalidClauseComposition"},
      {"CREATE (n)", "CREATE", "InvalidClauseComposition"},
      {"", "", "UnexpectedSyntax"},
  };
  for (const auto& [statement, marked, code] : kFaults) {
    INFO(statement);
    const Diagnostic diagnostic = fault(statement);
    CHECK(diagnostic.span.of(statement) == marked);
    CHECK(diagnostic.code == code);
    CHECK(diagnostic.kind == "SyntaxError");
  }
}

TEST_CASE("what was expected is said in words, and the nearest keyword is offered", "[parse]") {
  CHECK(fault("RETURN 1 +").expected == "an expression");
  CHECK(fault("MATCH (n").expected == "\":\", \"{\", a parameter or \")\"");
  CHECK(fault("MTACH (n) RETURN n").nearest == std::vector<std::string>{"MATCH"});
  CHECK(fault("MATCH (n) WEHRE n.x RETURN n").nearest == std::vector<std::string>{"WHERE"});
  CHECK(fault("MATCH (n) WHERE n.x = RETURN n").nearest.empty());
}

TEST_CASE("the span of an expression has no blank at either end", "[parse]") {
  const std::string statement = "RETURN  a.b + count( * )  \n ORDER BY  1 ";
  const ast::Query query = parse(statement);
  const auto& project = std::get<ast::Project>(query.first.clauses.front());
  CHECK(project.projection.columns.items[0].expression.span.of(statement) == "a.b + count( * )");
}

TEST_CASE("a pattern in an expression is told from a difference in brackets", "[parse]") {
  const auto is_pattern = [](const std::string& expression) {
    const ast::Query query = parse("RETURN " + expression);
    const auto& item = std::get<ast::Project>(query.first.clauses[0]).projection.columns.items[0];
    return std::holds_alternative<ast::PatternExpression>(item.expression.first.atom);
  };
  CHECK(is_pattern("(a)-->(b)"));
  CHECK(is_pattern("(a:B {c: ')'}) <-[*]- ()"));
  CHECK(is_pattern("(a)--(b)"));
  CHECK_FALSE(is_pattern("(a) - (b)"));
  CHECK_FALSE(is_pattern("(a) - -1"));
  CHECK_FALSE(is_pattern("(a) < -1"));
  CHECK_FALSE(is_pattern("(a.b)-[1][0]"));
}

TEST_CASE("brackets past the limit are an error, up to it they are read", "[parse]") {
  CHECK_NOTHROW(parse("RETURN " + repeated("[", 90) + repeated("]", 90)));
  for (const std::string open :
       {"(", "[", "{a: ", "abs(", "CASE WHEN ", "(a {b: ", "[(a)-->({b: "}) {
    INFO(open);
    CHECK(fault("RETURN " + repeated(open, 10000)).code == "NestingTooDeep");
  }
}

TEST_CASE("long statements that are not deep are read", "[parse]") {
  CHECK_NOTHROW(parse("RETURN 1" + repeated(" + 1", 50000)));
  CHECK_NOTHROW(parse("RETURN " + repeated("NOT ", 50000) + "true"));
  CHECK_NOTHROW(parse("RETURN [1" + repeated(",1", 50000) + "]"));
}

TEST_CASE("keywords are labels, types and keys, but no variables", "[parse]") {
  CHECK_NOTHROW(parse("MATCH (n:Match {where: 1})-[:WITH]->() RETURN n.limit, {return: 1}"));
  CHECK_NOTHROW(parse("MATCH (`match`) RETURN `match`"));
  CHECK(fault("MATCH (match) RETURN 1").code == "UnexpectedSyntax");
}

}  // namespace
}  // namespace ketnghia::query
