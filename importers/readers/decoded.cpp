#include "importers/readers/decoded.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "engine/text/encoding.hpp"
#include "engine/text/utf8.hpp"
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
    if (control || (c == 0xEF && text.compare(i, 3, "\xEF\xBF\xBD") == 0)) ++strange;
  }
  return strange * kStrangeShare > characters;
}

constexpr std::size_t kHeadBytes = 4096;  // in which a page declares its characters
// A page is read as it declares itself unless another reading is more Vietnamese by so much.
constexpr double kLie = 0.05;

constexpr std::array kPageEncodings{Encoding::Utf8,  Encoding::Windows1258, Encoding::Windows1252,
                                    Encoding::Tcvn3, Encoding::VniWindows,  Encoding::Viscii};

// What the page's head says after "charset=" or "encoding=".
std::optional<Encoding> declared_encoding(std::string_view bytes) {
  std::string head{bytes.substr(0, kHeadBytes)};
  for (char& c : head) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  for (const std::string_view word : {"charset", "encoding"}) {
    auto at = head.find(word);
    if (at == std::string::npos) continue;
    at = head.find_first_not_of(" =\"'", at + word.size());
    if (at == std::string::npos) continue;
    const auto name = head.substr(at, head.find_first_of(" \"'>;?/", at) - at);
    if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii")
      return Encoding::Windows1252;
    if (name == "x-viet-tcvn5712" || name == "tcvn" || name == "tcvn-5712") return Encoding::Tcvn3;
    if (name == "x-viet-vni" || name == "vni") return Encoding::VniWindows;
    const auto encoding = encoding_named(name);
    if (encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be) return Encoding::Utf8;
    if (encoding) return encoding;
  }
  return std::nullopt;
}

// Text with numeric entities in place: in pages of one-byte letters a syllable is half and half.
std::string with_numbers_read(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto mark = text.find("&#", at);
    result += text.substr(at, mark - at);
    if (mark == std::string_view::npos) break;
    std::size_t end = mark + 2;
    char32_t value = 0;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9' && value < 0x10000) {
      value = value * 10 + static_cast<char32_t>(text[end++] - '0');
    }
    if (end < text.size() && text[end] == ';') ++end;
    if (value >= 0x80 && value < 0x10000 && !(value >= 0xD800 && value < 0xE000)) {
      append_utf8(result, value);
    } else {
      result += text.substr(mark, end - mark);
    }
    at = end;
  }
  return result;
}

// The encoding of a page: as detect_encoding(), but that what the page declares is believed
// where no other reading is clearly more Vietnamese.
Encoding page_encoding(std::string_view bytes) {
  const auto detected = detect_encoding(bytes);
  if (detected == Encoding::Utf16Le || detected == Encoding::Utf16Be) return detected;
  const std::string sample = encoding_sample(bytes);
  if (is_valid_utf8(sample)) return Encoding::Utf8;
  const auto share = [&](Encoding encoding) {
    return vietnamese_share(with_numbers_read(decode(sample, encoding)));
  };
  Encoding best = detected;
  double best_share = share(detected);
  for (const auto encoding : kPageEncodings) {
    if (const double other = share(encoding); other > best_share) {
      best_share = other;
      best = encoding;
    }
  }
  const auto declared = declared_encoding(bytes);
  return declared && share(*declared) + kLie >= best_share ? *declared : best;
}

std::string decode_checked(std::string_view bytes, Encoding encoding, const std::string& path) {
  const bool wide = encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be;
  const auto zero = bytes.find('\0');
  if (!wide && zero != std::string_view::npos) {
    throw ImportError(path, "byte " + std::to_string(zero), "not a text: it holds a zero byte");
  }
  std::string text = decode(bytes, encoding);
  if (encoding == Encoding::Utf8 || wide) text = with_font_letters(std::move(text));
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
  std::string text = decode_checked(bytes, detect_encoding(bytes), path);
  unify_line_ends(text);
  return text;
}

Page read_text_bytes(std::string_view bytes, const std::string& path) {
  return read_text(decode_text(bytes, path), path);
}

Page read_html_bytes(std::string_view bytes, const std::string& path) {
  std::string text = decode_checked(bytes, page_encoding(bytes), path);
  if (text.find_first_of("<&") != std::string::npos) return read_html(std::move(text), path);
  unify_line_ends(text);
  return read_text(std::move(text), path);
}

}  // namespace ketnghia::importers
