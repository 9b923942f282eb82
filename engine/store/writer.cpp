#include "engine/store/writer.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "engine/error.hpp"
#include "engine/store/adjacency_writer.hpp"
#include "engine/store/name_index.hpp"
#include "engine/store/snapshot_state.hpp"
#include "engine/store/time_index.hpp"

namespace ketnghia {
namespace {

using store::Count;
using store::Properties;
using store::Table;

std::string name_of(NodeId id) { return "n" + std::to_string(number(id)); }
std::string name_of(EdgeId id) { return "r" + std::to_string(number(id)); }

[[noreturn]] void refuse(const std::string& message) {
  throw StoreError(StoreError::Kind::Input, message);
}

// As much of a quotation as a message has room for, cut between characters.
std::string shortened(std::string_view quote) {
  constexpr std::size_t kMaxShown = 120;
  if (quote.size() <= kMaxShown) return std::string(quote);
  std::size_t end = kMaxShown;
  while (end > 0 && (static_cast<unsigned char>(quote[end]) & 0xC0U) == 0x80U) --end;
  return std::string(quote.substr(0, end)) + "…";
}

// Grows the map while nothing reads, long before it could be full: LMDB cannot do so within a
// transaction.
void grow_map(Store::Environment& environment) {
  const std::lock_guard lock(environment.resize);
  if (environment.snapshots > 0 || environment.writer.load() != std::thread::id()) return;
  MDB_envinfo info{};
  MDB_stat stat{};
  mdb_env_info(environment.handle, &info);
  mdb_env_stat(environment.handle, &stat);
  if (info.me_last_pgno * stat.ms_psize < info.me_mapsize / 2) return;
  // Where the process may not have more address space, it keeps what it has.
  mdb_env_set_mapsize(environment.handle, info.me_mapsize * 2);
}

// Says who writes, so that a thread does not wait for itself for ever.
class WriterMark {
 public:
  explicit WriterMark(Store::Environment& environment) : environment_(environment) {
    environment.writer = std::this_thread::get_id();
  }
  ~WriterMark() { clear(); }
  WriterMark(const WriterMark&) = delete;
  WriterMark& operator=(const WriterMark&) = delete;

  void clear() {
    auto self = std::this_thread::get_id();
    environment_.writer.compare_exchange_strong(self, std::thread::id());
  }

 private:
  Store::Environment& environment_;
};

MDB_env* ready_to_write(Store& store) {
  auto& environment = store.environment();
  if (store.mode() != Store::Mode::Write || !environment.writable) {
    throw StoreError(StoreError::Kind::ReadOnly,
                     store.path().string() + " was opened for reading only");
  }
  if (environment.writer.load() == std::this_thread::get_id()) {
    throw StoreError(StoreError::Kind::Locked,
                     "this thread is writing to " + store.path().string() + " already");
  }
  // Pages that readers which died still hold would never be used again.
  int dead = 0;
  mdb_reader_check(environment.handle, &dead);
  grow_map(environment);
  return environment.handle;
}

// Index entries that a record asks for.
struct IndexEntry {
  Table table;
  std::string key;
  std::string value;

  friend auto operator<=>(const IndexEntry&, const IndexEntry&) = default;
};
using IndexEntries = std::vector<IndexEntry>;

void add_time(IndexEntries& entries, store::TimeKind kind, const Properties& properties,
              std::uint64_t id) {
  if (const auto days = store::days_of(properties)) {
    entries.push_back({Table::Times, store::time_key(kind, *days, id), {}});
  }
}

IndexEntries index_entries(NodeId id, const std::vector<StringId>& labels,
                           const Properties& properties) {
  IndexEntries entries;
  for (const StringId label : labels) {
    entries.push_back({Table::LabelNodes, store::label_key(label, id), {}});
  }
  for (auto& key : store::name_entries(properties, id)) {
    entries.push_back({Table::Names, std::move(key), {}});
  }
  add_time(entries, store::TimeKind::Node, properties, number(id));
  std::sort(entries.begin(), entries.end());
  return entries;
}

IndexEntries index_entries(EdgeId id, const Properties& properties) {
  IndexEntries entries;
  add_time(entries, store::TimeKind::Edge, properties, number(id));
  return entries;
}

// Where an edge stands in the lists of its two ends.
struct Listed {
  store::AdjacencyList list;
  store::AdjacentEdge edge;
};
std::array<Listed, 2> listed(EdgeId id, const EdgeEnds& ends, WhenCode when) {
  return {Listed{{ends.type, ends.from, false}, {ends.to, id, when}},
          Listed{{ends.type, ends.to, true}, {ends.from, id, when}}};
}

void check_text(std::string_view text, const std::string& owner, const char* what) {
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    refuse(owner + ": " + what + " is not UTF-8");
  }
}

void check_value(const Value& value, const std::string& owner) {
  if (const auto* text = value.text()) {
    check_text(*text, owner, "a property");
  } else if (const auto* real = std::get_if<double>(&value.data)) {
    if (!std::isfinite(*real)) refuse(owner + ": a property is not a finite number");
  } else if (const auto* list = std::get_if<List>(&value.data)) {
    for (const auto& item : *list) check_value(item, owner);
  } else if (const auto* map = std::get_if<Map>(&value.data)) {
    for (const auto& [key, item] : *map) {
      check_text(key, owner, "a key of a map");
      check_value(item, owner);
    }
  }
}

// The labels of nodes met in this transaction: the counts of an edge need those of its ends.
class LabelCache {
 public:
  const std::vector<StringId>* find(NodeId id) const {
    const auto found = nodes_.find(id);
    return found == nodes_.end() ? nullptr : found->second;
  }
  const std::vector<StringId>& set(NodeId id, std::vector<StringId> labels) {
    if (nodes_.size() >= kMaxNodes) nodes_.clear();
    const auto& kept = *sets_.insert(std::move(labels)).first;
    nodes_[id] = &kept;
    return kept;
  }
  void erase(NodeId id) { nodes_.erase(id); }

 private:
  static constexpr std::size_t kMaxNodes = 4'000'000;

  std::set<std::vector<StringId>> sets_;
  std::unordered_map<NodeId, const std::vector<StringId>*> nodes_;  // into sets_
};

}  // namespace

struct Writer::State {
  explicit State(Store& store)
      : environment(store.environment()),
        transaction(ready_to_write(store), 0, "cannot write"),
        mark(environment),
        buffer(transaction.get(), environment.handles),
        view(std::make_unique<Snapshot::State>(environment, transaction.get(), buffer)),
        greatest_node(last_node()),
        greatest_edge(last_edge()),
        greatest_string(last_string()) {}

  Snapshot::State& reads() const { return *view.state_; }

  std::uint64_t last_node() const { return number(view.last_node().value_or(NodeId{})); }
  std::uint64_t last_edge() const { return number(view.last_edge().value_or(EdgeId{})); }
  std::uint64_t last_string() const {
    const auto entry = store::last(reads().pool.acquire(Table::StringById));
    return entry ? store::number_of(entry->first) : 0;
  }

  // --- raw writes; the buffer knows nothing of these tables ---

  void put_raw(Table table, MDB_val key, std::string_view value, unsigned flags = 0) {
    MDB_val stored = store::to_val(value);
    store::require_ok(
        mdb_put(transaction.get(), environment.handles[store::index(table)], &key, &stored, flags),
        "cannot write", environment.handle);
  }
  void put_numbered(Table table, std::uint64_t key, std::string_view value, bool append = false) {
    put_raw(table, {sizeof key, &key}, value, append ? MDB_APPEND : 0U);
  }
  bool erase_raw(Table table, MDB_val key) {
    const int code =
        mdb_del(transaction.get(), environment.handles[store::index(table)], &key, nullptr);
    if (code == MDB_NOTFOUND) return false;
    store::require_ok(code, "cannot write", environment.handle);
    return true;
  }
  bool erase_numbered(Table table, std::uint64_t key) {
    return erase_raw(table, {sizeof key, &key});
  }

  // --- dictionary ---

  StringId intern(std::string_view text) {
    if (const auto known = reads().string_id(text)) return *known;
    if (greatest_string == UINT32_MAX) refuse("more than 2^32 labels, types and property keys");
    ++greatest_string;
    put_numbered(Table::StringById, greatest_string, text, true);
    std::string stored;
    store::append_varint(stored, greatest_string);
    put_raw(Table::StringByText, store::to_val(store::dictionary_key(text)), stored);
    const StringId id{static_cast<std::uint32_t>(greatest_string)};
    reads().dictionary.add(id, text);
    return id;
  }

  StringId intern_name(const std::string& text, const std::string& owner, const char* what) {
    if (const auto known = reads().dictionary.find(std::string_view(text))) return *known;
    if (text.empty()) refuse(owner + ": " + what + " is empty");
    check_text(text, owner, what);
    return intern(text);
  }

  Properties intern_properties(const Map& map, const std::string& owner) {
    Properties properties;
    properties.reserve(map.size());
    for (const auto& [key, value] : map) {
      if (value.is_null()) continue;
      check_value(value, owner);
      properties.emplace_back(intern_name(key, owner, "a property key"), value);
    }
    std::sort(properties.begin(), properties.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto twice =
        std::adjacent_find(properties.begin(), properties.end(),
                           [](const auto& a, const auto& b) { return a.first == b.first; });
    if (twice != properties.end()) {
      refuse(owner + ": the property " + std::string(reads().string(twice->first)) +
             " is given twice");
    }
    return properties;
  }

  // --- indexes ---

  void remove_entry(const IndexEntry& entry) {
    buffer.flush();
    if (!erase_raw(entry.table, store::to_val(entry.key))) store::ByteReader::fail();
  }

  void add_to_lists(EdgeId id, const EdgeEnds& ends, WhenCode when) {
    for (const auto& [list, edge] : listed(id, ends, when)) buffer.insert(list, edge);
  }

  void remove_from_lists(EdgeId id, const EdgeEnds& ends) {
    buffer.flush();
    store::AdjacencyWriter lists(reads().pool);
    for (const auto& [list, edge] : listed(id, ends, WhenCode::None)) {
      if (!lists.erase(list, edge)) store::ByteReader::fail();
    }
  }

  void add_entries(const IndexEntries& entries) {
    for (const auto& entry : entries) buffer.insert(entry.table, entry.key, entry.value);
  }

  // Both ascending: what both ask for stays untouched.
  void replace_entries(const IndexEntries& before, const IndexEntries& after) {
    IndexEntries gone;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(gone));
    for (const auto& entry : gone) remove_entry(entry);
    IndexEntries added;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(added));
    add_entries(added);
  }

  // --- counts ---

  const std::vector<StringId>* labels_of(NodeId id) {
    if (const auto* known = labels.find(id)) return known;
    if (number(id) > greatest_node) return nullptr;
    const auto record = reads().record(id);
    return record ? &labels.set(id, store::decode_labels(*record)) : nullptr;
  }

  void count_end(Count count, NodeId node, StringId type, std::int64_t change) {
    const auto* end_labels = labels_of(node);
    if (end_labels == nullptr) {
      // Its labels are counted when it comes.
      missing.insert(node);
      return;
    }
    for (const StringId label : *end_labels) buffer.add({count, label, type}, change);
  }

  void count_edge(const EdgeEnds& ends, std::int64_t change) {
    buffer.add({Count::Edges}, change);
    buffer.add({Count::TypeEdges, ends.type}, change);
    count_end(Count::LabelOut, ends.from, ends.type, change);
    count_end(Count::LabelIn, ends.to, ends.type, change);
  }

  // The node's edges, counted under the labels it has now.
  void count_edges_of(NodeId id, const std::vector<StringId>& node_labels, std::int64_t change) {
    for (const auto direction : {Snapshot::Direction::Out, Snapshot::Direction::In}) {
      const Count count = direction == Snapshot::Direction::Out ? Count::LabelOut : Count::LabelIn;
      std::map<StringId, std::int64_t> by_type;
      auto cursor = view.neighbours(id, direction);
      while (const auto neighbour = cursor.next()) ++by_type[neighbour->type];
      for (const auto& [type, edges] : by_type) {
        for (const StringId label : node_labels) buffer.add({count, label, type}, change * edges);
      }
    }
  }

  void count_node(const std::vector<StringId>& node_labels, std::int64_t change) {
    buffer.add({Count::Nodes}, change);
    for (const StringId label : node_labels) buffer.add({Count::LabelNodes, label}, change);
  }

  // --- evidence ---

  void append_evidence(std::string& record, const Evidence& evidence, const std::string& owner) {
    if (evidence.span.begin > evidence.span.end) {
      refuse(owner + ": an evidence ends before it begins");
    }
    if (!(evidence.confidence >= 0.0F && evidence.confidence <= 1.0F)) {
      refuse(owner + ": the confidence of an evidence is not between 0 and 1");
    }
    const auto document =
        evidence.document == NodeId{} ? nullptr : reads().document(evidence.document);
    const bool is_text = document && !evidence.span.empty() &&
                         evidence.span.end <= document->text.size() &&
                         evidence.span.of(document->text) == evidence.quote;
    if (evidence.source == Source::Import && !is_text) {
      const std::string place = name_of(evidence.document) + " at bytes " +
                                std::to_string(evidence.span.begin) + " to " +
                                std::to_string(evidence.span.end);
      if (evidence.quote.empty()) refuse(owner + ": the quotation from " + place + " is empty");
      refuse(owner + ": \"" + shortened(evidence.quote) + "\" is not the text of " + place +
             (document ? "" : ", of which no text is stored"));
    }
    const StringId rule =
        evidence.rule.empty() ? StringId{} : intern_name(evidence.rule, owner, "a rule");
    if (!is_text) check_text(evidence.quote, owner, "a quotation");
    store::append_evidence(
        record, evidence, rule,
        is_text ? std::optional{store::quote_hash(evidence.quote)} : std::nullopt);
  }

  void put_evidence(Table table, std::uint64_t id, const std::vector<Evidence>& all,
                    const std::string& owner, bool is_new, bool append) {
    if (all.empty()) {
      if (!is_new) erase_numbered(table, id);
      return;
    }
    std::string record = store::begin_evidence(all.size());
    for (const auto& evidence : all) append_evidence(record, evidence, owner);
    put_numbered(table, id, record, append);
  }

  // Evidence in documents whose text is not what it was.
  template <typename Id>
  void check_evidence_again(Table table) {
    const auto cursor = reads().pool.acquire(table);
    for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
      for (const auto& stored : store::decode_evidence(entry->second)) {
        const Evidence& evidence = stored.evidence;
        if (!stored.quote_hash || !changed_documents.contains(evidence.document)) continue;
        const auto document = reads().document(evidence.document);
        if (document && evidence.span.end <= document->text.size() &&
            store::quote_hash(evidence.span.of(document->text)) == stored.quote_hash) {
          continue;
        }
        refuse(name_of(Id{store::number_of(entry->first)}) + " has evidence in the text that " +
               name_of(evidence.document) + " had before");
      }
    }
  }

  void check_ends() {
    for (const NodeId node : missing) {
      if (view.contains(node)) continue;
      for (const auto direction : {Snapshot::Direction::Out, Snapshot::Direction::In}) {
        auto cursor = view.neighbours(node, direction);
        if (const auto neighbour = cursor.next()) {
          refuse("the edge " + name_of(neighbour->edge) + " needs the node " + name_of(node) +
                 ", which is not there");
        }
      }
    }
  }

  Store::Environment& environment;
  store::Transaction transaction;
  WriterMark mark;
  store::WriteBuffer buffer;
  Snapshot view;
  std::uint64_t greatest_node;
  std::uint64_t greatest_edge;
  std::uint64_t greatest_string;
  LabelCache labels;
  std::unordered_set<NodeId> missing;  // nodes that edges were put to before them
  std::unordered_set<NodeId> changed_documents;
};

Writer::Writer(Store& store) : state_(std::make_unique<State>(store)) {}
Writer::~Writer() = default;

NodeId Writer::put(const NodeDraft& draft) {
  State& state = *state_;
  const NodeId id = draft.id == NodeId{} ? NodeId{state.greatest_node + 1} : draft.id;
  if (number(id) > kMaxId) refuse("a node's id is greater than " + std::to_string(kMaxId));
  const std::string owner = name_of(id);

  std::vector<StringId> labels;
  for (const auto& label : draft.labels)
    labels.push_back(state.intern_name(label, owner, "a label"));
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  const Properties properties = state.intern_properties(draft.properties, owner);
  const std::string record = store::encode_node(labels, properties);

  const bool greatest = number(id) > state.greatest_node;
  const auto old = greatest ? std::nullopt : state.reads().record(id);
  const bool is_new = !old;
  if (is_new) {
    state.add_entries(index_entries(id, labels, properties));
    state.count_node(labels, 1);
  } else if (*old != record) {
    std::vector<StringId> old_labels;
    Properties old_properties;
    store::decode_node(*old, old_labels, old_properties);
    if (old_labels != labels) {
      state.count_node(old_labels, -1);
      state.count_edges_of(id, old_labels, -1);
      state.count_node(labels, 1);
      state.count_edges_of(id, labels, 1);
    }
    state.replace_entries(index_entries(id, old_labels, old_properties),
                          index_entries(id, labels, properties));
  }
  state.put_numbered(Table::Nodes, number(id), record, greatest);
  state.put_evidence(Table::NodeEvidence, number(id), draft.evidence, owner, is_new, greatest);
  if (greatest) state.greatest_node = number(id);
  if (state.missing.erase(id) > 0) state.count_edges_of(id, labels, 1);
  state.labels.set(id, std::move(labels));
  return id;
}

EdgeId Writer::put(const EdgeDraft& draft) {
  State& state = *state_;
  const EdgeId id = draft.id == EdgeId{} ? EdgeId{state.greatest_edge + 1} : draft.id;
  if (number(id) > kMaxId) refuse("an edge's id is greater than " + std::to_string(kMaxId));
  const std::string owner = name_of(id);
  for (const NodeId end : {draft.from, draft.to}) {
    if (end == NodeId{} || number(end) > kMaxId) refuse(owner + ": an end is no node");
  }

  const EdgeEnds ends{state.intern_name(draft.type, owner, "the type"), draft.from, draft.to};
  const Properties properties = state.intern_properties(draft.properties, owner);
  const std::string record = store::encode_edge(ends, properties);

  const bool greatest = number(id) > state.greatest_edge;
  const auto old = greatest ? std::nullopt : state.reads().record(id);
  const bool is_new = !old;
  if (is_new) {
    state.add_entries(index_entries(id, properties));
    state.add_to_lists(id, ends, store::when_code(properties));
    state.count_edge(ends, 1);
  } else if (*old != record) {
    const auto old_ends = store::decode_ends(*old);
    const auto old_properties = store::edge_properties(*old);
    state.count_edge(old_ends, -1);
    state.replace_entries(index_entries(id, old_properties), index_entries(id, properties));
    const bool same_ends =
        old_ends.type == ends.type && old_ends.from == ends.from && old_ends.to == ends.to;
    if (!same_ends || store::when_code(old_properties) != store::when_code(properties)) {
      state.remove_from_lists(id, old_ends);
      state.add_to_lists(id, ends, store::when_code(properties));
    }
    state.count_edge(ends, 1);
  }
  state.put_numbered(Table::Edges, number(id), record, greatest);
  state.put_evidence(Table::EdgeEvidence, number(id), draft.evidence, owner, is_new, greatest);
  if (greatest) state.greatest_edge = number(id);
  return id;
}

void Writer::erase(NodeId id) {
  State& state = *state_;
  if (!state.view.contains(id)) return;
  std::vector<EdgeId> edges;
  for (const auto direction : {Snapshot::Direction::Out, Snapshot::Direction::In}) {
    auto cursor = state.view.neighbours(id, direction);
    while (const auto neighbour = cursor.next()) edges.push_back(neighbour->edge);
  }
  for (const EdgeId edge : edges) erase(edge);

  const auto node = state.view.node(id);
  state.replace_entries(index_entries(id, node->labels, node->properties), {});
  state.count_node(node->labels, -1);
  state.erase_numbered(Table::Nodes, number(id));
  state.erase_numbered(Table::NodeEvidence, number(id));
  state.labels.erase(id);
  if (number(id) == state.greatest_node) state.greatest_node = state.last_node();
}

void Writer::erase(EdgeId id) {
  State& state = *state_;
  const auto record = state.reads().record(id);
  if (!record) return;
  const auto ends = store::decode_ends(*record);
  state.replace_entries(index_entries(id, store::edge_properties(*record)), {});
  state.remove_from_lists(id, ends);
  state.count_edge(ends, -1);
  state.erase_numbered(Table::Edges, number(id));
  state.erase_numbered(Table::EdgeEvidence, number(id));
  if (number(id) == state.greatest_edge) state.greatest_edge = state.last_edge();
}

void Writer::put_document(NodeId id, const DocumentText& document) {
  State& state = *state_;
  if (id == NodeId{} || number(id) > kMaxId) refuse("a document has no node");
  if (document.text.size() > UINT32_MAX) {
    refuse(name_of(id) + ": a document's text may have up to 4 GiB");
  }
  check_text(document.text, name_of(id), "the document's text");
  check_text(document.sha256, name_of(id), "the document's sha256");
  const auto old = state.reads().document(id);
  if (old && old->text != document.text) state.changed_documents.insert(id);
  state.put_numbered(Table::Documents, number(id),
                     store::encode_document(document.sha256, store::compress(document.text)));
  state.reads().documents.add(id, std::make_shared<DocumentText>(document));
}

void Writer::erase_document(NodeId id) {
  State& state = *state_;
  if (!state.erase_numbered(Table::Documents, number(id))) return;
  state.reads().documents.erase(id);
  state.changed_documents.insert(id);
}

void Writer::put_reading(NodeId document, std::string_view bytes,
                         const std::vector<std::string>& blocks) {
  State& state = *state_;
  if (document == NodeId{} || number(document) > kMaxId) refuse("a reading has no document");
  erase_reading(document);
  std::vector<std::uint64_t> hashes;
  for (const auto& block : blocks) hashes.push_back(store::block_hash(block));
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  state.put_numbered(Table::Readings, number(document),
                     store::encode_reading(hashes, store::compress(bytes)));
  for (const std::uint64_t hash : hashes) {
    state.put_raw(Table::Blocks, store::to_val(store::block_key(hash, document)), {});
  }
}

void Writer::erase_reading(NodeId document) {
  State& state = *state_;
  const auto record = state.reads().get(Table::Readings, number(document));
  if (!record) return;
  const auto blocks = store::decode_reading(*record).blocks;
  for (const std::uint64_t hash : blocks) {
    state.erase_raw(Table::Blocks, store::to_val(store::block_key(hash, document)));
  }
  state.erase_numbered(Table::Readings, number(document));
}

void Writer::put_corrections(std::string_view text) {
  const MDB_val key = store::to_val(store::kCorrectionsKey);
  if (text.empty()) {
    state_->erase_raw(Table::Meta, key);
  } else {
    state_->put_raw(Table::Meta, key, store::compress(text));
  }
}

std::size_t Writer::missing_ends() const { return state_->missing.size(); }

const Snapshot& Writer::view() const { return state_->view; }

void Writer::commit() {
  State& state = *state_;
  state.buffer.flush();
  state.check_ends();
  if (!state.changed_documents.empty()) {
    state.check_evidence_again<NodeId>(Table::NodeEvidence);
    state.check_evidence_again<EdgeId>(Table::EdgeEvidence);
  }
  // LMDB frees the cursors of a write transaction when that ends.
  state.reads().pool.close();
  state.mark.clear();
  state.transaction.commit();
}

}  // namespace ketnghia
