#pragma once

#include <string>
#include <string_view>

#include "engine/text/span.hpp"

namespace ketnghia::query {

// Throws QueryError for a value that does not fit, met while a statement runs.
[[noreturn]] void runtime_error(Span span, std::string_view kind, std::string_view code,
                                std::string message);

}  // namespace ketnghia::query
