#include <unicode/coll.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

// Strings in the order of a Vietnamese dictionary, as keys whose bytes sort so.
class Collation {
 public:
  Collation() {
    UErrorCode status = U_ZERO_ERROR;
    collator_.reset(icu::Collator::createInstance(icu::Locale("vi"), status));
    if (U_FAILURE(status)) collator_.reset();
  }

  RuntimeValue key(const RuntimeValue& value) const {
    const auto* text = std::get_if<std::string>(&value.data);
    if (text == nullptr || !collator_) return value;
    const auto unicode = icu::UnicodeString::fromUTF8(*text);
    std::string bytes(static_cast<std::size_t>(collator_->getSortKey(unicode, nullptr, 0)), '\0');
    collator_->getSortKey(unicode, reinterpret_cast<std::uint8_t*>(bytes.data()),
                          static_cast<std::int32_t>(bytes.size()));
    return bytes;
  }

 private:
  std::unique_ptr<icu::Collator> collator_;
};

struct Sorted {
  std::vector<RuntimeValue> keys;
  std::size_t number;  // in the order of arrival: rows that are equal keep it
  Row row;
};

class Sort : public Operator {
 public:
  Sort(const plan::Sort& step, OperatorPtr input, Execution& execution)
      : projection_(*step.projection), input_(std::move(input)), execution_(execution) {
    if (std::any_of(projection_.order.begin(), projection_.order.end(),
                    [](const auto& key) { return key.vietnamese; })) {
      collation_.emplace();
    }
  }

  void open(Row& row) override {
    argument_ = row;
    rows_.clear();
    execution_.budget().release(std::exchange(held_, 0));
    next_ = 0;
    gathered_ = false;
  }

  bool next(Row& row) override {
    if (!gathered_) gather();
    if (next_ == rows_.size()) return false;
    row = std::move(rows_[next_++].row);
    return true;
  }

 private:
  bool before(const Sorted& a, const Sorted& b) const {
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
      const auto ordering = order(a.keys[i], b.keys[i]);
      if (ordering != 0) return projection_.order[i].descending ? ordering > 0 : ordering < 0;
    }
    return a.number < b.number;
  }

  // How many rows can be asked for.
  std::size_t wanted(Row& row) {
    if (!projection_.limit) return std::numeric_limits<std::size_t>::max();
    const std::size_t limit = execution_.row_count(*projection_.limit, row);
    const std::size_t skip = projection_.skip ? execution_.row_count(*projection_.skip, row) : 0;
    return limit > std::numeric_limits<std::size_t>::max() - skip ? limit : limit + skip;
  }

  void gather() {
    gathered_ = true;
    Row row = argument_;
    const std::size_t most = wanted(row);
    const auto earlier = [this](const Sorted& a, const Sorted& b) { return before(a, b); };
    input_->open(row);
    std::size_t number = 0;
    while (input_->next(row)) {
      execution_.budget().step();
      if (most == 0) continue;
      Sorted sorted;
      for (const auto& key : projection_.order) {
        RuntimeValue value = execution_.evaluate(*key.expression, row);
        sorted.keys.push_back(key.vietnamese ? collation_->key(value) : std::move(value));
      }
      sorted.number = number++;
      if (rows_.size() == most) {
        // A heap whose top is the last of the rows that are kept.
        if (!earlier(sorted, rows_.front())) continue;
        std::pop_heap(rows_.begin(), rows_.end(), earlier);
        drop(bytes_of(rows_.back().row));
        rows_.pop_back();
      }
      sorted.row = row;
      hold(bytes_of(row));
      rows_.push_back(std::move(sorted));
      if (most != std::numeric_limits<std::size_t>::max()) {
        std::push_heap(rows_.begin(), rows_.end(), earlier);
      }
    }
    std::sort(rows_.begin(), rows_.end(), earlier);
  }

  void hold(std::size_t bytes) {
    execution_.budget().hold(bytes);
    held_ += bytes;
  }
  void drop(std::size_t bytes) {
    execution_.budget().release(bytes);
    held_ -= bytes;
  }

  const bound::Projection& projection_;
  OperatorPtr input_;
  Execution& execution_;
  std::optional<Collation> collation_;
  Row argument_;
  std::vector<Sorted> rows_;
  std::size_t next_ = 0;
  std::size_t held_ = 0;
  bool gathered_ = false;
};

}  // namespace

OperatorPtr make_sort(const plan::Sort& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Sort>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
