#pragma once

#include <cstdint>
#include <string>

#include "engine/graph/ids.hpp"
#include "engine/text/span.hpp"

namespace ketnghia {

// How faithfully the quotation stands in the document. On disk: never renumber.
enum class Grade : std::uint8_t { Exact = 0, Normalised = 1, Ocr = 2 };

// Who says so. On disk: never renumber.
enum class Source : std::uint8_t { Import = 0, Person = 1, Load = 2 };

// What shows a fact: a span of a document's stored text, the quotation being that span.
struct Evidence {
  NodeId document{};
  Span span;
  std::string quote;  // for Load: as the file gave it; else the text at `span`, never empty
  std::string rule;   // the rule that read it; empty for Load
  Grade grade = Grade::Exact;
  Source source = Source::Import;
  float confidence = 1.0F;  // 0 to 1, from the rule and its context

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

}  // namespace ketnghia
