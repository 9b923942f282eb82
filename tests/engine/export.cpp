#include <lmdb.h>

#include "engine/export/check.hpp"
#include "engine/export/json.hpp"
#include "engine/export/jsonl.hpp"
#include "engine/store/environment.hpp"
#include "tests/engine/store_support.hpp"

using namespace ketnghia;

namespace {

const std::string kLines =
    R"({"node":"n3","labels":["Document"],"properties":{"name":"a.txt"},"text":"Sở Y tế \"Hà Nội\"\nký","sha256":"00ff"}
{"node":"n12","labels":["Unit","Agency"],"properties":{"name":"Sở Y tế Hà Nội","aliases":["Sở Y tế"],"n":1,"x":1.0,"big":1e300,"m":{"b":[null,true],"a":{}}},"evidence":[{"document":"n3","start":0,"end":11,"quote":"Sở Y tế","rule":"agency","grade":"normalised","source":"import","confidence":0.9}]}
{"node":"n40","labels":[],"properties":{},"evidence":[]}
{"edge":"r7","type":"TOOK_PART","from":"n12","to":"n40","properties":{"role":"guest","when":"2024"},"evidence":[{"document":"n3","start":5,"end":9,"quote":"khác"}]}
)";

std::string message_of(const std::string& lines) {
  TemporaryStore temporary;
  std::string message;
  CHECK(kind_thrown([&] { load(temporary.store, lines); }, &message) == StoreError::Kind::Input);
  CHECK(Snapshot(temporary.store).node_count() == 0);
  return message;
}

bool says(const std::string& message, const std::string& part) {
  return message.find(part) != std::string::npos;
}

std::string json(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

}  // namespace

TEST_CASE("JSON shows what is a float and escapes what it must", "[json]") {
  CHECK(json(1.0) == "1.0");
  CHECK(json(std::int64_t{1}) == "1");
  CHECK(json(0.1) == "0.1");
  CHECK(json(1e300) == "1e+300");
  CHECK(json(-0.0) == "-0.0");
  CHECK(json("a\"b\\c\nd\x01\te") == R"("a\"b\\c\nd\u0001\te")");
  CHECK(json("Hà Nội") == "\"Hà Nội\"");
  CHECK(json(List{Value(), true, Map{{"a", List{}}}}) == R"([null,true,{"a":[]}])");
}

TEST_CASE("what was loaded is exported, and loading that gives the same bytes", "[jsonl]") {
  TemporaryStore temporary;
  const auto report = load(temporary.store, kLines);
  CHECK(report.nodes == 3);
  CHECK(report.edges == 1);
  CHECK(report.evidence == 2);
  CHECK(report.documents == 1);
  const Snapshot snapshot(temporary.store);
  CHECK(check(snapshot).empty());
  const std::string bytes = exported(snapshot);
  CHECK(says(
      bytes,
      R"({"node":"n12","labels":["Agency","Unit"],"properties":{"aliases":["Sở Y tế"],"big":1e+300,"m":{"a":{},"b":[null,true]},"n":1,"name":"Sở Y tế Hà Nội","x":1.0},"evidence":[{"document":"n3","start":0,"end":11,"quote":"Sở Y tế","rule":"agency","grade":"normalised","source":"import","confidence":0.9}]})"));
  CHECK(says(bytes, R"("quote":"khác"}]})"));
  CHECK(says(bytes, R"("text":"Sở Y tế \"Hà Nội\"\nký","sha256":"00ff"})"));
  TemporaryStore again;
  load(again.store, bytes);
  CHECK(exported(Snapshot(again.store)) == bytes);
  CHECK(Snapshot(again.store).evidence(NodeId{12}) == snapshot.evidence(NodeId{12}));
  load(again.store, bytes);
  CHECK(exported(Snapshot(again.store)) == bytes);
}

TEST_CASE("the order of the lines does not matter", "[jsonl]") {
  std::vector<std::string> lines;
  std::istringstream in(kLines);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  TemporaryStore straight;
  load(straight.store, kLines);
  std::string reversed;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) reversed += *line + "\n";
  TemporaryStore other;
  load(other.store, reversed);
  CHECK(exported(Snapshot(other.store)) == exported(Snapshot(straight.store)));
  CHECK(check(Snapshot(other.store)).empty());
}

TEST_CASE("an empty file is an empty graph, and white space is nothing", "[jsonl]") {
  TemporaryStore temporary;
  CHECK(load(temporary.store, "").nodes == 0);
  CHECK(load(temporary.store, "\n  \n\r\n").nodes == 0);
  CHECK(exported(Snapshot(temporary.store)).empty());
}

TEST_CASE("a byte order mark and Windows line breaks are no part of the lines", "[jsonl]") {
  TemporaryStore temporary;
  CHECK(load(temporary.store, "\xEF\xBB\xBF{\"node\":\"n1\"}\r\n{\"node\":\"n2\"}").nodes == 2);
}

TEST_CASE("ids of our form are kept and all others get free ones", "[jsonl]") {
  TemporaryStore temporary;
  load(temporary.store,
       R"({"node":"alice","properties":{"name":"Alice"}}
{"node":"n1","properties":{"name":"Kept"}}
{"node":"n01","properties":{"name":"Not ours"}}
{"edge":"knows","type":"KNOWS","from":"alice","to":"n1"}
{"edge":"r1","type":"KNOWS","from":"n01","to":"alice"}
)");
  const Snapshot snapshot(temporary.store);
  CHECK(snapshot.named("Kept") == std::vector<NodeId>{NodeId{1}});
  CHECK(snapshot.named("Alice") == std::vector<NodeId>{NodeId{2}});
  CHECK(snapshot.named("Not ours") == std::vector<NodeId>{NodeId{3}});
  CHECK(snapshot.edge_count() == 2);
  CHECK(snapshot.ends(EdgeId{2})->from == NodeId{2});
  CHECK(snapshot.ends(EdgeId{1})->to == NodeId{2});
  CHECK(check(snapshot).empty());
}

TEST_CASE("names in a file never take the ids of what is in the store", "[jsonl]") {
  TemporaryStore temporary;
  load(temporary.store, R"({"node":"n1","properties":{"name":"Kept"}})");
  load(temporary.store, R"({"node":"bob","properties":{"name":"Bob"}})");
  const Snapshot snapshot(temporary.store);
  CHECK(snapshot.named("Kept") == std::vector<NodeId>{NodeId{1}});
  CHECK(snapshot.named("Bob") == std::vector<NodeId>{NodeId{2}});
}

TEST_CASE("a faulty line is named with what was expected, and nothing lands", "[jsonl]") {
  const std::string good = "{\"node\":\"n1\"}\n";
  const std::pair<const char*, const char*> faults[] = {
      {"{\"node\":", "expected a JSON object"},
      {"[]", "expected a JSON object"},
      {"{\"nodes\":1}", "expected a \"node\" or an \"edge\""},
      {"{\"node\":5}", "the node's id as a text"},
      {"{\"node\":\"\"}", "not an empty text"},
      {"{\"node\":\"n2\",\"labels\":\"A\"}", "\"labels\" as a list"},
      {"{\"node\":\"n2\",\"labels\":[1]}", "a label as a text"},
      {"{\"node\":\"n2\",\"labels\":[\"\"]}", "a label is empty"},
      {"{\"node\":\"n2\",\"properties\":[]}", "\"properties\" as an object"},
      {"{\"node\":\"n2\",\"propertys\":{}}", "no \"propertys\" here"},
      {"{\"node\":\"n2\",\"evidence\":{}}", "\"evidence\" as a list"},
      {"{\"node\":\"n2\",\"evidence\":[{\"document\":\"n1\",\"start\":-1}]}",
       "\"start\" as a byte"},
      {"{\"node\":\"n2\",\"evidence\":[{\"document\":\"n9\",\"quote\":\"a\"}]}", "a node \"n9\""},
      {"{\"node\":\"n2\",\"evidence\":[{\"document\":\"x\",\"quote\":\"a\"}]}", "a node \"x\""},
      {"{\"node\":\"n2\",\"evidence\":[{\"start\":5,\"end\":2}]}", "ends before it begins"},
      {"{\"node\":\"n2\",\"evidence\":[{\"document\":\"n1\",\"end\":1,\"quote\":\"a\",\"source\":"
       "\"import\"}]}",
       "is not the text of n1"},
      {"{\"node\":\"n2\",\"evidence\":[{\"grade\":\"best\"}]}", "\"grade\" as exact"},
      {"{\"edge\":\"r1\",\"from\":\"n1\",\"to\":\"n1\"}", "a \"type\""},
      {"{\"edge\":\"r1\",\"type\":\"A\",\"from\":\"n1\"}", "\"from\" and \"to\""},
      {"{\"edge\":\"r1\",\"type\":\"A\",\"from\":\"n1\",\"to\":\"n7\"}", "a node \"n7\""},
      {"{\"edge\":\"r1\",\"type\":\"A\",\"from\":\"n1\",\"to\":\"who\"}", "a node \"who\""},
      {"{\"node\":\"n2\",\"properties\":{\"a\":\"\xFF\"}}", "expected a JSON object"},
  };
  for (const auto& [line, part] : faults) {
    const std::string message = message_of(good + line + "\n{\"node\":\"n5\"}\n");
    CAPTURE(line, message);
    CHECK(says(message, "line 2:"));
    CHECK(says(message, part));
  }
}

TEST_CASE("a cancelled load leaves nothing and says so", "[jsonl]") {
  TemporaryStore temporary;
  std::string lines;
  for (int i = 1; i < 40000; ++i)
    lines += "{\"node\":\"n" + std::to_string(i) + "\",\"labels\":[\"A\"],\"properties\":{}}\n";
  std::atomic<bool> cancelled = false;
  std::istringstream in(lines);
  std::uint64_t told = 0;
  const auto report = load_jsonl(temporary.store, in,
                                 {[&](const LoadProgress& progress) {
                                    told = progress.lines;
                                    cancelled = true;
                                  },
                                  &cancelled});
  CHECK(report.cancelled);
  CHECK(told > 0);
  CHECK(Snapshot(temporary.store).node_count() == 0);
}

TEST_CASE("a stream that takes no more is an error", "[jsonl]") {
  TemporaryStore temporary;
  load(temporary.store, kLines);
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  CHECK(kind_thrown([&] { export_jsonl(Snapshot(temporary.store), out); }) == StoreError::Kind::Io);
}

TEST_CASE("the check finds what is missing, left over or changed in any table", "[check]") {
  using store::Table;
  const auto table =
      GENERATE(Table::LabelNodes, Table::Names, Table::Times, Table::Adjacency, Table::Counts,
               Table::Nodes, Table::Edges, Table::StringByText, Table::Documents, Table::Blocks);
  TemporaryStore temporary;
  load(temporary.store, kLines);
  {
    Writer writer(temporary.store);
    writer.put_reading(NodeId{3}, "x", {"a"});
    writer.commit();
  }
  REQUIRE(check(Snapshot(temporary.store)).empty());
  auto& environment = temporary.store.environment();
  {
    store::Transaction transaction(environment.handle, 0, "cannot write");
    MDB_cursor* cursor = nullptr;
    const auto handle = environment.handles[store::index(table)];
    REQUIRE(mdb_cursor_open(transaction.get(), handle, &cursor) == 0);
    MDB_val key{};
    MDB_val value{};
    REQUIRE(mdb_cursor_get(cursor, &key, &value, MDB_FIRST) == 0);
    REQUIRE(mdb_cursor_del(cursor, 0) == 0);
    transaction.commit();
  }
  CAPTURE(store::layout(table).name);
  CHECK_FALSE(check(Snapshot(temporary.store)).empty());
}
