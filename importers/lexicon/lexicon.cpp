#include "importers/lexicon/lexicon.hpp"

#include "importers/import_error.hpp"
#include "importers/lexicon/tables.hpp"

namespace ketnghia::importers {

Lexicon::Lexicon(const std::optional<std::filesystem::path>& overlay) {
  if (overlay && !std::filesystem::is_directory(*overlay)) {
    throw ImportError(overlay->string(), "", "there is no such folder of tables");
  }
  tables_ = std::make_unique<Tables>(overlay);
}

Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;

}  // namespace ketnghia::importers
