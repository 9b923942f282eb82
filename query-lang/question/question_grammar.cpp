#include <string>

#include "query-lang/query_error.hpp"
#include "query-lang/question/question_ast.hpp"
#include "query-lang/question/question_def.hpp"

namespace ketnghia::query {
namespace {

namespace grammar = question_grammar;
namespace x3 = boost::spirit::x3;

constexpr std::size_t kNearest = 3;

// A question longer than this is a mistake; the bound keeps name look-ups few.
constexpr std::size_t kMaxWords = 200;

Span span_at(std::string_view text, grammar::Iterator at, grammar::Iterator last) {
  if (at != last) return at->span;
  const auto end = static_cast<std::uint32_t>(text.size());
  return {end, end};
}

[[noreturn]] void fail(std::string_view text, grammar::Iterator at, grammar::Iterator last,
                       std::string expected) {
  Diagnostic diagnostic;
  diagnostic.span = span_at(text, at, last);
  diagnostic.code = "UnexpectedWord";
  diagnostic.message =
      at == last ? "The question ends too early" : "“" + at->text + "” is not understood here";
  diagnostic.expected = std::move(expected);
  if (at != last) diagnostic.nearest = Keywords::instance().nearest(at, last, kNearest);
  throw QueryError(std::move(diagnostic));
}

}  // namespace

Question parse_question(std::string_view text, const KnownName& known) {
  const auto tokens = tokenise(text);
  const auto* const begin = tokens.data();
  const auto* const last = begin + tokens.size();
  if (tokens.empty()) fail(text, last, last, "a question");
  if (tokens.size() > kMaxWords) {
    fail(text, begin + kMaxWords, last, "a question of at most 200 words");
  }

  const auto parse = [&](const auto& rule, Question& question) {
    grammar::State state{text, known, question};
    const auto with_state = x3::with<grammar::StateTag>(std::ref(state))[rule];
    auto at = begin;
    try {
      x3::parse(at, last, with_state);
    } catch (const x3::expectation_failure<grammar::Iterator>& failure) {
      fail(text, failure.where(), last, failure.which());
    }
    return at;
  };

  Question holding;
  if (parse(grammar::holding, holding) == last && !holding.elements.empty()) return holding;
  Question question;
  const auto* const at = parse(+grammar::clause, question);
  if (at != last) {
    fail(text, at, last,
         question.elements.empty()
             ? "what is asked for: units, cities, who, agreements, events, fields, timeline, …"
             : "a clause: with, between, from, to, of, about, in, since, met, signed, … and a name "
               "or a date");
  }
  return question;
}

}  // namespace ketnghia::query
