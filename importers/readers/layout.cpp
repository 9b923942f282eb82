#include "importers/readers/layout.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/text/normalise.hpp"
#include "importers/readers/cues.hpp"
#include "importers/readers/looks.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kHeadLines = 40;  // a letterhead or a title stands above this
constexpr std::size_t kMastheadLines = 6;
constexpr std::size_t kTitleWords = 5;  // fewer are a rubric or a menu
constexpr std::size_t kShortTitleWords = 3;
constexpr std::size_t kTitleChars = 130;  // more are a summary
constexpr std::size_t kOfficeWords = 3;
constexpr std::size_t kTitleLines = 3;  // below the heading of an official document
constexpr std::size_t kHeadingWords = 30;
constexpr std::size_t kPlainHeadingWords = 16;  // of a heading that nothing but shortness tells
constexpr std::size_t kBylineChars = 160;
constexpr std::size_t kYearChars = 4;
constexpr std::size_t kDayChars = 10;  // of an EDTF date that has a day
constexpr std::size_t kNameWords = 7;
constexpr std::size_t kImprintChars = 400;
constexpr std::size_t kCaptionChars = 200;  // of a caption that only its words tell
constexpr std::size_t kCreditBytes = 160;   // the end of a caption, where its credit stands
constexpr std::size_t kCountBytes = 12;
constexpr std::size_t kSignatureLines = 6;
constexpr std::size_t kSignatureChars = 120;

struct Genre {
  Cue cue;
  std::string_view name;
};
constexpr std::array kGenres{Genre{Cue::Report, "report"}, Genre{Cue::Plan, "plan"},
                             Genre{Cue::Decision, "decision"}, Genre{Cue::Release, "release"}};

class Layout {
 public:
  Layout(Page& page, SourceDocument& document)
      : page_(page),
        lines_(page.lines),
        document_(document),
        kinds_(lines_.size()),
        cell_kinds_(lines_.size()),
        levels_(lines_.size()),
        dates_(lines_.size()) {}

  void run() {
    furniture();
    find_head();
    find_signatures();
    find_sections();
    find_teasers();
    find_imprint();
    find_bylines();
    find_body();
    document_.text = std::move(page_.text);
    text_ = document_.text;
    make_blocks();
    tell();
  }

 private:
  using Kind = BlockKind;

  std::string_view shown(std::size_t i) const { return lines_[i].span.of(text_); }
  const Looks& looks(std::size_t i) const { return lines_[i].looks; }
  const std::string& key(std::size_t i) const { return lines_[i].looks.key; }
  bool open(std::size_t i) const { return !kinds_[i]; }
  bool row(std::size_t i) const { return !lines_[i].cells.empty(); }
  void set(std::size_t i, Kind kind) { kinds_[i] = kind; }
  void set_open(std::size_t begin, std::size_t end, Kind kind) {
    for (std::size_t i = begin; i < end; ++i) {
      if (open(i)) set(i, kind);
    }
  }
  bool prose(std::size_t i) const {
    return looks(i).prose() && !row(i) && lines_[i].markup != Markup::Caption &&
           !starts_with_cue(Cue::Imprint, key(i));
  }
  std::size_t next_open(std::size_t i) const {
    for (++i; i < lines_.size() && !open(i);) ++i;
    return i;
  }
  std::size_t previous_open(std::size_t i) const {
    while (i-- > 0) {
      if (open(i)) return i;
    }
    return kNone;
  }
  bool any_prose(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (open(i) && prose(i)) return true;
    }
    return false;
  }
  bool same(std::size_t a, std::size_t b) const {
    const auto difference = looks(a).chars > looks(b).chars ? looks(a).chars - looks(b).chars
                                                            : looks(b).chars - looks(a).chars;
    return looks(a).words >= kTitleWords && difference <= 2 && key(a) == key(b);
  }
  // "12/09/2023 | 17:42" has a bar and is no table.
  bool is_lone_row(std::size_t i) const {
    const auto joins = [&](std::size_t k) {
      return k < lines_.size() && row(k) && lines_[k].table == lines_[i].table;
    };
    return row(i) && !joins(i + 1) && !(i > 0 && joins(i - 1));
  }
  // The date on a line of little else; asked for often, so read once.
  const std::string& date(std::size_t i) const {
    auto& told = dates_[i];
    if (!told) {
      // "III. KẾ HOẠCH NĂM 2024" is a heading.
      const bool numbered = looks(i).marker != Marker::None && looks(i).marker != Marker::Dash;
      told = looks(i).chars > kBylineChars || numbered ? std::string{} : date_of_line(shown(i));
      // So is "PHƯƠNG HƯỚNG NĂM 2017": a year alone dates no page.
      if (told->size() <= kYearChars && !is_dateline(shown(i))) told->clear();
    }
    return *told;
  }

  // A number alone: of readers, of a page.
  bool is_count(std::size_t i) const {
    const auto line = shown(i);
    return line.size() <= kCountBytes && !line.ends_with('.') &&
           line.find_first_not_of("0123456789.,:-–/ ") == std::string_view::npos && date(i).empty();
  }

  // What stands alone whatever lies around it.
  void furniture() {
    text_ = page_.text;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto& line = lines_[i];
      bool frame = line.markup == Markup::Furniture || line.markup == Markup::Comments ||
                   line.looks.rule ||
                   // "Xem thêm: … | …"
                   (is_lone_row(i) &&
                    (starts_with_cue(Cue::Teasers, key(i)) || starts_with_cue(Cue::Link, key(i))));
      if (!frame && row(i)) {
        // A menu is a row of which nearly every cell is one of its words.
        std::size_t filled = 0, menu = 0;
        for (const Span cell : line.cells) {
          if (cell.empty()) continue;
          ++filled;
          const auto cell_key = cue_key(cell.of(text_));
          if (is_cue(Cue::Furniture, cell_key) || is_cue(Cue::Label, cell_key) ||
              starts_with_cue(Cue::Furniture, cell_key)) {
            ++menu;
          }
        }
        frame = menu * 2 > filled;
      } else if (!frame) {
        const bool is_link = starts_with_cue(Cue::Link, key(i)) && looks(i).chars < kImprintChars;
        frame = is_cue(Cue::Furniture, key(i)) || is_link || is_count(i) ||
                (starts_with_cue(Cue::Furniture, key(i)) && !looks(i).prose());
      }
      if (frame) set(i, Kind::Boilerplate);
    }
  }

  // -- the head -------------------------------------------------------------------------------

  bool has_motto(std::size_t i) const {
    if (is_cue(Cue::Motto, key(i))) return true;
    return std::any_of(lines_[i].cells.begin(), lines_[i].cells.end(),
                       [&](Span cell) { return is_cue(Cue::Motto, cue_key(cell.of(text_))); });
  }

  // "Số: 218/BC-SNgV"; "Số 6 - Tháng 6/2022" is no number of a document.
  static bool is_number(std::string_view text) {
    if (!starts_with_cue(Cue::Number, cue_key(text))) return false;
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || slash + 1 >= text.size()) return false;
    const auto after = text.substr(slash + 1);
    return (after.front() >= 'A' && after.front() <= 'Z') || after.starts_with("Đ") ||
           is_number_tail(after);
  }
  // "Số: 12/2024/QĐ-UBND"
  static bool is_number_tail(std::string_view text) {
    const auto slash = text.find('/');
    return slash != std::string_view::npos && slash + 1 < text.size() &&
           ((text[slash + 1] >= 'A' && text[slash + 1] <= 'Z') ||
            text.substr(slash + 1).starts_with("Đ"));
  }
  bool has_number(std::size_t i) const {
    if (!row(i)) return looks(i).chars < kBylineChars && is_number(shown(i));
    return std::any_of(lines_[i].cells.begin(), lines_[i].cells.end(),
                       [&](Span cell) { return is_number(cell.of(text_)); });
  }

  std::string_view genre_of(std::size_t i, bool letterhead) const {
    if (row(i) || looks(i).prose()) return {};
    const bool heading = looks(i).capitals || lines_[i].markup == Markup::Heading;
    for (const auto& genre : kGenres) {
      if (heading && is_cue(genre.cue, key(i))) return genre.name;
      if (looks(i).capitals && letterhead && starts_with_cue(genre.cue, key(i))) return genre.name;
      if (genre.cue == Cue::Release && starts_with_cue(genre.cue, key(i))) return genre.name;
    }
    return {};
  }

  void find_head() {
    const std::size_t end = std::min(lines_.size(), kHeadLines);
    std::size_t marked = kNone;
    for (std::size_t i = 0; i < lines_.size() && marked == kNone; ++i) {
      if (lines_[i].title) marked = i;
    }
    lead_ = marked == kNone ? 0 : marked + 1;
    while (lead_ < lines_.size() && !(open(lead_) && prose(lead_) &&
                                      looks(lead_).marker != Marker::Dash && date(lead_).empty())) {
      ++lead_;
    }
    std::size_t first_evidence = kNone, last_evidence = kNone;
    for (std::size_t i = 0; i < std::min(end, lead_); ++i) {
      if (!open(i) || !(has_motto(i) || has_number(i))) continue;
      if (first_evidence == kNone) first_evidence = i;
      last_evidence = i;
    }
    const bool letterhead = first_evidence != kNone;
    std::size_t heading = kNone;
    for (std::size_t i = letterhead ? first_evidence : 0;
         i < std::min(end, lead_) && heading == kNone; ++i) {
      if (!open(i)) continue;
      document_.genre = genre_of(i, letterhead);
      if (!document_.genre.empty()) heading = i;
    }
    std::size_t begin = 0;
    if (letterhead) begin = read_letterhead(first_evidence, last_evidence, heading);
    if (heading == kNone) begin = read_masthead(begin);
    if (heading != kNone) {
      read_official_title(heading);
    } else if (marked != kNone) {
      title_ = marked;
      set(marked, Kind::Title);
    } else {
      pick_title(begin);
    }
    if (marked != kNone && open(marked)) set(marked, Kind::Title);
    read_around_title(begin);
    if (document_.genre.empty()) document_.genre = letterhead ? "report" : "news";
    official_ = letterhead || heading != kNone;
  }

  // The offices above its first sign to the heading of the document; what stands above them is
  // the page's. Returns where the letterhead ends.
  std::size_t read_letterhead(std::size_t first, std::size_t last, std::size_t heading) {
    while (first > 0 && (looks(first - 1).rule ||
                         (open(first - 1) && looks(first - 1).capitals && !row(first - 1))))
      --first;
    set_open(0, first, Kind::Boilerplate);
    std::size_t end = heading;
    if (heading == kNone) {
      end = last + 1;
      while (end < lead_ && open(end) && !date(end).empty()) ++end;
    }
    for (std::size_t i = first; i < end; ++i) {
      if (!open(i)) continue;
      if (starts_with_cue(Cue::Subject, key(i))) {
        set(i, Kind::Title);
        if (title_ == kNone) title_ = i;
      } else {
        set(i, has_motto(i) && !row(i) ? Kind::Boilerplate : Kind::Letterhead);
      }
      read_date(i, published_head_);
    }
    return end;
  }

  // The name of a bulletin above its first story, and the line of its issue.
  std::size_t read_masthead(std::size_t begin) {
    std::size_t i = begin;
    while (i < lead_ && (!open(i) || !looks(i).capitals)) ++i;
    if (i >= std::min(lead_, begin + kHeadLines) || !starts_with_cue(Cue::Bulletin, key(i)) ||
        lines_[i].title)
      return begin;
    document_.genre = "bulletin";
    set(i, Kind::Letterhead);
    document_.source = shown(i);
    std::size_t next = i + 1;
    if (next < lead_ && open(next) && !lines_[next].gap && !date(next).empty()) {
      read_date(next, published_head_);
      set(next, Kind::Letterhead);
      ++next;
    }
    return next;
  }

  void read_official_title(std::size_t heading) {
    title_ = heading;
    set(heading, Kind::Title);
    // An office that puts its name above, without a letterhead.
    if (heading > 0 && open(heading - 1) && !row(heading - 1) &&
        looks(heading - 1).words >= kOfficeWords && date(heading - 1).empty()) {
      set(heading - 1, Kind::Letterhead);
    }
    for (std::size_t i = heading + 1; i < lines_.size() && i <= heading + kTitleLines; ++i) {
      const bool next = i == heading + 1;
      if (looks(i).rule) continue;
      if (!open(i) || row(i) || looks(i).prose() || looks(i).closed() || looks(i).end == ',' ||
          looks(i).marker != Marker::None || starts_with_cue(Cue::Addressees, key(i)) ||
          is_cue(Cue::Motto, key(i)) || !date(i).empty() ||
          (!next && (lines_[i].gap || looks(i).capitals))) {
        break;
      }
      set(i, Kind::Title);
    }
  }

  // A pasted page: among the short lines above its first paragraph, the one most like a title.
  void pick_title(std::size_t begin) {
    double best = 0;
    const std::size_t end =
        lead_ < lines_.size() ? lead_ : std::min(lines_.size(), begin + kHeadLines);
    for (std::size_t i = begin; i < end; ++i) {
      const bool small = looks(i).words < kTitleWords;
      if (!open(i) || row(i) || looks(i).closed() || looks(i).marker == Marker::Dash || small ||
          starts_with_cue(Cue::Byline, key(i)) || is_section(i) || !date(i).empty()) {
        continue;
      }
      double score = 1;
      if (looks(i).chars > kTitleChars) score -= 0.5;
      if (i + 1 < end && !date(i + 1).empty()) score += 2;
      if (looks(i).capitals) score += 0.2;
      if (score >= best) {  // the lowest of equals: menus stand above
        best = score;
        title_ = i;
      }
    }
    // A short title: the line right above the first paragraph, if it is no more than words.
    if (title_ == kNone && lead_ < lines_.size() && lead_ > begin) {
      const std::size_t above = lead_ - 1;
      const bool label = is_cue(Cue::Label, key(above)) || is_section(above) || is_byline(above);
      if (open(above) && !row(above) && !looks(above).closed() && !label && date(above).empty() &&
          looks(above).marker == Marker::None && looks(above).words >= kShortTitleWords) {
        title_ = above;
      }
    }
    if (title_ != kNone) set(title_, Kind::Title);
  }

  // Dates and authors beside the title; what is left above it is the page's.
  void read_around_title(std::size_t begin) {
    if (title_ == kNone) {
      for (std::size_t i = begin; i < lead_ && i < lines_.size(); ++i)
        read_date_line(i, published_below_);
      return;
    }
    std::size_t below = title_ + 1;
    for (; below < std::min(lead_, lines_.size()); ++below) {
      if (kinds_[below] && *kinds_[below] != Kind::Title) continue;
      if (read_date_line(below, published_below_)) continue;
      const bool dated = (below + 1 < lines_.size() && !date(below + 1).empty()) ||
                         (below > title_ + 1 && !date(below - 1).empty());
      const bool author =
          looks(below).name && !looks(below).capitals && looks(below).words <= kNameWords && dated;
      const bool told = starts_with_cue(Cue::Byline, key(below)) && looks(below).end != '.' &&
                        looks(below).chars < kBylineChars;
      const bool beside = lines_[below].markup == Markup::Byline || author || told;
      if (open(below) && beside) set(below, Kind::Byline);
    }
    if (title_ > begin && open(title_ - 1)) read_date_line(title_ - 1, published_above_);
    for (std::size_t i = begin; i < title_; ++i) {
      if (open(i))
        set(i, looks(i).prose() && !page_.marked_up ? Kind::Paragraph : Kind::Boilerplate);
    }
  }

  void read_date(std::size_t i, std::string& published) const {
    if (published.size() >= kDayChars) return;  // a year alone may be what the document is about
    if (!row(i)) {
      if (auto told = date(i); told.size() > published.size()) published = std::move(told);
      return;
    }
    for (const Span cell : lines_[i].cells) {
      if (!cell.empty() && published.empty()) published = date_of_line(cell.of(text_));
    }
  }

  bool read_date_line(std::size_t i, std::string& published) {
    const auto told = date(i);
    if (told.empty() && lines_[i].markup != Markup::Date) return false;
    if (published.empty()) published = told.empty() ? first_date(shown(i)) : told;
    if (open(i)) set(i, is_dateline(shown(i)) ? Kind::Letterhead : Kind::Boilerplate);
    return true;
  }

  // -- the end --------------------------------------------------------------------------------

  bool is_signature(std::size_t i) const {
    if (looks(i).chars > kSignatureChars || looks(i).prose() || row(i)) return false;
    const bool spelt =
        looks(i).capitals || shown(i).front() == '(' || looks(i).words <= kHeadingWords / 2;
    return (starts_with_cue(Cue::Signature, key(i)) && spelt) ||
           count_cues(Cue::Signature, key(i)) > 0;
  }
  bool is_post(std::size_t i) const { return looks(i).capitals && is_cue(Cue::Post, key(i)); }

  void find_signatures() {
    if (lines_.empty()) return;
    const std::size_t begin = title_ == kNone ? 0 : title_ + 1;
    for (std::size_t i = begin; i < lines_.size(); ++i) {
      if (!open(i)) continue;
      if (row(i)) {
        read_signature_rows(i);
      } else if (starts_with_cue(Cue::Addressees, key(i)) && !prose(i)) {
        set(i, Kind::Addressees);
        for (std::size_t k = i + 1; k < lines_.size() && open(k) && looks(i).end == ':'; ++k) {
          const bool item =
              looks(k).marker == Marker::Dash ||
              (!lines_[k].gap && looks(k).closed() && looks(k).chars < kSignatureChars);
          if (!item || row(k) || is_signature(k)) break;
          set(k, Kind::Addressees);
        }
      } else if (is_signature(i)) {
        read_signature(i);
      } else if (is_post(i)) {
        const auto next = next_open(i);
        if (next < lines_.size() && looks(next).name && !looks(next).prose() &&
            !any_prose(next + 1, std::min(lines_.size(), next + 2)))
          read_signature(i);
      }
    }
  }

  void read_signature(std::size_t i) {
    for (std::size_t k = i; k > 0 && i - k < kSignatureLines / 2; --k) {
      if (!open(k - 1) || row(k - 1) ||
          !(is_post(k - 1) || (looks(k - 1).capitals && looks(k - 1).words <= kNameWords &&
                               looks(k - 1).marker == Marker::None && is_post(i))))
        break;
      set(k - 1, Kind::Signature);
    }
    set(i, Kind::Signature);
    for (std::size_t k = i + 1; k < lines_.size() && k <= i + kSignatureLines; ++k) {
      if (!open(k) || row(k)) break;
      const bool part = is_signature(k) || is_post(k) ||
                        (looks(k).capitals && looks(k).words <= kHeadingWords / 2 &&
                         looks(k).marker == Marker::None) ||
                        (looks(k).name && looks(k).words <= kNameWords);
      if (!part) break;
      set(k, Kind::Signature);
    }
  }

  // "Nơi nhận:" and the signature side by side: the column tells which cell is which.
  void read_signature_rows(std::size_t i) {
    const auto& cells = lines_[i].cells;
    const auto found = std::find_if(cells.begin(), cells.end(), [&](Span cell) {
      return !cell.empty() && starts_with_cue(Cue::Addressees, cue_key(cell.of(text_)));
    });
    if (found == cells.end()) return;
    const auto column = static_cast<std::size_t>(found - cells.begin());
    for (std::size_t k = i; k < lines_.size() && open(k) && lines_[k].table == lines_[i].table;
         ++k) {
      for (std::size_t c = 0; c < lines_[k].cells.size(); ++c) {
        const auto cell = lines_[k].cells[c].of(text_);
        std::size_t bytes = 0;
        int level = 0;
        const bool item = marker_of(cell, bytes, level) == Marker::Dash;
        cell_kinds_[k].push_back(c == column || item ? Kind::Addressees : Kind::Signature);
      }
      set(k, Kind::Signature);
    }
  }

  bool is_section(std::size_t i) const {
    return !row(i) && (is_cue(Cue::Teasers, key(i)) || heads_stories(key(i)) ||
                       is_cue(Cue::Comments, key(i)) || starts_with_cue(Cue::Teasers, key(i)) ||
                       starts_with_cue(Cue::Comments, key(i)));
  }
  bool is_comments(std::size_t i) const {
    return is_cue(Cue::Comments, key(i)) || starts_with_cue(Cue::Comments, key(i));
  }
  bool is_byline(std::size_t i) const {
    if (row(i) || looks(i).chars > kBylineChars) return false;
    if (lines_[i].markup == Markup::Byline) return true;
    if (looks(i).marker != Marker::None) return false;
    if (is_cue(Cue::Byline, key(i))) return true;
    if (looks(i).prose()) return false;
    return starts_with_cue(Cue::Byline, credit_key(i)) ||
           (looks(i).name && looks(i).words <= kNameWords && looks(i).end != ':');
  }

  // "(Nguồn: TTXVN)" without its bracket.
  std::string_view credit_key(std::size_t i) const {
    std::string_view words = key(i);
    if (words.starts_with('(') || words.starts_with('[')) words.remove_prefix(1);
    return words;
  }

  // Lists of other stories and comments, each from its heading.
  void find_sections() {
    for (std::size_t i = title_ == kNone ? 0 : title_ + 1; i < lines_.size(); ++i) {
      if (!open(i) || !is_section(i) || looks(i).prose()) continue;
      const auto above = previous_open(i);
      const bool ended = above != kNone && above > lead_ && is_byline(above);
      const std::size_t end = section_end(i, ended);
      set_open(i, end, Kind::Boilerplate);
      i = end - 1;
    }
  }

  // One past the list that line `i` heads. Such a list is headlines, dates and summaries below
  // their headlines; it ends where paragraph follows paragraph, unless the story has ended.
  std::size_t section_end(std::size_t i, bool ended) const {
    if (is_comments(i)) return lines_.size();
    bool headline = false;
    for (std::size_t k = i + 1; k < lines_.size(); ++k) {
      if (!open(k)) continue;
      if (is_section(k)) {
        if (is_comments(k)) return lines_.size();
        headline = false;
        continue;
      }
      if (!ended && official_ && looks(k).marker == Marker::Part) return k;
      if (!prose(k)) {
        if (date(k).empty()) headline = true;
        continue;
      }
      std::string tag;
      const bool tagged = headline && paper_tag(shown(k), tag) > 0;
      // Told as a picture's text and as a headline: what follows sums it up.
      const bool summary = headline && k >= i + 3 && same(k - 1, k - 2);
      if (!ended && !tagged && !summary && resumes(k, headline)) return k;
      headline = false;
    }
    return lines_.size();
  }

  // Whether the paragraph at `k`, within a list of stories, is the story's own again.
  bool resumes(std::size_t k, bool headline) const {
    if (!headline) return true;
    const auto next = next_open(k);
    if (next >= lines_.size()) return false;
    return prose(next) || is_byline(next);
  }

  // Teasers without a heading: a headline told twice, or a summary with the paper's own tag,
  // which its story carries only once.
  void find_teasers() {
    std::string own;
    if (lead_ < lines_.size()) paper_tag(shown(lead_), own);
    for (std::size_t i = lead_ + 1; i < lines_.size(); ++i) {
      if (!open(i) || (row(i) && !is_lone_row(i))) continue;
      std::string tag;
      const bool dated = !looks(i).prose() && !date(i).empty();
      const bool summary = prose(i) && !own.empty() && paper_tag(shown(i), tag) > 0 && tag == own;
      if (!dated && !summary) continue;
      set(i, Kind::Boilerplate);
      const auto story = previous_open(i);
      if (dated && published_end_.empty() && story != kNone && (prose(story) || is_byline(story)) &&
          (count_cues(Cue::Published, key(i)) > 0 || is_dateline(shown(i)))) {
        published_end_ = date(i);
      }
      std::size_t above = i;
      bool twice = false;
      for (int k = 0; k < 2 && above > 0 && open(above - 1) && !prose(above - 1) &&
                      looks(above - 1).words >= kTitleWords;
           ++k) {
        --above;
        twice = twice || (above + 1 < i && same(above, above + 1));
        if (summary || twice) set_open(above, i, Kind::Boilerplate);
      }
      const auto next = next_open(i);
      if (dated && twice && next < lines_.size() && prose(next)) set(next, Kind::Boilerplate);
    }
  }

  void find_imprint() {
    std::size_t last_prose = lines_.size();
    while (last_prose > 0 && !(open(last_prose - 1) && prose(last_prose - 1) &&
                               count_cues(Cue::Imprint, key(last_prose - 1)) < 2))
      --last_prose;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!open(i) || looks(i).chars > kImprintChars) continue;
      const auto parts = count_cues(Cue::Imprint, key(i));
      const bool tail = i >= last_prose && i > lead_;
      if (starts_with_cue(Cue::Imprint, key(i)) || starts_with_cue(Cue::Contact, key(i)) ||
          (tail && !row(i) && parts > (prose(i) ? 1U : 0U))) {
        set(i, Kind::Boilerplate);
      }
    }
  }

  void find_bylines() {
    std::size_t gallery = lines_.size();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (open(i) && starts_with_cue(Cue::Gallery, key(i)) && !prose(i))
        gallery = std::min(gallery, i);
    }
    for (std::size_t i = lead_ + 1; i < lines_.size(); ++i) {
      if (!open(i) || !is_byline(i)) continue;
      const bool told = lines_[i].markup == Markup::Byline || is_told_byline(i);
      const auto next = next_open(i);
      if (told) {
        set(i, Kind::Byline);
        continue;
      }
      // A name alone closes the story, or one story of several: no paragraph is its own.
      if (gallery < lines_.size() || official_) {
        if (next >= lines_.size() && !official_) set(i, Kind::Byline);
        continue;
      }
      const bool last = !any_prose(i + 1, lines_.size());
      if (last ||
          (next < lines_.size() && !prose(next) && (looks(next).capitals || !is_byline(next)) &&
           lines_[i].gap && looks(next).marker == Marker::None && !row(next) &&
           !looks(i).capitals && after_prose(i))) {
        set(i, Kind::Byline);
        if (last) close_story(i);
      }
    }
    // Where the story ends with "Nguồn: …", a link alone below it is its address.
    for (std::size_t i = lead_ + 1; i < lines_.size(); ++i) {
      if (open(i) && shown(i).starts_with("http") && looks(i).words == 1) set(i, Kind::Byline);
    }
  }

  bool after_prose(std::size_t i) const {
    const auto above = previous_open(i);
    return above != kNone && prose(above);
  }

  // "Ảnh: Duy Tiến", "TIN, ẢNH: SÙNG A DÍNH", "Nguồn VOV: https://…"; "Nguồn lực" is none.
  bool is_told_byline(std::size_t i) const {
    if (is_cue(Cue::Byline, key(i))) return true;
    if (!starts_with_cue(Cue::Byline, credit_key(i))) return false;
    return shown(i).find(':') != std::string_view::npos && looks(i).end != '.' &&
           looks(i).end != ':';
  }

  // Below the last author only other bylines are the story's; errata and lists that a bulletin
  // adds hold paragraphs and do not come here.
  void close_story(std::size_t byline) {
    for (std::size_t i = byline + 1; i < lines_.size(); ++i) {
      if (open(i) && !is_byline(i) && !row(i) && lines_[i].markup != Markup::Caption &&
          looks(i).words >= kTitleWords && !looks(i).closed() && looks(i).marker == Marker::None) {
        set(i, Kind::Boilerplate);
      }
    }
  }

  // -- the body -------------------------------------------------------------------------------

  void find_body() {
    bool gallery = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!open(i)) continue;
      if (starts_with_cue(Cue::Gallery, key(i)) && !looks(i).prose()) {
        gallery = true;
        heading(i, 1);
        continue;
      }
      set(i, body_kind(i, gallery));
    }
  }

  void heading(std::size_t i, int level) {
    set(i, Kind::Heading);
    levels_[i] = level;
  }

  Kind body_kind(std::size_t i, bool gallery) {
    const auto& line = lines_[i];
    const auto& look = line.looks;
    if (row(i)) return Kind::TableRow;
    switch (line.markup) {
      case Markup::Heading:
        levels_[i] = std::max(1, line.level - 1);
        return Kind::Heading;
      case Markup::Caption:
        return Kind::Caption;
      case Markup::Quotation:
        return Kind::Quotation;
      case Markup::ListItem:
        levels_[i] = line.level;
        return Kind::ListItem;
      default:
        break;
    }
    if (i > 0 && same(i, i - 1) && i - 1 != title_) return Kind::Boilerplate;  // told once already
    if (i + 1 < lines_.size() && open(i + 1) && same(i, i + 1)) return Kind::Caption;
    if (title_ != kNone && i > title_ && same(i, title_))
      return Kind::Boilerplate;  // a picture's other text
    const bool short_line = look.words <= kHeadingWords && !look.closed() && look.end != ',';
    if (look.marker != Marker::None) {
      levels_[i] = look.level;
      if (look.marker == Marker::Dash) return Kind::ListItem;
      if (short_line) return Kind::Heading;
      if (look.marker == Marker::Part) {
        levels_[i] = 0;
        return Kind::Paragraph;
      }
      levels_[i] = 1;
      return Kind::ListItem;
    }
    if (look.capitals && look.words <= kHeadingWords) {
      levels_[i] = 1;
      return Kind::Heading;
    }
    if (gallery && look.chars <= 2 * kCaptionChars) return Kind::Caption;
    if (credit_at(i) != kNone) return Kind::Caption;
    if (look.quoted) return Kind::Quotation;
    // A page shows where its pictures stand, a pasted text does not.
    if (look.chars <= kCaptionChars && count_cues(Cue::Picture, key(i)) > 0 && i > lead_ &&
        look.end != ':' && (!page_.marked_up || line.image))
      return Kind::Caption;
    if (i > 0 && title_ != kNone && i - 1 != title_ && !line.gap && same(i - 1, title_))
      return Kind::Caption;
    if (is_link_below_lead(i)) return Kind::Boilerplate;
    const auto next = next_open(i);
    if (short_line && look.words <= kPlainHeadingWords && look.end == 0 && i > 0 &&
        next < lines_.size() && prose(next)) {
      levels_[i] = 2;
      return Kind::Heading;
    }
    return Kind::Paragraph;
  }

  // Papers put links to earlier stories right under the first paragraph; pasted, they are a line
  // without a full stop that no blank line sets off, where paragraphs are set off.
  bool is_link_below_lead(std::size_t i) const {
    if (i != lead_ + 1 || lines_[i].gap || looks(i).closed() || looks(i).end != 0 || official_)
      return false;
    const auto next = next_open(i);
    return next < lines_.size() && lines_[next].gap && !prose(next);
  }

  // -- blocks ---------------------------------------------------------------------------------

  // Where the credit of a caption begins in its line; kNone where it has none. Bytes.
  std::size_t credit_at(std::size_t i) const {
    const auto line = shown(i);
    // Of a short line the key is all that would be looked at.
    if (line.size() <= kCreditBytes && last_cue(Cue::Credit, key(i)) == std::string::npos)
      return kNone;
    auto cut =
        static_cast<std::int32_t>(line.size() > kCreditBytes ? line.size() - kCreditBytes : 0);
    U8_SET_CP_START(reinterpret_cast<const std::uint8_t*>(line.data()), 0, cut);
    const auto tail = line.substr(static_cast<std::size_t>(cut));
    const Normalised normal = normalise(tail);
    const std::string small = lower_case(normal.text);
    if (small.size() != normal.text.size()) return kNone;
    const auto at = last_cue(Cue::Credit, small);
    if (at == std::string::npos) return kNone;
    const auto position = static_cast<std::uint32_t>(at);
    return static_cast<std::size_t>(cut) + normal.to_stored({position, position + 1}).begin;
  }

  void push(Kind kind, Span span, int level = 0) {
    while (span.end > span.begin && is_space(text_[span.end - 1])) --span.end;
    while (span.end > span.begin && is_space(text_[span.begin])) ++span.begin;
    if (span.empty()) return;
    Block block;
    block.kind = kind;
    block.span = span;
    block.level = level;
    document_.blocks.push_back(std::move(block));
  }

  static bool is_space(char c) { return static_cast<unsigned char>(c) <= 0x20; }

  void make_blocks() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Kind kind = kinds_[i].value_or(Kind::Paragraph);
      const Span span = lines_[i].span;
      const std::size_t first = document_.blocks.size();
      if (row(i) && kind == Kind::TableRow) {
        push_row(i);
      } else if (row(i) && kind != Kind::Boilerplate) {
        push_cells(i, kind);
      } else if (kind == Kind::Caption) {
        push_caption(i);
      } else if (kind == Kind::Paragraph || kind == Kind::Heading) {
        std::string tag;
        auto bytes = looks(i).prose() ? paper_tag(shown(i), tag) : 0;
        std::string day;
        if (bytes == 0 && i == lead_) bytes = story_dateline(shown(i), day);
        const auto text = span.begin + static_cast<std::uint32_t>(bytes);
        if (bytes > 0) push(Kind::Byline, {span.begin, text});
        if (!tag.empty() && tag_.empty()) tag_ = tag;
        push(kind, {text, span.end}, levels_[i]);
      } else {
        push(kind, span, levels_[i]);
      }
      for (std::size_t k = first; k < document_.blocks.size(); ++k)
        document_.blocks[k].certainty = lines_[i].certainty;
    }
  }

  void push_row(std::size_t i) {
    const auto& cells = lines_[i].cells;
    const auto filled = [](Span cell) { return !cell.empty(); };
    const auto first = std::find_if(cells.begin(), cells.end(), filled);
    const auto last = std::find_if(cells.rbegin(), cells.rend(), filled);
    Block block;
    block.kind = Kind::TableRow;
    block.span = {first->begin, last->end};
    block.cells = cells;
    block.table = lines_[i].table;
    document_.blocks.push_back(std::move(block));
  }

  void push_cells(std::size_t i, Kind kind) {
    const auto& cells = lines_[i].cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c].empty()) continue;
      const bool motto = is_cue(Cue::Motto, cue_key(cells[c].of(text_)));
      push(motto ? Kind::Boilerplate : cell_kinds_[i].empty() ? kind : cell_kinds_[i][c], cells[c]);
    }
  }

  void push_caption(std::size_t i) {
    const Span span = lines_[i].span;
    const auto credit = credit_at(i);
    if (credit == kNone) {
      push(Kind::Caption, span);
      return;
    }
    auto at = span.begin + static_cast<std::uint32_t>(credit);
    // The bracket or dash before the credit goes with it.
    auto before = at;
    while (before > span.begin &&
           (is_space(text_[before - 1]) || text_[before - 1] == '(' || text_[before - 1] == '-' ||
            text_[before - 1] == '[' || text_[before - 1] == '|')) {
      --before;
    }
    while (before < at && is_space(text_[before])) ++before;
    push(Kind::Caption, {span.begin, before});
    push(Kind::Byline, {before, span.end});
  }

  // The first full date among the short lines above the first paragraph, however it stands there.
  std::string day_above_story() const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (kinds_[i] == Kind::Paragraph && looks(i).prose()) break;
      if (looks(i).chars > kBylineChars) continue;
      if (auto day = first_date(shown(i)); day.size() == kDayChars) return day;
    }
    return {};
  }

  // -- what the document says of itself -------------------------------------------------------

  void tell() {
    tell_title();
    // "Đăng lúc: 08:12 25/11/2021 - Người đăng: …" above the first of several stories.
    std::string told_by_mark;
    for (std::size_t i = 0; i < lines_.size() && told_by_mark.empty(); ++i) {
      if (looks(i).chars <= kBylineChars && count_cues(Cue::Published, key(i)) > 0)
        told_by_mark = first_date(shown(i));
    }
    std::string dateline;
    if (lead_ < lines_.size()) story_dateline(shown(lead_), dateline);
    document_.published = !page_.published.empty()    ? page_.published
                          : !published_below_.empty() ? published_below_
                          : !published_head_.empty()  ? published_head_
                          : !published_above_.empty() ? published_above_
                          : !told_by_mark.empty()     ? told_by_mark
                          : !dateline.empty()         ? dateline
                          : !published_end_.empty()   ? published_end_
                                                      : day_above_story();
    for (std::size_t i = 0; i < std::min(lines_.size(), kMastheadLines); ++i) {
      if (document_.published.empty()) document_.published = issue_date(shown(i));
    }
    document_.url = page_.url;
    document_.pages_left_out = page_.pages_left_out;
    std::string line_source;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (kinds_[i] == Kind::Byline) read_source(shown(i), line_source);
    }
    if (document_.source.empty()) document_.source = letterhead_source();
    for (const auto* source :
         std::array<const std::string*, 3>{&page_.source, &tag_, &line_source}) {
      if (document_.source.empty()) document_.source = *source;
    }
  }

  void tell_title() {
    std::string title;
    for (const auto& block : document_.blocks) {
      if (block.kind != Kind::Title) continue;
      if (!title.empty()) title += ' ';
      title += block.span.of(text_);
    }
    std::replace(title.begin(), title.end(), '\n', ' ');
    document_.title = title.empty() ? page_.title : title;
  }

  std::string letterhead_source() const {
    for (const auto& block : document_.blocks) {
      if (block.kind != Kind::Letterhead) continue;
      const auto text = block.span.of(text_);
      if (is_number(text) || !date_of_line(text).empty()) continue;
      return std::string{text};
    }
    return {};
  }

  // "Nguồn VOV: https://…", "Theo TTXVN"
  void read_source(std::string_view line, std::string& source) {
    const auto small = cue_key(line);
    const auto http = line.find("http");
    if (http != std::string_view::npos && document_.url.empty()) {
      document_.url = line.substr(http, line.find_first_of(" \t)", http) - http);
    }
    for (const std::string_view word : {"nguồn", "theo"}) {
      if (!small.starts_with(word) || !source.empty() || line.size() <= word.size()) continue;
      const auto name = line.substr(0, http).substr(word.size());
      const auto begin = name.find_first_not_of(" :-");
      if (begin == std::string_view::npos) continue;
      const auto end = name.find_last_not_of(" :-.");
      source = name.substr(begin, end - begin + 1);
    }
  }

  Page& page_;
  const std::vector<Line>& lines_;
  SourceDocument& document_;
  std::string_view text_;
  std::vector<std::optional<Kind>> kinds_;
  std::vector<std::vector<Kind>> cell_kinds_;  // of rows that hold addressees and a signature
  std::vector<int> levels_;
  mutable std::vector<std::optional<std::string>> dates_;
  std::size_t title_ = kNone;
  std::size_t lead_ = 0;  // the first paragraph
  bool official_ = false;
  std::string published_below_, published_above_;  // the title
  std::string published_head_;                     // in the letterhead
  std::string published_end_;                      // below the story
  std::string tag_;
};

}  // namespace

void lay_out(Page page, SourceDocument& document) { Layout{page, document}.run(); }

}  // namespace ketnghia::importers
