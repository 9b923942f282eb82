#include "importers/sources.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>

namespace ketnghia::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.tsv";
constexpr std::string_view kSidecarEnding = ".meta.json";

std::optional<std::string>* field(Sidecar& sidecar, std::string_view name) {
  if (name == "published") return &sidecar.published;
  if (name == "source") return &sidecar.source;
  if (name == "url") return &sidecar.url;
  if (name == "title") return &sidecar.title;
  if (name == "genre") return &sidecar.genre;
  return nullptr;
}

void merge(Sidecar& into, const Sidecar& stronger) {
  for (const char* name : {"published", "source", "url", "title", "genre"}) {
    const auto& value = *field(const_cast<Sidecar&>(stronger), name);
    if (value) *field(into, name) = value;
  }
}

std::vector<std::string> split_tabs(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  return cells;
}

Sidecar read_json_sidecar(const fs::path& path) {
  Sidecar sidecar;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.load(path.string()).get(object) != simdjson::SUCCESS) {
    throw ImportError(path.string(), "",
                      "is no JSON object; it needs {\"published\": \"2024-05-16\", …}");
  }
  for (const auto& [key, value] : object) {
    auto* slot = field(sidecar, key);
    std::string_view text;
    if (!slot) {
      throw ImportError(path.string(), std::string(key),
                        "is not known here; known are published, source, url, title, genre");
    }
    if (value.get(text) != simdjson::SUCCESS) {
      throw ImportError(path.string(), std::string(key), "must be a string");
    }
    *slot = std::string(text);
  }
  return sidecar;
}

using Manifest = std::map<std::string, Sidecar>;  // by file name

Manifest read_manifest(const fs::path& path) {
  Manifest manifest;
  std::ifstream in(path);
  std::string line;
  std::vector<std::string> columns;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const std::vector<std::string> cells = split_tabs(line);
    const std::string place = "line " + std::to_string(number);
    if (columns.empty()) {
      columns = cells;
      if (std::find(columns.begin(), columns.end(), "file") == columns.end()) {
        throw ImportError(path.string(), place,
                          "the first line must name the columns, one of them `file`");
      }
      continue;
    }
    std::string file;
    Sidecar sidecar;
    for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
      if (columns[i] == "file") {
        file = cells[i];
      } else if (auto* slot = field(sidecar, columns[i]); !slot) {
        throw ImportError(path.string(), "line 1", "column " + columns[i] + " is not known here");
      } else if (!cells[i].empty()) {
        *slot = cells[i];
      }
    }
    manifest[file] = std::move(sidecar);
  }
  return manifest;
}

// "README.md", "SOURCES.md": what a folder says of itself. Named on the command line it is read.
bool is_note(const fs::path& path) {
  constexpr std::array<std::string_view, 5> kNotes{"README", "SOURCES", "LICENSE", "NOTICE",
                                                   "CHANGELOG"};
  return std::find(kNotes.begin(), kNotes.end(), path.stem().string()) != kNotes.end();
}

class Collector {
 public:
  Collector(const Sidecar& given, ImportReport& report) : given_(given), report_(report) {}

  void add(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error || !fs::exists(status)) {
      fail(path, error && error != std::errc::no_such_file_or_directory
                     ? error.message()
                     : "there is no such file or folder");
    } else if (fs::is_directory(status)) {
      folder(path);
    } else if (fs::is_regular_file(status)) {
      file(path, path.filename().string());
    } else {
      fail(path, "is neither a file nor a folder");
    }
  }

  std::vector<SourceFile> take() {
    std::sort(files_.begin(), files_.end(), [](const SourceFile& a, const SourceFile& b) {
      return std::tie(a.name, a.path) < std::tie(b.name, b.path);
    });
    // One name, two files: the second would replace the first. Their folders tell them apart.
    for (std::size_t i = 0; i + 1 < files_.size(); ++i) {
      if (files_[i].name == files_[i + 1].name && files_[i].path != files_[i + 1].path) {
        files_[i + 1].name = files_[i + 1].path.lexically_normal().string();
      }
    }
    const auto twice =
        std::unique(files_.begin(), files_.end(),
                    [](const SourceFile& a, const SourceFile& b) { return a.name == b.name; });
    files_.erase(twice, files_.end());
    return std::move(files_);
  }

 private:
  void fail(const fs::path& path, const std::string& reason) {
    report_.failures.push_back({path.string(), reason});
    ++report_.failed;
  }

  void folder(const fs::path& root) {
    std::vector<fs::path> pending{root};
    while (!pending.empty()) {
      const fs::path at = pending.back();
      pending.pop_back();
      std::error_code error;
      fs::directory_iterator entries(at, error);
      if (error) {
        fail(at, error.message());
        continue;
      }
      for (fs::directory_iterator end; entries != end; entries.increment(error)) {
        if (error) break;
        const fs::path path = entries->path();
        if (entries->is_directory(error)) {
          // A link to a folder above would go round for ever.
          if (!entries->is_symlink(error)) pending.push_back(path);
        } else if (is_note(path)) {
          ++report_.warnings["a note on the folder, no document: " + path.filename().string()];
        } else if (is_readable(path)) {
          file(path, fs::relative(path, root, error).generic_string());
        } else if (path.filename() != kManifest && !path.string().ends_with(kSidecarEnding)) {
          ++report_.warnings["not a document: " + path.extension().string()];
        }
      }
    }
  }

  void file(const fs::path& path, std::string name) {
    SourceFile source;
    source.path = path;
    source.name = std::move(name);
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    source.bytes = error ? 0 : bytes;
    try {
      const auto [manifest, fresh] = manifests_.try_emplace(path.parent_path());
      const fs::path table = path.parent_path() / kManifest;
      if (fresh && fs::exists(table, error)) manifest->second = read_manifest(table);
      const auto row = manifest->second.find(path.filename().string());
      if (row != manifest->second.end()) merge(source.sidecar, row->second);
      const fs::path json = path.string() + std::string(kSidecarEnding);
      if (fs::exists(json, error)) merge(source.sidecar, read_json_sidecar(json));
    } catch (const ImportError& faulty) {
      fail(faulty.path(), (faulty.place().empty() ? "" : faulty.place() + ": ") + faulty.reason());
    }
    merge(source.sidecar, given_);
    files_.push_back(std::move(source));
  }

  const Sidecar& given_;
  ImportReport& report_;
  std::vector<SourceFile> files_;
  std::map<fs::path, Manifest> manifests_;
};

}  // namespace

std::vector<SourceFile> collect_sources(const std::vector<fs::path>& paths, const Sidecar& given,
                                        ImportReport& report) {
  Collector collector(given, report);
  for (const fs::path& path : paths) collector.add(path);
  return collector.take();
}

}  // namespace ketnghia::importers
