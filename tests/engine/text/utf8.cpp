#include "engine/text/utf8.hpp"

#include "tests/support/catch.hpp"

namespace ketnghia {

TEST_CASE("what is written as UTF-8 is read back", "[utf8]") {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_utf8(text, c);
    const CodePoint read = code_point_at(text, 0);
    REQUIRE(read.value == c);
    REQUIRE(read.size == text.size());
    REQUIRE(read.well_formed);
  }
}

TEST_CASE("ill-formed UTF-8 is refused", "[utf8]") {
  for (const char* text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",
                           "\xE1\xBA", "\xC3", "\xFF", "\xF0\x9F\x98"}) {
    CAPTURE(text);
    CHECK_FALSE(is_valid_utf8(text));
  }
  CHECK(is_valid_utf8("Hội nghị 🤝 北京"));
  CHECK(is_valid_utf8(""));
}

TEST_CASE("a cut character is one replacement, each stray byte another", "[utf8]") {
  CHECK(count_characters("\xE1\xBA") == 1);
  CHECK(count_characters("\xE1\xBAN") == 2);
  CHECK(count_characters("\x80\x80") == 2);
  CHECK(count_characters("Hà Nội") == 6);
}

TEST_CASE("width counts columns, not characters", "[utf8]") {
  CHECK(display_width("Hà Nội") == 6);
  CHECK(display_width("Ha\u0300 No\u0323\u0302i") == 6);
  CHECK(display_width("北京") == 4);
  CHECK(display_width("ＡＢ") == 4);
  CHECK(display_width("a\u200Bb\u00ADc") == 3);
  CHECK(display_width("") == 0);
}

TEST_CASE("a place is counted in lines and characters from 1", "[utf8]") {
  const std::string_view text = "Hà Nội\nBắc Kinh";
  CHECK(position(text, 0) == Position{1, 1});
  CHECK(position(text, 3) == Position{1, 3});  // the space after "Hà", three bytes on
  CHECK(position(text, text.find('\n')) == Position{1, 7});
  CHECK(position(text, text.find("Kinh")) == Position{2, 5});
  CHECK(position(text, 999) == position(text, text.size()));
}

}  // namespace ketnghia
