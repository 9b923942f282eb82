// How fast documents are read, in MB of text a second on one core, stage by stage, beside a floor
// measured in the same run: what ICU alone needs to check the same text for NFC and to break it
// into words. Ratios to the floor are what to compare between machines and runs.
//
//   bench_import [FOLDER]...   (corpus/ where none is given)
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/store/store.hpp"
#include "engine/text/normalise.hpp"
#include "importers/extract/annotated_document.hpp"
#include "importers/importer.hpp"
#include "importers/recognise/date.hpp"

namespace {

namespace fs = std::filesystem;
using ketnghia::importers::SourceDocument;

constexpr std::size_t kTextBytes = std::size_t{8} << 20U;  // that each stage works through

struct Stage {
  std::string name;
  double seconds;
};

double seconds_of(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
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
  std::vector<SourceDocument> read;
  std::size_t bytes = 0;
  for (const fs::path& path : documents(argc - 1, argv + 1)) {
    read.push_back(ketnghia::importers::read_document(path));
    bytes += read.back().text.size();
  }
  if (bytes == 0) {
    std::fputs("bench_import: no documents there\n", stderr);
    return 1;
  }
  const std::size_t rounds = kTextBytes / bytes + 1;
  const double megabytes = static_cast<double>(bytes * rounds) / 1e6;
  const auto each = [&](const std::function<void(const SourceDocument&)>& work) {
    return seconds_of([&] {
      for (std::size_t round = 0; round < rounds; ++round) {
        for (const SourceDocument& document : read) work(document);
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
  const double floor = each([&](const SourceDocument& document) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(document.text);
    UErrorCode fault = U_ZERO_ERROR;
    sink += nfc->isNormalized(text, fault) ? 1U : 0U;
    words->setText(text);
    while (words->next() != icu::BreakIterator::DONE) ++sink;
  });

  const ketnghia::importers::Lexicon lexicon;
  const ketnghia::importers::DocumentReader reader(lexicon);
  std::vector<Stage> stages;
  stages.push_back({"normalise", each([&](const SourceDocument& document) {
                      sink += ketnghia::normalise(document.text).text.size();
                    })});
  stages.push_back({"find dates", each([&](const SourceDocument& document) {
                      sink += ketnghia::importers::recognise_dates(document.text).size();
                    })});
  stages.push_back(
      {"annotate (sentences, mentions, posts, dates)", each([&](const SourceDocument& document) {
         sink += ketnghia::importers::annotate(document, lexicon).sentences.size();
       })});
  stages.push_back({"cleaned text to facts", each([&](const SourceDocument& document) {
                      sink += reader.read(document).events.size();
                    })});

  std::printf("%.1f MB of text in %zu documents, one core\n\n", megabytes, read.size() * rounds);
  std::printf("%-46s %9s %16s\n", "", "MB/s", "times the floor");
  std::printf("%-46s %9.1f %16s\n", "floor: ICU NFC check and word breaking", megabytes / floor,
              "1.00");
  for (const Stage& stage : stages) {
    std::printf("%-46s %9.1f %16.2f\n", stage.name.c_str(), megabytes / stage.seconds,
                stage.seconds / floor);
  }
  return sink == 0;
}
