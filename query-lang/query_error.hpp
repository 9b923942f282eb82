#pragma once

#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/text/span.hpp"

namespace ketnghia::query {

// What is wrong with a statement, and where.
struct Diagnostic {
  Span span;                         // bytes of the statement; the caret stands at its begin
  std::string kind = "SyntaxError";  // openCypher's error type: SyntaxError, TypeError,
                                     // ArgumentError, SemanticError, EntityNotFound, …
  std::string code;                  // openCypher's detail: UndefinedVariable, …
  std::string message;               // a sentence, without the place
  std::string expected;              // in words, empty where nothing can be said
  std::vector<std::string> nearest;  // the nearest keywords or names, best first
};

// A faulty statement, or one past its bound on time or memory.
class QueryError : public Error {
 public:
  explicit QueryError(Diagnostic diagnostic)
      : Error(diagnostic.message), diagnostic_(std::move(diagnostic)) {}

  const Diagnostic& diagnostic() const { return diagnostic_; }

 private:
  Diagnostic diagnostic_;
};

// The message as a terminal shows it: line and column (from 1, in characters), the line of the
// statement, a caret under it, what was expected, the nearest names.
std::string render(const Diagnostic& diagnostic, std::string_view statement);

}  // namespace ketnghia::query
