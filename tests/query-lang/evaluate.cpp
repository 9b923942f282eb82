#include <string>
#include <utility>
#include <vector>

#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

TEST_CASE("what is calculated with null is null, whatever takes it", "[evaluate]") {
  check({{"tail(null + 1)", "null"}, {"size(2 * null)", "null"}, {"toUpper(1 - null)", "null"}});
}

TEST_CASE("operators bind as openCypher says", "[evaluate]") {
  check({{"1 + 2 * 3", "7"},
         {"-2 ^ 2", "4.0"},
         {"2 ^ 3 ^ 2", "64.0"},
         {"10 - 3 - 2", "5"},
         {"NOT false AND false", "false"},
         {"true OR true AND false", "true"},
         {"true XOR true OR true", "true"},
         {"NOT 1 = 2", "true"},
         {"1 + 1 IN [2] = true", "true"},
         {"null IS NULL = true", "true"},
         {"[1, 2][0] + 1", "2"},
         {"1 < 2 < 3", "true"},
         {"1 < 3 < 2", "false"},
         {"NOT NOT true", "true"}});
}

TEST_CASE("integers stay integers and say when they no longer can", "[evaluate]") {
  check({{"7 / 2", "3"},
         {"-7 / 2", "-3"},
         {"-7 % 2", "-1"},
         {"7 / 2.0", "3.5"},
         {"-9223372036854775808", "-9223372036854775808"},
         {"0x7FFFFFFFFFFFFFFF", "9223372036854775807"},
         {"0o17", "15"},
         {"9223372036854775807 + 1",
          "ArithmeticError IntegerOverflow at \"9223372036854775807 + 1\""},
         {"1 / 0", "ArithmeticError DivisionByZero at \"1 / 0\""},
         {"1 / 0.0", "\"Infinity\""},
         {"0.0 / 0.0", "\"NaN\""}});
}

TEST_CASE("null is no value, and not false either", "[evaluate]") {
  check({{"null = null", "null"},
         {"null AND false", "false"},
         {"null OR true", "true"},
         {"null XOR true", "null"},
         {"NOT null", "null"},
         {"1 IN [2, null]", "null"},
         {"1 IN [1, null]", "true"},
         {"null IN []", "false"},
         {"[1, null] = [1, 2]", "null"},
         {"[1, null] = [2, null]", "false"},
         {"{a: null} = {a: 1}", "null"},
         {"null + [1]", "null"},
         {"'a' STARTS WITH null", "null"},
         {"CASE null WHEN null THEN 1 ELSE 2 END", "2"}});
}

TEST_CASE("values of different types are unequal, and not to be compared", "[evaluate]") {
  check({{"1 = 1.0", "true"},
         {"1 = '1'", "false"},
         {"1 < '1'", "null"},
         {"9007199254740993 = 9007199254740992.0", "false"},
         {"[1, 2] < [1, 3]", "true"},
         {"[1] < [1, null]", "true"},
         {"[1, 'a'] < [1, 2]", "null"},
         {"0.0 / 0.0 = 0.0 / 0.0", "false"},
         {"0.0 / 0.0 < 1", "false"}});
}

TEST_CASE("lists and maps are taken apart", "[evaluate]") {
  check({{"[1, 2, 3][-1]", "3"},
         {"[1, 2, 3][5]", "null"},
         {"[1, 2, 3][1..]", "[2,3]"},
         {"[1, 2, 3][-2..-1]", "[2]"},
         {"[1, 2, 3][2..1]", "[]"},
         {"[1, 2, 3][null..1]", "null"},
         {"{a: {b: 1}}.a.b", "1"},
         {"{a: 1}['a']", "1"},
         {"{a: 1}[0]", "TypeError MapElementAccessByNonString at \"0\""},
         {"[1]['a']", "TypeError InvalidArgumentType at \"'a'\""},
         {"[1] + 2 + [3]", "[1,2,3]"},
         {"[x IN [1, 2, 3] WHERE x > 1 | x * 2]", "[4,6]"},
         {"[x IN [1, 2]]", "[1,2]"},
         {"reduce(s = '', x IN ['a', 'b'] | s + x)", "\"ab\""},
         {"all(x IN [] WHERE false)", "true"},
         {"any(x IN [null, 1] WHERE x = 2)", "null"},
         {"none(x IN [1, 2] WHERE x = 2)", "false"},
         {"single(x IN [1, 1, null] WHERE x = 1)", "false"}});
}

TEST_CASE("strings are matched whole, by code point", "[evaluate]") {
  check({{"'Hà Nội' =~ 'Hà.*'", "true"},
         {"'Hà Nội' =~ 'Hà'", "false"},
         {"'a' =~ '('", "ArgumentError InvalidRegularExpression at \"'a' =~ '('\""},
         {"'a\\u00e0\\n' ENDS WITH 'à\\n'", "true"},
         {"'Bắc Kinh' CONTAINS 'Kinh'", "true"}});
}

TEST_CASE("a parameter that was not given is an error, one that was is a value", "[evaluate]") {
  CHECK(empty_graph().ask("RETURN $p") == "ParameterMissing MissingParameter at \"$p\"");
  Options options;
  options.parameters["p"] = std::int64_t{3};
  CHECK(empty_graph().ask("RETURN $p + 1", options) == "4");
}

TEST_CASE("floats are written so that they read as floats again", "[evaluate]") {
  check({{"1.0", "1.0"},
         {"1e100", "1e+100"},
         {"0.1 + 0.2", "0.30000000000000004"},
         {"-0.0", "-0.0"}});
}

}  // namespace
}  // namespace ketnghia::query::test
