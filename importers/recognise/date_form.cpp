#include "importers/recognise/date_form.hpp"

#include <algorithm>
#include <charconv>

namespace ketnghia::importers {
namespace {

constexpr std::string_view kBetween = " / ";
constexpr std::string_view kOpen = "..";

std::string write_point(const DatePoint& point) {
  std::string text;
  for (const DateTerm& term : point.terms()) {
    if (!text.empty()) text += ' ';
    text += static_cast<char>(term.key);
    text += std::to_string(term.value);
  }
  return text;
}

DatePoint read_point(std::string_view text) {
  DatePoint point;
  while (!text.empty()) {
    const std::string_view term = text.substr(0, text.find(' '));
    int value = 0;
    std::from_chars(term.data() + 1, term.data() + term.size(), value);
    point.set(static_cast<DateKey>(term.front()), value);
    text.remove_prefix(std::min(term.size() + 1, text.size()));
  }
  return point;
}

}  // namespace

std::optional<int> DatePoint::get(DateKey key) const {
  const auto term = std::find_if(terms_.begin(), terms_.end(),
                                 [key](const DateTerm& each) { return each.key == key; });
  if (term == terms_.end()) return std::nullopt;
  return term->value;
}

void DatePoint::set(DateKey key, int value) {
  const auto term = std::find_if(terms_.begin(), terms_.end(),
                                 [key](const DateTerm& each) { return each.key == key; });
  if (term == terms_.end()) {
    terms_.push_back({key, value});
  } else {
    term->value = value;
  }
}

std::string write_form(const DateForm& form) {
  std::string from = write_point(form.from);
  switch (form.shape) {
    case DateForm::Shape::Point:
      return from;
    case DateForm::Shape::Interval:
      return from.append(kBetween).append(write_point(form.to));
    case DateForm::Shape::Before:
      return std::string{kOpen}.append(kBetween).append(from);
    case DateForm::Shape::After:
      return from.append(kBetween).append(kOpen);
  }
  return from;
}

DateForm read_form(std::string_view text) {
  const auto between = text.find(kBetween);
  if (between == std::string_view::npos) {
    return {DateForm::Shape::Point, read_point(text), {}};
  }
  const std::string_view from = text.substr(0, between);
  const std::string_view to = text.substr(between + kBetween.size());
  if (from == kOpen) return {DateForm::Shape::Before, read_point(to), {}};
  if (to == kOpen) return {DateForm::Shape::After, read_point(from), {}};
  return {DateForm::Shape::Interval, read_point(from), read_point(to)};
}

}  // namespace ketnghia::importers
