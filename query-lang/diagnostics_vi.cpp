#include "query-lang/diagnostics_vi.hpp"

#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include "question_tables.hpp"

namespace ketnghia::query {
namespace {

// A row of the table: {0}, {1} … stand for what differs from message to message.
struct Row {
  std::string_view english;
  std::string_view vietnamese;
};

const std::vector<Row>& rows() {
  static const auto kRows = [] {
    std::vector<Row> read;
    for (std::string_view rest = embedded::diagnostics_vi_tsv(); !rest.empty();) {
      const auto end = rest.find('\n');
      const auto line = rest.substr(0, end);
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
      const auto tab = line.find('\t');
      if (tab != line.npos) read.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }
    return read;
  }();
  return kRows;
}

// Where a {n} begins in `text`; npos where there is none.
std::size_t place_in(std::string_view text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (text[at] == '{' && std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0 &&
        text[at + 2] == '}') {
      return at;
    }
  }
  return text.npos;
}

// What stands in the places of `pattern`, where `text` is of its form.
std::optional<std::vector<std::string>> fillings(std::string_view pattern, std::string_view text) {
  std::vector<std::string> found;
  auto place = place_in(pattern);
  if (!text.starts_with(pattern.substr(0, place))) return {};
  if (place == pattern.npos) {
    if (text.size() != pattern.size()) return {};
    return found;
  }
  text.remove_prefix(place);
  while (place != pattern.npos) {
    pattern.remove_prefix(place + 3);
    place = place_in(pattern);
    const auto literal = pattern.substr(0, place);
    const auto end = place != pattern.npos     ? text.find(literal)
                     : text.ends_with(literal) ? text.size() - literal.size()
                                               : text.npos;
    if (end == text.npos) return {};
    found.emplace_back(text.substr(0, end));
    text.remove_prefix(end + (place != pattern.npos ? literal.size() : 0));
  }
  return found;
}

std::string translated(std::string_view text);

std::string filled(std::string_view pattern, const std::vector<std::string>& with) {
  std::string text;
  for (auto place = place_in(pattern); place != pattern.npos; place = place_in(pattern)) {
    text += pattern.substr(0, place);
    const auto number = static_cast<std::size_t>(pattern[place + 1] - '0');
    if (number < with.size()) text += translated(with[number]);
    pattern.remove_prefix(place + 3);
  }
  return text.append(pattern);
}

std::string translated(std::string_view text) {
  // A whole row before one with places, which many texts have the form of.
  for (const Row& row : rows()) {
    if (row.english == text) return std::string(row.vietnamese);
  }
  if (text.find(' ') == text.npos) return std::string(text);
  for (const Row& row : rows()) {
    if (place_in(row.english) == row.english.npos) continue;
    if (const auto found = fillings(row.english, text)) return filled(row.vietnamese, *found);
  }
  return std::string(text);
}

// "a, b or c", whose parts are rows of their own; “,” in quotes parts nothing.
std::string translated_list(std::string_view text) {
  if (std::string whole = translated(text); whole != text) return whole;
  std::string result;
  while (!text.empty()) {
    const auto comma = text.find(", ");
    const auto word = text.find(" or ");
    const auto end = std::min(comma, word);
    result += translated(text.substr(0, end));
    if (end == text.npos) break;
    result += end == comma ? ", " : " hoặc ";
    text.remove_prefix(end + (end == comma ? 2 : 4));
  }
  return result;
}

}  // namespace

Diagnostic in_vietnamese(Diagnostic diagnostic) {
  diagnostic.message = translated(diagnostic.message);
  diagnostic.expected = translated_list(diagnostic.expected);
  return diagnostic;
}

std::string render_vietnamese(const Diagnostic& diagnostic, std::string_view statement) {
  Diagnostic said = in_vietnamese(diagnostic);
  const auto expected = std::exchange(said.expected, {});
  const auto nearest = std::exchange(said.nearest, {});
  std::string text = render(said, statement);
  if (!expected.empty()) text += "cần có: " + expected + "\n";
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    text += (i == 0                    ? "có phải \""
             : i + 1 == nearest.size() ? "\" hoặc \""
                                       : "\", \"") +
            nearest[i];
  }
  return nearest.empty() ? text : text + "\"?\n";
}

}  // namespace ketnghia::query
