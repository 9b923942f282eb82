#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "engine/text/span.hpp"
#include "query-lang/analysis/type.hpp"
#include "query-lang/executor/budget.hpp"
#include "query-lang/executor/runtime_value.hpp"

namespace ketnghia::query {

// What a function can look at besides its arguments.
struct CallContext {
  const Snapshot& snapshot;
  Budget& budget;
  Span span;  // of the call, for errors

  [[noreturn]] void fail(std::string_view kind, std::string_view code, std::string message) const;
};

using Arguments = std::span<const RuntimeValue>;

// The state of one group of an aggregating function.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  // Null has been left out already, and what is not DISTINCT where that was asked for.
  virtual void add(const CallContext& context, Arguments arguments) = 0;
  virtual RuntimeValue result(const CallContext& context) = 0;
};

// The types a parameter takes, one bit a BaseType: what is known to be none of them before the
// statement runs is a SyntaxError then. 0: any, and what does not fit is the function's to say.
using Accepts = std::uint32_t;
constexpr Accepts accepts(BaseType base) { return Accepts{1} << static_cast<unsigned>(base); }

enum class Nulls { Propagate, Receive };  // null where an argument is null, or called all the same

struct Function {
  std::string_view name;
  std::size_t least;  // arguments
  std::size_t most;
  std::vector<Accepts> parameters;
  Type result;
  Nulls nulls = Nulls::Propagate;
  bool constant = true;  // the same for the same arguments: rand() is not
  RuntimeValue (*run)(const CallContext&, Arguments) = nullptr;
  std::unique_ptr<Accumulator> (*accumulate)() = nullptr;  // aggregating functions have this one
  std::string_view yields = {};  // as a procedure: the columns of its rows, which are lists
  bool keeps = false;            // an aggregating function keeps every argument until the end
  std::string_view doc;          // one line: the call and what it gives
};

// By name in any case; null where there is none.
const Function* find_function(std::string_view name);
// All of them, ordered by name.
const std::vector<const Function*>& all_functions();

}  // namespace ketnghia::query
