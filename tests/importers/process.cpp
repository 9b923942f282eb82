#include "importers/readers/process.hpp"

#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "importers/import_error.hpp"
#include "importers/readers/reader.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia::importers;
using namespace std::chrono_literals;

namespace {

// A folder of programs of ours, first in PATH while it lives.
class Programs {
 public:
  Programs() {
    std::string name = (std::filesystem::temp_directory_path() / "programs-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const char* path = std::getenv("PATH");
    before_ = path == nullptr ? "" : path;
    ::setenv("PATH", (folder_.string() + ":" + before_).c_str(), 1);
  }
  ~Programs() {
    ::setenv("PATH", before_.c_str(), 1);
    std::filesystem::remove_all(folder_);
  }
  Programs(const Programs&) = delete;
  Programs& operator=(const Programs&) = delete;

  void put(const std::string& name, const std::string& script) const {
    const auto file = folder_ / name;
    std::ofstream(file) << "#!/bin/sh\n" << script << '\n';
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  // No other program is to be found.
  void alone() const { ::setenv("PATH", folder_.c_str(), 1); }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::string before_;
};

std::string message_of(const Program& program, const std::string& input = "x") {
  try {
    run_program(program, input, "a.pdf");
  } catch (const ImportError& error) {
    return error.what();
  }
  return "";
}

bool says(const std::string& message, const std::string& words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

std::string reading_of(const std::string& name, const std::string& bytes) {
  try {
    read_document(name, bytes);
  } catch (const ImportError& error) {
    return error.what();
  }
  return "";
}

const std::string kPdf = "%PDF-1.4\n";

}  // namespace

TEST_CASE("a program reads its standard input and what it writes comes back") {
  const Programs programs;
  programs.put("turn", "tr a-z A-Z");
  CHECK(run_program({"turn", "turn", {}}, "xin chao", "a") == "XIN CHAO");
  const std::string much(std::size_t{3} << 20U, 'a');
  CHECK(run_program({"turn", "turn", {}}, much, "a").size() == much.size());
  programs.put("ignore", "echo ok");  // its input is a file: nothing waits for it to be read
  CHECK(run_program({"ignore", "x", {}}, much, "a") == "ok\n");
  programs.put(
      "show",
      "echo \"$@\"; pwd; env | cut -d= -f1 | sort | tr '\\n' ' '; ls /proc/self/fd | wc -l");
  ::setenv("KETNGHIA_SECRET", "1", 1);
  const auto shown = run_program({"show", "x", {"a b", "$HOME;", "*"}}, "", "a");
  ::unsetenv("KETNGHIA_SECRET");
  CHECK(shown.starts_with("a b $HOME; *\n"));
  CHECK_FALSE(says(shown, "SECRET"));
}

TEST_CASE("a missing program is named with the package that brings it") {
  const Programs programs;
  programs.alone();
  CHECK(says(message_of({"pdftotext", "poppler-utils", {}}), "apt-get install poppler-utils"));
  CHECK(says(reading_of("a.pdf", kPdf), "apt-get install poppler-utils"));
  CHECK(says(reading_of("a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "apt-get install antiword"));
  programs.put("pdftotext", "echo '<page width=\"10\" height=\"10\">'");
  programs.put("pdftoppm", "echo P5");
  CHECK(says(reading_of("a.pdf", kPdf), "apt-get install tesseract-ocr tesseract-ocr-vie"));
}

TEST_CASE("pages of a PDF that nothing can recognise are counted, the others read") {
  const Programs programs;
  programs.alone();
  programs.put("pdftotext",
               "echo '<doc><page width=\"600\" height=\"800\"><flow><block><line xMin=\"50\">"
               "<word xMin=\"50\" yMin=\"50\" xMax=\"90\" yMax=\"62\">Huế</word>"
               "<word xMin=\"95\" yMin=\"50\" xMax=\"130\" yMax=\"62\">đón</word>"
               "<word xMin=\"135\" yMin=\"50\" xMax=\"170\" yMax=\"62\">đoàn</word>"
               "<word xMin=\"175\" yMin=\"50\" xMax=\"230\" yMax=\"62\">Gyeongju.</word>"
               "</line></block></flow></page><page width=\"600\" height=\"800\"></page></doc>'");
  const SourceDocument document = read_document("a.pdf", kPdf);
  CHECK(document.text.find("Huế đón đoàn Gyeongju.") != std::string::npos);
  CHECK(document.pages_left_out == 1);
}

TEST_CASE("a program that fails or dies says so in one line") {
  const Programs programs;
  programs.put("fails", "echo 'Syntax Error: \x01 bad' >&2; echo more >&2; exit 3");
  CHECK(message_of({"fails", "x", {}}) == "a.pdf: fails cannot read it: Syntax Error: ? bad");
  programs.put("dies", "kill -SEGV $$");
  CHECK(says(message_of({"dies", "x", {}}), "dies broke down reading it"));
  programs.put("complains", "head -c 10000000 /dev/zero | tr '\\0' e >&2; echo ok");
  CHECK(run_program({"complains", "x", {}}, "", "a") == "ok\n");
}

TEST_CASE("a program that hangs, floods or swells is ended, and what it started with it") {
  const Programs programs;
  const auto mark = (programs.folder() / "alive").string();
  programs.put("hangs", "(sleep 3; touch " + mark + ") & sleep 100");
  Program hangs{"hangs", "x", {}};
  hangs.time = 1s;
  CHECK(says(message_of(hangs), "took longer than 1 s"));
  programs.put("floods", "yes");
  Program floods{"floods", "x", {}};
  floods.output = std::size_t{1} << 20U;
  CHECK(says(message_of(floods), "wrote more than 1 MiB"));
  programs.put("swells", "exec dd if=/dev/zero of=/dev/null bs=800M count=1");
  Program swells{"swells", "x", {}};
  swells.memory = std::size_t{256} << 20U;
  CHECK(says(message_of(swells), "cannot read it"));
  programs.put("spins", "while :; do :; done");
  Program spins{"spins", "x", {}};
  spins.time = 1s;
  CHECK_FALSE(message_of(spins).empty());
  programs.put("leaves", "sleep 100 & echo done");  // its child holds the pipe open
  CHECK(run_program({"leaves", "x", {}}, "", "a") == "done\n");
  std::this_thread::sleep_for(2500ms);
  CHECK_FALSE(std::filesystem::exists(mark));
}

TEST_CASE("a stopped import ends the program it waits for") {
  const Programs programs;
  programs.put("hangs", "sleep 100");
  std::atomic<bool> stop{false};
  std::thread later([&] {
    std::this_thread::sleep_for(200ms);
    stop = true;
  });
  const ProgramsStopWith scope(&stop);
  CHECK(says(message_of({"hangs", "x", {}}), "stopped"));
  later.join();
}

TEST_CASE("what a program writes may be anything") {
  const Programs programs;
  for (const char* output :
       {"", "<page width=\"a\" height=\"nan\"><line ><word xMin=\"inf\" xMax=\"-1e999\">x</word>",
        "<word xMin=\"1\">a</word>", "<page width=\"1\"><line x><word ", "\\377\\376\\000",
        "<page width=\"600\" height=\"800\"><line ><word xMin=\"1\" yMin=\"1\" xMax=\"0\" "
        "yMax=\"0\">|</word>"}) {
    programs.put("pdftotext", std::string{"printf '"} + output + "'");
    programs.put("pdftoppm", "exit 1");
    CHECK_FALSE(reading_of("a.pdf", kPdf).empty());
  }
}
