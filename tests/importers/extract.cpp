// What sentences of the genre tell: each row a text as offices write it, and its events and
// agreements.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "importers/importer.hpp"
#include "importers/lexicon/lexicon.hpp"
#include "importers/readers/reader.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::importers {
namespace {

Reading read(std::string_view text, const std::string& genre = "news") {
  static const Lexicon lexicon;
  static const DocumentReader reader(lexicon);
  Sidecar sidecar;
  sidecar.published = "2023-12-01";
  sidecar.genre = genre;
  return reader.read(read_document("tin.txt", text, sidecar));
}

std::string roles_of(const Reading& reading, const std::vector<ReadRole>& roles) {
  std::vector<std::string> told;
  for (const ReadRole& role : roles) {
    told.push_back(role.role + ' ' + reading.entities[static_cast<std::size_t>(role.entity)].name);
  }
  std::sort(told.begin(), told.end());
  std::string text;
  for (const std::string& one : told) text += (text.empty() ? "" : ", ") + one;
  return text;
}

// "visit 2023-03-02 held: guest A, host B", a line each, sorted.
std::string events(std::string_view text, const std::string& genre = "news") {
  const Reading reading = read(text, genre);
  std::vector<std::string> lines;
  for (const ReadEvent& event : reading.events) {
    lines.push_back(event.kind + ' ' + event.when + ' ' + event.status + ": " +
                    roles_of(reading, event.participants));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  return all;
}

std::string agreements(std::string_view text, const std::string& genre = "news") {
  const Reading reading = read(text, genre);
  std::vector<std::string> lines;
  for (const ReadAgreement& agreement : reading.agreements) {
    lines.push_back(agreement.kind + ' ' + agreement.when + ' ' + agreement.status + ": " +
                    roles_of(reading, agreement.parties));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  return all;
}

TEST_CASE("those who came in turn came on days of their own", "[extract]") {
  CHECK(
      events("Các đoàn của tỉnh Champasak, tỉnh Attapeu và tỉnh Sekong lần lượt đến thăm Lâm Đồng "
             "vào các ngày 2/3, 4/4 và 5/5/2023.") ==
      "visit 2023-03-02 held: guest Chăm Pa Sắc, host Lâm Đồng\n"
      "visit 2023-04-04 held: guest Át Tạ Pư, host Lâm Đồng\n"
      "visit 2023-05-05 held: guest Sê Kông, host Lâm Đồng\n");
}

TEST_CASE("what was called off or put off is kept with its status", "[extract]") {
  CHECK(events(
            "Chuyến thăm Lâm Đồng của đoàn thành phố Chuncheon dự kiến tháng 10/2023 đã bị hủy.") ==
        "visit 2023-10 cancelled: guest Chuncheon, host Lâm Đồng\n");
  CHECK(events("Đoàn thành phố Chuncheon thăm Lâm Đồng, theo lịch là tháng 3/2023, phải dời sang "
               "tháng 6/2023.") == "visit 2023-06 postponed: guest Chuncheon, host Lâm Đồng\n");
}

TEST_CASE("what is denied did not happen", "[extract]") {
  CHECK(events("Sở Ngoại vụ bác bỏ thông tin đoàn tỉnh Lâm Đồng đã thăm Busan ngày 01/9/2023.") ==
        "visit 2023-09-01 denied: guest Lâm Đồng, host Busan\n");
  CHECK(agreements("Huế và Kobe chưa ký thỏa thuận hợp tác nào.").empty());
}

TEST_CASE("the passive turns host and guest", "[extract]") {
  CHECK(
      events("Ngày 7/6/2023, đoàn thành phố New Haven được Chủ tịch UBND thành phố Huế Phan Trọng "
             "Vĩnh tiếp.") == "meeting 2023-06-07 held: guest New Haven, host Phan Trọng Vĩnh\n");
}

TEST_CASE("who takes in students trains them and receives no gift", "[extract]") {
  CHECK(events(
            "Năm 2022, Trường Đại học Đồng Tháp tiếp nhận 15 sinh viên của tỉnh Prey Veng sang học "
            "tiếng Việt.") ==
        "training 2022 held: host Trường Đại học Đồng Tháp, participant Prey Veng\n");
}

TEST_CASE("one signed with each partner in turn", "[extract]") {
  CHECK(
      agreements("Ngày 5/5/2023, Trường Đại học Vinh lần lượt ký với Đại học Khon Kaen và Đại học "
                 "Chonnam các bản ghi nhớ.") ==
      "memorandum 2023-05-05 signed: party Trường Đại học Vinh, party Đại học Chonnam\n"
      "memorandum 2023-05-05 signed: party Trường Đại học Vinh, party Đại học Khon Kaen\n");
}

TEST_CASE("a chronicle's paragraph is of the year it opens with", "[extract]") {
  CHECK(
      events(
          "2004 – Ngày 16/7, đoàn tỉnh Hải Dương thăm Suwon.\n\n2016 – Đoàn Suwon thăm Hải Dương, "
          "28/5.") ==
      "visit 2004-07-16 held: guest Hải Dương, host Suwon\n"
      "visit 2016-05-28 held: guest Suwon, host Hải Dương\n");
}

TEST_CASE("a list of delegations tells visits, and nt repeats the row above", "[extract]") {
  CHECK(events("BÁO CÁO\nĐoàn ra của tỉnh Quảng Trị năm 2023\n\n"
               "STT | Trưởng đoàn | Chức danh | Nơi đến | Thời gian | Ghi chú\n"
               "1 | Lê Quang Tùng | Bí thư Tỉnh ủy | Savannakhet (Lào) | 9/4/2023 | -\n"
               "2 | nt | nt | Salavan (Lào) | 12/4/2023 | -\n"
               "3 | Võ Văn Hưng | Chủ tịch UBND tỉnh | Gangwon (Hàn Quốc) | 6/2023 | Hủy\n",
               "report") ==
        "visit 2023-04-09 held: guest Quảng Trị, host Sa Vẳn Na Khệt, leader Lê Quang Tùng\n"
        "visit 2023-04-12 held: guest Quảng Trị, host Sa La Van, leader Lê Quang Tùng\n"
        "visit 2023-06 cancelled: guest Quảng Trị, host Gangwon, leader Võ Văn Hưng\n");
}

TEST_CASE("who signed one of two agreements did not sign the other", "[extract]") {
  CHECK(agreements("Tỉnh Lâm Đồng có Thỏa thuận hợp tác với Chuncheon do thành phố Đà Lạt ký ngày "
                   "28/11/2019 và Biên bản hợp tác với tỉnh Champasak.",
                   "report") ==
        "agreement 2019-11-28 signed: party Chuncheon, party Đà Lạt\n"
        "protocol XXXX signed: party Chăm Pa Sắc, party Lâm Đồng\n");
}

TEST_CASE("an agreement that another replaces gives it neither day nor parties", "[extract]") {
  CHECK(agreements(
            "Ngày 19/8/2023, Hà Tĩnh và Nakhon Phanom ký Bản ghi nhớ hợp tác, thay cho văn bản "
            "ký năm 2017.") ==
        "memorandum 2023-08-19 signed: party Hà Tĩnh, party Nakhon Phanom\n");
}

TEST_CASE("the two sides of a story are of two countries", "[extract]") {
  CHECK(agreements(
            "Ngày 19/8/2023, đoàn tỉnh Hà Tĩnh thăm tỉnh Nakhon Phanom (Thái Lan). Bà con ở đây "
            "có quê ở Hà Tĩnh, Nghệ An. Cùng ngày, lãnh đạo hai tỉnh ký Bản ghi nhớ hợp tác.") ==
        "memorandum 2023-08-19 signed: party Hà Tĩnh, party Nakhon Phanom\n");
}

TEST_CASE("history told in passing does not date the story", "[extract]") {
  CHECK(
      agreements("Ngày 25/3/2023, tỉnh Thái Nguyên đón đoàn tỉnh Gyeongsangbuk.\n\n"
                 "Kể từ khi hai tỉnh ký Thỏa thuận hợp tác ngày 14/2/2005, quan hệ phát triển.\n\n"
                 "Tại buổi lễ, hai tỉnh ký Bản ghi nhớ hợp tác.") ==
      "agreement 2005-02-14 signed: party Gyeongsang Bắc, party Thái Nguyên\n"
      "memorandum 2023-03-25 signed: party Gyeongsang Bắc, party Thái Nguyên\n");
}

TEST_CASE("a title that sums up and looks ahead does not plan what was done", "[extract]") {
  CHECK(events("Tin tỉnh Lâm Đồng\n\n1. Tổng kết năm 2023 và phương hướng năm 2024\n\n"
               "Ngày 05/10/2023, đoàn thành phố Chuncheon thăm Lâm Đồng.",
               "report") == "visit 2023-10-05 held: guest Chuncheon, host Lâm Đồng\n");
}

TEST_CASE("what an agreement follows on was signed by the same two", "[extract]") {
  CHECK(agreements(
            "Ngày 19/8/2023, Kon Tum và Attapeu ký Bản ghi nhớ hợp tác, tiếp nối Biên bản ghi nhớ "
            "ký năm 2012.") ==
        "memorandum 2012 signed: party Kon Tum, party Át Tạ Pư\n"
        "memorandum 2023-08-19 signed: party Kon Tum, party Át Tạ Pư\n");
}

}  // namespace
}  // namespace ketnghia::importers
