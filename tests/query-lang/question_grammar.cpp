#include <algorithm>
#include <array>
#include <string>

#include "engine/text/fold.hpp"
#include "query-lang/query_error.hpp"
#include "query-lang/question/question_ast.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

// Stands for the graph: the grammar needs no more than which stretches are names.
bool known(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames{"ha noi",
                                                   "bac kinh",
                                                   "nam ninh",
                                                   "ai cap",
                                                   "luu vi",
                                                   "so van hoa va the thao ha noi",
                                                   "so ngoai vu ha noi",
                                                   "to chuc y te the gioi"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view one) { return match_key(one) == match_key(name); });
}

Question parse(std::string_view text) { return parse_question(text, known); }

// The EDTF of the only stretch of time in `text`.
std::string period(std::string_view text) {
  for (const auto& element : parse(text).elements) {
    if (element.kind == Element::Kind::Time) return element.periods.front();
  }
  return {};
}

// The names of the first element of `kind`, joined by " + ".
std::string names(std::string_view text, Element::Kind kind) {
  for (const auto& element : parse(text).elements) {
    if (element.kind != kind) continue;
    std::string joined;
    for (const auto& name : element.names)
      joined.append(joined.empty() ? "" : " + ").append(name.text);
    return joined;
  }
  return {};
}

std::string topic(std::string_view text) {
  for (const auto& element : parse(text).elements) {
    if (element.kind != Element::Kind::About) continue;
    std::string joined;
    for (const auto* field : element.topic.fields)
      joined.append(joined.empty() ? "" : "+").append(field->id);
    return joined.empty() ? "“" + element.topic.words.text + "”" : joined;
  }
  return {};
}

Diagnostic fault(std::string_view text) {
  try {
    parse(text);
  } catch (const QueryError& error) {
    return error.diagnostic();
  }
  FAIL("understood: " << text);
  return {};
}

}  // namespace

TEST_CASE("a stretch of time is read in every form people write it in", "[question]") {
  struct Form {
    const char* text;
    const char* edtf;
  };
  const auto form = GENERATE(values<Form>({
      {"events in 2024", "2024"},
      {"sự kiện năm 2024", "2024"},
      {"su kien nam 2024", "2024"},
      {"events in May 2024", "2024-05"},
      {"sự kiện trong tháng 5/2024", "2024-05"},
      {"sự kiện tháng 5 năm 2024", "2024-05"},
      {"events on 16/5/2024", "2024-05-16"},
      {"events on May 16, 2024", "2024-05-16"},
      {"events on 16 May 2024", "2024-05-16"},
      {"sự kiện ngày 16 tháng 5 năm 2024", "2024-05-16"},
      {"su kien ngay 16/5 nam 2024", "2024-05-16"},
      {"events on 2024-05-16", "2024-05-16"},
      {"events since 1994", "1994/.."},
      {"sự kiện từ năm 1994 đến nay", "1994/.."},
      {"su kien tu 1994", "1994/.."},
      {"events until 2020", "../2020"},
      {"sự kiện đến năm 2020", "../2020"},
      {"events before 2024", "../2023-12-31"},
      {"sự kiện trước tháng 3/2024", "../2024-02-29"},
      {"events after 2024", "2025-01-01/.."},
      {"sự kiện sau ngày 31/12/2023", "2024-01-01/.."},
      {"events from 2022 to 2025", "2022/2025"},
      {"events between 2022 and 2025", "2022/2025"},
      {"events 2022-2025", "2022/2025"},
      {"sự kiện giai đoạn 2022-2025", "2022/2025"},
      {"su kien tu nam 2022 den nam 2025", "2022/2025"},
      {"sự kiện từ tháng 3/2022 đến tháng 5/2024", "2022-03/2024-05"},
      {"events in the second quarter of 2024", ""},
      {"events in quarter 2 of 2024", "2024-04/2024-06"},
      {"sự kiện quý II năm 2024", "2024-04/2024-06"},
      {"sự kiện quý 2/2024", "2024-04/2024-06"},
      {"sự kiện 6 tháng đầu năm 2024", "2024-01/2024-06"},
  }));
  CAPTURE(form.text);
  if (*form.edtf == '\0') {
    CHECK_THROWS_AS(period(form.text), QueryError);
  } else {
    CHECK(period(form.text) == form.edtf);
  }
}

TEST_CASE("a day that no calendar has is no date", "[question]") {
  CHECK_THROWS_AS(parse("events on 30/2/2024"), QueryError);
  CHECK_THROWS_AS(parse("events in 13/2024"), QueryError);
}

TEST_CASE("a bare name is the longest stretch that the graph knows", "[question]") {
  CHECK(names("units cooperating with bac kinh nam 2024", Element::Kind::With) == "bac kinh");
  CHECK(names("agreements of Sở Văn hóa và Thể thao Hà Nội and Bắc Kinh", Element::Kind::Of) ==
        "Sở Văn hóa và Thể thao Hà Nội + Bắc Kinh");
  CHECK(names("sự kiện tại Nam Ninh năm 2024", Element::Kind::In) == "Nam Ninh");
  CHECK(names("su kien tai nam ninh nam 2024", Element::Kind::In) == "nam ninh");
}

TEST_CASE("a name is not broken at a keyword it begins with", "[question]") {
  CHECK(names("Ai Cập hợp tác với ai", Element::Kind::Name) == "Ai Cập");
  CHECK(names("Tổ chức Y tế Thế giới hợp tác với đơn vị nào", Element::Kind::Name) ==
        "Tổ chức Y tế Thế giới");
  CHECK(names("thành phố \"Bắc Kinh\" hợp tác với ai", Element::Kind::Name) == "Bắc Kinh");
}

TEST_CASE("words that are all fields are fields, others are words of the evidence", "[question]") {
  CHECK(topic("events about health in 2024") == "health");
  CHECK(topic("sự kiện về y tế và du lịch năm 2024") == "health+tourism");
  CHECK(topic("thoa thuan trong linh vuc khoa hoc va cong nghe") == "science_technology");
  CHECK(topic("sự kiện về di sản cung điện") == "“di sản cung điện”");
  CHECK(topic("agreements about \"bãi đỗ xe\" since 2020") == "“bãi đỗ xe”");
  CHECK(topic("health agreements") == "health");
}

TEST_CASE("a fault is shown at its word, with what was expected and the nearest keyword",
          "[question]") {
  struct Fault {
    const char* text;
    std::uint32_t begin;
    const char* expected;
    const char* nearest;
  };
  const auto wrong = GENERATE(values<Fault>({
      {"units cooperatng with Bắc Kinh", 6, "a clause", "cooperating"},
      {"unts cooperating with Bắc Kinh", 0, "what is asked for", "units"},
      {"events befor 2024", 7, "a clause", "before"},
      {"agreements between Hà Nội and", 32, "a second name", ""},
      {"agreements between Hà Nội", 28, "“and” (“và”)", ""},
      {"thỏa thuận giữa", 21, "a name", ""},
      {"units cooperating with", 22, "a name", ""},
      {"events about", 12, "a field of cooperation, or words", ""},
      {"events before lunch", 14, "a date", ""},
      {"events order by colour", 16, "“date”, “name” or “count”", ""},
      {"limit", 5, "a number of rows", ""},
      {"units with \"Bắc Kinh", 11, "a closing quote", ""},
      {"  ", 2, "a question", ""},
  }));
  CAPTURE(wrong.text);
  const auto diagnostic = fault(wrong.text);
  CHECK(diagnostic.span.begin == wrong.begin);
  CHECK(diagnostic.kind == "SyntaxError");
  CHECK(diagnostic.expected.starts_with(wrong.expected));
  if (*wrong.nearest != '\0') {
    REQUIRE_FALSE(diagnostic.nearest.empty());
    CHECK(diagnostic.nearest.front() == wrong.nearest);
  }
}

TEST_CASE("a question without end is refused, not searched for hours", "[question]") {
  std::string text = "units";
  for (int i = 0; i < 10000; ++i) text += " with Bắc Kinh";
  CHECK(fault(text).expected == "a question of at most 200 words");
}

}  // namespace ketnghia::query
