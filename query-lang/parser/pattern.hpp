#pragma once

#include "query-lang/parser/ast.hpp"
#include "query-lang/parser/config.hpp"

namespace ketnghia::query::grammar {

using PatternElementRule = x3::rule<struct PatternElementId, ast::PatternElement>;
using PatternPartsRule = x3::rule<struct PatternPartsId, std::vector<ast::PatternPart>>;
using PatternExpressionRule = x3::rule<struct PatternExpressionId, ast::PatternExpression>;
using PatternComprehensionRule = x3::rule<struct PatternComprehensionId, ast::PatternComprehension>;
BOOST_SPIRIT_DECLARE(PatternElementRule, PatternPartsRule, PatternExpressionRule,
                     PatternComprehensionRule)

const PatternElementRule pattern_element = "a pattern";
const PatternPartsRule pattern_parts = "a pattern";
const PatternExpressionRule pattern_expression = "a pattern";
const PatternComprehensionRule pattern_comprehension = "a pattern comprehension";

}  // namespace ketnghia::query::grammar
