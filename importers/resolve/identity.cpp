#include "importers/resolve/identity.hpp"

#include <algorithm>

#include "importers/recognise/syllables.hpp"

namespace ketnghia::importers {
namespace {

std::uint64_t hash(std::string_view key) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : key) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  h ^= h >> 30;
  h *= 0xbf58476d1ce4e5b9ULL;
  h ^= h >> 27;
  h *= 0x94d049bb133111ebULL;
  h ^= h >> 31;
  const std::uint64_t id = h >> 11;
  return id == 0 ? 1 : id;
}

// A name as spelt, whatever its case, its i for y and its hyphens: marks tell people apart.
std::string spelling(std::string_view name) {
  std::string key;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find_first_of(" -,.()&/", at), name.size());
    if (end > at) key += (key.empty() ? "" : " ") + fold_syllable(name.substr(at, end - at));
    at = end + 1;
  }
  return key;
}

std::string_view class_of(const std::string& kind) {
  if (kind == "Country") return "country";
  if (kind == "Province") return "province";
  if (kind == "District") return "district";
  return "city";
}

}  // namespace

std::string identity(const Reading& reading, const ReadEntity& entity) {
  if (entity.label == "Person") return "person|" + spelling(entity.name);
  if (entity.label == "City") {
    std::string key{class_of(entity.kind)};
    key += '|' + spelling(entity.name) + '|' + entity.country;
    if (entity.kind == "District" && entity.place >= 0) {
      key += '|' + spelling(reading.entities[static_cast<std::size_t>(entity.place)].name);
    }
    return key;
  }
  return "agency|" + spelling(entity.name);
}

NodeId node_id(std::string_view key) { return NodeId{hash(key)}; }
EdgeId edge_id(std::string_view key) { return EdgeId{hash(key)}; }

NodeId document_id(std::string_view name) { return node_id("document|" + std::string(name)); }

std::vector<std::string> block_keys(const Reading& reading) {
  std::vector<std::string> keys;
  for (const ReadEntity& entity : reading.entities) keys.push_back(entity.identity);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool joins_documents(std::string_view block) { return !block.starts_with("country|"); }

}  // namespace ketnghia::importers
