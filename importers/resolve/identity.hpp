#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/ids.hpp"
#include "engine/readings/reading.hpp"

namespace ketnghia::importers {

// A name as spelt, whatever its case, its i for y and its hyphens: marks tell people apart.
std::string spelled(std::string_view name);

// One key for all ways of writing a name that is not Vietnamese: "Lee Sang-hoon", "Sang-hoon
// Lee" and "Lee Sanghoon". Empty for a Vietnamese name, and for a single word.
std::string spelled_in_any_order(std::string_view name);

// What an entity of a document is known by in all documents: entities of one identity are one
// node. A function of the reading alone, so that no order of imports changes it. Spelling counts
// with its marks (Hùng is not Hưng), case and i for y do not. Cities are told apart by class (a
// city and a province of one name are two) and country, districts by the city above too.
std::string identity(const Reading& reading, const ReadEntity& entity);

// The node of a document, by its name.
NodeId document_id(std::string_view name);

// The node or edge that a key stands for: a 53-bit hash (FNV-1a, then the finaliser of
// splitmix64), so that ids are a function of content and exact in JSON readers that hold numbers
// as doubles. Of a million keys two meet with a probability of 0.006 %.
NodeId node_id(std::string_view key);
EdgeId edge_id(std::string_view key);

// The block keys of a reading: the identities of its entities, and of people what their name is in
// any order.
std::vector<std::string> block_keys(const Reading& reading);

// Whether documents that share this block are resolved together. Of a country only its own node
// is: nearly every document names one.
bool joins_documents(std::string_view block);

}  // namespace ketnghia::importers
