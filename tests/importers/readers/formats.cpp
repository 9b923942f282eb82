#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "engine/readings/reading.hpp"
#include "importers/importer.hpp"
#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/importers/readers/zip_maker.hpp"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;
using namespace ketnghia;
using namespace ketnghia::importers;

namespace {

fs::path data(const std::string& name) {
  return fs::path(KETNGHIA_SOURCE_DIR) / "tests/data/readers" / name;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<ReadResult> all_of(const fs::path& path) {
  std::vector<ReadResult> results;
  read_documents(path, path.filename().string(), {},
                 [&](ReadResult result) { results.push_back(std::move(result)); });
  return results;
}

// The one document in a file, the file itself or the first within it.
SourceDocument document_in(const fs::path& path) {
  for (ReadResult& result : all_of(path)) {
    if (result.document) {
      CHECK(fault_of(*result.document) == "");
      return std::move(*result.document);
    }
  }
  FAIL("no document in " << path);
  return {};
}

// What a document says: names of entities, and events with their day and who took part.
std::set<std::string> facts_of(SourceDocument document) {
  static const Lexicon lexicon{std::nullopt};
  static const DocumentReader reader{lexicon};
  const Reading reading = reader.read(std::move(document));
  std::set<std::string> facts;
  const auto name = [&](int entity) {
    return entity < 0 ? std::string() : reading.entities[static_cast<std::size_t>(entity)].name;
  };
  for (const ReadEntity& entity : reading.entities) facts.insert(entity.label + ' ' + entity.name);
  for (const ReadEvent& event : reading.events) {
    std::string fact = "Event " + event.kind + ' ' + event.when + ' ' + event.status;
    std::multiset<std::string> sides;
    for (const auto& participant : event.participants) {
      sides.insert(participant.role + ' ' + name(participant.entity));
    }
    for (const std::string& side : sides) fact += "; " + side;
    facts.insert(fact);
  }
  facts.insert("published " + reading.published);
  return facts;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

TEST_CASE("a text says the same in every format that it is typed into", "[formats]") {
  const auto text =
      facts_of(document_in(fs::path(KETNGHIA_SOURCE_DIR) / "corpus/02-bao-cao-da-nang-2023.txt"));
  REQUIRE(text.size() > 20);
  for (const char* name : {"typed.docx", "typed.odt", "typed.rtf", "wordpad.rtf", "quoted.eml",
                           "alternative.eml", "windows1258.eml", "codepage.zip", "nested.zip"}) {
    INFO(name);
    CHECK(facts_of(document_in(data(name))) == text);
  }
}

TEST_CASE("headings, tables, lists and notes say the same in every format", "[formats]") {
  const auto markdown = facts_of(document_in(data("bao-cao.md")));
  REQUIRE(markdown.size() > 20);
  for (const char* name : {"pandoc.docx", "pandoc.odt", "pandoc.rtf", "libreoffice.docx",
                           "libreoffice.odt", "libreoffice.rtf"}) {
    INFO(name);
    const auto document = document_in(data(name));
    CHECK(has(texts(document, BlockKind::Heading), "II. BẢNG TỔNG HỢP"));
    CHECK(texts(document, BlockKind::TableRow).size() == 6);
    CHECK(is_read(document, "Theo số liệu của văn phòng, tổng hợp từ các phòng."));
    CHECK(facts_of(document) == markdown);
  }
}

TEST_CASE("a page says the same in a mail and saved in one file", "[formats]") {
  const auto mail = document_in(data("page.eml"));
  const auto saved = document_in(data("page.mhtml"));
  CHECK(mail.text == saved.text);
  CHECK(saved.url == "https://example.vn/bao-cao-2023");
  CHECK(facts_of(mail) == facts_of(saved));
}

TEST_CASE("a document of Word is read with its changes accepted", "[formats]") {
  const auto document = document_in(data("word.docx"));
  CHECK(document.title == "BÁO CÁO Kết quả chuyến thăm của thành phố Shantou");
  CHECK(document.published == "2024-06-05");
  CHECK(is_read(document, "Ngày 4/6/2024, UBND"));
  CHECK(is_read(document, "Đoàn thăm chợ nổi Cái Răng."));  // the mark between them is deleted
  for (const char* gone : {"24/6/2024", "Câu ẩn", "PAGE", "Câu đã chuyển", "MỤC LỤC", "Mẫu cũ"}) {
    INFO(gone);
    CHECK(document.text.find(gone) == std::string::npos);
  }
}

TEST_CASE("what Word shows beside the text of paragraphs is read", "[formats]") {
  const auto document = document_in(data("word.docx"));
  CHECK(has(texts(document, BlockKind::Heading), "Tình hình chung"));
  CHECK(has(texts(document, BlockKind::ListItem), "a) Sở Du lịch cử cán bộ."));
  CHECK(has(texts(document, BlockKind::ListItem), "b) Sở Y tế cử bác sĩ."));
  CHECK(has(texts(document, BlockKind::ListItem), "+ Hai bác sĩ."));
  CHECK(is_read(document, "Shantou: tiếng Việt là Sán Đầu."));  // a footnote
  const auto box = document.text.find("Chợ Nổi Sông Hậu");      // told twice, for older programs
  CHECK(box != std::string::npos);
  CHECK(document.text.find("Chợ Nổi Sông Hậu", box + 1) == std::string::npos);
  CHECK(is_read(document, "Văn phòng UBND phối hợp."));  // set in .VnTime
}

TEST_CASE("merged cells leave the columns of a table where they are", "[formats]") {
  const auto document = document_in(data("word.docx"));
  std::vector<std::vector<std::string>> rows;
  for (const Block& block : document.blocks) {
    if (block.kind != BlockKind::TableRow) continue;
    rows.emplace_back();
    for (const Span cell : block.cells) rows.back().emplace_back(cell.of(document.text));
  }
  CHECK(rows ==
        std::vector<std::vector<std::string>>{{"Đơn vị", "Đối tác", "Thời gian"},
                                              {"Sở Du lịch", "Cục Du lịch Shantou", "4/6/2024"},
                                              {"", "Hội Lữ hành\nShantou", ""}});
}

TEST_CASE("a mail tells its subject, day and sender, and its files are documents", "[formats]") {
  const auto results = all_of(data("attached.eml"));
  std::map<std::string, const ReadResult*> by_name;
  for (const ReadResult& result : results) by_name[result.name] = &result;
  REQUIRE(by_name.contains("attached.eml"));
  REQUIRE(by_name["attached.eml"]->document);
  CHECK(by_name["attached.eml"]->document->title == "Gửi kèm báo cáo");
  CHECK(by_name["attached.eml"]->document->published == "2023-12-28");
  CHECK(by_name["attached.eml"]->document->source == "Sở Ngoại vụ Đà Nẵng");
  REQUIRE(by_name.contains("attached.eml/báo cáo năm 2023.docx"));
  CHECK(by_name["attached.eml/báo cáo năm 2023.docx"]->document);
  REQUIRE(by_name.contains("attached.eml/dau.png"));
  CHECK_FALSE(by_name["attached.eml/dau.png"]->document);
  CHECK_FALSE(by_name["attached.eml/dau.png"]->error);
}

TEST_CASE("each entry of an archive is a document; one that is damaged stops no other",
          "[formats]") {
  std::vector<std::string> read, failed;
  for (const ReadResult& result : all_of(data("archive.zip"))) {
    if (result.document) read.push_back(result.name);
    if (result.error) failed.push_back(result.name + ": " + result.error->reason());
  }
  CHECK(read ==
        std::vector<std::string>{"archive.zip/2023/báo cáo.txt", "archive.zip/2023/word.docx"});
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].starts_with("archive.zip/hong.docx: a zip archive that is cut off"));
  CHECK(all_of(data("codepage.zip")).front().name == "codepage.zip/Báo cáo đối ngoại.txt");
  CHECK(all_of(data("nested.zip")).front().name == "nested.zip/inner.zip/trong.txt");
}

TEST_CASE("what a file holds wins over what its name says", "[formats]") {
  const auto same = [](const std::string& file, const std::string& name) {
    const std::string bytes = bytes_of(data(file));
    return read_document(name, bytes).text == read_document(file, bytes).text;
  };
  CHECK(same("typed.rtf", "bao-cao.doc"));
  CHECK(same("typed.rtf", "bao-cao.docx"));
  CHECK(same("typed.odt", "bao-cao.docx"));
  CHECK(same("typed.docx", "bao-cao.txt"));
  CHECK(same("page.mhtml", "bao-cao.doc"));
  CHECK(same("quoted.eml", "thu.txt"));
  CHECK(read_document("trang.docx", "<html><p>Thành phố Vinh đón khách.</p></html>").text ==
        "Thành phố Vinh đón khách.");
}

TEST_CASE("Markdown is read as it is shown", "[formats]") {
  const auto document = read_document("bai.md",
                                      "---\ntitle: \"Huế và Nara\"\ndate: 2023-09-08\n---\n"
                                      "<!-- nháp -->\n"
                                      "Ngày 5/9, **Huế** tiếp [đoàn Nara](https://example.jp).\n\n"
                                      "Hội thảo\n--------\n\n"
                                      "* Mục một\n  * Mục con\n1. Mục số\n\n"
                                      "![Đoàn tại Ngọ Môn](a.jpg)\n\n"
                                      "> Lời của chủ tịch.\n\n"
                                      "Giá 5 * 3 đồng, tên_tệp_dài, ~~bỏ đi~~ còn lại.\n");
  CHECK(document.title == "Huế và Nara");
  CHECK(document.published == "2023-09-08");
  CHECK(is_read(document, "Ngày 5/9, Huế tiếp đoàn Nara."));
  CHECK(has(texts(document, BlockKind::Heading), "Hội thảo"));
  CHECK(has(texts(document, BlockKind::ListItem), "- Mục một"));
  CHECK(has(texts(document, BlockKind::ListItem), "+ Mục con"));
  CHECK(has(texts(document, BlockKind::Caption), "Đoàn tại Ngọ Môn"));
  CHECK(is_read(document, "Lời của chủ tịch."));
  CHECK(is_read(document, "Giá 5 * 3 đồng, tên_tệp_dài,  còn lại."));
  CHECK(document.text.find("nháp") == std::string::npos);
}

TEST_CASE("RTF is read by the code pages of its fonts", "[formats]") {
  const auto document = read_document(
      "a.rtf",
      "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset163 Arial;}"
      "{\\f2 .VnTime;}}{\\info{\\title T\\u7921?a}{\\author A}}{\\header Trang 1}"
      "\\pard {\\f1 Hu\\'ea\\'ec} g\\u7863?p {\\f2 \\'aeng Nam}.{\\v \\u7848?n} {\\deleted B\\'cf}"
      "{\\*\\unknown x}{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt Nara}}"
      "{\\super 1}{\\footnote Ghi ch\\'fa.}\\par"
      "\\trowd\\cellx1000\\cellx2000\\pard\\intbl A\\cell B\\cell\\row"
      "\\trowd\\cellx2000\\pard\\intbl C\\cell\\row\\pard Cu\\u7889?i.\\par}");
  CHECK(document.text.find("Huế gặp") != std::string::npos);
  CHECK(document.text.find("Nara1\nGhi chú.") != std::string::npos);
  CHECK(document.text.find("Trang 1") == std::string::npos);
  CHECK(document.text.find("HYPERLINK") == std::string::npos);
  CHECK(document.text.find("Ẩn") == std::string::npos);
  CHECK(document.text.find("A | B") != std::string::npos);
  CHECK(is_read(document, "Cuối."));
}
