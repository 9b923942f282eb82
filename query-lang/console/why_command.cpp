#include <charconv>
#include <cstdio>
#include <ostream>
#include <set>

#include "engine/text/utf8.hpp"
#include "importers/resolve/correcting.hpp"
#include "query-lang/console/answer.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/failure.hpp"
#include "query-lang/console/table.hpp"
#include "query-lang/executor/json.hpp"

namespace ketnghia::console {
namespace {

constexpr std::size_t kShownEdges = 40;

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::Exact:
      return "exact";
    case Grade::Normalised:
      return "normalised";
    case Grade::Ocr:
      return "ocr";
  }
  return "";
}

std::string_view name_of(Source source) {
  switch (source) {
    case Source::Import:
      return "import";
    case Source::Person:
      return "person";
    case Source::Load:
      return "load";
  }
  return "";
}

// The id that `text` writes, n12 or r45; 0 for any other text.
std::uint64_t id_in(std::string_view text, char letter) {
  std::uint64_t id = 0;
  if (text.size() < 2 || text.front() != letter) return 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() ? id : 0;
}

// Why a graph says what it says: each thing with everything that shows it.
class Account {
 public:
  Account(const Snapshot& snapshot, bool all, Context& context)
      : snapshot_(snapshot), all_(all), context_(context) {}

  void tell(NodeId node) {
    if (!fresh("n" + std::to_string(number(node)))) return;
    const auto record = snapshot_.node(node);
    if (!record) throw Error(context_.say("why.absent", {"n" + std::to_string(number(node))}));
    std::string labels;
    for (const StringId label : record->labels) {
      labels += (labels.empty() ? "" : ", ") + std::string(snapshot_.string(label));
    }
    context_.out << bold(context_.out_terminal, called(node)) << "  " << labels << "  n"
                 << number(node) << '\n';
    properties(record->properties);
    evidence(snapshot_.evidence(node));
    edges(node);
  }

  void tell(EdgeId edge) {
    if (!fresh("r" + std::to_string(number(edge)))) return;
    const auto record = snapshot_.edge(edge);
    if (!record) throw Error(context_.say("why.absent", {"r" + std::to_string(number(edge))}));
    context_.out << bold(context_.out_terminal, called(record->from)) << " –"
                 << snapshot_.string(record->type) << "→ "
                 << bold(context_.out_terminal, called(record->to)) << "  r" << number(edge)
                 << '\n';
    properties(record->properties);
    evidence(snapshot_.evidence(edge));
    // What a derived edge was derived from tells the rest.
    const auto via = snapshot_.string_id("via");
    const Value through = via ? snapshot_.property(edge, *via) : Value();
    if (const std::uint64_t node = through.text() ? id_in(*through.text(), 'n') : 0) {
      context_.out << "  " << context_.say("why.derived") << '\n';
      if (snapshot_.contains(NodeId{node})) tell(NodeId{node});
    }
  }

  void tell(const query::RuntimeValue& value) {
    if (const auto* node = std::get_if<NodeId>(&value.data)) return tell(*node);
    if (const auto* edge = std::get_if<EdgeId>(&value.data)) return tell(*edge);
    if (const auto* path = std::get_if<std::shared_ptr<const query::PathValue>>(&value.data)) {
      for (const NodeId node : (*path)->nodes) tell(node);
      for (const EdgeId edge : (*path)->edges) tell(edge);
    }
    if (const auto* list = std::get_if<std::shared_ptr<const query::RuntimeList>>(&value.data)) {
      for (const query::RuntimeValue& one : **list) tell(one);
    }
    if (const auto* map = std::get_if<std::shared_ptr<const query::RuntimeMap>>(&value.data)) {
      tell_map(**map);
    }
  }

 private:
  bool fresh(const std::string& id) {
    if (!told_.insert(id).second) return false;
    if (told_.size() > 1) context_.out << '\n';
    return true;
  }

  std::string text(NodeId node, std::string_view key) const {
    const auto id = snapshot_.string_id(key);
    const Value value = id ? snapshot_.property(node, *id) : Value();
    return value.text() ? *value.text() : std::string();
  }

  std::string called(NodeId node) const {
    const std::string name = text(node, "name");
    return name.empty() ? "n" + std::to_string(number(node)) : name;
  }

  void line(const std::string& indent, const std::string& what) const {
    const std::size_t width = context_.out_terminal.width;
    const std::size_t room = width > indent.size() + 20 ? width - indent.size() : 0;
    for (const std::string& part : wrapped(what, room)) context_.out << indent << part << '\n';
  }

  void properties(const std::vector<std::pair<StringId, Value>>& all) const {
    for (const auto& [key, value] : all) {
      const std::string name(snapshot_.string(key));
      if (name == "name") continue;
      const List* list = std::get_if<List>(&value.data);
      if (name != "joined" || !list) {
        line("  ", name + ": " + query::to_text(query::to_runtime(value), snapshot_));
        continue;
      }
      line("  ", context_.say("why.joined"));
      for (const Value& reason : *list) {
        if (reason.text()) line("    ", *reason.text());
      }
    }
  }

  // A map as evidence(x) gives it: its document and its place tell the rest.
  void tell_map(const query::RuntimeMap& map) {
    Evidence evidence;
    for (const auto& [key, value] : map) {
      const auto* string = std::get_if<std::string>(&value.data);
      const auto* whole = std::get_if<std::int64_t>(&value.data);
      const auto* real = std::get_if<double>(&value.data);
      if (key == "quote" && string) evidence.quote = *string;
      if (key == "rule" && string) evidence.rule = *string;
      if (key == "start" && whole) evidence.span.begin = static_cast<std::uint32_t>(*whole);
      if (key == "end" && whole) evidence.span.end = static_cast<std::uint32_t>(*whole);
      if (key == "confidence" && real) evidence.confidence = static_cast<float>(*real);
      if (key == "document") {
        if (const auto* node = std::get_if<NodeId>(&value.data)) evidence.document = *node;
        if (string) evidence.document = NodeId{id_in(*string, 'n')};
      }
    }
    if (evidence.quote.empty()) {
      for (const auto& [key, value] : map) tell(value);
    } else if (told_quotations_.emplace(evidence.document, evidence.span).second) {
      quotation(evidence);
    }
  }

  void evidence(const std::vector<Evidence>& all) {
    if (all.empty()) return;
    context_.out << "  " << context_.say("show.evidence", {all.size()}) << '\n';
    for (const Evidence& one : all) quotation(one);
  }

  void quotation(const Evidence& evidence) const {
    line("    ", "“" + evidence.quote + "”");
    const std::string document = text(evidence.document, "name");
    std::string where = document.empty() ? std::string() : document + ", ";
    where += context_.say("answer.bytes",
                          {std::to_string(evidence.span.begin), std::to_string(evidence.span.end)});
    const auto stored = snapshot_.document(evidence.document);
    if (stored) {
      const Position place = position(stored->text, evidence.span.begin);
      where += ", " +
               context_.say("why.line", {std::to_string(place.line), std::to_string(place.column)});
    }
    line("      ", where);
    for (const char* key : {"title", "source", "url", "published"}) {
      const std::string value = text(evidence.document, key);
      if (!value.empty()) line("      ", std::string(key) + ": " + value);
    }
    if (stored && !stored->sha256.empty()) line("      ", "sha256: " + stored->sha256);
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%.2f", static_cast<double>(evidence.confidence));
    std::string how;
    if (!evidence.rule.empty()) how = "rule: " + evidence.rule + "; ";
    if (evidence.rule.starts_with(importers::kPersonRule)) how = evidence.rule + "; ";
    line("      ", how + "grade: " + std::string(name_of(evidence.grade)) + "; confidence: " +
                       confidence + "; source: " + std::string(name_of(evidence.source)));
  }

  void edges(NodeId node) const {
    std::size_t shown = 0, left = 0;
    for (const auto direction : {Snapshot::Direction::Out, Snapshot::Direction::In}) {
      auto cursor = snapshot_.neighbours(node, direction);
      while (const auto neighbour = cursor.next()) {
        const std::string type(snapshot_.string(neighbour->type));
        if (type == "MENTIONED_IN") continue;
        if (shown == kShownEdges && !all_) {
          ++left;
          continue;
        }
        if (shown++ == 0) context_.out << "  " << context_.say("why.facts") << '\n';
        line("    ", "r" + std::to_string(number(neighbour->edge)) + "  " + type +
                         (direction == Snapshot::Direction::Out ? " → " : " ← ") +
                         called(neighbour->other));
      }
    }
    if (left > 0) context_.out << "    " << context_.say("show.more", {left}) << '\n';
  }

  const Snapshot& snapshot_;
  bool all_;
  Context& context_;
  std::set<std::string> told_;
  std::set<std::pair<NodeId, Span>> told_quotations_;
};

// The evidence that a row's values rest on, where they name it themselves.
int tell_row(const Snapshot& snapshot, const std::string& statement, std::size_t row,
             Account& account, Context& context) {
  try {
    const query::Result result = query::run(snapshot, statement);
    if (row > result.rows.size()) {
      throw Error(context.say("why.no-row", {row, result.rows.size()}));
    }
    const auto& values = result.rows[row - 1];
    std::string shown;
    for (std::size_t column = 0; column < values.size(); ++column) {
      if (result.meaning.question && result.columns[column] == "evidence") continue;
      shown += (shown.empty() ? "" : " | ") + query::to_text(values[column], snapshot);
    }
    context.out << shown << '\n';
    for (const query::RuntimeValue& value : values) account.tell(value);
    return kDone;
  } catch (const query::QueryError& error) {
    return console::tell(error, statement, false, context);
  }
}

}  // namespace

int run_why(const Arguments& arguments, Context& context) {
  constexpr std::uint64_t kMostRows = 1'000'000;
  const auto row = arguments.number("row", 1, kMostRows);
  manner_of(arguments, context);
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  Account account(snapshot, arguments.has("all"), context);
  const std::string& asked = arguments.operands().front();
  if (row) return tell_row(snapshot, asked, *row, account, context);
  if (const std::uint64_t node = id_in(asked, 'n')) {
    account.tell(NodeId{node});
    return kDone;
  }
  if (const std::uint64_t edge = id_in(asked, 'r')) {
    account.tell(EdgeId{edge});
    return kDone;
  }
  const std::vector<NodeId> nodes = snapshot.named(asked);
  if (nodes.empty()) {
    constexpr std::size_t kOffered = 3;
    std::string message = context.say("show.absent", {asked});
    for (const std::string& near : snapshot.nearest_names(asked, kOffered)) {
      message += "\n  " + context.say("usage.did-you-mean", {near});
    }
    throw Error(message);
  }
  for (const NodeId node : nodes) account.tell(node);
  return kDone;
}

}  // namespace ketnghia::console
