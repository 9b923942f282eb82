// What a step of a cursor costs in bare LMDB on a database of ours: the floor under any query.
//   build/release/tests/bench/bench_floor DATABASE
// Prints one line of JSON: nanoseconds of a step to the next list of edges, of a look-up of lists
// in ascending order (a hundredth of all nodes), and of one in no order; of node records the same.
#include <lmdb.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kLookUps = 100'000;
constexpr int kRounds = 5;

void require(int code) {
  if (code == MDB_SUCCESS) return;
  std::fprintf(stderr, "%s\n", mdb_strerror(code));
  std::exit(1);
}

std::uint64_t sum = 0;  // so that nothing is left out as unused

// Nanoseconds each of `count` things takes; the best of a few rounds.
template <typename Work>
double nanoseconds(std::size_t count, const Work& work) {
  double best = 1e18;
  for (int round = 0; round < kRounds; ++round) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begun;
    best = std::min(best, time.count() / static_cast<double>(count));
  }
  return best;
}

void look_up(MDB_cursor* cursor, const std::vector<std::string>& keys) {
  for (const auto& wanted : keys) {
    MDB_val key{wanted.size(), const_cast<char*>(wanted.data())};
    MDB_val value{};
    require(mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE));
    sum += *static_cast<const unsigned char*>(value.mv_data);
  }
}

void measure(MDB_txn* transaction, const char* table, bool numbered) {
  MDB_dbi handle{};
  require(mdb_dbi_open(transaction, table, numbered ? MDB_INTEGERKEY : 0, &handle));
  MDB_cursor* cursor = nullptr;
  require(mdb_cursor_open(transaction, handle, &cursor));
  std::vector<std::string> keys;
  const auto scan = [&](bool keep) {
    MDB_val key{};
    MDB_val value{};
    for (int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); code == MDB_SUCCESS;
         code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
      sum += *static_cast<const unsigned char*>(value.mv_data);
      if (keep) keys.emplace_back(static_cast<const char*>(key.mv_data), key.mv_size);
    }
  };
  scan(true);
  if (keys.empty()) return;
  const double step = nanoseconds(keys.size(), [&] { scan(false); });
  std::mt19937_64 random(1);
  std::vector<std::string> some;
  for (std::size_t i = 0; i < kLookUps; ++i) some.push_back(keys[random() % keys.size()]);
  const double scattered = nanoseconds(some.size(), [&] { look_up(cursor, some); });
  std::vector<std::string> near;
  for (std::size_t i = 0; i < keys.size(); i += 100) near.push_back(keys[i]);
  const double ascending = nanoseconds(near.size(), [&] { look_up(cursor, near); });
  std::printf(
      "\"%s\":{\"entries\":%zu,\"step_ns\":%.1f,\"ascending_ns\":%.1f,\"scattered_ns\":%.1f}",
      table, keys.size(), step, ascending, scattered);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "bench_floor DATABASE\n");
    return 2;
  }
  MDB_env* environment = nullptr;
  require(mdb_env_create(&environment));
  require(mdb_env_set_maxdbs(environment, 32));
  require(mdb_env_open(environment, argv[1], MDB_RDONLY, 0644));
  MDB_txn* transaction = nullptr;
  require(mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction));
  std::printf("{");
  measure(transaction, "adjacency", false);
  std::printf(",");
  measure(transaction, "nodes", true);
  std::printf("}\n");
  mdb_txn_abort(transaction);
  mdb_env_close(environment);
  return sum == 0 ? 1 : 0;
}
