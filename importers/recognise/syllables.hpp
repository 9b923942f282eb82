#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/text/short_key.hpp"
#include "engine/text/span.hpp"

namespace ketnghia::importers {

// A syllable of the lexicon. 0 is what the lexicon does not have.
using WordId = std::uint32_t;
inline constexpr WordId kNoWord = 0;

// A syllable in lower case, i for y; its other marks stay: "Lý" and "LÍ" give "lí". Letters
// beyond Latin stay as they are.
std::string fold_syllable(std::string_view syllable);

// The syllables and marks that the lexicon's names are made of, numbered.
//
// Threads: any number may find() while none interns.
class Words {
 public:
  WordId find(std::string_view folded) const { return find(folded, folded.size()); }
  // Of the first `size` bytes. Quicker where ShortKey::kLongest bytes can be read.
  WordId find(std::string_view text, std::size_t size) const;
  WordId intern(std::string_view folded);
  std::size_t size() const { return count_ + 1; }
  // Differs between any two states of any two: who remembers ids remembers it with them.
  std::uint64_t stamp() const { return stamp_; }

 private:
  struct Slot {
    ShortKey key;
    std::uint32_t size = 0;
    WordId id = kNoWord;  // of a free slot: none
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  std::size_t slot_of(ShortKey key, std::size_t size) const;
  void grow();

  // Half of them free, a power of two; a look-up takes one probe in the common case.
  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::unordered_map<std::string, WordId, Hash, std::equal_to<>> long_;  // longer than a ShortKey
  std::size_t count_ = 0;
  std::uint64_t stamp_ = next_stamp();

  static std::uint64_t next_stamp();
};

// How a syllable is written. Upper has two letters or more, and Capital may be a single one.
enum class Shape : std::uint8_t { Lower, Capital, Upper, Number, Mark };

// A syllable, a number or a mark of punctuation of a normalised text.
//
// A full stop that ends an abbreviation ("TP. Hà Nội", "T.Ư") is part of it and no token.
struct Token {
  Span span;
  WordId word = kNoWord;
  Shape shape = Shape::Lower;
  char mark = 0;         // of Shape::Mark: its ASCII character, '~' for any other
  bool glued = false;    // no white space between it and the token before
  bool dotted = false;   // a full stop of an abbreviation follows
  bool barrier = false;  // nothing that begins before it may reach into it: a cell of a table

  bool capital() const { return shape == Shape::Capital || shape == Shape::Upper; }
  bool is_word() const { return shape != Shape::Mark && shape != Shape::Number; }
};

// Whether a full stop after this word is likelier to end an abbreviation than a sentence.
bool is_abbreviation(std::string_view word);

// The tokens of a normalised text, in order. Linear. Syllables unknown to `words` get kNoWord.
std::vector<Token> tokenise(std::string_view text, const Words& words);
void tokenise(std::string_view text, const Words& words, std::vector<Token>& tokens);

// The same for a name of the lexicon, whose syllables become known.
std::vector<WordId> intern_words(std::string_view name, Words& words);

}  // namespace ketnghia::importers
