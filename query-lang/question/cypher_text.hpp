#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::query {

// A string literal of openCypher.
inline std::string literal(std::string_view text) {
  std::string written = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') written += '\\';
    written += c;
  }
  return written += "'";
}

inline std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) text.append(text.empty() ? "" : between).append(part);
  return text;
}

// "`value` is one of `ids`". Needs at least one id.
template <typename Strings>
std::string one_of(const std::string& value, const Strings& ids) {
  if (ids.size() == 1) return value + " = " + literal(ids.front());
  std::string list;
  for (const auto& id : ids) list.append(list.empty() ? "" : ", ").append(literal(id));
  return value + " IN [" + list + "]";
}

}  // namespace ketnghia::query
