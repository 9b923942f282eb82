#include "query-lang/console/input.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>
#include <iterator>

#include "engine/error.hpp"

namespace ketnghia::console {

std::string read_all(std::istream& in) { return {std::istreambuf_iterator<char>(in), {}}; }

std::string read_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  // A folder opens and fails at its first byte.
  if (file) file.peek();
  if (file.bad() || (!file && !file.eof())) {
    throw Error("cannot read " + path + ": " + std::strerror(errno));
  }
  file.clear();
  return read_all(file);
}

bool read_line(std::istream& in, std::string& line) {
  if (!std::getline(in, line)) return false;
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace ketnghia::console
