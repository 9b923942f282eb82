// differential [SEED [COUNT]]: random statements of random graphs against the plain reference.
// Ends with 1 where an answer differs; the seed makes the same run again.
#include "tests/support/differential.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  using namespace ketnghia::query::test;
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  const std::uint64_t seed =
      argc > 1 ? std::strtoull(argv[1], nullptr, 10) : static_cast<std::uint64_t>(now);
  const std::size_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 100000;
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::size_t next = 10000;
  const auto report = compare_with_reference(seed, count, [&](const DifferentialReport& so_far) {
    if (so_far.asked < next) return;
    std::printf("%zu asked, %zu differ\n", so_far.asked, so_far.differing);
    std::fflush(stdout);
    next += 10000;
  });
  std::printf("%s%zu asked (%zu rows), %zu refused by both, %zu too large, %zu differ\n",
              report.differences.c_str(), report.asked, report.rows, report.failed, report.skipped,
              report.differing);
  return report.differing == 0 ? 0 : 1;
}
