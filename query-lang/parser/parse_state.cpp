#include "query-lang/parser/parse_state.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "engine/text/utf8.hpp"
#include "query-lang/analysis/nearest.hpp"
#include "query-lang/parser/parse.hpp"
#include "query-lang/parser/tokens.hpp"

namespace ketnghia::query {
namespace {

std::string in_words(const std::vector<std::string_view>& alternatives) {
  std::string words;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (i != 0) words += i + 1 == alternatives.size() ? " or " : ", ";
    words += alternatives[i];
  }
  return words;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

Iterator word_end(Iterator first, Iterator last) {
  return std::find_if_not(first, last, [](char c) { return is_letter(c) || c == '_'; });
}

}  // namespace

ParseState::ParseState(std::string_view text) : text_(text), farthest_(text.data()) {}

Span ParseState::span(Iterator begin, Iterator end) const {
  return {static_cast<std::uint32_t>(begin - text_.data()),
          static_cast<std::uint32_t>(end - text_.data())};
}

void ParseState::missed(Iterator at, std::string_view what) {
  if (at < farthest_) return;
  for (const Group* group = group_; group != nullptr && group->at_ == at; group = group->outer_) {
    what = group->what_;
  }
  if (at > farthest_) {
    farthest_ = at;
    missed_.clear();
  }
  if (std::find(missed_.begin(), missed_.end(), what) == missed_.end()) missed_.push_back(what);
}

ParseState::Group::Group(ParseState& state, Iterator at, std::string_view what)
    : state_(state), at_(at), what_(what), outer_(state.group_) {
  state.group_ = this;
}

ParseState::Level::Level(ParseState& state, Iterator at) : state_(state) {
  if (state.depth_ >= kMaxNesting) {
    state.fail(at, at + 1, "NestingTooDeep",
               "brackets stand in each other more than " + std::to_string(kMaxNesting) + " deep");
  }
  ++state.depth_;
}

void ParseState::fail() const {
  const Iterator end = text_.data() + text_.size();
  Diagnostic diagnostic;
  diagnostic.code = "UnexpectedSyntax";
  diagnostic.expected = in_words(missed_);
  if (farthest_ == end) {
    diagnostic.span = span(end, end);
    diagnostic.message = text_.empty() ? "the statement is empty" : "the statement ends too early";
    throw QueryError(std::move(diagnostic));
  }
  foreign_operator();
  const auto point = code_point_at(text_, static_cast<std::size_t>(farthest_ - text_.data()));
  const Iterator token_end = word_end(farthest_, end);
  if (point.value >= 0x80 && !u_isalpha(static_cast<UChar32>(point.value))) {
    diagnostic.code = "InvalidUnicodeCharacter";
    diagnostic.span = span(farthest_, farthest_ + point.size);
  } else if (token_end == farthest_) {
    diagnostic.span = span(farthest_, farthest_ + point.size);
  } else {
    diagnostic.span = span(farthest_, token_end);
    // Near a single letter stands every short word.
    if (diagnostic.span.size() > 1) {
      diagnostic.nearest = nearest(diagnostic.span.of(text_), keywords(), 1);
    }
  }
  const auto previous = [&](std::string_view token) {
    const auto before = text_.substr(0, diagnostic.span.begin);
    const auto at = before.find_last_not_of(" \t\r\n");
    return at != before.npos && before.substr(0, at + 1).ends_with(token);
  };
  if (diagnostic.span.of(text_) == "." && !previous("*") &&
      std::find(missed_.begin(), missed_.end(), "\"*\"") != missed_.end()) {
    diagnostic.code = "InvalidRelationshipPattern";
  }
  if (diagnostic.span.of(text_) == "-" && previous("*")) {
    diagnostic.code = "InvalidRelationshipPattern";
  }
  diagnostic.message = "\"" + std::string(diagnostic.span.of(text_)) + "\" cannot stand here";
  throw QueryError(std::move(diagnostic));
}

// What stands at the farthest place, or ends there, is how other languages write an operator.
void ParseState::foreign_operator() const {
  struct Foreign {
    std::string_view written;
    std::string_view ours;
  };
  constexpr Foreign kForeign[] = {{"==", "\"=\""}, {"!=", "\"<>\""}, {"&&", "AND"}, {"||", "OR"}};
  const auto at = static_cast<std::size_t>(farthest_ - text_.data());
  for (const auto& [written, ours] : kForeign) {
    for (const std::size_t before : {std::size_t{0}, std::size_t{1}}) {
      if (at < before || !text_.substr(at - before).starts_with(written)) continue;
      const Iterator begin = farthest_ - before;
      fail(begin, begin + written.size(), "UnexpectedSyntax",
           "\"" + std::string(written) + "\" is no operator of the language", ours);
    }
  }
}

void ParseState::fail(Iterator begin, Iterator end, std::string_view code, std::string_view message,
                      std::string_view expected) const {
  Diagnostic diagnostic;
  diagnostic.span = span(begin, end);
  diagnostic.code = code;
  diagnostic.message = message;
  diagnostic.expected = expected;
  throw QueryError(std::move(diagnostic));
}

}  // namespace ketnghia::query
