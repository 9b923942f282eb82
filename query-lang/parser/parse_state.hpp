#pragma once

#include <string_view>
#include <vector>

#include "engine/text/span.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::query {

using Iterator = const char*;

// What one parse remembers: the text, how deep it is in brackets, and what it last could not
// find. A PEG gives up far from the fault, so the diagnostic is made from the farthest place
// where a token was looked for, and from what was looked for there.
class ParseState {
 public:
  explicit ParseState(std::string_view text);

  std::string_view text() const { return text_; }
  Span span(Iterator begin, Iterator end) const;

  // `what` was looked for at `at` and is not there. Views must outlive the parse: literals.
  void missed(Iterator at, std::string_view what);

  // While a Group lives, what is missed exactly where it began counts as `what` as a whole:
  // "an expression" and not all that an expression can begin with.
  class Group {
   public:
    Group(ParseState& state, Iterator at, std::string_view what);
    ~Group() { state_.group_ = outer_; }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

   private:
    ParseState& state_;
    Iterator at_;
    std::string_view what_;
    const Group* outer_;
    friend class ParseState;
  };

  // One bracket deeper; throws QueryError past kMaxNesting.
  class Level {
   public:
    Level(ParseState& state, Iterator at);
    ~Level() { --state_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    ParseState& state_;
  };

  // The error of a parse that ended without reading the whole text.
  [[noreturn]] void fail() const;
  // An error of the token at [begin, end).
  [[noreturn]] void fail(Iterator begin, Iterator end, std::string_view code,
                         std::string_view message, std::string_view expected = {}) const;

 private:
  void foreign_operator() const;

  std::string_view text_;
  unsigned depth_ = 0;
  Iterator farthest_;
  std::vector<std::string_view> missed_;
  const Group* group_ = nullptr;
};

}  // namespace ketnghia::query
