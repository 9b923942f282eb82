#include "query-lang/console/ask.hpp"

#include "query-lang/console/coverage.hpp"
#include "query-lang/console/failure.hpp"

namespace ketnghia::console {

Asking asking_of(const Arguments& arguments, Context& context) {
  constexpr std::uint64_t kMostSeconds = 7 * 24 * 3600;
  constexpr std::uint64_t kMostMegabytes = 1 << 20;
  Asking asking;
  asking.manner = manner_of(arguments, context);
  asking.silent = arguments.has("silent");
  asking.bounds.cancelled = &interrupted();
  asking.bounds.least_confidence = arguments.share("min-confidence").value_or(0.0F);
  if (const auto seconds = arguments.number("timeout", 1, kMostSeconds)) {
    asking.bounds.timeout = std::chrono::seconds(*seconds);
  }
  if (const auto megabytes = arguments.number("memory", 1, kMostMegabytes)) {
    asking.bounds.memory = std::size_t{*megabytes} << 20;
  }
  return asking;
}

int ask(const Snapshot& snapshot, std::string_view statement, const Asking& asking,
        Context& context) {
  const bool json = asking.manner.format == Format::Json;
  catch_interrupt();
  try {
    const query::Result result = query::run(snapshot, statement, asking.bounds);
    write_answer(snapshot, result, asking.manner, context);
    if (asking.silent || (result.rows.empty() && result.meaning.question)) {
      tell_coverage(snapshot, result.meaning, result.rows.empty(), asking.silent, context);
    }
    return kDone;
  } catch (const query::QueryError& error) {
    return tell(error, statement, json, context);
  } catch (const Error& error) {
    return tell(error, json, context);
  }
}

}  // namespace ketnghia::console
