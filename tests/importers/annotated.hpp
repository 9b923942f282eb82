#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "importers/extract/annotated_document.hpp"
#include "importers/lexicon/lexicon.hpp"

// What the tests of mentions, entities and posts share: short documents, one block a line.
namespace ketnghia::importers::testing {

inline const Lexicon& lexicon() {
  static const Lexicon shared;
  return shared;
}

struct BlockOf {
  BlockKind kind;
  std::string_view text;
};

inline AnnotatedDocument annotated(const std::vector<BlockOf>& lines) {
  SourceDocument source;
  source.name = "test.txt";
  source.published = "2024-05-17";
  for (const BlockOf& line : lines) {
    Block block;
    block.kind = line.kind;
    block.span.begin = static_cast<std::uint32_t>(source.text.size());
    source.text += line.text;
    block.span.end = static_cast<std::uint32_t>(source.text.size());
    source.text += '\n';
    source.blocks.push_back(block);
  }
  return annotate(std::move(source), lexicon());
}

inline AnnotatedDocument annotated(std::string_view paragraph) {
  return annotated({{BlockKind::Paragraph, paragraph}});
}

// The names of the entities of a label, sorted, with " | " between them.
inline std::string names(const AnnotatedDocument& document, std::string_view label) {
  std::vector<std::string> found;
  for (const ReadEntity& entity : document.entities) {
    if (entity.label == label) found.push_back(entity.name);
  }
  std::sort(found.begin(), found.end());
  std::string joined;
  for (const std::string& name : found) joined += (joined.empty() ? "" : " | ") + name;
  return joined;
}

inline std::string cities(std::string_view text) { return names(annotated(text), "City"); }
inline std::string agencies(std::string_view text) { return names(annotated(text), "Agency"); }
inline std::string people(std::string_view text) { return names(annotated(text), "Person"); }

// "person: title, body" of each hold, in order.
inline std::vector<std::string> holds(const AnnotatedDocument& document) {
  std::vector<std::string> found;
  for (const ReadHold& hold : document.holds) {
    const auto name = [&](int index) {
      return document.entities[static_cast<std::size_t>(index)].name;
    };
    found.push_back(name(hold.person) + ": " + hold.title + ", " + name(hold.body));
  }
  return found;
}

}  // namespace ketnghia::importers::testing
