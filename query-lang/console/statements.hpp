#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ketnghia::console {

// Cuts lines as they are typed or piped into statements.
//
// A question ends with its line or at a ';', a pattern at a ';' outside its strings, names in
// backticks and comments. Where `lines_end_patterns` is set, as for input without any ';', a
// pattern ends with its line too.
class Statements {
 public:
  explicit Statements(bool lines_end_patterns = false) : lines_end_(lines_end_patterns) {}

  // Adds a line, without its break.
  void add(std::string_view line);
  // The next whole statement, without its ';'; nothing until more lines come.
  std::optional<std::string> next();
  // What has no end yet; empty where nothing waits.
  std::string_view pending() const { return pending_; }
  // Takes it out: the last statement of input that ends without a ';'.
  std::string take_pending();

 private:
  bool lines_end_;
  std::string pending_;
};

// Whether a ';' stands in `text` outside strings and comments.
bool has_terminator(std::string_view text);

}  // namespace ketnghia::console
