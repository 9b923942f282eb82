#include "query-lang/console/decisions.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <ostream>
#include <set>
#include <sstream>

#include "query-lang/executor/json.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::console {
namespace {

std::string property(const Map& properties, std::string_view key) {
  for (const auto& [name, value] : properties) {
    if (name == key && value.text()) return *value.text();
  }
  return {};
}

std::string shown(const Snapshot& snapshot, const Value& value) {
  return value.is_null() ? "–" : query::to_text(query::to_runtime(value), snapshot);
}

// "when: 2024-05-16 → 2024-05-17" for each property that differs.
std::string differences(const Snapshot& snapshot, const Map& before, const Map& after) {
  std::set<std::string> keys;
  for (const Map* map : {&before, &after}) {
    for (const auto& [key, value] : *map) keys.insert(key);
  }
  const auto of = [](const Map& map, const std::string& key) {
    const auto found =
        std::find_if(map.begin(), map.end(), [&](const auto& entry) { return entry.first == key; });
    return found == map.end() ? Value() : found->second;
  };
  std::string text;
  for (const std::string& key : keys) {
    const Value old = of(before, key), now = of(after, key);
    if (old == now) continue;
    text += (text.empty() ? "" : "; ") + key + ": " + shown(snapshot, old) + " → " +
            shown(snapshot, now);
  }
  return text;
}

std::string named(const NodeDraft& node) {
  std::string text = node.labels.empty() ? "" : node.labels.front() + ' ';
  return text + property(node.properties, "name") + "  n" + std::to_string(number(node.id));
}

class ChangeWriter {
 public:
  ChangeWriter(const Snapshot& snapshot, const importers::GraphChanges& changes, Context& context)
      : snapshot_(snapshot), changes_(changes), context_(context) {}

  void write() {
    for (const auto& [old, now] : changes_.nodes) {
      if (old.id == NodeId{}) {
        line('+', named(now));
      } else if (now.id == NodeId{}) {
        line('-', named(old));
      } else {
        std::string text = differences(snapshot_, old.properties, now.properties);
        if (text.empty()) text = context_.say("correct.evidence");
        line('~', named(now) + ": " + text);
      }
    }
    for (const auto& [old, now] : changes_.edges) {
      if (old.id == EdgeId{}) {
        line('+', called(now));
      } else if (now.id == EdgeId{}) {
        line('-', called(old));
      } else {
        const std::string text = differences(snapshot_, old.properties, now.properties);
        if (!text.empty()) line('~', called(now) + ": " + text);
      }
    }
  }

 private:
  std::string end(NodeId node) const {
    const auto found = changes_.names.find(node);
    return found == changes_.names.end() ? "n" + std::to_string(number(node)) : found->second;
  }
  std::string called(const EdgeDraft& edge) const {
    std::string text = edge.type + ' ' + end(edge.from) + " → " + end(edge.to);
    for (const char* key : {"title", "role"}) {
      const std::string value = property(edge.properties, key);
      if (!value.empty()) text += " (" + value + ')';
    }
    return text;
  }
  void line(char sign, const std::string& text) const {
    context_.out << sign << ' ' << text << '\n';
  }

  const Snapshot& snapshot_;
  const importers::GraphChanges& changes_;
  Context& context_;
};

// The rows of an answer as text, or the one line that says why there are none.
std::multiset<std::string> rows_of(const Snapshot& snapshot, const std::string& question) {
  std::multiset<std::string> rows;
  try {
    const query::Result result = query::run(snapshot, question);
    for (const auto& row : result.rows) {
      std::string text;
      for (std::size_t column = 0; column < row.size(); ++column) {
        if (result.meaning.question && result.columns[column] == "evidence") continue;
        text += (text.empty() ? "" : " | ") + query::to_text(row[column], snapshot);
      }
      rows.insert(std::move(text));
    }
  } catch (const query::QueryError& error) {
    rows.insert(error.what());
  }
  return rows;
}

}  // namespace

std::string decider(const Arguments& arguments, Context& context) {
  if (const auto by = arguments.value("by"); by && !by->empty()) return *by;
  const char* user = std::getenv("USER");
  if (user && *user) return user;
  throw arguments.fault(context.say("correct.by"));
}

std::string decision_date(const Corrections& corrections) {
  const auto text_of = [](std::time_t time) {
    char text[32];
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    return std::string(text);
  };
  const std::time_t now = std::time(nullptr);
  std::string date = text_of(now);
  if (corrections.all().empty() || corrections.all().back().date < date) return date;
  std::tm last{};
  std::istringstream in(corrections.all().back().date);
  in >> std::get_time(&last, "%Y-%m-%dT%H:%M:%S");
  return in.fail() ? date : text_of(timegm(&last) + 1);
}

Store existing_store(const Arguments& arguments) {
  // Opened for reading first: a correction must not make a database that is not there.
  { const Store there(database_path(arguments), Store::Mode::Read); }
  return Store(database_path(arguments), Store::Mode::Write);
}

void apply_corrections(Store& store, const Corrections& corrections,
                       const std::vector<std::string>& questions, bool dry_run, Context& context) {
  Writer writer(store);
  std::vector<std::multiset<std::string>> before;
  for (const std::string& question : questions) before.push_back(rows_of(writer.view(), question));
  const importers::GraphChanges changes = importers::correct(writer, corrections);
  ChangeWriter(writer.view(), changes, context).write();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto after = rows_of(writer.view(), questions[i]);
    std::vector<std::string> gone, come;
    std::set_difference(before[i].begin(), before[i].end(), after.begin(), after.end(),
                        std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before[i].begin(), before[i].end(),
                        std::back_inserter(come));
    context.out << questions[i] << '\n';
    for (const std::string& row : gone) context.out << "  - " << row << '\n';
    for (const std::string& row : come) context.out << "  + " << row << '\n';
    if (gone.empty() && come.empty()) context.out << "  " << context.say("correct.same") << '\n';
  }
  if (!dry_run) writer.commit();
  context.err << context.say(dry_run ? "correct.dry-run" : "correct.done",
                             {changes.nodes.size(), changes.edges.size()})
              << '\n';
}

}  // namespace ketnghia::console
