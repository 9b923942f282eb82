#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace ketnghia::query {

enum class BaseType : std::uint8_t {
  Any,
  Null,
  Boolean,
  Integer,
  Float,
  Number,
  String,
  List,
  Map,
  Node,
  Edge,
  Path
};

// What is known before a statement runs of the values an expression can have. Null belongs to
// every type; Number is an integer or a float; Any is no knowledge.
class Type {
 public:
  Type() = default;
  Type(BaseType base) : base_(base) {}
  static Type list_of(const Type& element);

  BaseType base() const { return base_; }
  bool is(BaseType base) const { return base_ == base; }
  // Of a list; Any where it is not known.
  Type element() const { return element_ ? *element_ : Type(); }

  // Whether a value of this type can be one of `base`.
  bool can_be(BaseType base) const;
  // The narrowest type that holds the values of both.
  Type joined(const Type& other) const;

  // As a diagnostic names it: "an integer", "a list".
  std::string in_words() const;

 private:
  BaseType base_ = BaseType::Any;
  std::shared_ptr<const Type> element_;
};

std::string in_words(BaseType base);

}  // namespace ketnghia::query
