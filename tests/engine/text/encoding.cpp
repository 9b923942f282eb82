#include "engine/text/encoding.hpp"

#include <random>
#include <string>

#include "engine/text/utf8.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia {
namespace {

// "Sở Ngoại vụ thành phố Hà Nội" as each encoding writes it.
struct Row {
  Encoding encoding;
  std::string bytes;
};
const Row kRows[] = {
    {Encoding::Utf8, "Sở Ngoại vụ thành phố Hà Nội"},
    {Encoding::Windows1258, "S\xF5\xD2 Ngoa\xF2i vu\xF2 th\xE0nh ph\xF4\xEC H\xE0 N\xF4\xF2i"},
    {Encoding::Tcvn3, "S\xEB Ngo\xB9i v\xF4 th\xB5nh ph\xE8 H\xB5 N\xE9i"},
    {Encoding::VniWindows, "S\xF4\xFB Ngoa\xEFi vu\xEF tha\xF8nh pho\xE1 Ha\xF8 No\xE4i"},
    {Encoding::Viscii, "S\xB7 Ngo\xD5i v\xF8 th\xE0nh ph\xAF H\xE0 N\xB5i"},
};

}  // namespace

TEST_CASE("each encoding gives the same text and is told from the others", "[encoding]") {
  for (const Row& row : kRows) {
    CAPTURE(name_of(row.encoding));
    CHECK(decode(row.bytes, row.encoding) == "Sở Ngoại vụ thành phố Hà Nội");
    CHECK(detect_encoding(row.bytes) == row.encoding);
  }
}

TEST_CASE("UTF-16 is told by its BOM or by its zeros", "[encoding]") {
  const std::string le("H\0\xE0\0 \0N\0\xD9\x1Ei\0", 12);
  const std::string be("\0H\0\xE0\0 \0N\x1E\xD9\0i", 12);
  CHECK(decode(le, Encoding::Utf16Le) == "Hà Nội");
  CHECK(decode(be, Encoding::Utf16Be) == "Hà Nội");
  CHECK(decode("\xFF\xFE" + le, Encoding::Utf16Le) == "Hà Nội");
  CHECK(detect_encoding(le) == Encoding::Utf16Le);
  CHECK(detect_encoding(be) == Encoding::Utf16Be);
  CHECK(detect_encoding("\xFE\xFF" + be) == Encoding::Utf16Be);
}

TEST_CASE("a pair of surrogates is one character, half a pair none", "[encoding]") {
  CHECK(decode(std::string("\x3D\xD8\x00\xDE", 4), Encoding::Utf16Le) == "😀");
  CHECK(decode(std::string("\x3D\xD8\x41\x00", 4), Encoding::Utf16Le) == "\uFFFDA");
  CHECK(decode("a", Encoding::Utf16Le) == "\uFFFD");
}

TEST_CASE("a decoded text has no BOM and is composed", "[encoding]") {
  CHECK(decode("\xEF\xBB\xBFHa\u0300", Encoding::Utf8) == "Hà");
  CHECK(decode("H\xFF", Encoding::Utf8) == "H\uFFFD");
}

TEST_CASE("VNI takes a mark only after a vowel that can bear it", "[encoding]") {
  CHECK(decode("HA\xD8 NO\xC4I", Encoding::VniWindows) == "HÀ NỘI");
  CHECK(decode("\xD1\xEA\xF8", Encoding::VniWindows) == "Đêø");
  CHECK(decode("ta\xEAm tu\xE2", Encoding::VniWindows) == "tăm tuâ");
}

TEST_CASE("quotation marks of Windows survive the fonts' encodings", "[encoding]") {
  CHECK(decode("\x93H\xB5 N\xE9i\x94 \x96", Encoding::Tcvn3) == "“Hà Nội” –");
  CHECK(decode("\x93Ha\xF8\x94", Encoding::VniWindows) == "“Hà”");
}

TEST_CASE("plain ASCII, nothing, and UTF-8 with foreign words are UTF-8", "[encoding]") {
  CHECK(detect_encoding("") == Encoding::Utf8);
  CHECK(detect_encoding("Ha Noi") == Encoding::Utf8);
  CHECK(detect_encoding("Zürich, 北京") == Encoding::Utf8);
}

TEST_CASE("a cut character at the end of the prefix does not hide UTF-8", "[encoding]") {
  std::string text;
  while (text.size() < 200 * 1024) text += "hợp tác ";
  for (int shift = 0; shift < 4; ++shift) {
    CHECK(detect_encoding(text) == Encoding::Utf8);
    text.insert(0, "x");
  }
}

TEST_CASE("a few broken bytes do not make UTF-8 another encoding", "[encoding]") {
  CHECK(detect_encoding("Hợp tác giữa Hà Nội và Bắc Kinh \xFF trong lĩnh vực đối ngoại") ==
        Encoding::Utf8);
}

TEST_CASE("names of encodings are read in any case", "[encoding]") {
  CHECK(encoding_named("TCVN3") == Encoding::Tcvn3);
  CHECK(encoding_named("Utf-16LE") == Encoding::Utf16Le);
  CHECK_FALSE(encoding_named("latin-1"));
  CHECK_FALSE(encoding_named(""));
}

TEST_CASE("any bytes decode to well-formed UTF-8", "[encoding]") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    for (const Encoding encoding :
         {Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1258,
          Encoding::Tcvn3, Encoding::VniWindows, Encoding::Viscii, Encoding::Windows1252,
          detect_encoding(bytes)}) {
      REQUIRE(is_valid_utf8(decode(bytes, encoding)));
    }
  }
}

TEST_CASE("the encoding is told by the lines that need one, however far down") {
  const std::string plain(200'000, 'x');
  const std::string bytes = plain + "\nS\xEB Ngo\xB9i v\xF4 th\xB5nh ph\xE8 H\xB5 N\xE9i";
  CHECK(detect_encoding(bytes) == Encoding::Tcvn3);
  CHECK(detect_encoding(plain + "\nth\xC3\xA0nh ph\xE1\xBB\x91") == Encoding::Utf8);
  // One endless line is cut between characters.
  std::string line = plain;
  for (int i = 0; i < 40'000; ++i) line += "ố";
  CHECK(detect_encoding(line) == Encoding::Utf8);
}

TEST_CASE("a word of capitals in an ABC font is all capitals") {
  CHECK(decode("UBND TH\xB5NH PH\xE8 H\xB5 N\xE9i", Encoding::Tcvn3) == "UBND THÀNH PHỐ Hà Nội");
  CHECK(decode("C\xE9NG H\xDF"
               "A X\xB7 H\xE9I S\xEB",
               Encoding::Tcvn3) == "CỘNG HÒA XÃ HỘI SỞ");
  CHECK(decode("\xEB \xA7\xB5 N\xBDng", Encoding::Tcvn3) == "ở Đà Nẵng");
}

TEST_CASE("letters of old fonts that were copied as signs are read, others are not touched") {
  CHECK(with_font_letters("Céng hßa x· héi chñ nghÜa ViÖt Nam\nNgµy 5 th¸ng 6") ==
        "Cộng hòa xã hội chủ nghĩa Việt Nam\nNgày 5 tháng 6");
  CHECK(with_font_letters("Sôû Ngoaïi vuï thaønh phoá Hoà Chí Minh") ==
        "Sở Ngoại vụ thành phố Hồ Chí Minh");
  for (const char* text : {"Sở Ngoại vụ thành phố Hà Nội", "Zürich und Genève, São Paulo", "Hanoi",
                           "", "Điện Biên – Phongsaly", "北京市人民政府", "Московская область"}) {
    CHECK(with_font_letters(text) == text);
  }
}

}  // namespace ketnghia
