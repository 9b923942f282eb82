// Any bytes are found an encoding and decode in every one to well-formed UTF-8, and letters of
// fonts are read without harm.
#include "engine/text/encoding.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ketnghia;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  for (const Encoding encoding : {detect_encoding(bytes), Encoding::Utf8, Encoding::Utf16Le,
                                  Encoding::Utf16Be, Encoding::Windows1258, Encoding::Windows1252,
                                  Encoding::Tcvn3, Encoding::VniWindows, Encoding::Viscii}) {
    const std::string text = decode(bytes, encoding);
    if (!is_valid_utf8(text) || !is_valid_utf8(with_font_letters(text))) std::abort();
    const double share = vietnamese_share(text);
    if (!(share >= 0 && share <= 1)) std::abort();
  }
  return 0;
}
