#include "query-lang/question/token.hpp"

#include <algorithm>

#include "engine/text/normalise.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::query {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What stands between words and is no part of them.
bool is_punctuation(char c) {
  return std::string_view("\"?!;:,()[]").find(c) != std::string_view::npos;
}

Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool is_number(std::string_view word) {
  bool digit_before = false;
  for (const char c : word) {
    if (!is_digit(c) && !(digit_before && (c == '/' || c == '.' || c == '-'))) return false;
    digit_before = is_digit(c);
  }
  return digit_before;
}

// Ends of a word that belong to the sentence: "2024.", "Hà Nội's", "'Hà Nội'".
std::string_view without_ends(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == '\'')) word.remove_suffix(1);
  if (word.ends_with("'s")) word.remove_suffix(2);
  return word;
}

}  // namespace

std::vector<Token> tokenise(std::string_view question) {
  const auto normalised = normalise(question);
  const std::string_view text = normalised.text;
  std::vector<Token> tokens;
  const auto add = [&](Token::Kind kind, std::size_t begin, std::size_t end,
                       std::string_view word) {
    tokens.push_back(
        {kind, normalised.to_stored(span_of(begin, end)), std::string(word), match_key(word)});
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      const auto end = text.find('"', at + 1);
      if (end == std::string_view::npos) {
        const auto open = normalised.to_stored(span_of(at, at + 1));
        throw QueryError({.span = open,
                          .code = "UnclosedQuote",
                          .message = "The quote that opens here is not closed",
                          .expected = "a closing quote",
                          .nearest = {}});
      }
      add(Token::Kind::Quoted, at, end + 1, text.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (text[at] == ',') {
      add(Token::Kind::Comma, at, at + 1, text.substr(at, 1));
      ++at;
    } else if (is_space(text[at]) || is_punctuation(text[at])) {
      ++at;
    } else {
      std::size_t end = at;
      while (end < text.size() && !is_space(text[end]) && !is_punctuation(text[end])) ++end;
      std::size_t begin = at;
      while (begin < end && text[begin] == '\'') ++begin;
      const auto word = without_ends(text.substr(begin, end - begin));
      at = end;
      if (word.empty()) continue;
      const bool dash = word.find_first_not_of('-') == std::string_view::npos;
      add(dash              ? Token::Kind::Dash
          : is_number(word) ? Token::Kind::Number
                            : Token::Kind::Word,
          begin, begin + word.size(), word);
    }
  }
  return tokens;
}

std::string text_of(std::string_view question, const Token* first, const Token* last) {
  if (last - first == 1) return first->text;
  const Span span{first->span.begin, (last - 1)->span.end};
  auto text = normalised_text(span.of(question));
  text.erase(std::remove(text.begin(), text.end(), '"'), text.end());
  return text;
}

}  // namespace ketnghia::query
