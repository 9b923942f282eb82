#include "importers/extract/sentences.hpp"

#include <algorithm>
#include <cctype>

#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"
#include "importers/recognise/syllables.hpp"

namespace ketnghia::importers {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// White space of the stored text, which may also be a no-break space.
std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (is_space(text[at])) return 1;
  return text.substr(at, 2) == "\xC2\xA0" ? 2 : 0;
}

// Quotation marks and brackets that close what ends before them.
std::size_t closer_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '"' || text[at] == ')' || text[at] == '\'') return 1;
  const std::string_view three = text.substr(at, 3);
  if (three == "\u201D" || three == "\u2019") return 3;
  return text.substr(at, 2) == "\u00BB" ? 2 : 0;
}

// Whether what follows a full stop can begin a sentence: no small letter.
bool begins_sentence(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const CodePoint c = code_point_at(text, at);
  if (c.value < 0x80 && std::islower(static_cast<int>(c.value))) return false;
  const auto letter = letter_of(c.value);
  return !letter || letter->upper;
}

std::string_view word_before(std::string_view text, std::size_t begin, std::size_t at) {
  std::size_t first = at;
  while (first > begin && !is_space(text[first - 1]) && text[first - 1] != '.' &&
         text[first - 1] != '(' && text[first - 1] != '"' && text[first - 1] != ',') {
    --first;
  }
  return text.substr(first, at - first);
}

// "1." or "II." at the head of a list item.
bool is_number_of_item(std::string_view word, std::size_t first, std::size_t begin) {
  if (first != begin || word.empty() || word.size() > 5) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) || c == 'I' || c == 'V' || c == 'X';
  });
}

// The end of the sentence whose full stop stands at `at`, or 0 where it ends none.
std::size_t sentence_end(std::string_view text, Span stretch, std::size_t begin, std::size_t at) {
  std::size_t end = at + 1;
  const bool ellipsis = text.substr(at, 3) == "\u2026";
  if (ellipsis) {
    end = at + 3;
  } else if (text[at] != '.' && text[at] != '!' && text[at] != '?') {
    return 0;
  }
  while (end < stretch.end && (text[end] == '.' || text[end] == '!' || text[end] == '?')) ++end;
  const bool single_stop = text[at] == '.' && end == at + 1;
  while (const std::size_t size = closer_at(text, end)) {
    if (end + size > stretch.end) break;
    end += size;
  }
  std::size_t next = end;
  while (next < stretch.end) {
    const std::size_t size = space_at(text, next);
    if (size == 0) break;
    next += size;
  }
  if (next == end && end < stretch.end) return 0;
  if (!begins_sentence(text.substr(0, stretch.end), next)) return 0;
  if (single_stop && next < stretch.end) {
    const std::string_view word = word_before(text, begin, at);
    const auto first = static_cast<std::size_t>(word.data() - text.data());
    if (is_abbreviation(word) || is_number_of_item(word, first, begin)) return 0;
  }
  return end;
}

Span trimmed(std::string_view text, Span span) {
  while (span.begin < span.end) {
    const std::size_t size = space_at(text, span.begin);
    if (size == 0) break;
    span.begin += static_cast<std::uint32_t>(size);
  }
  while (span.begin < span.end) {
    if (is_space(text[span.end - 1])) {
      --span.end;
    } else if (span.size() >= 2 && text.substr(span.end - 2, 2) == "\xC2\xA0") {
      span.end -= 2;
    } else {
      break;
    }
  }
  if (span.begin > span.end) span.begin = span.end;
  return span;
}

bool is_left_out(BlockKind kind) {
  return kind == BlockKind::Boilerplate || kind == BlockKind::Byline ||
         kind == BlockKind::Addressees;
}

}  // namespace

std::vector<Span> sentence_spans(std::string_view text, Span stretch) {
  std::vector<Span> spans;
  stretch = trimmed(text, stretch);
  std::size_t begin = stretch.begin;
  for (std::size_t at = begin; at < stretch.end;) {
    const char c = text[at];
    const bool candidate = c == '.' || c == '!' || c == '?' || c == '\xE2';
    const std::size_t end = candidate ? sentence_end(text, stretch, begin, at) : 0;
    if (end == 0) {
      ++at;
      continue;
    }
    const Span span =
        trimmed(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    if (!span.empty()) spans.push_back(span);
    begin = at = end;
    while (const std::size_t size = begin < stretch.end ? space_at(text, begin) : 0) {
      begin += size;
      at = begin;
    }
  }
  const Span rest = trimmed(text, {static_cast<std::uint32_t>(begin), stretch.end});
  if (!rest.empty()) spans.push_back(rest);
  return spans;
}

std::vector<Sentence> split_sentences(const SourceDocument& source) {
  std::vector<Sentence> sentences;
  for (std::size_t index = 0; index < source.blocks.size(); ++index) {
    const Block& block = source.blocks[index];
    if (is_left_out(block.kind)) continue;
    std::vector<Span> spans = sentence_spans(source.text, block.span);
    if (!block.cells.empty() && spans.size() > 1) {
      spans.clear();
      for (const Span cell : block.cells) {
        const std::vector<Span> inner = sentence_spans(source.text, cell);
        spans.insert(spans.end(), inner.begin(), inner.end());
      }
    }
    int number = 0;
    for (const Span span : spans) {
      Sentence sentence;
      sentence.block = static_cast<int>(index);
      sentence.number = number++;
      sentence.stored = span;
      sentence.text = normalise(span.of(source.text));
      std::replace(sentence.text.text.begin(), sentence.text.text.end(), '\n', ' ');
      sentences.push_back(std::move(sentence));
    }
  }
  return sentences;
}

}  // namespace ketnghia::importers
