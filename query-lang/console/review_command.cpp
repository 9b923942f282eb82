#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>
#include <ostream>

#include "importers/resolve/doubts.hpp"
#include "query-lang/console/decisions.hpp"
#include "query-lang/console/input.hpp"
#include "query-lang/console/table.hpp"

namespace ketnghia::console {
namespace {

using importers::Claim;
using importers::Doubt;

// Keys as they are pressed at a terminal, else the first character of each line.
class Keys {
 public:
  explicit Keys(Context& context) : context_(context), terminal_(isatty(STDIN_FILENO) == 1) {}

  // 'q' at the end of input and after Ctrl-C.
  char key() {
    if (interrupted()) return 'q';
    if (!terminal_) {
      std::string line;
      while (read_line(context_.in, line)) {
        if (!line.empty()) return line.front();
      }
      return 'q';
    }
    termios before{};
    if (tcgetattr(STDIN_FILENO, &before) != 0) return 'q';
    termios raw = before;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    char key = 'q';
    const ssize_t got = read(STDIN_FILENO, &key, 1);
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    return got == 1 ? key : 'q';
  }

  // A line, where a text is asked for; empty where there is none.
  std::string line() {
    std::string text;
    if (!terminal_) {
      read_line(context_.in, text);
      return text;
    }
    char c = 0;
    while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n') text += c;
    return interrupted() ? std::string() : text;
  }

 private:
  Context& context_;
  bool terminal_;
};

// The file that decisions go to: each stands there before the next is asked for.
class DecisionFile {
 public:
  explicit DecisionFile(std::string path) : path_(std::move(path)) {
    if (std::filesystem::exists(path_)) {
      before_ = read_file(path_);
      Corrections::parse(before_, path_);  // a file that cannot be read is not written to
      if (!before_.empty() && !before_.ends_with('\n')) before_ += '\n';
    }
  }

  void write(const std::vector<Decision>& decisions, Context& context) const {
    const std::string scratch = path_ + ".new";
    {
      std::ofstream file(scratch, std::ios::binary | std::ios::trunc);
      file << (before_.empty() ? Corrections::heading() : std::string_view(before_));
      for (const Decision& decision : decisions) file << decision.line() << '\n';
      file.close();
      if (!file) throw Error(context.say("error.write-file", {scratch, std::strerror(errno)}));
    }
    std::filesystem::rename(scratch, path_);
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_, before_;
};

class Review {
 public:
  Review(const Snapshot& snapshot, const importers::WholeGraph& graph, std::string who,
         DecisionFile file, Context& context)
      : snapshot_(snapshot),
        graph_(graph),
        who_(std::move(who)),
        file_(std::move(file)),
        context_(context),
        keys_(context) {}

  // What was decided, in order.
  std::vector<Decision> run(const std::vector<Doubt>& doubts) {
    std::size_t at = 0;
    while (at < doubts.size()) {
      show(doubts[at], at + 1, doubts.size());
      const char key = ask(doubts[at]);
      if (key == 'q') break;
      if (key == 'u') {
        at = undo(at);
      } else if (key == 'n') {
        ++at;
      } else if (decide(doubts[at], key, at)) {
        ++at;
      }
    }
    return std::move(decisions_);
  }

 private:
  static bool two(const Doubt& doubt) { return !doubt.other.fact.kind.empty(); }
  static bool joinable(const Doubt& doubt) {
    return two(doubt) && doubt.one.fact.kind == doubt.other.fact.kind &&
           doubt.one.fact.kind != "HOLDS";
  }

  void show(const Doubt& doubt, std::size_t number, std::size_t count) const {
    const char* about = doubt.about == Doubt::About::JoinedEvents   ? "review.joined-events"
                        : doubt.about == Doubt::About::JoinedPeople ? "review.joined-people"
                        : doubt.about == Doubt::About::Namesakes    ? "review.namesakes"
                        : doubt.about == Doubt::About::Conflict     ? "review.conflict"
                                                                    : "review.fact";
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%.2f", doubt.confidence);
    context_.out << '\n'
                 << bold(context_.out_terminal, std::to_string(number) + "/" +
                                                    std::to_string(count) + "  " +
                                                    context_.say(about))
                 << "  (" << confidence << ")\n"
                 << doubt.reason << '\n';
    constexpr std::size_t kReadable = 100, kBetween = 3;
    const std::size_t width =
        context_.out_terminal.width == 0 ? kReadable : context_.out_terminal.width;
    std::vector<Table::Column> columns{{"1", false}};
    std::vector<std::string> cells;
    const std::size_t half = two(doubt) && width > kBetween ? (width - kBetween) / 2 : width;
    cells.push_back(in_lines(doubt.one, half));
    if (two(doubt)) {
      columns.push_back({"2", false});
      cells.push_back(in_lines(doubt.other, half));
    }
    Table table(std::move(columns));
    table.add(std::move(cells));
    table.print(context_.out, Terminal{});  // no wider than it was made
  }

  // What a side says and its quotation, in lines of a width.
  std::string in_lines(const Claim& claim, std::size_t width) const {
    std::string text;
    for (const std::string& line : {claim.value, quoted(claim)}) {
      for (const std::string& part : wrapped(line, width))
        text += (text.empty() ? "" : "\n") + part;
    }
    return text;
  }

  std::string quoted(const Claim& claim) const {
    const auto key = snapshot_.string_id("name");
    const Value name = key ? snapshot_.property(claim.document, *key) : Value();
    return "“" + graph_.quote(claim.document, claim.span) + "” — " +
           (name.text() ? *name.text() : std::string());
  }

  char ask(const Doubt& doubt) {
    for (;;) {
      context_.out << context_.say(!two(doubt)       ? "review.keys-one"
                                   : joinable(doubt) ? "review.keys-two"
                                                     : "review.keys-facts")
                   << ' ' << std::flush;
      const char key = keys_.key();
      context_.out << key << '\n';
      const bool allowed = std::strchr("nuqw1", key) != nullptr || (two(doubt) && key == '2') ||
                           (joinable(doubt) && (key == 's' || key == 'd')) ||
                           (key == 'r' && doubt.one.fact.kind != "HOLDS");
      if (allowed && key != 0) return key;
      context_.out << context_.say("review.unknown", {std::string(1, key)}) << '\n';
    }
  }

  // False where nothing was decided after all.
  bool decide(const Doubt& doubt, char key, std::size_t at) {
    Decision decision;
    decision.who = who_;
    decision.subject = to_text(key == '2' ? doubt.other.fact : doubt.one.fact);
    if (key == 's' || key == 'd') {
      decision.verb = key == 's' ? "same" : "different";
      decision.object = to_text(doubt.other.fact);
    } else if (key == 'r') {
      context_.out << context_.say("review.name") << ' ' << std::flush;
      decision.verb = "rename";
      decision.object = escaped_part(keys_.line());
      if (decision.object.empty()) return false;
    } else {
      decision.verb = "wrong";
    }
    Corrections dated = graph_.corrections;
    for (const Decision& before : decisions_) dated.add(before);
    decision.date = decision_date(dated);
    dated.add(decision);  // throws where it is faulty
    decisions_.push_back(std::move(decision));
    places_.push_back(at);
    file_.write(decisions_, context_);
    return true;
  }

  // Where to go on.
  std::size_t undo(std::size_t at) {
    if (decisions_.empty()) {
      context_.out << context_.say("review.nothing-to-undo") << '\n';
      return at;
    }
    context_.out << context_.say("review.undone", {decisions_.back().line()}) << '\n';
    decisions_.pop_back();
    file_.write(decisions_, context_);
    const std::size_t place = places_.back();
    places_.pop_back();
    return place;
  }

  const Snapshot& snapshot_;
  const importers::WholeGraph& graph_;
  const std::string who_;
  const DecisionFile file_;
  Context& context_;
  Keys keys_;
  std::vector<Decision> decisions_;
  std::vector<std::size_t> places_;  // of the doubts decided
};

}  // namespace

int run_review(const Arguments& arguments, Context& context) {
  constexpr double kPercent = 100;
  constexpr std::uint64_t kLeast = 60;  // per cent
  const std::string who = decider(arguments, context);
  const auto below = arguments.number("below", 0, 100).value_or(kLeast);
  const auto most = arguments.number("most", 1, 1'000'000);
  std::filesystem::path database = database_path(arguments);
  if (!database.has_filename()) database = database.parent_path();
  DecisionFile file(arguments.value("decisions").value_or(database.string() + ".corrections.tsv"));
  Store store = existing_store(arguments);
  std::vector<Decision> decisions;
  Corrections all;
  {
    const Snapshot snapshot(store);
    const auto graph = importers::resolve_whole(snapshot);
    std::vector<Doubt> doubts =
        importers::doubts(*graph, static_cast<float>(static_cast<double>(below) / kPercent));
    if (most && doubts.size() > *most) doubts.resize(*most);
    if (doubts.empty()) {
      context.out << context.say("review.nothing") << '\n';
      return kDone;
    }
    context.out << context.say("review.intro", {doubts.size(), file.path()}) << '\n';
    catch_interrupted_read();
    all = graph->corrections;
    decisions = Review(snapshot, *graph, who, std::move(file), context).run(doubts);
  }
  if (decisions.empty()) return kDone;
  for (const Decision& decision : decisions) all.add(decision);
  apply_corrections(store, all, {}, false, context);
  return kDone;
}

}  // namespace ketnghia::console
