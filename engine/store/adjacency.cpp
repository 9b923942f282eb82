#include "engine/store/adjacency.hpp"

#include <algorithm>
#include <cstring>

#include "engine/store/encoding.hpp"

namespace ketnghia {
namespace {

// A date's number: year, month, day, those that are not told 0, above what WhenCode says in words.
constexpr std::uint32_t kMonthShift = 5;
constexpr std::uint32_t kYearShift = 9;
constexpr std::uint32_t kFirstDate = 2;

// Nothing where it is no number of `digits` digits.
std::optional<std::uint32_t> digits(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : text.substr(at, digits)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = 10 * number + static_cast<std::uint32_t>(digit - '0');
  }
  return number;
}

void append_digits(std::string& out, std::uint32_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  out.append(digits - std::min(digits, text.size()), '0').append(text);
}

}  // namespace

WhenCode when_code(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return WhenCode::InRecord;
  const auto year = digits(text, 0, 4);
  if (!year) return WhenCode::InRecord;
  std::uint32_t code = *year << kYearShift;
  if (text.size() >= 7) {
    const auto month = text[4] == '-' ? digits(text, 5, 2) : std::nullopt;
    if (!month || *month < 1 || *month > 12) return WhenCode::InRecord;
    code |= *month << kMonthShift;
  }
  if (text.size() == 10) {
    const auto day = text[7] == '-' ? digits(text, 8, 2) : std::nullopt;
    if (!day || *day < 1 || *day > 31) return WhenCode::InRecord;
    code |= *day;
  }
  return WhenCode{code + kFirstDate};
}

std::string text_of(WhenCode when) {
  const std::uint32_t code = number(when) - kFirstDate;
  std::string text;
  append_digits(text, code >> kYearShift, 4);
  for (const std::uint32_t part : {code >> kMonthShift & ((1U << (kYearShift - kMonthShift)) - 1),
                                   code & ((1U << kMonthShift) - 1)}) {
    if (part == 0) break;
    text.push_back('-');
    append_digits(text, part, 2);
  }
  return text;
}

void Adjacency::clear() {
  others.clear();
  edges.clear();
  whens.clear();
}

namespace store {
namespace {

// So many bytes of columns at most: four chunks share a page of 4096 bytes, and LMDB need not put
// one on pages of its own.
constexpr std::size_t kMaxChunkBytes = 960;
constexpr std::size_t kMaxChunkEdges = 256;

// A column of numbers as what they have above the least, each in as few bytes as the greatest
// needs.
struct Column {
  std::uint64_t least = 0;
  unsigned width = 0;
};

struct Range {
  std::uint64_t least = UINT64_MAX;
  std::uint64_t greatest = 0;

  void add(std::uint64_t number) {
    least = std::min(least, number);
    greatest = std::max(greatest, number);
  }
  Column column() const {
    Column column{least, 0};
    for (std::uint64_t above = greatest - least; above != 0; above >>= 8) ++column.width;
    return column;
  }
};

template <typename Get>
void append_column(std::string& out, std::span<const AdjacentEdge> edges, Column column, Get get) {
  for (const auto& edge : edges) {
    std::uint64_t above = get(edge) - column.least;
    for (unsigned i = 0; i < column.width; ++i, above >>= 8)
      out.push_back(static_cast<char>(above));
  }
}

template <unsigned kWidth>
std::uint64_t read_bytes(const unsigned char* at) {
  std::uint64_t number = 0;
  for (unsigned i = 0; i < kWidth; ++i) number |= static_cast<std::uint64_t>(at[i]) << (8 * i);
  return number;
}

template <unsigned kWidth, typename Id>
void unpack(const unsigned char* bytes, std::size_t count, std::uint64_t least, Id* out) {
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = static_cast<Id>(least + read_bytes<kWidth>(bytes + i * kWidth));
  }
}

template <typename Id>
void append_unpacked(std::string_view bytes, std::size_t count, Column column,
                     std::vector<Id>& to) {
  const std::size_t before = to.size();
  to.resize(before + count);
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  Id* out = to.data() + before;
  switch (column.width) {
    case 0:
      std::fill_n(out, count, static_cast<Id>(column.least));
      return;
    case 1:
      return unpack<1>(from, count, column.least, out);
    case 2:
      return unpack<2>(from, count, column.least, out);
    case 3:
      return unpack<3>(from, count, column.least, out);
    case 4:
      return unpack<4>(from, count, column.least, out);
    case 5:
      return unpack<5>(from, count, column.least, out);
    case 6:
      return unpack<6>(from, count, column.least, out);
    case 7:
      return unpack<7>(from, count, column.least, out);
    default:
      return unpack<8>(from, count, column.least, out);
  }
}

struct ChunkHead {
  std::size_t count = 0;
  Column others;
  Column edges;
  Column whens;
};

ChunkHead read_head(ByteReader& in) {
  ChunkHead head;
  head.count = static_cast<std::size_t>(in.varint());
  const std::uint8_t ids = in.byte();
  const std::uint8_t whens = in.byte();
  head.others.width = ids & 0x0FU;
  head.edges.width = ids >> 4;
  head.whens.width = whens;
  if (head.count == 0 || head.count > kMaxChunkEdges || head.others.width > 8 ||
      head.edges.width > 8 || head.whens.width > 4) {
    ByteReader::fail();
  }
  head.others.least = in.varint();
  head.edges.least = in.varint();
  head.whens.least = in.varint();
  return head;
}

}  // namespace

std::string adjacency_prefix(const AdjacencyList& list) {
  std::string key;
  append_ordered(key, number(list.type));
  append_ordered(key, number(list.node));
  key.push_back(list.incoming ? '\1' : '\0');
  return key;
}

std::string adjacency_key(const AdjacencyList& list, const AdjacentEdge& least) {
  std::string key = adjacency_prefix(list);
  append_ordered(key, number(least.other));
  append_ordered(key, number(least.edge));
  return key;
}

AdjacencyKey read_adjacency_key(std::string_view bytes) {
  ByteReader in(bytes);
  AdjacencyKey key;
  const std::uint64_t type = in.ordered();
  if (type > UINT32_MAX) ByteReader::fail();
  key.list.type = StringId{static_cast<std::uint32_t>(type)};
  key.list.node = NodeId{in.ordered()};
  const std::uint8_t incoming = in.byte();
  if (incoming > 1) ByteReader::fail();
  key.list.incoming = incoming == 1;
  if (!in.done()) {
    const NodeId other{in.ordered()};
    key.least.emplace(other, EdgeId{in.ordered()});
  }
  in.expect_done();
  return key;
}

std::size_t chunk_length(std::span<const AdjacentEdge> edges) {
  Range others;
  Range ids;
  Range whens;
  const std::size_t most = std::min(edges.size(), kMaxChunkEdges);
  for (std::size_t i = 0; i < most; ++i) {
    others.add(number(edges[i].other));
    ids.add(number(edges[i].edge));
    whens.add(number(edges[i].when));
    const std::size_t width = others.column().width + ids.column().width + whens.column().width;
    if (i > 0 && (i + 1) * width > kMaxChunkBytes) return i;
  }
  return most;
}

std::string encode_chunk(std::span<const AdjacentEdge> edges) {
  Range other_range;
  Range edge_range;
  Range when_range;
  for (const auto& edge : edges) {
    other_range.add(number(edge.other));
    edge_range.add(number(edge.edge));
    when_range.add(number(edge.when));
  }
  const Column others = other_range.column();
  const Column ids = edge_range.column();
  const Column whens = when_range.column();
  std::string out;
  append_varint(out, edges.size());
  out.push_back(static_cast<char>(others.width | ids.width << 4));
  out.push_back(static_cast<char>(whens.width));
  append_varint(out, others.least);
  append_varint(out, ids.least);
  append_varint(out, whens.least);
  append_column(out, edges, others, [](const auto& edge) { return number(edge.other); });
  append_column(out, edges, ids, [](const auto& edge) { return number(edge.edge); });
  append_column(out, edges, whens,
                [](const auto& edge) { return std::uint64_t{number(edge.when)}; });
  return out;
}

void append_chunk(std::string_view chunk, unsigned columns, Adjacency& to) {
  ByteReader in(chunk);
  const ChunkHead head = read_head(in);
  append_unpacked(in.take(head.count * head.others.width), head.count, head.others, to.others);
  const std::string_view edges = in.take(head.count * head.edges.width);
  if ((columns & kEdges) != 0) append_unpacked(edges, head.count, head.edges, to.edges);
  const std::string_view whens = in.take(head.count * head.whens.width);
  if ((columns & kWhens) != 0) append_unpacked(whens, head.count, head.whens, to.whens);
}

std::vector<AdjacentEdge> decode_chunk(std::string_view chunk) {
  Adjacency columns;
  append_chunk(chunk, kAllColumns, columns);
  std::vector<AdjacentEdge> edges(columns.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    edges[i] = {columns.others[i], columns.edges[i], columns.whens[i]};
  }
  return edges;
}

std::size_t chunk_size(std::string_view chunk) {
  ByteReader in(chunk);
  return read_head(in).count;
}

}  // namespace store
}  // namespace ketnghia
