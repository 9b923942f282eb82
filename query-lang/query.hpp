#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/executor/runtime_value.hpp"
#include "query-lang/query_error.hpp"

namespace ketnghia::query {

// The bounds of one statement. Going past one is a QueryError.
struct Options {
  std::map<std::string, RuntimeValue> parameters;
  std::chrono::milliseconds timeout{0};          // 0: none
  std::size_t memory = std::size_t{2} << 30;     // bytes of rows held at once
  const std::atomic<bool>* cancelled = nullptr;  // looked at in every loop
  // Nodes and edges that no evidence shows with this confidence (0 to 1) match no pattern. What
  // has no evidence matches.
  float least_confidence = 0.0F;
};

// What a statement means before it runs.
struct Meaning {
  std::string pattern;               // the openCypher text that runs
  bool question = false;             // it was a question
  std::vector<std::string> remarks;  // "3 things bear the name Thanh Xuân: all were asked for"
};

struct Result {
  std::vector<std::string> columns;
  std::vector<std::vector<RuntimeValue>> rows;
  Meaning meaning;
};

// What `statement`, a question or a pattern, means in this graph. Throws QueryError.
Meaning understand(const Snapshot& snapshot, std::string_view statement);

// Runs a question or a pattern. Throws QueryError, StoreError.
Result run(const Snapshot& snapshot, std::string_view statement, const Options& options = {});

// The pattern it means and the plan, for people.
std::string explain(const Snapshot& snapshot, std::string_view statement,
                    const Options& options = {});

}  // namespace ketnghia::query
