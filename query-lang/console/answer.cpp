#include "query-lang/console/answer.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>
#include <set>

#include "query-lang/console/json_text.hpp"
#include "query-lang/console/table.hpp"
#include "query-lang/executor/budget.hpp"
#include "query-lang/executor/json.hpp"
#include "query-lang/functions/registry.hpp"

namespace ketnghia::console {
namespace {

// A list of names reads better without the brackets and quotes of the language; a date told by
// several facts is told once.
std::string cell_text(const query::RuntimeValue& value, const Snapshot& snapshot) {
  const auto* list = std::get_if<std::shared_ptr<const query::RuntimeList>>(&value.data);
  if (list == nullptr) return query::to_text(value, snapshot);
  std::vector<std::string> told;
  for (const query::RuntimeValue& one : **list) {
    const auto* text = std::get_if<std::string>(&one.data);
    if (text == nullptr) return query::to_text(value, snapshot);
    if (std::find(told.begin(), told.end(), *text) == told.end()) told.push_back(*text);
  }
  std::string joined;
  for (const std::string& text : told) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

using query::Result;
using query::RuntimeList;
using query::RuntimeMap;
using query::RuntimeValue;

using Row = std::vector<RuntimeValue>;

constexpr std::string_view kEvidenceColumn = "evidence";

const RuntimeList* list_of(const RuntimeValue& value) {
  const auto* list = std::get_if<std::shared_ptr<const RuntimeList>>(&value.data);
  return list ? list->get() : nullptr;
}

const RuntimeMap* map_of(const RuntimeValue& value) {
  const auto* map = std::get_if<std::shared_ptr<const RuntimeMap>>(&value.data);
  return map ? map->get() : nullptr;
}

// What a citation says of one quotation.
struct Quoted {
  std::string quote, title, document, published;
  std::int64_t start = 0, end = 0;

  friend auto operator<=>(const Quoted&, const Quoted&) = default;
};

std::string text_property(const Snapshot& snapshot, NodeId node, std::string_view key) {
  const auto id = snapshot.string_id(key);
  const Value value = id ? snapshot.property(node, *id) : Value();
  return value.text() ? *value.text() : std::string();
}

// Of a node, or of the id of one as a file writes it ("n12").
std::string document_name(const Snapshot& snapshot, const RuntimeValue& value) {
  NodeId document{};
  if (const auto* node = std::get_if<NodeId>(&value.data)) document = *node;
  if (const auto* text = std::get_if<std::string>(&value.data); text && text->starts_with('n')) {
    std::uint64_t number = 0;
    std::from_chars(text->data() + 1, text->data() + text->size(), number);
    document = NodeId{number};
  }
  return text_property(snapshot, document, "name");
}

Quoted quoted(const Snapshot& snapshot, const Evidence& evidence) {
  return {evidence.quote,
          text_property(snapshot, evidence.document, "title"),
          text_property(snapshot, evidence.document, "name"),
          text_property(snapshot, evidence.document, "published"),
          evidence.span.begin,
          evidence.span.end};
}

// A map as evidence(x) gives it; nothing for any other.
std::optional<Quoted> quoted(const Snapshot& snapshot, const RuntimeMap& map) {
  Quoted quoted;
  bool quote = false;
  for (const auto& [key, value] : map) {
    const auto* text = std::get_if<std::string>(&value.data);
    const auto* number = std::get_if<std::int64_t>(&value.data);
    if (key == "quote" && text) {
      quoted.quote = *text;
      quote = true;
    }
    if (key == "title" && text) quoted.title = *text;
    if (key == "published" && text) quoted.published = *text;
    if (key == "start" && number) quoted.start = *number;
    if (key == "end" && number) quoted.end = *number;
    if (key == "document") quoted.document = document_name(snapshot, value);
  }
  if (!quote) return std::nullopt;
  return quoted;
}

std::string cited(const Quoted& quoted, const Messages& say) {
  std::string text = "“" + quoted.quote + "” — ";
  text += quoted.title.empty() ? quoted.document : quoted.title;
  if (!quoted.published.empty()) text += ", " + quoted.published;
  text += " (";
  if (!quoted.title.empty() && !quoted.document.empty()) text += quoted.document + ", ";
  // Plain digits: an offset is for programs and for search fields.
  return text + say("answer.bytes", {std::to_string(quoted.start), std::to_string(quoted.end)}) +
         ")";
}

// What evidence(value) gives: for a derived edge, that of what it was derived from.
RuntimeValue evidence_of(const Snapshot& snapshot, const RuntimeValue& value) {
  const query::Options unbounded;
  query::Budget budget(unbounded);
  const query::Function* const evidence = query::find_function("evidence");
  return evidence->run({snapshot, budget, {}}, {&value, 1});
}

// Everything in a value that shows where it came from: evidence maps, and the evidence of nodes,
// edges and paths; each quotation once.
void gather(const Snapshot& snapshot, const RuntimeValue& value, std::set<Quoted>& gathered) {
  if (std::holds_alternative<NodeId>(value.data) || std::holds_alternative<EdgeId>(value.data) ||
      std::holds_alternative<std::shared_ptr<const query::PathValue>>(value.data)) {
    gather(snapshot, evidence_of(snapshot, value), gathered);
  }
  if (const RuntimeList* list = list_of(value)) {
    for (const RuntimeValue& item : *list) gather(snapshot, item, gathered);
  }
  if (const RuntimeMap* map = map_of(value)) {
    if (auto one = quoted(snapshot, *map)) {
      gathered.insert(std::move(*one));
    } else {
      for (const auto& [key, item] : *map) gather(snapshot, item, gathered);
    }
  }
}

std::vector<std::string> citations(const Snapshot& snapshot, std::span<const RuntimeValue> values,
                                   const Messages& say) {
  std::set<Quoted> gathered;
  for (const RuntimeValue& value : values) gather(snapshot, value, gathered);
  std::vector<std::string> lines;
  for (const Quoted& one : gathered) lines.push_back(cited(one, say));
  return lines;
}

bool is_number(const RuntimeValue& value) {
  return std::holds_alternative<std::int64_t>(value.data) ||
         std::holds_alternative<double>(value.data);
}

RuntimeValue counted(const RuntimeValue& value) {
  const RuntimeList* list = list_of(value);
  return list ? RuntimeValue(static_cast<std::int64_t>(list->size())) : value;
}

// One answer being written: what of it is evidence, and how cells are read out.
class AnswerWriter {
 public:
  AnswerWriter(const Snapshot& snapshot, const Result& result, const Manner& manner,
               Context& context)
      : snapshot_(snapshot), result_(result), manner_(manner), context_(context) {
    if (!result.meaning.question) return;
    const auto column = std::find(result.columns.begin(), result.columns.end(), kEvidenceColumn);
    if (column != result.columns.end()) evidence_ = column - result.columns.begin();
  }

  void write() {
    switch (manner_.format) {
      case Format::Table:
        return write_table();
      case Format::Json:
        return write_json();
      case Format::Jsonl:
        return write_jsonl();
      case Format::Csv:
        return write_separated(',', "\r\n", csv_cell);
      case Format::Tsv:
        return write_separated('\t', "\n", tsv_cell);
    }
  }

 private:
  // The value that stands in a column: the evidence of a question counted unless it is wanted.
  RuntimeValue cell(const Row& row, std::size_t column, bool in_full) const {
    if (static_cast<std::ptrdiff_t>(column) != evidence_ || in_full) return row[column];
    return counted(row[column]);
  }

  void write_table() {
    std::vector<Table::Column> columns;
    for (std::size_t column = 0; column < result_.columns.size(); ++column) {
      const bool numbers =
          !result_.rows.empty() &&
          std::all_of(result_.rows.begin(), result_.rows.end(), [&](const Row& row) {
            const RuntimeValue value = cell(row, column, false);
            return value.is_null() || is_number(value);
          });
      columns.push_back({result_.columns[column], numbers});
    }
    Table table(std::move(columns));
    for (const Row& row : result_.rows) {
      std::vector<std::string> cells;
      for (std::size_t column = 0; column < row.size(); ++column) {
        cells.push_back(cell_text(cell(row, column, false), snapshot_));
      }
      table.add(std::move(cells));
      if (manner_.evidence) note_evidence(row, table);
    }
    table.print(context_.out, context_.out_terminal);
    context_.out << dim(context_.out_terminal, context_.say("answer.rows", {result_.rows.size()}))
                 << '\n';
  }

  void note_evidence(const Row& row, Table& table) const {
    std::span<const RuntimeValue> told(row);
    if (evidence_ >= 0) told = told.subspan(static_cast<std::size_t>(evidence_), 1);
    for (std::string& line : citations(snapshot_, told, context_.say)) table.note(std::move(line));
  }

  void write_json() {
    std::ostream& out = context_.out;
    out << R"({"columns":[)";
    for (std::size_t column = 0; column < result_.columns.size(); ++column) {
      out << (column ? "," : "") << json_string(result_.columns[column]);
    }
    out << R"(],"rows":[)";
    for (std::size_t row = 0; row < result_.rows.size(); ++row) {
      out << (row ? ",\n[" : "\n[");
      for (std::size_t column = 0; column < result_.columns.size(); ++column) {
        out << (column ? "," : "") << json(result_.rows[row], column);
      }
      out << ']';
    }
    out << "]}\n";
  }

  void write_jsonl() {
    for (const Row& row : result_.rows) {
      context_.out << '{';
      for (std::size_t column = 0; column < row.size(); ++column) {
        context_.out << (column ? "," : "") << json_string(result_.columns[column]) << ':'
                     << json(row, column);
      }
      context_.out << "}\n";
    }
  }

  std::string json(const Row& row, std::size_t column) const {
    return query::to_json(cell(row, column, manner_.evidence), snapshot_);
  }

  template <typename Escape>
  void write_separated(char separator, std::string_view end, Escape escape) {
    std::ostream& out = context_.out;
    for (std::size_t column = 0; column < result_.columns.size(); ++column) {
      if (column) out << separator;
      out << escape(result_.columns[column]);
    }
    out << end;
    for (const Row& row : result_.rows) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        if (column) out << separator;
        if (!row[column].is_null()) out << escape(separated_text(row, column));
      }
      out << end;
    }
  }

  // Evidence in full is cited, a line each: that is what goes into a report.
  std::string separated_text(const Row& row, std::size_t column) const {
    if (static_cast<std::ptrdiff_t>(column) != evidence_ || !manner_.evidence) {
      return cell_text(cell(row, column, false), snapshot_);
    }
    std::string text;
    for (const std::string& line : citations(snapshot_, {&row[column], 1}, context_.say)) {
      text += (text.empty() ? "" : "\n") + line;
    }
    return text;
  }

  static std::string csv_cell(const std::string& text) {
    // A text that is empty is told from no value by its quotes.
    if (!text.empty() && text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
  }

  static std::string tsv_cell(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
      if (c == '\t') {
        escaped += "\\t";
      } else if (c == '\n') {
        escaped += "\\n";
      } else if (c == '\r') {
        escaped += "\\r";
      } else if (c == '\\') {
        escaped += "\\\\";
      } else {
        escaped += c;
      }
    }
    return escaped;
  }

  const Snapshot& snapshot_;
  const Result& result_;
  const Manner& manner_;
  Context& context_;
  std::ptrdiff_t evidence_ = -1;  // the column of a question's evidence
};

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  if (name == "table") return Format::Table;
  if (name == "json") return Format::Json;
  if (name == "jsonl") return Format::Jsonl;
  if (name == "csv") return Format::Csv;
  if (name == "tsv") return Format::Tsv;
  return std::nullopt;
}

Manner manner_of(const Arguments& arguments, Context& context) {
  constexpr std::uint64_t kLeastWidth = 20;
  constexpr std::uint64_t kMostWidth = 10'000;
  if (const auto width = arguments.number("width", kLeastWidth, kMostWidth)) {
    context.out_terminal.width = *width;
  }
  return {format_named(arguments.value("format").value_or("table")).value_or(Format::Table),
          arguments.has("evidence")};
}

void write_answer(const Snapshot& snapshot, const Result& result, const Manner& manner,
                  Context& context) {
  for (const std::string& remark : result.meaning.remarks) {
    context.err << yellow(context.err_terminal, context.say("answer.remark")) << ": " << remark
                << '\n';
  }
  AnswerWriter(snapshot, result, manner, context).write();
}

std::string citation(const Snapshot& snapshot, const Evidence& evidence, const Messages& say) {
  return cited(quoted(snapshot, evidence), say);
}

}  // namespace ketnghia::console
