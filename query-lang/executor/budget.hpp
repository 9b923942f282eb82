#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "query-lang/query.hpp"

namespace ketnghia::query {

// The bounds of one run of one statement, looked at in its loops.
//
// Errors: QueryError of kind ResourceError: code TimeExceeded, MemoryExceeded or Cancelled.
// Threads: one at a time; `cancelled` may be set by any.
class Budget {
 public:
  explicit Budget(const Options& options);

  // To be called once for each row, neighbour or element looked at: cheap, the clock being read
  // once in a few hundred calls.
  void step() {
    if (++steps_ % kStepsPerLook == 0) look();
  }

  // For work in one piece, over as many bytes: as many steps as it takes, and room for them beside
  // what is held.
  void work(std::size_t bytes) {
    if (bytes < kStepsPerLook) return;
    if (bytes > memory_ || held_ > memory_ - bytes) hold(bytes);
    constexpr std::size_t kBytesPerStep = 64;
    const std::size_t steps = bytes / kBytesPerStep;
    steps_ += static_cast<std::uint32_t>(steps % kStepsPerLook);
    if (steps >= kStepsPerLook || steps_ % kStepsPerLook < steps % kStepsPerLook) look();
  }

  // Bytes held until the run ends, or released.
  void hold(std::size_t bytes);
  void release(std::size_t bytes) { held_ -= bytes; }

 private:
  static constexpr std::uint32_t kStepsPerLook = 256;

  void look() const;

  std::uint32_t steps_ = 0;
  std::size_t held_ = 0;
  std::size_t memory_;
  bool timed_;
  std::chrono::steady_clock::time_point deadline_;
  const std::atomic<bool>* cancelled_;
};

}  // namespace ketnghia::query
