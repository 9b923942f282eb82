#pragma once

#include "engine/text/span.hpp"
#include "query-lang/analysis/bound_query.hpp"
#include "query-lang/executor/runtime_value.hpp"

namespace ketnghia::query {

// Add to Power. Null where one of the two is null; integers stay integers but for `^`.
// Throws QueryError: ArithmeticError (DivisionByZero, IntegerOverflow), TypeError.
RuntimeValue arithmetic(bound::Operator op, const RuntimeValue& a, const RuntimeValue& b,
                        Span span);

RuntimeValue negated(const RuntimeValue& value, Span span);

// What a value is, for messages: "a string".
std::string type_in_words(const RuntimeValue& value);

}  // namespace ketnghia::query
