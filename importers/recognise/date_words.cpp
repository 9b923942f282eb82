#include "importers/recognise/date_words.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace ketnghia::importers::date_words {
namespace {

bool ascii_digit(char c) { return c >= '0' && c <= '9'; }

const char* skip_spaces(const char* at, const char* end) {
  while (at != end && *at == ' ') ++at;
  return at;
}

// Moves to where the next thing would begin and forgets what was read from there on.
const char* approach(const Input& input) {
  const char* const at = skip_spaces(input.at, input.end);
  input.trail.reach(at);
  return at;
}

bool starts_with(const char* at, const char* end, std::string_view text) {
  return static_cast<std::size_t>(end - at) >= text.size() && *at == text.front() &&
         std::memcmp(at, text.data(), text.size()) == 0;
}

bool word_at(const char* at, const char* end, std::string_view word) {
  return starts_with(at, end, word) && !letter_at(at + word.size(), end);
}

const Entry* longest_at(const char* at, const char* end, const Table& table) {
  if (at == end || !table.first_bytes().contain(*at, at + 1 == end ? ' ' : at[1])) return nullptr;
  const Entry* longest = nullptr;
  for (const Entry& entry : table.entries()) {
    if (longest && entry.text.size() <= longest->text.size()) continue;
    if (word_at(at, end, entry.text)) longest = &entry;
  }
  return longest;
}

constexpr Entry kUnitEntries[] = {
    {"mười", DateKey::None, 10}, {"một", DateKey::None, 1}, {"hai", DateKey::None, 2},
    {"ba", DateKey::None, 3},    {"bốn", DateKey::None, 4}, {"tư", DateKey::None, 4},
    {"năm", DateKey::None, 5},   {"sáu", DateKey::None, 6}, {"bảy", DateKey::None, 7},
    {"bẩy", DateKey::None, 7},   {"tám", DateKey::None, 8}, {"chín", DateKey::None, 9}};
constexpr Table kUnits{kUnitEntries};
constexpr Entry kUnitAfterTenEntries[] = {{"mốt", DateKey::None, 1},
                                          {"lăm", DateKey::None, 5},
                                          {"nhăm", DateKey::None, 5},
                                          {"tư", DateKey::None, 4}};
constexpr Table kUnitsAfterTen{kUnitAfterTenEntries};

// The unit behind "mười" or "mươi", 0 where none follows; `at` is moved behind it. "năm" is no
// unit there, "lăm" is, so that "hai mươi năm" is twenty years.
int unit_after_ten(const char*& at, const char* end) {
  const char* const word = skip_spaces(at, end);
  const Entry* unit = longest_at(word, end, kUnitsAfterTen);
  if (!unit) unit = longest_at(word, end, kUnits);
  if (!unit || unit->value == 10 || unit->text == "năm") return 0;
  at = word + unit->text.size();
  return unit->value;
}

}  // namespace

const Table& small_numbers() { return kUnits; }

bool read_word(Input& input, const Entry& word) {
  const char* const at = approach(input);
  if (!word_at(at, input.end, word.text)) return false;
  input.at = at + word.text.size();
  input.trail.add({word.key, word.value, at, input.at});
  return true;
}

bool may_begin(const Input& input, const FirstBytes& words) {
  const char* const at = skip_spaces(input.at, input.end);
  if (at == input.end) return false;
  return digit_at(at, input.end) || words.contain(*at, at + 1 == input.end ? ' ' : at[1]);
}

bool read_one_of(Input& input, const Table& table) {
  const char* const at = approach(input);
  const Entry* const entry = longest_at(at, input.end, table);
  if (!entry) return false;
  input.at = at + entry->text.size();
  input.trail.add({entry->key, entry->value, at, input.at});
  return true;
}

bool read_digits(Input& input, const Digits& digits) {
  const char* const at = approach(input);
  if (!digit_at(at, input.end)) return false;
  const char* behind = at;
  int value = 0;
  while (digit_at(behind, input.end)) {
    if (behind - at == digits.max_digits) return false;
    value = value * 10 + (*behind - '0');
    ++behind;
  }
  if (behind - at < digits.min_digits || value < digits.min || value > digits.max) return false;
  if (value % digits.step != 0) return false;
  input.at = behind;
  input.trail.add({digits.key, value, at, behind});
  return true;
}

bool read_number_words(Input& input, DateKey key, int max) {
  const char* const at = approach(input);
  const char* behind = at;
  int value = 0;
  if (const Entry* const first = longest_at(at, input.end, kUnits)) {
    behind += first->text.size();
    value = first->value;
    const char* const tens = skip_spaces(behind, input.end);
    if (value == 10) {
      value += unit_after_ten(behind, input.end);
    } else if (word_at(tens, input.end, "mươi")) {
      behind = tens + std::string_view{"mươi"}.size();
      value = value * 10 + unit_after_ten(behind, input.end);
    }
  }
  if (value == 0 || value > max) return false;
  input.at = behind;
  input.trail.add({key, value, at, behind});
  input.trail.add({DateKey::Spelt, 0, at, behind});
  return true;
}

bool read_mark(Input& input, char mark, DateKey key) {
  const char* const at = approach(input);
  if (at == input.end || *at != mark) return false;
  input.at = at + 1;
  input.trail.add({key, 0, at, input.at});
  return true;
}

bool read_tight_mark(Input& input, char mark, DateKey key) {
  input.trail.reach(input.at);
  if (input.at == input.end || *input.at != mark) return false;
  if (!digit_at(input.at + 1, input.end)) return false;
  input.trail.add({key, 0, input.at, input.at + 1});
  ++input.at;
  return true;
}

bool add_note(Input& input, DateKey key, int value) {
  // Within the word, so that what is tried behind it does not drop the note.
  input.trail.add({key, value, input.at - 1, input.at});
  return true;
}

bool read_blank(Input& input) {
  constexpr std::string_view kEllipsis = "…";
  const char* at = approach(input);
  const char* const begin = at;
  for (;;) {
    if (at != input.end && (*at == '.' || *at == '_')) {
      ++at;
    } else if (starts_with(at, input.end, kEllipsis)) {
      at += kEllipsis.size();
    } else {
      break;
    }
  }
  if (at == begin) return false;
  input.at = at;
  return true;
}

bool ends_phrase(const Input& input) {
  static constexpr Entry kFollowingEntries[] = {
      {"tại"},  {"ở"},  {"với"},  {"để"},  {"theo"}, {"là"},    {"của"},  {"do"},
      {"nhằm"}, {"sẽ"}, {"đã"},   {"và"},  {"cùng"}, {"trong"}, {"giữa"}, {"thì"},
      {"bởi"},  {"từ"}, {"nhân"}, {"cho"}, {"về"},   {"mà"},    {"có"}};
  static constexpr Table kFollowing{kFollowingEntries};
  const char* const at = skip_spaces(input.at, input.end);
  if (at == input.end) return true;
  if (!letter_at(at, input.end)) return !ascii_digit(*at);
  return longest_at(at, input.end, kFollowing) != nullptr;
}

}  // namespace ketnghia::importers::date_words
