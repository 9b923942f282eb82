#include "engine/evidence/words.hpp"

#include <algorithm>
#include <array>

namespace ketnghia {
namespace {

// By number.
constexpr std::array<std::string_view, 3> kGrades{"exact", "normalised", "ocr"};
constexpr std::array<std::string_view, 3> kSources{"import", "person", "load"};

template <typename Enum, typename Words>
std::optional<Enum> named(const Words& words, std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<Enum>(at - words.begin());
}

}  // namespace

std::string_view word_of(Grade grade) { return kGrades[static_cast<std::size_t>(grade)]; }
std::string_view word_of(Source source) { return kSources[static_cast<std::size_t>(source)]; }
std::optional<Grade> grade_named(std::string_view word) { return named<Grade>(kGrades, word); }
std::optional<Source> source_named(std::string_view word) { return named<Source>(kSources, word); }

}  // namespace ketnghia
