#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/text/span.hpp"

namespace ketnghia::query {

// A word of a question.
struct Token {
  enum class Kind {
    Word,
    Quoted,  // a name in quotes; `text` is without them, `span` with them
    Number,  // digits, also joined by / . or -: 2024, 16/5/2024, 2022-2025
    Comma,
    Dash
  };

  Kind kind;
  Span span;         // bytes of the question as it was typed
  std::string text;  // NFC, as typed
  std::string key;   // match_key(text)
};

// The words of `question` without punctuation at their ends and without "'s". Throws
// QueryError where a quote is not closed.
std::vector<Token> tokenise(std::string_view question);

// The text that tokens [first, last) cover, as typed, in NFC with ASCII quotes and dashes.
// Quotes of a single Quoted token are left out. Needs first < last.
std::string text_of(std::string_view question, const Token* first, const Token* last);

}  // namespace ketnghia::query
