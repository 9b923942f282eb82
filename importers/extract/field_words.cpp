#include "importers/extract/field_words.hpp"

#include <algorithm>

#include "importers/lexicon/tables.hpp"

namespace ketnghia::importers {

FieldWords::FieldWords(const Table& table) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (const std::string_view cue : table.list(row, "cues")) {
      Phrase phrase{std::string(table.cell(row, "field")), {}};
      for (const CueToken& token : tokens_of(cue)) phrase.words.push_back(token.word);
      if (!phrase.words.empty()) phrases_.push_back(std::move(phrase));
    }
  }
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    by_first_word_[phrases_[i].words.front()].push_back(i);
    first_words_.add(cue_hash(phrases_[i].words.front()));
  }
  for (auto& [word, list] : by_first_word_) {
    std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
      return phrases_[a].words.size() > phrases_[b].words.size();
    });
  }
}

std::vector<std::string> FieldWords::in(std::string_view text) const {
  std::vector<std::string> found;
  const std::vector<CueToken> tokens = tokens_of(text);
  for (std::size_t at = 0; at < tokens.size();) {
    std::size_t length = 0;
    if (!first_words_.may_have(tokens[at].hash)) {
      ++at;
      continue;
    }
    if (const auto list = by_first_word_.find(tokens[at].word); list != by_first_word_.end()) {
      for (const std::size_t index : list->second) {
        const auto& words = phrases_[index].words;
        if (at + words.size() > tokens.size()) continue;
        const bool fits = std::equal(
            words.begin(), words.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
            [](const std::string& word, const CueToken& token) { return word == token.word; });
        if (!fits) continue;
        if (std::find(found.begin(), found.end(), phrases_[index].field) == found.end()) {
          found.push_back(phrases_[index].field);
        }
        length = words.size();
        break;
      }
    }
    at += std::max<std::size_t>(length, 1);
  }
  return found;
}

}  // namespace ketnghia::importers
