#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "engine/store/store.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::query::test {

// A graph of its own in a temporary folder, read from lines of the interchange format.
class PatternGraph {
 public:
  explicit PatternGraph(std::string_view jsonl);
  ~PatternGraph();
  PatternGraph(const PatternGraph&) = delete;
  PatternGraph& operator=(const PatternGraph&) = delete;

  const Snapshot& snapshot() const { return *snapshot_; }

  // The rows as JSON, one a line; or kind, code and what is marked of the statement.
  std::string ask(std::string_view statement, const Options& options = {}) const;
  std::string plan(std::string_view statement) const;

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Snapshot> snapshot_;
};

// A graph of nothing, for statements that ask nothing of one.
const PatternGraph& empty_graph();

// Expressions and their values as JSON, each asked with RETURN of a graph of nothing.
void check(const std::vector<std::pair<std::string, std::string>>& table);

// (1 Hà Nội)<-BELONGS_TO-(4 Sở Ngoại vụ)-TOOK_PART->(5 meeting)<-TOOK_PART-(2 Bắc Kinh), a district
// of Hà Nội, and the COOPERATED_WITH that follows from the meeting.
const PatternGraph& meeting_graph();

}  // namespace ketnghia::query::test
