#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/lexicon/lexicon.hpp"
#include "importers/recognise/syllables.hpp"
#include "importers/recognise/word_trie.hpp"

namespace ketnghia::importers {

// A table of the lexicon: UTF-8, tab separated, one line of column names first.
class Table {
 public:
  // Throws ImportError naming `path` and the line of a row with another number of cells.
  Table(std::string path, std::string_view tsv);

  // A row of `overlay` replaces ours of the same first cell and is else added.
  void overlay(const Table& overlay);

  std::size_t size() const { return rows_.size(); }
  // The cell of a column; empty where the table has no such column.
  std::string_view cell(std::size_t row, std::string_view column) const;
  // The cell's values between semicolons, without the empty ones.
  std::vector<std::string_view> list(std::size_t row, std::string_view column) const;

 private:
  std::string path_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// What a generic word ("thành phố", "tỉnh", "nước") says of the place it stands before.
enum class Generic : std::uint8_t { None, Capital, City, Province, District, Ward, Country };

// A generic word as a canonical name has it: "quận", also where "Q." is written.
struct GenericWord {
  std::string word;
  Generic kind = Generic::None;
};

// A place of the gazetteer.
struct Place {
  std::string name;     // canonical (MODEL.md, Names)
  std::string kind;     // Country, Province, Municipality, District or empty
  std::string country;  // ISO 3166-1 alpha-2
  std::string generic;  // "quận", "tỉnh" … where the gazetteer knows it
  int parent = -1;      // index of the place above, the country where nothing lies between
  // A Vietnamese place whose name another one of another kind has, districts apart.
  bool name_shared = false;
  // A known name that is no place of ours ("Thái Bình Dương"): it hides the place inside it.
  bool nowhere = false;
};

// A name of a place: which place, and whether this name is also an everyday word, a surname or
// the like, so that it needs a generic word or a context.
struct PlaceForm {
  int place;
  bool weak;

  int value() const { return place * 2 + (weak ? 1 : 0); }
  static PlaceForm of(int value) { return {value / 2, value % 2 == 1}; }
};

// How the name of a body goes on after its type.
enum class Form : std::uint8_t {
  Name,      // complete: UNESCO
  National,  // complete, of a country: Bộ Ngoại giao
  Country,   // a country's, where a country follows: Chính phủ, Quốc hội
  Home,      // of a place; where none is named, of the document's own: Thành ủy, Sở Y tế
  Local,     // of a place, which is named at least by its generic word: UBND, Công an
  Parent,    // of a body: Ban Tổ chức, Trường Đảng
  Mission,   // of a country, at a place: Đại sứ quán, Viện Pháp
  Stem,      // needs further words: Trung tâm, Hội, Công ty; of the table's own_stem: Sở
  Standing   // the standing members of a body, not another body: Thường trực
};

struct BodyType {
  std::string name;  // as it stands in a canonical name
  std::string kind;  // Agency.kind
  std::string country;
  Form form = Form::Stem;
  bool formal = false;    // a body only with a capital and a place in full: Chính quyền tỉnh Tochigi
  bool own = false;       // of the document's own place where none is named, whatever its words
  bool proper = false;    // may go on with a proper name: Bệnh viện Asan, Công ty Sao Khuê
  WordId head = kNoWord;  // the first syllable of its name
};

// A word that the names of bodies are made of.
struct BodyWord {
  std::string words;  // written in full, lower case
  std::string kind;   // the Agency.kind that it lends to a centre or an institute
};

enum class TitleClass : std::uint8_t {
  Post,
  Role,
  Membership,
  Rank,
  Past,
  Acting,
  Honorific,
  Degree
};

// What the title is held of.
enum class TitleBody : std::uint8_t {
  Agency,
  Unit,
  Place,
  Country,
  Ministry,
  Mission,
  Police,
  Board
};

struct Title {
  std::string name;
  TitleClass rank = TitleClass::Post;
  TitleBody body = TitleBody::Agency;
};

// What a word around a name says of it (context_words.tsv).
enum class Context : std::uint16_t {
  Street = 1,        // a name after it is a street
  Venue = 2,         // a name after it is part of a sight, a station, a hotel
  Address = 4,       // what follows is an address
  Delegation = 8,    // may stand between "đoàn" and who sent it
  Speaker = 16,      // may stand between a place and its verb: "chính quyền Yokohama"
  Side = 32,         // "về phía"
  Stop = 64,         // ends the name of a body
  NotPerson = 128,   // begins no person's name, though a surname
  WeakFollow = 256,  // after a weak name of a place: "Pháp luật", "Anh hùng"
  Capacity = 512     // between a name and its title: "trên cương vị là"
};

// The lexicon as recognisers read it.
struct Lexicon::Tables {
  explicit Tables(const std::optional<std::filesystem::path>& folder);

  // A table as it is, overlaid; throws std::out_of_range for an unknown name ("event_cues").
  const Table& table(std::string_view name) const;

  Words words;

  std::vector<Place> places;
  WordTrie place_names;  // to PlaceForm
  std::vector<GenericWord> generic_words;
  WordTrie generics;  // to generic_words
  std::vector<BodyType> body_types;
  WordTrie body_names;  // to body_types
  std::vector<BodyWord> body_words;
  WordTrie body_word_names;  // to body_words
  std::vector<Title> titles;
  WordTrie title_names;                    // to titles
  WordTrie contexts;                       // of two syllables and more, to a Context
  std::vector<std::uint8_t> surname_bits;  // by word: 1 Vietnamese, 2 Chinese, 4 Korean
  WordTrie compound_surnames;              // "Âu Dương", "Tôn Nữ"

  bool is_surname(WordId word) const {
    return word < surname_bits.size() && surname_bits[word] != 0;
  }
  bool has_context(WordId word, Context context) const {
    return word < context_bits_.size() &&
           (context_bits_[word] & static_cast<unsigned>(context)) != 0;
  }
  // Whether a name, a title or a word before a name can begin with the word: most cannot.
  bool begins_something(WordId word) const { return word < begins_.size() && begins_[word]; }
  WordId delegation_word() const { return delegation_word_; }  // "đoàn"
  int country(std::string_view code) const;                    // index of the country; -1

 private:
  void read_places();
  void mark_shared_names();
  void read_bodies();
  void read_titles();
  void read_people();
  void mark_beginnings();
  void add_place_name(std::string_view name, PlaceForm form);

  std::map<std::string, Table, std::less<>> tables_;
  std::map<std::string, int, std::less<>> countries_;
  std::vector<std::uint16_t> context_bits_;  // by word, of contexts of one syllable
  std::vector<bool> begins_;                 // by word
  WordId delegation_word_ = kNoWord;
};

}  // namespace ketnghia::importers
