#include "query-lang/query_error.hpp"

#include <algorithm>

#include "engine/text/utf8.hpp"

namespace ketnghia::query {
namespace {

// As much of a line as a terminal shows, so that a fault in a line of a megabyte is seen.
constexpr std::size_t kShown = 100;

struct Shown {
  std::string line;
  std::size_t caret;  // columns before it
  std::size_t width;  // columns it underlines
};

Shown shown(const Diagnostic& diagnostic, std::string_view statement) {
  const std::size_t at = std::min<std::size_t>(diagnostic.span.begin, statement.size());
  const std::size_t before = statement.substr(0, at).rfind('\n');
  std::size_t begin = before == statement.npos ? 0 : before + 1;
  const std::size_t line_end = std::min(statement.find('\n', at), statement.size());
  std::size_t end = line_end;
  const auto to_character = [&](std::size_t& offset) {
    while (offset < statement.size() &&
           (static_cast<unsigned char>(statement[offset]) & 0xC0) == 0x80) {
      ++offset;
    }
  };
  bool cut_front = false;
  if (at - begin > kShown / 2 && end - begin > kShown) {
    begin = at - kShown / 2;
    to_character(begin);
    cut_front = true;
  }
  const bool cut_back = end - begin > kShown;
  if (cut_back) {
    end = begin + kShown;
    to_character(end);
  }
  const std::size_t marked_end =
      std::clamp<std::size_t>(diagnostic.span.end, at, std::max(at, end));
  Shown result;
  result.line = (cut_front ? "…" : "") + std::string(statement.substr(begin, end - begin)) +
                (cut_back ? "…" : "");
  std::replace(result.line.begin(), result.line.end(), '\t', ' ');
  std::replace(result.line.begin(), result.line.end(), '\r', ' ');
  result.caret = display_width(statement.substr(begin, at - begin)) + (cut_front ? 1 : 0) +
                 static_cast<std::size_t>(
                     std::count(statement.begin() + static_cast<std::ptrdiff_t>(begin),
                                statement.begin() + static_cast<std::ptrdiff_t>(at), '\t'));
  result.width = std::max<std::size_t>(1, display_width(statement.substr(at, marked_end - at)));
  return result;
}

}  // namespace

std::string render(const Diagnostic& diagnostic, std::string_view statement) {
  const Position place = position(statement, diagnostic.span.begin);
  const Shown part = shown(diagnostic, statement);
  std::string text = std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
                     diagnostic.message + "\n  " + part.line + "\n  " +
                     std::string(part.caret, ' ') + std::string(part.width, '^') + "\n";
  if (!diagnostic.expected.empty()) text += "expected: " + diagnostic.expected + "\n";
  if (!diagnostic.nearest.empty()) {
    text += "did you mean ";
    for (std::size_t i = 0; i < diagnostic.nearest.size(); ++i) {
      if (i != 0) text += i + 1 == diagnostic.nearest.size() ? " or " : ", ";
      text += '"' + diagnostic.nearest[i] + '"';
    }
    text += "?\n";
  }
  return text;
}

}  // namespace ketnghia::query
