#include "query-lang/profile.hpp"

#include "query-lang/analysis/analyse.hpp"
#include "query-lang/executor/execute.hpp"
#include "query-lang/parser/parse.hpp"
#include "query-lang/planner/explain.hpp"
#include "query-lang/planner/plan.hpp"

namespace ketnghia::query {

std::string profile(const Snapshot& snapshot, std::string_view statement, const Options& options) {
  const Meaning meaning = understand(snapshot, statement);
  const bound::Query query = analyse(parse(meaning.pattern), meaning.pattern);
  const LogicalPlan plan = make_plan(query, snapshot, options.least_confidence > 0);
  Profile efforts;
  const auto rows = execute(query, plan, snapshot, options, &efforts);
  return meaning.pattern + "\n\n" + explain_profile(plan, snapshot, efforts) +
         std::to_string(rows.size()) + " rows\n";
}

}  // namespace ketnghia::query
