// The grammar under arbitrary bytes: a statement is parsed or refused with a diagnostic whose span
// lies in it; nothing else may be thrown and no stack may overflow.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "query-lang/parser/parse.hpp"
#include "query-lang/query_error.hpp"
#include "query-lang/question/question.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view statement(reinterpret_cast<const char*>(data), size);
  try {
    if (ketnghia::query::is_question(statement)) return 0;
    ketnghia::query::parse(statement);
  } catch (const ketnghia::query::QueryError& error) {
    const auto span = error.diagnostic().span;
    if (span.begin > size || span.end > size + 1) std::abort();
    if (ketnghia::query::render(error.diagnostic(), statement).empty()) std::abort();
  }
  return 0;
}
