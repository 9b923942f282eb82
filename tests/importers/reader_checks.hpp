#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "importers/readers/reader.hpp"

namespace ketnghia::importers {

// The first fault of a document's blocks against reader.hpp; empty where there is none.
inline std::string fault_of(const SourceDocument& document) {
  const std::string_view text = document.text;
  std::uint32_t at = 0;
  const auto only_gaps = [&](std::uint32_t begin, std::uint32_t end) {
    return text.substr(begin, end - begin).find_first_not_of(" \t\n\f\v|\xC2\xA0\xE2\x80\x8B") ==
           std::string_view::npos;
  };
  for (const auto& block : document.blocks) {
    if (block.span.empty() || block.span.end > text.size())
      return "a span of nothing or past the end";
    if (block.span.begin < at) return "blocks out of order or overlapping";
    if (!only_gaps(at, block.span.begin)) return "text outside of every block";
    for (const Span cell : block.cells) {
      if (!cell.empty() && !block.span.contains(cell)) return "a cell outside of its row";
    }
    const bool row = block.kind == BlockKind::TableRow;
    if (row != (block.table >= 0) || (row && block.cells.empty())) return "a row without cells";
    at = block.span.end;
  }
  return only_gaps(at, static_cast<std::uint32_t>(text.size())) ? "" : "text after the last block";
}

// The texts of the blocks of one kind, in order.
inline std::vector<std::string> texts(const SourceDocument& document, BlockKind kind) {
  std::vector<std::string> found;
  for (const auto& block : document.blocks) {
    if (block.kind == kind) found.emplace_back(block.span.of(document.text));
  }
  return found;
}

// Whether `words` stand in a block that is read for facts.
inline bool is_read(const SourceDocument& document, std::string_view words) {
  return std::any_of(document.blocks.begin(), document.blocks.end(), [&](const Block& block) {
    return block.kind != BlockKind::Boilerplate && block.kind != BlockKind::Byline &&
           block.kind != BlockKind::Addressees &&
           block.span.of(document.text).find(words) != std::string_view::npos;
  });
}

}  // namespace ketnghia::importers
