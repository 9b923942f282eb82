#pragma once

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"

namespace ketnghia::importers {

// Reads bytes as files of these names and aborts where a document breaks the promises of
// reader.hpp; errors are promises kept.
inline void check_reading(std::string_view bytes, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    read_documents_in(bytes, name, {}, [&](const ReadResult& result) {
      if (!result.document) return;
      const auto fault = fault_of(*result.document);
      if (fault.empty()) return;
      std::fprintf(stderr, "%s: %s\n", result.name.c_str(), fault.c_str());
      std::abort();
    });
  }
}

}  // namespace ketnghia::importers
