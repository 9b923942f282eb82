#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query-lang/parser/ast.hpp"
#include "query-lang/parser/parse_state.hpp"

// The lexical level, without X3: each function looks at one place of the text and returns where
// what it found ends, or the place it was given where it found nothing.
namespace ketnghia::query {

// White space (Unicode White_Space and the separators openCypher names), `//` and `/* */`.
Iterator skip_blank(Iterator first, Iterator last);

// `word` in any case, and no identifier going on behind it.
Iterator scan_keyword(Iterator first, Iterator last, std::string_view word);

// An identifier (Unicode ID_Start ID_Continue*) or anything in backticks. `reserved`: words that
// openCypher keeps for itself are names too, as they are for labels, types and property keys.
Iterator scan_name(Iterator first, Iterator last, bool reserved, const ParseState& state,
                   ast::Name& name);

// Throw QueryError for what begins like one but is none: InvalidNumberLiteral, IntegerOverflow,
// FloatingPointOverflow, InvalidUnicodeLiteral, UnexpectedSyntax.
Iterator scan_float(Iterator first, Iterator last, const ParseState& state, double& value);
Iterator scan_integer(Iterator first, Iterator last, const ParseState& state,
                      std::uint64_t& magnitude);
Iterator scan_digits(Iterator first, Iterator last, const ParseState& state, std::uint64_t& value);
Iterator scan_string(Iterator first, Iterator last, const ParseState& state, std::string& value);
Iterator scan_parameter(Iterator first, Iterator last, const ParseState& state, std::string& name);

// The name of a function, with dots where it has them: count, exists, apoc.text.
Iterator scan_function_name(Iterator first, Iterator last, const ParseState& state,
                            ast::Name& name);

// What begins at `first`, told without parsing it, so that no bracket is parsed twice. All are
// linear in what they look at.

// A node pattern and a relationship behind it, `(a:B {c: 1})-[`, `()-->(`, or shortestPath(.
bool path_pattern_ahead(Iterator first, Iterator last);
// A list that begins with such a pattern, perhaps named: `[p = (a)-->(b)`.
bool comprehension_ahead(Iterator first, Iterator last);
// `name =`
bool path_name_ahead(Iterator first, Iterator last);
// A name, perhaps with dots, and a bracket.
bool call_ahead(Iterator first, Iterator last);
// `name {`
bool map_projection_ahead(Iterator first, Iterator last);
// `EXISTS {`
bool exists_ahead(Iterator first, Iterator last);
// The keyword of a clause.
bool clause_ahead(Iterator first, Iterator last);

// Throws QueryError where a clause begins that writes: those are no part of the language.
void refuse_foreign_clause(Iterator first, Iterator last, const ParseState& state);

// The words of the language, for "did you mean".
const std::vector<std::string>& keywords();

}  // namespace ketnghia::query
