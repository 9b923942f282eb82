#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ostream>

#include "query-lang/analysis/analyse.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/input.hpp"
#include "query-lang/console/json_text.hpp"
#include "query-lang/executor/execute.hpp"
#include "query-lang/parser/parse.hpp"
#include "query-lang/planner/plan.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::console {
namespace {

struct Timed {
  std::string name, query;
};

std::vector<Timed> read_queries(const std::string& path) {
  simdjson::dom::parser parser;
  std::vector<Timed> queries;
  try {
    const simdjson::padded_string text(read_file(path));
    for (const auto entry : parser.parse(text).get_array()) {
      queries.push_back({std::string(std::string_view(entry["name"])),
                         std::string(std::string_view(entry["query"]))});
    }
  } catch (const simdjson::simdjson_error& error) {
    throw Error(path + ": " + error.what() + R"( (wanted: [{"name":"…","query":"…"}, …]))");
  }
  return queries;
}

// How long `task` took each time, in microseconds, sorted.
template <typename Task>
std::vector<double> times_of(std::uint64_t runs, Task task) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  for (std::uint64_t run = 0; run < runs; ++run) {
    const Clock::time_point begun = Clock::now();
    task();
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
  }
  std::sort(times.begin(), times.end());
  return times;
}

// The time that this share of the runs stays under.
std::string at_share(const std::vector<double>& sorted, double share) {
  const auto last = static_cast<double>(sorted.size() - 1);
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", sorted[static_cast<std::size_t>(last * share + 0.5)]);
  return text;
}

// The rest of a statement's line of the report: prepared once and run, then from its text each
// time. Every row is fetched.
std::string measured(const Snapshot& snapshot, const std::string& statement, std::uint64_t runs) {
  const std::string pattern = query::understand(snapshot, statement).pattern;
  const query::ast::Query parsed = query::parse(pattern);
  const query::bound::Query bound = query::analyse(parsed, pattern);
  const query::LogicalPlan plan = query::make_plan(bound, snapshot);
  const query::Options options;
  std::size_t rows = 0;
  const auto prepared =
      times_of(runs, [&] { rows = query::execute(bound, plan, snapshot, options).size(); });
  const auto from_text =
      times_of(runs, [&] { rows = query::run(snapshot, statement, options).rows.size(); });
  constexpr double kMedian = 0.5;
  constexpr double kP95 = 0.95;
  return R"(,"rows":)" + std::to_string(rows) + R"(,"median_us":)" + at_share(prepared, kMedian) +
         R"(,"p95_us":)" + at_share(prepared, kP95) + R"(,"text_median_us":)" +
         at_share(from_text, kMedian);
}

}  // namespace

int run_bench(const Arguments& arguments, Context& context) {
  constexpr std::uint64_t kMostRuns = 1'000'000;
  constexpr std::uint64_t kRuns = 15;
  const auto path = arguments.value("queries");
  if (!path) throw arguments.fault(context.say("usage.option-missing", {"bench", "queries"}));
  const std::uint64_t runs = arguments.number("runs", 1, kMostRuns).value_or(kRuns);
  const std::vector<Timed> queries = read_queries(*path);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  context.out << '[';
  for (const Timed& timed : queries) {
    context.out << (&timed == &queries.front() ? "\n" : ",\n") << R"({"name":)"
                << json_string(timed.name);
    try {
      context.out << measured(snapshot, timed.query, runs);
    } catch (const query::QueryError& error) {
      context.out << R"(,"status":"error","error":)" << json_string(error.what());
    }
    context.out << '}' << std::flush;
  }
  context.out << "\n]\n";
  return kDone;
}

}  // namespace ketnghia::console
