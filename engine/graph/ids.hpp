#pragma once

#include <cstdint>
#include <functional>

namespace ketnghia {

// Ids are types, so that one cannot be passed for another. Written n123 and r45 in files and
// answers. 0 is no id.
enum class NodeId : std::uint64_t {};
enum class EdgeId : std::uint64_t {};

// A string of the store's dictionary: a label, an edge type or a property key.
enum class StringId : std::uint32_t {};

constexpr std::uint64_t number(NodeId id) { return static_cast<std::uint64_t>(id); }
constexpr std::uint64_t number(EdgeId id) { return static_cast<std::uint64_t>(id); }
constexpr std::uint32_t number(StringId id) { return static_cast<std::uint32_t>(id); }

}  // namespace ketnghia
