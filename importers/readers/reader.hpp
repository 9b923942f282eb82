#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/span.hpp"
#include "importers/import_error.hpp"

namespace ketnghia::importers {

// What a stretch of a document is. Boilerplate is what belongs to the page and not to its
// story: menus, teasers of other stories, comments, footers, imprint, contact lines, letterhead
// mottoes, a line told twice. Byline: author, photo credit, source line, the tag of a newspaper
// before its first sentence ("TTO - "). Letterhead: offices, number and dateline of a letter,
// the name and issue of a bulletin. Addressees: the "Nơi nhận" and "Kính gửi" blocks. Signature:
// the block of a signed document (TM., KT., (Đã ký), name).
enum class BlockKind {
  Title,
  Heading,
  Paragraph,
  ListItem,
  TableRow,
  Caption,
  Quotation,
  Byline,
  Letterhead,
  Addressees,
  Signature,
  Boilerplate
};

// One block of a document. `span` points into SourceDocument::text. A block is a line, or part
// of one: a credit, a tag, a cell of a letterhead is a block of its own. Where a sentence was
// broken at the end of a line the block goes on over the break: a line break within a block is
// to be read as a space.
struct Block {
  BlockKind kind = BlockKind::Paragraph;
  Span span;
  std::vector<Span> cells;  // TableRow only: its cells, left to right, without the bars; blank ones
                            // are empty spans
  int table = -1;           // rows of one table share it
  int level = 0;            // of a heading or a list item, from its number or its tag: 1 outermost
  float certainty = 1.0F;   // of its letters: below 1 where they were recognised from an image
};

// A document as read: its stored text (what a reader of it can see; evidence points into it)
// and what it says of itself.
//
// Units: `text` is UTF-8 as decoded, not yet normalised; of HTML it is the visible text, one
// line a block. Lines end in \n. Blocks are in order and do not overlap; text between them is
// white space, and the bars of a flattened table.
struct SourceDocument {
  std::string name;  // the file's name without its folder
  std::string text;
  std::vector<Block> blocks;
  std::string title;
  std::string genre;      // report, news, bulletin, plan, decision, release
  std::string published;  // EDTF; empty where the document does not tell
  std::string source;     // the office or paper, where the document tells
  std::string url;
  std::string sha256;  // of the file's bytes, hexadecimal
  std::size_t pages_left_out = 0;  // of a PDF: without text, and not recognised from their image
};

// What the user or a sidecar says of a document; wins over what the document says.
struct Sidecar {
  std::optional<std::string> published, source, url, title, genre;
};

inline constexpr std::size_t kMaxDocumentBytes = std::size_t{32} << 20U;

// All documents of one file, however archives nest: bytes unpacked, and files within files.
inline constexpr std::size_t kMaxUnpackedBytes = std::size_t{256} << 20U;
inline constexpr std::size_t kMaxInnerDepth = 3;

// One document of a file: read, or why it cannot be; neither where it is no document, as a
// picture in an archive.
struct ReadResult {
  std::string name;  // "archive.zip/folder/report.docx" of a file in a file
  std::string path;  // the same below the path of the file, as errors name it
  std::optional<SourceDocument> document;
  std::optional<ImportError> error;
};
using TakeDocument = std::function<void(ReadResult)>;

// Reads the documents of a file by content and, where that does not tell, by extension: one of
// most files, several of an archive or a mail with attachments. `published` comes from the
// document alone: never from a teaser, from the day the page was fetched, or from the clock.
// Errors: each ends up in a ReadResult (unreadable, empty, damaged, too large, no such format),
// the other documents of the file are read; nothing is thrown but by `take`.
void read_documents(const std::filesystem::path& path, const std::string& name,
                    const Sidecar& sidecar, const TakeDocument& take);
// The same of bytes.
void read_documents_in(std::string_view bytes, const std::string& name, const Sidecar& sidecar,
                       const TakeDocument& take);

// The document that a file itself is, the files in it left out.
// Throws ImportError: as above, or the file only holds others.
SourceDocument read_document(const std::filesystem::path& path, const Sidecar& sidecar = {});
SourceDocument read_document(std::string name, std::string_view bytes, const Sidecar& sidecar = {});

// Whether the extension is one of the formats that can be read.
bool is_readable(const std::filesystem::path& path);

}  // namespace ketnghia::importers
