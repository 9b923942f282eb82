#include "importers/readers/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "importers/import_error.hpp"

namespace ketnghia::importers {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kErrorBytes = 4096;          // kept of what a program complains of
constexpr std::size_t kErrorLine = 200;            // shown of it
constexpr rlim_t kFileBytes = rlim_t{256} << 20U;  // of a temporary file that it makes
constexpr int kPollMilliseconds = 20;              // between two looks at the flag and the process

thread_local const std::atomic<bool>* stop_flag = nullptr;

class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return value_; }
  bool is_open() const { return value_ >= 0; }
  void reset(int value) {
    close();
    value_ = value;
  }
  void close() {
    if (value_ >= 0) ::close(value_);
    value_ = -1;
  }

 private:
  int value_;
};

std::string found_in_path(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view folders = path == nullptr ? "/usr/bin:/bin" : path;
  while (!folders.empty()) {
    const auto colon = folders.find(':');
    std::string file{folders.substr(0, colon)};
    folders = colon == std::string_view::npos ? std::string_view{} : folders.substr(colon + 1);
    if (file.empty()) continue;
    file += '/' + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
  }
  return {};
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw ImportError(path, "", what + ": " + std::strerror(errno));
}

// A file without a name that holds `input`, at its beginning.
void open_input(Descriptor& file, std::string_view input, const std::string& path) {
  std::string name = temporary_folder() + "/ketnghia-XXXXXX";
  file.reset(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.is_open()) fail(path, "no temporary file can be made in " + temporary_folder());
  ::unlink(name.c_str());
  while (!input.empty()) {
    const auto written = ::write(file.get(), input.data(), input.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail(path, "no temporary file can be written in " + temporary_folder());
    input.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(file.get(), 0, SEEK_SET);
}

void set_limit(__rlimit_resource what, rlim_t value) {
  const rlimit limit{value, value};
  ::setrlimit(what, &limit);
}

// What the child does between fork() and exec(): only what is safe while other threads of ours
// may have held any lock.
[[noreturn]] void become(const char* file, char* const* arguments, char* const* environment,
                         const Program& program, const char* folder, int in, int out, int err) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD}) ::signal(signal, SIG_DFL);
  if (::dup2(in, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0) ::_exit(127);
  ::close_range(3, ~0U, 0);
  if (::chdir(folder) != 0) ::_exit(127);
  const auto seconds = static_cast<rlim_t>(program.time.count());
  set_limit(RLIMIT_CPU, seconds + seconds / 2 + 1);
  set_limit(RLIMIT_AS, program.memory);
  set_limit(RLIMIT_FSIZE, kFileBytes);
  set_limit(RLIMIT_CORE, 0);
  ::execve(file, arguments, environment);
  ::_exit(127);
}

// The process and all that it started. They are gone when this is.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) { ::setpgid(id, id); }
  ~Child() { end(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool has_ended() {
    if (!ended_ && ::waitpid(id_, &status_, WNOHANG) == id_) ended_ = true;
    return ended_;
  }
  void end() {
    ::kill(-id_, SIGKILL);
    while (!ended_) {
      if (::waitpid(id_, &status_, 0) == id_ || errno != EINTR) ended_ = true;
    }
  }
  int status() const { return status_; }

 private:
  pid_t id_;
  int status_ = 0;
  bool ended_ = false;
};

// Reads what is there; false at the end.
bool drain(Descriptor& from, std::string& to, std::size_t most, bool& overflow) {
  std::array<char, 1U << 16U> buffer{};
  const auto got = ::read(from.get(), buffer.data(), buffer.size());
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  const auto room = most - std::min(most, to.size());
  to.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
  overflow = overflow || static_cast<std::size_t>(got) > room;
  return true;
}

std::string first_line(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  std::string line = text.substr(begin, std::min(text.find('\n', begin) - begin, kErrorLine));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) c = '?';
  }
  return line;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

bool has_program(const std::string& name) { return !found_in_path(name).empty(); }

ProgramsStopWith::ProgramsStopWith(const std::atomic<bool>* cancelled) : before_(stop_flag) {
  stop_flag = cancelled;
}

ProgramsStopWith::~ProgramsStopWith() { stop_flag = before_; }

std::string run_program(const Program& program, std::string_view input, const std::string& path) {
  const std::string file = found_in_path(program.name);
  if (file.empty()) {
    throw ImportError(path, "",
                      "the program " + program.name +
                          " is missing that reads this format: apt-get install " + program.package);
  }
  Descriptor in;
  open_input(in, input, path);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) fail(path, "no pipe to " + program.name);
  Descriptor out(pipe[0]), out_end(pipe[1]);
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) fail(path, "no pipe to " + program.name);
  Descriptor err(pipe[0]), err_end(pipe[1]);
  for (const int end : {out.get(), err.get()}) ::fcntl(end, F_SETFL, O_NONBLOCK);

  std::vector<std::string> arguments{program.name};
  arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
  const char* search = std::getenv("PATH");
  const std::string folder = temporary_folder();
  std::vector<std::string> environment{
      "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "HOME=" + folder,
      std::string{"PATH="} + (search == nullptr ? "/usr/bin:/bin" : search)};
  if (const char* data = std::getenv("TESSDATA_PREFIX"))
    environment.push_back(std::string{"TESSDATA_PREFIX="} + data);
  const auto argument_list = pointers_to(arguments), environment_list = pointers_to(environment);

  const pid_t id = ::fork();
  if (id < 0) fail(path, program.name + " cannot be started");
  if (id == 0) {
    become(file.c_str(), argument_list.data(), environment_list.data(), program, folder.c_str(),
           in.get(), out_end.get(), err_end.get());
  }
  Child child(id);
  out_end.close();
  err_end.close();
  in.close();

  std::string output, errors;
  bool overflow = false, errors_overflow = false;
  const auto deadline = Clock::now() + program.time;
  while (!overflow) {
    const bool ended = child.has_ended();
    std::array<pollfd, 2> polled{pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0}};
    const bool open = out.is_open() || err.is_open();
    if (open) ::poll(polled.data(), polled.size(), ended ? 0 : kPollMilliseconds);
    bool any = false;
    if (polled[0].revents != 0) {
      any = true;
      if (!drain(out, output, program.output, overflow)) out.close();
    }
    if (polled[1].revents != 0) {
      any = true;
      if (!drain(err, errors, kErrorBytes, errors_overflow)) err.close();
    }
    // What it left behind may hold the pipe open for ever: its own end counts.
    if (ended && !any) break;
    if (!open && !ended) ::poll(nullptr, 0, kPollMilliseconds);
    if (stop_flag != nullptr && stop_flag->load()) {
      throw ImportError(path, "", "the import was stopped while " + program.name + " read it");
    }
    if (Clock::now() > deadline) {
      throw ImportError(path, "",
                        program.name + " took longer than " + std::to_string(program.time.count()) +
                            " s to read it");
    }
  }
  child.end();
  if (overflow) {
    throw ImportError(
        path, "",
        program.name + " wrote more than " + std::to_string(program.output >> 20U) + " MiB");
  }
  const int status = child.status();
  const std::string complaint = errors.empty() ? "" : ": " + first_line(errors);
  if (WIFSIGNALED(status)) {
    const bool time = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL;
    throw ImportError(
        path, "",
        program.name +
            (time ? " was ended at a limit on time or memory" : " broke down reading it") +
            complaint);
  }
  if (WEXITSTATUS(status) != 0) {
    throw ImportError(path, "", program.name + " cannot read it" + complaint);
  }
  return output;
}

}  // namespace ketnghia::importers
