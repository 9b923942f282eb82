#pragma once

#include "query-lang/parser/ast_adapted.hpp"
#include "query-lang/parser/expression.hpp"
#include "query-lang/parser/located.hpp"
#include "query-lang/parser/pattern.hpp"
#include "query-lang/parser/statement.hpp"

namespace ketnghia::query::grammar {

struct ExpressionId : Locate {};
struct MapLiteralId : Locate {};

using Boxed = ast::Box<ast::Expression>;

// Literals.

constexpr auto float_literal = token<ast::FloatLiteral>(
    "a number", [](Iterator first, Iterator last, const ParseState& state, ast::FloatLiteral& out) {
      return scan_float(first, last, state, out.value);
    });
constexpr auto integer_literal = token<ast::IntegerLiteral>(
    "a number",
    [](Iterator first, Iterator last, const ParseState& state, ast::IntegerLiteral& out) {
      return scan_integer(first, last, state, out.magnitude);
    });
constexpr auto string_literal = token<ast::StringLiteral>(
    "a string", [](Iterator first, Iterator last, const ParseState& state,
                   ast::StringLiteral& out) { return scan_string(first, last, state, out.value); });
constexpr auto constant_literal = token<ast::ConstantLiteral>(
    "null, true or false",
    [](Iterator first, Iterator last, const ParseState&, ast::ConstantLiteral& out) {
      Iterator end = scan_keyword(first, last, "NULL");
      if (end != first) return end;
      out.value = ast::Constant::True;
      end = scan_keyword(first, last, "TRUE");
      if (end != first) return end;
      out.value = ast::Constant::False;
      return scan_keyword(first, last, "FALSE");
    });

const x3::rule<struct EntryId, ast::MapEntry> entry = "key: value";
const auto entry_def = schema_name("a key") > mark("\":\"") > expression;

const x3::rule<struct EntriesId, std::vector<ast::MapEntry>> entries = "entries";
const auto entries_def = -(entry % mark("\",\""));
const auto map_literal_def = mark("\"{\"") > nested[entries] > mark("\"}\"");

// Lists, and list comprehensions, which begin alike.

const x3::rule<struct ItemsId, std::vector<ast::Expression>> items = "expressions";
const auto items_def = -(expression % mark("\",\""));

const x3::rule<struct WhereId, Boxed> where = "a condition";
const auto where_def = word("WHERE") > nested[expression];

const x3::rule<struct BarId, Boxed> bar = "a projection";
const auto bar_def = mark("\"|\"") > nested[expression];

struct ListId : Locate {};
const x3::rule<ListId, ast::ListAtom> list = "a list";
const auto list_def = mark("\"[\"") > nested[items] > -where > -bar > mark("\"]\"");

// `n {.name, .*, m, key: 1}`

const x3::rule<struct SelectionId, ast::MapProjectionEntry> selection = "what to take";
const auto selection_def = (mark("\".*\"") >> x3::attr(ast::MapProjectionKind::AllProperties) >>
                            x3::attr(ast::Name{}) >> x3::attr(std::optional<Boxed>{})) |
                           (mark("\".\"") >> x3::attr(ast::MapProjectionKind::Property) >>
                            schema_name("a key") >> x3::attr(std::optional<Boxed>{})) |
                           (x3::attr(ast::MapProjectionKind::Entry) >> schema_name("a key") >>
                            mark("\":\"") >> expression) |
                           (x3::attr(ast::MapProjectionKind::Variable) >> variable_name >>
                            x3::attr(std::optional<Boxed>{}));

struct MapProjectionId : Locate {};
const x3::rule<MapProjectionId, ast::MapProjection> map_projection = "a map projection";
const auto map_projection_def = when(map_projection_ahead) >> variable_name >>
                                mark("\"{\"") >> nested[-(selection % mark("\",\""))] >
                                mark("\"}\"");

// CASE

const x3::rule<struct WhenId, ast::When> branch = "WHEN … THEN …";
const auto branch_def = word("WHEN") > expression > word("THEN") > expression;

const x3::rule<struct OtherwiseId, Boxed> otherwise = "ELSE …";
const auto otherwise_def = word("ELSE") > expression;

struct CaseId : Locate {};
const x3::rule<CaseId, ast::Case> case_expression = "CASE … END";
const auto case_expression_def = word("CASE") > nested[(-expression > +branch > -otherwise)] >
                                 word("END");

// Calls

struct CountAllId : Locate {};
const x3::rule<CountAllId, ast::CountAll> count_all = "count(*)";
const auto count_all_def = word("COUNT") >> mark("\"(\"") >> mark("\"*\"") >> mark("\")\"");

constexpr auto function_name = token<ast::Name>(
    "a function", [](Iterator first, Iterator last, const ParseState& state, ast::Name& name) {
      return scan_function_name(first, last, state, name);
    });

struct CallId : Locate {};
const x3::rule<CallId, ast::Call> call = "a function call";
const auto call_def = when(call_ahead) >> function_name >>
                      mark("\"(\"") > x3::matches[word("DISTINCT")] > nested[items] > mark("\")\"");

const x3::rule<struct QuantifierId, ast::Quantifier> quantifier = "a quantifier";
const auto quantifier_def = (word("ALL") >> x3::attr(ast::Quantifier::All)) |
                            (word("ANY") >> x3::attr(ast::Quantifier::Any)) |
                            (word("NONE") >> x3::attr(ast::Quantifier::None)) |
                            (word("SINGLE") >> x3::attr(ast::Quantifier::Single));

struct QuantifiedId : Locate {};
const x3::rule<QuantifiedId, ast::Quantified> quantified = "a quantifier";
const auto quantified_def = quantifier >> mark("\"(\"") >> variable_name >>
                            word("IN") > nested[expression] > -where > mark("\")\"");

struct ReduceId : Locate {};
const x3::rule<ReduceId, ast::Reduce> reduce = "reduce(…)";
const auto reduce_def = word("REDUCE") >> mark("\"(\"") >> variable_name >>
                        mark("\"=\"") > nested[expression] > mark("\",\"") > variable_name >
                        word("IN") > nested[expression] > mark("\"|\"") > nested[expression] >
                        mark("\")\"");

// Atoms: each alternative is told by its beginning, so that nothing is parsed twice.

const x3::rule<struct BracketId, Boxed> bracket = "an expression in brackets";
const auto bracket_def = mark("\"(\"") > nested[expression] > mark("\")\"");

const x3::rule<struct PatternAtomId, ast::PatternExpression> pattern_atom = "a pattern";
const auto pattern_atom_def = when(path_pattern_ahead) >> pattern_expression;

const x3::rule<struct ComprehensionAtomId, ast::PatternComprehension> comprehension_atom =
    "a pattern comprehension";
const auto comprehension_atom_def = when(comprehension_ahead) >> nested[pattern_comprehension];

const x3::rule<struct ExistsAtomId, ast::Exists> exists_atom = "EXISTS { … }";
const auto exists_atom_def = when(exists_ahead) >> nested[exists];

const x3::rule<struct AtomId, ast::Atom> atom = "an expression";
const auto atom_def = float_literal | integer_literal | string_literal | constant_literal |
                      parameter | case_expression | count_all | exists_atom | quantified | reduce |
                      pattern_atom | comprehension_atom | list | map_literal | bracket | call |
                      map_projection | variable_name;

// Operators

const x3::rule<struct KeyId, ast::Name> key = "a property";
const auto key_def = mark("\".\"") >> schema_name("a key");

struct SubscriptId : Locate {};
const x3::rule<SubscriptId, ast::Subscript> subscript = "an index";
const auto subscript_def = mark("\"[\"") > nested[-expression] > x3::matches[mark("\"..\"")] >
                           nested[-expression] > mark("\"]\"");

const x3::rule<struct LabelTestId, ast::Labels> label_test = "labels";
const auto label_test_def = +(mark("\":\"") >> schema_name("a label"));

const x3::rule<struct SuffixId, ast::Suffix> suffix = "a property, an index or labels";
const auto suffix_def = key | subscript | label_test;

constexpr auto prefix = token<ast::PrefixOperator>(
    "NOT", [](Iterator first, Iterator last, const ParseState&, ast::PrefixOperator& out) {
      if (first != last && (*first == '+' || *first == '-')) {
        out.prefix = *first == '+' ? ast::Prefix::Plus : ast::Prefix::Minus;
        return first + 1;
      }
      out.prefix = ast::Prefix::Not;
      return scan_keyword(first, last, "NOT");
    });

struct OperandId : Locate {};
const x3::rule<OperandId, ast::Operand> operand = "an expression";
const auto operand_def = *prefix >> atom >> *expecting("an operator")[suffix];

struct Operators : x3::symbols<ast::Infix> {
  Operators() {
    add("=", ast::Infix::Equal)("<>", ast::Infix::NotEqual)("<", ast::Infix::Less)(
        "<=", ast::Infix::LessOrEqual)(">", ast::Infix::Greater)(">=", ast::Infix::GreaterOrEqual)(
        "=~", ast::Infix::Matches)("+", ast::Infix::Add)("-", ast::Infix::Subtract)(
        "*", ast::Infix::Multiply)("/", ast::Infix::Divide)("%", ast::Infix::Modulo)(
        "^", ast::Infix::Power);
  }
};
const Operators operators;

const x3::rule<struct InfixId, ast::Infix> infix = "an operator";
const auto infix_def = operators | (word("OR") >> x3::attr(ast::Infix::Or)) |
                       (word("XOR") >> x3::attr(ast::Infix::Xor)) |
                       (word("AND") >> x3::attr(ast::Infix::And)) |
                       (word("IN") >> x3::attr(ast::Infix::In)) |
                       (word("CONTAINS") >> x3::attr(ast::Infix::Contains)) |
                       (word("STARTS") >> word("WITH") >> x3::attr(ast::Infix::StartsWith)) |
                       (word("ENDS") >> word("WITH") >> x3::attr(ast::Infix::EndsWith));

const x3::rule<struct NullTestId, ast::Infix> null_test = "IS NULL";
const auto null_test_def =
    (word("IS") >> word("NULL") >> x3::attr(ast::Infix::IsNull)) |
    (word("IS") >> word("NOT") >> word("NULL") >> x3::attr(ast::Infix::IsNotNull));

const x3::rule<struct TailId, ast::Tail> tail = "an operator and an expression";
const auto tail_def = (null_test >> x3::attr(std::optional<ast::Operand>{})) |
                      (infix > expecting("an expression")[operand]);

const auto expression_def = expecting("an expression")[operand] >> *expecting("an operator")[tail];

BOOST_SPIRIT_DEFINE(entry, entries, map_literal, items, where, bar, list, selection, map_projection,
                    branch, otherwise, case_expression, count_all, call, quantifier, quantified,
                    reduce)
BOOST_SPIRIT_DEFINE(bracket, pattern_atom, comprehension_atom, exists_atom, atom, key, subscript,
                    label_test, suffix, operand, infix, null_test, tail, expression)

}  // namespace ketnghia::query::grammar
