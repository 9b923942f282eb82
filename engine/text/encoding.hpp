#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ketnghia {

// The encodings met in Vietnamese documents.
enum class Encoding {
  Utf8,
  Utf16Le,
  Utf16Be,
  Windows1258,
  Tcvn3,
  VniWindows,
  Viscii,
  Windows1252  // of pages that spell the letters it lacks as entities
};

// "tcvn3", "vni-windows", "viscii", "windows-1258", "windows-1252", "utf-16le", "utf-16be",
// "utf-8"; case does not matter. Nothing for any other name.
std::optional<Encoding> encoding_named(std::string_view name);
std::string_view name_of(Encoding encoding);

// `bytes`, at most 2 GiB, as UTF-8 in NFC, BOM dropped. What is no character of the encoding
// becomes U+FFFD. The fonts of Tcvn3 show small letters as capitals: in a word or line whose other
// letters are capitals they come out as capitals, else small.
std::string decode(std::string_view bytes, Encoding encoding);

// The encoding whose reading is the most Vietnamese: BOM first, then well-formed UTF-8, then by
// the share of syllables that can be Vietnamese. Looks at a bounded sample of the lines that are
// not plain ASCII.
Encoding detect_encoding(std::string_view bytes);

// How Vietnamese a text reads, 0 to 1: of the words with letters beyond ASCII, the share that are
// Vietnamese syllables. What is no character at all, and a sign inside a word, count as words
// that are none.
double vietnamese_share(std::string_view text);

// A text whose letters were typed in the fonts of TCVN3 or VNI and copied as the signs of those
// bytes: "Céng hßa" for "Cộng hòa". Where another reading of its lines is surely more Vietnamese
// they come out in it; else as they are. UTF-8 in and out.
std::string with_font_letters(std::string text);

// Of `bytes`, at most 64 KiB: lines that hold bytes beyond ASCII, or the beginning where none
// does. No character of any encoding is split.
std::string encoding_sample(std::string_view bytes);

}  // namespace ketnghia
