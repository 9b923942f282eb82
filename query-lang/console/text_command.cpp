#include <algorithm>
#include <istream>
#include <ostream>

#include "engine/text/edtf.hpp"
#include "engine/text/encoding.hpp"
#include "engine/text/normalise.hpp"
#include "importers/extract/annotated_document.hpp"
#include "importers/lexicon/lexicon.hpp"
#include "importers/recognise/date.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/input.hpp"
#include "query-lang/console/json_text.hpp"

namespace ketnghia::console {
namespace {

// Each line of standard input as `change` makes it.
template <typename Change>
int filter_lines(Context& context, Change change) {
  for (std::string line; read_line(context.in, line);) context.out << change(line) << '\n';
  return kDone;
}

// The start of a finding's JSON line; offsets are bytes of the line as it came in.
std::string finding(std::string_view line, std::size_t line_number, Span span) {
  return R"({"line":)" + std::to_string(line_number) + R"(,"surface":)" +
         json_string(span.of(line)) + R"(,"start":)" + std::to_string(span.begin) + R"(,"end":)" +
         std::to_string(span.end);
}

std::optional<std::filesystem::path> lexicon_folder(const Arguments& arguments) {
  const auto folder = arguments.value("lexicon");
  if (!folder) return std::nullopt;
  return *folder;
}

}  // namespace

int run_text_normalise(const Arguments& arguments, Context& context) {
  const std::string bytes = read_all(context.in);
  const auto named = encoding_named(arguments.value("encoding").value_or("auto"));
  const std::string decoded = decode(bytes, named ? *named : detect_encoding(bytes));
  std::string_view rest = decoded;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    context.out << normalised_text(line);
    if (end == rest.npos) break;
    context.out << '\n';
    rest.remove_prefix(end + 1);
  }
  return kDone;
}

int run_text_key(const Arguments&, Context& context) { return filter_lines(context, match_key); }

int run_text_expand(const Arguments&, Context& context) {
  return filter_lines(context, expand_abbreviations);
}

int run_text_dates(const Arguments& arguments, Context& context) {
  const std::string published = arguments.value("published").value_or("");
  if (!published.empty() && !parse_edtf(published)) {
    throw arguments.fault(context.say("usage.no-date", {"published", published}));
  }
  std::size_t number = 0;
  for (std::string line; read_line(context.in, line);) {
    ++number;
    const Normalised normalised = normalise(line);
    importers::DateContext known;
    known.reference = published;
    for (const auto& date : importers::recognise_dates(normalised.text)) {
      known.tense = importers::tense_around(normalised.text, date.span);
      const auto edtf = importers::resolve_date(date, known);
      if (!edtf) continue;
      known.last_named = *edtf;
      context.out << finding(line, number, normalised.to_stored(date.span)) << R"(,"edtf":)"
                  << json_string(*edtf) << "}\n";
    }
  }
  return kDone;
}

int run_text_mentions(const Arguments& arguments, Context& context) {
  const importers::Lexicon lexicon(lexicon_folder(arguments));
  std::size_t number = 0;
  for (std::string line; read_line(context.in, line);) {
    ++number;
    importers::SourceDocument source;
    source.text = line;
    importers::Block paragraph;
    paragraph.span = {0, static_cast<std::uint32_t>(line.size())};
    source.blocks.push_back(paragraph);
    const importers::AnnotatedDocument annotated = importers::annotate(std::move(source), lexicon);
    std::vector<std::pair<Span, const ReadEntity*>> found;
    for (const importers::Sentence& sentence : annotated.sentences) {
      for (const importers::EntityMention& mention : sentence.mentions) {
        found.emplace_back(importers::stored_span(sentence, mention.name),
                           &annotated.entities[static_cast<std::size_t>(mention.entity)]);
      }
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [span, entity] : found) {
      context.out << finding(line, number, span) << R"(,"kind":)" << json_string(entity->label)
                  << R"(,"name":)" << json_string(entity->name) << "}\n";
    }
  }
  return kDone;
}

}  // namespace ketnghia::console
