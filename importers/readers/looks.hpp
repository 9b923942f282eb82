#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ketnghia::importers {

// The number or mark that opens a line.
enum class Marker : std::uint8_t {
  None,
  Dash,     // "- ", "+ ", "* ", "• "
  Part,     // "I.", "A.", "Phần I", "Chương 2", "Điều 1."
  Number,   // "1.", "6.1.", "6.1 "
  Letter,   // "a)", "b."
  Bracket,  // "1)", "(1)", "(a)"
};

// What a line looks like, word by word, without its neighbours.
struct Looks {
  std::string key;        // cue_key()
  std::size_t chars = 0;  // code points
  std::size_t words = 0;
  Marker marker = Marker::None;
  std::size_t marker_bytes = 0;
  int level = 0;             // of the marker, 1 outermost
  char end = 0;              // its last mark: . ! ? : ; , or ) or nothing; … counts as .
  bool quoted = false;       // begins with a quotation mark and ends with one
  bool capitals = false;     // two letters or more, all of them capital
  bool small_start = false;  // begins with a small letter
  bool rule = true;          // without a letter or digit: "-----", "*"
  bool name = false;         // words that all begin with a capital, as names are written

  // A sentence or more, and not a headline.
  bool prose() const;
  // Ends as a sentence or an item of a list does.
  bool closed() const { return end == '.' || end == '!' || end == '?' || end == ';'; }
};

Looks looks_of(std::string_view line);

// Whether the line opens with a marker of a heading or of an item.
Marker marker_of(std::string_view line, std::size_t& bytes, int& level);

// The publication date on a line that holds little else ("Thứ Ba, 12/09/2023 | 17:42 GMT+7",
// "Hà Nội, ngày 05 tháng 7 năm 2024"), as EDTF; empty where the line is none.
std::string date_of_line(std::string_view line);
// Whether that line names the place first, as letters do.
bool is_dateline(std::string_view line);

// The first full date of a text as EDTF: ISO 8601, or as Vietnamese writes dates. Empty where
// there is none.
std::string first_date(std::string_view text);

// The month or quarter of an issue from its masthead ("Bản tin hữu nghị - Số 02, Quý II/2012"), as
// EDTF; empty where the line is none.
std::string issue_date(std::string_view line);

// Bytes of the dateline that a release puts before its first sentence: "Huế, 28/9/2018 - ",
// "(Huế, ngày 28/9/2018) "; 0 where there is none. `date` becomes its day as EDTF.
std::size_t story_dateline(std::string_view line, std::string& date);

// Bytes of the tag that a paper puts before its first sentence: "TTO - ", "(LĐTĐ) ",
// "Kinhtedothi - "; 0 where there is none. `tag` becomes its letters.
std::size_t paper_tag(std::string_view line, std::string& tag);

}  // namespace ketnghia::importers
