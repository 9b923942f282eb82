#include "query-lang/query_error.hpp"

#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

TEST_CASE("a caret stands under the fault, whatever is wide or combined before it",
          "[query_error]") {
  Diagnostic diagnostic;
  diagnostic.message = "no";
  diagnostic.span = {21, 24};
  diagnostic.expected = "an end";
  diagnostic.nearest = {"a", "b"};
  // Two lines; "ộ" has three bytes and one column.
  CHECK(render(diagnostic, "RETURN 1\nWHERE 'ộ' XYZ") ==
        "2:11: no\n  WHERE 'ộ' XYZ\n            ^^^\nexpected: an end\ndid you mean \"a\" or "
        "\"b\"?\n");
}

TEST_CASE("of a long line, only what is around the fault is shown", "[query_error]") {
  Diagnostic diagnostic;
  diagnostic.message = "no";
  diagnostic.span = {5000, 5003};
  const std::string text =
      render(diagnostic, std::string(5000, 'a') + "XYZ" + std::string(5000, 'b'));
  CHECK(text.size() < 400);
  CHECK(text.find("aXYZb") != std::string::npos);
}

TEST_CASE("a fault behind the end is shown there", "[query_error]") {
  Diagnostic diagnostic;
  diagnostic.message = "no";
  diagnostic.span = {6, 6};
  CHECK(render(diagnostic, "RETURN") == "1:7: no\n  RETURN\n        ^\n");
}

}  // namespace
}  // namespace ketnghia::query
