#include "query-lang/console/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace ketnghia::console {
namespace {

constinit std::atomic<bool> interrupt_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler may set it

std::string painted(const Terminal& terminal, std::string_view code, std::string_view text) {
  if (!terminal.colour || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace

Terminal Terminal::of(int descriptor) {
  Terminal terminal;
  terminal.present = isatty(descriptor) == 1;
  if (!terminal.present) return terminal;
  const char* no_colour = std::getenv("NO_COLOR");  // no-color.org: set and not empty
  const char* kind = std::getenv("TERM");
  terminal.colour = (!no_colour || !*no_colour) && !(kind && std::string_view(kind) == "dumb");
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  return terminal;
}

std::string bold(const Terminal& terminal, std::string_view text) {
  return painted(terminal, "1", text);
}
std::string dim(const Terminal& terminal, std::string_view text) {
  return painted(terminal, "2", text);
}
std::string red(const Terminal& terminal, std::string_view text) {
  return painted(terminal, "1;31", text);
}
std::string yellow(const Terminal& terminal, std::string_view text) {
  return painted(terminal, "33", text);
}

std::atomic<bool>& interrupted() { return interrupt_flag; }

namespace {

void on_interrupt(int flags) {
  interrupt_flag = false;
  struct sigaction action {};
  action.sa_handler = [](int) { interrupt_flag = true; };
  action.sa_flags = flags;
  sigaction(SIGINT, &action, nullptr);
}

}  // namespace

void catch_interrupt() { on_interrupt(static_cast<int>(SA_RESETHAND | SA_RESTART)); }

void catch_interrupted_read() { on_interrupt(0); }

}  // namespace ketnghia::console
