#include "query-lang/planner/plan.hpp"

#include <string>

#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

// The steps without their estimates, from the first that runs.
std::string steps(const std::string& statement) {
  const std::string plan = meeting_graph().plan(statement);
  std::string text;
  for (std::size_t at = 0; at < plan.size();) {
    const std::size_t end = plan.find('\n', at);
    const std::string line = plan.substr(at, end - at);
    text = line.substr(0, line.rfind("  (about")) + "\n" + text;
    at = end + 1;
  }
  return text;
}

TEST_CASE("a name is looked up, whichever way it is asked for", "[plan]") {
  for (const std::string match :
       {"MATCH (a {name: 'x'})-->(b)", "MATCH (b)<--(a) WHERE a.name = 'x'",
        "MATCH (b)<--(a) WHERE 'x' = a.name"}) {
    INFO(match);
    CHECK(steps(match + " RETURN b").find("Argument\nNodesByName (a) named 'x'\n") == 0);
  }
  CHECK(steps("MATCH (c:City)<--(a) WHERE named(c, 'ha noi') RETURN a")
            .find("Argument\nNodesByName (c:City) named 'ha noi'\n") == 0);
}

TEST_CASE("a pattern is walked from its rarer end", "[plan]") {
  CHECK(steps("MATCH (c:City)<-[:BELONGS_TO]-(a:Agency) RETURN c") ==
        "Argument\nNodesByLabel (a:Agency)\nExpand <-[:BELONGS_TO]- from its end\nProject c\n");
}

TEST_CASE("a label that every edge of the type gives a node is not tested", "[plan]") {
  CHECK(steps("MATCH (a:Agency)-[:TOOK_PART]->(e:Event) RETURN e") ==
        "Argument\nNodesByLabel (a:Agency)\nExpand -[:TOOK_PART]->\nProject e\n");
  CHECK(steps("MATCH (a:Agency)-[:TOOK_PART]->(e:City) RETURN e").find("Filter e:City") !=
        std::string::npos);
}

TEST_CASE("parts that begin at names are joined where they meet", "[plan]") {
  const std::string plan = steps(
      "MATCH (a)-[:BELONGS_TO|PART_OF*0..4]->(:City {name: 'Hà Nội'}) "
      "MATCH (b)-[:BELONGS_TO|PART_OF*0..4]->(:City {name: 'Bắc Kinh'}) "
      "MATCH (a)-[:TOOK_PART]->(e:Event)<-[:TOOK_PART]-(b) RETURN DISTINCT e.name");
  CHECK(plan.find("HashJoin") != std::string::npos);
  CHECK(plan.find("Reach") != std::string::npos);
  CHECK(plan.find("ExpandVariable") == std::string::npos);
}

TEST_CASE("paths are enumerated where each of them is a row", "[plan]") {
  const std::string plan = steps("MATCH (a)-[:PART_OF*0..4]->(c:City) RETURN a.name, c.name");
  CHECK(plan.find("ExpandVariable") != std::string::npos);
  CHECK(plan.find("DistinctIds") == std::string::npos);
}

TEST_CASE("a condition is tested as soon as what it reads is known", "[plan]") {
  CHECK(steps("MATCH (a:Agency)-->(b)-->(c) WHERE b.x = 1 AND c.x = b.x RETURN c") ==
        "Argument\nNodesByLabel (a:Agency)\nExpand -[]->\nFilter b.x = 1\nExpand -[]->\n"
        "Filter c.x = b.x\nProject c\n");
}

TEST_CASE("what is bound is not looked for again", "[plan]") {
  CHECK(steps("MATCH (a:Agency) MATCH (a)-[r]->(b) MATCH (a)--(b) RETURN r") ==
        "Argument\nNodesByLabel (a:Agency)\nExpand -[r]->\nExpandInto -[]-\nProject r\n");
}

TEST_CASE("a limit over an order keeps no more rows than it needs", "[plan]") {
  CHECK(steps("MATCH (n) RETURN n.name AS name ORDER BY name LIMIT 3") ==
        "Argument\nAllNodes (n)\nProject n.name AS name\nTop name\nLimit 3\n");
}

TEST_CASE("every step says how many rows it may have", "[plan]") {
  const std::string plan = meeting_graph().plan("MATCH (c:City) RETURN count(*)");
  CHECK(plan.find("NodesByLabel (c:City)  (about 3 rows)\n") != std::string::npos);
  CHECK(plan.find("Aggregate count(*)  (about 1 rows)\n") != std::string::npos);
}

}  // namespace
}  // namespace ketnghia::query::test
