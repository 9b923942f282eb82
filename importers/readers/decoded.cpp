#include "importers/readers/decoded.hpp"

#include <cstddef>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/import_error.hpp"
#include "importers/readers/html.hpp"
#include "importers/readers/txt.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{1} << 16U;
constexpr std::size_t kStrangeShare = 10;  // one strange character in so many is no text

// Whether too much of a text is control characters and what could not be decoded.
bool is_strange(std::string_view text) {
  text = text.substr(0, kSampleBytes);
  std::size_t strange = 0, characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c & 0xC0U) == 0x80U) continue;
    ++characters;
    const bool control =
        (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') || c == 0x7F;
    if (control || text.compare(i, 3, "\xEF\xBF\xBD") == 0) ++strange;
  }
  return strange * kStrangeShare > characters;
}

std::string decode_checked(std::string_view bytes, const std::string& path) {
  const auto encoding = detect_encoding(bytes);
  const bool wide = encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be;
  const auto zero = bytes.find('\0');
  if (!wide && zero != std::string_view::npos) {
    throw ImportError(path, "byte " + std::to_string(zero), "not a text: it holds a zero byte");
  }
  std::string text = decode(bytes, encoding);
  if (is_strange(text)) throw ImportError(path, "", "not a text");
  return text;
}

void unify_line_ends(std::string& text) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++from) {
    if (text[from] == '\r') {
      text[to++] = '\n';
      if (from + 1 < text.size() && text[from + 1] == '\n') ++from;
    } else {
      text[to++] = text[from];
    }
  }
  text.resize(to);
}

}  // namespace

std::string decode_text(std::string_view bytes, const std::string& path) {
  std::string text = decode_checked(bytes, path);
  unify_line_ends(text);
  return text;
}

Page read_text_bytes(std::string_view bytes, const std::string& path) {
  return read_text(decode_text(bytes, path), path);
}

Page read_html_bytes(std::string_view bytes, const std::string& path) {
  std::string text = decode_checked(bytes, path);
  if (text.find_first_of("<&") != std::string::npos) return read_html(std::move(text), path);
  unify_line_ends(text);
  return read_text(std::move(text), path);
}

}  // namespace ketnghia::importers
