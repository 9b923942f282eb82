#include "query-lang/analysis/nearest.hpp"

#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

const std::vector<std::string> kWords{"MATCH", "WHERE", "WITH", "RETURN"};

TEST_CASE("a swap of two letters is one edit", "[nearest]") {
  CHECK(nearest("MTACH", kWords, 1) == std::vector<std::string>{"MATCH"});
  CHECK(nearest("wehre", kWords, 1) == std::vector<std::string>{"WHERE"});
}

TEST_CASE("what is right, or wrong beyond a third, has nothing near it", "[nearest]") {
  CHECK(nearest("MATCH", kWords, 3).empty());
  CHECK(nearest("xxxxx", kWords, 3).empty());
  CHECK(nearest(std::string(1000, 'a'), kWords, 3).empty());
}

TEST_CASE("the nearest come first, and no more than asked for", "[nearest]") {
  CHECK(nearest("abcde", {"abcxy", "abcdx", "abcdey"}, 1) == std::vector<std::string>{"abcdx"});
}

}  // namespace
}  // namespace ketnghia::query
