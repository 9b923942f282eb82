#include <algorithm>
#include <limits>
#include <utility>

#include "query-lang/executor/id_table.hpp"
#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

std::uint64_t id_of(const RuntimeValue& value) {
  if (const auto* node = std::get_if<NodeId>(&value.data)) return number(*node);
  if (const auto* edge = std::get_if<EdgeId>(&value.data)) return number(*edge);
  return 0;  // no id: null
}

// Gives rows in runs, each sorted, so that what is read next lies in ascending order. Runs grow:
// who wants only a few rows waits for few. The steps below have a row of their own: they are in
// the middle of one while those of a run are given.
class DistinctIds : public Operator {
 public:
  DistinctIds(const plan::DistinctIds& step, OperatorPtr input, Execution& execution)
      : step_(step),
        input_(std::move(input)),
        execution_(execution),
        slots_(step.slots),
        is_edge_(step.slots.size()),
        rows_(step.slots.size()),
        witnessed_(step.slots.size() + 1) {
    if (step.witness) {
      slots_.push_back(*step.witness);
      is_edge_.push_back(false);
    }
    tuple_.resize(slots_.size());
  }

  void open(Row& row) override {
    inner_ = row;
    input_->open(inner_);
    rows_.clear();
    witnessed_.clear();
    counts_.clear();
    run_.clear();
    next_ = 0;
    wanted_ = kFirstRun;
    ended_ = false;
    execution_.budget().release(std::exchange(held_, 0));
  }

  bool next(Row& row) override {
    const std::size_t width = slots_.size();  // 0: of nothing that is read one row is like another
    if (next_ * width == run_.size() && width > 0 && !gather()) return false;
    if (width == 0) return !std::exchange(ended_, true) && input_->next(inner_);
    const std::uint64_t* held = run_.data() + order_[next_++] * width;
    for (std::size_t i = 0; i < width; ++i) {
      if (is_edge_[i]) {
        row[slots_[i]] = EdgeId{held[i]};
      } else {
        row[slots_[i]] = NodeId{held[i]};
      }
    }
    return true;
  }

 private:
  static constexpr std::size_t kFirstRun = 32;
  static constexpr std::size_t kLongestRun = 1 << 16;

  bool gather() {
    const std::size_t width = slots_.size();
    run_.clear();
    order_.clear();
    next_ = 0;
    while (!ended_ && order_.size() < wanted_) {
      if (!input_->next(inner_)) {
        ended_ = true;
        break;
      }
      execution_.budget().step();
      for (std::size_t i = 0; i < width; ++i) {
        const RuntimeValue& value = inner_[slots_[i]];
        tuple_[i] = id_of(value);
        is_edge_[i] = std::holds_alternative<EdgeId>(value.data);
      }
      if (!is_new()) continue;
      order_.push_back(static_cast<std::uint32_t>(order_.size()));
      run_.insert(run_.end(), tuple_.begin(), tuple_.end());
    }
    wanted_ = std::min(2 * wanted_, kLongestRun);
    const std::uint64_t* data = run_.data();
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::lexicographical_compare(data + a * width, data + (a + 1) * width,
                                          data + b * width, data + (b + 1) * width);
    });
    return !order_.empty();
  }

  bool is_new() {
    const std::size_t keys = step_.slots.size();
    const auto [row, first] = rows_.insert({tuple_.data(), keys});
    if (first) hold(rows_.bytes_each());
    if (!step_.witness) return first;
    if (first) counts_.push_back(0);
    if (counts_[row] == step_.most) return false;
    if (!witnessed_.insert(tuple_).second) return false;
    hold(witnessed_.bytes_each());
    ++counts_[row];
    return true;
  }

  void hold(std::size_t bytes) {
    execution_.budget().hold(bytes);
    held_ += bytes;
  }

  const plan::DistinctIds& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::vector<bound::Slot> slots_;  // the witness at the end
  std::vector<bool> is_edge_;
  IdTable rows_;
  IdTable witnessed_;  // rows with their witnesses
  std::vector<std::size_t> counts_;
  Row inner_;
  std::vector<std::uint64_t> tuple_;
  std::vector<std::uint64_t> run_;
  std::vector<std::uint32_t> order_;
  std::size_t next_ = 0;
  std::size_t wanted_ = kFirstRun;
  std::size_t held_ = 0;
  bool ended_ = false;
};

// The kept side once, by what the two agree in; then each row of the other is looked up.
class HashJoin : public Operator {
 public:
  HashJoin(const plan::HashJoin& step, OperatorPtr probed, OperatorPtr kept, Execution& execution)
      : step_(step),
        probed_(std::move(probed)),
        kept_(std::move(kept)),
        execution_(execution),
        keys_(step.on.size()),
        key_(step.on.size()) {}

  void open(Row& row) override {
    execution_.budget().release(std::exchange(held_, 0));
    keys_.clear();
    newest_.clear();
    older_.clear();
    values_.clear();
    match_ = kNone;
    build(row);
    if (keys_.size() > 0) probed_->open(row);
  }

  bool next(Row& row) override {
    if (keys_.size() == 0) return false;
    while (match_ == kNone) {
      if (!probed_->next(row)) return false;
      execution_.budget().step();
      if (!read_key(row)) continue;
      const std::size_t key = keys_.find(key_);
      if (key < keys_.size()) match_ = newest_[key];
    }
    const std::size_t width = step_.carried.size();
    for (std::size_t i = 0; i < width; ++i) row[step_.carried[i]] = values_[match_ * width + i];
    match_ = older_[match_];
    return true;
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  bool read_key(const Row& row) {
    for (std::size_t i = 0; i < key_.size(); ++i) {
      key_[i] = id_of(row[step_.on[i]]);
      if (key_[i] == 0) return false;
    }
    return true;
  }

  void build(const Row& given) {
    Row row = given;
    kept_->open(row);
    while (kept_->next(row)) {
      execution_.budget().step();
      if (!read_key(row)) continue;
      const auto [key, first] = keys_.insert(key_);
      hold(keys_.bytes_each() + sizeof(std::size_t));
      for (const auto slot : step_.carried) {
        values_.push_back(row[slot]);
        hold(bytes_of(row[slot]));
      }
      older_.push_back(first ? kNone : newest_[key]);
      if (first) newest_.push_back(0);
      newest_[key] = older_.size() - 1;
    }
  }

  void hold(std::size_t bytes) {
    execution_.budget().hold(bytes);
    held_ += bytes;
  }

  const plan::HashJoin& step_;
  OperatorPtr probed_;
  OperatorPtr kept_;
  Execution& execution_;
  IdTable keys_;
  std::vector<std::uint64_t> key_;
  std::vector<std::size_t> newest_;  // row, by key
  std::vector<std::size_t> older_;   // row of the same key, by row
  std::vector<RuntimeValue> values_;
  std::size_t match_ = kNone;
  std::size_t held_ = 0;
};

}  // namespace

OperatorPtr make_distinct_ids(const plan::DistinctIds& step, OperatorPtr input,
                              Execution& execution) {
  return std::make_unique<DistinctIds>(step, std::move(input), execution);
}
OperatorPtr make_hash_join(const plan::HashJoin& step, OperatorPtr probed, OperatorPtr kept,
                           Execution& execution) {
  return std::make_unique<HashJoin>(step, std::move(probed), std::move(kept), execution);
}

}  // namespace ketnghia::query
