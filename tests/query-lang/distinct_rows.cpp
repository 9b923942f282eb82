#include <algorithm>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

// Few nodes and many edges, parallel ones and loops among them, so that whatever a plan leaves out
// too early is missed.
std::string dense_graph(std::mt19937& random) {
  const auto any = [&](int below) {
    return std::to_string(std::uniform_int_distribution<int>(0, below - 1)(random));
  };
  std::string lines;
  for (int node = 1; node <= 8; ++node) {
    lines += R"({"node":"n)" + std::to_string(node) + R"(","labels":[")" +
             (node % 3 == 0 ? "B" : "A") + R"("],"properties":{"name":"node )" + any(5) +
             R"(","size":)" + any(3) + "}}\n";
  }
  for (int edge = 1; edge <= 22; ++edge) {
    const std::string type = any(2) == "0" ? "S" : "T";
    const std::string from = std::to_string(std::uniform_int_distribution<int>(1, 8)(random));
    const std::string to = std::to_string(std::uniform_int_distribution<int>(1, 8)(random));
    lines += R"({"edge":"r)" + std::to_string(edge) + R"(","type":")" + type + R"(","from":"n)" +
             from + R"(","to":"n)" + to + R"(","properties":{"when":"201)" + any(4) + "\"}}\n";
  }
  return lines;
}

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

TEST_CASE("DISTINCT gives each of the rows that there are without it, once", "[execute]") {
  const std::vector<std::pair<std::string, std::string>> patterns{
      {"MATCH (a)-[:S]-(b)-[:S]-(c)", "a, c"},
      {"MATCH (a)-[:S]-(b)-[:S]-(c)", "c.name"},
      {"MATCH (a)-[:S]-(b)-[:S]-(c)-[:S]-(d)", "d"},
      {"MATCH (a)-[]-(b)-[]-(c)-[]-(a)", "a"},
      {"MATCH (a:A)-[]-(b)-[]-(c)-[]-(a)", "a, b, c"},
      {"MATCH (a)-[:S]->(b) MATCH (b)-[:S]->(c)", "a, c"},
      {"MATCH (a)-[:S]->(b) MATCH (c)-[:T]->(b)", "a, c.size"},
      {"MATCH (a)-[:S*0..3]->(b:B)", "a, b"},
      {"MATCH (a)-[:S*1..3]->(b:B)", "a, b.name"},
      {"MATCH (a)-[:S|T*1..2]-(b)", "a, b"},
      {"MATCH (a {name: 'node 1'})-[:S*0..4]->(b) MATCH (c {name: 'node 2'})-[:S*0..4]->(d) "
       "MATCH (b)-[:T]->(e)<-[:T]-(d)",
       "e"},
      {"MATCH (a {name: 'node 1'})-[:S]->(b)<-[:S]-(c {name: 'node 2'})", "b"},
      {"MATCH (a {name: 'node 1'}), (c {name: 'node 2'})", "a, c"},
      {"MATCH (a)-[r:S]-(b) WHERE r.when STARTS WITH '2011'", "b"},
      {"MATCH (a)-[r:S]-(b) WHERE r.when >= '2012' AND r.when < '2014'", "a.name, r.when"},
      {"MATCH (a)-[r]-(b) WHERE a.name <> b.name", "b.size"},
      {"MATCH (a) WHERE a.name IN ['node 1', 'node 3', 'nobody'] MATCH (a)-[:T]-(b)", "a, b"},
      {"MATCH (a)-[:S]-(b) OPTIONAL MATCH (b)-[:T]->(c:B)", "b, c"},
      {"MATCH (a)-[:S]-(b) WHERE EXISTS { (b)-[:T]->(:B) }", "b"},
      {"MATCH (a)-[:S]->(b) UNWIND [a.size, b.size] AS x", "x"},
      {"MATCH (a)-[:S]->(b) WITH a.size AS size, b MATCH (b)-[:T]-(c)", "size, c"},
  };
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 12; ++round) {
    const PatternGraph graph(dense_graph(random));
    for (const auto& [pattern, columns] : patterns) {
      CAPTURE(pattern, columns, round);
      const std::string distinct = graph.ask(pattern + " RETURN DISTINCT " + columns);
      const auto rows = lines_of(distinct);
      CHECK(rows == lines_of(graph.ask(pattern + " RETURN " + columns)));
      CHECK(static_cast<std::size_t>(std::count(distinct.begin(), distinct.end(), '\n')) +
                (distinct.empty() ? 0 : 1) ==
            rows.size());
      const std::string first = columns.substr(0, columns.find(','));
      CHECK(graph.ask(pattern + " RETURN count(DISTINCT " + first + ")") ==
            graph.ask(pattern + " WITH " + first + " AS x RETURN count(DISTINCT x)"));
    }
  }
}

}  // namespace
}  // namespace ketnghia::query::test
