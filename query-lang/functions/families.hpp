#pragma once

#include <array>
#include <span>

#include "query-lang/functions/registry.hpp"

// The families the registry is made of, and what they share. Not for others.
namespace ketnghia::query {

std::span<const Function> aggregation_functions();
std::span<const Function> algo_functions();
std::span<const Function> conversion_functions();
std::span<const Function> evidence_functions();
std::span<const Function> graph_functions();
std::span<const Function> list_functions();
std::span<const Function> math_functions();
std::span<const Function> name_functions();
std::span<const Function> scalar_functions();
std::span<const Function> string_functions();
std::span<const Function> time_functions();

constexpr Accepts kBoolean = accepts(BaseType::Boolean);
constexpr Accepts kInteger = accepts(BaseType::Integer);
constexpr Accepts kNumber = accepts(BaseType::Number);
constexpr Accepts kString = accepts(BaseType::String);
constexpr Accepts kList = accepts(BaseType::List);
constexpr Accepts kMap = accepts(BaseType::Map);
constexpr Accepts kNode = accepts(BaseType::Node);
constexpr Accepts kEdge = accepts(BaseType::Edge);
constexpr Accepts kPath = accepts(BaseType::Path);
constexpr Accepts kAnything = 0;

// For an argument whose type is known only now: TypeError, InvalidArgumentValue.
[[noreturn]] void wrong_argument(const CallContext& context, const RuntimeValue& argument);

// The argument as what it must be, or wrong_argument().
template <typename T>
const T& argument_as(const CallContext& context, const RuntimeValue& argument) {
  const auto* value = std::get_if<T>(&argument.data);
  if (value == nullptr) wrong_argument(context, argument);
  return *value;
}
inline const std::string& text_argument(const CallContext& context, const RuntimeValue& argument) {
  return argument_as<std::string>(context, argument);
}
inline const RuntimeList& list_argument(const CallContext& context, const RuntimeValue& argument) {
  return *argument_as<std::shared_ptr<const RuntimeList>>(context, argument);
}
// An integer that counts something: ArgumentError where it is negative.
std::size_t count_argument(const CallContext& context, const RuntimeValue& argument);
// An integer or a float.
double number_argument(const CallContext& context, const RuntimeValue& argument);

}  // namespace ketnghia::query
