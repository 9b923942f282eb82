#include "query-lang/analysis/analyse.hpp"

#include <array>
#include <string>
#include <vector>

#include "query-lang/parser/parse.hpp"
#include "query-lang/query_error.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

Diagnostic fault(const std::string& statement) {
  try {
    analyse(parse(statement), statement);
  } catch (const QueryError& error) {
    return error.diagnostic();
  }
  return {};
}

TEST_CASE("what can be seen to be wrong before a statement runs is refused", "[analyse]") {
  // Statement, what is marked of it, code.
  const std::vector<std::array<std::string, 3>> kFaults{
      {"RETURN x", "x", "UndefinedVariable"},
      {"MATCH (a) WITH a.x AS y RETURN a", "a", "UndefinedVariable"},
      {"MATCH (n) WHERE (n)-->(m) RETURN n", "m", "UndefinedVariable"},
      {"MATCH (a) RETURN DISTINCT a.x ORDER BY a.y", "a", "UndefinedVariable"},
      {"MATCH ()-[r]->() MATCH (r) RETURN r", "r", "VariableTypeConflict"},
      {"WITH [1] AS n MATCH (n)-->() RETURN n", "n", "VariableTypeConflict"},
      {"MATCH (p) MATCH p = ()-->() RETURN p", "p", "VariableAlreadyBound"},
      {"WITH 1 AS x UNWIND [2] AS x RETURN x", "x", "VariableAlreadyBound"},
      {"MATCH ()-[r]->()-[r]->() RETURN r", "r", "RelationshipUniquenessViolation"},
      {"MATCH (n) WHERE count(n) > 1 RETURN n", "count(n)", "InvalidAggregation"},
      {"RETURN [x IN [1] | count(*)]", "count(*)", "InvalidAggregation"},
      {"MATCH (n) RETURN n ORDER BY count(n)", "count(n)", "InvalidAggregation"},
      {"RETURN count(count(*))", "count(*)", "NestedAggregation"},
      {"RETURN count(rand())", "rand()", "NonConstantExpression"},
      {"MATCH (a) RETURN a.x + count(*)", "a", "AmbiguousAggregationExpression"},
      {"MATCH (a) WITH a.x + 1 AS y, a.x + 1 + count(*) AS z RETURN z", "a",
       "AmbiguousAggregationExpression"},
      {"RETURN 1 AS a, 2 AS a", "2 AS a", "ColumnNameConflict"},
      {"MATCH (a) WITH a.x RETURN 1", "a.x", "NoExpressionAlias"},
      {"RETURN *", "*", "NoVariablesInScope"},
      {"RETURN 1 AS a UNION RETURN 2 AS b", "RETURN 2 AS b", "DifferentColumnsInUnion"},
      {"RETURN 1 AS a UNION RETURN 1 AS a UNION ALL RETURN 1 AS a", "RETURN 1 AS a",
       "InvalidClauseComposition"},
      {"MATCH (n)", "", "InvalidClauseComposition"},
      {"RETURN 1 RETURN 2", "RETURN 2", "InvalidClauseComposition"},
      {"RETURN 1 AND true", "1", "InvalidArgumentType"},
      {"MATCH (n) WHERE n RETURN n", "n", "InvalidArgumentType"},
      {"RETURN 1 IN 'a'", "'a'", "InvalidArgumentType"},
      {"RETURN any(x IN ['a'] WHERE x % 2 = 0)", "x % 2", "InvalidArgumentType"},
      {"MATCH p = ()-->() RETURN size(p)", "p", "InvalidArgumentType"},
      {"RETURN properties(1)", "1", "InvalidArgumentType"},
      {"RETURN 1 LIMIT -1", "-1", "NegativeIntegerArgument"},
      {"RETURN 1 SKIP 1.5", "1.5", "InvalidArgumentType"},
      {"MATCH (n) RETURN n LIMIT n.x", "n.x", "NonConstantExpression"},
      {"RETURN colect(1)", "colect", "UnknownFunction"},
      {"RETURN abs()", "abs()", "InvalidNumberOfArguments"},
      {"MATCH (n) RETURN (n)-->()", "(n)-->()", "UnexpectedSyntax"},
      {"MATCH (n $p) RETURN n", "$p", "InvalidParameterUse"},
      {"RETURN 9223372036854775808", "9223372036854775808", "IntegerOverflow"},
      {"RETURN 1 + NOT true", "NOT", "UnexpectedSyntax"},
      {"MATCH p = shortestPath((a)-[*]-(b)-[*]-(c)) RETURN p", "(a)-[*]-(b)-[*]-(c)",
       "InvalidRelationshipPattern"},
      {"RETURN 1 AS x ORDER BY x COLLATE xx", "xx", "UnexpectedSyntax"},
  };
  for (const auto& [statement, marked, code] : kFaults) {
    INFO(statement);
    const Diagnostic diagnostic = fault(statement);
    CHECK(diagnostic.code == code);
    CHECK(diagnostic.span.of(statement) == marked);
    CHECK(diagnostic.kind == "SyntaxError");
  }
}

TEST_CASE("the nearest variable and function are offered", "[analyse]") {
  CHECK(fault("MATCH (person) RETURN persn").nearest == std::vector<std::string>{"person"});
  CHECK(fault("RETURN colect(1)").nearest == std::vector<std::string>{"collect"});
}

TEST_CASE("ORDER BY sees new names before old ones, and old ones while rows are not grouped",
          "[analyse]") {
  for (const std::string statement :
       {"MATCH (a) RETURN a.x AS y ORDER BY a.z, y", "MATCH (a) RETURN DISTINCT a ORDER BY a.x",
        "MATCH (a) RETURN a.x AS y, count(*) AS c ORDER BY a.x, c, count(*)",
        "MATCH (a) RETURN a, [(a)-->(b) | b] AS l, count(*) ORDER BY size([(a)-->(b) | b])",
        "MATCH (a) WITH a.x AS y WHERE a.z = y RETURN y"}) {
    INFO(statement);
    CHECK(fault(statement).code.empty());
  }
}

TEST_CASE("a statement of too many clauses is refused, whatever they are", "[analyse]") {
  std::string clauses;
  for (int i = 0; i < 2000; ++i) clauses += "MATCH (a) ";
  CHECK(fault(clauses + "RETURN a").code == "StatementTooLong");
}

TEST_CASE("columns without an alias are called as they were written", "[analyse]") {
  const std::string statement = "MATCH (n) RETURN  n.name, cOuNt( * ) , n AS m ORDER BY m";
  CHECK(analyse(parse(statement), statement).columns ==
        std::vector<std::string>{"n.name", "cOuNt( * )", "m"});
}

}  // namespace
}  // namespace ketnghia::query
