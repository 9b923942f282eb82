#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "importers/extract/annotated_document.hpp"
#include "importers/extract/event_cues.hpp"
#include "importers/extract/field_words.hpp"
#include "importers/extract/phrase.hpp"

namespace ketnghia::importers {

// Whether two EDTF dates can be of one happening: one is not told, or one holds the other.
bool dates_fit(const std::string& a, const std::string& b);

// Reads events and agreements off an annotated document by frames: who, whom, where, when, what.
//
// A frame starts at a cue (importers/lexicon/event_cues.tsv) and takes its slots from the pieces
// of the sentence around it; what the sentence leaves open comes from the discourse: the head of
// a list item ("- UNIT: what it did"), the heading above, the events told before.
// Threads: one document at a time; the tables may be shared.
class Extractor {
 public:
  Extractor(AnnotatedDocument& document, const EventCueTable& cues, const FieldWords& fields)
      : document_(document), cues_(cues), fields_(fields) {}

  // Sets `events` and `agreements` of the reading; quotations point into the stored text.
  void run(Reading& reading);

 private:
  struct Role {
    int entity;
    std::string role;
    bool implicit = false;  // supplied by the discourse, not named in the sentence
  };
  // A frame with its slots filled.
  struct Frame {
    std::string kind, name, status;
    std::vector<Role> roles;
    int place = -1;
    std::string when, when_text;
    std::vector<std::string> fields;
    int part_of = -1;
    bool elided = false;  // its other side is who wrote the document
    float confidence = 0.7F;
    std::string rule;
  };
  struct Told {           // an event as the document has told it so far
    std::set<int> named;  // participants that its sentences name
  };
  // The agreement named last, which "văn bản" can stand for.
  struct PendingAgreement {
    int index = -1;  // in reading_->agreements, where it has been written
    ReadAgreement draft;
    int sentence = -1;
  };

  // sentence by sentence
  void sentence(const Sentence& sentence);
  bool list_goes_on(int block) const;
  void enter_block(int block);
  void table_row(const Sentence& sentence);
  bool delegation_row(const Sentence& sentence, const Block& block);
  void read_heading(const Sentence& sentence);
  void frames(const Sentence& sentence, std::vector<Piece>& pieces, bool introduces);
  void note_referents(const Sentence& sentence, const std::vector<Piece>& pieces);
  void add_to_last(const Sentence& sentence, const Group& group, const std::string& role,
                   const std::string& rule);
  void add_company(const Sentence& sentence, const std::vector<Piece>& pieces);
  void date_course(const Sentence& sentence);

  // frames
  void verb(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at);
  std::vector<Frame> in_turn(const Sentence& sentence, const std::vector<Piece>& pieces,
                             std::size_t at, Frame frame, const Group& subject,
                             const Group& object);
  std::size_t noun(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at);
  void agreement(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at);
  bool one_for_each(const Sentence& sentence, const std::vector<Piece>& pieces, std::size_t at,
                    std::size_t sign, const ReadAgreement& draft);
  std::vector<std::string> years_after(const Sentence& sentence, const std::vector<Piece>& pieces,
                                       std::size_t at, std::size_t last);
  void add_signers(const Sentence& sentence, const std::vector<Piece>& pieces, std::size_t at);
  void sign_again(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at);

  // slots
  std::size_t clause_begin(const std::vector<Piece>& pieces, std::size_t at) const;
  std::size_t clause_end(const std::vector<Piece>& pieces, std::size_t at) const;
  std::string_view preposition(const std::vector<Piece>& pieces, std::size_t at) const;
  std::optional<std::size_t> subject(const std::vector<Piece>& pieces, std::size_t at) const;
  std::optional<std::size_t> object(const std::vector<Piece>& pieces, std::size_t at) const;
  std::optional<std::size_t> leader_before(const std::vector<Piece>& pieces,
                                           std::size_t group) const;
  std::optional<std::size_t> passive_before(const std::vector<Piece>& pieces, std::size_t at,
                                            std::optional<std::size_t> agent) const;
  std::optional<std::size_t> owner_before(const std::vector<Piece>& pieces, std::size_t at) const;
  std::optional<std::size_t> leader(const std::vector<Piece>& pieces, std::size_t group) const;
  bool governed(const std::vector<Piece>& pieces, std::size_t at, CueForm form) const;
  bool negated(const std::vector<Piece>& pieces, std::size_t at) const;
  bool no_event(const std::vector<Piece>& pieces, std::size_t at) const;
  bool told_between(const std::vector<Piece>& pieces, std::size_t a, std::size_t b) const;
  bool nominal(const std::vector<Piece>& pieces, std::size_t at) const;
  bool related(int a, int b) const;
  std::string status(const std::vector<Piece>& pieces, std::size_t at) const;
  std::size_t name_end(const Sentence& sentence, const std::vector<Piece>& pieces,
                       std::size_t at) const;
  void take_place(const Sentence& sentence, const std::vector<Piece>& pieces, std::size_t at,
                  std::size_t name_last, Frame& frame);
  void take_time(const Sentence& sentence, const std::vector<Piece>& pieces, std::size_t at,
                 std::size_t name_last, Frame& frame);
  std::string when_of(const Sentence& sentence, int date, bool planned);
  std::string year_of_publication() const;
  std::string fallback_when() const;
  std::string period_in(const Sentence& sentence, const std::vector<Piece>& pieces,
                        std::size_t first, std::size_t last);
  void add_roles(Frame& frame, const Group& group, const std::string& role,
                 bool implicit = false) const;
  std::vector<std::string> fields_of(const Sentence& sentence, Span span) const;
  std::vector<std::string> fields_of_bodies(const std::vector<Role>& roles) const;
  void settle_sides(Frame& frame, const Group* subject, const Group* object) const;

  // results
  int add_event(const Sentence& sentence, Frame frame);
  bool told_in_story(const Frame& frame) const;
  int same_event(const Frame& frame, const std::set<int>& named) const;
  void add_role(ReadEvent& event, Told& told, const Role& role, const Quotation& quotation) const;
  static Span whole_of(const Sentence& sentence) {
    return {0, static_cast<std::uint32_t>(sentence.text.text.size())};
  }
  Quotation quote(const Sentence& sentence, const std::string& rule, float confidence) const;
  void remember(const Frame& frame, int event);

  // entities
  const ReadEntity& entity(int index) const {
    return document_.entities[static_cast<std::size_t>(index)];
  }
  bool is_city(int index) const { return entity(index).label == "City"; }
  bool is_person(int index) const { return entity(index).label == "Person"; }
  int city_of(int index) const;   // the City it is of, itself where it is one; -1 unknown
  int top_city(int index) const;  // the city or province above districts
  int signs_for(int person) const;
  bool lies_in(int lower, int upper) const;
  bool at_home(int index) const;  // of the document's home city
  int body_of(int person) const;  // where a person holds a post
  bool is_executive(int index) const;
  Referents referents() const;

  AnnotatedDocument& document_;
  const EventCueTable& cues_;
  const FieldWords& fields_;
  Reading* reading_ = nullptr;
  std::vector<Told> told_;

  std::vector<CueToken> tokens_;  // of the running sentence

  // discourse
  int block_ = -1;
  bool first_in_block_ = true;
  bool titles_ = false;         // the titles are read, after the story
  std::vector<int> with_;       // of the running block: "- Với X: …"
  Group list_head_;             // of all items of the running list
  Group head_;                  // of the list item: "- UNIT: …"
  std::string section_status_;  // of the headings above
  std::string base_status_;  // of a document of its genre
  std::string section_year_, title_year_;
  int section_level_ = 0;  // of the heading that set the year
  std::string block_year_;   // that the running block opens with: "2004 – …"
  std::string list_status_;  // of the line that introduces a list: "dự kiến ký:"
  bool list_signs_ = false;  // that line says that what follows was signed
  std::string list_when_;
  int list_event_ = -1;    // the ceremony at which the list's agreements were signed
  int list_people_ = -1;   // the event whose delegation the list names
  bool quoted_ = false;    // the block's last sentence ended within quotation marks
  std::string last_date_;  // named last, for "cùng ngày"
  std::string last_when_;  // the day that the story is at
  std::string block_when_;  // of the last event told in the running block
  std::string last_told_;  // the date of the event told last, however vague
  int last_event_ = -1;
  int last_training_ = -1;
  int sentence_index_ = 0;
  Referents discourse_;
  PendingAgreement pending_;
  std::vector<std::string> columns_;  // of the running table, what each holds
  std::map<std::string, std::vector<int>, std::less<>> previous_row_;  // by what a column holds
  struct {
    std::string name, kind;
  } previous_name_;                          // of the instrument that the row above names
  std::uint32_t previous_begin_ = 0;         // of the row above, in the stored text
  std::optional<std::uint32_t> quote_from_;  // a row that leans on the one above is quoted with it
  int table_ = -1;
};

}  // namespace ketnghia::importers
