#include "query-lang/functions/registry.hpp"

#include <algorithm>
#include <map>

#include "query-lang/executor/arithmetic.hpp"
#include "query-lang/executor/errors.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

std::string lower(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

const std::map<std::string, const Function*, std::less<>>& by_name() {
  static const auto kByName = [] {
    std::map<std::string, const Function*, std::less<>> functions;
    for (const auto family :
         {aggregation_functions(), algo_functions(), conversion_functions(), evidence_functions(),
          graph_functions(), list_functions(), math_functions(), name_functions(),
          scalar_functions(), string_functions(), time_functions()}) {
      for (const auto& function : family) functions.emplace(lower(function.name), &function);
    }
    return functions;
  }();
  return kByName;
}

}  // namespace

const Function* find_function(std::string_view name) {
  const auto found = by_name().find(lower(name));
  return found == by_name().end() ? nullptr : found->second;
}

const std::vector<const Function*>& all_functions() {
  static const auto kAll = [] {
    std::vector<const Function*> functions;
    for (const auto& [name, function] : by_name()) functions.push_back(function);
    return functions;
  }();
  return kAll;
}

void CallContext::fail(std::string_view kind, std::string_view code, std::string message) const {
  runtime_error(span, kind, code, std::move(message));
}

void wrong_argument(const CallContext& context, const RuntimeValue& argument) {
  context.fail("TypeError", "InvalidArgumentValue",
               "the function does not take " + type_in_words(argument));
}

std::size_t count_argument(const CallContext& context, const RuntimeValue& argument) {
  const auto count = argument_as<std::int64_t>(context, argument);
  if (count < 0) {
    context.fail("ArgumentError", "NumberOutOfRange", "the function takes no negative number");
  }
  return static_cast<std::size_t>(count);
}

double number_argument(const CallContext& context, const RuntimeValue& argument) {
  if (const auto* integer = std::get_if<std::int64_t>(&argument.data)) {
    return static_cast<double>(*integer);
  }
  return argument_as<double>(context, argument);
}

}  // namespace ketnghia::query
