#include "importers/extract/event_cues.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>

#include "importers/import_error.hpp"
#include "importers/lexicon/tables.hpp"
#include "importers/readers/cues.hpp"

namespace ketnghia::importers {
namespace {

CueForm form_named(std::string_view name) {
  static const std::map<std::string_view, CueForm> kForms{
      {"verb", CueForm::Verb},           {"noun", CueForm::Noun},
      {"light", CueForm::Light},         {"coorganiser", CueForm::CoOrganiser},
      {"cohost", CueForm::CoHost},       {"agreement", CueForm::Agreement},
      {"sign", CueForm::Sign},           {"witness", CueForm::Witness},
      {"leader", CueForm::Leader},       {"status", CueForm::Status},
      {"negation", CueForm::Negation},   {"wish", CueForm::Wish},
      {"denial", CueForm::Denial},       {"follow", CueForm::Follow},
      {"passive", CueForm::Passive},     {"leaning", CueForm::Leaning},
      {"side", CueForm::Side},           {"roster", CueForm::Roster},
      {"learner", CueForm::Learner},     {"keepsake", CueForm::Keepsake},
      {"executive", CueForm::Executive}, {"break", CueForm::Break},
      {"occasion", CueForm::Occasion},   {"anaphor", CueForm::Anaphor},
      {"header", CueForm::Header},       {"result", CueForm::Result},
      {"section", CueForm::Section},     {"false", CueForm::False},
      {"recurring", CueForm::Recurring}, {"none", CueForm::None}};
  const auto form = kForms.find(name);
  if (form == kForms.end()) {
    throw ImportError("event_cues.tsv", "", "there is no form " + std::string(name));
  }
  return form->second;
}

// The character at `at`, which moves past it; U+FFFD for ill-formed bytes.
UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, at, text.size(), c);
  return c;
}

bool is_mark(UChar32 c) {
  return c == '"' || c == '\'' || u_ispunct(c) || u_charType(c) == U_MATH_SYMBOL;
}

// Marks that stand inside one word: "Dong-yeon", "16/5", "T.Ư", "3.500".
bool joins(UChar32 c) { return c == '-' || c == '/' || c == '.' || c == '&'; }

}  // namespace

std::vector<CueToken> tokens_of(std::string_view text) {
  constexpr std::size_t kNone = ~std::size_t{0};
  std::vector<CueToken> tokens;
  const auto push = [&](std::size_t begin, std::size_t end) {
    const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    tokens.push_back({span, lower_case(span.of(text)), -1});
  };
  std::size_t word = kNone;  // where the running word began
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const UChar32 c = next_character(text, i);
    if (u_isUWhiteSpace(c)) {
      if (word != kNone) push(word, begin);
      word = kNone;
    } else if (is_mark(c)) {
      std::size_t peek = i;
      const UChar32 after = i < text.size() ? next_character(text, peek) : ' ';
      if (word != kNone && joins(c) && u_isalnum(after)) continue;
      if (word != kNone) push(word, begin);
      word = kNone;
      push(begin, i);
    } else if (word == kNone) {
      word = begin;
    }
  }
  if (word != kNone) push(word, text.size());
  return tokens;
}

EventCueTable::EventCueTable(const Table& table) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    EventCue cue;
    cue.form = form_named(table.cell(row, "form"));
    cue.kind = table.cell(row, "kind");
    cue.subject = table.cell(row, "subject");
    cue.object = table.cell(row, "object");
    cue.note = table.cell(row, "note");
    for (const CueToken& token : tokens_of(table.cell(row, "cue"))) cue.words.push_back(token.word);
    if (!cue.words.empty()) cues_.push_back(std::move(cue));
  }
  for (std::size_t i = 0; i < cues_.size(); ++i)
    by_first_word_[cues_[i].words.front()].push_back(i);
  for (auto& [word, list] : by_first_word_) {
    std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
      return cues_[a].words.size() > cues_[b].words.size();
    });
  }
}

const EventCue* EventCueTable::match(const std::vector<CueToken>& tokens, std::size_t at,
                                     std::size_t& length,
                                     const std::vector<CueForm>& wanted) const {
  const auto list = by_first_word_.find(tokens[at].word);
  if (list == by_first_word_.end()) return nullptr;
  for (const std::size_t index : list->second) {
    const EventCue& cue = cues_[index];
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), cue.form) == wanted.end())
      continue;
    std::size_t token = at;
    bool fits = true;
    for (const std::string& word : cue.words) {
      if (token >= tokens.size()) {
        fits = false;
      } else if (word == "*") {
        const int mention = tokens[token].mention;
        fits = mention >= 0;
        while (fits && token < tokens.size() && tokens[token].mention == mention) ++token;
      } else {
        fits = tokens[token].word == word && tokens[token].mention < 0;
        ++token;
      }
      if (!fits) break;
    }
    if (fits) {
      length = token - at;
      return &cue;
    }
  }
  return nullptr;
}

bool EventCueTable::tells(std::string_view text, CueForm form) const {
  const std::vector<CueToken> tokens = tokens_of(text);
  std::size_t length = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (match(tokens, at, length, {form}) != nullptr) return true;
  }
  return false;
}

bool EventCueTable::opens(std::string_view text, CueForm form) const {
  std::size_t length = 0;
  const std::vector<CueToken> tokens = tokens_of(text);
  return !tokens.empty() && match(tokens, 0, length, {form}) != nullptr;
}

}  // namespace ketnghia::importers
