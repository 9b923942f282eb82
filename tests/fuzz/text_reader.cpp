// No bytes make the reader of pasted text crash, run wild, or break the promises of reader.hpp.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ketnghia::importers;
  try {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto fault = fault_of(read_document("pasted.txt", bytes));
    if (!fault.empty()) {
      std::fprintf(stderr, "%s\n", fault.c_str());
      std::abort();
    }
  } catch (const ImportError&) {
    // What cannot be read says so.
  }
  return 0;
}
