#include "importers/recognise/word_trie.hpp"

#include <algorithm>

namespace ketnghia::importers {
namespace {

std::uint64_t key_of(WordTrie::Node node, WordId word) {
  return (std::uint64_t{node} << 32) | word;
}

}  // namespace

void WordTrie::add(std::span<const WordId> name, int value) {
  if (name.empty()) return;
  Node node = kRoot;
  for (const WordId word : name) {
    if (node == kRoot) {
      if (first_.size() <= word) first_.resize(word + 1, kNowhere);
      Node& next = first_[word];
      if (next == kNowhere) {
        next = static_cast<Node>(values_.size());
        values_.emplace_back();
      }
      node = next;
      continue;
    }
    const auto [it, added] =
        steps_.try_emplace(key_of(node, word), static_cast<Node>(values_.size()));
    if (added) values_.emplace_back();
    node = it->second;
  }
  auto& values = values_[node];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

WordTrie::Node WordTrie::step(Node node, WordId word) const {
  if (word == kNoWord) return kNowhere;
  if (node == kRoot) return word < first_.size() ? first_[word] : kNowhere;
  const auto it = steps_.find(key_of(node, word));
  return it == steps_.end() ? kNowhere : it->second;
}

TrieMatch longest_match(const WordTrie& trie, std::span<const Token> tokens, std::size_t at) {
  TrieMatch best;
  WordTrie::Node node = WordTrie::kRoot;
  for (std::size_t i = at; i < tokens.size(); ++i) {
    if (i != at && tokens[i].barrier) break;
    const bool inner_hyphen = tokens[i].mark == '-' && i != at && tokens[i].glued &&
                              i + 1 < tokens.size() && tokens[i + 1].glued;
    if (inner_hyphen) continue;
    node = trie.step(node, tokens[i].word);
    if (node == WordTrie::kNowhere) break;
    if (const auto values = trie.values(node); !values.empty()) best = {i + 1, values};
  }
  return best;
}

}  // namespace ketnghia::importers
