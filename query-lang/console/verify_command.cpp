#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>

#include "engine/store/snapshot.hpp"
#include "importers/importer.hpp"
#include "query-lang/console/commands.hpp"
#include "query-lang/console/table.hpp"

namespace ketnghia::console {
namespace {

struct Counts {
  std::size_t quotations = 0, without_text = 0, wrong = 0;
  std::size_t documents = 0, originals = 0, absent = 0, differing = 0;
};

std::string name_of(const Snapshot& snapshot, NodeId document) {
  const auto key = snapshot.string_id("name");
  const Value name = key ? snapshot.property(document, *key) : Value();
  return name.text() ? *name.text() : "n" + std::to_string(number(document));
}

class Verification {
 public:
  Verification(const Snapshot& snapshot, std::filesystem::path originals, Context& context)
      : snapshot_(snapshot), originals_(std::move(originals)), context_(context) {}

  Counts run() {
    auto nodes = snapshot_.nodes();
    while (const auto node = nodes.next()) quotations(*node, 'n');
    auto edges = snapshot_.edges();
    while (const auto edge = edges.next()) quotations(*edge, 'r');
    if (const auto label = snapshot_.string_id("Document")) {
      auto documents = snapshot_.nodes(*label);
      while (const auto document = documents.next()) {
        if (const auto text = snapshot_.document(*document)) original(*document, *text);
      }
    }
    return counts_;
  }

 private:
  template <typename Id>
  void quotations(Id id, char letter) {
    for (const Evidence& evidence : snapshot_.evidence(id)) {
      ++counts_.quotations;
      const std::string* const text = text_of(evidence.document);
      if (!text) {
        ++counts_.without_text;
      } else if (evidence.span.end > text->size() || evidence.span.of(*text) != evidence.quote) {
        ++counts_.wrong;
        context_.out << context_.say("verify.quotation",
                                     {letter + std::to_string(number(id)),
                                      name_of(snapshot_, evidence.document),
                                      std::to_string(evidence.span.begin),
                                      std::to_string(evidence.span.end), evidence.quote})
                     << '\n';
      }
    }
  }

  // Texts are looked at in no order: a few megabytes of them are kept.
  const std::string* text_of(NodeId document) {
    constexpr std::size_t kKept = 256;
    const auto found = texts_.find(document);
    if (found != texts_.end()) return found->second ? &*found->second : nullptr;
    if (texts_.size() >= kKept) texts_.clear();
    auto stored = snapshot_.document(document);
    auto& kept = texts_[document];
    if (stored) kept = std::move(stored->text);
    return kept ? &*kept : nullptr;
  }

  void original(NodeId id, const DocumentText& stored) {
    ++counts_.documents;
    const std::string name = name_of(snapshot_, id);
    const std::filesystem::path path = originals_ / name;
    std::error_code error;
    if (stored.sha256.empty() || !std::filesystem::is_regular_file(path, error)) {
      ++counts_.absent;
      return;
    }
    ++counts_.originals;
    const auto differs = [&](const std::string& why) {
      ++counts_.differing;
      context_.out << context_.say("verify.original", {path.string(), why}) << '\n';
    };
    try {
      const importers::SourceDocument read = importers::read_document(path, {});
      if (read.sha256 != stored.sha256) {
        differs(context_.say("verify.sha256", {stored.sha256, read.sha256}));
      } else if (read.text != stored.text) {
        const auto [a, b] = std::mismatch(read.text.begin(), read.text.end(), stored.text.begin(),
                                          stored.text.end());
        differs(context_.say("verify.text", {std::to_string(a - read.text.begin())}));
      }
    } catch (const importers::ImportError& fault) {
      differs(fault.reason());
    }
  }

  const Snapshot& snapshot_;
  const std::filesystem::path originals_;
  Context& context_;
  Counts counts_;
  std::map<NodeId, std::optional<std::string>> texts_;
};

}  // namespace

int run_verify(const Arguments& arguments, Context& context) {
  const Store store(database_path(arguments), Store::Mode::Read);
  const Snapshot snapshot(store);
  const std::string originals = arguments.value("originals").value_or(".");
  if (!std::filesystem::is_directory(originals)) {
    throw Error(context.say("verify.no-folder", {originals}));
  }
  const Counts counts = Verification(snapshot, originals, context).run();
  Table table({{"", false}, {context.say("stats.count"), true}});
  const auto add = [&](const char* key, std::size_t count) {
    table.add({context.say(key), Filling(count).text()});
  };
  add("verify.quotations", counts.quotations);
  add("verify.wrong", counts.wrong);
  if (counts.without_text > 0) add("verify.without-text", counts.without_text);
  add("verify.documents", counts.documents);
  add("verify.originals", counts.originals);
  add("verify.differing", counts.differing);
  add("verify.absent", counts.absent);
  table.print(context.out, context.out_terminal);
  const std::size_t faults = counts.wrong + counts.differing;
  if (faults > 0) throw Error(context.say("verify.faults", {faults}));
  return kDone;
}

}  // namespace ketnghia::console
