#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ostream>

#include "query-lang/analysis/nearest.hpp"
#include "query-lang/console/ask.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/failure.hpp"
#include "query-lang/console/input.hpp"
#include "query-lang/console/prompt.hpp"
#include "query-lang/console/statements.hpp"
#include "query-lang/question/question.hpp"

namespace ketnghia::console {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// A session at the prompt or through a pipe: its settings, and what was asked so far.
class Session {
 public:
  Session(const Store& store, const Arguments& arguments, Context& context)
      : store_(store),
        context_(context),
        asking_(asking_of(arguments, context)),
        follow_width_(!arguments.has("width")) {}

  void statement(std::string_view text) {
    if (follow_width_) context_.out_terminal = Terminal::of(STDOUT_FILENO);
    const auto begun = std::chrono::steady_clock::now();
    // A snapshot a statement: what others commit meanwhile is seen, and no page is held idle.
    note(ask(Snapshot(store_), text, asking_, context_));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    context_.out.flush();
    if (timing_) {
      char shown[32];
      std::snprintf(shown, sizeof shown, "%.1f", took.count());
      context_.err << dim(context_.err_terminal, context_.say("console.took", {shown})) << '\n';
    }
  }

  // A command of the prompt; false where it ends the session.
  bool command(std::string_view line) {
    const std::size_t space = line.find_first_of(kBlank);
    const std::string_view name = line.substr(0, space);
    const std::string_view value = space == line.npos ? "" : trimmed(line.substr(space));
    if (name == ".quit") return false;
    if (name == ".help") {
      context_.err << context_.say("console.help") << '\n';
    } else if (name == ".format") {
      set_format(value);
    } else if (name == ".evidence") {
      set_switch(name, value, asking_.manner.evidence);
    } else if (name == ".timing") {
      set_switch(name, value, timing_);
    } else if (name == ".min-confidence") {
      set_confidence(name, value);
    } else if (name == ".explain") {
      explain(value);
    } else {
      std::string message = context_.say("console.unknown", {name});
      const auto near = query::nearest(name, dot_commands(), 1);
      if (!near.empty()) message += "; " + context_.say("usage.did-you-mean", {near.front()});
      refuse(message);
    }
    return true;
  }

  int code() const { return code_; }

 private:
  void note(int code) {
    if (code_ == kDone) code_ = code;
  }

  void refuse(const std::string& message) { note(tell(Error(message), false, context_)); }

  void set_format(std::string_view value) {
    if (const auto format = format_named(value)) {
      asking_.manner.format = *format;
    } else {
      refuse(context_.say("usage.no-such-value", {"format", value, "table|json|jsonl|csv|tsv"}));
    }
  }

  void set_switch(std::string_view name, std::string_view value, bool& setting) {
    if (value == "on" || value == "off") {
      setting = value == "on";
    } else if (value.empty()) {
      context_.err << context_.say("console.setting", {name, setting ? "on" : "off"}) << '\n';
    } else {
      refuse(context_.say("usage.no-such-value", {name, value, "on|off"}));
    }
  }

  void set_confidence(std::string_view name, std::string_view value) {
    if (const auto share = share_of(value)) {
      asking_.bounds.least_confidence = *share;
    } else if (value.empty()) {
      char shown[16];
      std::snprintf(shown, sizeof shown, "%.2f",
                    static_cast<double>(asking_.bounds.least_confidence));
      context_.err << context_.say("console.setting", {name, shown}) << '\n';
    } else {
      refuse(context_.say("usage.no-share", {name.substr(1), value}));
    }
  }

  void explain(std::string_view statement) {
    const Snapshot snapshot(store_);
    try {
      context_.out << query::explain(snapshot, statement, asking_.bounds) << std::flush;
    } catch (const query::QueryError& error) {
      note(tell(error, statement, false, context_));
    }
  }

  const Store& store_;
  Context& context_;
  Asking asking_;
  bool follow_width_;
  bool timing_ = false;
  int code_ = kDone;
};

int run_piped(Session& session, Context& context) {
  const std::string input = read_all(context.in);
  Statements statements(!has_terminator(input));
  for (std::string_view rest = input; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (statements.pending().empty() && trimmed(line).starts_with('.')) {
      if (!session.command(trimmed(line))) return session.code();
      continue;
    }
    statements.add(line);
    while (const auto statement = statements.next()) session.statement(*statement);
    if (interrupted()) return kInterruptedExit;
  }
  if (!trimmed(statements.pending()).empty()) session.statement(statements.take_pending());
  return session.code();
}

int run_interactive(Session& session, const Store& store, Context& context) {
  context.err << context.say("console.welcome", {KETNGHIA_VERSION, store.path().string()})
              << std::endl;
  Prompt prompt(store);
  Statements statements;
  while (true) {
    std::string line;
    switch (prompt.read(statements.pending().empty() ? "ketnghia> " : "      ...> ", line)) {
      case Prompt::Read::End:
        context.err << '\n';
        return kDone;
      case Prompt::Read::Interrupted:
        statements.take_pending();
        context.err << '\n';
        continue;
      case Prompt::Read::Line:
        break;
    }
    if (statements.pending().empty() && trimmed(line).starts_with('.')) {
      prompt.remember(std::string(trimmed(line)));
      if (!session.command(trimmed(line))) return kDone;
      continue;
    }
    statements.add(line);
    while (const auto statement = statements.next()) {
      const bool pattern = !query::is_question(*statement);
      prompt.remember(std::string(trimmed(*statement)) + (pattern ? ";" : ""));
      session.statement(*statement);
    }
  }
}

}  // namespace

int run_console(const Arguments& arguments, Context& context) {
  const Store store(database_path(arguments), Store::Mode::Read);
  Session session(store, arguments, context);
  if (isatty(STDIN_FILENO) == 1 && context.out_terminal.present) {
    return run_interactive(session, store, context);
  }
  return run_piped(session, context);
}

}  // namespace ketnghia::console
