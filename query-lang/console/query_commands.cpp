#include <map>
#include <ostream>

#include "query-lang/console/ask.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/failure.hpp"
#include "query-lang/console/input.hpp"
#include "query-lang/console/parameter.hpp"
#include "query-lang/console/profile_command.hpp"
#include "query-lang/profile.hpp"

namespace ketnghia::console {
namespace {

std::string statement_of(const Arguments& arguments, Context& context) {
  const std::string& given = arguments.operands().front();
  return given == "-" ? read_all(context.in) : given;
}

std::map<std::string, query::RuntimeValue> parameters_of(const Arguments& arguments) {
  std::map<std::string, query::RuntimeValue> parameters;
  for (const std::string& text : arguments.values("param")) {
    auto [name, value] = read_parameter(text);
    parameters[std::move(name)] = std::move(value);
  }
  return parameters;
}

}  // namespace

int run_query(const Arguments& arguments, Context& context) {
  Asking asking = asking_of(arguments, context);
  asking.bounds.parameters = parameters_of(arguments);
  const std::string statement = statement_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  return ask(snapshot, statement, asking, context);
}

namespace {

using Told = std::string (*)(const Snapshot&, std::string_view, const query::Options&);

int tell_plan(const Arguments& arguments, Context& context, Told told) {
  query::Options options;
  options.parameters = parameters_of(arguments);
  const std::string statement = statement_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  try {
    context.out << told(snapshot, statement, options);
  } catch (const query::QueryError& error) {
    return tell(error, statement, false, context);
  }
  return kDone;
}

}  // namespace

int run_explain(const Arguments& arguments, Context& context) {
  return tell_plan(arguments, context, query::explain);
}

int run_profile(const Arguments& arguments, Context& context) {
  return tell_plan(arguments, context, query::profile);
}

}  // namespace ketnghia::console
