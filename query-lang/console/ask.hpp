#pragma once

#include <string_view>

#include "engine/store/snapshot.hpp"
#include "query-lang/console/answer.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::console {

// How a statement is asked and its answer written.
struct Asking {
  Manner manner;
  query::Options bounds;
  bool silent = false;  // list the sentences from which no fact was read
};

// From --format, --evidence, --width, --timeout, --memory, --min-confidence. Throws UsageError.
Asking asking_of(const Arguments& arguments, Context& context);

// Runs one statement and writes its answer; an empty answer to a question comes with what the
// graph covers. What goes wrong is told, not thrown, but for an output that cannot be written.
// Gives the exit code. Ctrl-C ends the statement.
int ask(const Snapshot& snapshot, std::string_view statement, const Asking& asking,
        Context& context);

}  // namespace ketnghia::console
