#include "engine/store/store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <string>
#include <system_error>

#include "engine/error.hpp"
#include "engine/store/environment.hpp"

namespace ketnghia {
namespace {

using store::Table;
using store::Transaction;

constexpr std::size_t kGreatestMap = std::size_t{256} << 30;
constexpr std::size_t kLeastMap = std::size_t{16} << 20;
constexpr unsigned kMaxReaders = 1022;
constexpr mode_t kFileMode = 0664;

using FileId = std::pair<std::uint64_t, std::uint64_t>;

// What is open in this process. LMDB's file locks are the process's: opening the same file a
// second time and closing it would drop the locks of the first.
struct Registry {
  std::mutex mutex;
  pid_t process = ::getpid();
  std::map<FileId, Store::Environment*> open;

  // What a child inherits by fork() is its parent's, and must not be used by both.
  void forget_inherited() {
    if (std::exchange(process, ::getpid()) != ::getpid()) open.clear();
  }
};

Registry& registry() {
  static Registry instance;
  return instance;
}

std::optional<FileId> file_id(const std::filesystem::path& folder) {
  struct stat status {};
  if (::stat((folder / "data.mdb").c_str(), &status) != 0) return std::nullopt;
  return FileId{status.st_dev, status.st_ino};
}

[[noreturn]] void not_found(const std::filesystem::path& path) {
  throw StoreError(
      StoreError::Kind::NotFound,
      "there is no database at " + path.string() +
          ": make one with \"ketnghia import\" (documents) or \"ketnghia load\" (a graph)");
}

void create_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return;
  const bool forbidden =
      error.value() == EACCES || error.value() == EROFS || error.value() == EPERM;
  throw StoreError(forbidden ? StoreError::Kind::ReadOnly : StoreError::Kind::Io,
                   "cannot make the folder " + path.string() + ": " + error.message());
}

// Opens with as much address space as the process may have. Returns LMDB's code.
int open_mapped(Store::Environment& environment, unsigned flags) {
  const auto size = [&] {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(environment.path / "data.mdb", none);
    return none ? 0 : bytes;
  }();
  int code = ENOMEM;
  for (std::size_t map = std::max(kGreatestMap, 4 * size); map >= std::max(kLeastMap, size);
       map /= 2) {
    // A handle that failed to open can only be closed.
    if (environment.handle != nullptr) mdb_env_close(std::exchange(environment.handle, nullptr));
    code = mdb_env_create(&environment.handle);
    if (code != MDB_SUCCESS) return code;
    mdb_env_set_mapsize(environment.handle, map);
    mdb_env_set_maxdbs(environment.handle, store::kTableCount);
    mdb_env_set_maxreaders(environment.handle, kMaxReaders);
    code = mdb_env_open(environment.handle, environment.path.c_str(), flags, kFileMode);
    // What cannot be mapped is ENOMEM by Linux, EINVAL by some sandboxes and debuggers.
    if (code != ENOMEM && code != EINVAL) break;
  }
  return code;
}

bool is_permission(int code) { return code == EACCES || code == EROFS || code == EPERM; }

void open_files(Store::Environment& environment, Store::Mode mode) {
  // Transactions belong to objects, not to threads (MDB_NOTLS): a thread may hold any number.
  constexpr unsigned kFlags = MDB_NOTLS;
  int code = open_mapped(environment, kFlags);
  environment.writable = code == MDB_SUCCESS;
  if (is_permission(code) && mode == Store::Mode::Read) {
    code = open_mapped(environment, kFlags | MDB_RDONLY);
    if (is_permission(code)) code = open_mapped(environment, kFlags | MDB_RDONLY | MDB_NOLOCK);
  }
  if (code == MDB_SUCCESS) return;
  const std::string doing = "cannot open " + environment.path.string();
  store::raise(code, doing.c_str(), nullptr);
}

std::optional<std::string_view> get(MDB_txn* transaction, MDB_dbi table, std::string_view key) {
  MDB_val wanted = store::to_val(key);
  MDB_val value{};
  const int code = mdb_get(transaction, table, &wanted, &value);
  if (code == MDB_NOTFOUND) return std::nullopt;
  store::require_ok(code, "cannot read", mdb_txn_env(transaction));
  return store::to_view(value);
}

void check_version(const Store::Environment& environment, MDB_txn* transaction) {
  const auto stored =
      get(transaction, environment.handles[store::index(Table::Meta)], store::kFormatKey);
  if (!stored) {
    throw StoreError(StoreError::Kind::Corrupt,
                     environment.path.string() + " holds a database of another program");
  }
  const std::uint32_t version = store::ByteReader(*stored).u32();
  if (version != store::kFormatVersion) {
    const bool newer = version > store::kFormatVersion;
    throw StoreError(StoreError::Kind::WrongVersion,
                     environment.path.string() + " has format " + std::to_string(version) +
                         ", this program reads " + std::to_string(store::kFormatVersion) + ": " +
                         (newer ? "use a newer ketnghia, or export" : "export") +
                         " the graph with the one that wrote it and load it with this one");
  }
}

// Opens the tables; those of a new database are made where `create` says so. Whether they are
// there.
bool open_tables(Store::Environment& environment, MDB_txn* transaction, bool create) {
  for (std::size_t i = 0; i < store::kTableCount; ++i) {
    const auto& layout = store::layout(static_cast<Table>(i));
    const unsigned flags = (layout.numbered ? MDB_INTEGERKEY : 0U) | (create ? MDB_CREATE : 0U);
    const int code = mdb_dbi_open(transaction, layout.name, flags, &environment.handles[i]);
    if (code == MDB_NOTFOUND) return false;
    store::require_ok(code, "cannot read", environment.handle);
    // First of all: other versions have other tables.
    const bool is_meta = static_cast<Table>(i) == Table::Meta;
    if (is_meta && get(transaction, environment.handles[i], store::kFormatKey)) {
      check_version(environment, transaction);
    }
  }
  return true;
}

void put(MDB_txn* transaction, MDB_dbi table, MDB_val key, std::string_view value) {
  MDB_val stored = store::to_val(value);
  store::require_ok(mdb_put(transaction, table, &key, &stored, 0), "cannot write",
                    mdb_txn_env(transaction));
}

void write_first_entries(const Store::Environment& environment, MDB_txn* transaction) {
  std::string version;
  store::append_u32(version, store::kFormatVersion);
  put(transaction, environment.handles[store::index(Table::Meta)], store::to_val(store::kFormatKey),
      version);
  std::uint64_t id = 0;
  for (const std::string_view text : store::kFixedStrings) {
    ++id;
    put(transaction, environment.handles[store::index(Table::StringById)], {sizeof id, &id}, text);
    std::string stored;
    store::append_varint(stored, id);
    put(transaction, environment.handles[store::index(Table::StringByText)],
        store::to_val(store::dictionary_key(text)), stored);
  }
}

void open_database(Store::Environment& environment, Store::Mode mode) {
  {
    Transaction transaction(environment.handle, MDB_RDONLY, "cannot read");
    if (open_tables(environment, transaction.get(), false)) {
      check_version(environment, transaction.get());
      transaction.commit();  // keeps the handles
      return;
    }
  }
  if (mode == Store::Mode::Read) not_found(environment.path);
  // Another process may have made it since: MDB_CREATE opens what is there.
  Transaction transaction(environment.handle, 0, "cannot write");
  open_tables(environment, transaction.get(), true);
  const auto meta = environment.handles[store::index(Table::Meta)];
  if (get(transaction.get(), meta, store::kFormatKey)) {
    check_version(environment, transaction.get());
  } else {
    write_first_entries(environment, transaction.get());
  }
  transaction.commit();
}

}  // namespace

Store::Environment::~Environment() {
  if (handle != nullptr) mdb_env_close(handle);
}

void Store::Release::operator()(Environment* environment) const {
  const std::lock_guard lock(registry().mutex);
  if (--environment->stores > 0) return;
  const auto open = registry().open.find(environment->file);
  if (open != registry().open.end() && open->second == environment) registry().open.erase(open);
  delete environment;
}

Store::Store(const std::filesystem::path& path, Mode mode) : mode_(mode) {
  const std::lock_guard lock(registry().mutex);
  registry().forget_inherited();
  auto file = file_id(path);
  if (file) {
    const auto open = registry().open.find(*file);
    if (open != registry().open.end()) {
      if (mode == Mode::Write && !open->second->writable) {
        throw StoreError(StoreError::Kind::ReadOnly, path.string() + " can only be read");
      }
      ++open->second->stores;
      environment_.reset(open->second);
      return;
    }
  } else if (mode == Mode::Read) {
    not_found(path);
  } else {
    create_folder(path);
  }
  auto environment = std::make_unique<Environment>();
  environment->path = path;
  open_files(*environment, mode);
  // Readers that died without closing would keep their pages for ever.
  int dead = 0;
  mdb_reader_check(environment->handle, &dead);
  open_database(*environment, mode);
  file = file_id(path);
  if (!file) not_found(path);
  environment->file = *file;
  environment->stores = 1;
  registry().open[*file] = environment.get();
  environment_.reset(environment.release());
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

const std::filesystem::path& Store::path() const { return environment_->path; }

}  // namespace ketnghia
