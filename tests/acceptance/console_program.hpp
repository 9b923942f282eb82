#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::tests {

// What a run of the program left behind.
struct Outcome {
  int code = -1;
  std::string out, err;
};

// A folder of its own for a test, gone with it, in which the program can be run.
class Program {
 public:
  Program();
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Runs ketnghia with these arguments, `input` on its standard input, the folder as its working
  // directory and only the environment given here ("NAME=VALUE").
  Outcome run(const std::vector<std::string>& arguments, std::string_view input = "",
              const std::vector<std::string>& environment = {}) const;
  // Writes a file into the folder; gives its path.
  std::string write(const std::string& name, std::string_view text) const;
  std::string read(const std::string& name) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

// The program with the small graph of these tests loaded into ./ketnghia.kn.
class LoadedProgram : public Program {
 public:
  LoadedProgram();
};

}  // namespace ketnghia::tests
