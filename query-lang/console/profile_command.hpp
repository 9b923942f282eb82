#pragma once

#include "query-lang/console/commands.hpp"

namespace ketnghia::console {

int run_profile(const Arguments& arguments, Context& context);

}  // namespace ketnghia::console
