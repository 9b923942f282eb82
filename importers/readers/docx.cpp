#include "importers/readers/docx.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
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

constexpr std::string_view kContentTypes = "[Content_Types].xml";
constexpr int kMaxListLevel = 9;
constexpr std::size_t kMaxMarkBytes = 60;  // of the mark of a list's item

int integer(std::string_view text, int otherwise) {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_on(const XmlAttributes& attributes) {
  const auto value = attributes["val"];
  return value != "0" && value != "false" && value != "off";
}

std::string small(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// The parts that a part of the package relates to, by the last word of the relation's type.
struct Relations : XmlEvents {
  std::map<std::string, std::string, std::less<>> targets;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes["TargetMode"] == "External") return;
    const auto type = attributes["Type"];
    targets.emplace(type.substr(type.rfind('/') + 1), attributes["Target"]);
  }
  void close(std::string_view) override {}
  void text(std::string_view) override {}
};

struct Style {
  std::string name, based_on, font;
  int outline = -1;
  int list = -1, list_level = 0;
};

struct Styles : XmlEvents {
  std::map<std::string, Style, std::less<>> by_id;
  std::string default_font;

  // The first style on the way up that tells what is asked.
  template <typename Tells>
  const Style* find(std::string_view id, const Tells& tells) const {
    constexpr int kMaxSteps = 20;  // and styles that are based on each other end there
    for (int step = 0; step < kMaxSteps; ++step) {
      const auto style = by_id.find(id);
      if (style == by_id.end()) return nullptr;
      if (tells(style->second)) return &style->second;
      id = style->second.based_on;
    }
    return nullptr;
  }

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "style") {
      current_ = &by_id[std::string(attributes["styleId"])];
    } else if (name == "rFonts" && !current_) {
      default_font = attributes["ascii"];
    } else if (!current_) {
      return;
    } else if (name == "name") {
      current_->name = small(attributes["val"]);
    } else if (name == "basedOn") {
      current_->based_on = attributes["val"];
    } else if (name == "outlineLvl") {
      current_->outline = integer(attributes["val"], -1);
    } else if (name == "numId") {
      current_->list = integer(attributes["val"], -1);
    } else if (name == "ilvl") {
      current_->list_level = integer(attributes["val"], 0);
    } else if (name == "rFonts") {
      current_->font = attributes["ascii"];
    }
  }
  void close(std::string_view name) override {
    if (name == "style") current_ = nullptr;
  }
  void text(std::string_view) override {}

 private:
  Style* current_ = nullptr;
};

// The lists of a document: what stands before each item.
class Numbering : public XmlEvents {
 public:
  void open(std::string_view name, const XmlAttributes& attributes) override {
    const auto value = attributes["val"];
    if (name == "abstractNum") {
      shape_ = &shapes_[integer(attributes["abstractNumId"], -1)];
    } else if (name == "num") {
      list_ = integer(attributes["numId"], -1);
    } else if (name == "abstractNumId" && list_ >= 0) {
      lists_[list_] = integer(value, -1);
    } else if (name == "lvl" && shape_) {
      level_ = level_at(*shape_, integer(attributes["ilvl"], 0));
    } else if (level_ && name == "start") {
      level_->start = integer(value, 1);
    } else if (level_ && name == "numFmt") {
      level_->format = value;
    } else if (level_ && name == "lvlText") {
      level_->text = value.substr(0, kMaxMarkBytes);
    }
  }
  void close(std::string_view name) override {
    if (name == "abstractNum") shape_ = nullptr;
    if (name == "num") list_ = -1;
    if (name == "lvl") level_ = nullptr;
  }
  void text(std::string_view) override {}

  // The mark of the next item of a list with the space after it; empty where none is shown.
  std::string next(int list, int depth) {
    const auto found = lists_.find(list);
    const auto shape = found == lists_.end() ? shapes_.end() : shapes_.find(found->second);
    if (shape == shapes_.end() || depth < 0 || depth >= kMaxListLevel) return {};
    Level* level = level_at(shape->second, depth);
    for (int below = depth + 1; below < kMaxListLevel; ++below) {
      level_at(shape->second, below)->count = 0;
    }
    ++level->count;
    if (level->format == "none") return {};
    if (level->format == "bullet") return depth == 0 ? "- " : "+ ";
    std::string mark;
    for (std::size_t i = 0; i < level->text.size(); ++i) {
      const char c = level->text[i];
      const bool place = c == '%' && i + 1 < level->text.size() && level->text[i + 1] >= '1' &&
                         level->text[i + 1] <= '9';
      mark += place ? shown(*level_at(shape->second, level->text[++i] - '1')) : std::string(1, c);
    }
    return mark.empty() ? mark : mark + ' ';
  }

 private:
  struct Level {
    int start = 1;
    std::string format = "decimal", text;
    int count = 0;
  };
  using Shape = std::array<Level, kMaxListLevel>;

  static Level* level_at(Shape& shape, int depth) {
    return depth < 0 || depth >= kMaxListLevel ? nullptr : &shape[static_cast<std::size_t>(depth)];
  }
  static std::string shown(const Level& level) {
    const auto number = static_cast<std::size_t>(std::clamp(level.start, 0, 1'000'000) +
                                                 std::max(level.count, 1) - 1);
    const char format = level.format == "lowerLetter"   ? 'a'
                        : level.format == "upperLetter" ? 'A'
                        : level.format == "lowerRoman"  ? 'i'
                        : level.format == "upperRoman"  ? 'I'
                                                        : '1';
    return list_number(number, format);
  }

  std::map<int, Shape> shapes_;
  std::map<int, int> lists_;
  Shape* shape_ = nullptr;
  Level* level_ = nullptr;
  int list_ = -1;
};

using Notes = std::map<std::string, std::string, std::less<>>;

// What stands in the file and is not shown, or is shown elsewhere.
bool is_hidden(std::string_view name) {
  constexpr std::array<std::string_view, 17> kNames{
      "Fallback",    "del",         "delInstrText", "delText",    "instrText",    "moveFrom",
      "numPrChange", "pPrChange",   "rPrChange",    "rt",         "sectPr",       "sectPrChange",
      "tblGrid",     "tblPrChange", "tcPrChange",   "trPrChange", "tblGridChange"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// The body, or the notes.
class Body : public XmlEvents {
 public:
  Body(Flow& flow, const Styles& styles, Numbering& numbering, Notes& footnotes, Notes& endnotes)
      : flow_(flow),
        styles_(styles),
        numbering_(numbering),
        footnotes_(footnotes),
        endnotes_(endnotes) {}

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (hidden_ > 0) {
      ++hidden_;
    } else if (properties_ > 0) {
      ++properties_;
      property(name, attributes);
    } else if (is_hidden(name)) {
      hidden_ = 1;
    } else if (name == "pPr" || name == "rPr" || name == "tcPr" || name == "trPr" ||
               name == "tblPr" || name == "sdtPr" || name == "sdtEndPr" || name == "tblPrEx") {
      properties_ = 1;
      kind_ = name;
    } else {
      content(name, attributes);
    }
  }

  void close(std::string_view name) override {
    if (hidden_ > 0) {
      --hidden_;
    } else if (properties_ > 0) {
      --properties_;
    } else if (name == "r") {
      run_ = false;
    } else if (name == "t") {
      in_text_ = false;
    } else if (name == "p") {
      close_paragraph();
    } else if (name == "tc" && !cells_.empty()) {
      flow_.close_cell(static_cast<std::size_t>(std::max(1, cells_.back().columns)),
                       cells_.back().covered);
      cells_.pop_back();
    } else if (name == "tr" && !rows_.empty()) {
      if (rows_.back()) flow_.drop_row();
      rows_.pop_back();
    } else if (name == "tbl") {
      flow_.close_table();
    } else if (name == "txbxContent") {
      flow_.close_box();
    }
  }

  void text(std::string_view text) override {
    if (hidden_ > 0 || !in_text_ || vanished_) return;
    flow_.text(font_.empty() ? std::string(text) : decode_font(std::string(text), font_));
  }

 private:
  struct Properties {
    std::string style;
    int outline = -1, list = -1, level = -1;
    bool joined = false;  // its mark is deleted: it goes on in the next paragraph
  };
  struct Cell {
    int columns = 1;
    bool covered = false;  // by the cell above
  };

  void property(std::string_view name, const XmlAttributes& attributes) {
    const auto value = attributes["val"];
    if (name.ends_with("Change")) {  // what the properties were
      --properties_;
      hidden_ = 1;
    } else if (kind_ == "pPr" && !open_.empty()) {
      Properties& paragraph = open_.back();
      if (name == "pStyle") paragraph.style = value;
      if (name == "outlineLvl") paragraph.outline = integer(value, -1);
      if (name == "numId") paragraph.list = integer(value, -1);
      if (name == "ilvl") paragraph.level = integer(value, 0);
      if (name == "del" || name == "moveFrom") paragraph.joined = true;
    } else if (kind_ == "rPr" && run_) {
      if (name == "vanish") vanished_ = is_on(attributes);
      if (name == "rFonts" && !attributes["ascii"].empty()) font_ = attributes["ascii"];
      if (name == "rStyle") set_font(value);
    } else if (kind_ == "tcPr" && !cells_.empty()) {
      if (name == "gridSpan") cells_.back().columns = integer(value, 1);
      if (name == "vMerge") cells_.back().covered = value != "restart";
      if (name == "cellDel") cells_.back().covered = true;
    } else if (kind_ == "trPr" && name == "del" && !rows_.empty()) {
      rows_.back() = true;
    }
  }

  void content(std::string_view name, const XmlAttributes& attributes) {
    if (name == "p") {
      flow_.open_paragraph();
      open_.emplace_back();
    } else if (name == "r") {
      run_ = true;
      vanished_ = false;
      font_ = styles_.default_font;
      if (!open_.empty()) set_font(open_.back().style);
    } else if (name == "t") {
      in_text_ = true;
    } else if (run_ && !vanished_ && name == "tab") {
      flow_.text("\t");
    } else if (run_ && !vanished_ && (name == "br" || name == "cr")) {
      flow_.text("\n");
    } else if (run_ && name == "noBreakHyphen") {
      flow_.text("-");
    } else if (name == "footnoteReference") {
      note(footnotes_, attributes["id"]);
    } else if (name == "endnoteReference") {
      note(endnotes_, attributes["id"]);
    } else if (name == "tbl") {
      flow_.open_table();
    } else if (name == "tr") {
      flow_.open_row();
      rows_.push_back(false);
    } else if (name == "tc") {
      flow_.open_cell();
      cells_.emplace_back();
    } else if (name == "txbxContent") {
      flow_.open_box();
    }
  }

  void set_font(std::string_view style) {
    const auto* found = styles_.find(style, [](const Style& s) { return !s.font.empty(); });
    if (found) font_ = found->font;
  }

  // Once only, however often it is referred to.
  void note(Notes& notes, std::string_view id) {
    const auto found = notes.find(id);
    if (found == notes.end()) return;
    flow_.note(std::move(found->second));
    notes.erase(found);
  }

  void close_paragraph() {
    if (open_.empty()) return;
    const Properties properties = std::move(open_.back());
    open_.pop_back();
    Paragraph* paragraph = flow_.paragraph();
    if (!paragraph) return;
    if (properties.joined) {
      carried_ += std::exchange(paragraph->text, {});
    } else if (!carried_.empty()) {
      carried_ += paragraph->text;
      paragraph->text = std::exchange(carried_, {});
    }
    describe(properties, *paragraph);
    // An empty paragraph is a gap; one that is joined to the next is none.
    if (properties.joined && paragraph->boxes.empty()) {
      flow_.drop_paragraph();
    } else {
      flow_.close_paragraph();
    }
  }

  void describe(const Properties& properties, Paragraph& paragraph) {
    const auto named = [&](std::string_view name) {
      return styles_.find(properties.style, [&](const Style& s) { return s.name == name; });
    };
    const auto* contents =
        styles_.find(properties.style, [](const Style& s) { return s.name.starts_with("toc "); });
    if (contents) {
      paragraph.text.clear();
      return;
    }
    if (paragraph.text.empty()) return;
    const auto* listed = styles_.find(properties.style, [](const Style& s) { return s.list >= 0; });
    const int list = properties.list >= 0 ? properties.list : listed ? listed->list : -1;
    const int depth = properties.level >= 0 ? properties.level : listed ? listed->list_level : 0;
    if (list > 0) paragraph.text.insert(0, numbering_.next(list, depth));
    const auto* style = styles_.find(properties.style, [](const Style& s) {
      return s.outline >= 0 || s.name.starts_with("heading ");
    });
    int outline = properties.outline;
    if (outline < 0 && style) {
      outline = style->outline >= 0 ? style->outline
                                    : integer(std::string_view(style->name).substr(8), 1) - 1;
    }
    if (named("title")) {
      paragraph.role = Role::Title;
    } else if (named("caption")) {
      paragraph.role = Role::Caption;
    } else if (outline >= 0 && outline < kMaxListLevel) {
      paragraph.role = Role::Heading;
      paragraph.level = outline + 1;
    }
  }

  Flow& flow_;
  const Styles& styles_;
  Numbering& numbering_;
  Notes& footnotes_;
  Notes& endnotes_;
  std::vector<Properties> open_;
  std::vector<Cell> cells_;
  std::vector<bool> rows_;  // whether they are deleted
  std::string carried_;     // the text of a paragraph whose mark is deleted
  std::string kind_;        // of the properties being read
  std::string font_;
  std::size_t hidden_ = 0, properties_ = 0;  // how deep within
  bool run_ = false, in_text_ = false, vanished_ = false;
};

// The notes of a part, by their number.
class NotesPart : public XmlEvents {
 public:
  NotesPart(const std::string& path, const Styles& styles, Numbering& numbering, Notes& notes)
      : page_(path), flow_(page_), body_(flow_, styles, numbering, none_, none_), notes_(notes) {}

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "footnote" && name != "endnote") return body_.open(name, attributes);
    id_ = attributes["id"];
    flow_.open_note();
  }
  void close(std::string_view name) override {
    if (name != "footnote" && name != "endnote") return body_.close(name);
    flow_.close_note();
    std::string text;
    for (const std::string& paragraph : flow_.take_notes()) {
      text += (text.empty() ? "" : "\n") + paragraph;
    }
    notes_.emplace(id_, std::move(text));
  }
  void text(std::string_view text) override { body_.text(text); }

 private:
  PageBuilder page_;
  Flow flow_;
  Notes none_;
  Body body_;
  Notes& notes_;
  std::string id_;
};

// The title that the file's properties give.
struct CoreProperties : XmlEvents {
  std::string title;

  void open(std::string_view name, const XmlAttributes&) override { in_title_ = name == "title"; }
  void close(std::string_view) override { in_title_ = false; }
  void text(std::string_view text) override {
    if (in_title_) title += text;
  }

 private:
  bool in_title_ = false;
};

class Package {
 public:
  Package(std::string_view bytes, const std::string& path) : path_(path), archive_(bytes, path) {}

  Page read() {
    const Relations root = relations_of("");
    const std::string main = target(root, "", "officeDocument", "word/document.xml");
    const ZipArchive::Entry* body = archive_.find(main);
    if (!body || main.starts_with("xl/") || main.starts_with("ppt/")) {
      const std::string what = archive_.find("xl/workbook.xml")        ? "a spreadsheet"
                               : archive_.find("ppt/presentation.xml") ? "slides"
                                                                       : "";
      throw ImportError(path_, "",
                        what.empty() ? "no Word document: the package has no " + main
                                     : what + ": save what it says as .docx or text");
    }
    const Relations parts = relations_of(main);
    Styles styles;
    Numbering numbering;
    Notes footnotes, endnotes;
    parse(target(parts, main, "styles", "word/styles.xml"), styles);
    parse(target(parts, main, "numbering", "word/numbering.xml"), numbering);
    NotesPart foot(path_, styles, numbering, footnotes), end(path_, styles, numbering, endnotes);
    parse(target(parts, main, "footnotes", "word/footnotes.xml"), foot);
    parse(target(parts, main, "endnotes", "word/endnotes.xml"), end);
    CoreProperties properties;
    parse(target(root, "", "core-properties", "docProps/core.xml"), properties);

    PageBuilder page(path_);
    Flow flow(page);
    Body content(flow, styles, numbering, footnotes, endnotes);
    parse(main, content);
    Page read = page.finish();
    read.title = properties.title;
    return read;
  }

 private:
  void parse(const std::string& part, XmlEvents& events) {
    const ZipArchive::Entry* entry = archive_.find(part);
    if (!entry) return;
    const std::string xml = archive_.read(*entry, room_);
    room_ -= xml.size();
    read_xml(xml, path_, part, events);
  }

  Relations relations_of(const std::string& part) {
    const auto name = part.rfind('/') == std::string::npos ? 0 : part.rfind('/') + 1;
    Relations relations;
    parse(part.substr(0, name) + "_rels/" + part.substr(name) + ".rels", relations);
    return relations;
  }

  static std::string target(const Relations& relations, const std::string& part,
                            std::string_view type, const std::string& usual) {
    const auto found = relations.targets.find(type);
    if (found == relations.targets.end()) return usual;
    if (found->second.starts_with('/')) return found->second.substr(1);
    return part.substr(0, part.rfind('/') + 1) + found->second;
  }

  const std::string& path_;
  ZipArchive archive_;
  std::size_t room_ = kMaxDocumentBytes;  // for all parts, unpacked
};

constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

}  // namespace

Page read_docx(std::string_view bytes, const std::string& path) {
  return Package(bytes, path).read();
}

bool is_ooxml(std::string_view bytes) {
  if (!is_zip(bytes)) return false;
  try {
    return ZipArchive(bytes, "").find(kContentTypes) != nullptr;
  } catch (const ImportError&) {
    return false;  // the reader of archives says what is wrong
  }
}

bool is_encrypted_ooxml(std::string_view bytes) {
  std::string name;  // of its stream, in UTF-16
  for (const char c : std::string_view("EncryptedPackage")) name += {c, '\0'};
  return bytes.starts_with(kOle) && bytes.find(name) != std::string_view::npos;
}

Page read_encrypted(std::string_view, const std::string& path) {
  throw ImportError(path, "", "locked with a password: open it in Word and save it without one");
}

}  // namespace ketnghia::importers
