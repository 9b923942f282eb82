#include "query-lang/console/failure.hpp"

#include <ostream>

#include "engine/text/utf8.hpp"
#include "query-lang/console/json_text.hpp"
#include "query-lang/diagnostics_vi.hpp"

namespace ketnghia::console {
namespace {

std::string_view name_of(StoreError::Kind kind) {
  switch (kind) {
    case StoreError::Kind::NotFound:
      return "NotFound";
    case StoreError::Kind::Corrupt:
      return "Corrupt";
    case StoreError::Kind::Full:
      return "Full";
    case StoreError::Kind::Locked:
      return "Locked";
    case StoreError::Kind::ReadOnly:
      return "ReadOnly";
    case StoreError::Kind::WrongVersion:
      return "WrongVersion";
    case StoreError::Kind::Input:
      return "Input";
    case StoreError::Kind::Io:
      return "Io";
  }
  return "";
}

}  // namespace

int tell(const query::QueryError& error, std::string_view statement, bool json, Context& context) {
  const query::Diagnostic& diagnostic = error.diagnostic();
  if (diagnostic.code == "Cancelled") {
    context.err << context.say("error.interrupted") << '\n';
    return kInterruptedExit;
  }
  if (!json) {
    const std::string shown = context.say.language() == Language::Vietnamese
                                  ? query::render_vietnamese(diagnostic, statement)
                                  : query::render(diagnostic, statement);
    context.err << red(context.err_terminal, context.say("error")) << ": " << shown
                << (shown.ends_with('\n') ? "" : "\n");
    return kFaultyStatement;
  }
  const query::Diagnostic said = context.say.language() == Language::Vietnamese
                                     ? query::in_vietnamese(diagnostic)
                                     : diagnostic;
  std::string line = R"({"error":{"kind":)";
  line += json_string(diagnostic.kind) + R"(,"code":)" + json_string(diagnostic.code);
  line += R"(,"message":)" + json_string(said.message);
  const Position place = position(statement, diagnostic.span.begin);
  line += R"(,"line":)" + std::to_string(place.line);
  line += R"(,"column":)" + std::to_string(place.column);
  line += R"(,"expected":)" + json_string(said.expected) + R"(,"nearest":[)";
  for (const std::string& name : diagnostic.nearest) {
    line += (line.ends_with('[') ? "" : ",") + json_string(name);
  }
  context.err << line << "]}}\n";
  return kFaultyStatement;
}

int tell(const Error& error, bool json, Context& context) {
  if (!json) {
    context.err << red(context.err_terminal, context.say("error")) << ": " << error.what() << '\n';
    return kFailed;
  }
  const auto* store = dynamic_cast<const StoreError*>(&error);
  context.err << R"({"error":{"kind":)" << json_string(store ? "StoreError" : "Error")
              << R"(,"code":)" << json_string(store ? name_of(store->kind()) : "")
              << R"(,"message":)" << json_string(error.what()) << "}}\n";
  return kFailed;
}

}  // namespace ketnghia::console
