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
  explicit Neighbourhood(const Snapshot& view) : view_(view) {}

  void add(const DocumentChange& change) {
    const NodeId id = document_id(change.name);
    changed_.insert(id);
    if (const auto bytes = view_.reading(id)) reach(id, read_reading(*bytes));
    if (change.reading) {
      after_.emplace(id, &*change.reading);
      follow(*change.reading);
    }
  }

  std::vector<Contribution> before() { return contributions(false); }
  std::vector<Contribution> after() { return contributions(true); }

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
  std::set<NodeId> changed_;
  std::map<NodeId, Reading> before_;
  std::map<NodeId, const Reading*> after_;
  std::map<NodeId, Reading> outside_;  // name only a country in common
  std::set<std::string> followed_, countries_;
  std::vector<NodeId> pending_;
  bool draining_ = false;
};

// A stored text at a time: quotations of one document come together.
class Texts {
 public:
  explicit Texts(const Snapshot& view) : view_(view) {}
  void set(NodeId id, const std::string* text) { given_[id] = text; }

  std::string operator()(NodeId document, Span span) {
    if (const auto given = given_.find(document); given != given_.end()) {
      return std::string(span.of(*given->second));
    }
    auto [at, fresh] = stored_.try_emplace(document);
    if (fresh) {
      if (auto stored = view_.document(document)) at->second = std::move(stored->text);
    }
    return std::string(span.of(at->second));
  }

 private:
  const Snapshot& view_;
  std::map<NodeId, const std::string*> given_;
  std::map<NodeId, std::string> stored_;
};

}  // namespace

std::string content_block(const std::string& content) { return "content|" + content; }

void update(Writer& writer, std::vector<DocumentChange> changes) {
  Neighbourhood neighbourhood(writer.view());
  for (const DocumentChange& change : changes) neighbourhood.add(change);
  Resolution before, after;
  {
    Texts texts(writer.view());
    before = resolve(neighbourhood.before(), [&](NodeId id, Span span) { return texts(id, span); });
    for (const DocumentChange& change : changes) {
      if (change.reading) texts.set(document_id(change.name), &change.text);
    }
    after = resolve(neighbourhood.after(), [&](NodeId id, Span span) { return texts(id, span); });
  }

  for (const auto& [id, edge] : before.edges) {
    if (!after.edges.contains(id)) writer.erase(id);
  }
  for (const auto& [id, node] : before.nodes) {
    // Documents that nothing else joins may be about one field.
    const bool needed = node.labels.front() == "Field" &&
                        writer.view().neighbours(id, Snapshot::Direction::In).next().has_value();
    if (!after.nodes.contains(id) && !needed) writer.erase(id);
  }
  for (const DocumentChange& change : changes) {
    const NodeId id = document_id(change.name);
    if (change.reading) {
      writer.put_document(id, {change.text, change.reading->sha256});
    } else {
      writer.erase_document(id);
      writer.erase_reading(id);
    }
  }
  for (const auto& [id, node] : after.nodes) {
    const auto old = before.nodes.find(id);
    if (old == before.nodes.end() || !same(old->second, node)) writer.put(node);
  }
  for (const auto& [id, edge] : after.edges) {
    const auto old = before.edges.find(id);
    if (old == before.edges.end() || !same(old->second, edge)) writer.put(edge);
  }
  for (const DocumentChange& change : changes) {
    if (!change.reading) continue;
    std::vector<std::string> blocks = block_keys(*change.reading);
    blocks.push_back(content_block(change.content));
    writer.put_reading(document_id(change.name), to_bytes(*change.reading), blocks);
  }
}

}  // namespace ketnghia::importers
