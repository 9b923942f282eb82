#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <ostream>

#include "engine/export/check.hpp"
#include "engine/export/jsonl.hpp"
#include "importers/importer.hpp"
#include "query-lang/console/answer.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/coverage.hpp"
#include "query-lang/console/table.hpp"
#include "query-lang/executor/json.hpp"

namespace ketnghia::console {
namespace {

using query::RuntimeValue;

constexpr std::size_t kShownOfAKind = 20;  // edges of one type that `show` lists
constexpr std::size_t kShownQuotations = 5;

std::int64_t whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

std::uint64_t bytes_on_disk(const std::filesystem::path& path) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(between)) + part;
  return text;
}

// How a node is called in a line of text: its name, else its id.
std::string called(const Snapshot& snapshot, NodeId node) {
  const auto name = snapshot.string_id("name");
  const Value value = name ? snapshot.property(node, *name) : Value();
  return value.text() ? *value.text() : "n" + std::to_string(number(node));
}

// "Sở Ngoại vụ Hà Nội (role: guest, when: 2024)".
std::string shown_end(const Snapshot& snapshot, const Neighbour& neighbour) {
  std::vector<std::string> properties;
  const auto edge = snapshot.edge(neighbour.edge);
  for (const auto& [key, value] : edge->properties) {
    properties.push_back(std::string(snapshot.string(key)) + ": " +
                         query::to_text(query::to_runtime(value), snapshot));
  }
  const std::string name = called(snapshot, neighbour.other);
  return properties.empty() ? name : name + " (" + joined(properties, ", ") + ")";
}

class NodeSheet {
 public:
  NodeSheet(const Snapshot& snapshot, bool all, Context& context)
      : snapshot_(snapshot), all_(all), context_(context) {}

  void print(NodeId node) const {
    const auto record = snapshot_.node(node);
    std::vector<std::string> labels;
    for (const StringId label : record->labels) labels.emplace_back(snapshot_.string(label));
    context_.out << bold(context_.out_terminal, called(snapshot_, node)) << "  "
                 << joined(labels, ", ") << "  n" << number(node) << '\n';
    for (const auto& [key, value] : record->properties) {
      if (snapshot_.string(key) != "name") {
        line("  " + std::string(snapshot_.string(key)) + ": ",
             query::to_text(query::to_runtime(value), snapshot_));
      }
    }
    print_edges(node, Snapshot::Direction::Out);
    print_edges(node, Snapshot::Direction::In);
    print_evidence(node);
  }

 private:
  // A heading, and what follows it wrapped under it.
  void line(const std::string& heading, const std::string& text) const {
    const std::size_t width = context_.out_terminal.width;
    constexpr std::size_t kIndent = 6;
    std::string indent;
    for (const std::string& part : wrapped(heading + text, width > kIndent ? width - kIndent : 0)) {
      context_.out << indent << part << '\n';
      indent.assign(kIndent, ' ');
    }
  }

  void print_edges(NodeId node, Snapshot::Direction direction) const {
    std::map<std::string, std::vector<std::string>> ends;
    auto cursor = snapshot_.neighbours(node, direction);
    while (const auto neighbour = cursor.next()) {
      ends[std::string(snapshot_.string(neighbour->type))].push_back(
          shown_end(snapshot_, *neighbour));
    }
    for (auto& [type, names] : ends) {
      const std::string arrow = direction == Snapshot::Direction::Out ? " → " : " ← ";
      context_.out << "  " << type << arrow << '(' << names.size() << ")\n";
      const std::size_t shown_count = all_ ? names.size() : std::min(names.size(), kShownOfAKind);
      for (std::size_t at = 0; at < shown_count; ++at) line("    ", names[at]);
      tell_more(names.size() - shown_count);
    }
  }

  void print_evidence(NodeId node) const {
    const auto evidence = snapshot_.evidence(node);
    if (evidence.empty()) return;
    context_.out << "  " << context_.say("show.evidence", {evidence.size()}) << '\n';
    const std::size_t shown_count =
        all_ ? evidence.size() : std::min(evidence.size(), kShownQuotations);
    for (std::size_t at = 0; at < shown_count; ++at) {
      line("    ", citation(snapshot_, evidence[at], context_.say));
    }
    tell_more(evidence.size() - shown_count);
  }

  void tell_more(std::size_t left) const {
    if (left > 0) {
      context_.out << "    " << dim(context_.out_terminal, context_.say("show.more", {left}))
                   << '\n';
    }
  }

  const Snapshot& snapshot_;
  bool all_;
  Context& context_;
};

}  // namespace

int run_load(const Arguments& arguments, Context& context) {
  const std::string& path = arguments.operands().front();
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (std::filesystem::is_directory(path)) {
      throw Error(context.say("error.read", {path, std::strerror(EISDIR)}));
    }
    if (!file) throw Error(context.say("error.read", {path, std::strerror(errno)}));
  }
  Store store(database_path(arguments), Store::Mode::Write);
  catch_interrupt();
  LoadOptions options;
  options.cancelled = &interrupted();
  if (context.err_terminal.present) {
    options.progress = [&](const LoadProgress& progress) {
      context.err << "\r\x1b[K" << context.say("load.progress", {progress.lines}) << std::flush;
    };
  }
  const LoadReport report = load_jsonl(store, path == "-" ? context.in : file, options);
  if (context.err_terminal.present) context.err << "\r\x1b[K";
  if (report.cancelled) {
    context.err << context.say("load.cancelled") << '\n';
    return kInterruptedExit;
  }
  context.err << context.say("load.done", {report.nodes, report.edges}) << '\n';
  return kDone;
}

int run_export(const Arguments& arguments, Context& context) {
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  const auto path = arguments.value("output");
  if (!path) {
    export_jsonl(snapshot, context.out);
    return kDone;
  }
  std::ofstream file(*path, std::ios::binary | std::ios::trunc);
  if (file) {
    try {
      export_jsonl(snapshot, file);
    } catch (const StoreError&) {
      if (file) throw;  // the store's own fault, not the file's
    }
    file.close();
  }
  if (!file) throw Error(context.say("error.write-file", {*path, std::strerror(errno)}));
  context.err << context.say("export.done", {snapshot.node_count(), snapshot.edge_count()}) << '\n';
  return kDone;
}

int run_stats(const Arguments& arguments, Context& context) {
  const Messages& say = context.say;
  const Manner manner = manner_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  query::Result result;
  result.columns = {say("stats.part"), say("stats.name"), say("stats.count")};
  const auto add = [&](std::string_view part, std::string name, std::uint64_t count) {
    result.rows.push_back({say(part), std::move(name), whole(count)});
  };
  const auto add_all = [&](std::string_view part,
                           const std::vector<std::pair<StringId, std::uint64_t>>& counts) {
    std::map<std::string, std::uint64_t> sorted;
    for (const auto& [id, count] : counts) {
      if (count > 0) sorted[std::string(snapshot.string(id))] = count;
    }
    for (const auto& [name, count] : sorted) add(part, name, count);
  };
  add("stats.nodes", say("stats.all"), snapshot.node_count());
  add_all("stats.nodes", snapshot.label_counts());
  add("stats.edges", say("stats.all"), snapshot.edge_count());
  add_all("stats.edges", snapshot.type_counts());
  add("stats.size", "", bytes_on_disk(store.path()));
  write_answer(snapshot, result, manner, context);
  return kDone;
}

int run_documents(const Arguments& arguments, Context& context) {
  const Manner manner = manner_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  query::Result result;
  result.columns = {"name", "published", "genre", "source", "title", "url"};
  if (const auto label = snapshot.string_id("Document")) {
    auto cursor = snapshot.nodes(*label);
    while (const auto node = cursor.next()) {
      std::vector<RuntimeValue> row;
      for (const std::string& column : result.columns) {
        const auto key = snapshot.string_id(column);
        row.push_back(query::to_runtime(key ? snapshot.property(*node, *key) : Value()));
      }
      result.rows.push_back(std::move(row));
    }
  }
  std::sort(result.rows.begin(), result.rows.end(), [](const auto& a, const auto& b) {
    const auto* first = std::get_if<std::string>(&a.front().data);
    const auto* second = std::get_if<std::string>(&b.front().data);
    return first && second ? *first < *second : first < second;
  });
  write_answer(snapshot, result, manner, context);
  return kDone;
}

int run_check(const Arguments& arguments, Context& context) {
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  const std::vector<std::string> faults = check(snapshot);
  for (const std::string& fault : faults) context.out << fault << '\n';
  if (!faults.empty()) throw Error(context.say("check.faults", {faults.size()}));
  context.out << context.say("check.sound", {snapshot.node_count(), snapshot.edge_count()}) << '\n';
  return kDone;
}

int run_show(const Arguments& arguments, Context& context) {
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  const std::string& name = arguments.operands().front();
  const std::vector<NodeId> nodes = snapshot.named(name);
  if (nodes.empty()) {
    constexpr std::size_t kOffered = 3;
    std::string message = context.say("show.absent", {name});
    for (const std::string& near : snapshot.nearest_names(name, kOffered)) {
      message += "\n  " + context.say("usage.did-you-mean", {near});
    }
    throw Error(message);
  }
  const NodeSheet sheet(snapshot, arguments.has("all"), context);
  for (const NodeId node : nodes) {
    if (node != nodes.front()) context.out << '\n';
    sheet.print(node);
  }
  return kDone;
}

int run_forget(const Arguments& arguments, Context& context) {
  const std::string& name = arguments.operands().front();
  // Opened for reading first: forgetting must not make a database that is not there.
  { const Store there(database_path(arguments), Store::Mode::Read); }
  Store store(database_path(arguments), Store::Mode::Write);
  if (!importers::forget_document(store, name)) {
    throw Error(context.say("forget.absent", {name}));
  }
  context.err << context.say("forget.done", {name}) << '\n';
  return kDone;
}

}  // namespace ketnghia::console
