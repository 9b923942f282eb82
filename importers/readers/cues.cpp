#include "importers/readers/cues.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/text/normalise.hpp"
#include "engine/text/short_key.hpp"
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

// Cues by the word that they begin with, which must begin a word of the line: most lines hold the
// first words of none.
class CuesByWord {
 public:
  void add(std::string_view cue) {
    const WordRun run = word_run(cue, 0);
    if (run.size == 0 || !run.is_short()) {
      others_.emplace_back(cue);
      return;
    }
    filter_.set(slot(run.key));
    by_word_[run.key].emplace_back(cue);
  }

  // Calls `take` with the cues whose first word begins at `at`, which begins one, until it says
  // true; whether it did.
  template <typename Take>
  bool at_word(std::string_view key, std::size_t at, const Take& take) const {
    const WordRun run = word_run(key, at);
    if (run.size == 0 || !run.is_short() || !filter_[slot(run.key)]) return false;
    const auto found = by_word_.find(run.key);
    if (found == by_word_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), take);
  }

  // Cues that begin with a mark or a long word.
  const std::vector<std::string>& others() const { return others_; }
  bool empty() const { return by_word_.empty() && others_.empty(); }

 private:
  static constexpr unsigned kFilterBits = 11;

  struct Hash {
    std::size_t operator()(ShortKey key) const { return key.hash(); }
  };
  static std::size_t slot(ShortKey key) { return key.hash() >> (64 - kFilterBits); }

  std::unordered_map<ShortKey, std::vector<std::string>, Hash> by_word_;
  std::vector<std::string> others_;
  std::bitset<std::size_t{1} << kFilterBits> filter_;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

struct CueWords {
  // The line, a word, or the words of a class.
  std::unordered_set<std::string, TextHash, std::equal_to<>> whole;
  std::size_t longest = 0;  // of them
  CuesByWord start, within;
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
      words.start.add(cue);
    } else if (match == "within") {
      words.within.add(cue);
    } else {
      words.whole.emplace(cue);
      words.longest = std::max(words.longest, cue.size());
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
  std::string key = lower_case(normalised_text(line));
  // Frames, arrows and pictures before the words: "┌ ĐỌC NHIỀU", "▶ Xem thêm".
  std::int32_t start = 0;
  const auto length = static_cast<std::int32_t>(key.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(key.data()), i, length, c);
    const bool drawn = c == ' ' || (c >= 0x2190 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) ||
                       (c >= 0x1F300 && c <= 0x1FAFF);
    if (!drawn) break;
    start = i;
  }
  key.erase(0, static_cast<std::size_t>(start));
  return key;
}

bool is_cue(Cue kind, std::string_view key) {
  const CueWords& words = words_of(kind);
  if (key.size() <= words.longest && words.whole.contains(key)) return true;
  const std::string_view inner = bare(key);
  return inner.size() <= words.longest && words.whole.contains(inner);
}

bool heads_stories(std::string_view key) {
  key = bare(key);
  const auto skip = [&](Cue kind) {
    const CuesByWord& words = words_of(kind).start;
    std::string_view longest;
    const auto lengthen = [&](const std::string& cue) {
      if (cue.size() > longest.size() && key.starts_with(cue) && stands_at(key, cue, 0))
        longest = cue;
      return false;
    };
    words.at_word(key, 0, lengthen);
    std::for_each(words.others().begin(), words.others().end(), lengthen);
    key.remove_prefix(longest.size());
    key.remove_prefix(std::min(key.find_first_not_of(", "), key.size()));
    return !longest.empty();
  };
  skip(Cue::ListCount);
  return skip(Cue::ListNoun) && words_of(Cue::ListWhich).whole.contains(key);
}

bool starts_with_cue(Cue kind, std::string_view key) {
  const CuesByWord& start = words_of(kind).start;
  const auto begins = [&](const std::string& cue) {
    return key.starts_with(cue) && stands_at(key, cue, 0);
  };
  return start.at_word(key, 0, begins) ||
         std::any_of(start.others().begin(), start.others().end(), begins);
}

namespace {

// Calls `take` with each cue of which an occurrence may stand at the edges of words.
template <typename Take>
void each_candidate(const CuesByWord& cues, std::string_view key, const Take& take) {
  for (const std::string& cue : cues.others()) take(cue);
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (!is_word_byte(key[at])) continue;
    cues.at_word(key, at, [&](const std::string& cue) {
      if (key.substr(at).starts_with(cue)) take(cue);
      return false;
    });
    while (at < key.size() && is_word_byte(key[at])) ++at;
  }
}

}  // namespace

std::size_t count_cues(Cue kind, std::string_view key) {
  std::vector<const std::string*> found;
  each_candidate(words_of(kind).within, key, [&](const std::string& cue) {
    const auto at = key.find(cue);
    if (at == std::string_view::npos || !stands_at(key, cue, at)) return;
    if (std::find(found.begin(), found.end(), &cue) == found.end()) found.push_back(&cue);
  });
  return found.size();
}

std::size_t last_cue(Cue kind, std::string_view key) {
  std::size_t last = std::string_view::npos;
  each_candidate(words_of(kind).within, key, [&](const std::string& cue) {
    const auto at = key.rfind(cue);
    if (at == std::string_view::npos || !stands_at(key, cue, at)) return;
    if (last == std::string_view::npos || at > last) last = at;
  });
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
