#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/span.hpp"

namespace ketnghia::importers {

// How an expression must be completed, which needs more than the text: see resolve_date().
struct DateExpression {
  Span span;         // of the text given to recognise_dates()
  std::string form;  // canonical, private: importers/recognise/date_form.hpp
};

// What completes an expression.
struct DateContext {
  std::string reference;  // EDTF of the publication, empty where unknown
  enum class Tense { Unknown, Past, Future } tense = Tense::Unknown;
  std::string last_named;  // EDTF of the date named before, for "cùng năm"
  std::string last_day;    // EDTF of the day named before, for "cùng ngày"; else last_named is
};

// Makes `edtf`, a date just read, the one that anaphors mean from here on. Days, months and
// years are kept; intervals of days too; periods, decades and centuries change nothing.
void remember_date(DateContext& context, const std::string& edtf);

// All date expressions of a normalised text, in order, without overlaps. A function of the text
// alone. Longest form first: a range is one expression, not its last day. Document numbers,
// fractions, addresses, durations, telephone numbers, recurring times and names with dates in
// them are none.
std::vector<DateExpression> recognise_dates(std::string_view text);

// The EDTF string of an expression in its context; nothing where it denotes no date there
// ("hôm qua" without a reference). Never from the clock of the machine.
std::optional<std::string> resolve_date(const DateExpression& expression,
                                        const DateContext& context);

// The tense that the words around an expression give it: "sẽ", "tới", "dự kiến" against "đã",
// "vừa qua".
DateContext::Tense tense_around(std::string_view text, Span expression);

struct ResolvedDate {
  Span span;
  std::string edtf;
};

// The three in turn over a normalised text: every expression that denotes a date, with its tense
// and with the dates named before it. `reference` as in DateContext.
std::vector<ResolvedDate> date_mentions(std::string_view text, const std::string& reference);

}  // namespace ketnghia::importers
