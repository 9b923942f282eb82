#include "importers/extract/entities.hpp"

#include <filesystem>
#include <fstream>

#include "importers/import_error.hpp"
#include "importers/lexicon/tables.hpp"
#include "tests/importers/annotated.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::importers::testing {

TEST_CASE("the letterhead tells in whose name the document speaks", "[entities]") {
  const auto document =
      annotated({{BlockKind::Letterhead, "UBND TỈNH NGHỆ AN"},
                 {BlockKind::Paragraph, "Đoàn thăm Huế. Huế đón đoàn. Huế vui."}});
  REQUIRE(document.home >= 0);
  CHECK(document.entities[static_cast<std::size_t>(document.home)].name == "Nghệ An");
}

TEST_CASE("every form met is an alias, once", "[entities]") {
  const auto document = annotated("UBND TP Huế họp. UBND thành phố Huế ký. UBND TP Huế dự.");
  for (const ReadEntity& entity : document.entities) {
    if (entity.label != "Agency") continue;
    CHECK(entity.aliases == std::vector<std::string>{"UBND TP Huế", "UBND thành phố Huế"});
    CHECK(entity.mentions.size() == 3);
  }
}

TEST_CASE("every mention's quotation is the text at its span", "[entities]") {
  const auto document = annotated("Thuỷ thủ đến Khánh Hoà.  Sở Y tế  Khánh Hoà đón.");
  for (const ReadEntity& entity : document.entities) {
    for (const Quotation& mention : entity.mentions) {
      REQUIRE_FALSE(mention.span.empty());
      REQUIRE(mention.span.end <= document.source.text.size());
    }
  }
  CHECK(names(document, "City") == "Khánh Hòa");
}

TEST_CASE("hyphens, case and i for y do not keep names apart", "[entities]") {
  CHECK(document_key("Kim Dong-yeon") == document_key("kim dong  YEON"));
  CHECK(document_key("Lưu Vỹ") == document_key("Lưu Vĩ"));
  CHECK(document_key("Lưu Vi") != document_key("Lưu Vĩ"));
}

TEST_CASE("a folder overlays the lexicon, and a faulty row names its line", "[entities]") {
  const auto folder = std::filesystem::temp_directory_path() / "ketnghia_lexicon_test";
  std::filesystem::create_directories(folder);
  const auto write = [&](std::string_view text) { std::ofstream(folder / "surnames.tsv") << text; };
  write("surname\tlanguages\thanzi\tlatin\nMaleenont\tvi\t\t\n");
  const Lexicon overlaid(folder);
  CHECK(overlaid.tables().is_surname(overlaid.tables().words.find("maleenont")));
  CHECK(overlaid.tables().is_surname(overlaid.tables().words.find("nguiễn")));
  write("surname\tlanguages\thanzi\tlatin\nMaleenont\tvi\n");
  CHECK_THROWS_AS(Lexicon(folder), ImportError);
  std::filesystem::remove_all(folder);
}

TEST_CASE("no text makes annotation fail", "[entities]") {
  for (const std::string_view text :
       {"", "\xFF\xFE", "(", "TP.", "Đoàn", "UBND", "Sở - ", "Quận 1, , và", "Phó Chủ tịch", "ông",
        "Hội Hữu nghị Việt Nam -", "Thành phố (", "Trưởng", "Khu tự trị dân tộc"}) {
    CHECK_NOTHROW(annotated(text));
  }
}

}  // namespace ketnghia::importers::testing
