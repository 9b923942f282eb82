#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "importers/importer.hpp"
#include "importers/readers/process.hpp"
#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia;
using namespace ketnghia::importers;

namespace {

SourceDocument office_file(const std::string& name) {
  return read_document(std::filesystem::path{KETNGHIA_SOURCE_DIR} / "tests/data/office" / name);
}

// What a document tells, each fact a line.
std::set<std::string> facts_of(SourceDocument document) {
  static const Lexicon lexicon(std::nullopt);
  static const DocumentReader reader(lexicon);
  const Reading reading = reader.read(std::move(document));
  std::set<std::string> facts{"published " + reading.published, "title " + reading.title};
  const auto name = [&](int entity) {
    return entity < 0 ? std::string{} : reading.entities[static_cast<std::size_t>(entity)].name;
  };
  for (const auto& entity : reading.entities) facts.insert(entity.label + " " + entity.name);
  for (const auto& hold : reading.holds) {
    facts.insert(name(hold.person) + " is " + hold.title + " of " + name(hold.body));
  }
  for (const auto& event : reading.events) {
    std::string fact = event.kind + " " + event.when + " at " + name(event.place);
    for (const auto& role : event.participants) fact += ", " + role.role + " " + name(role.entity);
    facts.insert(fact);
  }
  for (const auto& agreement : reading.agreements) {
    std::string fact = agreement.kind + " " + agreement.when + " " + agreement.status;
    for (const auto& role : agreement.parties) fact += ", " + name(role.entity);
    facts.insert(fact);
  }
  return facts;
}

std::string lines(const std::set<std::string>& facts) {
  std::string text;
  for (const auto& fact : facts) text += fact + '\n';
  return text;
}

}  // namespace

TEST_CASE("the same report tells the same as text, page, PDF and .doc") {
  const auto told = facts_of(office_file("report.txt"));
  CHECK(told.size() > 15);
  for (const char* name : {"report.html", "report.pdf", "printed.pdf", "report.doc"}) {
    INFO(name);
    CHECK(lines(facts_of(office_file(name))) == lines(told));
    CHECK(fault_of(office_file(name)).empty());
  }
}

TEST_CASE("two columns of a page are read one after the other") {
  const auto document = office_file("two_columns.pdf");
  CHECK(fault_of(document).empty());
  CHECK(
      is_read(document, "Văn phòng Ngoại sự thành phố Nam Ninh ký bản ghi nhớ về trao đổi cán bộ"));
  CHECK(is_read(document, "Năm 2024, tỉnh dự kiến đón đoàn thành phố Gwangju vào tháng 5"));
  const auto rows = texts(document, BlockKind::TableRow);
  CHECK(std::find(rows.begin(), rows.end(),
                  "Tháng 6 | Nam Ninh (Trung Quốc) | Tuần lễ vải thiều") != rows.end());
}

TEST_CASE("running heads and numbers of pages are no part of a PDF's text") {
  for (const char* name : {"report.pdf", "printed.pdf", "two_columns.pdf"}) {
    const auto document = office_file(name);
    CHECK(document.text.find("Trang 2") == std::string::npos);
    CHECK(document.text.find("Báo cáo hợp tác năm 2023 -") == std::string::npos);
    CHECK(document.text.find("file://") == std::string::npos);
    CHECK(document.text.find("1/2") == std::string::npos);
  }
}

TEST_CASE("what is recognised from an image says so and is less certain") {
  if (!has_program("tesseract")) return;
  const auto document = office_file("scanned.pdf");
  CHECK(fault_of(document).empty());
  CHECK(document.published == "2023-12-12");
  CHECK(is_read(document, "đoàn đại biểu thành phố Gwangju (Hàn Quốc)"));
  for (const auto& block : document.blocks) CHECK(block.certainty < 1.0F);
  const Lexicon lexicon(std::nullopt);
  const Reading reading = DocumentReader(lexicon).read(document);
  REQUIRE_FALSE(reading.events.empty());
  const Reading printed = DocumentReader(lexicon).read(office_file("report.pdf"));
  const auto quotation_of = [](const Reading& read) {
    return read.events.front().quotations.front();
  };
  CHECK(quotation_of(reading).grade == Grade::Ocr);
  CHECK(quotation_of(printed).grade != Grade::Ocr);
  CHECK(quotation_of(reading).confidence < quotation_of(printed).confidence);
}

TEST_CASE("a file is read by what it holds, whatever it is called") {
  const std::string page = "<html><body><h1>Tin</h1><p>Hà Nội tiếp đoàn Busan.</p></body></html>";
  CHECK(is_read(read_document("report.doc", page), "Hà Nội tiếp đoàn Busan."));
  CHECK(is_read(read_document("report.pdf", page), "Hà Nội tiếp đoàn Busan."));
  CHECK_THROWS_AS(read_document("report.doc", "Hà Nội tiếp đoàn Busan."), ImportError);
}
