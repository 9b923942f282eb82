#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "importers/recognise/date_form.hpp"
#include "importers/recognise/date_grammar.hpp"

// What the grammar of dates is made of: words, tables of words, numbers and marks. All work on
// text in lower case, pass over spaces before themselves and, on success, move `at` behind
// themselves and record their term. None throws.
namespace ketnghia::importers::date_words {

struct Entry {
  std::string_view text;
  DateKey key = DateKey::None;
  int value = 0;
};

// Which pairs of bytes an entry can begin with, hashed: a table refuses nearly every place of a
// text by a look at two bytes.
class FirstBytes {
 public:
  constexpr void add(std::string_view text) {
    if (text.size() > 1) return add(slot_of(text[0], text[1]));
    for (int second = 0; second < 256; ++second) add(slot_of(text[0], static_cast<char>(second)));
  }
  constexpr void add(const FirstBytes& other) {
    for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= other.bits_[i];
  }
  constexpr bool contain(char first, char second) const {
    const unsigned slot = slot_of(first, second);
    return (bits_[slot / 64] >> (slot % 64) & 1) != 0;
  }

 private:
  // Small letters with marks share their first byte, so the second must tell them apart.
  static constexpr unsigned slot_of(char first, char second) {
    return (static_cast<unsigned char>(first) * 7U + static_cast<unsigned char>(second) * 37U) %
           256U;
  }
  constexpr void add(unsigned slot) { bits_[slot / 64] |= std::uint64_t{1} << (slot % 64); }

  std::array<std::uint64_t, 4> bits_{};
};

// A view of a table of words; borrows it.
class Table {
 public:
  constexpr Table(std::span<const Entry> entries) : entries_{entries} {
    for (const Entry& entry : entries) first_.add(entry.text);
  }

  constexpr std::span<const Entry> entries() const { return entries_; }
  constexpr const FirstBytes& first_bytes() const { return first_; }

 private:
  std::span<const Entry> entries_;
  FirstBytes first_;
};

// Where the reading stands.
struct Input {
  const char* at;
  const char* end;
  Trail& trail;
};

// How many bytes the letter takes that a byte leads, 0 where it leads none. The text is NFC, so
// that no combining mark is a letter; E2 leads punctuation such as the ellipsis.
inline constexpr auto kLetterSizes = [] {
  std::array<std::uint8_t, 256> sizes{};
  for (unsigned c = 'a'; c <= 'z'; ++c) sizes[c] = sizes[c - 'a' + 'A'] = 1;
  for (unsigned c = 0xC3; c <= 0xC9; ++c) sizes[c] = 2;
  sizes[0xE1] = 3;
  return sizes;
}();
constexpr std::size_t letter_size(char lead) {
  return kLetterSizes[static_cast<unsigned char>(lead)];
}
constexpr bool letter_at(const char* place, const char* end) {
  return place != end && letter_size(*place) != 0;
}
constexpr bool digit_at(const char* place, const char* end) {
  return place != end && *place >= '0' && *place <= '9';
}

bool read_word(Input& input, const Entry& word);

// The longest entry that ends at the end of a word.
bool read_one_of(Input& input, const Table& table);

// Whether a digit or an entry of the tables may begin here. Reads nothing.
bool may_begin(const Input& input, const FirstBytes& words);

// A run of at least `min_digits` and at most `max_digits` digits, and no more, whose value lies
// within the bounds and is a multiple of `step`.
struct Digits {
  DateKey key;
  int min;
  int max;
  int min_digits;
  int max_digits;
  int step = 1;
};
bool read_digits(Input& input, const Digits& digits);

// A number from 1 to 99 in words: "hai mươi lăm". Told as Spelt besides its own term.
const Table& small_numbers();  // what such a number can begin with
bool read_number_words(Input& input, DateKey key, int max);

// A punctuation mark. A tight one stands between two digits without spaces.
bool read_mark(Input& input, char mark, DateKey key);
bool read_tight_mark(Input& input, char mark, DateKey key);

// Adds a term to the word just read, which must be one.
bool add_note(Input& input, DateKey key, int value);

// Dots and such left to be filled in by hand: "ngày ... tháng ... năm 2024".
bool read_blank(Input& input);

// Whether a clause may end or a preposition follow here, so that a word that can also be a verb
// ("tới", "qua") belongs to the date before it. Reads nothing.
bool ends_phrase(const Input& input);

}  // namespace ketnghia::importers::date_words
