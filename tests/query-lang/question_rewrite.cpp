#include <string>

#include "engine/text/fold.hpp"
#include "query-lang/parser/parse.hpp"
#include "query-lang/question/question.hpp"
#include "tests/query-lang/question_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

const Snapshot& graph() {
  static const QuestionGraph graph;
  return graph.snapshot();
}

std::string pattern(std::string_view question) {
  return rewrite_question(graph(), question).pattern;
}

Diagnostic fault(std::string_view question) {
  try {
    rewrite_question(graph(), question);
  } catch (const QueryError& error) {
    return error.diagnostic();
  }
  FAIL("understood: " << question);
  return {};
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// One form in English, in Vietnamese, and in Vietnamese without tone marks.
struct Form {
  const char* english;
  const char* vietnamese;
  const char* bare;
  const char* part;  // of the pattern that all three mean
};

}  // namespace

TEST_CASE("a form means one pattern in English, in Vietnamese and without tone marks",
          "[question]") {
  const auto form = GENERATE(values<Form>({
      // who cooperates
      {"units cooperating with Bắc Kinh in 2024", "đơn vị nào hợp tác với Bắc Kinh năm 2024?",
       "don vi nao hop tac voi bac kinh nam 2024",
       "(unit:Agency OR unit:District) AND NOT of(unit, a) AND "
       "cooperation.when <> 'XXXX' AND overlaps(cooperation.when, '2024')"},
      {"which cities cooperated with Hà Nội", "thành phố nào phối hợp với Hà Nội",
       "thanh pho nao phoi hop voi ha noi", "NOT (city:Country OR city:District)"},
      {"provinces cooperating with Hà Nội", "các tỉnh hợp tác với Hà Nội",
       "cac tinh hop tac voi ha noi", "city:Province"},
      {"countries cooperating with Hà Nội", "nước nào hợp tác với Hà Nội",
       "nuoc nao hop tac voi ha noi", "city:Country"},
      {"hospitals cooperating with Bắc Kinh", "bệnh viện nào hợp tác với Bắc Kinh",
       "benh vien nao hop tac voi bac kinh", "unit:Agency AND unit.kind = 'health'"},
      {"units of Hà Nội cooperating with Bắc Kinh", "đơn vị của Hà Nội hợp tác với Bắc Kinh",
       "don vi cua ha noi hop tac voi bac kinh", "of(unit, a) AND NOT of(unit, b)"},
      {"units cooperating with Bắc Kinh about health",
       "đơn vị hợp tác với Bắc Kinh trong lĩnh vực y tế",
       "don vi hop tac voi bac kinh trong linh vuc y te",
       "cooperation.via = 'n' + toString(id(fact))"},
      // agreements
      {"agreements between Hà Nội and Bắc Kinh since 1994",
       "thỏa thuận giữa Hà Nội và Bắc Kinh từ 1994", "thoa thuan giua ha noi va bac kinh tu 1994",
       "agreement.when <> 'XXXX' AND overlaps(agreement.when, '1994/..')"},
      {"memoranda signed in September 2023", "bản ghi nhớ được ký trong tháng 9/2023",
       "ban ghi nho duoc ky trong thang 9/2023",
       "agreement.kind = 'memorandum' AND agreement.status = 'signed' AND "
       "agreement.when <> 'XXXX' AND overlaps(agreement.when, '2023-09')"},
      {"agreements about logistics", "thỏa thuận về logistics", "thoa thuan ve logistics",
       "topic.name = 'logistics'"},
      {"agreements not yet signed", "thỏa thuận chưa ký", "thoa thuan chua ky", "agreement.status"},
      {"which agreements did Hà Nội sign with Bắc Kinh",
       "Hà Nội đã ký những thỏa thuận nào với Bắc Kinh",
       "ha noi da ky nhung thoa thuan nao voi bac kinh", "agreement.status = 'signed'"},
      // events
      {"visits from Bắc Kinh to Hà Nội in 2024", "chuyến thăm của Bắc Kinh tới Hà Nội năm 2024",
       "chuyen tham cua bac kinh toi ha noi nam 2024", "part.role IN ['guest', 'leader']"},
      {"visits planned in 2025", "chuyến thăm dự kiến trong năm 2025",
       "chuyen tham du kien trong nam 2025", "event.kind = 'visit' AND event.status = 'planned'"},
      {"visits cancelled in 2024", "chuyến thăm bị hủy năm 2024", "chuyen tham bi huy nam 2024",
       "event.status = 'cancelled'"},
      {"events in Nam Ninh in 2024", "sự kiện tại Nam Ninh năm 2024",
       "su kien tai nam ninh nam 2024", "(event:Event)-[:HELD_IN]->()-[:PART_OF*0..]->(a)"},
      {"courses in Bắc Kinh", "lớp bồi dưỡng tại Bắc Kinh", "lop boi duong tai bac kinh",
       "event.kind = 'training'"},
      {"events about health in 2024", "sự kiện về y tế năm 2024", "su kien ve y te nam 2024",
       "topic.name = 'health'"},
      {"events organised by Sở Ngoại vụ Hà Nội", "sự kiện do Sở Ngoại vụ Hà Nội tổ chức",
       "su kien do so ngoai vu ha noi to chuc", "part.role IN ['organiser', 'host']"},
      {"visits led by Nguyễn Văn Phong", "chuyến thăm do Nguyễn Văn Phong dẫn đầu",
       "chuyen tham do nguyen van phong dan dau", "part.role = 'leader'"},
      {"meetings with Lưu Vĩ", "cuộc gặp với Lưu Vĩ", "cuoc gap voi luu vi",
       "(a)-[part:TOOK_PART]->(event:Event)"},
      {"visits and meetings of Hà Nội", "chuyến thăm và cuộc gặp của Hà Nội",
       "chuyen tham va cuoc gap cua ha noi", "event.kind IN ['visit', 'meeting']"},
      {"the latest visit to Hà Nội", "chuyến thăm mới nhất tới Hà Nội",
       "chuyen tham moi nhat toi ha noi", "LIMIT 1"},
      {"first 10 events in Hà Nội", "10 sự kiện đầu tiên tại Hà Nội",
       "10 su kien dau tien tai ha noi",
       "ORDER BY start(event.when), event.name COLLATE vi\nLIMIT 10"},
      {"events in Hà Nội order by name", "sự kiện tại Hà Nội xếp theo tên",
       "su kien tai ha noi xep theo ten", "ORDER BY event.name COLLATE vi, start(event.when)"},
      // people
      {"who met Lưu Vĩ in 2024", "ai gặp Lưu Vĩ năm 2024", "ai gap luu vi nam 2024",
       "event.kind IN ['meeting', 'visit'] AND event.status = 'held'"},
      {"who visited Hà Nội", "ai đến thăm Hà Nội", "ai den tham ha noi",
       "(type(part) = 'HELD_IN' OR part.role = 'host')"},
      {"which cities did Hà Nội visit", "Hà Nội thăm thành phố nào", "ha noi tham thanh pho nao",
       "WHERE (type(part2) = 'HELD_IN' OR part2.role = 'host') AND NOT (city:Country"},
      {"who led visits from Hà Nội to Bắc Kinh", "ai dẫn đầu chuyến thăm của Hà Nội tới Bắc Kinh",
       "ai dan dau chuyen tham cua ha noi toi bac kinh", "part3.role = 'leader'"},
      {"signatories of agreements of Hà Nội", "người ký thỏa thuận của Hà Nội",
       "nguoi ky thoa thuan cua ha noi", "part2.role = 'signatory'"},
      {"which cities established relations with Hà Nội",
       "thành phố nào thiết lập quan hệ với Hà Nội", "thanh pho nao thiet lap quan he voi ha noi",
       "fact.kind IN ['establishment', 'twinning']"},
      {"leaders of Hà Nội", "lãnh đạo của Hà Nội", "lanh dao cua ha noi",
       "(a)<-[:BELONGS_TO|PART_OF*0..]-(body)<-[post:HOLDS]-(person:Person)"},
      // posts
      {"who is the Bí thư of Thành ủy Hà Nội", "ai giữ chức Bí thư Thành ủy Hà Nội",
       "ai giu chuc bi thu thanh uy ha noi", "key(post.title) = 'bi thu'"},
      {"posts of Lưu Vĩ", "chức vụ của Lưu Vĩ", "chuc vu cua luu vi",
       "MATCH (a)-[post:HOLDS]->(body)"},
      // fields, time, paths
      {"fields of cooperation between Hà Nội and Bắc Kinh",
       "lĩnh vực hợp tác giữa Hà Nội và Bắc Kinh", "linh vuc hop tac giua ha noi va bac kinh",
       "MATCH (fact)-[:ABOUT]->(field:Field)"},
      {"timeline of cooperation between Hà Nội and Bắc Kinh",
       "quá trình hợp tác giữa Hà Nội và Bắc Kinh", "qua trinh hop tac giua ha noi va bac kinh",
       "ORDER BY start(fact.when), fact.name COLLATE vi"},
      {"when did Hà Nội and Bắc Kinh establish relations",
       "Hà Nội và Bắc Kinh thiết lập quan hệ khi nào?",
       "ha noi va bac kinh thiet lap quan he khi nao",
       "fact.kind IN ['establishment', 'twinning']"},
      {"path between Hà Nội and Bắc Kinh", "mối liên hệ giữa Hà Nội và Bắc Kinh",
       "moi lien he giua ha noi va bac kinh", "MATCH path = shortestPath((a)-["},
      // counts
      {"how many visits to Hà Nội in 2024", "có bao nhiêu chuyến thăm tới Hà Nội năm 2024",
       "co bao nhieu chuyen tham toi ha noi nam 2024", "RETURN count(DISTINCT event) AS count"},
      {"count of events in Hà Nội by year", "số sự kiện tại Hà Nội theo năm",
       "so su kien tai ha noi theo nam", "RETURN year, count(DISTINCT event) AS count"},
      {"number of agreements by field", "số thỏa thuận theo lĩnh vực",
       "so thoa thuan theo linh vuc", "RETURN field, count(DISTINCT agreement) AS count"},
      {"number of events by kind", "số sự kiện theo loại", "so su kien theo loai",
       "event.kind AS kind"},
      {"number of events by city", "số sự kiện theo thành phố", "so su kien theo thanh pho",
       "MATCH (event)-[:HELD_IN]->(city:City)"},
      // sources
      {"documents about Lưu Vĩ", "tài liệu về Lưu Vĩ", "tai lieu ve luu vi",
       "MATCH (a)-[mention:MENTIONED_IN]->(document:Document)"},
      {"evidence for agreements between Hà Nội and Bắc Kinh",
       "bằng chứng về thỏa thuận giữa Hà Nội và Bắc Kinh",
       "bang chung ve thoa thuan giua ha noi va bac kinh", "UNWIND evidence(agreement) AS piece"},
  }));
  CAPTURE(form.english, form.vietnamese, form.bare);
  const auto english = pattern(form.english);
  // Names stand in the patterns as they were typed.
  CHECK(match_key(english) == match_key(pattern(form.vietnamese)));
  CHECK(match_key(english) == match_key(pattern(form.bare)));
  CAPTURE(english);
  CHECK(holds(english, form.part));
  CHECK_NOTHROW(parse(english));
}

TEST_CASE("units cooperating with a city are those that share a cooperation with it or its bodies",
          "[question]") {
  CHECK(pattern("units cooperating with \"Bắc Kinh\" in 2024") ==
        "MATCH (a:City)\n"
        "WHERE named(a, 'Bắc Kinh')\n"
        "MATCH (a)<-[:BELONGS_TO|PART_OF*0..]-(partner)-[cooperation:COOPERATED_WITH]-(unit)\n"
        "WHERE (unit:Agency OR unit:District) AND NOT of(unit, a) AND "
        "cooperation.when <> 'XXXX' AND overlaps(cooperation.when, '2024')\n"
        "UNWIND evidence(cooperation) + [null] AS piece\n"
        "WITH unit, collect(DISTINCT partner.name) AS partners, collect(DISTINCT cooperation) AS "
        "facts, collect(DISTINCT piece) AS evidence\n"
        "RETURN unit, partners, [one IN facts | one.when] AS dates, any(one IN facts WHERE "
        "coalesce(within(one.when, '2024'), false)) AS certain, evidence\n"
        "ORDER BY certain DESC, unit.name COLLATE vi");
}

TEST_CASE("an agreement between two has a party of each, and none that was denied", "[question]") {
  CHECK(pattern("thỏa thuận giữa Hà Nội và Bắc Kinh") ==
        "MATCH (a:City)\n"
        "WHERE named(a, 'Hà Nội')\n"
        "MATCH (b:City)\n"
        "WHERE named(b, 'Bắc Kinh')\n"
        "MATCH (a)<-[:HOLDS|BELONGS_TO|PART_OF*0..]-()-[part:PARTY_TO]->(agreement:Agreement)\n"
        "WHERE coalesce(part.role, '') <> 'witness' AND EXISTS { MATCH "
        "(agreement)<-[part2:PARTY_TO]-()-[:HOLDS|BELONGS_TO|PART_OF*0..]->(b) WHERE "
        "coalesce(part2.role, '') <> 'witness' } AND NOT coalesce(agreement.status, '') = "
        "'denied'\n"
        "WITH DISTINCT agreement\n"
        "RETURN agreement, [(agreement)<-[:PARTY_TO]-(who) | who.name] AS parties, agreement.kind "
        "AS kind, agreement.when AS date, agreement.status AS status, evidence(agreement) AS "
        "evidence\n"
        "ORDER BY start(agreement.when), agreement.name COLLATE vi");
}

TEST_CASE("a post is asked for with its own title at the body that is named", "[question]") {
  CHECK(pattern("Chủ tịch UBND Thành phố Hà Nội là ai?") ==
        "MATCH (a:Agency)\n"
        "WHERE named(a, 'UBND Thành phố Hà Nội')\n"
        "MATCH (person:Person)-[post:HOLDS]->(a)\n"
        "WHERE key(post.title) = 'chu tich' AND NOT coalesce(post.when, '') STARTS WITH '../'\n"
        "RETURN person, post.title AS title, a AS body, post.when AS date, evidence(post) AS "
        "evidence\n"
        "ORDER BY start(post.when), person.name COLLATE vi");
  // Nobody is plain Phó Bí thư there: the title that goes on is meant.
  CHECK(holds(pattern("Phó Bí thư Thành ủy Hà Nội là ai"), "STARTS WITH 'pho bi thu '"));
  CHECK(holds(pattern("who is the mayor of Viêng Chăn"), "'do truong'"));
  CHECK(holds(pattern("Bí thư Hà Nội là ai"), "->(body)-[:BELONGS_TO|PART_OF*0..]->(a)"));
  CHECK(holds(pattern("who was Chủ tịch UBND Hà Nội in 2019"),
              "coalesce(overlaps(post.when, '2019'), true)"));
  CHECK(holds(pattern("ai là Lưu Vĩ"), "RETURN a AS person, post.title AS title, body"));
}

TEST_CASE("a name that several things bear is asked for as all of them, and said", "[question]") {
  const auto both = rewrite_question(graph(), "sự kiện tại Lào Cai");
  CHECK(holds(both.pattern, "MATCH (a:City)\nWHERE named(a, 'Lào Cai')\n"));
  REQUIRE(both.remarks.size() == 1);
  CHECK(holds(both.remarks.front(), "2 things bear the name “Lào Cai”"));
}

TEST_CASE("a generic word before a name says which of its bearers is meant", "[question]") {
  const auto province = rewrite_question(graph(), "sự kiện tại tỉnh Lào Cai");
  CHECK(holds(province.pattern, "MATCH (a:Province)\n"));
  CHECK(province.remarks.empty());
  CHECK(holds(pattern("sự kiện tại thành phố Lào Cai"),
              "NOT (a:Province OR a:District OR a:Country)"));
}

TEST_CASE("a name that is not in the graph is an error with the nearest names", "[question]") {
  const auto unknown = fault("units cooperating with \"Bắc Kính\" in 2024");
  CHECK(unknown.kind == "EntityNotFound");
  CHECK(unknown.code == "UnknownName");
  CHECK(unknown.span == Span{23, 36});
  REQUIRE_FALSE(unknown.nearest.empty());
  CHECK(unknown.nearest.front() == "Bắc Kinh");
  CHECK(fault("ai là Giám đốc Sở Y tế Foo").code == "UnknownName");
}

TEST_CASE("words that are no field are searched for in the evidence, and that is said",
          "[question]") {
  const auto searched = rewrite_question(graph(), "sự kiện về di sản cung điện");
  CHECK(holds(searched.pattern, "search(event, 'di sản cung điện')"));
  REQUIRE(searched.remarks.size() == 1);
  CHECK(holds(searched.remarks.front(), "is no field of cooperation"));
}

TEST_CASE("quotes and backslashes in a question stay inside their literal", "[question]") {
  const auto escaped = pattern("events about \"l'eau \\ d'ici\"");
  CHECK(holds(escaped, "search(event, 'l\\'eau \\\\ d\\'ici')"));
  CHECK_NOTHROW(parse(escaped));
}

TEST_CASE("a question that asks for nothing says what can be asked for", "[question]") {
  CHECK(fault("in 2024").code == "NothingAskedFor");
  CHECK(fault("path between Hà Nội and Bắc Kinh and").kind == "SyntaxError");
  CHECK(fault("path of Hà Nội").code == "TwoNamesNeeded");
}

TEST_CASE("a statement is a question unless it begins as a pattern does", "[question]") {
  CHECK(is_question("units cooperating with \"Bắc Kinh\""));
  CHECK(is_question("Matching cities"));
  CHECK(is_question("đơn vị nào"));
  CHECK_FALSE(is_question("match (n) return n"));
  CHECK_FALSE(is_question("  // all\n/* of it */ OPTIONAL MATCH (n) RETURN n"));
  CHECK_FALSE(is_question("RETURN 1"));
  CHECK_FALSE(is_question("UNWIND [1] AS x RETURN x"));
}

}  // namespace ketnghia::query
