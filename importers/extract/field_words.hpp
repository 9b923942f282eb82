#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/extract/event_cues.hpp"

namespace ketnghia::importers {

// The phrases that tell a field of cooperation (importers/lexicon/fields.tsv).
class FieldWords {
 public:
  // From the columns field and cues of fields.tsv.
  explicit FieldWords(const Table& table);

  // The fields told by a text, in the order of their first phrase, each once. A phrase within a
  // longer one of another field does not count: "đào tạo cán bộ" is training, not "cán bộ".
  std::vector<std::string> in(std::string_view text) const;

 private:
  struct Phrase {
    std::string field;
    std::vector<std::string> words;
  };
  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;  // longest first
  FirstWords first_words_;
};

}  // namespace ketnghia::importers
