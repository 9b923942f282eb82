#include <random>
#include <set>
#include <string>
#include <tuple>

#include "engine/export/check.hpp"
#include "engine/store/adjacency.hpp"
#include "engine/store/packed_text.hpp"
#include "engine/store/writer.hpp"
#include "tests/engine/store_support.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::test {
namespace {

using Direction = Snapshot::Direction;

std::set<std::tuple<std::string, std::uint64_t, std::uint64_t>> listed(const Snapshot& snapshot,
                                                                       NodeId node,
                                                                       Direction direction) {
  std::set<std::tuple<std::string, std::uint64_t, std::uint64_t>> edges;
  auto cursor = snapshot.neighbours(node, direction);
  while (const auto edge = cursor.next()) {
    edges.emplace(snapshot.string(edge->type), number(edge->other), number(edge->edge));
  }
  return edges;
}

TEST_CASE("a node with thousands of edges keeps its list through changes of any kind", "[store]") {
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t end) { return random() % end; };
  TemporaryStore temporary;
  std::set<std::tuple<std::string, std::uint64_t, std::uint64_t>> expected;
  std::vector<EdgeDraft> there;
  for (int commit = 0; commit < 12; ++commit) {
    Writer writer(temporary.store);
    if (commit == 0) {
      for (std::uint64_t id = 1; id <= 400; ++id) {
        NodeDraft node;
        node.id = NodeId{id};
        writer.put(node);
      }
    }
    for (int i = 0; i < 700; ++i) {
      if (below(3) == 0 && !there.empty()) {
        const std::size_t at = below(there.size());
        const EdgeDraft gone = there[at];
        there.erase(there.begin() + static_cast<std::ptrdiff_t>(at));
        writer.erase(gone.id);
        expected.erase({gone.type, number(gone.to), number(gone.id)});
        continue;
      }
      EdgeDraft edge;
      // Now and then an id as an import makes it.
      edge.id = EdgeId{below(5) == 0 ? below(std::uint64_t{1} << 53) + 1 : below(1'000'000) + 1};
      if (std::any_of(there.begin(), there.end(),
                      [&](const auto& other) { return other.id == edge.id; })) {
        continue;
      }
      edge.type = below(4) == 0 ? "S" : "T";
      edge.from = NodeId{1};
      edge.to = NodeId{1 + below(400)};
      if (below(2) == 0) edge.properties = {{"when", std::to_string(1990 + below(40))}};
      writer.put(edge);
      expected.emplace(edge.type, number(edge.to), number(edge.id));
      there.push_back(edge);
    }
    writer.commit();
    const Snapshot snapshot(temporary.store);
    REQUIRE(listed(snapshot, NodeId{1}, Direction::Out) == expected);
    const auto faults = check(snapshot);
    CAPTURE(faults);
    REQUIRE(faults.empty());
  }
}

TEST_CASE("a plain date is kept as a number that sorts as its text does", "[store]") {
  const std::vector<std::string> dates{"0001",       "1999-12-31", "2024",       "2024-01",
                                       "2024-01-01", "2024-05",    "2024-05-16", "2025"};
  for (std::size_t i = 0; i < dates.size(); ++i) {
    REQUIRE(is_date(when_code(dates[i])));
    CHECK(text_of(when_code(dates[i])) == dates[i]);
    if (i > 0) CHECK(when_code(dates[i - 1]) < when_code(dates[i]));
  }
  for (const char* text : {"2024-05-16/2024-05-20", "2023-12-30/2024-01-02", "XXXX", "XXXX-09-28",
                           "2023-09~", "1987~"}) {
    REQUIRE(is_date(when_code(text)));
    CHECK(text_of(when_code(text)) == text);
  }
  for (const char* text : {"", "2023/2025", "2024-5-1", "2024-13", "2024-05-00", "tháng 5",
                           "../2025", "2024-05-16/2026-05-16", "2024-05-16/2024-05-10",
                           "2024-02-20/2024-02-31", "2024-05-16/..", "2023-09~/2024"}) {
    CHECK(when_code(text) == WhenCode::InRecord);
  }
}

TEST_CASE("a packed quotation comes back to the byte", "[store]") {
  const std::vector<std::string> texts{
      "",
      "Ủy ban nhân dân thành phố Hà Nội tiếp đoàn đại biểu thành phố Bắc Kinh ngày 16/5/2024.",
      "tab\t line\n and \x01\x02\x1F controls\x7F",
      "中文 и ещё 😀 ÿ ẵ Ỵ",
      std::string(3000, 'x'),
      std::string("a\0b", 3)};
  for (const auto& text : texts) {
    std::string packed;
    store::append_packed(packed, text);
    CHECK(store::unpack(packed) == text);
  }
  std::string packed;
  store::append_packed(packed, texts[1]);
  CHECK(packed.size() < texts[1].size() * 6 / 10);
  CHECK(kind_thrown([] { store::unpack("\xFF"); }) == StoreError::Kind::Corrupt);
}

}  // namespace
}  // namespace ketnghia::test
