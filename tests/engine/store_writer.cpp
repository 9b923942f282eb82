#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "engine/export/check.hpp"
#include "engine/store/writer.hpp"
#include "engine/text/edtf.hpp"
#include "engine/text/normalise.hpp"
#include "tests/engine/store_support.hpp"

using namespace ketnghia;
using Direction = Snapshot::Direction;

namespace {

const std::string kText = "Sở Ngoại vụ Hà Nội tiếp đoàn Thành ủy Bắc Kinh ngày 16/5/2024.";

Evidence quoted(NodeId document, const std::string& text, const std::string& quote) {
  const auto at = static_cast<std::uint32_t>(text.find(quote));
  return {document,
          {at, at + static_cast<std::uint32_t>(quote.size())},
          quote,
          "visit.received",
          Grade::Normalised,
          Source::Import,
          0.5F};
}

NodeDraft node(std::uint64_t id, std::vector<std::string> labels, Map properties) {
  return {NodeId{id}, std::move(labels), std::move(properties), {}};
}

EdgeDraft edge(std::uint64_t id, std::string type, std::uint64_t from, std::uint64_t to,
               Map properties = {}) {
  return {EdgeId{id}, std::move(type), NodeId{from}, NodeId{to}, std::move(properties), {}};
}

std::vector<std::uint64_t> numbers(const std::vector<NodeId>& ids) {
  std::vector<std::uint64_t> result;
  for (const NodeId id : ids) result.push_back(number(id));
  return result;
}

using Numbers = std::vector<std::uint64_t>;

std::vector<Neighbour> all(Snapshot::NeighbourCursor cursor) {
  std::vector<Neighbour> found;
  while (const auto neighbour = cursor.next()) found.push_back(*neighbour);
  return found;
}

void require_clean(const Snapshot& snapshot) {
  const auto faults = check(snapshot);
  CAPTURE(faults);
  REQUIRE(faults.empty());
}

}  // namespace

TEST_CASE("every kind of value is read as it was put, integers and floats apart", "[writer]") {
  TemporaryStore temporary;
  const Map properties{{"bool", true},
                       {"deep", Map{{"a", List{Value(), Value(std::int64_t{1})}}, {"b", 1.0}}},
                       {"empty", List{}},
                       {"float", 2.0},
                       {"int", std::int64_t{2}},
                       {"least", std::numeric_limits<std::int64_t>::min()},
                       {"text", "Hà Nội"}};
  {
    Writer writer(temporary.store);
    CHECK(writer.put(node(0, {"A", "B", "A"}, properties)) == NodeId{1});
    writer.commit();
  }
  const Snapshot snapshot(temporary.store);
  const auto read = snapshot.node(NodeId{1});
  REQUIRE(read);
  CHECK(read->labels.size() == 2);
  REQUIRE(read->properties.size() == properties.size());
  for (const auto& [key, value] : properties) {
    const auto id = snapshot.string_id(key);
    REQUIRE(id);
    CHECK(snapshot.string(*id) == key);
    CHECK(snapshot.property(NodeId{1}, *id) == value);
  }
  CHECK_FALSE(snapshot.property(NodeId{1}, *snapshot.string_id("int")) == Value(2.0));
  CHECK(snapshot.has_label(NodeId{1}, *snapshot.string_id("B")));
  CHECK_FALSE(snapshot.string_id("C"));
}

TEST_CASE("a null property is one that is not there", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.put(node(1, {}, {{"a", Value()}, {"b", true}}));
  CHECK(writer.view().node(NodeId{1})->properties.size() == 1);
}

TEST_CASE("what is not there is no error", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.erase(NodeId{7});
  writer.erase(EdgeId{7});
  writer.erase_document(NodeId{7});
  writer.erase_reading(NodeId{7});
  const Snapshot& view = writer.view();
  CHECK_FALSE(view.node(NodeId{7}));
  CHECK_FALSE(view.edge(EdgeId{7}));
  CHECK(view.property(NodeId{7}, StringId{1}).is_null());
  CHECK(view.labels(NodeId{7}).empty());
  CHECK(view.evidence(NodeId{7}).empty());
  CHECK_FALSE(view.document(NodeId{7}));
  CHECK_FALSE(view.reading(NodeId{7}));
  CHECK(view.named("Hà Nội").empty());
  CHECK_FALSE(view.nodes().next());
  CHECK_FALSE(view.neighbours(NodeId{7}, Direction::Out).next());
  writer.commit();
}

TEST_CASE("fresh ids lie above the greatest in use", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  CHECK(writer.put(node(41, {}, {})) == NodeId{41});
  CHECK(writer.put(node(0, {}, {})) == NodeId{42});
  CHECK(writer.put(node(7, {}, {})) == NodeId{7});
  CHECK(writer.put(node(0, {}, {})) == NodeId{43});
  CHECK(writer.put(edge(9, "T", 41, 42)) == EdgeId{9});
  CHECK(writer.put(edge(0, "T", 41, 42)) == EdgeId{10});
  writer.erase(NodeId{43});
  CHECK(writer.put(node(0, {}, {})) == NodeId{43});
}

TEST_CASE("neighbours come by type, other end and edge, both ways alike", "[writer]") {
  TemporaryStore temporary;
  {
    Writer writer(temporary.store);
    for (std::uint64_t id = 1; id <= 300; ++id) writer.put(node(id, {}, {}));
    writer.put(edge(1, "B", 1, 300, {{"when", "2024-05-16"}}));
    writer.put(edge(2, "A", 1, 5));
    writer.put(edge(3, "B", 1, 2));
    writer.put(edge(4, "B", 1, 2, {{"when", std::string(65, '2')}}));
    writer.put(edge(5, "A", 1, 1));
    writer.put(edge(6, "A", 2, 1));
    writer.commit();
  }
  const Snapshot snapshot(temporary.store);
  const auto b = *snapshot.string_id("B");
  const auto out = all(snapshot.neighbours(NodeId{1}, Direction::Out));
  REQUIRE(out.size() == 5);
  for (std::size_t i = 1; i < out.size(); ++i) {
    CHECK(std::tuple(out[i - 1].type, out[i - 1].other, out[i - 1].edge) <
          std::tuple(out[i].type, out[i].other, out[i].edge));
  }
  const auto of_b = all(snapshot.neighbours(NodeId{1}, Direction::Out, b));
  REQUIRE(of_b.size() == 3);
  CHECK(of_b[0].edge == EdgeId{3});
  CHECK(of_b[2].other == NodeId{300});
  auto cursor = snapshot.neighbours(NodeId{300}, Direction::In);
  const auto in = cursor.next();
  REQUIRE(in);
  CHECK(in->other == NodeId{1});
  CHECK(text_of(in->when) == "2024-05-16");
  CHECK(all(snapshot.neighbours(NodeId{1}, Direction::In)).size() == 2);
  require_clean(snapshot);
}

TEST_CASE("a replaced node keeps its edges and loses its old names, labels and dates", "[writer]") {
  TemporaryStore temporary;
  {
    Writer writer(temporary.store);
    writer.put(node(1, {"City"}, {{"aliases", List{"Beijing"}}, {"name", "Bắc Kinh"}}));
    writer.put(node(2, {"Event"}, {{"name", "Thăm"}, {"when", "2024-05-16"}}));
    writer.put(edge(1, "HELD_IN", 2, 1, {{"when", "2024"}}));
    writer.commit();
  }
  Writer writer(temporary.store);
  writer.put(node(1, {"Country"}, {{"name", "Nhật Bản"}}));
  writer.put(node(2, {"Event"}, {{"name", "Thăm"}, {"when", "2023"}}));
  writer.put(edge(1, "HELD_IN", 2, 1, {{"when", "2023"}}));
  const Snapshot& view = writer.view();
  CHECK(view.named("Beijing").empty());
  CHECK(numbers(view.named("Nhật Bản")) == Numbers{1});
  CHECK(view.node_count(*view.string_id("City")) == 0);
  CHECK(view.edge_count(*view.string_id("City"), *view.string_id("HELD_IN"), Direction::In) == 0);
  CHECK(view.edge_count(*view.string_id("Country"), *view.string_id("HELD_IN"), Direction::In) ==
        1);
  CHECK(view.nodes_between(day_number(2024, 5, 16), day_number(2024, 5, 16)).empty());
  CHECK(numbers(view.nodes_between(day_number(2023, 2, 1), day_number(2023, 2, 1))) == Numbers{2});
  const auto in = all(view.neighbours(NodeId{1}, Direction::In));
  REQUIRE(in.size() == 1);
  CHECK(in[0].other == NodeId{2});
  require_clean(view);
  writer.commit();
  require_clean(Snapshot(temporary.store));
}

TEST_CASE("erasing a node erases its edges and every entry of both", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.put(node(1, {"City"}, {{"name", "Hà Nội"}, {"when", "2024"}}));
  writer.put(node(2, {"City"}, {{"name", "Bắc Kinh"}}));
  writer.put(edge(1, "A", 1, 2));
  writer.put(edge(2, "A", 2, 1));
  writer.put(edge(3, "A", 1, 1));
  writer.put(edge(4, "A", 2, 2));
  writer.erase(NodeId{1});
  CHECK(writer.view().edge_count() == 1);
  CHECK(writer.view().node_count() == 1);
  require_clean(writer.view());
  writer.commit();
}

TEST_CASE("an edge may come before its ends, but not be committed without them", "[writer]") {
  TemporaryStore temporary;
  {
    Writer writer(temporary.store);
    writer.put(edge(5, "A", 1, 2));
    CHECK(writer.missing_ends() == 2);
    writer.put(node(1, {"City"}, {}));
    writer.put(node(2, {"City"}, {}));
    CHECK(writer.missing_ends() == 0);
    require_clean(writer.view());
    writer.commit();
  }
  Writer writer(temporary.store);
  writer.put(edge(7, "A", 1, 40));
  std::string message;
  CHECK(kind_thrown([&] { writer.commit(); }, &message) == StoreError::Kind::Input);
  CHECK(message.find("r7") != std::string::npos);
  CHECK(message.find("n40") != std::string::npos);
}

TEST_CASE("an edge that was taken back needs no ends", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.put(node(1, {}, {}));
  writer.put(edge(7, "A", 1, 40));
  writer.erase(EdgeId{7});
  CHECK_NOTHROW(writer.commit());
}

TEST_CASE("a writer that is not committed leaves no trace", "[writer]") {
  TemporaryStore temporary;
  {
    Writer writer(temporary.store);
    writer.put(node(1, {"City"}, {{"name", "Hà Nội"}}));
    writer.commit();
  }
  const std::string before = exported(Snapshot(temporary.store));
  {
    Writer writer(temporary.store);
    writer.put(node(0, {"New"}, {{"new", "Bắc Kinh"}}));
    writer.erase(NodeId{1});
    writer.put_document(NodeId{1}, {kText, ""});
    CHECK(writer.view().string_id("New"));
  }
  const Snapshot after(temporary.store);
  CHECK(exported(after) == before);
  CHECK_FALSE(after.string_id("New"));
  require_clean(after);
}

TEST_CASE("evidence of an import is the text of its document at its span", "[writer]") {
  TemporaryStore temporary;
  const Evidence good = quoted(NodeId{1}, kText, "Sở Ngoại vụ Hà Nội");
  {
    Writer writer(temporary.store);
    writer.put_document(NodeId{1}, {kText, "ab12"});
    writer.put(node(1, {"Document"}, {}));
    writer.put(NodeDraft{NodeId{2}, {"Agency"}, {}, {good}});
    CHECK(writer.view().evidence(NodeId{2}) == std::vector<Evidence>{good});
    writer.commit();
  }
  const Snapshot snapshot(temporary.store);
  CHECK(snapshot.evidence(NodeId{2}) == std::vector<Evidence>{good});
  CHECK(snapshot.evidence_count(NodeId{2}) == 1);
  CHECK(snapshot.document(NodeId{1})->text == kText);
  CHECK(snapshot.document(NodeId{1})->sha256 == "ab12");

  Evidence shifted = good;
  ++shifted.span.begin;
  ++shifted.span.end;
  Evidence empty = good;
  empty.span.end = empty.span.begin;
  empty.quote.clear();
  Evidence beyond = good;
  beyond.span = {static_cast<std::uint32_t>(kText.size() - 1),
                 static_cast<std::uint32_t>(kText.size() + 5)};
  Evidence elsewhere = good;
  elsewhere.document = NodeId{9};
  for (const Evidence& bad : {shifted, empty, beyond, elsewhere}) {
    Writer writer(temporary.store);
    std::string message;
    CHECK(kind_thrown(
              [&] {
                writer.put(NodeDraft{NodeId{3}, {}, {}, {bad}});
              },
              &message) == StoreError::Kind::Input);
    CHECK(message.find("n3") != std::string::npos);
  }
}

TEST_CASE("evidence that was loaded or given by a person keeps its own quotation", "[writer]") {
  TemporaryStore temporary;
  Evidence loaded{NodeId{5},    {3, 9}, "không có trong văn bản", "", Grade::Exact,
                  Source::Load, 1.0F};
  Evidence person{NodeId{}, {}, "", "correction", Grade::Exact, Source::Person, 1.0F};
  Writer writer(temporary.store);
  writer.put(NodeDraft{NodeId{1}, {}, {}, {loaded, person}});
  CHECK(writer.view().evidence(NodeId{1}) == std::vector<Evidence>{loaded, person});
}

TEST_CASE("a text cannot change under the evidence in it", "[writer]") {
  TemporaryStore temporary;
  const Evidence evidence = quoted(NodeId{1}, kText, "Bắc Kinh");
  {
    Writer writer(temporary.store);
    writer.put_document(NodeId{1}, {kText, ""});
    writer.put(node(1, {"Document"}, {}));
    writer.put(NodeDraft{NodeId{2}, {}, {}, {evidence}});
    writer.commit();
  }
  SECTION("to another text") {
    Writer writer(temporary.store);
    writer.put_document(NodeId{1}, {"x" + kText, ""});
    CHECK(kind_thrown([&] { writer.commit(); }) == StoreError::Kind::Input);
  }
  SECTION("to none") {
    Writer writer(temporary.store);
    writer.erase_document(NodeId{1});
    CHECK(kind_thrown([&] { writer.commit(); }) == StoreError::Kind::Input);
  }
  SECTION("but beside it") {
    Writer writer(temporary.store);
    writer.put_document(NodeId{1}, {kText + " Hết.", ""});
    writer.commit();
    require_clean(Snapshot(temporary.store));
  }
  SECTION("and with it") {
    const std::string changed = "Đoàn " + kText;
    Writer writer(temporary.store);
    writer.put_document(NodeId{1}, {changed, ""});
    writer.put(NodeDraft{NodeId{2}, {}, {}, {quoted(NodeId{1}, changed, "Bắc Kinh")}});
    writer.commit();
    require_clean(Snapshot(temporary.store));
  }
}

TEST_CASE("faulty drafts are refused and named", "[writer]") {
  TemporaryStore temporary;
  const auto refused = [&](const auto& draft) {
    Writer writer(temporary.store);
    std::string message;
    const auto kind = kind_thrown([&] { writer.put(draft); }, &message);
    CHECK(kind == StoreError::Kind::Input);
    return message;
  };
  CHECK(refused(node(3, {"\xFF"}, {})).find("n3") != std::string::npos);
  CHECK(refused(node(3, {""}, {})).find("n3") != std::string::npos);
  CHECK(refused(node(3, {}, {{"a", "\xC3"}})).find("n3") != std::string::npos);
  CHECK(refused(node(3, {}, {{"a", 1.0 / 0.0}})).find("n3") != std::string::npos);
  CHECK(refused(node(3, {}, {{"a", true}, {"a", false}})).find("a") != std::string::npos);
  CHECK(refused(edge(4, "", 1, 2)).find("r4") != std::string::npos);
  CHECK(refused(edge(4, "A", 0, 2)).find("r4") != std::string::npos);
  refused(node(std::uint64_t{1} << 63, {}, {}));
}

TEST_CASE("a name is found by name and alias, whichever form is asked for", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.put(node(1, {"City"}, {{"aliases", List{"Beijing", "Bắc Kinh"}}, {"name", "Bắc Kinh"}}));
  writer.put(node(2, {"Agency"}, {{"aliases", "SNV"}, {"name", "Sở Ngoại vụ Hà Nội"}}));
  writer.put(node(3, {"Agency"}, {{"name", "bắc kinh"}}));
  writer.put(node(4, {"City"}, {{"name", std::int64_t{4}}}));
  const Snapshot& view = writer.view();
  CHECK(numbers(view.named("Bắc Kinh")) == Numbers{1, 3});
  CHECK(numbers(view.named("Bắc Kinh", view.string_id("City"))) == Numbers{1});
  CHECK(numbers(view.named("beijing")) == Numbers{1});
  CHECK(numbers(view.named("SNV")) == Numbers{2});
  CHECK(view.named("Bắc Ninh").empty());
  CHECK(numbers(view.name_candidates("Bắc Kinh")) == Numbers{1, 3});
  require_clean(view);
}

TEST_CASE("names longer than a key are found and told apart", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  std::string same;
  for (int i = 0; i < 100; ++i) same += "hop tac ";
  writer.put(node(1, {}, {{"name", same + "mot"}}));
  writer.put(node(2, {}, {{"name", same + "hai"}}));
  CHECK(numbers(writer.view().named(same + "hai")) == Numbers{2});
  require_clean(writer.view());
}

TEST_CASE("the nearest names come nearest first, by their canonical form", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.put(node(1, {}, {{"name", "Bắc Ninh"}}));
  writer.put(node(2, {}, {{"aliases", List{"Fukkoka"}}, {"name", "Fukuoka"}}));
  writer.put(node(3, {}, {{"name", "Bắc Kinh"}}));
  writer.put(node(4, {}, {{"name", "Bắc Kinh"}}));
  writer.put(node(5, {}, {{"name", "Hải Phòng"}}));
  const Snapshot& view = writer.view();
  CHECK(view.nearest_names("bak kinh", 5) == std::vector<std::string>{"Bắc Kinh", "Bắc Ninh"});
  CHECK(view.nearest_names("bak kinh", 1) == std::vector<std::string>{"Bắc Kinh"});
  CHECK(view.nearest_names("fukkoak", 3) == std::vector<std::string>{"Fukuoka"});
  CHECK(view.nearest_names("xyz", 3).empty());
  CHECK(view.nearest_names("", 3).empty());
}

TEST_CASE("what overlaps some days is found whatever its length", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  const std::vector<std::string> dates{"2024-05-16", "2024-05",   "2024",  "2022/2025",
                                       "2025/..",    "../2019",   "2023~", "không",
                                       "XXXX-05-16", "2024-05-17"};
  for (std::size_t i = 0; i < dates.size(); ++i) {
    writer.put(node(i + 1, {}, {{"when", dates[i]}}));
  }
  const Snapshot& view = writer.view();
  for (const auto& asked : {"2024-05-16", "2024", "2018", "2030", "2021/2022", "2024-06"}) {
    const auto period = *parse_edtf(asked);
    std::set<std::uint64_t> right;
    for (std::size_t i = 0; i < dates.size(); ++i) {
      const auto date = parse_edtf(dates[i]);
      if (date && (date->year_unknown || overlap(*date, period))) right.insert(i + 1);
    }
    const auto found = numbers(view.nodes_between(*period.first, *period.last));
    CAPTURE(asked);
    CHECK(std::set<std::uint64_t>(found.begin(), found.end()) == right);
    CHECK(found.size() == right.size());
  }
  require_clean(view);
}

TEST_CASE("readings are found by document and by block, and replaced whole", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  writer.put(node(1, {}, {}));
  writer.put(node(2, {}, {}));
  const std::string bytes("\0một bài đọc", 15);
  writer.put_reading(NodeId{1}, bytes, {"a", "b", "b"});
  writer.put_reading(NodeId{2}, "khác", {"b"});
  const Snapshot& view = writer.view();
  CHECK(view.reading(NodeId{1}) == bytes);
  CHECK(numbers(view.documents_of_block("b")) == Numbers{1, 2});
  CHECK(numbers(view.documents_with_readings()) == Numbers{1, 2});
  writer.put_reading(NodeId{1}, "mới", {"c"});
  CHECK(view.reading(NodeId{1}) == "mới");
  CHECK(view.documents_of_block("a").empty());
  CHECK(numbers(view.documents_of_block("b")) == Numbers{2});
  CHECK(numbers(view.documents_of_block("c")) == Numbers{1});
  writer.erase_reading(NodeId{2});
  CHECK(numbers(view.documents_with_readings()) == Numbers{1});
  require_clean(view);
  writer.commit();
}

TEST_CASE("a view sees each write at once", "[writer]") {
  TemporaryStore temporary;
  Writer writer(temporary.store);
  const Snapshot& view = writer.view();
  for (std::uint64_t id = 1; id <= 20; ++id) {
    writer.put(node(id, {"City"}, {{"name", "Hà Nội " + std::to_string(id)}}));
    if (id > 1) writer.put(edge(id, "NEXT", id - 1, id));
    CHECK(view.node_count() == id);
    CHECK(view.named("Hà Nội " + std::to_string(id)).size() == 1);
    CHECK(all(view.neighbours(NodeId{id}, Direction::In)).size() == (id > 1 ? 1 : 0));
  }
  require_clean(view);
}

namespace {

// What the store must hold, kept the plain way.
struct Model {
  struct Node {
    std::set<std::string> labels;
    Map properties;
    friend bool operator==(const Node&, const Node&) = default;
  };
  struct Edge {
    std::string type;
    std::uint64_t from, to;
    Map properties;
    friend bool operator==(const Edge&, const Edge&) = default;
  };
  std::map<std::uint64_t, Node> nodes;
  std::map<std::uint64_t, Edge> edges;

  void erase_node(std::uint64_t id) {
    nodes.erase(id);
    std::erase_if(edges, [&](const auto& e) { return e.second.from == id || e.second.to == id; });
  }
};

Map named_properties(const Snapshot& snapshot,
                     const std::vector<std::pair<StringId, Value>>& properties) {
  Map map;
  for (const auto& [key, value] : properties)
    map.emplace_back(std::string(snapshot.string(key)), value);
  std::sort(map.begin(), map.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return map;
}

Model read_model(const Snapshot& snapshot) {
  Model model;
  auto nodes = snapshot.nodes();
  while (const auto id = nodes.next()) {
    const auto read = snapshot.node(*id);
    auto& node = model.nodes[number(*id)];
    for (const StringId label : read->labels) node.labels.emplace(snapshot.string(label));
    node.properties = named_properties(snapshot, read->properties);
  }
  auto edges = snapshot.edges();
  while (const auto id = edges.next()) {
    const auto read = snapshot.edge(*id);
    model.edges[number(*id)] = {std::string(snapshot.string(read->type)), number(read->from),
                                number(read->to), named_properties(snapshot, read->properties)};
  }
  return model;
}

class RandomWrites {
 public:
  explicit RandomWrites(unsigned seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  Map properties() {
    static const char* const kNames[] = {"Hà Nội", "Bắc Kinh", "hà nội", "Ha Noi", "", "Sở Y tế"};
    static const char* const kDates[] = {"2024", "2024-05-16", "2022/2025", "XXXX-05-16", "mai"};
    Map map;
    if (below(3) > 0) map.emplace_back("aliases", List{kNames[below(6)], kNames[below(6)]});
    if (below(3) > 0) map.emplace_back("name", kNames[below(6)]);
    if (below(3) == 0) map.emplace_back("weight", static_cast<double>(below(5)));
    if (below(2) == 0) map.emplace_back("when", kDates[below(5)]);
    return map;
  }

  void step(Writer& writer, Model& model) {
    static const char* const kLabels[] = {"City", "Agency", "Event"};
    static const char* const kTypes[] = {"A", "B"};
    const std::uint64_t id = 1 + below(300);
    switch (below(8)) {
      case 0:
      case 1:
      case 2: {
        NodeDraft draft{NodeId{id}, {}, properties(), {}};
        for (std::uint64_t i = below(3); i > 0; --i) draft.labels.emplace_back(kLabels[below(3)]);
        writer.put(draft);
        model.nodes[id] = {{draft.labels.begin(), draft.labels.end()}, draft.properties};
        break;
      }
      case 3:
        writer.erase(NodeId{id});
        model.erase_node(id);
        break;
      case 4:
        writer.erase(EdgeId{id});
        model.edges.erase(id);
        break;
      default: {
        if (model.nodes.empty()) break;
        const auto any = [&] {
          return std::next(model.nodes.begin(),
                           static_cast<std::ptrdiff_t>(below(model.nodes.size())))
              ->first;
        };
        const EdgeDraft draft{EdgeId{id},    kTypes[below(2)], NodeId{any()},
                              NodeId{any()}, properties(),     {}};
        writer.put(draft);
        model.edges[id] = {draft.type, number(draft.from), number(draft.to), draft.properties};
      }
    }
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("after any writes the store is what a plain map would be, and clean", "[writer]") {
  const unsigned seed = GENERATE(range(1U, 9U));
  CAPTURE(seed);
  TemporaryStore temporary;
  RandomWrites writes(seed);
  Model committed;
  for (int round = 0; round < 12; ++round) {
    Model model = committed;
    {
      Writer writer(temporary.store);
      for (std::uint64_t left = writes.below(120); left > 0; --left) {
        writes.step(writer, model);
        if (writes.below(40) == 0) require_clean(writer.view());
      }
      if (writes.below(4) == 0) continue;
      writer.commit();
    }
    committed = model;
    const Snapshot snapshot(temporary.store);
    const Model read = read_model(snapshot);
    REQUIRE(read.nodes == committed.nodes);
    REQUIRE(read.edges == committed.edges);
    REQUIRE(snapshot.node_count() == committed.nodes.size());
    REQUIRE(snapshot.edge_count() == committed.edges.size());
    require_clean(snapshot);
    Numbers right;
    for (const auto& [id, node] : committed.nodes) {
      bool matches = false;
      for (const auto& [key, value] : node.properties) {
        if (key == "name") matches |= name_matches("Hà Nội", *value.text());
        if (key != "aliases") continue;
        for (const auto& alias : std::get<List>(value.data)) {
          matches |= name_matches("Hà Nội", *alias.text());
        }
      }
      if (matches) right.push_back(id);
    }
    REQUIRE(numbers(snapshot.named("Hà Nội")) == right);
  }
}
