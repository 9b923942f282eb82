#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <ostream>

#include "query-lang/console/answer.hpp"
#include "query-lang/console/decisions.hpp"
#include "query-lang/console/input.hpp"

namespace ketnghia::console {
namespace {

std::vector<std::string> questions_of(const Arguments& arguments) {
  std::vector<std::string> questions = arguments.values("query");
  if (const auto path = arguments.value("questions")) {
    std::string_view text;
    const std::string all = read_file(*path);
    for (text = all; !text.empty();) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == text.npos ? text.size() : end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty() && !line.starts_with('#')) questions.emplace_back(line);
    }
  }
  return questions;
}

// What of the decisions finds nothing to speak of.
void tell_idle(const Snapshot& snapshot, const Corrections& corrections, Context& context) {
  const auto applied = importers::decisions_applied(snapshot, corrections);
  for (const Decision& decision : corrections.all()) {
    const auto found = applied.find(decision.id());
    if (found != applied.end() && !found->second) {
      context.err << context.say("correct.idle", {decision.id(), decision.line()}) << '\n';
    }
  }
}

// The decision that `text` tells: its number in the list, or its id.
const Decision& chosen(const Corrections& corrections, const std::string& text, Context& context) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  for (const Decision& decision : corrections.all()) {
    if (decision.id() == text) return decision;
  }
  if (whole && number >= 1 && number <= corrections.all().size()) {
    return corrections.all()[number - 1];
  }
  throw Error(context.say("correct.no-such", {text}));
}

}  // namespace

int run_correct_apply(const Arguments& arguments, Context& context) {
  const std::string& path = arguments.operands().front();
  const Corrections given =
      Corrections::parse(path == "-" ? read_all(context.in) : read_file(path), path);
  Store store = existing_store(arguments);
  Corrections all;
  {
    const Snapshot snapshot(store);
    all = importers::corrections_of(snapshot);
  }
  for (const Decision& decision : given.all()) all.add(decision);
  tell_idle(Snapshot(store), all, context);
  apply_corrections(store, all, questions_of(arguments), arguments.has("dry-run"), context);
  return kDone;
}

int run_correct_decide(const Arguments& arguments, Context& context) {
  const auto& words = arguments.operands();
  Store store = existing_store(arguments);
  Corrections all = importers::corrections_of(Snapshot(store));
  Decision decision{
      decision_date(all), decider(arguments, context),      words[0],
      words[1],           words.size() > 2 ? words[2] : "", arguments.value("note").value_or("")};
  const std::string id = decision.id();
  all.add(std::move(decision));
  tell_idle(Snapshot(store), all, context);
  apply_corrections(store, all, questions_of(arguments), arguments.has("dry-run"), context);
  return kDone;
}

int run_correct_list(const Arguments& arguments, Context& context) {
  const Manner manner = manner_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  const Corrections all = importers::corrections_of(snapshot);
  const auto applied = importers::decisions_applied(snapshot, all);
  query::Result result;
  result.columns = {"number", "id", "state", "date", "who", "verb", "what", "with", "note"};
  std::int64_t number = 0;
  for (const Decision& decision : all.all()) {
    const auto found = applied.find(decision.id());
    const char* state = !all.is_active(decision) ? "undone"
                        : found == applied.end() ? "undo"
                        : found->second          ? "applied"
                                                 : "idle";
    result.rows.push_back({++number, decision.id(), std::string(state), decision.date, decision.who,
                           decision.verb, decision.subject, decision.object, decision.note});
  }
  write_answer(snapshot, result, manner, context);
  return kDone;
}

int run_correct_export(const Arguments& arguments, Context& context) {
  const Store store(database_path(arguments), Store::Mode::Read);
  const std::string text = importers::corrections_of(Snapshot(store)).text();
  const auto path = arguments.value("output");
  if (!path) {
    context.out << text;
    return kDone;
  }
  std::ofstream file(*path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw Error(context.say("error.write-file", {*path, std::strerror(errno)}));
  return kDone;
}

int run_correct_undo(const Arguments& arguments, Context& context) {
  Store store = existing_store(arguments);
  Corrections all = importers::corrections_of(Snapshot(store));
  const Decision& decision = chosen(all, arguments.operands().front(), context);
  if (!all.is_active(decision)) throw Error(context.say("correct.undone", {decision.line()}));
  Decision undo{decision_date(all),
                decider(arguments, context),
                "undo",
                decision.id(),
                "",
                arguments.value("note").value_or("")};
  all.add(std::move(undo));
  apply_corrections(store, all, questions_of(arguments), arguments.has("dry-run"), context);
  return kDone;
}

}  // namespace ketnghia::console
