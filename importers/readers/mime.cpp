#include "importers/readers/mime.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "engine/text/encoding.hpp"
#include "importers/import_error.hpp"
#include "importers/readers/charset.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxHeaderBytes = 64U << 10U;  // of a value that is looked into
constexpr std::size_t kMaxHeaders = 1000;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string small(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return small(c); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = small(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// What is no letter of base64 is passed over, as all programs do.
std::string decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '+' || c == '-') value = 62;
    if (c == '/' || c == '_') value = 63;
    if (c == '=') break;
    if (value < 0) continue;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
  }
  return bytes;
}

std::string decode_quoted(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      bytes += text[at];
      continue;
    }
    const int high = at + 1 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
    if (high >= 0 && low >= 0) {
      bytes += static_cast<char>(high * 16 + low);
      at += 2;
      continue;
    }
    // The end of a line that goes on; blanks may have been put after the sign.
    std::size_t end = at + 1;
    while (end < text.size() && end - at < 80 && (text[end] == ' ' || text[end] == '\t')) ++end;
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') {
      at = end;
    } else if (end >= text.size()) {
      break;
    } else {
      bytes += '=';
    }
  }
  return bytes;
}

std::string as_text(std::string_view bytes, std::string_view charset) {
  auto text = decode_charset(bytes, charset);
  return text ? std::move(*text) : decode(bytes, detect_encoding(bytes));
}

// "=?utf-8?B?…?=" in a header; white space between two of them goes. Bytes of one character may
// be cut between two, so those of one charset are decoded together.
std::string decode_words(std::string_view value) {
  std::string out, bytes, charset;
  const auto flush = [&] {
    if (!bytes.empty()) out += as_text(std::exchange(bytes, {}), charset);
  };
  std::string_view plain;  // raw bytes since the last word
  for (std::size_t at = 0; at < value.size();) {
    const auto open = value.find("=?", at);
    const auto first = open == std::string_view::npos ? open : value.find('?', open + 2);
    const auto second = first == std::string_view::npos ? first : value.find('?', first + 1);
    const auto close = second == std::string_view::npos ? second : value.find("?=", second + 1);
    if (close == std::string_view::npos || second != first + 2) {
      const auto end = open == std::string_view::npos || close == std::string_view::npos
                           ? value.size()
                           : open + 2;
      flush();
      out += decode(value.substr(at, end - at), detect_encoding(value.substr(at, end - at)));
      at = end;
      continue;
    }
    plain = value.substr(at, open - at);
    const bool between = !bytes.empty() && trimmed(plain).empty();
    std::string named = small(value.substr(open + 2, first - open - 2));
    named.resize(std::min(named.find('*'), named.size()));  // a language may follow
    if (!between || named != charset) {
      flush();
      if (!between) out += decode(plain, detect_encoding(plain));
    }
    charset = std::move(named);
    const auto text = value.substr(second + 1, close - second - 1);
    if (small(value[first + 1]) == 'b') {
      bytes += decode_base64(text);
    } else {
      std::string quoted{text};
      std::replace(quoted.begin(), quoted.end(), '_', ' ');
      bytes += decode_quoted(quoted);
    }
    at = close + 2;
  }
  flush();
  return out;
}

struct Header {
  std::string name;
  std::string_view value;  // folded
};

// The headers at `at`, which comes to stand behind the empty line below them.
std::vector<Header> read_headers(std::string_view bytes, std::size_t& at) {
  std::vector<Header> headers;
  while (at < bytes.size()) {
    std::size_t end = at;
    for (;;) {  // a line that begins with a blank goes on with the one above
      end = std::min(bytes.find('\n', end), bytes.size());
      if (end + 1 >= bytes.size() || (bytes[end + 1] != ' ' && bytes[end + 1] != '\t')) break;
      ++end;
    }
    const auto line = bytes.substr(at, end - at);
    at = std::min(end + 1, bytes.size());
    if (line.empty() || line == "\r") break;
    const auto colon = line.find(':');
    constexpr std::size_t kMaxName = 80;
    if (colon == std::string_view::npos || colon > kMaxName) continue;
    if (headers.size() < kMaxHeaders) {
      headers.push_back({small(trimmed(line.substr(0, colon))),
                         trimmed(line.substr(colon + 1)).substr(0, kMaxHeaderBytes)});
    }
  }
  return headers;
}

std::string unfolded(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c != '\r' && c != '\n') out += c == '\t' ? ' ' : c;
  }
  return out;
}

std::string header(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (header.name == name) return unfolded(header.value);
  }
  return {};
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    if (low >= 0) at += 2;
    out += low >= 0 ? static_cast<char>(high * 16 + low) : text[at];
  }
  return out;
}

struct Parameter {
  std::string name, value;
};

// "; charset=utf-8; name="…"".
std::vector<Parameter> parameters_of(std::string_view value) {
  std::vector<Parameter> parameters;
  std::size_t at = std::min(value.find(';'), value.size());
  while (at < value.size()) {
    ++at;
    const auto equals = value.find_first_of("=;", at);
    if (equals == std::string_view::npos) break;
    if (value[equals] == ';') {
      at = equals;
      continue;
    }
    Parameter parameter{small(trimmed(value.substr(at, equals - at))), {}};
    at = equals + 1;
    while (at < value.size() && (value[at] == ' ' || value[at] == '\t')) ++at;
    if (at < value.size() && value[at] == '"') {
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) ++at;
        parameter.value += value[at];
      }
      at = std::min(value.find(';', at), value.size());
    } else {
      const auto end = std::min(value.find(';', at), value.size());
      parameter.value = trimmed(value.substr(at, end - at));
      at = end;
    }
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

// A parameter in any of its forms: name="=?utf-8?…?=", name*=utf-8''…, name*0*=…; name*1=….
std::string parameter(const std::vector<Parameter>& parameters, std::string_view name) {
  std::string joined, charset;
  bool extended = false;
  for (std::size_t part = 0; part <= parameters.size(); ++part) {
    const std::string plain = std::string(name) + '*' + std::to_string(part);
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) {
      return p.name == plain || p.name == plain + '*' ||
             (part == 0 && p.name == std::string(name) + '*');
    });
    if (found == parameters.end()) break;
    std::string value = found->value;
    if (found->name.ends_with('*')) {
      const auto first = value.find('\'');
      const auto second = first == std::string::npos ? first : value.find('\'', first + 1);
      if (part == 0 && second != std::string::npos) {
        charset = value.substr(0, first);
        value.erase(0, second + 1);
      }
      value = percent_decoded(value);
      extended = true;
    }
    joined += value;
  }
  if (!joined.empty()) return extended ? as_text(joined, charset) : decode_words(joined);
  for (const Parameter& p : parameters) {
    if (p.name == name) return decode_words(p.value);
  }
  return {};
}

class Reader {
 public:
  Reader(std::string_view bytes, const std::string& path) : bytes_(bytes), path_(path) {}

  MimeMessage read() {
    std::size_t at = 0;
    const auto headers = read_headers(bytes_, at);
    message_.subject = decode_words(header(headers, "subject"));
    message_.from = decode_words(header(headers, "from"));
    message_.date = header(headers, "date");
    message_.url = header(headers, "snapshot-content-location");
    part(headers, bytes_.substr(at), 0);
    return std::move(message_);
  }

 private:
  void part(const std::vector<Header>& headers, std::string_view body, std::size_t depth) {
    const std::string content = header(headers, "content-type");
    const auto parameters = parameters_of(content);
    const std::string type = small(trimmed(std::string_view(content).substr(0, content.find(';'))));
    const std::string boundary =
        type.starts_with("multipart/") ? parameter(parameters, "boundary") : "";
    if (!boundary.empty()) return multipart(boundary, body, depth + 1);
    if (message_.parts.size() >= kMaxMimeParts) {
      throw ImportError(path_, "", "more than " + std::to_string(kMaxMimeParts) + " parts");
    }
    MimePart part;
    part.type = type.empty() || type.starts_with("multipart/") ? "text/plain" : type;
    part.charset = small(parameter(parameters, "charset"));
    const std::string disposition = header(headers, "content-disposition");
    part.disposition =
        small(trimmed(std::string_view(disposition).substr(0, disposition.find(';'))));
    part.name = parameter(parameters_of(disposition), "filename");
    if (part.name.empty()) part.name = parameter(parameters, "name");
    part.encoding = small(trimmed(header(headers, "content-transfer-encoding")));
    part.location = header(headers, "content-location");
    part.body = body;
    message_.parts.push_back(std::move(part));
  }

  void multipart(const std::string& boundary, std::string_view body, std::size_t depth) {
    if (depth > kMaxMimeDepth) {
      throw ImportError(path_, "", "parts nested deeper than " + std::to_string(kMaxMimeDepth));
    }
    const std::string mark = "--" + boundary;
    std::size_t begin = std::string_view::npos;  // of the part that is open
    bool ended = false;
    for (std::size_t at = 0; at <= body.size() && !ended;) {
      const auto found = body.find(mark, at);
      if (found == std::string_view::npos) break;
      const auto after = found + mark.size();
      at = after;
      const bool line_start = found == 0 || body[found - 1] == '\n';
      const bool line_end = after >= body.size() || body[after] == '\r' || body[after] == '\n' ||
                            body[after] == '-' || body[after] == ' ' || body[after] == '\t';
      if (!line_start || !line_end) continue;
      if (begin != std::string_view::npos) inner(body.substr(begin, found - begin), depth);
      ended = body.substr(after).starts_with("--");
      at = begin = std::min(body.find('\n', after), body.size() - 1) + 1;
    }
    if (!ended && begin != std::string_view::npos) {
      inner(body.substr(std::min(begin, body.size())), depth);
    } else if (begin == std::string_view::npos) {
      part({}, body, depth);  // no boundary at all: what there is
    }
  }

  void inner(std::string_view part_bytes, std::size_t depth) {
    // The line break before a boundary belongs to it.
    if (part_bytes.ends_with('\n')) part_bytes.remove_suffix(1);
    if (part_bytes.ends_with('\r')) part_bytes.remove_suffix(1);
    std::size_t at = 0;
    const auto headers = read_headers(part_bytes, at);
    part(headers, part_bytes.substr(at), depth);
  }

  std::string_view bytes_;
  const std::string& path_;
  MimeMessage message_;
};

}  // namespace

std::string MimePart::decoded() const {
  if (encoding == "base64") return decode_base64(body);
  if (encoding == "quoted-printable") return decode_quoted(body);
  return std::string(body);
}

MimeMessage read_mime(std::string_view bytes, const std::string& path) {
  return Reader(bytes, path).read();
}

std::string mime_header(std::string_view bytes, std::string_view name) {
  std::size_t at = 0;
  return header(read_headers(bytes, at), name);
}

}  // namespace ketnghia::importers
