#include "tests/support/differential.hpp"

#include "tests/support/catch.hpp"

namespace ketnghia::query::test {
namespace {

TEST_CASE("random statements are answered as the plain reference answers them", "[differential]") {
  constexpr std::uint64_t kSeed = 20240516;
  const auto report = compare_with_reference(kSeed, 3000);
  INFO("seed " << kSeed << "\n" << report.differences);
  CHECK(report.differing == 0);
  CHECK(report.failed == 0);
  // Statements that say nothing would agree, too.
  CHECK(report.asked > 2500);
  CHECK(report.rows > 5000);
}

}  // namespace
}  // namespace ketnghia::query::test
