#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/acceptance/console_program.hpp"
#include "tests/support/catch.hpp"

using ketnghia::tests::Program;

namespace {

// Starts an import of the folder `in` and kills it after a while; true where it was still running.
bool import_killed_after(const Program& program, std::chrono::microseconds pause) {
  const std::string db = (program.folder() / "k.kn").string();
  const std::string in = (program.folder() / "in").string();
  const pid_t child = fork();
  if (child == 0) {
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl(KETNGHIA_PROGRAM, "ketnghia", "import", in.c_str(), "--db", db.c_str(), nullptr);
    _exit(127);
  }
  std::this_thread::sleep_for(pause);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("an import killed at any moment leaves a clean store, and then finishes",
          "[acceptance]") {
  const Program program;
  std::filesystem::create_directory(program.folder() / "in");
  // Enough documents that the kills fall between and within transactions.
  for (int i = 0; i < 400; ++i) {
    const std::string number = std::to_string(i);
    program.write("in/" + number + ".txt",
                  "Ngày " + std::to_string(i % 28 + 1) +
                      "/5/2024, Sở Y tế Hà Nội tiếp đoàn Ủy ban Y tế Bắc Kinh.\n\n"
                      "Tại buổi tiếp, hai bên ký Bản ghi nhớ số " +
                      number + " về khám, chữa bệnh.\n");
  }
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto began = std::chrono::steady_clock::now();
  REQUIRE(program.run({"import", "in", "--db", "fresh.kn"}).code == 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - began);
  std::uniform_int_distribution<std::int64_t> pause(whole.count() / 10, whole.count() * 9 / 10);
  int killed = 0;
  for (int round = 0; round < 12; ++round) {
    const bool interrupted = import_killed_after(program, std::chrono::microseconds(pause(random)));
    killed += interrupted ? 1 : 0;
    if (!std::filesystem::exists(program.folder() / "k.kn" / "data.mdb")) continue;
    const auto checked = program.run({"check", "--db", "k.kn"});
    INFO(checked.out << checked.err);
    REQUIRE(checked.code == 0);
    // What has been imported whole leaves nothing to interrupt.
    if (!interrupted) std::filesystem::remove_all(program.folder() / "k.kn");
  }
  CHECK(killed > 0);
  REQUIRE(program.run({"import", "in", "--db", "k.kn"}).code == 0);
  REQUIRE(program.run({"check", "--db", "k.kn"}).code == 0);
  CHECK((program.run({"export", "--db", "k.kn"}).out ==
         program.run({"export", "--db", "fresh.kn"}).out));
}
