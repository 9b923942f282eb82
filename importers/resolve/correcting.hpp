#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/readings/corrections.hpp"
#include "engine/readings/reading.hpp"

namespace ketnghia::importers {

// The text of a span of a document; of a whole document, empty where none is stored.
using Quote = std::function<std::string(NodeId document, Span span)>;
using TextOf = std::function<std::string(NodeId document)>;

// A rule of evidence that a person gave: "person: Lan, 2026-11-21".
constexpr std::string_view kPersonRule = "person: ";

// A decision as resolve() applies it.
struct Rule {
  Decision decision;
  Selector subject;
  Selector object;   // of same and different; else the values given
  std::string mark;  // kPersonRule, who and when
  // What it speaks of: documents that tell of any of it are resolved together.
  std::set<std::string> documents;
  std::vector<std::string> names;  // as written
  std::set<std::string> spelled;
};

// What a person added: what one document, or a source that is no document here, says.
struct Addition {
  const Rule* rule = nullptr;
  NodeId document{};
  std::string text;  // of a source outside; empty for a document of the store
  Reading reading;
  bool tied = false;  // its one event or agreement is the one that rule->subject selects
};

// Active decisions, ready to be applied to readings.
//
// Lifetime: additions point into it. Threads: any number may read.
class Correcting {
 public:
  Correcting() = default;
  explicit Correcting(const Corrections& corrections);

  bool empty() const { return rules_.empty(); }
  const std::deque<Rule>& rules() const { return rules_; }

  // The rules that speak of a document, or of something that it names.
  std::vector<const Rule*> touching(const Reading& reading) const;

  // A reading without what is wrong in it, if a rule says so. What was taken out keeps its place,
  // with an empty identity or kind; `marks` gets who changed which event or agreement.
  using Marks = std::map<std::pair<bool, std::size_t>, std::string>;  // event or agreement, index
  std::optional<Reading> corrected(NodeId document, const Reading& reading, const Quote& quote,
                                   Marks& marks) const;

  // What people added in these documents and outside of all. A quotation that a document does
  // not hold adds nothing.
  std::vector<Addition> additions(const std::set<std::string>& documents,
                                  const std::set<const Rule*>& outside, const TextOf& text) const;
  std::optional<Addition> addition(const Rule& rule, const TextOf& text) const;

 private:
  std::deque<Rule> rules_;
  std::map<std::string, std::vector<const Rule*>> by_document_, by_name_;
};

// Whether a selector means this entity, event or agreement of a reading.
bool selects(const Selector& selector, const Reading& reading, std::size_t entity);
bool selects(const Selector& selector, NodeId document, const Reading& reading,
             const ReadEvent& event, const Quote& quote);
bool selects(const Selector& selector, NodeId document, const Reading& reading,
             const ReadAgreement& agreement, const Quote& quote);

// Whether a rule finds all that it speaks of in these readings.
struct NamedReading {
  NodeId document{};
  const Reading* reading = nullptr;
};
bool applies(const Rule& rule, const std::vector<NamedReading>& readings, const Quote& quote,
             const TextOf& text);

}  // namespace ketnghia::importers
