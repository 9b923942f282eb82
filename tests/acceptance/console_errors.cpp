#include <simdjson.h>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::LoadedProgram;
using ketnghia::tests::Outcome;
using ketnghia::tests::Program;

TEST_CASE("a faulty statement is shown with its place and exits with 2", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query", "MATCH (n)\nRETRUN n"});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("RETRUN n") && Contains("^") && Contains("2"));
}

TEST_CASE("with --format json an error is one line of JSON", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query", "MATCH (a)\nRETURN  b", "--format", "json"});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  simdjson::dom::parser parser;
  const simdjson::dom::element error = parser.parse(outcome.err)["error"];
  CHECK(std::string_view(error["kind"]) == "SyntaxError");
  CHECK(std::string_view(error["code"]) == "UndefinedVariable");
  CHECK(!std::string_view(error["message"]).empty());
  CHECK(std::int64_t(error["line"]) == 2);
  CHECK(std::int64_t(error["column"]) == 9);
  CHECK(error["expected"].is_string());
  CHECK(error["nearest"].is_array());
}

TEST_CASE("columns of an error are counted in characters", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query", "RETURN 'Bắc Kinh' + x", "--format", "json"});
  simdjson::dom::parser parser;
  CHECK(std::int64_t(parser.parse(outcome.err)["error"]["column"]) == 21);
}

TEST_CASE("an unknown name is an error with the nearest names, not an empty answer", "[console]") {
  const LoadedProgram program;
  const Outcome outcome =
      program.run({"query", "units cooperating with \"Bắc Kimh\"", "--format", "json"});
  CHECK(outcome.code == 2);
  simdjson::dom::parser parser;
  const simdjson::dom::element error = parser.parse(outcome.err)["error"];
  CHECK(std::string_view(error["kind"]) == "EntityNotFound");
  CHECK(std::string_view(error["nearest"].at(0)) == "Bắc Kinh");
}

TEST_CASE("a database that is not there is told, and is not made", "[console]") {
  const Program program;
  for (const std::string command : {"stats", "check", "documents", "export"}) {
    const Outcome outcome = program.run({command, "--db", "none.kn"});
    CAPTURE(command);
    CHECK(outcome.code == 1);
    CHECK_THAT(outcome.err, Contains("none.kn"));
  }
  CHECK(program.run({"query", "RETURN 1", "--db", "none.kn"}).code == 1);
  CHECK(program.run({"forget", "a.txt", "--db", "none.kn"}).code == 1);
  CHECK(!std::filesystem::exists(program.folder() / "none.kn"));
}

TEST_CASE("with --format json a store's error is JSON too", "[console]") {
  const Program program;
  const Outcome outcome = program.run({"query", "RETURN 1", "--db", "none.kn", "--format", "json"});
  CHECK(outcome.code == 1);
  simdjson::dom::parser parser;
  CHECK(std::string_view(parser.parse(outcome.err)["error"]["code"]) == "NotFound");
}

TEST_CASE("output that cannot be written is a failure", "[console]") {
  if (!std::filesystem::exists("/dev/full")) return;
  const LoadedProgram program;
  const Outcome outcome = program.run({"export", "-o", "/dev/full"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Contains("/dev/full"));
}

TEST_CASE("a statement past its time is an error", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"query",
                                       "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
                                       "WITH a, b WHERE a + b < 0 RETURN count(*)",
                                       "--timeout", "1"});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK(!outcome.err.empty());
}
