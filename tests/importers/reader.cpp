#include "importers/readers/reader.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;
using namespace ketnghia::importers;

namespace {

// A folder of its own, gone with it.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "ketnghia-reader-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream{path_ / name, std::ios::binary} << bytes;
    return path_ / name;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string reason(const fs::path& path) {
  try {
    read_document(path);
  } catch (const ImportError& error) {
    CHECK(error.path() == path.string());
    return error.reason();
  }
  return "";
}

const std::string kNote =
    "Đoàn Huế thăm Daegu\n\nNgày 4/5/2024, đoàn thành phố Huế đã đến thăm và làm việc tại thành "
    "phố Daegu.\n";

}  // namespace

TEST_CASE("a document knows its name, its checksum and where its text lies", "[reader]") {
  const Folder folder;
  const auto document = read_document(folder.write("chuyen-tham.txt", kNote));
  CHECK(document.name == "chuyen-tham.txt");
  CHECK(document.text == kNote);
  CHECK(document.title == "Đoàn Huế thăm Daegu");
  CHECK(fault_of(document).empty());
  CHECK(read_document("a.txt", "abc").sha256 ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("what a sidecar says wins over what the document says", "[reader]") {
  Sidecar sidecar;
  sidecar.published = "2024-05-06";
  sidecar.title = "Một tựa khác";
  sidecar.genre = "bulletin";
  sidecar.source = "Báo Huế";
  sidecar.url = "https://example.org/1";
  const auto document = read_document("a.txt", kNote, sidecar);
  CHECK(document.published == "2024-05-06");
  CHECK(document.title == "Một tựa khác");
  CHECK(document.genre == "bulletin");
  CHECK(document.source == "Báo Huế");
  CHECK(document.url == "https://example.org/1");
}

TEST_CASE("only formats with a reader are readable, whatever the case of their name", "[reader]") {
  CHECK(is_readable("a/b.TXT"));
  CHECK(is_readable("b.htm"));
  CHECK(is_readable("b.xhtml"));
  CHECK(is_readable("b.pdf"));
  CHECK_FALSE(is_readable("txt"));
  CHECK_THROWS_AS(read_document("b.pdf", kNote), ImportError);
}

TEST_CASE("what cannot be read is an ImportError that says why", "[reader]") {
  const Folder folder;
  CHECK(reason(folder.path() / "none.txt") == "no such file");
  CHECK(reason(folder.write("empty.txt", "")) == "the file is empty");
  CHECK(reason(folder.write("blank.txt", " \n\t\n")) == "no text in it");
  CHECK(reason(folder.write("nothing.html", "<html><script>var a=1</script></html>")) ==
        "no text in it");
  fs::create_directory(folder.path() / "folder.txt");
  CHECK(reason(folder.path() / "folder.txt") == "a folder, not a document");
  REQUIRE(mkfifo((folder.path() / "pipe.txt").c_str(), 0600) == 0);
  CHECK(reason(folder.path() / "pipe.txt") == "not a regular file");
  if (geteuid() != 0) {  // root may read everything
    const auto closed = folder.write("closed.txt", kNote);
    fs::permissions(closed, fs::perms::none);
    CHECK_FALSE(reason(closed).empty());
  }
}

TEST_CASE("a binary file is refused, a text with a few broken bytes is read", "[reader]") {
  const Folder folder;
  CHECK(reason(folder.write("zero.txt", kNote + '\0' + kNote)) ==
        "not a text: it holds a zero byte");
  std::string noise;
  for (unsigned i = 0; i < 4000; ++i) noise += static_cast<char>(1 + i * 7919 % 31);
  CHECK(reason(folder.write("noise.txt", noise)) == "not a text");

  const auto document =
      read_document("broken.txt", kNote + "Hai bên trao đổi \xFF\xFE về du lịch, y tế.\n");
  CHECK(is_read(document, "Ngày 4/5/2024, đoàn thành phố Huế"));
  CHECK(document.text.find("\xEF\xBF\xBD") != std::string::npos);
  CHECK(fault_of(document).empty());
}

TEST_CASE("a file larger than the bound is refused before it is read", "[reader]") {
  const Folder folder;
  const auto path = folder.write("large.txt", "x");
  fs::resize_file(path, kMaxDocumentBytes + 1);  // a hole: takes no room
  CHECK(reason(path) == "larger than 32 MiB");
}

TEST_CASE("a file of more lines than a document has is refused", "[reader]") {
  std::string lines;
  for (int i = 0; i < 1'000'001; ++i) lines += "a\n";
  CHECK_THROWS_AS(read_document("lines.txt", lines), ImportError);
}

TEST_CASE("one line of many megabytes is one block", "[reader]") {
  std::string line;
  while (line.size() < (std::size_t{8} << 20U)) line += "Huế tiếp đoàn Daegu. ";
  line.pop_back();
  const auto document = read_document("line.txt", line);
  REQUIRE(document.blocks.size() == 1);
  CHECK(document.blocks[0].span.size() == line.size());
}

TEST_CASE("line ends of every system are one line break", "[reader]") {
  const auto document =
      read_document("a.txt", "Tựa của một bài viết\r\n\r\nCâu thứ nhất.\rCâu thứ hai.\n");
  CHECK(document.text == "Tựa của một bài viết\n\nCâu thứ nhất.\nCâu thứ hai.\n");
}
