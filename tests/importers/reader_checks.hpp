#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/utf8.hpp"
#include "importers/readers/reader.hpp"

namespace ketnghia::importers {

// The first fault of a document's blocks against reader.hpp; empty where there is none.
inline std::string fault_of(const SourceDocument& document) {
  const std::string_view text = document.text;
  std::uint32_t at = 0;
  // What readers trim: white space, bars, controls and the marks of no width.
  const auto only_gaps = [&](std::uint32_t begin, std::uint32_t end) {
    while (begin < end) {
      const ketnghia::CodePoint point = ketnghia::code_point_at(text, begin);
      const char32_t c = point.value;
      const bool gap = c <= 0x20 || c == '|' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
                       (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                       c == 0x205F || c == 0x3000 || c == 0xFEFF;
      if (!gap) return false;
      begin += point.size;
    }
    return true;
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
