#include "importers/extract/entities.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"

namespace ketnghia::importers {
namespace {

constexpr double kHomeInLetterhead = 10;  // mentions in the running text that one there outweighs
constexpr double kHomeInTitle = 3;
constexpr double kProvinceShare = 0.4;  // of its city's mentions make a province the document's own
constexpr std::size_t kMostNamesakes = 64;    // more names with one word tell nothing
constexpr std::size_t kLongProperName = 5;    // bytes: a shorter word may be of any language
constexpr std::size_t kShortestMisspelt = 5;  // bytes: shorter names differ by a letter from others

const ReadEntity& at(const std::vector<ReadEntity>& entities, int index) {
  return entities[static_cast<std::size_t>(index)];
}

bool is_municipality(const ReadEntity& city) { return city.kind == "Municipality"; }
bool is_province(const ReadEntity& city) { return city.kind == "Province"; }
bool is_district(const ReadEntity& city) { return city.kind == "District"; }

// Whether two words differ by one letter replaced, left out or put in.
bool differ_by_one(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  const std::string_view rest_a = a.substr(a.size() == b.size() ? std::min(i + 1, a.size()) : i);
  const std::string_view rest_b = b.substr(std::min(i + 1, b.size()));
  return rest_a == rest_b;
}

unsigned capitals_in(std::string_view name) {
  unsigned count = 0;
  for (std::size_t i = 0; i < name.size();) {
    const CodePoint c = code_point_at(name, i);
    const auto letter = letter_of(c.value);
    if (letter && letter->upper) ++count;
    i += c.size;
  }
  return count;
}

// Resolves places and bodies.
class Resolver {
 public:
  Resolver(AnnotatedDocument& document, DocumentMentions& mentions, const Lexicon::Tables& tables)
      : document_(document), mentions_(mentions), tables_(tables) {}

  void run() {
    mentions_.entities.clear();
    for (const LineMentions& line : mentions_.lines) {
      mentions_.entities.emplace_back(line.mentions.size(), -1);
    }
    spread_words_of_names();
    count_countries();
    for_each(MentionKind::City, [&](std::size_t s, std::size_t m) { resolve_city(s, m, false); });
    for_each(MentionKind::City, [&](std::size_t s, std::size_t m) { resolve_city(s, m, true); });
    choose_home();
    for_each(MentionKind::City, [&](std::size_t s, std::size_t m) { resolve_bare_city(s, m); });
    for_each(MentionKind::Agency, [&](std::size_t s, std::size_t m) { resolve_agency(s, m); });
    resolve_bodies_left();
    link_parents();
    resolve_short_forms();
    resolve_repeated();
    resolve_proper_names();
    resolve_misspelt();
  }

 private:
  template <typename Do>
  void for_each(MentionKind kind, Do act) {
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      for (std::size_t m = 0; m < mentions_.lines[s].mentions.size(); ++m) {
        if (mention(s, m).kind == kind) act(s, m);
      }
    }
  }

  Mention& mention(std::size_t s, std::size_t m) { return mentions_.lines[s].mentions[m]; }
  int& entity(std::size_t s, std::size_t m) { return mentions_.entities[s][m]; }
  int entity_of(std::size_t s, int m) const {
    return m < 0 ? -1 : mentions_.entities[s][static_cast<std::size_t>(m)];
  }
  const Place& place(int index) const { return tables_.places[static_cast<std::size_t>(index)]; }
  ReadEntity& read(int index) { return document_.entities[static_cast<std::size_t>(index)]; }
  BlockKind block_kind(std::size_t s) const {
    const int block = document_.sentences[s].block;
    return document_.source.blocks[static_cast<std::size_t>(block)].kind;
  }
  std::string_view printed(std::size_t s, Span span) const {
    return span.of(document_.sentences[s].text.text);
  }
  Generic generic_of(const Mention& city) const {
    return city.generic < 0 ? Generic::None
                            : tables_.generic_words[static_cast<std::size_t>(city.generic)].kind;
  }

  // What one sentence shows to be a word of a body's name ("Bệnh viện Asan (Seoul)") is one in
  // the others.
  void spread_words_of_names() {
    std::set<std::string> names;
    for_each(MentionKind::Agency, [&](std::size_t s, std::size_t m) {
      const LineMentions& line = mentions_.lines[s];
      const bool shown = std::any_of(
          line.mentions.begin(), line.mentions.end(),
          [&](const Mention& o) { return o.word_of_name && mention(s, m).span.contains(o.span); });
      if (shown) names.insert(document_key(mention(s, m).name));
    });
    if (names.empty()) return;
    for_each(MentionKind::Agency, [&](std::size_t s, std::size_t m) {
      Mention& body = mention(s, m);
      if (body.place < 0) return;
      Mention& inner = mention(s, static_cast<std::size_t>(body.place));
      const std::string whole = body.name + ' ' + inner.name;
      if (inner.standing != Inside::Name || !names.contains(document_key(whole))) return;
      body.name = whole;
      body.place = -1;
      inner.word_of_name = true;
    });
  }

  // Countries that the document names or whose only places it names.
  void count_countries() {
    for_each(MentionKind::City, [&](std::size_t s, std::size_t m) {
      const auto& places = mention(s, m).places;
      if (places.size() == 1) ++countries_[place(places.front()).country];
    });
  }

  int new_entity(std::string label, std::string name) {
    ReadEntity added;
    added.label = std::move(label);
    added.name = std::move(name);
    document_.entities.push_back(std::move(added));
    return static_cast<int>(document_.entities.size()) - 1;
  }

  void mention_entity(std::size_t s, std::size_t m, int index, float confidence) {
    entity(s, m) = index;
    const Mention& found = mention(s, m);
    read(index).mentions.push_back(
        quotation(document_.sentences[s], found.span, found.rule, confidence));
  }

  void resolve_city(std::size_t s, std::size_t m, bool tentative) {
    const Mention& found = mention(s, m);
    if (found.tentative != tentative || found.name.empty() || found.word_of_name) return;
    int index = -1;
    if (found.places.empty()) {
      index = unknown_city(found);
    } else {
      const std::optional<int> chosen = choose_place(s, found, tentative);
      if (!chosen) return;
      index = city_entity(*chosen);
    }
    mention_entity(s, m, index, tentative ? 0.7F : found.places.empty() ? 0.8F : 0.95F);
    if (document_key(found.name) != document_key(read(index).name))
      add_alias(read(index), found.name);
    if (found.generic >= 0) add_alias(read(index), printed(s, found.with_generic));
  }

  int city_entity(int chosen) {
    const auto [it, added] = cities_.try_emplace(chosen, -1);
    if (added) {
      it->second = new_entity("City", place(chosen).name);
      read(it->second).kind = place(chosen).kind;
      read(it->second).country = place(chosen).country;
    }
    return it->second;
  }

  // A place that the gazetteer does not have, by its name and its kind.
  int unknown_city(const Mention& found) {
    const Generic generic = generic_of(found);
    const auto key = std::pair{document_key(found.name), found.generic};
    if (found.generic < 0) {
      // "Sở Du lịch Padang" beside "thành phố Padang".
      const auto known = unknown_cities_.lower_bound({key.first, -1});
      if (known != unknown_cities_.end() && known->first.first == key.first) return known->second;
    }
    const auto [it, added] = unknown_cities_.try_emplace(key, -1);
    if (added) {
      it->second = new_entity("City", found.name);
      read(it->second).kind = generic == Generic::District   ? "District"
                              : generic == Generic::Province ? "Province"
                              : generic == Generic::City || generic == Generic::Capital
                                  ? "Municipality"
                                  : "";
    }
    return it->second;
  }

  // The place that the mention is likeliest to be; a tentative one only where the document has
  // named it more clearly.
  std::optional<int> choose_place(std::size_t s, const Mention& found, bool only_known) const {
    const Generic generic = generic_of(found);
    std::optional<int> best;
    double best_score = -1;
    for (const int index : found.places) {
      const Place& candidate = place(index);
      const bool known = cities_.contains(index);
      if (only_known && !known) continue;
      double score = known ? 0.75 : 0;
      score += fits(generic, candidate) ? 4 : 0;
      if (found.place >= 0 && lies_in(index, mentions_.lines[s], found.place)) score += 5;
      const auto country = countries_.find(candidate.country);
      if (country != countries_.end() && country->second > 0) score += 1;
      if (candidate.country == "VN") score += 0.5;
      if (candidate.kind == "Province" && candidate.country == "VN") score += 0.25;
      if (candidate.kind == "District" && generic != Generic::District) score -= 0.5;
      if (score > best_score) {
        best_score = score;
        best = index;
      }
    }
    return best;
  }

  static bool fits(Generic generic, const Place& candidate) {
    switch (generic) {
      case Generic::City:
      case Generic::Capital:
        return candidate.kind == "Municipality";
      case Generic::Province:
        return candidate.kind == "Province";
      case Generic::District:
        return candidate.kind == "District";
      case Generic::Country:
        return candidate.kind == "Country";
      default:
        return false;
    }
  }

  bool lies_in(int index, const LineMentions& line, int outer) const {
    const auto& above = line.mentions[static_cast<std::size_t>(outer)].places;
    for (int up = place(index).parent; up >= 0; up = place(up).parent) {
      if (std::find(above.begin(), above.end(), up) != above.end()) return true;
      if (place(up).parent == up) break;
    }
    return false;
  }

  void choose_home() {
    std::map<int, double> scores, districts;
    std::set<int> letterheads;  // districts that write themselves
    for_each(MentionKind::City, [&](std::size_t s, std::size_t m) {
      const int index = entity(s, m);
      if (index < 0) return;
      const ReadEntity& city = at(document_.entities, index);
      const BlockKind kind = block_kind(s);
      if (city.country == "VN" && is_district(city)) {
        districts[index] += 1;
        if (kind == BlockKind::Letterhead) letterheads.insert(index);
        return;
      }
      if (city.country != "VN" || (!is_municipality(city) && !is_province(city))) return;
      // "Nha Trang, ngày 9/1/2012" tells where it was written.
      const bool dateline = kind == BlockKind::Letterhead && mention(s, m).span.begin == 0;
      scores[index] += dateline                        ? kHomeInTitle
                       : kind == BlockKind::Letterhead ? kHomeInLetterhead
                       : kind == BlockKind::Title      ? kHomeInTitle
                                                       : 1;
    });
    double best = 0;
    for (const auto& [index, score] : scores) {
      if (score > best) {
        best = score;
        document_.home = index;
      }
    }
    for (const int district : letterheads) {
      if (districts[district] >= best - kHomeInLetterhead) {
        document_.home = district;
        return;
      }
    }
    // A paper of a province tells of its city more often than of itself.
    const int above = province_of_home();
    if (above >= 0 && scores[above] >= best * kProvinceShare) document_.home = above;
  }

  // "Thành phố", "Tỉnh", "Thủ đô" alone.
  void resolve_bare_city(std::size_t s, std::size_t m) {
    const Mention& found = mention(s, m);
    if (!found.name.empty() || found.standing == Inside::Name) return;
    const int index = context_place(s, found.span.begin, generic_of(found));
    if (index >= 0) mention_entity(s, m, index, 0.7F);
  }

  bool fits(Generic generic, int city) const {
    if (city < 0) return false;
    const ReadEntity& found = at(document_.entities, city);
    switch (generic) {
      case Generic::City:
      case Generic::Capital:
        return is_municipality(found);
      case Generic::Province:
        return is_province(found);
      case Generic::District:
        return is_district(found);
      default:
        return false;
    }
  }

  // The place that a generic word alone means: that of the side whose people are being named,
  // the document's own, or the last one named of that kind.
  int context_place(std::size_t s, std::uint32_t byte, Generic generic) {
    if (const int side = side_place(s, byte); fits(generic, side)) return side;
    if (fits(generic, document_.home)) return document_.home;
    if (const int above = province_of_home(); fits(generic, above)) return above;
    return last_place(s, byte, generic);
  }

  // The province that the document names and its home city is in; -1 where there is none.
  int province_of_home() const {
    for (const auto& [chosen, entity] : cities_) {
      if (entity != document_.home) continue;
      for (int up = place(chosen).parent; up >= 0; up = place(up).parent) {
        const auto above = cities_.find(up);
        if (above != cities_.end() && place(up).kind == "Province") return above->second;
        if (place(up).parent == up) break;
      }
    }
    return -1;
  }

  int side_place(std::size_t s, std::uint32_t byte) {
    int place = -1;
    for (const LineMentions::Side& side : mentions_.lines[s].sides) {
      if (side.from > byte) break;
      const auto m = static_cast<std::size_t>(side.mention);
      if (mention(s, m).span.begin >= byte) continue;  // being resolved itself
      place = place_of(entity(s, m));
    }
    return place;
  }

  int place_of(int index) const {
    if (index < 0) return -1;
    const ReadEntity& found = at(document_.entities, index);
    return found.label == "City" ? index : found.place;
  }

  int last_place(std::size_t s, std::uint32_t byte, Generic generic) const {
    for (std::size_t i = s + 1; i-- > 0;) {
      const auto& line = mentions_.lines[i].mentions;
      for (std::size_t m = line.size(); m-- > 0;) {
        if (line[m].kind != MentionKind::City || (i == s && line[m].span.begin >= byte)) continue;
        const int index = mentions_.entities[i][m];
        if (fits(generic, index)) return index;
      }
    }
    return -1;
  }

  // The level of place that a body of this type belongs to.
  static Generic level_of(const BodyType& type) {
    if (type.name.starts_with("Thành ") || type.name.ends_with(" thành phố")) return Generic::City;
    if (type.name.starts_with("Tỉnh ") || type.name.starts_with("Khu ủy") ||
        type.name.ends_with(" tỉnh")) {
      return Generic::Province;
    }
    if (type.name.starts_with("Quận ") || type.name.starts_with("Huyện ") ||
        type.name.starts_with("Thị ")) {
      return Generic::District;
    }
    return Generic::None;
  }

  void resolve_agency(std::size_t s, std::size_t m) {
    if (entity(s, m) >= 0) return;
    const Mention& found = mention(s, m);
    const BodyType& type = tables_.body_types[static_cast<std::size_t>(found.type)];
    if (found.parent >= 0) resolve_agency(s, static_cast<std::size_t>(found.parent));
    if (found.name.empty() || found.tentative) return;  // these wait until all names are known
    int place = -1;
    const int parent = entity_of(s, found.parent);
    if (found.place >= 0) {
      place = entity_of(s, found.place);
      const Mention& closing = mention(s, static_cast<std::size_t>(found.place));
      if (closing.name.empty()) {
        place = unnamed_place(s, m, generic_of(closing));
        if (place < 0) return;
        if (entity_of(s, found.place) < 0) entity(s, static_cast<std::size_t>(found.place)) = place;
      } else if (place < 0) {
        // A weak name closes a body's name: then it is that place.
        Mention& closing_mention = mention(s, static_cast<std::size_t>(found.place));
        closing_mention.tentative = false;
        resolve_city(s, static_cast<std::size_t>(found.place), false);
        place = entity_of(s, found.place);
      }
    } else if (parent < 0) {
      switch (type.form) {
        case Form::Home:
          place = unnamed_place(s, m, level_of(type));
          break;
        case Form::Local:
          place = type.country.starts_with('!') ? unnamed_place(s, m, level_of(type))
                                                : shared_place(s, m);
          if (place >= 0) break;
          if (block_kind(s) != BlockKind::Signature) {
            waiting_.push_back({s, m});
            return;
          }
          place = document_.home;
          break;
        case Form::Parent:
        case Form::Country:
          return;
        default:
          if (type.own) place = unnamed_place(s, m, level_of(type));
          break;
      }
    }
    if (type.form == Form::Name && place < 0) place = place_in_name(type.name);
    const bool apposed =
        found.place >= 0 &&
        mention(s, static_cast<std::size_t>(found.place)).standing == Inside::Apposed;
    const int index =
        agency_entity(s, found, type, place, parent, apposed, entity_of(s, found.located));
    mention_entity(s, m, index, 0.9F);
    if (!found.elided) add_alias(read(index), printed(s, found.span));
  }

  // The place of a body that names none: of the titles of the same person, of the side, of the
  // same body named before, of the document.
  int unnamed_place(std::size_t s, std::size_t m, Generic level) {
    const Mention& found = mention(s, m);
    const std::string& country = tables_.body_types[static_cast<std::size_t>(found.type)].country;
    const auto allowed = [&](int city) {
      if (!allows(level, city)) return false;
      // "!VN": a type of body that Vietnam does not have.
      if (country.starts_with('!')) return read(city).country != country.substr(1);
      return country.empty() || read(city).country.empty() || read(city).country == country;
    };
    if (const int shared = shared_place(s, m); allowed(shared)) return shared;
    if (found.standing == Inside::Title) {
      if (const int place = place_of_titles(s, m); allowed(place)) return place;
    }
    if (const int side = side_place(s, found.span.begin); allowed(side)) {
      if (found.standing == Inside::Title || !allowed(document_.home)) return side;
    }
    // A city in a province has no "Sở" of its own.
    const int above = province_of_home();
    if (allowed(above) && (level == Generic::Province || level == Generic::None)) return above;
    if (allowed(document_.home)) return document_.home;
    if (const int same = place_of_same_name(found.name); same >= 0) return same;
    const int last = last_place(s, found.span.begin, level);
    return allowed(last) ? last : -1;
  }

  // "Huyện ủy, HĐND, UBND huyện Đồng Văn": the place closes the whole list.
  int shared_place(std::size_t s, std::size_t m) {
    const std::string_view text = document_.sentences[s].text.text;
    std::uint32_t end = mention(s, m).span.end;
    for (std::size_t next = m + 1; next < mentions_.lines[s].mentions.size(); ++next) {
      const Mention& other = mention(s, next);
      if (other.span.begin < end) continue;
      std::string_view between = text.substr(end, other.span.begin - end);
      if (between != ", " && between != " và " && between != "; ") return -1;
      if (other.kind != MentionKind::Agency) return -1;
      if (other.place >= 0) {
        const Mention& closing = mention(s, static_cast<std::size_t>(other.place));
        return closing.name.empty() ? -1 : entity_of(s, other.place);
      }
      end = other.span.end;
    }
    return -1;
  }

  bool allows(Generic level, int place) const {
    if (place < 0) return false;
    const ReadEntity& city = at(document_.entities, place);
    if (city.kind == "Country") return false;
    return level == Generic::None ? !is_district(city) : fits(level, place);
  }

  // "Bí thư Thành ủy, Đô trưởng Thủ đô Viêng Chăn": the place that another title names.
  int place_of_titles(std::size_t s, std::size_t m) {
    const LineMentions& line = mentions_.lines[s];
    int person = -1;
    for (const PostMention& post : line.posts) {
      if (post.body >= 0 && holds(line, post.body, static_cast<int>(m))) person = post.person;
    }
    if (person < 0) return -1;
    for (const PostMention& post : line.posts) {
      if (post.person != person || post.body < 0 || post.body == static_cast<int>(m)) continue;
      const Mention& body = line.mentions[static_cast<std::size_t>(post.body)];
      const int place = body.kind == MentionKind::City ? post.body : body.place;
      if (place < 0 || line.mentions[static_cast<std::size_t>(place)].name.empty()) continue;
      const int index = entity_of(s, place);
      if (index >= 0 && at(document_.entities, index).kind != "Country") return index;
    }
    return -1;
  }

  static bool holds(const LineMentions& line, int outer, int inner) {
    for (int body = outer; body >= 0; body = line.mentions[static_cast<std::size_t>(body)].parent) {
      if (body == inner) return true;
    }
    return false;
  }

  int place_of_same_name(const std::string& name) const {
    const std::string key = document_key(name);
    for (std::size_t i = locals_.size(); i-- > 0;) {
      if (locals_[i].first == key) return at(document_.entities, locals_[i].second).place;
    }
    return -1;
  }

  // "Trường Đại học Thủ đô Hà Nội" lies in Hà Nội, where the document names Hà Nội.
  int place_in_name(const std::string& name) const {
    for (const auto& [index, entity] : cities_) {
      const std::string& city = place(index).name;
      if (name.size() > city.size() && name.ends_with(city)) return entity;
    }
    return -1;
  }

  int agency_entity(std::size_t s, const Mention& found, const BodyType& type, int place,
                    int parent, bool apposed, int located) {
    std::string name = found.name;
    const bool region = region_word(s, found);
    // "Quận ủy Thanh Xuân": the type says already what the place is. "Đồn Biên phòng Hà Khẩu":
    // only bodies of the administration have the generic word where it is not printed.
    const bool printed_so =
        found.place >= 0 && mention(s, static_cast<std::size_t>(found.place)).generic >= 0;
    const bool plain = level_of(type) != Generic::None || (type.form == Form::Stem && !printed_so);
    if (parent >= 0) {
      name += ' ' + read(parent).name;
      place = read(parent).place;
    } else if (place >= 0 && !apposed && type.form != Form::Name) {
      name += ' ' + display_name(place, region, plain);
    } else if (place >= 0 && type.form == Form::Name && found.place >= 0 && !apposed) {
      name += ' ' + display_name(place, region, plain);
    }
    if (located >= 0) name += " tại " + read(located).name;
    // One body, whether its school is called "Trường Đại học" or "Đại học", and whether the
    // party school names its committee or only its city.
    std::string key = document_key(
        place >= 0 && parent < 0 && located < 0 && !apposed && type.form != Form::Name ? found.name
                                                                                       : name);
    if (key.starts_with("trường đại học ")) key.erase(0, std::string_view("trường ").size());
    if (place >= 0 && !apposed) key += '\t' + std::to_string(place);
    std::string short_key;
    if (type.form == Form::Parent && place >= 0) {
      short_key = document_key(found.name) + '\t' + std::to_string(place);
    }
    int index = -1;
    if (const auto it = agencies_.find(key); it != agencies_.end()) index = it->second;
    if (const auto it = agencies_.find(short_key); index < 0 && it != agencies_.end()) {
      index = it->second;
    }
    if (index < 0 && place < 0 && parent < 0 && type.form == Form::Stem)
      index = only_placed(document_key(found.name));
    if (index < 0) {
      index = new_entity("Agency", name);
      read(index).kind = found.body_kind;
      // A mission belongs to the country that sent it.
      read(index).place = place;
      read(index).parent = parent;
    } else {
      ReadEntity& known = read(index);
      if (known.place < 0) known.place = place;
      if (known.parent < 0) known.parent = parent;
      const bool fuller =
          name.size() > known.name.size() ||
          (name.size() == known.name.size() && capitals_in(name) > capitals_in(known.name));
      if (fuller) known.name = name;
    }
    agencies_[key] = index;
    if (!short_key.empty()) agencies_.try_emplace(short_key, index);
    locals_.push_back({document_key(found.name), index});
    return index;
  }

  // "Trường Đại học Thủy sản" after "Trường Đại học Thủy sản Nha Trang": the one body so far that
  // has this name and a place.
  int only_placed(const std::string& key) const {
    int found = -1;
    for (const auto& [name, index] : locals_) {
      if (name != key || index == found) continue;
      if (found >= 0) return -1;
      found = index;
    }
    return found;
  }

  bool region_word(std::size_t s, const Mention& found) {
    if (found.place < 0) return false;
    const int generic = mention(s, static_cast<std::size_t>(found.place)).generic;
    return generic >= 0 &&
           tables_.generic_words[static_cast<std::size_t>(generic)].word.ends_with("tự trị");
  }

  // A place as the name of its body has it: without its generic word, unless it is a district or
  // a city and a province share the name.
  std::string display_name(int index, bool region, bool plain) {
    const ReadEntity& city = read(index);
    if (plain) return city.name;
    for (const auto& [chosen, entity] : cities_) {
      if (entity != index) continue;
      const Place& known = place(chosen);
      if (known.kind == "District" && !known.generic.empty())
        return known.generic + ' ' + city.name;
      // "Khu tự trị dân tộc Choang Quảng Tây": the full name, where a body is the region's.
      if (region) {
        const auto full = std::max_element(
            city.aliases.begin(), city.aliases.end(),
            [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
        if (full != city.aliases.end() && full->size() > city.name.size()) return *full;
      }
      if (known.name_shared) {
        return (known.kind == "Province" ? "tỉnh " : "thành phố ") + city.name;
      }
      return city.name;
    }
    for (const auto& [key, entity] : unknown_cities_) {
      if (entity != index || key.second < 0) continue;
      const GenericWord& word = tables_.generic_words[static_cast<std::size_t>(key.second)];
      if (word.kind == Generic::District || word.kind == Generic::Ward)
        return word.word + ' ' + city.name;
    }
    return city.name;
  }

  // "Sở", "bệnh viện", "Công an" alone: the last body of that type, the home city's own first.
  void resolve_bodies_left() {
    for (const auto& [s, m] : waiting_) {
      const std::string key = document_key(mention(s, m).name);
      for (std::size_t i = locals_.size(); i-- > 0;) {
        if (locals_[i].first != key) continue;
        mention_entity(s, m, locals_[i].second, 0.6F);
        break;
      }
    }
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      for (std::size_t m = 0; m < mentions_.lines[s].mentions.size(); ++m) {
        const Mention& found = mention(s, m);
        if (found.kind != MentionKind::Agency || entity(s, m) >= 0) continue;
        if (found.tentative) resolve_definition(s, m);
        if (found.bare == kNoWord) continue;
        const int index = last_of_type(s, found);
        if (index >= 0) mention_entity(s, m, index, 0.6F);
      }
    }
  }

  // "LHPN: Liên hiệp Phụ nữ" in a list of abbreviations names a body only if the text does.
  void resolve_definition(std::size_t s, std::size_t m) {
    const std::string key = document_key(mention(s, m).name);
    for (const auto& [name, index] : locals_) {
      if (name == key) return mention_entity(s, m, index, 0.8F);
    }
  }

  int last_of_type(std::size_t s, const Mention& bare) {
    const std::size_t first = s > 3 ? s - 3 : 0;
    for (std::size_t i = s + 1; i-- > first;) {
      int best = -1;
      for (std::size_t m = 0; m < mentions_.lines[i].mentions.size(); ++m) {
        const Mention& other = mention(i, m);
        const int index = entity(i, m);
        if (other.kind != MentionKind::Agency || index < 0 || other.bare != kNoWord) continue;
        if (i == s && other.span.begin >= bare.span.begin) continue;
        if (!same_type(other, bare)) continue;
        const bool own = read(index).place == document_.home;
        if (best < 0 || own || read(best).place != document_.home) best = index;
      }
      if (best >= 0) return best;
    }
    return writer_of_type(bare);
  }

  // The body of that type that writes the document: "Liên hiệp" in a report of a provincial union.
  // -1 where none does, or several.
  int writer_of_type(const Mention& bare) {
    const auto [known, added] = writers_.emplace(bare.type, -1);
    if (!added) return known->second;
    std::set<int> writers;
    for_each(MentionKind::Agency, [&](std::size_t s, std::size_t m) {
      const Mention& other = mention(s, m);
      const BlockKind kind = block_kind(s);
      const bool head = kind == BlockKind::Letterhead || kind == BlockKind::Title;
      if (head && entity(s, m) >= 0 && other.bare == kNoWord && same_type(other, bare)) {
        writers.insert(entity(s, m));
      }
    });
    if (writers.size() == 1) known->second = *writers.begin();
    return known->second;
  }

  bool same_type(const Mention& other, const Mention& bare) const {
    const std::string& name = tables_.body_types[static_cast<std::size_t>(bare.type)].name;
    const std::string key = document_key(name);
    return document_key(other.name).starts_with(key);
  }

  void link_parents() {
    for (const auto& [chosen, index] : cities_) {
      for (int up = place(chosen).parent; up >= 0; up = place(up).parent) {
        const auto it = cities_.find(up);
        // A country is told by its code; as a parent it would stand for any place of it.
        if (it != cities_.end() && place(up).kind != "Country" && it->second != index) {
          read(index).place = it->second;
          break;
        }
        if (place(up).parent == up) break;
      }
    }
    // "Quận Haeundae (Busan)".
    for_each(MentionKind::City, [&](std::size_t s, std::size_t m) {
      const int index = entity(s, m);
      const int above = entity_of(s, mention(s, m).place);
      if (index < 0 || above < 0 || above == index) return;
      if (read(above).kind == "Country") {
        if (read(index).country.empty()) read(index).country = read(above).country;
        return;
      }
      if (read(index).place < 0) read(index).place = above;
      if (read(index).country.empty()) read(index).country = read(above).country;
    });
  }

  // "(ITPC)", "CATP: Công an thành phố": from there on and before, the short form is a name.
  void resolve_short_forms() {
    std::map<std::string, int, std::less<>> forms;
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      for (const LineMentions::ShortForm& form : mentions_.lines[s].short_forms) {
        const int index = entity_of(s, form.mention);
        if (index < 0) continue;
        const std::string name(printed(s, form.span));
        add_alias(read(index), name);
        forms.emplace(name, index);
      }
    }
    if (!forms.empty())
      add_loose("agency.short_form", [&](std::string_view name) {
        const auto it = forms.find(name);
        return it == forms.end() ? -1 : it->second;
      });
  }

  // "Becamex IDC" where "Tổng Công ty Becamex IDC" is named: a proper name in foreign words at the
  // end of a name stands for the body, but for places and where two bodies share it.
  void resolve_proper_names() {
    std::map<std::string, int, std::less<>> forms;
    for (std::size_t i = 0; i < document_.entities.size(); ++i) {
      const ReadEntity& body = document_.entities[i];
      if (body.label != "Agency" || (body.kind != "business" && body.kind != "other")) continue;
      const auto words = words_of(body.name);
      const auto foreign = [&](const auto& word) {
        const std::string_view printed = word.span.of(body.name);
        return capitals_in(printed) > 0 && !is_vietnamese_syllable(printed);
      };
      std::size_t first = words.size();
      while (first > 0 && foreign(words[first - 1])) --first;
      if (first == 0 || first == words.size()) continue;
      const std::string name = body.name.substr(words[first].span.begin);
      if (words.size() - first == 1 && name.size() < kLongProperName) continue;
      const auto [form, added] = forms.emplace(name, static_cast<int>(i));
      if (!added) form->second = -1;
    }
    if (forms.empty()) return;
    add_loose("agency.proper_name", [&](std::string_view name) {
      const auto it = forms.find(name);
      return it == forms.end() ? -1 : it->second;
    });
  }

  // "Padang" where "thành phố Padang", which the gazetteer lacks, stands elsewhere.
  void resolve_repeated() {
    if (unknown_cities_.empty()) return;
    add_loose("city.repeated", [&](std::string_view name) {
      const auto known = unknown_cities_.lower_bound({document_key(name), -1});
      return known != unknown_cities_.end() && known->first.first == document_key(name)
                 ? known->second
                 : -1;
    });
  }

  // "Fukkoka" beside "Fukuoka": one letter away from a place that the document names.
  void resolve_misspelt() {
    std::vector<std::pair<std::string, int>> names;
    for (const auto& [chosen, index] : cities_) {
      const std::string key = document_key(place(chosen).name);
      if (key.find(' ') == std::string::npos && key.size() >= kShortestMisspelt) {
        names.push_back({key, index});
      }
    }
    if (names.empty()) return;
    add_loose("city.misspelt", [&](std::string_view name) {
      if (name.size() < kShortestMisspelt || is_vietnamese_syllable(name)) return -1;
      const std::string key = document_key(name);
      for (const auto& [other, index] : names) {
        if (key.front() == other.front() && key != other && differ_by_one(key, other)) return index;
      }
      return -1;
    });
  }

  template <typename Find>
  void add_loose(const char* rule, Find find) {
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      auto& loose = mentions_.lines[s].loose;
      std::erase_if(loose, [&](Span span) {
        const std::string_view name = printed(s, span);
        const int index = find(name);
        if (index < 0) return false;
        Mention added;
        added.kind = read(index).label == "City" ? MentionKind::City : MentionKind::Agency;
        added.span = added.extent = span;
        added.name = name;
        added.rule = rule;
        mentions_.lines[s].mentions.push_back(std::move(added));
        mentions_.entities[s].push_back(-1);
        mention_entity(s, mentions_.entities[s].size() - 1, index, 0.8F);
        add_alias(read(index), name);
        return true;
      });
    }
  }

  AnnotatedDocument& document_;
  DocumentMentions& mentions_;
  const Lexicon::Tables& tables_;
  std::map<std::string, int, std::less<>> countries_;          // code to places named of it
  std::map<int, int> cities_;                                  // place to entity
  std::map<std::pair<std::string, int>, int> unknown_cities_;  // by key and generic word
  std::map<std::string, int, std::less<>> agencies_;           // by key of the canonical name
  std::vector<std::pair<std::string, int>> locals_;  // key of the name without place, in order
  std::map<int, int> writers_;                       // type to the body of it that writes
  std::vector<std::pair<std::size_t, std::size_t>> waiting_;  // bodies that name no place at all
};

// Resolves people by their names.
class PeopleResolver {
 public:
  PeopleResolver(AnnotatedDocument& document, DocumentMentions& mentions)
      : document_(document), mentions_(mentions) {}

  void run() {
    for_each([&](std::size_t, std::size_t, const Mention& found) {
      if (!found.part && !found.name.empty()) keys_.insert(document_key(found.name));
    });
    for (const std::string& key : keys_) {
      const auto words = words_of(key);
      for (const std::string_view word : words) {
        // A Vietnamese name is shortened to its last words.
        if (word == words.back() || !is_vietnamese_syllable(word)) by_word_[word].push_back(&key);
      }
    }
    // Fuller names first: "Lệ Thu" is "Huỳnh Thị Lệ Thu", "D.A. Ivanov" is "Dmitry Ivanov".
    for (const bool shortened : {false, true}) {
      for_each([&](std::size_t s, std::size_t m, const Mention& found) {
        if (found.part || found.name.empty()) return;
        const std::string fuller = fuller_name(document_key(found.name));
        if (shortened != fuller.empty()) resolve_full(s, m, found, fuller);
      });
    }
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) resolve_loose(s);
    for_each([&](std::size_t s, std::size_t m, const Mention& found) {
      if (found.part) resolve_part(s, m, found);
    });
  }

 private:
  template <typename Do>
  void for_each(Do act) {
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      for (std::size_t m = 0; m < mentions_.lines[s].mentions.size(); ++m) {
        const Mention& found = mentions_.lines[s].mentions[m];
        if (found.kind == MentionKind::Person) act(s, m, found);
      }
    }
  }

  void mention_person(std::size_t s, std::size_t m, int index, float confidence) {
    const Mention& found = mentions_.lines[s].mentions[m];
    mentions_.entities[s][m] = index;
    ReadEntity& person = document_.entities[static_cast<std::size_t>(index)];
    person.mentions.push_back(
        quotation(document_.sentences[s], found.span, found.rule, confidence));
    add_alias(person, in_usual_capitals(found.name));
  }

  // The one name of the document that `key` is a short or another spelling of; empty where there
  // is none or more than one.
  std::string fuller_name(const std::string& key) const {
    std::string found;
    const auto words = words_of(key);
    if (words.size() < 2) return found;
    for (const std::string_view word : {words.back(), words.front()}) {
      const auto candidates = by_word_.find(word);
      if (candidates == by_word_.end() || candidates->second.size() > kMostNamesakes) continue;
      for (const std::string* other : candidates->second) {
        if (*other == key || *other == found || !shortens(key, *other)) continue;
        if (!found.empty()) return {};
        found = *other;
      }
    }
    return found;
  }

  static std::vector<std::string_view> words_of(std::string_view key) {
    std::vector<std::string_view> words;
    while (!key.empty()) {
      const std::size_t space = std::min(key.find_first_of(" ."), key.size());
      if (space > 0) words.push_back(key.substr(0, space));
      key.remove_prefix(std::min(space + 1, key.size()));
    }
    return words;
  }

  // Whether `key` says `fuller` by its last two words, by initials, in the other order of given
  // name and surname, or with one letter of a foreign name changed.
  static bool shortens(const std::string& key, const std::string& fuller) {
    const auto few = words_of(key), many = words_of(fuller);
    if (few.size() < 2 || many.size() < 2) return false;
    if (few.size() == 2 && many.size() > 2 && fuller.ends_with(' ' + key)) return true;
    const bool foreign = std::any_of(many.begin(), many.end(), [](std::string_view word) {
      return !is_vietnamese_syllable(word);
    });
    if (!foreign) return false;
    const auto is_initial = [](std::string_view word) { return word.size() == 1; };
    if (few.back() == many.back() && is_initial(few.front()) && !is_initial(many.front()))
      return few.front() == many.front().substr(0, 1);
    if (few.size() != many.size()) return false;
    std::vector<std::string_view> turned(few.begin() + 1, few.end());
    turned.push_back(few.front());
    if (turned == many) return key > fuller;  // either could be the other: one way only
    std::size_t changed = 0;
    for (std::size_t i = 0; i < few.size(); ++i) {
      if (few[i] == many[i]) continue;
      if (few[i].size() < kShortestMisspelt || !differ_by_one(few[i], many[i])) return false;
      ++changed;
    }
    return changed == 1 && key > fuller;
  }

  // `fuller`: the key of the name that it shortens; empty where it is the name itself.
  void resolve_full(std::size_t s, std::size_t m, const Mention& found, const std::string& fuller) {
    const auto [it, added] =
        people_.try_emplace(fuller.empty() ? document_key(found.name) : fuller, -1);
    if (added) {
      ReadEntity person;
      person.label = "Person";
      person.name = in_usual_capitals(found.name);
      document_.entities.push_back(std::move(person));
      it->second = static_cast<int>(document_.entities.size()) - 1;
    }
    mention_person(s, m, it->second,
                   found.rule == std::string_view("person.surname") ? 0.7F : 0.95F);
  }

  // A full name that stands without title or honorific.
  void resolve_loose(std::size_t s) {
    std::erase_if(mentions_.lines[s].loose, [&](Span span) {
      const std::string name(span.of(document_.sentences[s].text.text));
      const auto it = people_.find(document_key(name));
      if (it == people_.end()) return false;
      Mention added;
      added.kind = MentionKind::Person;
      added.span = added.extent = span;
      added.name = name;
      added.rule = "person.repeated";
      mentions_.lines[s].mentions.push_back(std::move(added));
      mentions_.entities[s].push_back(-1);
      mention_person(s, mentions_.entities[s].size() - 1, it->second, 0.9F);
      return true;
    });
  }

  // "bà Rouquette", "Chị Virginie", "ông Phong": the last person named with that word, its last
  // word before any other.
  void resolve_part(std::size_t s, std::size_t m, const Mention& found) {
    const std::string key = document_key(found.name);
    for (const bool last_word : {true, false}) {
      for (std::size_t i = s + 1; i-- > 0;) {
        const auto& line = mentions_.lines[i].mentions;
        for (std::size_t n = line.size(); n-- > 0;) {
          const int index = mentions_.entities[i][n];
          if (line[n].kind != MentionKind::Person || index < 0 || line[n].part) continue;
          if (i == s && line[n].span.begin >= found.span.begin) continue;
          const std::string name = document_key(line[n].name);
          const bool fits = last_word ? name.ends_with(' ' + key)
                                      : name.starts_with(key + ' ') ||
                                            name.find(' ' + key + ' ') != std::string::npos;
          if (!fits) continue;
          mention_person(s, m, index, 0.8F);
          return;
        }
      }
    }
  }

  AnnotatedDocument& document_;
  DocumentMentions& mentions_;
  std::map<std::string, int, std::less<>> people_;
  std::set<std::string> keys_;  // of all full names
  std::map<std::string_view, std::vector<const std::string*>> by_word_;
};

}  // namespace

void add_alias(ReadEntity& entity, std::string_view name) {
  if (name.empty() || name == entity.name) return;
  if (std::find(entity.aliases.begin(), entity.aliases.end(), name) != entity.aliases.end()) return;
  entity.aliases.emplace_back(name);
}

std::string document_key(std::string_view name) {
  std::string key = fold_syllable(name);
  std::replace(key.begin(), key.end(), '-', ' ');
  std::string out;
  for (const char c : key) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c;
  }
  return out;
}

std::string in_usual_capitals(std::string_view name) {
  std::string out;
  std::size_t small = 0;
  bool first = true;
  for (std::size_t i = 0; i < name.size();) {
    const CodePoint c = code_point_at(name, i);
    auto letter = letter_of(c.value);
    if (!letter) {
      first = !(c.value == '\'');
      append_utf8(out, c.value);
    } else {
      if (!letter->upper) ++small;
      letter->upper = first;
      append_utf8(out, code_point_of(*letter));
      first = false;
    }
    i += c.size;
  }
  return small == 0 && name.size() > 4 ? out : std::string(name);
}

void resolve_places_and_bodies(AnnotatedDocument& document, DocumentMentions& mentions,
                               const Lexicon::Tables& tables) {
  Resolver(document, mentions, tables).run();
}

void resolve_people(AnnotatedDocument& document, DocumentMentions& mentions) {
  PeopleResolver(document, mentions).run();
}

}  // namespace ketnghia::importers
