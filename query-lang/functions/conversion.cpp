#include <charconv>
#include <cmath>
#include <optional>

#include "query-lang/executor/json.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<double> read_float(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
  // from_chars reads "inf" and "nan", which are no numbers of the language.
  if (!std::isfinite(number)) return {};
  return number;
}

RuntimeValue whole(double number) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (!(number >= -kTwoTo63 && number < kTwoTo63)) return {};
  return static_cast<std::int64_t>(number);
}

RuntimeValue to_integer(const CallContext& context, Arguments arguments) {
  const RuntimeValue& value = arguments[0];
  if (std::holds_alternative<std::int64_t>(value.data)) return value;
  if (const auto* number = std::get_if<double>(&value.data)) return whole(*number);
  const std::string_view text = trimmed(text_argument(context, value));
  std::int64_t integer = 0;
  const bool plus = text.starts_with('+');
  const auto read =
      std::from_chars(text.data() + (plus ? 1 : 0), text.data() + text.size(), integer);
  if (!text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size())
    return integer;
  const auto number = read_float(text);
  return number ? whole(*number) : RuntimeValue();
}

RuntimeValue to_float(const CallContext& context, Arguments arguments) {
  const RuntimeValue& value = arguments[0];
  if (!std::holds_alternative<std::string>(value.data)) return number_argument(context, value);
  const auto number = read_float(std::get<std::string>(value.data));
  return number ? RuntimeValue(*number) : RuntimeValue();
}

RuntimeValue to_boolean(const CallContext& context, Arguments arguments) {
  const RuntimeValue& value = arguments[0];
  if (std::holds_alternative<bool>(value.data)) return value;
  std::string text(trimmed(text_argument(context, value)));
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (text == "true") return true;
  if (text == "false") return false;
  return {};
}

RuntimeValue to_string(const CallContext& context, Arguments arguments) {
  const RuntimeValue& value = arguments[0];
  if (const auto* boolean = std::get_if<bool>(&value.data))
    return std::string(*boolean ? "true" : "false");
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value.data)) return float_text(*number);
  return text_argument(context, value);
}

const std::array<Function, 4> kFunctions{{
    {.name = "toInteger",
     .least = 1,
     .most = 1,
     .parameters = {},
     .result = BaseType::Integer,
     .run = to_integer,
     .doc = "toInteger(x): of a number or a string, cut towards zero; null where it is none"},
    {.name = "toFloat",
     .least = 1,
     .most = 1,
     .parameters = {},
     .result = BaseType::Float,
     .run = to_float,
     .doc = "toFloat(x): of a number or a string; null where it is none"},
    {.name = "toBoolean",
     .least = 1,
     .most = 1,
     .parameters = {},
     .result = BaseType::Boolean,
     .run = to_boolean,
     .doc = "toBoolean(x): of a boolean, 'true' or 'false'; null for any other string"},
    {.name = "toString",
     .least = 1,
     .most = 1,
     .parameters = {},
     .result = BaseType::String,
     .run = to_string,
     .doc = "toString(x): of a string, a number or a boolean"},
}};

}  // namespace

std::span<const Function> conversion_functions() { return kFunctions; }

}  // namespace ketnghia::query
