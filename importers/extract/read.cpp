#include <utility>

#include "importers/extract/annotated_document.hpp"
#include "importers/extract/event_cues.hpp"
#include "importers/extract/extractor.hpp"
#include "importers/extract/field_words.hpp"
#include "importers/importer.hpp"
#include "importers/lexicon/tables.hpp"
#include "importers/resolve/identity.hpp"

namespace ketnghia::importers {

struct DocumentReader::Frames {
  EventCueTable cues;
  FieldWords fields;
};

DocumentReader::DocumentReader(const Lexicon& lexicon)
    : lexicon_(lexicon),
      frames_(new Frames{EventCueTable(lexicon.tables().table("event_cues")),
                         FieldWords(lexicon.tables().table("fields"))}) {}

DocumentReader::~DocumentReader() = default;

Reading DocumentReader::read(SourceDocument source) const {
  AnnotatedDocument document = annotate(std::move(source), lexicon_);
  Reading reading;
  reading.document = document.source.name;
  reading.title = document.source.title;
  reading.source = document.source.source;
  reading.url = document.source.url;
  reading.published = document.source.published;
  reading.sha256 = document.source.sha256;
  reading.genre = document.source.genre;
  Extractor(document, frames_->cues, frames_->fields).run(reading);
  reading.entities = std::move(document.entities);
  reading.holds = std::move(document.holds);
  for (ReadEntity& entity : reading.entities) entity.identity = identity(reading, entity);
  return reading;
}

}  // namespace ketnghia::importers
