#include "importers/recognise/word_trie.hpp"

#include <algorithm>
#include <utility>

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
    const std::uint64_t key = key_of(node, word);
    std::size_t place = place_of(key);
    if (steps_[place].key != key) {
      if (++step_count_ * 2 > steps_.size()) {
        grow();
        place = place_of(key);
      }
      steps_[place] = {key, static_cast<Node>(values_.size())};
      values_.emplace_back();
    }
    node = steps_[place].next;
  }
  auto& values = values_[node];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

WordTrie::Node WordTrie::step(Node node, WordId word) const {
  if (word == kNoWord) return kNowhere;
  if (node == kRoot) return word < first_.size() ? first_[word] : kNowhere;
  return steps_[place_of(key_of(node, word))].next;
}

// Where the step of this key stands, or would.
std::size_t WordTrie::place_of(std::uint64_t key) const {
  const std::size_t mask = steps_.size() - 1;
  std::size_t place = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 32U) & mask;
  while (steps_[place].key != key && steps_[place].key != 0) place = (place + 1) & mask;
  return place;
}

void WordTrie::grow() {
  const std::vector<Step> before = std::exchange(steps_, std::vector<Step>(steps_.size() * 2));
  for (const Step& step : before) {
    if (step.key != 0) steps_[place_of(step.key)] = step;
  }
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
