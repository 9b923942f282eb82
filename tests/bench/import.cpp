// How fast documents are read, in MB of text a second on one core, stage by stage, beside a floor
// measured in the same run: what ICU alone needs to check the same text for NFC and to break it
// into words. Ratios to the floor are what to compare between machines and runs. Indented stages
// are parts of the one below them.
//
//   bench_import [FOLDER]...   (corpus/ where none is given)
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "engine/store/store.hpp"
#include "engine/text/normalise.hpp"
#include "importers/extract/annotated_document.hpp"
#include "importers/extract/sentences.hpp"
#include "importers/importer.hpp"
#include "importers/lexicon/tables.hpp"
#include "importers/recognise/date.hpp"
#include "importers/recognise/syllables.hpp"

namespace {

namespace fs = std::filesystem;
using ketnghia::importers::SourceDocument;

constexpr std::size_t kTextBytes = std::size_t{8} << 20U;  // that each stage works through

constexpr int kRuns = 3;                                  // the quickest counts

struct Stage {
  std::string name;
  double seconds;
};

// A file as it lies on the disk.
struct File {
  std::string name;
  std::string bytes;
};

double seconds_of(const std::function<void()>& work) {
  double best = 0;
  for (int run = 0; run < kRuns; ++run) {
    const auto began = std::chrono::steady_clock::now();
    work();
    const double took =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (run == 0 || took < best) best = took;
  }
  return best;
}

File file_at(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {path.filename().string(), {std::istreambuf_iterator<char>(in), {}}};
}

std::vector<fs::path> documents(int count, char** folders) {
  std::vector<fs::path> roots(folders, folders + count);
  if (roots.empty()) roots.emplace_back(fs::path(KETNGHIA_SOURCE_DIR) / "corpus");
  std::vector<fs::path> paths;
  for (const fs::path& root : roots) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.is_regular_file() && ketnghia::importers::is_readable(entry.path()))
        paths.push_back(entry.path());
    }
  }
  return paths;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<File> files;
  std::vector<SourceDocument> read;
  std::size_t bytes = 0;
  for (const fs::path& path : documents(argc - 1, argv + 1)) {
    files.push_back(file_at(path));
    read.push_back(ketnghia::importers::read_document(path));
    bytes += read.back().text.size();
  }
  if (bytes == 0) {
    std::fputs("bench_import: no documents there\n", stderr);
    return 1;
  }
  const std::size_t rounds = kTextBytes / bytes + 1;
  const double megabytes = static_cast<double>(bytes * rounds) / 1e6;
  const auto each = [&](const auto& inputs, const auto& work) {
    return seconds_of([&] {
      for (std::size_t round = 0; round < rounds; ++round) {
        for (const auto& input : inputs) work(input);
      }
    });
  };

  std::size_t sink = 0;  // what is computed must be used
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale("vi"), status));
  if (U_FAILURE(status)) {
    std::fputs("bench_import: ICU has no data\n", stderr);
    return 1;
  }
  const double floor = each(read, [&](const SourceDocument& document) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(document.text);
    UErrorCode fault = U_ZERO_ERROR;
    sink += nfc->isNormalized(text, fault) ? 1U : 0U;
    words->setText(text);
    while (words->next() != icu::BreakIterator::DONE) ++sink;
  });

  const ketnghia::importers::Lexicon lexicon;
  const ketnghia::importers::DocumentReader reader(lexicon);
  std::vector<Stage> stages;
  const auto stage = [&](const char* name, const auto& inputs, const auto& work) {
    stages.push_back({name, each(inputs, work)});
  };
  const auto as_document = [](const File& file) {
    return ketnghia::importers::read_document(file.name, std::string_view(file.bytes));
  };
  stage("clean: a file's bytes to text and blocks", files,
        [&](const File& file) { sink += as_document(file).blocks.size(); });
  stage("    normalise", read, [&](const SourceDocument& document) {
    sink += ketnghia::normalise(document.text).text.size();
  });
  stage("    split into sentences, normalised", read, [&](const SourceDocument& document) {
    sink += ketnghia::importers::split_sentences(document).size();
  });
  std::vector<ketnghia::importers::Token> tokens;
  stage("    find syllables", read, [&](const SourceDocument& document) {
    tokenise(document.text, lexicon.tables().words, tokens);
    sink += tokens.size();
  });
  stage("    find dates", read, [&](const SourceDocument& document) {
    sink += ketnghia::importers::recognise_dates(document.text).size();
  });
  stage("  annotate: sentences, mentions, posts, dates", read, [&](const SourceDocument& document) {
    sink += ketnghia::importers::annotate(document, lexicon).sentences.size();
  });
  stage("cleaned text to facts", read,
        [&](const SourceDocument& document) { sink += reader.read(document).events.size(); });
  stage("whole pipeline: a file's bytes to facts", files,
        [&](const File& file) { sink += reader.read(as_document(file)).events.size(); });

  std::printf("%.1f MB of text in %zu documents, one core, the quickest of %d runs\n\n", megabytes,
              read.size() * rounds, kRuns);
  std::printf("%-46s %9s %16s\n", "", "MB/s", "times the floor");
  std::printf("%-46s %9.1f %16s\n", "floor: ICU NFC check and word breaking", megabytes / floor,
              "1.00");
  for (const Stage& each_stage : stages) {
    std::printf("%-46s %9.1f %16.2f\n", each_stage.name.c_str(), megabytes / each_stage.seconds,
                each_stage.seconds / floor);
  }
  return sink == 0;
}
