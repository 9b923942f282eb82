#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia::importers;

// Each case of docs/hostile-input.md, "Web pages, text, PDF and .doc".

namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

// "read", or why not; with blocks that keep their promises.
std::string got(const std::string& name, const std::string& bytes) {
  std::string result = "read";
  try {
    const auto document = read_document(name, bytes);
    CHECK(fault_of(document) == "");
  } catch (const ImportError& error) {
    result = error.reason();
  }
  return result;
}

bool reads(const std::string& name, const std::string& bytes, const std::string& words) {
  return is_read(read_document(name, bytes), words);
}

const std::string kStory = "<p>Ngày 5/6/2024, Hà Nội tiếp đoàn đại biểu thành phố Busan.</p>";
const std::string kWords = "Hà Nội tiếp đoàn đại biểu thành phố Busan";

std::string page(const std::string& body) {
  return "<html><head><meta charset=utf-8></head><body><h1>Hà Nội tiếp đoàn Busan</h1>" + body +
         "</body></html>";
}

// A PDF of `objects`, numbered from 1, with a true table of their places.
std::string pdf(const std::vector<std::string>& objects, const std::string& trailer = "") {
  std::string file = "%PDF-1.4\n";
  std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string place = std::to_string(file.size());
    table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string at = std::to_string(file.size());
  return file + table + "trailer\n<</Root 1 0 R /Size " + std::to_string(objects.size() + 1) +
         trailer + ">>\nstartxref\n" + at + "\n%%EOF\n";
}

std::string one_page(const std::string& content) {
  return pdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
              "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
              "/Resources<</Font<</F 5 0 R>>>>>>",
              content, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"});
}

std::string stream(const std::string& text, const std::string& more = "") {
  return "<</Length " + std::to_string(text.size()) + more + ">>\nstream\n" + text + "\nendstream";
}

std::string office_bytes(const std::string& name) {
  std::ifstream in(std::filesystem::path{KETNGHIA_SOURCE_DIR} / "tests/data/office" / name,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a page nested a million deep is read", "[hostile]") {
  CHECK(reads("a.html", page(repeated("<div>", 1'000'000) + kStory), kWords));
  CHECK(reads("a.html", page(repeated("<b><table><tr><td>", 100'000) + kStory), kWords));
  CHECK(reads("a.html", page(kStory + repeated("</div>", 1'000'000)), kWords));
}

TEST_CASE("a page of one tag of 30 MB, or of a million attributes, is read", "[hostile]") {
  CHECK(reads("a.html", page(kStory + "<div " + std::string(30'000'000, 'x') + ">"), kWords));
  CHECK(
      reads("a.html", page(kStory + "<p title=\"" + std::string(3'000'000, '>') + "\">"), kWords));
  CHECK(reads("a.html", page(kStory + "<p " + repeated("a=b ", 1'000'000) + ">"), kWords));
}

TEST_CASE("a gigantic table ends in time", "[hostile]") {
  CHECK(reads("a.html", page(kStory + "<table>" + repeated("<tr><td>a<td>b", 60'000) + "</table>"),
              kWords));
  CHECK(got("a.html", page(kStory + "<table><tr>" + repeated("<td>a", 100'000) + "</table>")) ==
        "read");
  CHECK(reads("a.txt", kWords + ".\n\n" + repeated("a | b | c\n", 60'000), kWords));
  CHECK(got("a.txt", repeated("a\t", 400'000)) == "read");
}

TEST_CASE("more lines than a document has are refused", "[hostile]") {
  CHECK(got("a.txt", repeated("a\n\n", 1'100'000)) == "too many lines for a document");
  CHECK(got("a.html", page(repeated("<br>a", 1'100'000))) == "too many lines for a document");
}

TEST_CASE("floods of entities are text", "[hostile]") {
  CHECK(reads("a.html", page(kStory + "<p>" + repeated("&amp;", 400'000)), kWords));
  CHECK(
      reads("a.html", page(kStory + "<p>" + repeated("&#x41;&#99999999;&bad;&", 60'000)), kWords));
  CHECK(reads("a.html",
              "<!DOCTYPE html [<!ENTITY a \"" + repeated("&b;", 100) + "\">]>" + page(kStory),
              kWords));
}

TEST_CASE("nothing closed, or closed twice, is read", "[hostile]") {
  CHECK(reads("a.html", "<html><body><h1>Tin<p>" + kStory.substr(3, kStory.size() - 7), kWords));
  CHECK(reads("a.html", page(kStory + "<!-- " + std::string(1'000'000, '-')), kWords));
  CHECK(reads("a.html", page(kStory + repeated("<a href=\"x", 100'000)), kWords));
  CHECK(reads("a.html", page(kStory + "<script>" + repeated("<!--<script>", 100'000)), kWords));
  CHECK(reads("a.html", page(kStory + repeated("</p></td></html><body>", 100'000)), kWords));
  CHECK(reads("a.html", page(repeated("<a><b><i><font><nobr>", 20'000) + kStory), kWords));
}

TEST_CASE("a page without text says so", "[hostile]") {
  CHECK(got("a.html", "<html><body><script>document.write('Hà Nội')</script></body></html>") ==
        "no text in it");
  CHECK(got("a.html", "<html><head><meta http-equiv=refresh content='0;url=/x'></head></html>") ==
        "no text in it");
  CHECK(got("a.html", "<html><frameset cols='*,*'><frame src=a><frame src=b></frameset></html>") ==
        "no text in it");
  CHECK(got("a.html", "<html><body><img src=\"data:image/png;base64," +
                          std::string(4'000'000, 'A') + "\"></body></html>") == "no text in it");
  CHECK(got("a.html", "<svg><text>a</text></svg>") == "no text in it");
}

TEST_CASE("images in the page's own bytes do not hide its story", "[hostile]") {
  CHECK(reads(
      "a.html",
      page("<img src=\"data:image/png;base64," + std::string(4'000'000, 'A') + "\">" + kStory),
      kWords));
}

TEST_CASE("bytes that are no text are refused", "[hostile]") {
  using namespace std::string_literals;
  CHECK(got("a.txt", "Hà Nội\0tiếp đoàn"s) == "not a text: it holds a zero byte");
  CHECK(got("a.html", page("\0"s + kStory)) == "not a text: it holds a zero byte");
  std::string noise;
  for (unsigned i = 0, x = 7; i < 100'000; ++i) {
    x = x * 1'664'525U + 1'013'904'223U;
    noise += static_cast<char>(1 + (x >> 24U) % 31);
  }
  CHECK(got("a.txt", noise) == "not a text");
  CHECK(got("a.txt", "") == "the file is empty");
  CHECK(got("a.txt", " \n\t \n") == "no text in it");
  CHECK(got("a.txt", std::string((std::size_t{32} << 20U) + 1, 'a')) == "larger than 32 MiB");
}

TEST_CASE("encodings that lie or mix are read as well as can be", "[hostile]") {
  CHECK(reads("a.txt", kWords + ".\n\nB\xFF\xFE\x80\xC3 " + kWords, kWords));
  CHECK(reads("a.html", "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-16'?>" + page(kStory),
              kWords));
  std::string wide = "\xFF\xFE";
  for (const char c : std::string{"Ha Noi tiep doan"}) wide += std::string{c} + '\0';
  CHECK(got("a.txt", wide + 'a') == "read");  // half a character at the end
  CHECK(got("a.txt", "\xFE\xFF\xD8\x00\xD8\x00\x00\x61") == "not a text");  // lone surrogates
  CHECK(got("a.html", "<html><meta charset=utf-7><body>+ADw-script+AD4- Hanoi") == "read");
  CHECK(got("a.txt", "\xEF\xBB\xBF\xFF\xFE") == "not a text");
  CHECK(reads("a.txt", repeated("\xE2\x80\x8B", 100'000) + kWords + ".", kWords));
  CHECK(got("a.txt", "a" + repeated("\xCC\x81", 1'000'000)) == "read");  // marks on one letter
  CHECK(got("a.txt", repeated("\xE2\x80\xAE", 1000) + "Hanoi") == "read");
}

TEST_CASE("one endless line ends in time", "[hostile]") {
  CHECK(got("a.txt", repeated("hợp tác ", 400'000)) == "read");
  CHECK(got("a.txt", std::string(5'000'000, 'a')) == "read");
  CHECK(got("a.txt", std::string(4'000'000, ' ') + "a") == "read");
  CHECK(got("a.html", page("<p>" + repeated("hợp tác ", 400'000))) == "read");
}

TEST_CASE("JSON-LD as deep or as long as may be tells nothing, and the page is read", "[hostile]") {
  const auto with = [](const std::string& json) {
    return page("<script type='application/ld+json'>" + json + "</script>" + kStory);
  };
  CHECK(reads("a.html", with(repeated("[", 1'000'000)), kWords));
  CHECK(reads("a.html", with("[" + repeated("{\"a\":1},", 60'000) + "1]"), kWords));
  CHECK(
      reads("a.html", with("{\"datePublished\":\"" + std::string(5'000'000, '9') + "\"}"), kWords));
}

TEST_CASE("a broken PDF is refused by what pdftotext says of it", "[hostile]") {
  const std::string whole = office_bytes("report.pdf");
  const auto refused = [](const std::string& reason) {
    INFO(reason);
    return reason == "no text in it" || reason.starts_with("pdftotext ");
  };
  CHECK(refused(got("a.pdf", "%PDF-1.7\n")));
  CHECK(refused(got("a.pdf", "%PDF-1.7\n" + std::string(1'000'000, '\0'))));
  CHECK(refused(got("a.pdf", whole.substr(0, 3000))));
  std::string spoilt = whole;
  for (std::size_t i = 200; i < spoilt.size(); i += 97) spoilt[i] = static_cast<char>(i);
  got("a.pdf", spoilt);  // whatever it makes of it, in time
  CHECK(refused(got("a.pdf", whole.substr(0, whole.size() - 800))));  // its table lies at the end
  CHECK(got("a.pdf", whole + std::string(100'000, 'x')) == "read");
  CHECK(got("a.pdf", "no PDF at all").starts_with("pdftotext cannot read it"));
}

TEST_CASE("a PDF that claims a million pages, or refers to itself, ends in time", "[hostile]") {
  CHECK(got("a.pdf",
            pdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
                 "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"})) != "read");
  CHECK(got("a.pdf", pdf({"<</Type/Catalog/Pages 2 0 R>>",
                          "<</Type/Pages/Kids[2 0 R]/Count 1>>"})) != "read");
  CHECK(got("a.pdf", pdf({"1 0 R"})) != "read");
  CHECK(got("a.pdf", pdf({repeated("[", 1'000'000)})) != "read");
}

TEST_CASE("a PDF that draws without end is cut off or read", "[hostile]") {
  std::string content = "BT /F 12 Tf 50 700 Td ";
  CHECK(got("a.pdf", one_page(stream(content + "(Ha Noi tiep doan dai bieu Busan) Tj ET"))) ==
        "read");
  const auto flood =
      got("a.pdf", one_page(stream(content + repeated("(Ha Noi) Tj 0 -14 Td ", 50'000) + "ET")));
  INFO(flood);
  CHECK((flood == "read" || flood.starts_with("pdftotext") || flood.starts_with("too many")));
  const auto far = got("a.pdf", one_page(stream(content + "1e30 1e30 Td (a) Tj ET")));
  CHECK_FALSE(far.empty());
  // 30 kB that unpack to 30 MB of spaces: run-length twice over.
  std::string packed;
  for (int i = 0; i < 1000; ++i) packed += std::string("\x81") + " ";
  std::string twice;
  for (const char c : packed) twice += std::string("\x81") + c;
  CHECK_FALSE(
      got("a.pdf", one_page(stream(twice, "/Filter[/RunLengthDecode/RunLengthDecode]"))).empty());
}

TEST_CASE("an encrypted PDF says that it needs a password", "[hostile]") {
  const std::string key = "/Encrypt<</Filter/Standard/V 1/R 2/P -64/O<" + repeated("41", 32) +
                          ">/U<" + repeated("42", 32) + ">>>/ID[<00><00>]";
  const auto reason =
      got("a.pdf", pdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"}, key));
  INFO(reason);
  CHECK(reason.find("assword") != std::string::npos);
}

TEST_CASE("a broken .doc is refused by what antiword says of it", "[hostile]") {
  const std::string whole = office_bytes("report.doc");
  const std::string head = whole.substr(0, 8);
  const auto refused = [](const std::string& reason) {
    INFO(reason);
    return reason == "no text in it" || reason.starts_with("antiword ");
  };
  CHECK(refused(got("a.doc", head)));
  CHECK(refused(got("a.doc", head + std::string(100'000, '\0'))));
  CHECK(refused(got("a.doc", head + std::string(100'000, '\xFF'))));
  CHECK(refused(got("a.doc", whole.substr(0, 1000))));
  got("a.doc", whole.substr(0, whole.size() / 2));
  for (std::size_t step = 31; step < 400; step += 61) {
    std::string spoilt = whole;
    for (std::size_t i = 512; i < spoilt.size(); i += step) spoilt[i] = static_cast<char>(i * 7);
    got("a.doc", spoilt);
  }
  CHECK(got("a.doc", "Hà Nội").starts_with("antiword cannot read it"));
}
