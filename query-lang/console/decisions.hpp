#pragma once

#include <string>
#include <vector>

#include "engine/readings/corrections.hpp"
#include "engine/store/store.hpp"
#include "importers/resolve/update.hpp"
#include "query-lang/console/commands.hpp"

namespace ketnghia::console {

// --by, else $USER. Throws UsageError where neither tells.
std::string decider(const Arguments& arguments, Context& context);

// Now, in UTC, as decisions are dated; later than any of `corrections`, so that it wins.
std::string decision_date(const Corrections& corrections);

// Puts `corrections` in place of those stored and writes what that changes to context.out: nodes
// and edges, and, where `questions` are asked, the rows that come and go. Commits unless it is a
// dry run.
void apply_corrections(Store& store, const Corrections& corrections,
                       const std::vector<std::string>& questions, bool dry_run, Context& context);

// The database for writing; it must be there.
Store existing_store(const Arguments& arguments);

}  // namespace ketnghia::console
