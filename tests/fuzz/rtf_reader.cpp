// No bytes make the reader of RTF crash, run wild, or break the promises of reader.hpp.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketnghia::importers::check_reading({reinterpret_cast<const char*>(data), size}, {"a.rtf"});
  return 0;
}
