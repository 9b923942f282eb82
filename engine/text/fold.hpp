#pragma once

#include <string>
#include <string_view>

namespace ketnghia {

// The match key under which names meet: lower case, no marks, đ as d, y as i, every run of
// other characters one space, none at the ends. Generic words are kept: see name_key().
std::string match_key(std::string_view text);

// The match key of a name with abbreviations written out (UBND, TP.) and generic words of
// places dropped ("thành phố Hà Nội" and "Hà Nội" meet; "Thành ủy" stays whole). What would
// leave nothing is kept.
std::string name_key(std::string_view name);

// Whether `name` can be what a person meant who typed `asked`: diacritics typed are respected,
// those left out match any ("bac kinh" finds Bắc Kinh, "Bác Kinh" does not); case, tone
// placement, i/y, abbreviations and generic words are ignored.
bool name_matches(std::string_view asked, std::string_view name);

// `text` with the unambiguous abbreviations of engine/text/tables/abbreviations.tsv written out:
// "UBND TP Hà Nội" gives "Ủy ban nhân dân thành phố Hà Nội". Ambiguous ones only in the context
// that the table gives them; numbers of documents (12-CT/TW) stay.
std::string expand_abbreviations(std::string_view text);

// Whether the table of abbreviations has `word`, written so; a dot that belongs to it left out.
bool is_abbreviation(std::string_view word);

}  // namespace ketnghia
