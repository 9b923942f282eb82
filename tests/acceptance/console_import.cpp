#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::Outcome;
using ketnghia::tests::Program;

namespace {

constexpr std::string_view kStory =
    "Hà Nội tiếp đoàn đại biểu Bắc Kinh\n\n"
    "Ngày 16/5/2024, Sở Ngoại vụ Hà Nội đã tiếp đoàn đại biểu Văn phòng "
    "Đối ngoại thành phố Bắc Kinh sang thăm và làm việc tại Hà Nội.\n";

}  // namespace

TEST_CASE("an import tells what it read, and the facts show their sentences", "[console]") {
  const Program program;
  program.write("tiep-doan.txt", kStory);
  const Outcome outcome = program.run({"import", "tiep-doan.txt"});
  REQUIRE(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("imported") && Contains("Agency") && Contains("Event"));
  CHECK_THAT(
      program.run({"query", "units cooperating with \"Bắc Kinh\" in 2024", "--evidence"}).out,
      Contains("Sở Ngoại vụ Hà Nội") && Contains("“"));
  const Outcome again = program.run({"import", "tiep-doan.txt"});
  CHECK(again.code == 0);
  CHECK_THAT(again.out, Contains("unchanged"));
}

TEST_CASE("what was forgotten is gone", "[console]") {
  const Program program;
  program.write("tiep-doan.txt", kStory);
  REQUIRE(program.run({"import", "tiep-doan.txt"}).code == 0);
  REQUIRE(program.run({"forget", "tiep-doan.txt"}).code == 0);
  CHECK(program.run({"query", "MATCH (n) RETURN count(n) AS n", "--format", "csv"}).out ==
        "n\r\n0\r\n");
}

TEST_CASE("one unreadable document does not fail the others", "[console]") {
  const Program program;
  program.write("good.txt", kStory);
  program.write("empty.txt", "");
  const Outcome mixed = program.run({"import", "good.txt", "empty.txt"});
  CHECK(mixed.code == 0);
  CHECK_THAT(mixed.err, Contains("empty.txt"));
  CHECK(program.run({"import", "empty.txt", "--db", "other.kn"}).code == 1);
  CHECK(program.run({"import", "none.txt"}).code == 1);
}

TEST_CASE("a dry run stores nothing", "[console]") {
  const Program program;
  program.write("tiep-doan.txt", kStory);
  CHECK(program.run({"import", "--dry-run", "tiep-doan.txt"}).code == 0);
  CHECK_THAT(program.run({"stats", "--format", "csv"}).out, !Contains("Document"));
}

TEST_CASE("what is said of one file is not said of several", "[console]") {
  const Program program;
  program.write("a.txt", kStory);
  program.write("b.txt", kStory);
  CHECK_THAT(program.run({"import", "a.txt", "b.txt", "--source", "Báo Thủ đô"}).err,
             Contains("--source is for one file"));
}

TEST_CASE("what would be read from a file is explained without a database", "[console]") {
  const Program program;
  program.write("a.txt", kStory);
  const Outcome outcome = program.run({"import", "--explain", "a.txt"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("Sở Ngoại vụ Hà Nội"));
  CHECK(!std::filesystem::exists(program.folder() / "ketnghia.kn"));
}
