#include "query-lang/console/arguments.hpp"

#include <algorithm>
#include <charconv>

#include "query-lang/analysis/nearest.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/messages.hpp"

namespace ketnghia::console {
namespace {

std::vector<std::string> choices(std::string_view value) {
  std::vector<std::string> names;
  while (value.find('|') != value.npos) {
    names.emplace_back(value.substr(0, value.find('|')));
    value.remove_prefix(value.find('|') + 1);
  }
  if (!names.empty()) names.emplace_back(value);
  return names;
}

}  // namespace

Arguments::Arguments(const Command& command, std::span<const std::string_view> words,
                     const Messages& say)
    : command_(command), say_(say) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at];
    if (word == "--") {
      operands_.insert(operands_.end(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                       words.end());
      break;
    }
    if (word.size() < 2 || word[0] != '-') {
      operands_.emplace_back(word);
      continue;
    }
    const std::size_t equals = word.starts_with("--") ? word.find('=') : word.npos;
    const Option& given = option(word.substr(0, equals));
    const std::string shown(word.substr(0, equals));
    if (given.value.empty()) {
      if (equals != word.npos) throw fault(say_("usage.no-value-wanted", {shown}));
      put(given, "");
    } else if (equals != word.npos) {
      put(given, word.substr(equals + 1));
    } else if (at + 1 < words.size()) {
      put(given, words[++at]);
    } else {
      throw fault(say_("usage.value-missing", {shown, given.value}));
    }
  }
  if (has("help")) return;
  if (operands_.size() < command_.least) {
    throw fault(say_("usage.operand-missing", {command_.name, command_.operands}));
  }
  if (operands_.size() > command_.most) {
    throw fault(command_.most == 0
                    ? say_("usage.no-operand-wanted", {command_.name, operands_[0]})
                    : say_("usage.operands-too-many",
                           {command_.name, command_.operands, operands_[command_.most]}));
  }
}

bool Arguments::has(std::string_view option) const { return value(option).has_value(); }

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto last = std::find_if(options_.rbegin(), options_.rend(),
                                 [&](const auto& given) { return given.first == option; });
  if (last == options_.rend()) return std::nullopt;
  return last->second;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  std::vector<std::string> all;
  for (const auto& [name, value] : options_) {
    if (name == option) all.push_back(value);
  }
  return all;
}

std::optional<std::uint64_t> Arguments::number(std::string_view option, std::uint64_t least,
                                               std::uint64_t most) const {
  const auto text = value(option);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [read, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc{} || read != end || number < least || number > most) {
    throw fault(say_("usage.no-number", {option, *text, least, most}));
  }
  return number;
}

UsageError Arguments::fault(const std::string& message) const {
  return UsageError(message + "\n" + say_("usage.try", {command_.name}));
}

const Option& Arguments::option(std::string_view written) const {
  std::vector<std::string> known;
  for (const auto options : {command_.options, common_options()}) {
    for (const Option& candidate : options) {
      if (written.starts_with("--") ? written.substr(2) == candidate.name
                                    : written.size() == 2 && written[1] == candidate.letter) {
        return candidate;
      }
      known.push_back("--" + std::string(candidate.name));
    }
  }
  std::string message = say_("usage.unknown-option", {command_.name, written});
  const auto near = query::nearest(written, known, 1);
  if (!near.empty()) message += "; " + say_("usage.did-you-mean", {near.front()});
  throw fault(message);
}

void Arguments::put(const Option& option, std::string_view value) {
  const std::vector<std::string> allowed = choices(option.value);
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
    std::string message = say_("usage.no-such-value", {option.name, value, option.value});
    const auto near = query::nearest(value, allowed, 1);
    if (!near.empty()) message += "; " + say_("usage.did-you-mean", {near.front()});
    throw fault(message);
  }
  options_.emplace_back(option.name, value);
}

std::optional<float> share_of(std::string_view text) {
  float share = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), share);
  if (error != std::errc() || end != text.data() + text.size() || !(share >= 0 && share <= 1)) {
    return std::nullopt;
  }
  return share;
}

std::optional<float> Arguments::share(std::string_view option) const {
  const auto text = value(option);
  if (!text) return std::nullopt;
  const auto share = share_of(*text);
  if (!share) throw fault(say_("usage.no-share", {option, *text}));
  return share;
}

}  // namespace ketnghia::console
