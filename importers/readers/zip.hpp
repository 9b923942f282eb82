#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "importers/readers/inner_files.hpp"

namespace ketnghia::importers {

inline constexpr std::size_t kMaxZipEntries = 50'000;

// The entries of a zip archive held in memory, by its central directory.
//
// Invariants: no two entries share bytes of the archive; names are labels, unique in it, UTF-8
// (from whatever code page) without drives, "..", leading slashes and controls.
// Lifetime: borrows the bytes.
// Errors: ImportError naming the archive and, where it is one entry's fault, the entry.
class ZipArchive {
 public:
  struct Entry {
    std::string name;
    bool folder = false;
    std::uint64_t size = 0;  // as the archive says; read() holds it to its word
    std::uint64_t packed = 0;
    std::size_t offset = 0;  // of its local header
    std::uint32_t crc = 0;
    std::uint16_t method = 0;
    bool encrypted = false;
  };

  ZipArchive(std::string_view bytes, std::string path);

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view name) const;
  // At most `limit` bytes. Throws where the entry is larger, packed a great deal tighter than
  // documents are, encrypted, packed by an unknown method or not what its sum says.
  std::string read(const Entry& entry, std::size_t limit) const;

 private:
  void read_directory(std::size_t at, std::size_t end, std::size_t count, std::size_t base);
  std::size_t data_of(const Entry& entry) const;
  void check_overlaps() const;

  std::string_view bytes_;
  std::string path_;
  std::vector<Entry> entries_;
};

// The name of a file in another as a label: '/' between folders, no drive, "..", leading slash or
// control character; of a very long one its end.
std::string label_of(const std::string& name);

// Whether the bytes begin as a zip archive does.
bool is_zip(std::string_view bytes);

void unpack_zip(std::string_view bytes, const std::string& path, InnerFiles& files);

}  // namespace ketnghia::importers
