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

// As people who write reports type them.
TEST_CASE("a polite, shortened, reordered question is understood at once", "[question]") {
  const auto [question, part] = GENERATE(table<const char*, const char*>({
      {"Cho tôi biết các đơn vị của Hà Nội đã hợp tác với Bắc Kinh trong năm 2024",
       "of(unit, a) AND NOT of(unit, b)"},
      {"Xin cho biết đơn vị nào đã hợp tác với TP Bắc Kinh trong năm 2024?",
       "overlaps(cooperation.when, '2024')"},
      {"vui lòng liệt kê các thỏa thuận Hà Nội đã ký với Bắc Kinh từ năm 1994 đến nay",
       "overlaps(agreement.when, '1994/..')"},
      {"thống kê số chuyến thăm của Bắc Kinh tới Hà Nội theo năm", "year(event.when) AS year"},
      {"thống kê các đoàn ra của Hà Nội năm 2024", "event.kind = 'visit'"},
      {"thong ke so thoa thuan cua ha noi theo nam", "year(agreement.when) AS year"},
      {"trong giai đoạn 2022-2024 Hà Nội ký bao nhiêu thỏa thuận với Bắc Kinh?",
       "overlaps(agreement.when, '2022/2024')"},
      {"từ đầu năm 2024 đến nay có những đoàn nào của Bắc Kinh thăm Hà Nội",
       "overlaps(event.when, '2024/..')"},
      {"chuyến thăm gần đây nhất của Bắc Kinh đến Hà Nội là khi nào",
       "start(event.when) DESC, event.name COLLATE vi\nLIMIT 1"},
      {"lần đầu Hà Nội ký thỏa thuận với Bắc Kinh là khi nào",
       "ORDER BY start(agreement.when), agreement.name COLLATE vi\nLIMIT 1"},
      {"đơn vị nào của Hà Nội hợp tác với Bắc Kinh nhiều nhất",
       "ORDER BY size(facts) DESC, unit.name COLLATE vi\nLIMIT 1"},
      {"thành phố nào hợp tác với Hà Nội nhiều nhất?",
       "ORDER BY size(facts) DESC, city.name COLLATE vi\nLIMIT 1"},
      {"năm nào Hà Nội gặp Bắc Kinh nhiều nhất", "ORDER BY count DESC, year\nLIMIT 1"},
      {"ai dẫn đầu đoàn Hà Nội thăm Bắc Kinh năm 2024",
       "(person:Person)\nWHERE part3.role = 'leader'"},
      {"hội nghị về y tế được tổ chức ở đâu", "event.kind = 'conference'"},
      {"Hà Nội gặp Bắc Kinh bao nhiêu lần trong năm 2024", "RETURN count(DISTINCT event) AS count"},
      {"đã có bao nhiêu lần Bắc Kinh thăm Hà Nội", "RETURN count(DISTINCT event) AS count"},
      {"đoàn Bắc Kinh đến Hà Nội bao nhiêu lần", "part.role IN ['guest', 'leader'] AND EXISTS"},
      {"Hà Nội cử bao nhiêu đoàn sang Bắc Kinh năm 2024", "event.kind = 'visit'"},
      {"thỏa thuận nào còn hiệu lực năm 2025",
       "overlaps(coalesce(agreement.period, start(agreement.when) + '/..'), '2025')"},
      {"thỏa thuận của Hà Nội còn hiệu lực đến năm 2026",
       "start(agreement.when) + '/..'), '2026')"},
      {"agreements still in force in 2025", "agreement.period IS NOT NULL AS certain"},
      {"so sánh hợp tác giữa Hà Nội và Bắc Kinh năm 2023 và 2024",
       "(overlaps(fact.when, '2023') OR overlaps(fact.when, '2024'))"},
      {"số hoạt động của Hà Nội năm 2023 so với năm 2024", "year(event.when) AS year"},
      {"compare 2023 and 2024 cooperation between Hà Nội and Bắc Kinh", "year(fact.when) AS year"},
      {"diễn biến quan hệ Hà Nội - Bắc Kinh", "RETURN fact, "},
      {"UBND TP HN hợp tác với ai", "named(a, 'UBND TP HN')"},
      {"thỏa thuận giữa HN và Bắc Kinh", "named(a, 'thành phố HN')"},
      {"UBND TP Hà Nội đã ký kết với những đối tác nào", "(city:City)"},
      {"đối tác của Hà Nội", "COOPERATED_WITH"},
      {"most active partner cities of Hà Nội", "ORDER BY size(facts) DESC"},
      {"Ông Lưu Vĩ là ai?", "(a)-[post:HOLDS]->(body)"},
      {"Lưu Vĩ giữ chức vụ gì", "(a)-[post:HOLDS]->(body)"},
      {"bí thư thành ủy hà nội năm 2024 là ai",
       "key(post.title) = 'bi thu' AND coalesce(overlaps(post.when, '2024'), true)"},
      {"đồng chí Nguyễn Văn Phong đã gặp những ai", "person <> a"},
      {"ông Nguyễn Văn Phong dẫn đầu những đoàn nào", "part.role = 'leader'"},
      {"who led the Hà Nội delegation to Bắc Kinh in 2024", "part3.role = 'leader'"},
      {"có bằng chứng nào về việc Hà Nội hợp tác với Bắc Kinh không",
       "RETURN piece.quote AS quote"},
      {"tài liệu nào nhắc đến Lưu Vĩ", "(a)-[mention:MENTIONED_IN]->(document:Document)"},
      {"bao nhiêu đơn vị của Hà Nội hợp tác với Bắc Kinh", "RETURN count(DISTINCT unit) AS count"},
      {"Hà Nội có quan hệ hữu nghị với những thành phố nào", "NOT of(city, a)"},
      {"các thành phố kết nghĩa của Hà Nội", "NOT of(city, a)"},
      {"Quý 2 năm 2024 có những sự kiện gì?", "overlaps(event.when, '2024-04/2024-06')"},
      {"trong 6 tháng đầu năm 2024 Hà Nội đón những đoàn nào", "part.role = 'host'"},
      {"hoạt động nào bị hoãn", "event.status = 'postponed'"},
      {"which Hà Nội units worked with Bắc Kinh", "of(unit, a) AND NOT of(unit, b)"},
      {"Please list all agreements that Hà Nội has signed with Bắc Kinh",
       "agreement.status = 'signed'"},
      {"how often did Bắc Kinh visit Hà Nội in 2024?", "RETURN count(DISTINCT event) AS count"},
      {"where was the meeting between Hà Nội and Bắc Kinh held", "AS places"},
      {"what did Hà Nội and Bắc Kinh do in 2024", "overlaps(fact.when, '2024')"},
      {"when was the first agreement between Hà Nội and Bắc Kinh signed", "LIMIT 1"},
      {"delegations from Bắc Kinh to Hà Nội in 2024", "part.role IN ['guest', 'leader']"},
      {"in what fields do Hà Nội and Bắc Kinh cooperate", "[:ABOUT]->(field:Field)"},
      {"has Hà Nội cooperated with Viêng Chăn?", "RETURN fact, "},
      {"ai da gap luu vi nam 2024", "person <> a"},
      {"don vi nao hop tac nhieu nhat voi ha noi", "ORDER BY size(facts) DESC"},
      {"Đơn vị nào hơp tác với Bắc Kinh năm 2024", "COOPERATED_WITH"},
      {"danh sách các đơn vị hợp tác với Bắc Kinh", "COOPERATED_WITH"},
      {"Danh sách thỏa thuận ký năm 2023", "overlaps(agreement.when, '2023')"},
      {"tổng hợp các chuyến thăm năm 2024", "event.kind = 'visit'"},
      {"báo cáo hoạt động của Sở Ngoại vụ Hà Nội năm 2024", "named(a, 'Sở Ngoại vụ Hà Nội')"},
      {"hoạt động hợp tác với Bắc Kinh trong 2 năm 2023, 2024",
       "(overlaps(event.when, '2023') OR overlaps(event.when, '2024'))"},
      {"events in 2023 and 2024", "(overlaps(event.when, '2023') OR overlaps(event.when, '2024'))"},
      {"năm 2024 đơn vị nào hợp tác với Bắc Kinh", "overlaps(cooperation.when, '2024')"},
      {"với Bắc Kinh, Hà Nội có những thỏa thuận nào",
       "EXISTS { MATCH (agreement)<-[part2:PARTY_TO]"},
      {"Hà Nội đã hợp tác những gì với Bắc Kinh", "RETURN fact, "},
  }));
  INFO(question);
  const auto text = pattern(question);
  INFO(text);
  CHECK(holds(text, part));
  CHECK_NOTHROW(parse(text));
}

TEST_CASE("a question that the clock alone could answer is told so, never guessed", "[question]") {
  const auto [question, code, marked] = GENERATE(table<const char*, const char*, const char*>({
      {"đơn vị nào hợp tác với Bắc Kinh năm nay", "ClockNeeded", "năm nay"},
      {"don vi nao hop tac voi Bac Kinh nam ngoai", "ClockNeeded", "nam ngoai"},
      {"units cooperating with Bắc Kinh last year", "ClockNeeded", "last year"},
      {"các chuyến thăm gần đây", "ClockNeeded", "gần đây"},
      {"các thỏa thuận còn hiệu lực giữa Hà Nội và Bắc Kinh", "TimeNeeded", ""},
      {"sự kiện nhiều nhất", "MostOfWhat", ""},
  }));
  INFO(question);
  const auto diagnostic = fault(question);
  CHECK(diagnostic.code == code);
  CHECK(diagnostic.span.of(std::string_view(question)) == std::string_view(marked));
  CHECK_FALSE(diagnostic.expected.empty());
}

TEST_CASE("what takes the whole graph to know is asked of an algorithm", "[question]") {
  const auto form = GENERATE(values<Form>({
      {"most connected units", "đơn vị nào kết nối nhiều nhất", "don vi nao ket noi nhieu nhat",
       "CALL algo.pagerank({types: ['COOPERATED_WITH']}) YIELD node AS unit, score"},
      {"most connected cities", "thành phố có nhiều quan hệ nhất",
       "thanh pho co nhieu quan he nhat", "YIELD node AS city, score"},
      {"communities of cities", "các nhóm thành phố", "cac nhom thanh pho",
       "CALL algo.communities({label: 'City'"},
      {"most connected units of Hà Nội", "đơn vị của Hà Nội kết nối nhiều nhất",
       "don vi cua ha noi ket noi nhieu nhat", "of(unit, a)"},
      {"most connected units in 2024", "đơn vị kết nối nhiều nhất năm 2024",
       "don vi ket noi nhieu nhat nam 2024", "ORDER BY size(facts) DESC"},
  }));
  for (const char* question : {form.english, form.vietnamese, form.bare}) {
    INFO(question);
    const auto text = pattern(question);
    INFO(text);
    CHECK(holds(text, form.part));
    CHECK_NOTHROW(parse(text));
  }
}

TEST_CASE("what is denied in a question is not dropped from it", "[question]") {
  CHECK(fault("đơn vị nào không hợp tác với Bắc Kinh").code == "UnexpectedWord");
  CHECK(fault("units that did not cooperate with Bắc Kinh").code == "UnexpectedWord");
}

}  // namespace ketnghia::query
