#include "importers/readers/doc.hpp"

#include "importers/readers/decoded.hpp"
#include "importers/readers/process.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// antiword fills the cells of a row with spaces to columns.
std::string without_padding(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool row = text[at] == '|' && (at == 0 || text[at - 1] == '\n');
    if (!row) {
      result += text[at];
      continue;
    }
    for (; at < text.size() && text[at] != '\n'; ++at) {
      if (text[at] == ' ' && !result.empty() && result.back() == ' ') continue;
      result += text[at];
    }
    if (at < text.size()) result += '\n';
  }
  return result;
}

}  // namespace

bool is_doc(std::string_view bytes) { return bytes.starts_with(kCompoundFile); }

Page read_doc(std::string_view bytes, const std::string& path) {
  // A paragraph a line, a row's cells between bars.
  const Program program{"antiword", "antiword", {"-m", "UTF-8.txt", "-w", "0", "-"}};
  return read_text_bytes(without_padding(run_program(program, bytes, path)), path);
}

}  // namespace ketnghia::importers
