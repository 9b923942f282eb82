#pragma once

#include <string_view>

#include "query-lang/console/commands.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::console {

// Tells on context.err what went wrong; with `json` as one line
// {"error":{"kind","code","message",…}}, a faulty statement's with "line" and "column" (from 1,
// in characters), "expected" and "nearest". Gives the exit code.
int tell(const query::QueryError& error, std::string_view statement, bool json, Context& context);
int tell(const Error& error, bool json, Context& context);

}  // namespace ketnghia::console
