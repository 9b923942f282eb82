#include "query-lang/executor/errors.hpp"

#include <utility>

#include "query-lang/query_error.hpp"

namespace ketnghia::query {

void runtime_error(Span span, std::string_view kind, std::string_view code, std::string message) {
  Diagnostic diagnostic;
  diagnostic.span = span;
  diagnostic.kind = kind;
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  throw QueryError(std::move(diagnostic));
}

}  // namespace ketnghia::query
