#include "importers/readers/html.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <utility>

#include "importers/import_error.hpp"
#include "importers/readers/cues.hpp"
#include "importers/readers/html_meta.hpp"
#include "importers/readers/html_tree.hpp"
#include "importers/readers/looks.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kCaptionBytes = 700;  // visible text of a picture's box, caption included
constexpr int kCaptionLevels = 3;           // blocks between a caption and its picture's box
constexpr std::size_t kCellBytes = 3000;    // more than this in a cell is a page's column
constexpr std::size_t kTitleWords = 3;      // fewer are a rubric
constexpr double kLinkShare = 0.6;          // of a list of links
constexpr std::size_t kLinkCount = 3;
constexpr std::size_t kCardChars = 400;  // of the summary in a box of another story
constexpr std::size_t kCardLines = 5;
constexpr std::size_t kSiteBytes = 100;  // of a site's name
constexpr double kLeadShare = 0.15;      // of all prose, in what holds the first paragraph

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

bool is_hidden(const HtmlTree::Node& node) {
  switch (node.tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_TITLE:
      return true;
    default:
      break;
  }
  if (gumbo_get_attribute(&node.node->v.element.attributes, "hidden") != nullptr) return true;
  std::string style{node.attribute("style").substr(0, kCaptionBytes)};
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos;
}

// A page for telephones has <amp-img>, which the parser does not know.
bool is_picture(const HtmlTree::Node& node) {
  if (node.tag == GUMBO_TAG_IMG) return true;
  if (node.tag != GUMBO_TAG_UNKNOWN) return false;
  const auto& name = node.node->v.element.original_tag;
  return std::string_view{name.data, name.length}.starts_with("<amp-img");
}

bool is_cell(GumboTag tag) { return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH; }

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6
             ? static_cast<int>(tag) - static_cast<int>(GUMBO_TAG_H1) + 1
             : 0;
}

// A block whose own text is one line, so that its parent is what holds lines.
bool is_line(GumboTag tag) {
  return tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI || heading_level(tag) > 0 ||
         tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT || tag == GUMBO_TAG_BLOCKQUOTE;
}

// What lies within an element.
struct Content {
  std::size_t bytes = 0;  // visible, white space left out
  std::size_t links = 0;  // of those, bytes that lead elsewhere
  std::size_t anchors = 0;
  std::size_t prose = 0;  // code points of its prose lines
  bool image = false;
  bool table = false;  // another table
  bool heading = false;
};

enum class Part : std::uint8_t { Story, Furniture, Comments };

class PageReader {
 public:
  PageReader(const HtmlTree& tree, Page& page, const std::string& path)
      : nodes_(tree.nodes()),
        page_(page),
        path_(path),
        content_(nodes_.size()),
        hidden_(nodes_.size()),
        part_(nodes_.size(), Part::Story) {}

  void read(const HtmlMeta& meta) {
    measure();
    collect();
    weigh();
    find_title(meta.title);
    mark_furniture();
    find_root();
    describe();
  }

 private:
  using Nodes = std::vector<HtmlTree::Node>;

  bool within(std::size_t node, std::size_t element) const {
    return node >= element && node < nodes_[element].end;
  }

  void measure() {
    std::vector<std::size_t> anchors(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const auto& node = nodes_[i];
      const auto above = node.parent;
      hidden_[i] = (i != above && hidden_[above]) || (node.element && is_hidden(node));
      anchors[i] =
          (i != above ? anchors[above] : 0) +
          (node.element && node.tag == GUMBO_TAG_A && !node.attribute("href").empty() ? 1 : 0);
      auto& content = content_[i];
      if (hidden_[i]) continue;
      if (node.element) {
        content.image = is_picture(node);
        content.anchors = node.tag == GUMBO_TAG_A ? 1 : 0;
      } else {
        const auto text = node.text();
        content.bytes = static_cast<std::size_t>(std::count_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; }));
        if (anchors[i] > 0) content.links = content.bytes;
      }
    }
    linked_ = std::move(anchors);
    for (std::size_t i = nodes_.size(); i-- > 1;) {
      const auto& own = content_[i];
      auto& above = content_[nodes_[i].parent];
      above.bytes += own.bytes;
      above.links += own.links;
      above.anchors += own.anchors;
      above.image |= own.image;
      above.table |= own.table || nodes_[i].tag == GUMBO_TAG_TABLE;
      above.heading |= own.heading || (nodes_[i].element && heading_level(nodes_[i].tag) > 0);
    }
  }

  // Whether a table holds data and not the columns of a page.
  bool is_data(std::size_t table) const {
    if (content_[table].table || content_[table].heading ||
        nodes_[table].attribute("role") == "presentation") {
      return false;
    }
    std::size_t rows = 0, filled = 0;
    bool wide = false;
    for (std::size_t i = table + 1; i < nodes_[table].end; ++i) {
      if (!nodes_[i].element) continue;
      if (nodes_[i].tag == GUMBO_TAG_TR) {
        if (filled >= 2) ++rows;
        filled = 0;
      } else if (is_cell(nodes_[i].tag) && content_[i].bytes > 0) {
        ++filled;
        wide |= content_[i].bytes > kCellBytes;
      }
    }
    if (filled >= 2) ++rows;
    return rows >= 2 && !wide;
  }

  // Text to lines.
  void collect() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i <= nodes_.size(); ++i) {
      while (!open.empty() && (i == nodes_.size() || i >= nodes_[open.back()].end)) {
        leave(open.back());
        open.pop_back();
      }
      if (i == nodes_.size()) break;
      if (hidden_[i]) {
        i = nodes_[i].end - 1;
        continue;
      }
      if (nodes_[i].element) {
        enter(i);
        open.push_back(i);
      } else {
        add(i);
      }
    }
    finish_line();
  }

  void enter(std::size_t i) {
    const auto tag = nodes_[i].tag;
    if (tag == GUMBO_TAG_PRE) ++preformatted_;
    if (is_picture(nodes_[i])) note_picture();
    if (data_ != kNone) {
      if (is_cell(tag)) {
        finish_cell();
        in_cell_ = true;
        cell_begin_ = page_.text.size();
        if (!row_.empty()) ++bars_;
      } else if (is_block(tag) || tag == GUMBO_TAG_BR) {
        space_ = true;
      }
      if (tag == GUMBO_TAG_TR) finish_line();
      return;
    }
    if (tag == GUMBO_TAG_TABLE && is_data(i)) {
      finish_line();
      gap_ = true;
      data_ = i;
      ++table_;
    } else if (tag == GUMBO_TAG_BR) {
      if (line_begin_ == kNone) gap_ = true;  // two of them make a blank line
      finish_line();
    } else if (is_block(tag)) {
      finish_line();
      gap_ = true;
    }
  }

  void leave(std::size_t i) {
    const auto tag = nodes_[i].tag;
    if (tag == GUMBO_TAG_PRE) --preformatted_;
    if (data_ != kNone) {
      if (is_cell(tag)) finish_cell();
      if (tag == GUMBO_TAG_TR || i == data_) finish_line();
      if (i == data_) {
        data_ = kNone;
        gap_ = true;
      }
      if (is_block(tag)) space_ = true;
    } else if (is_block(tag)) {
      finish_line();
      gap_ = true;
    }
  }

  void add(std::size_t i) {
    const auto text = nodes_[i].text();
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (c == '\n' && preformatted_ > 0 && data_ == kNone) {
        finish_line();
        continue;
      }
      const bool no_break = c == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0';
      if (no_break || static_cast<unsigned char>(c) <= 0x20) {
        space_ = true;
        if (no_break) ++at;
        continue;
      }
      if (line_begin_ == kNone) {
        if (!page_.text.empty()) page_.text += '\n';
        line_begin_ = page_.text.size();
        line_node_ = i;
        links_ = 0;
        if (data_ != kNone) cell_begin_ = line_begin_;
      } else if (bars_ > 0) {
        for (; bars_ > 0; --bars_) page_.text += " |";
        page_.text += ' ';
        cell_begin_ = page_.text.size();
      } else if (space_) {
        page_.text += ' ';
      }
      bars_ = 0;
      space_ = false;
      page_.text += c;
      if (linked_[i] > 0) ++links_;
    }
  }

  void finish_cell() {
    if (!in_cell_) return;
    in_cell_ = false;
    space_ = false;
    // A blank cell keeps its place in the row but has no text of its own.
    const auto end = static_cast<std::uint32_t>(page_.text.size());
    const bool blank = line_begin_ == kNone || bars_ > 0;
    row_.push_back(blank ? Span{end, end} : Span{static_cast<std::uint32_t>(cell_begin_), end});
  }

  void finish_line() {
    finish_cell();
    space_ = false;
    bars_ = 0;
    if (line_begin_ == kNone) {
      row_.clear();
      return;
    }
    Line line;
    line.span = {static_cast<std::uint32_t>(line_begin_),
                 static_cast<std::uint32_t>(page_.text.size())};
    line.gap = gap_;
    line.links = static_cast<float>(links_) / static_cast<float>(line.span.size());
    if (row_.size() >= 2) {
      for (Span& cell : row_) {  // blank cells before the first letter
        cell.begin = std::max(cell.begin, line.span.begin);
        cell.end = std::max(cell.end, line.span.begin);
      }
      line.cells = row_;
      line.table = table_;
    }
    row_.clear();
    if (page_.lines.size() == kMaxLines)
      throw ImportError(path_, "", "too many lines for a document");
    line.image = picture_;
    picture_ = false;
    page_.lines.push_back(std::move(line));
    sources_.push_back(line_node_);
    line_begin_ = kNone;
    gap_ = false;
  }

  void note_picture() {
    picture_ = true;
    if (line_begin_ == kNone && !page_.lines.empty()) page_.lines.back().image = true;
  }

  std::string_view shown(std::size_t line) const { return page_.lines[line].span.of(page_.text); }

  const Looks& looks(std::size_t line) const { return page_.lines[line].looks; }

  void weigh() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      page_.lines[i].looks = looks_of(shown(i));
      const bool prose =
          looks(i).prose() && page_.lines[i].links < kLinkShare && page_.lines[i].cells.empty();
      prose_.push_back(prose);
      if (!prose) continue;
      for (std::size_t node = sources_[i];; node = nodes_[node].parent) {
        content_[node].prose += looks(i).chars;
        if (node == nodes_[node].parent) break;
      }
    }
  }

  static std::set<std::string, std::less<>> word_set(std::string_view key) {
    std::set<std::string, std::less<>> words;
    std::string word;
    for (const char c : key) {
      const bool letter =
          static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (letter) {
        word += c;
      } else if (!word.empty()) {
        words.insert(std::move(word));
        word.clear();
      }
    }
    if (!word.empty()) words.insert(std::move(word));
    return words;
  }

  int level_of(std::size_t line) const {
    for (std::size_t node = sources_[line];; node = nodes_[node].parent) {
      if (nodes_[node].element && heading_level(nodes_[node].tag) > 0)
        return heading_level(nodes_[node].tag);
      if (node == nodes_[node].parent) return 0;
    }
  }

  // Whether a line is the site's own name, which leads to its first page.
  bool leads_home(std::size_t line) const {
    if (page_.lines[line].links < kLinkShare) return false;
    for (std::size_t node = sources_[line];; node = nodes_[node].parent) {
      const auto href = nodes_[node].attribute("href");
      if (!href.empty()) {
        const auto path =
            href.find("://") == std::string_view::npos
                ? href
                : href.substr(std::min(href.find('/', href.find("://") + 3), href.size()));
        return path.empty() || path == "/" || path == "#" || path == "./" ||
               path.starts_with("/index.") || path.starts_with("/home");
      }
      if (node == nodes_[node].parent) return false;
    }
  }

  // The line most like the page's own title; else its first <h1>.
  void find_title(std::string_view own) {
    const auto wanted = word_set(cue_key(own));
    double best = 0.5;
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      if (looks(i).words < kTitleWords || !page_.lines[i].cells.empty() || leads_home(i)) continue;
      const auto words = word_set(looks(i).key);
      const auto common = std::count_if(words.begin(), words.end(),
                                        [&](const auto& w) { return wanted.contains(w); });
      const double like = words.empty() || wanted.empty()
                              ? 0.0
                              : static_cast<double>(common) /
                                    static_cast<double>(std::max(words.size(), wanted.size()));
      const int level = level_of(i);
      const double score = like +
                           (level == 1  ? 0.4
                            : level > 1 ? 0.15
                                        : 0.0) -
                           (page_.lines[i].links > kLinkShare ? 0.3 : 0.0);
      // A heading that shares no word with the title is not it, unless it is all there is.
      if (score > best && like >= 0.4) {
        best = score;
        title_ = i;
      }
    }
    for (std::size_t i = 0; title_ == kNone && i < page_.lines.size(); ++i) {
      if (level_of(i) == 1 && looks(i).words >= kTitleWords && !leads_home(i)) title_ = i;
    }
    if (title_ != kNone) page_.lines[title_].title = true;
    for (std::size_t i = title_ == kNone ? 0 : title_ + 1; lead_ == kNone && i < page_.lines.size();
         ++i) {
      if (prose_[i]) lead_ = i;
    }
  }

  // No part of the page's frame: it holds the title, or the first paragraph and much of what
  // there is to read. Whole pages stand in a <form>, whole stories in a "content-top".
  bool holds_story(std::size_t element) const {
    if (title_ != kNone && within(sources_[title_], element)) return true;
    return lead_ != kNone && within(sources_[lead_], element) &&
           static_cast<double>(content_[element].prose) >=
               kLeadShare * static_cast<double>(content_[0].prose);
  }

  Part part_of(const HtmlTree::Node& node) const {
    const auto is = [&](Cue cue) {
      return has_class(cue, node.attribute("class")) || has_class(cue, node.attribute("id"));
    };
    if (is(Cue::PageComments)) return Part::Comments;
    switch (node.tag) {
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_HEADER:
      case GUMBO_TAG_FOOTER:
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_FORM:
      case GUMBO_TAG_MENU:
        return Part::Furniture;
      // The head row of a table has the class "header" too.
      case GUMBO_TAG_THEAD:
      case GUMBO_TAG_TBODY:
      case GUMBO_TAG_TR:
      case GUMBO_TAG_TH:
      case GUMBO_TAG_TD:
        return Part::Story;
      default:
        break;
    }
    const bool frame = is(Cue::PageMenu) || is(Cue::PageFooter) || is(Cue::PageAside) ||
                       is(Cue::PageRelated) || is(Cue::PageShare);
    return frame ? Part::Furniture : Part::Story;
  }

  // Boxes that name another story, link to it, and sum it up: within a story or beside it.
  void find_cards() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      if (page_.lines[i].links <= kLinkShare || looks(i).words < kTitleWords || i == title_)
        continue;
      const std::size_t link = sources_[i];
      std::size_t card = kNone;
      for (std::size_t node = link; node != nodes_[node].parent; node = nodes_[node].parent) {
        const auto& content = content_[node];
        if (content.prose > kCardChars || content.links * 5 < content.bytes) break;
        const auto tag = nodes_[node].tag;
        if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_LI ||
            tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_FIGURE) {
          if (content.prose > 0) card = node;
        }
      }
      if (card != kNone && !holds_story(card) && is_card(card, i)) part_[card] = Part::Furniture;
    }
  }

  // Whether line `i` is the first that an element holds, and at most one paragraph follows.
  bool is_card(std::size_t element, std::size_t i) const {
    if (i > 0 && within(sources_[i - 1], element)) return false;
    std::size_t prose = 0, lines = 0;
    for (; i < page_.lines.size() && within(sources_[i], element); ++i, ++lines) {
      if (prose_[i]) ++prose;
    }
    return prose <= 1 && lines <= kCardLines;
  }

  void mark_furniture() {
    find_cards();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const auto& node = nodes_[i];
      const auto above = i == node.parent ? Part::Story : part_[node.parent];
      if (above != Part::Story) part_[i] = above;
      if (part_[i] != Part::Story) continue;
      if (!node.element || hidden_[i] || content_[i].bytes == 0 || node.tag == GUMBO_TAG_BODY ||
          node.tag == GUMBO_TAG_HTML) {
        continue;
      }
      auto part = part_of(node);
      const auto& content = content_[i];
      const bool links =
          is_block(node.tag) && content.anchors >= kLinkCount &&
          static_cast<double>(content.links) > kLinkShare * static_cast<double>(content.bytes);
      if (part == Part::Story && links) part = Part::Furniture;
      if (part != Part::Story && !holds_story(i)) part_[i] = part;
    }
  }

  // The element whose own lines are most of the story, widened while its parent holds much more.
  void find_root() {
    std::vector<double> scores(nodes_.size()), prose(nodes_.size());
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      if (!prose_[i] || part_[sources_[i]] != Part::Story) continue;
      std::size_t holder = sources_[i];
      while (holder != nodes_[holder].parent &&
             (!nodes_[holder].element || !is_block(nodes_[holder].tag) ||
              is_line(nodes_[holder].tag))) {
        holder = nodes_[holder].parent;
      }
      const auto weight = static_cast<double>(looks(i).chars);
      scores[holder] += weight;
      scores[nodes_[holder].parent] += weight / 2;
      for (std::size_t node = holder;; node = nodes_[node].parent) {
        prose[node] += weight;
        if (node == nodes_[node].parent) break;
      }
    }
    const auto top = std::max_element(scores.begin(), scores.end());
    if (top == scores.end() || *top <= 0) return;
    root_ = static_cast<std::size_t>(top - scores.begin());
    while (root_ != nodes_[root_].parent && prose[nodes_[root_].parent] > kWider * prose[root_]) {
      root_ = nodes_[root_].parent;
    }
  }

  // Whether all of a line is set apart from running text: slanted, small, or centred.
  bool is_set_apart(std::size_t line) const {
    int levels = 0;
    for (std::size_t node = nodes_[sources_[line]].parent; levels < kCaptionLevels;
         node = nodes_[node].parent, ++levels) {
      const auto& element = nodes_[node];
      if (node == element.parent || content_[node].bytes > kCaptionBytes) return false;
      std::string style{element.attribute("style").substr(0, kCaptionBytes)};
      std::erase(style, ' ');
      if (element.tag == GUMBO_TAG_I || element.tag == GUMBO_TAG_EM ||
          element.tag == GUMBO_TAG_SMALL || element.tag == GUMBO_TAG_CENTER ||
          element.attribute("align") == "center" ||
          style.find("text-align:center") != std::string::npos ||
          style.find("font-style:italic") != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  bool is_caption(std::size_t line) const {
    if (page_.lines[line].image && looks(line).chars < kCaptionBytes / 2 && is_set_apart(line) &&
        (title_ == kNone || line > title_)) {
      return true;
    }
    int levels = 0;
    for (std::size_t node = nodes_[sources_[line]].parent; levels < kCaptionLevels;
         node = nodes_[node].parent) {
      const auto& element = nodes_[node];
      if (element.tag == GUMBO_TAG_FIGCAPTION ||
          has_class(Cue::PageCaption, element.attribute("class")))
        return true;
      if (element.tag == GUMBO_TAG_BODY || node == element.parent) return false;
      if (!is_block(element.tag)) continue;
      ++levels;
      // A picture's box holds its caption, and no other sentence.
      const std::size_t own = prose_[line] ? looks(line).chars : 0;
      const bool box = content_[node].image && content_[node].prose <= own &&
                       content_[node].bytes <= kCaptionBytes &&
                       (root_ == kNone || !within(root_, node));
      if (box) return !holds_story(node) && looks(line).chars < kCaptionBytes / 2;
    }
    return false;
  }

  // Whether a line is of the end of an official document, which may stand outside of its text.
  bool is_ending(std::size_t i) const {
    const auto says = [](std::string_view key) {
      return starts_with_cue(Cue::Addressees, key) || starts_with_cue(Cue::Signature, key);
    };
    const auto& line = page_.lines[i];
    if (line.cells.empty()) return says(looks(i).key);
    for (std::size_t k = i; k > 0 && page_.lines[k].table == line.table; --k) {
      for (const Span cell : page_.lines[k].cells) {
        if (says(cue_key(cell.of(page_.text)))) return true;
      }
    }
    return false;
  }

  void describe() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      auto& line = page_.lines[i];
      const auto source = sources_[i];
      const auto part = part_[source];
      const bool after = root_ != kNone && source >= nodes_[root_].end;
      const bool link = line.links > kLinkShare && !prose_[i] && line.cells.empty() &&
                        looks(i).words >= kTitleWords;
      if (line.title) {
        line.markup = Markup::Heading;
        line.level = 1;
      } else if (part == Part::Comments) {
        line.markup = Markup::Comments;
      } else if (part == Part::Furniture || link) {
        line.markup = Markup::Furniture;
      } else if (after && !looks(i).name && !starts_with_cue(Cue::Byline, looks(i).key) &&
                 !is_ending(i)) {
        line.markup = Markup::Furniture;
      } else if (is_caption(i)) {
        line.markup = Markup::Caption;
      } else {
        by_ancestors(line, source, i);
      }
    }
  }

  void by_ancestors(Line& line, std::size_t source, std::size_t i) {
    int depth = 0;
    for (std::size_t node = nodes_[source].parent; node != nodes_[node].parent;
         node = nodes_[node].parent) {
      const auto& element = nodes_[node];
      if (element.tag == GUMBO_TAG_LI) ++depth;
      if (line.markup != Markup::None) continue;
      const auto classes = element.attribute("class");
      const bool small = content_[node].bytes <= kCaptionBytes && !looks(i).prose();
      if (const int level = heading_level(element.tag); level > 0) {
        if (!looks(i).prose()) line.markup = Markup::Heading;
        line.level = level;
      } else if (element.tag == GUMBO_TAG_BLOCKQUOTE || has_class(Cue::PageQuote, classes)) {
        line.markup = Markup::Quotation;
      } else if (small && (element.tag == GUMBO_TAG_TIME || has_class(Cue::PageDate, classes))) {
        line.markup = Markup::Date;
      } else if (small && has_class(Cue::PageByline, classes)) {
        line.markup = Markup::Byline;
      }
    }
    if (depth > 0 && line.markup == Markup::None && line.cells.empty()) {
      line.markup = Markup::ListItem;
      line.level = depth;
    }
  }

  static constexpr double kWider = 1.25;

  const Nodes& nodes_;
  Page& page_;
  const std::string& path_;
  std::vector<Content> content_;
  std::vector<bool> hidden_;
  std::vector<Part> part_;
  std::vector<std::size_t> linked_;   // how many links a node lies in
  std::vector<std::size_t> sources_;  // of each line, the node its text begins in
  std::vector<bool> prose_;
  std::size_t title_ = kNone, lead_ = kNone, root_ = kNone;

  // Of the line being collected.
  std::size_t line_begin_ = kNone, line_node_ = 0, links_ = 0;
  std::size_t data_ = kNone, cell_begin_ = 0;
  std::vector<Span> row_;
  int table_ = -1, preformatted_ = 0, bars_ = 0;
  bool gap_ = false, space_ = false, in_cell_ = false;
  bool picture_ = false;  // since the last line
};

// The site's name where the page's own title is its headline and that name: "Headline - Báo X".
std::string site_of(const Page& page) {
  for (const auto& line : page.lines) {
    if (!line.title) continue;
    const auto headline = line.span.of(page.text);
    if (!page.title.starts_with(headline)) return {};
    std::string_view rest = page.title;
    rest.remove_prefix(headline.size());
    for (const std::string_view mark : {" - ", " | ", " – ", " :: ", " » ", " — ", " • "}) {
      if (rest.starts_with(mark)) {
        rest.remove_prefix(mark.size());
        return rest.size() <= kSiteBytes ? std::string{rest} : std::string{};
      }
    }
    return {};
  }
  return {};
}

}  // namespace

Page read_html(std::string html, const std::string& path) {
  prepare_html(html);
  const HtmlTree tree{html, path};
  const HtmlMeta meta = read_html_meta(tree);
  Page page;
  page.marked_up = true;
  PageReader{tree, page, path}.read(meta);
  page.title = meta.title;
  page.published = meta.published;
  page.source = meta.source.empty() ? site_of(page) : meta.source;
  page.url = meta.url;
  return page;
}

bool looks_like_html(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  std::string head{text.substr(begin, 15)};
  for (char& c : head) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return head.starts_with("<!doctype html") || head.starts_with("<html") ||
         head.starts_with("<head") || head.starts_with("<body");
}

}  // namespace ketnghia::importers
