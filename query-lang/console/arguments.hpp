#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/error.hpp"

namespace ketnghia::console {

// One option of a command line. What it is for stands in messages.tsv under "option.NAME".
struct Option {
  std::string_view name;   // without the dashes
  std::string_view value;  // what its value is called; "a|b|c" names the only ones; empty: a switch
  char letter = 0;         // the short form, 0: none
};

// A number from 0 to 1, as 0.7; nothing for any other text.
std::optional<float> share_of(std::string_view text);

struct Command;  // commands.hpp
class Messages;

// The command line cannot be understood. what() is the whole message, with the nearest option
// or command and where help is.
class UsageError : public Error {
 public:
  using Error::Error;
};

// A command line as its command's table of options reads it.
//
// Lifetime: the command and the messages outlive it.
// Options may stand before or after operands, as --name value or --name=value; "--" ends them;
// "-" alone is an operand. Of an option given twice the last value counts, unless all are asked
// for.
class Arguments {
 public:
  // Throws UsageError: an unknown option, a value that is missing, not wanted or not allowed,
  // too few or too many operands. With --help among them nothing else is demanded.
  Arguments(const Command& command, std::span<const std::string_view> words, const Messages& say);

  bool has(std::string_view option) const;
  std::optional<std::string> value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;
  // The value as a whole number; throws UsageError where it is none or out of range.
  std::optional<std::uint64_t> number(std::string_view option, std::uint64_t least,
                                      std::uint64_t most) const;
  // The value as a number from 0 to 1; throws UsageError where it is none.
  std::optional<float> share(std::string_view option) const;
  const std::vector<std::string>& operands() const { return operands_; }
  const Command& command() const { return command_; }

  // `message` with the line that says where help on the command is.
  UsageError fault(const std::string& message) const;

 private:
  const Option& option(std::string_view written) const;
  void put(const Option& option, std::string_view value);

  const Command& command_;
  const Messages& say_;
  std::vector<std::pair<std::string_view, std::string>> options_;
  std::vector<std::string> operands_;
};

}  // namespace ketnghia::console
