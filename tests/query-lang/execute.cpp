#include <atomic>
#include <string>

#include "query-lang/query.hpp"
#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

TEST_CASE("edges of one MATCH differ, those of two need not", "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("MATCH (a)-[:BELONGS_TO]-()-[:BELONGS_TO]-(c) RETURN count(*)") == "0");
  CHECK(graph.ask("MATCH (a)-[:BELONGS_TO]-(b) MATCH (b)-[:BELONGS_TO]-(c) RETURN count(*)") ==
        "2");
  CHECK(graph.ask("MATCH (a)-[*2]-(c) RETURN count(*)") ==
        graph.ask("MATCH (a)--()--(c) RETURN count(*)"));
}

TEST_CASE("a loop is one edge in either direction, and one without", "[execute]") {
  const PatternGraph graph{
      "{\"node\":\"n1\",\"labels\":[],\"properties\":{}}\n"
      "{\"edge\":\"r1\",\"type\":\"T\",\"from\":\"n1\",\"to\":\"n1\",\"properties\":{}}\n"};
  CHECK(graph.ask("MATCH (a)-->(b) RETURN count(*)") == "1");
  CHECK(graph.ask("MATCH (a)--(b) RETURN count(*)") == "1");
  CHECK(graph.ask("MATCH (a)-[*0..]-(b) RETURN count(*)") == "2");
}

TEST_CASE("the edges of a variable length come in the order of the pattern", "[execute]") {
  const auto& graph = meeting_graph();
  const std::string forward =
      "MATCH (a:District)-[r*2]-(b:Agency) RETURN [x IN r | type(x)], b.name";
  CHECK(graph.ask(forward) == "[\"PART_OF\",\"BELONGS_TO\"] \"Sở Ngoại vụ Hà Nội\"");
  CHECK(graph.ask("MATCH (b:Agency)-[r*2]-(a:District) RETURN [x IN r | type(x)]") ==
        "[\"BELONGS_TO\",\"PART_OF\"]");
  CHECK(graph.ask("MATCH (a:District)-[*0..1]->(b) RETURN b.name ORDER BY b.name") ==
        "\"Hà Nội\"\n\"Thanh Xuân\"");
  CHECK(graph.ask("MATCH (a)-[:TOOK_PART* {role: 'guest'}]->(b) RETURN a.name") == "\"Bắc Kinh\"");
}

TEST_CASE("a shortest path is found from both ends", "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("MATCH p = shortestPath((a:District)-[*]-(b:Event)) "
                  "RETURN [n IN nodes(p) | n.name]") ==
        "[\"Thanh Xuân\",\"Hà Nội\",\"Sở Ngoại vụ Hà Nội\",\"cuộc gặp\"]");
  CHECK(graph.ask("MATCH p = shortestPath((a:District)-[*..2]-(b:Event)) RETURN p") == "");
  CHECK(graph.ask("MATCH p = shortestPath((b:Event)<-[:TOOK_PART*]-(a:Agency)) RETURN length(p)") ==
        "1");
  const PatternGraph diamond{
      "{\"node\":\"n1\",\"labels\":[\"A\"],\"properties\":{}}\n"
      "{\"node\":\"n2\",\"labels\":[],\"properties\":{}}\n"
      "{\"node\":\"n3\",\"labels\":[],\"properties\":{}}\n"
      "{\"node\":\"n4\",\"labels\":[\"B\"],\"properties\":{}}\n"
      "{\"edge\":\"r1\",\"type\":\"T\",\"from\":\"n1\",\"to\":\"n2\",\"properties\":{}}\n"
      "{\"edge\":\"r2\",\"type\":\"T\",\"from\":\"n1\",\"to\":\"n3\",\"properties\":{}}\n"
      "{\"edge\":\"r3\",\"type\":\"T\",\"from\":\"n2\",\"to\":\"n4\",\"properties\":{}}\n"
      "{\"edge\":\"r4\",\"type\":\"T\",\"from\":\"n3\",\"to\":\"n4\",\"properties\":{}}\n"
      "{\"edge\":\"r5\",\"type\":\"T\",\"from\":\"n3\",\"to\":\"n4\",\"properties\":{}}\n"};
  CHECK(diamond.ask("MATCH p = allShortestPaths((a:A)-[*]->(b:B)) RETURN count(p)") == "3");
  CHECK(diamond.ask("MATCH p = shortestPath((a:A)-[*]->(b:B)) RETURN count(p)") == "1");
}

TEST_CASE("an OPTIONAL MATCH that finds nothing leaves nulls, and its WHERE is its own",
          "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("MATCH (c:City) OPTIONAL MATCH (a:Agency)-[:BELONGS_TO]->(c) "
                  "RETURN c.name, a.name ORDER BY c.name") ==
        "\"Bắc Kinh\" null\n\"Hà Nội\" \"Sở Ngoại vụ Hà Nội\"\n\"Thanh Xuân\" null");
  CHECK(graph.ask("OPTIONAL MATCH (a:Nothing) MATCH (a)-->(b) RETURN b") == "");
  CHECK(graph.ask("MATCH (d:District) OPTIONAL MATCH (d)-->(c) WHERE c.name = 'x' RETURN c") ==
        "null");
}

TEST_CASE("a path of a node that is null is no path", "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("OPTIONAL MATCH (a:Nothing) MATCH p = (a) RETURN p") == "");
  CHECK(graph.ask("OPTIONAL MATCH (a:Nothing) MATCH (c:District), p = (a)-->() RETURN p") == "");
  CHECK(graph.ask("OPTIONAL MATCH (a:Nothing) OPTIONAL MATCH p = (a) RETURN p") == "null");
}

TEST_CASE("patterns in conditions are tests", "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("MATCH (c:City) WHERE NOT (c)<-[:BELONGS_TO]-() RETURN c.name ORDER BY c.name") ==
        "\"Bắc Kinh\"\n\"Thanh Xuân\"");
  CHECK(
      graph.ask("MATCH (a:Agency) WHERE EXISTS { (a)-[:BELONGS_TO]->(c) WHERE c.name = 'Hà Nội' } "
                "RETURN count(*)") == "1");
  CHECK(graph.ask("MATCH (n) WHERE EXISTS { MATCH (n)-[:TOOK_PART]->(e) WITH e, count(*) AS c "
                  "WHERE c = 1 RETURN e } RETURN count(n)") == "2");
  CHECK(
      graph.ask("MATCH (e:Event) RETURN [(e)<-[r]-(x) WHERE r.role = 'host' | x.name] AS names") ==
      "[\"Sở Ngoại vụ Hà Nội\"]");
}

TEST_CASE("grouping takes null, NaN and 1 and 1.0 as themselves", "[execute]") {
  const auto& graph = empty_graph();
  CHECK(graph.ask("UNWIND [null, null, 1, 1.0, 0.0/0.0, 0.0/0.0] AS x RETURN count(*) AS c, x "
                  "ORDER BY x") == "2 1\n2 \"NaN\"\n2 null");
  CHECK(graph.ask("UNWIND [1, 1.0, null] AS x RETURN count(DISTINCT x), count(x), count(*)") ==
        "1 2 3");
  CHECK(graph.ask("UNWIND [] AS x RETURN count(*), sum(x), avg(x), min(x), collect(x)") ==
        "0 0 null null []");
  CHECK(graph.ask("UNWIND [] AS x RETURN x, count(*)") == "");
}

TEST_CASE("rows are ordered across types, and a limit keeps the first of them", "[execute]") {
  const auto& graph = empty_graph();
  CHECK(graph.ask("UNWIND [1, 'a', null, true, [1], {a: 1}, 1.5] AS x RETURN x ORDER BY x") ==
        "{\"a\":1}\n[1]\n\"a\"\ntrue\n1\n1.5\nnull");
  CHECK(graph.ask("UNWIND range(1, 100) AS x RETURN x ORDER BY x % 10 DESC, x SKIP 1 LIMIT 2") ==
        "19\n29");
  CHECK(graph.ask("UNWIND ['đá', 'dê', 'da', 'ê', 'e'] AS x RETURN x ORDER BY x COLLATE vi") ==
        "\"da\"\n\"dê\"\n\"đá\"\n\"e\"\n\"ê\"");
}

TEST_CASE("a slot that WITH drops and MATCH takes again does not disturb what ran before",
          "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("MATCH (a)-[r]->(b) WITH count(*) AS one MATCH (c:City)-[s]-(d) "
                  "WITH one, count(s) AS two MATCH (e:Event) RETURN one, two, e.when") ==
        "5 5 \"2024-05-16\"");
  CHECK(graph.ask("MATCH (x)-[r]-(y) WITH x.name AS n MATCH (z:District) RETURN count(z)") == "10");
}

TEST_CASE("a UNION drops rows that are there already, UNION ALL none", "[execute]") {
  const auto& graph = empty_graph();
  CHECK(graph.ask("UNWIND [1, 2] AS x RETURN x UNION UNWIND [2, 3] AS x RETURN x") == "1\n2\n3");
  CHECK(graph.ask("RETURN 1 AS a, 2 AS b UNION ALL RETURN 2 AS b, 1 AS a") == "1 2\n1 2");
}

TEST_CASE("a bound edge or list of edges is laid along the pattern", "[execute]") {
  const auto& graph = meeting_graph();
  CHECK(graph.ask("MATCH ()-[r:PART_OF]->() MATCH (a)<-[r]-(b) RETURN a.name, b.name") ==
        "\"Hà Nội\" \"Thanh Xuân\"");
  CHECK(graph.ask("MATCH (:District)-[x]-()-[y]-(:Agency) WITH [x, y] AS l "
                  "MATCH (a)-[l*]-(b) RETURN a.name ORDER BY a.name") == "\"Thanh Xuân\"");
  CHECK(graph.ask("WITH [] AS l MATCH (a:District)-[l*0..1]-(b) RETURN b.name") ==
        "\"Thanh Xuân\"");
  CHECK(graph.ask("WITH [] AS l MATCH ()-[l*0..1]->(b) RETURN count(b)") == "6");
  CHECK(graph.ask("WITH [] AS l MATCH ()-[l*]->(b) RETURN count(b)") == "0");
}

TEST_CASE("a statement past its bounds ends with an error", "[execute]") {
  const std::string endless =
      "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN "
      "count(*)";
  Options options;
  options.timeout = std::chrono::milliseconds(20);
  CHECK(empty_graph().ask(endless, options) == "ResourceError TimeExceeded at \"\"");
  options = {};
  const std::atomic<bool> cancelled{true};
  options.cancelled = &cancelled;
  CHECK(empty_graph().ask(endless, options) == "ResourceError Cancelled at \"\"");
  options = {};
  options.memory = 100000;
  CHECK(empty_graph().ask("UNWIND range(1, 100000) AS x RETURN x", options) ==
        "ResourceError MemoryExceeded at \"\"");
  CHECK(empty_graph().ask("UNWIND range(1, 1000) AS x RETURN count(DISTINCT [x, x, x])", options) ==
        "ResourceError MemoryExceeded at \"\"");
}

}  // namespace
}  // namespace ketnghia::query::test
