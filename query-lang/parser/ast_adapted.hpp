#pragma once

#include <boost/fusion/include/adapt_struct.hpp>

#include "query-lang/parser/ast.hpp"

// What X3 fills field by field. Structs of one field are not here: Fusion would take them for
// their field, and their rules set it themselves.
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::ListAtom, items, filter, projection)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::MapEntry, key, value)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::MapProjectionEntry, kind, key, value)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::MapProjection, variable, entries)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::When, condition, result)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Case, operand, branches, otherwise)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Call, name, distinct, arguments)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Quantified, quantifier, variable, list, filter)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Reduce, accumulator, initial, variable, list, step)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::NodePattern, variable, labels, properties)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Length, low, dots, high)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::EdgeDetail, variable, types, length, properties)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::EdgePattern, left, detail, right)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::PatternStep, edge, node)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::PatternElement, start, steps)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::PatternPart, variable, path)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::PatternExpression, kind, element)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::PatternComprehension, variable, element, filter,
                          projection)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::ExistsPattern, parts, filter)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Subscript, from, slice, to)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Operand, prefixes, atom, suffixes)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Tail, infix, operand)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Expression, first, rest)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Match, optional, parts, where)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Unwind, list, variable)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::YieldItem, column, alias)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::CallClause, procedure, arguments, yields, where)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::ProjectionItem, expression, alias)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::SortItem, expression, collation, descending)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Columns, all, items)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Projection, distinct, columns, order, skip, limit)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Project, returns, projection, where)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::UnionPart, all, query)
BOOST_FUSION_ADAPT_STRUCT(ketnghia::query::ast::Query, first, rest)
