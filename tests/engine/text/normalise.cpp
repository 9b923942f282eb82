#include "engine/text/normalise.hpp"

#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "engine/text/encoding.hpp"
#include "engine/text/utf8.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia {
namespace {

struct Row {
  const char* stored;
  const char* normalised;
};

void check_rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CHECK(normalised_text(row.stored) == row.normalised);
    CHECK(normalised_text(row.normalised) == row.normalised);
  }
}

// What the span that reads `part` was in the stored text.
std::string stored_of(std::string_view stored, std::string_view part) {
  const Normalised normalised = normalise(stored);
  const std::size_t at = normalised.text.find(part);
  REQUIRE(at != std::string::npos);
  const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())};
  return std::string(normalised.to_stored(span).of(stored));
}

bool mended(std::string_view stored, std::string_view part) {
  const Normalised normalised = normalise(stored);
  const std::size_t at = normalised.text.find(part);
  REQUIRE(at != std::string::npos);
  return normalised.mended(
      {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())});
}

// Pieces that repairs feed on, and bytes of any kind.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces{
      "à",       "Ã",       "á",      "º",      "»",      "\u00A0", " ",      "&amp;", "&",
      "#225;",   "agrave;", "\u0301", "\u0306", "\u0323", "e",      "a",      "T",     "hực",
      "Đ",       "Ä",       "‘",      "\u00AD", "\u200B", "\n",     "\r",     "\t",    "hoà",
      "nướcđối", "Chỉ",     "05",     ".",      "TP",     "Hà",     "“",      "«",     "Ì",
      "€",       "¯",       "u",      "ỷ",      "q",      "\xFF",   "\xE1",   "\xBB",  "Ð",
      "ng",      "7",       "-",      "\u2028", "Y",      "\u1100", "\u1161", "Â",     "ƒ",
      "\u0340",  "\u212B",  "#",      "@",      "o"};
  std::string text;
  const std::size_t count = random() % 14;
  const bool any_bytes = random() % 5 == 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (any_bytes) {
      text += static_cast<char>(random());
    } else {
      text += pieces[random() % pieces.size()];
    }
  }
  return text;
}

std::string unescaped(std::string_view cell) {
  std::string text;
  for (std::size_t at = 0; at < cell.size();) {
    if (cell.substr(at, 2) == "\\u") {
      append_utf8(text, static_cast<char32_t>(
                            std::stoul(std::string(cell.substr(at + 2, 4)), nullptr, 16)));
      at += 6;
    } else {
      text += cell[at++];
    }
  }
  return text;
}

std::string from_hex(std::string_view cell) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < cell.size(); at += 2) {
    bytes += static_cast<char>(std::stoi(std::string(cell.substr(at, 2)), nullptr, 16));
  }
  return bytes;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

TEST_CASE("glued words are parted, names and codes are not", "[normalise]") {
  check_rows({
      {"công tácnghiên cứu", "công tác nghiên cứu"},
      {"tập trunglãnh đạo", "tập trung lãnh đạo"},
      {"sự nghiệpxây dựng", "sự nghiệp xây dựng"},
      {"hợp tácquốc tế", "hợp tác quốc tế"},
      {"quan hệhữu nghị", "quan hệ hữu nghị"},
      {"phát triểnkinh tế", "phát triển kinh tế"},
      {"côngan thành phố", "công an thành phố"},
      {"thăm và làm việctại Bắc Kinh", "thăm và làm việc tại Bắc Kinh"},
      {"Ban Chấp hànhTrung ương", "Ban Chấp hành Trung ương"},
      {"củaUBND thành phố", "của UBND thành phố"},
      {"UBNDthành phố Hà Nội", "UBND thành phố Hà Nội"},
      {"sangTrung Quốc", "sang Trung Quốc"},
      {"doUBND Thành phố chủ trì", "do UBND Thành phố chủ trì"},
      {"ngày15/9/2024", "ngày 15/9/2024"},
      {"năm2022", "năm 2022"},
      {"Quyết định số1234/QĐ-UBND", "Quyết định số 1234/QĐ-UBND"},
      {"tháng10/2023", "tháng 10/2023"},
      {"05/01/2022của Ban Bí thư", "05/01/2022 của Ban Bí thư"},
      {"tình hữu nghị.Chủ tịch", "tình hữu nghị. Chủ tịch"},
      {"Q.Thanh Xuân", "Q. Thanh Xuân"},
      {"GS.TS Nguyễn", "GS.TS Nguyễn"},
      {"TS.Nguyễn Văn A", "TS. Nguyễn Văn A"},
      {"iPhone 15 của McDonald", "iPhone 15 của McDonald"},
      {"xe Su30MK2, CO2, km2, m2, COVID19, H5N1, G20, COP26, 5kg, 10km, 20h30, 5ha, mp3",
       "xe Su30MK2, CO2, km2, m2, COVID19, H5N1, G20, COP26, 5kg, 10km, 20h30, 5ha, mp3"},
      {"Fukuoka, Paraná, São Paulo, Côte d'Ivoire, Bogotá, Lomé, René, Cancún, León, Perú",
       "Fukuoka, Paraná, São Paulo, Côte d'Ivoire, Bogotá, Lomé, René, Cancún, León, Perú"},
      {"Đắk Lắk, Krông Pắc, Viêng Chăn, Khămmuộn, H'Hen Niê, Y Moan Ênuôl",
       "Đắk Lắk, Krông Pắc, Viêng Chăn, Khămmuộn, H'Hen Niê, Y Moan Ênuôl"},
      {"phưong, trưòng, nghành, thưong mại, hòan thành, tòan quốc, qủa, gìơ, nghĩệp, đươc, phuơng "
       "án",
       "phưong, trưòng, nghành, thưong mại, hòan thành, tòan quốc, qủa, gìơ, nghĩệp, đươc, phuơng "
       "án"},
      {"YouTube TikTok VinFast VietinBank VnExpress VietNamNet PayPal macOS LinkedIn MoMo",
       "YouTube TikTok VinFast VietinBank VnExpress VietNamNet PayPal macOS LinkedIn MoMo"},
      {"http://hanoi.gov.vn/TinTức www.Hànội.vn", "http://hanoi.gov.vn/TinTức www.Hànội.vn"},
      {"HĐND, LĐLĐ, UBMTTQ, ĐHQGHN, TƯ, T.Ư, NSƯT, QĐ-TTg, BCĐ",
       "HĐND, LĐLĐ, UBMTTQ, ĐHQGHN, TƯ, T.Ư, NSƯT, QĐ-TTg, BCĐ"},
      {"Tăng cườngsự", "Tăng cường sự"},
      {"đẩymạnh hợptác toàndiện", "đẩy mạnh hợp tác toàn diện"},
      {"HỢPTÁC QUỐC TẾ", "HỢP TÁC QUỐC TẾ"},
      {"lãnh đạoở địa phương", "lãnh đạo ở địa phương"},
      {"bảovà", "bảo và"},
  });
}

TEST_CASE("a split drop capital is joined, a word or label of one letter is not", "[normalise]") {
  check_rows({
      {"T rong những năm qua", "Trong những năm qua"},
      {"H à Nội và Bắc Kinh", "Hà Nội và Bắc Kinh"},
      {"N gày 5/10/1994", "Ngày 5/10/1994"},
      {"C ông tác đối ngoại", "Công tác đối ngoại"},
      {"S ở Ngoại vụ", "Sở Ngoại vụ"},
      {"II. N hiệm vụ", "II. Nhiệm vụ"},
      {"a) P hương hướng", "a) Phương hướng"},
      {"- Đ ánh giá chung", "- Đánh giá chung"},
      {"Ô ng Nguyễn Văn A", "Ông Nguyễn Văn A"},
      {"Â m nhạc dân tộc", "Âm nhạc dân tộc"},
      {"Á p dụng", "Áp dụng"},
      {"Ủ y ban nhân dân", "Ủy ban nhân dân"},
      {"Bộ Y tế", "Bộ Y tế"},
      {"Ở đâu có Ý chí", "Ở đâu có Ý chí"},
      {"Á hậu, Á quân, Ế ẩm", "Á hậu, Á quân, Ế ẩm"},
      {"điểm C hoặc D", "điểm C hoặc D"},
      {"C hoặc D", "C hoặc D"},
      {"vitamin C có trong", "vitamin C có trong"},
      {"lớp 10 A có", "lớp 10 A có"},
      {"ông Nguyễn Văn T an ủi", "ông Nguyễn Văn T an ủi"},
      {"đường số 5 B ở phố", "đường số 5 B ở phố"},
      {"V IỆT NAM", "VIỆT NAM"},
      {"Y HỌC CỔ TRUYỀN", "Y HỌC CỔ TRUYỀN"},
      {"Ý kiến, U Minh, O Gon, Y Tý, A Lưới", "Ý kiến, U Minh, O Gon, Y Tý, A Lưới"},
      {"6.6 H iệu quả", "6.6 Hiệu quả"},
      {"III K hó khăn", "III Khó khăn"},
  });
}

TEST_CASE("the tone mark stands where it is put today", "[normalise]") {
  check_rows({
      {"Khánh Hoà, Toà án, tuỳ viên, hoạ sĩ, xoá đói, loè loẹt, Thuỵ Điển, nguỵ trang, truỵ",
       "Khánh Hòa, Tòa án, tùy viên, họa sĩ, xóa đói, lòe loẹt, Thụy Điển, ngụy trang, trụy"},
      {"quỳ, quỷ, quả, quá, giả, giỏi, hoàng, khoẻn, thuế, hoãn, thuyền, quýt",
       "quỳ, quỷ, quả, quá, giả, giỏi, hoàng, khoẻn, thuế, hoãn, thuyền, quýt"},
  });
}

TEST_CASE("UTF-8 read as windows-1252 is undone, marks that look like it are kept", "[normalise]") {
  check_rows({
      {"Báº¯c Kinh", "Bắc Kinh"},
      {"ThÃ nh phá»‘ Há»“ ChÃ­ Minh", "Thành phố Hồ Chí Minh"},
      {"Ä\xC2\x90"
       "Ã  Náºµng",
       "Đà Nẵng"},
      {"Ä‘á»‘i ngoáº¡i", "đối ngoại"},
      {"â€œThÃ nh phá»‘â€\xC2\x9D"
       "",
       "\"Thành phố\""},
      {"Ti\u00C3\u00A1\u00C2\u00BA\u00C2\u00BFng Vi\u00C3\u00A1\u00C2\u00BB\u00E2\u20AC\u00A1t",
       "Tiếng Việt"},
      {"“CẢ XÔ", "\"CẢ XÔ"},
      {"“XÃ” và «lá»…", "\"XÃ\" và \"lá\"…"},
  });
}

TEST_CASE("entities of HTML are undone, other ampersands are kept", "[normalise]") {
  check_rows({
      {"Qu&#7843;ng &#272;&ocirc;ng &quot;A&quot; &ndash; B&nbsp;C", "Quảng Đông \"A\" - B C"},
      {"&amp;agrave; &#x1EA1; &unknown; AT&T R&D; a&b;", "à ạ &unknown; AT&T R&D; a&b;"},
  });
}

TEST_CASE("other line breaks become one line break", "[normalise]") {
  check_rows({
      {"Hà\u2028Nội", "Hà\nNội"},
  });
}

TEST_CASE("a text in normal form has no map", "[normalise]") {
  const std::string text = "Hà Nội và Bắc Kinh ký kết.\nUBND quận Thanh Xuân, 北京…\n";
  const Normalised normalised = normalise(text);
  CHECK(normalised.text == text);
  CHECK(normalised.steps.empty());
  CHECK(normalised.to_stored({3, 9}) == Span{3, 9});
}

TEST_CASE("a span leads back to what was stored", "[normalise]") {
  CHECK(stored_of("\uFEFFHa\u0300 No\u0323\u0302i", "Nội") == "No\u0323\u0302i");
  CHECK(stored_of("“Hà Nội”", "Hà Nội") == "Hà Nội");
  CHECK(stored_of("“Hà Nội”", "\"") == "“");
  CHECK(stored_of("6.2 T hực trạng", "Thực trạng") == "T hực trạng");
  CHECK(stored_of("thực hiệnChỉ thị", "hiện Chỉ") == "hiệnChỉ");
  CHECK(stored_of("thực hiệnChỉ thị", "Chỉ thị") == "Chỉ thị");
  CHECK(stored_of("tỉnh Khánh Hoà", "Hòa") == "Hoà");
  CHECK(stored_of("H&agrave; N&#7897;i", "Nội") == "N&#7897;i");
  CHECK(stored_of("HÃ\u00A0 Ná»™i", "Hà") == "HÃ\u00A0");
  CHECK(stored_of("Bắc\u200B  Kinh", "Bắc Kinh") == "Bắc\u200B  Kinh");
  CHECK(stored_of("dòng một\r\nHà Nội", "Hà Nội") == "Hà Nội");
}

TEST_CASE("part of a letter that moved leads back to the whole", "[normalise]") {
  const std::string stored = "hoà bình";
  const Normalised normalised = normalise(stored);
  CHECK(normalised.to_stored({1, 3}).of(stored) == "oà");
  CHECK(normalised.to_stored({0, 1}).of(stored) == "h");
}

TEST_CASE("only what had to be mended counts as mended", "[normalise]") {
  CHECK(mended("6.2 T hực trạng", "Thực"));
  CHECK_FALSE(mended("6.2 T hực trạng", "trạng"));
  CHECK(mended("thực hiệnChỉ thị", "hiện Chỉ"));
  CHECK_FALSE(mended("thực hiệnChỉ thị", "thị"));
  CHECK(mended("HÃ\u00A0 Ná»™i", "Hà"));
  CHECK(mended("H&agrave; Nội", "Hà"));
  CHECK_FALSE(mended("“Hà\u00A0Nội” – Bắc Kinh", "\"Hà Nội\" - Bắc Kinh"));
  CHECK_FALSE(mended("Ha\u0300 Nội", "Hà"));
}

TEST_CASE("repairs reach no further than their line", "[normalise]") {
  CHECK(normalised_text("thành phố T\nhực trạng") == "thành phố T\nhực trạng");
  CHECK(normalised_text("a\r\nb\rc\n") == "a\nb\nc\n");
}

TEST_CASE("what is normalised stays so, and every span leads into the stored text", "[normalise]") {
  std::mt19937 random(11);
  for (int round = 0; round < 20000; ++round) {
    const std::string stored = random_text(random);
    CAPTURE(stored);
    const Normalised normalised = normalise(stored);
    REQUIRE(is_valid_utf8(normalised.text));
    REQUIRE(normalised_text(normalised.text) == normalised.text);
    Span before{};
    for (std::uint32_t at = 0; at < normalised.text.size();) {
      const std::uint32_t end = at + code_point_at(normalised.text, at).size;
      const Span span = normalised.to_stored({at, end});
      REQUIRE(span.begin <= span.end);
      REQUIRE(span.end <= stored.size());
      REQUIRE(before.begin <= span.begin);
      REQUIRE(before.end <= span.end);
      REQUIRE(normalised.to_stored({at, at}).empty());
      before = span;
      at = end;
    }
    const auto size = static_cast<std::uint32_t>(normalised.text.size());
    REQUIRE(normalised.to_stored({0, size}).end <= stored.size());
  }
}

TEST_CASE("the shared set of normalisation reads as it should", "[normalise][shared]") {
  const char* const folder = std::getenv("KETNGHIA_SHARED");
  std::ifstream file(std::string(folder != nullptr ? folder : KETNGHIA_SOURCE_DIR "/../shared") +
                     "/eval/text/normalise.tsv");
  if (!file) {
    WARN("the shared set is not there");
    return;
  }
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    REQUIRE(cells.size() == 5);
    CAPTURE(line);
    std::string text;
    if (cells[1] != "text") {
      const std::string bytes = from_hex(cells[2]);
      const auto encoding = encoding_named(cells[1]);
      REQUIRE(encoding);
      CHECK(detect_encoding(bytes) == *encoding);
      text = normalised_text(decode(bytes, *encoding));
    } else if (cells[0] == "abbr") {
      text = expand_abbreviations(unescaped(cells[2]));
    } else {
      text = normalised_text(unescaped(cells[2]));
    }
    CHECK(text == cells[3]);
    CHECK(match_key(text) == cells[4]);
  }
}

}  // namespace ketnghia
