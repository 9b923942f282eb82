#include "query-lang/executor/regex.hpp"

#include <unicode/regex.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "query-lang/executor/errors.hpp"

namespace ketnghia::query {
namespace {

// ICU counts steps of its own; about a second on today's machines.
constexpr std::int32_t kTimeLimit = 1000;
constexpr std::size_t kCached = 64;

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// A pattern is compiled once a statement, not once a row.
const icu::RegexPattern& compiled(std::string_view pattern, Span span) {
  thread_local std::unordered_map<std::string, std::unique_ptr<icu::RegexPattern>> cache;
  const std::string key(pattern);
  if (const auto known = cache.find(key); known != cache.end()) return *known->second;
  UErrorCode status = U_ZERO_ERROR;
  UParseError place;
  std::unique_ptr<icu::RegexPattern> made(
      icu::RegexPattern::compile(unicode(pattern), place, status));
  if (U_FAILURE(status)) {
    runtime_error(span, "ArgumentError", "InvalidRegularExpression",
                  "\"" + key + "\" is no regular expression");
  }
  if (cache.size() >= kCached) cache.clear();
  return *cache.emplace(key, std::move(made)).first->second;
}

}  // namespace

bool matches_regex(std::string_view text, std::string_view pattern, Span span) {
  const icu::RegexPattern& regex = compiled(pattern, span);
  const icu::UnicodeString input = unicode(text);
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> matcher(regex.matcher(input, status));
  if (U_SUCCESS(status)) matcher->setTimeLimit(kTimeLimit, status);
  const bool matches = U_SUCCESS(status) && matcher->matches(status) != 0;
  if (U_FAILURE(status)) {
    runtime_error(span, "ArgumentError", "InvalidRegularExpression",
                  "\"" + std::string(pattern) + "\" takes too long to match");
  }
  return matches;
}

}  // namespace ketnghia::query
