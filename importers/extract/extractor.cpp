#include "importers/extract/extractor.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "engine/text/edtf.hpp"
#include "engine/text/normalise.hpp"
#include "importers/readers/cues.hpp"

namespace ketnghia::importers {
namespace {

using Kind = Piece::Kind;

bool is_word(const Piece& piece, std::string_view word) {
  return piece.kind == Kind::Word && piece.word == word;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string year_of(const std::string& edtf) {
  return edtf.size() >= 4 && std::all_of(edtf.begin(), edtf.begin() + 4,
                                         [](unsigned char c) { return std::isdigit(c) != 0; })
             ? edtf.substr(0, 4)
             : std::string{};
}

constexpr std::size_t kDay = 10;  // characters of an EDTF date that has a day

// "28" of a text that ends in "ngày 28 và " or "ngày 27, 28 và "; empty where it does not.
std::string day_before_and(std::string_view before) {
  constexpr std::string_view kAnd = "và ", kDayWord = "ngày ";
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (before.ends_with("ngày")) before.remove_suffix(4);
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (!before.ends_with("và")) return {};
  const std::size_t word = before.rfind(kDayWord);
  if (word == std::string_view::npos) return {};
  std::string_view days = before.substr(word + kDayWord.size());
  days.remove_suffix(kAnd.size() - 1);
  std::string first;
  for (const char c : days) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) break;
    first += c;
  }
  if (first.empty() || first.size() > 2 ||
      days.find_first_not_of("0123456789, ") != std::string_view::npos)
    return {};
  return first.size() == 1 ? '0' + first : first;
}

bool came_to_nothing(const std::string& status) {
  return status == "cancelled" || status == "postponed" || status == "denied";
}

// "1994/.." says since when: as the date of a beginning it is 1994.
std::string beginning(const std::string& edtf) {
  const std::size_t slash = edtf.find("/..");
  return slash == std::string::npos ? edtf : edtf.substr(0, slash);
}

// Which of two fitting dates says more.
const std::string& sharper(const std::string& a, const std::string& b) {
  if (a.empty() || a == "XXXX") return b;
  if (b.empty() || b == "XXXX") return a;
  const auto first = parse_edtf(a), second = parse_edtf(b);
  if (!first || !second) return a;
  return fit(*second, *first) == Fit::Certainly && fit(*first, *second) != Fit::Certainly ? b : a;
}

// How many plain words may stand between a verb and its object.
constexpr std::size_t kWordsOfObject = 9, kWordsOfGift = 15;

// Of one document that tells a thing over and over, so many places are kept.
constexpr std::size_t kQuotations = 64;

bool is_trip(std::string_view kind) { return kind == "visit" || kind == "meeting"; }

}  // namespace

bool dates_fit(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty() || a == "XXXX" || b == "XXXX" || a == b) return true;
  const auto first = parse_edtf(a), second = parse_edtf(b);
  if (!first || !second) return false;
  return fit(*first, *second) == Fit::Certainly || fit(*second, *first) == Fit::Certainly;
}

// --- entities

int Extractor::city_of(int index) const {
  for (int depth = 0; index >= 0 && depth < 4; ++depth) {
    if (is_city(index)) return index;
    if (is_person(index)) {
      index = body_of(index);
    } else {
      index = entity(index).place >= 0 ? entity(index).place : entity(index).parent;
    }
  }
  return -1;
}

int Extractor::top_city(int index) const {
  int city = city_of(index);
  for (int depth = 0; city >= 0 && depth < 4; ++depth) {
    const ReadEntity& at = entity(city);
    if (at.kind != "District" || at.place < 0 || !is_city(at.place)) break;
    city = at.place;
  }
  return city;
}

bool Extractor::lies_in(int lower, int upper) const {
  int city = entity(lower).place;
  for (int depth = 0; city >= 0 && depth < 4; ++depth) {
    if (city == upper) return true;
    city = entity(city).place;
  }
  return false;
}

bool Extractor::at_home(int index) const {
  int city = document_.home >= 0 ? city_of(index) : -1;
  for (int depth = 0; city >= 0 && depth < 4; ++depth) {
    if (city == document_.home) return true;
    city = entity(city).place;
  }
  return false;
}

int Extractor::body_of(int person) const {
  for (const ReadHold& hold : document_.holds) {
    if (hold.person == person) return hold.body;
  }
  return -1;
}

// Whether a body acts for its whole place: its committees, not its departments.
bool Extractor::is_executive(int index) const {
  const ReadEntity& body = entity(index);
  if (body.label != "Agency" || body.place < 0 || body.parent >= 0) return false;
  return cues_.opens(tokens_of(body.name), CueForm::Executive);
}

Referents Extractor::referents() const {
  Referents all = discourse_;
  all.home = document_.home;
  if (all.cities.size() < 2 && document_.home >= 0) {
    // The other side of a document that names one foreign city most.
    int best = -1;
    for (std::size_t i = 0; i < document_.entities.size(); ++i) {
      const ReadEntity& other = document_.entities[i];
      if (other.label != "City" || other.kind == "Country" || other.kind == "District" ||
          static_cast<int>(i) == document_.home ||
          other.country == entity(document_.home).country) {
        continue;
      }
      if (best < 0 || other.mentions.size() > entity(best).mentions.size())
        best = static_cast<int>(i);
    }
    if (best >= 0) all.cities = {document_.home, best};
  }
  if (all.sides.empty()) all.sides = all.cities;
  for (int& side : all.sides) {
    if (is_executive(side)) side = city_of(side);
  }
  if (all.partner.empty() && all.cities.size() == 2) all.partner = {all.cities.back()};
  return all;
}

// --- slots

std::size_t Extractor::clause_begin(const std::vector<Piece>& pieces, std::size_t at) const {
  while (at > 0 && pieces[at - 1].kind != Kind::Stop) --at;
  return at;
}

std::size_t Extractor::clause_end(const std::vector<Piece>& pieces, std::size_t at) const {
  while (at < pieces.size() && pieces[at].kind != Kind::Stop) ++at;
  return at;
}

// The preposition that governs the group at `at`: the word before it, words such as "đoàn" and
// "lãnh đạo" passed over.
std::string_view Extractor::preposition(const std::vector<Piece>& pieces, std::size_t at) const {
  for (std::size_t back = at, steps = 0; back > 0 && steps < 5; --back, ++steps) {
    const Piece& piece = pieces[back - 1];
    if (piece.kind == Kind::Cue && piece.cue->note == "weak") return piece.cue->words.front();
    if (piece.kind != Kind::Word) return {};
    if (one_of(piece.word, {"tại",  "ở",   "của",  "với", "cho",   "từ",   "đến",  "tới",
                            "sang", "về",  "do",   "bởi", "trong", "nhân", "giữa", "theo",
                            "trên", "gửi", "bằng", "vì",  "mặt",   "cùng", "trước"})) {
      return piece.word;
    }
    if (!one_of(piece.word,
                {"đoàn", "đại", "biểu", "lãnh", "đạo", "các",  "phía", "chính", "quyền",
                 "nhân", "dân", "cán",  "bộ",   "trụ", "sở",   "địa",  "bàn",   "công",
                 "tác",  "cấp", "cao",  "ông",  "bà",  "đồng", "chí",  "đại",   "diện"})) {
      return {};
    }
  }
  return {};
}

std::optional<std::size_t> Extractor::subject(const std::vector<Piece>& pieces,
                                              std::size_t at) const {
  const std::size_t begin = clause_begin(pieces, at);
  // "đón đoàn X sang thăm Y": who is received is who comes.
  const bool motion =
      pieces[at].kind == Kind::Cue && one_of(pieces[at].cue->words.front(), {"sang", "đến", "tới"});
  bool behind_leader = false;  // "… do X làm trưởng đoàn" stands between
  for (std::size_t i = at; i-- > begin;) {
    const Piece& piece = pieces[i];
    if (is_cue(piece, CueForm::Leader)) behind_leader = true;
    if (piece.kind != Kind::Group || piece.quoted || piece.bracketed) continue;
    const std::string_view governor = preposition(pieces, i);
    if (governor == "do" && behind_leader) {
      behind_leader = false;
      continue;
    }
    if (governor == "của" && i >= 2 && is_word(pieces[i - 2], "đoàn")) return i;
    const bool adjacent = i + 1 == at && governor == "cho";  // "chuẩn bị cho đoàn X thăm Y"
    if (!governor.empty() && governor != "do" && governor != "bởi" && !adjacent) continue;
    std::size_t before = i;
    while (before > begin && pieces[before - 1].kind == Kind::Word && i - before < 5) --before;
    const bool taken = before > begin && (is_cue(pieces[before - 1], CueForm::Verb) ||
                                          is_cue(pieces[before - 1], CueForm::Sign) ||
                                          is_cue(pieces[before - 1], CueForm::CoOrganiser));
    if (taken && !motion) continue;
    return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Extractor::object(const std::vector<Piece>& pieces,
                                             std::size_t at) const {
  std::size_t words = 0;
  bool signs = false;
  for (std::size_t i = at + 1; i < clause_end(pieces, at); ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::Group && !piece.quoted && !piece.bracketed) {
      const std::string_view governor = preposition(pieces, i);
      if (governor == "do" || governor == "nhân" || governor == "trong" || governor == "theo")
        return std::nullopt;
      if (signs && governor != "với" && !is_cue(pieces[i - 1], CueForm::CoOrganiser))
        return std::nullopt;
      return i;
    }
    // "thăm, làm việc và ký kết biên bản ghi nhớ với X": one object for both predicates.
    if (is_cue(piece, CueForm::Sign) || is_cue(piece, CueForm::Agreement) ||
        (signs && is_cue(piece, CueForm::CoOrganiser))) {
      signs = true;
      continue;
    }
    if (piece.kind == Kind::Cue && !one_of(piece.cue->kind, {"planned"})) {
      // "sang thăm và làm việc với": one predicate in two words.
      if (is_cue(piece, CueForm::Verb) && is_trip(piece.cue->kind) && i <= at + 3) continue;
      return std::nullopt;
    }
    if (piece.kind == Kind::Colon) return std::nullopt;
    // "trao 200 phần quà cho các gia đình khó khăn ở huyện X": a gift is told at length.
    const std::size_t most = is_cue(pieces[at], CueForm::Verb) && pieces[at].cue->kind == "aid"
                                 ? kWordsOfGift
                                 : kWordsOfObject;
    if (piece.kind == Kind::Word && ++words > most) return std::nullopt;
  }
  return std::nullopt;
}

// "do X (…) dẫn đầu", "do X làm trưởng đoàn" after a delegation; "Trưởng đoàn: X".
std::optional<std::size_t> Extractor::leader(const std::vector<Piece>& pieces,
                                             std::size_t group) const {
  std::optional<std::size_t> person;
  for (std::size_t i = group + 1; i < std::min(pieces.size(), group + 24); ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::Stop) break;
    if (piece.kind == Kind::Group && piece.group.persons && !person) {
      if (preposition(pieces, i) != "do") return std::nullopt;
      person = i;
    }
    if (is_cue(piece, CueForm::Leader)) return person;
    if (is_cue(piece, CueForm::Verb) && !person) return std::nullopt;
  }
  return std::nullopt;
}

// "X dẫn đầu đoàn của tỉnh": who led the group at `group`, told before it.
std::optional<std::size_t> Extractor::leader_before(const std::vector<Piece>& pieces,
                                                    std::size_t group) const {
  constexpr std::size_t kReach = 6;  // pieces between the verb of leading and whom it leads
  const std::size_t begin = clause_begin(pieces, group);
  for (std::size_t i = group; i-- > begin && group - i <= kReach;) {
    if (pieces[i].kind == Kind::Group || pieces[i].kind == Kind::Comma) return std::nullopt;
    if (!is_cue(pieces[i], CueForm::Leader)) continue;
    const auto who = subject(pieces, i);
    return who && pieces[*who].group.persons ? who : std::nullopt;
  }
  return std::nullopt;
}

// "được", where it makes the verb at `at` passive: right before it or before its subject.
std::optional<std::size_t> Extractor::passive_before(const std::vector<Piece>& pieces,
                                                     std::size_t at,
                                                     std::optional<std::size_t> agent) const {
  if (at > 0 && is_cue(pieces[at - 1], CueForm::Passive)) return at - 1;
  if (!agent) return std::nullopt;
  for (std::size_t i = *agent; i-- > clause_begin(pieces, at);) {
    if (is_cue(pieces[i], CueForm::Passive)) return i;
    if (pieces[i].kind != Kind::Word) break;
  }
  return std::nullopt;
}

// The group of "… của X" before `at` in its clause.
std::optional<std::size_t> Extractor::owner_before(const std::vector<Piece>& pieces,
                                                   std::size_t at) const {
  for (std::size_t i = at; i-- > clause_begin(pieces, at);) {
    if (pieces[i].kind == Kind::Group && !pieces[i].bracketed && preposition(pieces, i) == "của")
      return i;
  }
  return std::nullopt;
}

// Whether a cue of this form stands before `at` in its clause and reaches it.
bool Extractor::governed(const std::vector<Piece>& pieces, std::size_t at, CueForm form) const {
  const std::size_t begin = clause_begin(pieces, at);
  bool actor = false, apart = false;  // a group, and before it a comma, stand between
  for (std::size_t i = at; i-- > begin;) {
    if (pieces[i].kind == Kind::Group) actor = true;
    if (pieces[i].kind == Kind::Comma && actor) apart = true;
    if (!is_cue(pieces[i], form)) continue;
    // What a plan invites to is planned.
    if (pieces[i].cue->note == "invite" && section_status_ == "planned") continue;
    // "Với mong muốn …, A và B ký kết": why they did, not that they wish.
    const bool adverbial = i == begin || (i > 0 && one_of(pieces[i - 1].word, {"với", "để"}));
    if (!(adverbial && apart && form == CueForm::Wish)) return true;
  }
  return false;
}

bool Extractor::negated(const std::vector<Piece>& pieces, std::size_t at) const {
  const std::size_t begin = clause_begin(pieces, at);
  std::size_t steps = 0;
  for (std::size_t i = at; i-- > begin && steps < 6; ++steps) {
    if (is_cue(pieces[i], CueForm::Negation)) return true;
    if (pieces[i].kind == Kind::Group || pieces[i].kind == Kind::Comma) return false;
  }
  return false;
}

// Whether the sentence tells a habit and no event.
bool Extractor::no_event(const std::vector<Piece>& pieces, std::size_t at) const {
  for (std::size_t i = clause_begin(pieces, at); i < clause_end(pieces, at); ++i) {
    if (is_cue(pieces[i], CueForm::Recurring)) return true;
  }
  return false;
}

// Whether a verb cue is used as a noun there: "hoạt động trao đổi đoàn", "kết thúc hội đàm",
// "quan hệ hợp tác, giao lưu".
bool Extractor::nominal(const std::vector<Piece>& pieces, std::size_t at) const {
  if (at == 0) return false;
  // "chuẩn bị nội dung đón Đoàn đại biểu …" receives somebody.
  if (at + 1 < pieces.size() && pieces[at + 1].kind == Kind::Group &&
      pieces[at + 1].group.delegation)
    return false;
  const Piece& before = pieces[at - 1];
  if (before.kind == Kind::Word) {
    return one_of(before.word,
                  {"tại",   "thúc",  "sau", "trước", "buổi", "cuộc", "của",   "động", "việc",
                   "chế",   "trình", "về",  "vực",   "vụ",   "qua",  "trong", "các",  "những",
                   "phiên", "gian",  "bản", "tác",   "nội",  "dung", "mối",   "quan", "hệ",
                   "án",    "khoản", "vốn", "gói",   "nguồn", "sự",
                   "hoạch"});
  }
  const std::string& kind = pieces[at].cue->kind;
  return before.kind == Kind::Comma && one_of(kind, {"exchange", "training", "competition"}) &&
         head_.entities.empty() && at >= 2 && pieces[at - 2].kind == Kind::Word;
}

// Whether something else that happened, set off by a comma, is told between the two pieces: "A bị
// hoãn, B diễn ra".
bool Extractor::told_between(const std::vector<Piece>& pieces, std::size_t a, std::size_t b) const {
  bool comma = false, event = false;
  for (std::size_t i = std::min(a, b) + 1; i < std::max(a, b); ++i) {
    comma = comma || pieces[i].kind == Kind::Comma;
    event = event || is_cue(pieces[i], CueForm::Verb) || is_cue(pieces[i], CueForm::Noun) ||
            is_cue(pieces[i], CueForm::Sign) || is_cue(pieces[i], CueForm::Light);
  }
  return comma && event;
}

// planned, postponed, cancelled, denied as the clause says; else as the section says; else held.
std::string Extractor::status(const std::vector<Piece>& pieces, std::size_t at) const {
  for (std::size_t i = at; i < pieces.size(); ++i) {
    if (is_cue(pieces[i], CueForm::False)) return "denied";
  }
  std::string found;
  for (std::size_t i = clause_begin(pieces, at); i < clause_end(pieces, at); ++i) {
    if (is_cue(pieces[i], CueForm::Denial) && i < at) return "denied";
    if (!is_cue(pieces[i], CueForm::Status) || pieces[i].quoted) continue;
    const std::string& kind = pieces[i].cue->kind;
    if (kind != "planned" && told_between(pieces, at, i)) continue;
    if (found.empty() || kind != "planned") found = kind;
  }
  if (!found.empty()) return found;
  for (std::size_t i = clause_begin(pieces, at); i <= at; ++i) {
    if (is_word(pieces[i], "đã") || is_word(pieces[i], "vừa")) return "held";
    if (pieces[i].kind == Kind::Cue && pieces[i].cue->words.front() == "đã") return "held";
  }
  return section_status_.empty() ? "held" : section_status_;
}

// One past the last piece of the name that begins with the noun cue at `at`: a quotation closes
// it, else a verb, a preposition, a date or a mark ends it.
std::size_t Extractor::name_end(const Sentence&, const std::vector<Piece>& pieces,
                                std::size_t at) const {
  std::size_t i = at + 1;
  if (pieces[at].quoted) {
    while (i < pieces.size() && !is_word(pieces[i], "\"")) ++i;
    return i;
  }
  for (; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (is_word(piece, "\"")) {
      for (++i; i < pieces.size() && !is_word(pieces[i], "\""); ++i) {
      }
      return std::min(i + 1, pieces.size());
    }
    // "5 tỉnh, thành phố Lào Cai - Hà Nội - …"
    if (piece.kind == Kind::Comma && i + 1 < pieces.size() && is_word(pieces[i - 1], "tỉnh"))
      continue;
    if (piece.kind == Kind::Stop || piece.kind == Kind::Comma || piece.kind == Kind::Date ||
        piece.kind == Kind::Open || piece.kind == Kind::Colon) {
      break;
    }
    if (piece.kind == Kind::Cue && piece.cue->form != CueForm::Noun &&
        piece.cue->form != CueForm::Verb && piece.cue->form != CueForm::Agreement &&
        piece.cue->form != CueForm::Wish) {
      break;
    }
    if (is_cue(piece, CueForm::Verb) &&
        !one_of(piece.cue->kind, {"exchange", "training", "establishment"}))
      break;
    if (piece.kind == Kind::Word &&
        one_of(piece.word,
               {"tại",  "ở",     "do",    "vào", "từ",  "với", "đã", "được", "diễn", "nhân", "để",
                "theo", "trong", "trước", "sau", "cho", "thu", "là", "có",   "cùng", "đến"})) {
      break;
    }
  }
  return i;
}

void Extractor::take_place(const Sentence&, const std::vector<Piece>& pieces, std::size_t at,
                           std::size_t name_last, Frame& frame) {
  const std::size_t begin = clause_begin(pieces, at), end = clause_end(pieces, at);
  std::optional<std::size_t> best;
  std::size_t best_distance = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind != Kind::Group || piece.quoted || piece.bracketed || piece.group.persons)
      continue;
    const std::string_view governor = preposition(pieces, i);
    const bool motion = i < at && !is_trip(frame.kind) && one_of(governor, {"sang", "đến", "tới"});
    if (governor != "tại" && governor != "ở" && !motion) continue;
    const std::size_t distance = i > name_last ? i - name_last : at > i ? (at - i) * 2 : 0;
    if (!best || distance < best_distance) {
      best = i;
      best_distance = distance;
    }
  }
  if (!best) return;
  const Group& group = pieces[*best].group;
  frame.place = city_of(group.entities.front());
  const bool seat = *best > 0 && (is_word(pieces[*best - 1], "sở"));  // "tại trụ sở Thành ủy"
  for (const int at_entity : group.entities) {
    const bool elsewhere =
        std::none_of(frame.roles.begin(), frame.roles.end(), [&](const Role& role) {
          return role.entity == at_entity ||
                 (!is_person(role.entity) && top_city(role.entity) == top_city(at_entity));
        });
    // A theatre or a museum is where; a school or an office receives.
    const bool venue =
        !is_city(at_entity) && (entity(at_entity).kind == "culture" || at_home(at_entity));
    if (seat || venue || at_home(at_entity) || entity(at_entity).kind == "Country") continue;
    if (elsewhere || (!is_city(at_entity) && frame.kind != "meeting")) {
      add_roles(frame, Group{{at_entity}, false, false, false}, "host");
    }
  }
}

std::string Extractor::when_of(const Sentence& sentence, int date, bool planned) {
  const DateExpression& expression = sentence.dates[static_cast<std::size_t>(date)];
  DateContext context;
  // A chronicle's paragraph ("2004 – …") and a report on a year date what they tell by it.
  context.reference = !block_year_.empty()     ? block_year_
                      : !section_year_.empty() ? section_year_
                                               : reading_->published;
  if (year_of(reading_->published) == context.reference) context.reference = reading_->published;
  context.last_named = last_when_.empty() ? last_date_ : last_when_;
  context.tense = tense_around(sentence.text.text, expression.span);
  if (context.tense == DateContext::Tense::Unknown) {
    context.tense = planned ? DateContext::Tense::Future : DateContext::Tense::Past;
  }
  std::string when = resolve_date(expression, context).value_or(std::string{});
  // "hai ngày 28 và 29-6"
  if (when.size() == kDay) {
    const std::string first = day_before_and(
        std::string_view(sentence.text.text).substr(0, expression.span.begin));
    if (!first.empty() && first < when.substr(8)) when = when.substr(0, 8) + first + '/' + when;
  }
  return when;
}

void Extractor::take_time(const Sentence& sentence, const std::vector<Piece>& pieces,
                          std::size_t at, std::size_t name_last, Frame& frame) {
  const bool planned = frame.status == "planned";
  const auto look = [&](std::size_t begin, std::size_t end) {
    std::size_t best_distance = ~std::size_t{0};
    bool in_name = false;  // the date follows the name directly: "Gặp gỡ đầu Xuân năm 2024"
    for (std::size_t i = begin; i < end; ++i) {
      const Piece& piece = pieces[i];
      if (piece.kind != Kind::Date || piece.quoted) continue;
      if (i > 0 && pieces[i - 1].kind == Kind::Word &&
          one_of(pieces[i - 1].word, {"đoạn", "kỳ", "kì", "hạn", "khóa", "niệm", "lệ"})) {
        continue;  // giai đoạn, nhiệm kỳ, thời hạn: how long, not when
      }
      const std::string when = when_of(sentence, piece.date, planned);
      if (when.empty()) continue;
      const bool years = when.size() == 9 && when[4] == '/';
      // "giao lưu 2022-2024"; "từ năm 2004 đến năm 2010 nhận 24 cán bộ sang tu nghiệp"
      const bool since = i > 0 && (is_word(pieces[i - 1], "từ") ||
                                   lower_case(piece.span.of(sentence.text.text)).starts_with("từ"));
      const bool course = since && one_of(frame.kind, {"training", "aid"});
      if (years && (piece.bracketed || !(course || frame.kind == "exchange"))) continue;
      // "dự Lễ khánh thành (18/9) và ký Biên bản (19/9)"
      const bool attached =
          piece.bracketed && i > name_last &&
          std::none_of(pieces.begin() + static_cast<std::ptrdiff_t>(name_last) + 1,
                       pieces.begin() + static_cast<std::ptrdiff_t>(i), [](const Piece& other) {
                         return is_cue(other, CueForm::Verb) || is_cue(other, CueForm::Noun) ||
                                is_cue(other, CueForm::Sign);
                       });
      const std::size_t distance = attached      ? 0
                                   : i > name_last ? (i - name_last) * 2
                                   : i < at      ? (at - i) * 2 + 1
                                                 : 1;
      const bool named = name_last > at && i == name_last + 1 && when.size() < 10;
      const bool day_before = !frame.when.empty() && i > at && frame.when.size() >= 10;
      if ((distance < best_distance && !(named && day_before)) || (in_name && when.size() >= 10)) {
        in_name = named;
        best_distance = distance;
        frame.when = when;
        frame.when_text = std::string(piece.span.of(sentence.text.text));
      }
    }
  };
  if (frame.status == "postponed") {
    // "theo lịch là tháng 3, dời sang tháng 6": when it is to be now.
    for (std::size_t i = clause_begin(pieces, at); i < clause_end(pieces, at); ++i) {
      if (is_cue(pieces[i], CueForm::Status) && pieces[i].cue->kind == "postponed") {
        look(i, clause_end(pieces, at));
      }
    }
  }
  if (frame.when.empty()) look(clause_begin(pieces, at), clause_end(pieces, at));
  // "…; thời gian: tháng 4/2018": a clause that tells nothing but when.
  const std::size_t next = std::min(clause_end(pieces, at) + 1, pieces.size());
  if (frame.when.empty() && next < pieces.size()) {
    const std::size_t stop = clause_end(pieces, next);
    const bool event = std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(next),
                                   pieces.begin() + static_cast<std::ptrdiff_t>(stop),
                                   [](const Piece& piece) {
                                     return is_cue(piece, CueForm::Verb) ||
                                            is_cue(piece, CueForm::Noun) ||
                                            is_cue(piece, CueForm::Sign) ||
                                            is_cue(piece, CueForm::Agreement);
                                   });
    if (!event) look(next, stop);
  }
  if (frame.when.empty()) look(0, at);
  if (frame.when.empty()) frame.when = fallback_when();
  if (one_of(frame.kind, {"establishment", "signing"})) frame.when = beginning(frame.when);
}

// What the discourse tells of the time of a frame whose sentence tells nothing: the date of what
// was told just before where the sentence leans on it, else the year that a report is about.
std::string Extractor::fallback_when() const {
  if (!list_when_.empty()) return list_when_;
  const bool leans = cues_.opens(tokens_, CueForm::Leaning);
  if (!block_when_.empty()) return block_when_;
  if (!block_year_.empty()) return block_year_;
  if (reading_->genre == "news" || reading_->genre == "release") return last_when_;
  if (leans && !last_told_.empty()) return last_told_;
  if (!section_year_.empty()) return section_year_;
  return year_of(reading_->published);
}

// "giai đoạn 2023-2027", "thời hạn 2024-2026", "có giá trị đến hết năm 2027", "năm 2025" within
// the name of a plan: how long an agreement runs.
std::string Extractor::period_in(const Sentence& sentence, const std::vector<Piece>& pieces,
                                 std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < std::min(last, pieces.size()); ++i) {
    if (pieces[i].kind != Kind::Date) continue;
    const std::string when = when_of(sentence, pieces[i].date, true);
    const bool years = when.size() == 9 && when[4] == '/';
    const bool introduced = i > 0 && pieces[i - 1].kind == Kind::Word &&
                            one_of(pieces[i - 1].word, {"đoạn", "hạn", "kỳ", "năm", "lực"});
    if (years || (introduced && when.find('/') != std::string::npos)) return when;
  }
  return {};
}

void Extractor::add_roles(Frame& frame, const Group& group, const std::string& role,
                          bool implicit) const {
  for (const int index : group.entities) {
    if (index < 0) continue;
    const auto known = std::find_if(frame.roles.begin(), frame.roles.end(),
                                    [&](const Role& other) { return other.entity == index; });
    if (known == frame.roles.end()) {
      frame.roles.push_back({index, role, implicit});
    } else if (known->role == "participant") {
      known->role = role;
    }
  }
}

// In a two-sided meeting the side that came is the guest: the one that is a delegation, else the
// one that is not of the place.
void Extractor::settle_sides(Frame& frame, const Group* first, const Group* second) const {
  if (!first || !second) {
    if (first) add_roles(frame, *first, "participant");
    if (second) add_roles(frame, *second, "participant");
    return;
  }
  const auto of_place = [&](const Group& group) {
    return frame.place >= 0 &&
           std::any_of(group.entities.begin(), group.entities.end(),
                       [&](int index) { return top_city(index) == top_city(frame.place); });
  };
  bool first_hosts = false, second_hosts = false;
  if (of_place(*first) != of_place(*second)) {
    first_hosts = of_place(*first);
    second_hosts = !first_hosts;
  } else if (first->delegation != second->delegation) {
    first_hosts = second->delegation;
    second_hosts = first->delegation;
  }
  const auto role = [&](bool hosts) {
    return first_hosts || second_hosts ? std::string(hosts ? "host" : "guest")
                                       : std::string("participant");
  };
  add_roles(frame, *first, role(first_hosts));
  add_roles(frame, *second, role(second_hosts));
}

// The fields that the words of a span tell; what bodies are called does not count.
std::vector<std::string> Extractor::fields_of(const Sentence& sentence, Span span) const {
  std::string words(sentence.text.text);
  for (const EntityMention& mention : sentence.mentions) {
    std::fill(words.begin() + mention.name.begin, words.begin() + mention.name.end, ' ');
  }
  return fields_.in(span.of(words));
}

// The fields that the names of the bodies that took part tell: two health offices meet on health.
std::vector<std::string> Extractor::fields_of_bodies(const std::vector<Role>& roles) const {
  for (const Role& role : roles) {
    if (entity(role.entity).label != "Agency") continue;
    const std::vector<std::string> fields = fields_.in(entity(role.entity).name);
    if (!fields.empty()) return {fields.front()};
  }
  return {};
}

// --- frames

void Extractor::verb(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at) {
  const EventCue& cue = *pieces[at].cue;
  if (pieces[at].quoted || governed(pieces, at, CueForm::Wish) || negated(pieces, at) ||
      no_event(pieces, at) || nominal(pieces, at)) {
    return;
  }
  if (governed(pieces, at, CueForm::Occasion) && cue.kind == "establishment") return;
  Frame frame;
  frame.kind = cue.kind;
  frame.rule = "event." + cue.kind + ".verb";
  frame.status = status(pieces, at);

  std::optional<std::size_t> subject_at = subject(pieces, at), object_at = object(pieces, at);
  // "X tiếp nhận 15 sinh viên của Y sang học": a training, told by the verb of learning or here.
  if (cue.kind == "aid" && cue.subject == "recipient" &&
      cues_.tells(tokens_, CueForm::Learner,
                  {pieces[at].span.begin, pieces[clause_end(pieces, at) - 1].span.end})) {
    auto learners = owner_before(pieces, clause_end(pieces, at));
    if (!learners || *learners < at) learners = object_at;
    if (!subject_at || !learners || *learners < at) return;
    frame.kind = "training";
    frame.rule = "event.training.received";
    add_roles(frame, pieces[*subject_at].group, "host");
    add_roles(frame, pieces[*learners].group, "participant");
    for (std::size_t i = at + 1; i < clause_end(pieces, at); ++i) {
      if (is_cue(pieces[i], CueForm::Verb)) pieces[i].kind = Kind::Word;
    }
    take_time(sentence, pieces, at, *learners, frame);
    frame.fields = {"training"};
    frame.confidence = 0.75F;
    add_event(sentence, std::move(frame));
    return;
  }
  if (cue.note == "weak") {
    // "sang" alone is a visit where somebody went to a city and did nothing else there.
    const bool goes =
        object_at && *object_at == at + 1 && is_city(pieces[*object_at].group.entities.front());
    const bool more = object_at && *object_at + 1 < pieces.size() &&
                      is_cue(pieces[*object_at + 1], CueForm::Verb);
    const bool leaves = subject_at && *subject_at > 0 && is_word(pieces[*subject_at - 1], "rời");
    const bool sends = !subject_at && reading_->genre != "news" && document_.home >= 0 &&
                       std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(clause_begin(pieces, at)),
                                   pieces.begin() + static_cast<std::ptrdiff_t>(at),
                                   [](const Piece& piece) { return is_word(piece, "cử"); });
    if (!goes || more || leaves || !(subject_at || sends)) return;
  }
  if (cue.kind == "establishment" && cue.words.front() == "được") {
    // "Quan hệ với X (giữa X và Y) được thiết lập năm 2013"
    for (std::size_t i = clause_begin(pieces, at); i < at; ++i) {
      if (pieces[i].kind == Kind::Group && !pieces[i].bracketed && !pieces[i].quoted)
        add_roles(frame, pieces[i].group, "participant");
    }
    if (frame.roles.size() == 1 && document_.home >= 0)
      add_roles(frame, Group{{document_.home}, false, false, false}, "participant", true);
    if (frame.roles.size() < 2) return;
    take_time(sentence, pieces, at, at, frame);
    frame.confidence = 0.75F;
    add_event(sentence, std::move(frame));
    return;
  }
  if (const auto passive = passive_before(pieces, at, subject_at)) {
    if (*passive + 1 == at) {
      // "thiết bị của X được trao cho Y"
      subject_at = owner_before(pieces, *passive);
    } else {
      object_at = subject(pieces, *passive);  // "đoàn được X tiếp"
    }
  }
  if ((cue.kind == "aid" || cue.kind == "award") && object_at == std::nullopt && subject_at &&
      preposition(pieces, *subject_at) == "do") {
    // "X tiếp nhận … do Y trao tặng"
    std::vector<Piece> before(pieces.begin(),
                              pieces.begin() + static_cast<std::ptrdiff_t>(*subject_at));
    if (!before.empty()) object_at = subject(before, before.size() - 1);
  }
  if (cue.kind == "aid" && cues_.tells(tokens_, CueForm::Keepsake, whole_of(sentence))) return;
  // "đón 75.000 lượt khách Nga" counts tourists.
  if (object_at && std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                               pieces.begin() + static_cast<std::ptrdiff_t>(*object_at),
                               [](const Piece& piece) { return is_word(piece, "lượt"); }))
    return;
  Group subject_group = subject_at ? pieces[*subject_at].group : Group{};
  Group object_group = object_at ? pieces[*object_at].group : Group{};
  bool implicit = false;
  if (object_group.entities.empty() && cue.words.back() == "đoàn") {
    // "quận trưởng tiếp đoàn ngày 17-9": the delegation told of.
    object_group.entities = referents().delegation;
    object_group.delegation = true;
  }
  // "Đón đoàn nghệ nhân của X": who tells it received.
  frame.elided = !subject_at && cue.subject == "host" && at <= clause_begin(pieces, at) + 2;
  if (subject_group.entities.empty()) {
    if (!head_.entities.empty()) {
      subject_group = head_;
    } else if (const auto owner = owner_before(pieces, at); owner && !is_trip(cue.kind)) {
      subject_group = pieces[*owner].group;  // "cử cán bộ của Sở sang học tại X"
    } else if (reading_->genre != "news" && reading_->genre != "release") {
      if (document_.home >= 0) subject_group.entities = {document_.home};
      implicit = true;
    } else if (is_trip(cue.kind) && !object_group.entities.empty()) {
      subject_group.entities = referents().delegation;  // "hôm sau làm việc với Sở Y tế"
      subject_group.delegation = true;
      implicit = true;
    }
  } else if (!head_.entities.empty() && subject_group.entities != head_.entities &&
             subject_group.delegation && at_home(subject_group.entities.front())) {
    // "- SỞ: chủ trì tham mưu Đoàn … thăm …": the unit arranged what the delegation did.
    add_roles(frame, head_, "organiser");
  }
  // A place alone after "tại" is where, and for a visit also who received.
  const bool two_sided = cue.subject == "both";
  if (two_sided && object_group.entities.empty() && subject_group.entities.size() >= 2) {
    take_place(sentence, pieces, at, at, frame);
    for (const int index : subject_group.entities)
      add_roles(frame, Group{{index}, false, false, false},
                cue.kind == "signing" ? "signatory" : "participant");
  } else if (two_sided) {
    if (object_group.entities.empty()) return;
    take_place(sentence, pieces, at, at, frame);
    settle_sides(frame, subject_group.entities.empty() ? nullptr : &subject_group, &object_group);
  } else {
    if (cue.kind == "visit" || cue.kind == "meeting" || cue.kind == "aid" || cue.kind == "award") {
      if ((object_group.entities.empty() && !came_to_nothing(frame.status)) || (subject_group.entities.empty() && !is_trip(cue.kind)))
        return;
    }
    if (subject_group.entities.empty() && object_group.entities.empty()) return;
    add_roles(frame, subject_group, cue.subject, implicit);
    const bool place_only = object_at && one_of(preposition(pieces, *object_at), {"tại", "ở"});
    if (!object_group.entities.empty() &&
        !(place_only && !is_trip(cue.kind) && cue.kind != "aid")) {
      add_roles(frame, object_group, cue.object);
    }
    take_place(sentence, pieces, at, object_at.value_or(at), frame);
  }
  for (const auto& side : {subject_at, object_at}) {
    if (!side) continue;
    if (const auto head = leader(pieces, *side)) add_roles(frame, pieces[*head].group, "leader");
    if (const auto head = leader_before(pieces, *side))
      add_roles(frame, pieces[*head].group, "leader");
  }
  if (frame.place < 0 && is_trip(frame.kind)) {
    for (const Role& role : frame.roles) {
      if (role.role == "host" && city_of(role.entity) >= 0) {
        frame.place = is_city(role.entity) && entity(role.entity).kind == "Country"
                          ? role.entity
                          : city_of(role.entity);
        break;
      }
    }
  }
  // "đón đoàn X sang giao lưu" is one exchange.
  if (cue.kind == "visit" && object_at) {
    for (std::size_t i = *object_at + 1; i < clause_end(pieces, at); ++i) {
      if (!is_cue(pieces[i], CueForm::Verb)) continue;
      const bool sent = pieces[i].cue->words.front() == "sang" || is_word(pieces[i - 1], "sang") ||
                        is_word(pieces[i - 1], "để");
      if (sent && pieces[i].cue->kind == "exchange") {
        frame.kind = "exchange";
        pieces[i].kind = Kind::Word;
      }
      break;
    }
  }
  take_time(sentence, pieces, at, object_at.value_or(at), frame);
  frame.fields =
      fields_of(sentence, {pieces[at].span.begin, pieces[clause_end(pieces, at) - 1].span.end});
  frame.confidence = subject_at && object_at ? 0.85F : 0.65F;
  for (Frame& each : in_turn(sentence, pieces, at, std::move(frame), subject_group, object_group)) {
    add_event(sentence, std::move(each));
  }
}

// "A, B và C lần lượt thăm D vào các ngày 2/3, 4/4 và 5/5": one event for each of those named in a
// row, with its own date where as many are given. Else the frame as it is.
std::vector<Extractor::Frame> Extractor::in_turn(const Sentence& sentence,
                                                 const std::vector<Piece>& pieces, std::size_t at,
                                                 Frame frame, const Group& subject,
                                                 const Group& object) {
  std::vector<Frame> frames;
  const std::size_t begin = clause_begin(pieces, at), end = clause_end(pieces, at);
  bool turns = false;
  std::vector<std::size_t> dates, row;  // the longest row of dates
  for (std::size_t i = begin; i < end; ++i) {
    turns = turns || (is_word(pieces[i], "lượt") && i > begin && is_word(pieces[i - 1], "lần"));
    if (pieces[i].kind == Kind::Date && !pieces[i].bracketed) {
      row.push_back(i);
      if (row.size() > dates.size()) dates = row;
    } else if (pieces[i].kind != Kind::Comma && !is_word(pieces[i], "và") &&
               !is_word(pieces[i], "ngày")) {
      row.clear();
    }
  }
  const auto named = [](const Group& group) { return group.persons ? 0 : group.entities.size(); };
  const bool by_date = dates.size() >= 2;
  const Group* each = nullptr;
  if (turns && by_date && dates.size() == named(object)) each = &object;
  if (turns && by_date && !each && dates.size() == named(subject)) each = &subject;
  if (turns && !by_date && named(object) >= 2 && frame.kind == "meeting") each = &object;
  if (!each) {
    frames.push_back(std::move(frame));
    return frames;
  }
  for (std::size_t k = 0; k < each->entities.size(); ++k) {
    Frame one = frame;
    std::erase_if(one.roles, [&](const Role& role) {
      const auto other = std::find(each->entities.begin(), each->entities.end(), role.entity);
      if (other != each->entities.end()) return role.entity != each->entities[k];
      // A leader came with the one whose leader it is.
      return each == &subject && role.role == "leader" &&
             top_city(role.entity) != top_city(each->entities[k]);
    });
    if (each == &object && is_trip(frame.kind)) one.place = city_of(each->entities[k]);
    if (by_date) {
      one.when = when_of(sentence, pieces[dates[k]].date, frame.status == "planned");
      one.when_text = std::string(pieces[dates[k]].span.of(sentence.text.text));
    }
    frames.push_back(std::move(one));
  }
  return frames;
}

// Returns the piece to go on from.
std::size_t Extractor::noun(const Sentence& sentence, std::vector<Piece>& pieces, std::size_t at) {
  const EventCue& cue = *pieces[at].cue;
  std::size_t end = name_end(sentence, pieces, at);
  const std::size_t begin = clause_begin(pieces, at), stop = clause_end(pieces, at);
  const bool titled =
      pieces[at].quoted && at > 0 && is_word(pieces[at - 1], "\"");  // its name stands in quotes
  if ((pieces[at].quoted && !titled) || governed(pieces, at, CueForm::Wish) ||
      negated(pieces, at) || no_event(pieces, at)) {
    return end;
  }
  const std::string_view before = at > 0 && pieces[at - 1].kind == Kind::Word
                                      ? std::string_view(pieces[at - 1].word)
                                      : std::string_view{};
  const bool reference =
      one_of(before, {"tại", "sau", "trước", "thúc", "trong", "nhân", "qua", "về", "từ", "cho"}) ||
      (at > 0 && is_cue(pieces[at - 1], CueForm::Occasion));

  Frame frame;
  frame.kind = cue.kind;
  frame.rule = "event." + cue.kind + ".noun";
  frame.status = status(pieces, at);

  // A ceremony of something named after it: "lễ bế giảng lớp bồi dưỡng", "khai mạc triển lãm".
  const EventCue* occasion = nullptr;
  if (at + 1 < pieces.size() && is_cue(pieces[at + 1], CueForm::Noun) && cue.kind == "ceremony") {
    occasion = pieces[at + 1].cue;
    end = std::max(end, name_end(sentence, pieces, at + 1));
    if (occasion->kind != "training") frame.kind = occasion->kind;
  }
  const Span name_span{pieces[at].span.begin, pieces[end - 1].span.end};
  frame.name = std::string(name_span.of(sentence.text.text));

  bool explicit_roles = false;
  // Who did what with it: the verb before the noun and that verb's subject.
  std::optional<std::size_t> light;
  for (std::size_t i = at; i-- > begin;) {
    if (is_cue(pieces[i], CueForm::Light)) {
      light = i;
      break;
    }
    if (is_cue(pieces[i], CueForm::Verb) || is_cue(pieces[i], CueForm::Noun) ||
        is_cue(pieces[i], CueForm::Sign))
      break;
  }
  const std::optional<std::size_t> actor = subject(pieces, light.value_or(at));
  if (light || cue.kind == "visit") {
    Group group = actor ? pieces[*actor].group : head_;
    const auto owner = light ? owner_before(pieces, *light) : std::nullopt;
    if (group.entities.empty() && owner) group = pieces[*owner].group;
    const std::string role = light ? pieces[*light].cue->subject : cue.subject;
    if (!group.entities.empty() && (light || actor || owner)) {
      add_roles(frame, group, role);
      explicit_roles = true;
      if (actor) {
        if (const auto head = leader(pieces, *actor))
          add_roles(frame, pieces[*head].group, "leader");
        if (const auto head = leader_before(pieces, *actor))
          add_roles(frame, pieces[*head].group, "leader");
      }
    } else if (light && role == "organiser" && document_.home >= 0 && reading_->genre != "news") {
      add_roles(frame, Group{{document_.home}, false, false, false}, role, true);
    }
  } else if (!head_.entities.empty() && !reference) {
    add_roles(frame, head_, cue.subject == "both" ? "participant" : cue.subject);
    explicit_roles = true;
  }
  // Roles that prepositions give, up to the next thing told.
  std::size_t limit = end;
  while (limit < stop &&
         !(is_cue(pieces[limit], CueForm::Noun) || is_cue(pieces[limit], CueForm::Verb) ||
           is_cue(pieces[limit], CueForm::Agreement) || is_cue(pieces[limit], CueForm::Sign))) {
    ++limit;
  }
  for (std::size_t i = begin; i < limit; ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::Cue && piece.cue->form == CueForm::CoOrganiser &&
        (i < at || i > end - 1)) {
      if (const auto partner = object(pieces, i)) {
        add_roles(frame, pieces[*partner].group, "organiser");
        explicit_roles = true;
      }
      continue;
    }
    if (piece.kind != Kind::Group || piece.bracketed ||
        (piece.quoted && !(titled && i > at && i < end)))
      continue;
    const std::string_view governor = preposition(pieces, i);
    if (titled && i > at && i < end && (governor == "tại" || governor == "ở") && frame.place < 0) {
      frame.place = city_of(piece.group.entities.front());
      if (!at_home(piece.group.entities.front())) add_roles(frame, piece.group, "host");
    }
    if (i > at && governor == "giữa") {
      for (const int index : piece.group.entities)
        add_roles(frame, Group{{index}, false, false, false},
                  cue.kind == "signing" ? "signatory" : "participant");
      explicit_roles = true;
      // "giữa A với B"
      for (std::size_t k = i + 1; k < stop; ++k) {
        if (pieces[k].kind == Kind::Group) {
          if (preposition(pieces, k) == "với")
            add_roles(frame, pieces[k].group, cue.kind == "signing" ? "signatory" : "participant");
          break;
        }
      }
    } else if (i >= end && governor == "do") {
      bool organises = false, leads = false;
      for (std::size_t k = i + 1; k < stop && k < i + 8; ++k) {
        if (is_cue(pieces[k], CueForm::Light) && pieces[k].cue->subject != "guest")
          organises = true;
        if (is_cue(pieces[k], CueForm::Leader)) leads = true;
      }
      if (organises || leads) {
        add_roles(frame, piece.group, leads ? "leader" : "organiser");
        explicit_roles = true;
      }
    } else if (i > at && governor == "của" && i < end + 2) {
      add_roles(frame, piece.group,
                cue.kind == "visit"      ? "guest"
                : cue.kind == "training" ? "participant"
                                         : "organiser");
      explicit_roles = true;
    } else if (i > at && governor == "cho" && cue.kind == "training") {
      add_roles(frame, piece.group, "participant");
      explicit_roles = true;
    } else if (i > at && (governor == "đến" || governor == "tới" || governor == "sang") &&
               cue.kind == "visit") {
      add_roles(frame, piece.group, "host");
      explicit_roles = true;
    } else if (i > at && governor == "với" && (cue.subject == "both" || i < end + 3)) {
      add_roles(frame, piece.group, "participant");
      explicit_roles = true;
    } else if (i > at && i < end && governor.empty() && !piece.group.persons) {
      // Named within the event's own name.
      if (cue.kind == "visit") {
        add_roles(frame, piece.group, "host");
        explicit_roles = true;
      } else if (piece.group.entities.size() >= 2) {
        add_roles(frame, piece.group, "participant");
        explicit_roles = true;
      } else if (is_city(piece.group.entities.front()) && frame.place < 0 &&
                 !at_home(piece.group.entities.front()) &&
                 entity(piece.group.entities.front()).kind != "Country" &&
                 one_of(cue.kind, {"festival", "fair", "competition", "exchange", "conference"})) {
        frame.place = piece.group.entities.front();
        add_roles(frame, piece.group, "host");
      } else if (cue.kind == "training" && is_city(piece.group.entities.front())) {
        add_roles(frame, piece.group, "participant");
      }
    }
  }
  if (reference && !explicit_roles) return end;
  if (reference && is_trip(cue.kind) && frame.roles.size() < 2) return end;
  take_place(sentence, pieces, at, end - 1, frame);
  take_time(sentence, pieces, at, end - 1, frame);
  frame.fields = fields_.in(frame.name);
  if (frame.fields.empty()) {
    frame.fields = fields_of(sentence, {pieces[at].span.begin, pieces[stop - 1].span.end});
  }
  if (frame.roles.empty()) return end;
  const bool told = explicit_roles || light;
  if (!told) return end;
  frame.confidence = explicit_roles ? 0.8F : 0.55F;
  if (frame.place < 0 && cue.kind == "visit") {
    for (const Role& role : frame.roles) {
      if (role.role == "host") frame.place = city_of(role.entity);
    }
  }
  if (occasion && occasion->kind == "training") {
    Frame course;
    course.kind = "training";
    course.rule = "event.training.of_ceremony";
    course.status = frame.status;
    course.name =
        std::string(Span{pieces[at + 1].span.begin, name_span.end}.of(sentence.text.text));
    for (const Role& role : frame.roles) {
      if (!is_person(role.entity))
        course.roles.push_back(
            {role.entity,
             role.role == "host" || role.role == "organiser" ? role.role : "participant",
             role.implicit});
    }
    course.place = frame.place;
    course.when = year_of(frame.when);
    course.fields = fields_.in(course.name);
    course.confidence = 0.6F;
    if (!course.roles.empty()) frame.part_of = add_event(sentence, std::move(course));
  }
  add_event(sentence, std::move(frame));
  return end;
}

// --- results

Quotation Extractor::quote(const Sentence& sentence, const std::string& rule,
                           float confidence) const {
  Quotation whole = quotation(
      sentence, {0, static_cast<std::uint32_t>(sentence.text.text.size())}, rule, confidence);
  if (quote_from_) whole.span.begin = std::min(whole.span.begin, *quote_from_);
  return whole;
}

std::string Extractor::year_of_publication() const { return year_of(reading_->published); }

// An event told before that this frame tells again: of one kind and time, with the participants
// of one among those of the other, or of one quoted name.
int Extractor::same_event(const Frame& frame, const std::set<int>& named) const {
  const auto quoted = [](const std::string& name) {
    const std::size_t open = name.find('"');
    return open == std::string::npos ? std::string{} : match_key(name.substr(open));
  };
  const std::string name = quoted(frame.name);
  const bool trip = is_trip(frame.kind);
  const auto within = [&](const std::set<int>& some, const std::set<int>& all) {
    return std::all_of(some.begin(), some.end(), [&](int a) {
      return all.contains(a) ||
             (trip && std::any_of(all.begin(), all.end(), [&](int b) { return related(a, b); }));
    });
  };
  const auto bodies = [&](const std::set<int>& all) {
    std::set<int> some;
    for (const int index : all) {
      if (!is_person(index)) some.insert(index);
    }
    return some;
  };
  for (std::size_t i = reading_->events.size(); i-- > 0;) {
    const ReadEvent& event = reading_->events[i];
    if (event.kind != frame.kind || !dates_fit(event.when, frame.when)) continue;
    // What was held is not what was called off.
    if (came_to_nothing(event.status) != came_to_nothing(frame.status) &&
        (event.status == "held" || frame.status == "held"))
      continue;
    if (!name.empty() && name == quoted(event.name)) return static_cast<int>(i);
    const std::set<int>& other = told_[i].named;
    if (!named.empty() && !other.empty() && (within(named, other) || within(other, named)))
      return static_cast<int>(i);
    const std::set<int> ours = bodies(named), theirs = bodies(other);
    if (std::min(ours.size(), theirs.size()) >= 2 && (within(ours, theirs) || within(theirs, ours)))
      return static_cast<int>(i);
  }
  return -1;
}

// Whether one is the other's city or country, so that telling of a visit one may stand for the
// other: the people's committee of a district and the district, Trung Quốc and Bắc Kinh.
bool Extractor::related(int a, int b) const {
  if (is_person(a) || is_person(b)) return false;
  const auto above = [&](int lower, int upper) {
    if (!is_city(upper)) return false;
    if (!is_city(lower)) return city_of(lower) == upper && entity(upper).kind == "District";
    return entity(upper).kind == "Country" && entity(lower).country == entity(upper).country &&
           lower != upper;
  };
  return above(a, b) || above(b, a);
}

void Extractor::add_role(ReadEvent& event, Told& told, const Role& role,
                         const Quotation& quotation) const {
  const auto known =
      std::find_if(event.participants.begin(), event.participants.end(),
                   [&](const ReadRole& other) { return other.entity == role.entity; });
  if (known == event.participants.end()) {
    event.participants.push_back({role.entity, role.role, {quotation}});
  } else {
    if (known->role == "participant") known->role = role.role;
    if (known->quotations.size() < kQuotations &&
        std::none_of(known->quotations.begin(), known->quotations.end(),
                     [&](const Quotation& other) { return other.span == quotation.span; })) {
      known->quotations.push_back(quotation);
    }
  }
  if (!role.implicit) told.named.insert(role.entity);
}

// Whether the story tells something of the kind with one of these participants: its title then
// tells no more.
bool Extractor::told_in_story(const Frame& frame) const {
  return std::any_of(reading_->events.begin(), reading_->events.end(), [&](const ReadEvent& event) {
    if (event.kind != frame.kind && !(is_trip(event.kind) && is_trip(frame.kind))) return false;
    return std::any_of(frame.roles.begin(), frame.roles.end(), [&](const Role& role) {
      return std::any_of(event.participants.begin(), event.participants.end(),
                         [&](const ReadRole& known) {
                           return known.entity == role.entity || related(known.entity, role.entity);
                         });
    });
  });
}

int Extractor::add_event(const Sentence& sentence, Frame frame) {
  std::set<int> named;
  for (const Role& role : frame.roles) {
    if (!role.implicit) named.insert(role.entity);
  }
  if (named.empty()) return -1;
  // A trip or a meeting needs two to it, unless it did not take place.
  if (is_trip(frame.kind) && frame.roles.size() < 2 && !came_to_nothing(frame.status) &&
      !frame.elided)
    return -1;
  if (frame.fields.empty()) frame.fields = fields_of_bodies(frame.roles);
  const Quotation quotation = quote(sentence, frame.rule, frame.confidence);
  int index = same_event(frame, named);
  if (index < 0 && titles_ && told_in_story(frame)) return -1;
  if (index < 0) {
    index = static_cast<int>(reading_->events.size());
    ReadEvent event;
    event.kind = frame.kind;
    event.name = frame.name;
    event.when = frame.when;
    event.when_text = frame.when_text;
    event.status = frame.status;
    event.place = frame.place;
    event.fields = frame.fields;
    event.part_of = frame.part_of;
    reading_->events.push_back(std::move(event));
    told_.emplace_back();
  }
  ReadEvent& event = reading_->events[static_cast<std::size_t>(index)];
  Told& told = told_[static_cast<std::size_t>(index)];
  if (event.status == "planned" || came_to_nothing(frame.status)) event.status = frame.status;
  const std::string& when = sharper(event.when, frame.when);
  if (when != event.when) {
    event.when = when;
    event.when_text = frame.when_text;
  }
  if (event.name.size() < frame.name.size()) event.name = frame.name;
  if (event.place < 0) event.place = frame.place;
  if (event.part_of < 0 && frame.part_of != index) event.part_of = frame.part_of;
  for (const std::string& field : frame.fields) {
    if (std::find(event.fields.begin(), event.fields.end(), field) == event.fields.end())
      event.fields.push_back(field);
  }
  if (event.quotations.size() < kQuotations &&
      std::none_of(event.quotations.begin(), event.quotations.end(),
                   [&](const Quotation& other) { return other.span == quotation.span; })) {
    event.quotations.push_back(quotation);
  }
  for (const Role& role : frame.roles) add_role(event, told, role, quotation);
  remember(frame, index);
  return index;
}

// What later sentences may lean on.
void Extractor::remember(const Frame& frame, int event) {
  last_event_ = event;
  if (frame.kind == "training") last_training_ = event;
  if (!frame.when.empty()) last_told_ = frame.when;
  // What a paragraph tells further happened then, until it names another time; a year alone is
  // background.
  if (frame.when.size() > 4 && !came_to_nothing(frame.status)) block_when_ = frame.when;
  // The story moves on with what opens a paragraph; a day within one is background.
  if (frame.when.size() == 10 && (first_in_block_ || last_when_.empty())) last_when_ = frame.when;
  std::vector<int> hosts, guests;
  for (const Role& role : frame.roles) {
    const int side = is_person(role.entity) ? body_of(role.entity) : role.entity;
    std::vector<int>& list = role.role == "host" || role.role == "recipient" ? hosts : guests;
    if (side < 0 || role.role == "leader" || role.role == "witness") continue;
    if (std::find(list.begin(), list.end(), side) == list.end()) list.push_back(side);
  }
  if (is_trip(frame.kind) && !guests.empty()) discourse_.delegation = {guests.front()};
  for (const Role& role : frame.roles) {
    if (!is_trip(frame.kind) || !is_person(role.entity) ||
        !one_of(role.role, {"leader", "host", "guest"}))
      continue;
    // One of each side, the latest told.
    std::erase_if(discourse_.leaders, [&](int other) {
      return other == role.entity || top_city(other) == top_city(role.entity);
    });
    discourse_.leaders.push_back(role.entity);
    if (discourse_.leaders.size() > 2) discourse_.leaders.erase(discourse_.leaders.begin());
  }
  std::vector<int> sides;  // those told as equals, else who received and who came
  for (const Role& role : frame.roles) {
    if (one_of(role.role, {"participant", "signatory", "organiser"}) && !is_person(role.entity))
      sides.push_back(role.entity);
  }
  if (sides.size() != 2) {
    sides = hosts;
    sides.insert(sides.end(), guests.begin(), guests.end());
  }
  if (sides.size() >= 2) discourse_.sides = sides;
}

}  // namespace ketnghia::importers
