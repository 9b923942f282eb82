#include "query-lang/console/messages.hpp"

#include <charconv>
#include <stdexcept>

#include "console_tables.hpp"

namespace ketnghia::console {
namespace {

// The text of `key`. The table is read where it lies: a program that says nothing pays nothing.
std::string_view find(std::string_view key, Language language) {
  for (std::string_view rest = embedded::messages_tsv(); !rest.empty();) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (!line.starts_with(key) || line.size() == key.size() || line[key.size()] != '\t') continue;
    line.remove_prefix(key.size() + 1);
    const std::size_t tab = line.find('\t');
    return language == Language::English ? line.substr(0, tab) : line.substr(tab + 1);
  }
  throw std::logic_error("messages.tsv has no row " + std::string(key));
}

// A piece of a message, in which \n of the table is a line break.
void append_piece(std::string& said, std::string_view piece) {
  for (std::size_t at = 0; at < piece.size(); ++at) {
    const bool line_break = piece.substr(at, 2) == "\\n";
    said += line_break ? '\n' : piece[at];
    at += line_break ? 1 : 0;
  }
}

std::string grouped(long long number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3 + (number < 0 ? 1U : 0U);) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

std::optional<Language> language_named(std::string_view name) {
  if (name == "en") return Language::English;
  if (name == "vi") return Language::Vietnamese;
  return std::nullopt;
}

Filling::Filling(long long number, int) : text_(grouped(number)), one_(number == 1) {}

std::string Messages::operator()(std::string_view key,
                                 std::initializer_list<Filling> fillings) const {
  std::string_view text = find(key, language_);
  std::string said;
  while (!text.empty()) {
    const std::size_t brace = text.find('{');
    append_piece(said, text.substr(0, brace));
    if (brace == text.npos) break;
    if (brace + 1 == text.size() || text[brace + 1] < '0' || text[brace + 1] > '9') {
      said += '{';
      text.remove_prefix(brace + 1);
      continue;
    }
    const std::size_t close = text.find('}', brace);
    if (close == text.npos) throw std::logic_error("an open brace in " + std::string(key));
    const std::string_view place = text.substr(brace + 1, close - brace - 1);
    text.remove_prefix(close + 1);
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(place.data(), place.data() + place.size(), number);
    if (fault != std::errc{} || number >= fillings.size()) {
      throw std::logic_error("a place without a filling in " + std::string(key));
    }
    const Filling& filling = fillings.begin()[number];
    const std::string_view forms = place.substr(static_cast<std::size_t>(end - place.data()));
    if (forms.empty()) {
      said += filling.text();
      continue;
    }
    const std::size_t bar = forms.find('|');
    said += filling.one() ? forms.substr(1, bar - 1) : forms.substr(bar + 1);
  }
  return said;
}

}  // namespace ketnghia::console
