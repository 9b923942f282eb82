#include <utility>

#include "query-lang/executor/operators.hpp"

namespace ketnghia::query {
namespace {

class Argument : public Operator {
 public:
  void open(Row&) override { given_ = false; }
  bool next(Row&) override { return !std::exchange(given_, true); }

 private:
  bool given_ = true;
};

class Optional : public Operator {
 public:
  Optional(const plan::Optional& step, OperatorPtr outer, OperatorPtr inner, Execution& execution)
      : step_(step), outer_(std::move(outer)), inner_(std::move(inner)), execution_(execution) {}

  void open(Row& row) override {
    outer_->open(row);
    running_ = false;
  }

  bool next(Row& row) override {
    for (;;) {
      execution_.budget().step();
      if (!running_) {
        if (!outer_->next(row)) return false;
        inner_->open(row);
        running_ = true;
        found_ = false;
      }
      if (inner_->next(row)) {
        found_ = true;
        return true;
      }
      running_ = false;
      if (found_) continue;
      for (const auto slot : step_.introduced) row[slot] = {};
      return true;
    }
  }

 private:
  const plan::Optional& step_;
  OperatorPtr outer_;
  OperatorPtr inner_;
  Execution& execution_;
  bool running_ = false;
  bool found_ = false;
};

class Unwind : public Operator {
 public:
  Unwind(const plan::Unwind& step, OperatorPtr input, Execution& execution)
      : step_(step), input_(std::move(input)), execution_(execution) {}

  void open(Row& row) override {
    input_->open(row);
    list_.reset();
    next_ = 0;
  }

  bool next(Row& row) override {
    for (;;) {
      execution_.budget().step();
      if (list_ && next_ < list_->size()) {
        row[step_.clause->slot] = (*list_)[next_++];
        return true;
      }
      if (!input_->next(row)) return false;
      next_ = 0;
      RuntimeValue value = execution_.evaluate(*step_.clause->list, row);
      if (const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&value.data)) {
        list_ = *list;
      } else if (value.is_null()) {
        list_.reset();
      } else {
        // openCypher: what is no list is unwound as a list of itself.
        list_ = make_list(RuntimeList{std::move(value)});
      }
    }
  }

 private:
  const plan::Unwind& step_;
  OperatorPtr input_;
  Execution& execution_;
  std::shared_ptr<const RuntimeList> list_;
  std::size_t next_ = 0;
};

class Union : public Operator {
 public:
  Union(const plan::Union& step, std::vector<OperatorPtr> inputs)
      : step_(step), inputs_(std::move(inputs)) {}

  void open(Row& row) override {
    argument_ = row;
    at_ = 0;
    start();
  }

  bool next(Row& row) override {
    for (; at_ < inputs_.size(); ++at_, start()) {
      if (!inputs_[at_]->next(branch_)) continue;
      const auto& from = step_.query->branches[at_].result;
      row = argument_;
      for (std::size_t i = 0; i < from.size(); ++i) row[step_.query->result[i]] = branch_[from[i]];
      return true;
    }
    return false;
  }

 private:
  void start() {
    if (at_ == inputs_.size()) return;
    branch_ = argument_;
    inputs_[at_]->open(branch_);
  }

  const plan::Union& step_;
  std::vector<OperatorPtr> inputs_;
  Row argument_;
  Row branch_;
  std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make_argument() { return std::make_unique<Argument>(); }
OperatorPtr make_optional(const plan::Optional& step, OperatorPtr outer, OperatorPtr inner,
                          Execution& execution) {
  return std::make_unique<Optional>(step, std::move(outer), std::move(inner), execution);
}
OperatorPtr make_unwind(const plan::Unwind& step, OperatorPtr input, Execution& execution) {
  return std::make_unique<Unwind>(step, std::move(input), execution);
}
OperatorPtr make_union(const plan::Union& step, std::vector<OperatorPtr> inputs) {
  return std::make_unique<Union>(step, std::move(inputs));
}

}  // namespace ketnghia::query
