#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::LoadedProgram;
using ketnghia::tests::Outcome;

namespace {

Outcome piped(const LoadedProgram& program, const std::string& input) {
  return program.run({"console", "--format", "csv"}, input);
}

}  // namespace

TEST_CASE("in a pipe without any ';' each line is a statement", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = piped(program, "RETURN 1 AS a\n\nRETURN 2 AS b\n");
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "a\r\n1\r\nb\r\n2\r\n");
}

TEST_CASE("with ';' a pattern runs over lines", "[console]") {
  const LoadedProgram program;
  CHECK(piped(program, "RETURN\n  1 AS a;RETURN 2 AS b; \nRETURN\n3 AS c").out ==
        "a\r\n1\r\nb\r\n2\r\nc\r\n3\r\n");
}

TEST_CASE("a ';' in a string, a name or a comment ends nothing", "[console]") {
  const LoadedProgram program;
  CHECK(piped(program,
              "RETURN 'a;\\';' AS a, 1 AS `b;`; /* ; */ RETURN 2 // ;\n AS c;\nRETURN \";\" AS d;")
            .out == "a,b;\r\na;';,1\r\nc\r\n2\r\nd\r\n;\r\n");
}

TEST_CASE("a question ends with its line among patterns that end with ';'", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = piped(program, "units cooperating with \"Bắc Kinh\"\nRETURN\n1 AS n;\n");
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out,
             Contains("Sở Ngoại vụ Hà Nội") && Catch::Matchers::EndsWith("n\r\n1\r\n"));
}

TEST_CASE("after a faulty statement the pipe goes on, and the exit code tells", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = piped(program, "RETURN x\nRETURN 1 AS n\n");
  CHECK(outcome.code == 2);
  CHECK(outcome.out == "n\r\n1\r\n");
  CHECK(!outcome.err.empty());
}

TEST_CASE("settings change what follows them", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run(
      {"console"},
      ".format jsonl\nRETURN 1 AS n\n.format tsv\nRETURN 2 AS n\n.quit\nRETURN 3 AS n\n");
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "{\"n\":1}\nn\n2\n");
}

TEST_CASE("a command of the prompt that is not there is refused with the nearest", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = piped(program, ".fromat csv\n");
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Contains("did you mean \".format\"?"));
  CHECK(piped(program, ".format yaml\n").code == 1);
  CHECK(piped(program, ".evidence maybe\n").code == 1);
}

TEST_CASE("what a question means is explained at the prompt", "[console]") {
  const LoadedProgram program;
  CHECK_THAT(piped(program, ".explain units cooperating with \"Bắc Kinh\"\n").out,
             Contains("MATCH"));
}
