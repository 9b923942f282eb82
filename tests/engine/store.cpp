#include "engine/store/store.hpp"

#include <lmdb.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "engine/export/check.hpp"
#include "engine/store/environment.hpp"
#include "tests/engine/store_support.hpp"

using namespace ketnghia;

namespace {

NodeDraft city(const std::string& name) { return {{}, {"City"}, {{"name", name}}, {}}; }

void put_city(Store& store, const std::string& name) {
  Writer writer(store);
  writer.put(city(name));
  writer.commit();
}

// Puts raw bytes under a key of the table `meta`.
void put_meta(const std::filesystem::path& path, std::string key, std::string value) {
  Store store(path, Store::Mode::Write);
  auto& environment = store.environment();
  store::Transaction transaction(environment.handle, 0, "cannot write");
  MDB_val k{key.size(), key.data()};
  MDB_val v{value.size(), value.data()};
  REQUIRE(mdb_put(transaction.get(), environment.handles[store::index(store::Table::Meta)], &k, &v,
                  0) == 0);
  transaction.commit();
}

// Rights mean nothing to root, which tests in containers often are.
void become_nobody() {
  if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(98);
}

}  // namespace

TEST_CASE("reading what is not there names the path and the way to make it", "[store]") {
  const TemporaryFolder folder;
  std::string message;
  CHECK(kind_thrown([&] { Store(folder / "none", Store::Mode::Read); }, &message) ==
        StoreError::Kind::NotFound);
  CHECK(message.find((folder / "none").string()) != std::string::npos);
  CHECK(message.find("ketnghia import") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder / "none"));
}

TEST_CASE("opening for writing makes the folder and those above it", "[store]") {
  const TemporaryFolder folder;
  { Store store(folder / "a/b/db", Store::Mode::Write); }
  const Store store(folder / "a/b/db", Store::Mode::Read);
  CHECK(Snapshot(store).node_count() == 0);
}

TEST_CASE("what is committed is there when the store is opened again", "[store]") {
  const TemporaryFolder folder;
  {
    Store store(folder / "db", Store::Mode::Write);
    put_city(store, "Hà Nội");
  }
  const Store store(folder / "db", Store::Mode::Read);
  CHECK(Snapshot(store).node_count() == 1);
}

TEST_CASE("a newer format is refused, not misread", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder / "db";
  put_meta(path, "format", std::string("\xFF\0\0\0", 4));
  std::string message;
  for (const auto mode : {Store::Mode::Read, Store::Mode::Write}) {
    CHECK(kind_thrown([&] { Store(path, mode); }, &message) == StoreError::Kind::WrongVersion);
    CHECK(message.find("format 255") != std::string::npos);
    CHECK(message.find("newer ketnghia") != std::string::npos);
  }
}

TEST_CASE("an older format is refused with what to do about it", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder / "db";
  put_meta(path, "format", std::string("\1\0\0\0", 4));
  std::string message;
  CHECK(kind_thrown([&] { Store(path, Store::Mode::Read); }, &message) ==
        StoreError::Kind::WrongVersion);
  CHECK(message.find("export the graph with the one that wrote it") != std::string::npos);
}

TEST_CASE("a file that is no database is called damaged", "[store]") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "db");
  std::ofstream(folder / "db/data.mdb") << std::string(20000, 'x');
  CHECK(kind_thrown([&] { Store(folder / "db", Store::Mode::Read); }) == StoreError::Kind::Corrupt);
}

TEST_CASE("a store opened for reading refuses a writer", "[store]") {
  const TemporaryFolder folder;
  { Store store(folder / "db", Store::Mode::Write); }
  Store store(folder / "db", Store::Mode::Read);
  CHECK(kind_thrown([&] { Writer writer(store); }) == StoreError::Kind::ReadOnly);
}

TEST_CASE("a folder without the right to write can be read and not written", "[store]") {
  const TemporaryFolder folder;
  {
    Store store(folder / "db", Store::Mode::Write);
    put_city(store, "Hà Nội");
  }
  ::chmod(folder.path().c_str(), 0755);
  const bool locked = GENERATE(true, false);
  if (!locked) std::filesystem::remove(folder / "db/lock.mdb");
  for (const char* file : {"db/data.mdb", "db/lock.mdb"}) ::chmod((folder / file).c_str(), 0444);
  ::chmod((folder / "db").c_str(), 0555);
  CHECK(in_child([&] {
          become_nobody();
          const Store store(folder / "db", Store::Mode::Read);
          return static_cast<int>(Snapshot(store).node_count());
        }) == 1);
  CHECK(in_child([&] {
          become_nobody();
          try {
            Store(folder / "db", Store::Mode::Write);
          } catch (const StoreError& error) {
            return error.kind() == StoreError::Kind::ReadOnly ? 1 : 2;
          }
          return 3;
        }) == 1);
  ::chmod((folder / "db").c_str(), 0755);
}

TEST_CASE("a file that may not grow is full, and what was there is left", "[store]") {
  const TemporaryFolder folder;
  {
    Store store(folder / "db", Store::Mode::Write);
    put_city(store, "Hà Nội");
  }
  CHECK(in_child([&] {
          std::signal(SIGXFSZ, SIG_IGN);
          const auto size = std::filesystem::file_size(folder / "db/data.mdb");
          const rlimit limit{size, size};
          setrlimit(RLIMIT_FSIZE, &limit);
          Store store(folder / "db", Store::Mode::Write);
          try {
            Writer writer(store);
            for (int i = 0; i < 1000; ++i) {
              writer.put(NodeDraft{{}, {}, {{"name", std::string(10000, 'x')}}, {}});
            }
            writer.commit();
          } catch (const StoreError& error) {
            return error.kind() == StoreError::Kind::Full ? 1 : 2;
          }
          return 3;
        }) == 1);
  const Store store(folder / "db", Store::Mode::Read);
  const Snapshot snapshot(store);
  CHECK(snapshot.node_count() == 1);
  CHECK(check(snapshot).empty());
}

TEST_CASE("stores of one folder share it, whichever closes first", "[store]") {
  const TemporaryFolder folder;
  auto first = std::make_unique<Store>(folder / "db", Store::Mode::Write);
  std::filesystem::create_directory_symlink(folder / "db", folder / "link");
  Store second(folder / "link", Store::Mode::Write);
  put_city(*first, "Hà Nội");
  CHECK(Snapshot(second).node_count() == 1);
  first.reset();
  put_city(second, "Bắc Kinh");
  const Store third(folder / "db", Store::Mode::Read);
  CHECK(Snapshot(third).node_count() == 2);
}

TEST_CASE("a snapshot sees no later commit", "[store]") {
  TemporaryStore temporary;
  put_city(temporary.store, "Hà Nội");
  const Snapshot before(temporary.store);
  const std::string bytes = exported(before);
  put_city(temporary.store, "Bắc Kinh");
  {
    Writer writer(temporary.store);
    writer.erase(NodeId{1});
    writer.commit();
  }
  CHECK(before.node_count() == 1);
  CHECK(before.named("Hà Nội").size() == 1);
  CHECK(before.named("Bắc Kinh").empty());
  CHECK(exported(before) == bytes);
  CHECK(Snapshot(temporary.store).named("Bắc Kinh").size() == 1);
}

TEST_CASE("a thread that writes already is refused a second writer", "[store]") {
  TemporaryStore temporary;
  {
    Writer writer(temporary.store);
    CHECK(kind_thrown([&] { Writer second(temporary.store); }) == StoreError::Kind::Locked);
  }
  CHECK_NOTHROW(Writer(temporary.store));
}

TEST_CASE("a second writer waits for the first and sees what it committed", "[store]") {
  TemporaryStore temporary;
  std::atomic<bool> committed = false;
  std::atomic<std::uint64_t> seen = 0;
  Writer first(temporary.store);
  first.put(city("Hà Nội"));
  std::thread other([&] {
    Writer second(temporary.store);
    seen = committed ? second.view().node_count() : 99;
  });
  committed = true;
  first.commit();
  other.join();
  CHECK(seen == 1);
}

TEST_CASE("snapshots of several threads read while one writes", "[store]") {
  TemporaryStore temporary;
  std::atomic<bool> done = false;
  std::atomic<int> faults = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const Snapshot snapshot(temporary.store);
        // Every commit adds a pair.
        if (snapshot.node_count() % 2 != 0 || !check(snapshot).empty()) ++faults;
      }
    });
  }
  for (int i = 0; i < 40; ++i) {
    Writer writer(temporary.store);
    const NodeId a = writer.put(city("Hà Nội " + std::to_string(i)));
    const NodeId b = writer.put(city("Bắc Kinh " + std::to_string(i)));
    writer.put(EdgeDraft{{}, "COOPERATED_WITH", a, b, {{"when", "2024"}}, {}});
    writer.commit();
  }
  done = true;
  for (auto& reader : readers) reader.join();
  CHECK(faults == 0);
  CHECK(Snapshot(temporary.store).edge_count() == 40);
}

TEST_CASE("a process that dies with a snapshot open keeps no pages", "[store]") {
  TemporaryStore temporary;
  put_city(temporary.store, "Hà Nội");
  CHECK(in_child([&] {
          auto* store = new Store(temporary.folder / "db", Store::Mode::Read);
          auto* snapshot = new Snapshot(*store);
          return static_cast<int>(snapshot->node_count());
        }) == 1);
  for (int i = 0; i < 3; ++i) put_city(temporary.store, "Bắc Kinh");
  MDB_envinfo info{};
  mdb_env_info(temporary.store.environment().handle, &info);
  int dead = 0;
  mdb_reader_check(temporary.store.environment().handle, &dead);
  CHECK(dead == 0);
}
