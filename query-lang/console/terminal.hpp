#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

namespace ketnghia::console {

// What an output stream of the process is joined to.
struct Terminal {
  bool present = false;   // false: a file, a pipe, nothing
  bool colour = false;    // a terminal, and the user has not set NO_COLOR
  std::size_t width = 0;  // columns; 0: no bound

  static Terminal of(int descriptor);
};

// The few ways in which text stands out. Each gives `text` itself where there is no colour.
std::string bold(const Terminal& terminal, std::string_view text);
std::string dim(const Terminal& terminal, std::string_view text);
std::string red(const Terminal& terminal, std::string_view text);
std::string yellow(const Terminal& terminal, std::string_view text);

// Set by the first Ctrl-C after catch_interrupt(); the second ends the process at once.
std::atomic<bool>& interrupted();
void catch_interrupt();
// The same for input: Ctrl-C ends the read that waits, and any number of them.
void catch_interrupted_read();

// The number of a process that Ctrl-C ended.
constexpr int kInterruptedExit = 130;

}  // namespace ketnghia::console
