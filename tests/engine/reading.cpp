#include "engine/readings/reading.hpp"

#include "tests/engine/store_support.hpp"

using namespace ketnghia;

namespace {

const Quotation kQuotation{{10, 30}, "visit.received", Grade::Normalised, 0.75F};

Reading sample() {
  Reading reading;
  reading.document = "bao-cao.txt";
  reading.title = "Báo cáo";
  reading.published = "2024-05-16";
  reading.sha256 = std::string(64, 'a');
  reading.genre = "report";
  reading.entities = {
      {"City", "Hà Nội", {"TP Hà Nội"}, "Municipality", "VN", -1, -1, "City|ha noi|", {kQuotation}},
      {"Agency", "Sở Ngoại vụ Hà Nội", {}, "government", "", 0, -1, "Agency|…", {}}};
  reading.holds = {{1, 0, "Giám đốc", "", {kQuotation}}};
  reading.events = {{"visit",
                     "Thăm",
                     "2024-05-16",
                     "ngày 16/5/2024",
                     "held",
                     {{1, "guest", {kQuotation}}},
                     0,
                     {"health"},
                     -1,
                     {kQuotation, kQuotation}}};
  reading.agreements = {{"memorandum",
                         "Bản ghi nhớ",
                         "2024",
                         "2024/2026",
                         "signed",
                         2,
                         {{0, "party", {}}},
                         {},
                         0,
                         {}}};
  return reading;
}

}  // namespace

TEST_CASE("a reading is what it was after it has been bytes", "[reading]") {
  const std::string bytes = to_bytes(sample());
  const Reading read = read_reading(bytes);
  CHECK(to_bytes(read) == bytes);
  CHECK(read.document == "bao-cao.txt");
  REQUIRE(read.entities.size() == 2);
  CHECK(read.entities[0].aliases == std::vector<std::string>{"TP Hà Nội"});
  CHECK(read.entities[0].place == -1);
  REQUIRE(read.entities[0].mentions.size() == 1);
  CHECK(read.entities[0].mentions[0].span == Span{10, 30});
  CHECK(read.entities[0].mentions[0].grade == Grade::Normalised);
  CHECK(read.entities[0].mentions[0].confidence == 0.75F);
  REQUIRE(read.events.size() == 1);
  CHECK(read.events[0].participants[0].role == "guest");
  CHECK(read.agreements[0].count == 2);
  CHECK(read.agreements[0].signing == 0);
}

TEST_CASE("a reading cut short anywhere is refused", "[reading]") {
  const std::string bytes = to_bytes(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(kind_thrown([&] { read_reading(std::string_view(bytes).substr(0, size)); }) ==
          StoreError::Kind::Corrupt);
  }
  CHECK(kind_thrown([&] { read_reading(bytes + "x"); }) == StoreError::Kind::Corrupt);
}

TEST_CASE("a reading of another format is refused", "[reading]") {
  std::string bytes = to_bytes(sample());
  bytes[0] = '\x7F';
  CHECK(kind_thrown([&] { read_reading(bytes); }) == StoreError::Kind::Corrupt);
}

TEST_CASE("damaged readings are refused or read, never worse", "[reading]") {
  const std::string bytes = to_bytes(sample());
  for (std::size_t at = 1; at < bytes.size(); ++at) {
    for (const char damage : {'\x00', '\x7F', '\x80', '\xFF'}) {
      std::string damaged = bytes;
      damaged[at] = damage;
      try {
        read_reading(damaged);
      } catch (const StoreError& error) {
        CHECK(error.kind() == StoreError::Kind::Corrupt);
      }
    }
  }
}
