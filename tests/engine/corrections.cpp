#include "engine/readings/corrections.hpp"

#include "engine/error.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::Corrections;
using ketnghia::Decision;

namespace {

std::string fault(std::string_view text) {
  try {
    Corrections::parse(text, "ours.tsv");
  } catch (const ketnghia::Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a file of decisions is read and written, comments and empty lines left out",
          "[corrections]") {
  const Corrections all = Corrections::parse(
      "\xEF\xBB\xBF# ours\r\n\r\n"
      "2026-11-21\tLan\trename\tPerson | Lưu Vỹ\tLưu Vĩ\r\n"
      "2026-11-20\tMinh\tsame\tPerson | A | place=Hà Nội\tPerson | A | document=b.txt\tvì\n",
      "ours.tsv");
  REQUIRE(all.all().size() == 2);
  CHECK(all.all()[0].who == "Minh");
  CHECK(all.all()[0].note == "vì");
  CHECK(all.all()[0].selects()["place"] == "Hà Nội");
  CHECK(all.all()[0].other()["document"] == "b.txt");
  CHECK(all.all()[1].object == "Lưu Vĩ");
  CHECK(Corrections::parse(all.text(), "again").all() == all.all());
}

TEST_CASE("joining the lines of two files in any order gives the same decisions", "[corrections]") {
  const std::string a = "2026-11-21\tLan\trename\tPerson | A\tB\n";
  const std::string b = "2026-11-21\tAnh\trename\tPerson | A\tC\n";
  CHECK(Corrections::parse(a + b + a, "x").text() == Corrections::parse(b + a, "x").text());
}

TEST_CASE("a faulty decision names its line and what to do", "[corrections]") {
  CHECK_THAT(fault("2026-11-21\tLan\tsame\n"), Contains("ours.tsv, line 1") && Contains("cells"));
  CHECK_THAT(fault("# x\nyesterday\tLan\tsame\tPerson | A\tPerson | B\n"),
             Contains("line 2") && Contains("date"));
  CHECK_THAT(fault("2026-11-21\t\tsame\tPerson | A\tPerson | B\n"), Contains("who"));
  CHECK_THAT(fault("2026-11-21\tLan\tjoin\tPerson | A\tPerson | B\n"), Contains("no verb"));
  CHECK_THAT(fault("2026-11-21\tLan\tsame\tPerson | A\tAgency | B\n"), Contains("one label"));
  CHECK_THAT(fault("2026-11-21\tLan\tdifferent\tPerson | A\tPerson | A\n"), Contains("place="));
  CHECK_THAT(fault("2026-11-21\tLan\twrong\tEvent | visit\n"), Contains("document=NAME"));
  CHECK_THAT(fault("2026-11-21\tLan\twrong\tCOOPERATED_WITH | A | B\n"), Contains("follows from"));
  CHECK_THAT(fault("2026-11-21\tLan\tadd\tHOLDS | A | B\n"), Contains("quote="));
  CHECK_THAT(fault("2026-11-21\tLan\twrong\tPlace | A\n"), Contains("no label"));
}

TEST_CASE("an undoing can itself be undone", "[corrections]") {
  Corrections all;
  const Decision rename{"2026-11-21", "Lan", "rename", "Person | A", "B", ""};
  all.add(rename);
  const Decision undo{"2026-11-22", "Lan", "undo", rename.id(), "", ""};
  all.add(undo);
  CHECK(all.active().empty());
  CHECK(!all.is_active(rename));
  all.add({"2026-11-22", "Minh", "undo", undo.id(), "", ""});
  REQUIRE(all.active().size() == 1);
  CHECK(*all.active().front() == rename);
}

TEST_CASE("bars, tabs and line breaks in a quotation survive", "[corrections]") {
  ketnghia::Selector selector;
  selector.kind = "Event";
  selector.names = {"visit"};
  selector.where = {{"document", "a.txt"}, {"quote", "a | b\tc\nd \\ e"}};
  Decision decision{"2026-11-21", "Lan", "wrong", to_text(selector), "", ""};
  Corrections all;
  all.add(decision);
  const Corrections again = Corrections::parse(all.text(), "x");
  REQUIRE(again.all().size() == 1);
  CHECK(again.all().front().selects()["quote"] == "a | b\tc\nd \\ e");
}
