#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/span.hpp"
#include "query-lang/question/keywords.hpp"

namespace ketnghia::query {

// A name as it was asked for.
struct AskedName {
  Span span;
  std::string text;
  // The label that a generic word before the name asks for ("tỉnh Lào Cai" is a Province);
  // empty where there is none.
  std::string_view label;
};

// What something is about: fields of the vocabulary where all words are such, else the words.
struct AskedTopic {
  std::vector<const Term*> fields;
  AskedName words;
};

// One step of a question, in the order of its words.
struct Element {
  enum class Kind {
    Subject,  // `nouns`: what is asked for, or what an action was done to
    Count,
    Who,
    When,
    Action,   // `action`, a verb of Concept
    With,     // `names`; none where what is asked for stands there: "with which units"
    Between,  // two `names`
    From,
    To,
    Of,
    In,
    By,
    Name,   // names without a preposition: beside a verb, who does or suffers it
    About,  // `topic`
    Time,   // `periods`
    Clock,  // `names`: words that mean a time by what today is
    Where,
    Most,
    Connected,
    Communities,
    InForce,
    Compare,
    Status,  // `status`
    Latest,
    First,
    Limit,   // `number`
    Order,   // `key`, `descending`
    Group,   // `key`
    Holding  // `names`: post and body, glued; `current` where the question says "is"
  };

  Kind kind = Kind::Name;
  std::vector<AskedName> names{};
  bool all_names = false;  // joined by "and", not by "or"
  std::vector<KeywordMeaning> nouns{};
  Concept action = Concept::Noise;
  AskedTopic topic{};
  std::vector<std::string> periods;  // EDTF, for overlaps() and within(); any of them
  std::vector<const Term*> status{};
  int number = 0;
  Concept key = Concept::Noise;
  bool descending = false;
  bool current = false;
};

// A question after its grammar: nothing is known of the graph but which stretches are names.
struct Question {
  std::vector<Element> elements;
  bool plural = false;  // "các", "những", or an English plural: more than one is asked for
};

// Whether the graph has something of that name.
using KnownName = std::function<bool(std::string_view)>;

// Parses `question`. A name without quotes is the longest stretch that `known` accepts; where it
// accepts none, the words up to the next keyword. Throws QueryError at the first word that
// cannot stand where it stands.
Question parse_question(std::string_view question, const KnownName& known);

}  // namespace ketnghia::query
