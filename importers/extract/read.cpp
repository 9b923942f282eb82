#include <functional>
#include <map>
#include <utility>

#include "importers/extract/annotated_document.hpp"
#include "importers/extract/calibration.hpp"
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
  Calibration calibration;
  // What a place is called in English, by its canonical name: askers use it, documents may not.
  std::map<std::string, std::string, std::less<>> english;

  explicit Frames(const Lexicon::Tables& tables)
      : cues(tables.table("event_cues")), fields(tables.table("fields")),
        calibration(tables.table("rule_confidence")) {
    for (const char* name : {"cities", "countries"}) {
      const Table& table = tables.table(name);
      for (std::size_t row = 0; row < table.size(); ++row) {
        english.emplace(table.cell(row, "name_vi"), table.cell(row, "name_en"));
      }
    }
    const Table& home = tables.table("vietnam");  // its first alias is the English form
    for (std::size_t row = 0; row < home.size(); ++row) {
      const auto aliases = home.list(row, "aliases");
      if (!aliases.empty()) english.emplace(home.cell(row, "name"), aliases.front());
    }
  }
};

DocumentReader::DocumentReader(const Lexicon& lexicon)
    : lexicon_(lexicon), frames_(std::make_unique<const Frames>(lexicon.tables())) {}

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
  frames_->calibration.apply(reading);
  for (ReadEntity& entity : reading.entities) {
    entity.identity = identity(reading, entity);
    if (entity.label != "City") continue;
    const auto english = frames_->english.find(entity.name);
    if (english != frames_->english.end() && !english->second.empty())
      entity.aliases.push_back(english->second);
  }
  return reading;
}

}  // namespace ketnghia::importers
