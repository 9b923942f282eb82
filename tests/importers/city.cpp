#include "tests/importers/annotated.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::importers::testing {

TEST_CASE("a city is named without its generic word, but for Thành phố Hồ Chí Minh", "[city]") {
  CHECK(cities("Đoàn thăm thành phố Huế và tỉnh Vân Nam.") == "Huế | Vân Nam");
  CHECK(cities("Sáng 8-6, TP.HCM đón đoàn.") == "Thành phố Hồ Chí Minh");
}

TEST_CASE("the man Hồ Chí Minh is no city", "[city]") {
  CHECK(cities("Chủ tịch Hồ Chí Minh đã đến đây.").empty());
}

TEST_CASE("an ocean, a street and a bay are no places of ours", "[city]") {
  CHECK(cities("Khu vực châu Á - Thái Bình Dương rất năng động.").empty());
  CHECK(cities("Lễ hội ở đường Hà Nội kéo dài ba ngày.").empty());
  CHECK(cities("Khách tham quan vịnh Hạ Long.").empty());
}

TEST_CASE("a weak name of a country needs its context", "[city]") {
  CHECK(cities("Khách đến từ Nga, Pháp và Ý tăng mạnh.") == "Italy | Nga | Pháp");
  CHECK(cities("Anh em công nhân vui mừng; Ý kiến của họ được ghi nhận.").empty());
  CHECK(cities("Sở tuyên truyền Pháp luật về đất đai.").empty());
}

TEST_CASE("an unknown place after a generic word is one, and a person is not", "[city]") {
  CHECK(cities("Ông cho biết huyện Sikhottabong mong sớm kết nghĩa.") == "Sikhottabong");
  CHECK(cities("Phó Chủ tịch UBND thành phố Hồ Viết Lãm tặng quà.").empty());
}

TEST_CASE("a district without its generic word stands only beside a clearer mention", "[city]") {
  CHECK(cities("Xã Thanh Xuân đang đổi thay.") != "Hà Nội");
  CHECK(cities("Hải Phòng có một số quận (Ngô Quyền, Hồng Bàng) chưa hoạt động.") ==
        "Hải Phòng | Hồng Bàng | Ngô Quyền");
}

TEST_CASE("a city and a province of one name are two", "[city]") {
  const auto document = annotated("Tỉnh Lào Cai và UBND thành phố Lào Cai cùng ký.");
  CHECK(names(document, "City") == "Lào Cai | Lào Cai");
  CHECK(names(document, "Agency") == "Ủy ban nhân dân thành phố Lào Cai");
}

TEST_CASE("the place in brackets locates what stands before it", "[city]") {
  const auto document = annotated("Quận Haeundae (Busan) cử đoàn sang thăm.");
  REQUIRE(document.sentences.front().mentions.size() == 2);
  CHECK(document.sentences.front().mentions[1].standing == Standing::Apposed);
  const int district = document.sentences.front().mentions[0].entity;
  const int city = document.entities[static_cast<std::size_t>(district)].place;
  REQUIRE(city >= 0);
  CHECK(document.entities[static_cast<std::size_t>(city)].name == "Busan");
}

TEST_CASE("a name one letter away from a place of the document is that place", "[city]") {
  const auto document = annotated("Ngày Hà Nội tại Fukuoka, quan hệ Hà Nội - Fukkoka.");
  CHECK(names(document, "City") == "Fukuoka | Hà Nội");
}

TEST_CASE("an address names no party", "[city]") {
  CHECK(cities("Địa chỉ: số 18 ngõ 7, Mai Dịch, Cầu Giấy, Hà Nội").empty());
}

}  // namespace ketnghia::importers::testing
