#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/model/vocabulary.hpp"
#include "query-lang/question/token.hpp"

namespace ketnghia::query {

// What a keyword of a question stands for. Up to ByCount in the order of keywords.tsv, whose
// first column has these names in lower case with underscores.
enum class Concept : std::uint8_t {
  Noise,
  Plural,
  Honorific,
  YesNo,
  Count,
  Who,
  Is,
  IsWho,
  Was,
  When,
  Place,
  Partner,
  Quote,
  Timeline,
  Path,
  Paths,
  Community,
  Posts,
  With,
  Between,
  And,
  Or,
  From,
  To,
  Of,
  In,
  By,
  About,
  Cooperate,
  Meet,
  Visit,
  Receive,
  Sign,
  Lead,
  Organise,
  Attend,
  Establish,
  Year,
  Month,
  Day,
  January,
  February,
  March,
  April,
  May,
  June,
  July,
  August,
  September,
  October,
  November,
  December,
  Quarter,
  FirstHalf,
  SecondHalf,
  Since,
  Until,
  Before,
  After,
  Period,
  Now,
  Clock,
  Where,
  Most,
  Connected,
  InForce,
  Compare,
  Latest,
  First,
  Limit,
  Order,
  Descending,
  Ascending,
  Group,
  ByYear,
  ByMonth,
  ByField,
  ByKind,
  ByCity,
  ByDate,
  ByName,
  ByCount,
  // Of the model's vocabulary: KeywordMeaning::term says which.
  Noun,    // a label, a kind of event, agreement or agency, a role
  Field,   // a field of cooperation
  Status,  // of an event or an agreement
  Post     // what people call a post
};

constexpr bool is_verb(Concept meaning) {
  return meaning >= Concept::Cooperate && meaning <= Concept::Establish;
}

// One reading of a phrase.
struct KeywordMeaning {
  Concept meaning;
  const Term* term = nullptr;  // of the vocabulary, for Noun, Field, Status and Post
  std::string_view written{};  // as the table writes the phrase
  bool plural = false;         // nouns: the English phrase speaks of many
};

// The phrase that begins at a word.
struct PhraseMatch {
  std::size_t words = 0;  // 0: no keyword begins here
  std::vector<KeywordMeaning> meanings;

  const KeywordMeaning* find(Concept meaning) const;
  bool has(Concept meaning) const { return find(meaning) != nullptr; }
};

// All keywords in both languages: question/keywords.tsv and the words of the model's
// vocabulary.
//
// Invariants: never changes once made. Case, tone placement and marks left out do not matter;
// marks that were typed must be the keyword's in phrases of few letters, where folding would
// make one word of many ("Sở" is not "số").
class Keywords {
 public:
  static const Keywords& instance();

  // The longest phrase that begins at `first`.
  PhraseMatch match(const Token* first, const Token* last) const;

  // Keywords spelled like what begins at `first`, those of one word first, at most `limit`.
  std::vector<std::string> nearest(const Token* first, const Token* last, std::size_t limit) const;

 private:
  Keywords();
  void add(std::string_view phrase, KeywordMeaning meaning);

  std::unordered_map<std::string, std::vector<KeywordMeaning>> phrases_;  // by match key
  std::size_t longest_ = 0;                                               // in words
};

}  // namespace ketnghia::query
