#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::importers {

// An archive in memory, byte by byte, so that any field of it can be a lie.
struct ZipPart {
  std::string name, bytes;
  bool deflated = true;
  std::uint16_t flags = 1U << 11U;  // names in UTF-8
  std::uint16_t method = 0;         // in place of what it is, where not 0
  std::uint32_t crc = 0;            // the same
  std::uint32_t size = 0;           // the same
  std::int64_t offset = -1;         // of its local header, where not below 0
};

inline std::string deflated(std::string_view bytes) {
  std::string out(compressBound(static_cast<uLong>(bytes.size())) + 64, '\0');
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string zip_of(const std::vector<ZipPart>& parts) {
  std::string out, directory;
  const auto put = [](std::string& to, std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) to += static_cast<char>(value >> (8 * i) & 0xFFU);
  };
  for (const ZipPart& part : parts) {
    const std::string packed = part.deflated ? deflated(part.bytes) : part.bytes;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(part.bytes.data()),
                           static_cast<uInt>(part.bytes.size()));
    std::string fields;
    put(fields, part.flags, 2);
    put(fields, part.method != 0 ? part.method : part.deflated ? 8 : 0, 2);
    put(fields, 0, 4);
    put(fields, part.crc != 0 ? part.crc : sum, 4);
    put(fields, packed.size(), 4);
    put(fields, part.size != 0 ? part.size : part.bytes.size(), 4);
    put(fields, part.name.size(), 2);
    put(fields, 0, 2);
    const std::size_t offset = out.size();
    out += std::string("PK\3\4\x14\0", 6) + fields + part.name + packed;
    directory += std::string("PK\1\2\x14\0\x14\0", 8) + fields;
    directory += std::string(10, '\0');  // comment, disk, attributes
    put(directory, part.offset < 0 ? offset : static_cast<std::uint64_t>(part.offset), 4);
    directory += part.name;
  }
  const std::size_t begin = out.size();
  out += directory + std::string("PK\5\6\0\0\0\0", 8);
  put(out, parts.size(), 2);
  put(out, parts.size(), 2);
  put(out, directory.size(), 4);
  put(out, begin, 4);
  put(out, 0, 2);
  return out;
}

// A document of Word with this body, and no more than a reader needs.
inline std::string docx_of(const std::string& body, std::vector<ZipPart> more = {}) {
  const std::string head =
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";
  more.insert(more.begin(), {{"[Content_Types].xml", "<Types/>"},
                             {"word/document.xml", head + body + "</w:document>", false}});
  return zip_of(more);
}

inline std::string odt_of(const std::string& content) {
  return zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.text", false}, {"content.xml", content}});
}

}  // namespace ketnghia::importers
