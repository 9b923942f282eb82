#include <algorithm>
#include <utility>

#include "importers/extract/annotated_document.hpp"
#include "importers/extract/entities.hpp"
#include "importers/extract/posts.hpp"
#include "importers/extract/sentences.hpp"
#include "importers/lexicon/lexicon.hpp"
#include "importers/lexicon/tables.hpp"
#include "importers/recognise/recogniser.hpp"

namespace ketnghia::importers {
namespace {

// Most words of the sentence are in capitals, so capitals tell nothing.
bool is_shouting(const std::vector<Token>& tokens) {
  std::size_t upper = 0;
  std::size_t words = 0;
  for (const Token& token : tokens) {
    if (!token.is_word()) continue;
    ++words;
    if (token.shape == Shape::Upper) ++upper;
  }
  return words >= 2 && upper * 10 >= words * 7;
}

// Marks the tokens at which another cell of the row begins.
void mark_cells(const Sentence& sentence, const Block& block, std::vector<Token>& tokens) {
  std::size_t cell = 0;
  for (Token& token : tokens) {
    const std::uint32_t stored = stored_span(sentence, token.span).begin;
    while (cell < block.cells.size() && stored >= block.cells[cell].begin) {
      token.barrier = cell > 0;
      ++cell;
    }
  }
}

Standing standing_of(const Mention& mention) {
  switch (mention.standing) {
    case Inside::Title:
      return Standing::InTitle;
    case Inside::Name:
      return Standing::InName;
    case Inside::Apposed:
      return Standing::Apposed;
    case Inside::Plain:
      break;
  }
  return Standing::Plain;
}

void link(Sentence& sentence, const LineMentions& line, const std::vector<int>& entities) {
  for (std::size_t m = 0; m < line.mentions.size(); ++m) {
    if (entities[m] < 0) continue;
    const Mention& mention = line.mentions[m];
    sentence.mentions.push_back(
        {mention.span, mention.extent, entities[m], standing_of(mention), mention.delegation});
  }
  std::stable_sort(sentence.mentions.begin(), sentence.mentions.end(),
                   [](const EntityMention& a, const EntityMention& b) {
                     return a.extent.begin < b.extent.begin;
                   });
}

}  // namespace

Span stored_span(const Sentence& sentence, Span span) {
  const Span stored = sentence.text.to_stored(span);
  return {stored.begin + sentence.stored.begin, stored.end + sentence.stored.begin};
}

Quotation quotation(const Sentence& sentence, Span span, std::string rule, float confidence) {
  return {stored_span(sentence, span), std::move(rule),
          sentence.certainty < 1.0F         ? Grade::Ocr
          : sentence.text.mended(span) ? Grade::Normalised
                                       : Grade::Exact,
          confidence * sentence.certainty};
}

AnnotatedDocument annotate(SourceDocument source, const Lexicon& lexicon) {
  const Lexicon::Tables& tables = lexicon.tables();
  AnnotatedDocument document;
  document.source = std::move(source);
  document.sentences = split_sentences(document.source);

  DocumentMentions mentions;
  std::vector<Token> tokens;
  for (Sentence& sentence : document.sentences) {
    const Block& block = document.source.blocks[static_cast<std::size_t>(sentence.block)];
    sentence.certainty = block.certainty;
    sentence.dates = recognise_dates(sentence.text.text);
    tokenise(sentence.text.text, tables.words, tokens);
    if (!block.cells.empty()) mark_cells(sentence, block, tokens);
    const Line line{sentence.text.text, tokens, tables, is_shouting(tokens)};
    mentions.lines.push_back(recognise(line));
  }
  resolve_places_and_bodies(document, mentions, tables);
  resolve_people(document, mentions);
  resolve_posts(document, mentions, tables);
  for (std::size_t s = 0; s < document.sentences.size(); ++s) {
    link(document.sentences[s], mentions.lines[s], mentions.entities[s]);
  }
  return document;
}

}  // namespace ketnghia::importers
