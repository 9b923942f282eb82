#include "importers/readers/pdf.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "importers/import_error.hpp"
#include "importers/readers/printed.hpp"
#include "importers/readers/process.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kHeadBytes = 1024;  // readers take a PDF that begins so late
constexpr std::size_t kTextBytes = std::size_t{160} << 20U;
constexpr std::size_t kImageBytes = std::size_t{64} << 20U;  // of one page
constexpr int kDotsPerInch = 200;
constexpr std::size_t kFewLetters = 12;  // a page with fewer bytes of text may be an image

std::size_t bytes_of(const PrintedPage& page) {
  std::size_t bytes = 0;
  for (const PrintedLine& line : page.lines) {
    for (const PrintedWord& word : line) bytes += word.text.size();
  }
  return bytes;
}

// The page as an image, recognised.
PrintedPage recognised(std::string_view bytes, std::size_t number, const std::string& path) {
  const std::string page = std::to_string(number + 1);
  const std::string dots = std::to_string(kDotsPerInch);
  Program draw{"pdftoppm", "poppler-utils", {"-f", page, "-l", page, "-r", dots, "-gray", "-"}};
  draw.output = kImageBytes;
  const std::string image = run_program(draw, bytes, path);
  const Program read{"tesseract",
                     "tesseract-ocr tesseract-ocr-vie",
                     {"stdin", "stdout", "-l", "vie", "--dpi", dots, "tsv"}};
  return page_of_tsv(run_program(read, image, path), kDotsPerInch);
}

}  // namespace

bool is_pdf(std::string_view bytes) {
  return bytes.substr(0, kHeadBytes).find("%PDF-") != std::string_view::npos;
}

Page read_pdf(std::string_view bytes, const std::string& path) {
  Program program{"pdftotext", "poppler-utils", {"-bbox-layout", "-enc", "UTF-8", "-", "-"}};
  program.output = kTextBytes;
  auto pages = pages_of_bbox(run_program(program, bytes, path));
  std::vector<std::size_t> scanned;
  bool text = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const bool image = bytes_of(pages[i]) < kFewLetters;
    text = text || !image;
    if (image) scanned.push_back(i);
  }
  const std::size_t without_text = scanned.size();
  std::size_t read = 0;
  // A blank page in a document of text costs a look; a missing program costs only images.
  if (!text || has_program("tesseract")) {
    if (scanned.size() > kMaxScannedPages && !text) {
      throw ImportError(path, "",
                        std::to_string(scanned.size()) + " pages of images, more than " +
                            std::to_string(kMaxScannedPages) + ": split it, or add a text layer");
    }
    scanned.resize(std::min(scanned.size(), kMaxScannedPages));
    for (const std::size_t number : scanned) pages[number] = recognised(bytes, number, path);
    read = scanned.size();
  }
  Page page = read_printed(std::move(pages), path);
  page.pages_left_out = without_text - read;
  return page;
}

}  // namespace ketnghia::importers
