#include "tests/support/differential.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <vector>

#include "engine/export/jsonl.hpp"
#include "query-lang/executor/json.hpp"
#include "query-lang/query.hpp"
#include "tests/support/random_statement.hpp"
#include "tests/support/reference.hpp"

namespace ketnghia::query::test {
namespace {

constexpr std::size_t kStatementsOfAGraph = 40;
constexpr std::size_t kShown = 5;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ketnghia-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// 1 and 1.0 are one value to grouping, and the last bits of a sum depend on its order.
std::string canonical(const RuntimeValue& value, const Snapshot& snapshot) {
  if (const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&value.data)) {
    std::string text = "[";
    for (const auto& element : **list) text += canonical(element, snapshot) + ",";
    return text + "]";
  }
  double number = 0;
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    number = static_cast<double>(*integer);
  } else if (const auto* real = std::get_if<double>(&value.data)) {
    number = *real;
  } else {
    return to_json(value, snapshot);
  }
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.9g", number == 0 ? 0.0 : number);
  return buffer;
}

using Rows = std::vector<std::string>;

Rows canonical(const std::vector<std::vector<RuntimeValue>>& rows, const Snapshot& snapshot,
               bool ordered) {
  Rows result;
  for (const auto& row : rows) {
    auto& text = result.emplace_back();
    for (const auto& value : row) text += canonical(value, snapshot) + " ";
  }
  if (!ordered) std::sort(result.begin(), result.end());
  return result;
}

std::string shown(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) text += "    " + row + "\n";
  return text.empty() ? "    no row\n" : text;
}

}  // namespace

DifferentialReport compare_with_reference(
    std::uint64_t seed, std::size_t count,
    const std::function<void(const DifferentialReport&)>& at_graph) {
  DifferentialReport report;
  Die die(seed);
  const TemporaryFolder folder;
  Options options;
  options.parameters["p"] = std::int64_t{1};
  options.parameters["s"] = std::string("ab");
  options.parameters["l"] =
      make_list(RuntimeList{std::int64_t{2}, RuntimeValue(), std::int64_t{1}});
  for (std::size_t done = 0; done < count;) {
    const std::string lines = random_graph(die);
    const auto path = folder.path() / "graph";
    Store store{path, Store::Mode::Write};
    std::istringstream in{lines};
    load_jsonl(store, in);
    const Snapshot snapshot{store};
    for (std::size_t i = 0; i < kStatementsOfAGraph && done < count; ++i, ++done) {
      const RandomStatement statement = random_statement(die);
      Rows expected;
      std::string refused;
      try {
        expected = canonical(reference_answer(snapshot, statement.text, options), snapshot,
                             statement.ordered);
      } catch (const TooManyRows&) {
        ++report.skipped;
        continue;
      } catch (const std::exception& error) {
        refused = error.what();
      }
      Rows answered;
      std::string failure;
      bool broken = false;  // what is no QueryError is never an answer
      try {
        answered =
            canonical(run(snapshot, statement.text, options).rows, snapshot, statement.ordered);
      } catch (const QueryError& error) {
        failure = render(error.diagnostic(), statement.text);
      } catch (const std::exception& error) {
        failure = error.what();
        broken = true;
      }
      if (!refused.empty() && !failure.empty() && !broken) {
        ++report.failed;
        continue;
      }
      ++report.asked;
      report.rows += answered.size();
      if (refused.empty() && failure.empty() && expected == answered) continue;
      if (++report.differing > kShown) continue;
      report.differences += "graph\n" + lines + "statement\n    " + statement.text +
                            "\nreference\n" + (refused.empty() ? shown(expected) : refused + "\n") +
                            "product\n" + (failure.empty() ? shown(answered) : failure + "\n") +
                            "\n";
    }
    if (at_graph) at_graph(report);
    std::filesystem::remove_all(path);
  }
  return report;
}

}  // namespace ketnghia::query::test
