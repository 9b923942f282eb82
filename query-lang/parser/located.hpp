#pragma once

#include <string_view>

#include "query-lang/parser/config.hpp"

// What the grammars of all families are written with: rules that know their span, tokens that
// say what they missed, and two directives.
namespace ketnghia::query::grammar {

// Base of the id of a rule whose attribute is ast::Located.
struct Locate {
  template <typename Iter, typename Attribute, typename AnyContext>
  void on_success(const Iter& first, const Iter& last, Attribute& attribute,
                  const AnyContext& context) {
    attribute.span = state(context).span(first, last);
  }
};

// Where the next token begins. A token that is not there reads nothing, not even the blank
// before it, which would become part of the span that ends there.
template <typename Iter, typename AnyContext>
Iter token_begin(Iter first, const Iter& last, const AnyContext& context) {
  x3::skip_over(first, last, context);
  return first;
}

// A token that a scan_ function of tokens.hpp reads: Scan(first, last, state, value) returns
// where it ends.
template <typename Value, typename Scan>
struct Token : x3::parser<Token<Value, Scan>> {
  using attribute_type = Value;
  static constexpr bool has_attribute = true;

  constexpr Token(std::string_view token_what, Scan token_scan)
      : what(token_what), scan(token_scan) {}

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext&,
             Attribute& attribute) const {
    const Iter begin = token_begin(first, last, context);
    Value value{};
    const Iter end = scan(begin, last, state(context), value);
    if (end == begin) {
      state(context).missed(begin, what);
      return false;
    }
    if constexpr (std::is_base_of_v<ast::Located, Value>) {
      value.span = state(context).span(begin, end);
    }
    first = end;
    x3::traits::move_to(std::move(value), attribute);
    return true;
  }

  std::string_view what;
  Scan scan;
};

template <typename Value, typename Scan>
constexpr Token<Value, Scan> token(std::string_view what, Scan scan) {
  return {what, scan};
}

struct Word : x3::parser<Word> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  constexpr explicit Word(std::string_view upper) : word(upper) {}

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext&,
             Attribute&) const {
    const Iter begin = token_begin(first, last, context);
    const Iter end = scan_keyword(begin, last, word);
    if (end == begin) {
      state(context).missed(begin, word);
      return false;
    }
    first = end;
    return true;
  }

  std::string_view word;
};

constexpr Word word(std::string_view upper) { return Word(upper); }

// Punctuation; `quoted` is how a diagnostic shows it: "\"(\"".
struct Mark : x3::parser<Mark> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  constexpr explicit Mark(std::string_view quoted_mark) : quoted(quoted_mark) {}

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext&,
             Attribute&) const {
    const Iter begin = token_begin(first, last, context);
    const auto text = quoted.substr(1, quoted.size() - 2);
    if (static_cast<std::size_t>(last - begin) < text.size() ||
        std::string_view(begin, text.size()) != text) {
      state(context).missed(begin, quoted);
      return false;
    }
    first = begin + text.size();
    return true;
  }

  std::string_view quoted;
};

constexpr Mark mark(std::string_view quoted) { return Mark(quoted); }

struct End : x3::parser<End> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext&,
             Attribute&) const {
    const Iter begin = token_begin(first, last, context);
    if (begin == last) return true;
    state(context).missed(begin, "the end");
    return false;
  }
};
constexpr End end_of_statement{};

// Goes on only where Ahead(first, last) holds, and reads nothing.
template <typename Ahead>
struct If : x3::parser<If<Ahead>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  constexpr explicit If(Ahead is_ahead) : ahead(is_ahead) {}

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext&,
             Attribute&) const {
    return ahead(token_begin(first, last, context), last);
  }

  Ahead ahead;
};

template <typename Ahead>
constexpr If<Ahead> when(Ahead ahead) {
  return If<Ahead>(ahead);
}

// expecting("an expression")[p]: what p misses at its very beginning is called so.
template <typename Subject>
struct Expecting : x3::unary_parser<Subject, Expecting<Subject>> {
  using base = x3::unary_parser<Subject, Expecting<Subject>>;
  static constexpr bool is_pass_through_unary = true;
  static constexpr bool handles_container = Subject::handles_container;

  constexpr Expecting(const Subject& inner, std::string_view as) : base(inner), what(as) {}

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext& rcontext,
             Attribute& attribute) const {
    const ParseState::Group group{state(context), token_begin(first, last, context), what};
    const Iter begin = first;
    if (this->subject.parse(first, last, context, rcontext, attribute)) return true;
    first = begin;  // X3's own parsers leave the blank before what they did not find
    return false;
  }

  std::string_view what;
};

struct ExpectingMaker {
  std::string_view what;
  template <typename Subject>
  constexpr auto operator[](const Subject& inner) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return Expecting<Parser>{x3::as_parser(inner), what};
  }
};

constexpr ExpectingMaker expecting(std::string_view what) { return {what}; }

// nested[p]: p is one bracket deeper.
template <typename Subject>
struct Nested : x3::unary_parser<Subject, Nested<Subject>> {
  using base = x3::unary_parser<Subject, Nested<Subject>>;
  static constexpr bool is_pass_through_unary = true;
  static constexpr bool handles_container = Subject::handles_container;

  constexpr explicit Nested(const Subject& inner) : base(inner) {}

  template <typename Iter, typename AnyContext, typename RContext, typename Attribute>
  bool parse(Iter& first, const Iter& last, const AnyContext& context, RContext& rcontext,
             Attribute& attribute) const {
    const ParseState::Level level{state(context), token_begin(first, last, context)};
    return this->subject.parse(first, last, context, rcontext, attribute);
  }
};

struct NestedMaker {
  template <typename Subject>
  constexpr auto operator[](const Subject& inner) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return Nested<Parser>{x3::as_parser(inner)};
  }
};

constexpr NestedMaker nested{};

// A variable or a function: no reserved word. A label, a type, a key: any word.
constexpr auto variable_name = token<ast::Name>(
    "a name", [](Iterator first, Iterator last, const ParseState& state, ast::Name& name) {
      return scan_name(first, last, false, state, name);
    });
constexpr auto schema_name(std::string_view what) {
  return token<ast::Name>(
      what, [](Iterator first, Iterator last, const ParseState& state, ast::Name& name) {
        return scan_name(first, last, true, state, name);
      });
}
constexpr auto parameter = token<ast::Parameter>(
    "a parameter",
    [](Iterator first, Iterator last, const ParseState& state, ast::Parameter& parameter_out) {
      return scan_parameter(first, last, state, parameter_out.name);
    });
constexpr auto digits = token<std::uint64_t>("a number", scan_digits);

}  // namespace ketnghia::query::grammar
