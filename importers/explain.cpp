#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "importers/importer.hpp"

namespace ketnghia::importers {
namespace {

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::Title:
      return "title";
    case BlockKind::Heading:
      return "heading";
    case BlockKind::Paragraph:
      return "paragraph";
    case BlockKind::ListItem:
      return "list item";
    case BlockKind::TableRow:
      return "table row";
    case BlockKind::Caption:
      return "caption";
    case BlockKind::Quotation:
      return "quotation";
    case BlockKind::Byline:
      return "byline";
    case BlockKind::Letterhead:
      return "letterhead";
    case BlockKind::Addressees:
      return "addressees";
    case BlockKind::Signature:
      return "signature";
    case BlockKind::Boilerplate:
      return "boilerplate";
  }
  return "";
}

// Lines about a document, each at the place it was read from.
class Notes {
 public:
  explicit Notes(const Reading& reading) : reading_(reading) {
    for (const ReadEntity& entity : reading.entities) {
      for (const Quotation& mention : entity.mentions)
        add(mention, entity.label + ' ' + entity.name);
    }
    for (const ReadHold& hold : reading.holds) {
      add(hold.quotations, "HOLDS " + name(hold.person) + ": " + hold.title + " of " +
                               name(hold.body) + (hold.when.empty() ? "" : ", " + hold.when));
    }
    for (const ReadEvent& event : reading.events) {
      std::string line = "Event " + event.kind + ", " +
                         (event.when.empty() ? "undated" : event.when) + ", " + event.status;
      if (event.place >= 0) line += ", in " + name(event.place);
      add(event.quotations, line + roles(event.participants) + listed(event.fields));
    }
    for (const ReadAgreement& agreement : reading.agreements) {
      std::string line = "Agreement " + agreement.kind + ", " +
                         (agreement.when.empty() ? "undated" : agreement.when) + ", " +
                         agreement.status;
      if (!agreement.period.empty()) line += ", runs " + agreement.period;
      if (agreement.count > 1) line += ", " + std::to_string(agreement.count) + " of them";
      add(agreement.quotations, line + roles(agreement.parties) + listed(agreement.fields));
    }
    std::stable_sort(notes_.begin(), notes_.end(),
                     [](const Note& a, const Note& b) { return a.span.begin < b.span.begin; });
  }

  void print(Span block, std::ostream& out) {
    for (; next_ < notes_.size() && notes_[next_].span.begin < block.end; ++next_) {
      const Note& note = notes_[next_];
      out << "    [" << note.span.begin << ',' << note.span.end << ") " << note.line << "  <"
          << note.rule << ">\n";
    }
  }

 private:
  struct Note {
    Span span;
    std::string rule, line;
  };

  const std::string& name(int entity) const {
    return reading_.entities[static_cast<std::size_t>(entity)].name;
  }
  std::string roles(const std::vector<ReadRole>& roles) const {
    std::string line;
    for (const ReadRole& role : roles) line += "; " + role.role + ' ' + name(role.entity);
    return line;
  }
  static std::string listed(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) line += (line.empty() ? "; about " : ", ") + field;
    return line;
  }
  void add(const Quotation& quotation, const std::string& line) {
    notes_.push_back({quotation.span, quotation.rule, line});
  }
  void add(const std::vector<Quotation>& quotations, const std::string& line) {
    for (std::size_t i = 0; i < quotations.size(); ++i) {
      add(quotations[i], i == 0 ? line : line.substr(0, line.find(',')) + " (told again)");
    }
  }

  const Reading& reading_;
  std::vector<Note> notes_;
  std::size_t next_ = 0;
};

}  // namespace

std::string explain_document(const std::filesystem::path& path, const ImportOptions& options) {
  const Lexicon lexicon(options.lexicon);
  const DocumentReader reader(lexicon);
  const SourceDocument source = read_document(path, options.sidecar);
  const Reading reading = reader.read(source);
  std::ostringstream out;
  out << source.name << "\n  title: " << source.title << "\n  genre: " << source.genre
      << "\n  published: " << (source.published.empty() ? "not told" : source.published)
      << "\n  source: " << (source.source.empty() ? "not told" : source.source) << "\n\n";
  Notes notes(reading);
  for (const Block& block : source.blocks) {
    out << '(' << name_of(block.kind) << ") " << block.span.of(source.text) << '\n';
    notes.print(block.span, out);
  }
  return out.str();
}

}  // namespace ketnghia::importers
