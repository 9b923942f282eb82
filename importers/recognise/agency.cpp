#include "importers/recognise/agency.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kLongestPlainName = 9;  // syllables between a type and its "(LHC)"
constexpr int kDeepestParent = 3;
constexpr std::size_t kLongestCompound = 5;      // small syllables after the capital one
constexpr std::size_t kMostSmallWords = 2;       // syllables
constexpr std::size_t kLongestUnknownPlace = 3;  // words: a person's name may follow

std::optional<BodyFound> read_body(const Line& line, std::size_t at, bool name_follows, int depth);

const BodyType& type_of(const Line& line, int type) {
  return line.tables.body_types[static_cast<std::size_t>(type)];
}

bool is_roman(std::string_view word) {
  return word.find_first_not_of("IVX") == std::string_view::npos;
}

// What a name is made of, as it is read.
class NameReader {
 public:
  NameReader(const Line& line, std::size_t at, bool name_follows, int depth)
      : line_(line), name_follows_(name_follows), depth_(depth) {
    body_.first = at;
  }

  std::optional<BodyFound> read() {
    const TrieMatch match = longest_match(line_.tables.body_names, line_.tokens, body_.first);
    if (!match) return std::nullopt;
    body_.type = match.values.front();
    type_ = &type_of(line_, body_.type);
    proper_ = type_->proper;
    name_ = type_->name;
    body_.kind = type_->kind;
    at_ = match.end;
    if (type_->formal && !line_.tokens[body_.first].capital()) return std::nullopt;
    if (!line_.shouting && !line_.tokens[body_.first].capital() && !lower_type_is_named()) {
      return std::nullopt;
    }
    if (type_->form != Form::Stem) accept();
    skip_short_form();
    while (at_ < line_.tokens.size() && !line_.tokens[at_].barrier && read_part()) {
    }
    return finish();
  }

 private:
  // "bệnh viện Calmette", not "hai bệnh viện đã trao đổi"; a small "sở", "hội" or "bộ" is a
  // syllable of any word ("trụ sở", "lễ hội", "cán bộ").
  bool lower_type_is_named() const {
    if (at_ == body_.first + 1 && type_->form == Form::Stem) return false;
    if (type_->form == Form::Name) return true;
    if (line_.capital_at(at_)) return true;
    const auto place = place_at(line_, at_);
    return place && !place->bare();
  }

  void accept() {
    good_ = at_;
    good_name_ = name_;
  }

  void append(std::string_view words) {
    if (words != ",") name_ += ' ';
    name_ += words;
  }

  // "Ủy ban nhân dân (UBND) thành phố Hà Nội".
  void skip_short_form() {
    if (!line_.mark_at(at_, '(') || !line_.mark_at(at_ + 2, ')')) return;
    if (line_.tokens[at_ + 1].shape != Shape::Upper || at_ + 3 >= line_.tokens.size()) return;
    const auto place = place_at(line_, at_ + 3);
    if (!place || place->tentative) return;
    at_ += 3;
  }

  bool read_part() {
    const Token& token = line_.tokens[at_];
    if (read_pair_of_countries()) return true;
    if (token.shape == Shape::Mark) return read_connector();
    if (token.shape == Shape::Number) return read_number();
    if (has_word_ && is_roman(line_.of(token))) {  // "Chi cục Hải quan khu vực VIII"
      append(line_.of(token));
      ++at_;
      accept();
      return true;
    }
    if (read_parent()) return false;
    if (!done_naming_ && person_begins()) return false;
    if (read_word()) return true;
    if (const auto place = place_at(line_, at_)) {
      // "Bệnh viện Thống Nhất": a word before it is the name of some district.
      return place->tentative && proper_ ? read_proper() : read_place(*place);
    }
    if (line_.of(token) == "và") return read_connector();
    if (token.capital()) return read_proper();
    return read_small_words() || read_plain_name();
  }

  // "Học viện Kỹ thuật nghề nghiệp Đông Hoản": small words that no table knows, right before the
  // place that closes the name.
  bool read_small_words() {
    if (type_->form != Form::Stem || !has_word_ || done_naming_ || name_follows_) return false;
    std::size_t end = at_;
    while (end < line_.tokens.size() && end - at_ < kMostSmallWords && is_small_syllable(end)) ++end;
    if (end == at_ || end >= line_.tokens.size() || line_.tokens[end].barrier) return false;
    const auto place = place_at(line_, end);
    if (!place || place->bare() || place->tentative || place->nowhere || place->generic >= 0)
      return false;
    append(line_.bytes(at_, end).of(line_.text));
    at_ = end;
    return true;
  }

  // "Hội Hữu nghị Việt - Nga", "Pháp - Việt": Vietnam in its short form and another country.
  bool read_pair_of_countries() {
    if (done_naming_ || (type_->form != Form::Stem && !has_word_)) return false;
    const auto side = [&](std::size_t at, bool& vietnam) -> std::size_t {
      if (!line_.capital_at(at) || line_.tokens[at].barrier) return at;
      const auto country = country_at(line_, at);
      vietnam = !country && line_.of(line_.tokens[at]) == "Việt";
      return vietnam ? at + 1 : country ? country->end : at;
    };
    bool first_short = false, second_short = false;
    const std::size_t first = side(at_, first_short);
    if (first == at_ || !line_.mark_at(first, '-') || first + 1 >= line_.tokens.size())
      return false;
    const std::size_t second = side(first + 1, second_short);
    if (second == first + 1 || first_short == second_short) return false;
    append(line_.bytes(at_, second).of(line_.text));
    at_ = second;
    has_word_ = done_naming_ = true;
    accept();
    return true;
  }

  bool read_number() {
    const bool wanted = type_->form == Form::Stem && !has_word_ && at_ == body_.first + 2;
    if (!wanted) return false;
    append(line_.of(line_.tokens[at_]));
    ++at_;
    has_word_ = true;
    accept();
    return true;
  }

  bool person_begins() const {
    if (!is_like_person(line_, at_)) return false;
    const std::size_t length = capitals_end(line_, at_) - at_;
    const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, at_);
    if (words && words.end > at_ + 1) return false;
    if (!proper_) return true;
    // A school may be named after a person; before a person's name, one of two to four syllables
    // that ends the capitals is that name.
    return name_follows_ && has_word_ && length <= 4;
  }

  bool read_parent() {
    if (depth_ >= kDeepestParent || type_->form == Form::Name) return false;
    const TrieMatch match = longest_match(line_.tables.body_names, line_.tokens, at_);
    if (!match) return false;
    // "Sở Giáo dục Phòng Thành Cảng": a place whose name begins as a body's does.
    if (const auto place = place_at(line_, at_); place && !place->bare() && place->end > match.end)
      return false;
    const BodyType& next = type_of(line_, match.values.front());
    // "Hội Chữ thập đỏ", "Sở Thông tin": a word of the name that could also begin one.
    const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, at_);
    if (words && words.end >= match.end) return false;
    auto inner = read_body(line_, at_, name_follows_, depth_ + 1);
    if (!inner) return false;
    const bool governs = next.form == Form::Home || next.form == Form::Local ||
                         next.form == Form::Parent || next.form == Form::National ||
                         next.form == Form::Country || type_->form == Form::Parent;
    if (!governs || (inner->name.empty() && type_->form != Form::Parent)) {
      // "Công ty Tập đoàn Đường sắt", "Bệnh viện Đại học Keimyung": one name with two types.
      if (inner->name.empty() || !line_.capital_at(at_)) return false;
      append(inner->name);
      body_.place = std::move(inner->place);
      body_.located = std::move(inner->located);
      if (inner->parent) return false;
      at_ = inner->end;
      accept();
      return true;
    }
    if (inner->name.empty()) return false;
    if (!good_) accept();
    at_ = inner->end;
    good_ = at_;
    good_name_ = name_;
    body_.parent = std::make_unique<BodyFound>(std::move(*inner));
    return true;
  }

  bool read_word() {
    const TrieMatch match = longest_match(line_.tables.body_word_names, line_.tokens, at_);
    if (!match || type_->form == Form::Name || done_naming_) return false;
    const auto place = place_at(line_, at_);
    if (place && place->end > match.end && !place->nowhere && !place->tentative) return false;
    const BodyWord& word = line_.tables.body_words[static_cast<std::size_t>(match.values.front())];
    const Span span = line_.bytes(at_, match.end);
    const std::string_view printed = span.of(line_.text);
    const bool spelled_out = fold_syllable(printed) == fold_syllable(word.words);
    const bool capital = line_.capital_at(at_) || line_.shouting;
    if (!capital && !has_word_ && type_->form != Form::Stem) return false;
    append(spelled_out && !line_.shouting ? std::string(printed) : capitalised(word.words));
    at_ = match.end;
    has_word_ = true;
    if (!word.kind.empty() && kind_word_.empty()) kind_word_ = word.kind;
    if (capital) accept();
    return true;
  }

  bool read_connector() {
    if (line_.inner_hyphen(at_) || done_naming_ || !has_word_) return false;
    const Token& token = line_.tokens[at_];
    const std::string_view printed = line_.of(token);
    const bool conjunction = printed == "và" || printed == "&";
    if (!conjunction && token.mark != ',' && token.mark != '-') return false;
    const std::size_t next = at_ + 1;
    if (next >= line_.tokens.size() || line_.tokens[next].barrier) return false;
    if (longest_match(line_.tables.title_names, line_.tokens, next)) return false;
    if (const TrieMatch body = longest_match(line_.tables.body_names, line_.tokens, next)) {
      const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, next);
      if (!words || words.end <= body.end) return false;
    }
    const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, next);
    if (token.mark == '-') {
      // "Thăng Long - Hà Nội", "Quy hoạch - Kiến trúc".
      const auto place = place_at(line_, next);
      const bool place_closes = place && proper_last_ && !place->bare() && !place->tentative;
      if (!place_closes && !(words && line_.capital_at(next))) return false;
    } else if (token.mark == ',') {
      if (!words || !line_.capital_at(next) || !list_goes_on(words.end)) return false;
    } else if (!words || (!line_.capital_at(next) && !closes_soon(words.end))) {
      return false;
    }
    append(printed);
    ++at_;
    return true;
  }

  // "Văn hóa, Thể thao và Du lịch": a comma within a name is followed by "và" and another word.
  bool list_goes_on(std::size_t at) const {
    for (; at + 1 < line_.tokens.size(); ++at) {
      const Token& token = line_.tokens[at];
      if (line_.of(token) == "và") {
        const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, at + 1);
        const TrieMatch body = longest_match(line_.tables.body_names, line_.tokens, at + 1);
        return words && line_.capital_at(at + 1) && !(body && body.end > words.end);
      }
      if (token.shape == Shape::Mark && token.mark != ',') return false;
      const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, at);
      if (token.mark != ',' && !words) return false;
      if (words) at = words.end - 1;
    }
    return false;
  }

  // Whether words of names lead from `at` to a place: only then is a small "và thông tin" a part.
  bool closes_soon(std::size_t at) const {
    while (at < line_.tokens.size()) {
      const auto place = place_at(line_, at);
      if (place) return !place->bare() && !place->tentative;
      const TrieMatch words = longest_match(line_.tables.body_word_names, line_.tokens, at);
      if (!words) return false;
      at = words.end;
    }
    return false;
  }

  bool read_place(const PlaceFound& place) {
    if (place.nowhere) {
      if (!proper_ && type_->form != Form::Stem) return false;
      append(line_.bytes(place.first, place.end).of(line_.text));
      at_ = place.end;
      has_word_ = proper_last_ = true;
      accept();
      return true;
    }
    const bool country = is_country(place);
    if (type_->form == Form::Name) return read_branch(place);
    if (place.bare()) {
      if (type_->form == Form::National || type_->form == Form::Country || country) return false;
      if (type_->form == Form::Stem && !has_word_) return false;
      // "thành phố hữu nghị": no reference to a place; "tỉnh tổ chức" is one.
      const TrieMatch clause = longest_match(line_.tables.contexts, line_.tokens, place.end);
      const bool stops = clause && clause.values.front() == static_cast<int>(Context::Stop);
      if (!stops && line_.word_at(place.end) &&
          longest_match(line_.tables.body_word_names, line_.tokens, place.end) &&
          !line_.capital_at(place.end)) {
        return false;
      }
      body_.place = place;
      at_ = place.end;
      accept();
      return false;
    }
    if (country && country_is_a_word(place)) return true;
    if (proper_ && place.generic < 0 && is_word_before_place(place)) {
      append(line_.bytes(place.first, place.end).of(line_.text));
      at_ = place.end;
      has_word_ = proper_last_ = true;
      accept();
      return true;
    }
    at_ = place.end;
    if (!has_word_ && type_->form == Form::Stem && line_.capital_at(at_) && !name_follows_ &&
        place.generic < 0 && proper_) {
      // "Công ty Hà Nội Xanh": the place is a word of the name.
      append(line_.bytes(place.first, place.end).of(line_.text));
      has_word_ = true;
      accept();
      return true;
    }
    body_.place = place;
    accept();
    read_location();
    return false;
  }

  // "Công ty Trà Phổ Nhĩ Côn Minh": a place right before another is a word of the name.
  bool is_word_before_place(const PlaceFound& place) const {
    if (place.end >= line_.tokens.size() || line_.tokens[place.end].barrier) return false;
    const auto next = place_at(line_, place.end);
    return next && !next->bare() && !next->tentative && !next->nowhere && next->generic < 0;
  }

  bool is_country(const PlaceFound& place) const {
    return std::any_of(place.places.begin(), place.places.end(), [&](int index) {
      return line_.tables.places[static_cast<std::size_t>(index)].kind == "Country";
    });
  }

  // "Hội Hữu nghị Việt Nam - Campuchia", "Ủy ban MTTQ Việt Nam TP Hà Nội": the country is a word
  // of the name and another place may close it.
  bool country_is_a_word(const PlaceFound& place) {
    if (line_.mark_at(place.end, '-') && !line_.inner_hyphen(place.end)) {
      const auto other = place_at(line_, place.end + 1);
      if (other && !other->bare() && !other->tentative) {
        append(line_.bytes(place.first, other->end).of(line_.text));
        at_ = other->end;
        has_word_ = true;
        accept();
        done_naming_ = true;
        return true;
      }
    }
    if (type_->form == Form::Mission || place.end >= line_.tokens.size() ||
        line_.tokens[place.end].barrier) {
      return false;
    }
    const auto next = place_at(line_, place.end);
    if (!next || next->generic < 0) return false;
    append(line_.bytes(place.first, place.end).of(line_.text));
    at_ = place.end;
    has_word_ = done_naming_ = true;
    accept();
    return true;
  }

  // "Ủy ban Mặt trận Tổ quốc Việt Nam", "Caritas" are complete and yet have branches; UNESCO has
  // none.
  bool read_branch(const PlaceFound& place) {
    if (place.bare() || type_->kind == "international") return false;
    if (place.generic < 0 && !is_country(place)) return false;
    body_.place = place;
    at_ = place.end;
    accept();
    return false;
  }

  // Of a mission, or of a body closed by its country: "Trung tâm Văn hóa Nga tại Hà Nội".
  void read_location() {
    const bool sent = type_->form == Form::Mission ||
                      (type_->form == Form::Stem && body_.place && is_country(*body_.place));
    if (!sent || at_ + 1 >= line_.tokens.size()) return;
    if (line_.of(line_.tokens[at_]) != "tại") return;
    const auto place = place_at(line_, at_ + 1);
    if (!place || place->bare() || place->tentative || place->nowhere) return;
    body_.located = *place;
    at_ = place->end;
    accept();
  }

  bool read_proper() {
    if (type_->form == Form::Name || type_->form == Form::National || done_naming_) return false;
    if (name_follows_ && has_word_ && !proper_) return false;
    const bool closed = !proper_ && (type_->form != Form::Stem || has_word_);
    if ((closed && !(has_word_ && place_closes_soon())) || line_.shouting) return false;
    if (const TrieMatch title = longest_match(line_.tables.title_names, line_.tokens, at_)) {
      if (title.end > at_ + 1) return false;
    }
    const bool opens = !proper_last_;
    append(line_.of(line_.tokens[at_]));
    ++at_;
    while (line_.inner_hyphen(at_)) {
      name_ += '-';
      name_ += line_.of(line_.tokens[at_ + 1]);
      at_ += 2;
    }
    if (opens) read_compound();
    has_word_ = proper_last_ = true;
    accept();
    return true;
  }

  // "Ủy ban Phát triển Dừa Ấn Độ": a word of the name, since a place closes it.
  bool place_closes_soon() const {
    if (type_->form != Form::Stem || name_follows_) return false;
    for (std::size_t at = at_ + 1; at <= at_ + 2 && line_.capital_at(at); ++at) {
      if (line_.tokens[at].barrier || line_.tokens[at - 1].barrier) return false;
      const auto place = place_at(line_, at);
      if (place && !place->bare() && !place->tentative && !place->nowhere) return true;
    }
    return false;
  }

  // "Câu lạc bộ Bóng rổ", "Hội Sinh vật cảnh": a Vietnamese word of which only the first syllable
  // has a capital goes on in small ones, up to what can only be of the clause.
  void read_compound() {
    if (!is_vietnamese(line_, at_ - 1)) return;
    std::size_t end = at_;
    while (end < line_.tokens.size() && is_small_syllable(end)) {
      if (end - at_ == kLongestCompound) return;  // a clause that goes on
      ++end;
    }
    for (; at_ < end; ++at_) append(line_.of(line_.tokens[at_]));
  }

  bool is_small_syllable(std::size_t at) const {
    const Token& token = line_.tokens[at];
    return token.is_word() && !token.barrier && token.shape == Shape::Lower &&
           is_vietnamese(line_, at) && !line_.tables.has_context(token.word, Context::Stop) &&
           !place_at(line_, at) && !longest_match(line_.tables.title_names, line_.tokens, at) &&
           longest_match(line_.tables.body_names, line_.tokens, at).end <= at + 1;
  }

  // "Liên minh các thành phố lịch sử (LHC)": the short form shows where the name ends.
  bool read_plain_name() {
    if (type_->form != Form::Stem || has_word_) return false;
    std::size_t end = at_;
    while (end < line_.tokens.size() && end - at_ <= kLongestPlainName &&
           line_.tokens[end].is_word() && !line_.tokens[end].barrier) {
      ++end;
    }
    if (!line_.mark_at(end, '(') || !line_.mark_at(end + 2, ')')) return false;
    if (line_.tokens[end + 1].shape != Shape::Upper) return false;
    append(line_.bytes(at_, end).of(line_.text));
    at_ = end;
    has_word_ = true;
    accept();
    return false;
  }

  // "Sở Du lịch Padang": a place that the gazetteer lacks closes the name.
  void read_unknown_place() {
    if (name_follows_ || body_.place || body_.parent || line_.shouting || !good_) return;
    if (type_->form != Form::Home && type_->form != Form::Local) return;
    const auto foreign = [&](std::size_t at) {
      if (at >= line_.tokens.size()) return false;
      const Token& token = line_.tokens[at];
      return token.is_word() && token.shape == Shape::Capital && !token.barrier &&
             !is_vietnamese_syllable(line_.of(token));
    };
    if (!foreign(*good_)) return;
    PlaceFound place;
    place.first = place.name_first = *good_;
    place.end = *good_ + 1;
    while (place.end < *good_ + kLongestUnknownPlace &&
           (foreign(place.end) || line_.inner_hyphen(place.end))) {
      place.end += line_.inner_hyphen(place.end) ? 2 : 1;
    }
    place.tentative = true;
    good_ = place.end;
    body_.place = std::move(place);
  }

  std::optional<BodyFound> finish() {
    read_unknown_place();
    if (type_->formal && (!body_.place || body_.place->generic < 0)) return std::nullopt;
    if (good_ && type_->form == Form::Mission) read_mission_location();
    if (!good_) {
      if (!line_.tokens[body_.first].capital() || line_.shouting) return std::nullopt;
      const TrieMatch match = longest_match(line_.tables.body_names, line_.tokens, body_.first);
      body_.end = match.end;
      body_.bare = type_->head;
      return std::move(body_);
    }
    body_.end = *good_;
    body_.name = std::move(good_name_);
    if ((body_.kind == "other" || body_.kind == "international") && !kind_word_.empty()) {
      body_.kind = kind_word_;
    }
    return std::move(body_);
  }

  // "Viện Pháp tại Huế": the country is in the type.
  void read_mission_location() {
    if (body_.place) return;
    at_ = *good_;
    read_location();
  }

  const Line& line_;
  const bool name_follows_;
  const int depth_;
  const BodyType* type_ = nullptr;
  BodyFound body_;
  std::size_t at_ = 0;
  std::string name_;
  std::optional<std::size_t> good_;  // where the name may end
  std::string good_name_;
  std::string kind_word_;
  bool proper_ = false;
  bool has_word_ = false;
  bool proper_last_ = false;
  bool done_naming_ = false;  // only a place may follow
};

std::optional<BodyFound> read_body(const Line& line, std::size_t at, bool name_follows, int depth) {
  return NameReader(line, at, name_follows, depth).read();
}

void shift(PlaceFound& place, std::size_t by) {
  place.first += by;
  place.name_first += by;
  place.end += by;
}

void shift(BodyFound& body, std::size_t by) {
  body.first += by;
  body.end += by;
  if (body.place) shift(*body.place, by);
  if (body.located) shift(*body.located, by);
  if (body.parent) shift(*body.parent, by);
}

}  // namespace

std::string capitalised(std::string_view words) {
  if (words.empty()) return {};
  const CodePoint first = code_point_at(words, 0);
  std::string out;
  if (auto letter = letter_of(first.value)) {
    letter->upper = true;
    append_utf8(out, code_point_of(*letter));
  } else {
    append_utf8(out, first.value);
  }
  out += words.substr(first.size);
  return out;
}

std::optional<BodyFound> body_at(const Line& line, std::size_t at, bool name_follows) {
  if (!line.word_at(at)) return std::nullopt;
  return read_body(line, at, name_follows, 0);
}

std::optional<BodyFound> elided_body_at(const Line& line, std::size_t head, std::size_t at) {
  if (!line.capital_at(at) || line.tokens[at].barrier) return std::nullopt;
  if (!longest_match(line.tables.body_word_names, line.tokens, at)) return std::nullopt;
  // "Sở: Ngoại vụ, Du lịch": read as "Sở Du lịch", which must be a body that is known so.
  std::vector<Token> tokens{line.tokens[head]};
  tokens.front().shape = Shape::Capital;
  tokens.insert(tokens.end(), line.tokens.begin() + static_cast<std::ptrdiff_t>(at),
                line.tokens.end());
  const Line joined{line.text, tokens, line.tables, line.shouting};
  auto body = body_at(joined, 0, false);
  if (!body || body->name.empty() || body->end < 2) return std::nullopt;
  const BodyType& type = type_of(line, body->type);
  if (type.form == Form::Name || (type.form == Form::Stem && !type.own)) return std::nullopt;
  shift(*body, at - 1);
  body->first = at;
  return body;
}

}  // namespace ketnghia::importers
