#include "query-lang/analysis/type.hpp"

namespace ketnghia::query {
namespace {

bool is_number(BaseType base) {
  return base == BaseType::Integer || base == BaseType::Float || base == BaseType::Number;
}

}  // namespace

Type Type::list_of(const Type& element) {
  Type type{BaseType::List};
  if (!element.is(BaseType::Any)) type.element_ = std::make_shared<const Type>(element);
  return type;
}

bool Type::can_be(BaseType base) const {
  if (base_ == base || base_ == BaseType::Any || base_ == BaseType::Null || base == BaseType::Any ||
      base == BaseType::Null) {
    return true;
  }
  if (base_ == BaseType::Number || base == BaseType::Number) {
    return is_number(base_) && is_number(base);
  }
  return false;
}

Type Type::joined(const Type& other) const {
  if (is(BaseType::Null)) return other;
  if (other.is(BaseType::Null)) return *this;
  if (is(BaseType::List) && other.is(BaseType::List))
    return list_of(element().joined(other.element()));
  if (base_ == other.base_) return *this;
  if (is_number(base_) && is_number(other.base_)) return BaseType::Number;
  return BaseType::Any;
}

std::string Type::in_words() const { return query::in_words(base_); }

std::string in_words(BaseType base) {
  switch (base) {
    case BaseType::Any:
      return "a value";
    case BaseType::Null:
      return "null";
    case BaseType::Boolean:
      return "a boolean";
    case BaseType::Integer:
      return "an integer";
    case BaseType::Float:
      return "a float";
    case BaseType::Number:
      return "a number";
    case BaseType::String:
      return "a string";
    case BaseType::List:
      return "a list";
    case BaseType::Map:
      return "a map";
    case BaseType::Node:
      return "a node";
    case BaseType::Edge:
      return "a relationship";
    case BaseType::Path:
      return "a path";
  }
  return {};
}

}  // namespace ketnghia::query
