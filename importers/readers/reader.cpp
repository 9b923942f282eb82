#include "importers/readers/reader.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/readers/decoded.hpp"
#include "importers/readers/doc.hpp"
#include "importers/readers/docx.hpp"
#include "importers/readers/html.hpp"
#include "importers/readers/inner_files.hpp"
#include "importers/readers/layout.hpp"
#include "importers/readers/mail.hpp"
#include "importers/readers/markdown.hpp"
#include "importers/readers/odt.hpp"
#include "importers/readers/pdf.hpp"
#include "importers/readers/rtf.hpp"
#include "importers/readers/zip.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20U;
constexpr std::size_t kHeadBytes = 1024;  // in which a page tells that it is one

// A format of documents. This table is all that knows them: a new one is a row.
//
// Content wins over the extension: the first row whose `matches` tells the bytes reads the file,
// else the row of its extension.
struct Format {
  std::string_view extensions;  // small letters, each with a space after it
  // Whether the bytes of a file of whatever name are of this format; null where they cannot tell.
  bool (*matches)(std::string_view bytes);
  // What the file itself says; null where it only holds other files. `path` is for errors.
  Page (*read)(std::string_view bytes, const std::string& path);
  // Gives out the files in it, if it can hold any; else null.
  void (*unpack)(std::string_view bytes, const std::string& path, InnerFiles& files);
};

bool is_html(std::string_view bytes) {
  bytes = bytes.substr(0, kHeadBytes);
  return looks_like_html(bytes) || looks_like_html(decode(bytes, detect_encoding(bytes)));
}

constexpr std::array kFormats{
    Format{".docx .docm .dotx ", is_ooxml, read_docx, nullptr},
    Format{"", is_encrypted_ooxml, read_encrypted, nullptr},
    Format{".odt .ott .fodt ", is_odf, read_odt, nullptr},
    Format{".rtf ", is_rtf, read_rtf, nullptr},
    Format{".mhtml .mht ", is_mhtml, read_mhtml, nullptr},
    Format{".eml ", is_mail, read_mail, unpack_mail},
    Format{".zip ", is_zip, nullptr, unpack_zip},
    Format{".pdf ", is_pdf, read_pdf, nullptr},
    Format{".doc .dot ", is_doc, read_doc, nullptr},
    Format{".html .htm .xhtml ", is_html, read_html_bytes, nullptr},
    Format{".md .markdown ", nullptr, read_markdown, nullptr},
    Format{".txt ", nullptr, read_text_bytes, nullptr},
};

std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return extension;
}

const Format* format_of_extension(const std::filesystem::path& path) {
  const std::string extension = extension_of(path);
  if (extension.empty()) return nullptr;
  for (const Format& format : kFormats) {
    if (format.extensions.find(extension + ' ') != std::string_view::npos) return &format;
  }
  return nullptr;
}

const Format* format_of(const std::string& name, std::string_view bytes) {
  for (const Format& format : kFormats) {
    if (format.matches && format.matches(bytes)) return &format;
  }
  return format_of_extension(name);
}

std::string too_large() {
  return "larger than " + std::to_string(kMaxDocumentBytes >> 20U) + " MiB";
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
  if (!error && size > kMaxDocumentBytes) throw ImportError(shown, "", too_large());
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

// Reads a file and the files in it, each a document of its own.
class Unpacker : public InnerFiles {
 public:
  Unpacker(const Sidecar& sidecar, const TakeDocument& take) : sidecar_(sidecar), take_(take) {}

  void read(const std::string& path, const std::string& name, std::string_view bytes) {
    try {
      check_size(path, bytes);
      const Format* format = format_of(name, bytes);
      if (!format && depth_ > 0) return give({name, path, std::nullopt, std::nullopt});
      if (!format) {
        throw ImportError(path, "", "no format that can be read: " + extension_of(name));
      }
      const std::size_t before = given_;
      if (format->unpack) unpack(*format, path, name, bytes);
      if (format->read) {
        SourceDocument document = lay_out_page(format->read(bytes, path), name, bytes);
        if (!document.blocks.empty()) return give({name, path, std::move(document), std::nullopt});
      }
      if (given_ == before) {
        throw ImportError(path, "", format->read ? "no text in it" : "no document in it");
      }
    } catch (const ImportError& error) {
      give({name, path, std::nullopt, error});
    }
  }

  void file(const std::string& name, std::string_view bytes) override {
    room_ -= std::min(room_, bytes.size());
    if (depth_ > kMaxInnerDepth) {
      return failed(name, "nested deeper than " + std::to_string(kMaxInnerDepth) +
                              " archives: unpack it first");
    }
    const auto within = [&](const std::string& outer) { return outer + '/' + name; };
    read(within(path_), within(name_), bytes);
  }
  void failed(const std::string& name, const std::string& reason) override {
    const std::string path = path_ + '/' + name;
    give({name_ + '/' + name, path, std::nullopt, ImportError(path, "", reason)});
  }
  std::size_t room() const override { return room_; }

 private:
  static void check_size(const std::string& path, std::string_view bytes) {
    if (bytes.empty()) throw ImportError(path, "", "the file is empty");
    if (bytes.size() > kMaxDocumentBytes) throw ImportError(path, "", too_large());
  }

  void unpack(const Format& format, const std::string& path, const std::string& name,
              std::string_view bytes) {
    // The names of the file that this one lies in, back again however unpacking ends.
    struct Restore {
      Unpacker& unpacker;
      std::string path, name;
      ~Restore() {
        --unpacker.depth_;
        unpacker.path_.swap(path);
        unpacker.name_.swap(name);
      }
    };
    const Restore restore{*this, std::exchange(path_, path), std::exchange(name_, name)};
    ++depth_;
    format.unpack(bytes, path, *this);
  }

  SourceDocument lay_out_page(Page page, const std::string& name, std::string_view bytes) const {
    SourceDocument document;
    document.name = name;
    document.sha256 = sha256(bytes);
    lay_out(std::move(page), document);
    Sidecar sidecar = sidecar_;
    if (depth_ > 0) sidecar.title.reset();  // that is the title of the file it lies in
    apply(sidecar, document);
    return document;
  }

  void give(ReadResult result) {
    if (result.document || result.error) ++given_;
    take_(std::move(result));
  }

  const Sidecar& sidecar_;
  const TakeDocument& take_;
  std::string path_, name_;  // of the file being unpacked
  std::size_t depth_ = 0;    // how many files the one being read lies in
  std::size_t given_ = 0;
  std::size_t room_ = kMaxUnpackedBytes;
};

// The one document of a file.
SourceDocument read_own(const std::string& path, std::string name, std::string_view bytes,
                        const Sidecar& sidecar) {
  std::optional<SourceDocument> own;
  std::optional<ImportError> failure;
  std::size_t others = 0;
  const TakeDocument take = [&](ReadResult result) {
    if (result.name != name) {
      ++others;
    } else if (result.error) {
      failure = std::move(result.error);
    } else {
      own = std::move(result.document);
    }
  };
  Unpacker(sidecar, take).read(path, name, bytes);
  if (own) return std::move(*own);
  if (failure) throw *failure;
  throw ImportError(path, "", "not one document: it holds " + std::to_string(others));
}

}  // namespace

bool is_readable(const std::filesystem::path& path) { return format_of_extension(path); }

void read_documents(const std::filesystem::path& path, const std::string& name,
                    const Sidecar& sidecar, const TakeDocument& take) {
  std::string bytes;
  try {
    bytes = read_file(path);
  } catch (const ImportError& error) {
    take({name, path.string(), std::nullopt, error});
    return;
  }
  Unpacker(sidecar, take).read(path.string(), name, bytes);
}

void read_documents_in(std::string_view bytes, const std::string& name, const Sidecar& sidecar,
                       const TakeDocument& take) {
  Unpacker(sidecar, take).read(name, name, bytes);
}

SourceDocument read_document(const std::filesystem::path& path, const Sidecar& sidecar) {
  return read_own(path.string(), path.filename().string(), read_file(path), sidecar);
}

SourceDocument read_document(std::string name, std::string_view bytes, const Sidecar& sidecar) {
  const std::string path = name;
  return read_own(path, std::move(name), bytes, sidecar);
}

}  // namespace ketnghia::importers
