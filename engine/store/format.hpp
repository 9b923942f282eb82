#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/evidence/evidence.hpp"
#include "engine/graph/ids.hpp"
#include "engine/graph/value.hpp"
#include "engine/store/adjacency.hpp"
#include "engine/store/encoding.hpp"

namespace ketnghia::store {

// What the file holds, byte by byte: docs/storage.md has the picture.

// A database of another version is refused; a change that an older program would misread raises it.
constexpr std::uint32_t kFormatVersion = 2;

// On disk by name, so the order is free.
enum class Table : std::uint8_t {
  Meta,
  StringById,
  StringByText,
  Nodes,
  Edges,
  Adjacency,
  LabelNodes,
  Names,
  Times,
  NodeEvidence,
  EdgeEvidence,
  Documents,
  Readings,
  Blocks,
  Counts,
};
constexpr std::size_t kTableCount = 15;
constexpr std::size_t index(Table table) { return static_cast<std::size_t>(table); }

struct TableLayout {
  const char* name;
  bool numbered;  // its keys are 64-bit numbers in the machine's order (MDB_INTEGERKEY)
};
const TableLayout& layout(Table table);

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kCorrectionsKey = "corrections";

// The property keys that have an index come first in every dictionary. On disk: never renumber.
constexpr StringId kNameKey{1};
constexpr StringId kAliasesKey{2};
constexpr StringId kWhenKey{3};
constexpr std::string_view kFixedStrings[] = {"name", "aliases", "when"};

using Properties = std::vector<std::pair<StringId, Value>>;  // sorted by key id

const Value* find(const Properties& properties, StringId key);

// The key of a text in StringByText: the text, or where LMDB could not hold that, 0xFF (which
// no UTF-8 text begins with) and its SHA-256.
std::string dictionary_key(std::string_view text);

// --- nodes and edges ---

std::string encode_node(const std::vector<StringId>& labels, const Properties& properties);
std::vector<StringId> decode_labels(std::string_view record);
void decode_node(std::string_view record, std::vector<StringId>& labels, Properties& properties);
Value node_property(std::string_view record, StringId key);
bool node_has_label(std::string_view record, StringId label);

struct EdgeEnds {
  StringId type;
  NodeId from;
  NodeId to;
};
std::string encode_edge(const EdgeEnds& ends, const Properties& properties);
EdgeEnds decode_ends(std::string_view record);
Properties edge_properties(std::string_view record);
Value edge_property(std::string_view record, StringId key);

StringId read_ordered_string_id(ByteReader& in);

// The `when` of an edge as its lists repeat it.
WhenCode when_code(const Properties& properties);

// --- indexes ---

std::string label_key(StringId label, NodeId node);

// --- evidence of a node or an edge, all in one value ---

// An evidence whose quotation is the document's text at its span has that text's hash in its place.
std::string begin_evidence(std::size_t count);
void append_evidence(std::string& record, const Evidence& evidence, StringId rule,
                     std::optional<std::uint32_t> hash);

struct StoredEvidence {
  Evidence evidence;  // without its rule; without its quote where there is a hash
  StringId rule{};    // 0: none
  std::optional<std::uint32_t> quote_hash;
};
std::vector<StoredEvidence> decode_evidence(std::string_view record);
std::size_t evidence_size(std::string_view record);
// Tells a document's text that changed under its evidence: FNV-1a.
std::uint32_t quote_hash(std::string_view quote);

// --- documents and readings ---

struct StoredDocument {
  std::string sha256;
  std::string_view compressed;
};
std::string encode_document(std::string_view sha256, std::string_view compressed);
StoredDocument decode_document(std::string_view record);

struct StoredReading {
  std::vector<std::uint64_t> blocks;  // ascending
  std::string_view compressed;
};
std::string encode_reading(const std::vector<std::uint64_t>& blocks, std::string_view compressed);
StoredReading decode_reading(std::string_view record);
// A block key as the index has it: its FNV-1a hash, so that keys may be of any length.
std::uint64_t block_hash(std::string_view block);
std::string block_key(std::uint64_t hash, NodeId document);

std::string compress(std::string_view bytes);
std::string decompress(std::string_view bytes);

// --- counts ---

// On disk: never renumber.
enum class Count : std::uint8_t {
  Nodes = 0,
  Edges = 1,
  LabelNodes = 2,  // a: label
  TypeEdges = 3,   // a: type
  LabelOut = 4,    // a: label, b: type: edges of the type from nodes of the label
  LabelIn = 5,     // a: label, b: type: edges of the type to nodes of the label
};
struct CountKey {
  Count count;
  StringId a{};
  StringId b{};

  friend auto operator<=>(const CountKey&, const CountKey&) = default;
};
struct CountKeyHash {
  std::size_t operator()(const CountKey& key) const {
    const std::uint64_t mixed =
        (static_cast<std::uint64_t>(number(key.a)) << 32 | number(key.b)) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(mixed ^ static_cast<std::uint64_t>(key.count));
  }
};
std::string encode(const CountKey& key);
CountKey decode_count_key(std::string_view key);
std::string encode_count(std::uint64_t count);
std::uint64_t decode_count(std::string_view value);

}  // namespace ketnghia::store
