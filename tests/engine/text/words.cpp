#include "engine/text/words.hpp"

#include <string>

#include "engine/text/utf8.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia {

TEST_CASE("words of Vietnamese are syllables", "[words]") {
  for (const char* word :
       {"nghiêng", "Quốc", "gì",    "giếng", "giữ",   "khuya", "ngoằn", "xoong", "quyển", "quýt",
        "thuở",    "yêu",  "ỷ",     "ương",  "HƯỚNG", "hòan",  "hoàn",  "Huế",   "huỵch", "khuếch",
        "ghế",     "kẻ",   "ngoại", "Ủy",    "Uỷ",    "xuất",  "khuây", "rượu",  "qui",   "Đắc"}) {
    CAPTURE(word);
    CHECK(is_vietnamese_syllable(word));
  }
}

TEST_CASE("what Vietnamese cannot spell is no syllable", "[words]") {
  for (const char* word :
       {"",       "Fukuoka", "nướcđối", "phưong",  "nghành", "kôc",      "ce", "ghà",
        "ngê",    "tiêm9",   "các ",    "quôc",    "nuoc",   "hế\u0301", "bb", "HĐND",
        "thuơng", "Ấn Độ",   "tíến",    "hấp dẫn", "za",     "wê",       "ñ",  "trêch2"}) {
    CAPTURE(word);
    CHECK_FALSE(is_vietnamese_syllable(word));
  }
}

TEST_CASE("after a stop only sắc and nặng are spoken", "[words]") {
  CHECK(is_vietnamese_syllable("các"));
  CHECK(is_vietnamese_syllable("cạch"));
  CHECK_FALSE(is_vietnamese_syllable("càc"));
  CHECK_FALSE(is_vietnamese_syllable("hop"));
  CHECK_FALSE(is_vietnamese_syllable("tãt"));
}

TEST_CASE("a letter is put together from what it was taken apart into", "[words]") {
  unsigned letters = 0;
  for (char32_t c = 0; c < 0x2000; ++c) {
    const auto letter = letter_of(c);
    if (!letter) continue;
    ++letters;
    CHECK(code_point_of(*letter) == c);
  }
  CHECK(letters == 2 * (26 + 6 + 1 + 60));  // ASCII, ă â ê ô ơ ư, đ, twelve vowels in five tones
}

TEST_CASE("case and place of the mark do not change what syllable it is", "[words]") {
  const auto read = [](std::string_view word) {
    SyllableReader reader;
    for (std::size_t at = 0; at < word.size();) {
      const CodePoint c = code_point_at(word, at);
      reader.add(c.value);
      at += c.size;
    }
    return reader;
  };
  CHECK(read("HOÀ").key() == read("hòa").key());
  CHECK(read("hòa").key() != read("hóa").key());
  CHECK(read("hoà").mark_has_moved());
  CHECK_FALSE(read("hòa").mark_has_moved());
  CHECK_FALSE(read("quý").mark_has_moved());
  CHECK(read("của").frequency() > read("cua").frequency());
  CHECK(read("ệp").frequency() == 0);
}

TEST_CASE("words, numbers and punctuation follow one another", "[words]") {
  const std::string_view text = "Ngày 16/5, Hà Nội (北京)…";
  std::string kinds;
  std::string pieces;
  for (const Word& word : words_of(text)) {
    kinds += "WNP"[static_cast<int>(word.kind)];
    pieces += std::string(word.span.of(text)) + '|';
  }
  CHECK(kinds == "WNPNPWWPWPP");
  CHECK(pieces == "Ngày|16|/|5|,|Hà|Nội|(|北京|)|…|");
}

TEST_CASE("marks stay with their letter and blanks are no words", "[words]") {
  CHECK(words_of("Ha\u0300 No\u0323\u0302i").size() == 2);
  CHECK(words_of(" \u00A0\u3000\t\n").empty());
  CHECK_FALSE(next_word("", 0));
}

}  // namespace ketnghia
