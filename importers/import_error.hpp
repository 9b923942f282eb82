#pragma once

#include <string>

#include "engine/error.hpp"

namespace ketnghia::importers {

// One document cannot be read, whatever its library threw; the rest of the batch goes on.
class ImportError : public Error {
 public:
  // `place` says where in the file ("byte 120", "line 3"), empty where it is the whole file.
  ImportError(const std::string& path, const std::string& place, const std::string& reason)
      : Error(path + (place.empty() ? "" : ": " + place) + ": " + reason),
        path_(path),
        place_(place),
        reason_(reason) {}

  const std::string& path() const { return path_; }
  const std::string& place() const { return place_; }
  const std::string& reason() const { return reason_; }

 private:
  std::string path_, place_, reason_;
};

}  // namespace ketnghia::importers
