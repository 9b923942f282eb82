#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
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

// A contribution with its place among all, which are in the order of documents' names.
struct Source {
  const Contribution* from = nullptr;
  std::uint32_t order = 0;
};

// Evidence in the order of documents' names and places, each span once. Points into the readings.
class EvidenceSet {
 public:
  void add(Source source, const Quotation& quotation) {
    const Entry added{source.order, source.from->document, &quotation};
    const auto at = place_of(added);
    if (at == entries_.end() || added < *at) {
      entries_.insert(at, added);
    } else if (at->quotation->rule.empty() || at->quotation->confidence < quotation.confidence) {
      at->quotation = &quotation;
    }
  }
  void add(const EvidenceSet& other) {
    for (const Entry& entry : other.entries_) {
      const auto at = place_of(entry);
      if (at == entries_.end() || entry < *at) entries_.insert(at, entry);
    }
  }
  template <typename Quote>
  std::vector<Evidence> quoted(const Quote& quote) const {
    std::vector<Evidence> all(entries_.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Quotation& quotation = *entries_[i].quotation;
      all[i].document = entries_[i].document;
      all[i].span = quotation.span;
      all[i].rule = quotation.rule;
      all[i].grade = quotation.grade;
      all[i].confidence = quotation.confidence;
      all[i].quote = quote(entries_[i].document, quotation.span);
    }
    return all;
  }
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::uint32_t order;
    NodeId document;
    const Quotation* quotation;

    friend bool operator<(const Entry& a, const Entry& b) {
      return a.order != b.order ? a.order < b.order : a.quotation->span < b.quotation->span;
    }
  };

  // Where an entry stands or belongs: nearly always at the end.
  std::vector<Entry>::iterator place_of(const Entry& entry) {
    if (entries_.empty() || entries_.back() < entry) return entries_.end();
    return std::lower_bound(entries_.begin(), entries_.end(), entry);
  }

  std::vector<Entry> entries_;  // sorted
};

// All that readings say of one identity.
struct Entity {
  explicit Entity(std::uint32_t given) : index(given) {}

  std::uint32_t index;  // in the order in which they are met
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
  Source source;
  const Contribution* from;
  std::size_t index;
  const ReadEvent* event = nullptr;
  const ReadAgreement* agreement = nullptr;
  When when;
  std::vector<std::uint32_t> participants;  // numbers of their identities, sorted

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
  std::vector<std::uint32_t> participants;  // sorted

  // Of an account that shares two participants and the kind.
  bool takes(const Account& account) const {
    return std::all_of(accounts.begin(), accounts.end(), [&](const Account* other) {
      return other->from->document != account.from->document &&
             compatible(other->when, account.when);
    });
  }
};

// Clusters by what an account must share with them: the kind and two participants. Few share these,
// where thousands are of one city.
class ClusterIndex {
 public:
  // Of the clusters that may take an account, in their order.
  std::vector<std::size_t> candidates(const Account& account) {
    std::vector<std::size_t> found;
    const std::vector<std::uint32_t>& who = account.participants;
    for (std::size_t a = 0; a < who.size(); ++a) {
      for (std::size_t b = a + 1; b < who.size(); ++b) {
        const auto list = by_pair_.find({kind_of(account), who[a], who[b]});
        if (list != by_pair_.end())
          found.insert(found.end(), list->second.begin(), list->second.end());
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  void add(const Account& account, std::size_t at, Cluster& cluster) {
    cluster.accounts.push_back(&account);
    for (const std::uint32_t one : account.participants) {
      const auto place =
          std::lower_bound(cluster.participants.begin(), cluster.participants.end(), one);
      if (place != cluster.participants.end() && *place == one) continue;
      for (const std::uint32_t other : cluster.participants) {
        by_pair_[{kind_of(account), std::min(one, other), std::max(one, other)}].push_back(at);
      }
      cluster.participants.insert(place, one);
    }
  }

 private:
  struct Key {
    std::uint32_t kind, first, second;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const std::uint64_t pair = std::uint64_t{key.first} << 32U | key.second;
      return static_cast<std::size_t>(
          (pair * 0x9E3779B97F4A7C15U ^ key.kind) * 0xC2B2AE3D27D4EB4FU >> 7U);
    }
  };

  std::uint32_t kind_of(const Account& account) {
    return kinds_.try_emplace(account.kind(), static_cast<std::uint32_t>(kinds_.size()))
        .first->second;
  }

  std::map<std::string, std::uint32_t, std::less<>> kinds_;
  std::unordered_map<Key, std::vector<std::size_t>, Hash> by_pair_;
};

std::vector<Cluster> cluster(std::vector<Account>& accounts) {
  std::sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) {
    const int width_a = a.when.width(), width_b = b.when.width();
    return std::tie(width_a, a.source.order, a.index) < std::tie(width_b, b.source.order, b.index);
  });
  std::vector<Cluster> clusters;
  ClusterIndex index;
  for (const Account& account : accounts) {
    const std::vector<std::size_t> candidates = index.candidates(account);
    const auto home = std::find_if(candidates.begin(), candidates.end(),
                                   [&](std::size_t i) { return clusters[i].takes(account); });
    const std::size_t at = home == candidates.end() ? clusters.size() : *home;
    if (at == clusters.size()) clusters.emplace_back();
    index.add(account, at, clusters[at]);
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
    for (const Contribution& from : contributions_) {
      sources_.push_back({&from, static_cast<std::uint32_t>(sources_.size())});
    }
  }

  Resolution run() {
    for (const Source source : sources_) {
      documents_.insert(source.from->document);
      collect(source);
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

  void collect(Source source) {
    const Contribution& from = *source.from;
    const Reading& reading = *from.reading;
    for (const ReadEntity& read : reading.entities) {
      if (!from.whole && read.kind != "Country") continue;
      Entity& entity =
          entities_.try_emplace(read.identity, static_cast<std::uint32_t>(entities_.size()))
              .first->second;
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
        entity.evidence.add(source, read.mentions[i]);
        if (i == 0) first.add(source, read.mentions[i]);
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

  static void add_all(EvidenceSet& set, Source source, const std::vector<Quotation>& quotations) {
    for (const Quotation& quotation : quotations) set.add(source, quotation);
  }

  void holds() {
    struct Hold {
      Votes titles, whens;
      std::size_t told = 0, past = 0;
      EvidenceSet evidence;
    };
    std::map<std::tuple<std::string, std::string, std::string>, Hold> holds;
    for (const Source source : sources_) {
      const Contribution& from = *source.from;
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
        add_all(hold.evidence, source, read.quotations);
      }
    }
    for (const auto& [key, hold] : holds) {
      Map properties{{"title", winner(hold.titles)}};
      if (!hold.whens.empty()) properties.emplace_back("when", winner(hold.whens));
      edge("HOLDS", node_id(std::get<0>(key)), node_id(std::get<1>(key)), std::get<2>(key),
           std::move(properties), hold.evidence);
    }
  }

  Account account(Source source, std::size_t index, const ReadEvent* event,
                  const ReadAgreement* agreement) const {
    Account account{source, source.from, index,
                    event,  agreement,   When(event ? event->when : agreement->when),
                    {}};
    std::vector<std::uint32_t>& who = account.participants;
    for (const ReadRole& role : event ? event->participants : agreement->parties) {
      who.push_back(entities_.at(identity_of(*source.from->reading, role.entity)).index);
    }
    std::sort(who.begin(), who.end());
    who.erase(std::unique(who.begin(), who.end()), who.end());
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
      add_all(all.evidence, account->source, quotations);
      const std::string& name = account->event ? account->event->name : account->agreement->name;
      if (!name.empty()) ++names[name];
      for (const std::string& field :
           account->event ? account->event->fields : account->agreement->fields) {
        add_all(all.fields[field], account->source, quotations);
      }
      for (const ReadRole& role :
           account->event ? account->event->participants : account->agreement->parties) {
        auto& [best, evidence] = all.roles[identity_of(*account->from->reading, role.entity)];
        if (best.empty() || rank(role.role) < rank(best)) best = role.role;
        add_all(evidence, account->source, role.quotations.empty() ? quotations : role.quotations);
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
    for (const Source source : sources_) {
      const Contribution& from = *source.from;
      if (!from.whole) continue;
      for (std::size_t i = 0; i < from.reading->events.size(); ++i) {
        accounts.push_back(account(source, i, &from.reading->events[i], nullptr));
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
          add_all(places[identity_of(*account->from->reading, event.place)], account->source,
                  event.quotations);
        }
        if (event.part_of >= 0) {
          const auto whole = node_of_.find(
              {account->from->document, true, static_cast<std::size_t>(event.part_of)});
          if (whole != node_of_.end() && whole->second != id)
            add_all(wholes[whole->second], account->source, event.quotations);
        }
      }
      for (const auto& [place, evidence] : places)
        edge("HELD_IN", id, node_id(place), "", {}, evidence);
      for (const auto& [whole, evidence] : wholes) edge("PART_OF", id, whole, "", {}, evidence);
    }
  }

  void agreements() {
    std::vector<Account> accounts;
    for (const Source source : sources_) {
      const Contribution& from = *source.from;
      if (!from.whole) continue;
      for (std::size_t i = 0; i < from.reading->agreements.size(); ++i) {
        accounts.push_back(account(source, i, nullptr, &from.reading->agreements[i]));
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
            add_all(signings[signing->second], account->source, agreement.quotations);
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
  const std::set<std::string>& cities_of(const std::string& identity) {
    const auto [known, fresh] = cities_of_.try_emplace(identity);
    if (fresh) known->second = find_cities(identity);
    return known->second;
  }

  std::set<std::string> find_cities(const std::string& identity) const {
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

  bool same_side(const std::string& a, const std::string& b) {
    const std::set<std::string>&of_a = cities_of(a), &of_b = cities_of(b);
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
  std::vector<Source> sources_;  // of them
  const std::function<std::string(NodeId, Span)>& quote_;
  Resolution out_;
  std::set<NodeId> documents_;
  std::map<std::string, Entity> entities_;
  std::map<std::tuple<NodeId, bool, std::size_t>, NodeId>
      node_of_;  // event or agreement of a reading
  std::map<std::pair<NodeId, std::string>, std::string> years_;
  std::vector<Happening> happenings_;
  std::map<std::string, std::set<std::string>> cities_of_;  // as far as asked for
  std::set<NodeId> signed_at_;
};

}  // namespace

Resolution resolve(std::vector<Contribution> contributions,
                   const std::function<std::string(NodeId document, Span span)>& quote) {
  return Resolver(std::move(contributions), quote).run();
}

}  // namespace ketnghia::importers
