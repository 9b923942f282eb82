// errors.txt: faulty statements with all that is said of each, which people have read. A line
// "> statement", the message under it, an empty line.
#include <fstream>
#include <string>

#include "query-lang/diagnostics_vi.hpp"
#include "query-lang/query.hpp"
#include "tests/query-lang/pattern_graph.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

std::string said_of(const std::string& statement) {
  try {
    run(meeting_graph().snapshot(), statement);
  } catch (const QueryError& error) {
    return render(error.diagnostic(), statement);
  }
  return "no fault\n";
}

Diagnostic fault(const std::string& statement) {
  try {
    run(meeting_graph().snapshot(), statement);
  } catch (const QueryError& error) {
    return error.diagnostic();
  }
  return {};
}

}  // namespace

TEST_CASE("each faulty statement is told where, what was expected, and what is near", "[errors]") {
  std::ifstream table{KETNGHIA_SOURCE_DIR "/tests/query-lang/errors.txt"};
  std::size_t statements = 0;
  std::string line;
  while (std::getline(table, line)) {
    if (!line.starts_with("> ")) continue;
    const std::string statement = line.substr(2);
    std::string expected;
    while (std::getline(table, line) && !line.empty()) expected += line + "\n";
    INFO(statement);
    CHECK(said_of(statement) == expected);
    ++statements;
  }
  CHECK(statements >= 60);
}

TEST_CASE("a fault is told in Vietnamese, its kind and place the same", "[errors]") {
  struct Said {
    const char* statement;
    const char* vietnamese;
  };
  const auto [statement, vietnamese] = GENERATE(values<Said>({
      {"MATCH (city) RETURN ctiy.name",
       "1:21: không có biến ctiy\n  MATCH (city) RETURN ctiy.name\n                      ^^^^\n"
       "có phải \"city\"?\n"},
      {"RETURN 1 AS a, 2 AS a",
       "1:16: có hai cột cùng tên a\n  RETURN 1 AS a, 2 AS a\n                 ^^^^^^\n"
       "cần có: AS và một tên riêng\n"},
      {"RETURN 'a' * 2", "1:8: * cần số, không nhận chuỗi\n  RETURN 'a' * 2\n         ^^^^^^^\n"},
      {"RETURN NOT 'x'",
       "1:12: NOT cần giá trị đúng sai, không nhận chuỗi\n  RETURN NOT 'x'\n             ^^^\n"},
      {"RETURN (1 + 2",
       "1:14: câu lệnh kết thúc quá sớm\n  RETURN (1 + 2\n               ^\n"
       "cần có: một toán tử hoặc \")\"\n"},
      {"thỏa thuận giữa Hà Nội và Bắc Kin",
       "1:27: trong đồ thị không có gì tên là “Bắc Kin”\n"
       "  thỏa thuận giữa Hà Nội và Bắc Kin\n                            ^^^^^^^\n"
       "cần có: tên một thành phố, một cơ quan hoặc một người\ncó phải \"Bắc Kinh\"?\n"},
  }));
  INFO(statement);
  CHECK(render_vietnamese(fault(statement), statement) == vietnamese);
  CHECK(in_vietnamese(fault(statement)).code == fault(statement).code);
}

}  // namespace ketnghia::query::test
