#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using ketnghia::tests::Program;

namespace {

namespace fs = std::filesystem;

// The documents of corpus/ copied into the program's folder.
std::vector<std::string> documents(const Program& program) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(KETNGHIA_SOURCE_DIR) / "corpus")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".txt" && extension != ".html") continue;
    names.push_back(entry.path().filename().string());
    fs::copy_file(entry.path(), program.folder() / names.back());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string graph_of(const Program& program, const std::string& db) {
  const auto outcome = program.run({"export", "--db", db, "--format", "jsonl"});
  REQUIRE(outcome.code == 0);
  return outcome.out;
}

void import(const Program& program, const std::string& db, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "import");
  arguments.insert(arguments.end(), {"--db", db});
  const auto outcome = program.run(arguments);
  INFO(outcome.err);
  REQUIRE(outcome.code == 0);
}

}  // namespace

TEST_CASE(
    "neither the order of documents nor the grouping of imports nor the jobs change the graph",
    "[acceptance]") {
  const Program program;
  std::vector<std::string> names = documents(program);
  REQUIRE(names.size() >= 12);
  std::vector<std::string> all = names;
  all.insert(all.end(), {"--jobs", "1"});
  import(program, "once.kn", all);
  const std::string graph = graph_of(program, "once.kn");
  CHECK(graph.find("\"TOOK_PART\"") != std::string::npos);

  all.back() = "2";
  import(program, "jobs.kn", all);
  CHECK((graph_of(program, "jobs.kn") == graph));

  std::mt19937 random(7);
  for (const char* db : {"shuffled.kn", "again.kn"}) {
    std::shuffle(names.begin(), names.end(), random);
    for (const std::string& name : names) import(program, db, {name});
    CHECK((graph_of(program, db) == graph));
  }
}

TEST_CASE("a document replaced and replaced back leaves the graph as it was", "[acceptance]") {
  const Program program;
  const std::vector<std::string> names = documents(program);
  import(program, "k.kn", names);
  const std::string graph = graph_of(program, "k.kn");
  const std::string text = program.read(names.front());
  program.write(names.front(),
                "Ngày 3/4/2021, Sở Y tế Hà Nội ký Bản ghi nhớ hợp tác với Sở Y tế Viêng Chăn.\n");
  import(program, "k.kn", {names.front()});
  const std::string changed = graph_of(program, "k.kn");
  CHECK((changed != graph));
  program.write(names.front(), text);
  import(program, "k.kn", {names.front()});
  CHECK((graph_of(program, "k.kn") == graph));
  CHECK(program.run({"check", "--db", "k.kn"}).code == 0);
}

TEST_CASE("the same content imported again changes nothing", "[acceptance]") {
  const Program program;
  const std::vector<std::string> names = documents(program);
  import(program, "k.kn", names);
  const std::string graph = graph_of(program, "k.kn");
  import(program, "k.kn", names);
  CHECK((graph_of(program, "k.kn") == graph));
}

TEST_CASE("forgetting all documents leaves an empty graph", "[acceptance]") {
  const Program program;
  const std::vector<std::string> names = documents(program);
  import(program, "k.kn", names);
  for (const std::string& name : names)
    REQUIRE(program.run({"forget", name, "--db", "k.kn"}).code == 0);
  CHECK(graph_of(program, "k.kn").empty());
  CHECK(program.run({"check", "--db", "k.kn"}).code == 0);
}

TEST_CASE("what was exported and loaded again is the same graph", "[acceptance]") {
  const Program program;
  import(program, "k.kn", documents(program));
  const std::string graph = graph_of(program, "k.kn");
  program.write("graph.jsonl", graph);
  REQUIRE(program.run({"load", "graph.jsonl", "--db", "other.kn"}).code == 0);
  CHECK(program.run({"check", "--db", "other.kn"}).code == 0);
  CHECK((graph_of(program, "other.kn") == graph));
}
