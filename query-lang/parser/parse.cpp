#include "query-lang/parser/parse.hpp"

#include "query-lang/parser/located.hpp"
#include "query-lang/parser/statement.hpp"

namespace ketnghia::query {

ast::Query parse(std::string_view statement) {
  using grammar::x3::with;
  ParseState state{statement};
  Iterator first = statement.data();
  const Iterator last = first + statement.size();
  ast::Query query;
  const auto whole = with<grammar::StateTag>(
      std::ref(state))[grammar::query > -grammar::mark("\";\"") > grammar::end_of_statement];
  try {
    if (grammar::x3::phrase_parse(first, last, whole, grammar::Blank{}, query)) return query;
  } catch (const grammar::x3::expectation_failure<Iterator>&) {
    // Where and what: the state knows better than the one parser that threw.
  }
  state.fail();
}

}  // namespace ketnghia::query
