#include "engine/store/format.hpp"

#include <openssl/sha.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "engine/error.hpp"

namespace ketnghia::store {
namespace {

constexpr std::array<TableLayout, kTableCount> kLayouts{{
    {"meta", false},
    {"string_by_id", true},
    {"string_by_text", false},
    {"nodes", true},
    {"edges", true},
    {"adjacency", false},
    {"label_nodes", false},
    {"names", false},
    {"times", false},
    {"node_evidence", true},
    {"edge_evidence", true},
    {"documents", true},
    {"readings", true},
    {"blocks", false},
    {"counts", false},
}};

// First byte of a record. On disk: never reuse a number for another layout.
constexpr std::uint8_t kRecordFormat = 1;

// LMDB's limit of a key is 511 bytes.
constexpr std::size_t kMaxDictionaryKey = 500;
constexpr std::uint64_t kMaxDecompressed = std::uint64_t{1} << 32;
constexpr int kCompressionLevel = 3;

// First byte of a value. On disk: never renumber.
enum Tag : std::uint8_t {
  kNull = 0,
  kFalse = 1,
  kTrue = 2,
  kInteger = 3,  // zigzag varint
  kFloat = 4,    // eight bytes
  kText = 5,     // length, bytes
  kList = 6,     // length in bytes, count, values
  kMap = 7,      // length in bytes, count, (text, value) by key
};

// Bits of the first byte of an evidence. On disk: never renumber.
constexpr std::uint8_t kGradeMask = 0x03;
constexpr int kSourceShift = 2;
constexpr std::uint8_t kSourceMask = 0x03;
constexpr std::uint8_t kHasConfidence = 0x10;  // else 1.0
constexpr std::uint8_t kQuoteInline = 0x20;    // else the hash of the document's text

void append_value(std::string& out, const Value& value);

struct AppendValue {
  std::string& out;

  void operator()(std::monostate) const { out.push_back(kNull); }
  void operator()(bool value) const { out.push_back(value ? kTrue : kFalse); }
  void operator()(std::int64_t value) const {
    out.push_back(kInteger);
    append_signed(out, value);
  }
  void operator()(double value) const {
    out.push_back(kFloat);
    append_double(out, value);
  }
  void operator()(const std::string& value) const {
    out.push_back(kText);
    append_text(out, value);
  }
  void operator()(const List& list) const {
    std::string items;
    append_varint(items, list.size());
    for (const auto& item : list) append_value(items, item);
    out.push_back(kList);
    append_text(out, items);
  }
  void operator()(const Map& map) const {
    std::string items;
    append_varint(items, map.size());
    for (const auto& [key, item] : map) {
      append_text(items, key);
      append_value(items, item);
    }
    out.push_back(kMap);
    append_text(out, items);
  }
};

void append_value(std::string& out, const Value& value) {
  std::visit(AppendValue{out}, value.data);
}

Value read_value(ByteReader& in) {
  switch (in.byte()) {
    case kNull:
      return {};
    case kFalse:
      return false;
    case kTrue:
      return true;
    case kInteger:
      return in.signed_varint();
    case kFloat:
      return in.double_number();
    case kText:
      return std::string(in.text());
    case kList: {
      ByteReader items(in.text());
      List list(items.count());
      for (auto& item : list) item = read_value(items);
      items.expect_done();
      return list;
    }
    case kMap: {
      ByteReader items(in.text());
      Map map(items.count());
      for (auto& [key, item] : map) {
        key = items.text();
        item = read_value(items);
      }
      items.expect_done();
      return map;
    }
    default:
      ByteReader::fail();
  }
}

void skip_value(ByteReader& in) {
  switch (in.byte()) {
    case kNull:
    case kFalse:
    case kTrue:
      return;
    case kInteger:
      in.varint();
      return;
    case kFloat:
      in.take(8);
      return;
    case kText:
    case kList:
    case kMap:
      in.text();
      return;
    default:
      ByteReader::fail();
  }
}

StringId read_string_id(ByteReader& in) {
  const std::uint64_t id = in.varint();
  if (id > UINT32_MAX) ByteReader::fail();
  return StringId{static_cast<std::uint32_t>(id)};
}

void append_properties(std::string& out, const Properties& properties) {
  append_varint(out, properties.size());
  for (const auto& [key, value] : properties) {
    append_varint(out, number(key));
    append_value(out, value);
  }
}

Properties read_properties(ByteReader& in) {
  Properties properties(in.count());
  for (auto& [key, value] : properties) {
    key = read_string_id(in);
    value = read_value(in);
  }
  in.expect_done();
  return properties;
}

Value read_property(ByteReader& in, StringId wanted) {
  for (std::size_t left = in.count(); left > 0; --left) {
    const StringId key = read_string_id(in);
    if (key == wanted) return read_value(in);
    if (key > wanted) break;
    skip_value(in);
  }
  return {};
}

ByteReader open_record(std::string_view record) {
  ByteReader in(record);
  if (in.byte() != kRecordFormat) ByteReader::fail();
  return in;
}

void skip_labels(ByteReader& in) {
  for (std::size_t left = in.count(); left > 0; --left) in.varint();
}

EdgeEnds read_ends(ByteReader& in) {
  EdgeEnds ends{};
  ends.type = read_string_id(in);
  ends.from = NodeId{in.varint()};
  ends.to = NodeId{in.varint()};
  return ends;
}

template <typename Hash>
Hash fnv1a(std::string_view bytes, Hash basis, Hash prime) {
  Hash hash = basis;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
  return hash;
}

}  // namespace

const TableLayout& layout(Table table) { return kLayouts[index(table)]; }

const Value* find(const Properties& properties, StringId key) {
  const auto at = std::lower_bound(properties.begin(), properties.end(), key,
                                   [](const auto& item, StringId k) { return item.first < k; });
  return at != properties.end() && at->first == key ? &at->second : nullptr;
}

std::string dictionary_key(std::string_view text) {
  if (text.size() <= kMaxDictionaryKey) return std::string(text);
  std::string key(1 + SHA256_DIGEST_LENGTH, '\xFF');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(key.data() + 1));
  return key;
}

std::string encode_node(const std::vector<StringId>& labels, const Properties& properties) {
  std::string out(1, static_cast<char>(kRecordFormat));
  append_varint(out, labels.size());
  for (const StringId label : labels) append_varint(out, number(label));
  append_properties(out, properties);
  return out;
}

std::vector<StringId> decode_labels(std::string_view record) {
  auto in = open_record(record);
  std::vector<StringId> labels(in.count());
  for (auto& label : labels) label = read_string_id(in);
  return labels;
}

void decode_node(std::string_view record, std::vector<StringId>& labels, Properties& properties) {
  auto in = open_record(record);
  labels.resize(in.count());
  for (auto& label : labels) label = read_string_id(in);
  properties = read_properties(in);
}

Value node_property(std::string_view record, StringId key) {
  auto in = open_record(record);
  skip_labels(in);
  return read_property(in, key);
}

bool node_has_label(std::string_view record, StringId label) {
  auto in = open_record(record);
  for (std::size_t left = in.count(); left > 0; --left) {
    if (read_string_id(in) == label) return true;
  }
  return false;
}

std::string encode_edge(const EdgeEnds& ends, const Properties& properties) {
  std::string out(1, static_cast<char>(kRecordFormat));
  append_varint(out, number(ends.type));
  append_varint(out, number(ends.from));
  append_varint(out, number(ends.to));
  append_properties(out, properties);
  return out;
}

EdgeEnds decode_ends(std::string_view record) {
  auto in = open_record(record);
  return read_ends(in);
}

Properties edge_properties(std::string_view record) {
  auto in = open_record(record);
  read_ends(in);
  return read_properties(in);
}

Value edge_property(std::string_view record, StringId key) {
  auto in = open_record(record);
  read_ends(in);
  return read_property(in, key);
}

StringId read_ordered_string_id(ByteReader& in) {
  const std::uint64_t id = in.ordered();
  if (id > UINT32_MAX) ByteReader::fail();
  return StringId{static_cast<std::uint32_t>(id)};
}

WhenCode when_code(const Properties& properties) {
  const Value* when = find(properties, kWhenKey);
  if (when == nullptr) return WhenCode::None;
  const std::string* text = when->text();
  return text != nullptr ? ketnghia::when_code(*text) : WhenCode::InRecord;
}

std::string label_key(StringId label, NodeId node) {
  std::string key;
  append_ordered(key, number(label));
  append_ordered(key, number(node));
  return key;
}

std::string begin_evidence(std::size_t count) {
  std::string record(1, static_cast<char>(kRecordFormat));
  append_varint(record, count);
  return record;
}

void append_evidence(std::string& record, const Evidence& evidence, StringId rule,
                     std::optional<std::uint32_t> hash) {
  const bool has_confidence = evidence.confidence != 1.0F;
  record.push_back(static_cast<char>(
      static_cast<int>(evidence.grade) | static_cast<int>(evidence.source) << kSourceShift |
      (has_confidence ? kHasConfidence : 0) | (hash ? 0 : kQuoteInline)));
  append_varint(record, number(evidence.document));
  append_varint(record, evidence.span.begin);
  append_varint(record, evidence.span.end);
  append_varint(record, number(rule));
  if (has_confidence) append_float(record, evidence.confidence);
  if (hash) {
    append_u32(record, *hash);
  } else {
    append_text(record, evidence.quote);
  }
}

std::vector<StoredEvidence> decode_evidence(std::string_view record) {
  auto in = open_record(record);
  std::vector<StoredEvidence> all(in.count());
  for (auto& stored : all) {
    Evidence& evidence = stored.evidence;
    const std::uint8_t bits = in.byte();
    const auto grade = static_cast<std::uint8_t>(bits & kGradeMask);
    const auto source = static_cast<std::uint8_t>(bits >> kSourceShift & kSourceMask);
    if (grade > static_cast<std::uint8_t>(Grade::Ocr) ||
        source > static_cast<std::uint8_t>(Source::Load)) {
      ByteReader::fail();
    }
    evidence.grade = Grade{grade};
    evidence.source = Source{source};
    evidence.document = NodeId{in.varint()};
    const std::uint64_t begin = in.varint();
    const std::uint64_t end = in.varint();
    if (begin > end || end > UINT32_MAX) ByteReader::fail();
    evidence.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    stored.rule = read_string_id(in);
    if ((bits & kHasConfidence) != 0) evidence.confidence = in.float_number();
    if ((bits & kQuoteInline) != 0) {
      evidence.quote = in.text();
    } else {
      stored.quote_hash = in.u32();
    }
  }
  in.expect_done();
  return all;
}

std::size_t evidence_size(std::string_view record) { return open_record(record).count(); }

std::uint32_t quote_hash(std::string_view quote) {
  return fnv1a<std::uint32_t>(quote, 0x811C9DC5U, 0x01000193U);
}

std::string encode_document(std::string_view sha256, std::string_view compressed) {
  std::string out(1, static_cast<char>(kRecordFormat));
  append_text(out, sha256);
  out.append(compressed);
  return out;
}

StoredDocument decode_document(std::string_view record) {
  auto in = open_record(record);
  StoredDocument document;
  document.sha256 = in.text();
  document.compressed = in.take(in.left());
  return document;
}

std::string encode_reading(const std::vector<std::uint64_t>& blocks, std::string_view compressed) {
  std::string out(1, static_cast<char>(kRecordFormat));
  append_varint(out, blocks.size());
  for (const std::uint64_t hash : blocks) append_ordered(out, hash);
  out.append(compressed);
  return out;
}

StoredReading decode_reading(std::string_view record) {
  auto in = open_record(record);
  StoredReading reading;
  reading.blocks.resize(in.count());
  for (auto& hash : reading.blocks) hash = in.ordered();
  reading.compressed = in.take(in.left());
  return reading;
}

std::uint64_t block_hash(std::string_view block) {
  return fnv1a<std::uint64_t>(block, 0xCBF29CE484222325U, 0x00000100000001B3U);
}

std::string block_key(std::uint64_t hash, NodeId document) {
  std::string key;
  append_ordered(key, hash);
  append_ordered(key, number(document));
  return key;
}

std::string compress(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kCompressionLevel);
  if (ZSTD_isError(size) != 0) {
    throw StoreError(StoreError::Kind::Io,
                     std::string("cannot compress a document: ") + ZSTD_getErrorName(size));
  }
  out.resize(size);
  return out;
}

std::string decompress(std::string_view bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  // A size that nobody can have written is not asked for: bytes are not to be trusted.
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ||
      size > kMaxDecompressed) {
    ByteReader::fail();
  }
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t written = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(written) != 0 || written != out.size()) ByteReader::fail();
  return out;
}

std::string encode(const CountKey& key) {
  std::string out(1, static_cast<char>(key.count));
  append_ordered(out, number(key.a));
  append_ordered(out, number(key.b));
  return out;
}

CountKey decode_count_key(std::string_view key) {
  ByteReader in(key);
  const std::uint8_t count = in.byte();
  if (count > static_cast<std::uint8_t>(Count::LabelIn)) ByteReader::fail();
  CountKey read{Count{count}};
  read.a = read_ordered_string_id(in);
  read.b = read_ordered_string_id(in);
  in.expect_done();
  return read;
}

std::string encode_count(std::uint64_t count) {
  std::string out;
  append_varint(out, count);
  return out;
}

std::uint64_t decode_count(std::string_view value) { return ByteReader(value).varint(); }

}  // namespace ketnghia::store
