#include "query-lang/console/commands.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "query-lang/analysis/nearest.hpp"
#include "query-lang/console/profile_command.hpp"

namespace ketnghia::console {
namespace {

constexpr Option kHelp{"help", "", 'h'};
constexpr Option kLanguage{"lang", "en|vi"};
constexpr Option kDatabase{"db", "DB"};
constexpr Option kFormat{"format", "table|json|jsonl|csv|tsv"};
constexpr Option kWidth{"width", "COLUMNS"};
constexpr Option kEvidence{"evidence", ""};
constexpr Option kParameter{"param", "NAME=JSON"};
constexpr Option kTimeout{"timeout", "SECONDS"};
constexpr Option kMemory{"memory", "MB"};
constexpr Option kSilent{"silent", ""};
constexpr Option kPublished{"published", "DATE"};
constexpr Option kLexicon{"lexicon", "DIR"};
constexpr Option kConfidence{"min-confidence", "SHARE"};
constexpr Option kBy{"by", "NAME"};
constexpr Option kAsk{"query", "STATEMENT"};
constexpr Option kQuestions{"questions", "FILE"};
constexpr Option kDryRun{"dry-run", ""};
constexpr Option kNote{"note", "TEXT"};

// Every command takes --help and --lang besides.
constexpr std::array kCommon{kLanguage, kHelp};

constexpr std::array kImportOptions{kDatabase,
                                    kPublished,
                                    Option{"source", "S"},
                                    Option{"url", "U"},
                                    Option{"jobs", "N", 'j'},
                                    Option{"dry-run", ""},
                                    kLexicon,
                                    Option{"explain", ""}};
constexpr std::array kQueryOptions{kDatabase, kEvidence, kFormat, kParameter, kConfidence,
                                   kTimeout,  kMemory,   kSilent, kWidth};
constexpr std::array kExplainOptions{kDatabase, kParameter};
constexpr std::array kExportOptions{kDatabase, Option{"format", "jsonl"},
                                    Option{"output", "FILE", 'o'}};
constexpr std::array kDatabaseOnly{kDatabase};
constexpr std::array kShowOptions{kDatabase, Option{"all", ""}, kWidth};
constexpr std::array kListOptions{kDatabase, kFormat, kWidth};
constexpr std::array kConsoleOptions{kDatabase, kEvidence, kFormat, kConfidence,
                                     kTimeout,  kMemory,   kWidth};
constexpr std::array kApplyOptions{kDatabase, kDryRun, kAsk, kQuestions};
constexpr std::array kDecideOptions{kDatabase, kBy, kNote, kDryRun, kAsk, kQuestions};
constexpr std::array kCorrectExportOptions{kDatabase, Option{"output", "FILE", 'o'}};
constexpr std::array kReviewOptions{kDatabase,
                                    kBy,
                                    Option{"decisions", "FILE"},
                                    Option{"below", "PERCENT"},
                                    Option{"most", "N"},
                                    kWidth};
constexpr std::array kWhyOptions{kDatabase, Option{"row", "N"}, Option{"all", ""}, kWidth};
constexpr std::array kVerifyOptions{kDatabase, Option{"originals", "DIR"}};
constexpr std::array kBenchOptions{kDatabase, Option{"queries", "FILE"}, Option{"runs", "N"},
                                   Option{"format", "json"}};
constexpr std::array kNormaliseOptions{
    Option{"encoding", "auto|utf-8|utf-16le|utf-16be|windows-1258|tcvn3|vni-windows|viscii|windows-1252"}};
constexpr std::array kDatesOptions{kPublished};
constexpr std::array kMentionsOptions{kLexicon};

constexpr std::array kCommands{
    Command{"import", "PATH…", 1, SIZE_MAX, kImportOptions,
            "ketnghia import reports/ --db hanoi.kn\n"
            "ketnghia import visit.html --published 2024-05-17 --source 'Hà Nội Mới'\n"
            "ketnghia import --explain visit.html",
            run_import},
    Command{"query", "STATEMENT", 1, 1, kQueryOptions,
            "ketnghia query 'units cooperating with \"Bắc Kinh\" in 2024' --evidence\n"
            "ketnghia query 'đơn vị nào hợp tác với Bắc Kinh năm 2024?' --db hanoi.kn\n"
            "ketnghia query 'MATCH (p:Person {name: $name}) RETURN p' --param name='\"Lưu Vĩ\"'\n"
            "ketnghia query - --format csv < question.txt",
            run_query},
    Command{"explain", "STATEMENT", 1, 1, kExplainOptions,
            "ketnghia explain 'who led delegations to Hà Nội since 2022'", run_explain},
    Command{"profile", "STATEMENT", 1, 1, kExplainOptions,
            "ketnghia profile 'MATCH (c:City) RETURN count(c)'", run_profile},
    Command{"console", "", 0, 0, kConsoleOptions,
            "ketnghia console --db hanoi.kn\n"
            "ketnghia console --format jsonl < statements.txt",
            run_console},
    Command{"show", "NAME", 1, 1, kShowOptions, "ketnghia show 'Bắc Kinh'", run_show},
    Command{"why", "ID|NAME|STATEMENT", 1, 1, kWhyOptions,
            "ketnghia why 'Lưu Vĩ'\n"
            "ketnghia why r45\n"
            "ketnghia why 'units cooperating with \"Bắc Kinh\" in 2024' --row 2",
            run_why},
    Command{"verify", "", 0, 0, kVerifyOptions, "ketnghia verify --originals reports/", run_verify},
    Command{"conflicts", "", 0, 0, kListOptions, "ketnghia conflicts --format csv", run_conflicts},
    Command{"review", "", 0, 0, kReviewOptions, "ketnghia review --by Lan --most 20", run_review},
    Command{"correct apply", "FILE", 1, 1, kApplyOptions,
            "ketnghia correct apply corrections.tsv\n"
            "ketnghia correct apply corrections.tsv --dry-run --query 'who met \"Lưu Vĩ\"'",
            run_correct_apply},
    Command{"correct decide", "VERB WHAT [WITH]", 2, 3, kDecideOptions,
            "ketnghia correct decide same 'Person | Lưu Vĩ' 'Person | Lưu Vi' --by Lan\n"
            "ketnghia correct decide wrong 'HOLDS | Lưu Vĩ | Thành ủy Bắc Kinh' --by Lan",
            run_correct_decide},
    Command{"correct list", "", 0, 0, kListOptions, "ketnghia correct list", run_correct_list},
    Command{"correct undo", "N|ID", 1, 1, kDecideOptions, "ketnghia correct undo 3 --by Lan",
            run_correct_undo},
    Command{"correct export", "", 0, 0, kCorrectExportOptions,
            "ketnghia correct export -o corrections.tsv", run_correct_export},
    Command{"documents", "", 0, 0, kListOptions, "ketnghia documents --format csv", run_documents},
    Command{"forget", "DOCUMENT", 1, 1, kDatabaseOnly, "ketnghia forget visit.html", run_forget},
    Command{"stats", "", 0, 0, kListOptions, "ketnghia stats --db hanoi.kn", run_stats},
    Command{"check", "", 0, 0, kDatabaseOnly, "ketnghia check --db hanoi.kn", run_check},
    Command{"export", "", 0, 0, kExportOptions, "ketnghia export --format jsonl -o graph.jsonl",
            run_export},
    Command{"load", "FILE", 1, 1, kDatabaseOnly,
            "ketnghia load graph.jsonl --db copy.kn\n"
            "ketnghia export | ketnghia load - --db copy.kn",
            run_load},
    Command{"text normalise", "", 0, 0, kNormaliseOptions,
            "ketnghia text normalise --encoding tcvn3 < old.txt", run_text_normalise},
    Command{"text key", "", 0, 0, {}, "echo 'Thành ủy Bắc Kinh' | ketnghia text key", run_text_key},
    Command{"text expand",
            "",
            0,
            0,
            {},
            "echo 'UBND TP Hà Nội' | ketnghia text expand",
            run_text_expand},
    Command{"text dates", "", 0, 0, kDatesOptions,
            "echo 'từ 12 đến 16/5' | ketnghia text dates --published 2024-05-20", run_text_dates},
    Command{"text mentions", "", 0, 0, kMentionsOptions,
            "echo 'Sở Ngoại vụ Hà Nội tiếp đoàn Bắc Kinh' | ketnghia text mentions",
            run_text_mentions},
    Command{"bench", "", 0, 0, kBenchOptions,
            "ketnghia bench --db hanoi.kn --queries queries.json --runs 15", run_bench},
};

std::string usage_line(const Command& command) {
  std::string line = "ketnghia " + std::string(command.name);
  if (!command.operands.empty()) line += " " + std::string(command.operands);
  return line + " [--option …]";
}

std::string summary_line(const Command& command, const Messages& say) {
  constexpr std::size_t kNames = 18;
  std::string line = "  " + std::string(command.name);
  line.resize(std::max(line.size() + 1, kNames), ' ');
  return line + say("command." + std::string(command.name)) + "\n";
}

}  // namespace

std::span<const Command> commands() { return kCommands; }
std::span<const Option> common_options() { return kCommon; }

Chosen choose_command(std::span<const std::string_view> words, const Messages& say) {
  if (words.empty()) throw UsageError(say("usage.no-command"));
  std::string two(words[0]);
  if (words.size() > 1) two += " " + std::string(words[1]);
  bool first_of_two = false;
  for (const Command& command : kCommands) {
    if (command.name == words[0]) return {command, 1};
    if (command.name == two) return {command, 2};
    first_of_two |= command.name.starts_with(std::string(words[0]) + " ");
  }
  const std::string& asked = first_of_two ? two : std::string(words[0]);
  std::vector<std::string> known;
  for (const Command& command : kCommands) known.emplace_back(command.name);
  std::string message = say("usage.unknown-command", {asked});
  const auto near = query::nearest(asked, known, 1);
  if (!near.empty()) message += "; " + say("usage.did-you-mean", {near.front()});
  throw UsageError(message + "\n" + say("usage.try-general"));
}

std::string general_help(const Messages& say) {
  std::string help = say("help.head") + "\n\n" + say("help.commands") + "\n";
  for (const Command& command : kCommands) help += summary_line(command, say);
  help += "\n" + say("help.environment") + "\n  KETNGHIA_DB    " + say("help.env-db") +
          "\n  KETNGHIA_LANG  " + say("help.env-lang") + "\n  NO_COLOR       " +
          say("help.env-colour") + "\n\n" + say("help.examples") + "\n";
  for (const std::size_t shown : {0U, 1U}) {
    const std::string_view examples = kCommands[shown].examples;
    help += "  " + std::string(examples.substr(0, examples.find('\n'))) + "\n";
  }
  return help + "\n" + say("usage.try-command") + "\n";
}

std::string group_help(std::string_view first, const Messages& say) {
  std::string help;
  for (const Command& command : kCommands) {
    if (command.name.starts_with(std::string(first) + " ")) help += summary_line(command, say);
  }
  return help.empty() ? help : help + "\n" + say("usage.try-command") + "\n";
}

std::string command_help(const Command& command, const Messages& say) {
  std::string help = usage_line(command) + "\n\n" + say("command." + std::string(command.name)) +
                     "\n\n" + say("help.options") + "\n";
  const auto describe = [&](const Option& option) {
    std::string left = option.letter ? std::string("  -") + option.letter + ", " : "      ";
    left += "--" + std::string(option.name);
    if (!option.value.empty()) left += " " + std::string(option.value);
    if (left.size() < 27) {
      left.resize(28, ' ');
    } else {
      left += "\n" + std::string(28, ' ');
    }
    help += left + say("option." + std::string(option.name)) + "\n";
  };
  for (const Option& option : command.options) describe(option);
  for (const Option& option : kCommon) describe(option);
  help += "\n" + say("help.examples") + "\n";
  for (std::string_view rest = command.examples; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    help += "  " + std::string(rest.substr(0, end)) + "\n";
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return help;
}

std::string database_path(const Arguments& arguments) {
  if (const auto given = arguments.value("db")) return *given;
  const char* environment = std::getenv("KETNGHIA_DB");
  return environment && *environment ? environment : "ketnghia.kn";
}

}  // namespace ketnghia::console
