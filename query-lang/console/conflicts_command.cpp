#include <ostream>

#include "importers/resolve/conflicts.hpp"
#include "query-lang/console/answer.hpp"
#include "query-lang/console/commands.hpp"

namespace ketnghia::console {

int run_conflicts(const Arguments& arguments, Context& context) {
  const Manner manner = manner_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  const auto graph = importers::resolve_whole(snapshot);
  query::Result result;
  result.columns = {"about",           "name",           "one",  "quotation", "document", "other",
                    "other quotation", "other document", "nodes"};
  for (const importers::Conflict& conflict : importers::conflicts(*graph)) {
    std::vector<query::RuntimeValue> row{conflict.about, conflict.name};
    for (const importers::Claim* claim : {&conflict.one, &conflict.other}) {
      row.emplace_back(claim->value);
      row.emplace_back(graph->quote(claim->document, claim->span));
      const auto name = snapshot.string_id("name");
      row.push_back(query::to_runtime(name ? snapshot.property(claim->document, *name) : Value()));
    }
    std::string nodes = "n" + std::to_string(number(conflict.first));
    if (conflict.second != conflict.first) nodes += " n" + std::to_string(number(conflict.second));
    row.emplace_back(std::move(nodes));
    result.rows.push_back(std::move(row));
  }
  write_answer(snapshot, result, manner, context);
  return kDone;
}

}  // namespace ketnghia::console
