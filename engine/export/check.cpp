#include "engine/export/check.hpp"

#include <map>

#include "engine/error.hpp"
#include "engine/store/name_index.hpp"
#include "engine/store/snapshot_state.hpp"
#include "engine/store/time_index.hpp"

namespace ketnghia {
namespace {

using store::Count;
using store::CountKey;
using store::Table;

constexpr std::size_t kMaxFaults = 100;

std::string name_of(NodeId id) { return "the node n" + std::to_string(number(id)); }
std::string name_of(EdgeId id) { return "the edge r" + std::to_string(number(id)); }

// Entries that the records ask for are looked up, then their number is compared with the table's:
// so nothing is missing and nothing is left over.
template <typename State>
class Check {
 public:
  Check(const Snapshot& snapshot, State& state) : snapshot_(snapshot), state_(state) {}

  std::vector<std::string> run() {
    try {
      state_.indexed();  // whatever a Writer has not put there yet
      check_nodes();
      check_edges();
      check_lists();
      check_evidence<NodeId>(Table::NodeEvidence);
      check_evidence<EdgeId>(Table::EdgeEvidence);
      check_documents();
      check_readings();
      check_strings();
      for (const Table table : {Table::LabelNodes, Table::Names, Table::Times, Table::Blocks}) {
        compare_size(table);
      }
      check_counts();
    } catch (const StoreError& error) {
      faults_.emplace_back(error.what());
    }
    return std::move(faults_);
  }

 private:
  void fault(std::string what) {
    if (faults_.size() < kMaxFaults) faults_.push_back(std::move(what));
  }

  void expect(Table table, const std::string& key, std::string_view value,
              const std::string& owner) {
    ++expected_[table];
    const auto found = state_.get(table, key);
    if (!found || *found != value) {
      fault(owner + (found ? " has another entry" : " has no entry") + " in " +
            store::layout(table).name);
    }
  }

  void expect_time(store::TimeKind kind, const store::Properties& properties, std::uint64_t id,
                   const std::string& owner) {
    if (const auto days = store::days_of(properties)) {
      expect(Table::Times, store::time_key(kind, *days, id), {}, owner);
    }
  }

  void check_nodes() {
    auto cursor = snapshot_.nodes();
    while (const auto id = cursor.next()) {
      const auto node = snapshot_.node(*id);
      const std::string owner = name_of(*id);
      ++counts_[{Count::Nodes}];
      for (const StringId label : node->labels) {
        snapshot_.string(label);
        ++counts_[{Count::LabelNodes, label}];
        expect(Table::LabelNodes, store::label_key(label, *id), {}, owner);
      }
      for (const auto& [key, value] : node->properties) snapshot_.string(key);
      for (const auto& entry : store::name_entries(node->properties, *id)) {
        expect(Table::Names, entry, {}, owner);
      }
      expect_time(store::TimeKind::Node, node->properties, number(*id), owner);
    }
  }

  void check_edges() {
    auto cursor = snapshot_.edges();
    while (const auto id = cursor.next()) {
      const auto edge = snapshot_.edge(*id);
      const std::string owner = name_of(*id);
      snapshot_.string(edge->type);
      for (const auto& [key, value] : edge->properties) snapshot_.string(key);
      ++counts_[{Count::Edges}];
      ++counts_[{Count::TypeEdges, edge->type}];
      count_end(Count::LabelOut, edge->from, edge->type, owner);
      count_end(Count::LabelIn, edge->to, edge->type, owner);
      expect_time(store::TimeKind::Edge, edge->properties, number(*id), owner);
    }
  }

  // Each entry of a list is that of an edge, none comes twice, and there are two for each edge.
  void check_lists() {
    std::uint64_t entries = 0;
    std::optional<store::AdjacencyList> list;
    std::pair<NodeId, EdgeId> last;
    const auto cursor = state_.pool.acquire(Table::Adjacency);
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      const store::AdjacencyKey key = store::read_adjacency_key(entry->first);
      const bool begins = key.list != list;
      if (begins == key.least.has_value()) fault(of(key.list) + " has no first chunk, or two");
      for (const store::AdjacentEdge& edge : store::decode_chunk(entry->second)) {
        ++entries;
        const bool ordered = list != key.list || last < edge.place();
        if (!ordered || (key.least && edge.place() < *key.least)) {
          fault(of(key.list) + " is out of order");
        }
        list = key.list;
        last = edge.place();
        check_listed(key.list, edge);
      }
    }
    const std::uint64_t right = 2 * counts_[{Count::Edges}];
    if (right == 0) counts_.erase({Count::Edges});
    if (entries != right) {
      fault("the edges ask for " + std::to_string(right) + " entries in " +
            store::layout(Table::Adjacency).name + ", it has " + std::to_string(entries));
    }
  }

  void check_listed(const store::AdjacencyList& list, const store::AdjacentEdge& listed) {
    const auto edge = snapshot_.edge(listed.edge);
    const bool right = edge && edge->type == list.type &&
                       (list.incoming ? edge->to : edge->from) == list.node &&
                       (list.incoming ? edge->from : edge->to) == listed.other &&
                       store::when_code(edge->properties) == listed.when;
    if (!right)
      fault(name_of(listed.edge) + " has another entry in the list of " + name_of(list.node));
  }

  std::string of(const store::AdjacencyList& list) const {
    return "the list of edges of " + name_of(list.node);
  }

  void count_end(Count count, NodeId end, StringId type, const std::string& owner) {
    if (!snapshot_.contains(end)) fault(owner + " needs " + name_of(end) + ", which is not there");
    for (const StringId label : snapshot_.labels(end)) ++counts_[{count, label, type}];
  }

  template <typename Id>
  void check_evidence(Table table) {
    const auto cursor = state_.pool.acquire(table);
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      const Id id{store::number_of(entry->first)};
      if (!state_.record(id)) fault("there is evidence of " + name_of(id) + ", which is not there");
      for (const auto& stored : store::decode_evidence(entry->second)) {
        check_evidence(stored, name_of(id));
      }
    }
  }

  void check_evidence(const store::StoredEvidence& stored, const std::string& owner) {
    const Evidence& evidence = stored.evidence;
    if (stored.rule != StringId{}) snapshot_.string(stored.rule);
    if (evidence.document != NodeId{} && !snapshot_.contains(evidence.document)) {
      fault("evidence of " + owner + " lies in " + name_of(evidence.document) +
            ", which is not there");
    }
    if (!stored.quote_hash) {
      if (evidence.source == Source::Import) {
        fault("evidence of " + owner + " from an import is not tied to a text");
      }
      return;
    }
    const auto document = state_.document(evidence.document);
    if (!document || evidence.span.empty() || evidence.span.end > document->text.size() ||
        store::quote_hash(evidence.span.of(document->text)) != stored.quote_hash) {
      fault("a quotation of " + owner + " is not the text of " + name_of(evidence.document) +
            " at its span");
    }
  }

  void check_documents() {
    const auto cursor = state_.pool.acquire(Table::Documents);
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      const NodeId id{store::number_of(entry->first)};
      store::decompress(store::decode_document(entry->second).compressed);
      if (!snapshot_.contains(id))
        fault("there is a text of " + name_of(id) + ", which is not there");
    }
  }

  void check_readings() {
    const auto cursor = state_.pool.acquire(Table::Readings);
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      const NodeId id{store::number_of(entry->first)};
      const auto reading = store::decode_reading(entry->second);
      store::decompress(reading.compressed);
      for (const std::uint64_t hash : reading.blocks) {
        expect(Table::Blocks, store::block_key(hash, id), {}, "the reading of " + name_of(id));
      }
      if (!snapshot_.contains(id)) {
        fault("there is a reading of " + name_of(id) + ", which is not there");
      }
    }
  }

  void check_strings() {
    const auto cursor = state_.pool.acquire(Table::StringById);
    std::uint64_t strings = 0;
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      ++strings;
      const auto id = state_.get(Table::StringByText, store::dictionary_key(entry->second));
      if (!id || store::ByteReader(*id).varint() != store::number_of(entry->first)) {
        fault("the dictionary does not find \"" + std::string(entry->second) + "\"");
      }
    }
    expected_[Table::StringByText] = strings;
    compare_size(Table::StringByText);
  }

  void compare_size(Table table) {
    const std::uint64_t stored = state_.pool.size(table);
    if (stored != expected_[table]) {
      fault(std::string("the records ask for ") + std::to_string(expected_[table]) +
            " entries in " + store::layout(table).name + ", it has " + std::to_string(stored));
    }
  }

  void check_counts() {
    const auto cursor = state_.pool.acquire(Table::Counts);
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      const CountKey key = store::decode_count_key(entry->first);
      const std::uint64_t stored = store::decode_count(entry->second);
      const auto counted = counts_.find(key);
      const std::uint64_t right = counted == counts_.end() ? 0 : counted->second;
      if (stored != right) fault(described(key, stored, right));
      if (counted != counts_.end()) counts_.erase(counted);
    }
    for (const auto& [key, right] : counts_) fault(described(key, 0, right));
  }

  std::string described(const CountKey& key, std::uint64_t stored, std::uint64_t right) const {
    std::string what = "count " + std::to_string(static_cast<int>(key.count));
    for (const StringId id : {key.a, key.b}) {
      if (id != StringId{}) what += " " + std::string(snapshot_.string(id));
    }
    return what + " is kept as " + std::to_string(stored) + " and should be " +
           std::to_string(right);
  }

  const Snapshot& snapshot_;
  State& state_;
  std::map<Table, std::uint64_t> expected_;
  std::map<CountKey, std::uint64_t> counts_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check(const Snapshot& snapshot) {
  return Check(snapshot, *snapshot.state_).run();
}

}  // namespace ketnghia
