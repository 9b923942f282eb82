#include <simdjson.h>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using ketnghia::tests::Outcome;
using ketnghia::tests::Program;

TEST_CASE("normalise keeps the lines of its input", "[console]") {
  const Program program;
  CHECK(program.run({"text", "normalise"}, "hoà bình\r\n\n  Thuỷ lợi\nhết").out ==
        program.run({"text", "normalise"}, "hòa bình\n\n  Thủy lợi\nhết").out);
  const Outcome outcome = program.run({"text", "normalise"}, "hoà\n\nthuỷ\n");
  CHECK(outcome.out == "hòa\n\nthủy\n");
}

TEST_CASE("normalise reads the encoding that it is told", "[console]") {
  const Program program;
  CHECK(program.run({"text", "normalise", "--encoding", "tcvn3"}, "Hµ Néi").code == 0);
  CHECK(program.run({"text", "normalise", "--encoding", "tcvn3"}, "H\xb5 N\xe9i\n").out ==
        "Hà Nội\n");
  CHECK(program.run({"text", "normalise", "--encoding", "latin1"}).code == 1);
}

TEST_CASE("keys and abbreviations come line by line", "[console]") {
  const Program program;
  CHECK(program.run({"text", "key"}, "Thành uỷ Bắc Kinh\nĐà Nẵng\n").out ==
        "thanh ui bac kinh\nda nang\n");
  CHECK(program.run({"text", "expand"}, "UBND quận Thanh Xuân\n").out ==
        "Ủy ban nhân dân quận Thanh Xuân\n");
}

TEST_CASE("dates are told with the bytes of the line they stand in", "[console]") {
  const Program program;
  // Decomposed: the bytes of the input are not those of the normalised text.
  const std::string line = "Nga\u0300y 16/5, hai be\u0302n ky\u0301 ke\u0302\u0301t.";
  const Outcome outcome =
      program.run({"text", "dates", "--published", "2024-05-20"}, "\n" + line + "\n");
  REQUIRE(outcome.code == 0);
  simdjson::dom::parser parser;
  const simdjson::dom::element date = parser.parse(outcome.out);
  CHECK(std::string_view(date["edtf"]) == "2024-05-16");
  CHECK(std::int64_t(date["line"]) == 2);
  const auto start = static_cast<std::size_t>(std::int64_t(date["start"]));
  const auto end = static_cast<std::size_t>(std::int64_t(date["end"]));
  REQUIRE(end <= line.size());
  CHECK(line.substr(start, end - start) == std::string_view(date["surface"]));
  CHECK_THAT(std::string(std::string_view(date["surface"])), Catch::Matchers::EndsWith("16/5"));
}

TEST_CASE("a date of publication that is none is refused", "[console]") {
  const Program program;
  CHECK(program.run({"text", "dates", "--published", "16/5/2024"}).code == 1);
  CHECK(program.run({"import", "a.txt", "--published", "May"}).code == 1);
}

TEST_CASE("mentions are told with kind and name", "[console]") {
  const Program program;
  const std::string line = "Sở Ngoại vụ Hà Nội tiếp đoàn đại biểu thành phố Bắc Kinh.";
  const Outcome outcome = program.run({"text", "mentions"}, line + "\n");
  REQUIRE(outcome.code == 0);
  simdjson::dom::parser parser;
  bool agency = false, city = false;
  for (const simdjson::dom::element mention : parser.parse_many(outcome.out)) {
    const auto start = static_cast<std::size_t>(std::int64_t(mention["start"]));
    const auto end = static_cast<std::size_t>(std::int64_t(mention["end"]));
    REQUIRE(end <= line.size());
    CHECK(line.substr(start, end - start) == std::string_view(mention["surface"]));
    agency |= std::string_view(mention["name"]) == "Sở Ngoại vụ Hà Nội" &&
              std::string_view(mention["kind"]) == "Agency";
    city |= std::string_view(mention["name"]) == "Bắc Kinh" &&
            std::string_view(mention["kind"]) == "City";
  }
  CHECK(agency);
  CHECK(city);
}
