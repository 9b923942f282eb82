#pragma once

#include <iosfwd>
#include <string>

namespace ketnghia::console {

// All of a stream; of a file. Throws Error where it cannot be read.
std::string read_all(std::istream& in);
std::string read_file(const std::string& path);

// The next line without its break (LF or CRLF); false at the end. A last line without a break
// counts.
bool read_line(std::istream& in, std::string& line);

}  // namespace ketnghia::console
