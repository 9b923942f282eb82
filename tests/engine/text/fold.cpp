#include "engine/text/fold.hpp"

#include "tests/support/catch.hpp"

namespace ketnghia {

TEST_CASE("a key has letters and digits, one space between words", "[fold]") {
  CHECK(match_key("  Hà Nội – Bắc Kinh! ") == "ha noi bac kinh");
  CHECK(match_key("Ký kết 2022-2025") == "ki ket 2022 2025");
  CHECK(match_key("ĐÀ NẴNG") == "da nang");
  CHECK(match_key("Ðà N\u0061\u0306\u0303ng") == "da nang");
  CHECK(match_key("qu\u00ADốc\u200B tế") == "quoc te");
  CHECK(match_key("Ｆｕｋｕｏｋａ 福岡") == "fukuoka 福岡");
  CHECK(match_key("São Tomé") == "sao tome");
  CHECK(match_key("…").empty());
  CHECK(match_key("").empty());
}

TEST_CASE("a key is its own key", "[fold]") {
  for (const char* text :
       {"Hòa Bình", "TP. Hồ Chí Minh", "Åland ﬁ ŀ", "Tỉnh Đắk Lắk", "İstanbul"}) {
    CAPTURE(text);
    CHECK(match_key(match_key(text)) == match_key(text));
  }
}

TEST_CASE("the key of a name is without the generic word of its place", "[fold]") {
  CHECK(name_key("thành phố Hà Nội") == "ha noi");
  CHECK(name_key("TP. Hà Nội") == "ha noi");
  CHECK(name_key("Thủ đô Bắc Kinh") == "bac kinh");
  CHECK(name_key("tỉnh Quảng Đông") == "quang dong");
  CHECK(name_key("Q. Thanh Xuân") == name_key("quận Thanh Xuân"));
  CHECK(name_key("TPHCM") == name_key("Thành phố Hồ Chí Minh"));
  CHECK(name_key("Sở Ngoại vụ thành phố Hà Nội") == name_key("Sở Ngoại vụ Hà Nội"));
  CHECK(name_key("UBND TP Hà Nội") == name_key("Ủy ban nhân dân thành phố Hà Nội"));
  CHECK(name_key("Sở Kế hoạch & Đầu tư") == name_key("Sở KH&ĐT"));
}

TEST_CASE("a word that only looks generic stays", "[fold]") {
  CHECK(name_key("Thành ủy Hà Nội") == "thanh ui ha noi");
  CHECK(name_key("Tỉnh ủy Vân Nam") == "tinh ui van nam");
  CHECK(name_key("Tỉnh đoàn Quảng Ninh") == "tinh doan quang ninh");
  CHECK(name_key("Quân đội nhân dân") == "quan doi nhan dan");
  CHECK(name_key("quan doi nhan dan") == "quan doi nhan dan");
  CHECK(name_key("Tổng Lãnh sự quán Trung Quốc") == "tong lanh su quan trung quoc");
  CHECK(name_key("Thông tấn xã Việt Nam") == "thong tan xa viet nam");
  CHECK(name_key("Trường Đại học Thủ đô Hà Nội") == "truong dai hoc thu do ha noi");
  CHECK(name_key("Thành phố") == "thanh pho");
  CHECK(name_key("").empty());
}

TEST_CASE("marks left out match any, marks typed must agree", "[fold]") {
  struct Row {
    const char* asked;
    const char* name;
    bool matches;
  };
  const Row rows[] = {
      {"bac kinh", "Bắc Kinh", true},
      {"Bắc kinh", "Bắc Kinh", true},
      {"BẮC KINH", "Bắc Kinh", true},
      {"băc kinh", "Bắc Kinh", true},
      {"bác kinh", "Bắc Kinh", false},  // who types the tone types the breve too
      {"Bạc Kinh", "Bắc Kinh", false},  // another tone
      {"bâc kinh", "Bắc Kinh", false},
      {"hà nôi", "Hà Nội", true},    // the dot was left out
      {"hà nọi", "Hà Nội", false},   // o with a dot is not ộ
      {"Dà Nẵng", "Đà Nẵng", true},  // the d is bare, whatever the vowel bears
      {"uỷ ban", "Ủy ban", true},
      {"tp bắc kinh", "Bắc Kinh", true},
      {"thanh pho bac kinh", "Bắc Kinh", true},
      {"Bắc Kinh", "Thủ đô Bắc Kinh", true},
      {"bac", "Bắc Kinh", false},
      {"bac ninh", "Bắc Kinh", false},
      {"da nang", "Đà Nẵng", true},
      {"đa nang", "Đà Nẵng", true},
      {"Đa Nang", "Da Nang", false},
      {"hoà bình", "Hòa Bình", true},
      {"Lưu Vĩ", "Lưu Vỹ", true},
      {"luu vi", "Lưu Vỹ", true},
      {"Lưu Ví", "Lưu Vỹ", false},
      {"ubnd tp ha noi", "Ủy ban nhân dân Hà Nội", true},
      {"hdnd quan thanh xuan", "Hội đồng nhân dân quận Thanh Xuân", true},
      {"quan thanh xuan", "Thanh Xuân", true},
      {"quan doi nhan dan", "Quân đội nhân dân", true},
      {"quận đội", "Quân đội", false},
      {"ba ria vung tau", "Bà Rịa - Vũng Tàu", true},
      {"tphcm", "Thành phố Hồ Chí Minh", true},
      {"Koln", "Köln", true},
      {"Köln", "Koln", false},
      {"", "Hà Nội", false},
      {"?", "Hà Nội", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.asked, row.name);
    CHECK(name_matches(row.asked, row.name) == row.matches);
  }
}

TEST_CASE("abbreviations are written out", "[fold]") {
  struct Row {
    const char* text;
    const char* expanded;
  };
  const Row rows[] = {
      {"UBND tỉnh Quảng Ninh", "Ủy ban nhân dân tỉnh Quảng Ninh"},
      {"TP. Đà Nẵng, TP.Huế và TP Cần Thơ",
       "thành phố Đà Nẵng, thành phố Huế và thành phố Cần Thơ"},
      {"PGS.TS Trần Thị Lan, ThS. Lê Bình", "Phó Giáo sư, Tiến sĩ Trần Thị Lan, Thạc sĩ Lê Bình"},
      {"Sở LĐ-TB&XH và Sở VH-TT&DL",
       "Sở Lao động - Thương binh và Xã hội và Sở Văn hóa, Thể thao và Du lịch"},
      {"Q. Thanh Xuân, P. Hàng Trống", "quận Thanh Xuân, phường Hàng Trống"},
      {"P. Giám đốc Sở", "Phó Giám đốc Sở"},
      {"Sở TP Hà Nội", "Sở Tư pháp Hà Nội"},
      {"CA TP Hà Nội", "Công an thành phố Hà Nội"},
      {"Công ty CP Sữa", "Công ty cổ phần Sữa"},
      {"Trường CĐ Du lịch", "Trường Cao đẳng Du lịch"},
      {"BCH CĐ viên chức", "Ban Chấp hành Công đoàn viên chức"},
  };
  for (const Row& row : rows) CHECK(expand_abbreviations(row.text) == row.expanded);
}

TEST_CASE("what may mean several things, and what is a number of a document, stays", "[fold]") {
  for (const char* text : {"số 12-CT/TW ngày 5/1", "1234/QĐ-UBND", "TT | Họ và tên", "CĐ", "HN",
                           "Trần H. Nam", "CA cao", "UBNDX", "tại ubnd", "a@ubnd.vn"}) {
    CAPTURE(text);
    CHECK(expand_abbreviations(text) == text);
  }
}

}  // namespace ketnghia
