#include "tests/query-lang/pattern_graph.hpp"

#include <stdlib.h>

#include <sstream>

#include "engine/export/jsonl.hpp"
#include "query-lang/executor/json.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {

PatternGraph::PatternGraph(std::string_view jsonl) {
  std::string name = (std::filesystem::temp_directory_path() / "ketnghia-query-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  store_ = std::make_unique<Store>(folder_ / "graph", Store::Mode::Write);
  std::istringstream in{std::string(jsonl)};
  load_jsonl(*store_, in);
  snapshot_ = std::make_unique<Snapshot>(*store_);
}

PatternGraph::~PatternGraph() {
  snapshot_.reset();
  store_.reset();
  std::filesystem::remove_all(folder_);
}

std::string PatternGraph::ask(std::string_view statement, const Options& options) const {
  try {
    std::string text;
    for (const auto& row : run(*snapshot_, statement, options).rows) {
      std::string_view between;
      for (const auto& value : row) {
        text += between;
        text += to_json(value, *snapshot_);
        between = " ";
      }
      text += "\n";
    }
    if (!text.empty()) text.pop_back();
    return text;
  } catch (const QueryError& error) {
    const auto& diagnostic = error.diagnostic();
    return diagnostic.kind + " " + diagnostic.code + " at \"" +
           std::string(diagnostic.span.of(statement)) + "\"";
  }
}

std::string PatternGraph::plan(std::string_view statement) const {
  const std::string text = explain(*snapshot_, statement);
  return text.substr(text.find("\n\n") + 2);
}

const PatternGraph& empty_graph() {
  static const PatternGraph kGraph{""};
  return kGraph;
}

void check(const std::vector<std::pair<std::string, std::string>>& table) {
  for (const auto& [expression, value] : table) {
    INFO(expression);
    CHECK(empty_graph().ask("RETURN " + expression) == value);
  }
}

const PatternGraph& meeting_graph() {
  static const PatternGraph kGraph{
      R"({"node":"n1","labels":["City"],"properties":{"name":"Hà Nội","aliases":["Hanoi"]}}
{"node":"n2","labels":["City"],"properties":{"name":"Bắc Kinh","aliases":["Beijing"]}}
{"node":"n3","labels":["Document"],"properties":{"name":"a.txt","title":"Tin","published":"2024-05-17"},"text":"Hà Nội gặp Bắc Kinh","sha256":"00"}
{"node":"n4","labels":["Agency"],"properties":{"name":"Sở Ngoại vụ Hà Nội"}}
{"node":"n5","labels":["Event"],"properties":{"name":"cuộc gặp","when":"2024-05-16"},"evidence":[{"document":"n3","start":0,"end":23,"quote":"Hà Nội gặp Bắc Kinh"}]}
{"node":"n6","labels":["City","District"],"properties":{"name":"Thanh Xuân"}}
{"edge":"r1","type":"BELONGS_TO","from":"n4","to":"n1","properties":{}}
{"edge":"r2","type":"TOOK_PART","from":"n4","to":"n5","properties":{"role":"host"},"evidence":[{"document":"n3","start":0,"end":13,"quote":"Hà Nội gặp"}]}
{"edge":"r3","type":"TOOK_PART","from":"n2","to":"n5","properties":{"role":"guest"}}
{"edge":"r4","type":"COOPERATED_WITH","from":"n4","to":"n2","properties":{"when":"2024-05-16","via":"n5"}}
{"edge":"r5","type":"PART_OF","from":"n6","to":"n1","properties":{}}
)"};
  return kGraph;
}

}  // namespace ketnghia::query::test
