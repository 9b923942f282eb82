#pragma once

#include "query-lang/parser/ast_adapted.hpp"
#include "query-lang/parser/expression.hpp"
#include "query-lang/parser/located.hpp"
#include "query-lang/parser/pattern.hpp"

namespace ketnghia::query::grammar {

struct PatternElementId : Locate {};
struct PatternPartsId {};
struct PatternExpressionId : Locate {};
struct PatternComprehensionId : Locate {};

const x3::rule<struct PropertiesId, ast::Properties> properties = "properties";
const auto properties_def = map_literal | parameter;

const x3::rule<struct LabelsId, std::vector<ast::Name>> labels = "labels";
const auto labels_def = *(mark("\":\"") > schema_name("a label"));

struct NodeId : Locate {};
const x3::rule<NodeId, ast::NodePattern> node = "a node";
const auto node_def = mark("\"(\"") > -variable_name > labels >
                      (properties | x3::attr(ast::Properties{})) > mark("\")\"");

struct LengthId : Locate {};
const x3::rule<LengthId, ast::Length> length = "a length";
const auto length_def = mark("\"*\"") > -digits > x3::matches[mark("\"..\"")] > -digits;

const x3::rule<struct TypesId, std::vector<ast::Name>> types = "types";
const auto types_def = -(mark("\":\"") > schema_name("a type") >
                         *(mark("\"|\"") > -mark("\":\"") > schema_name("a type")));

const x3::rule<struct DetailId, ast::EdgeDetail> detail = "a relationship";
const auto detail_def = mark("\"[\"") > -variable_name > types > -length >
                        (properties | x3::attr(ast::Properties{})) > mark("\"]\"");

struct EdgeId : Locate {};
const x3::rule<EdgeId, ast::EdgePattern> edge = "a relationship";
const auto edge_def = x3::matches[mark("\"<\"")] >> mark("\"-\"") >> -detail >>
                      mark("\"-\"") >> x3::matches[mark("\">\"")];

const x3::rule<struct StepId, ast::PatternStep> step = "a relationship and a node";
const auto step_def = expecting("a relationship")[edge] > expecting("a node")[node];

struct ChainId : Locate {};
const x3::rule<ChainId, ast::PatternElement> chain = "a pattern";
const auto chain_def = expecting("a node")[node] >> *step;

const auto pattern_element_def =
    (mark("\"(\"") >> nested[pattern_element] >> mark("\")\"")) | chain;

const x3::rule<struct ShortestId, ast::PathKind> shortest = "shortestPath";
const auto shortest_def =
    (word("SHORTESTPATH") >> mark("\"(\"") >> x3::attr(ast::PathKind::Shortest)) |
    (word("ALLSHORTESTPATHS") >> mark("\"(\"") >> x3::attr(ast::PathKind::AllShortest));

const auto pattern_expression_def =
    (shortest > chain > mark("\")\"")) | (x3::attr(ast::PathKind::Every) >> pattern_element);

const x3::rule<struct PathVariableId, ast::Name> path_variable = "a path";
const auto path_variable_def = when(path_name_ahead) >> variable_name >> mark("\"=\"");

struct PartId : Locate {};
const x3::rule<PartId, ast::PatternPart> part = "a pattern";
const auto part_def = -path_variable >>
                      expecting("a pattern such as (a)-[:TYPE]->(b)")[pattern_expression];

const auto pattern_parts_def = part % mark("\",\"");

const x3::rule<struct FilterId, ast::Box<ast::Expression>> filter = "a condition";
const auto filter_def = word("WHERE") > expression;

const auto pattern_comprehension_def = mark("\"[\"") > -path_variable > chain > -filter >
                                       mark("\"|\"") > expression > mark("\"]\"");

BOOST_SPIRIT_DEFINE(properties, labels, node, length, types, detail, edge, step, chain,
                    pattern_element, shortest, pattern_expression, path_variable, part,
                    pattern_parts, filter, pattern_comprehension)

}  // namespace ketnghia::query::grammar
