#include <filesystem>
#include <string>
#include <utility>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::LoadedProgram;
using ketnghia::tests::Program;

namespace {

constexpr std::string_view kStory =
    "Ngày 3/4/2021, Sở Y tế Hà Nội tiếp đoàn đại biểu Sở Y tế Viêng Chăn.\n";

}  // namespace

TEST_CASE("what cannot be read is named with its reason, and the rest goes on", "[acceptance]") {
  const Program program;
  std::filesystem::create_directory(program.folder() / "in");
  program.write("in/story.txt", kStory);
  program.write("in/empty.txt", "");
  program.write("in/binary.txt", std::string("PK\x03\x04\0\0\0\x08", 8) + std::string(4000, '\0'));
  program.write("in/large.txt", std::string(40U << 20U, 'a'));
  const auto outcome = program.run({"import", "in"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.err, Contains("empty.txt") && Contains("binary.txt") && Contains("large.txt"));
  CHECK_THAT(program.run({"query", "MATCH (d:Document) RETURN d.name", "--format", "csv"}).out,
             Contains("story.txt"));
  CHECK(program.run({"check"}).code == 0);
}

TEST_CASE("bytes that are no UTF-8 do not keep a document from being read", "[acceptance]") {
  const Program program;
  program.write("story.txt", std::string(kStory) + "Hai b\xFF\xFEn trao \xC3 đổi.\n");
  REQUIRE(program.run({"import", "story.txt"}).code == 0);
  CHECK(program.run({"check"}).code == 0);
}

TEST_CASE("a failed import leaves what was stored as it was", "[acceptance]") {
  const Program program;
  program.write("story.txt", kStory);
  REQUIRE(program.run({"import", "story.txt"}).code == 0);
  const std::string before = program.run({"export"}).out;
  program.write("story.txt", "");
  CHECK(program.run({"import", "story.txt"}).code == 1);
  CHECK((program.run({"export"}).out == before));
}

TEST_CASE("a statement of a megabyte, or nested ten thousand deep, is answered or refused",
          "[acceptance]") {
  const LoadedProgram program;
  std::string sum = "RETURN 1";
  while (sum.size() < (1U << 20U)) sum += "+1";
  const auto wide = program.run({"query", "--format", "csv", "-"}, sum);
  CHECK((wide.code == 0 || wide.code == 2));
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('[', ']')}) {
    const auto deep = program.run(
        {"query", "-"}, "RETURN " + std::string(10000, open) + "1" + std::string(10000, close));
    CHECK(deep.code == 2);
    CHECK_THAT(deep.err, Contains("deep"));
  }
  std::string words = "units cooperating with";
  while (words.size() < (1U << 20U)) words += " a";
  CHECK(program.run({"query", "-"}, words).code == 2);
}
