#include "importers/resolve/identity.hpp"

#include <algorithm>

#include "engine/text/words.hpp"
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

std::string_view class_of(const std::string& kind) {
  if (kind == "Country") return "country";
  if (kind == "Province") return "province";
  if (kind == "District") return "district";
  return "city";
}

// The syllables of a name, those joined by a hyphen as one.
std::vector<std::string> joined_syllables(std::string_view name, bool& vietnamese) {
  std::vector<std::string> words;
  bool hyphen = false;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find_first_of(" -,.", at), name.size());
    if (end > at) {
      const std::string_view syllable = name.substr(at, end - at);
      vietnamese &= is_vietnamese_syllable(syllable);
      if (hyphen && !words.empty()) {
        words.back() += fold_syllable(syllable);
      } else {
        words.push_back(fold_syllable(syllable));
      }
    }
    hyphen = end < name.size() && name[end] == '-';
    at = end + 1;
  }
  return words;
}

}  // namespace

std::string spelled(std::string_view name) {
  std::string key;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find_first_of(" -,.()&/", at), name.size());
    if (end > at) key += (key.empty() ? "" : " ") + fold_syllable(name.substr(at, end - at));
    at = end + 1;
  }
  return key;
}

std::string spelled_in_any_order(std::string_view name) {
  bool vietnamese = true;
  std::vector<std::string> words = joined_syllables(name, vietnamese);
  if (vietnamese || words.size() < 2) return {};
  // "Lee Sang Hoon": the surname first, as Vietnamese papers write.
  if (words.size() == 3) {
    words[1] += words[2];
    words.pop_back();
  }
  std::sort(words.begin(), words.end());
  std::string key;
  for (const std::string& word : words) key += (key.empty() ? "" : " ") + word;
  return key;
}

std::string identity(const Reading& reading, const ReadEntity& entity) {
  if (entity.label == "Person") return "person|" + spelled(entity.name);
  if (entity.label == "City") {
    std::string key{class_of(entity.kind)};
    key += '|' + spelled(entity.name) + '|' + entity.country;
    if (entity.kind == "District" && entity.place >= 0) {
      key += '|' + spelled(reading.entities[static_cast<std::size_t>(entity.place)].name);
    }
    return key;
  }
  return "agency|" + spelled(entity.name);
}

NodeId node_id(std::string_view key) { return NodeId{hash(key)}; }
EdgeId edge_id(std::string_view key) { return EdgeId{hash(key)}; }

NodeId document_id(std::string_view name) { return node_id("document|" + std::string(name)); }

std::vector<std::string> block_keys(const Reading& reading) {
  std::vector<std::string> keys;
  for (const ReadEntity& entity : reading.entities) {
    keys.push_back(entity.identity);
    if (entity.label != "Person") continue;
    const std::string other = spelled_in_any_order(entity.name);
    if (!other.empty()) keys.push_back("person~|" + other);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool joins_documents(std::string_view block) { return !block.starts_with("country|"); }

}  // namespace ketnghia::importers
