#pragma once

#include "importers/extract/annotated_document.hpp"
#include "importers/extract/entities.hpp"

namespace ketnghia::importers {

// The posts that the titles of a document tell, as holds of `document`; places, bodies and people
// must be resolved. Party ranks are no posts. A title without a name is linked to the one person
// whom the document says to hold it. Adds the people who sign the document.
void resolve_posts(AnnotatedDocument& document, DocumentMentions& mentions,
                   const Lexicon::Tables& tables);

}  // namespace ketnghia::importers
