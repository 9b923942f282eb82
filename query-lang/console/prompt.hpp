#pragma once

#include <histedit.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "query-lang/console/completion.hpp"

namespace ketnghia::console {

// Lines typed at a terminal, with editing, history and completion by libedit.
//
// The history is kept in $XDG_STATE_HOME/ketnghia/history (else ~/.local/state), readable by its
// owner alone; where it cannot be written it lasts as long as the Prompt.
class Prompt {
 public:
  explicit Prompt(const Store& store);
  ~Prompt();
  Prompt(const Prompt&) = delete;
  Prompt& operator=(const Prompt&) = delete;

  enum class Read { Line, Interrupted, End };

  // Asks with `prompt` and reads one line, without its break.
  Read read(const std::string& prompt, std::string& line);
  void remember(const std::string& statement);

 private:
  static unsigned char complete(EditLine* edit, int);

  Completer completer_;
  std::string prompt_;
  std::filesystem::path history_file_;
  std::unique_ptr<EditLine, void (*)(EditLine*)> edit_;
  std::unique_ptr<History, void (*)(History*)> history_;
};

}  // namespace ketnghia::console
