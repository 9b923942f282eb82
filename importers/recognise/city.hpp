#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "importers/recognise/mention.hpp"

namespace ketnghia::importers {

// A place found in a line. Counts in tokens.
struct PlaceFound {
  std::size_t first = 0;       // of the generic word, where there is one
  std::size_t name_first = 0;  // == end for a generic word alone
  std::size_t end = 0;
  std::vector<int> places;  // of the gazetteer; none for an unknown one
  int generic = -1;
  bool tentative = false;  // a weak name without a generic word or a neighbour that speaks for it
  bool nowhere = false;    // a name that hides a place: to be passed over

  bool bare() const { return name_first == end; }
};

// The place that begins at token `at`: a generic word with a name, known or not, or without
// one, or a name of the gazetteer. Capitals are required of a name but after a generic word.
std::optional<PlaceFound> place_at(const Line& line, std::size_t at);

// The country whose name, however weak, begins at `at`.
std::optional<PlaceFound> country_at(const Line& line, std::size_t at);

// Whether what begins at `at` reads as a person's name: a surname and one to four capitals.
bool is_like_person(const Line& line, std::size_t at);

// Whether every letter of the token is one of a Vietnamese syllable.
bool is_vietnamese(const Line& line, std::size_t at);

// The end of the run of capitals from `at`, inner hyphens and what they join included.
std::size_t capitals_end(const Line& line, std::size_t at);

}  // namespace ketnghia::importers
