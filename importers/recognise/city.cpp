#include "importers/recognise/city.hpp"

#include <algorithm>

#include "engine/text/words.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kLongestUnknownName = 4;  // syllables: "Preah Sihanouk Ville Krong"

Generic kind_of(const Line& line, int generic) {
  return generic < 0 ? Generic::None
                     : line.tables.generic_words[static_cast<std::size_t>(generic)].kind;
}

// Whether the number at `at` counts what follows: "quận 3 đoàn", not "Quận 3".
bool counts(const Line& line, std::size_t at) {
  if (line.capital_at(at - 1) || at + 1 >= line.tokens.size()) return false;
  const Token& next = line.tokens[at + 1];
  return next.shape == Shape::Lower && !next.barrier &&
         !line.tables.has_context(next.word, Context::Stop);
}

// Whether a name's first and last syllable are in capitals: "Cộng hòa Pháp" has one between that
// is not. After a generic word any capital will do ("quận triều Dương").
bool capitals(const Line& line, std::size_t first, std::size_t last, bool one_is_enough) {
  if (!one_is_enough) {
    const bool hyphenated = last >= first + 3 && line.inner_hyphen(last - 2);
    return line.capital_at(first) && (hyphenated || line.capital_at(last - 1));
  }
  for (std::size_t i = first; i < last; ++i) {
    if (line.capital_at(i)) return true;
  }
  return false;
}

// A single letter before a full stop is a generic word only where a name or a number follows.
bool is_generic(const Line& line, std::size_t at, std::size_t end) {
  const Token& token = line.tokens[at];
  if (end != at + 1 || token.span.size() > 1) return true;
  return token.dotted && (line.capital_at(end) ||
                          (end < line.tokens.size() && line.tokens[end].shape == Shape::Number));
}

struct Names {
  std::vector<int> places;
  bool weak = true;
  bool nowhere = false;
  std::size_t end = 0;
};

Names names_at(const Line& line, std::size_t at) {
  Names names;
  const TrieMatch match = longest_match(line.tables.place_names, line.tokens, at);
  if (!match) return names;
  names.end = match.end;
  for (const int value : match.values) {
    const PlaceForm form = PlaceForm::of(value);
    const Place& place = line.tables.places[static_cast<std::size_t>(form.place)];
    if (place.nowhere) {
      names.nowhere = true;
      continue;
    }
    names.weak = names.weak && form.weak;
    names.places.push_back(form.place);
  }
  return names;
}

bool has_kind(const Line& line, const std::vector<int>& places, std::string_view kind) {
  return std::any_of(places.begin(), places.end(), [&](int place) {
    return line.tables.places[static_cast<std::size_t>(place)].kind == kind;
  });
}

bool has_kind_of(const Line& line, const std::vector<int>& places, Generic generic) {
  switch (generic) {
    case Generic::City:
    case Generic::Capital:
      return has_kind(line, places, "Municipality");
    case Generic::Province:
      return has_kind(line, places, "Province");
    case Generic::District:
      return has_kind(line, places, "District");
    default:
      return true;
  }
}

bool joins(const Line& line, std::size_t at) {
  if (at >= line.tokens.size()) return false;
  const char mark = line.tokens[at].mark;
  return mark == ',' || mark == '-' || (mark == 0 && line.of(line.tokens[at]) == "và");
}

// Whether a strong name of a place stands after the comma, dash or "và" at `at`, or before it.
bool place_after(const Line& line, std::size_t at) {
  if (!joins(line, at) || !line.capital_at(at + 1)) return false;
  const Names names = names_at(line, at + 1);
  return !names.places.empty() && !names.weak;
}

bool place_before(const Line& line, std::size_t at) {
  if (at < 2 || !joins(line, at - 1)) return false;
  for (std::size_t first = at >= 5 ? at - 5 : 0; first + 1 < at; ++first) {
    if (!line.capital_at(first)) continue;
    const Names names = names_at(line, first);
    if (names.end + 1 == at && !names.places.empty() && !names.weak) return true;
  }
  return false;
}

// A weak country ("Anh", "Pháp") inside a sentence, in a capital and with nothing around it that
// would make it part of another name or word.
bool stands_as_country(const Line& line, std::size_t at, std::size_t end) {
  if (line.shouting) return false;
  if (end < line.tokens.size()) {
    const Token& next = line.tokens[end];
    if (next.capital() && !next.barrier) return false;
    if (next.shape == Shape::Lower && line.tables.has_context(next.word, Context::WeakFollow)) {
      return false;
    }
    if (line.inner_hyphen(end)) return false;
  }
  const bool ends = end >= line.tokens.size() || line.mark_at(end, '.');
  const bool first = at == 0 || line.tokens[at].barrier;
  if (first) return joins(line, end) || ends;
  const Token& before = line.tokens[at - 1];
  // "2. Lào.", "Với Nga, Đức"
  if (before.mark == '.' && at >= 2 && line.tokens[at - 2].shape == Shape::Number) return ends;
  if (before.capital() && line.tables.has_context(before.word, Context::Stop)) return true;
  if (before.capital() || before.mark == '"' || before.mark == '.') return false;
  if (before.mark == '-') return place_before(line, at);
  return true;
}

// A name that follows a generic word and that the gazetteer does not have: foreign, or of two
// syllables and more; never one that reads as a person ("UBND thành phố Hồ Viết Lãm").
std::size_t unknown_name_end(const Line& line, std::size_t at) {
  if (line.shouting || !line.capital_at(at)) return at;
  // "UBND tỉnh H'Lan Niê Kdăm": the Ede and their neighbours begin women's names so.
  if (line.of(line.tokens[at]).substr(1, 1) == "'") return at;
  const std::size_t end = std::min(capitals_end(line, at), at + kLongestUnknownName);
  const bool vietnamese = is_vietnamese(line, at);
  if (vietnamese) {
    if (end - at < 2 || end - at > 3) return at;
    // A Vietnamese person has three syllables or more: "thành phố Long Khánh" is a place.
    if (end - at > 2 && line.tables.is_surname(line.tokens[at].word)) return at;
  }
  if (longest_match(line.tables.body_names, line.tokens, at)) return at;
  // "quận Bang Rak": a capital makes a name of what is a generic word in small letters.
  const TrieMatch generic = longest_match(line.tables.generics, line.tokens, at);
  const bool name = generic.end == at + 1 && line.tokens[at].shape == Shape::Capital;
  if (generic && !name) return at;
  if (const TrieMatch title = longest_match(line.tables.title_names, line.tokens, at)) {
    if (title.end > at + 1) return at;
  }
  if (!vietnamese) {  // "huyện Sikhottabong Khamphay": a place's name is short
    std::size_t stop = at + 1;
    // "xã Ea Tu", "huyện Cư M'gar": the highlands' names begin with a word for water or hill.
    constexpr std::size_t kShortWord = 3;
    if (stop < end && line.tokens[at].span.size() <= kShortWord) ++stop;
    while (stop < end && !is_vietnamese(line, stop) && stop < at + 3) ++stop;
    while (stop < line.tokens.size() && line.inner_hyphen(stop)) stop += 2;
    return stop;
  }
  return end;
}

// "phường Móng Cái 1": a ward may be one of several of a name; it is then no place of the gazetteer.
bool take_number(const Line& line, PlaceFound& found) {
  if (kind_of(line, found.generic) != Generic::Ward || found.end >= line.tokens.size()) return false;
  const Token& number = line.tokens[found.end];
  if (number.shape != Shape::Number || number.barrier || number.span.size() > 2) return false;
  if (line.mark_at(found.end + 1, '/') || line.mark_at(found.end + 1, '-')) return false;
  ++found.end;
  found.places.clear();
  return true;
}

}  // namespace

std::optional<PlaceFound> country_at(const Line& line, std::size_t at) {
  Names names = names_at(line, at);
  std::erase_if(names.places, [&](int place) {
    return line.tables.places[static_cast<std::size_t>(place)].kind != "Country";
  });
  if (names.places.empty()) return std::nullopt;
  PlaceFound found;
  found.first = found.name_first = at;
  found.end = names.end;
  found.places = std::move(names.places);
  return found;
}

bool is_vietnamese(const Line& line, std::size_t at) {
  return is_vietnamese_syllable(line.of(line.tokens[at]));
}

std::size_t capitals_end(const Line& line, std::size_t at) {
  std::size_t end = at;
  while (end < line.tokens.size() && (end == at || !line.tokens[end].barrier)) {
    if (line.capital_at(end)) {
      ++end;
    } else if (end > at && line.inner_hyphen(end) && line.tokens[end + 1].is_word()) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

bool is_like_person(const Line& line, std::size_t at) {
  if (!line.capital_at(at)) return false;
  const WordId word = line.tokens[at].word;
  if (line.tables.has_context(word, Context::NotPerson)) return false;
  const bool compound =
      static_cast<bool>(longest_match(line.tables.compound_surnames, line.tokens, at));
  if (!line.tables.is_surname(word) && !compound) return false;
  const std::size_t end = capitals_end(line, at);
  if (end - at < 2 || end - at > 6) return false;
  // "Hà Nội Vũ Đăng Khải": a place and then the person. "Hà Nam Ninh" has one syllable too few.
  const Names place = names_at(line, at);
  return place.end == 0 || (place.end < end && (place.weak || place.end + 1 == end));
}

std::optional<PlaceFound> place_at(const Line& line, std::size_t at) {
  if (!line.word_at(at)) return std::nullopt;
  PlaceFound found;
  found.first = found.name_first = at;

  Names names = names_at(line, at);
  const TrieMatch generic = longest_match(line.tables.generics, line.tokens, at);
  // "châu Âu": a name that hides a place may begin small.
  if (names.nowhere && names.places.empty() && generic && names.end > generic.end &&
      line.capital_at(names.end - 1)) {
    found.end = names.end;
    found.nowhere = true;
    return found;
  }
  const bool whole =
      names.end > generic.end && (line.shouting || capitals(line, at, names.end, false));
  if (generic && !whole && is_generic(line, at, generic.end)) {
    found.generic = generic.values.front();
    std::size_t next = generic.end;
    // "Khu tự trị dân tộc Choang Quảng Tây": the people's name stands between.
    if (line.of(line.tokens[next - 1]) == "tộc") {
      for (std::size_t skip = 0; skip < 3 && line.capital_at(next + skip); ++skip) {
        if (!names_at(line, next + skip).places.empty()) {
          next += skip;
          break;
        }
      }
    }
    const bool next_free = next < line.tokens.size() && !line.tokens[next].barrier;
    found.name_first = found.end = next;
    if (next_free && line.word_at(next)) {
      names = names_at(line, next);
      if (names.nowhere && names.places.empty()) {  // "vùng Đông Bắc"
        found.end = names.end;
        found.nowhere = true;
        return found;
      }
      // "UBND tỉnh Mai Sơn Hà": a person, for the place of that name is none of the kind.
      const bool person = !line.shouting && names.end > next && is_like_person(line, next) &&
                          capitals_end(line, next) > names.end &&
                          !has_kind_of(line, names.places, kind_of(line, found.generic));
      if (person) return found;
      if (!names.places.empty() && (line.shouting || capitals(line, next, names.end, true))) {
        found.places = names.places;
        found.end = names.end;
        if (take_number(line, found)) return found;
        // "5 tỉnh, thành phố Lào Cai - Hà Nội": the two words belong to the whole list.
        if (at >= 2 && joins(line, at - 1) &&
            longest_match(line.tables.generics, line.tokens, at - 2).end == at - 1) {
          found.generic = -1;
        }
        return found;
      }
      const std::size_t end = unknown_name_end(line, next);
      if (end > next) {
        found.end = end;
        take_number(line, found);
        return found;
      }
    }
    const Generic kind = kind_of(line, found.generic);
    if (next_free && line.tokens[next].shape == Shape::Number &&
        (kind == Generic::District || kind == Generic::Ward) &&
        line.tokens[next].span.size() <= 2 && !counts(line, next)) {
      found.name_first = at;
      found.end = next + 1;
      return found;
    }
    // "Liên bang Nga", "Nhà nước": a country's generic word says nothing alone.
    if (kind == Generic::Country) return std::nullopt;
    return found;
  }

  if (names.end == 0) return std::nullopt;
  if (!line.shouting && !capitals(line, at, names.end, false)) return std::nullopt;
  found.end = names.end;
  if (names.places.empty()) {
    found.nowhere = true;
    return found;
  }
  // "Paris-Est": a name goes on behind a hyphen, unless it joins two places.
  if (line.inner_hyphen(found.end) && names_at(line, found.end + 1).places.empty())
    return std::nullopt;
  found.places = std::move(names.places);
  if (!names.weak) return found;
  if (line.shouting && names.end == at + 1) return std::nullopt;
  if (has_kind(line, found.places, "Country")) {
    if (stands_as_country(line, at, found.end)) return found;
    return std::nullopt;
  }
  const bool neighbour = place_after(line, found.end) || place_before(line, at);
  if (has_kind(line, found.places, "District")) {
    found.tentative = true;
    return found;
  }
  if (found.end == at + 1) {  // "Vinh": also a name
    found.tentative = !neighbour && !(at > 0 && line.tokens[at - 1].shape == Shape::Lower);
    return found;
  }
  if (!neighbour) return std::nullopt;  // "Hồ Chí Minh": the man
  return found;
}

}  // namespace ketnghia::importers
