#include "query-lang/parser/expression.hpp"

#include "query-lang/parser/expression_def.hpp"

namespace ketnghia::query::grammar {

BOOST_SPIRIT_INSTANTIATE(ExpressionRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(MapLiteralRule, Iterator, Context)

}  // namespace ketnghia::query::grammar
