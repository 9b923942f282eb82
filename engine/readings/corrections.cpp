#include "engine/readings/corrections.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "engine/error.hpp"
#include "engine/text/utf8.hpp"

namespace ketnghia {
namespace {

constexpr std::string_view kHeading =
    "# ketnghia corrections 1\n# date\twho\tverb\twhat\twith\tnote\n";
constexpr std::size_t kCells = 6;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \r") - first + 1);
}

// The parts between bars that no backslash stands before, read out.
std::vector<std::string> parts_of(std::string_view cell) {
  std::vector<std::string> raw(1);
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (cell[at] == '|') {
      raw.emplace_back();
    } else {
      raw.back() += cell[at];
      if (cell[at] == '\\' && at + 1 < cell.size()) raw.back() += cell[++at];
    }
  }
  for (std::string& part : raw) {
    const std::string_view text = trimmed(part);
    std::string read;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] != '\\' || at + 1 == text.size()) {
        read += text[at];
        continue;
      }
      const char next = text[++at];
      read += next == 't' ? '\t' : next == 'n' ? '\n' : next;
    }
    part = std::move(read);
  }
  return raw;
}

constexpr std::array<std::string_view, 26> kKeys{
    "document",  "quote",       "place",     "country", "kind",   "when",  "title",
    "status",    "name",        "role",      "count",   "period", "host",  "guest",
    "leader",    "participant", "signatory", "witness", "party",  "giver", "recipient",
    "organiser", "source",      "field",     "url",     "label"};

constexpr std::array<std::string_view, 3> kEntities{"Person", "Agency", "City"};
constexpr std::array<std::string_view, 2> kHappenings{"Event", "Agreement"};
constexpr std::array<std::string_view, 7> kEdges{"HOLDS",   "TOOK_PART", "PARTY_TO",  "HELD_IN",
                                                 "PART_OF", "ABOUT",     "BELONGS_TO"};

template <typename List>
bool among(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// A part `key=value` of a known key; any other is a name.
Selector selector_of(std::string_view cell, bool kind_first) {
  Selector selector;
  bool first = kind_first;
  for (std::string& part : parts_of(cell)) {
    if (first) {
      selector.kind = std::move(part);
      first = false;
      continue;
    }
    const std::size_t sign = part.find('=');
    if (sign != part.npos && among(kKeys, std::string_view(part).substr(0, sign))) {
      selector.where[part.substr(0, sign)] = part.substr(sign + 1);
    } else if (!part.empty()) {
      selector.names.push_back(std::move(part));
    }
  }
  return selector;
}

bool is_date(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (text.size() != 10 && text.size() != kShape.size()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool digit = text[at] >= '0' && text[at] <= '9';
    if (kShape[at] == '0' ? !digit : text[at] != kShape[at]) return false;
  }
  return true;
}

// What is not as it must be; empty where nothing is.
std::string fault_of(const Selector& selector, bool added) {
  if (among(kEntities, selector.kind)) {
    return selector.names.size() == 1 ? "" : selector.kind + " wants one name";
  }
  if (among(kHappenings, selector.kind)) {
    if (selector.names.size() > 1) return selector.kind + " wants one kind, such as visit";
    if (selector.names.empty() && added) return selector.kind + " wants its kind, such as visit";
    if (!added && selector["document"].empty()) {
      return "an " + selector.kind + " is told by its document: add document=NAME and quote=TEXT";
    }
    return "";
  }
  if (among(kEdges, selector.kind)) {
    if (selector.names.size() != 2) return selector.kind + " wants two ends";
    const bool of_event = selector.kind == "TOOK_PART" || selector.kind == "PARTY_TO" ||
                          selector.kind == "HELD_IN" || selector.kind == "ABOUT";
    if (of_event && selector["document"].empty()) {
      return selector.kind + " is told by its document: add document=NAME and quote=TEXT";
    }
    return "";
  }
  if (selector.kind == "COOPERATED_WITH" || selector.kind == "SIGNED_AT" ||
      selector.kind == "MENTIONED_IN") {
    return selector.kind + " follows from other facts: correct those";
  }
  return "\"" + selector.kind +
         "\" is no label and no type; it begins with Person, Agency, City, Event, Agreement, "
         "HOLDS, TOOK_PART, PARTY_TO, HELD_IN, ABOUT, PART_OF or BELONGS_TO";
}

std::string fault_of(const Decision& decision) {
  for (const std::string* cell : {&decision.date, &decision.who, &decision.verb, &decision.subject,
                                  &decision.object, &decision.note}) {
    if (!is_valid_utf8(*cell)) return "it is not in UTF-8";
    if (cell->find_first_of("\t\n") != cell->npos)
      return "a tab or line break is written \\t or \\n";
  }
  if (!is_date(decision.date)) return "its date is not like 2026-11-21 or 2026-11-21T14:03:22";
  if (decision.who.empty()) return "it does not say who decided it";
  const bool two = decision.verb == "same" || decision.verb == "different";
  if (decision.verb == "undo") {
    return decision.subject.size() == 8 ? ""
                                        : "undo wants the eight digits that `correct list` shows";
  }
  if (!two && decision.verb != "rename" && decision.verb != "wrong" && decision.verb != "add") {
    return "\"" + decision.verb +
           "\" is no verb; known are same, different, rename, wrong, add and undo";
  }
  const Selector subject = decision.selects();
  if (std::string fault = fault_of(subject, decision.verb == "add"); !fault.empty()) return fault;
  const bool entity = among(kEntities, subject.kind), happening = among(kHappenings, subject.kind);
  if (two) {
    const Selector object = decision.other();
    if (std::string fault = fault_of(object, false); !fault.empty()) return fault;
    if (subject.kind != object.kind || !(entity || happening)) {
      return "same and different want two of one label: Person, Agency, City, Event or Agreement";
    }
    if (decision.subject == decision.object)
      return "both sides are one; tell them apart by place= or document=";
  }
  if (decision.verb == "rename") {
    if (!entity && !happening) return "rename wants a Person, Agency, City, Event or Agreement";
    if (trimmed(decision.object).empty()) return "rename wants the new name after the thing";
  }
  if (decision.verb == "wrong" && subject.kind == "City" && subject["document"].empty() &&
      decision.object.empty()) {
    return "a City is taken out of one document: add document=NAME";
  }
  if (decision.verb == "wrong" && entity && !decision.object.empty()) {
    return "of a thing nothing but its name can be put right, with rename";
  }
  if (decision.verb == "add") {
    const Selector source = decision.values();
    const bool document = !source["document"].empty() && !source["quote"].empty();
    const bool outside = !source["source"].empty() && !source["quote"].empty();
    if (!document && !outside) {
      return "add wants where it stands: document=NAME | quote=TEXT, or source=WHERE | quote=TEXT";
    }
  }
  return "";
}

bool before(const Decision& a, const Decision& b) {
  return std::pair(a.date, a.line()) < std::pair(b.date, b.line());
}

}  // namespace

const std::string& Selector::operator[](std::string_view key) const {
  static const std::string kNone;
  const auto found = where.find(key);
  return found == where.end() ? kNone : found->second;
}

Selector Decision::selects() const { return selector_of(subject, true); }
Selector Decision::other() const { return selector_of(object, true); }
Selector Decision::values() const { return selector_of(object, false); }

std::string Decision::line() const {
  std::string text = date + '\t' + who + '\t' + verb + '\t' + subject;
  if (!object.empty() || !note.empty()) text += '\t' + object;
  if (!note.empty()) text += '\t' + note;
  return text;
}

std::string Decision::id() const {
  std::uint32_t hash = 2166136261U;
  for (const char c : line()) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  char text[9];
  std::snprintf(text, sizeof text, "%08x", hash);
  return text;
}

Corrections Corrections::parse(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Corrections all;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trimmed(line).empty() || line.starts_with('#')) continue;
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    const std::string place = std::string(file) + ", line " + std::to_string(number) + ": ";
    if (cells.size() < 4 || cells.size() > kCells) {
      throw Error(place + "it has " + std::to_string(cells.size()) +
                  " cells; date, who, verb and what are needed, with and note may follow, with "
                  "tabs between");
    }
    cells.resize(kCells);
    for (std::string& cell : cells) cell = std::string(trimmed(cell));
    Decision decision{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]};
    if (const std::string fault = fault_of(decision); !fault.empty()) throw Error(place + fault);
    all.add(std::move(decision));
  }
  return all;
}

std::string_view Corrections::heading() { return kHeading; }

std::string Corrections::text() const {
  if (all_.empty()) return {};
  std::string text(kHeading);
  for (const Decision& decision : all_) text += decision.line() + '\n';
  return text;
}

bool Corrections::add(Decision decision) {
  if (const std::string fault = fault_of(decision); !fault.empty()) {
    throw Error("\"" + decision.line() + "\": " + fault);
  }
  const auto at = std::lower_bound(all_.begin(), all_.end(), decision, before);
  if (at != all_.end() && *at == decision) return false;
  all_.insert(at, std::move(decision));
  return true;
}

bool Corrections::erase(const std::string& id) {
  return std::erase_if(all_, [&](const Decision& decision) { return decision.id() == id; }) > 0;
}

// An undoing that is itself undone does not count. A decision holds its target's hash, so no two
// can undo each other.
std::set<std::string> Corrections::undone() const {
  std::map<std::string, std::vector<std::string>> undoing;  // of a decision, by its id
  for (const Decision& decision : all_) {
    if (decision.verb == "undo") undoing[decision.subject].push_back(decision.id());
  }
  std::map<std::string, bool> known;
  const auto is_undone = [&](const auto& self, const std::string& id) -> bool {
    const auto by = undoing.find(id);
    if (by == undoing.end()) return false;
    const auto [at, fresh] = known.try_emplace(id, false);
    if (fresh) {
      at->second = std::any_of(by->second.begin(), by->second.end(),
                               [&](const std::string& undo) { return !self(self, undo); });
    }
    return at->second;
  };
  std::set<std::string> undone;
  for (const auto& [id, by] : undoing) {
    if (is_undone(is_undone, id)) undone.insert(id);
  }
  return undone;
}

std::vector<const Decision*> Corrections::active() const {
  const std::set<std::string> gone = undone();
  std::vector<const Decision*> active;
  for (const Decision& decision : all_) {
    if (decision.verb != "undo" && !gone.contains(decision.id())) active.push_back(&decision);
  }
  return active;
}

bool Corrections::is_active(const Decision& decision) const {
  return !undone().contains(decision.id());
}

std::string escaped_part(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\t':
        escaped += "\\t";
        break;
      case '\n':
        escaped += "\\n";
        break;
      case '\r':
        escaped += ' ';
        break;
      case '|':
      case '\\':
        escaped += '\\';
        [[fallthrough]];
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string to_text(const Selector& selector) {
  std::string text = selector.kind;
  for (const std::string& name : selector.names) text += " | " + escaped_part(name);
  for (const auto& [key, value] : selector.where) {
    if (!value.empty()) text += " | " + key + '=' + escaped_part(value);
  }
  return text;
}

}  // namespace ketnghia
