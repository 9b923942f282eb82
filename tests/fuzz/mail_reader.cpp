// No bytes make the readers of mail and MHTML, or of what is attached, crash, run wild, or breakn//
// the promises of reader.hpp.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketnghia::importers::check_reading({reinterpret_cast<const char*>(data), size},
                                     {"a.eml", "a.mhtml"});
  return 0;
}
