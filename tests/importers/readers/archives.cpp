// Each file in a file is imported, left alone, replaced and forgotten under its own name.
#include <fstream>

#include "importers/importer.hpp"
#include "tests/engine/store_support.hpp"
#include "tests/importers/readers/zip_maker.hpp"

using namespace ketnghia;
using namespace ketnghia::importers;

namespace {

const std::string kVisit = "Ngày 16/5/2024, Sở Ngoại vụ Hà Nội đã tiếp đoàn thành phố Bắc Kinh.\n";
const std::string kOther = "Ngày 4/5/2024, Sở Du lịch Huế đã tiếp đoàn thành phố Nara.\n";

class Import : public TemporaryStore {
 public:
  ImportReport operator()(const std::vector<ZipPart>& parts) {
    std::ofstream(folder / "bao-cao.zip", std::ios::binary) << zip_of(parts);
    return import_documents(store, {folder / "bao-cao.zip"}, {});
  }
  bool has(const std::string& name) {
    for (const NodeId id : Snapshot(store).documents_with_readings()) {
      if (read_reading(*Snapshot(store).reading(id)).document == name) return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE("an archive imported again changes only the entries that changed", "[archives]") {
  Import import;
  const auto first = import({{"a/tham.txt", kVisit}, {"hue.txt", kOther}});
  CHECK(first.imported == 2);
  CHECK(import.has("bao-cao.zip/a/tham.txt"));
  const auto again = import({{"a/tham.txt", kVisit}, {"hue.txt", kOther + "Hai bên ký kết.\n"}});
  CHECK(again.imported == 0);
  CHECK(again.unchanged == 1);
  CHECK(again.replaced == 1);
}

TEST_CASE("an entry that cannot be read is told by archive and name", "[archives]") {
  Import import;
  const auto report = import({{"a.docx", "PK\3\4"}, {"tham.txt", kVisit}, {"anh.png", "\x89PNG"}});
  CHECK(report.imported == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].path.ends_with("bao-cao.zip/a.docx"));
  CHECK(report.warnings.at("not a document: .png") == 1);
}

TEST_CASE("an entry is forgotten alone, an archive with all that it held", "[archives]") {
  Import import;
  import({{"tham.txt", kVisit}, {"hue.txt", kOther}, { "ba.txt", kOther + "Ba.\n" }});
  CHECK(forget_document(import.store, "bao-cao.zip/hue.txt"));
  CHECK_FALSE(import.has("bao-cao.zip/hue.txt"));
  CHECK(import.has("bao-cao.zip/tham.txt"));
  CHECK(forget_document(import.store, "bao-cao.zip"));
  CHECK_FALSE(import.has("bao-cao.zip/tham.txt"));
  CHECK_FALSE(import.has("bao-cao.zip/ba.txt"));
  CHECK_FALSE(forget_document(import.store, "bao-cao.zip"));
}
