#include "query-lang/executor/arithmetic.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "query-lang/executor/errors.hpp"
#include "query-lang/executor/json.hpp"

namespace ketnghia::query {
namespace {

using ListPtr = std::shared_ptr<const RuntimeList>;

[[noreturn]] void overflow(Span span) {
  runtime_error(span, "ArithmeticError", "IntegerOverflow",
                "the result is too large for an integer");
}

[[noreturn]] void unfit(Span span, const RuntimeValue& value) {
  runtime_error(span, "TypeError", "InvalidArgumentType",
                "one cannot calculate with " + type_in_words(value));
}

RuntimeValue whole(bound::Operator op, std::int64_t a, std::int64_t b, Span span) {
  std::int64_t result = 0;
  switch (op) {
    case bound::Operator::Add:
      if (__builtin_add_overflow(a, b, &result)) overflow(span);
      return result;
    case bound::Operator::Subtract:
      if (__builtin_sub_overflow(a, b, &result)) overflow(span);
      return result;
    case bound::Operator::Multiply:
      if (__builtin_mul_overflow(a, b, &result)) overflow(span);
      return result;
    case bound::Operator::Divide:
    case bound::Operator::Modulo:
      if (b == 0) {
        runtime_error(span, "ArithmeticError", "DivisionByZero", "an integer is divided by zero");
      }
      if (b == -1) {
        if (op == bound::Operator::Modulo) return std::int64_t{0};
        if (a == std::numeric_limits<std::int64_t>::min()) overflow(span);
      }
      return op == bound::Operator::Divide ? a / b : a % b;
    default:
      return std::pow(static_cast<double>(a), static_cast<double>(b));
  }
}

double real(bound::Operator op, double a, double b) {
  switch (op) {
    case bound::Operator::Add:
      return a + b;
    case bound::Operator::Subtract:
      return a - b;
    case bound::Operator::Multiply:
      return a * b;
    case bound::Operator::Divide:
      return a / b;
    case bound::Operator::Modulo:
      return std::fmod(a, b);
    default:
      return std::pow(a, b);
  }
}

std::optional<double> as_double(const RuntimeValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    return static_cast<double>(*integer);
  }
  if (const auto* number = std::get_if<double>(&value.data)) return *number;
  return {};
}

std::optional<std::string> as_text(const RuntimeValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value.data)) return float_text(*number);
  return {};
}

RuntimeValue joined(const RuntimeValue& a, const RuntimeValue& b) {
  RuntimeList result;
  for (const auto* side : {&a, &b}) {
    if (const auto* list = std::get_if<ListPtr>(&side->data)) {
      result.insert(result.end(), (*list)->begin(), (*list)->end());
    } else {
      result.push_back(*side);
    }
  }
  return make_list(std::move(result));
}

}  // namespace

RuntimeValue arithmetic(bound::Operator op, const RuntimeValue& a, const RuntimeValue& b,
                        Span span) {
  if (a.is_null() || b.is_null()) return {};
  const auto* a_integer = std::get_if<std::int64_t>(&a.data);
  const auto* b_integer = std::get_if<std::int64_t>(&b.data);
  if (a_integer && b_integer) return whole(op, *a_integer, *b_integer, span);
  const auto a_number = as_double(a);
  const auto b_number = as_double(b);
  if (a_number && b_number) return real(op, *a_number, *b_number);
  if (op == bound::Operator::Add) {
    if (std::holds_alternative<ListPtr>(a.data) || std::holds_alternative<ListPtr>(b.data)) {
      return joined(a, b);
    }
    const auto a_text = as_text(a);
    const auto b_text = as_text(b);
    if (a_text && b_text) return *a_text + *b_text;
    unfit(span, a_text ? b : a);
  }
  unfit(span, a_number ? b : a);
}

RuntimeValue negated(const RuntimeValue& value, Span span) {
  if (value.is_null()) return {};
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    if (*integer == std::numeric_limits<std::int64_t>::min()) overflow(span);
    return -*integer;
  }
  if (const auto* number = std::get_if<double>(&value.data)) return -*number;
  unfit(span, value);
}

std::string type_in_words(const RuntimeValue& value) {
  constexpr BaseType kTypes[] = {
      BaseType::Null, BaseType::Boolean, BaseType::Integer, BaseType::Float, BaseType::String,
      BaseType::Node, BaseType::Edge,    BaseType::List,    BaseType::Map,   BaseType::Path};
  return in_words(kTypes[value.data.index()]);
}

}  // namespace ketnghia::query
