#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace ketnghia {

// A database file (a folder with LMDB's data and lock files) that is open in this process.
//
// Invariants: opened at most once in a process at a time (LMDB's locks demand it): Stores of the
// same folder share what is opened. The format version has been checked. As much address space is
// reserved as the process may have, up to 256 GiB, so the file grows without being opened anew.
// Lifetime: outlives its Snapshots and Writers. A child made by fork() opens a Store of its own.
// Errors: StoreError: NotFound (opening for reading what is not there), WrongVersion (a newer
// format; the message says what to do), ReadOnly, Locked, Corrupt, Full, Io.
// Threads: any number may open Snapshots; one Writer at a time in all processes, others wait.
class Store {
 public:
  enum class Mode { Read, Write };

  // Write creates the folder where it is not there. Read changes nothing in the database, and
  // works where folder and files are read-only; then without locks, so nobody may write meanwhile.
  Store(const std::filesystem::path& path, Mode mode);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  const std::filesystem::path& path() const;
  Mode mode() const { return mode_; }

  struct Environment;  // LMDB's side, for store/ alone
  Environment& environment() const { return *environment_; }

 private:
  struct Release {
    void operator()(Environment* environment) const;
  };
  std::unique_ptr<Environment, Release> environment_;
  Mode mode_;
};

}  // namespace ketnghia
