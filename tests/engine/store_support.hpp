#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

#include "engine/error.hpp"
#include "engine/export/jsonl.hpp"
#include "engine/store/writer.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia {

// A folder of its own for a test, gone with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ketnghia-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct TemporaryStore {
  TemporaryFolder folder;
  Store store{folder / "db", Store::Mode::Write};
};

inline StoreError::Kind kind_thrown(const std::function<void()>& action,
                                    std::string* message = nullptr) {
  try {
    action();
  } catch (const StoreError& error) {
    if (message != nullptr) *message = error.what();
    return error.kind();
  }
  FAIL("no StoreError was thrown");
  return StoreError::Kind::Io;
}

inline std::string exported(const Snapshot& snapshot) {
  std::ostringstream out;
  export_jsonl(snapshot, out);
  return out.str();
}

inline LoadReport load(Store& store, const std::string& lines) {
  std::istringstream in(lines);
  return load_jsonl(store, in);
}

// Runs `action` in a child, which may give up rights that the test needs; its result, 0 to 99.
inline int in_child(const std::function<int()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    int result = 99;
    try {
      result = action();
    } catch (...) {
    }
    _exit(result);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace ketnghia
