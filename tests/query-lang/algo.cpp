#include <string>

#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

std::string node(int id, const char* label) {
  return "{\"node\":\"n" + std::to_string(id) + "\",\"labels\":[\"" + label +
         "\"],\"properties\":{\"k\":" + std::to_string(id) + "}}\n";
}
std::string edge(int id, const char* type, int from, int to) {
  return "{\"edge\":\"r" + std::to_string(id) + "\",\"type\":\"" + type + "\",\"from\":\"n" +
         std::to_string(from) + "\",\"to\":\"n" + std::to_string(to) + "\",\"properties\":{}}\n";
}

// Two triangles 1-2-3 and 4-5-6 joined by 3-4, and 7 alone.
const PatternGraph& bridge() {
  static const PatternGraph kGraph{[] {
    std::string lines;
    for (int i = 1; i <= 7; ++i) lines += node(i, "N");
    int id = 0;
    for (const auto& [a, b] : {std::pair{1, 2}, {2, 3}, {3, 1}, {4, 5}, {5, 6}, {6, 4}, {3, 4}}) {
      lines += edge(++id, "T", a, b);
    }
    return lines;
  }()};
  return kGraph;
}

}  // namespace

TEST_CASE("what hangs together is one component", "[algo]") {
  CHECK(bridge().ask("CALL algo.components() YIELD node, component, size "
                     "RETURN component, size, count(*) ORDER BY component") == "0 6 6\n1 1 1");
  CHECK(bridge().ask("CALL algo.components({types: ['X']}) YIELD component "
                     "RETURN count(DISTINCT component)") == "7");
  CHECK(bridge().ask("CALL algo.components({label: 'X'}) YIELD node RETURN count(node)") == "0");
}

TEST_CASE("communities part where the edges are few", "[algo]") {
  CHECK(bridge().ask("CALL algo.communities() YIELD node, community WITH community, "
                     "node.k AS k ORDER BY k RETURN community, collect(k) ORDER BY community") ==
        "0 [1,2,3]\n1 [4,5,6]\n2 [7]");
}

TEST_CASE("who is between others is what paths go through", "[algo]") {
  CHECK(bridge().ask("CALL algo.betweenness() YIELD node, score RETURN node.k, score "
                     "ORDER BY score DESC, node.k LIMIT 3") == "3 6.0\n4 6.0\n1 0.0");
  CHECK(bridge().ask("CALL algo.betweenness({directed: true}) YIELD node, score "
                     "WHERE node.k = 3 RETURN score") == "7.0");
}

TEST_CASE("ranks sum to one, and are highest where others point", "[algo]") {
  CHECK(bridge().ask("CALL algo.pagerank() YIELD score RETURN round(sum(score) * 1000)") ==
        "1000.0");
  CHECK(bridge().ask("CALL algo.pagerank() YIELD node, score RETURN node.k "
                     "ORDER BY round(score * 100000) DESC, node.k LIMIT 2") == "3\n4");
}

TEST_CASE("a core is as dense as its least member", "[algo]") {
  CHECK(bridge().ask("CALL algo.core() YIELD node, core RETURN core, count(*) ORDER BY core") ==
        "0 1\n2 6");
  CHECK(bridge().ask("CALL algo.degree() YIELD node, degree WHERE degree > 2 RETURN node.k "
                     "ORDER BY node.k") == "3\n4");
}

TEST_CASE("the next shortest paths come after the shortest", "[algo]") {
  CHECK(bridge().ask("MATCH (a {k: 1}), (b {k: 4}) CALL algo.paths(a, b, 5) YIELD path, length "
                     "RETURN length, [n IN nodes(path) | n.k]") == "2 [1,3,4]\n3 [1,2,3,4]");
  CHECK(bridge().ask("MATCH (a {k: 1}), (b {k: 7}) CALL algo.paths(a, b, 5) YIELD path "
                     "RETURN path") == "");
  CHECK(bridge().ask("MATCH (a {k: 1}), (b {k: 4}) CALL algo.paths(a, b, 1, {directed: true}) "
                     "YIELD path RETURN [r IN relationships(path) | id(r)]") == "[1,2,7]");
}

TEST_CASE("a node can stand for the place that it belongs to", "[algo]") {
  const PatternGraph graph{node(1, "City") + node(2, "City") + node(3, "Agency") +
                           node(4, "Agency") + edge(1, "BELONGS_TO", 3, 1) +
                           edge(2, "BELONGS_TO", 4, 2) + edge(3, "COOPERATED_WITH", 3, 4)};
  CHECK(graph.ask("CALL algo.degree({label: 'City', types: ['COOPERATED_WITH'], "
                  "through: ['BELONGS_TO']}) YIELD node, degree RETURN node.k, degree "
                  "ORDER BY node.k") == "1 1\n2 1");
  CHECK(graph.ask("CALL algo.degree({label: 'City', types: 'COOPERATED_WITH'}) YIELD degree "
                  "RETURN sum(degree)") == "0");
}

TEST_CASE("a procedure is called by name, with the columns and options it has", "[algo]") {
  const auto& graph = bridge();
  CHECK(graph.ask("CALL algo.degree({label: 'N'})").starts_with("{\"~node\":\"n1\""));
  CHECK(graph.ask("UNWIND algo.degree() AS row RETURN count(row)") == "7");
  CHECK(graph.ask("CALL algo.pagrank() YIELD node RETURN node") ==
        "SyntaxError ProcedureNotFound at \"algo.pagrank\"");
  CHECK(graph.ask("CALL algo.pagerank() YIELD rank RETURN rank") ==
        "SyntaxError UndefinedVariable at \"rank\"");
  CHECK(graph.ask("MATCH (node) CALL algo.pagerank() YIELD node RETURN node") ==
        "SyntaxError VariableAlreadyBound at \"node\"");
  CHECK(graph.ask("CALL algo.pagerank({damp: 1}) YIELD node RETURN node")
            .starts_with("ArgumentError UnknownOption"));
  CHECK(graph.ask("CALL algo.pagerank({damping: 2}) YIELD node RETURN node")
            .starts_with("ArgumentError NumberOutOfRange"));
}

}  // namespace ketnghia::query::test
