#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "query-lang/functions/families.hpp"

namespace ketnghia::query {
namespace {

template <double (*Of)(double)>
RuntimeValue real(const CallContext& context, Arguments arguments) {
  return Of(number_argument(context, arguments[0]));
}

double cotangent(double x) { return 1 / std::tan(x); }
double to_degrees(double x) { return x * 180 / std::numbers::pi; }
double to_radians(double x) { return x * std::numbers::pi / 180; }
double half_versine(double x) { return (1 - std::cos(x)) / 2; }
// Halves go up, as openCypher rounds: round(-1.5) is -1.
double round_half_up(double x) { return std::floor(x + 0.5); }

RuntimeValue absolute(const CallContext& context, Arguments arguments) {
  const auto* integer = std::get_if<std::int64_t>(&arguments[0].data);
  if (integer == nullptr) return std::abs(number_argument(context, arguments[0]));
  if (*integer == std::numeric_limits<std::int64_t>::min()) {
    context.fail("ArithmeticError", "IntegerOverflow", "the result is too large for an integer");
  }
  return *integer < 0 ? -*integer : *integer;
}

RuntimeValue sign(const CallContext& context, Arguments arguments) {
  const double number = number_argument(context, arguments[0]);
  return std::int64_t{number > 0} - std::int64_t{number < 0};
}

RuntimeValue arc_tangent(const CallContext& context, Arguments arguments) {
  return std::atan2(number_argument(context, arguments[0]), number_argument(context, arguments[1]));
}

RuntimeValue random_number(const CallContext&, Arguments) {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(engine);
}

RuntimeValue e(const CallContext&, Arguments) { return std::numbers::e; }
RuntimeValue pi(const CallContext&, Arguments) { return std::numbers::pi; }

Function unary(std::string_view name, RuntimeValue (*run)(const CallContext&, Arguments),
               std::string_view doc) {
  return {.name = name,
          .least = 1,
          .most = 1,
          .parameters = {kNumber},
          .result = BaseType::Float,
          .run = run,
          .doc = doc};
}

double ceiling(double x) { return std::ceil(x); }
double floor_of(double x) { return std::floor(x); }
double square_root(double x) { return std::sqrt(x); }
double exponential(double x) { return std::exp(x); }
double logarithm(double x) { return std::log(x); }
double logarithm10(double x) { return std::log10(x); }
double sine(double x) { return std::sin(x); }
double cosine(double x) { return std::cos(x); }
double tangent(double x) { return std::tan(x); }
double arc_sine(double x) { return std::asin(x); }
double arc_cosine(double x) { return std::acos(x); }
double arc_tangent_of(double x) { return std::atan(x); }

const std::array<Function, 23> kFunctions{{
    {.name = "abs",
     .least = 1,
     .most = 1,
     .parameters = {kNumber},
     .result = BaseType::Number,
     .run = absolute,
     .doc = "abs(x): without its sign"},
    {.name = "sign",
     .least = 1,
     .most = 1,
     .parameters = {kNumber},
     .result = BaseType::Integer,
     .run = sign,
     .doc = "sign(x): -1, 0 or 1"},
    {.name = "atan2",
     .least = 2,
     .most = 2,
     .parameters = {kNumber},
     .result = BaseType::Float,
     .run = arc_tangent,
     .doc = "atan2(y, x): the angle of a point, in radians"},
    {.name = "rand",
     .least = 0,
     .most = 0,
     .parameters = {},
     .result = BaseType::Float,
     .constant = false,
     .run = random_number,
     .doc = "rand(): a random number from 0 to below 1"},
    {.name = "e",
     .least = 0,
     .most = 0,
     .parameters = {},
     .result = BaseType::Float,
     .run = e,
     .doc = "e(): 2.718…"},
    {.name = "pi",
     .least = 0,
     .most = 0,
     .parameters = {},
     .result = BaseType::Float,
     .run = pi,
     .doc = "pi(): 3.141…"},
    unary("ceil", real<ceiling>, "ceil(x): the next whole number up, as a float"),
    unary("floor", real<floor_of>, "floor(x): the next whole number down, as a float"),
    unary("round", real<round_half_up>, "round(x): the nearest whole number, as a float"),
    unary("sqrt", real<square_root>, "sqrt(x): the square root"),
    unary("exp", real<exponential>, "exp(x): e to the power of x"),
    unary("log", real<logarithm>, "log(x): the natural logarithm"),
    unary("log10", real<logarithm10>, "log10(x): the decimal logarithm"),
    unary("sin", real<sine>, "sin(x): of an angle in radians"),
    unary("cos", real<cosine>, "cos(x): of an angle in radians"),
    unary("tan", real<tangent>, "tan(x): of an angle in radians"),
    unary("cot", real<cotangent>, "cot(x): of an angle in radians"),
    unary("asin", real<arc_sine>, "asin(x): in radians"),
    unary("acos", real<arc_cosine>, "acos(x): in radians"),
    unary("atan", real<arc_tangent_of>, "atan(x): in radians"),
    unary("degrees", real<to_degrees>, "degrees(x): of radians"),
    unary("radians", real<to_radians>, "radians(x): of degrees"),
    unary("haversin", real<half_versine>, "haversin(x): half the versed sine"),
}};

}  // namespace

std::span<const Function> math_functions() { return kFunctions; }

}  // namespace ketnghia::query
