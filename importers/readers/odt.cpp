#include "importers/readers/odt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "importers/import_error.hpp"
#include "importers/readers/flow.hpp"
#include "importers/readers/page_builder.hpp"
#include "importers/readers/reader.hpp"
#include "importers/readers/xml.hpp"
#include "importers/readers/zip.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxListLevel = 10;
constexpr std::size_t kMaxSpaces = 100;
constexpr std::size_t kMaxMarkBytes = 30;  // before and after the number of a list's item
constexpr std::size_t kFlatHeadBytes = 1024;
constexpr std::string_view kTextType = "application/vnd.oasis.opendocument.text";

std::size_t number_in(std::string_view text, std::size_t otherwise) {
  std::size_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Style {
  std::string parent, font;
  bool hidden = false;
};

struct ListLevel {
  std::string prefix, suffix;
  char format = 0;  // 0 shows no number, '-' a bullet
  std::size_t start = 1, shown = 1;
};
using ListStyle = std::array<ListLevel, kMaxListLevel>;

// What stands in the file and is not shown, or is shown elsewhere.
bool is_hidden(std::string_view name) {
  constexpr std::array<std::string_view, 16> kNames{"annotation",
                                                    "bibliography",
                                                    "deletion",
                                                    "desc",
                                                    "note-citation",
                                                    "hidden-text",
                                                    "illustration-index",
                                                    "alphabetical-index",
                                                    "object-index",
                                                    "ruby-text",
                                                    "scripts",
                                                    "table-index",
                                                    "table-of-content",
                                                    "tracked-changes",
                                                    "user-index",
                                                    "forms"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// Reads content.xml, the styles of styles.xml and the title of meta.xml; of a flat file all three.
class Reader : public XmlEvents {
 public:
  explicit Reader(Flow& flow) : flow_(flow) {}

  std::string title;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (hidden_ > 0) {
      ++hidden_;
    } else if (is_hidden(name) || (name == "title" && in_body_)) {
      hidden_ = 1;
    } else if (in_body_) {
      content(name, attributes);
    } else if (name == "text") {
      in_body_ = true;
    } else if (name == "title") {
      in_title_ = true;
    } else {
      style(name, attributes);
    }
  }

  void close(std::string_view name) override {
    if (hidden_ > 0) {
      --hidden_;
    } else if (!in_body_) {
      if (name == "style") style_ = nullptr;
      if (name == "list-style") list_style_ = nullptr;
      if (name == "title") in_title_ = false;
    } else if (name == "p" || name == "h") {
      close_paragraph();
    } else if (name == "span") {
      if (!fonts_.empty()) fonts_.pop_back();
    } else if (name == "list") {
      if (!lists_.empty()) lists_.pop_back();
    } else if (name == "table-cell") {
      flow_.close_cell(columns_.empty() ? 1 : columns_.back());
      if (!columns_.empty()) columns_.pop_back();
    } else if (name == "table") {
      flow_.close_table();
    } else if (name == "text-box") {
      flow_.close_box();
    } else if (name == "note-body") {
      flow_.close_note();
    } else if (name == "text") {
      in_body_ = false;
    }
  }

  // White space folds to one space, as in a page.
  void text(std::string_view text) override {
    if (in_title_) title += text;
    if (hidden_ > 0 || !in_body_ || !flow_.paragraph()) return;
    std::string folded;
    bool space = flow_.paragraph()->text.empty() || flow_.paragraph()->text.back() == ' ';
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!blank || !space) folded += blank ? ' ' : c;
      space = blank;
    }
    const bool legacy = !fonts_.empty() && !fonts_.back().empty();
    flow_.text(legacy ? decode_font(std::move(folded), fonts_.back()) : folded);
  }

 private:
  struct List {
    std::string style;
    std::size_t count = 0;
    bool marked = true;  // the mark of the item that is open is written
  };

  void style(std::string_view name, const XmlAttributes& attributes) {
    if (name == "style") {
      style_ = &styles_[std::string(attributes["name"])];
      style_->parent = attributes["parent-style-name"];
    } else if (name == "text-properties" && style_) {
      const auto font = attributes["font-name"];
      style_->font = font.empty() ? attributes["font-family"] : font;
      style_->hidden = attributes["display"] == "none";
    } else if (name == "font-face") {
      families_[std::string(attributes["name"])] = attributes["font-family"];
    } else if (name == "list-style") {
      list_style_ = &list_styles_[std::string(attributes["name"])];
    } else if (list_style_ && name.starts_with("list-level-style-")) {
      const std::size_t level = number_in(attributes["level"], 1);
      if (level < 1 || level > kMaxListLevel) return;
      ListLevel& shape = (*list_style_)[level - 1];
      const auto format = attributes["num-format"];
      shape.format = !name.ends_with("number") ? '-' : format.empty() ? '\0' : format.front();
      shape.prefix = attributes["num-prefix"].substr(0, kMaxMarkBytes);
      shape.suffix = attributes["num-suffix"].substr(0, kMaxMarkBytes);
      shape.start = std::min<std::size_t>(number_in(attributes["start-value"], 1), 1'000'000);
      shape.shown = number_in(attributes["display-levels"], 1);
    }
  }

  void content(std::string_view name, const XmlAttributes& attributes) {
    if (name == "p" || name == "h") {
      open_paragraph(name == "h", attributes);
    } else if (name == "span") {
      fonts_.push_back(font_of(attributes["style-name"]));
      if (is_hidden_style(attributes["style-name"])) {
        fonts_.pop_back();
        hidden_ = 1;
      }
    } else if (name == "s") {
      flow_.text(std::string(std::min(number_in(attributes["c"], 1), kMaxSpaces), ' '));
    } else if (name == "tab") {
      flow_.text("\t");
    } else if (name == "line-break") {
      flow_.text("\n");
    } else if (name == "list") {
      const auto own = attributes["style-name"];
      lists_.push_back({own.empty() && !lists_.empty() ? lists_.back().style : std::string(own)});
      if (attributes["continue-numbering"] == "true" || !attributes["continue-list"].empty()) {
        lists_.back().count = last_counts_[lists_.back().style];
      }
    } else if (name == "list-item" && !lists_.empty()) {
      List& list = lists_.back();
      const auto start = attributes["start-value"];
      if (!start.empty()) list.count = std::min<std::size_t>(number_in(start, 1), 1'000'000) - 1;
      ++list.count;
      list.marked = false;
      last_counts_[list.style] = list.count;
    } else if (name == "table") {
      flow_.open_table();
    } else if (name == "table-row") {
      flow_.open_row();
    } else if (name == "table-cell") {
      // A repeated cell is a run of blank ones at the end of a row.
      columns_.push_back(std::max(number_in(attributes["number-columns-spanned"], 1),
                                  number_in(attributes["number-columns-repeated"], 1)));
      // What a spanning cell covers stands beside it as elements of their own.
      if (!attributes["number-columns-spanned"].empty()) columns_.back() = 1;
      flow_.open_cell();
    } else if (name == "covered-table-cell") {
      flow_.blank_cells(number_in(attributes["number-columns-repeated"], 1));
      hidden_ = 1;
    } else if (name == "text-box") {
      flow_.open_box();
    } else if (name == "note-body") {
      flow_.open_note();
    }
  }

  void open_paragraph(bool heading, const XmlAttributes& attributes) {
    flow_.open_paragraph();
    const auto style = attributes["style-name"];
    fonts_.push_back(font_of(style));
    Paragraph& paragraph = *flow_.paragraph();
    if (is_named(style, "Title")) {
      paragraph.role = Role::Title;
    } else if (is_named(style, "Caption")) {
      paragraph.role = Role::Caption;
    } else if (heading) {
      paragraph.role = Role::Heading;
      paragraph.level = static_cast<int>(
          std::clamp<std::size_t>(number_in(attributes["outline-level"], 1), 1, kMaxListLevel));
    }
    if (!lists_.empty() && !std::exchange(lists_.back().marked, true)) {
      paragraph.text = mark();
    }
  }

  void close_paragraph() {
    if (!fonts_.empty()) fonts_.pop_back();
    flow_.close_paragraph();
  }

  // What is shown before the item that is open.
  std::string mark() const {
    const auto found = list_styles_.find(lists_.back().style);
    const std::size_t depth = lists_.size() - 1;
    if (depth >= kMaxListLevel) return "+ ";
    // Lists without a style of their own are bullets in every program.
    if (found == list_styles_.end() || found->second[depth].format == '-') {
      return depth == 0 ? "- " : "+ ";
    }
    const ListLevel& level = found->second[depth];
    if (level.format == 0) return {};
    std::string numbers;
    const std::size_t first = depth + 1 - std::clamp<std::size_t>(level.shown, 1, depth + 1);
    for (std::size_t i = first; i <= depth; ++i) {
      if (found->second[i].format == 0 || found->second[i].format == '-') continue;
      if (!numbers.empty()) numbers += '.';
      numbers += list_number(found->second[i].start + lists_[i].count - 1, found->second[i].format);
    }
    return level.prefix + numbers + level.suffix + ' ';
  }

  const Style* style_named(std::string_view name) const {
    const auto found = styles_.find(name);
    return found == styles_.end() ? nullptr : &found->second;
  }

  // The value of the first style on the way up for which `value` is not empty.
  std::string font_of(std::string_view name) const {
    for (int step = 0; step < kMaxSteps; ++step) {
      const Style* style = style_named(name);
      if (!style) break;
      if (!style->font.empty()) {
        const auto family = families_.find(style->font);
        std::string font = family == families_.end() ? style->font : family->second;
        font.erase(std::remove(font.begin(), font.end(), '\''), font.end());
        return font;
      }
      name = style->parent;
    }
    return fonts_.empty() ? std::string() : fonts_.back();
  }

  bool is_named(std::string_view name, std::string_view asked) const {
    for (int step = 0; step < kMaxSteps && !name.empty(); ++step) {
      if (name == asked) return true;
      const Style* style = style_named(name);
      if (!style) return false;
      name = style->parent;
    }
    return false;
  }

  bool is_hidden_style(std::string_view name) const {
    const Style* style = style_named(name);
    return style && style->hidden;
  }

  static constexpr int kMaxSteps = 20;  // and styles that are based on each other end there

  Flow& flow_;
  std::map<std::string, Style, std::less<>> styles_;
  std::map<std::string, std::string, std::less<>> families_;
  std::map<std::string, ListStyle, std::less<>> list_styles_;
  std::map<std::string, std::size_t> last_counts_;
  Style* style_ = nullptr;
  ListStyle* list_style_ = nullptr;
  std::vector<List> lists_;
  std::vector<std::string> fonts_;
  std::vector<std::size_t> columns_;
  std::size_t hidden_ = 0;
  bool in_body_ = false, in_title_ = false;
};

bool is_flat(std::string_view bytes) {
  const auto head = bytes.substr(0, kFlatHeadBytes);
  return head.find("<office:document ") != std::string_view::npos &&
         (head.starts_with("<?xml") || head.starts_with("\xEF\xBB\xBF<?xml") ||
          head.starts_with("<office:document "));
}

}  // namespace

Page read_odt(std::string_view bytes, const std::string& path) {
  PageBuilder page(path);
  Flow flow(page);
  Reader reader(flow);
  if (is_flat(bytes)) {
    if (bytes.find(kTextType) == std::string_view::npos) {
      throw ImportError(path, "", "no text document: save what it says as .odt or text");
    }
    read_xml(bytes, path, "the file", reader);
  } else {
    const ZipArchive archive(bytes, path);
    std::size_t room = kMaxDocumentBytes;
    const auto part = [&](std::string_view name) {
      const auto* entry = archive.find(name);
      std::string read = entry ? archive.read(*entry, room) : std::string();
      room -= read.size();
      return read;
    };
    if (!part("mimetype").starts_with(kTextType)) {
      throw ImportError(path, "", "no text document: save what it says as .odt or text");
    }
    if (part("META-INF/manifest.xml").find("encryption-data") != std::string::npos) {
      throw ImportError(path, "",
                        "locked with a password: open it in LibreOffice and save it without one");
    }
    const std::string content = part("content.xml");
    if (content.empty()) throw ImportError(path, "", "damaged: it has no content.xml");
    for (const char* name : {"styles.xml", "meta.xml"}) {
      const std::string xml = part(name);
      if (!xml.empty()) read_xml(xml, path, name, reader);
    }
    read_xml(content, path, "content.xml", reader);
  }
  Page read = page.finish();
  read.title = std::move(reader.title);
  return read;
}

bool is_odf(std::string_view bytes) {
  if (is_flat(bytes)) return true;
  if (!is_zip(bytes)) return false;
  try {
    const ZipArchive archive(bytes, "");
    const auto* type = archive.find("mimetype");
    constexpr std::size_t kMaxTypeBytes = 200;
    return type && archive.read(*type, kMaxTypeBytes).starts_with("application/vnd.oasis.open");
  } catch (const ImportError&) {
    return false;  // the reader of archives says what is wrong
  }
}

}  // namespace ketnghia::importers
