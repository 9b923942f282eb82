#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "importers/recognise/syllables.hpp"

namespace ketnghia::importers {

// Names as sequences of syllables, each with the values entered under it.
//
// Complexity: a step is one look-up of a hash, mostly one probe; a first syllable that begins no
// name costs an index.
// Threads: any number may read while none adds.
class WordTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNowhere = ~Node{0};

  void add(std::span<const WordId> name, int value);

  Node step(Node node, WordId word) const;
  // Whether a name begins with the word.
  bool begins(WordId word) const { return word < first_.size() && first_[word] != kNowhere; }
  std::span<const int> values(Node node) const { return values_[node]; }

 private:
  struct Step {
    std::uint64_t key = 0;  // of a free place; no step is from the root
    Node next = kNowhere;
  };

  std::size_t place_of(std::uint64_t key) const;
  void grow();

  std::vector<Node> first_;                          // of the root, by word
  std::vector<Step> steps_ = std::vector<Step>(64);  // half of them free, a power of two
  std::size_t step_count_ = 0;
  std::vector<std::vector<int>> values_{1};
};

// A name of a trie found in a text.
struct TrieMatch {
  std::size_t end = 0;  // index of the first token after it
  std::span<const int> values;

  explicit operator bool() const { return !values.empty(); }
};

// The longest name that begins at token `at`. Hyphens within a word ("Mát-xcơ-va") are passed
// over, and no name reaches past a barrier.
TrieMatch longest_match(const WordTrie& trie, std::span<const Token> tokens, std::size_t at);

}  // namespace ketnghia::importers
