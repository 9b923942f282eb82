#include <simdjson.h>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::LoadedProgram;
using ketnghia::tests::Outcome;
using ketnghia::tests::Program;

TEST_CASE("what is exported loads into the same graph, from a file and from a pipe", "[console]") {
  const LoadedProgram program;
  const Outcome exported = program.run({"export", "--format", "jsonl"});
  REQUIRE(exported.code == 0);
  REQUIRE(program.run({"export", "-o", "out.jsonl"}).code == 0);
  CHECK(program.read("out.jsonl") == exported.out);
  REQUIRE(program.run({"load", "-", "--db", "copy.kn"}, exported.out).code == 0);
  CHECK(program.run({"export", "--db", "copy.kn"}).out == exported.out);
}

TEST_CASE("a faulty line of a graph is told, and nothing of it is loaded", "[console]") {
  const Program program;
  program.write("graph.jsonl", "{\"node\":\"n1\",\"labels\":[\"City\"],\"properties\":{}}\n{\"nod");
  const Outcome outcome = program.run({"load", "graph.jsonl"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Contains("2"));
  CHECK(program.run({"load", "none.jsonl"}).code == 1);
}

TEST_CASE("stats counts nodes by label and edges by type", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"stats", "--format", "csv"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("nodes,all,6\r\n") && Contains("nodes,City,2\r\n") &&
                              Contains("edges,all,4\r\n") && Contains("edges,TOOK_PART,2\r\n"));
}

TEST_CASE("documents are listed with what they say of themselves", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"documents", "--format", "csv"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("tham.txt,2024-05-17,,Báo Thủ đô,Đoàn Bắc Kinh thăm Hà Nội,"));
}

TEST_CASE("show tells everything of every thing of a name", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"show", "beijing"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("Bắc Kinh  City  n3") && Contains("country: CN") &&
                              Contains("TOOK_PART → (1)") && Contains("role: guest") &&
                              Contains("COOPERATED_WITH ← (1)") && Contains("Sở Ngoại vụ Hà Nội"));
  CHECK_THAT(program.run({"show", "Hà Nội"}).out, Contains("“Hà Nội” — "));
}

TEST_CASE("show offers the nearest names of one that is not there", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"show", "Bắc Kimh"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("\"Bắc Kinh\""));
}

TEST_CASE("a sound database passes its check", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"check"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("6 nodes, 4 edges"));
}

TEST_CASE("a document that is not there cannot be forgotten", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"forget", "none.txt"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Contains("none.txt"));
}

TEST_CASE("bench times each statement and counts its rows", "[console]") {
  const LoadedProgram program;
  program.write("queries.json",
                R"([{"name":"a","query":"MATCH (n:City) RETURN n","sql":"ignored"},
                    {"name":"b","query":"RETURN x"}])");
  const Outcome outcome = program.run({"bench", "--queries", "queries.json", "--runs", "3"});
  REQUIRE(outcome.code == 0);
  simdjson::dom::parser parser;
  const simdjson::dom::element list = parser.parse(outcome.out);
  CHECK(std::string_view(list.at(0)["name"]) == "a");
  CHECK(std::int64_t(list.at(0)["rows"]) == 2);
  for (const std::string_view key : {"median_us", "p95_us", "text_median_us"}) {
    CHECK(double(list.at(0)[key]) >= 0);
  }
  CHECK(std::string_view(list.at(1)["status"]) == "error");
  CHECK(program.run({"bench"}).code == 1);
}

TEST_CASE("explain shows the pattern that a question means", "[console]") {
  const LoadedProgram program;
  const Outcome outcome = program.run({"explain", "units cooperating with \"Bắc Kinh\" in 2024"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("MATCH") && Contains("RETURN"));
  CHECK(program.run({"explain", "RETURN x"}).code == 2);
}
