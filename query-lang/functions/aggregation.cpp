#include <algorithm>
#include <cmath>
#include <utility>

#include "query-lang/executor/arithmetic.hpp"
#include "query-lang/executor/compare.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

class Count : public Accumulator {
 public:
  void add(const CallContext&, Arguments) override { ++count_; }
  RuntimeValue result(const CallContext&) override { return count_; }

 private:
  std::int64_t count_ = 0;
};

class Collect : public Accumulator {
 public:
  void add(const CallContext&, Arguments arguments) override { list_.push_back(arguments[0]); }
  RuntimeValue result(const CallContext&) override { return make_list(std::move(list_)); }

 private:
  RuntimeList list_;
};

class Sum : public Accumulator {
 public:
  void add(const CallContext& context, Arguments arguments) override {
    number_argument(context, arguments[0]);
    sum_ = arithmetic(bound::Operator::Add, sum_, arguments[0], context.span);
  }
  RuntimeValue result(const CallContext&) override { return sum_; }

 private:
  RuntimeValue sum_ = std::int64_t{0};
};

class Average : public Accumulator {
 public:
  // Welford's running mean: no sum that could overflow.
  void add(const CallContext& context, Arguments arguments) override {
    ++count_;
    mean_ += (number_argument(context, arguments[0]) - mean_) / count_;
  }
  RuntimeValue result(const CallContext&) override {
    return count_ == 0 ? RuntimeValue() : RuntimeValue(mean_);
  }

 private:
  double count_ = 0;
  double mean_ = 0;
};

template <bool kGreatest>
class Extreme : public Accumulator {
 public:
  void add(const CallContext&, Arguments arguments) override {
    const auto ordering = order(arguments[0], value_);
    if (value_.is_null() || (kGreatest ? ordering > 0 : ordering < 0)) value_ = arguments[0];
  }
  RuntimeValue result(const CallContext&) override { return std::move(value_); }

 private:
  RuntimeValue value_;
};

// Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
template <bool kPopulation>
class Deviation : public Accumulator {
 public:
  void add(const CallContext& context, Arguments arguments) override {
    const double number = number_argument(context, arguments[0]);
    ++count_;
    const double before = number - mean_;
    mean_ += before / count_;
    squares_ += before * (number - mean_);
  }
  RuntimeValue result(const CallContext&) override {
    const double degrees = kPopulation ? count_ : count_ - 1;
    return degrees > 0 ? std::sqrt(squares_ / degrees) : 0.0;
  }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

template <bool kContinuous>
class Percentile : public Accumulator {
 public:
  void add(const CallContext& context, Arguments arguments) override {
    number_argument(context, arguments[0]);
    percentile_ = number_argument(context, arguments[1]);
    if (!(percentile_ >= 0 && percentile_ <= 1)) {
      context.fail("ArgumentError", "NumberOutOfRange", "a percentile goes from 0.0 to 1.0");
    }
    values_.push_back(arguments[0]);
  }

  RuntimeValue result(const CallContext& context) override {
    if (values_.empty()) return {};
    std::sort(values_.begin(), values_.end(),
              [](const auto& a, const auto& b) { return order(a, b) < 0; });
    const auto count = static_cast<double>(values_.size());
    if (!kContinuous) {
      const double place = std::ceil(percentile_ * count);
      return values_[place < 1 ? 0 : static_cast<std::size_t>(place) - 1];
    }
    const double place = percentile_ * (count - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const auto above = static_cast<std::size_t>(std::ceil(place));
    const double low = number_argument(context, values_[below]);
    const double high = number_argument(context, values_[above]);
    return low + (high - low) * (place - static_cast<double>(below));
  }

 private:
  double percentile_ = 0;
  RuntimeList values_;
};

template <typename T>
std::unique_ptr<Accumulator> make() {
  return std::make_unique<T>();
}

Function of(std::string_view name, Accepts accepted, Type result,
            std::unique_ptr<Accumulator> (*accumulate)(), std::string_view doc) {
  return {.name = name,
          .least = 1,
          .most = 1,
          .parameters = {accepted},
          .result = std::move(result),
          .accumulate = accumulate,
          .doc = doc};
}

const std::array<Function, 10> kFunctions{{
    of("count", kAnything, BaseType::Integer, make<Count>,
       "count(x): how many are not null; count(*): how many rows"),
    {.name = "collect",
     .least = 1,
     .most = 1,
     .parameters = {kAnything},
     .result = BaseType::List,
     .accumulate = make<Collect>,
     .keeps = true,
     .doc = "collect(x): all that are not null, as a list"},
    of("sum", kNumber, BaseType::Number, make<Sum>, "sum(x): of numbers; 0 of none"),
    of("avg", kNumber, BaseType::Float, make<Average>, "avg(x): the mean of numbers"),
    of("min", kAnything, {}, make<Extreme<false>>, "min(x): the least in the order of ORDER BY"),
    of("max", kAnything, {}, make<Extreme<true>>, "max(x): the greatest in the order of ORDER BY"),
    of("stDev", kNumber, BaseType::Float, make<Deviation<false>>, "stDev(x): of a sample"),
    of("stDevP", kNumber, BaseType::Float, make<Deviation<true>>,
       "stDevP(x): of a whole population"),
    {.name = "percentileCont",
     .least = 2,
     .most = 2,
     .parameters = {kNumber},
     .result = BaseType::Float,
     .accumulate = make<Percentile<true>>,
     .keeps = true,
     .doc = "percentileCont(x, p): interpolated between the two nearest values"},
    {.name = "percentileDisc",
     .least = 2,
     .most = 2,
     .parameters = {kNumber},
     .result = BaseType::Number,
     .accumulate = make<Percentile<false>>,
     .keeps = true,
     .doc = "percentileDisc(x, p): the nearest value"},
}};

}  // namespace

std::span<const Function> aggregation_functions() { return kFunctions; }

}  // namespace ketnghia::query
