#include <string>
#include <vector>

#include "tests/importers/annotated.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::importers::testing {

using Holds = std::vector<std::string>;

TEST_CASE("a title before or after a name is a post", "[posts]") {
  CHECK(holds(annotated("Phó Bí thư Thường trực Thành ủy Hà Nội Vũ Đăng Khải hội đàm.")) ==
        Holds{"Vũ Đăng Khải: Phó Bí thư Thường trực, Thành ủy Hà Nội"});
  CHECK(holds(annotated("Ông Kim Dong-yeon, thống đốc tỉnh Gyeonggi, đến thăm.")) ==
        Holds{"Kim Dong-yeon: Thống đốc, Gyeonggi"});
}

TEST_CASE("two posts of one person are two holds", "[posts]") {
  CHECK(holds(annotated(
            "Đồng chí Giàng Seo Vần, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Nghệ An dự.")) ==
        Holds{"Giàng Seo Vần: Phó Bí thư, Tỉnh ủy Nghệ An",
              "Giàng Seo Vần: Chủ tịch, Ủy ban nhân dân Nghệ An"});
}

TEST_CASE("titles that lead to another name are that person's", "[posts]") {
  CHECK(holds(annotated("Dự có ông Lê Văn An, Giám đốc Sở Y tế Huế Trần Văn Bình và khách.")) ==
        Holds{"Trần Văn Bình: Giám đốc, Sở Y tế Huế"});
}

TEST_CASE("a party rank is no post", "[posts]") {
  CHECK(holds(annotated("Ủy viên Bộ Chính trị, Bí thư Thành ủy Hà Nội Đinh Tiến Dũng đến.")) ==
        Holds{"Đinh Tiến Dũng: Bí thư, Thành ủy Hà Nội"});
}

TEST_CASE("an ambassador holds of the country", "[posts]") {
  CHECK(holds(annotated("Đại sứ Pháp tại Việt Nam Olivier Marchand đến chào.")) ==
        Holds{"Olivier Marchand: Đại sứ, Pháp"});
}

TEST_CASE("a past post has a time", "[posts]") {
  const auto document = annotated("Nguyên Chủ tịch UBND tỉnh Đồng Nai Cao Tiến Dũng kể lại.");
  REQUIRE(document.holds.size() == 1);
  CHECK(document.holds.front().when == "../2024-05-17");
}

TEST_CASE("a post without a body is of the delegation being told of", "[posts]") {
  CHECK(
      holds(annotated(
          "Hà Nội đón đoàn Ủy ban Y tế Bắc Kinh do ông Trần Khải Minh, Phó Chủ nhiệm, dẫn đầu.")) ==
      Holds{"Trần Khải Minh: Phó Chủ nhiệm, Ủy ban Y tế Bắc Kinh"});
}

TEST_CASE("whoever signs holds of the office of the letterhead", "[posts]") {
  const auto document = annotated({{BlockKind::Letterhead, "SỞ NGOẠI VỤ HẢI PHÒNG"},
                                   {BlockKind::Paragraph, "Thành phố đón đoàn."},
                                   {BlockKind::Signature, "GIÁM ĐỐC"},
                                   {BlockKind::Signature, "Bùi Thế Vinh"}});
  CHECK(holds(document) == Holds{"Bùi Thế Vinh: Giám đốc, Sở Ngoại vụ Hải Phòng"});
}

TEST_CASE("the quotation of a post holds title and name", "[posts]") {
  const auto document = annotated("Bà Hứa Mỹ Linh, Chủ tịch Hiệp hội Phần mềm Quang Trung, đến.");
  REQUIRE(document.holds.size() == 1);
  CHECK(document.holds.front().quotations.front().span.of(document.source.text) ==
        "Hứa Mỹ Linh, Chủ tịch Hiệp hội Phần mềm Quang Trung");
}

TEST_CASE("a title alone is whoever holds it", "[posts]") {
  const auto document =
      annotated("Bí thư Thành ủy Hà Nội Đinh Tiến Dũng đến. Bí thư Thành ủy Hà Nội nói.");
  REQUIRE(document.sentences.size() == 2);
  REQUIRE_FALSE(document.sentences[1].mentions.empty());
  const int entity = document.sentences[1].mentions.front().entity;
  CHECK(document.entities[static_cast<std::size_t>(entity)].name == "Đinh Tiến Dũng");
}

}  // namespace ketnghia::importers::testing
