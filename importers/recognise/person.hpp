#pragma once

#include <cstddef>
#include <optional>

#include "importers/recognise/agency.hpp"
#include "importers/recognise/mention.hpp"

namespace ketnghia::importers {

// A person's name found in a line. Counts in tokens.
struct NameFound {
  std::size_t first = 0;
  std::size_t end = 0;
  bool part = false;  // one syllable: "ông Phong"
};

// The name that begins at token `at`, where a title or an honorific before it says that one
// does: a run of capitals in the form of its language.
std::optional<NameFound> name_at(const Line& line, std::size_t at);

// The same without any word before it that says so: only a surname with two to four syllables
// more, and nothing around it that speaks against a person.
std::optional<NameFound> bare_name_at(const Line& line, std::size_t at);

// A title found in a line, with what it is held of.
struct TitleFound {
  std::size_t first = 0;  // of "nguyên", where it stands
  std::size_t title_first = 0;
  std::size_t title_end = 0;  // of the title as printed, without the body
  std::size_t end = 0;
  int title = -1;
  bool past = false;
  std::optional<BodyFound> body;
  std::optional<PlaceFound> place;
  std::optional<PlaceFound> located;  // "tại Việt Nam"
};

std::optional<TitleFound> title_at(const Line& line, std::size_t at);

// The end of the honorifics and degrees that begin at `at`; `at` where none does.
std::size_t honorifics_end(const Line& line, std::size_t at);

}  // namespace ketnghia::importers
