#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "engine/error.hpp"
#include "query-lang/executor/runtime_value.hpp"

namespace ketnghia::console {

// "name=JSON" as a statement's parameter. Throws Error where there is no name or the rest is no
// JSON; a whole number is an integer, one with a point or an exponent a float.
std::pair<std::string, query::RuntimeValue> read_parameter(std::string_view text);

}  // namespace ketnghia::console
