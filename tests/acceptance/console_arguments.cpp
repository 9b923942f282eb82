#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::LoadedProgram;
using ketnghia::tests::Outcome;
using ketnghia::tests::Program;

TEST_CASE("an unknown option is refused with the nearest one", "[console]") {
  const Program program;
  const Outcome outcome = program.run({"query", "--evidense", "RETURN 1"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("--evidense") && Contains("did you mean \"--evidence\"?") &&
                              Contains("ketnghia query --help"));
}

TEST_CASE("an unknown command is refused with the nearest one", "[console]") {
  const Program program;
  const Outcome outcome = program.run({"qeury", "RETURN 1"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Contains("did you mean \"query\"?"));
  CHECK_THAT(program.run({"text", "normalize"}).err, Contains("did you mean \"text normalise\"?"));
}

TEST_CASE("an option of another command is unknown", "[console]") {
  const Program program;
  CHECK(program.run({"check", "--evidence"}).code == 1);
}

TEST_CASE("a value that an option does not allow is refused with the nearest one", "[console]") {
  const Program program;
  const Outcome outcome = program.run({"query", "--format=jsnol", "RETURN 1"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Contains("did you mean \"jsonl\"?"));
}

TEST_CASE("an option without its value, and a switch with one, are refused", "[console]") {
  const Program program;
  CHECK_THAT(program.run({"query", "RETURN 1", "--db"}).err, Contains("--db wants a value"));
  CHECK_THAT(program.run({"query", "RETURN 1", "--evidence=yes"}).err,
             Contains("--evidence takes no value"));
}

TEST_CASE("numbers are read whole and within their bounds", "[console]") {
  const Program program;
  for (const std::string value : {"0", "-1", "10s", "1e3", "99999999999999999999", ""}) {
    const Outcome outcome = program.run({"query", "RETURN 1", "--timeout", value});
    CHECK(outcome.code == 1);
    CHECK_THAT(outcome.err, Contains("--timeout wants a whole number"));
  }
}

TEST_CASE("operands are counted", "[console]") {
  const Program program;
  CHECK_THAT(program.run({"query"}).err, Contains("query wants STATEMENT"));
  CHECK_THAT(program.run({"query", "units", "of"}).err, Contains("\"of\""));
  CHECK_THAT(program.run({"stats", "ketnghia.kn"}).err, Contains("stats takes no argument"));
}

TEST_CASE("options stand before and after operands, with = and without", "[console]") {
  const LoadedProgram program;
  const std::string json = "{\"columns\":[\"n\"],\"rows\":[\n[1]]}\n";
  CHECK(program.run({"query", "--format", "json", "RETURN 1 AS n"}).out == json);
  CHECK(program.run({"query", "RETURN 1 AS n", "--format=json"}).out == json);
  CHECK(program.run({"query", "--format=json", "--", "RETURN 1 AS n"}).out == json);
}

TEST_CASE("every command has help with its options and an example", "[console]") {
  const Program program;
  const Outcome all = program.run({"--help"});
  CHECK(all.code == 0);
  for (const std::string name : {"import", "query", "explain", "console", "show", "documents",
                                 "forget", "stats", "check", "export", "load", "bench"}) {
    CAPTURE(name);
    CHECK_THAT(all.out, Contains("\n  " + name + " "));
    for (const std::string language : {"en", "vi"}) {
      const Outcome help = program.run({name, "--help", "--lang", language});
      CHECK(help.code == 0);
      CHECK(help.err.empty());
      CHECK_THAT(help.out, Contains("--db") && Contains("  ketnghia " + name));
    }
  }
  for (const std::string name : {"normalise", "key", "expand", "dates", "mentions"}) {
    CAPTURE(name);
    const Outcome help = program.run({"text", name, "--help"});
    CHECK(help.code == 0);
    CHECK_THAT(help.out, Contains("ketnghia text " + name));
  }
}

TEST_CASE("messages come in Vietnamese where that is asked for", "[console]") {
  const Program program;
  CHECK_THAT(program.run({"query", "--lang", "vi"}).err, Contains("lệnh query cần STATEMENT"));
  CHECK_THAT(program.run({"query"}, "", {"KETNGHIA_LANG=vi"}).err, Contains("lệnh query cần"));
}

TEST_CASE("the version is told", "[console]") {
  const Program program;
  const Outcome outcome = program.run({"--version"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Catch::Matchers::StartsWith("ketnghia "));
}

TEST_CASE("the database is --db, else $KETNGHIA_DB, else ./ketnghia.kn", "[console]") {
  const LoadedProgram program;
  const std::vector<std::string> count{"query", "MATCH (n) RETURN count(n) AS n", "--format=csv"};
  CHECK(program.run(count).out == "n\r\n6\r\n");
  program.write("empty.jsonl", "");
  REQUIRE(program.run({"load", "empty.jsonl", "--db", "other.kn"}).code == 0);
  CHECK(program.run(count, "", {"KETNGHIA_DB=other.kn"}).out == "n\r\n0\r\n");
  auto named = count;
  named.insert(named.end(), {"--db", "ketnghia.kn"});
  CHECK(program.run(named, "", {"KETNGHIA_DB=other.kn"}).out == "n\r\n6\r\n");
}
