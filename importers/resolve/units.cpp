#include "importers/resolve/units.hpp"

#include <map>
#include <tuple>

#include "importers/lexicon/tables.hpp"
#include "importers/resolve/identity.hpp"
#include "lexicon_tables.hpp"

namespace ketnghia::importers {
namespace {

using Key = std::tuple<std::string, std::string, std::string>;  // label, name, parent

Key key_of(std::string_view label, std::string_view name, std::string_view parent) {
  return {std::string(label), spelled(name), label == "District" ? spelled(parent) : ""};
}

std::map<Key, UnitEnd> read_ends() {
  constexpr std::string_view kStill = "..";
  const Table table("vietnam.tsv", embedded::vietnam_tsv());
  std::map<Key, UnitEnd> ends;
  std::map<Key, std::string> lasts;  // the last day of the last of a name's rows
  for (std::size_t row = 0; row < table.size(); ++row) {
    const Key key =
        key_of(table.cell(row, "label"), table.cell(row, "name"), table.cell(row, "parent"));
    const std::string until(table.cell(row, "valid_to"));
    std::string& last = lasts[key];
    if (last == kStill || (until != kStill && until <= last)) continue;
    last = until;
    UnitEnd& end = ends[key];
    end = {until, {}};
    for (const std::string_view successor : table.list(row, "successor")) {
      // Grown by its neighbours it goes on under its name.
      if (successor == table.cell(row, "name")) last = kStill;
      end.successors.emplace_back(successor);
    }
  }
  std::erase_if(ends, [&](const auto& end) { return lasts.at(end.first) == kStill; });
  return ends;
}

}  // namespace

const UnitEnd* unit_end(std::string_view label, std::string_view name, std::string_view parent) {
  static const std::map<Key, UnitEnd> ends = read_ends();
  const auto found = ends.find(key_of(label, name, parent));
  return found == ends.end() ? nullptr : &found->second;
}

}  // namespace ketnghia::importers
