#include "query-lang/console/prompt.hpp"

#include <langinfo.h>
#include <sys/stat.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "engine/error.hpp"
#include "engine/text/utf8.hpp"
#include "query-lang/console/terminal.hpp"

namespace ketnghia::console {
namespace {

constexpr int kHistorySize = 1000;
constexpr std::size_t kMostListed = 40;

// libedit reads and writes in the locale's encoding; ours is UTF-8.
void choose_utf8_locale() {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view(nl_langinfo(CODESET)) != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
}

std::filesystem::path history_path() {
  std::filesystem::path folder;
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if (state && *state) {
    folder = state;
  } else if (home && *home) {
    folder = std::filesystem::path(home) / ".local" / "state";
  } else {
    return {};
  }
  folder /= "ketnghia";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? std::filesystem::path() : folder / "history";
}

}  // namespace

Prompt::Prompt(const Store& store)
    : completer_(store),
      history_file_(history_path()),
      edit_((choose_utf8_locale(), el_init("ketnghia", stdin, stdout, stderr)), el_end),
      history_(history_init(), history_end) {
  if (!edit_ || !history_) throw Error("the terminal cannot be used for editing");
  EditLine* const edit = edit_.get();
  el_set(edit, EL_CLIENTDATA, this);
  el_set(
      edit, EL_PROMPT, +[](EditLine* self) {
        void* prompt = nullptr;
        el_get(self, EL_CLIENTDATA, &prompt);
        return static_cast<Prompt*>(prompt)->prompt_.data();
      });
  el_set(edit, EL_EDITOR, "emacs");
  HistEvent event;
  history(history_.get(), &event, H_SETSIZE, kHistorySize);
  history(history_.get(), &event, H_SETUNIQUE, 1);
  if (!history_file_.empty()) {
    history(history_.get(), &event, H_LOAD, history_file_.c_str());
  }
  el_set(edit, EL_HIST, history, history_.get());
  el_set(edit, EL_ADDFN, "ketnghia-complete", "Complete a name or a keyword", &Prompt::complete);
  el_set(edit, EL_BIND, "^I", "ketnghia-complete", nullptr);
  el_set(edit, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_source(edit, nullptr);  // ~/.editrc
}

Prompt::~Prompt() {
  if (history_file_.empty()) return;
  HistEvent event;
  const mode_t before = umask(S_IRWXG | S_IRWXO);
  history(history_.get(), &event, H_SAVE, history_file_.c_str());
  umask(before);
}

Prompt::Read Prompt::read(const std::string& prompt, std::string& line) {
  prompt_ = prompt;
  catch_interrupted_read();
  el_resize(edit_.get());
  int length = 0;
  const char* const text = el_gets(edit_.get(), &length);
  if (interrupted()) {
    el_reset(edit_.get());
    return Read::Interrupted;
  }
  if (!text || length <= 0) return Read::End;
  line.assign(text, static_cast<std::size_t>(length));
  while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
  return Read::Line;
}

void Prompt::remember(const std::string& statement) {
  std::string line = statement;
  // One entry a statement; a line comment would swallow what follows it.
  if (line.find("//") == line.npos) std::replace(line.begin(), line.end(), '\n', ' ');
  HistEvent event;
  history(history_.get(), &event, H_ENTER, line.c_str());
}

unsigned char Prompt::complete(EditLine* edit, int) {
  void* self = nullptr;
  el_get(edit, EL_CLIENTDATA, &self);
  Prompt& prompt = *static_cast<Prompt*>(self);
  const LineInfo* const line = el_line(edit);
  const std::string_view before(line->buffer,
                                static_cast<std::size_t>(line->cursor - line->buffer));
  // At the start of a line a tab is a tab: pasted patterns are indented.
  if (before.find_first_not_of(" \t") == before.npos) {
    return el_insertstr(edit, "  ") == 0 ? CC_REFRESH : CC_ERROR;
  }
  Completion found;
  try {
    found = prompt.completer_.complete(before);
  } catch (const std::exception&) {
    return CC_REFRESH_BEEP;  // a name that cannot be read is no reason to lose the line
  }
  if (found.candidates.empty()) return CC_REFRESH_BEEP;
  const std::string_view typed = before.substr(before.size() - found.replaced);
  const std::string start = common_start(found.candidates);
  // Candidates meet under their keys, so that what they have in common may be less than what
  // was typed.
  if (found.candidates.size() == 1 || count_characters(start) >= count_characters(typed)) {
    if (start != typed) {
      el_deletestr(edit, static_cast<int>(count_characters(typed)));
      el_insertstr(edit, start.c_str());
      return CC_REFRESH;
    }
  }
  if (found.candidates.size() == 1) return CC_REFRESH;
  std::fputc('\n', stdout);
  for (std::size_t at = 0; at < std::min(found.candidates.size(), kMostListed); ++at) {
    std::fprintf(stdout, "  %s\n", found.candidates[at].c_str());
  }
  if (found.candidates.size() > kMostListed) {
    std::fprintf(stdout, "  … %zu\n", found.candidates.size() - kMostListed);
  }
  std::fflush(stdout);
  return CC_REDISPLAY;
}

}  // namespace ketnghia::console
