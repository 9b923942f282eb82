#include "importers/recognise/person.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ketnghia::importers {
namespace {

constexpr std::size_t kLongestName = 5;  // syllables, of all languages met

TitleClass class_of(const Line& line, const TrieMatch& match) {
  return line.tables.titles[static_cast<std::size_t>(match.values.front())].rank;
}

bool is_honorific(TitleClass rank) {
  return rank == TitleClass::Honorific || rank == TitleClass::Degree;
}

bool is_modifier(TitleClass rank) { return rank == TitleClass::Past || rank == TitleClass::Acting; }

// "van", "de" and the like, small within a name.
bool is_particle(std::string_view word) {
  constexpr std::array<std::string_view, 11> kParticles{"de", "da",  "del", "della", "di", "du",
                                                        "la", "van", "von", "der",   "bin"};
  return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

// Whether something else begins at `at`, which ends the name before it.
bool something_begins(const Line& line, std::size_t at) {
  const TrieMatch title = longest_match(line.tables.title_names, line.tokens, at);
  if (title && title.end > at + 1) return true;
  const TrieMatch body = longest_match(line.tables.body_names, line.tokens, at);
  return body && body.end > at + 1;
}

bool is_word(const Line& line, std::size_t at, std::string_view word) {
  return line.word_at(at) && !line.tokens[at].barrier && line.of(line.tokens[at]) == word;
}

// Reads what a title is held of, from `found.end` on.
class TitleReader {
 public:
  TitleReader(const Line& line, TitleFound& found)
      : line_(line),
        found_(found),
        title_(line.tables.titles[static_cast<std::size_t>(found.title)]) {}

  void read() {
    switch (title_.body) {
      case TitleBody::Unit:
        read_unit();
        break;
      case TitleBody::Police:
        read_body(found_.title_end - 2);
        break;
      case TitleBody::Ministry:
        read_ministry();
        break;
      case TitleBody::Place:
      case TitleBody::Country:
      case TitleBody::Mission:
        if (!read_place()) read_body(found_.end);
        read_location();
        break;
      default:
        read_of();
        break;
    }
    skip_term();
  }

 private:
  bool free_at(std::size_t at) const {
    return at < line_.tokens.size() && !line_.tokens[at].barrier;
  }

  bool read_body(std::size_t at) {
    if (!free_at(at)) return false;
    auto body = body_at(line_, at, true);
    if (!body) return read_small_type(at);
    found_.end = std::max(found_.end, body->end);
    found_.body = std::move(body);
    return true;
  }

  // "Giám đốc bệnh viện": some hospital named before.
  bool read_small_type(std::size_t at) {
    if (line_.capital_at(at)) return false;
    const TrieMatch match = longest_match(line_.tables.body_names, line_.tokens, at);
    if (!match) return false;
    BodyFound body;
    body.first = at;
    body.end = match.end;
    body.type = match.values.front();
    body.bare = line_.tables.body_types[static_cast<std::size_t>(body.type)].head;
    found_.end = body.end;
    found_.body = std::move(body);
    return true;
  }

  bool read_place() {
    std::size_t at = found_.end;
    if (is_word(line_, at, "của")) ++at;
    if (!free_at(at)) return false;
    auto place = place_at(line_, at);
    if (!place || place->nowhere) return false;
    if (place->bare() && line_.capital_at(place->end) && !is_like_person(line_, place->end)) {
      // "Thống đốc tỉnh Xyz": the reader of places has refused what follows; it is a name.
      if (!name_at(line_, place->end)) return false;
    }
    found_.end = place->end;
    // The place above, in brackets or after a comma, belongs to the place.
    if (line_.mark_at(found_.end, '(')) {
      const auto above = place_at(line_, found_.end + 1);
      if (above && line_.mark_at(above->end, ')')) found_.end = above->end + 1;
    }
    found_.place = std::move(place);
    return true;
  }

  void read_location() {
    if (!is_word(line_, found_.end, "tại")) return;
    auto place = place_at(line_, found_.end + 1);
    if (!place && free_at(found_.end + 1) && line_.capital_at(found_.end + 1)) {
      // "Đại sứ Việt Nam tại Pháp Nguyễn Đình Bin": here a country even before another capital.
      place = country_at(line_, found_.end + 1);
    }
    if (!place || place->bare() || place->nowhere) return;
    found_.end = place->end;
    found_.located = std::move(place);
  }

  void read_of() {
    std::size_t at = found_.end;
    if (is_word(line_, at, "của")) ++at;
    if (read_body(at)) return;
    read_place();
  }

  // "Trưởng Ban Quản lý Khu kinh tế": the last word of the title begins the body's name. "Trưởng
  // ban Quan hệ quốc tế của Vùng đô thị Toulouse": it does not, and words of the section follow.
  void read_unit() {
    const std::size_t words =
        title_.name.ends_with("Văn phòng") || title_.name.ends_with("Thanh tra") ? 2 : 1;
    const std::size_t at = found_.title_end - words;
    if (auto body = body_at(line_, at, true); body && body->end > found_.title_end &&
                                              !body->name.empty() &&
                                              (body->place || body->parent || is_known(*body))) {
      found_.end = body->end;
      found_.body = std::move(body);
      return;
    }
    std::size_t end = found_.end;
    while (free_at(end)) {
      const TrieMatch part = longest_match(line_.tables.body_word_names, line_.tokens, end);
      const auto place = place_at(line_, end);
      if (place && place->nowhere) {  // "Khu vực Châu Á - Thái Bình Dương"
        end = place->end;
      } else if (place && !place->tentative) {
        break;
      } else if (part && !is_like_person(line_, end)) {
        end = part.end;
      } else if ((is_word(line_, end, "và") || line_.mark_at(end, '-') ||
                  line_.mark_at(end, ',')) &&
                 unit_goes_on(end + 1)) {
        ++end;
      } else {
        break;
      }
    }
    found_.title_end = found_.end = end;
    read_of();
  }

  bool unit_goes_on(std::size_t at) const {
    if (!line_.capital_at(at) || longest_match(line_.tables.title_names, line_.tokens, at))
      return false;
    if (longest_match(line_.tables.body_names, line_.tokens, at)) return false;
    const auto place = place_at(line_, at);
    return (place && place->nowhere) ||
           static_cast<bool>(longest_match(line_.tables.body_word_names, line_.tokens, at));
  }

  bool is_known(const BodyFound& body) const {
    const Form form = line_.tables.body_types[static_cast<std::size_t>(body.type)].form;
    return form == Form::Home || form == Form::Parent || form == Form::Name;
  }

  // "Bộ trưởng Bộ Ngoại giao", "Bộ trưởng Ngoại giao Lào".
  void read_ministry() {
    if (read_body(found_.end)) return;
    std::size_t end = found_.end;
    while (line_.capital_at(end) && free_at(end)) {
      const TrieMatch part = longest_match(line_.tables.body_word_names, line_.tokens, end);
      if (!part || is_like_person(line_, end)) break;
      end = part.end;
      if (is_word(line_, end, "và") && unit_goes_on(end + 1)) ++end;
    }
    found_.title_end = found_.end = end;
    read_place();
  }

  // "khóa XX", "nhiệm kỳ 2021-2026", "phụ trách".
  void skip_term() {
    std::size_t at = found_.end;
    if (is_word(line_, at, "khóa") && free_at(at + 1)) {
      found_.end = at + 2;
    } else if (is_word(line_, at, "nhiệm") && at + 2 < line_.tokens.size() &&
               line_.tokens[at + 2].shape == Shape::Number) {
      at += 3;
      if (line_.mark_at(at, '-') && at + 1 < line_.tokens.size()) at += 2;
      found_.end = at;
    } else if (is_word(line_, at, "phụ") && is_word(line_, at + 1, "trách")) {
      found_.end = at + 2;
    }
  }

  const Line& line_;
  TitleFound& found_;
  const Title& title_;
};

}  // namespace

std::optional<NameFound> name_at(const Line& line, std::size_t at) {
  if (!line.capital_at(at)) return std::nullopt;
  if (line.tables.has_context(line.tokens[at].word, Context::NotPerson)) return std::nullopt;
  if (const auto place = place_at(line, at);
      place && !place->tentative && place->end > at + 1 && !is_like_person(line, at)) {
    return std::nullopt;
  }
  const bool vietnamese = is_vietnamese(line, at) && line.tables.is_surname(line.tokens[at].word);
  std::size_t end = at;
  std::size_t syllables = 0;
  while (end < line.tokens.size() && syllables < kLongestName + 1) {
    if (end > at && (line.tokens[end].barrier || something_begins(line, end))) break;
    if (line.capital_at(end)) {
      ++end;
      ++syllables;
    } else if (end > at && line.inner_hyphen(end) && line.tokens[end + 1].is_word()) {
      end += 2;
    } else if (end > at && !vietnamese && is_particle(line.of(line.tokens[end])) &&
               line.capital_at(end + 1)) {
      ++end;
    } else {
      break;
    }
  }
  if (end == at || something_begins(line, at)) return std::nullopt;
  if (syllables > kLongestName) end = at + 4;  // a name and the capital of what follows
  return NameFound{at, end, syllables == 1};
}

std::optional<NameFound> bare_name_at(const Line& line, std::size_t at) {
  if (line.shouting || !is_like_person(line, at)) return std::nullopt;
  if (line.tokens[at].dotted) return std::nullopt;  // "I. Bối cảnh"
  if (at > 0 && !line.tokens[at].barrier) {
    const Token& before = line.tokens[at - 1];
    if (before.capital() || before.mark == '"') return std::nullopt;
    if (line.after(at, Context::Street) || line.after(at, Context::Venue)) return std::nullopt;
    // "08 Huỳnh Thúc Kháng, Tam Kỳ": a house in a street.
    if (before.shape == Shape::Number && line.mark_at(capitals_end(line, at), ','))
      return std::nullopt;
  }
  const std::size_t end = capitals_end(line, at);
  if (end - at < 3 || end - at > kLongestName) return std::nullopt;
  for (std::size_t i = at; i < end; ++i) {
    if (line.tokens[i].mark == '-') return std::nullopt;
    if (!is_vietnamese(line, i)) return std::nullopt;
    if (something_begins(line, i)) return std::nullopt;
    // "Hoàng Thành Thăng Long": a sight.
    if (const auto place = place_at(line, i); place && place->nowhere) return std::nullopt;
  }
  // "Trung tâm Hội nghị Quốc gia": capitals that go on in small letters are words.
  const TrieMatch words = longest_match(line.tables.body_word_names, line.tokens, at);
  if (words && words.end > at + 1) return std::nullopt;
  return NameFound{at, end, false};
}

std::size_t honorifics_end(const Line& line, std::size_t at) {
  while (at < line.tokens.size()) {
    const TrieMatch match = longest_match(line.tables.title_names, line.tokens, at);
    if (!match || !is_honorific(class_of(line, match))) break;
    at = match.end;
    if (line.mark_at(at, ',') || line.mark_at(at, '.')) {  // "GS, TS Nguyễn Văn A"
      const TrieMatch next = longest_match(line.tables.title_names, line.tokens, at + 1);
      if (next && class_of(line, next) == TitleClass::Degree) ++at;
    }
  }
  return at;
}

std::optional<TitleFound> title_at(const Line& line, std::size_t at) {
  TitleFound found;
  found.first = at;
  TrieMatch match = longest_match(line.tables.title_names, line.tokens, at);
  while (match && is_modifier(class_of(line, match))) {
    found.past = found.past || class_of(line, match) == TitleClass::Past;
    at = match.end;
    match = longest_match(line.tables.title_names, line.tokens, at);
  }
  if (!match || is_honorific(class_of(line, match)) || is_modifier(class_of(line, match))) {
    return std::nullopt;
  }
  // "Đại sứ quán", "Tổng Lãnh sự quán" are bodies.
  if (longest_match(line.tables.body_names, line.tokens, at).end > match.end) return std::nullopt;
  found.title = match.values.front();
  found.title_first = at;
  found.title_end = found.end = match.end;
  if (class_of(line, match) == TitleClass::Rank) {
    // "Ủy viên Ban Chấp hành Trung ương Đảng Cộng sản Trung Quốc": a longer body than the rank's.
    for (std::size_t split = at + 1; split < match.end; ++split) {
      auto body = body_at(line, split, true);
      if (!body || body->end <= match.end || body->name.empty()) continue;
      const TrieMatch head = longest_match(line.tables.title_names, line.tokens.first(split), at);
      if (!head || head.end != split) continue;
      found.title = head.values.front();
      found.title_end = split;
      found.end = body->end;
      found.body = std::move(body);
      break;
    }
    if (is_word(line, found.end, "khóa") && found.end + 1 < line.tokens.size()) found.end += 2;
    return found;
  }
  TitleReader(line, found).read();
  return found;
}

}  // namespace ketnghia::importers
