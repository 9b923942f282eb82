#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/model/vocabulary.hpp"
#include "engine/text/edtf.hpp"
#include "engine/text/normalise.hpp"
#include "importers/resolve/identity.hpp"
#include "importers/resolve/resolution.hpp"

namespace ketnghia::importers {
namespace {

// Mentions of an entity that one document gives as evidence: the first show where it stands.
constexpr std::size_t kMentionsPerDocument = 3;

using Votes = std::map<std::string, std::size_t>;

// The value with the most votes; of equals the longest, then the first in byte order, so that
// the order of documents decides nothing.
std::string winner(const Votes& votes) {
  const auto better = [](const auto& a, const auto& b) {
    return std::tuple(a.second, a.first.size(), b.first) <
           std::tuple(b.second, b.first.size(), a.first);
  };
  const auto best = std::max_element(votes.begin(), votes.end(), better);
  return best == votes.end() ? std::string{} : best->first;
}

// Evidence in the order of documents' names and places, each span once.
class EvidenceSet {
 public:
  void add(const std::string& name, NodeId document, const Quotation& quotation) {
    auto& slot = entries_[{name, quotation.span}];
    if (slot.rule.empty() || slot.confidence < quotation.confidence) {
      slot.document = document;
      slot.span = quotation.span;
      slot.rule = quotation.rule;
      slot.grade = quotation.grade;
      slot.confidence = quotation.confidence;
    }
  }
  void add(const EvidenceSet& other) {
    for (const auto& [key, evidence] : other.entries_) entries_.emplace(key, evidence);
  }
  template <typename Quote>
  std::vector<Evidence> quoted(const Quote& quote) const {
    std::vector<Evidence> all;
    for (const auto& [key, evidence] : entries_) {
      all.push_back(evidence);
      all.back().quote = quote(evidence.document, evidence.span);
    }
    return all;
  }
  bool empty() const { return entries_.empty(); }

 private:
  std::map<std::pair<std::string, Span>, Evidence> entries_;
};

// All that readings say of one identity.
struct Entity {
  std::string label;
  Votes names, kinds, countries, places, parents;
  std::set<std::string> aliases;
  EvidenceSet evidence;
  std::map<NodeId, std::pair<std::size_t, EvidenceSet>> documents;  // mentions, and the first
};

// A date as far as joining accounts needs it.
struct When {
  std::string text;
  std::optional<Edtf> date;

  explicit When(std::string when) : text(std::move(when)), date(parse_edtf(text)) {}

  bool known() const { return date.has_value() && (date->first || date->last || date->month); }
  // Smaller is more precise.
  int width() const {
    if (!known()) return 1 << 30;
    if (date->year_unknown) return (1 << 29) + (date->day ? 0 : 1);
    if (!date->first || !date->last) return 1 << 28;
    return *date->last - *date->first;
  }
};

// Whether two dates can be of one event: equal, or one holds the other, or they agree in month
// and day where a year is not told.
bool compatible(const When& a, const When& b) {
  if (!a.known() || !b.known()) return false;
  if (a.text == b.text) return true;
  if (a.date->year_unknown || b.date->year_unknown) {
    return a.date->month && a.date->month == b.date->month &&
           (a.date->day == b.date->day || !a.date->day || !b.date->day);
  }
  return fit(*a.date, *b.date) == Fit::Certainly || fit(*b.date, *a.date) == Fit::Certainly;
}

// Who took part, by identity, in which role.
using Roles = std::map<std::string, std::pair<std::string, EvidenceSet>>;

// One account of an event or an agreement.
struct Account {
  const Contribution* from;
  std::size_t index;
  const ReadEvent* event = nullptr;
  const ReadAgreement* agreement = nullptr;
  When when;
  std::set<std::string> participants;  // identities

  const std::string& kind() const { return event ? event->kind : agreement->kind; }
  std::string key() const {
    return (event ? "event|" : "agreement|") + from->reading->document + '|' +
           std::to_string(index);
  }
};

std::size_t shared(const std::set<std::string>& a, const std::set<std::string>& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](const std::string& one) { return b.contains(one); }));
}

// Accounts of one happening. Joined greedily, most precise date first, then by document: a vague
// account joins the first precise one it fits and never bridges two.
struct Cluster {
  std::vector<const Account*> accounts;
  std::set<std::string> participants;

  bool takes(const Account& account) const {
    if (accounts.front()->kind() != account.kind()) return false;
    for (const Account* other : accounts) {
      if (other->from->document == account.from->document) return false;
      if (!compatible(other->when, account.when)) return false;
    }
    return shared(participants, account.participants) >= 2;
  }
  void add(const Account& account) {
    accounts.push_back(&account);
    participants.insert(account.participants.begin(), account.participants.end());
  }
};

std::vector<Cluster> cluster(std::vector<Account>& accounts) {
  std::sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) {
    const int width_a = a.when.width(), width_b = b.when.width();
    return std::tie(width_a, a.from->reading->document, a.index) <
           std::tie(width_b, b.from->reading->document, b.index);
  });
  std::vector<Cluster> clusters;
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_participant;
  for (const Account& account : accounts) {
    std::set<std::size_t> candidates;
    for (const std::string& participant : account.participants) {
      const auto found = by_participant.find({account.kind(), participant});
      if (found != by_participant.end())
        candidates.insert(found->second.begin(), found->second.end());
    }
    const auto home = std::find_if(candidates.begin(), candidates.end(),
                                   [&](std::size_t i) { return clusters[i].takes(account); });
    const std::size_t at = home == candidates.end() ? clusters.size() : *home;
    if (at == clusters.size()) clusters.emplace_back();
    clusters[at].add(account);
    for (const std::string& participant : account.participants) {
      auto& list = by_participant[{account.kind(), participant}];
      if (list.empty() || list.back() != at) list.push_back(at);
    }
  }
  return clusters;
}

bool has_year(const std::string& when) {
  return when.size() >= 4 && when.find('X') == std::string::npos &&
         std::isdigit(static_cast<unsigned char>(when[0])) != 0;
}

// The date that the accounts tell together: the most precise, "XXXX-05-16" with the year that
// another one has.
std::string joined_when(const Cluster& cluster) {
  const auto at = [&](const auto& wanted) {
    return std::find_if(cluster.accounts.begin(), cluster.accounts.end(),
                        [&](const Account* account) { return wanted(account->when.text); });
  };
  const auto dated = at(has_year);
  const auto day =
      at([](const std::string& when) { return when.size() == 10 && when.starts_with("XXXX-"); });
  if (dated == cluster.accounts.end()) {
    const std::string& first = cluster.accounts.front()->when.text;
    return first.empty() ? "XXXX" : first;
  }
  const std::string& known = (*dated)->when.text;
  if (day != cluster.accounts.end() && known.size() < 10)
    return known.substr(0, 4) + (*day)->when.text.substr(4);
  return known;
}

// A later document knows better whether a plan was carried out; what was held stays held.
std::string joined_status(const Cluster& cluster, std::string_view done) {
  const Account* best = nullptr;
  for (const Account* account : cluster.accounts) {
    const std::string& status =
        account->event ? account->event->status : account->agreement->status;
    if (status == done) return status;
    if (!best || best->from->reading->published < account->from->reading->published) best = account;
  }
  return best->event ? best->event->status : best->agreement->status;
}

// Of two roles of one participant in one event the one that says more.
int rank(std::string_view role) {
  constexpr std::array<std::string_view, 10> kOrder{"leader",  "signatory",  "giver", "recipient",
                                                    "host",    "organiser",  "guest", "party",
                                                    "witness", "participant"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), role) - kOrder.begin());
}

class Resolver {
 public:
  Resolver(std::vector<Contribution> contributions,
           const std::function<std::string(NodeId, Span)>& quote)
      : contributions_(std::move(contributions)), quote_(quote) {
    std::sort(contributions_.begin(), contributions_.end(),
              [](const Contribution& a, const Contribution& b) {
                return a.reading->document < b.reading->document;
              });
  }

  Resolution run() {
    for (const Contribution& from : contributions_) {
      documents_.insert(from.document);
      collect(from);
    }
    for (const Contribution& from : contributions_) {
      if (from.whole) document(from);
    }
    for (const auto& [identity, entity] : entities_) entity_node(identity, entity);
    holds();
    events();
    agreements();
    cooperation();
    std::erase_if(out_.edges, [&](const auto& entry) {
      return !out_.nodes.contains(entry.second.from) || !is_there(entry.second.to);
    });
    return std::move(out_);
  }

 private:
  static const std::string& identity_of(const Reading& reading, int entity) {
    return reading.entities[static_cast<std::size_t>(entity)].identity;
  }

  // The far end may be the Document of a contribution that is not whole.
  bool is_there(NodeId id) const { return out_.nodes.contains(id) || documents_.contains(id); }

  void collect(const Contribution& from) {
    const Reading& reading = *from.reading;
    for (const ReadEntity& read : reading.entities) {
      if (!from.whole && read.kind != "Country") continue;
      Entity& entity = entities_[read.identity];
      entity.label = read.label;
      ++entity.names[read.name];
      if (!read.kind.empty()) ++entity.kinds[read.kind];
      if (!read.country.empty()) ++entity.countries[read.country];
      if (read.place >= 0) ++entity.places[identity_of(reading, read.place)];
      if (read.parent >= 0) ++entity.parents[identity_of(reading, read.parent)];
      entity.aliases.insert(read.aliases.begin(), read.aliases.end());
      entity.aliases.insert(read.name);
      auto& [count, first] = entity.documents[from.document];
      count += read.mentions.size();
      for (std::size_t i = 0; i < std::min(read.mentions.size(), kMentionsPerDocument); ++i) {
        entity.evidence.add(reading.document, from.document, read.mentions[i]);
        if (i == 0) first.add(reading.document, from.document, read.mentions[i]);
      }
    }
  }

  void document(const Contribution& from) {
    const Reading& reading = *from.reading;
    NodeDraft draft;
    draft.id = from.document;
    draft.labels = {"Document"};
    const auto add = [&](const char* key, const std::string& value) {
      if (!value.empty()) draft.properties.emplace_back(key, value);
    };
    add("genre", reading.genre);
    add("name", reading.document);
    add("published", reading.published);
    add("sha256", reading.sha256);
    add("source", reading.source);
    add("title", reading.title);
    add("url", reading.url);
    out_.nodes.emplace(draft.id, std::move(draft));
  }

  void entity_node(const std::string& identity, const Entity& entity) {
    NodeDraft draft;
    draft.id = node_id(identity);
    draft.labels = {entity.label};
    const std::string name = winner(entity.names);
    const std::string kind = winner(entity.kinds);
    List aliases;
    for (const std::string& alias : entity.aliases) {
      if (alias != name) aliases.emplace_back(alias);
    }
    if (!aliases.empty()) draft.properties.emplace_back("aliases", std::move(aliases));
    if (entity.label == "City") {
      if (!kind.empty()) draft.labels.push_back(kind);
      const std::string country = winner(entity.countries);
      if (!country.empty()) draft.properties.emplace_back("country", country);
    } else if (!kind.empty()) {
      draft.properties.emplace_back("kind", kind);
    }
    draft.properties.emplace_back("name", name);
    draft.evidence = entity.evidence.quoted(quote_);
    if (draft.evidence.empty()) return;
    const NodeId id = draft.id;
    out_.nodes.emplace(id, std::move(draft));
    for (const auto& [document, mentions] : entity.documents) {
      if (!mentions.second.empty()) {
        edge("MENTIONED_IN", id, document, "",
             {{"count", static_cast<std::int64_t>(mentions.first)}}, mentions.second);
      }
    }
    const std::string place = winner(entity.places);
    if (!place.empty() && entities_.contains(place) && place != identity) {
      edge(entity.label == "City" ? "PART_OF" : "BELONGS_TO", id, node_id(place), "", {},
           entity.evidence);
    }
    const std::string parent = winner(entity.parents);
    if (!parent.empty() && entities_.contains(parent) && parent != identity) {
      edge("PART_OF", id, node_id(parent), "", {}, entity.evidence);
    }
  }

  EdgeId edge(const std::string& type, NodeId from, NodeId to, const std::string& distinction,
              Map properties, const EvidenceSet& evidence) {
    EdgeDraft draft;
    draft.id = edge_id(type + '|' + std::to_string(number(from)) + '|' +
                       std::to_string(number(to)) + '|' + distinction);
    draft.type = type;
    draft.from = from;
    draft.to = to;
    draft.properties = std::move(properties);
    draft.evidence = evidence.quoted(quote_);
    const EdgeId id = draft.id;
    if (!draft.evidence.empty()) out_.edges.emplace(id, std::move(draft));
    return id;
  }

  static void add_all(EvidenceSet& set, const Contribution& from,
                      const std::vector<Quotation>& quotations) {
    for (const Quotation& quotation : quotations) {
      set.add(from.reading->document, from.document, quotation);
    }
  }

  void holds() {
    struct Hold {
      Votes titles, whens;
      std::size_t told = 0, past = 0;
      EvidenceSet evidence;
    };
    std::map<std::tuple<std::string, std::string, std::string>, Hold> holds;
    for (const Contribution& from : contributions_) {
      if (!from.whole) continue;
      for (const ReadHold& read : from.reading->holds) {
        Hold& hold = holds[{identity_of(*from.reading, read.person),
                            identity_of(*from.reading, read.body), match_key(read.title)}];
        ++hold.titles[read.title];
        ++hold.told;
        if (!read.when.empty()) {
          ++hold.whens[read.when];
          ++hold.past;
        }
        add_all(hold.evidence, from, read.quotations);
      }
    }
    for (const auto& [key, hold] : holds) {
      Map properties{{"title", winner(hold.titles)}};
      if (!hold.whens.empty()) properties.emplace_back("when", winner(hold.whens));
      edge("HOLDS", node_id(std::get<0>(key)), node_id(std::get<1>(key)), std::get<2>(key),
           std::move(properties), hold.evidence);
    }
  }

  Account account(const Contribution& from, std::size_t index, const ReadEvent* event,
                  const ReadAgreement* agreement) const {
    Account account{&from, index, event, agreement, When(event ? event->when : agreement->when),
                    {}};
    for (const ReadRole& role : event ? event->participants : agreement->parties) {
      account.participants.insert(identity_of(*from.reading, role.entity));
    }
    return account;
  }

  // The year of a day that a document tells without one is the same for all it tells of that day.
  void learn_years(const std::vector<Cluster>& clusters) {
    for (const Cluster& cluster : clusters) {
      const std::string when = joined_when(cluster);
      if (!has_year(when)) continue;
      for (const Account* account : cluster.accounts) {
        if (account->when.text.starts_with("XXXX-"))
          years_.emplace(std::pair(account->from->document, account->when.text), when.substr(0, 4));
      }
    }
  }
  std::string dated(const Cluster& cluster) const {
    const std::string when = joined_when(cluster);
    if (!when.starts_with("XXXX-")) return when;
    for (const Account* account : cluster.accounts) {
      const auto year = years_.find({account->from->document, when});
      if (year != years_.end()) return year->second + when.substr(4);
    }
    return when;
  }

  // What is told without a name is called by its kind and who took part, bodies before people.
  std::string descriptive_name(const std::string& kind, const Roles& roles) const {
    constexpr std::size_t kNamed = 3;
    const Term* term = find_term(Family::EventKind, kind);
    if (!term) term = find_term(Family::AgreementKind, kind);
    std::vector<std::string> who;
    for (const bool people : {false, true}) {
      for (const auto& [identity, role] : roles) {
        const Entity& entity = entities_.at(identity);
        if ((entity.label == "Person") == people) who.push_back(winner(entity.names));
      }
    }
    std::string name = term ? std::string(term->label_vi) : kind;
    for (std::size_t i = 0; i < std::min(who.size(), kNamed); ++i)
      name += (i == 0 ? ": " : " - ") + who[i];
    return name;
  }

  // What the accounts of a cluster say together, written as its node and the edges to it.
  struct Joined {
    NodeDraft node;
    EvidenceSet evidence;
    Roles roles;
    std::map<std::string, EvidenceSet> fields;
  };
  Joined joined(const Cluster& cluster, std::string_view label, std::string_view done) {
    Joined all;
    Votes names;
    const Account* first = cluster.accounts.front();
    std::string key = first->key();
    for (const Account* account : cluster.accounts) {
      key = std::min(key, account->key());
      const auto& quotations =
          account->event ? account->event->quotations : account->agreement->quotations;
      add_all(all.evidence, *account->from, quotations);
      const std::string& name = account->event ? account->event->name : account->agreement->name;
      if (!name.empty()) ++names[name];
      for (const std::string& field :
           account->event ? account->event->fields : account->agreement->fields) {
        add_all(all.fields[field], *account->from, quotations);
      }
      for (const ReadRole& role :
           account->event ? account->event->participants : account->agreement->parties) {
        auto& [best, evidence] = all.roles[identity_of(*account->from->reading, role.entity)];
        if (best.empty() || rank(role.role) < rank(best)) best = role.role;
        add_all(evidence, *account->from, role.quotations.empty() ? quotations : role.quotations);
      }
    }
    all.node.id = node_id(key);
    all.node.labels = {std::string(label)};
    all.node.properties = {
        {"kind", first->kind()},
        {"name", names.empty() ? descriptive_name(first->kind(), all.roles) : winner(names)},
        {"status", joined_status(cluster, done)},
        {"when", dated(cluster)}};
    all.node.evidence = all.evidence.quoted(quote_);
    for (const Account* account : cluster.accounts) {
      const auto& quotations =
          account->event ? account->event->quotations : account->agreement->quotations;
      if (!quotations.empty())
        node_of_[{account->from->document, account->event != nullptr, account->index}] =
            all.node.id;
    }
    return all;
  }

  // What cooperation() derives from, before write() hands the node over.
  void note(const Joined& all, const std::string& kind, std::string_view done) {
    Happening happening;
    happening.node = all.node.id;
    happening.kind = kind;
    for (const auto& [key, value] : all.node.properties) {
      if (key == "status") happening.done = *value.text() == done;
      if (key == "when") happening.when = *value.text();
    }
    happening.roles = all.roles;
    happenings_.push_back(std::move(happening));
  }

  void write(Joined& all, std::string_view edge_type) {
    const NodeId id = all.node.id;
    const std::string kind = *all.node.properties.front().second.text();
    std::sort(all.node.properties.begin(), all.node.properties.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    out_.nodes.emplace(id, std::move(all.node));
    for (const auto& [identity, role] : all.roles) {
      edge(std::string(edge_type), node_id(identity), id, "", {{"role", role.first}}, role.second);
    }
    for (const auto& [field, evidence] : all.fields) {
      edge("ABOUT", id, field_node(field), "", {}, evidence);
    }
  }

  NodeId field_node(const std::string& field) {
    NodeDraft draft;
    draft.id = node_id("field|" + field);
    draft.labels = {"Field"};
    const Term* known = find_term(Family::Field, field);
    draft.properties = {{"label_en", known ? std::string(known->label_en) : field},
                        {"label_vi", known ? std::string(known->label_vi) : field},
                        {"name", field}};
    const NodeId id = draft.id;
    out_.nodes.emplace(id, std::move(draft));
    return id;
  }

  // PLOVER's type and mode; a meeting or signing that is planned is an agreement to meet.
  static std::string plover_code(const Cluster& cluster) {
    const std::string& kind = cluster.accounts.front()->kind();
    if ((kind == "meeting" || kind == "signing") && joined_status(cluster, "held") == "planned") {
      return "AGREE";
    }
    const Term* term = find_term(Family::EventKind, kind);
    return term ? std::string(term->plover) : std::string{};
  }

  void events() {
    std::vector<Account> accounts;
    for (const Contribution& from : contributions_) {
      if (!from.whole) continue;
      for (std::size_t i = 0; i < from.reading->events.size(); ++i) {
        accounts.push_back(account(from, i, &from.reading->events[i], nullptr));
      }
    }
    const std::vector<Cluster> clusters = cluster(accounts);
    learn_years(clusters);
    std::vector<std::pair<const Cluster*, NodeId>> written;
    for (const Cluster& cluster : clusters) {
      Joined all = joined(cluster, "Event", "held");
      if (all.node.evidence.empty()) continue;
      Votes texts;
      for (const Account* account : cluster.accounts) {
        if (!account->event->when_text.empty()) ++texts[account->event->when_text];
      }
      if (!texts.empty()) all.node.properties.emplace_back("when_text", winner(texts));
      const std::string code = plover_code(cluster);
      if (!code.empty()) all.node.properties.emplace_back("code", code);
      const NodeId id = all.node.id;
      note(all, cluster.accounts.front()->kind(), "held");
      write(all, "TOOK_PART");
      written.emplace_back(&cluster, id);
    }
    for (const auto& [cluster, id] : written) {
      std::map<std::string, EvidenceSet> places;
      std::map<NodeId, EvidenceSet> wholes;
      for (const Account* account : cluster->accounts) {
        const ReadEvent& event = *account->event;
        if (event.place >= 0) {
          add_all(places[identity_of(*account->from->reading, event.place)], *account->from,
                  event.quotations);
        }
        if (event.part_of >= 0) {
          const auto whole = node_of_.find(
              {account->from->document, true, static_cast<std::size_t>(event.part_of)});
          if (whole != node_of_.end() && whole->second != id)
            add_all(wholes[whole->second], *account->from, event.quotations);
        }
      }
      for (const auto& [place, evidence] : places)
        edge("HELD_IN", id, node_id(place), "", {}, evidence);
      for (const auto& [whole, evidence] : wholes) edge("PART_OF", id, whole, "", {}, evidence);
    }
  }

  void agreements() {
    std::vector<Account> accounts;
    for (const Contribution& from : contributions_) {
      if (!from.whole) continue;
      for (std::size_t i = 0; i < from.reading->agreements.size(); ++i) {
        accounts.push_back(account(from, i, nullptr, &from.reading->agreements[i]));
      }
    }
    const std::vector<Cluster> clusters = cluster(accounts);
    for (const Cluster& cluster : clusters) {
      Joined all = joined(cluster, "Agreement", "signed");
      if (all.node.evidence.empty()) continue;
      Votes periods;
      int count = 1;
      std::map<NodeId, EvidenceSet> signings;
      for (const Account* account : cluster.accounts) {
        const ReadAgreement& agreement = *account->agreement;
        if (!agreement.period.empty()) ++periods[agreement.period];
        count = std::max(count, agreement.count);
        if (agreement.signing >= 0) {
          const auto signing = node_of_.find(
              {account->from->document, true, static_cast<std::size_t>(agreement.signing)});
          if (signing != node_of_.end())
            add_all(signings[signing->second], *account->from, agreement.quotations);
        }
      }
      if (count > 1) all.node.properties.emplace_back("count", static_cast<std::int64_t>(count));
      if (!periods.empty()) all.node.properties.emplace_back("period", winner(periods));
      const NodeId id = all.node.id;
      note(all, "agreement", "signed");
      write(all, "PARTY_TO");
      for (const auto& [signing, evidence] : signings) {
        edge("SIGNED_AT", id, signing, "", {}, evidence);
        signed_at_.insert(signing);
      }
    }
  }

  struct Happening {
    NodeId node{};
    std::string kind, when;
    bool done = false;
    Roles roles;
  };

  // The cities that an identity is of, from itself upwards, and its country's code where it is
  // of the country as a whole.
  std::set<std::string> cities_of(const std::string& identity) const {
    std::set<std::string> cities;
    std::string at = identity;
    for (int depth = 0; depth < 8; ++depth) {
      const auto found = entities_.find(at);
      if (found == entities_.end()) break;
      if (found->second.label == "City") {
        if (winner(found->second.kinds) == "Country") {
          if (cities.empty()) cities.insert("@" + winner(found->second.countries));
          break;
        }
        cities.insert(at);
      }
      const std::string up = winner(found->second.places);
      if (up.empty() || up == at) break;
      at = up;
    }
    return cities;
  }

  bool of_country(const std::set<std::string>& cities, const std::set<std::string>& whole) const {
    if (whole.size() != 1 || !whole.begin()->starts_with('@')) return false;
    return std::any_of(cities.begin(), cities.end(), [&](const std::string& city) {
      const auto found = entities_.find(city);
      return found != entities_.end() && "@" + winner(found->second.countries) == *whole.begin();
    });
  }

  bool same_side(const std::string& a, const std::string& b) const {
    const std::set<std::string> of_a = cities_of(a), of_b = cities_of(b);
    return shared(of_a, of_b) > 0 || of_country(of_a, of_b) || of_country(of_b, of_a);
  }

  // Whether two roles in an event of this kind stand on its two sides. In a visit or a meeting
  // the hosts among themselves need not have met, nor givers in an award.
  static bool opposite(const std::string& kind, const std::string& a, const std::string& b) {
    if (a == "witness" || b == "witness") return false;
    if (kind != "visit" && kind != "meeting" && kind != "aid" && kind != "award") return true;
    const auto side = [](const std::string& role) {
      if (role == "host" || role == "recipient") return 1;
      if (role == "guest" || role == "leader" || role == "giver") return 2;
      return 0;
    };
    return side(a) == 0 || side(b) == 0 || side(a) != side(b);
  }

  void cooperation() {
    for (const Happening& happening : happenings_) {
      // Of a ceremony that signs agreements, these tell who cooperates with whom.
      if (!happening.done || signed_at_.contains(happening.node)) continue;
      for (auto a = happening.roles.begin(); a != happening.roles.end(); ++a) {
        if (entities_.at(a->first).label == "Person") continue;
        for (auto b = std::next(a); b != happening.roles.end(); ++b) {
          if (entities_.at(b->first).label == "Person" || same_side(a->first, b->first) ||
              !opposite(happening.kind, a->second.first, b->second.first)) {
            continue;
          }
          EvidenceSet evidence = a->second.second;
          evidence.add(b->second.second);
          const std::string via = "n" + std::to_string(number(happening.node));
          edge("COOPERATED_WITH", node_id(a->first), node_id(b->first), via,
               {{"via", via}, {"when", happening.when}}, evidence);
        }
      }
    }
  }

  std::vector<Contribution> contributions_;
  const std::function<std::string(NodeId, Span)>& quote_;
  Resolution out_;
  std::set<NodeId> documents_;
  std::map<std::string, Entity> entities_;
  std::map<std::tuple<NodeId, bool, std::size_t>, NodeId>
      node_of_;  // event or agreement of a reading
  std::map<std::pair<NodeId, std::string>, std::string> years_;
  std::vector<Happening> happenings_;
  std::set<NodeId> signed_at_;
};

}  // namespace

Resolution resolve(std::vector<Contribution> contributions,
                   const std::function<std::string(NodeId document, Span span)>& quote) {
  return Resolver(std::move(contributions), quote).run();
}

}  // namespace ketnghia::importers
