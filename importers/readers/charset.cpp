#include "importers/readers/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

#include "engine/text/encoding.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxName = 60;

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

}  // namespace

std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset) {
  if (const auto known = encoding_named(charset)) return decode(bytes, *known);
  if (charset.empty() || charset.size() > kMaxName) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, Close> converter{
      ucnv_open(std::string(charset).c_str(), &status)};
  if (U_FAILURE(status)) return std::nullopt;
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace ketnghia::importers
