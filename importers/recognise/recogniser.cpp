#include "importers/recognise/recogniser.hpp"

#include <algorithm>
#include <utility>

#include "importers/recognise/agency.hpp"
#include "importers/recognise/city.hpp"
#include "importers/recognise/person.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kLongestForeignName = 5;  // words
constexpr std::size_t kLongestCapacity = 4;    // words: "lúc bấy giờ là"
constexpr std::size_t kLongestDelegation = 6;  // words between "đoàn" and who sent it

class Recogniser {
 public:
  explicit Recogniser(const Line& line) : line_(line), size_(line.tokens.size()) {}

  LineMentions run() {
    for (std::size_t at = 0; at < size_;) at = read_at(at);
    flush_loose(size_);
    return std::move(out_);
  }

 private:
  // Reads what begins at `at`; where the next thing may begin.
  std::size_t read_at(std::size_t at) {
    const Token& token = line_.tokens[at];
    if (token.barrier) {
      flush_loose(at);
      enumerated_ = -1;
    }
    if (!token.is_word()) {
      flush_loose(at);
      return at + 1;
    }
    if (!token.capital() && !line_.tables.begins_something(token.word)) {
      flush_loose(at);
      return at + 1;
    }
    std::size_t end = at;
    if ((end = skip_address(at)) != at || (end = read_delegation(at)) != at ||
        (end = read_side(at)) != at || (end = read_person(at)) != at ||
        (end = read_body(at)) != at || (end = read_place(at)) != at ||
        (end = read_bare_name(at)) != at) {
      flush_loose(at);
      return end;
    }
    if (!token.capital())
      flush_loose(at);
    else if (loose_ == kNone)
      loose_ = at;
    return at + 1;
  }

  // "Nơi thường trú: số 18 ngõ 7, Mai Dịch, Cầu Giấy, Hà Nội - …" names no party.
  std::size_t skip_address(std::size_t at) {
    std::size_t next = at;
    const TrieMatch match = longest_match(line_.tables.contexts, line_.tokens, at);
    if (match && match.values.front() == static_cast<int>(Context::Address)) next = match.end;
    if (next == at) return at;
    if (!line_.mark_at(next, ':') && line_.of(line_.tokens[at]) != "trú") return at;
    while (next < size_ && !line_.tokens[next].barrier && !line_.mark_at(next, ';') &&
           !(line_.mark_at(next, '-') && !line_.tokens[next].glued) &&
           !(line_.mark_at(next, '.') && !line_.tokens[next - 1].dotted)) {
      ++next;
    }
    return next;
  }

  // "Đoàn đại biểu cấp cao thành phố Hà Nội", "đoàn Tổng Công hội TP Thượng Hải".
  std::size_t read_delegation(std::size_t at) {
    if (line_.tokens[at].word != line_.tables.delegation_word()) return at;
    const bool named_so =
        line_.capital_at(at) && is_like_person(line_, at) && !is_delegation_word(at + 1);
    if (named_so) return at;
    if (const auto body = body_at(line_, at, false); body && !body->name.empty()) return at;
    std::size_t next = at + 1;
    for (std::size_t words = 0; next < size_ && words < kLongestDelegation; ++words) {
      if (!line_.word_at(next) || line_.tokens[next].barrier) return at;
      if (const auto body = body_at(line_, next, false);
          body && (!body->name.empty() || line_.capital_at(next))) {
        if (body->name.empty()) return at;
        const int mention = add_body(*body);
        mark_delegation(mention, at);
        return read_apposed(body->end, mention);
      }
      if (const auto place = place_at(line_, next); place && !place->nowhere) {
        // "đoàn thành phố Hà Nội" and "đoàn đại biểu thành phố", not "đoàn các tỉnh".
        if (place->bare() && words == 0) return at;
        if (place->tentative && !line_.capital_at(next)) return at;
        const int mention = add_place(*place);
        mark_delegation(mention, at);
        return read_apposed(place->end, mention);
      }
      if (!is_delegation_word(next)) return at;
      const TrieMatch context = longest_match(line_.tables.contexts, line_.tokens, next);
      next = context ? context.end : next + 1;
    }
    return at;
  }

  bool is_delegation_word(std::size_t at) const {
    if (at >= size_) return false;
    if (line_.tables.has_context(line_.tokens[at].word, Context::Delegation)) return true;
    const TrieMatch match = longest_match(line_.tables.contexts, line_.tokens, at);
    return match && match.values.front() == static_cast<int>(Context::Delegation);
  }

  void mark_delegation(int mention, std::size_t at) {
    Mention& found = out_.mentions[static_cast<std::size_t>(mention)];
    found.delegation = true;
    found.extent.begin = line_.tokens[at].span.begin;
    out_.sides.push_back({found.extent.begin, mention});
  }

  // "Về phía Quảng Tây có đồng chí …".
  std::size_t read_side(std::size_t at) {
    std::size_t next = at;
    if (line_.tables.has_context(line_.tokens[at].word, Context::Side)) next = at + 1;
    const TrieMatch match = longest_match(line_.tables.contexts, line_.tokens, at);
    if (match && match.values.front() == static_cast<int>(Context::Side)) next = match.end;
    if (next == at || next >= size_) return at;
    const auto place = place_at(line_, next);
    if (!place || place->nowhere) return at;
    const int mention = add_place(*place);
    out_.sides.push_back({line_.tokens[at].span.begin, mention});
    return read_apposed(place->end, mention);
  }

  // Honorifics, titles and a name in any of their orders.
  std::size_t read_person(std::size_t at) {
    const std::size_t after_honorific = honorifics_end(line_, at);
    const bool polite = after_honorific != at;
    std::vector<TitleFound> titles;
    std::size_t next = read_titles(after_honorific, titles);
    if (!titles.empty()) {
      const std::size_t inner = honorifics_end(line_, next);
      if (const auto name = name_at(line_, inner); name && (!name->part || inner != next)) {
        return add_person(at, *name, titles);
      }
      if (polite && titles.size() == 1) {
        if (const auto name = name_at(line_, next)) return add_person(at, *name, titles);
      }
      // "Bí thư Phong" or a title alone, which stands for whoever holds it.
      if (const auto name = name_at(line_, next);
          name && name->part && !line_.tables.is_surname(line_.tokens[next].word)) {
        return add_person(at, *name, titles);
      }
      // "Tổng Lãnh sự Thái Lan tại Thành phố Hồ Chí Minh, bà Wiraka Moodhitaporn".
      if (line_.mark_at(next, ',')) {
        const std::size_t after_comma = honorifics_end(line_, next + 1);
        const auto name = after_comma == next + 1 ? std::nullopt : name_at(line_, after_comma);
        if (name && !name->part) return add_person(at, *name, titles);
      }
      // "Chủ tịch UBND tỉnh khi đó là ông Nguyễn Đình Xứng"
      std::size_t then = line_.mark_at(next, '(') ? next + 1 : next;
      while (then < size_ && then < next + kLongestCapacity && !line_.tokens[then].barrier &&
             line_.tables.has_context(line_.tokens[then].word, Context::Capacity)) {
        ++then;
      }
      if (then != next) {
        const std::size_t inner_name = honorifics_end(line_, then);
        const auto name = name_at(line_, inner_name);
        if (name && !name->part && (inner_name != then || then > next + 1)) {
          for (TitleFound& title : titles) title.past = title.past || then > next + 1;
          return add_person(at, *name, titles);
        }
      }
      // "đại diện Sở Ngoại vụ" acts as the body.
      if (titles.size() == 1 && class_of(titles.front()) == TitleClass::Role) return at;
      return add_titles_alone(at, titles);
    }
    if (!polite || after_honorific >= size_ || line_.tokens[after_honorific].barrier) return at;
    const auto name = name_at(line_, after_honorific);
    if (!name) return at;
    return add_person(at, *name, {});
  }

  // A chain of titles: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh". The end of the last.
  std::size_t read_titles(std::size_t at, std::vector<TitleFound>& titles) const {
    std::size_t end = at;
    for (std::size_t next = at; next < size_;) {
      if (next != at && line_.tokens[next].barrier) break;
      auto title = title_at(line_, next);
      if (!title) break;
      // A small "thành viên", "đại diện" names no post of anybody.
      const TitleClass rank = class_of(*title);
      if (!line_.tokens[title->title_first].capital() && !title->body && !title->place &&
          (rank == TitleClass::Membership || rank == TitleClass::Role)) {
        break;
      }
      end = title->end;
      titles.push_back(std::move(*title));
      next = end;
      if (line_.mark_at(next, ',') || line_.mark_at(next, '-') ||
          (line_.word_at(next) &&
           (line_.of(line_.tokens[next]) == "kiêm" || line_.of(line_.tokens[next]) == "và"))) {
        ++next;
      } else if (!title_at(line_, next)) {
        break;
      }
    }
    return end;
  }

  TitleClass class_of(const TitleFound& title) const {
    return line_.tables.titles[static_cast<std::size_t>(title.title)].rank;
  }

  std::size_t add_person(std::size_t at, const NameFound& name,
                         const std::vector<TitleFound>& before) {
    Mention person;
    person.kind = MentionKind::Person;
    person.span = line_.bytes(name.first, name.end);
    person.extent = {line_.tokens[at].span.begin, person.span.end};
    person.name = person.span.of(line_.text);
    person.part = name.part;
    person.rule = before.empty() ? "person.honorific" : "person.title";
    const int index = add(std::move(person));
    for (const TitleFound& title : before) add_post(title, index);
    return read_titles_after(name.end, index);
  }

  // "ông Kim Dong-yeon, thống đốc tỉnh Gyeonggi", "Lưu Vỹ - Hiệu trưởng Trường Đảng". Titles that
  // lead to another name are that person's.
  std::size_t read_titles_after(std::size_t at, int person) {
    std::size_t next = at;
    if (line_.mark_at(next, ',') || line_.mark_at(next, '-') || line_.mark_at(next, '(')) ++next;
    // "trên cương vị là", "với tư cách", "hiện là".
    while (next < size_ && line_.tables.has_context(line_.tokens[next].word, Context::Capacity)) {
      ++next;
    }
    if (next == at) return at;
    std::vector<TitleFound> titles;
    const std::size_t end = read_titles(next, titles);
    if (titles.empty()) return at;
    const std::size_t inner = honorifics_end(line_, end);
    if (const auto name = name_at(line_, inner); name && !name->part) return at;
    for (const TitleFound& title : titles) add_post(title, person);
    return end;
  }

  std::size_t add_titles_alone(std::size_t at, const std::vector<TitleFound>& titles) {
    const TitleFound& last = titles.back();
    Mention person;
    person.kind = MentionKind::Person;
    person.span =
        person.extent = {line_.tokens[at].span.begin, line_.tokens[last.end - 1].span.end};
    person.rule = "person.post";
    const int index = add(std::move(person));
    for (const TitleFound& title : titles) add_post(title, index);
    return last.end;
  }

  void add_post(const TitleFound& title, int person) {
    PostMention post;
    post.person = person;
    post.title = title.title;
    post.past = title.past;
    post.title_span = line_.bytes(title.title_first, title.title_end);
    const Span whole = line_.bytes(title.first, title.end);
    const Span name = out_.mentions[static_cast<std::size_t>(person)].span;
    post.quote = {std::min(whole.begin, name.begin), std::max(whole.end, name.end)};
    if (title.body) post.body = add_body(*title.body, Inside::Title);
    if (title.place) post.body = add_place(*title.place, Inside::Title);
    if (title.located) {
      const int located = add_place(*title.located, Inside::Title);
      if (post.body >= 0) out_.mentions[static_cast<std::size_t>(post.body)].located = located;
    }
    out_.posts.push_back(post);
  }

  std::size_t read_body(std::size_t at) {
    auto body = body_at(line_, at, false);
    if (!body) {
      // "lãnh đạo các sở: Ngoại vụ, Du lịch"
      const TrieMatch type = longest_match(line_.tables.body_names, line_.tokens, at);
      const bool list = type && type.end == at + 1 && line_.mark_at(type.end, ':');
      return list ? read_elided(at, type.end, true) : at;
    }
    const Form form = line_.tables.body_types[static_cast<std::size_t>(body->type)].form;
    // "cầu Trường Tiền": a sight.
    if (form == Form::Stem && (line_.after(at, Context::Street) || line_.after(at, Context::Venue)))
      return body->end;
    // "Khu Trung tâm Hoàng thành": in the middle of another name.
    if (form == Form::Stem && loose_ != kNone && loose_ > 0 && !line_.tokens[at].barrier) return at;
    if (form == Form::Standing) {
      // "Thường trực Thành đoàn Hà Nội" acts as Thành đoàn Hà Nội.
      return body->parent ? read_apposed(body->end, add_body(*body->parent)) : body->end;
    }
    if (body->name.empty() && line_.mark_at(body->end, ':')) {
      // "các Sở: Ngoại vụ, Du lịch"
      const std::size_t end = read_elided(at, body->end, true);
      if (end != at) return end;
    }
    const int mention = add_body(*body);
    const bool heads = line_.tables.body_types[static_cast<std::size_t>(body->type)].own ||
                       (form != Form::Stem && form != Form::Name);
    if (heads && !body->name.empty()) {
      const std::size_t end = read_elided(at, body->end, false);
      if (end != body->end) return end;
    }
    // "Ghi chú: CATP: Công an thành phố".
    if (at >= 2 && line_.mark_at(at - 1, ':') && line_.tokens[at - 2].shape == Shape::Upper) {
      out_.mentions[static_cast<std::size_t>(mention)].tentative = true;
      out_.short_forms.push_back({line_.tokens[at - 2].span, mention});
    }
    return read_apposed(body->end, mention);
  }

  // The further bodies of a list whose type is printed once, at `head`; each follows a mark or
  // "và", the first a colon where the type stands `alone`. The end of the last; where there are
  // none, `at`, or `head` of a type alone.
  std::size_t read_elided(std::size_t head, std::size_t at, bool alone) {
    std::size_t end = at;
    if (alone && !elided_body_at(line_, head, at + 1)) return head;
    for (;;) {
      if (end + 1 >= size_ || line_.tokens[end].barrier) return end;
      const char mark = line_.tokens[end].mark;
      const bool joined = mark == ',' || mark == ';' || (mark == ':' && alone && end == at) ||
                          line_.of(line_.tokens[end]) == "và";
      if (!joined) return end;
      // What is a body, a place or a title in full is none of the list.
      if (longest_match(line_.tables.body_names, line_.tokens, end + 1) &&
          !longest_match(line_.tables.body_word_names, line_.tokens, end + 1))
        return end;
      if (longest_match(line_.tables.title_names, line_.tokens, end + 1)) return end;
      const auto body = elided_body_at(line_, head, end + 1);
      if (!body) return end;
      const int mention = add_body(*body);
      out_.mentions[static_cast<std::size_t>(mention)].elided = true;
      end = body->end;
      // "Ngoại vụ 9, Du lịch 22": counted.
      if (end < size_ && line_.tokens[end].shape == Shape::Number && !line_.tokens[end].barrier)
        ++end;
    }
  }

  int add_body(const BodyFound& body, Inside standing = Inside::Plain) {
    const BodyType& type = line_.tables.body_types[static_cast<std::size_t>(body.type)];
    Mention mention;
    mention.kind = MentionKind::Agency;
    mention.span = mention.extent = line_.bytes(body.first, body.end);
    mention.standing = standing;
    mention.name = body.name;
    mention.type = body.type;
    mention.bare = body.bare;
    mention.body_kind = body.kind;
    mention.rule = body.name.empty()         ? "agency.type"
                   : type.form == Form::Name ? "agency.name"
                                             : "agency.grammar";
    const int index = add(std::move(mention));
    // A mention's own vector may move while inner ones are added.
    const int place = body.place ? add_place(*body.place, Inside::Name) : -1;
    const int located = body.located ? add_place(*body.located, Inside::Name) : -1;
    const int parent = body.parent ? add_body(*body.parent, Inside::Name) : -1;
    Mention& added = out_.mentions[static_cast<std::size_t>(index)];
    added.place = place;
    added.located = located;
    added.parent = parent;
    return index;
  }

  int add_place(const PlaceFound& place, Inside standing = Inside::Plain) {
    Mention mention;
    mention.kind = MentionKind::City;
    mention.extent = mention.with_generic = line_.bytes(place.first, place.end);
    mention.span = place.bare() ? mention.extent : line_.bytes(place.name_first, place.end);
    mention.standing = standing;
    mention.name = place.bare() ? std::string{} : std::string(mention.span.of(line_.text));
    mention.places = place.places;
    mention.generic = place.generic;
    mention.tentative = place.tentative;
    mention.rule = place.bare()            ? "city.home"
                   : !place.places.empty() ? "city.gazetteer"
                                           : "city.generic";
    return add(std::move(mention));
  }

  int add(Mention mention) {
    out_.mentions.push_back(std::move(mention));
    return static_cast<int>(out_.mentions.size()) - 1;
  }

  std::size_t read_place(std::size_t at) {
    // "chính quyền Yokohama", "lãnh đạo tỉnh Vĩnh Phúc" act as the place.
    std::size_t next = at;
    const bool speaker = line_.tables.has_context(line_.tokens[at].word, Context::Speaker) ||
                         is_multi(at, Context::Speaker);
    if (speaker) {
      const TrieMatch match = longest_match(line_.tables.contexts, line_.tokens, at);
      next = match ? match.end : at + 1;
    }
    auto place = place_at(line_, next);
    if (!place || place->end <= next) return at;
    if (place->nowhere) return next == at ? place->end : at;
    if (line_.after(next, Context::Street) || line_.after(next, Context::Venue)) return place->end;
    if (place->bare() && !refers_home(*place, speaker)) {
      enumerate(*place);
      return next == at ? place->end : at;
    }
    if (place->tentative && enumerated_ >= 0 && follows_enumeration(next)) {
      place->generic = enumerated_;
      place->tentative = false;
    }
    if (place->tentative && is_followed_by_parent(*place)) place->tentative = false;
    const int mention = add_place(*place);
    out_.mentions[static_cast<std::size_t>(mention)].extent.begin = line_.tokens[at].span.begin;
    if (place->generic >= 0) enumerate(*place);
    if (enumerated_ >= 0) enumeration_end_ = place->end;
    return read_apposed(place->end, mention);
  }

  bool is_multi(std::size_t at, Context context) const {
    const TrieMatch match = longest_match(line_.tables.contexts, line_.tokens, at);
    return match && match.values.front() == static_cast<int>(context);
  }

  // "Thành phố mong …", "lãnh đạo thành phố", not "hai thành phố", "thành phố kết nghĩa".
  bool refers_home(const PlaceFound& place, bool speaker) const {
    if (line_.shouting) return false;
    const std::size_t at = place.first;
    if (!line_.capital_at(at) && !speaker) return false;
    if (at > 0 && !line_.tokens[at].barrier) {
      const Token& before = line_.tokens[at - 1];
      if (before.shape == Shape::Number) return false;
      const std::string word = fold_syllable(line_.of(before));
      if (word == "hai" || word == "các" || word == "những" || word == "nhiều" || word == "ba" ||
          word == "mỗi" || word == "một" || word == "số") {
        return false;
      }
    }
    return !line_.capital_at(place.end) || line_.tokens[place.end].barrier;
  }

  void enumerate(const PlaceFound& place) {
    enumerated_ = place.generic;
    enumeration_end_ = place.end;
  }

  // "các quận Phú Xuân, Thuận Hóa", "Một số quận (Ngô Quyền, Hồng Bàng)".
  bool follows_enumeration(std::size_t at) const {
    if (at == enumeration_end_) return true;
    if (at != enumeration_end_ + 1) return false;
    const Token& between = line_.tokens[enumeration_end_];
    return between.mark == ',' || between.mark == '(' || between.mark == '-' ||
           line_.of(between) == "và";
  }

  bool is_followed_by_parent(const PlaceFound& place) const {
    if (!line_.mark_at(place.end, ',') && !line_.mark_at(place.end, '(')) return false;
    const auto above = place_at(line_, place.end + 1);
    return above && above_of(place.places, above->places) >= 0;
  }

  // The place of `lower` that lies in one of `upper`; -1.
  int above_of(const std::vector<int>& lower, const std::vector<int>& upper) const {
    for (const int place : lower) {
      for (int up = place; up >= 0;) {
        const int parent = line_.tables.places[static_cast<std::size_t>(up)].parent;
        if (parent == up) break;
        up = parent;
        if (std::find(upper.begin(), upper.end(), up) != upper.end()) return place;
      }
    }
    return -1;
  }

  // "(Nhật Bản)", ", tỉnh Vân Nam (Trung Quốc)", "(ITPC)" after a body or a place.
  std::size_t read_apposed(std::size_t at, int mention) {
    while (at + 1 < size_ && !line_.tokens[at].barrier) {
      if (line_.mark_at(at, '(') && line_.mark_at(at + 2, ')') && line_.capital_at(at + 1) &&
          out_.mentions[static_cast<std::size_t>(mention)].kind == MentionKind::Agency &&
          !place_at(line_, at + 1)) {
        out_.short_forms.push_back({line_.tokens[at + 1].span, mention});
        at += 3;
        continue;
      }
      const bool bracket = line_.mark_at(at, '(');
      if (const std::size_t end = bracket ? read_abbreviation(at + 1, mention) : at; end != at) {
        at = end;
        continue;
      }
      if (!bracket && !line_.mark_at(at, ',')) break;
      const auto place = place_at(line_, at + 1);
      if (!place || place->bare() || place->nowhere) break;
      const std::size_t end = bracket ? place->end + 1 : place->end;
      if (bracket && !line_.mark_at(place->end, ')')) {
        // "(Daegu, Hàn Quốc)"
        if (!line_.mark_at(place->end, ',')) break;
      }
      if (!bracket && !locates(mention, *place)) break;
      PlaceFound above = *place;
      above.tentative = false;
      const int outer = add_place(above, Inside::Apposed);
      if (bracket) take_place_as_word(mention, outer);
      Mention& inner = out_.mentions[static_cast<std::size_t>(mention)];
      if (inner.place < 0) inner.place = outer;
      if (bracket && !line_.mark_at(place->end, ')')) {
        const std::size_t next = read_apposed(place->end, outer);
        return line_.mark_at(next, ')') ? next + 1 : next;
      }
      mention = outer;
      at = end;
    }
    return at;
  }

  // "(sau đây viết tắt là LHHN)", "(gọi tắt: Liên hiệp)": past the bracket, or before it.
  std::size_t read_abbreviation(std::size_t at, int mention) {
    if (out_.mentions[static_cast<std::size_t>(mention)].kind != MentionKind::Agency) return at - 1;
    std::size_t shortened = at;
    while (shortened < size_ && shortened < at + kLongestCapacity &&
           line_.tokens[shortened].is_word() && line_.of(line_.tokens[shortened]) != "tắt") {
      ++shortened;
    }
    if (shortened >= size_ || line_.of(line_.tokens[shortened]) != "tắt") return at - 1;
    std::size_t first = shortened + 1;
    while (first < size_ && !line_.capital_at(first) && !line_.mark_at(first, ')')) ++first;
    std::size_t end = first;
    while (end < size_ && !line_.mark_at(end, ')') && !line_.tokens[end].barrier) ++end;
    if (end == first || end >= size_) return at - 1;
    out_.short_forms.push_back({line_.bytes(first, end), mention});
    return end + 1;
  }

  // "Bệnh viện Asan (Seoul)": what could be a place in the name is none, for the body lies in
  // another.
  void take_place_as_word(int body, int outer) {
    Mention& named = out_.mentions[static_cast<std::size_t>(body)];
    if (named.kind != MentionKind::Agency || named.place < 0) return;
    Mention& inner = out_.mentions[static_cast<std::size_t>(named.place)];
    const Mention& located = out_.mentions[static_cast<std::size_t>(outer)];
    if (inner.generic >= 0 || inner.places.empty() || located.places.empty()) return;
    if (above_of(inner.places, located.places) >= 0) return;
    const bool country = std::any_of(located.places.begin(), located.places.end(), [&](int place) {
      return line_.tables.places[static_cast<std::size_t>(place)].kind == "Country";
    });
    if (country) return;
    named.name += ' ' + inner.name;
    named.place = -1;
    inner.word_of_name = true;
  }

  // Whether the place after a comma lies above the mention: "quận Triều Dương, Bắc Kinh".
  bool locates(int mention, const PlaceFound& place) const {
    const Mention& inner = out_.mentions[static_cast<std::size_t>(mention)];
    if (inner.kind != MentionKind::City) return false;
    if (!inner.places.empty()) return above_of(inner.places, place.places) >= 0;
    const auto kind = [&](int generic) {
      return generic < 0 ? Generic::None
                         : line_.tables.generic_words[static_cast<std::size_t>(generic)].kind;
    };
    const Generic lower = kind(inner.generic);
    return (lower == Generic::District || lower == Generic::Ward) && kind(place.generic) != lower;
  }

  std::size_t read_bare_name(std::size_t at) {
    auto name = bare_name_at(line_, at);
    if (!name) name = name_before_title(at);
    if (!name) return at;
    Mention person;
    person.kind = MentionKind::Person;
    person.span = person.extent = line_.bytes(name->first, name->end);
    person.name = person.span.of(line_.text);
    person.rule = "person.surname";
    const int index = add(std::move(person));
    return read_titles_after(name->end, index);
  }

  // "Claire Yunker, Giám đốc điều hành", and the name of one cell with the title of the next: capitals
  // right before a post are a name, whatever the language.
  std::optional<NameFound> name_before_title(std::size_t at) const {
    if (line_.shouting || loose_ != kNone) return std::nullopt;
    const Token& first = line_.tokens[at];
    // "Theo BS. Lâm Quốc Vượng, Giám đốc …" begins with a word of the clause.
    if (first.dotted || line_.tables.has_context(first.word, Context::NotPerson) ||
        line_.tables.has_context(first.word, Context::Stop))
      return std::nullopt;
    const std::size_t end = capitals_end(line_, at);
    std::size_t words = 0;
    for (std::size_t i = at; i < end; ++i) words += line_.tokens[i].is_word() ? 1 : 0;
    if (words < 2 || words > kLongestForeignName || end >= size_) return std::nullopt;
    if (longest_match(line_.tables.body_word_names, line_.tokens, at)) return std::nullopt;
    std::size_t next = end;
    if (!line_.tokens[end].barrier) {
      if (!line_.mark_at(end, ',') && !line_.mark_at(end, '-') && !line_.mark_at(end, '('))
        return std::nullopt;
      ++next;
    }
    if (next >= size_ || !line_.capital_at(next)) return std::nullopt;
    const auto title = title_at(line_, next);
    if (!title || class_of(*title) != TitleClass::Post) return std::nullopt;
    // "…, Giám đốc Sở Nguyễn Văn A": the title leads to a name of its own.
    if (!line_.tokens[end].barrier && name_at(line_, honorifics_end(line_, title->end)))
      return std::nullopt;
    return NameFound{at, end, false};
  }

  void flush_loose(std::size_t end) {
    if (loose_ != kNone && end > loose_) out_.loose.push_back(line_.bytes(loose_, end));
    loose_ = kNone;
  }

  static constexpr std::size_t kNone = ~std::size_t{0};

  const Line& line_;
  const std::size_t size_;
  LineMentions out_;
  std::size_t loose_ = kNone;
  int enumerated_ = -1;  // generic word of a list of places
  std::size_t enumeration_end_ = 0;
};

}  // namespace

bool Line::after(std::size_t at, Context context) const {
  if (at == 0 || tokens[at].barrier) return false;
  if (tables.has_context(tokens[at - 1].word, context)) return true;
  for (std::size_t length = 2; length <= 3 && length <= at; ++length) {
    const TrieMatch match = longest_match(tables.contexts, tokens, at - length);
    if (match.end == at && match.values.front() == static_cast<int>(context)) return true;
  }
  return false;
}

LineMentions recognise(const Line& line) { return Recogniser(line).run(); }

}  // namespace ketnghia::importers
