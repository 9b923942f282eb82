#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "engine/text/utf8.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

// Functions of strings count code points, never bytes.

// The byte offset of a code point; the size where there are fewer.
std::size_t offset_of(std::string_view text, std::size_t character) {
  std::size_t at = 0;
  for (; character > 0 && at < text.size(); --character) at += code_point_at(text, at).size;
  return at;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

RuntimeValue to_upper(const CallContext& context, Arguments arguments) {
  return utf8(icu::UnicodeString::fromUTF8(text_argument(context, arguments[0]))
                  .toUpper(icu::Locale::getRoot()));
}

RuntimeValue to_lower(const CallContext& context, Arguments arguments) {
  return utf8(icu::UnicodeString::fromUTF8(text_argument(context, arguments[0]))
                  .toLower(icu::Locale::getRoot()));
}

constexpr std::string_view kBlank = " \t\r\n\v\f";

RuntimeValue trim_left(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  const auto begin = text.find_first_not_of(kBlank);
  return begin == text.npos ? std::string() : text.substr(begin);
}

RuntimeValue trim_right(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

RuntimeValue trim(const CallContext& context, Arguments arguments) {
  const RuntimeValue left = trim_left(context, arguments);
  return trim_right(context, {&left, 1});
}

RuntimeValue left(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  return text.substr(0, offset_of(text, count_argument(context, arguments[1])));
}

RuntimeValue right(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  const std::size_t wanted = count_argument(context, arguments[1]);
  const std::size_t size = count_characters(text);
  return text.substr(offset_of(text, size - std::min(size, wanted)));
}

RuntimeValue substring(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  const std::string tail = text.substr(offset_of(text, count_argument(context, arguments[1])));
  if (arguments.size() == 2) return tail;
  return tail.substr(0, offset_of(tail, count_argument(context, arguments[2])));
}

RuntimeValue replace(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  const std::string& wanted = text_argument(context, arguments[1]);
  const std::string& by = text_argument(context, arguments[2]);
  if (wanted.empty()) return text;
  std::string result;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = text.find(wanted, from)) != text.npos; from = at + wanted.size()) {
    result.append(text, from, at - from);
    result += by;
    context.budget.step();
    context.budget.work(result.size());
  }
  result.append(text, from);
  return result;
}

RuntimeValue split(const CallContext& context, Arguments arguments) {
  const std::string& text = text_argument(context, arguments[0]);
  const std::string& delimiter = text_argument(context, arguments[1]);
  RuntimeList parts;
  std::size_t from = 0;
  const auto checked = [&] {
    context.budget.step();
    context.budget.work(parts.size() * sizeof(RuntimeValue));
  };
  if (delimiter.empty()) {
    for (; from < text.size(); checked()) {
      const std::size_t size = code_point_at(text, from).size;
      parts.emplace_back(text.substr(from, size));
      from += size;
    }
    return make_list(std::move(parts));
  }
  for (std::size_t at = 0; (at = text.find(delimiter, from)) != text.npos;
       from = at + delimiter.size()) {
    parts.emplace_back(text.substr(from, at - from));
    checked();
  }
  parts.emplace_back(text.substr(from));
  return make_list(std::move(parts));
}

Function of_text(std::string_view name, RuntimeValue (*run)(const CallContext&, Arguments),
                 std::string_view doc) {
  return {.name = name,
          .least = 1,
          .most = 1,
          .parameters = {kString},
          .result = BaseType::String,
          .run = run,
          .doc = doc};
}

const std::array<Function, 10> kFunctions{{
    of_text("toUpper", to_upper, "toUpper(s): in capitals"),
    of_text("toLower", to_lower, "toLower(s): in small letters"),
    of_text("trim", trim, "trim(s): without white space at either end"),
    of_text("lTrim", trim_left, "lTrim(s): without white space at the beginning"),
    of_text("rTrim", trim_right, "rTrim(s): without white space at the end"),
    {.name = "left",
     .least = 2,
     .most = 2,
     .parameters = {kString, kInteger},
     .result = BaseType::String,
     .run = left,
     .doc = "left(s, n): the first n characters"},
    {.name = "right",
     .least = 2,
     .most = 2,
     .parameters = {kString, kInteger},
     .result = BaseType::String,
     .run = right,
     .doc = "right(s, n): the last n characters"},
    {.name = "substring",
     .least = 2,
     .most = 3,
     .parameters = {kString, kInteger, kInteger},
     .result = BaseType::String,
     .run = substring,
     .doc = "substring(s, from [, n]): n characters, or all, behind the first `from`"},
    {.name = "replace",
     .least = 3,
     .most = 3,
     .parameters = {kString},
     .result = BaseType::String,
     .run = replace,
     .doc = "replace(s, old, new): with new wherever old stood"},
    {.name = "split",
     .least = 2,
     .most = 2,
     .parameters = {kString},
     .result = Type::list_of(BaseType::String),
     .run = split,
     .doc = "split(s, delimiter): the parts between delimiters, as a list"},
}};

}  // namespace

std::span<const Function> string_functions() { return kFunctions; }

}  // namespace ketnghia::query
