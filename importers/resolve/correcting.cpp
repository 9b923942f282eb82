#include "importers/resolve/correcting.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "engine/text/normalise.hpp"
#include "importers/resolve/identity.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::array<std::string_view, 11> kRoles{
    "host",    "guest",     "leader", "organiser", "participant", "signatory",
    "witness", "recipient", "giver",  "party",     "role"};
constexpr std::array<std::string_view, 3> kEntityLabels{"Person", "Agency", "City"};

bool is_entity(std::string_view kind) {
  return std::find(kEntityLabels.begin(), kEntityLabels.end(), kind) != kEntityLabels.end();
}

std::string key_of(std::string_view name) { return spelled(normalised_text(name)); }

// "Agency:Sở Y tế Hà Nội" gives its label, too.
struct Named {
  std::string label, name;
};
Named named(std::string_view written, std::string_view label) {
  const std::size_t colon = written.find(':');
  if (colon != written.npos && is_entity(written.substr(0, colon))) {
    return {std::string(written.substr(0, colon)), normalised_text(written.substr(colon + 1))};
  }
  return {std::string(label), normalised_text(written)};
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    std::string_view one = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty()) all.emplace_back(one);
  }
  return all;
}

bool of_event(std::string_view kind) {
  return kind == "TOOK_PART" || kind == "PARTY_TO" || kind == "HELD_IN" || kind == "ABOUT";
}

// The kind of the event that an edge is of, and its other end.
const std::string& event_kind(const Selector& edge) {
  return edge.names[edge.kind == "TOOK_PART" || edge.kind == "PARTY_TO" ? 1 : 0];
}
const std::string& far_end(const Selector& edge) {
  return edge.names[edge.kind == "TOOK_PART" || edge.kind == "PARTY_TO" ? 0 : 1];
}

// An edge's event as a selector of its own.
Selector event_of(const Selector& edge) {
  Selector event;
  event.kind = edge.kind == "PARTY_TO" || edge["label"] == "Agreement" ? "Agreement" : "Event";
  if (of_event(edge.kind)) event.names = {event_kind(edge)};
  event.where = edge.where;
  return event;
}

void name(Rule& rule, std::string_view written) {
  const Named one = named(written, "");
  rule.spelled.insert(spelled(one.name));
  rule.names.push_back(one.name);
}

void note_names(Rule& rule, const Selector& selector) {
  if (selector.names.empty()) return;
  if (is_entity(selector.kind)) name(rule, selector.names.front());
  if (selector.kind == "HOLDS" || selector.kind == "PART_OF" || selector.kind == "BELONGS_TO") {
    for (const std::string& end : selector.names) name(rule, end);
  }
  if (of_event(selector.kind) && selector.kind != "ABOUT") name(rule, far_end(selector));
  if (rule.decision.verb != "add") return;
  for (const std::string_view role : kRoles) {
    if (role == "role") continue;
    for (const std::string& who : listed(selector[role])) name(rule, who);
  }
  if (!selector["place"].empty()) name(rule, selector["place"]);
}

const ReadEntity& entity_at(const Reading& reading, int index) {
  return reading.entities[static_cast<std::size_t>(index)];
}

bool named_so(const ReadEntity& entity, std::string_view key) {
  return !entity.identity.empty() && spelled(entity.name) == key;
}

// Whether an entity is, or lies in, or belongs to a place of this name.
bool of_place(const Reading& reading, int index, std::string_view key) {
  for (int depth = 0; index >= 0 && depth < 8; ++depth) {
    const ReadEntity& entity = entity_at(reading, index);
    if (named_so(entity, key)) return true;
    index = entity.place;
  }
  return false;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

// Where a quotation stands in a text, whatever its spaces and line breaks.
std::optional<Span> find_quotation(std::string_view text, std::string_view quote) {
  const std::string wanted = without_spaces(quote);
  if (wanted.empty()) return std::nullopt;
  const std::size_t exact = text.find(quote);
  if (exact != text.npos) {
    return Span{static_cast<std::uint32_t>(exact),
                static_cast<std::uint32_t>(exact + quote.size())};
  }
  std::string bare;
  std::vector<std::uint32_t> at;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') continue;
    bare += c;
    at.push_back(static_cast<std::uint32_t>(i));
  }
  const std::size_t found = bare.find(wanted);
  if (found == bare.npos) return std::nullopt;
  return Span{at[found], at[found + wanted.size() - 1] + 1};
}

template <typename Happening>
bool selects_happening(const Selector& selector, std::string_view label, NodeId document,
                       const Reading& reading, const Happening& happening, const Quote& quote) {
  if (selector.kind != label || happening.kind.empty()) return false;
  if (selector["document"] != reading.document) return false;
  if (!selector.names.empty() && selector.names.front() != "*" &&
      selector.names.front() != happening.kind) {
    return false;
  }
  const std::string wanted = without_spaces(selector["quote"]);
  if (wanted.empty()) return true;
  return std::any_of(happening.quotations.begin(), happening.quotations.end(),
                     [&](const Quotation& one) {
                       const std::string told = without_spaces(quote(document, one.span));
                       return told.find(wanted) != told.npos || wanted.find(told) != wanted.npos;
                     });
}

// Takes a change to the lists of roles, places and fields of an event or agreement.
std::vector<ReadRole>& roles_of(ReadEvent& event) { return event.participants; }
std::vector<ReadRole>& roles_of(ReadAgreement& agreement) { return agreement.parties; }

template <typename Happening>
bool change_edge(const Rule& rule, const Reading& reading, Happening& happening) {
  const Selector& edge = rule.subject;
  const std::string key = key_of(named(far_end(edge), "").name);
  bool changed = false;
  if (edge.kind == "TOOK_PART" || edge.kind == "PARTY_TO") {
    auto& roles = roles_of(happening);
    for (auto role = roles.begin(); role != roles.end();) {
      const bool meant = named_so(entity_at(reading, role->entity), key) &&
                         (edge["role"].empty() || edge["role"] == role->role);
      changed |= meant;
      if (!meant) {
        ++role;
      } else if (rule.object["role"].empty()) {
        role = roles.erase(role);
      } else {
        role->role = rule.object["role"];
        if (role->quotations.empty()) role->quotations = happening.quotations;
        for (Quotation& quotation : role->quotations) quotation.rule = rule.mark;
        ++role;
      }
    }
  }
  if (edge.kind == "ABOUT") changed |= std::erase(happening.fields, far_end(edge)) > 0;
  if constexpr (std::is_same_v<Happening, ReadEvent>) {
    if (edge.kind == "HELD_IN" && happening.place >= 0 &&
        named_so(entity_at(reading, happening.place), key)) {
      happening.place = -1;
      changed = true;
    }
  }
  return changed;
}

int count_of(const std::string& text) {
  int count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::max(count, 1);
}

// What the values of a decision say of an event or agreement.
template <typename Happening>
void set_values(const Selector& values, Happening& happening) {
  for (const auto& [key, value] : values.where) {
    if (key == "when") happening.when = value;
    if (key == "status") happening.status = value;
    if (key == "kind") happening.kind = value;
    if (key == "name") happening.name = value;
    if constexpr (std::is_same_v<Happening, ReadAgreement>) {
      if (key == "period") happening.period = value;
      if (key == "count") happening.count = count_of(value);
    }
  }
}

class ReadingCorrector {
 public:
  ReadingCorrector(NodeId document, const Reading& reading, const Quote& quote,
                   Correcting::Marks& marks)
      : document_(document), original_(reading), reading_(reading), quote_(quote), marks_(marks) {}

  void apply(const Rule& rule) {
    const Selector& subject = rule.subject;
    if (!subject["document"].empty() && subject["document"] != original_.document) return;
    if (is_entity(subject.kind)) return drop_entities(rule);
    if (subject.kind == "Event") return change(rule, true, original_.events, reading_.events);
    if (subject.kind == "Agreement") {
      return change(rule, false, original_.agreements, reading_.agreements);
    }
    if (subject.kind == "HOLDS") return change_holds(rule);
    if (subject.kind == "PART_OF" || subject.kind == "BELONGS_TO") return part(rule);
    change_edges(rule, original_.events, reading_.events);
    change_edges(rule, original_.agreements, reading_.agreements);
  }

  std::optional<Reading> take() {
    if (!changed_) return std::nullopt;
    return std::move(reading_);
  }

 private:
  void drop_entities(const Rule& rule) {
    for (std::size_t i = 0; i < reading_.entities.size(); ++i) {
      if (reading_.entities[i].identity.empty() || !selects(rule.subject, original_, i)) continue;
      const int gone = static_cast<int>(i);
      reading_.entities[i].identity.clear();
      for (ReadEntity& other : reading_.entities) {
        if (other.place == gone) other.place = -1;
        if (other.parent == gone) other.parent = -1;
      }
      std::erase_if(reading_.holds,
                    [&](const ReadHold& hold) { return hold.person == gone || hold.body == gone; });
      const auto is_gone = [&](const ReadRole& role) { return role.entity == gone; };
      for (ReadEvent& event : reading_.events) {
        std::erase_if(event.participants, is_gone);
        if (event.place == gone) event.place = -1;
      }
      for (ReadAgreement& agreement : reading_.agreements)
        std::erase_if(agreement.parties, is_gone);
      changed_ = true;
    }
  }

  template <typename Happening>
  void change(const Rule& rule, bool event, const std::vector<Happening>& before,
              std::vector<Happening>& after) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (after[i].kind.empty() ||
          !selects(rule.subject, document_, original_, before[i], quote_)) {
        continue;
      }
      changed_ = true;
      if (rule.object.where.empty()) {
        after[i].kind.clear();
      } else {
        set_values(rule.object, after[i]);
        marks_[{event, i}] = rule.mark;
      }
    }
  }

  void change_holds(const Rule& rule) {
    const std::string person = key_of(named(rule.subject.names[0], "").name);
    const std::string body = key_of(named(rule.subject.names[1], "").name);
    for (auto hold = reading_.holds.begin(); hold != reading_.holds.end();) {
      const bool meant = named_so(entity_at(reading_, hold->person), person) &&
                         named_so(entity_at(reading_, hold->body), body) &&
                         (rule.subject["title"].empty() || rule.subject["title"] == hold->title);
      changed_ |= meant;
      if (meant && rule.object.where.empty()) {
        hold = reading_.holds.erase(hold);
        continue;
      }
      if (meant) {
        if (!rule.object["title"].empty()) hold->title = rule.object["title"];
        if (rule.object.where.contains("when")) hold->when = rule.object["when"];
        for (Quotation& quotation : hold->quotations) quotation.rule = rule.mark;
      }
      ++hold;
    }
  }

  void part(const Rule& rule) {
    const std::string from = key_of(named(rule.subject.names[0], "").name);
    const std::string to = key_of(named(rule.subject.names[1], "").name);
    for (ReadEntity& entity : reading_.entities) {
      if (!named_so(entity, from)) continue;
      for (int* end : {&entity.place, &entity.parent}) {
        if (*end >= 0 && named_so(entity_at(reading_, *end), to)) {
          *end = -1;
          changed_ = true;
        }
      }
    }
  }

  template <typename Happening>
  void change_edges(const Rule& rule, const std::vector<Happening>& before,
                    std::vector<Happening>& after) {
    const Selector event = event_of(rule.subject);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (selects(event, document_, original_, before[i], quote_)) {
        changed_ |= change_edge(rule, reading_, after[i]);
      }
    }
  }

  NodeId document_;
  const Reading& original_;
  Reading reading_;
  const Quote& quote_;
  Correcting::Marks& marks_;
  bool changed_ = false;
};

// The reading of what one decision adds.
class AdditionReading {
 public:
  AdditionReading(const Rule& rule, std::string document, Span span) : rule_(rule) {
    reading_.document = std::move(document);
    quotation_.span = span;
    quotation_.rule = rule.mark;
  }

  // Whether what it adds is said of an event that is there.
  bool tied() const { return tied_; }

  Reading read() {
    const Selector& subject = rule_.subject;
    if (is_entity(subject.kind)) {
      const int index = entity(subject.names[0], subject.kind);
      ReadEntity& added = reading_.entities[static_cast<std::size_t>(index)];
      added.kind = subject["kind"];
      added.country = subject["country"];
      if (!subject["place"].empty()) {
        const int place = entity(subject["place"], "City");
        reading_.entities[static_cast<std::size_t>(index)].place = place;
      }
    } else if (subject.kind == "HOLDS") {
      const int person = entity(subject.names[0], "Person");
      const int body = entity(subject.names[1], "Agency");
      reading_.holds.push_back({person, body, subject["title"], subject["when"], {quotation_}});
    } else if (subject.kind == "PART_OF" || subject.kind == "BELONGS_TO") {
      const bool city = subject.kind == "BELONGS_TO";
      const int from = entity(subject.names[0], "Agency");
      const int to = entity(subject.names[1], city ? "City" : "Agency");
      auto& part = reading_.entities[static_cast<std::size_t>(from)];
      (entity_at(reading_, to).label == "City" ? part.place : part.parent) = to;
    } else {
      happening();
    }
    return std::move(reading_);
  }

 private:
  int entity(std::string_view written, std::string_view label) {
    Named one = named(written, label);
    ReadEntity added;
    added.label = std::move(one.label);
    added.name = std::move(one.name);
    added.identity = "?" + spelled(added.name);
    added.mentions = {quotation_};
    reading_.entities.push_back(std::move(added));
    return static_cast<int>(reading_.entities.size()) - 1;
  }

  void happening() {
    const Selector& subject = rule_.subject;
    tied_ = of_event(subject.kind);
    std::vector<ReadRole> roles;
    for (const std::string_view role : kRoles) {
      if (tied_ || role == "role") continue;
      for (const std::string& who : listed(subject[role])) {
        roles.push_back({entity(who, "Agency"), std::string(role), {quotation_}});
      }
    }
    if (subject.kind == "TOOK_PART" || subject.kind == "PARTY_TO") {
      const bool event = subject.kind == "TOOK_PART";
      const std::string role = subject["role"];
      roles.push_back({entity(far_end(subject), "Agency"),
                       role.empty() ? (event ? "participant" : "party") : role,
                       {quotation_}});
    }
    std::vector<std::string> fields = listed(subject["field"]);
    if (subject.kind == "ABOUT") fields = {far_end(subject)};
    const Selector event = tied_ ? event_of(subject) : subject;
    if (event.kind == "Event") {
      ReadEvent added;
      added.kind = event.names.front();
      if (!tied_) added.status = "held";
      if (!tied_) set_values(subject, added);
      if (subject.kind == "HELD_IN") added.place = entity(far_end(subject), "City");
      if (!tied_ && !subject["place"].empty()) added.place = entity(subject["place"], "City");
      added.participants = std::move(roles);
      added.fields = std::move(fields);
      added.quotations = {quotation_};
      reading_.events.push_back(std::move(added));
    } else {
      ReadAgreement added;
      added.kind = event.names.front();
      if (!tied_) added.status = "signed";
      if (!tied_) set_values(subject, added);
      added.parties = std::move(roles);
      added.fields = std::move(fields);
      added.quotations = {quotation_};
      reading_.agreements.push_back(std::move(added));
    }
  }

  const Rule& rule_;
  Reading reading_;
  Quotation quotation_;
  bool tied_ = false;
};

}  // namespace

bool selects(const Selector& selector, const Reading& reading, std::size_t index) {
  const ReadEntity& entity = reading.entities[index];
  if (selector.kind != entity.label) return false;
  if (!selector["document"].empty() && selector["document"] != reading.document) return false;
  if (!named_so(entity, key_of(selector.names.front()))) return false;
  if (!selector["kind"].empty() && selector["kind"] != entity.kind) return false;
  if (!selector["country"].empty() && selector["country"] != entity.country) return false;
  if (selector["place"].empty()) return true;
  const std::string place = key_of(selector["place"]);
  if (entity.label != "Person") return of_place(reading, entity.place, place);
  return std::any_of(reading.holds.begin(), reading.holds.end(), [&](const ReadHold& hold) {
    return hold.person == static_cast<int>(index) && of_place(reading, hold.body, place);
  });
}

bool selects(const Selector& selector, NodeId document, const Reading& reading,
             const ReadEvent& event, const Quote& quote) {
  return selects_happening(selector, "Event", document, reading, event, quote);
}

bool selects(const Selector& selector, NodeId document, const Reading& reading,
             const ReadAgreement& agreement, const Quote& quote) {
  return selects_happening(selector, "Agreement", document, reading, agreement, quote);
}

Correcting::Correcting(const Corrections& corrections) {
  for (const Decision* decision : corrections.active()) {
    Rule rule;
    rule.decision = *decision;
    rule.subject = decision->selects();
    const bool two = decision->verb == "same" || decision->verb == "different";
    rule.object = two ? decision->other() : decision->values();
    rule.mark = std::string(kPersonRule) + decision->who + ", " + decision->date;
    note_names(rule, rule.subject);
    if (two) note_names(rule, rule.object);
    if (decision->verb == "rename" && is_entity(rule.subject.kind)) name(rule, decision->object);
    for (const Selector* side : {&rule.subject, &rule.object}) {
      if (!(*side)["document"].empty()) rule.documents.insert((*side)["document"]);
    }
    if (decision->verb == "add" && rule.object["document"].empty()) {
      rule.documents.insert(rule.object["source"]);
    }
    rules_.push_back(std::move(rule));
  }
  for (const Rule& rule : rules_) {
    for (const std::string& document : rule.documents) by_document_[document].push_back(&rule);
    for (const std::string& key : rule.spelled) by_name_[key].push_back(&rule);
  }
}

std::vector<const Rule*> Correcting::touching(const Reading& reading) const {
  std::vector<const Rule*> rules;
  if (empty()) return rules;
  if (const auto found = by_document_.find(reading.document); found != by_document_.end()) {
    rules = found->second;
  }
  for (const ReadEntity& entity : reading.entities) {
    const auto found = by_name_.find(spelled(entity.name));
    if (found != by_name_.end())
      rules.insert(rules.end(), found->second.begin(), found->second.end());
  }
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

std::optional<Reading> Correcting::corrected(NodeId document, const Reading& reading,
                                             const Quote& quote, Marks& marks) const {
  std::vector<const Rule*> touching_rules = touching(reading);
  std::erase_if(touching_rules, [](const Rule* rule) { return rule->decision.verb != "wrong"; });
  if (touching_rules.empty()) return std::nullopt;
  ReadingCorrector corrector(document, reading, quote, marks);
  // In the order in which they were decided.
  for (const Rule& rule : rules_) {
    if (std::find(touching_rules.begin(), touching_rules.end(), &rule) != touching_rules.end()) {
      corrector.apply(rule);
    }
  }
  return corrector.take();
}

std::optional<Addition> Correcting::addition(const Rule& rule, const TextOf& text) const {
  if (rule.decision.verb != "add") return std::nullopt;
  Addition addition;
  addition.rule = &rule;
  const std::string& document = rule.object["document"];
  Span span;
  std::string name = document;
  if (document.empty()) {
    // Two additions from one book are two documents: each is the words that it rests on.
    name = rule.object["source"] + " (" + rule.decision.id() + ")";
    addition.text = rule.object["quote"];
    span.end = static_cast<std::uint32_t>(addition.text.size());
  }
  addition.document = document_id(name);
  if (!document.empty()) {
    const auto found = find_quotation(text(addition.document), rule.object["quote"]);
    if (!found) return std::nullopt;
    span = *found;
  }
  AdditionReading added(rule, name, span);
  addition.reading = added.read();
  if (document.empty()) {
    addition.reading.title = rule.object["source"];
    addition.reading.url = rule.object["url"];
  }
  addition.tied = added.tied();
  return addition;
}

std::vector<Addition> Correcting::additions(const std::set<std::string>& documents,
                                            const std::set<const Rule*>& outside,
                                            const TextOf& text) const {
  std::vector<Addition> all;
  for (const Rule& rule : rules_) {
    const std::string& document = rule.object["document"];
    if (document.empty() ? !outside.contains(&rule) : !documents.contains(document)) continue;
    if (auto one = addition(rule, text)) all.push_back(std::move(*one));
  }
  return all;
}

bool applies(const Rule& rule, const std::vector<NamedReading>& readings, const Quote& quote,
             const TextOf& text) {
  const auto found = [&](const Selector& selector) {
    return std::any_of(readings.begin(), readings.end(), [&](const NamedReading& one) {
      const Reading& reading = *one.reading;
      if (is_entity(selector.kind)) {
        for (std::size_t i = 0; i < reading.entities.size(); ++i) {
          if (selects(selector, reading, i)) return true;
        }
        return false;
      }
      const auto happening = [&](const auto& list) {
        return std::any_of(list.begin(), list.end(), [&](const auto& happening_) {
          return selects(selector, one.document, reading, happening_, quote);
        });
      };
      return happening(reading.events) || happening(reading.agreements);
    });
  };
  const std::string& verb = rule.decision.verb;
  if (verb == "same" || verb == "different") return found(rule.subject) && found(rule.object);
  if (verb == "add") {
    if (of_event(rule.subject.kind) && !found(event_of(rule.subject))) return false;
    return Correcting().addition(rule, text).has_value();
  }
  if (is_entity(rule.subject.kind) || rule.subject.kind == "Event" ||
      rule.subject.kind == "Agreement") {
    return found(rule.subject);
  }
  return std::any_of(readings.begin(), readings.end(), [&](const NamedReading& one) {
    Correcting::Marks marks;
    ReadingCorrector corrector(one.document, *one.reading, quote, marks);
    corrector.apply(rule);
    return corrector.take().has_value();
  });
}

}  // namespace ketnghia::importers
