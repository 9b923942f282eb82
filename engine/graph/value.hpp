#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ketnghia {

struct Value;
using List = std::vector<Value>;
// Sorted by key, each key once.
using Map = std::vector<std::pair<std::string, Value>>;

// A property's value: what JSON can hold, integers and floats told apart. Strings are UTF-8.
struct Value {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> data;

  Value() = default;
  Value(bool v) : data(v) {}
  Value(std::int64_t v) : data(v) {}
  Value(double v) : data(v) {}
  Value(std::string v) : data(std::move(v)) {}
  Value(const char* v) : data(std::string(v)) {}
  Value(List v) : data(std::move(v)) {}
  Value(Map v) : data(std::move(v)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(data); }
  const std::string* text() const { return std::get_if<std::string>(&data); }

  friend bool operator==(const Value&, const Value&) = default;
};

}  // namespace ketnghia
