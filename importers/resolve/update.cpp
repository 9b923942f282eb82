#include "importers/resolve/update.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "importers/resolve/identity.hpp"
#include "importers/resolve/resolution.hpp"

namespace ketnghia::importers {
namespace {

bool same(const NodeDraft& a, const NodeDraft& b) {
  return a.labels == b.labels && a.properties == b.properties && a.evidence == b.evidence;
}

bool same(const EdgeDraft& a, const EdgeDraft& b) {
  return a.type == b.type && a.from == b.from && a.to == b.to && a.properties == b.properties &&
         a.evidence == b.evidence;
}

// The readings that a change touches, before and after it.
class Neighbourhood {
 public:
  Neighbourhood(const Snapshot& view, std::vector<const Correcting*> correcting)
      : view_(view), correcting_(std::move(correcting)) {}

  void add(const DocumentChange& change) {
    const NodeId id = document_id(change.name);
    changed_.insert(id);
    if (const auto bytes = view_.reading(id)) reach(id, read_reading(*bytes));
    if (change.reading) {
      after_.emplace(id, &*change.reading);
      follow(*change.reading);
    }
  }
  void add(const Rule& rule) {
    follow(rule);
    drain();
  }

  std::vector<Contribution> before() { return contributions(false); }
  std::vector<Contribution> after() { return contributions(true); }

  // What people added in what is touched.
  std::vector<Addition> additions(const Correcting& correcting, bool changed,
                                  const TextOf& text) const {
    std::set<std::string> documents;
    for (const auto& [id, reading] : before_) {
      if (!changed || !changed_.contains(id)) documents.insert(reading.document);
    }
    if (changed) {
      for (const auto& [id, reading] : after_) documents.insert(reading->document);
    }
    return correcting.additions(documents, rules_, text);
  }

 private:
  void reach(NodeId id, Reading reading) {
    const auto [at, fresh] = before_.emplace(id, std::move(reading));
    if (fresh) follow(at->second);
  }

  void follow(const Reading& reading) {
    for (const std::string& block : block_keys(reading)) {
      if (joins_documents(block)) {
        if (!followed_.insert(block).second) continue;
        for (const NodeId other : view_.documents_of_block(block)) pending_.push_back(other);
      } else {
        countries_.insert(block);
      }
    }
    for (const Correcting* correcting : correcting_) {
      for (const Rule* rule : correcting->touching(reading)) follow(*rule);
    }
    drain();
  }

  // A decision joins the documents that tell of anything it speaks of: those it names, those of
  // nodes that bear its names, those whose identities follow from the names.
  void follow(const Rule& rule) {
    if (!rules_.insert(&rule).second) return;
    for (const std::string& document : rule.documents) pending_.push_back(document_id(document));
    const auto mentioned = view_.string_id("MENTIONED_IN");
    for (const std::string& name : rule.names) {
      if (mentioned) {
        for (const NodeId node : view_.name_candidates(name)) {
          auto cursor = view_.neighbours(node, Snapshot::Direction::Out, *mentioned);
          while (const auto neighbour = cursor.next()) pending_.push_back(neighbour->other);
        }
      }
      for (const char* label : {"person|", "agency|"}) {
        for (const NodeId id : view_.documents_of_block(label + spelled(name))) {
          pending_.push_back(id);
        }
      }
    }
  }

  void drain() {
    if (draining_) return;
    draining_ = true;
    while (!pending_.empty()) {
      const NodeId id = pending_.back();
      pending_.pop_back();
      if (before_.contains(id)) continue;
      if (const auto bytes = view_.reading(id)) reach(id, read_reading(*bytes));
    }
    draining_ = false;
  }

  std::vector<Contribution> contributions(bool changed) {
    for (const std::string& country : countries_) {
      for (const NodeId id : view_.documents_of_block(country)) {
        if (before_.contains(id) || outside_.contains(id)) continue;
        if (const auto bytes = view_.reading(id)) outside_.emplace(id, read_reading(*bytes));
      }
    }
    std::vector<Contribution> all;
    for (const auto& [id, reading] : before_) {
      if (!changed || !changed_.contains(id)) all.push_back({id, &reading, true});
    }
    if (changed) {
      for (const auto& [id, reading] : after_) all.push_back({id, reading, true});
    }
    for (const auto& [id, reading] : outside_) all.push_back({id, &reading, false});
    return all;
  }

  const Snapshot& view_;
  const std::vector<const Correcting*> correcting_;
  std::set<NodeId> changed_;
  std::map<NodeId, Reading> before_;
  std::map<NodeId, const Reading*> after_;
  std::map<NodeId, Reading> outside_;  // name only a country in common
  std::set<std::string> followed_, countries_;
  std::set<const Rule*> rules_;
  std::vector<NodeId> pending_;
  bool draining_ = false;
};

// A stored text at a time: quotations of one document come together.
class Texts {
 public:
  explicit Texts(const Snapshot& view) : view_(view) {}
  void set(NodeId id, const std::string* text) { given_[id] = text; }

  const std::string& whole(NodeId document) {
    if (const auto given = given_.find(document); given != given_.end()) return *given->second;
    auto [at, fresh] = stored_.try_emplace(document);
    if (fresh) {
      if (auto stored = view_.document(document)) at->second = std::move(stored->text);
    }
    return at->second;
  }
  std::string operator()(NodeId document, Span span) {
    const std::string& text = whole(document);
    return span.end <= text.size() ? std::string(span.of(text)) : std::string{};
  }
  Quote quote() {
    return [this](NodeId id, Span span) { return (*this)(id, span); };
  }
  TextOf text_of() {
    return [this](NodeId id) { return whole(id); };
  }

 private:
  const Snapshot& view_;
  std::map<NodeId, const std::string*> given_;
  std::map<NodeId, std::string> stored_;
};

// Readings with what people added to them, resolved.
Resolution resolve_with(std::vector<Contribution> contributions, const Correcting& correcting,
                        const std::vector<Addition>& additions, Texts& texts) {
  for (const Addition& addition : additions) {
    if (!addition.text.empty()) texts.set(addition.document, &addition.text);
    contributions.push_back(
        {addition.document, &addition.reading, true, addition.rule, addition.tied});
  }
  return resolve(std::move(contributions), correcting, texts.quote());
}

// Puts the difference between two resolutions of the same part of the graph.
class Difference {
 public:
  Difference(Writer& writer, const Resolution& before, const Resolution& after)
      : writer_(writer), before_(before), after_(after) {}

  void erase() const {
    for (const auto& [id, edge] : before_.edges) {
      if (!after_.edges.contains(id)) writer_.erase(id);
    }
    for (const auto& [id, node] : before_.nodes) {
      // Documents that nothing else joins may be about one field.
      const bool needed = node.labels.front() == "Field" &&
                          writer_.view().neighbours(id, Snapshot::Direction::In).next().has_value();
      if (!after_.nodes.contains(id) && !needed) writer_.erase(id);
    }
  }

  void put() const {
    for (const auto& [id, node] : after_.nodes) {
      const auto old = before_.nodes.find(id);
      if (old == before_.nodes.end() || !same(old->second, node)) writer_.put(node);
    }
    for (const auto& [id, edge] : after_.edges) {
      const auto old = before_.edges.find(id);
      if (old == before_.edges.end() || !same(old->second, edge)) writer_.put(edge);
    }
  }

 private:
  Writer& writer_;
  const Resolution& before_;
  const Resolution& after_;
};

template <typename Id, typename Draft>
std::vector<std::pair<Draft, Draft>> changed(const std::map<Id, Draft>& before,
                                             const std::map<Id, Draft>& after) {
  std::vector<std::pair<Draft, Draft>> changes;
  for (const auto& [id, old] : before) {
    const auto now = after.find(id);
    if (now == after.end()) {
      changes.emplace_back(old, Draft{});
    } else if (!same(old, now->second)) {
      changes.emplace_back(old, now->second);
    }
  }
  for (const auto& [id, now] : after) {
    if (!before.contains(id)) changes.emplace_back(Draft{}, now);
  }
  return changes;
}

// The texts of sources outside, whose Document nodes come and go with the decision.
void put_outside_texts(Writer& writer, const std::vector<Addition>& before,
                       const std::vector<Addition>& after) {
  for (const Addition& old : before) {
    const bool stays = std::any_of(after.begin(), after.end(), [&](const Addition& other) {
      return other.document == old.document;
    });
    if (!old.text.empty() && !stays) writer.erase_document(old.document);
  }
  for (const Addition& addition : after) {
    const bool there = std::any_of(before.begin(), before.end(), [&](const Addition& old) {
      return old.document == addition.document;
    });
    if (!addition.text.empty() && !there)
      writer.put_document(addition.document, {addition.text, {}});
  }
}

}  // namespace

std::string content_block(const std::string& content) { return "content|" + content; }

Corrections corrections_of(const Snapshot& snapshot) {
  return Corrections::parse(snapshot.corrections(), "the corrections in the database");
}

void update(Writer& writer, std::vector<DocumentChange> changes) {
  const Correcting correcting(corrections_of(writer.view()));
  Neighbourhood neighbourhood(writer.view(), {&correcting});
  for (const DocumentChange& change : changes) neighbourhood.add(change);
  Resolution before, after;
  std::vector<Addition> added_before, added_after;
  {
    Texts texts(writer.view());
    added_before = neighbourhood.additions(correcting, false, texts.text_of());
    before = resolve_with(neighbourhood.before(), correcting, added_before, texts);
    for (const DocumentChange& change : changes) {
      if (change.reading) texts.set(document_id(change.name), &change.text);
    }
    added_after = neighbourhood.additions(correcting, true, texts.text_of());
    after = resolve_with(neighbourhood.after(), correcting, added_after, texts);
  }

  const Difference difference(writer, before, after);
  difference.erase();
  put_outside_texts(writer, added_before, added_after);
  for (const DocumentChange& change : changes) {
    const NodeId id = document_id(change.name);
    if (change.reading) {
      writer.put_document(id, {change.text, change.reading->sha256});
    } else {
      writer.erase_document(id);
      writer.erase_reading(id);
    }
  }
  difference.put();
  for (const DocumentChange& change : changes) {
    if (!change.reading) continue;
    std::vector<std::string> blocks = block_keys(*change.reading);
    blocks.push_back(content_block(change.content));
    writer.put_reading(document_id(change.name), to_bytes(*change.reading), blocks);
  }
}

GraphChanges correct(Writer& writer, const Corrections& corrections) {
  const Corrections stored = corrections_of(writer.view());
  const Correcting old_rules(stored), new_rules(corrections);
  Neighbourhood neighbourhood(writer.view(), {&old_rules, &new_rules});
  // Decisions in both change nothing but through what the others touch.
  const auto is_in = [](const Correcting& all, const Rule& rule) {
    return std::any_of(all.rules().begin(), all.rules().end(),
                       [&](const Rule& other) { return other.decision == rule.decision; });
  };
  for (const Rule& rule : old_rules.rules()) {
    if (!is_in(new_rules, rule)) neighbourhood.add(rule);
  }
  for (const Rule& rule : new_rules.rules()) {
    if (!is_in(old_rules, rule)) neighbourhood.add(rule);
  }
  Texts texts(writer.view());
  const auto added_before = neighbourhood.additions(old_rules, false, texts.text_of());
  const Resolution before = resolve_with(neighbourhood.before(), old_rules, added_before, texts);
  const auto added_after = neighbourhood.additions(new_rules, false, texts.text_of());
  const Resolution after = resolve_with(neighbourhood.before(), new_rules, added_after, texts);
  const Difference difference(writer, before, after);
  difference.erase();
  put_outside_texts(writer, added_before, added_after);
  difference.put();
  writer.put_corrections(corrections.text());

  GraphChanges changes;
  changes.nodes = changed(before.nodes, after.nodes);
  changes.edges = changed(before.edges, after.edges);
  for (const auto& [old, now] : changes.edges) {
    for (const EdgeDraft* edge : {&old, &now}) {
      for (const NodeId end : {edge->from, edge->to}) {
        for (const Resolution* graph : {&before, &after}) {
          const auto node = graph->nodes.find(end);
          if (node == graph->nodes.end()) continue;
          for (const auto& [key, value] : node->second.properties) {
            if (key == "name" && value.text()) changes.names[end] = *value.text();
          }
        }
      }
    }
  }
  return changes;
}

std::map<std::string, bool> decisions_applied(const Snapshot& snapshot,
                                              const Corrections& corrections) {
  const Correcting correcting(corrections);
  std::map<NodeId, Reading> readings;
  for (const NodeId id : snapshot.documents_with_readings()) {
    if (const auto bytes = snapshot.reading(id)) readings.emplace(id, read_reading(*bytes));
  }
  std::map<const Rule*, std::vector<NamedReading>> of_rule;
  for (const auto& [id, reading] : readings) {
    for (const Rule* rule : correcting.touching(reading)) of_rule[rule].push_back({id, &reading});
  }
  Texts texts(snapshot);
  std::map<std::string, bool> applied;
  for (const Rule& rule : correcting.rules()) {
    applied[rule.decision.id()] = applies(rule, of_rule[&rule], texts.quote(), texts.text_of());
  }
  return applied;
}

std::unique_ptr<WholeGraph> resolve_whole(const Snapshot& snapshot) {
  auto whole = std::make_unique<WholeGraph>();
  std::vector<Contribution> contributions;
  std::set<std::string> documents;
  for (const NodeId id : snapshot.documents_with_readings()) {
    const auto bytes = snapshot.reading(id);
    if (!bytes) continue;
    const Reading& reading = whole->readings.emplace(id, read_reading(*bytes)).first->second;
    contributions.push_back({id, &reading, true});
    documents.insert(reading.document);
  }
  whole->corrections = corrections_of(snapshot);
  whole->correcting = Correcting(whole->corrections);
  const auto texts = std::make_shared<Texts>(snapshot);
  std::set<const Rule*> rules;
  for (const Rule& rule : whole->correcting.rules()) rules.insert(&rule);
  whole->additions = whole->correcting.additions(documents, rules, texts->text_of());
  whole->resolution =
      resolve_with(std::move(contributions), whole->correcting, whole->additions, *texts);
  whole->quote = [texts](NodeId id, Span span) { return (*texts)(id, span); };
  return whole;
}

}  // namespace ketnghia::importers
