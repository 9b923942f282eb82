#include <algorithm>
#include <atomic>
#include <exception>
#include <fstream>
#include <future>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <thread>
#include <utility>

#include "engine/store/snapshot.hpp"
#include "engine/store/writer.hpp"
#include "importers/importer.hpp"
#include "importers/readers/process.hpp"
#include "importers/resolve/identity.hpp"
#include "importers/resolve/update.hpp"
#include "importers/sources.hpp"

namespace ketnghia::importers {
namespace {

// Documents of the first transaction; each next one takes sixteen times as many, so that resolving
// again what hangs together costs little beside resolving it once.
constexpr std::size_t kFirstBatch = 64;
constexpr std::size_t kGrowth = 16;
constexpr std::size_t kLargestBatch = 16384;
// Bytes of files beyond which a batch ends: two batches lie in memory, one being read while the
// one before is stored.
constexpr std::uint64_t kLargestBatchBytes = std::uint64_t{48} << 20U;

// Part of what a document was read from: a program that reads better reads again.
constexpr std::string_view kExtractionVersion = "5";

// What became of one document of a file.
struct DocumentOutcome {
  std::string path;
  std::optional<DocumentChange> change;
  bool unchanged = false;
  std::string failure;
  std::size_t pages_left_out = 0;
};

// What became of one file.
struct Outcome {
  std::vector<DocumentOutcome> documents;
  std::vector<std::string> skipped;  // files in it that are no documents
  bool done = false;                 // not reached where the import was cancelled
};

std::string content_of(const SourceDocument& source, const std::string& lexicon) {
  std::string content = source.sha256;
  // What the sidecar said stands in these fields; what the document itself says follows from
  // its bytes.
  for (const std::string* part :
       {&source.published, &source.source, &source.url, &source.title, &source.genre, &lexicon}) {
    content += '|' + *part;
  }
  return content + '|' + std::string(kExtractionVersion);
}

DocumentOutcome outcome_of(ReadResult read, const Store& store, const DocumentReader& reader,
                           const std::string& overlay) {
  DocumentOutcome outcome;
  outcome.path = read.path;
  if (read.error) {
    const ImportError& error = *read.error;
    outcome.failure = (error.place().empty() ? "" : error.place() + ": ") + error.reason();
    return outcome;
  }
  try {
    SourceDocument& source = *read.document;
    outcome.pages_left_out = source.pages_left_out;
    const std::string content = content_of(source, overlay);
    const Snapshot snapshot(store);
    const std::vector<NodeId> known = snapshot.documents_of_block(content_block(content));
    if (std::find(known.begin(), known.end(), document_id(source.name)) != known.end()) {
      outcome.unchanged = true;
      return outcome;
    }
    DocumentChange change;
    change.name = source.name;
    change.content = content;
    change.text = source.text;
    change.reading = reader.read(std::move(source));
    outcome.change = std::move(change);
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {
    outcome.failure = error.what();
  }
  return outcome;
}

Outcome outcome_of(const SourceFile& file, const Store& store, const DocumentReader& reader,
                   const std::string& overlay) {
  Outcome outcome;
  outcome.done = true;
  try {
    read_documents(file.path, file.name, file.sidecar, [&](ReadResult read) {
      if (read.document || read.error) {
        outcome.documents.push_back(outcome_of(std::move(read), store, reader, overlay));
      } else {
        outcome.skipped.push_back(std::filesystem::path(read.name).extension().string());
      }
    });
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {  // as where memory runs out
    outcome.documents.push_back({file.path.string(), std::nullopt, false, error.what(), 0});
  }
  return outcome;
}

// Reads files on worker threads; an exception of the store ends them all and is thrown here.
std::vector<Outcome> read_all(std::span<const SourceFile> files, const Store& store,
                              const DocumentReader& reader, const std::string& overlay,
                              unsigned jobs, const std::atomic<bool>* cancelled) {
  std::vector<Outcome> outcomes(files.size());
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    const ProgramsStopWith scope(cancelled);
    try {
      for (std::size_t i = next++; i < files.size(); i = next++) {
        if (cancelled && cancelled->load()) return;
        Outcome outcome = outcome_of(files[i], store, reader, overlay);
        const bool stopped = cancelled && cancelled->load();
        const auto failed = [](const DocumentOutcome& one) { return !one.failure.empty(); };
        // What a stopped program left unread is not to be called unreadable.
        if (stopped && std::any_of(outcome.documents.begin(), outcome.documents.end(), failed))
          return;
        outcomes[i] = std::move(outcome);
      }
    } catch (...) {
      const std::lock_guard lock(failure_mutex);
      failure = std::current_exception();
      next = files.size();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::min<std::size_t>(jobs, files.size()); ++i)
    threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return outcomes;
}

void count(const Reading& reading, ImportReport& report) {
  for (const ReadEntity& entity : reading.entities) ++report.entities[entity.label];
  report.facts["HOLDS"] += reading.holds.size();
  report.facts["Event"] += reading.events.size();
  report.facts["Agreement"] += reading.agreements.size();
  for (const ReadEvent& event : reading.events)
    report.facts["TOOK_PART"] += event.participants.size();
  for (const ReadAgreement& agreement : reading.agreements) {
    report.facts["PARTY_TO"] += agreement.parties.size();
  }
  if (reading.published.empty()) ++report.warnings["no date of publication: years may be missing"];
}

// What an overlay holds, so that a changed one reads documents again.
std::string overlay_state(const std::optional<std::filesystem::path>& folder) {
  if (!folder) return {};
  std::set<std::filesystem::path> tables;
  for (const auto& entry : std::filesystem::directory_iterator(*folder))
    tables.insert(entry.path());
  std::string state;
  for (const auto& table : tables) {
    std::ifstream in(table, std::ios::binary);
    state.append(std::istreambuf_iterator<char>(in), {});
  }
  return std::to_string(number(node_id(state)));
}

}  // namespace

ImportReport import_documents(Store& store, const std::vector<std::filesystem::path>& paths,
                              const ImportOptions& options,
                              const std::function<void(const Progress&)>& progress) {
  ImportReport report;
  const Lexicon lexicon(options.lexicon);
  const DocumentReader reader(lexicon);
  const std::string overlay = overlay_state(options.lexicon);
  const std::vector<SourceFile> files = collect_sources(paths, options.sidecar, report);
  const unsigned jobs =
      options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());

  Progress state;
  state.total = files.size();
  for (const SourceFile& file : files) state.total_bytes += file.bytes;
  struct Batch {
    std::span<const SourceFile> files;
    std::future<std::vector<Outcome>> outcomes;
  };
  std::size_t size = kFirstBatch;
  std::size_t taken = 0;  // files, by batches so far
  // The next batch, being read.
  const auto next_batch = [&] {
    std::size_t end = taken;
    std::uint64_t bytes = 0;
    while (end < files.size() && end - taken < size &&
           (end == taken || bytes + files[end].bytes <= kLargestBatchBytes)) {
      bytes += files[end++].bytes;
    }
    const std::span<const SourceFile> batch(files.data() + taken, end - taken);
    taken = end;
    size = std::min(size * kGrowth, kLargestBatch);
    return Batch{batch, std::async(std::launch::async, [&, batch] {
                   return read_all(batch, store, reader, overlay, jobs, options.cancelled);
                 })};
  };
  for (Batch now = next_batch(); !now.files.empty() && !report.cancelled;) {
    std::vector<Outcome> outcomes = now.outcomes.get();
    const std::span<const SourceFile> batch = now.files;
    // Names differ, so no document of it is changed by this one.
    now = next_batch();
    std::vector<DocumentChange> changes;
    std::size_t replaced = 0;
    Writer writer(store);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      Outcome& outcome = outcomes[i];
      if (!outcome.done) {
        report.cancelled = true;
        continue;
      }
      state.current = batch[i].path.string();
      ++state.done;
      state.bytes += batch[i].bytes;
      for (const std::string& extension : outcome.skipped) {
        ++report.warnings["not a document: " + extension];
      }
      for (DocumentOutcome& document : outcome.documents) {
        if (document.pages_left_out > 0) {
          report.warnings["pages without text, not read: " + document.path] +=
              document.pages_left_out;
        }
        if (document.unchanged) {
          ++report.unchanged;
        } else if (!document.change) {
          ++report.failed;
          report.failures.push_back({document.path, document.failure});
        } else {
          replaced += writer.view().reading(document_id(document.change->name)).has_value();
          count(*document.change->reading, report);
          changes.push_back(std::move(*document.change));
        }
      }
    }
    const std::size_t changed = changes.size();
    if (changed > 0) {
      update(writer, std::move(changes));
      if (!options.dry_run) writer.commit();
    }
    report.imported += changed - replaced;
    report.replaced += replaced;
    if (progress) progress(state);
  }
  return report;
}

bool forget_document(Store& store, const std::string& name) {
  Writer writer(store);
  std::vector<DocumentChange> gone;
  if (writer.view().reading(document_id(name))) gone.push_back({name, std::nullopt, {}, {}});
  const std::string inner = name + '/';
  for (const NodeId id : writer.view().documents_with_readings()) {
    std::string document = read_reading(*writer.view().reading(id)).document;
    if (document.starts_with(inner)) gone.push_back({std::move(document), std::nullopt, {}, {}});
  }
  if (gone.empty()) return false;
  update(writer, std::move(gone));
  writer.commit();
  return true;
}

}  // namespace ketnghia::importers
