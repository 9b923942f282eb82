#include "query-lang/parser/pattern.hpp"

#include "query-lang/parser/pattern_def.hpp"

namespace ketnghia::query::grammar {

BOOST_SPIRIT_INSTANTIATE(PatternElementRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PatternPartsRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PatternExpressionRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PatternComprehensionRule, Iterator, Context)

}  // namespace ketnghia::query::grammar
