#include <algorithm>
#include <ostream>
#include <string>

#include "engine/error.hpp"
#include "engine/evidence/words.hpp"
#include "engine/export/json.hpp"
#include "engine/export/jsonl.hpp"

namespace ketnghia {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

void append_id(std::string& out, NodeId id) { out += "\"n" + std::to_string(number(id)) + '"'; }

void append_id(std::string& out, EdgeId id) { out += "\"r" + std::to_string(number(id)) + '"'; }

class JsonlWriter {
 public:
  JsonlWriter(const Snapshot& snapshot, std::ostream& out) : snapshot_(snapshot), out_(out) {}

  void write() {
    auto nodes = snapshot_.nodes();
    while (const auto id = nodes.next()) {
      append_node(*id);
      end_line();
    }
    auto edges = snapshot_.edges();
    while (const auto id = edges.next()) {
      append_edge(*id);
      end_line();
    }
    flush();
  }

 private:
  void append_node(NodeId id) {
    const auto node = snapshot_.node(id);
    line_ += "{\"node\":";
    append_id(line_, id);
    std::vector<std::string_view> labels;
    for (const StringId label : node->labels) labels.push_back(snapshot_.string(label));
    std::sort(labels.begin(), labels.end());
    line_ += ",\"labels\":[";
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (i > 0) line_.push_back(',');
      append_json(line_, labels[i]);
    }
    line_.push_back(']');
    append_properties(node->properties);
    append_evidence(snapshot_.evidence(id));
    if (const auto document = snapshot_.document(id)) {
      line_ += ",\"text\":";
      append_json(line_, std::string_view(document->text));
      if (!document->sha256.empty()) {
        line_ += ",\"sha256\":";
        append_json(line_, std::string_view(document->sha256));
      }
    }
    line_.push_back('}');
  }

  void append_edge(EdgeId id) {
    const auto edge = snapshot_.edge(id);
    line_ += "{\"edge\":";
    append_id(line_, id);
    line_ += ",\"type\":";
    append_json(line_, snapshot_.string(edge->type));
    line_ += ",\"from\":";
    append_id(line_, edge->from);
    line_ += ",\"to\":";
    append_id(line_, edge->to);
    append_properties(edge->properties);
    append_evidence(snapshot_.evidence(id));
    line_.push_back('}');
  }

  void append_properties(const std::vector<std::pair<StringId, Value>>& properties) {
    std::vector<std::pair<std::string_view, const Value*>> sorted;
    for (const auto& [key, value] : properties) sorted.emplace_back(snapshot_.string(key), &value);
    std::sort(sorted.begin(), sorted.end());
    line_ += ",\"properties\":{";
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (i > 0) line_.push_back(',');
      append_json(line_, sorted[i].first);
      line_.push_back(':');
      append_json(line_, *sorted[i].second);
    }
    line_.push_back('}');
  }

  void append_evidence(const std::vector<Evidence>& all) {
    line_ += ",\"evidence\":[";
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Evidence& evidence = all[i];
      line_ += i > 0 ? ",{" : "{";
      if (evidence.document != NodeId{}) {
        line_ += "\"document\":";
        append_id(line_, evidence.document);
        line_.push_back(',');
      }
      line_ += "\"start\":" + std::to_string(evidence.span.begin);
      line_ += ",\"end\":" + std::to_string(evidence.span.end);
      line_ += ",\"quote\":";
      append_json(line_, std::string_view(evidence.quote));
      if (evidence.source != Source::Load) append_reading(evidence);
      line_.push_back('}');
    }
    line_.push_back(']');
  }

  // How the quotation was read, and by whom.
  void append_reading(const Evidence& evidence) {
    line_ += ",\"rule\":";
    append_json(line_, std::string_view(evidence.rule));
    line_ += ",\"grade\":";
    append_json(line_, word_of(evidence.grade));
    line_ += ",\"source\":";
    append_json(line_, word_of(evidence.source));
    line_ += ",\"confidence\":";
    append_json_number(line_, evidence.confidence);
  }

  void end_line() {
    line_.push_back('\n');
    if (line_.size() >= kBlockBytes) flush();
  }

  void flush() {
    out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
    line_.clear();
    if (!out_) {
      throw StoreError(StoreError::Kind::Io, "cannot write the export: is there room for it?");
    }
  }

  const Snapshot& snapshot_;
  std::ostream& out_;
  std::string line_;
};

}  // namespace

void export_jsonl(const Snapshot& snapshot, std::ostream& out) {
  JsonlWriter(snapshot, out).write();
}

}  // namespace ketnghia
