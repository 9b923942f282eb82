#include "query-lang/query.hpp"

#include <utility>

#include "query-lang/analysis/analyse.hpp"
#include "query-lang/executor/execute.hpp"
#include "query-lang/parser/parse.hpp"
#include "query-lang/planner/explain.hpp"
#include "query-lang/planner/plan.hpp"
#include "query-lang/question/question.hpp"

namespace ketnghia::query {

Meaning understand(const Snapshot& snapshot, std::string_view statement) {
  Meaning meaning;
  meaning.question = is_question(statement);
  if (meaning.question) {
    Rewritten rewritten = rewrite_question(snapshot, statement);
    meaning.pattern = std::move(rewritten.pattern);
    meaning.remarks = std::move(rewritten.remarks);
  } else {
    meaning.pattern = statement;
  }
  return meaning;
}

Result run(const Snapshot& snapshot, std::string_view statement, const Options& options) {
  Result result;
  result.meaning = understand(snapshot, statement);
  const bound::Query query = analyse(parse(result.meaning.pattern), result.meaning.pattern);
  const LogicalPlan plan = make_plan(query, snapshot, options.least_confidence > 0);
  result.columns = query.columns;
  result.rows = execute(query, plan, snapshot, options);
  return result;
}

std::string explain(const Snapshot& snapshot, std::string_view statement, const Options&) {
  const Meaning meaning = understand(snapshot, statement);
  const bound::Query query = analyse(parse(meaning.pattern), meaning.pattern);
  const LogicalPlan plan = make_plan(query, snapshot);
  std::string text = meaning.pattern + "\n\n" + explain_plan(plan, snapshot);
  for (const auto& remark : meaning.remarks) text += remark + "\n";
  return text;
}

}  // namespace ketnghia::query
