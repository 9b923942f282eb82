#include "importers/readers/mail.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/import_error.hpp"
#include "importers/readers/charset.hpp"
#include "importers/readers/decoded.hpp"
#include "importers/readers/mime.hpp"
#include "importers/readers/reader.hpp"
#include "importers/readers/zip.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{16} << 10U;

// "Tue, 4 Jun 2024 09:12:00 +0700" as EDTF: the day where the sender was.
std::string day_of(std::string_view date) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto comma = date.find(',');
  if (comma != std::string_view::npos) date.remove_prefix(comma + 1);
  const auto next = [&] {
    date.remove_prefix(std::min(date.find_first_not_of(' '), date.size()));
    const auto word = date.substr(0, date.find(' '));
    date.remove_prefix(word.size());
    return word;
  };
  const auto number = [](std::string_view word) {
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc() && end == word.data() + word.size() ? value : 0;
  };
  const int day = number(next());
  const auto month = std::find(kMonths.begin(), kMonths.end(), next());
  const int year = number(next());
  if (day < 1 || day > 31 || month == kMonths.end() || year < 1970 || year > 9999) return {};
  const auto two = [](std::size_t value) {
    return (value < 10 ? "-0" : "-") + std::to_string(value);
  };
  return std::to_string(year) + two(static_cast<std::size_t>(month - kMonths.begin()) + 1) +
         two(static_cast<std::size_t>(day));
}

// The sender's name without the address.
std::string name_of(std::string from) {
  from.resize(std::min(from.find('<'), from.size()));
  from.erase(std::remove(from.begin(), from.end(), '"'), from.end());
  const auto begin = from.find_first_not_of(' ');
  if (begin == std::string::npos || from.find('@') != std::string::npos) return {};
  return from.substr(begin, from.find_last_not_of(' ') - begin + 1);
}

bool is_attached(const MimePart& part) {
  const bool shown = part.type == "text/plain" || part.type == "text/html";
  return part.disposition == "attachment" || !shown;
}

// The part's characters as UTF-8, said so by a mark that wins over what a page says of itself;
// its bytes where it does not tell their encoding.
std::string text_of(const MimePart& part) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::string bytes = part.decoded();
  const auto text = decode_charset(bytes, part.charset);
  return text ? std::string(kMark) + *text : bytes;
}

// "text/plain; format=flowed" and quoted lines ("> …") of the mail that is answered stay as
// they are: they are what its reader sees.
const MimePart* first_of(const MimeMessage& message, std::string_view type) {
  const auto found =
      std::find_if(message.parts.begin(), message.parts.end(),
                   [&](const MimePart& part) { return part.type == type && !is_attached(part); });
  return found == message.parts.end() ? nullptr : &*found;
}

// Where the type says what the file is and its name does not.
std::string_view extension_for(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTypes{
      {{"text/plain", ".txt"},
       {"text/html", ".html"},
       {"message/rfc822", ".eml"},
       {"text/markdown", ".md"}}};
  const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const auto& pair) { return pair.first == type; });
  return found == kTypes.end() ? std::string_view() : found->second;
}

bool has_header(std::string_view bytes, std::string_view name) {
  return !mime_header(bytes.substr(0, kHeadBytes), name).empty();
}

// Text that begins with a line "Name: value" whose name no prose has.
bool begins_with_headers(std::string_view bytes) {
  const auto colon = bytes.substr(0, 80).find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

bool is_mhtml(std::string_view bytes) {
  return begins_with_headers(bytes) && has_header(bytes, "mime-version") &&
         mime_header(bytes.substr(0, kHeadBytes), "content-type").find("multipart/related") !=
             std::string::npos &&
         !has_header(bytes, "to") && !has_header(bytes, "received");
}

bool is_mail(std::string_view bytes) {
  return begins_with_headers(bytes) && has_header(bytes, "from") &&
         (has_header(bytes, "mime-version") || has_header(bytes, "received") ||
          has_header(bytes, "message-id"));
}

Page read_mail(std::string_view bytes, const std::string& path) {
  if (!begins_with_headers(bytes)) throw ImportError(path, "line 1", "no mail: it has no headers");
  const MimeMessage message = read_mime(bytes, path);
  Page page;
  const MimePart* plain = first_of(message, "text/plain");
  const MimePart* html = first_of(message, "text/html");
  const auto blank = [](std::string_view text) {
    return text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string_view::npos;
  };
  const std::string text = plain ? text_of(*plain) : std::string();
  if (!blank(text)) {
    page = read_text_bytes(text, path);
  } else if (html) {
    const std::string shown = text_of(*html);
    if (!blank(shown)) page = read_html_bytes(shown, path);
  }
  if (page.title.empty()) page.title = message.subject;
  if (page.published.empty()) page.published = day_of(message.date);
  if (page.source.empty()) page.source = name_of(message.from);
  return page;
}

void unpack_mail(std::string_view bytes, const std::string& path, InnerFiles& files) {
  const MimeMessage message = read_mime(bytes, path);
  UniqueNames unique;
  for (const MimePart& part : message.parts) {
    if (!is_attached(part)) continue;
    std::string name = label_of(part.name);
    if (name.empty()) name = "part " + std::to_string(&part - message.parts.data() + 1);
    if (name.find('.') == std::string::npos) name += extension_for(part.type);
    name = unique(name);
    if (files.room() < part.body.size()) {
      files.failed(name, "the files in it take too many bytes: it is left out");
      continue;
    }
    const bool text = part.type.starts_with("text/") && !part.charset.empty();
    files.file(name, text ? text_of(part) : part.decoded());
  }
}

Page read_mhtml(std::string_view bytes, const std::string& path) {
  const MimeMessage message = read_mime(bytes, path);
  const auto page = std::find_if(message.parts.begin(), message.parts.end(), [](const MimePart& p) {
    return p.type == "text/html" || p.type == "application/xhtml+xml";
  });
  if (page == message.parts.end()) throw ImportError(path, "", "no page in it");
  Page read = read_html_bytes(text_of(*page), path);
  if (read.url.empty()) read.url = message.url.empty() ? page->location : message.url;
  if (!read.url.starts_with("http")) read.url.clear();
  return read;
}

}  // namespace ketnghia::importers
