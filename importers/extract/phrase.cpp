#include "importers/extract/phrase.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "importers/readers/cues.hpp"

namespace ketnghia::importers {
namespace {

// Words that stand between a conjunction or a verb and the name they belong to, and change
// nothing about who acts.
bool is_filler(std::string_view word) {
  static const std::set<std::string_view> kFillers{
      "các", "những", "lãnh",  "đạo",  "đại", "diện",  "biểu",   "đoàn", "công", "tác",   "cấp",
      "cao", "chính", "quyền", "phía", "ông", "bà",    "đồng",   "chí",  "nhân", "dân",   "một",
      "hai", "số",    "khách", "cán",  "bộ",  "của",   "vận",    "động", "viên", "thành", "chuyên",
      "gia", "nghệ",  "sĩ",    "sinh", "học", "doanh", "nghiệp", "bác",  "gồm"};
  return kFillers.contains(word);
}

class Cutter {
 public:
  Cutter(const AnnotatedDocument& document, const Sentence& sentence,
         std::vector<CueToken>& tokens, const EventCueTable& cues, const Referents& referents,
         bool quoted)
      : document_(document),
        sentence_(sentence),
        cues_(cues),
        referents_(referents),
        tokens_(tokens),
        quoted_(quoted) {
    mark_mentions();
  }

  std::vector<Piece> run(bool& quoted) {
    pieces_.reserve(tokens_.size());
    for (std::size_t at = 0; at < tokens_.size();) at = step(at);
    quoted = quoted_;
    open_told_brackets();
    join_groups();
    return std::move(pieces_);
  }

 private:
  // The outermost mentions that act: those in titles and in other names are theirs.
  void mark_mentions() {
    for (std::size_t i = 0; i < sentence_.mentions.size(); ++i) {
      const EntityMention& mention = sentence_.mentions[i];
      auto token = std::lower_bound(
          tokens_.begin(), tokens_.end(), mention.extent.begin,
          [](const CueToken& each, std::uint32_t begin) { return each.span.begin < begin; });
      if (mention.standing == Standing::InTitle || mention.standing == Standing::InName) {
        // What a body in a title is called acts no part: the "tỉnh" of "Giám đốc Sở Y tế tỉnh".
        inner_.resize(tokens_.size());
        for (std::size_t t = 0; t < tokens_.size(); ++t)
          inner_[t] = inner_[t] || mention.name.contains(tokens_[t].span);
        continue;
      }
      for (; token != tokens_.end() && token->span.begin < mention.extent.end; ++token) {
        if (mention.extent.contains(token->span) && token->mention < 0)
          token->mention = static_cast<int>(i);
      }
    }
  }

  Piece piece(Piece::Kind kind, std::size_t first, std::size_t last) const {
    Piece made;
    made.kind = kind;
    made.span = {tokens_[first].span.begin, tokens_[last].span.end};
    made.quoted = quoted_;
    made.bracketed = brackets_ > 0;
    return made;
  }

  std::size_t step(std::size_t at) {
    const CueToken& token = tokens_[at];
    if (const int date = date_at(token.span); date >= 0) {
      std::size_t last = at;
      const Span span = sentence_.dates[static_cast<std::size_t>(date)].span;
      while (last + 1 < tokens_.size() && tokens_[last + 1].span.begin < span.end) ++last;
      Piece made = piece(Piece::Kind::Date, at, last);
      made.date = date;
      pieces_.push_back(std::move(made));
      return last + 1;
    }
    std::size_t length = 0;
    // A cue may hold a mention ("Ngày Hà Nội tại"), so it goes first.
    if (token.mention < 0) {
      if (at < inner_.size() && inner_[at]) return push_word(at);
      if (const EventCue* cue = cues_.match(tokens_, at, length, kInSentence)) {
        return push_cue(*cue, at, length);
      }
      return push_word(at);
    }
    std::size_t last = at;
    while (last + 1 < tokens_.size() && tokens_[last + 1].mention == token.mention) ++last;
    const EntityMention& mention = sentence_.mentions[static_cast<std::size_t>(token.mention)];
    if (mention.standing == Standing::Plain) {
      Piece made = piece(Piece::Kind::Group, at, last);
      made.group.entities = {mention.entity};
      made.group.persons = label(mention.entity) == "Person";
      made.group.delegation = mention.delegation;
      pieces_.push_back(std::move(made));
    }
    return last + 1;
  }

  std::size_t push_cue(const EventCue& cue, std::size_t at, std::size_t length) {
    const std::size_t last = at + length - 1;
    if (cue.form == CueForm::None) {
      for (std::size_t i = at; i <= last; ++i) push_word(i);
      return last + 1;
    }
    if (cue.form == CueForm::Anaphor) {
      std::vector<int> entities = cue.kind == "body" ? body_called(at) : named_before(cue.kind);
      if (entities.size() < 2 && cue.kind != "body") entities = referent(cue.kind);
      // "đoàn" before a name is that one's delegation, before a noun ("đoàn múa trống") another.
      if (cue.kind == "delegation" && last + 1 < tokens_.size() && !ends_noun(last + 1))
        entities.clear();
      if (entities.empty()) {
        for (std::size_t i = at; i <= last; ++i) push_word(i);
        return last + 1;
      }
      Piece made = piece(Piece::Kind::Group, at, last);
      made.group.entities = entities;
      made.group.anaphor = true;
      made.group.persons = cue.kind == "leaders";
      made.group.delegation = cue.kind == "delegation";
      pieces_.push_back(std::move(made));
      return last + 1;
    }
    Piece made = piece(cue.form == CueForm::Break ? Piece::Kind::Stop : Piece::Kind::Cue, at, last);
    made.cue = &cue;
    pieces_.push_back(std::move(made));
    return last + 1;
  }

  std::size_t push_word(std::size_t at) {
    const std::string& word = tokens_[at].word;
    Piece::Kind kind = Piece::Kind::Word;
    const char mark = word.size() == 1 ? word.front() : '\0';
    if (mark == ',') kind = Piece::Kind::Comma;
    if (mark == ';' || mark == '.' || mark == '!' || mark == '?') kind = Piece::Kind::Stop;
    if (mark == ':') kind = Piece::Kind::Colon;
    if (mark == '(') kind = Piece::Kind::Open;
    if (mark == ')') kind = Piece::Kind::Close;
    if (mark == '"') quoted_ = !quoted_;
    if (kind == Piece::Kind::Open) ++brackets_;
    Piece made = piece(kind, at, at);
    made.word = word;
    pieces_.push_back(std::move(made));
    if (kind == Piece::Kind::Close && brackets_ > 0) --brackets_;
    return at + 1;
  }

  // Whether what begins at `at` belongs to no noun before it: a mark, a date, a cue, an adverb.
  bool ends_noun(std::size_t at) const {
    const CueToken& token = tokens_[at];
    if (token.mention >= 0) return false;
    if (date_at(token.span) >= 0) return true;
    const auto first = static_cast<unsigned char>(token.word.front());
    if (first < 0x80 && std::isalpha(first) == 0) return true;
    std::size_t length = 0;
    const EventCue* cue = cues_.match(tokens_, at, length, kInSentence);
    if (cue) return cue->form != CueForm::None;
    return cues_.match(tokens_, at, length, {CueForm::Follow}) != nullptr;
  }

  int date_at(Span span) const {
    for (std::size_t i = 0; i < sentence_.dates.size(); ++i) {
      if (sentence_.dates[i].span.overlaps(span)) return static_cast<int>(i);
    }
    return -1;
  }

  // "Sở", "Bệnh viện" with a capital and not after "các": the body of that type named last.
  std::vector<int> body_called(std::size_t at) const {
    const char first = sentence_.text.text[tokens_[at].span.begin];
    const bool capital =
        static_cast<unsigned char>(first) >= 0x80 || (first >= 'A' && first <= 'Z');
    const bool many = at > 0 && (tokens_[at - 1].word == "các" || tokens_[at - 1].word == "những");
    if (!capital || many) return {};
    for (auto body = referents_.recent_bodies.rbegin(); body != referents_.recent_bodies.rend();
         ++body) {
      const std::string name = lower_case(document_.entities[static_cast<std::size_t>(*body)].name);
      if (name.starts_with(tokens_[at].word)) return {*body};
    }
    return {};
  }

  const std::vector<int>& referent(const std::string& kind) {
    if (kind == "sides") return referents_.sides;
    if (kind == "cities") return referents_.cities;
    if (kind == "districts") return referents_.districts;
    if (kind == "countries") return referents_.countries;
    if (kind == "bodies") return referents_.bodies;
    if (kind == "delegation") return referents_.delegation;
    if (kind == "partner") return referents_.partner;
    if (kind == "leaders") return referents_.leaders;
    home_.clear();
    if (referents_.home >= 0) home_.push_back(referents_.home);
    return home_;
  }

  // A bracket that tells something ("ví dụ: tổ chức …") is text like any other.
  void open_told_brackets() {
    for (std::size_t i = 0; i < pieces_.size();) {
      if (!pieces_[i].bracketed) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < pieces_.size() && pieces_[end].bracketed) ++end;
      const bool tells = std::any_of(
          pieces_.begin() + static_cast<std::ptrdiff_t>(i),
          pieces_.begin() + static_cast<std::ptrdiff_t>(end), [](const Piece& piece) {
            return piece.kind == Piece::Kind::Cue &&
                   (piece.cue->form == CueForm::Verb || piece.cue->form == CueForm::Noun ||
                    piece.cue->form == CueForm::Light);
          });
      for (; i < end; ++i) {
        pieces_[i].bracketed = !tells;
        // What it tells is a clause of its own.
        if (tells &&
            (pieces_[i].kind == Piece::Kind::Open || pieces_[i].kind == Piece::Kind::Close))
          pieces_[i].kind = Piece::Kind::Stop;
      }
    }
  }

  // The last two of a kind that the sentence itself has named before, else those of the discourse.
  std::vector<int> named_before(const std::string& kind) const {
    std::vector<int> named;
    for (const Piece& piece : pieces_) {
      if (piece.kind != Piece::Kind::Group || piece.bracketed || piece.quoted) continue;
      for (const int index : piece.group.entities) {
        const ReadEntity& entity = document_.entities[static_cast<std::size_t>(index)];
        const bool city = entity.label == "City";
        const bool fits = kind == "cities"
                              ? city && entity.kind != "District" && entity.kind != "Country"
                          : kind == "districts" ? city && entity.kind == "District"
                          : kind == "countries" ? city && entity.kind == "Country"
                          : kind == "bodies"    ? entity.label == "Agency"
                                                : false;
        if (!fits) continue;
        std::erase(named, index);
        named.push_back(index);
      }
    }
    if (named.size() > 2) named.erase(named.begin(), named.end() - 2);
    // "Prato, vùng Toscana" are not two sides.
    const auto within = [&](int lower, int upper) {
      return document_.entities[static_cast<std::size_t>(lower)].place == upper;
    };
    if (named.size() == 2 && (within(named[0], named[1]) || within(named[1], named[0])))
      named.clear();
    return named;
  }

  const std::string& label(int entity) const {
    return document_.entities[static_cast<std::size_t>(entity)].label;
  }

  // "A và B", "A, B và C": one group where only a conjunction or a comma stands between, and
  // after a comma alone only things of one label are told in a row.
  void join_groups() {
    std::vector<Piece> joined;
    joined.reserve(pieces_.size());
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      Piece& piece = pieces_[i];
      if (piece.kind != Piece::Kind::Group || joined.empty()) {
        joined.push_back(std::move(piece));
        continue;
      }
      std::size_t back = joined.size();
      bool conjunction = false, comma = false;
      while (back > 0) {
        const Piece& before = joined[back - 1];
        if (before.kind == Piece::Kind::Word && (before.word == "và" || before.word == "cùng")) {
          conjunction = true;
        } else if (before.kind == Piece::Kind::Comma ||
                   (before.kind == Piece::Kind::Word && before.word == "-")) {
          comma = true;
        } else if (before.kind == Piece::Kind::Stop && before.word == ";" && piece.group.persons) {
          comma = true;
        } else if (before.bracketed && !piece.bracketed) {
          // "Trường A (tỉnh Thanh Hóa) và Đại học B"
        } else if (!(before.kind == Piece::Kind::Word && is_filler(before.word))) {
          break;
        }
        --back;
      }
      const bool together =
          back > 0 && joined[back - 1].kind == Piece::Kind::Group &&
          !joined[back - 1].group.anaphor && !piece.group.anaphor &&
          joined[back - 1].quoted == piece.quoted &&
          joined[back - 1].bracketed == piece.bracketed &&
          (conjunction || (comma && label(joined[back - 1].group.entities.back()) ==
                                        label(piece.group.entities.front())));
      if (!together) {
        joined.push_back(std::move(piece));
        continue;
      }
      Piece& group = joined[back - 1];
      group.span.end = piece.span.end;
      for (const int entity : piece.group.entities) {
        if (std::find(group.group.entities.begin(), group.group.entities.end(), entity) ==
            group.group.entities.end()) {
          group.group.entities.push_back(entity);
        }
      }
      group.group.persons = group.group.persons && piece.group.persons;
      group.group.delegation = group.group.delegation || piece.group.delegation;
      joined.resize(back);
    }
    pieces_ = std::move(joined);
  }

  static const CueForms kInSentence;

  const AnnotatedDocument& document_;
  const Sentence& sentence_;
  const EventCueTable& cues_;
  const Referents& referents_;
  std::vector<CueToken>& tokens_;
  std::vector<bool> inner_;  // of the tokens: within a body that stands in a title
  std::vector<Piece> pieces_;
  std::vector<int> home_;
  bool quoted_;
  int brackets_ = 0;
};

// The forms that act within a sentence; the others are looked up in headings and tables.
const CueForms Cutter::kInSentence{
    CueForm::Verb,      CueForm::Noun, CueForm::Light,    CueForm::CoOrganiser, CueForm::CoHost,
    CueForm::Agreement, CueForm::Sign, CueForm::Witness,  CueForm::Leader,      CueForm::Status,
    CueForm::Negation,  CueForm::Wish, CueForm::Occasion, CueForm::Anaphor,     CueForm::False,
    CueForm::Recurring, CueForm::Denial, CueForm::Passive, CueForm::Break, CueForm::None};

}  // namespace

std::vector<Piece> pieces_of(const AnnotatedDocument& document, const Sentence& sentence,
                             std::vector<CueToken>& tokens, const EventCueTable& cues,
                             const Referents& referents, bool& quoted) {
  return Cutter(document, sentence, tokens, cues, referents, quoted).run(quoted);
}

}  // namespace ketnghia::importers
