#include "tests/importers/annotated.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::importers::testing {

TEST_CASE("a title or an honorific tells that a name follows", "[person]") {
  CHECK(people("Giám đốc Sở Xây dựng Phùng Quý Đạt ký văn bản.") == "Phùng Quý Đạt");
  CHECK(people("Bà Sakamoto Emiko cảm ơn ông Jean-Luc Ferrand.") ==
        "Jean-Luc Ferrand | Sakamoto Emiko");
  CHECK(people("Đồng chí Giàng Seo Vần tiếp ông Kim Dong-yeon.") ==
        "Giàng Seo Vần | Kim Dong-yeon");
}

TEST_CASE("the place before a name is none of its syllables", "[person]") {
  CHECK(people("Bí thư Thành ủy Hà Nội Đinh Tiến Dũng phát biểu.") == "Đinh Tiến Dũng");
  CHECK(people("Phó Thị trưởng Busan Ahn Byung-chul tiếp đoàn.") == "Ahn Byung-chul");
}

TEST_CASE("spellings with i and y, with and without hyphens are one person", "[person]") {
  CHECK(people("Ông Lưu Vỹ đến. Ông Lưu Vĩ phát biểu.") == "Lưu Vỹ");
  CHECK(people("Ông Kim Dong-yeon đến. Ông Kim Dong Yeon phát biểu.") == "Kim Dong-yeon");
}

TEST_CASE("a part of a name is the person named before", "[person]") {
  const auto document =
      annotated("Bà Virginie Rouquette đến. Phó Chủ tịch tiếp bà Rouquette. Chị Virginie vui.");
  CHECK(names(document, "Person") == "Virginie Rouquette");
  CHECK(document.entities[0].mentions.size() == 3);
}

TEST_CASE("a street and a sight are no people", "[person]") {
  CHECK(people("Lễ hội diễn ra tại đường Nguyễn Thị Minh Khai.").empty());
  CHECK(people("Khu di tích Hoàng Thành Thăng Long mở cửa.").empty());
}

TEST_CASE("a name in capitals is written as usual", "[person]") {
  CHECK(people("Ông NGUYỄN VĂN PHONG phát biểu tại buổi lễ.") == "Nguyễn Văn Phong");
}

}  // namespace ketnghia::importers::testing
