#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

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

// Tells files of one name in one file apart: "a.txt", "2 a.txt", "3 a.txt".
class UniqueNames {
 public:
  std::string operator()(const std::string& name) {
    for (std::size_t& count = seen_[name];;) {
      ++count;
      std::string unique = count == 1 ? name : std::to_string(count) + ' ' + name;
      if (taken_.insert(unique).second) return unique;
    }
  }

 private:
  std::unordered_map<std::string, std::size_t> seen_;
  std::unordered_set<std::string> taken_;
};

}  // namespace ketnghia::importers
