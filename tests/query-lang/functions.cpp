#include <string>
#include <utility>
#include <vector>

#include "query-lang/functions/registry.hpp"
#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

TEST_CASE("functions are found in any case, and every one says what it does", "[functions]") {
  CHECK(find_function("TOUPPER") == find_function("toUpper"));
  CHECK(find_function("nothing") == nullptr);
  for (const auto* function : all_functions()) {
    INFO(function->name);
    CHECK((function->run != nullptr) != (function->accumulate != nullptr));
    CHECK(function->doc.starts_with(function->name));
    CHECK(function->least <= function->most);
  }
}

TEST_CASE("strings are counted in code points", "[functions]") {
  check({{"size('Hà Nội')", "6"},
         {"reverse('Nội')", "\"iộN\""},
         {"substring('Hà Nội', 1, 3)", "\"à N\""},
         {"left('Hà', 5) + right('Nội', 2)", "\"Hàội\""},
         {"toUpper('bắc')", "\"BẮC\""},
         {"trim('  a b ')", "\"a b\""},
         {"replace('aaa', 'a', 'b')", "\"bbb\""},
         {"split('a,,b', ',')", "[\"a\",\"\",\"b\"]"},
         {"left('a', -1)", "ArgumentError NumberOutOfRange at \"left('a', -1)\""}});
}

TEST_CASE("conversions give null for text that is none, and refuse other types", "[functions]") {
  check({{"toInteger('12')", "12"},
         {"toInteger('1.9')", "1"},
         {"toInteger(-1.9)", "-1"},
         {"toInteger('x')", "null"},
         {"toInteger(1e300)", "null"},
         {"toFloat('1e3')", "1000.0"},
         {"toFloat('nan')", "null"},
         {"toBoolean('TRUE')", "true"},
         {"toBoolean('maybe')", "null"},
         {"toString(1.0)", "\"1.0\""},
         {"toInteger([])", "TypeError InvalidArgumentValue at \"toInteger([])\""},
         {"toFloat(true)", "TypeError InvalidArgumentValue at \"toFloat(true)\""}});
}

TEST_CASE("numbers are rounded and ranged as openCypher does", "[functions]") {
  check({{"round(-1.5)", "-1.0"},
         {"round(2.5)", "3.0"},
         {"sign(-0.5)", "-1"},
         {"abs(-3)", "3"},
         {"range(1, 7, 3)", "[1,4,7]"},
         {"range(3, 1)", "[]"},
         {"range(3, 1, -1)", "[3,2,1]"},
         {"range(9223372036854775806, 9223372036854775807)",
          "[9223372036854775806,9223372036854775807]"},
         {"range(1, 2, 0)", "ArgumentError NumberOutOfRange at \"range(1, 2, 0)\""},
         {"range(1.0, 2)", "ArgumentError InvalidArgumentType at \"range(1.0, 2)\""},
         {"size(range(0, 9223372036854775807))", "ResourceError MemoryExceeded at \"\""}});
}

TEST_CASE("aggregates", "[functions]") {
  const auto over = [](const std::string& expression) {
    return empty_graph().ask("UNWIND [4, 1, 3, 2, null] AS x RETURN " + expression);
  };
  CHECK(over("sum(x), avg(x), min(x), max(x)") == "10 2.5 1 4");
  CHECK(over("percentileDisc(x, 0.5), percentileCont(x, 0.5)") == "2 2.5");
  CHECK(over("stDevP(x) < stDev(x)") == "true");
  CHECK(over("percentileCont(x, 1.1)") ==
        "ArgumentError NumberOutOfRange at \"percentileCont(x, 1.1)\"");
  CHECK(empty_graph().ask("UNWIND [1, 'a', [2]] AS x RETURN min(x), max(x)") == "[2] 1");
}

TEST_CASE("a name without marks finds the name with them, a wrong mark does not", "[functions]") {
  const auto named = [](const std::string& asked) {
    return meeting_graph().ask("MATCH (c:City) WHERE named(c, '" + asked + "') RETURN c.name");
  };
  CHECK(named("bac kinh") == "\"Bắc Kinh\"");
  CHECK(named("beijing") == "\"Bắc Kinh\"");
  CHECK(named("Bác Kinh") == "");
}

TEST_CASE("times are compared by their bounds", "[functions]") {
  check({{"within('2024-05-16', '2024')", "true"},
         {"within('2023/2025', '2024')", "false"},
         {"overlaps('2023/2025', 2024)", "true"},
         {"overlaps('2022', '2024')", "false"},
         {"overlaps('soon', '2024')", "null"},
         {"start('2024-02')", "\"2024-02-01\""},
         {"finish('2024-02')", "\"2024-02-29\""},
         {"finish('2024/..')", "null"},
         {"year('XXXX-05-16')", "null"},
         {"month('XXXX-05-16')", "5"}});
}

TEST_CASE("a body is of the place it belongs to, through what that is part of", "[functions]") {
  CHECK(meeting_graph().ask("MATCH (x), (c {name: 'Hà Nội'}) WHERE of(x, c) "
                            "RETURN x.name ORDER BY x.name") ==
        "\"Hà Nội\"\n\"Sở Ngoại vụ Hà Nội\"\n\"Thanh Xuân\"");
}

TEST_CASE("a derived edge shows the evidence of what it was derived from", "[functions]") {
  CHECK(meeting_graph().ask("MATCH ()-[r:COOPERATED_WITH]->() RETURN evidence(r)") ==
        "[{\"document\":\"n3\",\"end\":13,\"published\":\"2024-05-17\",\"quote\":\"Hà Nội gặp\","
        "\"source\":null,\"start\":0,\"title\":\"Tin\",\"url\":null}]");
  CHECK(meeting_graph().ask("MATCH p = (:District)-[*3]-(:City) RETURN size(evidence(p))") == "1");
}

TEST_CASE("a score counts what was searched for", "[functions]") {
  CHECK(meeting_graph().ask("MATCH (e:Event) WHERE search(e, 'bac kinh') RETURN score(e)") ==
        "1.0");
  CHECK(meeting_graph().ask("MATCH (e:Event) WHERE search(e, 'kin') RETURN e") == "");
  CHECK(meeting_graph().ask("MATCH (e:Event) RETURN score(e, 'thu do'), score(e)") == "0.0 1.0");
}

}  // namespace
}  // namespace ketnghia::query::test
