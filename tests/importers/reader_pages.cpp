#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia::importers;

namespace {

// What tests/data/pages/README.md says of the marks in a page.
struct Marked {
  char kind = 0;
  std::string text;
};
struct MarkedPage {
  std::string page;
  std::string published, source;
  std::vector<Marked> marks;
};

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string field(const std::string& text, const std::string& name) {
  const auto begin = text.find('{' + name + '|') + name.size() + 2;
  return text.substr(begin, text.find('}', begin) - begin);
}

MarkedPage marked_page(const std::filesystem::path& path) {
  std::string text = file_text(path);
  MarkedPage page;
  page.published = field(text, "published");
  page.source = field(text, "source");
  text.erase(0, text.find('}', text.find("{source|")) + 1);
  for (std::size_t at = 0; at < text.size();) {
    const bool mark = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '|';
    if (!mark) {
      page.page += text[at++];
      continue;
    }
    const auto end = text.find('}', at);
    Marked marked{text[at + 1], text.substr(at + 3, end - at - 3)};
    page.page += marked.text;
    // Written as an entity, a letter is not what the reader stores.
    marked.text = marked.text.substr(0, marked.text.find('&'));
    page.marks.push_back(std::move(marked));
    at = end + 1;
  }
  return page;
}

bool is_right(char kind, BlockKind block) {
  switch (kind) {
    case 'T':
      return block == BlockKind::Title;
    case 'S':
      return block == BlockKind::Paragraph || block == BlockKind::Heading ||
             block == BlockKind::ListItem || block == BlockKind::Quotation;
    case 'R':
      return block == BlockKind::TableRow;
    case 'C':
      return block == BlockKind::Caption;
    case 'Y':
      return block == BlockKind::Byline;
    case 'D':
      return block == BlockKind::Byline || block == BlockKind::Boilerplate ||
             block == BlockKind::Letterhead;
    default:
      return block == BlockKind::Byline || block == BlockKind::Boilerplate;
  }
}

// The marks that were read as something else, each with the number of its kind.
std::vector<std::string> wrong_marks(const SourceDocument& document, const MarkedPage& page) {
  std::vector<std::string> wrong;
  std::size_t from = 0;
  for (const Marked& mark : page.marks) {
    auto at = document.text.find(mark.text, from);
    if (at == std::string::npos) at = document.text.find(mark.text);
    const auto block =
        std::find_if(document.blocks.begin(), document.blocks.end(), [&](const Block& candidate) {
          return at != std::string::npos && candidate.span.begin <= at && at < candidate.span.end;
        });
    const bool hidden = at == std::string::npos && mark.kind == 'B';
    if (at != std::string::npos) from = at + mark.text.size();
    if (hidden || (block != document.blocks.end() && is_right(mark.kind, block->kind))) continue;
    const std::string read =
        block == document.blocks.end() ? "-" : std::to_string(static_cast<int>(block->kind));
    wrong.push_back(std::string{mark.kind} + " as " + read + ": " + mark.text);
  }
  return wrong;
}

}  // namespace

TEST_CASE("Each line of pages of unlike build is what it is to a reader of the page") {
  const std::filesystem::path folder =
      std::filesystem::path{KETNGHIA_SOURCE_DIR} / "tests/data/pages";
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".md") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  REQUIRE(paths.size() >= 15);
  for (const auto& path : paths) {
    const MarkedPage page = marked_page(path);
    const std::string name = path.filename().string();
    const SourceDocument document = read_document(name, page.page);
    const auto wrong = wrong_marks(document, page);
    std::string shown = name;
    for (const auto& mark : wrong) shown += "\n  " + mark;
    INFO(shown);
    CHECK(wrong.empty());
    CHECK(document.published == page.published);
    if (!page.source.empty()) CHECK(document.source == page.source);
    CHECK(fault_of(document) == "");
  }
}
