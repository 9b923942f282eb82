// No bytes make the reader of archives, or of what is in them, crash, run wild, or break then//
// promises of reader.hpp.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketnghia::importers::check_reading({reinterpret_cast<const char*>(data), size}, {"a.zip"});
  return 0;
}
