#include "query-lang/console/completion.hpp"

#include <algorithm>
#include <cctype>

#include "engine/store/snapshot.hpp"
#include "engine/text/normalise.hpp"
#include "query-lang/functions/registry.hpp"
#include "query-lang/parser/tokens.hpp"

namespace ketnghia::console {
namespace {

constexpr std::size_t kMostWords = 8;  // of a name

bool starts_alike(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](unsigned char a, unsigned char b) {
           return std::tolower(a) == std::tolower(b);
         });
}

bool is_boundary(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '"' || c == '\'' || c == '(' || c == ',' ||
         c == '`' || c == ':';
}

// Where the words of `text` begin that a name at its end can begin with, longest first.
std::vector<std::size_t> starts(std::string_view text) {
  std::vector<std::size_t> found;
  for (std::size_t at = text.size(); at > 0 && found.size() < kMostWords; --at) {
    const bool begins = at == 1 || is_boundary(text[at - 2]);
    if (begins && !is_boundary(text[at - 1])) found.push_back(at - 1);
    const char c = text[at - 1];
    if (c == '"' || c == '\'' || c == '`') break;  // a name in quotes begins with them
  }
  std::reverse(found.begin(), found.end());
  return found;
}

void sort_once(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

}  // namespace

const std::vector<std::string>& dot_commands() {
  static const std::vector<std::string> commands{".evidence", ".explain",        ".format",
                                                 ".help",     ".min-confidence", ".quit",
                                                 ".timing"};
  return commands;
}

void Completer::read_names() {
  read_ = true;
  const Snapshot snapshot(store_);
  const auto name = snapshot.string_id("name");
  if (!name) return;
  auto cursor = snapshot.nodes();
  for (auto node = cursor.next(); node && names_.size() < kMostNames; node = cursor.next()) {
    const Value value = snapshot.property(*node, *name);
    if (value.text()) names_.emplace_back(match_key(*value.text()), *value.text());
  }
  std::sort(names_.begin(), names_.end());
}

Completion Completer::complete(std::string_view before) {
  if (!read_) read_names();
  Completion completion;
  if (before.starts_with('.')) {
    completion.replaced = before.size();
    for (const std::string& command : dot_commands()) {
      if (command.starts_with(before)) completion.candidates.push_back(command);
    }
    return completion;
  }
  const std::vector<std::size_t> places = starts(before);
  for (const std::size_t start : places) {
    const std::string_view typed = before.substr(start);
    std::string key = match_key(typed);
    if (key.empty()) continue;
    if (typed.ends_with(' ')) key += ' ';
    const auto first =
        std::lower_bound(names_.begin(), names_.end(), std::pair(key, std::string()));
    for (auto at = first; at != names_.end() && at->first.starts_with(key); ++at) {
      completion.candidates.push_back(at->second);
    }
    if (completion.candidates.empty()) continue;
    completion.replaced = typed.size();
    sort_once(completion.candidates);
    return completion;
  }
  if (places.empty()) return completion;
  const std::string_view word = before.substr(places.back());
  completion.replaced = word.size();
  for (const std::string& keyword : query::keywords()) {
    if (starts_alike(keyword, word)) completion.candidates.push_back(keyword);
  }
  for (const query::Function* function : query::all_functions()) {
    const std::string call = std::string(function->name) + "(";
    if (starts_alike(call, word)) completion.candidates.push_back(call);
  }
  sort_once(completion.candidates);
  return completion;
}

std::string common_start(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::size_t length = texts.front().size();
  for (const std::string& text : texts) {
    std::size_t same = 0;
    while (same < std::min(length, text.size()) && text[same] == texts.front()[same]) ++same;
    length = same;
  }
  const std::string& first = texts.front();
  while (length > 0 && length < first.size() &&
         (static_cast<unsigned char>(first[length]) & 0xc0) == 0x80) {
    --length;
  }
  return first.substr(0, length);
}

}  // namespace ketnghia::console
