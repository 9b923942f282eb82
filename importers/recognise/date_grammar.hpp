#pragma once

#include <string_view>
#include <vector>

#include "importers/recognise/date_form.hpp"

namespace ketnghia::importers {

// A term and the bytes of the text that told it.
struct ReadTerm {
  DateKey key;
  int value;
  const char* begin;
  const char* end;
};

// The terms of a date expression in the order of the text.
//
// Parsers that go back leave terms behind. Every word or number that is tried drops the terms at
// and after its place, and the words of a match leave no gap, so none of a failed branch stays.
class Trail {
 public:
  void reach(const char* place) {
    while (!terms_.empty() && terms_.back().begin >= place) terms_.pop_back();
  }
  void add(ReadTerm term) {
    if (term.key != DateKey::None) terms_.push_back(term);
  }
  void clear() { terms_.clear(); }
  const std::vector<ReadTerm>& terms() const { return terms_; }

 private:
  std::vector<ReadTerm> terms_;
};

// The end of the longest date expression of `text`, in lower case, that begins at `at`; null
// where none does. Its terms are left in `trail`. What surrounds the expression is not looked
// at, save that words and numbers are read whole.
const char* match_date(std::string_view text, const char* at, Trail& trail);

// Whether an expression can begin with this word, in lower case, and whether one can go on with
// it. No expression is one word long, so that these two refuse nearly all of a text at little cost.
bool can_begin_date(std::string_view word);
bool can_go_on(std::string_view word);

}  // namespace ketnghia::importers
