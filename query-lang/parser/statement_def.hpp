#pragma once

#include "query-lang/parser/ast_adapted.hpp"
#include "query-lang/parser/expression.hpp"
#include "query-lang/parser/located.hpp"
#include "query-lang/parser/pattern.hpp"
#include "query-lang/parser/statement.hpp"

namespace ketnghia::query::grammar {

struct QueryId : Locate {};
struct ExistsId : Locate {};

// Clauses that write are refused by name.
struct ForeignClause : x3::parser<ForeignClause> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext&,
             Attribute&) const {
    refuse_foreign_clause(token_begin(first, last, context), last, state(context));
    return false;
  }
};
constexpr ForeignClause foreign_clause_here{};

const x3::rule<struct ConditionId, ast::Expression> condition = "a condition";
const auto condition_def = word("WHERE") > expression;

const x3::rule<struct OptionalId, bool> optional_match = "MATCH";
const auto optional_match_def =
    (word("OPTIONAL") > word("MATCH") > x3::attr(true)) | (word("MATCH") > x3::attr(false));

struct MatchId : Locate {};
const x3::rule<MatchId, ast::Match> match = "MATCH";
const auto match_def = optional_match > pattern_parts > -condition;

struct UnwindId : Locate {};
const x3::rule<UnwindId, ast::Unwind> unwind = "UNWIND";
const auto unwind_def = word("UNWIND") > expression > word("AS") > variable_name;

const x3::rule<struct AliasId, ast::Name> alias = "AS";
const auto alias_def = word("AS") > variable_name;

constexpr auto procedure_name =
    token<ast::Name>("a procedure, such as algo.pagerank",
                     [](Iterator first, Iterator last, const ParseState& state, ast::Name& name) {
                       return scan_function_name(first, last, state, name);
                     });
const x3::rule<struct ArgumentsId, std::vector<ast::Expression>> arguments = "expressions";
const auto arguments_def = -(expression % mark("\",\""));
const x3::rule<struct YieldItemId, ast::YieldItem> yield_item = "a column";
const auto yield_item_def = variable_name > -alias;
const x3::rule<struct YieldsId, std::vector<ast::YieldItem>> yields = "YIELD";
const auto yields_def = -(word("YIELD") > (yield_item % mark("\",\"")));
struct CallClauseId : Locate {};
const x3::rule<CallClauseId, ast::CallClause> call_clause = "CALL";
const auto call_clause_def = word("CALL") > procedure_name > mark("\"(\"") > arguments >
                             mark("\")\"") > yields > -condition;

struct ItemId : Locate {};
const x3::rule<ItemId, ast::ProjectionItem> item = "an expression";
const auto item_def = expression > -alias;

const x3::rule<struct AllId, bool> all = "*";
const auto all_def = mark("\"*\"") >> x3::attr(true);

const x3::rule<struct ListedId, std::vector<ast::ProjectionItem>> listed = "expressions";
const auto listed_def = item % mark("\",\"");
const x3::rule<struct FurtherId, std::vector<ast::ProjectionItem>> further = "expressions";
const auto further_def = *(mark("\",\"") > item);

const x3::rule<struct CollationId, ast::Name> collation = "COLLATE";
const auto collation_def = word("COLLATE") > schema_name("a language, such as vi");

const x3::rule<struct DescendingId, bool> descending = "ASC or DESC";
const auto descending_def = ((word("DESCENDING") | word("DESC")) >> x3::attr(true)) |
                            ((word("ASCENDING") | word("ASC")) >> x3::attr(false)) |
                            x3::attr(false);

const x3::rule<struct SortItemId, ast::SortItem> sort_item = "an expression";
const auto sort_item_def = expression > -collation > descending;

const x3::rule<struct OrderId, std::vector<ast::SortItem>> order = "ORDER BY";
const auto order_def = -(word("ORDER") > word("BY") > (sort_item % mark("\",\"")));

const x3::rule<struct SkipId, ast::Expression> skip_rows = "SKIP";
const auto skip_rows_def = word("SKIP") > expression;
const x3::rule<struct LimitId, ast::Expression> limit_rows = "LIMIT";
const auto limit_rows_def = word("LIMIT") > expression;

const x3::rule<struct ColumnsId, ast::Columns> columns = "what to return";
const auto columns_def = (all >> further) | (x3::attr(false) >> listed);

struct ProjectionId : Locate {};
const x3::rule<ProjectionId, ast::Projection> projection = "what to return";
const auto projection_def =
    x3::matches[word("DISTINCT")] > columns > order > -skip_rows > -limit_rows;

struct ProjectId : Locate {};
const x3::rule<ProjectId, ast::Project> project = "WITH or RETURN";
const auto project_def =
    (word("WITH") >> x3::attr(false) > projection > -condition) |
    (word("RETURN") >> x3::attr(true) > projection > x3::attr(std::optional<ast::Expression>{}));

const x3::rule<struct ClauseId, ast::Clause> clause = "a clause";
const auto clause_def = match | unwind | project | call_clause | foreign_clause_here;

struct SingleQueryId : Locate {};
const x3::rule<SingleQueryId, ast::SingleQuery> single_query = "a query";
const x3::rule<struct ClausesId, std::vector<ast::Clause>> clauses = "clauses";
const auto clauses_def = +expecting("a clause")[clause];
const auto single_query_def = x3::eps >> clauses;

const x3::rule<struct UnionId, ast::UnionPart> union_part = "UNION";
const auto union_part_def = word("UNION") > x3::matches[word("ALL")] > single_query;

const auto query_def = single_query >> *union_part;

// EXISTS { … }

const x3::rule<struct ExistsPatternId, ast::ExistsPattern> exists_pattern = "a pattern";
const x3::rule<struct ExistsConditionId, ast::Box<ast::Expression>> exists_condition = "WHERE";
const auto exists_condition_def = word("WHERE") > expression;
const auto exists_pattern_def = pattern_parts > -exists_condition;

const x3::rule<struct ExistsQueryId, ast::Box<ast::Query>> exists_query = "a query";
const auto exists_query_def = when(clause_ahead) >> query;

const x3::rule<struct ExistsBodyId, ast::ExistsBody> exists_body = "a pattern or a query";
const auto exists_body_def = exists_query | exists_pattern;

const auto exists_def = word("EXISTS") > mark("\"{\"") > exists_body > mark("\"}\"");

BOOST_SPIRIT_DEFINE(condition, optional_match, match, unwind, alias, arguments, yield_item, yields,
                    call_clause, item, all, listed, further, collation, descending, sort_item,
                    order, skip_rows, limit_rows)
BOOST_SPIRIT_DEFINE(columns, projection, project, clause, clauses, single_query, union_part, query,
                    exists_pattern, exists_condition, exists_query, exists_body, exists)

}  // namespace ketnghia::query::grammar
