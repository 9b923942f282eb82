#include "importers/readers/zip.hpp"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/import_error.hpp"
#include "importers/readers/reader.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::string_view kLocalHeader{"PK\3\4", 4};
constexpr std::string_view kDirectoryEntry{"PK\1\2", 4};
constexpr std::string_view kEnd{"PK\5\6", 4};
constexpr std::string_view kEnd64{"PK\6\6", 4};
constexpr std::string_view kLocator64{"PK\6\7", 4};
constexpr std::size_t kLocalBytes = 30, kEntryBytes = 46, kEndBytes = 22, kEnd64Bytes = 56,
                      kLocator64Bytes = 20;
constexpr std::size_t kMaxComment = 0xFFFF;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;  // the value stands in the 64-bit field
constexpr std::size_t kMaxNameBytes = 400;
constexpr std::uint16_t kStored = 0, kDeflated = 8, kAes = 99;
constexpr std::uint16_t kEncryptedFlag = 1, kUtf8Flag = 1U << 11U;
constexpr std::uint16_t kExtra64 = 1, kExtraUnicodePath = 0x7075;
// Text packs to a tenth, mark-up of tables to a fiftieth.
constexpr std::size_t kMaxRatio = 250;
constexpr std::size_t kFreeOfRatio = std::size_t{1} << 20U;

// Little-endian; the caller has checked that the bytes are there.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint16_t u16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number_at(bytes, at, 2));
}
std::uint32_t u32(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(number_at(bytes, at, 4));
}
std::uint64_t u64(std::string_view bytes, std::size_t at) { return number_at(bytes, at, 8); }

// The field `id` of an entry's extra fields.
std::optional<std::string_view> extra_field(std::string_view extra, std::uint16_t id) {
  while (extra.size() >= 4) {
    const std::size_t size = u16(extra, 2);
    if (extra.size() < 4 + size) break;
    if (u16(extra, 0) == id) return extra.substr(4, size);
    extra.remove_prefix(4 + size);
  }
  return std::nullopt;
}

// Older programs write names in the code page of their system.
std::string decoded_name(std::string_view raw, std::string_view extra, std::uint16_t flags) {
  if (const auto path = extra_field(extra, kExtraUnicodePath); path && path->size() > 5)
    raw = path->substr(5), flags |= kUtf8Flag;
  return decode(raw, (flags & kUtf8Flag) != 0 ? Encoding::Utf8 : detect_encoding(raw));
}

// What systems and programs leave in archives beside the documents.
bool is_litter(std::string_view name) {
  const auto slash = name.rfind('/');
  const auto file = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return name.starts_with("__MACOSX/") || file.starts_with("._") || file.starts_with("~$") ||
         file == "Thumbs.db" || file == "desktop.ini";
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

}  // namespace

std::string label_of(const std::string& name) {
  std::string label;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find_first_of("/\\", at), name.size());
    std::string part = name.substr(at, end - at);
    at = end + 1;
    part.erase(std::remove_if(part.begin(), part.end(),
                              [](char c) {
                                const auto byte = static_cast<unsigned char>(c);
                                return byte < 0x20 || byte == 0x7F;
                              }),
               part.end());
    const bool drive = label.empty() && part.size() == 2 && part[1] == ':';
    if (part.empty() || part == "." || part == ".." || drive) continue;
    if (!label.empty()) label += '/';
    label += part;
  }
  if (label.size() > kMaxNameBytes) {
    std::size_t cut = label.size() - kMaxNameBytes;  // its end, which holds the extension
    while (cut < label.size() && (static_cast<unsigned char>(label[cut]) & 0xC0U) == 0x80U) ++cut;
    label.erase(0, cut);
  }
  return label;
}

ZipArchive::ZipArchive(std::string_view bytes, std::string path)
    : bytes_(bytes), path_(std::move(path)) {
  const auto damaged = [&] {
    throw ImportError(path_, "",
                      "a zip archive that is cut off or damaged: its directory is missing");
  };
  if (bytes.size() < kEndBytes) damaged();
  const auto lowest =
      bytes.size() > kEndBytes + kMaxComment ? bytes.size() - kEndBytes - kMaxComment : 0;
  const auto end = bytes.rfind(kEnd, bytes.size() - kEndBytes);
  if (end == std::string_view::npos || end < lowest) damaged();
  std::uint64_t count = u16(bytes, end + 10), size = u32(bytes, end + 12),
                offset = u32(bytes, end + 16);
  std::size_t directory_end = end;
  const bool in64 = count == 0xFFFF || size == kIn64 || offset == kIn64;
  if (in64 && end >= kLocator64Bytes &&
      bytes.substr(end - kLocator64Bytes).starts_with(kLocator64)) {
    const std::uint64_t at = u64(bytes, end - kLocator64Bytes + 8);
    if (at > bytes.size() || bytes.size() - at < kEnd64Bytes ||
        !bytes.substr(at).starts_with(kEnd64))
      damaged();
    directory_end = at;
    count = u64(bytes, at + 32);
    size = u64(bytes, at + 40);
    offset = u64(bytes, at + 48);
  }
  if (size > directory_end || offset > directory_end - size) damaged();
  if (count > kMaxZipEntries) {
    throw ImportError(path_, "",
                      "more than " + std::to_string(kMaxZipEntries) + " entries: split it");
  }
  // A program may stand before the archive that unpacks it: all offsets are moved by its length.
  const std::size_t base = directory_end - size - offset;
  read_directory(directory_end - size, directory_end, count, base);
  check_overlaps();
}

void ZipArchive::read_directory(std::size_t at, std::size_t end, std::size_t count,
                                std::size_t base) {
  UniqueNames unique;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string place = "entry " + std::to_string(i + 1);
    if (end - at < kEntryBytes || !bytes_.substr(at).starts_with(kDirectoryEntry)) {
      throw ImportError(path_, place, "the archive's directory is damaged");
    }
    const std::size_t name_size = u16(bytes_, at + 28), extra_size = u16(bytes_, at + 30),
                      comment_size = u16(bytes_, at + 32);
    if (end - at - kEntryBytes < name_size + extra_size + comment_size) {
      throw ImportError(path_, place, "the archive's directory is damaged");
    }
    const auto raw = bytes_.substr(at + kEntryBytes, name_size);
    const auto extra = bytes_.substr(at + kEntryBytes + name_size, extra_size);
    const std::uint16_t flags = u16(bytes_, at + 8);
    Entry entry;
    entry.method = u16(bytes_, at + 10);
    entry.encrypted = (flags & kEncryptedFlag) != 0 || entry.method == kAes;
    entry.crc = u32(bytes_, at + 16);
    entry.packed = u32(bytes_, at + 20);
    entry.size = u32(bytes_, at + 24);
    std::uint64_t offset = u32(bytes_, at + 42);
    if (auto wide = extra_field(extra, kExtra64)) {
      for (std::uint64_t* value : {&entry.size, &entry.packed, &offset}) {
        if (*value != kIn64 || wide->size() < 8) continue;
        *value = u64(*wide, 0);
        wide->remove_prefix(8);
      }
    }
    const std::string name = decoded_name(raw, extra, flags);
    entry.folder = name.ends_with('/') || name.ends_with('\\');
    entry.name = label_of(name);
    if (entry.name.empty()) entry.name = place;
    entry.name = unique(entry.name);
    if (offset > bytes_.size() || base > bytes_.size() - offset) {
      throw ImportError(path_, entry.name, "lies outside of the archive");
    }
    entry.offset = base + offset;
    at += kEntryBytes + name_size + extra_size + comment_size;
    entries_.push_back(std::move(entry));
  }
}

void ZipArchive::check_overlaps() const {
  std::vector<const Entry*> sorted;
  for (const Entry& entry : entries_) {
    if (!entry.folder) sorted.push_back(&entry);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Entry* a, const Entry* b) { return a->offset < b->offset; });
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    const std::size_t room = sorted[i + 1]->offset - sorted[i]->offset;
    if (room < kLocalBytes || sorted[i]->packed > room - kLocalBytes) {
      throw ImportError(path_, sorted[i + 1]->name,
                        "shares its bytes with another entry: the archive is made to swell");
    }
  }
}

const ZipArchive::Entry* ZipArchive::find(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

// Where an entry's packed bytes begin.
std::size_t ZipArchive::data_of(const Entry& entry) const {
  const auto local = bytes_.substr(std::min(entry.offset, bytes_.size()));
  if (local.size() < kLocalBytes || !local.starts_with(kLocalHeader)) {
    throw ImportError(path_, entry.name, "damaged: no file begins where the archive says");
  }
  const std::size_t head = kLocalBytes + u16(local, 26) + u16(local, 28);
  if (local.size() < head || local.size() - head < entry.packed) {
    throw ImportError(path_, entry.name, "goes on past the end of the archive");
  }
  return entry.offset + head;
}

std::string ZipArchive::read(const Entry& entry, std::size_t limit) const {
  const auto fail = [&](const std::string& reason) {
    throw ImportError(path_, entry.name, reason);
  };
  if (entry.encrypted) fail("encrypted: unpack it with its password first");
  if (entry.method != kStored && entry.method != kDeflated) {
    fail("packed by method " + std::to_string(entry.method) +
         ", which is not known here: pack it again as ordinary zip");
  }
  const auto packed = bytes_.substr(data_of(entry), entry.packed);
  if (entry.size > limit) fail("larger than " + megabytes(limit) + " when unpacked");
  if (entry.size > kFreeOfRatio && entry.size / kMaxRatio > packed.size()) {
    fail("swells more than " + std::to_string(kMaxRatio) + " times when unpacked");
  }
  std::string out;
  if (entry.method == kStored) {
    out = packed;
  } else {
    out.resize(static_cast<std::size_t>(entry.size) + 1);  // one more tells of a lie
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) fail("no memory to unpack it");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    if (result != Z_STREAM_END && out.size() <= entry.size) fail("damaged: it cannot be unpacked");
  }
  if (out.size() != entry.size) fail("damaged: not as long as the archive says");
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size()));
  if (sum != entry.crc) fail("damaged: its checksum does not agree");
  return out;
}

bool is_zip(std::string_view bytes) {
  return bytes.starts_with(kLocalHeader) || bytes.starts_with(kEnd);
}

void unpack_zip(std::string_view bytes, const std::string& path, InnerFiles& files) {
  const ZipArchive archive(bytes, path);
  for (const auto& entry : archive.entries()) {
    if (entry.folder || is_litter(entry.name)) continue;
    if (files.room() == 0) {
      throw ImportError(path, entry.name,
                        "its files take more than " + megabytes(kMaxUnpackedBytes) +
                            " when unpacked: those from here on are left out");
    }
    try {
      const std::string unpacked = archive.read(entry, std::min(kMaxDocumentBytes, files.room()));
      files.file(entry.name, unpacked);
    } catch (const ImportError& error) {
      files.failed(entry.name, error.reason());
    }
  }
}

}  // namespace ketnghia::importers
