#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "query-lang/console/arguments.hpp"
#include "query-lang/console/messages.hpp"
#include "query-lang/console/terminal.hpp"

namespace ketnghia::console {

// What a command works with besides its arguments.
struct Context {
  const Messages& say;
  std::istream& in;
  std::ostream& out;  // data
  std::ostream& err;  // everything else
  Terminal out_terminal;
  Terminal err_terminal;
};

// Exit codes. Ctrl-C: kInterruptedExit.
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kFaultyStatement = 2;

struct Command {
  std::string_view name;            // "text dates" where the second word chooses
  std::string_view operands;        // as the usage line shows them
  std::size_t least = 0, most = 0;  // of operands
  std::span<const Option> options;
  std::string_view examples;  // one a line
  // Throws Error; main() tells of it.
  int (*run)(const Arguments& arguments, Context& context);
};

// What every command takes besides its own options.
std::span<const Option> common_options();

// All commands, in the order in which the help lists them.
std::span<const Command> commands();

// The command that `words` begin with, and how many of them name it. Throws UsageError, with the
// nearest command, where there is none.
struct Chosen {
  const Command& command;
  std::size_t words;
};
Chosen choose_command(std::span<const std::string_view> words, const Messages& say);

std::string general_help(const Messages& say);
// The commands whose first word is `first`; empty where there are none or it is one itself.
std::string group_help(std::string_view first, const Messages& say);
std::string command_help(const Command& command, const Messages& say);

// --db, else $KETNGHIA_DB, else ./ketnghia.kn.
std::string database_path(const Arguments& arguments);

int run_import(const Arguments& arguments, Context& context);
int run_query(const Arguments& arguments, Context& context);
int run_explain(const Arguments& arguments, Context& context);
int run_export(const Arguments& arguments, Context& context);
int run_load(const Arguments& arguments, Context& context);
int run_stats(const Arguments& arguments, Context& context);
int run_check(const Arguments& arguments, Context& context);
int run_documents(const Arguments& arguments, Context& context);
int run_show(const Arguments& arguments, Context& context);
int run_forget(const Arguments& arguments, Context& context);
int run_correct_apply(const Arguments& arguments, Context& context);
int run_correct_decide(const Arguments& arguments, Context& context);
int run_correct_list(const Arguments& arguments, Context& context);
int run_correct_export(const Arguments& arguments, Context& context);
int run_correct_undo(const Arguments& arguments, Context& context);
int run_review(const Arguments& arguments, Context& context);
int run_conflicts(const Arguments& arguments, Context& context);
int run_why(const Arguments& arguments, Context& context);
int run_verify(const Arguments& arguments, Context& context);
int run_console(const Arguments& arguments, Context& context);
int run_bench(const Arguments& arguments, Context& context);
int run_text_normalise(const Arguments& arguments, Context& context);
int run_text_key(const Arguments& arguments, Context& context);
int run_text_expand(const Arguments& arguments, Context& context);
int run_text_dates(const Arguments& arguments, Context& context);
int run_text_mentions(const Arguments& arguments, Context& context);

}  // namespace ketnghia::console
