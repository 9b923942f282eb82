// The frames of agreements and of their signing, and the order in which a document's sentences
// are read. The slots they share with events are in extractor.cpp.
#include <algorithm>
#include <array>
#include <cctype>

#include "engine/text/edtf.hpp"
#include "importers/extract/extractor.hpp"
#include "importers/readers/cues.hpp"

namespace ketnghia::importers {
namespace {

using Kind = Piece::Kind;

// "07", "4", "bốn" before the noun of an instrument; 1 where there is no number.
int number_of(const std::string& word) {
  constexpr std::array<std::string_view, 10> kWords{"không", "một", "hai", "ba",  "bốn",
                                                    "năm",   "sáu", "bảy", "tám", "chín"};
  if (!word.empty() && word.size() <= 2 && std::isdigit(static_cast<unsigned char>(word[0])) != 0)
    return std::stoi(word);
  const auto at = std::find(kWords.begin(), kWords.end(), word);
  return at == kWords.end() || at == kWords.begin() ? 1 : static_cast<int>(at - kWords.begin());
}

constexpr std::size_t kListHeadPieces = 8;  // of "- Với tỉnh X (nước Y):"

// "2004" of "2004 – Ngày 16/7, tại Suwon …", "Năm 2004: …"; empty where a text does not begin so.
std::string leading_year(std::string_view text) {
  constexpr std::string_view kYear = "năm ";
  const std::string opening = lower_case(text.substr(0, 24));
  std::string_view rest = opening;
  while (!rest.empty() && (rest.front() == '-' || rest.front() == '+' || rest.front() == ' '))
    rest.remove_prefix(1);
  if (rest.starts_with(kYear)) rest.remove_prefix(kYear.size());
  const std::string year(rest.substr(0, 4));
  const bool digits =
      year.size() == 4 &&
      std::all_of(year.begin(), year.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits || (year[0] != '1' && year[0] != '2')) return {};
  rest.remove_prefix(4);
  const bool spaced = rest.starts_with("  ") || rest.starts_with('\t');
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const bool set_off = rest.starts_with(':') || rest.starts_with("–") || rest.starts_with("—") ||
                       rest.starts_with("- ") || rest.starts_with('.');
  return set_off || spaced ? year : std::string{};
}

}  // namespace

// Whether a verb of signing comes right after the group at `at`: "do tỉnh Vĩnh Phúc [đã] ký".
bool Extractor::sign_follows(const std::vector<Piece>& pieces, std::size_t at, std::size_t end) {
  std::size_t next = at + 1;
  if (next < end && pieces[next].kind == Kind::Word && pieces[next].word == "đã") ++next;
  return next < end && is_cue(pieces[next], CueForm::Sign);
}

// Whether the verb at `verb` closes what is said of an agreement named before it: "Thỏa thuận …
// do tỉnh Vĩnh Phúc ký ngày … và Biên bản …".
bool Extractor::signs_another(const std::vector<Piece>& pieces, std::size_t begin,
                              std::size_t verb) const {
  for (std::size_t i = verb; i-- > begin;) {
    if (pieces[i].kind != Kind::Group) continue;
    if (preposition(pieces, i) != "do" || !sign_follows(pieces, i, verb + 1)) return false;
    return std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(begin),
                       pieces.begin() + static_cast<std::ptrdiff_t>(i),
                       [](const Piece& piece) { return is_cue(piece, CueForm::Agreement); });
  }
  return false;
}

void Extractor::agreement(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at) {
  const EventCue& cue = *pieces[at].cue;
  const bool generic = cue.note == "generic";
  if (pieces[at].quoted) return;
  const std::size_t begin = clause_begin(pieces, at), end = clause_end(pieces, at);

  std::optional<std::size_t> sign;  // the verb of signing nearest before it, else after it
  for (std::size_t i = at; i-- > begin && !sign;) {
    if (is_cue(pieces[i], CueForm::Sign) && signs_another(pieces, begin, i)) break;
    if (is_cue(pieces[i], CueForm::Sign) ||
        (is_cue(pieces[i], CueForm::Noun) && pieces[i].cue->kind == "signing"))
      sign = i;
    if (is_cue(pieces[i], CueForm::Agreement)) break;
  }
  const bool after = !sign;
  for (std::size_t i = at + 1; i < end && !sign; ++i) {
    if (is_cue(pieces[i], CueForm::Agreement)) break;
    if (is_cue(pieces[i], CueForm::Sign)) sign = i;
  }
  // "văn bản" stands for the agreement named before: its signing may be told here.
  if (generic) {
    sign_again(sentence, pieces, at);
    return;
  }

  ReadAgreement made;
  made.kind = cue.kind;
  made.status = "signed";
  const std::size_t verb_at = sign.value_or(at);
  // "bản dự thảo Hợp đồng …; đến nay hợp đồng chưa được ký"
  bool denied = sign && negated(pieces, *sign);
  for (std::size_t i = end; i < pieces.size() && !sign; ++i)
    denied = denied || (is_cue(pieces[i], CueForm::Sign) && negated(pieces, i));
  // "nhất trí tiếp tục thực hiện Bản ghi nhớ ký ngày …": that one stands.
  const bool wished = governed(pieces, at, CueForm::Wish) && !list_signs_ && !(sign && after);
  std::string told = status(pieces, verb_at);
  if (!sign && !list_signs_)
    told = section_status_ == "planned" && head_.entities.empty() ? "planned" : "signed";
  if (told == "planned" || told == "postponed") made.status = "planned";
  if (told == "cancelled" || told == "denied" || denied || no_event(pieces, at)) return;
  if (list_signs_ && !list_status_.empty())
    made.status = list_status_ == "planned" ? "planned" : "signed";

  // Parties: "giữa A và B", "A và B ký", "A ký với B".
  Frame slots;  // gathers roles as a signing's
  slots.kind = "signing";
  const auto party = [&](const Group& group) {
    for (const int index : group.entities) {
      const bool known = std::any_of(made.parties.begin(), made.parties.end(),
                                     [&](const ReadRole& role) { return role.entity == index; });
      if (!known) made.parties.push_back({index, is_person(index) ? "signatory" : "party", {}});
    }
  };
  bool between = false, signers = false, signed_by = false;
  for (std::size_t i = at + 1; i < pieces.size() && i < end; ++i) {
    const Piece& piece = pieces[i];
    if (is_cue(piece, CueForm::Agreement) && (between || signed_by)) break;
    if (piece.kind != Kind::Group || piece.bracketed || piece.quoted) continue;
    const std::string_view governor = preposition(pieces, i);
    if (governor == "giữa") {
      party(piece.group);
      between = true;
      for (std::size_t k = i + 1; k < end; ++k) {
        if (pieces[k].kind == Kind::Group && !pieces[k].bracketed) {
          if (preposition(pieces, k) == "với") party(pieces[k].group);
          break;
        }
      }
    } else if (governor == "với") {
      party(piece.group);
      signers = true;
    } else if (governor == "do" && (piece.group.persons || sign_follows(pieces, i, end))) {
      party(piece.group);
      signed_by = true;
    }
  }
  if (sign && !between && !after) {
    if (const auto who = subject(pieces, *sign)) {
      party(pieces[*who].group);
      signers = true;
    } else if (!head_.entities.empty()) {
      party(head_);
    }
    // "ký với B Bản ghi nhớ": the other side between the verb and the noun.
    for (std::size_t i = *sign + 1; i < at; ++i) {
      if (pieces[i].kind == Kind::Group && preposition(pieces, i) == "với") party(pieces[i].group);
    }
  } else if (sign && between && !after) {
    if (const auto who = subject(pieces, *sign); who && pieces[*who].group.persons)
      party(pieces[*who].group);
  } else if (!sign && !between && signers && !head_.entities.empty()) {
    party(head_);
  }
  const auto party_count = [&] {
    return std::count_if(made.parties.begin(), made.parties.end(),
                         [](const ReadRole& role) { return role.role == "party"; });
  };
  const bool anaphor = std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return piece.kind == Kind::Group && piece.group.anaphor;
  });
  // "Thỏa thuận với thành phố Naju (ký ngày …)": an office writes of its own.
  if (party_count() == 1 && !between && signers && reading_->genre != "news" &&
      reading_->genre != "release" && document_.home >= 0 &&
      made.parties.front().entity != document_.home && head_.entities.empty()) {
    party(Group{{document_.home}, false, false, false});
  }
  if (party_count() < 2 && sign) {
    // People sign for the bodies or cities that they came for.
    Group sides;
    for (const ReadRole& role : made.parties) {
      const int side = is_person(role.entity) ? signs_for(role.entity) : -1;
      if (side >= 0 &&
          std::find(sides.entities.begin(), sides.entities.end(), side) == sides.entities.end())
        sides.entities.push_back(side);
    }
    if (sides.entities.size() < 2) {
      sides.entities.clear();
      const Referents all = referents();
      const bool ours =
          party_count() == 1 && std::find(all.sides.begin(), all.sides.end(),
                                          made.parties.front().entity) != all.sides.end();
      // "…, tiếp nối Biên bản ghi nhớ ký năm 2012": of the same two.
      const bool renewed = begin > 0 && pieces[begin - 1].cue != nullptr &&
                           pieces[begin - 1].cue->kind == "renewal";
      if ((party_count() == 0 && (anaphor || list_signs_ || renewed)) || ours)
        sides.entities = all.sides;
    }
    // "thông qua ký kết Thỏa thuận, A và B thiết lập quan hệ"
    for (std::size_t i = begin; i < end && party_count() == 0 && sides.entities.empty(); ++i) {
      const Piece& piece = pieces[i];
      if (piece.kind == Kind::Group && !piece.bracketed && !piece.group.persons &&
          piece.group.entities.size() == 2)
        sides = piece.group;
    }
    party(sides);
  }

  if (sign && one_for_each(sentence, pieces, at, *sign, made)) return;
  if (at > 0 && pieces[at - 1].kind == Kind::Word) {
    made.count = number_of(pieces[at - 1].word);
    // "các thỏa thuận đã ký": not one that could be told from others.
    const std::string& many = pieces[at - 1].word;
    if ((!between || anaphor) && !list_signs_ &&
        (many == "các" || many == "những" || many == "nhiều" || many == "loạt" || many == "số"))
      return;
  }

  // How long it runs, and when it was signed: a date in its name is not the day of signing.
  std::size_t last = at + 1;
  while (last < end &&
         !(is_cue(pieces[last], CueForm::Sign) || is_cue(pieces[last], CueForm::Agreement)))
    ++last;
  made.period = period_in(sentence, pieces, at + 1, end);
  Frame time;
  time.kind = "signing";
  time.status = made.status == "planned" ? "planned" : "held";
  if (sign || list_signs_) {
    // Pieces of the name are blind for the date of signing, unless the verb stands behind them.
    std::vector<Piece> dated = pieces;
    // "ký gia hạn Bản ghi nhớ (ký lần đầu ngày …)": when another was signed.
    for (std::size_t i = at + 1; i < end; ++i) {
      if (!(is_cue(pieces[i], CueForm::Sign) && pieces[i].bracketed) || after) continue;
      for (std::size_t k = i; k < end && pieces[k].bracketed; ++k) {
        if (dated[k].kind == Kind::Date) dated[k].kind = Kind::Word;
      }
    }
    for (std::size_t i = at + 1; i < (after ? last : end); ++i) {
      if (dated[i].kind != Kind::Date) continue;
      const std::string when = when_of(sentence, dated[i].date, time.status == "planned");
      // "ký thỏa thuận hợp tác từ năm 2016": since when it is signed.
      if (when.ends_with("/..")) {
        for (std::size_t k = begin; k < i; ++k) {
          if (dated[k].kind == Kind::Date) dated[k].kind = Kind::Word;
        }
        continue;
      }
      const bool act = i > 0 && dated[i - 1].kind == Kind::Word &&
                       (dated[i - 1].word == "vào" || dated[i - 1].word == "hồi" ||
                        dated[i - 1].word == "trong");
      const bool year_in_name =
          when.size() == 4 && !act &&
          std::none_of(dated.begin() + static_cast<std::ptrdiff_t>(at),
                       dated.begin() + static_cast<std::ptrdiff_t>(i), [](const Piece& piece) {
                         // "Kế hoạch phòng, chống ma túy năm 2012": a comma between words.
                         const bool apart =
                             piece.kind == Kind::Comma && (&piece + 1)->kind != Kind::Word;
                         return apart || piece.kind == Kind::Group || is_cue(piece, CueForm::Sign);
                       });
      if (year_in_name) {
        if (made.period.empty()) made.period = when;
        dated[i].kind = Kind::Word;
      } else if (when.find('/') != std::string::npos && when.size() == 9) {
        dated[i].kind = Kind::Word;
      }
    }
    take_time(sentence, dated, verb_at, verb_at, time);
    made.when = time.when;
  } else {
    for (std::size_t i = at + 1; i < last; ++i) {
      if (pieces[i].kind != Kind::Date) continue;
      const std::string when = when_of(sentence, pieces[i].date, false);
      if (when.size() == 4 && made.period.empty()) made.period = when;
      // "Bản ghi nhớ ngày 14/8/2015 giữa A và B": documents are dated by their signing.
      if (when.size() == 10 && made.when.empty() && i <= at + 3) made.when = when;
    }
  }
  made.fields = fields_of(sentence, {pieces[at].span.begin, pieces[end - 1].span.end});
  std::size_t name_last = at;
  while (name_last + 1 < end && pieces[name_last + 1].kind != Kind::Stop &&
         pieces[name_last + 1].kind != Kind::Comma && !is_cue(pieces[name_last + 1], CueForm::Sign))
    ++name_last;
  made.name =
      std::string(Span{pieces[at].span.begin, pieces[name_last].span.end}.of(sentence.text.text));

  if (made.fields.empty()) {
    std::vector<Role> bodies_named;
    for (const ReadRole& role : made.parties)
      bodies_named.push_back({role.entity, role.role, false});
    made.fields = fields_of_bodies(bodies_named);
  }
  // "- Với tỉnh X: Bản ghi nhớ năm 2011": of the document's own place with X.
  if (party_count() == 0 && !sign && with_.size() == 1 && document_.home >= 0 &&
      with_.front() != document_.home) {
    party(Group{{document_.home, with_.front()}, false, false, false});
  }
  const Quotation quotation =
      quote(sentence, sign ? "agreement.signed" : "agreement.named", sign ? 0.85F : 0.7F);
  made.quotations = {quotation};
  for (ReadRole& role : made.parties) role.quotations = {quotation};
  if (wished || made.parties.size() < 2) {
    pending_ = {-1, std::move(made), sentence_index_};
    return;
  }
  if (made.status == "signed" && !sign && !list_signs_ && made.when.empty()) made.when = "XXXX";

  // Told before: one kind and parties, and dates that fit.
  for (std::size_t i = 0; i < reading_->agreements.size(); ++i) {
    ReadAgreement& other = reading_->agreements[i];
    if (other.kind != made.kind || !dates_fit(other.when, made.when) || other.count != made.count)
      continue;
    if (!other.period.empty() && !made.period.empty() && other.period != made.period) continue;
    const auto has = [&](const ReadRole& role) {
      return std::any_of(other.parties.begin(), other.parties.end(),
                         [&](const ReadRole& known) { return known.entity == role.entity; });
    };
    if (!std::all_of(made.parties.begin(), made.parties.end(), has)) continue;
    if (other.when.empty() || other.when == "XXXX") other.when = made.when;
    if (other.period.empty()) other.period = made.period;
    other.quotations.push_back(quotation);
    pending_ = {static_cast<int>(i), other, sentence_index_};
    return;
  }

  // "Bản ghi nhớ các năm 2011, 2016 và 2022": one of each year.
  const std::vector<std::string> years =
      sign ? std::vector<std::string>{} : years_after(sentence, pieces, at, last);
  if (!years.empty()) {
    for (const std::string& year : years) {
      ReadAgreement one = made;
      one.when = year;
      one.period.clear();
      reading_->agreements.push_back(std::move(one));
    }
    pending_ = {static_cast<int>(reading_->agreements.size()) - 1, std::move(made),
                sentence_index_};
    return;
  }
  if (list_signs_ && list_event_ >= 0) {
    made.signing = list_event_;
  } else if (((sign && !after) || list_signs_) &&
             (made.when.size() > 4 || made.status == "planned" || time.when_text.empty())) {
    // Told as an act; "Bản ghi nhớ đã ký ngày …" names an agreement and tells no ceremony.
    Frame signing;
    signing.kind = "signing";
    signing.rule = "event.signing.agreement";
    signing.status = made.status == "planned" ? "planned" : "held";
    signing.when = made.when;
    signing.name = made.name;
    signing.fields = made.fields;
    signing.confidence = 0.75F;
    for (const ReadRole& role : made.parties)
      signing.roles.push_back({role.entity, "signatory", false});
    take_place(sentence, pieces, verb_at, verb_at, signing);
    for (std::size_t i = begin; i < pieces.size(); ++i) {
      if (!is_cue(pieces[i], CueForm::Witness)) continue;
      if (const auto witness = object(pieces, i))
        add_roles(signing, pieces[*witness].group, "witness");
    }
    made.signing = add_event(sentence, std::move(signing));
  }
  pending_ = {static_cast<int>(reading_->agreements.size()), made, sentence_index_};
  reading_->agreements.push_back(std::move(made));
  std::vector<int> sides;
  for (const ReadRole& role : pending_.draft.parties) {
    if (role.role == "party") sides.push_back(role.entity);
  }
  if (sides.size() == 2) discourse_.sides = sides;
}

// The body that a person heads, or the place where that acts for it as a whole.
int Extractor::signs_for(int person) const {
  const int body = body_of(person);
  return body < 0 || is_city(body) || is_executive(body) ? top_city(person) : body;
}

// The years of "năm 2005", "các năm 2011, 2016 và 2022" right after an instrument that a list
// names.
std::vector<std::string> Extractor::years_after(const Sentence& sentence,
                                                const std::vector<Piece>& pieces, std::size_t at,
                                                std::size_t last) {
  std::vector<std::string> years;
  if (with_.empty()) return years;
  for (std::size_t i = at + 1; i < last; ++i) {
    if (pieces[i].kind == Kind::Date) {
      const std::string when = when_of(sentence, pieces[i].date, false);
      if (when.size() == 4) years.push_back(when);
    } else if (pieces[i].kind == Kind::Word && pieces[i].word.size() == 4 &&
               std::all_of(pieces[i].word.begin(), pieces[i].word.end(),
                           [](unsigned char c) { return std::isdigit(c) != 0; })) {
      years.push_back(pieces[i].word);
    }
  }
  return years;
}

// "A lần lượt ký với B, C và D các bản ghi nhớ": one agreement with each.
bool Extractor::one_for_each(const Sentence& sentence, const std::vector<Piece>& pieces,
                             std::size_t at, std::size_t sign, const ReadAgreement& draft) {
  const bool many = at > 0 && pieces[at - 1].kind == Kind::Word &&
                    (pieces[at - 1].word == "các" || pieces[at - 1].word == "những");
  bool turns = false;
  const Group* partners = nullptr;
  for (std::size_t i = clause_begin(pieces, at); i < clause_end(pieces, at); ++i) {
    if (pieces[i].kind == Kind::Word && pieces[i].word == "lượt") turns = true;
    if (pieces[i].kind == Kind::Group && !pieces[i].bracketed && preposition(pieces, i) == "với")
      partners = &pieces[i].group;
  }
  const auto who = subject(pieces, sign);
  if (!many || !turns || !partners || partners->entities.size() < 2 || !who) return false;
  Frame time;
  time.kind = "signing";
  time.status = draft.status == "planned" ? "planned" : "held";
  take_time(sentence, pieces, sign, sign, time);
  const Quotation quotation = quote(sentence, "agreement.in_turn", 0.8F);
  for (const int partner : partners->entities) {
    ReadAgreement made = draft;
    made.when = time.when;
    made.quotations = {quotation};
    made.parties.clear();
    Frame signing;
    signing.kind = "signing";
    signing.rule = "event.signing.agreement";
    signing.status = time.status;
    signing.when = time.when;
    signing.name = made.name;
    for (const int index : pieces[*who].group.entities) {
      made.parties.push_back({index, is_person(index) ? "signatory" : "party", {quotation}});
      signing.roles.push_back({index, "signatory", false});
    }
    made.parties.push_back({partner, is_person(partner) ? "signatory" : "party", {quotation}});
    signing.roles.push_back({partner, "signatory", false});
    made.fields =
        fields_of(sentence, {pieces[at].span.begin, pieces[clause_end(pieces, at) - 1].span.end});
    made.signing = add_event(sentence, std::move(signing));
    reading_->agreements.push_back(std::move(made));
  }
  return true;
}

// "… thay mặt hai bên ký văn bản", "văn bản dự kiến được ký trong tháng 10": more of the
// agreement named shortly before.
void Extractor::sign_again(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at) {
  if (sentence_index_ - pending_.sentence > 2 || pending_.sentence < 0) return;
  const std::size_t begin = clause_begin(pieces, at), end = clause_end(pieces, at);
  std::optional<std::size_t> sign;
  for (std::size_t i = begin; i < end; ++i) {
    // "chưa ký, dự kiến ký tại …": the last one that is not denied.
    if (is_cue(pieces[i], CueForm::Sign) && !negated(pieces, i)) sign = i;
  }
  if (!sign) return;
  Frame frame;
  frame.kind = "signing";
  frame.rule = "event.signing.again";
  frame.status = status(pieces, *sign);
  if (frame.status == "cancelled" || frame.status == "denied") return;
  const bool another = at + 1 < pieces.size() && pieces[at + 1].kind == Kind::Word &&
                       pieces[at + 1].word == "khác";  // "một văn bản khác … phải hoãn ký"
  if (another || (frame.status != "held" && pending_.index >= 0)) return;
  if (frame.status != "held") frame.status = "planned";
  take_time(sentence, pieces, *sign, *sign, frame);
  const Quotation quotation = quote(sentence, "agreement.signed_again", 0.75F);
  Group people;
  if (const auto who = subject(pieces, *sign)) people = pieces[*who].group;
  if (pending_.index < 0) {
    ReadAgreement made = pending_.draft;
    made.status = frame.status == "held" ? "signed" : "planned";
    made.when = frame.when;
    if (made.parties.size() < 2) {
      for (const int side : referents().sides) {
        if (std::none_of(made.parties.begin(), made.parties.end(),
                         [&](const ReadRole& role) { return role.entity == side; })) {
          made.parties.push_back({side, is_person(side) ? "signatory" : "party", {quotation}});
        }
      }
    }
    made.quotations.push_back(quotation);
    if (made.parties.size() < 2) return;
    for (const ReadRole& role : made.parties)
      frame.roles.push_back({role.entity, "signatory", false});
    frame.name = made.name;
    frame.fields = made.fields;
    take_place(sentence, pieces, *sign, *sign, frame);
    made.signing = add_event(sentence, std::move(frame));
    pending_.index = static_cast<int>(reading_->agreements.size());
    pending_.draft = made;
    reading_->agreements.push_back(std::move(made));
    return;
  }
  ReadAgreement& known = reading_->agreements[static_cast<std::size_t>(pending_.index)];
  known.quotations.push_back(quotation);
  if (people.persons) {
    for (const int person : people.entities) {
      if (std::none_of(known.parties.begin(), known.parties.end(),
                       [&](const ReadRole& role) { return role.entity == person; })) {
        known.parties.push_back({person, "signatory", {quotation}});
      }
    }
  }
  if (known.signing >= 0) {
    ReadEvent& event = reading_->events[static_cast<std::size_t>(known.signing)];
    Told& told = told_[static_cast<std::size_t>(known.signing)];
    if (people.persons) {
      for (const int person : people.entities)
        add_role(event, told, {person, "signatory", false}, quotation);
    }
    for (std::size_t i = begin; i < pieces.size(); ++i) {
      if (!is_cue(pieces[i], CueForm::Witness)) continue;
      if (const auto witness = object(pieces, i)) {
        for (const int index : pieces[*witness].group.entities)
          add_role(event, told, {index, "witness", false}, quotation);
      }
    }
  }
}

// --- sentence by sentence

// Whether a block ends as an item of a list that goes on does: "…;", "…:".
bool Extractor::list_goes_on(int block) const {
  const Block& before = document_.source.blocks[static_cast<std::size_t>(block)];
  const std::string_view text = before.span.of(document_.source.text);
  return before.kind == BlockKind::Paragraph && !text.empty() &&
         (text.back() == ';' || text.back() == ':');
}

void Extractor::enter_block(int block) {
  block_ = block;
  first_in_block_ = true;
  quoted_ = false;
  head_ = {};
  block_when_.clear();
  const Block& entered = document_.source.blocks[static_cast<std::size_t>(block)];
  const std::string year = leading_year(entered.span.of(document_.source.text));
  // The items below a year of a chronicle are of that year.
  if (!year.empty() || entered.kind != BlockKind::ListItem) block_year_ = year;
  const Block& now = document_.source.blocks[static_cast<std::size_t>(block)];
  const bool goes_on = block > 0 && list_goes_on(block - 1);
  if (now.kind != BlockKind::ListItem && now.kind != BlockKind::Caption && !goes_on) {
    list_signs_ = false;
    list_status_.clear();
    list_when_.clear();
    list_event_ = -1;
    list_people_ = -1;
    list_head_ = {};
  }
  if (now.kind == BlockKind::ListItem) head_ = list_head_;
  if (now.kind == BlockKind::Heading) last_event_ = -1;
  if (now.kind != BlockKind::TableRow) columns_.clear();
}

// A heading sets what the sections below it are of: what was done, what is planned, which year.
void Extractor::read_heading(const Sentence& sentence) {
  const std::vector<CueToken>& tokens = tokens_;
  std::string found;
  for (std::size_t at = 0; at < tokens.size() && found.empty(); ++at) {
    std::size_t length = 0;
    if (const EventCue* cue = cues_.match(tokens, at, length, {CueForm::Section}))
      found = cue->kind;
  }
  const Block& block = document_.source.blocks[static_cast<std::size_t>(sentence.block)];
  if (!found.empty() && block.kind != BlockKind::Title)
    section_status_ = found == "held" ? "" : found;
  // A heading of the same rank without a year ends the section of the last one.
  const bool title = block.kind == BlockKind::Title;
  if (!title && block.level <= section_level_) section_year_ = title_year_;
  for (std::size_t i = 0; i < sentence.dates.size(); ++i) {
    const std::string when = when_of(sentence, static_cast<int>(i), section_status_ == "planned");
    if (when.size() != 4) continue;
    section_year_ = when;
    // A year that the document has not seen yet is planned for.
    const std::string now = year_of_publication();
    if (!title && found.empty() && !now.empty())
      section_status_ = when > now ? "planned" : base_status_;
    section_level_ = block.level;
    if (title) title_year_ = when;
    break;
  }
}

void Extractor::add_to_last(const Sentence& sentence, const Group& group, const std::string& role,
                            const std::string& rule) {
  if (last_event_ < 0) return;
  ReadEvent& event = reading_->events[static_cast<std::size_t>(last_event_)];
  Told& told = told_[static_cast<std::size_t>(last_event_)];
  const Quotation quotation = quote(sentence, rule, 0.75F);
  for (const int index : group.entities) add_role(event, told, {index, role, false}, quotation);
}

// "Cùng dự có …", "Về phía X có …": people who took part in what was told last.
void Extractor::add_company(const Sentence& sentence, const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) {
    if (piece.kind == Kind::Group && !piece.quoted && piece.group.persons) {
      add_to_last(sentence, piece.group, "participant", "event.company");
    }
  }
}

// "Trong 7 ngày từ 22 đến 28/9, các học viên …": when the course told before ran.
void Extractor::date_course(const Sentence& sentence) {
  if (last_training_ < 0) return;
  ReadEvent& course = reading_->events[static_cast<std::size_t>(last_training_)];
  if (course.when.size() > 4 && course.when.find('/') != std::string::npos) return;
  if (!cues_.tells(tokens_, CueForm::Learner, whole_of(sentence))) return;
  for (std::size_t i = 0; i < sentence.dates.size(); ++i) {
    const std::string when = when_of(sentence, static_cast<int>(i), false);
    const bool days = when.size() == 21;
    // A course that closed on a day ended on it.
    const bool closes = days && (dates_fit(course.when, when) || course.when == when.substr(11));
    if (!closes) continue;
    course.when = when;
    course.when_text = std::string(sentence.dates[i].span.of(sentence.text.text));
    course.quotations.push_back(quote(sentence, "event.training.dates", 0.75F));
    return;
  }
}

void Extractor::sentence(const Sentence& sentence) {
  const Block& block = document_.source.blocks[static_cast<std::size_t>(sentence.block)];
  if (block.kind == BlockKind::Signature || block.kind == BlockKind::Letterhead) return;
  tokens_ = tokens_of(sentence.text.text);
  if (block.kind == BlockKind::TableRow) {
    table_row(sentence);
    return;
  }
  if (block.kind == BlockKind::Heading || (block.kind == BlockKind::Title && !titles_)) {
    // Headings name what the text below tells.
    read_heading(sentence);
    return;
  }
  std::vector<Piece> pieces = pieces_of(document_, sentence, tokens_, cues_, referents(), quoted_);
  if (pieces.empty()) return;
  // "- UNIT: what it did"
  for (std::size_t i = 0; i < std::min<std::size_t>(pieces.size(), 6) && first_in_block_; ++i) {
    if (pieces[i].kind == Kind::Colon) {
      if (i > 0 && pieces[i - 1].kind == Kind::Group && !pieces[i - 1].group.anaphor)
        head_ = pieces[i - 1].group;
      break;
    }
    if (pieces[i].kind == Kind::Cue) break;
  }
  const bool company =
      is_cue(pieces.front(), CueForm::CoHost) || cues_.opens(tokens_, CueForm::Side) ||
      (is_cue(pieces.front(), CueForm::Light) && pieces.front().cue->subject == "guest");
  const bool introduces = pieces.back().kind == Kind::Colon;
  // "- Với tỉnh X (nước Y): …" tells with whom.
  if (first_in_block_) {
    with_.clear();
    for (std::size_t i = 0; i + 1 < pieces.size() && i < kListHeadPieces; ++i) {
      if (pieces[i].kind == Kind::Colon) break;
      if (pieces[i].kind != Kind::Group || pieces[i].bracketed) continue;
      if (preposition(pieces, i) == "với") with_ = pieces[i].group.entities;
      break;
    }
  }
  if (company) {
    add_company(sentence, pieces);
  } else if (list_people_ >= 0 && block.kind == BlockKind::ListItem) {
    last_event_ = list_people_;
    const bool leads = std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
      return is_cue(piece, CueForm::Leader);
    });
    for (const Piece& piece : pieces) {
      if (piece.kind == Kind::Group && piece.group.persons)
        add_to_last(sentence, piece.group, leads ? "leader" : "participant",
                    "event.delegation_list");
    }
  } else {
    frames(sentence, pieces, introduces);
  }
  if (introduces && block.kind != BlockKind::ListItem) {
    // "Quận Yongsan trong 9 tháng đã:" is the subject of the items below.
    for (const Piece& piece : pieces) {
      if (piece.kind != Kind::Group || piece.group.persons || piece.bracketed) continue;
      if (&piece == &pieces.front()) list_head_ = piece.group;
      break;
    }
  }
  if (introduces) {
    const bool people = cues_.tells(tokens_, CueForm::Roster, whole_of(sentence));
    if (people && last_event_ >= 0) list_people_ = last_event_;
  }
  date_course(sentence);
  for (std::size_t i = 0; i < sentence.dates.size(); ++i) {
    const std::string when = when_of(sentence, static_cast<int>(i), false);
    if (when.size() == 10) last_date_ = when;
  }
  note_referents(sentence, pieces);
  first_in_block_ = false;
}

// The frames that the cues of a sentence start, from left to right.
void Extractor::frames(const Sentence& sentence, std::vector<Piece>& pieces, bool introduces) {
  if (introduces) {
    // "… chứng kiến lễ ký:" governs the items of the list below.
    std::optional<std::size_t> sign;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const bool signs = is_cue(pieces[i], CueForm::Sign) || is_cue(pieces[i], CueForm::Witness) ||
                         (is_cue(pieces[i], CueForm::Noun) && pieces[i].cue->kind == "signing");
      if (signs && !sign && !negated(pieces, i)) sign = i;
    }
    if (!sign) {
      for (std::size_t i = 0; i < pieces.size() && !sign; ++i) {
        // "trao đổi 3 văn kiện:", not "Căn cứ Bản ghi nhớ …:"
        if (is_cue(pieces[i], CueForm::Agreement) && pieces[i].cue->note == "generic") sign = i;
      }
    }
    if (sign) {
      list_signs_ = true;
      Frame frame;
      frame.kind = "signing";
      frame.rule = "event.signing.list";
      frame.status = status(pieces, *sign);
      list_status_ = frame.status;
      take_time(sentence, pieces, *sign, *sign, frame);
      list_when_ = frame.when;
      take_place(sentence, pieces, *sign, *sign, frame);
      frame.roles.clear();
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!is_cue(pieces[i], CueForm::Witness)) continue;
        const auto who = subject(pieces, i);
        if (who) add_roles(frame, pieces[*who].group, "witness");
        if (const auto named = object(pieces, i)) add_roles(frame, pieces[*named].group, "witness");
      }
      if (frame.roles.empty()) {
        Group sides;
        sides.entities = referents().sides;
        add_roles(frame, sides, "participant");
      }
      list_event_ = add_event(sentence, std::move(frame));
      return;
    }
  }
  for (std::size_t at = 0; at < pieces.size();) {
    const Piece& piece = pieces[at];
    if (piece.kind != Kind::Cue) {
      ++at;
      continue;
    }
    switch (piece.cue->form) {
      case CueForm::Verb:
        verb(sentence, pieces, at);
        ++at;
        break;
      case CueForm::Noun: {
        // "lễ ký Bản ghi nhớ …": the agreement tells it.
        const bool of_agreement =
            piece.cue->kind == "signing" &&
            std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                        pieces.begin() + static_cast<std::ptrdiff_t>(clause_end(pieces, at)),
                        [](const Piece& other) { return is_cue(other, CueForm::Agreement); });
        at = of_agreement ? at + 1 : std::max(noun(sentence, pieces, at), at + 1);
        break;
      }
      case CueForm::Agreement: {
        agreement(sentence, pieces, at);
        // What its name is made of starts no frame: "Biên bản hội đàm", "Thỏa thuận đào tạo".
        ++at;
        while (at < pieces.size() &&
               (pieces[at].kind == Kind::Word || is_cue(pieces[at], CueForm::Verb) ||
                is_cue(pieces[at], CueForm::Noun) || is_cue(pieces[at], CueForm::Wish)))
          ++at;
        break;
      }
      case CueForm::Sign:
      case CueForm::Witness: {
        add_signers(sentence, pieces, at);
        ++at;
        break;
      }
      case CueForm::Leader: {
        // "Đồng chí X dẫn đầu Đoàn đại biểu tỉnh": of what was told before.
        const auto who = subject(pieces, at);
        if (who && pieces[*who].group.persons && preposition(pieces, *who) != "do") {
          add_to_last(sentence, pieces[*who].group, "leader", "event.leader");
          const auto delegation = object(pieces, at);
          if (delegation && pieces[*delegation].group.delegation)
            add_to_last(sentence, pieces[*delegation].group, "guest", "event.leader");
        }
        ++at;
        break;
      }
      case CueForm::Light: {
        // "A và B đồng chủ trì." of what was told before.
        const std::size_t end = clause_end(pieces, at);
        const bool own =
            std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                        pieces.begin() + static_cast<std::ptrdiff_t>(end), [](const Piece& other) {
                          return is_cue(other, CueForm::Noun) || is_cue(other, CueForm::Verb);
                        });
        const auto who = subject(pieces, at);
        if (!own && at + 2 >= end && who && pieces[*who].group.persons)
          add_to_last(sentence, pieces[*who].group, piece.cue->subject, "event.role");
        ++at;
        break;
      }
      default:
        ++at;
    }
  }
}

// "; ông A và ông B ký", "Ký cho Suwon là ông B": who signed, or saw signed, the agreement named
// just before.
void Extractor::add_signers(const Sentence& sentence, const std::vector<Piece>& pieces,
                            std::size_t at) {
  if (pending_.index < 0 || sentence_index_ - pending_.sentence > 2 || negated(pieces, at)) return;
  const std::size_t begin = clause_begin(pieces, at), end = clause_end(pieces, at);
  for (std::size_t i = begin; i < end; ++i) {
    if (is_cue(pieces[i], CueForm::Agreement)) return;  // an agreement of its own
  }
  ReadAgreement& known = reading_->agreements[static_cast<std::size_t>(pending_.index)];
  const Quotation quotation = quote(sentence, "agreement.signers", 0.75F);
  if (is_cue(pieces[at], CueForm::Witness)) {
    // "A và B chứng kiến lễ ký kết."
    const auto who = subject(pieces, at);
    if (!who || known.signing < 0) return;
    const auto event = static_cast<std::size_t>(known.signing);
    for (const int witness : pieces[*who].group.entities)
      add_role(reading_->events[event], told_[event], {witness, "witness", false}, quotation);
    return;
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (pieces[i].kind != Kind::Group || !pieces[i].group.persons || pieces[i].bracketed) continue;
    for (const int person : pieces[i].group.entities) {
      const bool told = std::any_of(known.parties.begin(), known.parties.end(),
                                    [&](const ReadRole& role) { return role.entity == person; });
      if (!told) known.parties.push_back({person, "signatory", {quotation}});
      if (known.signing < 0) continue;
      const auto event = static_cast<std::size_t>(known.signing);
      add_role(reading_->events[event], told_[event], {person, "signatory", false}, quotation);
    }
  }
}

// Whom "hai thành phố", "hai bệnh viện", "Sở" in the next sentences stand for.
void Extractor::note_referents(const Sentence& sentence, const std::vector<Piece>& pieces) {
  std::vector<int> cities, districts, bodies, countries;
  for (const Piece& piece : pieces) {
    if (piece.kind != Kind::Group || piece.bracketed || piece.group.anaphor) continue;
    for (const int index : piece.group.entities) {
      if (is_person(index)) continue;
      const std::string& kind = entity(index).kind;
      std::vector<int>& list = !is_city(index)      ? bodies
                               : kind == "Country"  ? countries
                               : kind == "District" ? districts
                                                    : cities;
      if (std::find(list.begin(), list.end(), index) == list.end()) list.push_back(index);
    }
  }
  // "bà con có quê ở Hà Tĩnh, Nghệ An" does not make these the two of a story between countries.
  const auto compatriots = [&](const std::vector<int>& both) {
    return both.size() == 2 && entity(both[0]).country == entity(both[1]).country;
  };
  const bool within =
      cities.size() == 2 && (lies_in(cities[0], cities[1]) || lies_in(cities[1], cities[0]));
  const bool of_one_country =
      compatriots(cities) && discourse_.cities.size() == 2 && !compatriots(discourse_.cities);
  if (cities.size() == 2 && !within && !of_one_country) discourse_.cities = cities;
  if (districts.size() == 2) discourse_.districts = districts;
  if (bodies.size() == 2) discourse_.bodies = bodies;
  if (countries.size() == 2) discourse_.countries = countries;
  for (const EntityMention& mention : sentence.mentions) {
    if (entity(mention.entity).label != "Agency") continue;
    std::erase(discourse_.recent_bodies, mention.entity);
    discourse_.recent_bodies.push_back(mention.entity);
  }
}

void Extractor::run(Reading& reading) {
  reading_ = &reading;
  if (reading.genre == "plan" || reading.genre == "decision") base_status_ = "planned";
  section_status_ = base_status_;
  for (const Sentence& each : document_.sentences) {
    if (each.block != block_) enter_block(each.block);
    sentence(each);
    ++sentence_index_;
  }
  // What a title tells, the story has mostly told by then.
  titles_ = true;
  if (reading.genre == "plan" || reading.genre == "decision" || reading.genre == "report") return;
  for (const Sentence& each : document_.sentences) {
    if (document_.source.blocks[static_cast<std::size_t>(each.block)].kind != BlockKind::Title)
      continue;
    enter_block(each.block);
    sentence(each);
  }
}

}  // namespace ketnghia::importers
