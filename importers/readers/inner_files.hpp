#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ketnghia::importers {

// Where a reader of archives and mail puts the files that it finds. Names are labels: below
// their archive, with '/' between folders, whatever they were; no file is ever written.
class InnerFiles {
 public:
  virtual ~InnerFiles() = default;

  // Read before it returns.
  virtual void file(const std::string& name, std::string_view bytes) = 0;
  // One file that cannot be unpacked; the rest goes on.
  virtual void failed(const std::string& name, const std::string& reason) = 0;
  // How many bytes may yet be unpacked. More of them is a failed().
  virtual std::size_t room() const = 0;
};

}  // namespace ketnghia::importers
