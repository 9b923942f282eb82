#include <simdjson.h>

#include <algorithm>

#include "engine/text/utf8.hpp"
#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using ketnghia::tests::LoadedProgram;
using ketnghia::tests::Outcome;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end == text.npos ? text.size() : end + 1;
  }
  return lines;
}

const std::string kMixed =
    "UNWIND [[1, 'a,b'], [2.0, 'say \"x\"'], [null, ''], [4, 'two\\nlines\\tand a tab']] AS r "
    "RETURN r[0] AS number, r[1] AS text";

}  // namespace

TEST_CASE("JSON tells integers, floats, null and text apart", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query", kMixed, "--format", "json"});
  REQUIRE(outcome.code == 0);
  simdjson::dom::parser parser;
  const simdjson::dom::element answer = parser.parse(outcome.out);
  CHECK(std::string_view(answer["columns"].at(1)) == "text");
  const simdjson::dom::array rows = answer["rows"];
  CHECK(rows.size() == 4);
  CHECK(rows.at(0).at(0).is_int64());
  CHECK(rows.at(1).at(0).is_double());
  CHECK(rows.at(2).at(0).is_null());
  CHECK(std::string_view(rows.at(3).at(1)) == "two\nlines\tand a tab");
}

TEST_CASE("JSON lines are an object for each row", "[console]") {
  const LoadedProgram program;
  CHECK(program.run({"query", "UNWIND [1, 2] AS n RETURN n, 'x' AS t", "--format", "jsonl"}).out ==
        "{\"n\":1,\"t\":\"x\"}\n{\"n\":2,\"t\":\"x\"}\n");
}

TEST_CASE("CSV quotes what RFC 4180 says, and tells no value from an empty text", "[console]") {
  const LoadedProgram program;
  CHECK(program.run({"query", kMixed, "--format", "csv"}).out ==
        "number,text\r\n1,\"a,b\"\r\n2.0,\"say \"\"x\"\"\"\r\n,\"\"\r\n"
        "4,\"two\nlines\tand a tab\"\r\n");
}

TEST_CASE("TSV has one line a row and one tab between cells", "[console]") {
  const LoadedProgram program;
  CHECK(program.run({"query", kMixed, "--format", "tsv"}).out ==
        "number\ttext\n1\ta,b\n2.0\tsay \"x\"\n\t\n4\ttwo\\nlines\\tand a tab\n");
}

TEST_CASE("columns of a table stand under each other by display width", "[console]") {
  const LoadedProgram program;
  const Outcome outcome =
      program.run({"query", "UNWIND ['Hà Nội', '北京', 'e\u0301'] AS name RETURN name, 'x' AS x"});
  REQUIRE(outcome.code == 0);
  std::vector<std::string> lines = lines_of(outcome.out);
  REQUIRE(lines.size() == 6);
  for (std::size_t at : {0U, 2U, 3U, 4U}) {
    CAPTURE(lines[at]);
    CHECK(ketnghia::display_width(lines[at].substr(0, lines[at].find("│"))) == 7);
  }
  CHECK(lines[5] == "3 rows");
}

TEST_CASE("numbers stand right, and no line ends in blanks", "[console]") {
  const LoadedProgram program;
  CHECK(program.run({"query", "UNWIND [[1, 'a'], [200, 'bb']] AS r RETURN r[0] AS n, r[1] AS t"})
            .out == "  n │ t\n────┼───\n  1 │ a\n200 │ bb\n2 rows\n");
}

TEST_CASE("a table wraps its widest cells at spaces to the width it is given", "[console]") {
  const LoadedProgram program;
  const std::string statement =
      "RETURN 'Ban Tổ chức Thành ủy Hà Nội và Ban Tổ chức Thành ủy Bắc Kinh' AS bodies, 2024 AS y";
  const Outcome outcome = program.run({"query", statement, "--width", "40"});
  REQUIRE(outcome.code == 0);
  const auto lines = lines_of(outcome.out);
  CHECK(lines.size() == 5);
  for (const std::string& line : lines) CHECK(ketnghia::display_width(line) <= 40);
  CHECK_THAT(lines[2], Contains("2024"));
  CHECK(lines_of(program.run({"query", statement}).out).size() == 4);
}

TEST_CASE("text from documents cannot steer the terminal", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query", "RETURN 'a\\u001b[31mb' AS t"});
  REQUIRE(outcome.code == 0);
  CHECK(outcome.out.find('\x1b') == std::string::npos);
  CHECK_THAT(outcome.out, Contains("a␛[31mb"));
}

TEST_CASE("with --evidence each row is followed by its quotations", "[console]") {
  const LoadedProgram program;
  const std::string statement = "MATCH (:Agency)-[r:TOOK_PART]->(e) RETURN e.name AS name, r";
  const Outcome outcome = program.run({"query", statement, "--evidence"});
  REQUIRE(outcome.code == 0);
  CHECK_THAT(outcome.out,
             Contains("“Sở Ngoại vụ Hà Nội đón đoàn” — Đoàn Bắc Kinh thăm Hà Nội, 2024-05-17 "
                      "(tham.txt, bytes 20–80)"));
  CHECK_THAT(program.run({"query", statement}).out, !Contains("“"));
}

TEST_CASE("a question counts its evidence, and gives it in full where that is asked for",
          "[console]") {
  const LoadedProgram program;
  const std::string question = "units cooperating with \"Bắc Kinh\" in 2024";
  const Outcome counted = program.run({"query", question, "--format", "json"});
  REQUIRE(counted.code == 0);
  simdjson::dom::parser parser;
  const simdjson::dom::element answer = parser.parse(counted.out);
  const simdjson::dom::array columns = answer["columns"];
  std::size_t evidence = 0;
  while (evidence < columns.size() && std::string_view(columns.at(evidence)) != "evidence") {
    ++evidence;
  }
  REQUIRE(evidence < columns.size());
  REQUIRE(simdjson::dom::array(answer["rows"]).size() == 1);
  CHECK(answer["rows"].at(0).at(evidence).is_int64());
  simdjson::dom::parser again;
  const Outcome full = program.run({"query", question, "--format", "json", "--evidence"});
  const simdjson::dom::element told = again.parse(full.out);
  CHECK(told["rows"].at(0).at(evidence).is_array());
  CHECK_THAT(program.run({"query", question, "--evidence"}).out, Contains("“") && Contains("”"));
}

TEST_CASE("an empty answer tells what the graph covers", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query", "units cooperating with \"Bắc Kinh\" in 1999"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.err, Contains("1 document, years 2024 to 2024"));
}

TEST_CASE("parameters are JSON", "[console]") {
  const LoadedProgram program;
  CHECK(program
            .run({"query", "RETURN $a AS a, $b AS b, $c.k[1] AS c", "--format", "jsonl", "--param",
                  "a=1", "--param", "b=1.0", "--param=c={\"k\":[null,\"Bắc Kinh\"]}"})
            .out == "{\"a\":1,\"b\":1.0,\"c\":\"Bắc Kinh\"}\n");
  const Outcome faulty = program.run({"query", "RETURN $a", "--param", "a=Bắc Kinh"});
  CHECK(faulty.code == 1);
  CHECK_THAT(faulty.err, Contains("--param a"));
  CHECK(program.run({"query", "RETURN 1", "--param", "a"}).code == 1);
}

TEST_CASE("a statement is read from standard input", "[console]") {
  const LoadedProgram program;
  CHECK(program.run({"query", "-", "--format", "csv"}, "RETURN\n  1 AS n").out == "n\r\n1\r\n");
}
