// No output of pdftotext or tesseract, true or not, makes reading a printed page go wrong.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "importers/import_error.hpp"
#include "importers/readers/layout.hpp"
#include "importers/readers/printed.hpp"
#include "tests/importers/reader_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ketnghia::importers;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  constexpr double kDots = 200;
  for (auto pages : {pages_of_bbox(bytes), std::vector<PrintedPage>{page_of_tsv(bytes, kDots)}}) {
    try {
      SourceDocument document;
      lay_out(read_printed(std::move(pages), "a.pdf"), document);
      const auto fault = fault_of(document);
      if (!fault.empty()) {
        std::fprintf(stderr, "%s\n", fault.c_str());
        std::abort();
      }
    } catch (const ImportError&) {
      // What cannot be read says so.
    }
  }
  return 0;
}
