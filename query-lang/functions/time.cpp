#include <array>
#include <cstdio>
#include <optional>

#include "engine/text/edtf.hpp"
#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

// A date in the notation of MODEL.md, or a year as a number. Nothing where it is none: then the
// functions are null.
std::optional<Edtf> date_of(const CallContext& context, const RuntimeValue& argument) {
  if (const auto* year = std::get_if<std::int64_t>(&argument.data)) {
    return parse_edtf(std::to_string(*year));
  }
  return parse_edtf(text_argument(context, argument));
}

RuntimeValue day_text(std::optional<DayNumber> day) {
  if (!day) return {};
  const CivilDay civil = civil_day(*day);
  std::array<char, 32> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", civil.year,
                                 civil.month, civil.day);
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

RuntimeValue within(const CallContext& context, Arguments arguments) {
  const auto when = date_of(context, arguments[0]);
  const auto period = date_of(context, arguments[1]);
  if (!when || !period) return {};
  return fit(*when, *period) == Fit::Certainly;
}

RuntimeValue overlaps(const CallContext& context, Arguments arguments) {
  const auto when = date_of(context, arguments[0]);
  const auto period = date_of(context, arguments[1]);
  if (!when || !period) return {};
  return overlap(*when, *period);
}

RuntimeValue start(const CallContext& context, Arguments arguments) {
  const auto when = date_of(context, arguments[0]);
  return when ? day_text(when->first) : RuntimeValue();
}

RuntimeValue finish(const CallContext& context, Arguments arguments) {
  const auto when = date_of(context, arguments[0]);
  return when ? day_text(when->last) : RuntimeValue();
}

RuntimeValue year(const CallContext& context, Arguments arguments) {
  const auto when = date_of(context, arguments[0]);
  if (!when || !when->first) return {};
  return static_cast<std::int64_t>(civil_day(*when->first).year);
}

RuntimeValue month(const CallContext& context, Arguments arguments) {
  const auto when = date_of(context, arguments[0]);
  if (!when || !when->month) return {};
  return static_cast<std::int64_t>(*when->month);
}

constexpr Accepts kDate = kString | kInteger;

Function of_date(std::string_view name, Type result,
                 RuntimeValue (*run)(const CallContext&, Arguments), std::string_view doc) {
  return {.name = name,
          .least = 1,
          .most = 1,
          .parameters = {kDate},
          .result = std::move(result),
          .run = run,
          .doc = doc};
}

const std::array<Function, 6> kFunctions{{
    {.name = "within",
     .least = 2,
     .most = 2,
     .parameters = {kDate},
     .result = BaseType::Boolean,
     .run = within,
     .doc = "within(x.when, '2024'): whether all of the time certainly lies in the period"},
    {.name = "overlaps",
     .least = 2,
     .most = 2,
     .parameters = {kDate},
     .result = BaseType::Boolean,
     .run = overlaps,
     .doc = "overlaps(x.when, '2022/2025'): whether the two can share a day"},
    of_date("start", BaseType::String, start,
            "start(w): the first day of a time; null where it is open or unknown"),
    of_date("finish", BaseType::String, finish,
            "finish(w): the last day of a time; null where it is open or unknown"),
    of_date("year", BaseType::Integer, year, "year(w): the year in which a time begins"),
    of_date("month", BaseType::Integer, month,
            "month(w): the month in which a time begins, 1 to 12"),
}};

}  // namespace

std::span<const Function> time_functions() { return kFunctions; }

}  // namespace ketnghia::query
