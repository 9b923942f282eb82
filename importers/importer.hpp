#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/readings/reading.hpp"
#include "engine/store/store.hpp"
#include "importers/lexicon/lexicon.hpp"
#include "importers/readers/reader.hpp"

namespace ketnghia::importers {

struct ImportOptions {
  unsigned jobs = 0;  // 0: as many as cores
  bool dry_run = false;
  Sidecar sidecar;  // for a single file; else from NAME.meta.json and manifest.tsv beside files
  std::optional<std::filesystem::path> lexicon;
  const std::atomic<bool>* cancelled = nullptr;  // looked at between documents
};

struct Progress {
  std::size_t done = 0, total = 0;  // documents
  std::uint64_t bytes = 0, total_bytes = 0;
  std::string current;
};

// One line of the report for each kind of thing.
struct ImportReport {
  std::size_t imported = 0, unchanged = 0, replaced = 0, failed = 0;
  bool cancelled = false;
  std::map<std::string, std::size_t> entities;  // label to number, found in this import
  std::map<std::string, std::size_t> facts;     // HOLDS, Event, Agreement to number
  std::map<std::string, std::size_t> warnings;  // kind to number
  struct Failure {
    std::string path, message;
  };
  std::vector<Failure> failures;
};

// Reads files and folders (recursively, in byte order of their paths) and resolves what they
// say into the store, in batches, each one transaction: what progress() has reported done is
// stored. The same content again changes nothing; a changed file of the same name replaces what
// came from its old version. The graph is the same for any jobs and any order of files.
ImportReport import_documents(Store& store, const std::vector<std::filesystem::path>& paths,
                              const ImportOptions& options,
                              const std::function<void(const Progress&)>& progress = {});

// What would be read from one file, each mention and fact with the rule that made it, over the
// text: for those who tune the lexicon.
std::string explain_document(const std::filesystem::path& path, const ImportOptions& options);

// Reads documents by the tables of a lexicon: what each says, before anything is resolved
// across documents.
//
// Lifetime: the Lexicon outlives it. Threads: any number may read with one.
class DocumentReader {
 public:
  explicit DocumentReader(const Lexicon& lexicon);
  ~DocumentReader();

  Reading read(SourceDocument document) const;

 private:
  struct Frames;
  const Lexicon& lexicon_;
  std::unique_ptr<const Frames> frames_;
};

// Takes a document out again, by its name, with the documents of the files in it: of an archive all
// that it held. False where there is none.
bool forget_document(Store& store, const std::string& name);

}  // namespace ketnghia::importers
