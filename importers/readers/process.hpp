#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::importers {

// A program that reads a format for us, in a process of its own.
struct Program {
  std::string name;     // looked for in PATH
  std::string package;  // of Debian, that brings it
  std::vector<std::string> arguments;
  std::chrono::seconds time{60};                // by the clock; half again of processor time
  std::size_t memory = std::size_t{2} << 30U;   // bytes of address space
  std::size_t output = std::size_t{64} << 20U;  // bytes of what it may write
};

// Runs a program on `input`, which it reads from a file that is its standard input and has no
// name, and returns what it writes. It runs without a shell, in a process group of its own, with
// nothing of ours open, no terminal, an environment of PATH, HOME and a UTF-8 locale, and limits
// on time, memory, files and output; whatever happens, nothing of it is left when this returns.
//
// Errors: ImportError naming `path`: the program is missing (names the package), takes too long,
// writes too much, dies, fails (with the first line of what it complains of), or the import was
// cancelled. Threads: any number.
std::string run_program(const Program& program, std::string_view input, const std::string& path);

// Whether the program is installed.
bool has_program(const std::string& name);

// While one lives, programs that this thread runs are ended as soon as the flag is set.
class ProgramsStopWith {
 public:
  explicit ProgramsStopWith(const std::atomic<bool>* cancelled);
  ~ProgramsStopWith();
  ProgramsStopWith(const ProgramsStopWith&) = delete;
  ProgramsStopWith& operator=(const ProgramsStopWith&) = delete;

 private:
  const std::atomic<bool>* before_;
};

}  // namespace ketnghia::importers
