#include "query-lang/executor/budget.hpp"

#include <string>

namespace ketnghia::query {
namespace {

[[noreturn]] void exceeded(std::string_view code, std::string message) {
  Diagnostic diagnostic;
  diagnostic.kind = "ResourceError";
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  throw QueryError(std::move(diagnostic));
}

}  // namespace

Budget::Budget(const Options& options)
    : memory_(options.memory),
      timed_(options.timeout.count() > 0),
      deadline_(std::chrono::steady_clock::now() + options.timeout),
      cancelled_(options.cancelled) {}

void Budget::hold(std::size_t bytes) {
  held_ += bytes;
  if (held_ > memory_) {
    const std::size_t megabytes = memory_ >> 20;
    exceeded("MemoryExceeded", "the statement would hold more than " +
                                   (megabytes > 0 ? std::to_string(megabytes) + " MB"
                                                  : std::to_string(memory_) + " bytes") +
                                   " at once, which is as much as it may");
  }
}

void Budget::look() const {
  if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
    exceeded("Cancelled", "the statement was cancelled");
  }
  if (timed_ && std::chrono::steady_clock::now() > deadline_) {
    exceeded("TimeExceeded", "the statement ran longer than it may");
  }
}

}  // namespace ketnghia::query
