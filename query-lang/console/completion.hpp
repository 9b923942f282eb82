#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/store/store.hpp"

namespace ketnghia::console {

// What may stand where the cursor is.
struct Completion {
  std::size_t replaced = 0;  // bytes before the cursor that a candidate takes the place of
  std::vector<std::string> candidates;  // each once, in byte order
};

// Completes names of the graph, keywords and functions of patterns, and commands of the prompt.
//
// Names are read at the first call and not again; of a large graph only the first kMostNames.
// Lifetime: the Store outlives it.
class Completer {
 public:
  static constexpr std::size_t kMostNames = 200'000;

  explicit Completer(const Store& store) : store_(store) {}

  // The longest end of `before` that begins a name wins: names have spaces in them. What was
  // typed without marks is completed with them.
  Completion complete(std::string_view before);

 private:
  void read_names();

  const Store& store_;
  bool read_ = false;
  std::vector<std::pair<std::string, std::string>> names_;  // match key and name, sorted
};

// The longest start that all have in common, in whole characters.
std::string common_start(const std::vector<std::string>& texts);

// The commands of the prompt, each beginning with a dot.
const std::vector<std::string>& dot_commands();

}  // namespace ketnghia::console
