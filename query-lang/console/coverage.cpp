#include "query-lang/console/coverage.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include "engine/text/edtf.hpp"
#include "query-lang/console/answer.hpp"

namespace ketnghia::console {
namespace {

// The edges that say what a thing is and where it stands in a text: no answer to a question.
constexpr std::string_view kNoFacts[] = {"MENTIONED_IN", "PART_OF", "BELONGS_TO"};

void widen(Coverage& covered, const Value& date) {
  const auto edtf = date.text() ? parse_edtf(*date.text()) : std::nullopt;
  if (!edtf) return;
  for (const auto& day : {edtf->first, edtf->last}) {
    if (!day) continue;
    const int year = civil_day(*day).year;
    covered.first_year = std::min(covered.first_year.value_or(year), year);
    covered.last_year = std::max(covered.last_year.value_or(year), year);
  }
}

// The line of `text` around `span`: documents are stored one block a line, and a block is what a
// reader needs to judge a mention.
Span line_around(std::string_view text, Span span) {
  const std::size_t begin = span.begin == 0 ? text.npos : text.rfind('\n', span.begin - 1);
  const std::size_t end = text.find('\n', span.end);
  return {begin == text.npos ? 0 : static_cast<std::uint32_t>(begin + 1),
          static_cast<std::uint32_t>(end == text.npos ? text.size() : end)};
}

bool overlaps_any(const std::vector<Span>& spans, Span span) {
  return std::any_of(spans.begin(), spans.end(), [&](Span other) { return other.overlaps(span); });
}

}  // namespace

Coverage coverage(const Snapshot& snapshot) {
  Coverage covered;
  const auto read = [&](std::string_view label, std::string_view property) {
    const auto label_id = snapshot.string_id(label);
    const auto property_id = snapshot.string_id(property);
    if (!label_id || !property_id) return;
    auto cursor = snapshot.nodes(*label_id);
    while (const auto node = cursor.next()) widen(covered, snapshot.property(*node, *property_id));
  };
  read("Document", "published");
  read("Event", "when");
  read("Agreement", "when");
  if (const auto document = snapshot.string_id("Document")) {
    covered.documents = snapshot.node_count(*document);
  }
  return covered;
}

std::vector<std::string> names_in(const Snapshot& snapshot, std::string_view pattern) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char quote = pattern[at];
    if (quote != '\'' && quote != '"') continue;
    std::string name;
    for (++at; at < pattern.size() && pattern[at] != quote; ++at) {
      if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
      name += pattern[at];
    }
    const bool seen = std::find(names.begin(), names.end(), name) != names.end();
    if (!seen && !snapshot.named(name).empty()) names.push_back(std::move(name));
  }
  return names;
}

std::vector<Evidence> silent_sentences(const Snapshot& snapshot,
                                       const std::vector<std::string>& names) {
  std::set<StringId> no_facts;
  for (const std::string_view type : kNoFacts) {
    if (const auto id = snapshot.string_id(type)) no_facts.insert(*id);
  }
  std::map<NodeId, std::set<Span>> mentions;
  std::map<NodeId, std::vector<Span>> facts;
  for (const std::string& name : names) {
    for (const NodeId node : snapshot.named(name)) {
      for (const Evidence& one : snapshot.evidence(node)) mentions[one.document].insert(one.span);
      for (const auto direction : {Snapshot::Direction::Out, Snapshot::Direction::In}) {
        auto cursor = snapshot.neighbours(node, direction);
        while (const auto neighbour = cursor.next()) {
          if (no_facts.contains(neighbour->type)) continue;
          for (const Evidence& one : snapshot.evidence(neighbour->edge)) {
            facts[one.document].push_back(one.span);
          }
        }
      }
    }
  }
  std::vector<Evidence> silent;
  for (const auto& [document, spans] : mentions) {
    const auto stored = snapshot.document(document);
    if (!stored) continue;
    Span last{};
    for (const Span span : spans) {
      if (span.end > stored->text.size()) continue;  // a graph that was loaded may lack its texts
      const Span line = line_around(stored->text, span);
      if (line == last || overlaps_any(facts[document], line)) continue;
      last = line;
      Evidence sentence;
      sentence.document = document;
      sentence.span = line;
      sentence.quote = line.of(stored->text);
      silent.push_back(std::move(sentence));
    }
  }
  return silent;
}

void tell_coverage(const Snapshot& snapshot, const query::Meaning& meaning, bool empty,
                   bool list_silent, Context& context) {
  const Messages& say = context.say;
  if (empty) {
    const Coverage covered = coverage(snapshot);
    if (covered.first_year) {
      context.err << say("answer.covered", {covered.documents, std::to_string(*covered.first_year),
                                            std::to_string(*covered.last_year)});
    } else {
      context.err << say("answer.covered-undated", {covered.documents});
    }
    context.err << '\n';
  }
  const auto silent = silent_sentences(snapshot, names_in(snapshot, meaning.pattern));
  if (silent.empty()) {
    if (list_silent) context.err << say("answer.silent-none") << '\n';
    return;
  }
  context.err << say(list_silent ? "answer.silent-list" : "answer.silent", {silent.size()}) << '\n';
  if (!list_silent) return;
  for (const Evidence& sentence : silent) {
    context.err << "  " << citation(snapshot, sentence, say) << '\n';
  }
}

}  // namespace ketnghia::console
