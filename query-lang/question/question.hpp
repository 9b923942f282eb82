#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::query {

// What a question means.
struct Rewritten {
  std::string pattern;  // the one openCypher statement it means
  // Things to tell the asker: names that several things bear, words taken as words of evidence.
  std::vector<std::string> remarks;
};

// Whether `statement` is meant as a question and not as a pattern: a pattern begins with
// MATCH, OPTIONAL MATCH, WITH, UNWIND, RETURN (or CALL), in any case, after white space and
// comments.
bool is_question(std::string_view statement);

// Parses a question in English, Vietnamese or Vietnamese without tone marks (LANGUAGE.md,
// Questions), resolves its names against the graph and writes the pattern it means.
// Throws QueryError: what cannot be understood, with the place and what was expected; a name
// that is not in the graph (kind EntityNotFound, code UnknownName), with the nearest names.
Rewritten rewrite_question(const Snapshot& snapshot, std::string_view question);

}  // namespace ketnghia::query
