#include "query-lang/parser/statement.hpp"

#include "query-lang/parser/statement_def.hpp"

namespace ketnghia::query::grammar {

BOOST_SPIRIT_INSTANTIATE(QueryRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(ExistsRule, Iterator, Context)

}  // namespace ketnghia::query::grammar
