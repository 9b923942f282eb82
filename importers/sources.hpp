#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "importers/importer.hpp"
#include "importers/readers/reader.hpp"

namespace ketnghia::importers {

// A file to import and what is said of it beside it.
struct SourceFile {
  std::filesystem::path path;
  std::string name;  // what the document is known by: its path below the folder that was given
  Sidecar sidecar;
  std::uint64_t bytes = 0;
};

// The files that `paths` name: files as they are, folders recursively where read_document()
// knows their extension, in byte order of their names, but for a folder's own README, SOURCES,
// LICENSE, NOTICE and CHANGELOG. A sidecar is NAME.meta.json beside the
// file (published, source, url, title, genre) or its row in the folder's manifest.tsv (a header
// line names the columns, one of them `file`); `given` wins over both. What cannot be read or is
// no document is told in `report`.
std::vector<SourceFile> collect_sources(const std::vector<std::filesystem::path>& paths,
                                        const Sidecar& given, ImportReport& report);

}  // namespace ketnghia::importers
