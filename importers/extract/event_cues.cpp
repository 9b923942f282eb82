#include "importers/extract/event_cues.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/text/characters.hpp"
#include "engine/text/short_key.hpp"
#include "engine/text/utf8.hpp"
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

constexpr unsigned kMarkTraits = kPunctuation | kMathSymbol;

// Marks that stand inside one word: "Dong-yeon", "16/5", "T.Ư", "3.500".
bool joins(char32_t c) { return c == '-' || c == '/' || c == '.' || c == '&'; }

}  // namespace

std::vector<CueToken> tokens_of(std::string_view text) {
  constexpr std::size_t kNone = ~std::size_t{0};
  constexpr std::size_t kUsualBytes = 6;  // of a word with its space
  const Characters& characters = Characters::table();
  const std::optional<std::string> low = lower_case_in_step(text);
  std::vector<CueToken> tokens;
  tokens.reserve(text.size() / kUsualBytes + 1);
  const auto push = [&](std::size_t begin, std::size_t end) {
    const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    CueToken& token = tokens.emplace_back();
    token.span = span;
    token.word = low ? std::string(span.of(*low)) : lower_case(span.of(text));
    token.hash = cue_hash(token.word);
  };
  std::size_t word = kNone;  // where the running word began
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const CodePoint c = code_point_at(text, i);
    i += c.size;
    const unsigned traits = characters.traits(c.value);
    if ((traits & kWhiteSpace) != 0) {
      if (word != kNone) push(word, begin);
      word = kNone;
    } else if ((traits & kMarkTraits) != 0) {
      const char32_t after = i < text.size() ? code_point_at(text, i).value : U' ';
      const bool inner = word != kNone && joins(c.value);
      if (inner && (characters.traits(after) & kAlphanumeric) != 0) continue;
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

std::uint64_t cue_hash(std::string_view word) {
  if (word.size() <= ShortKey::kLongest) return ShortKey::of(word, word.size()).hash();
  return std::hash<std::string_view>{}(word);
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
  for (std::size_t i = 0; i < cues_.size(); ++i) {
    by_first_word_[cues_[i].words.front()].push_back(i);
    first_words_.add(cue_hash(cues_[i].words.front()));
  }
  for (auto& [word, list] : by_first_word_) {
    std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
      return cues_[a].words.size() > cues_[b].words.size();
    });
  }
}

const EventCue* EventCueTable::match(const std::vector<CueToken>& tokens, std::size_t at,
                                     std::size_t& length, CueForms wanted) const {
  return match(tokens, at, length, wanted, false);
}

const EventCue* EventCueTable::match(const std::vector<CueToken>& tokens, std::size_t at,
                                     std::size_t& length, CueForms wanted,
                                     bool whatever_mentions) const {
  if (!first_words_.may_have(tokens[at].hash)) return nullptr;
  const auto list = by_first_word_.find(tokens[at].word);
  if (list == by_first_word_.end()) return nullptr;
  for (const std::size_t index : list->second) {
    const EventCue& cue = cues_[index];
    if (!wanted.has(cue.form)) continue;
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
        fits = (tokens[token].mention < 0 || whatever_mentions) && tokens[token].word == word;
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

bool EventCueTable::tells(const std::vector<CueToken>& tokens, CueForm form, Span span) const {
  std::size_t length = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!span.contains(tokens[at].span)) continue;
    if (match(tokens, at, length, {form}, true) != nullptr) return true;
  }
  return false;
}

bool EventCueTable::opens(const std::vector<CueToken>& tokens, CueForm form) const {
  std::size_t length = 0;
  return !tokens.empty() && match(tokens, 0, length, {form}, true) != nullptr;
}

}  // namespace ketnghia::importers
