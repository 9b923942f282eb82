#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/fold.hpp"
#include "engine/text/span.hpp"

namespace ketnghia {

// A text in the one spelling that recognisers read, with the way back to what was stored.
//
// Invariants: `text` is NFC with today's tone placement (hòa, ủy; not qu-, gi- or closed
// syllables), Đ/đ only U+0110/0111, no zero-width characters, controls, soft hyphens or BOM,
// ASCII quotes and dashes, horizontal white space folded to one U+0020; line breaks are kept,
// each as one "\n". Split drop capitals and glued words are mended, HTML entities and UTF-8 read
// as windows-1252 (once or more often) are undone. i/y and case stay as written. A normalised
// text is its own normalised text.
// Units: byte offsets; the stored text is at most 4 GiB.
struct Normalised {
  std::string text;

  // Of a span of `text`, the smallest span of the stored text that it came from. Never splits
  // a character of the stored text; a span of nothing stays a span of nothing.
  Span to_stored(Span span) const;

  // Whether the stored text had to be mended to read this span (grade `normalised`): letters or
  // the bounds of words differ, not merely width of spaces, quotes, dashes or composition (NFC).
  bool mended(Span span) const;

  // A piece of the text, up to where the next begins. Sorted by `normalised`, the first at 0;
  // none at all where the text is what was stored.
  struct Step {
    std::uint32_t normalised;
    std::uint32_t stored;
    std::uint32_t stored_end;
    bool changed;  // it was mended
    bool whole;    // its bytes do not run in step with the stored ones: it maps as one
  };
  std::vector<Step> steps;
};

// Any bytes are accepted: ill-formed UTF-8 becomes U+FFFD. Linear in the text.
Normalised normalise(std::string_view stored);

// The same without the map, for names and questions.
std::string normalised_text(std::string_view text);

}  // namespace ketnghia
