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
#include "engine/text/fold.hpp"
#include "importers/resolve/identities.hpp"
#include "importers/resolve/identity.hpp"
#include "importers/resolve/resolution.hpp"
#include "importers/resolve/units.hpp"

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
      slot.source = quotation.rule.starts_with(kPersonRule) ? Source::Person : Source::Import;
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
  const Identities* who;
  std::set<std::string> participants = {};  // keys

  const std::string& kind() const { return event ? event->kind : agreement->kind; }
  std::string key() const {
    return (event ? "event|" : "agreement|") + from->reading->document + '|' +
           (from->added ? std::string(kPersonRule) + from->added->decision.id()
                        : std::to_string(index));
  }
  const std::vector<Quotation>& quotations() const {
    return event ? event->quotations : agreement->quotations;
  }
  const std::vector<ReadRole>& roles() const {
    return event ? event->participants : agreement->parties;
  }
};

// Accounts that people say are not of one happening.
using Apart = std::set<std::pair<const Account*, const Account*>>;

std::size_t shared(const std::set<std::string>& a, const std::set<std::string>& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](const std::string& one) { return b.contains(one); }));
}

// Accounts of one happening. Joined greedily, most precise date first, then by document: a vague
// account joins the first precise one it fits and never bridges two.
struct Cluster {
  std::vector<const Account*> accounts;
  std::vector<std::string> reasons;  // of the second and later ones
  std::set<std::string> participants;

  bool takes(const Account& account, const Apart& apart) const {
    if (account.from->tied || accounts.front()->from->tied) return false;
    if (accounts.front()->kind() != account.kind()) return false;
    for (const Account* other : accounts) {
      if (other->from->document == account.from->document) return false;
      if (!compatible(other->when, account.when)) return false;
      if (!apart.empty() && apart.contains(std::minmax(other, &account))) return false;
    }
    return shared(participants, account.participants) >= 2;
  }
  void add(const Account& account) {
    accounts.push_back(&account);
    participants.insert(account.participants.begin(), account.participants.end());
  }
};

// "b.txt: meeting, 2024-05-16 within 2024-05; both name Lưu Vĩ, Sở Ngoại vụ Hà Nội".
std::string reason(const Cluster& cluster, const Account& account) {
  constexpr std::size_t kNamed = 4;
  const std::string& front = cluster.accounts.front()->when.text;
  std::string text = account.from->reading->document + ": " + account.kind() + ", " + front;
  if (front != account.when.text) text += " and " + account.when.text;
  std::size_t named = 0, common = 0;
  std::string names;
  std::set<std::string> told;
  for (const ReadRole& role : account.roles()) {
    const ReadEntity& entity =
        account.from->reading->entities[static_cast<std::size_t>(role.entity)];
    const std::string& key = account.who->of(*account.from->reading, role.entity);
    if (!cluster.participants.contains(key) || !told.insert(key).second) continue;
    ++common;
    if (named++ < kNamed) names += (names.empty() ? "" : ", ") + entity.name;
  }
  text += "; both name " + names;
  if (common > kNamed) text += " and " + std::to_string(common - kNamed) + " more";
  return text;
}

void in_order(std::vector<Account>& accounts) {
  std::sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) {
    const int width_a = a.when.width(), width_b = b.when.width();
    return std::tie(width_a, a.from->reading->document, a.index) <
           std::tie(width_b, b.from->reading->document, b.index);
  });
}

// Clusters by what an account must share with them, the kind and two participants: few share these,
// where thousands are of one city. By hashes, so some that are found share less.
class PairIndex {
 public:
  // Of the clusters that may take an account, in their order.
  std::vector<std::size_t> candidates(const Account& account) const {
    const std::vector<std::size_t> who = hashes(account);
    std::vector<std::size_t> found;
    for (std::size_t a = 0; a < who.size(); ++a) {
      for (std::size_t b = a + 1; b < who.size(); ++b) {
        const auto list = by_pair_.find(key(account, who[a], who[b]));
        if (list != by_pair_.end())
          found.insert(found.end(), list->second.begin(), list->second.end());
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  void add(const Account& account, std::size_t at) {
    if (members_.size() <= at) members_.resize(at + 1);
    std::vector<std::size_t>& members = members_[at];
    for (const std::size_t one : hashes(account)) {
      if (std::find(members.begin(), members.end(), one) != members.end()) continue;
      for (const std::size_t other : members) by_pair_[key(account, one, other)].push_back(at);
      members.push_back(one);
    }
  }

 private:
  static std::vector<std::size_t> hashes(const Account& account) {
    std::vector<std::size_t> all;
    for (const std::string& one : account.participants)
      all.push_back(std::hash<std::string>{}(one));
    return all;
  }
  static std::size_t key(const Account& account, std::size_t a, std::size_t b) {
    return (a ^ b) * 0x9E3779B97F4A7C15U + (a + b) + std::hash<std::string>{}(account.kind());
  }

  std::unordered_map<std::size_t, std::vector<std::size_t>> by_pair_;
  std::vector<std::vector<std::size_t>> members_;  // of each cluster
};

// Of accounts in_order().
std::vector<Cluster> cluster(const std::vector<Account>& accounts, const Apart& apart) {
  std::vector<Cluster> clusters;
  PairIndex index;
  for (const Account& account : accounts) {
    const std::vector<std::size_t> candidates = index.candidates(account);
    const auto home = std::find_if(candidates.begin(), candidates.end(), [&](std::size_t i) {
      return clusters[i].takes(account, apart);
    });
    const std::size_t at = home == candidates.end() ? clusters.size() : *home;
    if (at == clusters.size()) {
      clusters.emplace_back();
    } else {
      clusters[at].reasons.push_back(reason(clusters[at], account));
    }
    clusters[at].add(account);
    index.add(account, at);
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
    if (status.empty()) continue;
    if (status == done) return status;
    if (!best || best->from->reading->published < account->from->reading->published) best = account;
  }
  if (!best) return std::string(done);
  return best->event ? best->event->status : best->agreement->status;
}

// Of two roles of one participant in one event the one that says more.
int rank(std::string_view role) {
  constexpr std::array<std::string_view, 10> kOrder{"leader",  "signatory",  "giver", "recipient",
                                                    "host",    "organiser",  "guest", "party",
                                                    "witness", "participant"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), role) - kOrder.begin());
}

// Readings without what is wrong in them, in the order of documents, then of decisions.
struct Input {
  std::shared_ptr<std::deque<Reading>> corrected = std::make_shared<std::deque<Reading>>();
  std::map<const Reading*, Correcting::Marks> marks;
  std::shared_ptr<std::vector<Contribution>> contributions;

  Input(std::vector<Contribution> given, const Correcting& correcting, const Quote& quote)
      : contributions(std::make_shared<std::vector<Contribution>>(std::move(given))) {
    std::sort(contributions->begin(), contributions->end(),
              [](const Contribution& a, const Contribution& b) {
                const std::string id_a = a.added ? a.added->decision.id() : "";
                const std::string id_b = b.added ? b.added->decision.id() : "";
                return std::tie(a.reading->document, id_a) < std::tie(b.reading->document, id_b);
              });
    if (correcting.empty()) return;
    for (Contribution& from : *contributions) {
      if (from.added) continue;
      Correcting::Marks changed;
      if (auto reading = correcting.corrected(from.document, *from.reading, quote, changed)) {
        corrected->push_back(std::move(*reading));
        from.reading = &corrected->back();
        marks[from.reading] = std::move(changed);
      }
    }
  }
};

// Words of three in a row, to tell whether two texts are one.
std::set<std::string> shingles(const std::string& text) {
  std::vector<std::string> words;
  const std::string key = match_key(text);
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t end = std::min(key.find(' ', at), key.size());
    words.push_back(key.substr(at, end - at));
    at = end + 1;
  }
  std::set<std::string> all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string shingle = words[i];
    for (std::size_t j = i + 1; j < std::min(i + 3, words.size()); ++j) shingle += ' ' + words[j];
    all.insert(std::move(shingle));
  }
  return all;
}

class Resolver {
 public:
  Resolver(std::vector<Contribution> contributions, const Correcting& correcting,
           const Quote& quote)
      : input_(std::move(contributions), correcting, quote),
        contributions_(*input_.contributions),
        correcting_(correcting),
        quote_(quote),
        who_(contributions_, correcting) {}

  Resolution run() {
    for (const Contribution& from : contributions_) {
      documents_.insert(from.document);
      if (!from.added) {
        documents_of_readings_.insert(from.document);
        collect(from);
      }
    }
    // What people add stands behind what documents say, of which it tells no name or kind.
    for (const Contribution& from : contributions_) {
      if (from.added) collect(from);
    }
    for (const Contribution& from : contributions_) {
      if (from.whole && !(from.added && documents_of_readings_.contains(from.document))) {
        document(from);
      }
    }
    for (const auto& [identity, entity] : entities_) entity_node(identity, entity);
    holds();
    events();
    agreements();
    cooperation();
    mark();
    for (const Contribution& from : contributions_) {
      auto& nodes = out_.entities[from.reading];
      for (std::size_t i = 0; i < from.reading->entities.size(); ++i) {
        const std::string& key = identity_of(*from.reading, static_cast<int>(i));
        nodes.push_back(key.empty() ? NodeId{} : node_id(key));
      }
    }
    out_.contributions = input_.contributions;
    out_.corrected = input_.corrected;
    std::erase_if(out_.edges, [&](const auto& entry) {
      return !out_.nodes.contains(entry.second.from) || !is_there(entry.second.to);
    });
    return std::move(out_);
  }

 private:
  const std::string& identity_of(const Reading& reading, int entity) const {
    return who_.of(reading, entity);
  }

  // The far end may be the Document of a contribution that is not whole.
  bool is_there(NodeId id) const { return out_.nodes.contains(id) || documents_.contains(id); }

  void collect(const Contribution& from) {
    const Reading& reading = *from.reading;
    // A person's word on where a thing belongs outweighs any number of documents.
    constexpr std::size_t kDecided = 1'000'000;
    for (std::size_t index = 0; index < reading.entities.size(); ++index) {
      const ReadEntity& read = reading.entities[index];
      const std::string& key = identity_of(reading, static_cast<int>(index));
      if (key.empty() || (!from.whole && read.kind != "Country")) continue;
      const bool known = entities_.contains(key);
      Entity& entity = entities_[key];
      if (!known || !from.added) {
        entity.label = read.label;
        ++entity.names[read.name];
      }
      const std::size_t votes = from.added ? kDecided : 1;
      if (!read.kind.empty()) entity.kinds[read.kind] += votes;
      if (!read.country.empty()) entity.countries[read.country] += votes;
      if (read.place >= 0) entity.places[identity_of(reading, read.place)] += votes;
      if (read.parent >= 0) entity.parents[identity_of(reading, read.parent)] += votes;
      entity.aliases.insert(read.aliases.begin(), read.aliases.end());
      entity.aliases.insert(read.name);
      if (from.added && known) continue;
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
    const std::string name = name_of(identity, entity);
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
    if (const auto why = who_.reasons().find(identity);
        why != who_.reasons().end() && !why->second.empty()) {
      constexpr std::size_t kReasons = 8;
      List joined;
      for (const std::string& reason : why->second) {
        if (joined.size() < kReasons) joined.emplace_back(reason);
      }
      draft.properties.emplace_back("joined", std::move(joined));
    }
    draft.properties.emplace_back("name", name);
    const std::string place = winner(entity.places);
    const UnitEnd* const end = ended(entity, name, kind, place);
    if (end) {
      if (end->successors.size() == 1) {
        draft.properties.emplace_back("successor", end->successors.front());
      } else if (!end->successors.empty()) {
        draft.properties.emplace_back("successor",
                                      List(end->successors.begin(), end->successors.end()));
      }
      draft.properties.emplace_back("until", end->until);
    }
    std::sort(draft.properties.begin(), draft.properties.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    draft.evidence = entity.evidence.quoted(quote_);
    if (draft.evidence.empty()) return;
    const NodeId id = draft.id;
    if (const auto decided = who_.decided().find(identity); decided != who_.decided().end()) {
      marks_[id] = decided->second.mark;
    }
    out_.nodes.emplace(id, std::move(draft));
    for (const auto& [document, mentions] : entity.documents) {
      if (!mentions.second.empty()) {
        edge("MENTIONED_IN", id, document, "",
             {{"count", static_cast<std::int64_t>(mentions.first)}}, mentions.second);
      }
    }
    if (!place.empty() && entities_.contains(place) && place != identity) {
      Map properties;
      if (end) properties.emplace_back("until", end->until);
      edge(entity.label == "City" ? "PART_OF" : "BELONGS_TO", id, node_id(place), "",
           std::move(properties), entity.evidence);
    }
    const std::string parent = winner(entity.parents);
    if (!parent.empty() && entities_.contains(parent) && parent != identity) {
      edge("PART_OF", id, node_id(parent), "", {}, entity.evidence);
    }
  }

  // What became of a unit of Vietnam; null of any other thing.
  const UnitEnd* ended(const Entity& entity, const std::string& name, const std::string& kind,
                       const std::string& place) const {
    if (entity.label != "City" || kind.empty() || winner(entity.countries) != "VN") return nullptr;
    const auto above = entities_.find(place);
    return unit_end(kind, name, above == entities_.end() ? "" : winner(above->second.names));
  }

  std::string name_of(const std::string& identity, const Entity& entity) const {
    const auto decided = who_.decided().find(identity);
    if (decided != who_.decided().end() && !decided->second.name.empty()) {
      return decided->second.name;
    }
    return winner(entity.names);
  }

  // Who says so and when, where it is a person.
  static void set_mark(Map& properties, const std::string& mark) {
    const std::size_t comma = mark.rfind(", ");
    const std::string who = mark.substr(kPersonRule.size(), comma - kPersonRule.size());
    for (const auto& [key, value] : {std::pair<std::string, std::string>{"corrected_by", who},
                                     {"corrected_on", mark.substr(comma + 2)},
                                     {"source", "person"}}) {
      const auto at = std::lower_bound(properties.begin(), properties.end(), key,
                                       [](const auto& a, const auto& b) { return a.first < b; });
      if (at != properties.end() && at->first == key) {
        at->second = value;
      } else {
        properties.emplace(at, key, value);
      }
    }
  }

  void mark() {
    const auto by_person = [](const Evidence& one) { return one.source == Source::Person; };
    for (auto& [id, node] : out_.nodes) {
      const auto decided = marks_.find(id);
      if (decided != marks_.end()) {
        set_mark(node.properties, decided->second);
      } else if (!node.evidence.empty() &&
                 std::all_of(node.evidence.begin(), node.evidence.end(), by_person)) {
        set_mark(node.properties, node.evidence.front().rule);
      }
    }
    for (auto& [id, edge] : out_.edges) {
      const auto told = std::find_if(edge.evidence.begin(), edge.evidence.end(), by_person);
      if (told != edge.evidence.end() && edge.type != "MENTIONED_IN") {
        set_mark(edge.properties, told->rule);
      }
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
        if (identity_of(*from.reading, read.person).empty() ||
            identity_of(*from.reading, read.body).empty()) {
          continue;
        }
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
                    &who_};
    for (const ReadRole& role : account.roles()) {
      account.participants.insert(identity_of(*from.reading, role.entity));
    }
    return account;
  }

  // Accounts that a selector means.
  std::vector<const Account*> meant(const Selector& selector,
                                    const std::vector<Account>& accounts) const {
    std::vector<const Account*> meant;
    for (const Account& account : accounts) {
      const Contribution& from = *account.from;
      if (from.added) continue;
      if (account.event
              ? selects(selector, from.document, *from.reading, *account.event, quote_)
              : selects(selector, from.document, *from.reading, *account.agreement, quote_)) {
        meant.push_back(&account);
      }
    }
    return meant;
  }

  // Clusters of accounts as texts and people have it.
  std::vector<Cluster> clustered(std::vector<Account>& accounts, std::string_view label) {
    in_order(accounts);
    struct Pair {
      const Rule* rule;
      std::vector<const Account*> first, second;
    };
    std::vector<Pair> same, ties;
    Apart apart;
    for (const Rule& rule : correcting_.rules()) {
      const std::string& verb = rule.decision.verb;
      if (rule.subject.kind != label || (verb != "same" && verb != "different")) continue;
      Pair pair{&rule, meant(rule.subject, accounts), meant(rule.object, accounts)};
      const bool joins = verb == "same";
      for (const Account* a : pair.first) {
        for (const Account* b : pair.second) {
          if (a == b) continue;
          if (joins) {
            apart.erase(std::minmax(a, b));
          } else {
            apart.insert(std::minmax(a, b));
          }
        }
      }
      if (joins) {
        same.push_back(std::move(pair));
      } else {
        // What was said to be one before is not any more.
        std::erase_if(same, [&](const Pair& other) {
          return std::any_of(other.first.begin(), other.first.end(), [&](const Account* a) {
            return std::any_of(other.second.begin(), other.second.end(),
                               [&](const Account* b) { return apart.contains(std::minmax(a, b)); });
          });
        });
      }
    }
    for (const Account& account : accounts) {
      if (!account.from->tied) continue;
      Selector event = account.from->added->subject;
      event.kind = std::string(label);
      event.names = {account.kind()};
      ties.push_back({account.from->added, meant(event, accounts), {&account}});
    }
    std::vector<Cluster> clusters = cluster(accounts, apart);
    if (same.empty() && ties.empty()) return clusters;

    const auto home = [&](const Account* account) {
      return std::find_if(clusters.begin(), clusters.end(), [&](const Cluster& cluster) {
        return std::find(cluster.accounts.begin(), cluster.accounts.end(), account) !=
               cluster.accounts.end();
      });
    };
    const auto join = [&](const Account* a, const Account* b, const Rule& rule) {
      auto into = home(a), from = home(b);
      if (into == from) return;
      into->reasons.push_back(b->from->reading->document + ": decided by " +
                              rule.mark.substr(kPersonRule.size()));
      into->reasons.insert(into->reasons.end(), from->reasons.begin(), from->reasons.end());
      for (const Account* account : from->accounts) into->add(*account);
      joined_by_[into->accounts.front()] = rule.mark;
      clusters.erase(from);
    };
    for (const Pair& pair : same) {
      if (pair.first.empty() || pair.second.empty()) continue;
      for (const Account* a : pair.first) join(pair.first.front(), a, *pair.rule);
      for (const Account* b : pair.second) join(pair.first.front(), b, *pair.rule);
    }
    for (const Pair& pair : ties) {
      if (pair.first.empty()) {
        clusters.erase(home(pair.second.front()));  // the event is not there
        continue;
      }
      auto into = home(pair.first.front());
      const auto from = home(pair.second.front());
      for (const Account* account : from->accounts) into->add(*account);
      clusters.erase(from);
    }
    return clusters;
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
        if ((entity.label == "Person") == people) who.push_back(name_of(identity, entity));
      }
    }
    std::string name = term ? std::string(term->label_vi) : kind;
    for (std::size_t i = 0; i < std::min(who.size(), kNamed); ++i)
      name += (i == 0 ? ": " : " - ") + who[i];
    return name;
  }

  // What the accounts of a cluster say together, written as its node and the edges to it.
  struct Told {
    NodeDraft node;
    EvidenceSet evidence;
    Roles roles;
    std::map<std::string, EvidenceSet> fields;
  };
  Told joined(const Cluster& cluster, std::string_view label, std::string_view done) {
    Told all;
    Votes names;
    const Account* first = cluster.accounts.front();
    std::string key = first->key();
    for (const Account* account : cluster.accounts) {
      key = std::min(key, account->key());
      const auto& quotations = account->quotations();
      if (!account->from->tied) add_all(all.evidence, *account->from, quotations);
      const std::string& name = account->event ? account->event->name : account->agreement->name;
      if (!name.empty()) ++names[name];
      for (const std::string& field :
           account->event ? account->event->fields : account->agreement->fields) {
        add_all(all.fields[field], *account->from, quotations);
      }
      for (const ReadRole& role : account->roles()) {
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
    const std::size_t sources = distinct_sources(cluster);
    if (sources > 0) {
      all.node.properties.emplace_back("sources", static_cast<std::int64_t>(sources));
    }
    if (!cluster.reasons.empty()) {
      List reasons;
      for (const std::string& reason : cluster.reasons) reasons.emplace_back(reason);
      all.node.properties.emplace_back("joined", std::move(reasons));
    }
    ketnghia::importers::Joined& told = out_.joined[all.node.id];
    told.event = first->event != nullptr;
    told.reasons = cluster.reasons;
    for (const Account* account : cluster.accounts) {
      told.accounts.push_back({account->from, account->index});
      if (!account->quotations().empty()) {
        node_of_[{account->from->reading, account->event != nullptr, account->index}] = all.node.id;
      }
      const auto changed = input_.marks.find(account->from->reading);
      if (changed == input_.marks.end()) continue;
      const auto by = changed->second.find({account->event != nullptr, account->index});
      if (by != changed->second.end()) marks_[all.node.id] = by->second;
    }
    if (const auto by = joined_by_.find(first); by != joined_by_.end()) {
      marks_.emplace(all.node.id, by->second);
    }
    return all;
  }

  // Documents that tell of it each in their own words: one that says the same as another, or
  // comes from the same source, is no further one.
  std::size_t distinct_sources(const Cluster& cluster) const {
    constexpr double kSameWords = 0.8;
    constexpr std::size_t kCompared = 64;  // texts that each further one is compared with
    std::vector<std::set<std::string>> texts;
    std::set<std::string> published;
    std::size_t sources = 0;
    for (const Account* account : cluster.accounts) {
      if (account->from->tied || account->quotations().empty()) continue;
      const Reading& reading = *account->from->reading;
      bool fresh = true;
      for (const std::string* key : {&reading.source, &reading.url}) {
        if (!key->empty() && !published.insert(*key).second) fresh = false;
      }
      if (cluster.accounts.size() > 1) {
        std::string text;
        for (const Quotation& quotation : account->quotations()) {
          text += quote_(account->from->document, quotation.span) + ' ';
        }
        std::set<std::string> words = shingles(text);
        for (const auto& other : texts) {
          if (!fresh) break;
          const std::size_t common = shared(words, other);
          fresh = static_cast<double>(common) <
                  kSameWords * static_cast<double>(words.size() + other.size() - common);
        }
        if (fresh && texts.size() < kCompared) texts.push_back(std::move(words));
      }
      sources += fresh;
    }
    return sources;
  }

  // What cooperation() derives from, before write() hands the node over.
  void note(const Told& all, const std::string& kind, std::string_view done) {
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

  void write(Told& all, std::string_view edge_type) {
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
        if (from.reading->events[i].kind.empty()) continue;  // taken out
        accounts.push_back(account(from, i, &from.reading->events[i], nullptr));
      }
    }
    const std::vector<Cluster> clusters = clustered(accounts, "Event");
    learn_years(clusters);
    std::vector<std::pair<const Cluster*, NodeId>> written;
    for (const Cluster& cluster : clusters) {
      Told all = joined(cluster, "Event", "held");
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
              {account->from->reading, true, static_cast<std::size_t>(event.part_of)});
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
        if (from.reading->agreements[i].kind.empty()) continue;  // taken out
        accounts.push_back(account(from, i, nullptr, &from.reading->agreements[i]));
      }
    }
    const std::vector<Cluster> clusters = clustered(accounts, "Agreement");
    for (const Cluster& cluster : clusters) {
      Told all = joined(cluster, "Agreement", "signed");
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
              {account->from->reading, true, static_cast<std::size_t>(agreement.signing)});
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
    const std::set<std::string>& of_a = cities_of(a);
    const std::set<std::string>& of_b = cities_of(b);
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

  Input input_;
  const std::vector<Contribution>& contributions_;
  const Correcting& correcting_;
  const Quote& quote_;
  Identities who_;
  Resolution out_;
  std::set<NodeId> documents_, documents_of_readings_;
  std::map<NodeId, std::string> marks_;              // who decided what a node says
  std::map<const Account*, std::string> joined_by_;  // by the first of a cluster
  std::map<std::string, Entity> entities_;
  std::map<std::tuple<const Reading*, bool, std::size_t>, NodeId>
      node_of_;  // event or agreement of a reading
  std::map<std::pair<NodeId, std::string>, std::string> years_;
  std::map<std::string, std::set<std::string>> cities_of_;  // as far as asked for
  std::vector<Happening> happenings_;
  std::set<NodeId> signed_at_;
};

}  // namespace

Resolution resolve(std::vector<Contribution> contributions, const Correcting& correcting,
                   const Quote& quote) {
  return Resolver(std::move(contributions), correcting, quote).run();
}

}  // namespace ketnghia::importers
