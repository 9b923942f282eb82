#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/store/format.hpp"

namespace ketnghia::store {

// The index of names: (name_key() of a name or an alias, node). Keys are cut at kMaxNameKey
// bytes, so that a candidate has to be compared with what was asked.
constexpr std::size_t kMaxNameKey = 255;

// The texts that name a node: its `name`, then its `aliases`, each a text or a list of texts.
std::vector<std::string_view> name_forms(const Properties& properties);

// name_key() of a name, as the index has it.
std::string index_key(std::string_view name);

// The entry of a node under an index_key(): key, 0x00, node.
std::string name_entry(std::string_view key, NodeId node);
// What all entries under an index_key() begin with.
std::string name_prefix(std::string_view key);
std::pair<std::string_view, NodeId> read_name_entry(std::string_view entry);

// The entries of a node, ascending, each once.
std::vector<std::string> name_entries(const Properties& properties, NodeId node);

// How many letters have to be put in, left out, changed or swapped with their neighbour to turn
// one key into the other (optimal string alignment), or bound + 1 where it is more than `bound`.
// O(bound * length).
class KeyDistance {
 public:
  explicit KeyDistance(std::string_view asked);
  std::size_t operator()(std::string_view key, std::size_t bound);

 private:
  std::string asked_;
  std::uint64_t letters_;
  std::vector<std::size_t> rows_[3];
};

}  // namespace ketnghia::store
