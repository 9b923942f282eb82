#include "importers/extract/sentences.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/catch.hpp"

namespace ketnghia::importers {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> sentences;
  for (const Span span : sentence_spans(text, {0, static_cast<std::uint32_t>(text.size())})) {
    sentences.emplace_back(span.of(text));
  }
  return sentences;
}

}  // namespace

TEST_CASE("a full stop ends a sentence where something new begins", "[sentence]") {
  CHECK(split("Hai bên ký bản ghi nhớ. Đoàn về nước.") ==
        std::vector<std::string>{"Hai bên ký bản ghi nhớ.", "Đoàn về nước."});
  CHECK(split("Doanh thu 1.500 tỷ đồng, v.v. và hơn thế").size() == 1);
}

TEST_CASE("an abbreviation ends no sentence", "[sentence]") {
  CHECK(split("Đoàn công tác TP. Hà Nội đến thăm.").size() == 1);
  CHECK(split("Theo BS. Lâm Quốc Vượng, bệnh viện đã ký.").size() == 1);
  CHECK(split("GS.TS. Huỳnh Mai phát biểu. Mọi người vỗ tay.").size() == 2);
  CHECK(split("UBND P. Tràng Tiền và T.Ư Đoàn").size() == 1);
}

TEST_CASE("the number of a list item ends no sentence", "[sentence]") {
  CHECK(split("1. Bà Châu Ngọc Bích, Trưởng đoàn;").size() == 1);
  CHECK(split("II. Kết quả").size() == 1);
}

TEST_CASE("an ellipsis and a closing quotation mark belong to their sentence", "[sentence]") {
  CHECK(split("\"Chúng tôi rất vui.\" Bà nói thêm… Sau đó đoàn rời đi.") ==
        std::vector<std::string>{"\"Chúng tôi rất vui.\"", "Bà nói thêm…", "Sau đó đoàn rời đi."});
}

TEST_CASE("any bytes can be split", "[sentence]") {
  CHECK(split("\xFF\xFE. \xC3").size() >= 1);
  CHECK(split("").empty());
  CHECK(split(" \n\t").empty());
}

TEST_CASE("boilerplate, bylines and addressees give no sentence", "[sentence]") {
  SourceDocument source;
  source.text = "Tin khác\nHà Nội đón khách.\n";
  Block menu;
  menu.kind = BlockKind::Boilerplate;
  menu.span = {0, 9};
  Block story;
  story.span = {10, static_cast<std::uint32_t>(source.text.size() - 1)};
  source.blocks = {menu, story};
  const auto sentences = split_sentences(source);
  REQUIRE(sentences.size() == 1);
  CHECK(sentences.front().text.text == "Hà Nội đón khách.");
  CHECK(sentences.front().stored == story.span);
}

}  // namespace ketnghia::importers
