// No XML makes the readers of Word's and LibreOffice's documents crash, run wild, or break the
// promises of reader.hpp. The bytes are the XML, put into archives here: a fuzzer does not get past
// their checksums. (zip_reader looks after archives.)
#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/reading.hpp"
#include "tests/importers/readers/zip_maker.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ketnghia::importers;
  const std::string xml(reinterpret_cast<const char*>(data), size);
  check_reading(zip_of({{"[Content_Types].xml", "<Types/>", false},
                        {"word/document.xml", xml, false},
                        {"word/styles.xml", xml, false},
                        {"word/numbering.xml", xml, false},
                        {"word/footnotes.xml", xml, false},
                        {"docProps/core.xml", xml, false}}),
                {"a.docx"});
  check_reading(zip_of({{"mimetype", "application/vnd.oasis.opendocument.text", false},
                        {"content.xml", xml, false},
                        {"styles.xml", xml, false},
                        {"meta.xml", xml, false}}),
                {"a.odt"});
  return 0;
}
