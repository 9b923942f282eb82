#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>

#include "query-lang/console/commands.hpp"
#include "query-lang/console/failure.hpp"

namespace {

using namespace ketnghia;
using namespace ketnghia::console;

constexpr int kBrokenPipeExit = 128 + SIGPIPE;

// The language is needed before the command line is understood: for what is wrong with it.
Language language_of(std::span<const std::string_view> words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string_view name;
    if (words[at].starts_with("--lang=")) name = words[at].substr(7);
    if (words[at] == "--lang" && at + 1 < words.size()) name = words[at + 1];
    if (const auto language = language_named(name)) return *language;
  }
  const char* environment = std::getenv("KETNGHIA_LANG");
  return language_named(environment ? environment : "").value_or(Language::English);
}

int run(std::span<const std::string_view> words, Context& context) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    context.out << general_help(context.say);
    return words.empty() ? kFailed : kDone;
  }
  if (words[0] == "--version") {
    context.out << "ketnghia " KETNGHIA_VERSION "\n";
    return kDone;
  }
  if (words.size() == 1 || words[1] == "--help" || words[1] == "-h") {
    if (const std::string help = group_help(words[0], context.say); !help.empty()) {
      context.out << help;
      return words.size() == 1 ? kFailed : kDone;
    }
  }
  const Chosen chosen = choose_command(words, context.say);
  const Arguments arguments(chosen.command, words.subspan(chosen.words), context.say);
  if (arguments.has("help")) {
    context.out << command_help(chosen.command, context.say);
    return kDone;
  }
  try {
    return chosen.command.run(arguments, context);
  } catch (const UsageError&) {
    throw;
  } catch (const Error& error) {
    return tell(error, arguments.value("format") == "json", context);
  }
}

// Data that did not reach its reader is a failure; a reader that left early is none of ours.
int tell_unwritten(int reason, Context& context) {
  if (reason == EPIPE) return kBrokenPipeExit;
  return tell(Error(context.say("error.write", {std::strerror(reason)})), false, context);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // told by the write that fails, so that everything is unwound
  std::cout.exceptions(std::ios::badbit);
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  const Messages say(language_of(words));
  Context context{say,
                  std::cin,
                  std::cout,
                  std::cerr,
                  Terminal::of(STDOUT_FILENO),
                  Terminal::of(STDERR_FILENO)};
  int code = kFailed;
  try {
    code = run(words, context);
    context.out.flush();
  } catch (const std::ios_base::failure&) {
    const int reason = errno;
    std::cout.exceptions(std::ios::goodbit);  // std::cerr flushes it, in vain
    return tell_unwritten(reason, context);
  } catch (const Error& error) {
    code = tell(error, false, context);
  } catch (const std::bad_alloc&) {
    code = tell(Error(say("error.memory")), false, context);
  } catch (const std::exception& error) {
    code = tell(Error(error.what()), false, context);
  }
  return code;
}
