#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/text/span.hpp"

namespace ketnghia::importers {

class Table;

// What a phrase of importers/lexicon/event_cues.tsv does in its sentence.
enum class CueForm {
  Verb,         // predicate of an event: subject CUE object
  Noun,         // names an event: "hội thảo", "chuyến thăm"
  Light,        // verb whose object is an event noun: "tổ chức", "dự"
  CoOrganiser,  // "phối hợp với X" before an event noun
  CoHost,       // "Cùng dự có": what follows took part in the event told last
  Agreement,    // names an instrument
  Sign,         // "ký kết"
  Witness,
  Leader,  // "làm trưởng đoàn"
  Status,  // "dự kiến", "hoãn": kind is the status
  Negation,
  Denial,     // "bác bỏ thông tin": what follows is denied
  Wish,       // what follows is wished for and no event
  Occasion,   // "nhân kỷ niệm": what follows is background
  Anaphor,    // "hai bên", "đoàn": kind says for whom it stands
  Header,     // of a table's column: kind is what the column holds
  Result,     // of a row's last column: kind is the status, or none
  Section,    // of a heading: kind is the status of what stands below
  False,      // "… là chưa đúng": what the sentence tells is denied
  Passive,    // "được": who does it comes next, to whom it is done stands before
  Follow,     // may follow a noun that stands for a name: "đoàn [đã] …"
  Break,      // begins another clause: "theo đó"
  Leaning,    // opens a sentence that goes on about what was told just before: "tại đây"
  Side,       // opens a sentence that names who was there: "về phía"
  Roster,     // of a line with a colon: the people of a delegation follow
  Learner,    // who is taught: "học viên", "thực tập sinh"
  Executive,  // begins the name of a body that acts for its whole place
  Keepsake,   // what is no aid: "quà lưu niệm"
  Recurring,  // "hằng năm": a habit and no event
  None        // looks like a cue and is none: "tặng hoa"
};

struct EventCue {
  CueForm form = CueForm::None;
  std::string kind;     // Event.kind or Agreement.kind; see CueForm for others
  std::string subject;  // role of the subject; "both": two-sided
  std::string object;
  std::string note;
  std::vector<std::string> words;  // lower case; "*" stands for one mention
};

// A word or a punctuation mark of a sentence.
struct CueToken {
  Span span;               // of the sentence's text
  std::string word;        // lower case, marks kept
  int mention = -1;        // index of the outermost mention that holds it
  std::uint64_t hash = 0;  // cue_hash() of the word
};

// A hash of a word in lower case, whose upper bits are good.
std::uint64_t cue_hash(std::string_view word);

// Which words a phrase may begin with, by their hashes: refuses nearly every word of a text.
class FirstWords {
 public:
  void add(std::uint64_t hash) { bits_.set(hash >> (64 - kBits)); }
  bool may_have(std::uint64_t hash) const { return bits_[hash >> (64 - kBits)]; }

 private:
  static constexpr unsigned kBits = 13;
  std::bitset<std::size_t{1} << kBits> bits_;
};

// The words and marks of a normalised text, in order.
std::vector<CueToken> tokens_of(std::string_view text);

// Forms of cues, as a set.
class CueForms {
 public:
  constexpr CueForms(std::initializer_list<CueForm> forms) {
    for (const CueForm form : forms) bits_ |= bit(form);
  }
  constexpr bool has(CueForm form) const { return (bits_ & bit(form)) != 0; }

 private:
  static constexpr std::uint64_t bit(CueForm form) {
    return std::uint64_t{1} << static_cast<unsigned>(form);
  }
  std::uint64_t bits_ = 0;
};

// The table of cues, matched longest first.
class EventCueTable {
 public:
  // From the columns cue, form, kind, subject, object, note of event_cues.tsv.
  explicit EventCueTable(const Table& table);

  // Whether a cue of this form stands among the tokens within `span`, or begins them, whatever
  // mentions say.
  bool tells(const std::vector<CueToken>& tokens, CueForm form, Span span) const;
  bool opens(const std::vector<CueToken>& tokens, CueForm form) const;

  // The longest cue that begins at `at` and has one of the forms wanted; `length` gets the number of
  // tokens it spans. A mention counts as one "*". Null where none.
  const EventCue* match(const std::vector<CueToken>& tokens, std::size_t at, std::size_t& length,
                        CueForms wanted) const;

 private:
  const EventCue* match(const std::vector<CueToken>& tokens, std::size_t at, std::size_t& length,
                        CueForms wanted, bool whatever_mentions) const;

  std::vector<EventCue> cues_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;  // longest first
  FirstWords first_words_;
};

}  // namespace ketnghia::importers
