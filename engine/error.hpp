#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ketnghia {

// Base of all exceptions of ours: what() is a sentence for the user, in UTF-8.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The store cannot do what was asked; nothing of the running transaction has landed.
class StoreError : public Error {
 public:
  enum class Kind { NotFound, Corrupt, Full, Locked, ReadOnly, WrongVersion, Input, Io };

  StoreError(Kind kind, const std::string& message) : Error(message), kind_(kind) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

}  // namespace ketnghia
