#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::importers {

inline constexpr std::size_t kMaxMimeDepth = 50;
inline constexpr std::size_t kMaxMimeParts = 10'000;

// A part of a message (RFC 5322, 2045 to 2047, 2231) that holds no parts.
struct MimePart {
  std::string type;         // "text/html", small letters
  std::string charset;      // as the part names it
  std::string disposition;  // "attachment", small letters
  std::string name;         // of the file, decoded; empty where it has none
  std::string encoding;     // of its body for transfer, small letters
  std::string location;     // Content-Location
  std::string_view body;    // as transferred

  std::string decoded() const;  // its bytes
};

struct MimeMessage {
  std::string subject, date, from, url;  // decoded
  std::vector<MimePart> parts;           // in order
};

// Lifetime: the parts borrow `bytes`. What is broken is read as far as it goes: a boundary that is
// missing leaves its part running to the end.
// Throws ImportError naming `path`: parts nested deeper than kMaxMimeDepth or more than
// kMaxMimeParts.
MimeMessage read_mime(std::string_view bytes, const std::string& path);

// The value of a header at the head of a message, unfolded and not decoded; empty where it is
// absent.
std::string mime_header(std::string_view bytes, std::string_view name);

}  // namespace ketnghia::importers
