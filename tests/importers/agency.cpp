#include <algorithm>

#include "tests/importers/annotated.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::importers::testing {

TEST_CASE("the name of a body ends with its place", "[agency]") {
  CHECK(agencies("Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội đón khách.") ==
        "Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội");
  CHECK(agencies("Hai bên thăm Công ty Thoát nước và Xử lý nước thải Đà Nẵng và nhà máy.") ==
        "Công ty Thoát nước và Xử lý nước thải Đà Nẵng");
  CHECK(agencies("Hội Hữu nghị Việt Nam - Campuchia TP Cần Thơ trao quà.") ==
        "Hội Hữu nghị Việt Nam - Campuchia Cần Thơ");
}

TEST_CASE("a body of a place that no table knows is of that place", "[agency]") {
  CHECK(agencies("Hà Nội đón khách. Sở Du lịch Hà Nội và Sở Du lịch Zwolle ký thỏa thuận.") ==
        "Sở Du lịch Hà Nội | Sở Du lịch Zwolle");
}

TEST_CASE("a list names the type of its bodies once", "[agency]") {
  CHECK(agencies("Tỉnh Lâm Đồng mời các Sở: Ngoại vụ, Du lịch, Công Thương cùng dự.") ==
        "Sở Công Thương Lâm Đồng | Sở Du lịch Lâm Đồng | Sở Ngoại vụ Lâm Đồng");
  CHECK(agencies("Sở Công Thương, Ngoại vụ Lâm Đồng đón khách.") ==
        "Sở Công Thương Lâm Đồng | Sở Ngoại vụ Lâm Đồng");
  CHECK(agencies("Sở Nội vụ Hà Nội: Chủ trì lớp học.") == "Sở Nội vụ Hà Nội");
}

TEST_CASE("a friendship society is named by two countries, one of them in short", "[agency]") {
  CHECK(agencies("Hội Hữu nghị Việt - Nga Khánh Hòa mở lớp tiếng Nga.") ==
        "Hội Hữu nghị Việt - Nga Khánh Hòa");
}

TEST_CASE("a compound word of a name goes on in small letters", "[agency]") {
  CHECK(agencies("Câu lạc bộ Bóng rổ Quy Nhơn sang thăm.") == "Câu lạc bộ Bóng rổ Quy Nhơn");
  CHECK(agencies("Hội Sinh vật cảnh Sa Đéc đã đón khách.") == "Hội Sinh vật cảnh Sa Đéc");
}

TEST_CASE("two bodies joined by a conjunction are two", "[agency]") {
  CHECK(agencies("Sở Ngoại vụ Huế và Sở Y tế Huế cùng dự.") == "Sở Ngoại vụ Huế | Sở Y tế Huế");
  CHECK(agencies("Công ty Sao Mai và Tập đoàn Hyosung ký kết.") ==
        "Công ty Sao Mai | Tập đoàn Hyosung");
}

TEST_CASE("a conjunction within a name does not end it", "[agency]") {
  CHECK(agencies("Sở Văn hóa và Du lịch Quảng Tây ký thỏa thuận.") ==
        "Sở Văn hóa và Du lịch Quảng Tây");
}

TEST_CASE("abbreviations are written out in the name", "[agency]") {
  CHECK(agencies("UBND TP Hà Nội làm việc với Sở VH&TT Hà Nội.") ==
        "Sở Văn hóa và Thể thao Hà Nội | Ủy ban nhân dân Hà Nội");
}

TEST_CASE("a board names the body it is part of", "[agency]") {
  const auto document =
      annotated("Ban Tổ chức Thành ủy Hà Nội hợp tác với Trường Đảng Thành ủy Bắc Kinh.");
  CHECK(names(document, "Agency") ==
        "Ban Tổ chức Thành ủy Hà Nội | Thành ủy Bắc Kinh | Thành ủy Hà Nội | "
        "Trường Đảng Thành ủy Bắc Kinh");
  const auto& mentions = document.sentences.front().mentions;
  REQUIRE(mentions.size() >= 2);
  CHECK(mentions[1].standing == Standing::InName);
}

TEST_CASE("small syllables that could be a type are none", "[agency]") {
  CHECK(agencies("Tại trụ sở, cán bộ dự lễ hội Áo dài và tổ chức Ngày hội.").empty());
}

TEST_CASE("a body without its place belongs to the document's city", "[agency]") {
  CHECK(agencies("Thành phố Hải Phòng giao Sở Y tế và CATP triển khai.") ==
        "Công an Hải Phòng | Sở Y tế Hải Phòng");
}

TEST_CASE("beside a foreign delegation, a body without its place is of that side", "[agency]") {
  CHECK(agencies("Hà Nội tiếp Đoàn đại biểu Thủ đô Viêng Chăn do đồng chí Khamphay Sisavath, "
                 "Bí thư Thành ủy, Đô trưởng Thủ đô Viêng Chăn làm Trưởng đoàn.") ==
        "Thành ủy Viêng Chăn");
}

TEST_CASE("the place that closes a list belongs to every body of it", "[agency]") {
  CHECK(agencies("Thay mặt Huyện ủy, HĐND, UBND huyện Đồng Văn chào mừng đoàn.") ==
        "Huyện ủy Đồng Văn | Hội đồng nhân dân huyện Đồng Văn | Ủy ban nhân dân huyện Đồng Văn");
}

TEST_CASE("a short form in brackets is a name from there on", "[agency]") {
  const auto document = annotated(
      "Trung tâm Xúc tiến Thương mại và Đầu tư Cần Thơ (CPTC) ký kết. CPTC sẽ cử cán bộ.");
  CHECK(names(document, "Agency") == "Trung tâm Xúc tiến Thương mại và Đầu tư Cần Thơ");
  REQUIRE(document.sentences.size() == 2);
  REQUIRE(document.sentences[1].mentions.size() == 1);
}

TEST_CASE("a line in capitals gives a name in usual letters", "[agency]") {
  CHECK(agencies("SỞ NGOẠI VỤ THÀNH PHỐ HÀ NỘI") == "Sở Ngoại vụ Hà Nội");
}

TEST_CASE("a delegation stands for the body that sent it", "[agency]") {
  const auto document = annotated("Chiều nay, đoàn Tổng Công hội TP Thượng Hải đến thăm.");
  REQUIRE_FALSE(document.sentences.front().mentions.empty());
  const EntityMention& mention = document.sentences.front().mentions.front();
  CHECK(mention.delegation);
  CHECK(mention.extent.of(document.sentences.front().text.text) ==
        "đoàn Tổng Công hội TP Thượng Hải");
}

TEST_CASE("a number tells a body from its like, and counts what follows it", "[agency]") {
  CHECK(agencies("Đoàn thăm Bệnh viện Quân y 268, Trường Tiểu học số 3 Đông Hưng.") ==
        "Bệnh viện Quân y 268 | Trường Tiểu học số 3 Đông Hưng");
  CHECK(agencies("Trường Đại học Ngoại thương 20 sinh viên") == "Trường Đại học Ngoại thương");
}

TEST_CASE("what a body is about is of its name", "[agency]") {
  CHECK(agencies("Đại học Quốc tế về Y tế và Phúc lợi mời Viện Hải dương học.") ==
        "Viện Hải dương học | Đại học Quốc tế về Y tế và Phúc lợi");
}

TEST_CASE("after a post a body may be its type alone, and a name follows", "[agency]") {
  CHECK(agencies("Phó Chủ tịch Liên hiệp Phạm Thị Thu Trang").empty());
}

TEST_CASE("a proper name in foreign words stands for the body it closes", "[agency]") {
  const auto document = annotated(
      "Tổng Công ty Becamex IDC tổ chức diễn đàn. Becamex IDC ký hợp đồng với Tập đoàn Philips.");
  CHECK(names(document, "Agency") == "Tập đoàn Philips | Tổng Công ty Becamex IDC");
  REQUIRE(document.sentences.size() == 2);
  CHECK(document.sentences[1].mentions.size() == 2);
}

TEST_CASE("the type alone means the body that writes the document", "[agency]") {
  const auto document =
      annotated({{BlockKind::Title, "LIÊN HIỆP CÁC TỔ CHỨC HỮU NGHỊ TỈNH BẮC GIANG"},
                 {BlockKind::Paragraph,
                  "Năm qua có nhiều khó khăn. Kinh phí còn eo hẹp. Bão số 3 gây thiệt hại. Nhiều "
                  "việc chậm lại. "
                  "Ngày 18/6, Liên hiệp cử đoàn sang Selenge."}});
  CHECK(names(document, "Agency") == "Liên hiệp các tổ chức hữu nghị tỉnh Bắc Giang");
  const auto& mentions = document.sentences.back().mentions;
  CHECK(std::any_of(mentions.begin(), mentions.end(), [&](const EntityMention& mention) {
    return document.entities[static_cast<std::size_t>(mention.entity)].label == "Agency";
  }));
}

}  // namespace ketnghia::importers::testing
