#include <unordered_set>
#include <utility>

#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

// The steps below have a row of their own: slots that WITH drops are given again behind it, and
// what is written there must not reach them.
class Project : public Operator {
 public:
  Project(const plan::Project& step, OperatorPtr input, Execution& execution)
      : projection_(*step.projection), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    inner_ = row;
    input_->open(inner_);
  }

  bool next(Row& row) override {
    if (!input_->next(inner_)) return false;
    execution_.budget().step();
    row = inner_;
    for (const auto& column : projection_.columns) {
      row[column.slot] = execution_.evaluate(*column.expression, inner_);
    }
    return true;
  }

 private:
  const bound::Projection& projection_;
  OperatorPtr input_;
  Execution& execution_;
  Row inner_;
};

class Distinct : public Operator {
 public:
  Distinct(const plan::Distinct& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    input_->open(row);
    seen_.clear();
    execution_.budget().release(std::exchange(held_, 0));
  }

  bool next(Row& row) override {
    while (input_->next(row)) {
      execution_.budget().step();
      std::vector<RuntimeValue> values;
      values.reserve(step_.slots.size());
      for (const auto slot : step_.slots) values.push_back(row[slot]);
      const std::size_t bytes = bytes_of(values);
      if (!seen_.insert(std::move(values)).second) continue;
      execution_.budget().hold(bytes);
      held_ += bytes;
      return true;
    }
    return false;
  }

 private:
  const plan::Distinct& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::unordered_set<std::vector<RuntimeValue>, HashValue, EquivalentValue> seen_;
  std::size_t held_ = 0;
};

class SkipRows : public Operator {
 public:
  SkipRows(const plan::SkipRows& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    left_ = execution_.row_count(*step_.count, row);
    input_->open(row);
  }

  bool next(Row& row) override {
    for (; left_ > 0; --left_) {
      if (!input_->next(row)) return false;
    }
    return input_->next(row);
  }

 private:
  const plan::SkipRows& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::size_t left_ = 0;
};

class LimitRows : public Operator {
 public:
  LimitRows(const plan::LimitRows& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    left_ = execution_.row_count(*step_.count, row);
    input_->open(row);
  }

  bool next(Row& row) override {
    if (left_ == 0) return false;
    --left_;
    return input_->next(row);
  }

 private:
  const plan::LimitRows& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::size_t left_ = 0;
};

}  // namespace

OperatorPtr make_project(const plan::Project& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Project>(step, std::move(input), execution);
}
OperatorPtr make_distinct(const plan::Distinct& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Distinct>(step, std::move(input), execution);
}
OperatorPtr make_skip(const plan::SkipRows& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<SkipRows>(step, std::move(input), execution);
}
OperatorPtr make_limit(const plan::LimitRows& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<LimitRows>(step, std::move(input), execution);
}

}  // namespace ketnghia::query
