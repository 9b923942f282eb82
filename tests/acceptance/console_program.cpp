#include "tests/acceptance/console_program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ketnghia::tests {
namespace {

constexpr std::string_view kGraph =
    R"({"node":"n1","labels":["Document"],"properties":{"name":"tham.txt","title":"Đoàn Bắc Kinh thăm Hà Nội","source":"Báo Thủ đô","published":"2024-05-17"}}
{"node":"n2","labels":["City"],"properties":{"name":"Hà Nội","aliases":["Thủ đô Hà Nội"],"country":"VN"},"evidence":[{"document":"n1","start":0,"end":10,"quote":"Hà Nội"}]}
{"node":"n3","labels":["City"],"properties":{"name":"Bắc Kinh","aliases":["Beijing"],"country":"CN"}}
{"node":"n4","labels":["Agency"],"properties":{"name":"Sở Ngoại vụ Hà Nội","kind":"government"},"evidence":[{"document":"n1","start":20,"end":41,"quote":"Sở Ngoại vụ Hà Nội"}]}
{"node":"n5","labels":["Event"],"properties":{"name":"Thăm, \"hội đàm\"","kind":"visit","when":"2024-05-16","status":"held"}}
{"node":"n6","labels":["Person"],"properties":{"name":"Lưu Vĩ"}}
{"edge":"r1","type":"BELONGS_TO","from":"n4","to":"n2"}
{"edge":"r2","type":"TOOK_PART","from":"n4","to":"n5","properties":{"role":"host"},"evidence":[{"document":"n1","start":20,"end":80,"quote":"Sở Ngoại vụ Hà Nội đón đoàn"}]}
{"edge":"r3","type":"TOOK_PART","from":"n3","to":"n5","properties":{"role":"guest"},"evidence":[{"document":"n1","start":42,"end":80,"quote":"đón đoàn Bắc Kinh"}]}
{"edge":"r4","type":"COOPERATED_WITH","from":"n4","to":"n3","properties":{"when":"2024-05-16","via":"n5"}}
)";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void redirect(const std::filesystem::path& path, int flags, int descriptor) {
  const int file = open(path.c_str(), flags, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
  close(file);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

Program::Program() {
  std::string pattern = (std::filesystem::temp_directory_path() / "ketnghia-console-XXXXXX");
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
}

Program::~Program() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Outcome Program::run(const std::vector<std::string>& arguments, std::string_view input,
                     const std::vector<std::string>& environment) const {
  const std::filesystem::path in = folder_ / ".in", out = folder_ / ".out", err = folder_ / ".err";
  std::ofstream(in, std::ios::binary) << input;
  std::vector<std::string> words{KETNGHIA_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment;
  const std::vector<char*> argv = pointers(words);
  const std::vector<char*> envp = pointers(variables);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no new process");
  if (child == 0) {
    redirect(in, O_RDONLY, STDIN_FILENO);
    redirect(out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    redirect(err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    if (chdir(folder_.c_str()) == 0) execve(KETNGHIA_PROGRAM, argv.data(), envp.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, text_of(out), text_of(err)};
}

std::string Program::write(const std::string& name, std::string_view text) const {
  std::ofstream(folder_ / name, std::ios::binary) << text;
  return folder_ / name;
}

std::string Program::read(const std::string& name) const { return text_of(folder_ / name); }

LoadedProgram::LoadedProgram() {
  const Outcome loaded = run({"load", write("graph.jsonl", kGraph)});
  if (loaded.code != 0) throw std::runtime_error("the graph cannot be loaded: " + loaded.err);
}

}  // namespace ketnghia::tests
