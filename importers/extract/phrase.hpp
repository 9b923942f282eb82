#pragma once

#include <string>
#include <vector>

#include "importers/extract/annotated_document.hpp"
#include "importers/extract/event_cues.hpp"

namespace ketnghia::importers {

// Coordinated mentions that act as one: "Sở Xây dựng Đà Nẵng và Cục Quy hoạch Yokohama".
struct Group {
  std::vector<int> entities;
  bool persons = false;     // all are people
  bool delegation = false;  // a delegation, of the cities or bodies named
  bool anaphor = false;     // stands for entities named before
};

// What a sentence is made of for a frame.
struct Piece {
  enum class Kind { Group, Cue, Date, Word, Comma, Stop, Open, Close, Colon };

  Kind kind = Kind::Word;
  Span span;                      // of the sentence's text
  Group group;                    // Group
  const EventCue* cue = nullptr;  // Cue
  int date = -1;                  // Date: index into Sentence::dates
  std::string word;               // Word: lower case
  bool quoted = false;            // within quotation marks
  bool bracketed = false;         // within round brackets
};

inline bool is_cue(const Piece& piece, CueForm form) {
  return piece.kind == Piece::Kind::Cue && piece.cue->form == form;
}

// What stands behind the anaphors of a sentence.
struct Referents {
  int home = -1;
  std::vector<int> delegation;  // whom "đoàn" is of
  std::vector<int> sides;       // "hai bên", "hai thành phố": the two sides told last
  std::vector<int> cities;      // no districts
  std::vector<int> districts;
  std::vector<int> countries;
  std::vector<int> bodies;
  std::vector<int> recent_bodies;  // the latest last: "Sở" is the last one that is a Sở
  std::vector<int> leaders;        // "hai trưởng đoàn": of both sides
  std::vector<int> partner;        // "phía bạn"
};

// The pieces of a sentence, in order. `tokens` are tokens_of() its text; each gets the mention that
// holds it. `quoted`: it begins within quotation marks; set to whether it ends so.
std::vector<Piece> pieces_of(const AnnotatedDocument& document, const Sentence& sentence,
                             std::vector<CueToken>& tokens, const EventCueTable& cues,
                             const Referents& referents, bool& quoted);

}  // namespace ketnghia::importers
