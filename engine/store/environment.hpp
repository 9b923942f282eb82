#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/store/lmdb.hpp"
#include "engine/store/store.hpp"

namespace ketnghia {

// What the Stores of one database share in a process.
struct Store::Environment {
  std::filesystem::path path;
  MDB_env* handle = nullptr;
  store::Handles handles{};
  bool writable = false;  // the files can be written; a Store of Mode::Read does not, all the same

  std::mutex resize;                      // held while `snapshots` leaves 0 and while the map grows
  int snapshots = 0;                      // open in this process
  std::atomic<std::thread::id> writer{};  // who holds the write transaction

  // Of data.mdb: device and inode, by which the process knows what it has open.
  std::pair<std::uint64_t, std::uint64_t> file{};
  int stores = 0;

  Environment() = default;
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
};

}  // namespace ketnghia
