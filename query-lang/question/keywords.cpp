#include "query-lang/question/keywords.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <map>

#include "engine/text/fold.hpp"
#include "query-lang/analysis/nearest.hpp"
#include "question_tables.hpp"

namespace ketnghia::query {
namespace {

// In the order of Concept, as keywords.tsv writes them.
constexpr std::array<std::string_view, 82> kConceptNames{
    "noise",     "plural",     "honorific", "yes_no",  "count",      "who",         "is",
    "is_who",    "was",        "when",      "place",   "partner",    "quote",       "timeline",
    "path",      "paths",      "community", "posts",   "with",       "between",     "and",
    "or",        "from",       "to",        "of",      "in",         "by",          "about",
    "cooperate", "meet",       "visit",     "receive", "sign",       "lead",        "organise",
    "attend",    "establish",  "year",      "month",   "day",        "month_1",     "month_2",
    "month_3",   "month_4",    "month_5",   "month_6", "month_7",    "month_8",     "month_9",
    "month_10",  "month_11",   "month_12",  "quarter", "first_half", "second_half", "since",
    "until",     "before",     "after",     "period",  "now",        "clock",       "where",
    "most",      "connected",  "in_force",  "compare", "latest",     "first",       "limit",
    "order",     "descending", "ascending", "group",   "by_year",    "by_month",    "by_field",
    "by_kind",   "by_city",    "by_date",   "by_name", "by_count"};
static_assert(kConceptNames.size() == static_cast<std::size_t>(Concept::Noun));

// Of a phrase with fewer letters than this, typed marks must be the keyword's: that short, many
// Vietnamese words share one key (số, sở, so; từ, tư; đến, đền).
constexpr std::size_t kShortPhrase = 6;

std::string_view take(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

Concept concept_named(std::string_view name) {
  const auto at = std::find(kConceptNames.begin(), kConceptNames.end(), name);
  assert(at != kConceptNames.end());
  return static_cast<Concept>(at - kConceptNames.begin());
}

icu::UnicodeString decomposed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  const auto lower =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}).toLower();
  return U_SUCCESS(status) ? nfd->normalize(lower, status) : lower;
}

bool is_mark(char16_t c) { return u_getCombiningClass(c) != 0; }

// Whether every mark in `typed` is in `written` on the same letter. Their keys are equal, so
// letters run in step; spaces and hyphens are passed over.
bool marks_agree(std::string_view typed, std::string_view written) {
  const auto a = decomposed(typed);
  const auto b = decomposed(written);
  std::int32_t i = 0;
  std::int32_t j = 0;
  const auto skip = [](const icu::UnicodeString& text, std::int32_t& at) {
    while (at < text.length() && !u_isalnum(text[at])) ++at;
  };
  for (skip(a, i), skip(b, j); i < a.length() && j < b.length(); skip(a, i), skip(b, j)) {
    if (a[i] == u'đ' && b[j] != u'đ') return false;
    const auto marks_begin = ++j;
    while (j < b.length() && is_mark(b[j])) ++j;
    for (++i; i < a.length() && is_mark(a[i]); ++i) {
      const auto mark = a[i];
      if (b.indexOf(mark, marks_begin, j - marks_begin) < 0) return false;
    }
  }
  return true;
}

// English nouns that say that many are meant.
bool is_plural(std::string_view english) {
  return english.ends_with('s') || english.ends_with("ia") || english == "memoranda" ||
         english == "people" || english.starts_with("memoranda ");
}

std::string joined_keys(const Token* first, const Token* last) {
  std::string key = first->key;
  for (++first; first != last; ++first) key.append(" ").append(first->key);
  return key;
}

bool can_be_keyword(const Token& token) {
  return token.kind == Token::Kind::Word || token.kind == Token::Kind::Number;
}

}  // namespace

const KeywordMeaning* PhraseMatch::find(Concept meaning) const {
  for (const auto& one : meanings) {
    if (one.meaning == meaning) return &one;
  }
  return nullptr;
}

const Keywords& Keywords::instance() {
  static const Keywords keywords;
  return keywords;
}

Keywords::Keywords() {
  auto table = embedded::keywords_tsv();
  take(table, '\n');  // the header
  while (!table.empty()) {
    auto line = take(table, '\n');
    const auto meaning = concept_named(take(line, '\t'));
    for (int language = 0; language < 2; ++language) {
      auto cell = take(line, '\t');
      while (!cell.empty()) add(take(cell, ';'), {meaning});
    }
  }
  const auto add_terms = [&](Family family, Concept meaning) {
    for (const auto& term : terms(family)) {
      for (const auto word : term.words_en) add(word, {meaning, &term, {}, is_plural(word)});
      for (const auto word : term.words_vi) add(word, {meaning, &term});
    }
  };
  for (const auto family : {Family::Label, Family::EventKind, Family::AgreementKind,
                            Family::AgencyKind, Family::Role}) {
    add_terms(family, Concept::Noun);
  }
  add_terms(Family::Field, Concept::Field);
  add_terms(Family::EventStatus, Concept::Status);
  add_terms(Family::AgreementStatus, Concept::Status);
  add_terms(Family::Post, Concept::Post);
}

void Keywords::add(std::string_view phrase, KeywordMeaning meaning) {
  meaning.written = phrase;
  const auto key = match_key(phrase);
  longest_ =
      std::max(longest_, static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) + 1);
  phrases_[key].push_back(meaning);
}

PhraseMatch Keywords::match(const Token* first, const Token* last) const {
  std::size_t words = 0;
  while (words < longest_ && first + words != last && can_be_keyword(first[words])) ++words;
  for (; words > 0; --words) {
    const auto found = phrases_.find(joined_keys(first, first + words));
    if (found == phrases_.end()) continue;
    PhraseMatch match{words, {}};
    std::string typed;
    for (std::size_t i = 0; i < words; ++i) typed.append(first[i].text).append(" ");
    for (const auto& meaning : found->second) {
      if (found->first.size() >= kShortPhrase || marks_agree(typed, meaning.written)) {
        match.meanings.push_back(meaning);
      }
    }
    if (!match.meanings.empty()) return match;
  }
  return {};
}

std::vector<std::string> Keywords::nearest(const Token* first, const Token* last,
                                           std::size_t limit) const {
  // Next to a word of two letters stand dozens, of which none is meant.
  constexpr std::size_t kShortest = 4;
  // A keyword of n words is compared with the next n words.
  std::map<std::size_t, std::vector<std::string>> keys;
  for (const auto& [key, meanings] : phrases_) {
    keys[static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) + 1].push_back(key);
  }
  std::vector<std::string> names;
  for (auto& [words, candidates] : keys) {
    if (static_cast<std::size_t>(last - first) < words) break;
    std::sort(candidates.begin(), candidates.end());
    const auto typed = joined_keys(first, first + words);
    if (typed.size() < kShortest) continue;
    for (const auto& key : query::nearest(typed, candidates, limit)) {
      names.emplace_back(phrases_.at(key).front().written);
    }
  }
  if (names.size() > limit) names.resize(limit);
  return names;
}

}  // namespace ketnghia::query
