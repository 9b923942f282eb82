#include "engine/export/json.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace ketnghia {
namespace {

void append_escape(std::string& out, char letter) {
  switch (letter) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default: {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const auto code = static_cast<unsigned char>(letter);
      out += "\\u00";
      out.push_back(kDigits[code >> 4]);
      out.push_back(kDigits[code & 15]);
    }
  }
}

template <typename Float>
void append_float(std::string& out, Float number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

struct AppendJson {
  std::string& out;

  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += std::to_string(value); }
  void operator()(double value) const { append_float(out, value); }
  void operator()(const std::string& value) const { append_json(out, std::string_view(value)); }
  void operator()(const List& list) const {
    out.push_back('[');
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out.push_back(',');
      append_json(out, list[i]);
    }
    out.push_back(']');
  }
  void operator()(const Map& map) const {
    out.push_back('{');
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (i > 0) out.push_back(',');
      append_json(out, std::string_view(map[i].first));
      out.push_back(':');
      append_json(out, map[i].second);
    }
    out.push_back('}');
  }
};

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (static_cast<unsigned char>(letter) >= 0x20 && letter != '"' && letter != '\\') continue;
    out.append(text.substr(plain, i - plain));
    append_escape(out, letter);
    plain = i + 1;
  }
  out.append(text.substr(plain));
  out.push_back('"');
}

void append_json_number(std::string& out, double number) { append_float(out, number); }
void append_json_number(std::string& out, float number) { append_float(out, number); }

void append_json(std::string& out, const Value& value) { std::visit(AppendJson{out}, value.data); }

}  // namespace ketnghia
