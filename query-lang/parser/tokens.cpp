#include "query-lang/parser/tokens.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/text/utf8.hpp"

namespace ketnghia::query {
namespace {

struct Character {
  UChar32 value;  // negative where the bytes are no UTF-8
  Iterator end;
};

Character character_at(Iterator first, Iterator last) {
  const auto point = code_point_at({first, static_cast<std::size_t>(last - first)}, 0);
  return {point.well_formed ? static_cast<UChar32>(point.value) : -1, first + point.size};
}

bool starts_name(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_ID_START) || u_charType(c) == U_CONNECTOR_PUNCTUATION;
}
bool continues_name(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_ID_CONTINUE); }

bool name_goes_on(Iterator first, Iterator last) {
  return first != last && continues_name(character_at(first, last).value);
}

// Words that cannot name a variable or a function without backticks. openCypher reserves more
// (SCALAR, OF, ADD …) for statements we do not have: those stay free.
constexpr std::array<std::string_view, 41> kReserved{
    "ALL",    "AND",      "AS",         "ASC",    "ASCENDING", "CASE",   "CONTAINS", "CREATE",
    "DELETE", "DESC",     "DESCENDING", "DETACH", "DISTINCT",  "ELSE",   "END",      "ENDS",
    "EXISTS", "FALSE",    "IN",         "IS",     "LIMIT",     "MATCH",  "MERGE",    "NOT",
    "NULL",   "OPTIONAL", "OR",         "ORDER",  "REMOVE",    "RETURN", "SET",      "SKIP",
    "STARTS", "THEN",     "TRUE",       "UNION",  "UNWIND",    "WHEN"};

constexpr std::array<std::string_view, 10> kForeign{
    "CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "FOREACH", "LOAD", "DROP", "INSERT"};

bool same_word(std::string_view text, std::string_view upper) {
  return text.size() == upper.size() &&
         std::equal(text.begin(), text.end(), upper.begin(), [](char a, char b) {
           return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
         });
}

bool is_reserved(std::string_view word) {
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](std::string_view other) { return same_word(word, other); });
}

Iterator plain_name_end(Iterator first, Iterator last) {
  if (first == last) return first;
  auto next = character_at(first, last);
  if (!starts_name(next.value)) return first;
  while (next.end != last) {
    const auto after = character_at(next.end, last);
    if (!continues_name(after.value)) break;
    next = after;
  }
  return next.end;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Iterator digits_end(Iterator first, Iterator last) {
  return std::find_if_not(first, last, is_digit);
}

[[noreturn]] void bad_number(Iterator first, Iterator last, const ParseState& state) {
  Iterator end = first;
  while (end != last && (name_goes_on(end, last) || *end == '.')) end = character_at(end, last).end;
  state.fail(first, std::max(end, first + 1), "InvalidNumberLiteral", "this is no number",
             "a number such as 42, 0x2A, 0o52, 3.5 or 1e3");
}

// The end of what stands in quotes, backticks or brackets at `first`; `last` where it is open.
Iterator quoted_end(Iterator first, Iterator last) {
  const char quote = *first;
  for (++first; first != last; ++first) {
    if (*first == '\\' && quote != '`' && first + 1 != last) {
      ++first;
    } else if (*first == quote) {
      return first + 1;
    }
  }
  return last;
}

Iterator bracket_end(Iterator first, Iterator last) {
  int depth = 0;
  while (first != last) {
    const Iterator after = skip_blank(first, last);
    if (after != first) {
      first = after;
      continue;
    }
    switch (*first) {
      case '\'':
      case '"':
      case '`':
        first = quoted_end(first, last);
        continue;
      case '{':
      case '(':
      case '[':
        ++depth;
        break;
      case '}':
      case ')':
      case ']':
        if (--depth == 0) return first + 1;
        break;
      default:
        break;
    }
    ++first;
  }
  return last;
}

Iterator any_name_end(Iterator first, Iterator last) {
  if (first != last && *first == '`') return quoted_end(first, last);
  return plain_name_end(first, last);
}

// The escape behind a backslash at `first`.
Iterator scan_escape(Iterator first, Iterator last, const ParseState& state, std::string& value) {
  const auto hex = [&](std::ptrdiff_t digits) {
    std::uint32_t code = 0;
    const Iterator begin = first + 2;
    const Iterator end = last - begin < digits ? last : begin + digits;
    const auto read = std::from_chars(begin, end, code, 16);
    if (end - begin != digits || read.ptr != end || code > 0x10FFFF ||
        (code >= 0xD800 && code < 0xE000)) {
      state.fail(first, std::min(end, last), "InvalidUnicodeLiteral", "this names no character",
                 "\\u with four or \\U with eight hexadecimal digits");
    }
    append_utf8(value, code);
    return end;
  };
  if (first + 1 == last) return last;
  switch (first[1]) {
    case 'u':
      return hex(4);
    case 'U':
      return hex(8);
    case 'n':
      value += '\n';
      break;
    case 't':
      value += '\t';
      break;
    case 'r':
      value += '\r';
      break;
    case 'b':
      value += '\b';
      break;
    case 'f':
      value += '\f';
      break;
    case '\\':
    case '\'':
    case '"':
    case '`':
    case '/':
      value += first[1];
      break;
    default:
      state.fail(first, first + 2, "UnexpectedSyntax", "there is no such escape",
                 "\\n, \\t, \\r, \\b, \\f, \\\\, \\', \\\", \\uXXXX or \\UXXXXXXXX");
  }
  return first + 2;
}

// Whether a node pattern begins at `first` and a relationship follows it.
bool pattern_ahead(Iterator first, Iterator last) {
  const auto at = [&](char c) { return first != last && *first == c; };
  const auto step = [&](Iterator to) { first = skip_blank(to, last); };
  if (!at('(')) return false;
  step(first + 1);
  step(any_name_end(first, last));
  while (at(':')) {
    step(first + 1);
    const Iterator end = any_name_end(first, last);
    if (end == first) return false;
    step(end);
  }
  if (at('{')) {
    step(bracket_end(first, last));
  } else if (at('$')) {
    step(any_name_end(first + 1, last));
  }
  if (!at(')')) return false;
  step(first + 1);
  if (at('<')) {
    step(first + 1);
    if (!at('-')) return false;
  }
  if (!at('-')) return false;
  step(first + 1);
  if (at('[')) return true;
  // `(x) - -1` is a difference.
  if (!at('-')) return false;
  step(first + 1);
  if (at('>')) step(first + 1);
  return at('(');
}

}  // namespace

Iterator skip_blank(Iterator first, Iterator last) {
  while (first != last) {
    const auto next = character_at(first, last);
    if (u_isUWhiteSpace(next.value) || (next.value >= 0x1C && next.value <= 0x1F)) {
      first = next.end;
    } else if (next.value == '/' && last - first > 1 && first[1] == '/') {
      first = std::find(first, last, '\n');
    } else if (next.value == '/' && last - first > 1 && first[1] == '*') {
      constexpr std::string_view kEnd = "*/";
      const auto end = std::search(first + 2, last, kEnd.begin(), kEnd.end());
      first = end == last ? last : end + 2;
    } else {
      break;
    }
  }
  return first;
}

Iterator scan_keyword(Iterator first, Iterator last, std::string_view word) {
  const auto size = static_cast<std::ptrdiff_t>(word.size());
  if (last - first < size || !same_word({first, word.size()}, word)) return first;
  return name_goes_on(first + size, last) ? first : first + size;
}

Iterator scan_name(Iterator first, Iterator last, bool reserved, const ParseState& state,
                   ast::Name& name) {
  if (first == last) return first;
  Iterator end = first;
  if (*first == '`') {
    name.text.clear();
    for (Iterator at = first + 1;; ++at) {
      if (at == last) {
        state.fail(first, last, "UnexpectedSyntax", "this name in backticks has no end", "`");
      }
      if (*at != '`') {
        name.text += *at;
      } else if (at + 1 != last && at[1] == '`') {
        name.text += *at++;
      } else {
        end = at + 1;
        break;
      }
    }
  } else {
    end = plain_name_end(first, last);
    const std::string_view word{first, static_cast<std::size_t>(end - first)};
    if (word.empty() || (!reserved && is_reserved(word))) return first;
    name.text = word;
  }
  name.span = state.span(first, end);
  return end;
}

Iterator scan_float(Iterator first, Iterator last, const ParseState& state, double& value) {
  Iterator end = digits_end(first, last);
  bool is_float = false;
  if (end != last && *end == '.' && end + 1 != last && is_digit(end[1])) {
    end = digits_end(end + 1, last);
    is_float = true;
  }
  if (end != first && end != last && (*end == 'e' || *end == 'E')) {
    Iterator exponent = end + 1;
    if (exponent != last && (*exponent == '+' || *exponent == '-')) ++exponent;
    if (exponent != last && is_digit(*exponent)) {
      end = digits_end(exponent, last);
      is_float = true;
    }
  }
  if (!is_float) return first;
  if (name_goes_on(end, last)) bad_number(first, last, state);
  const auto read = std::from_chars(first, end, value);
  if (read.ec == std::errc::result_out_of_range) {
    // Too small is zero; only too large is an error. from_chars does not tell the two apart.
    value = std::strtod(std::string(first, end).c_str(), nullptr);
    if (std::isinf(value)) {
      state.fail(first, end, "FloatingPointOverflow", "this number is too large for a float");
    }
  }
  return end;
}

Iterator scan_integer(Iterator first, Iterator last, const ParseState& state,
                      std::uint64_t& magnitude) {
  if (first == last || !is_digit(*first)) return first;
  int base = 10;
  Iterator begin = first;
  if (*first == '0' && last - first > 1 && (first[1] == 'x' || first[1] == 'X')) {
    base = 16;
    begin += 2;
  } else if (*first == '0' && last - first > 1 && (first[1] == 'o' || first[1] == 'O')) {
    base = 8;
    begin += 2;
  }
  const auto read = std::from_chars(begin, last, magnitude, base);
  if (read.ptr == begin || name_goes_on(read.ptr, last)) bad_number(first, last, state);
  if (read.ec == std::errc::result_out_of_range || magnitude > std::uint64_t{1} << 63) {
    state.fail(first, read.ptr, "IntegerOverflow", "this number is too large for an integer",
               "a number from -9223372036854775808 to 9223372036854775807");
  }
  return read.ptr;
}

Iterator scan_digits(Iterator first, Iterator last, const ParseState& state, std::uint64_t& value) {
  if (first == last || !is_digit(*first)) return first;
  const auto read = std::from_chars(first, last, value);
  if (read.ec == std::errc::result_out_of_range) {
    state.fail(first, read.ptr, "IntegerOverflow", "this number is too large for an integer");
  }
  return read.ptr;
}

Iterator scan_string(Iterator first, Iterator last, const ParseState& state, std::string& value) {
  if (first == last || (*first != '\'' && *first != '"')) return first;
  value.clear();
  for (Iterator at = first + 1; at != last;) {
    if (*at == *first) return at + 1;
    if (*at == '\\') {
      at = scan_escape(at, last, state, value);
    } else {
      value += *at++;
    }
  }
  state.fail(first, last, "UnexpectedSyntax", "this string has no end", std::string_view(first, 1));
}

Iterator scan_parameter(Iterator first, Iterator last, const ParseState& state, std::string& name) {
  if (first == last || *first != '$') return first;
  const Iterator begin = first + 1;
  if (const Iterator end = digits_end(begin, last); end != begin && !name_goes_on(end, last)) {
    name.assign(begin, end);
    return end;
  }
  ast::Name read;
  const Iterator end = scan_name(begin, last, true, state, read);
  if (end == begin) {
    state.fail(first, begin, "UnexpectedSyntax", "a parameter has a name", "a name after $");
  }
  name = std::move(read.text);
  return end;
}

Iterator scan_function_name(Iterator first, Iterator last, const ParseState& state,
                            ast::Name& name) {
  if (const Iterator end = scan_keyword(first, last, "EXISTS"); end != first) {
    name.text = "exists";
    return end;
  }
  Iterator end = scan_name(first, last, false, state, name);
  while (end != first) {
    const Iterator dot = skip_blank(end, last);
    if (dot == last || *dot != '.') break;
    ast::Name part;
    const Iterator begin = skip_blank(dot + 1, last);
    const Iterator part_end = scan_name(begin, last, true, state, part);
    if (part_end == begin) break;
    name.text += "." + part.text;
    end = part_end;
  }
  return end;
}

bool path_pattern_ahead(Iterator first, Iterator last) {
  for (const std::string_view shortest : {"SHORTESTPATH", "ALLSHORTESTPATHS"}) {
    const Iterator end = scan_keyword(first, last, shortest);
    const Iterator bracket = skip_blank(end, last);
    if (end != first && bracket != last && *bracket == '(') return true;
  }
  return pattern_ahead(first, last);
}

bool comprehension_ahead(Iterator first, Iterator last) {
  if (first == last || *first != '[') return false;
  first = skip_blank(first + 1, last);
  const Iterator name = any_name_end(first, last);
  const Iterator equals = skip_blank(name, last);
  if (name != first && equals != last && *equals == '=') first = skip_blank(equals + 1, last);
  return pattern_ahead(first, last);
}

bool call_ahead(Iterator first, Iterator last) {
  for (;;) {
    const Iterator name = any_name_end(first, last);
    if (name == first) return false;
    first = skip_blank(name, last);
    if (first == last) return false;
    if (*first == '(') return true;
    if (*first != '.') return false;
    first = skip_blank(first + 1, last);
  }
}

bool map_projection_ahead(Iterator first, Iterator last) {
  const Iterator name = any_name_end(first, last);
  const Iterator brace = skip_blank(name, last);
  return name != first && brace != last && *brace == '{';
}

bool exists_ahead(Iterator first, Iterator last) {
  const Iterator end = scan_keyword(first, last, "EXISTS");
  const Iterator brace = skip_blank(end, last);
  return end != first && brace != last && *brace == '{';
}

bool path_name_ahead(Iterator first, Iterator last) {
  const Iterator end = any_name_end(first, last);
  const Iterator mark = skip_blank(end, last);
  return end != first && mark != last && *mark == '=';
}

bool clause_ahead(Iterator first, Iterator last) {
  const auto here = [&](std::string_view word) { return scan_keyword(first, last, word) != first; };
  return here("MATCH") || here("OPTIONAL") || here("UNWIND") || here("WITH") || here("RETURN") ||
         here("CALL") || std::any_of(kForeign.begin(), kForeign.end(), here);
}

void refuse_foreign_clause(Iterator first, Iterator last, const ParseState& state) {
  for (const auto word : kForeign) {
    const Iterator end = scan_keyword(first, last, word);
    if (end == first) continue;
    state.fail(
        first, end, "InvalidClauseComposition",
        std::string(word) +
            " is no part of the language, which only reads: graphs come in by import and load",
        "MATCH, OPTIONAL MATCH, UNWIND, CALL, WITH or RETURN");
  }
}

const std::vector<std::string>& keywords() {
  static const std::vector<std::string> kWords{
      "MATCH",    "OPTIONAL", "WHERE", "WITH", "UNWIND", "RETURN", "ORDER", "BY",
      "SKIP",     "LIMIT",    "UNION", "ALL",  "AS",     "ASC",    "DESC",  "AND",
      "OR",       "XOR",      "NOT",   "IN",   "STARTS", "ENDS",   "IS",    "CONTAINS",
      "CASE",     "WHEN",     "THEN",  "ELSE", "END",    "EXISTS", "NULL",  "COLLATE",
      "DISTINCT", "TRUE",     "FALSE", "CALL", "YIELD"};
  return kWords;
}

}  // namespace ketnghia::query
