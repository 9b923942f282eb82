#include "importers/readers/reader.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

#include "engine/text/encoding.hpp"
#include "importers/readers/html.hpp"
#include "importers/readers/layout.hpp"
#include "importers/readers/txt.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20U;
constexpr std::size_t kSampleBytes = std::size_t{1} << 16U;
constexpr std::size_t kStrangeShare = 10;  // one strange character in so many is no text

std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return extension;
}

bool is_html_name(const std::filesystem::path& path) {
  const auto extension = extension_of(path);
  return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw Error("OpenSSL offers no SHA-256");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return text;
}

void check_bytes(const std::string& name, std::string_view bytes, Encoding encoding) {
  if (bytes.size() > kMaxDocumentBytes) {
    throw ImportError(name, "", "larger than " + std::to_string(kMaxDocumentBytes >> 20U) + " MiB");
  }
  const bool wide = encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be;
  const auto zero = bytes.find('\0');
  if (!wide && zero != std::string_view::npos) {
    throw ImportError(name, "byte " + std::to_string(zero), "not a text: it holds a zero byte");
  }
}

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

void apply(const Sidecar& sidecar, SourceDocument& document) {
  const auto put = [](const std::optional<std::string>& said, std::string& field) {
    if (said) field = *said;
  };
  put(sidecar.published, document.published);
  put(sidecar.source, document.source);
  put(sidecar.url, document.url);
  put(sidecar.title, document.title);
  put(sidecar.genre, document.genre);
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::string read_file(const std::filesystem::path& path) {
  const std::string shown = path.string();
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    throw ImportError(shown, "", "no such file");
  if (error) throw ImportError(shown, "", error.message());
  if (std::filesystem::is_directory(status))
    throw ImportError(shown, "", "a folder, not a document");
  if (!std::filesystem::is_regular_file(status)) throw ImportError(shown, "", "not a regular file");
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > kMaxDocumentBytes) {
    throw ImportError(shown, "",
                      "larger than " + std::to_string(kMaxDocumentBytes >> 20U) + " MiB");
  }
  const std::unique_ptr<std::FILE, Close> file{std::fopen(shown.c_str(), "rb")};
  if (!file) throw ImportError(shown, "", std::strerror(errno));
  std::string bytes;
  // One byte more than there should be ends most files at the first look. A file may grow while it
  // is read: one byte more than allowed tells.
  std::size_t wanted = error ? kReadBytes : static_cast<std::size_t>(size) + 1;
  while (bytes.size() <= kMaxDocumentBytes) {
    const auto before = bytes.size();
    bytes.resize(std::min(before + wanted, kMaxDocumentBytes + 1));
    wanted = kReadBytes;
    const auto got = std::fread(bytes.data() + before, 1, bytes.size() - before, file.get());
    bytes.resize(before + got);
    if (got == 0) break;
  }
  if (std::ferror(file.get()) != 0)
    throw ImportError(shown, "byte " + std::to_string(bytes.size()), "it cannot be read");
  return bytes;
}

SourceDocument read_bytes(const std::string& path, std::string name, std::string_view bytes,
                          const Sidecar& sidecar) {
  if (!is_readable(name))
    throw ImportError(path, "", "no format that can be read: " + extension_of(name));
  if (bytes.empty()) throw ImportError(path, "", "the file is empty");
  const auto encoding = detect_encoding(bytes);
  check_bytes(path, bytes, encoding);
  std::string text = decode(bytes, encoding);
  if (is_strange(text)) throw ImportError(path, "", "not a text");
  SourceDocument document;
  document.name = std::move(name);
  document.sha256 = sha256(bytes);
  const bool html = is_html_name(document.name) ? text.find_first_of("<&") != std::string::npos
                                                : looks_like_html(text);
  if (html) {
    lay_out(read_html(std::move(text), path), document);
  } else {
    unify_line_ends(text);
    lay_out(read_text(std::move(text), path), document);
  }
  if (document.blocks.empty()) throw ImportError(path, "", "no text in it");
  apply(sidecar, document);
  return document;
}

}  // namespace

bool is_readable(const std::filesystem::path& path) {
  return extension_of(path) == ".txt" || is_html_name(path);
}

SourceDocument read_document(const std::filesystem::path& path, const Sidecar& sidecar) {
  return read_bytes(path.string(), path.filename().string(), read_file(path), sidecar);
}

SourceDocument read_document(std::string name, std::string_view bytes, const Sidecar& sidecar) {
  const std::string path = name;
  return read_bytes(path, std::move(name), bytes, sidecar);
}

}  // namespace ketnghia::importers
