#pragma once

#include <string>
#include <string_view>

#include "query-lang/query.hpp"

namespace ketnghia::query {

// Runs a statement and tells, beside the pattern it means and the estimates of its plan, what each
// step did. Throws QueryError, StoreError.
std::string profile(const Snapshot& snapshot, std::string_view statement,
                    const Options& options = {});

}  // namespace ketnghia::query
