#pragma once

#include <optional>
#include <string_view>

#include "engine/store/snapshot.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/query.hpp"

namespace ketnghia::console {

enum class Format { Table, Json, Jsonl, Csv, Tsv };

// By the name that --format takes; nothing for any other.
std::optional<Format> format_named(std::string_view name);

// How answers are written.
struct Manner {
  Format format = Format::Table;
  // Table: the quotations under each row. Others: the column `evidence` of a question in full.
  bool evidence = false;
};

// --format, --evidence, and --width, which takes the place of the terminal's in `context`.
Manner manner_of(const Arguments& arguments, Context& context);

// Writes an answer to context.out: a table; {"columns":[…],"rows":[[…]]}; an object a line; CSV
// (RFC 4180) or TSV with a heading (in TSV a tab, a line break and a backslash are written \t,
// \n and \\). Remarks go to context.err.
void write_answer(const Snapshot& snapshot, const query::Result& result, const Manner& manner,
                  Context& context);

// One quotation as a report cites it: “…” — title, published (document, bytes 120–181).
std::string citation(const Snapshot& snapshot, const Evidence& evidence, const Messages& say);

}  // namespace ketnghia::console
