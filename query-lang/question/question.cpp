#include "query-lang/question/question.hpp"

#include <algorithm>
#include <array>

namespace ketnghia::query {
namespace {

// Skips white space and comments (//, /* */).
std::size_t statement_begin(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
      ++at;
    } else if (text.substr(at).starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at).starts_with("/*")) {
      const auto end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

// A pattern whose first word is mistyped: no question has both RETURN and a bracket.
bool returns_pattern(std::string_view statement) {
  if (statement.find('(') == std::string_view::npos) return false;
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  constexpr std::string_view kReturn = "RETURN";
  for (auto at = statement.find(kReturn); at != statement.npos;
       at = statement.find(kReturn, at + 1)) {
    const auto end = at + kReturn.size();
    if ((at == 0 || !is_letter(statement[at - 1])) &&
        (end == statement.size() || !is_letter(statement[end]))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_question(std::string_view statement) {
  const auto begin = statement_begin(statement);
  std::string word;
  for (std::size_t at = begin; at < statement.size(); ++at) {
    const char c = statement[at];
    if (c >= 'a' && c <= 'z')
      word += static_cast<char>(c - 'a' + 'A');
    else if (c >= 'A' && c <= 'Z')
      word += c;
    else
      break;
  }
  // The writing clauses too: the pattern language says of them that graphs come in by import.
  constexpr std::array<std::string_view, 13> kClauses{
      "MATCH", "OPTIONAL", "UNWIND", "RETURN", "WITH",    "CALL",  "CREATE",
      "MERGE", "DELETE",   "DETACH", "SET",    "FOREACH", "REMOVE"};
  return std::find(kClauses.begin(), kClauses.end(), word) == kClauses.end() &&
         !returns_pattern(statement);
}

}  // namespace ketnghia::query
