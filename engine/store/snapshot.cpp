#include "engine/store/snapshot.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "engine/error.hpp"
#include "engine/store/name_index.hpp"
#include "engine/store/snapshot_state.hpp"
#include "engine/store/time_index.hpp"
#include "engine/text/normalise.hpp"

namespace ketnghia {
namespace store {
namespace {

constexpr std::size_t kMaxCachedTextBytes = std::size_t{64} << 20;

}  // namespace

std::shared_ptr<const DocumentText> DocumentCache::find(NodeId id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  documents_.splice(documents_.begin(), documents_, found->second);
  return found->second->second;
}

void DocumentCache::add(NodeId id, std::shared_ptr<const DocumentText> document) {
  erase(id);
  bytes_ += document->text.size();
  documents_.emplace_front(id, std::move(document));
  by_id_[id] = documents_.begin();
  // The last one stays, whatever its size: its evidence is about to be read.
  while (bytes_ > kMaxCachedTextBytes && documents_.size() > 1) erase(documents_.back().first);
}

void DocumentCache::erase(NodeId id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  bytes_ -= found->second->second->text.size();
  documents_.erase(found->second);
  by_id_.erase(found);
}

std::optional<StringId> Dictionary::find(std::string_view text) const {
  const auto found = by_text_.find(text);
  return found == by_text_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<std::string_view> Dictionary::find(StringId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? std::nullopt : std::optional<std::string_view>{found->second};
}

std::string_view Dictionary::add(StringId id, std::string_view text) {
  const std::string_view kept = by_id_.try_emplace(id, text).first->second;
  by_text_[kept] = id;
  return kept;
}

ReadTransaction::ReadTransaction(Store::Environment& environment) : environment_(environment) {
  const std::lock_guard lock(environment.resize);
  int code = mdb_txn_begin(environment.handle, nullptr, MDB_RDONLY, &transaction_);
  // Another process has let the file outgrow our map: take over its size while nothing reads.
  if (code == MDB_MAP_RESIZED && environment.snapshots == 0 &&
      environment.writer.load() == std::thread::id()) {
    mdb_env_set_mapsize(environment.handle, 0);
    code = mdb_txn_begin(environment.handle, nullptr, MDB_RDONLY, &transaction_);
  }
  require_ok(code, "cannot read", environment.handle);
  ++environment.snapshots;
}

ReadTransaction::~ReadTransaction() {
  mdb_txn_abort(transaction_);
  const std::lock_guard lock(environment_.resize);
  --environment_.snapshots;
}

}  // namespace store

namespace {

using store::Count;
using store::Table;

}  // namespace

Snapshot::State::State(Store::Environment& environment)
    : own(environment),
      pool(own->get(), environment.handles),
      node_records(pool.acquire(Table::Nodes)),
      edge_records(pool.acquire(Table::Edges)) {}

Snapshot::State::State(Store::Environment& environment, MDB_txn* transaction,
                       store::WriteBuffer& pending)
    : buffer(&pending),
      pool(transaction, environment.handles),
      node_records(pool.acquire(Table::Nodes)),
      edge_records(pool.acquire(Table::Edges)) {}

std::optional<std::string_view> Snapshot::State::get(Table table, std::uint64_t key) {
  ++steps;
  return store::find(pool.acquire(table), key);
}

std::optional<std::string_view> Snapshot::State::get(Table table, std::string_view key) {
  ++steps;
  return store::find(pool.acquire(table), key);
}

std::shared_ptr<const DocumentText> Snapshot::State::document(NodeId id) {
  if (auto cached = documents.find(id)) return cached;
  const auto record = get(Table::Documents, number(id));
  if (!record) return nullptr;
  const auto stored = store::decode_document(*record);
  auto document = std::make_shared<DocumentText>();
  document->text = store::decompress(stored.compressed);
  document->sha256 = stored.sha256;
  documents.add(id, document);
  return document;
}

std::vector<Evidence> Snapshot::State::evidence(Table table, std::uint64_t id) {
  const auto record = get(table, id);
  if (!record) return {};
  auto all = store::decode_evidence(*record);
  std::vector<Evidence> evidence;
  evidence.reserve(all.size());
  for (auto& item : all) {
    if (item.quote_hash) {
      const auto source = document(item.evidence.document);
      if (!source || item.evidence.span.end > source->text.size()) store::ByteReader::fail();
      item.evidence.quote = item.evidence.span.of(source->text);
    }
    if (item.rule != StringId{}) item.evidence.rule = string(item.rule);
    evidence.push_back(std::move(item.evidence));
  }
  return evidence;
}

std::size_t Snapshot::State::evidence_count(Table table, std::uint64_t id) {
  const auto record = get(table, id);
  return record ? store::evidence_size(*record) : 0;
}

float Snapshot::State::best_confidence(Table table, std::uint64_t id) {
  const auto record = get(table, id);
  if (!record) return 1.0F;
  float best = 0.0F;
  for (const auto& stored : store::decode_evidence(*record)) {
    best = std::max(best, stored.evidence.confidence);
  }
  return best;
}

std::uint64_t Snapshot::State::count(const store::CountKey& key) {
  if (!own) return stored_count(key);
  const auto [known, is_new] = counts.try_emplace(key, 0);
  if (is_new) known->second = stored_count(key);
  return known->second;
}

std::uint64_t Snapshot::State::stored_count(const store::CountKey& key) {
  const auto stored = store::find(indexed().acquire(Table::Counts), store::encode(key));
  return stored ? store::decode_count(*stored) : 0;
}

std::optional<StringId> Snapshot::State::string_id(std::string_view text) {
  if (const auto known = dictionary.find(text)) return known;
  const auto stored = get(Table::StringByText, store::dictionary_key(text));
  if (!stored) return std::nullopt;
  const StringId id{static_cast<std::uint32_t>(store::ByteReader(*stored).varint())};
  dictionary.add(id, text);
  return id;
}

std::string_view Snapshot::State::string(StringId id) {
  if (const auto known = dictionary.find(id)) return *known;
  const auto stored = get(Table::StringById, std::uint64_t{number(id)});
  if (!stored) store::ByteReader::fail();
  return dictionary.add(id, *stored);
}

Snapshot::Snapshot(const Store& store) : state_(std::make_unique<State>(store.environment())) {}
Snapshot::Snapshot(std::unique_ptr<State> state) : state_(std::move(state)) {}
Snapshot::~Snapshot() = default;
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;

std::optional<StringId> Snapshot::string_id(std::string_view text) const {
  return state_->string_id(text);
}

std::string_view Snapshot::string(StringId id) const { return state_->string(id); }

std::optional<NodeRecord> Snapshot::node(NodeId id) const {
  const auto record = state_->record(id);
  if (!record) return std::nullopt;
  NodeRecord node{id, {}, {}};
  store::decode_node(*record, node.labels, node.properties);
  return node;
}

std::optional<EdgeRecord> Snapshot::edge(EdgeId id) const {
  const auto record = state_->record(id);
  if (!record) return std::nullopt;
  const auto ends = store::decode_ends(*record);
  return EdgeRecord{id, ends.type, ends.from, ends.to, store::edge_properties(*record)};
}

bool Snapshot::contains(NodeId id) const { return state_->record(id).has_value(); }

std::optional<EdgeEnds> Snapshot::ends(EdgeId id) const {
  const auto record = state_->record(id);
  return record ? std::optional{store::decode_ends(*record)} : std::nullopt;
}

Value Snapshot::property(NodeId id, StringId key) const {
  const auto record = state_->record(id);
  return record ? store::node_property(*record, key) : Value{};
}

Value Snapshot::property(EdgeId id, StringId key) const {
  const auto record = state_->record(id);
  return record ? store::edge_property(*record, key) : Value{};
}

bool Snapshot::has_label(NodeId id, StringId label) const {
  const auto record = state_->record(id);
  return record && store::node_has_label(*record, label);
}

std::vector<StringId> Snapshot::labels(NodeId id) const {
  const auto record = state_->record(id);
  return record ? store::decode_labels(*record) : std::vector<StringId>{};
}

std::optional<NodeId> Snapshot::node_from(NodeId id) const {
  const auto found = store::seek(state_->node_records, number(id));
  return found ? std::optional{NodeId{store::number_of(found->first)}} : std::nullopt;
}

std::optional<NodeId> Snapshot::last_node() const {
  const auto found = store::last(state_->node_records);
  return found ? std::optional{NodeId{store::number_of(found->first)}} : std::nullopt;
}

std::optional<EdgeId> Snapshot::last_edge() const {
  const auto found = store::last(state_->edge_records);
  return found ? std::optional{EdgeId{store::number_of(found->first)}} : std::nullopt;
}

Snapshot::NodeCursor Snapshot::nodes() const {
  return {state_->pool.acquire(Table::Nodes), std::nullopt};
}

Snapshot::NodeCursor Snapshot::nodes(StringId label) const {
  return {state_->indexed().acquire(Table::LabelNodes), label};
}

std::optional<NodeId> Snapshot::NodeCursor::next() {
  if (done_) return std::nullopt;
  std::optional<store::Entry> entry;
  if (started_) {
    entry = store::next(cursor_);
  } else {
    entry =
        label_ ? store::seek(cursor_, store::label_key(*label_, NodeId{0})) : store::first(cursor_);
  }
  started_ = true;
  if (entry && !label_) return NodeId{store::number_of(entry->first)};
  if (entry) {
    store::ByteReader key(entry->first);
    if (key.ordered() == number(*label_)) return NodeId{key.ordered()};
  }
  done_ = true;
  return std::nullopt;
}

Snapshot::EdgeCursor Snapshot::edges() const {
  return EdgeCursor(state_->pool.acquire(Table::Edges));
}

std::optional<EdgeId> Snapshot::EdgeCursor::next() {
  if (done_) return std::nullopt;
  const auto entry = started_ ? store::next(cursor_) : store::first(cursor_);
  started_ = true;
  if (entry) return EdgeId{store::number_of(entry->first)};
  done_ = true;
  return std::nullopt;
}

Snapshot::AdjacencyReader Snapshot::adjacency() const {
  return {state_->indexed().acquire(Table::Adjacency), state_->steps};
}

void Snapshot::AdjacencyReader::keep(const std::optional<store::Entry>& entry) {
  ++*steps_;
  at_end_ = !entry;
  if (!entry) return;
  key_ = entry->first;
  value_ = entry->second;
}

// Puts the cursor on the first entry at or after `prefix`.
void Snapshot::AdjacencyReader::locate(std::string_view prefix) {
  // Few steps are cheaper than going down the tree.
  constexpr int kSteps = 4;
  if (placed_ && prefix > before_) {
    for (int step = 0; step < kSteps; ++step) {
      if (at_end_ || key_ >= prefix) return;
      before_ = key_;
      keep(store::next(cursor_));
    }
    if (at_end_ || key_ >= prefix) return;
  }
  keep(store::seek(cursor_, prefix));
  before_ = prefix;
  placed_ = true;
}

void Snapshot::AdjacencyReader::append(NodeId node, StringId type, Direction direction,
                                       unsigned columns, Adjacency& to) {
  unsigned char bytes[2 * store::kMaxOrderedBytes + 1];
  auto* end = store::put_ordered(bytes, number(type));
  end = store::put_ordered(end, number(node));
  *end++ = direction == Direction::In ? 1 : 0;
  const std::string_view prefix(reinterpret_cast<const char*>(bytes),
                                static_cast<std::size_t>(end - bytes));
  locate(prefix);
  while (!at_end_ && key_.starts_with(prefix)) {
    store::append_chunk(value_, columns, to);
    before_ = key_;
    keep(store::next(cursor_));
  }
}

std::optional<Neighbour> Snapshot::NeighbourCursor::next() {
  while (next_ == edges_.size()) {
    if (next_type_ == types_.size()) return std::nullopt;
    edges_.clear();
    next_ = 0;
    reader_.append(node_, types_[next_type_++], direction_, store::kAllColumns, edges_);
  }
  const std::size_t i = next_++;
  return Neighbour{types_[next_type_ - 1], edges_.others[i], edges_.edges[i], edges_.whens[i]};
}

Snapshot::NeighbourCursor Snapshot::neighbours(NodeId node, Direction direction,
                                               std::optional<StringId> type) const {
  return {adjacency(), node, direction, type ? std::vector{*type} : types()};
}

const std::vector<StringId>& Snapshot::types() const {
  // A Writer's view may have new ones at any time.
  if (!state_->own || !state_->types) {
    auto& types = state_->types.emplace();
    for (const auto& [type, edges] : type_counts()) types.push_back(type);
  }
  return *state_->types;
}

std::uint64_t Snapshot::cursor_steps() const { return state_->steps; }

std::vector<NodeId> Snapshot::name_candidates(std::string_view asked) const {
  std::vector<NodeId> nodes;
  const std::string prefix = store::name_prefix(store::index_key(asked));
  const auto cursor = state_->indexed().acquire(Table::Names);
  for (auto entry = store::seek(cursor, prefix); entry && entry->first.starts_with(prefix);
       entry = store::next(cursor)) {
    nodes.push_back(store::read_name_entry(entry->first).second);
  }
  return nodes;
}

std::vector<NodeId> Snapshot::named(std::string_view asked, std::optional<StringId> label) const {
  auto nodes = name_candidates(asked);
  std::erase_if(nodes, [&](NodeId id) {
    const auto record = node(id);
    if (!record) store::ByteReader::fail();
    const auto& labels = record->labels;
    if (label && std::find(labels.begin(), labels.end(), *label) == labels.end()) return true;
    const auto forms = store::name_forms(record->properties);
    return std::none_of(forms.begin(), forms.end(),
                        [&](std::string_view form) { return name_matches(asked, form); });
  });
  return nodes;
}

std::vector<std::string> Snapshot::nearest_names(std::string_view asked, std::size_t limit) const {
  const std::string wanted = store::index_key(asked);
  if (wanted.empty() || limit == 0) return {};
  // A third of the letters wrong is another name.
  constexpr std::size_t kLettersAMistake = 3;
  constexpr std::size_t kMaxMistakes = 5;
  std::size_t bound = std::clamp(wanted.size() / kLettersAMistake, std::size_t{1}, kMaxMistakes);

  store::KeyDistance distance(wanted);
  std::multimap<std::size_t, NodeId> nearest;
  std::string_view last_key;
  std::size_t last_distance = bound + 1;
  const auto cursor = state_->indexed().acquire(Table::Names);
  for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
    const std::string_view key = entry->first.substr(0, entry->first.find('\0'));
    if (key != last_key) {
      last_key = key;
      last_distance = distance(key, bound);
    }
    if (last_distance > bound) continue;
    const NodeId node = store::read_name_entry(entry->first).second;
    nearest.emplace(last_distance, node);
    // Several entries can be one node or one name, so more are kept than asked for.
    if (nearest.size() > 4 * limit) {
      nearest.erase(std::prev(nearest.end()));
      bound = std::prev(nearest.end())->first;
    }
  }

  std::map<std::string, std::size_t> names;  // to their distance
  for (const auto& [steps, node] : nearest) {
    const Value name = property(node, store::kNameKey);
    if (const auto* text = name.text()) names.try_emplace(*text, steps);
  }
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (auto& [name, steps] : names) sorted.emplace_back(steps, name);
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> result;
  for (auto& [steps, name] : sorted) {
    if (result.size() == limit) break;
    result.push_back(std::move(name));
  }
  return result;
}

namespace {

template <typename Id>
std::vector<Id> between(store::CursorPool& pool, store::TimeKind kind, DayNumber first,
                        DayNumber last) {
  std::vector<std::pair<DayNumber, Id>> found;
  const auto cursor = pool.acquire(Table::Times);
  for (int length = 0; length <= store::kOpenClass; ++length) {
    // A thing of this class that began earlier is over by `first`.
    const auto earliest = length == store::kOpenClass
                              ? std::int64_t{std::numeric_limits<DayNumber>::min()}
                              : std::int64_t{first} - (std::int64_t{1} << length) + 1;
    const auto from = static_cast<DayNumber>(
        std::max(earliest, std::int64_t{std::numeric_limits<DayNumber>::min()}));
    for (auto entry = store::seek(cursor, store::time_seek_key(kind, length, from)); entry;
         entry = store::next(cursor)) {
      const auto key = store::read_time_key(entry->first);
      if (key.kind != kind || key.length_class != length || key.days.first > last) break;
      if (key.days.last >= first) found.emplace_back(key.days.first, Id{key.id});
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<Id> ids;
  ids.reserve(found.size());
  for (const auto& [day, id] : found) ids.push_back(id);
  return ids;
}

}  // namespace

std::vector<NodeId> Snapshot::nodes_between(std::int32_t first, std::int32_t last) const {
  return between<NodeId>(state_->indexed(), store::TimeKind::Node, first, last);
}

std::vector<EdgeId> Snapshot::edges_between(std::int32_t first, std::int32_t last) const {
  return between<EdgeId>(state_->indexed(), store::TimeKind::Edge, first, last);
}

std::vector<Evidence> Snapshot::evidence(NodeId id) const {
  return state_->evidence(Table::NodeEvidence, number(id));
}

std::vector<Evidence> Snapshot::evidence(EdgeId id) const {
  return state_->evidence(Table::EdgeEvidence, number(id));
}

std::size_t Snapshot::evidence_count(NodeId id) const {
  return state_->evidence_count(Table::NodeEvidence, number(id));
}

std::size_t Snapshot::evidence_count(EdgeId id) const {
  return state_->evidence_count(Table::EdgeEvidence, number(id));
}

float Snapshot::best_confidence(NodeId id) const {
  return state_->best_confidence(Table::NodeEvidence, number(id));
}

float Snapshot::best_confidence(EdgeId id) const {
  return state_->best_confidence(Table::EdgeEvidence, number(id));
}

std::optional<DocumentText> Snapshot::document(NodeId id) const {
  const auto document = state_->document(id);
  return document ? std::optional{*document} : std::nullopt;
}

bool Snapshot::has_document(NodeId id) const {
  return state_->documents.find(id) || state_->get(Table::Documents, number(id));
}

std::uint64_t Snapshot::node_count() const { return state_->count({Count::Nodes}); }
std::uint64_t Snapshot::node_count(StringId label) const {
  return state_->count({Count::LabelNodes, label});
}
std::uint64_t Snapshot::edge_count() const { return state_->count({Count::Edges}); }
std::uint64_t Snapshot::edge_count(StringId type) const {
  return state_->count({Count::TypeEdges, type});
}
std::uint64_t Snapshot::edge_count(StringId label, StringId type, Direction direction) const {
  return state_->count(
      {direction == Direction::Out ? Count::LabelOut : Count::LabelIn, label, type});
}

namespace {

std::vector<std::pair<StringId, std::uint64_t>> counts(store::CursorPool& pool, Count wanted) {
  std::vector<std::pair<StringId, std::uint64_t>> found;
  const auto cursor = pool.acquire(Table::Counts);
  for (auto entry = store::seek(cursor, store::encode({wanted})); entry;
       entry = store::next(cursor)) {
    const auto key = store::decode_count_key(entry->first);
    if (key.count != wanted) break;
    found.emplace_back(key.a, store::decode_count(entry->second));
  }
  return found;
}

}  // namespace

std::vector<std::pair<StringId, std::uint64_t>> Snapshot::label_counts() const {
  return counts(state_->indexed(), Count::LabelNodes);
}

std::vector<std::pair<StringId, std::uint64_t>> Snapshot::type_counts() const {
  return counts(state_->indexed(), Count::TypeEdges);
}

std::optional<std::string> Snapshot::reading(NodeId document) const {
  const auto record = state_->get(Table::Readings, number(document));
  if (!record) return std::nullopt;
  return store::decompress(store::decode_reading(*record).compressed);
}

std::vector<NodeId> Snapshot::documents_of_block(std::string_view block) const {
  std::vector<NodeId> documents;
  const std::uint64_t hash = store::block_hash(block);
  const auto cursor = state_->pool.acquire(Table::Blocks);
  for (auto entry = store::seek(cursor, store::block_key(hash, NodeId{0})); entry;
       entry = store::next(cursor)) {
    store::ByteReader key(entry->first);
    if (key.ordered() != hash) break;
    documents.push_back(NodeId{key.ordered()});
  }
  return documents;
}

std::vector<NodeId> Snapshot::documents_with_readings() const {
  std::vector<NodeId> documents;
  const auto cursor = state_->pool.acquire(Table::Readings);
  for (auto entry = store::first(cursor); entry; entry = store::next(cursor)) {
    documents.push_back(NodeId{store::number_of(entry->first)});
  }
  return documents;
}

std::string Snapshot::corrections() const {
  const auto cursor = state_->pool.acquire(Table::Meta);
  const auto record = store::find(cursor, store::kCorrectionsKey);
  return record ? store::decompress(*record) : std::string{};
}

}  // namespace ketnghia
