// Files made to harm, and broken ones, of the formats that hold others or nest. What each gets is
// told in docs/hostile-input.md, whose table is checked here.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "importers/import_error.hpp"
#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/importers/readers/zip_maker.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia::importers;

namespace {

const std::string kNote = "Đoàn Huế thăm Daegu\n\nNgày 4/5/2024, đoàn thành phố Huế thăm Daegu.\n";

std::string times(std::size_t count, std::string_view text) {
  std::string out;
  out.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string p(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }
const std::string kBody = "<w:body>" + p("Đoàn Huế thăm Daegu.") + "</w:body>";

std::string nested_mail(int depth) {
  std::string head = "From: a@b.vn\nMIME-Version: 1.0\n", tail;
  for (int i = 0; i < depth; ++i) {
    const std::string mark = "b" + std::to_string(i);
    head += "Content-Type: multipart/mixed; boundary=" + mark + "\n\n--" + mark + "\n";
    tail = "\n--" + mark + "--" + tail;
  }
  return head + "Content-Type: text/plain\n\nĐoàn Huế.\n" + tail;
}

std::string mail(const std::string& headers, const std::string& body) {
  return "From: a@b.vn\nMIME-Version: 1.0\nMessage-ID: <1@b.vn>\n" + headers + "\n" + body;
}

std::string cut(std::string bytes, std::size_t keep) {
  bytes.resize(std::min(keep, bytes.size()));
  return bytes;
}

// An archive in an archive, `depth` deep.
std::string nested_zip(int depth) {
  std::string bytes = zip_of({{"trong.txt", kNote}});
  for (int i = 0; i < depth; ++i) bytes = zip_of({{"a.zip", bytes, false}});
  return bytes;
}

std::string lies_at_end(std::string zip, std::size_t from_end, const std::string& bytes) {
  return zip.replace(zip.size() - from_end, bytes.size(), bytes);
}

struct Case {
  const char* name;
  const char* file;
  std::function<std::string()> bytes;
  const char* got;  // of the first document: "read", or the beginning of its error
};

const std::vector<Case> kCases{
    // zip
    {"zip bomb: 30 MiB of zeros", "a.zip",
     [] {
       return zip_of({{"a.txt", std::string(30U << 20U, '\0')}});
     },
     "swells more than"},
    {"zip bomb: an entry past the bound of a document", "a.zip",
     [] {
       return zip_of({{"a.txt", std::string(40U << 20U, 'a')}});
     },
     "larger than 32 MiB"},
    {"zip bomb: archives within archives", "a.zip", [] { return nested_zip(20); },
     "nested deeper than 3 archives"},
    {"archives nested as deep as people do", "a.zip", [] { return nested_zip(2); }, "read"},
    {"zip that unpacks to itself", "a.zip",
     [] {
       // Its one entry is stored and begins with the archive itself, as far as it goes.
       const std::string inner = zip_of({{"r/r.zip", "PK\3\4", false}});
       return zip_of({{"r/r.zip", inner, false}});
     },
     "a zip archive that is cut off"},
    {"entries that share their bytes", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote}, {"b.txt", kNote, true, 0, 0, 0, 0, 0}});
     },
     "shares its bytes with another entry"},
    {"zip cut off", "a.zip",
     [] {
       return cut(zip_of({{"a.txt", kNote}}), 60);
     },
     "a zip archive that is cut off"},
    {"zip of 4 bytes", "a.zip", [] { return std::string("PK\3\4"); },
     "a zip archive that is cut off"},
    {"zip without entries", "a.zip", [] { return zip_of({}); }, "no document in it"},
    {"wrong checksum", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 0, 0, 0xBAD}});
     },
     "damaged: its checksum does not agree"},
    {"size in the directory too small", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 0, 0, 0, 5}});
     },
     "damaged: not as long as the archive says"},
    {"size in the directory too large", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 0, 0, 0, 500}});
     },
     "damaged: not as long as the archive says"},
    {"packed bytes that are none", "a.zip",
     [] {
       return zip_of({{"a.txt", times(50, "\xFF"), false, 0, 8}});
     },
     "damaged: it cannot be unpacked"},
    {"an unknown method", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 0, 14}});
     },
     "packed by method 14, which is not known here"},
    {"an entry behind the end", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 0, 0, 0, 0, 0x7FFFFFFF}});
     },
     "lies outside of the archive"},
    {"an entry where no file begins", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 0, 0, 0, 0, 7}});
     },
     "damaged: no file begins where the archive says"},
    {"a directory longer than the archive", "a.zip",
     [] {
       return lies_at_end(zip_of({{"a.txt", kNote}}), 10, "\xFF\xFF\xFF\x7F");
     },
     "a zip archive that is cut off"},
    {"more entries told than there are", "a.zip",
     [] {
       return lies_at_end(zip_of({{"a.txt", kNote}}), 12, "\xF0\x10");
     },
     "the archive's directory is damaged"},
    {"60,000 entries", "a.zip",
     [] {
       return zip_of(std::vector<ZipPart>(60'000, ZipPart{"a.txt", "a", false}));
     },
     "more than 50000 entries"},
    {"encrypted entry", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote, true, 1}});
     },
     "encrypted: unpack it with its password first"},
    {"path traversal: ../../etc/cron.txt", "a.zip",
     [] {
       return zip_of({{"../../etc/cron.txt", kNote}});
     },
     "read as a.zip/etc/cron.txt"},
    {"path traversal: /etc/passwd.txt", "a.zip",
     [] {
       return zip_of({{"/etc/passwd.txt", kNote}});
     },
     "read as a.zip/etc/passwd.txt"},
    {"path traversal: C:\\Windows\\a.txt", "a.zip",
     [] {
       return zip_of({{"C:\\Windows\\a.txt", kNote}});
     },
     "read as a.zip/Windows/a.txt"},
    {"a zero byte in a name", "a.zip",
     [] {
       return zip_of({{std::string("a.txt\0.exe", 10), kNote}});
     },
     "no document in it"},
    {"a name of 60,000 letters", "a.zip",
     [] {
       return zip_of({{std::string(60'000, 'x') + ".txt", kNote}});
     },
     "read"},
    {"two entries of one name", "a.zip",
     [] {
       return zip_of({{"a.txt", kNote}, {"a.txt", kNote + "Hai."}});
     },
     "read"},
    {"50,000 entries of one name", "a.zip",
     [] {
       return zip_of(std::vector<ZipPart>(50'000, ZipPart{"a.x", "a", false}));
     },
     "no document in it"},
    // Word and OpenDocument
    {"XML bomb (billion laughs) in a .docx", "a.docx",
     [] {
       return zip_of({{"[Content_Types].xml", "<Types/>"},
                      {"word/document.xml",
                       "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c "
                       "\"&b;&b;&b;&b;\">]><document><body><p><r><t>&c;</t></r></p></body>"
                       "</document>"}});
     },
     "it declares a document type"},
    {"external entity in a .docx", "a.docx",
     [] {
       return zip_of({{"[Content_Types].xml", "<Types/>"},
                      {"word/document.xml",
                       "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><document><body>"
                       "<p><r><t>&x;</t></r></p></body></document>"}});
     },
     "it declares a document type"},
    {"external entity in an .odt", "a.odt",
     [] { return odt_of("<!DOCTYPE d SYSTEM \"http://example.org/a.dtd\"><d/>"); },
     "it declares a document type"},
    {"XML nested 100,000 deep", "a.docx",
     [] { return docx_of(times(100'000, "<w:p>") + times(100'000, "</w:p>")); },
     "nested deeper than 1000 elements"},
    {"tables in tables, 300 deep", "a.docx",
     [] {
       return docx_of("<w:body>" + times(300, "<w:tbl><w:tr><w:tc>") + p("Đoàn Huế.") +
                      times(300, "</w:tc></w:tr></w:tbl>") + "</w:body>");
     },
     "read"},
    {"a table of a million cells", "a.docx",
     [] {
       const std::string row = "<w:tr>" + times(100, "<w:tc><w:p/></w:tc>") + "</w:tr>";
       return docx_of("<w:body>" + p("Đoàn Huế.") + "<w:tbl>" + times(10'000, row) +
                      "</w:tbl></w:body>");
     },
     "read"},
    {"a cell that spans two thousand million columns", "a.docx",
     [] {
       return docx_of(
           "<w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2000000000\"/>"
           "</w:tcPr>" +
           p("Đoàn Huế.") + "</w:tc></w:tr></w:tbl></w:body>");
     },
     "read"},
    {"100,000 rows that each span a thousand columns", "a.docx",
     [] {
       return docx_of("<w:body><w:tbl>" +
                      times(100'000,
                            "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999\"/></w:tcPr><w:p/></w:tc>"
                            "</w:tr>") +
                      "</w:tbl></w:body>");
     },
     "too many cells for a document"},
    {"200,000 paragraphs that each go on in the next", "a.docx",
     [] {
       return docx_of("<w:body>" +
                      times(200'000,
                            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Huế </w:t></w:r>"
                            "</w:p>") +
                      p("Đoàn Huế.") + "</w:body>");
     },
     "read"},
    {"columns repeated without end in an .odt", "a.odt",
     [] {
       return odt_of(
           "<d><text><table><table-row><table-cell "
           "number-columns-repeated=\"99999999999\"><p>Đoàn Huế.</p></table-cell>"
           "</table-row></table></text></d>");
     },
     "read"},
    {"a million spaces in one element of an .odt", "a.odt",
     [] { return odt_of("<d><text><p>Đoàn<s c=\"4000000000\"/>Huế.</p></text></d>"); }, "read"},
    {".docx without its document", "a.docx",
     [] {
       return zip_of({{"[Content_Types].xml", "<Types/>"}});
     },
     "no Word document: the package has no word/document.xml"},
    {".docx whose document is a folder's name", "a.docx",
     [] {
       return zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml/", ""}});
     },
     "no element found"},
    {".docx cut off", "a.docx", [] { return cut(docx_of(kBody), 150); },
     "a zip archive that is cut off"},
    {".docx whose XML is cut off", "a.docx",
     [] {
       return zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w><w:body>"}});
     },
     "unbound prefix"},
    {"a relation of a part to itself", "a.docx",
     [] {
       return docx_of(kBody, {{"_rels/.rels",
                               "<Relationships><Relationship Type=\"x/officeDocument\" "
                               "Target=\"_rels/.rels\"/></Relationships>"}});
     },
     "no text in it"},
    {"a relation out of the package", "a.docx",
     [] {
       return docx_of(kBody, {{"_rels/.rels",
                               "<Relationships><Relationship Type=\"x/officeDocument\" "
                               "Target=\"../../etc/passwd\"/></Relationships>"}});
     },
     "no Word document: the package has no ../../etc/passwd"},
    {"styles based on each other", "a.docx",
     [] {
       return docx_of(
           "<w:body><w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>Đoàn "
           "Huế.</w:t></w:r></w:p></w:body>",
           {{"word/styles.xml",
             "<styles><style styleId=\"a\"><basedOn val=\"b\"/></style><style "
             "styleId=\"b\"><basedOn val=\"a\"/></style></styles>"}});
     },
     "read"},
    {"a note that refers to itself", "a.docx",
     [] {
       return docx_of(
           "<w:body><w:p><w:r><w:t>Đoàn Huế.</w:t><w:footnoteReference "
           "w:id=\"1\"/></w:r></w:p></w:body>",
           {{"word/footnotes.xml",
             "<footnotes><footnote id=\"1\"><p><r><t>Ghi chú.</t><footnoteReference "
             "id=\"1\"/></r></p></footnote></footnotes>"}});
     },
     "read"},
    {"a note referred to 100,000 times", "a.docx",
     [] {
       return docx_of("<w:body><w:p><w:r><w:t>Đoàn Huế.</w:t>" +
                          times(100'000, "<w:footnoteReference w:id=\"1\"/>") +
                          "</w:r></w:p></w:body>",
                      {{"word/footnotes.xml", "<footnotes><footnote id=\"1\"><p><r><t>" +
                                                  times(1000, "Ghi chú. ") +
                                                  "</t></r></p></footnote></footnotes>"}});
     },
     "read"},
    {"a spreadsheet named .docx", "a.docx",
     [] {
       return zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<workbook/>"}});
     },
     "a spreadsheet"},
    {"a .docx behind a password", "a.docx",
     [] {
       std::string name;
       for (const char c : std::string("EncryptedPackage")) name += {c, '\0'};
       return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(500, '\0') + name;
     },
     "locked with a password"},
    {"an .odt behind a password", "a.odt",
     [] {
       return zip_of({{"mimetype", "application/vnd.oasis.opendocument.text", false},
                      {"META-INF/manifest.xml", "<manifest><encryption-data/></manifest>"},
                      {"content.xml", "\x01\x02"}});
     },
     "locked with a password"},
    {"an .odt without its text", "a.odt",
     [] {
       return zip_of({{"mimetype", "application/vnd.oasis.opendocument.text", false}});
     },
     "damaged: it has no content.xml"},
    {"a page named .docx", "a.docx", [] { return "<!DOCTYPE html><p>Đoàn Huế thăm Daegu.</p>"; },
     "read"},
    {"a text named .docx", "a.docx", [] { return kNote; },
     "a zip archive that is cut off or damaged"},
    {"empty .docx", "a.docx", [] { return std::string(); }, "the file is empty"},
    // RTF
    {"a million opening braces", "a.rtf", [] { return "{\\rtf1 " + times(1'000'000, "{"); },
     "groups nested deeper than 10000"},
    {"a million closing braces", "a.rtf",
     [] { return "{\\rtf1 \\u272?o\\'e0n Hu\\'ea." + times(1'000'000, "}"); }, "read"},
    {"\\bin longer than the file", "a.rtf",
     [] { return "{\\rtf1 Hu\\'ea.\\par\\bin2000000000 x}"; }, "read"},
    {"\\bin of a negative length", "a.rtf", [] { return "{\\rtf1 \\bin-5 Hu\\'ea.\\par}"; },
     "read"},
    {"numbers past all bounds", "a.rtf",
     [] { return "{\\rtf1\\f99999999999999999\\uc99999999 Hu\\'ea.\\s-99999999999\\par}"; },
     "read"},
    {"half a character and half a pair", "a.rtf",
     [] { return "{\\rtf1 Hu\\'ea \\u55357? \\u-8192? \\'zz \\'f\\par"; }, "read"},
    {"rows and cells without a table", "a.rtf",
     [] { return "{\\rtf1 Hu\\'ea" + times(100'000, "\\row\\cell\\nestcell") + "\\par}"; }, "read"},
    {"200,000 rows of a thousand edges", "a.rtf",
     [] {
       return "{\\rtf1 Hu\\'ea\\par\\trowd" + times(1000, "\\cellx9") + "\\intbl " +
              times(200'000, "a\\cell\\row ") + "}";
     },
     "read"},
    {"notes in notes, 5,000 deep", "a.rtf",
     [] { return "{\\rtf1 Hu\\'ea" + times(5000, "{\\footnote a") + times(5001, "}"); }, "read"},
    {"RTF without text", "a.rtf", [] { return "{\\rtf1{\\fonttbl{\\f0 Arial;}}}"; },
     "no text in it"},
    // mail and MHTML
    {"parts nested 1,000 deep", "a.eml", [] { return nested_mail(1000); },
     "parts nested deeper than 50"},
    {"parts nested 20 deep", "a.eml", [] { return nested_mail(20); }, "read"},
    {"20,000 parts", "a.eml",
     [] {
       return mail("Content-Type: multipart/mixed; boundary=b\n",
                   times(20'000, "--b\nContent-Type: text/plain\n\na\n") + "--b--\n");
     },
     "more than 10000 parts"},
    {"a boundary that never comes", "a.eml",
     [] { return mail("Content-Type: multipart/mixed; boundary=b\n", kNote); }, "read"},
    {"a boundary that never ends", "a.eml",
     [] {
       return mail("Content-Type: multipart/mixed; boundary=b\n",
                   "--b\nContent-Type: text/plain\n\n" + kNote);
     },
     "read"},
    {"a header line of 5 MB", "a.eml",
     [] { return mail("Subject: " + std::string(5'000'000, 'x') + "\n", kNote); }, "read"},
    {"a header folded 100,000 times", "a.eml",
     [] { return mail("Subject: a" + times(100'000, "\n b") + "\n", kNote); }, "read"},
    {"encoded words without end", "a.eml",
     [] { return mail("Subject: " + times(10'000, "=?utf-8?B?") + "\n", kNote); }, "read"},
    {"base64 that is none", "a.eml",
     [] {
       return mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n",
                   "!!!! *** ???\n");
     },
     "no text in it"},
    {"quoted-printable broken off", "a.eml",
     [] {
       return mail(
           "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
           "quoted-printable\n",
           "=C4=90o=C3=A0n Hu=E1=BA=BF.\n=Z=C");
     },
     "read"},
    {"a charset that does not exist", "a.eml",
     [] { return mail("Content-Type: text/plain; charset=x-none-such\n", kNote); }, "read"},
    {"a mail of headers alone", "a.eml", [] { return mail("", ""); }, "no text in it"},
    {"an attachment named ../../x.txt", "a.eml",
     [] {
       return mail(
           "Content-Type: text/plain\nContent-Disposition: attachment; "
           "filename=\"../../x.txt\"\n",
           kNote);
     },
     "read as a.eml/x.txt"},
    {"a zip bomb attached", "a.eml",
     [] {
       const std::string bomb = zip_of({{"a.txt", std::string(30U << 20U, '\0')}});
       return mail(
           "Content-Type: application/zip\nContent-Disposition: attachment; "
           "filename=\"a.zip\"\nContent-Transfer-Encoding: 8bit\n",
           bomb);
     },
     "swells more than"},
    {"MHTML without a page", "a.mhtml",
     [] {
       return std::string(
           "From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; "
           "boundary=b\n\n--b\nContent-Type: text/css\n\np {}\n--b--\n");
     },
     "no page in it"},
    // Markdown
    {"a million brackets", "a.md", [] { return "Đoàn Huế.\n\n" + times(1'000'000, "["); }, "read"},
    {"a million brackets that close", "a.md",
     [] { return "Đoàn Huế.\n\n" + times(500'000, "[") + times(500'000, "]"); }, "read"},
    {"quotations 100,000 deep", "a.md", [] { return times(100'000, ">") + " Đoàn Huế.\n"; },
     "read"},
    {"a table row of 100,000 bars", "a.md",
     [] { return "Đoàn Huế.\n\n" + times(100'000, "|a") + "\n|-|-|\n"; }, "read"},
    {"a fence that never closes", "a.md", [] { return "```\nĐoàn Huế thăm Daegu.\n"; }, "read"},
};

std::string what(const Case& hostile) {
  std::string first;
  read_documents_in(hostile.bytes(), hostile.file, {}, [&](ReadResult result) {
    if (!first.empty() || (!result.document && !result.error)) return;
    if (result.error) {
      first = result.error->reason();
      return;
    }
    CHECK(fault_of(*result.document) == "");
    first = "read as " + result.name;
  });
  return first;
}

}  // namespace

TEST_CASE("hostile and broken files get what the docs say, each within seconds", "[hostile]") {
  std::ifstream in(KETNGHIA_SOURCE_DIR "/docs/hostile-input.md");
  const std::string docs{std::istreambuf_iterator<char>(in), {}};
  CHECK(kCases.size() >= 35);
  for (const Case& hostile : kCases) {
    INFO(hostile.name);
    const auto begin = std::chrono::steady_clock::now();
    const std::string got = what(hostile);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(got.substr(0, std::string_view(hostile.got).size()) == hostile.got);
    CHECK(took.count() < 10);
    CHECK(docs.find("| " + std::string(hostile.name) + " | " + hostile.got) != std::string::npos);
  }
}

TEST_CASE("documents beside a hostile one in an archive are read", "[hostile]") {
  const std::string bytes = zip_of({{"bom.txt", std::string(30U << 20U, '\0')},
                                    {"a.docx", docx_of(times(2000, "<w:p>"))},
                                    {"tot.txt", kNote}});
  std::vector<std::string> read, failed;
  read_documents_in(bytes, "a.zip", {}, [&](ReadResult result) {
    if (result.document) read.push_back(result.name);
    if (result.error) failed.push_back(result.error->path());
  });
  CHECK(read == std::vector<std::string>{"a.zip/tot.txt"});
  CHECK(failed == std::vector<std::string>{"a.zip/bom.txt", "a.zip/a.docx"});
}
