#include <algorithm>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using ketnghia::tests::Outcome;
using ketnghia::tests::Program;

namespace {

constexpr std::string_view kSixteenth =
    "Hà Nội tiếp đoàn đại biểu Bắc Kinh\n\n"
    "Ngày 16/5/2024, Sở Ngoại vụ Hà Nội đã tiếp đoàn đại biểu Văn phòng Đối ngoại thành phố Bắc "
    "Kinh do ông Lưu Vỹ, Phó Chủ nhiệm Văn phòng Đối ngoại thành phố Bắc Kinh làm trưởng đoàn.\n";
constexpr std::string_view kSeventeenth =
    "Đoàn Bắc Kinh thăm Hà Nội\n\n"
    "Ngày 17/5/2024, Sở Ngoại vụ Hà Nội tiếp đoàn đại biểu Văn phòng Đối ngoại thành phố Bắc Kinh "
    "do ông Lưu Vĩ, Phó Chủ nhiệm Văn phòng Đối ngoại thành phố Bắc Kinh dẫn đầu.\n";
constexpr std::string_view kHealth =
    "Sở Y tế Hà Nội tiếp khách\n\n"
    "Ngày 3/4/2024, ông Nguyễn Văn Hùng, Giám đốc Sở Y tế Hà Nội đã tiếp đoàn Sở Y tế Viêng "
    "Chăn.\n";
constexpr std::string_view kTourism =
    "Đà Nẵng tiếp khách\n\n"
    "Ngày 5/4/2024, ông Nguyễn Văn Hùng, Giám đốc Sở Du lịch Đà Nẵng đã tiếp đoàn thành phố "
    "Yokohama.\n";

class Imported : public Program {
 public:
  Imported() {
    write("a.txt", kSixteenth);
    write("b.txt", kSeventeenth);
    write("c.txt", kHealth);
    write("d.txt", kTourism);
    REQUIRE(run({"import", "a.txt", "b.txt", "c.txt", "d.txt"}).code == 0);
  }

  std::string graph() const { return run({"export"}).out; }
  Outcome decide(std::vector<std::string> words) const {
    words.insert(words.begin(), {"correct", "decide"});
    words.insert(words.end(), {"--by", "Lan"});
    const Outcome outcome = run(words);
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    return outcome;
  }
  std::string rows(const std::string& statement) const {
    return run({"query", statement, "--format", "csv"}).out;
  }
};

constexpr const char* kEventA = "Event | meeting | document=a.txt | quote=Ngày 16/5/2024";
constexpr const char* kEventB = "Event | meeting | document=b.txt | quote=Ngày 17/5/2024";
constexpr const char* kMeetings =
    "MATCH (e:Event {kind: 'meeting'})<-[:TOOK_PART]-(a {name: 'Sở Ngoại vụ Hà Nội'}) "
    "RETURN DISTINCT e.when AS day, e.source AS source, e.sources AS sources ORDER BY day";
constexpr const char* kNamesakes =
    "MATCH (p:Person {name: 'Nguyễn Văn Hùng'}) RETURN count(p) AS n";

}  // namespace

TEST_CASE("two people of one name with posts in two cities are two", "[correct]") {
  const Imported program;
  CHECK(program.rows(kNamesakes) == "n\r\n2\r\n");
}

TEST_CASE("a person in two spellings with one post is one, and why says what speaks for it",
          "[correct]") {
  const Imported program;
  const Outcome why = program.run({"why", "Lưu Vĩ"});
  CHECK(why.code == 0);
  CHECK_THAT(why.out, Contains("a.txt") && Contains("b.txt") && Contains("posts in one body") &&
                          Contains("sha256: ") && Contains("line 3, column") &&
                          Contains("rule: ") && Contains("confidence: "));
}

TEST_CASE("two dates of one visit are shown side by side, and both stay", "[correct]") {
  const Imported program;
  const Outcome outcome = program.run({"conflicts", "--format", "csv"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("date,") && Contains("2024-05-16") && Contains("2024-05-17") &&
                              Contains("a.txt") && Contains("b.txt"));
  CHECK(program.rows(kMeetings) == "day,source,sources\r\n2024-05-16,,1\r\n2024-05-17,,1\r\n");
}

TEST_CASE("every decision is applied, says who decided, and can be undone", "[correct]") {
  const Imported program;
  const std::string before = program.graph();
  program.decide({"same", kEventA, kEventB});
  CHECK_THAT(program.rows(kMeetings), Contains("person,2"));
  CHECK_THAT(program.run({"conflicts", "--format", "csv"}).out, !Contains("2024-05-17"));

  program.decide({"wrong", kEventB, "when=2024-05-16"});
  program.decide({"rename", "Person | Lưu Vỹ", "Lưu Vĩ"});
  program.decide({"same", "Person | Nguyễn Văn Hùng | place=Hà Nội",
                  "Person | Nguyễn Văn Hùng | place=Đà Nẵng"});
  CHECK(program.rows(kNamesakes) == "n\r\n1\r\n");
  program.decide({"wrong", "HOLDS | Nguyễn Văn Hùng | Sở Du lịch Đà Nẵng"});
  CHECK_THAT(program.run({"show", "Sở Du lịch Đà Nẵng"}).out, !Contains("HOLDS"));
  program.decide({"add", "HOLDS | Trần Thị Bình | Sở Y tế Hà Nội | title=Phó Giám đốc",
                  "source=Niên giám 2024 | quote=Bà Trần Thị Bình, Phó Giám đốc Sở Y tế Hà Nội"});
  CHECK(program.rows("MATCH (p)-[h:HOLDS]->({name: 'Sở Y tế Hà Nội'}) WHERE h.source = 'person' "
                     "RETURN p.name AS name, h.corrected_by AS who") ==
        "name,who\r\nTrần Thị Bình,Lan\r\n");
  CHECK_THAT(program.run({"why", "Trần Thị Bình"}).out,
             Contains("Niên giám 2024") && Contains("person: Lan") && Contains("source: person"));
  program.decide({"add",
                  "TOOK_PART | Person:Nguyễn Văn Cường | meeting | document=d.txt | "
                  "quote=Ngày 5/4/2024 | role=guest",
                  "document=d.txt | quote=đã tiếp đoàn thành phố Yokohama"});
  CHECK_THAT(program.rows("MATCH (:Person {name: 'Nguyễn Văn Cường'})-[t:TOOK_PART]->(e) "
                          "RETURN t.role AS role, e.when AS day"),
             Contains("guest,2024-04-05"));
  CHECK(program.run({"check"}).code == 0);
  CHECK(program.run({"verify"}).code == 0);

  for (int number = 1; number <= 7; ++number) {
    REQUIRE(program.run({"correct", "undo", std::to_string(number), "--by", "Lan"}).code == 0);
  }
  CHECK((program.graph() == before));
  CHECK(program.run({"correct", "undo", "1", "--by", "Lan"}).code == 1);
}

TEST_CASE("what was taken for one event can be split, and joined again", "[correct]") {
  const Program program;
  const std::string story(kSixteenth.substr(kSixteenth.find('\n')));
  program.write("a.txt", "Tin đối ngoại" + story);
  program.write("b.txt", "Tin trong ngày" + story);
  REQUIRE(program.run({"import", "a.txt", "b.txt"}).code == 0);
  const auto meetings = [&] {
    return program
        .run(
            {"query", "MATCH (e:Event {kind: 'meeting'}) RETURN e.sources AS n", "--format", "csv"})
        .out;
  };
  // The same words twice are no second source.
  REQUIRE(meetings() == "n\r\n1\r\n");
  REQUIRE(program
              .run({"correct", "decide", "different", "Event | meeting | document=a.txt",
                    "Event | meeting | document=b.txt", "--by", "Lan"})
              .code == 0);
  CHECK(meetings() == "n\r\n1\r\n1\r\n");
  REQUIRE(program
              .run({"correct", "decide", "same", "Event | meeting | document=a.txt",
                    "Event | meeting | document=b.txt", "--by", "Lan"})
              .code == 0);
  CHECK(meetings() == "n\r\n1\r\n");
}

TEST_CASE("decisions outlive the import of their documents, in any order", "[correct]") {
  const Imported program;
  program.decide({"same", kEventA, kEventB});
  program.decide({"same", "Person | Nguyễn Văn Hùng | place=Hà Nội",
                  "Person | Nguyễn Văn Hùng | place=Đà Nẵng"});
  program.decide({"add", "HOLDS | Lưu Vĩ | Sở Y tế Viêng Chăn | title=Cố vấn",
                  "source=Thư riêng | quote=Ông Lưu Vĩ là cố vấn"});
  const std::string graph = program.graph();
  REQUIRE(program.run({"correct", "export", "-o", "decisions.tsv"}).code == 0);

  // Documents forgotten and imported again, one at a time.
  for (const char* name : {"b.txt", "d.txt", "a.txt", "c.txt"}) {
    REQUIRE(program.run({"forget", name}).code == 0);
  }
  CHECK(program.run({"check"}).code == 0);
  CHECK_THAT(program.run({"correct", "list", "--format", "csv"}).out, Contains(",idle,"));
  for (const char* name : {"d.txt", "b.txt", "c.txt", "a.txt"}) {
    REQUIRE(program.run({"import", name}).code == 0);
  }
  CHECK((program.graph() == graph));

  // The decisions first, the documents after.
  REQUIRE(program.run({"import", "c.txt", "--db", "other.kn"}).code == 0);
  const Outcome early = program.run({"correct", "apply", "decisions.tsv", "--db", "other.kn"});
  CHECK(early.code == 0);
  CHECK_THAT(early.err, Contains("finds nothing"));
  REQUIRE(program.run({"import", "d.txt", "a.txt", "b.txt", "--db", "other.kn"}).code == 0);
  CHECK((program.run({"export", "--db", "other.kn"}).out == graph));
}

TEST_CASE("a dry run shows which answers would change, and stores nothing", "[correct]") {
  const Imported program;
  const std::string before = program.graph();
  program.write("decisions.tsv", "2026-11-21\tLan\twrong\t" + std::string(kEventB) + "\n");
  program.write("questions.txt", "# saved\n" + std::string(kMeetings) + "\n");
  const Outcome outcome = program.run(
      {"correct", "apply", "decisions.tsv", "--dry-run", "--questions", "questions.txt"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("- Event") && Contains("  - 2024-05-17"));
  CHECK_THAT(outcome.err, Contains("nothing was stored"));
  CHECK((program.graph() == before));
}

TEST_CASE("a review asks, takes keys from a pipe, and writes each decision to a file",
          "[correct]") {
  const Imported program;
  // The first doubt is the conflict of dates: taken for the same, undone, then taken for two.
  const Outcome outcome =
      program.run({"review", "--by", "Lan", "--decisions", "ours.tsv"}, "s\nu\nd\nq\n");
  INFO(outcome.out);
  REQUIRE(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("Two sources differ") && Contains("Ngày 16/5/2024") &&
                              Contains("Ngày 17/5/2024") && Contains("undone: "));
  const std::string file = program.read("ours.tsv");
  CHECK_THAT(file, Contains("\tLan\tdifferent\tEvent | meeting") && !Contains("\tsame\t"));
  CHECK_THAT(program.run({"correct", "list", "--format", "csv"}).out, Contains("applied"));
  // What was decided is not asked again.
  CHECK_THAT(program.run({"review", "--by", "Lan", "--decisions", "ours.tsv"}, "q\n").out,
             !Contains("Two sources differ"));
}

TEST_CASE("a review that ends in the middle keeps what was decided", "[correct]") {
  const Imported program;
  const Outcome outcome = program.run({"review", "--by", "Lan", "--decisions", "ours.tsv"}, "s\n");
  CHECK(outcome.code == 0);
  CHECK_THAT(program.read("ours.tsv"), Contains("\tsame\tEvent | meeting"));
  CHECK_THAT(program.rows(kMeetings), Contains("person,2"));
}

TEST_CASE("why explains a fact and a row of an answer", "[correct]") {
  const Imported program;
  const std::string edge = program.rows(
      "MATCH ({name: 'Sở Ngoại vụ Hà Nội'})-[t:TOOK_PART]->(e {when: '2024-05-16'}) "
      "RETURN 'r' + toString(id(t)) AS id");
  const std::string id = edge.substr(4, edge.find('\r', 4) - 4);
  const Outcome fact = program.run({"why", id});
  CHECK(fact.code == 0);
  CHECK_THAT(fact.out,
             Contains("TOOK_PART") && Contains("role: host") && Contains("“Ngày 16/5/2024"));
  const Outcome row =
      program.run({"why", "units cooperating with \"Bắc Kinh\" in 2024", "--row", "1"});
  CHECK(row.code == 0);
  CHECK_THAT(row.out, Contains("Sở Ngoại vụ Hà Nội") && Contains("sha256: "));
  CHECK(program.run({"why", "units cooperating with \"Bắc Kinh\"", "--row", "99"}).code == 1);
  CHECK(program.run({"why", "n1"}).code == 1);
}

TEST_CASE("verify notices an original that changed since", "[correct]") {
  const Imported program;
  const Outcome sound = program.run({"verify"});
  CHECK(sound.code == 0);
  CHECK_THAT(sound.out, Contains("originals found and read again"));
  program.write("b.txt", kHealth);
  const Outcome changed = program.run({"verify", "--originals", "."});
  CHECK(changed.code == 1);
  CHECK_THAT(changed.out, Contains("b.txt") && Contains("changed since it was imported"));
  CHECK(program.run({"verify", "--originals", "nowhere"}).code == 1);
}

TEST_CASE("facts that no document tells surely enough match no pattern", "[correct]") {
  const Program program;
  program.write("graph.jsonl",
                R"({"node":"n1","labels":["Document"],"properties":{"name":"a.txt"}}
{"node":"n2","labels":["City"],"properties":{"name":"Hà Nội"}}
{"node":"n3","labels":["Agency"],"properties":{"name":"Sở A"}}
{"node":"n4","labels":["Agency"],"properties":{"name":"Sở B"}}
{"edge":"r1","type":"BELONGS_TO","from":"n3","to":"n2","evidence":[{"document":"n1","start":0,"end":3,"quote":"abc","confidence":0.9},{"document":"n1","start":0,"end":3,"quote":"abc","confidence":0.2}]}
{"edge":"r2","type":"BELONGS_TO","from":"n4","to":"n2","evidence":[{"document":"n1","start":0,"end":3,"quote":"abc","confidence":0.4}]}
)");
  REQUIRE(program.run({"load", "graph.jsonl"}).code == 0);
  const auto rows = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{
        "query", "MATCH (a:Agency)-[:BELONGS_TO]->(c) RETURN a.name AS name ORDER BY name",
        "--format", "csv"};
    words.insert(words.end(), more.begin(), more.end());
    return program.run(words);
  };
  CHECK(rows({}).out == "name\r\nSở A\r\nSở B\r\n");
  CHECK(rows({"--min-confidence", "0.5"}).out == "name\r\nSở A\r\n");
  CHECK(rows({"--min-confidence", "0.95"}).out == "name\r\n");
  CHECK(rows({"--min-confidence", "2"}).code == 1);
  CHECK(program
            .run({"console", "--format", "csv"},
                 ".min-confidence 0.5\nMATCH ()-[r:BELONGS_TO]->() RETURN count(r) AS n\n")
            .out == "n\r\n1\r\n");
}
