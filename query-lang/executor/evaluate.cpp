#include <algorithm>
#include <utility>

#include "query-lang/executor/arithmetic.hpp"
#include "query-lang/executor/errors.hpp"
#include "query-lang/executor/execute.hpp"
#include "query-lang/executor/execution.hpp"
#include "query-lang/executor/regex.hpp"
#include "query-lang/functions/registry.hpp"

namespace ketnghia::query {
namespace {

using bound::Expression;
using bound::Kind;
using ListPtr = std::shared_ptr<const RuntimeList>;
using MapPtr = std::shared_ptr<const RuntimeMap>;

RuntimeValue from_ternary(Ternary ternary) {
  return ternary ? RuntimeValue(*ternary) : RuntimeValue();
}

[[noreturn]] void wrong_type(Span span, std::string message) {
  runtime_error(span, "TypeError", "InvalidArgumentType", std::move(message));
}

Ternary tested(bound::Operator op, const RuntimeValue& a, const RuntimeValue& b) {
  if (op == bound::Operator::Equal) return equals(a, b);
  if (op == bound::Operator::NotEqual) {
    const Ternary equal = equals(a, b);
    return equal ? Ternary(!*equal) : Ternary();
  }
  if (a.is_null() || b.is_null()) return {};
  const auto ordering = comparison(a, b);
  if (!ordering) return {};
  switch (op) {
    case bound::Operator::Less:
      return *ordering < 0;
    case bound::Operator::LessOrEqual:
      return *ordering <= 0;
    case bound::Operator::Greater:
      return *ordering > 0;
    default:
      return *ordering >= 0;
  }
}

// The elements of a list while it is made.
class Held {
 public:
  explicit Held(Budget& budget) : budget_(budget) {}
  ~Held() { budget_.release(bytes_); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  void add(const RuntimeValue& element) {
    const std::size_t bytes = bytes_of(element);
    bytes_ += bytes;
    budget_.hold(bytes);
  }

 private:
  Budget& budget_;
  std::size_t bytes_ = 0;
};

// The bounds of a slice: from the end where negative, cut to the list.
std::size_t bounded(std::int64_t at, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  if (at < 0) at = at < -length ? 0 : at + length;
  return static_cast<std::size_t>(std::min(at, length));
}

}  // namespace

Execution::Execution(const Snapshot& snapshot, const Options& options, const LogicalPlan& plan)
    : snapshot_(snapshot), options_(options), plan_(plan), budget_(options) {}

Execution::~Execution() = default;

RuntimeValue Execution::evaluate(const Expression& e, Row& row) {
  switch (e.kind) {
    case Kind::Literal:
      return e.value;
    case Kind::Parameter: {
      const auto found = options_.parameters.find(e.text);
      if (found == options_.parameters.end()) {
        runtime_error(e.span, "ParameterMissing", "MissingParameter",
                      "the parameter $" + e.text + " was not given");
      }
      return found->second;
    }
    case Kind::Variable:
      return row[e.slot];
    case Kind::Property:
      return property(e, row);
    case Kind::Index:
      return index(e, row);
    case Kind::Slice:
      return slice(e, row);
    case Kind::HasLabels:
      return has_labels(e, row);
    case Kind::List: {
      RuntimeList list;
      list.reserve(e.children.size());
      Held held{budget_};
      for (const auto& child : e.children) {
        list.push_back(evaluate(*child, row));
        held.add(list.back());
      }
      return make_list(std::move(list));
    }
    case Kind::Map: {
      RuntimeMap map;
      for (std::size_t i = 0; i < e.children.size(); ++i) {
        map.emplace_back(e.names[i], evaluate(*e.children[i], row));
      }
      return make_map(std::move(map));
    }
    case Kind::AllProperties: {
      const RuntimeValue of = evaluate(*e.children[0], row);
      if (of.is_null() || std::holds_alternative<MapPtr>(of.data)) return of;
      if (auto properties = properties_of(of, snapshot_)) return properties;
      wrong_type(e.span, type_in_words(of) + " has no properties");
    }
    case Kind::MergedMap:
      return merged_map(e, row);
    case Kind::Not: {
      const Ternary inner = truth(*e.children[0], row);
      return inner ? RuntimeValue(!*inner) : RuntimeValue();
    }
    case Kind::Negate:
      return negated(evaluate(*e.children[0], row), e.span);
    case Kind::And:
    case Kind::Or:
    case Kind::Xor:
      return connective(e, row);
    case Kind::Arithmetic: {
      RuntimeValue result = evaluate(*e.children[0], row);
      for (std::size_t i = 0; i < e.operators.size(); ++i) {
        result = arithmetic(e.operators[i], result, evaluate(*e.children[i + 1], row), e.span);
        budget_.work(bytes_of(result));
      }
      return result;
    }
    case Kind::Comparison:
      return comparison_chain(e, row);
    case Kind::StringTest:
      return string_test(e, row);
    case Kind::In:
      return in_list(e, row);
    case Kind::IsNull:
      return evaluate(*e.children[0], row).is_null();
    case Kind::Case:
    case Kind::SimpleCase:
      return case_of(e, row);
    case Kind::Call:
      return call(e, row);
    case Kind::Aggregate:
      break;  // computed by the operator, read from a slot
    case Kind::ListComprehension:
      return list_comprehension(e, row);
    case Kind::Quantifier:
      return quantifier(e, row);
    case Kind::Reduce:
      return reduce(e, row);
    case Kind::Exists:
    case Kind::Collect:
    case Kind::FirstRow:
      return subquery(e, row);
  }
  return {};
}

bool Execution::holds(const Expression& condition, Row& row) {
  return truth(condition, row) == Ternary(true);
}

Ternary Execution::truth(const Expression& e, Row& row) {
  const RuntimeValue value = evaluate(e, row);
  if (value.is_null()) return {};
  if (const auto* boolean = std::get_if<bool>(&value.data)) return *boolean;
  wrong_type(e.span, "a condition is true or false, not " + type_in_words(value));
}

std::size_t Execution::row_count(const Expression& e, Row& row) {
  const RuntimeValue value = evaluate(e, row);
  const auto* count = std::get_if<std::int64_t>(&value.data);
  if (count == nullptr) {
    runtime_error(e.span, "SyntaxError", "InvalidArgumentType",
                  "SKIP and LIMIT take an integer, not " + type_in_words(value));
  }
  if (*count < 0) {
    runtime_error(e.span, "SyntaxError", "NegativeIntegerArgument",
                  "SKIP and LIMIT take no negative number");
  }
  return static_cast<std::size_t>(*count);
}

std::shared_ptr<const RuntimeList> Execution::list_of(const Expression& e, Row& row) {
  const RuntimeValue value = evaluate(e, row);
  if (value.is_null()) return nullptr;
  if (const auto* list = std::get_if<ListPtr>(&value.data)) return *list;
  wrong_type(e.span, "a list is wanted here, not " + type_in_words(value));
}

RuntimeValue Execution::property(const Expression& e, Row& row) {
  // A variable is looked at where it stands: a map or a list of it would be copied.
  RuntimeValue computed;
  const bool stands = e.children[0]->kind == Kind::Variable;
  if (!stands) computed = evaluate(*e.children[0], row);
  const RuntimeValue& of = stands ? row[e.children[0]->slot] : computed;
  if (of.is_null()) return {};
  const auto* node = std::get_if<NodeId>(&of.data);
  const auto* edge = std::get_if<EdgeId>(&of.data);
  if (edge && known_when != nullptr && known_when->edge == *edge && e.text == "when") {
    return known_when->when;
  }
  if (node || edge) {
    const auto key = snapshot_.string_id(e.text);
    if (!key) return {};
    Value value = node ? snapshot_.property(*node, *key) : snapshot_.property(*edge, *key);
    if (auto* text = std::get_if<std::string>(&value.data)) return std::move(*text);
    return to_runtime(value);
  }
  if (const auto* map = std::get_if<MapPtr>(&of.data)) return entry_of(**map, e.text);
  wrong_type(e.span, type_in_words(of) + " has no properties");
}

RuntimeValue Execution::index(const Expression& e, Row& row) {
  const RuntimeValue of = evaluate(*e.children[0], row);
  const RuntimeValue at = evaluate(*e.children[1], row);
  if (of.is_null() || at.is_null()) return {};
  if (const auto* list = std::get_if<ListPtr>(&of.data)) {
    const auto* position = std::get_if<std::int64_t>(&at.data);
    if (position == nullptr) {
      wrong_type(e.children[1]->span,
                 "the index of a list is an integer, not " + type_in_words(at));
    }
    const auto size = static_cast<std::int64_t>((*list)->size());
    const std::int64_t from_begin = *position < 0 ? *position + size : *position;
    if (from_begin < 0 || from_begin >= size) return {};
    return (**list)[static_cast<std::size_t>(from_begin)];
  }
  const auto* map = std::get_if<MapPtr>(&of.data);
  const auto* node = std::get_if<NodeId>(&of.data);
  const auto* edge = std::get_if<EdgeId>(&of.data);
  if (!map && !node && !edge) wrong_type(e.span, type_in_words(of) + " has no elements");
  const auto* key = std::get_if<std::string>(&at.data);
  if (key == nullptr) {
    runtime_error(e.children[1]->span, "TypeError",
                  map ? "MapElementAccessByNonString" : "PropertyAccessByNonString",
                  "a key is a string, not " + type_in_words(at));
  }
  if (map) return entry_of(**map, *key);
  const auto id = snapshot_.string_id(*key);
  if (!id) return {};
  return to_runtime(node ? snapshot_.property(*node, *id) : snapshot_.property(*edge, *id));
}

RuntimeValue Execution::slice(const Expression& e, Row& row) {
  const ListPtr list = list_of(*e.children[0], row);
  std::size_t bounds[2] = {0, list ? list->size() : 0};
  bool unknown = !list;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!e.children[i + 1]) continue;
    const RuntimeValue at = evaluate(*e.children[i + 1], row);
    unknown = unknown || at.is_null();
    if (at.is_null()) continue;
    const auto* position = std::get_if<std::int64_t>(&at.data);
    if (position == nullptr) {
      wrong_type(e.children[i + 1]->span,
                 "the bound of a slice is an integer, not " + type_in_words(at));
    }
    if (list) bounds[i] = bounded(*position, list->size());
  }
  if (unknown) return {};
  if (bounds[0] >= bounds[1]) return make_list({});
  return make_list(RuntimeList(list->begin() + static_cast<std::ptrdiff_t>(bounds[0]),
                               list->begin() + static_cast<std::ptrdiff_t>(bounds[1])));
}

RuntimeValue Execution::has_labels(const Expression& e, Row& row) {
  const RuntimeValue of = evaluate(*e.children[0], row);
  if (of.is_null()) return {};
  if (const auto* node = std::get_if<NodeId>(&of.data)) {
    return std::all_of(e.names.begin(), e.names.end(), [&](const std::string& name) {
      const auto label = snapshot_.string_id(name);
      return label && snapshot_.has_label(*node, *label);
    });
  }
  if (const auto* edge = std::get_if<EdgeId>(&of.data)) {
    const auto record = snapshot_.edge(*edge);
    return record && std::all_of(e.names.begin(), e.names.end(), [&](const std::string& name) {
             return snapshot_.string(record->type) == name;
           });
  }
  wrong_type(e.span, type_in_words(of) + " has no labels");
}

RuntimeValue Execution::connective(const Expression& e, Row& row) {
  Ternary result = e.kind == Kind::And;
  if (e.kind == Kind::Xor) {
    result = false;
    for (const auto& child : e.children) {
      const Ternary value = truth(*child, row);
      result = result && value ? Ternary(*result != *value) : Ternary();
    }
    return from_ternary(result);
  }
  // False decides AND, true decides OR, whatever else is null.
  const bool decisive = e.kind == Kind::Or;
  for (const auto& child : e.children) {
    const Ternary value = truth(*child, row);
    if (value == Ternary(decisive)) return decisive;
    if (!value) result.reset();
  }
  return from_ternary(result);
}

RuntimeValue Execution::comparison_chain(const Expression& e, Row& row) {
  Ternary result = true;
  RuntimeValue left = evaluate(*e.children[0], row);
  for (std::size_t i = 0; i < e.operators.size(); ++i) {
    RuntimeValue right = evaluate(*e.children[i + 1], row);
    budget_.work(std::min(bytes_of(left), bytes_of(right)));
    const Ternary one = tested(e.operators[i], left, right);
    if (one == Ternary(false)) return false;
    if (!one) result.reset();
    left = std::move(right);
  }
  return from_ternary(result);
}

RuntimeValue Execution::string_test(const Expression& e, Row& row) {
  const RuntimeValue left = evaluate(*e.children[0], row);
  const RuntimeValue right = evaluate(*e.children[1], row);
  const auto* text = std::get_if<std::string>(&left.data);
  const auto* other = std::get_if<std::string>(&right.data);
  if (!text || !other) return {};
  switch (e.operators.front()) {
    case bound::Operator::StartsWith:
      return text->starts_with(*other);
    case bound::Operator::EndsWith:
      return text->ends_with(*other);
    case bound::Operator::Contains:
      return text->find(*other) != std::string::npos;
    default:
      return matches_regex(*text, *other, e.span);
  }
}

RuntimeValue Execution::in_list(const Expression& e, Row& row) {
  const RuntimeValue wanted = evaluate(*e.children[0], row);
  const ListPtr list = list_of(*e.children[1], row);
  if (!list) return {};
  Ternary result = false;
  for (const auto& element : *list) {
    budget_.step();
    budget_.work(std::min(bytes_of(wanted), bytes_of(element)));
    const Ternary equal = equals(wanted, element);
    if (equal == Ternary(true)) return true;
    if (!equal) result.reset();
  }
  return from_ternary(result);
}

RuntimeValue Execution::case_of(const Expression& e, Row& row) {
  const bool simple = e.kind == Kind::SimpleCase;
  const RuntimeValue operand = simple ? evaluate(*e.children[0], row) : RuntimeValue();
  std::size_t i = simple ? 1 : 0;
  for (; i + 1 < e.children.size(); i += 2) {
    const bool chosen = simple ? equals(operand, evaluate(*e.children[i], row)) == Ternary(true)
                               : holds(*e.children[i], row);
    if (chosen) return evaluate(*e.children[i + 1], row);
  }
  return i < e.children.size() ? evaluate(*e.children[i], row) : RuntimeValue();
}

RuntimeValue Execution::call(const Expression& e, Row& row) {
  std::vector<RuntimeValue> arguments;
  arguments.reserve(e.children.size());
  for (const auto& child : e.children) {
    arguments.push_back(evaluate(*child, row));
    if (arguments.back().is_null() && e.function->nulls == Nulls::Propagate) return {};
  }
  // The least that it looks at or makes; what can make more counts as it goes.
  if (!arguments.empty()) budget_.work(bytes_of(arguments.front()));
  return e.function->run(CallContext{snapshot_, budget_, e.span}, arguments);
}

RuntimeValue Execution::list_comprehension(const Expression& e, Row& row) {
  const ListPtr list = list_of(*e.children[0], row);
  if (!list) return {};
  RuntimeList result;
  Held held{budget_};
  for (const auto& element : *list) {
    budget_.step();
    row[e.slot] = element;
    if (e.children[1] && !holds(*e.children[1], row)) continue;
    result.push_back(e.children[2] ? evaluate(*e.children[2], row) : element);
    held.add(result.back());
  }
  return make_list(std::move(result));
}

RuntimeValue Execution::quantifier(const Expression& e, Row& row) {
  const ListPtr list = list_of(*e.children[0], row);
  if (!list) return {};
  std::size_t yes = 0;
  std::size_t no = 0;
  std::size_t unknown = 0;
  for (const auto& element : *list) {
    budget_.step();
    row[e.slot] = element;
    const Ternary value = truth(*e.children[1], row);
    ++(value ? (*value ? yes : no) : unknown);
  }
  const auto unless_unknown = [&](bool value) {
    return unknown == 0 ? RuntimeValue(value) : RuntimeValue();
  };
  switch (e.quantifier) {
    case bound::Quantifier::All:
      return no > 0 ? RuntimeValue(false) : unless_unknown(true);
    case bound::Quantifier::Any:
      return yes > 0 ? RuntimeValue(true) : unless_unknown(false);
    case bound::Quantifier::None:
      return yes > 0 ? RuntimeValue(false) : unless_unknown(true);
    case bound::Quantifier::Single:
      break;
  }
  return yes > 1 ? RuntimeValue(false) : unless_unknown(yes == 1);
}

RuntimeValue Execution::reduce(const Expression& e, Row& row) {
  RuntimeValue accumulated = evaluate(*e.children[0], row);
  const ListPtr list = list_of(*e.children[1], row);
  if (!list) return {};
  for (const auto& element : *list) {
    budget_.step();
    row[e.other_slot] = std::move(accumulated);
    row[e.slot] = element;
    accumulated = evaluate(*e.children[2], row);
  }
  return accumulated;
}

RuntimeValue Execution::merged_map(const Expression& e, Row& row) {
  if (evaluate(*e.children[0], row).is_null()) return {};
  RuntimeMap merged;
  for (std::size_t i = 1; i < e.children.size(); ++i) {
    const RuntimeValue part = evaluate(*e.children[i], row);
    const auto& entries = *std::get<MapPtr>(part.data);
    merged.insert(merged.end(), entries.begin(), entries.end());
  }
  return make_map(std::move(merged));
}

// Runs on a copy of the row: its operators fill slots that mean something else outside.
RuntimeValue Execution::subquery(const Expression& e, Row& row) {
  auto& running = subqueries_[e.subquery.get()];
  if (!running) running = make_operator(*plan_.subqueries.at(e.subquery.get()), *this);
  Row inner = row;
  running->open(inner);
  if (e.kind == Kind::Exists) return running->next(inner);
  RuntimeList collected;
  Held held{budget_};
  while (running->next(inner)) {
    budget_.step();
    collected.push_back(evaluate(*e.children[0], inner));
    held.add(collected.back());
    if (e.kind == Kind::FirstRow) return collected.front();
  }
  return e.kind == Kind::FirstRow ? RuntimeValue() : make_list(std::move(collected));
}

MapPtr properties_of(const RuntimeValue& value, const Snapshot& snapshot) {
  const auto as_map = [&](const auto& record) -> MapPtr {
    RuntimeMap map;
    if (record) {
      for (const auto& [key, property] : record->properties) {
        map.emplace_back(snapshot.string(key), to_runtime(property));
      }
    }
    return make_map(std::move(map));
  };
  if (const auto* node = std::get_if<NodeId>(&value.data)) return as_map(snapshot.node(*node));
  if (const auto* edge = std::get_if<EdgeId>(&value.data)) return as_map(snapshot.edge(*edge));
  return nullptr;
}

RuntimeValue entry_of(const RuntimeMap& map, std::string_view key) {
  const auto found = std::lower_bound(
      map.begin(), map.end(), key,
      [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return found != map.end() && found->first == key ? found->second : RuntimeValue();
}

}  // namespace ketnghia::query
