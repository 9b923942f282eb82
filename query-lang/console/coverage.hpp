#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::console {

// What a graph can know of: its documents, and the years that they were published in or tell of.
struct Coverage {
  std::uint64_t documents = 0;
  std::optional<int> first_year, last_year;
};

// Reads every document, event and agreement.
Coverage coverage(const Snapshot& snapshot);

// The texts that a pattern holds in quotes and that name something of the graph, each once.
std::vector<std::string> names_in(const Snapshot& snapshot, std::string_view pattern);

// The mentions of whatever bears one of `names` that no edge of it rests on, as evidence of the
// sentence around them, in order of documents and places, each sentence once.
std::vector<Evidence> silent_sentences(const Snapshot& snapshot,
                                       const std::vector<std::string>& names);

// Tells what an answer cannot: where it is `empty`, what the graph covers and how many sentences
// name what was asked about without a fact; these in full where they are wanted.
void tell_coverage(const Snapshot& snapshot, const query::Meaning& meaning, bool empty,
                   bool list_silent, Context& context);

}  // namespace ketnghia::console
