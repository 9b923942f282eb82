#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/extract/annotated_document.hpp"
#include "importers/lexicon/tables.hpp"
#include "importers/recognise/mention.hpp"

namespace ketnghia::importers {

// What the sentences of a document name, beside the document: one LineMentions a sentence, and
// for each of its mentions the entity it has found (-1: none).
struct DocumentMentions {
  std::vector<LineMentions> lines;
  std::vector<std::vector<int>> entities;
};

// Resolves places and bodies within the document: fills `document.entities`, `document.home` and
// `mentions.entities`. Whatever the document leaves open stays without an entity.
void resolve_places_and_bodies(AnnotatedDocument& document, DocumentMentions& mentions,
                               const Lexicon::Tables& tables);

// Resolves people: full names first, then "bà Rouquette" and the like, which need one.
void resolve_people(AnnotatedDocument& document, DocumentMentions& mentions);

// The entity that `name` says, as an alias, unless it has it.
void add_alias(ReadEntity& entity, std::string_view name);

// The key under which names of one document meet: case, i/y, hyphens and spaces do not count.
std::string document_key(std::string_view name);

// A name printed in capitals throughout, as it is usually written: "Lê Văn An".
std::string in_usual_capitals(std::string_view name);

}  // namespace ketnghia::importers
