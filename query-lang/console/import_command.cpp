#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <ostream>

#include "engine/text/edtf.hpp"
#include "importers/importer.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/table.hpp"

namespace ketnghia::console {
namespace {

using Clock = std::chrono::steady_clock;

std::string minutes(double seconds) {
  constexpr double kLongest = 99 * 3600;
  const auto whole = static_cast<long>(std::min(seconds, kLongest) + 0.5);
  char text[32];
  std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
  return text;
}

// How far an import is, on standard error: one line that is drawn anew on a terminal, else a
// line a second at most and one at the end.
class ProgressLine {
 public:
  explicit ProgressLine(Context& context) : context_(context) {}

  void show(const importers::Progress& progress) {
    const Clock::time_point now = Clock::now();
    const bool last = progress.done == progress.total;
    const auto pause = context_.err_terminal.present ? kRedraw : kPlainLines;
    if (!last && shown_ && now - *shown_ < pause) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const double rate = static_cast<double>(progress.done) / std::max(seconds, kLeastSeconds);
    // By bytes: documents differ in length a thousandfold.
    const double share = progress.total_bytes > 0 ? static_cast<double>(progress.bytes) /
                                                        static_cast<double>(progress.total_bytes)
                                                  : 0;
    const std::string left = share > 0 ? minutes(seconds / share - seconds) : "–";
    const std::string text = context_.say(
        "import.progress", {progress.done, progress.total, static_cast<long>(rate + 0.5), left});
    if (!context_.err_terminal.present) {
      context_.err << text << '\n' << std::flush;
      return;
    }
    constexpr std::size_t kBar = 20;
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBar));
    std::string bar;
    for (std::size_t at = 0; at < kBar; ++at) bar += at < filled ? "█" : "░";
    const std::size_t width = context_.err_terminal.width;
    std::string line = bar + " " + text + "  " + progress.current;
    context_.err << "\r\x1b[K" << wrapped(line, width > 1 ? width - 1 : 0).front() << std::flush;
    drawn_ = true;
  }

  // Leaves the line: what follows stands on its own.
  void end() {
    if (drawn_) context_.err << "\r\x1b[K" << std::flush;
    drawn_ = false;
  }

 private:
  static constexpr double kLeastSeconds = 0.1;  // sooner, a rate is noise
  static constexpr auto kRedraw = std::chrono::milliseconds(100);
  static constexpr auto kPlainLines = std::chrono::seconds(1);

  Context& context_;
  Clock::time_point begun_ = Clock::now();
  std::optional<Clock::time_point> shown_;
  bool drawn_ = false;
};

void print_report(const importers::ImportReport& report, Context& context) {
  const Messages& say = context.say;
  Table table({{"", false}, {"", false}, {say("stats.count"), true}});
  const auto add = [&](std::string_view part, const std::string& name, std::size_t count) {
    table.add({say(part), name, Filling(count).text()});
  };
  add("import.documents", say("import.imported"), report.imported);
  add("import.documents", say("import.unchanged"), report.unchanged);
  add("import.documents", say("import.replaced"), report.replaced);
  add("import.documents", say("import.failed"), report.failed);
  for (const auto& [label, count] : report.entities) add("import.entities", label, count);
  for (const auto& [type, count] : report.facts) add("import.facts", type, count);
  for (const auto& [kind, count] : report.warnings) add("import.warnings", kind, count);
  table.print(context.out, context.out_terminal);
}

importers::ImportOptions options_of(const Arguments& arguments, Context& context) {
  constexpr std::uint64_t kMostJobs = 1024;
  importers::ImportOptions options;
  options.jobs = static_cast<unsigned>(arguments.number("jobs", 1, kMostJobs).value_or(0));
  options.dry_run = arguments.has("dry-run");
  options.cancelled = &interrupted();
  if (const auto folder = arguments.value("lexicon")) options.lexicon = *folder;
  options.sidecar.published = arguments.value("published");
  options.sidecar.source = arguments.value("source");
  options.sidecar.url = arguments.value("url");
  const auto& published = options.sidecar.published;
  if (published && !parse_edtf(*published)) {
    throw arguments.fault(context.say("usage.no-date", {"published", *published}));
  }
  const auto& paths = arguments.operands();
  const bool one_file = paths.size() == 1 && !std::filesystem::is_directory(paths.front());
  for (const std::string_view option : {"published", "source", "url", "explain"}) {
    if (arguments.has(option) && !one_file) {
      throw arguments.fault(context.say("usage.one-file", {option}));
    }
  }
  return options;
}

}  // namespace

int run_import(const Arguments& arguments, Context& context) {
  const importers::ImportOptions options = options_of(arguments, context);
  if (arguments.has("explain")) {
    context.out << importers::explain_document(arguments.operands().front(), options);
    return kDone;
  }
  const std::vector<std::filesystem::path> paths(arguments.operands().begin(),
                                                 arguments.operands().end());
  for (const std::filesystem::path& path : paths) {
    if (!std::filesystem::exists(path)) {
      throw Error(context.say("error.read", {path.string(), std::strerror(ENOENT)}));
    }
  }
  Store store(database_path(arguments), Store::Mode::Write);
  ProgressLine line(context);
  importers::Progress reached;
  catch_interrupt();
  importers::ImportReport report;
  try {
    report = importers::import_documents(store, paths, options,
                                         [&](const importers::Progress& progress) {
                                           reached = progress;
                                           line.show(progress);
                                         });
  } catch (...) {
    line.end();
    throw;
  }
  line.end();
  print_report(report, context);
  for (const auto& failure : report.failures) {
    context.err << failure.path << ": " << failure.message << '\n';
  }
  if (options.dry_run) context.err << context.say("import.dry-run") << '\n';
  const std::size_t read = report.imported + report.unchanged + report.replaced;
  if (report.cancelled) {
    const std::size_t left = reached.total - std::min(reached.total, read + report.failed);
    context.err << context.say("import.cancelled", {report.imported + report.replaced, left})
                << '\n';
    return kInterruptedExit;
  }
  if (read + report.failed == 0) throw Error(context.say("import.nothing"));
  return read == 0 ? kFailed : kDone;
}

}  // namespace ketnghia::console
