#pragma once

#include <optional>
#include <string_view>

#include "engine/evidence/evidence.hpp"

namespace ketnghia {

// Grades and sources as files and answers write them: exact, normalised, ocr; import, person, load.
std::string_view word_of(Grade grade);
std::string_view word_of(Source source);
std::optional<Grade> grade_named(std::string_view word);
std::optional<Source> source_named(std::string_view word);

}  // namespace ketnghia
