#pragma once

#include <boost/spirit/home/x3.hpp>
#include <functional>

#include "query-lang/parser/parse_state.hpp"
#include "query-lang/parser/tokens.hpp"

// The types every grammar is instantiated with.
namespace ketnghia::query::grammar {

namespace x3 = boost::spirit::x3;

// White space of Unicode and comments of both kinds.
struct Blank : x3::parser<Blank> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  template <typename Iter, typename Context, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const Context&, RContext&, Attribute&) const {
    const Iter begin = first;
    first = skip_blank(first, last);
    return first != begin;
  }
};

struct StateTag;
using Context = x3::context<StateTag, std::reference_wrapper<ParseState>,
                            x3::phrase_parse_context<Blank>::type>;

template <typename AnyContext>
ParseState& state(const AnyContext& context) {
  return x3::get<StateTag>(context).get();
}

}  // namespace ketnghia::query::grammar
