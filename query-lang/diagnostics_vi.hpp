#pragma once

#include <string>
#include <string_view>

#include "query-lang/query_error.hpp"

namespace ketnghia::query {

// The diagnostic with its message and what was expected in Vietnamese, as diagnostics_vi.tsv says
// them; what that does not have stays English.
Diagnostic in_vietnamese(Diagnostic diagnostic);

// render() in Vietnamese.
std::string render_vietnamese(const Diagnostic& diagnostic, std::string_view statement);

}  // namespace ketnghia::query
