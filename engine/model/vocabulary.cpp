#include "engine/model/vocabulary.hpp"

#include <array>
#include <cassert>
#include <utility>

#include "model_tables.hpp"

namespace ketnghia {
namespace {

// In the order of Family.
constexpr std::array<std::string_view, 11> kFamilyNames{
    "label",        "edge_type",        "event_kind", "agreement_kind", "agency_kind", "role",
    "event_status", "agreement_status", "field",      "genre",          "post"};

// The part of `text` before the first `separator`, which is taken off with it.
std::string_view take(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

std::vector<std::string_view> values(std::string_view cell) {
  std::vector<std::string_view> all;
  while (!cell.empty()) all.push_back(take(cell, ';'));
  return all;
}

std::size_t family_named(std::string_view name) {
  std::size_t at = 0;
  while (at < kFamilyNames.size() && kFamilyNames[at] != name) ++at;
  assert(at < kFamilyNames.size());
  return at;
}

using Vocabulary = std::array<std::vector<Term>, kFamilyNames.size()>;

Vocabulary read(std::string_view table) {
  Vocabulary vocabulary;
  take(table, '\n');  // the header
  while (!table.empty()) {
    auto line = take(table, '\n');
    const auto family = family_named(take(line, '\t'));
    Term term{};
    term.family = static_cast<Family>(family);
    term.id = take(line, '\t');
    term.label_en = take(line, '\t');
    term.label_vi = take(line, '\t');
    term.words_en = values(take(line, '\t'));
    term.words_vi = values(take(line, '\t'));
    term.plover = line;
    vocabulary[family].push_back(std::move(term));
  }
  return vocabulary;
}

}  // namespace

std::span<const Term> terms(Family family) {
  static const Vocabulary vocabulary = read(embedded::vocabulary_tsv());
  return vocabulary[static_cast<std::size_t>(family)];
}

const Term* find_term(Family family, std::string_view id) {
  for (const auto& term : terms(family)) {
    if (term.id == id) return &term;
  }
  return nullptr;
}

}  // namespace ketnghia
