#include "query-lang/console/statements.hpp"

#include <algorithm>
#include <utility>

#include "query-lang/question/question.hpp"

namespace ketnghia::console {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

// The first ';' of a question: an apostrophe there is a letter ("Hanoi's partners"), so only
// double quotes hold a name together.
std::size_t end_of_question(std::string_view text) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') return at;
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == ';' && !quoted) return at;
  }
  return text.npos;
}

std::size_t end_of_pattern(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ';') return at;
    if (c == '\'' || c == '"' || c == '`') {
      for (++at; at < text.size() && text[at] != c; ++at) {
        if (text[at] == '\\' && c != '`') ++at;
      }
    } else if (text.substr(at, 2) == "//") {
      at = text.find('\n', at);
    } else if (text.substr(at, 2) == "/*") {
      at = text.find("*/", at + 2);
      if (at != text.npos) ++at;
    }
    if (at >= text.size()) break;
  }
  return text.npos;
}

}  // namespace

void Statements::add(std::string_view line) {
  if (pending_.empty() && line.find_first_not_of(kBlank) == line.npos) return;
  pending_ += line;
  pending_ += '\n';
}

std::optional<std::string> Statements::next() {
  while (!pending_.empty()) {
    const bool question = query::is_question(pending_);
    std::size_t end = question ? end_of_question(pending_) : end_of_pattern(pending_);
    if (!question && lines_end_) end = std::min(end, pending_.find('\n'));
    if (end == pending_.npos) return std::nullopt;
    std::string statement = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    if (pending_.find_first_not_of(kBlank) == pending_.npos) pending_.clear();
    if (statement.find_first_not_of(kBlank) != statement.npos) return statement;
  }
  return std::nullopt;
}

std::string Statements::take_pending() { return std::exchange(pending_, {}); }

bool has_terminator(std::string_view text) { return end_of_pattern(text) != text.npos; }

}  // namespace ketnghia::console
