#pragma once

#include <vector>

#include "importers/extract/annotated_document.hpp"

namespace ketnghia::importers {

// The sentences of a document's blocks, with their normalised text; boilerplate, bylines and
// addressees left out. A sentence ends at a full stop, a question or exclamation mark or an
// ellipsis after which something new begins: not after an abbreviation, an initial or the number
// of a list item. A table row without any is one sentence, else each of its cells is split.
std::vector<Sentence> split_sentences(const SourceDocument& source);

// The spans of the sentences of one stretch of stored text, without white space at their ends.
std::vector<Span> sentence_spans(std::string_view text, Span stretch);

}  // namespace ketnghia::importers
