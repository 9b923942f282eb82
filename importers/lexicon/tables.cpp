#include "importers/lexicon/tables.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "engine/text/words.hpp"
#include "importers/import_error.hpp"
#include "lexicon_tables.hpp"

namespace ketnghia::importers {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ImportError(path.string(), "", "cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

// "Perth (Úc)" tells two rows apart; the name is "Perth".
std::string_view without_parenthesis(std::string_view name) {
  const std::size_t at = name.find(" (");
  return name.substr(0, at);
}

std::string_view kind_of(std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kKinds{{
      {"capital", "Municipality"},
      {"municipality", "Municipality"},
      {"city", "Municipality"},
      {"county_city", "Municipality"},
      {"special_region", "Municipality"},
      {"new_area", "District"},
      {"province", "Province"},
      {"autonomous_region", "Province"},
      {"state", "Province"},
      {"region", "Province"},
      {"prefecture", "Province"},
      {"district", "District"},
      {"county", "District"},
      {"none", ""},
  }};
  for (const auto& [from, to] : kKinds) {
    if (from == kind) return to;
  }
  return {};
}

// A single syllable that Vietnamese could have ("Vinh", "Kép") is likelier a word or a name.
bool looks_like_a_word(std::string_view name) {
  return name.find(' ') == std::string_view::npos && name.size() <= 5 && name != "Huế" &&
         is_vietnamese_syllable(name);
}

template <typename Enum, std::size_t N>
std::optional<Enum> enum_of(const std::array<std::pair<std::string_view, Enum>, N>& names,
                            std::string_view name) {
  for (const auto& [text, value] : names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, Generic>, 6> kGenerics{{
    {"capital", Generic::Capital},
    {"city", Generic::City},
    {"province", Generic::Province},
    {"district", Generic::District},
    {"ward", Generic::Ward},
    {"country", Generic::Country},
}};

constexpr std::array<std::pair<std::string_view, Form>, 11> kForms{{
    {"name", Form::Name},
    {"national", Form::National},
    {"country", Form::Country},
    {"home", Form::Home},
    {"local", Form::Local},
    {"parent", Form::Parent},
    {"mission", Form::Mission},
    {"stem", Form::Stem},
    {"own_stem", Form::Stem},
    {"formal", Form::Local},
    {"standing", Form::Standing},
}};

constexpr std::array<std::pair<std::string_view, TitleClass>, 8> kTitleClasses{{
    {"post", TitleClass::Post},
    {"role", TitleClass::Role},
    {"membership", TitleClass::Membership},
    {"rank", TitleClass::Rank},
    {"past", TitleClass::Past},
    {"acting", TitleClass::Acting},
    {"honorific", TitleClass::Honorific},
    {"degree", TitleClass::Degree},
}};

constexpr std::array<std::pair<std::string_view, TitleBody>, 8> kTitleBodies{{
    {"agency", TitleBody::Agency},
    {"unit", TitleBody::Unit},
    {"place", TitleBody::Place},
    {"country", TitleBody::Country},
    {"ministry", TitleBody::Ministry},
    {"mission", TitleBody::Mission},
    {"police", TitleBody::Police},
    {"board", TitleBody::Board},
}};

constexpr std::array<std::pair<std::string_view, Context>, 10> kContexts{{
    {"street", Context::Street},
    {"venue", Context::Venue},
    {"address", Context::Address},
    {"delegation", Context::Delegation},
    {"speaker", Context::Speaker},
    {"side", Context::Side},
    {"stop", Context::Stop},
    {"not_person", Context::NotPerson},
    {"weak_follow", Context::WeakFollow},
    {"capacity", Context::Capacity},
}};

struct Embedded {
  std::string_view name;
  std::string_view tsv;
};

std::array<Embedded, 13> embedded_tables() {
  return {{
      {"agency_words", embedded::agency_words_tsv()},
      {"boilerplate", embedded::boilerplate_tsv()},
      {"cities", embedded::cities_tsv()},
      {"context_words", embedded::context_words_tsv()},
      {"countries", embedded::countries_tsv()},
      {"event_cues", embedded::event_cues_tsv()},
      {"fields", embedded::fields_tsv()},
      {"place_words", embedded::place_words_tsv()},
      {"organisations", embedded::organisations_tsv()},
      {"rule_confidence", embedded::rule_confidence_tsv()},
      {"surnames", embedded::surnames_tsv()},
      {"titles", embedded::titles_tsv()},
      {"vietnam", embedded::vietnam_tsv()},
  }};
}

}  // namespace

Table::Table(std::string path, std::string_view tsv) : path_(std::move(path)) {
  std::size_t number = 0;
  for (std::string_view line : split(tsv, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    std::vector<std::string> cells;
    for (const std::string_view cell : split(line, '\t')) cells.emplace_back(cell);
    if (columns_.empty()) {
      columns_ = std::move(cells);
      continue;
    }
    if (cells.size() != columns_.size()) {
      throw ImportError(path_, "line " + std::to_string(number),
                        std::to_string(cells.size()) + " cells where the table has " +
                            std::to_string(columns_.size()) + " columns");
    }
    rows_.push_back(std::move(cells));
  }
  if (columns_.empty()) throw ImportError(path_, "line 1", "no line of column names");
}

void Table::overlay(const Table& overlay) {
  for (const auto& row : overlay.rows_) {
    std::erase_if(rows_, [&](const auto& ours) { return ours.front() == row.front(); });
  }
  for (std::size_t i = 0; i < overlay.rows_.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::string& column : columns_) cells.emplace_back(overlay.cell(i, column));
    rows_.push_back(std::move(cells));
  }
}

std::string_view Table::cell(std::size_t row, std::string_view column) const {
  const auto it = std::find(columns_.begin(), columns_.end(), column);
  if (it == columns_.end()) return {};
  return rows_[row][static_cast<std::size_t>(it - columns_.begin())];
}

std::vector<std::string_view> Table::list(std::size_t row, std::string_view column) const {
  std::vector<std::string_view> values = split(cell(row, column), ';');
  std::erase(values, std::string_view{});
  return values;
}

Lexicon::Tables::Tables(const std::optional<std::filesystem::path>& folder) {
  for (const Embedded& table : embedded_tables()) {
    const std::string file = std::string(table.name) + ".tsv";
    Table ours(file, table.tsv);
    if (folder && std::filesystem::exists(*folder / file)) {
      const std::filesystem::path path = *folder / file;
      ours.overlay(Table(path.string(), read_file(path)));
    }
    tables_.emplace(table.name, std::move(ours));
  }
  read_places();
  mark_shared_names();
  read_bodies();
  read_titles();
  read_people();
  mark_beginnings();
}

const Table& Lexicon::Tables::table(std::string_view name) const {
  const auto it = tables_.find(name);
  if (it == tables_.end()) throw std::out_of_range("no table " + std::string(name));
  return it->second;
}

int Lexicon::Tables::country(std::string_view code) const {
  const auto it = countries_.find(code);
  return it == countries_.end() ? -1 : it->second;
}

void Lexicon::Tables::add_place_name(std::string_view name, PlaceForm form) {
  place_names.add(intern_words(name, words), form.value());
  // "Thừa Thiên - Huế" is also written without its hyphen.
  if (const std::size_t at = name.find(" - "); at != std::string_view::npos) {
    const std::string plain = std::string(name.substr(0, at)) + std::string(name.substr(at + 2));
    place_names.add(intern_words(plain, words), form.value());
  }
}

void Lexicon::Tables::read_places() {
  const Table& countries = table("countries");
  for (std::size_t row = 0; row < countries.size(); ++row) {
    Place place;
    place.name = countries.cell(row, "name_vi");
    place.kind = "Country";
    place.country = countries.cell(row, "iso");
    const int index = static_cast<int>(places.size());
    countries_.emplace(place.country, index);
    const auto weak = countries.list(row, "weak");
    const auto add = [&](std::string_view name) {
      add_place_name(name, {index, std::find(weak.begin(), weak.end(), name) != weak.end()});
    };
    add(place.name);
    add(countries.cell(row, "name_en"));
    for (const std::string_view name : countries.list(row, "aliases")) {
      if (name.find('(') == std::string_view::npos) add(name);
    }
    for (const std::string_view name : weak) add(name);
    places.push_back(std::move(place));
  }

  // By country and name, so that parents can be found; the first of a name wins.
  std::map<std::pair<std::string, std::string>, int> by_name;
  struct Child {
    int place;
    std::string parent;
  };
  std::vector<Child> children;
  const auto enter = [&](Place place, std::string_view parent) {
    const int index = static_cast<int>(places.size());
    by_name.emplace(std::pair{place.country, place.name}, index);
    children.push_back({index, std::string(parent)});
    places.push_back(std::move(place));
    return index;
  };

  const Table& vietnam = table("vietnam");
  std::map<std::string, int> units;  // rows of one unit differ in their validity
  for (std::size_t row = 0; row < vietnam.size(); ++row) {
    const std::string name(vietnam.cell(row, "name"));
    const std::string_view label = vietnam.cell(row, "label");
    const std::string_view parent = vietnam.cell(row, "parent");
    const std::string key = name + '\t' + std::string(label) + '\t' + std::string(parent);
    if (units.contains(key)) continue;
    Place place;
    place.name = name;
    place.kind = label;
    place.country = "VN";
    const std::string_view type = vietnam.cell(row, "type_vi");
    place.generic = type == "thành phố trực thuộc trung ương" ? "thành phố" : std::string(type);
    const bool district = label == "District";
    const int index = enter(std::move(place), parent);
    units.emplace(key, index);
    const bool weak = district || looks_like_a_word(name);
    add_place_name(name, {index, weak});
    for (const std::string_view alias : vietnam.list(row, "aliases")) {
      // A name that stands without its generic word may be that of a person.
      const bool part = name.size() > alias.size() && name.ends_with(alias);
      add_place_name(alias, {index, weak || part});
    }
  }

  const Table& cities = table("cities");
  for (std::size_t row = 0; row < cities.size(); ++row) {
    const std::string_view kind = cities.cell(row, "kind");
    Place place;
    place.name = without_parenthesis(cities.cell(row, "name_vi"));
    place.kind = kind_of(kind);
    place.country = cities.cell(row, "country");
    place.nowhere = kind == "none";
    if (kind == "district") place.generic = "quận";
    if (kind == "county") place.generic = "huyện";
    const std::string name = place.name;
    const bool district = place.kind == "District";
    const int index = enter(std::move(place), without_parenthesis(cities.cell(row, "parent")));
    const auto add = [&](std::string_view alias) {
      add_place_name(alias, {index, district || looks_like_a_word(alias)});
    };
    add(name);
    for (const std::string_view alias : cities.list(row, "aliases")) {
      // What stands in brackets is recognised as a place of its own.
      if (alias.find('(') == std::string_view::npos) add(alias);
    }
    if (const std::string_view english = cities.cell(row, "name_en"); !english.empty())
      add(english);
  }

  for (const auto& [child, parent] : children) {
    Place& place = places[static_cast<std::size_t>(child)];
    const auto it = by_name.find({place.country, parent});
    place.parent = it != by_name.end() && it->second != child ? it->second : country(place.country);
  }

  const Table& words_before = table("place_words");
  for (std::size_t row = 0; row < words_before.size(); ++row) {
    const auto kind = enum_of(kGenerics, words_before.cell(row, "kind"));
    if (!kind) continue;
    const int index = static_cast<int>(generic_words.size());
    generic_words.push_back({std::string(words_before.cell(row, "word")), *kind});
    generics.add(intern_words(generic_words.back().word, words), index);
    for (const std::string_view variant : words_before.list(row, "variants")) {
      generics.add(intern_words(variant, words), index);
    }
  }
}

void Lexicon::Tables::mark_shared_names() {
  std::map<std::string_view, std::vector<const Place*>> by_name;
  for (const Place& place : places) {
    if (place.country == "VN" && place.kind != "District") by_name[place.name].push_back(&place);
  }
  for (Place& place : places) {
    if (place.country != "VN") continue;
    const auto named = by_name.find(place.name);
    place.name_shared =
        named != by_name.end() &&
        std::any_of(named->second.begin(), named->second.end(), [&](const Place* other) {
          return other != &place && other->kind != place.kind;
        });
  }
}

void Lexicon::Tables::read_bodies() {
  const Table& bodies = table("organisations");
  for (std::size_t row = 0; row < bodies.size(); ++row) {
    BodyType type;
    type.name = bodies.cell(row, "name");
    type.kind = bodies.cell(row, "kind");
    type.country = bodies.cell(row, "country");
    type.form = enum_of(kForms, bodies.cell(row, "form")).value_or(Form::Stem);
    type.formal = bodies.cell(row, "form") == "formal";
    type.own = bodies.cell(row, "form") == "own_stem";
    type.proper = type.form == Form::Stem && type.kind != "government" && type.kind != "party" &&
                  type.kind != "legislature";
    const std::vector<WordId> name = intern_words(type.name, words);
    type.head = name.empty() ? kNoWord : name.front();
    const int index = static_cast<int>(body_types.size());
    body_names.add(name, index);
    for (const std::string_view variant : bodies.list(row, "variants")) {
      body_names.add(intern_words(variant, words), index);
    }
    // "Sở Kế hoạch - Đầu tư", "Sở Giáo dục & Đào tạo".
    if (const std::size_t at = type.name.rfind(" và "); at != std::string::npos) {
      for (const char* joint : {" - ", " & "}) {
        std::string other = type.name;
        other.replace(at, std::string_view(" và ").size(), joint);
        body_names.add(intern_words(other, words), index);
      }
    }
    body_types.push_back(std::move(type));
  }
  const Table& parts = table("agency_words");
  for (std::size_t row = 0; row < parts.size(); ++row) {
    const int index = static_cast<int>(body_words.size());
    body_words.push_back(
        {std::string(parts.cell(row, "words")), std::string(parts.cell(row, "kind"))});
    body_word_names.add(intern_words(body_words.back().words, words), index);
    for (const std::string_view variant : parts.list(row, "abbreviations")) {
      body_word_names.add(intern_words(variant, words), index);
    }
  }
}

void Lexicon::Tables::read_titles() {
  const Table& rows = table("titles");
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Title title;
    title.name = rows.cell(row, "title");
    title.rank = enum_of(kTitleClasses, rows.cell(row, "class")).value_or(TitleClass::Post);
    title.body = enum_of(kTitleBodies, rows.cell(row, "body")).value_or(TitleBody::Agency);
    const int index = static_cast<int>(titles.size());
    title_names.add(intern_words(title.name, words), index);
    for (const std::string_view variant : rows.list(row, "variants")) {
      title_names.add(intern_words(variant, words), index);
    }
    titles.push_back(std::move(title));
  }
}

void Lexicon::Tables::read_people() {
  const Table& surnames = table("surnames");
  for (std::size_t row = 0; row < surnames.size(); ++row) {
    const std::vector<WordId> name = intern_words(surnames.cell(row, "surname"), words);
    if (name.size() > 1) {
      compound_surnames.add(name, static_cast<int>(row));
      continue;
    }
    if (name.empty()) continue;
    unsigned bits = 0;
    for (const std::string_view language : surnames.list(row, "languages")) {
      bits |= language == "vi" ? 1U : language == "zh" ? 2U : 4U;
    }
    if (surname_bits.size() <= name.front()) surname_bits.resize(name.front() + 1, 0);
    surname_bits[name.front()] = static_cast<std::uint8_t>(bits);
  }
  const Table& contexts_of = table("context_words");
  for (std::size_t row = 0; row < contexts_of.size(); ++row) {
    const auto context = enum_of(kContexts, contexts_of.cell(row, "class"));
    if (!context) continue;
    const std::vector<WordId> name = intern_words(contexts_of.cell(row, "words"), words);
    if (name.size() > 1) {
      contexts.add(name, static_cast<int>(*context));
      continue;
    }
    if (name.empty()) continue;
    if (context_bits_.size() <= name.front()) context_bits_.resize(name.front() + 1, 0);
    context_bits_[name.front()] =
        static_cast<std::uint16_t>(context_bits_[name.front()] | static_cast<unsigned>(*context));
  }
}

void Lexicon::Tables::mark_beginnings() {
  delegation_word_ = words.intern("đoàn");
  begins_.resize(words.size());
  for (WordId word = 1; word < words.size(); ++word) {
    begins_[word] = word == delegation_word_ || place_names.begins(word) || generics.begins(word) ||
                    body_names.begins(word) || title_names.begins(word) || contexts.begins(word) ||
                    has_context(word, Context::Side) || has_context(word, Context::Speaker);
  }
}

}  // namespace ketnghia::importers
