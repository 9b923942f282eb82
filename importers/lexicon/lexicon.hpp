#pragma once

#include <filesystem>
#include <memory>
#include <optional>

namespace ketnghia::importers {

// The tables that recognisers and frames read: gazetteer, words of bodies, titles, cues,
// fields. Compiled into the program; a folder given overlays them: a table there of the same
// file name adds its rows, a row with the same first cell replaces ours.
//
// Lifetime: outlives what was made with it. Immutable, so any number of threads may read it.
// Errors: ImportError naming file and line of a faulty row of the overlay.
class Lexicon {
 public:
  explicit Lexicon(const std::optional<std::filesystem::path>& overlay = std::nullopt);
  ~Lexicon();
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;

  struct Tables;  // importers/lexicon/tables.hpp
  const Tables& tables() const { return *tables_; }

 private:
  std::unique_ptr<Tables> tables_;
};

}  // namespace ketnghia::importers
