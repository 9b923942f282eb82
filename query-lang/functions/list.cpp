#include <algorithm>

#include "engine/text/utf8.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

RuntimeValue size(const CallContext& context, Arguments arguments) {
  if (const auto* text = std::get_if<std::string>(&arguments[0].data)) {
    return static_cast<std::int64_t>(count_characters(*text));
  }
  return static_cast<std::int64_t>(list_argument(context, arguments[0]).size());
}

RuntimeValue head(const CallContext& context, Arguments arguments) {
  const auto& list = list_argument(context, arguments[0]);
  return list.empty() ? RuntimeValue() : list.front();
}

RuntimeValue last(const CallContext& context, Arguments arguments) {
  const auto& list = list_argument(context, arguments[0]);
  return list.empty() ? RuntimeValue() : list.back();
}

RuntimeValue tail(const CallContext& context, Arguments arguments) {
  const auto& list = list_argument(context, arguments[0]);
  return make_list(list.empty() ? RuntimeList() : RuntimeList(list.begin() + 1, list.end()));
}

RuntimeValue reverse(const CallContext& context, Arguments arguments) {
  if (const auto* text = std::get_if<std::string>(&arguments[0].data)) {
    std::string reversed(text->size(), '\0');
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t length = code_point_at(*text, at).size;
      text->copy(reversed.data() + text->size() - at - length, length, at);
      at += length;
    }
    return reversed;
  }
  RuntimeList list = list_argument(context, arguments[0]);
  std::reverse(list.begin(), list.end());
  return make_list(std::move(list));
}

RuntimeValue range(const CallContext& context, Arguments arguments) {
  std::int64_t bounds[3] = {0, 0, 1};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto* integer = std::get_if<std::int64_t>(&arguments[i].data);
    if (integer == nullptr) {
      context.fail("ArgumentError", "InvalidArgumentType", "range() takes integers");
    }
    bounds[i] = *integer;
  }
  const auto [first, end, step] = bounds;
  if (step == 0)
    context.fail("ArgumentError", "NumberOutOfRange", "the step of range() cannot be 0");
  RuntimeList list;
  // In unsigned arithmetic, where going past the last integer is no error.
  const auto gap = step > 0 ? static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(first)
                            : static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(end);
  if (step > 0 ? first > end : first < end) return make_list({});
  const std::uint64_t stride =
      step > 0 ? static_cast<std::uint64_t>(step) : -static_cast<std::uint64_t>(step);
  const std::uint64_t count = gap / stride;  // and one more
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
  const std::size_t bytes =
      static_cast<std::size_t>(std::min(count, kMost) + 1) * sizeof(RuntimeValue);
  // Refused before it is made; what is made is counted where it is kept.
  context.budget.hold(bytes);
  list.reserve(static_cast<std::size_t>(count) + 1);
  for (std::uint64_t i = 0; i <= count; ++i) {
    context.budget.step();
    list.emplace_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(first) +
                                                i * static_cast<std::uint64_t>(step)));
  }
  context.budget.release(bytes);
  return make_list(std::move(list));
}

Function of_list(std::string_view name, RuntimeValue (*run)(const CallContext&, Arguments),
                 Accepts accepted, Type result, std::string_view doc) {
  return {.name = name,
          .least = 1,
          .most = 1,
          .parameters = {accepted},
          .result = std::move(result),
          .run = run,
          .doc = doc};
}

const std::array<Function, 6> kFunctions{{
    of_list("size", size, kList | kString, BaseType::Integer,
            "size(x): how many elements a list or characters a string has"),
    of_list("head", head, kList, {}, "head(list): its first element"),
    of_list("last", last, kList, {}, "last(list): its last element"),
    of_list("tail", tail, kList, BaseType::List, "tail(list): all but its first element"),
    of_list("reverse", reverse, kList | kString, {}, "reverse(x): a list or a string from its end"),
    {.name = "range",
     .least = 2,
     .most = 3,
     .parameters = {},
     .result = Type::list_of(BaseType::Integer),
     .run = range,
     .doc = "range(first, last [, step]): the integers from first to last, both included"},
}};

}  // namespace

std::span<const Function> list_functions() { return kFunctions; }

}  // namespace ketnghia::query
