#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::importers {

// What became of an administrative unit of Vietnam (importers/lexicon/vietnam.tsv).
struct UnitEnd {
  std::string until;                    // its last day, EDTF
  std::vector<std::string> successors;  // the units it went into; none where its level was given up
};

// The end of a unit by label (Province, Municipality, District), canonical name and, of a district,
// the name of the unit above; null where it still is, under that name. The built-in table alone:
// what the graph says of a unit does not depend on the lexicon of the last import.
// Threads: any number.
const UnitEnd* unit_end(std::string_view label, std::string_view name, std::string_view parent);

}  // namespace ketnghia::importers
