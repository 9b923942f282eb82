// No statement hangs, fills the stack or takes more memory than it may.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "query-lang/query.hpp"
#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

// Twenty nodes, each with an edge to every other.
const PatternGraph& dense_graph() {
  static const PatternGraph kGraph{[] {
    std::string lines;
    constexpr int kNodes = 20;
    for (int i = 1; i <= kNodes; ++i) {
      lines += "{\"node\":\"n" + std::to_string(i) +
               "\",\"labels\":[\"N\"],\"properties\":{\"k\":" + std::to_string(i) + "}}\n";
    }
    int edge = 0;
    for (int i = 1; i <= kNodes; ++i) {
      for (int j = 1; j <= kNodes; ++j) {
        if (i == j) continue;
        lines += "{\"edge\":\"r" + std::to_string(++edge) + "\",\"type\":\"T\",\"from\":\"n" +
                 std::to_string(i) + "\",\"to\":\"n" + std::to_string(j) +
                 "\",\"properties\":{}}\n";
      }
    }
    return lines;
  }()};
  return kGraph;
}

std::string repeated(std::size_t count, std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("a statement of endless work ends when its time is over", "[limits]") {
  const std::string statement = GENERATE(values<std::string>({
      "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c "
      "RETURN count(*)",
      "MATCH p = (a)-[*]->(b) RETURN count(p)",
      "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*)",
      "MATCH (a) RETURN size([(a)-[*]->(b) | b])",
      "MATCH (a)-->(b)-->(c)-->(d)-->(e)-->(f)-->(g)-->(h) RETURN count(*)",
      "MATCH (a) WHERE NOT EXISTS { MATCH (a)-[r*9]->(x) WHERE size(r) > 100 } RETURN count(*)",
      "RETURN size([x IN range(1, 100000) WHERE any(y IN range(1, 100000) WHERE y > x + 100000)])",
      "RETURN reduce(s = 0, x IN range(1, 100000) | reduce(t = 0, y IN range(1, 100000) | t + 1))",
      "RETURN reduce(l = range(1, 10000), x IN range(1, 1000000) | tail(l) + x)",
      "UNWIND range(1, 1000000) AS x WITH x WHERE x IN range(1, 1000000) RETURN count(x)",
      "WITH range(1, 1000000) AS l UNWIND range(1, 100000) AS x WITH l, x "
      "WHERE l = range(1, 1000000) RETURN count(x)",
      "CALL algo.pagerank({iterations: 1000}) YIELD node AS a, score "
      "CALL algo.betweenness() YIELD node AS b, score AS more "
      "UNWIND range(1, 10000000) AS x RETURN count(*)",
  }));
  INFO(statement);
  Options options;
  options.timeout = std::chrono::milliseconds(150);
  const auto begin = std::chrono::steady_clock::now();
  CHECK(dense_graph().ask(statement, options) == "ResourceError TimeExceeded at \"\"");
  // Builds for fault-finding are many times slower.
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("a statement that would fill the memory ends with an error", "[limits]") {
  const std::string statement = GENERATE(values<std::string>({
      "RETURN range(1, 1000000000000)",
      "RETURN size(range(1, 9223372036854775807))",
      "UNWIND range(1, 3000000) AS x RETURN collect(x)",
      "UNWIND range(1, 100000) AS x UNWIND range(1, 100) AS y RETURN DISTINCT x * 1000 + y",
      "UNWIND range(1, 100000) AS x UNWIND range(1, 100) AS y RETURN x ORDER BY x + y",
      "UNWIND range(1, 100000) AS x UNWIND range(1, 100) AS y RETURN percentileDisc(x + y, 0.5)",
      "RETURN size(reduce(l = [1, 2], x IN range(1, 60) | l + l))",
      "RETURN size(reduce(s = 'ab', x IN range(1, 60) | s + s))",
      "WITH reduce(s = 'aaaaaaaaaa', x IN range(1, 17) | s + s) AS s RETURN size(replace(s, 'a', "
      "s))",
      "WITH reduce(s = 'aaaaaaaaaa', x IN range(1, 17) | s + s) AS s RETURN size(split(s, ''))",
      "RETURN size([x IN range(1, 1000) | [y IN range(1, 1000) | range(1, 1000)]])",
      "MATCH p = (a)-[*..6]->(b) RETURN collect(p)",
  }));
  INFO(statement);
  Options options;
  options.memory = std::size_t{16} << 20;
  options.timeout = std::chrono::seconds(30);
  CHECK(dense_graph().ask(statement, options) == "ResourceError MemoryExceeded at \"\"");
}

TEST_CASE("values stand in each other so deep and no deeper", "[limits]") {
  const auto& graph = empty_graph();
  CHECK(graph.ask("WITH reduce(m = [], x IN range(1, 900) | [m]) AS a RETURN a = a, size([a])") ==
        "true 1");
  for (const char* inner : {"[m]", "{k: m}", "[y IN [1] | m]"}) {
    const std::string deep =
        "RETURN size([reduce(m = [], x IN range(1, 1000000) | " + std::string(inner) + ")])";
    INFO(deep);
    CHECK(graph.ask(deep) == "ResourceError NestingTooDeep at \"\"");
  }
}

TEST_CASE("what stands in itself without end is refused, not a full stack", "[limits]") {
  constexpr std::size_t kDeep = 100000;
  struct Nesting {
    const char* open;
    const char* middle;
    const char* close;
  };
  const auto [open, middle, close] = GENERATE(values<Nesting>({
      {"(", "1", ")"},
      {"[", "", "]"},
      {"{a: ", "1", "}"},
      {"NOT ", "true", ""},
      {"-", "1", ""},
      {"+", "1", ""},
      {"- -", "1", ""},
      {"abs(", "1", ")"},
      {"CASE WHEN true THEN ", "1", " END"},
      {"CASE ", "1", " WHEN 1 THEN 1 END"},
      {"[x IN [1] | ", "1", "]"},
      {"all(x IN [1] WHERE ", "true", ")"},
      {"reduce(a = 0, x IN [1] | ", "1", ")"},
      {"EXISTS { MATCH (a) WHERE ", "true", " }"},
      {"EXISTS { MATCH (a) RETURN ", "1", " AS x }"},
      {"[(a)-->(b) | ", "1", "]"},
      {"x[", "1", "]"},
  }));
  const std::string statement =
      "WITH [1] AS x RETURN " + repeated(kDeep, open) + middle + repeated(kDeep, close);
  INFO(open);
  const std::string answer = empty_graph().ask(statement);
  // Signs and NOT stand beside each other in the text and count as one.
  const bool flat = std::string_view(open).find_first_of("([{ESC") == std::string_view::npos &&
                    std::string_view(open).size() <= 4 && std::string_view(open) != "x[";
  if (flat) {
    CHECK((answer == "true" || answer == "1" || answer == "-1"));
  } else {
    CHECK(answer.starts_with("SyntaxError NestingTooDeep"));
  }
}

TEST_CASE("what stands behind itself without end is answered or refused", "[limits]") {
  constexpr std::size_t kLong = 100000;
  const auto& graph = empty_graph();
  CHECK(graph.ask("RETURN 1" + repeated(kLong, " + 1")) == std::to_string(kLong + 1));
  CHECK(graph.ask("RETURN true" + repeated(kLong, " AND true")) == "true");
  CHECK(graph.ask("RETURN 1" + repeated(kLong, " < 2")).starts_with("false"));
  CHECK(graph.ask("RETURN size([1" + repeated(kLong, ", 1") + "])") == std::to_string(kLong + 1));
  CHECK(graph.ask("RETURN size('" + repeated(kLong, "é") + "')") == std::to_string(kLong));
  for (const std::string& refused :
       {"WITH {a: 1} AS m RETURN m" + repeated(kLong, ".a"),
        "WITH [1] AS l RETURN l" + repeated(kLong, "[0]"), "RETURN 1" + repeated(kLong, " IS NULL"),
        "RETURN 1" + repeated(kLong, " IN [1]")}) {
    CHECK(graph.ask(refused).starts_with("SyntaxError NestingTooDeep"));
  }
  for (const std::string& refused : {repeated(kLong, "MATCH (a) ") + "RETURN 1",
                                     "MATCH (a)" + repeated(kLong, "-->()") + " RETURN 1",
                                     repeated(kLong, "WITH 1 AS x ") + "RETURN 1",
                                     "RETURN 1 AS x" + repeated(kLong, " UNION RETURN 1 AS x")}) {
    CHECK(graph.ask(refused).starts_with("SyntaxError StatementTooLong"));
  }
  CHECK(graph.ask("MATCH (a" + repeated(kLong, ":A") + ") RETURN a") == "");
  CHECK(graph.ask("RETURN " + repeated(kLong, "9")).starts_with("SyntaxError IntegerOverflow"));
}

TEST_CASE("a statement that runs is cancelled from another thread", "[limits]") {
  std::atomic<bool> cancelled{false};
  Options options;
  options.cancelled = &cancelled;
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cancelled = true;
  });
  CHECK(dense_graph().ask("MATCH p = (a)-[*]->(b) RETURN count(p)", options) ==
        "ResourceError Cancelled at \"\"");
  other.join();
}

}  // namespace ketnghia::query::test
