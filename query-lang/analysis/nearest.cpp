#include "query-lang/analysis/nearest.hpp"

#include <algorithm>
#include <utility>

namespace ketnghia::query {
namespace {

// Longer words are nobody's typing error of ours, and the table below is quadratic.
constexpr std::size_t kMaxWord = 64;

std::string lower(std::string_view word) {
  std::string result(word);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::size_t distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return table[i * width + j];
  };
  for (std::size_t i = 0; i <= a.size(); ++i) cell(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cell(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      cell(i, j) = std::min({cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cell(i, j) = std::min(cell(i, j), cell(i - 2, j - 2) + 1);
      }
    }
  }
  return cell(a.size(), b.size());
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates,
                                 std::size_t limit) {
  if (word.size() > kMaxWord) return {};
  const std::string asked = lower(word);
  const std::size_t allowed = std::max<std::size_t>(1, asked.size() / 3);
  std::vector<std::pair<std::size_t, const std::string*>> found;
  for (const auto& candidate : candidates) {
    if (candidate.size() > kMaxWord) continue;
    const std::size_t edits = distance(asked, lower(candidate));
    if (edits > 0 && edits <= allowed && edits < candidate.size())
      found.emplace_back(edits, &candidate);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (const auto& [edits, candidate] : found) {
    if (result.size() == limit) break;
    result.push_back(*candidate);
  }
  return result;
}

}  // namespace ketnghia::query
