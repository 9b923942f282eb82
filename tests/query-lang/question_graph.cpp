#include "tests/query-lang/question_graph.hpp"

#include <string>
#include <utility>
#include <vector>

#include "engine/store/writer.hpp"

namespace ketnghia::query {
namespace {

NodeId add(Writer& writer, std::vector<std::string> labels, const std::string& name) {
  NodeDraft draft;
  draft.labels = std::move(labels);
  draft.properties = {{"name", Value(name)}};
  return writer.put(draft);
}

}  // namespace

QuestionGraph::QuestionGraph() {
  Writer writer(store_.store);
  const auto edge = [&](NodeId from, const char* type, NodeId to, const char* title = nullptr) {
    EdgeDraft draft;
    draft.type = type;
    draft.from = from;
    draft.to = to;
    if (title != nullptr) draft.properties = {{"title", Value(title)}};
    writer.put(draft);
  };
  const auto ha_noi = add(writer, {"City", "Municipality"}, "Hà Nội");
  const auto bac_kinh = add(writer, {"City", "Municipality"}, "Bắc Kinh");
  const auto vieng_chan = add(writer, {"City"}, "Viêng Chăn");
  const auto thanh_xuan = add(writer, {"City", "District"}, "Thanh Xuân");
  add(writer, {"City"}, "Nam Ninh");
  add(writer, {"City", "Country"}, "Ai Cập");
  add(writer, {"City"}, "Lào Cai");
  add(writer, {"City", "Province"}, "Lào Cai");
  edge(thanh_xuan, "PART_OF", ha_noi);
  const auto body = [&](const char* name, NodeId city) {
    const auto id = add(writer, {"Agency"}, name);
    edge(id, "BELONGS_TO", city);
    return id;
  };
  const auto city_committee = body("Thành ủy Hà Nội", ha_noi);
  const auto people_committee = body("Ủy ban nhân dân Hà Nội", ha_noi);
  body("Sở Ngoại vụ Hà Nội", ha_noi);
  body("Sở Văn hóa và Thể thao Hà Nội", ha_noi);
  const auto school = body("Trường Đảng Thành ủy Bắc Kinh", bac_kinh);
  const auto beijing_committee = body("Thành ủy Bắc Kinh", bac_kinh);
  const auto holds = [&](const char* name, const char* title, NodeId of) {
    const auto person = add(writer, {"Person"}, name);
    edge(person, "HOLDS", of, title);
    return person;
  };
  holds("Đinh Tiến Dũng", "Bí thư", city_committee);
  holds("Nguyễn Văn Phong", "Phó Bí thư Thường trực", city_committee);
  holds("Trần Sỹ Thanh", "Chủ tịch", people_committee);
  holds("Khamphay Sisavath", "Đô trưởng", vieng_chan);
  const auto rector = holds("Lưu Vĩ", "Hiệu trưởng", school);
  edge(rector, "HOLDS", beijing_committee, "Phó Bí thư");
  add(writer, {"Field"}, "health");
  writer.commit();
  snapshot_ = std::make_unique<Snapshot>(store_.store);
}

}  // namespace ketnghia::query
