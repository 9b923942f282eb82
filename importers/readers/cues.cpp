#include "importers/readers/cues.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <set>
#include <vector>

#include "engine/text/normalise.hpp"
#include "lexicon_tables.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kKeyBytes = 200;
constexpr std::size_t kClassWords = 4;  // of the longest class cue
constexpr std::size_t kClassBytes = 400;
constexpr std::size_t kTellingBytes = 6;

constexpr std::array<std::string_view, kCueKinds> kKindNames{
    "teasers",    "list_count",   "list_noun",     "list_which", "comments",     "link",
    "furniture",  "label",        "imprint",       "contact",    "byline",       "credit",
    "motto",      "number",       "subject",       "addressees", "signature",    "post",
    "gallery",    "picture",      "connective",    "date",       "published",    "report",
    "plan",       "decision",     "release",       "bulletin",   "page_menu",    "page_footer",
    "page_aside", "page_related", "page_comments", "page_share", "page_caption", "page_byline",
    "page_date",  "page_quote"};

struct CueWords {
  std::set<std::string, std::less<>> whole;  // the line, a word, or the words of a class
  std::vector<std::string> start, within;
};
using CueTable = std::array<CueWords, kCueKinds>;

bool is_word_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

// A cue that ends or begins with a letter meets only the edge of a word.
bool stands_at(std::string_view key, std::string_view cue, std::size_t at) {
  const std::size_t end = at + cue.size();
  const bool begins = at == 0 || !is_word_byte(cue.front()) || !is_word_byte(key[at - 1]);
  const bool ends = end == key.size() || !is_word_byte(cue.back()) || !is_word_byte(key[end]);
  return begins && ends;
}

std::string_view next_cell(std::string_view& row, char separator) {
  const auto end = row.find(separator);
  const auto cell = row.substr(0, end);
  row = end == std::string_view::npos ? std::string_view{} : row.substr(end + 1);
  return cell;
}

CueTable read_table() {
  CueTable table;
  std::string_view rest = embedded::boilerplate_tsv();
  next_cell(rest, '\n');  // the names of the columns
  while (!rest.empty()) {
    std::string_view row = next_cell(rest, '\n');
    const auto cue = next_cell(row, '\t');
    const auto match = next_cell(row, '\t');
    const auto kind = std::find(kKindNames.begin(), kKindNames.end(), row);
    assert(kind != kKindNames.end() && !cue.empty());
    auto& words = table[static_cast<std::size_t>(kind - kKindNames.begin())];
    if (match == "start") {
      words.start.emplace_back(cue);
    } else if (match == "within") {
      words.within.emplace_back(cue);
    } else {
      words.whole.emplace(cue);
      std::string glued{cue};
      std::erase(glued, ' ');
      if (match == "class") words.whole.insert(std::move(glued));
    }
  }
  return table;
}

const CueWords& words_of(Cue kind) {
  static const CueTable table = read_table();
  return table[static_cast<std::size_t>(kind)];
}

// "» Bình luận (12):" and "1,2k bình luận" as "bình luận".
std::string_view bare(std::string_view key) {
  const auto first = std::find_if(key.begin(), key.end(), is_word_byte);
  key.remove_prefix(static_cast<std::size_t>(first - key.begin()));
  if (const auto count = key.find_first_not_of("0123456789,.k");
      count != std::string_view::npos && count > 0 && key[count] == ' ' && key[count - 1] != '.') {
    key.remove_prefix(count + 1);
  }
  if (const auto bracket = key.find_last_of("([");
      bracket != std::string_view::npos && bracket > 0) {
    const auto inside = key.substr(bracket + 1);
    if (inside.find_first_not_of("0123456789.,)] :") == std::string_view::npos) {
      key = key.substr(0, bracket);
    }
  }
  const auto last = key.find_last_not_of(" :.!-|>])");
  return key.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

std::string cue_key(std::string_view line) {
  if (line.size() > kKeyBytes) {
    auto cut = static_cast<std::int32_t>(kKeyBytes);
    U8_SET_CP_START(reinterpret_cast<const std::uint8_t*>(line.data()), 0, cut);
    line = line.substr(0, static_cast<std::size_t>(cut));
  }
  return lower_case(normalised_text(line));
}

bool is_cue(Cue kind, std::string_view key) {
  const auto& whole = words_of(kind).whole;
  return whole.contains(key) || whole.contains(bare(key));
}

bool heads_stories(std::string_view key) {
  key = bare(key);
  const auto skip = [&](Cue kind) {
    const auto& words = words_of(kind).start;
    std::string_view longest;
    for (const std::string& cue : words) {
      if (cue.size() > longest.size() && key.starts_with(cue) && stands_at(key, cue, 0))
        longest = cue;
    }
    key.remove_prefix(longest.size());
    key.remove_prefix(std::min(key.find_first_not_of(", "), key.size()));
    return !longest.empty();
  };
  skip(Cue::ListCount);
  return skip(Cue::ListNoun) && words_of(Cue::ListWhich).whole.contains(key);
}

bool starts_with_cue(Cue kind, std::string_view key) {
  const auto& start = words_of(kind).start;
  return std::any_of(start.begin(), start.end(), [&](const std::string& cue) {
    return !key.empty() && key.front() == cue.front() && key.starts_with(cue) &&
           stands_at(key, cue, 0);
  });
}

std::size_t count_cues(Cue kind, std::string_view key) {
  const auto& within = words_of(kind).within;
  return static_cast<std::size_t>(
      std::count_if(within.begin(), within.end(), [&](const std::string& cue) {
        const auto at = key.find(cue);
        return at != std::string_view::npos && stands_at(key, cue, at);
      }));
}

std::size_t last_cue(Cue kind, std::string_view key) {
  std::size_t last = std::string_view::npos;
  for (const auto& cue : words_of(kind).within) {
    const auto at = key.rfind(cue);
    if (at == std::string_view::npos || !stands_at(key, cue, at)) continue;
    if (last == std::string_view::npos || at > last) last = at;
  }
  return last;
}

bool has_class(Cue kind, std::string_view attribute) {
  const auto& whole = words_of(kind).whole;
  attribute = attribute.substr(0, kClassBytes);
  while (!attribute.empty()) {
    const auto end = attribute.find_first_of(" \t\r\n\f");
    const auto token = attribute.substr(0, end);
    attribute = end == std::string_view::npos ? std::string_view{} : attribute.substr(end + 1);
    std::vector<std::string> words{1};
    char before = 'A';
    for (const char c : token) {
      const bool upper = c >= 'A' && c <= 'Z';
      const bool letter = upper || is_word_byte(c);
      const bool hump = upper && before >= 'a' && before <= 'z';
      if ((!letter || hump) && !words.back().empty()) words.emplace_back();
      if (letter) words.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
      before = c;
    }
    for (std::size_t first = 0; first < words.size(); ++first) {
      std::string phrase;
      for (std::size_t next = first; next < words.size() && next < first + kClassWords; ++next) {
        if (next > first) phrase += ' ';
        phrase += words[next];
        // Inside a name a short word says little: "margin-top", "is-top-level".
        const bool telling = first == 0 || next > first || phrase.size() >= kTellingBytes;
        if (telling && whole.contains(phrase)) return true;
      }
    }
  }
  return false;
}

}  // namespace ketnghia::importers
