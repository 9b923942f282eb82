#pragma once

#include <string>
#include <vector>

#include "engine/readings/reading.hpp"
#include "engine/text/normalise.hpp"
#include "engine/text/span.hpp"
#include "importers/readers/reader.hpp"
#include "importers/recognise/date.hpp"

namespace ketnghia::importers {

// How a mention stands in its sentence. Only Plain mentions act or are acted upon.
enum class Standing {
  Plain,
  InTitle,  // a body or place inside a person's title: "Giám đốc [Sở Ngoại vụ] Ngô Minh Hoàng"
  InName,  // inside the name of another body: "Trường Đảng [Thành ủy Bắc Kinh]"; never of a
           // place that is written apart, as in "Sở Y tế Hà Nội": there the body is one mention
  Apposed  // a place that only locates what stands before it: "Nam Ninh, [Quảng Tây] ([Trung
           // Quốc])"
};

// A mention that has found its entity.
struct EntityMention {
  Span name;        // of the sentence's normalised text: the name itself
  Span extent;      // with honorifics and titles before a person, generic words before a city
  int entity = -1;  // index into AnnotatedDocument::entities
  Standing standing = Standing::Plain;
  bool delegation = false;  // "Đoàn đại biểu [thành phố Hà Nội]": the extent begins at "Đoàn"
};

// A sentence, or a table row or list item where these hold no full stop.
struct Sentence {
  int block = 0;                        // index into AnnotatedDocument::source.blocks
  int number = 0;                       // within its block
  float certainty = 1.0F;               // of its block
  Span stored;                          // of the stored text
  Normalised text;                      // its steps are relative to `stored.begin`
  std::vector<EntityMention> mentions;  // in order of extent.begin; InTitle and InName ones
                                        // follow the mention whose extent holds them
  std::vector<DateExpression> dates;    // in order, of `text`
};

// A document between recognition and extraction: its sentences with every mention linked to an
// entity of the document, and the posts that the titles tell.
struct AnnotatedDocument {
  SourceDocument source;
  std::vector<Sentence> sentences;   // boilerplate, bylines and addressees left out
  std::vector<ReadEntity> entities;  // identity not yet set
  std::vector<ReadHold> holds;
  int home = -1;  // the City in whose name the document speaks: "Thành phố", "UBND Thành phố"
};

// The stored text's span of a span of the sentence's normalised text.
Span stored_span(const Sentence& sentence, Span span);

// `span` of the sentence as a quotation: a Grade of Normalised where its letters were mended, of Ocr
// and less confident where they were recognised from an image.
Quotation quotation(const Sentence& sentence, Span span, std::string rule, float confidence);

class Lexicon;
AnnotatedDocument annotate(SourceDocument source, const Lexicon& lexicon);

}  // namespace ketnghia::importers
