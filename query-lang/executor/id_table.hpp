#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace ketnghia::query {

// Tuples of numbers of one width, numbered in the order they came: a hash table without a
// pointer, since most of what a pattern finds is found again at once.
class IdTable {
 public:
  explicit IdTable(std::size_t width) : width_(width) {}

  // Its number, and whether it is new.
  std::pair<std::size_t, bool> insert(std::span<const std::uint64_t> tuple) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    const std::size_t at = place(tuple);
    if (slots_[at] != 0) return {slots_[at] - 1, false};
    tuples_.insert(tuples_.end(), tuple.begin(), tuple.end());
    slots_[at] = static_cast<std::uint32_t>(++size_);
    return {size_ - 1, true};
  }
  // Its number, or size() where it is not there.
  std::size_t find(std::span<const std::uint64_t> tuple) const {
    if (size_ == 0) return 0;
    const std::uint32_t found = slots_[place(tuple)];
    return found == 0 ? size_ : found - 1;
  }

  std::size_t size() const { return size_; }
  std::span<const std::uint64_t> operator[](std::size_t number) const {
    return {tuples_.data() + number * width_, width_};
  }
  std::size_t bytes_each() const {
    return width_ * sizeof(std::uint64_t) + 4 * sizeof(std::uint32_t);
  }
  void clear() {
    slots_.clear();
    tuples_.clear();
    size_ = 0;
  }

 private:
  static std::uint64_t hash(std::span<const std::uint64_t> tuple) {
    std::uint64_t hash = 0;
    for (const std::uint64_t number : tuple) {
      hash = (hash ^ number) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32;
    }
    return hash;
  }

  // Where it stands, or would stand: probing goes on to the next slot.
  std::size_t place(std::span<const std::uint64_t> tuple) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash(tuple) & mask;; at = (at + 1) & mask) {
      if (slots_[at] == 0) return at;
      const std::uint64_t* held = tuples_.data() + (slots_[at] - 1) * width_;
      bool same = true;
      for (std::size_t i = 0; i < width_; ++i) same = same && held[i] == tuple[i];
      if (same) return at;
    }
  }

  void grow() {
    slots_.assign(slots_.empty() ? 64 : 4 * slots_.size(), 0);
    for (std::size_t i = 0; i < size_; ++i) {
      slots_[place((*this)[i])] = static_cast<std::uint32_t>(i + 1);
    }
  }

  std::size_t width_;
  std::size_t size_ = 0;
  std::vector<std::uint32_t> slots_;  // number + 1; 0: free
  std::vector<std::uint64_t> tuples_;
};

// Answers by id, as many as fit: a new one takes the place of an old one.
template <typename Answer>
class Memo {
 public:
  // Null where it is not known.
  const Answer* find(std::uint64_t id) const {
    if (entries_.empty()) return nullptr;
    const Entry& entry = entries_[place(id)];
    return entry.id == id ? &entry.answer : nullptr;
  }
  const Answer& add(std::uint64_t id, Answer answer) {
    if (entries_.empty()) entries_.resize(kEntries, {kNoId, {}});
    Entry& entry = entries_[place(id)];
    entry = {id, std::move(answer)};
    return entry.answer;
  }

 private:
  static constexpr std::size_t kEntries = 4096;
  static constexpr std::uint64_t kNoId = UINT64_MAX;
  struct Entry {
    std::uint64_t id;
    Answer answer;
  };
  static std::size_t place(std::uint64_t id) {
    return static_cast<std::size_t>(id * 0x9E3779B97F4A7C15U >> 52);
  }

  std::vector<Entry> entries_;
};

}  // namespace ketnghia::query
