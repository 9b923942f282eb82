#include <string>

#include "engine/text/encoding.hpp"
#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia;
using namespace ketnghia::importers;

namespace {

std::string page(const std::string& charset, const std::string& story) {
  return "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=" + charset +
         "\"></head><body><h1>Tin</h1><p>" + story + "</p></body></html>";
}

std::string story_of(const std::string& bytes) {
  const auto document = read_document("page.html", bytes);
  CHECK(fault_of(document) == "");
  return document.text;
}

}  // namespace

TEST_CASE("a page is read as it declares itself") {
  // "ì" of windows-1252 is a mark of its own in windows-1258.
  CHECK(story_of(page("iso-8859-1",
                      "V\xEC h\xF2"
                      "a b\xECnh, t&#7881;nh L\xE0o Cai ti&#7871;p "
                      "\xF4ng Th\xECn."))
            .find("Vì hòa bình, tỉnh Lào Cai tiếp ông Thìn.") != std::string::npos);
  CHECK(story_of(page("windows-1258", "Th\xE0nh ph\xF4\xEC H\xF4\xCC Ch\xED Minh"))
            .find("Thành phố Hồ Chí Minh") != std::string::npos);
}

TEST_CASE("a page that declares the wrong characters is read as it reads best") {
  const std::string abc = "S\xEB Ngo\xB9i v\xF4 th\xB5nh ph\xE8 H\xB5 N\xE9i ti\xD5p \xAE\xEAn";
  CHECK(story_of(page("utf-8", abc)).find("Sở Ngoại vụ thành phố Hà Nội tiếp") !=
        std::string::npos);
  CHECK(story_of(page("windows-1258", abc)).find("Sở Ngoại vụ thành phố Hà Nội") !=
        std::string::npos);
  CHECK(story_of(page("x-user-defined", abc)).find("Sở Ngoại vụ") != std::string::npos);
  CHECK(story_of(page("iso-8859-1", "Sở Ngoại vụ tiếp đoàn")).find("Sở Ngoại vụ tiếp đoàn") !=
        std::string::npos);
  CHECK(story_of("\xEF\xBB\xBF" + page("tcvn3", "Sở Ngoại vụ")).find("Sở Ngoại vụ") !=
        std::string::npos);
}

TEST_CASE("a page of any encoding of Vietnamese gives the same text") {
  std::string bytes;
  for (const char32_t c : U"S\u00F4\u00FB Ngoa\u00EFi vu\u00EF th\u00E0nh pho\u00E1") {
    if (c != 0) bytes += static_cast<char>(c);
  }
  CHECK(story_of(page("iso-8859-1", bytes)).find("Sở Ngoại vụ") != std::string::npos);
  std::string wide = "\xFF\xFE";
  for (const char c : page("utf-16", "Tin dai")) {
    wide += c;
    wide += '\0';
  }
  CHECK(story_of(wide).find("Tin dai") != std::string::npos);
  CHECK(story_of(wide.substr(2)).find("Tin dai") != std::string::npos);
}
