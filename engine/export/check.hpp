#pragma once

#include <string>
#include <vector>

#include "engine/store/snapshot.hpp"

namespace ketnghia {

// Compares everything the store keeps twice, and every quotation with its document's text: each
// index, both directions of adjacency and all counts against the records. Reads all of it:
// O(size of the database), memory for the counts only. Empty where nothing is wrong, else a
// sentence for each fault, at most a hundred. A record that cannot be read is a fault, too, and
// ends the check.
std::vector<std::string> check(const Snapshot& snapshot);

}  // namespace ketnghia
