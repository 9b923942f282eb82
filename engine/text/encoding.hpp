#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ketnghia {

// The encodings met in Vietnamese documents.
enum class Encoding { Utf8, Utf16Le, Utf16Be, Windows1258, Tcvn3, VniWindows, Viscii };

// "tcvn3", "vni-windows", "viscii", "windows-1258", "utf-16le", "utf-16be", "utf-8"; case does
// not matter. Nothing for any other name.
std::optional<Encoding> encoding_named(std::string_view name);
std::string_view name_of(Encoding encoding);

// `bytes`, at most 2 GiB, as UTF-8 in NFC, BOM dropped. What is no character of the encoding
// becomes U+FFFD. The fonts of Tcvn3 show small letters as capitals: such text comes out small.
std::string decode(std::string_view bytes, Encoding encoding);

// The encoding whose reading is the most Vietnamese: BOM first, then well-formed UTF-8, then by
// the share of syllables that can be Vietnamese. Looks at a bounded prefix.
Encoding detect_encoding(std::string_view bytes);

}  // namespace ketnghia
