#include "importers/resolve/conflicts.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/text/edtf.hpp"
#include "engine/text/fold.hpp"

namespace ketnghia::importers {
namespace {

constexpr DayNumber kNear = 3;      // days between two reports' dates of one event
constexpr DayNumber kOneTerm = 31;  // days in which a post has one holder

struct Participant {
  std::string role, label;
  std::string seat;  // the identity of the city it lies in; empty where it is not told
};

// An event or agreement with all that its accounts say.
struct Happening {
  NodeId node{};
  const Joined* joined = nullptr;
  std::string kind, when, name;
  DayNumber day = 0;
  std::set<NodeId> documents;
  std::map<NodeId, Participant> participants;
};

const std::vector<ReadRole>& roles_of(const AccountRef& account, bool event) {
  const Reading& reading = *account.from->reading;
  return event ? reading.events[account.index].participants
               : reading.agreements[account.index].parties;
}

const std::vector<Quotation>& quotations_of(const AccountRef& account, bool event) {
  const Reading& reading = *account.from->reading;
  return event ? reading.events[account.index].quotations
               : reading.agreements[account.index].quotations;
}

std::string text_of(const NodeDraft& node, std::string_view key) {
  for (const auto& [name, value] : node.properties) {
    if (name == key && value.text()) return *value.text();
  }
  return {};
}

const ReadEntity& at(const Reading& reading, int index) {
  return reading.entities[static_cast<std::size_t>(index)];
}

std::string seat_of(const Reading& reading, int index) {
  std::string seat;
  for (int depth = 0; index >= 0 && depth < 8; ++depth) {
    const ReadEntity& entity = at(reading, index);
    if (entity.label == "City" && (entity.kind != "Country" || seat.empty())) {
      seat = entity.identity;
    }
    index = entity.place;
  }
  return seat;
}

// Whether one place lies in the other, as a document tells.
bool nested(const Reading& reading, int inner, const std::string& outer) {
  for (int depth = 0; inner >= 0 && depth < 8; ++depth) {
    if (at(reading, inner).identity == outer) return true;
    inner = at(reading, inner).place;
  }
  return false;
}

// 1 for those who receive, 2 for those who come, 0 for what has no sides.
int side(const std::string& role) {
  if (role == "host" || role == "recipient") return 1;
  if (role == "guest" || role == "leader" || role == "giver") return 2;
  return 0;
}

bool is_off(const std::string& status) {
  return status == "cancelled" || status == "denied" || status == "postponed";
}
bool is_done(const std::string& status) { return status == "held" || status == "signed"; }

class Finder {
 public:
  explicit Finder(const WholeGraph& graph) : graph_(graph) {}

  std::vector<Conflict> run() {
    for (const auto& [node, joined] : graph_.resolution.joined) {
      const auto draft = graph_.resolution.nodes.find(node);
      if (draft == graph_.resolution.nodes.end()) continue;
      within(node, joined, draft->second);
      gather(node, joined, draft->second);
    }
    between();
    posts();
    std::sort(found_.begin(), found_.end(), [](const Conflict& a, const Conflict& b) {
      return std::tie(a.name, a.about, a.one.document, a.one.span, a.other.document, a.other.span) <
             std::tie(b.name, b.about, b.one.document, b.one.span, b.other.document, b.other.span);
    });
    return std::move(found_);
  }

 private:
  NodeId node_of(const Reading& reading, int entity) const {
    return graph_.resolution.entities.at(&reading)[static_cast<std::size_t>(entity)];
  }

  Claim claim(const AccountRef& account, bool event, std::string value) const {
    const auto& quotations = quotations_of(account, event);
    return {std::move(value), account.from->document,
            quotations.empty() ? Span{} : quotations.front().span,
            selector_of(graph_, account, event)};
  }

  void add(const char* about, NodeId first, NodeId second, std::string name, Claim one,
           Claim other) {
    if (one.document == other.document) return;
    found_.push_back({about, first, second, std::move(name), std::move(one), std::move(other)});
  }

  // What accounts of one event say differently.
  void within(NodeId node, const Joined& joined, const NodeDraft& draft) {
    const std::string name = text_of(draft, "name");
    std::set<std::tuple<std::string, std::string, std::string>> told;  // a pair of values once
    const auto tell = [&](const char* about, const AccountRef& a, const AccountRef& b,
                          const std::string& of_a, const std::string& of_b) {
      const auto [less, greater] = std::minmax(of_a, of_b);
      if (!told.emplace(about, less, greater).second) return;
      add(about, node, node, name, claim(a, joined.event, of_a), claim(b, joined.event, of_b));
    };
    // The first account that gives each value: so the cost is that of values, not of accounts.
    std::map<std::string, AccountRef> places, leaders, statuses, counts;
    for (const AccountRef& account : joined.accounts) {
      const Reading& reading = *account.from->reading;
      if (joined.event) {
        const ReadEvent& event = reading.events[account.index];
        if (event.place >= 0) places.emplace(at(reading, event.place).identity, account);
        if (!event.status.empty()) statuses.emplace(event.status, account);
        for (const ReadRole& role : event.participants) {
          if (role.role == "leader" && at(reading, role.entity).label == "Person") {
            leaders.emplace(std::to_string(number(node_of(reading, role.entity))), account);
          }
        }
      } else {
        const ReadAgreement& agreement = reading.agreements[account.index];
        if (!agreement.status.empty()) statuses.emplace(agreement.status, account);
        if (agreement.count > 1) counts.emplace(std::to_string(agreement.count), account);
      }
    }
    const auto pairs = [](const auto& values, const auto& look) {
      for (auto a = values.begin(); a != values.end(); ++a) {
        for (auto b = std::next(a); b != values.end(); ++b) look(*a, *b);
      }
    };
    pairs(places, [&](const auto& a, const auto& b) {
      const Reading& of_a = *a.second.from->reading;
      const Reading& of_b = *b.second.from->reading;
      const int place_a = of_a.events[a.second.index].place;
      const int place_b = of_b.events[b.second.index].place;
      if (node_of(of_a, place_a) == node_of(of_b, place_b) || nested(of_a, place_a, b.first) ||
          nested(of_b, place_b, a.first)) {
        return;
      }
      tell("place", a.second, b.second, at(of_a, place_a).name, at(of_b, place_b).name);
    });
    pairs(statuses, [&](const auto& a, const auto& b) {
      if ((is_done(a.first) && is_off(b.first)) || (is_off(a.first) && is_done(b.first))) {
        tell("status", a.second, b.second, a.first, b.first);
      }
    });
    pairs(counts, [&](const auto& a, const auto& b) {
      tell("count", a.second, b.second, a.first, b.first);
    });
    pairs(leaders, [&](const auto& a, const auto& b) {
      const std::string of_a = leader(a.second, a.first), of_b = leader(b.second, b.first);
      // Who also names the other's leader as such says nothing against it.
      if (leader(a.second, b.first).empty() && leader(b.second, a.first).empty()) {
        tell("leader", a.second, b.second, of_a, of_b);
      }
    });
  }

  // The name of a leader of an account, by the number of its node; empty where it is none.
  std::string leader(const AccountRef& account, const std::string& node) const {
    const Reading& reading = *account.from->reading;
    for (const ReadRole& role : reading.events[account.index].participants) {
      if (role.role == "leader" && std::to_string(number(node_of(reading, role.entity))) == node) {
        return at(reading, role.entity).name;
      }
    }
    return {};
  }

  void gather(NodeId node, const Joined& joined, const NodeDraft& draft) {
    Happening happening;
    happening.node = node;
    happening.joined = &joined;
    happening.kind = (joined.event ? "" : "agreement ") + text_of(draft, "kind");
    happening.when = text_of(draft, "when");
    happening.name = text_of(draft, "name");
    const auto date = parse_edtf(happening.when);
    if (happening.when.size() != 10 || !date || !date->first) return;
    happening.day = *date->first;
    for (const AccountRef& account : joined.accounts) {
      const Reading& reading = *account.from->reading;
      happening.documents.insert(account.from->document);
      for (const ReadRole& role : roles_of(account, joined.event)) {
        const NodeId who = node_of(reading, role.entity);
        if (who == NodeId{}) continue;
        Participant& participant = happening.participants[who];
        participant.label = at(reading, role.entity).label;
        if (side(participant.role) == 0) participant.role = role.role;
        if (participant.seat.empty()) participant.seat = seat_of(reading, role.entity);
      }
    }
    happenings_.push_back(std::move(happening));
  }

  // Whether two look like one event: parties of both sides in common, half of the lesser list;
  // where both name people, one of these.
  static bool alike(const Happening& a, const Happening& b) {
    std::size_t common = 0;
    bool person = false;
    std::set<int> sides;
    std::set<std::string> seats;
    for (const auto& [who, of_a] : a.participants) {
      const auto of_b = b.participants.find(who);
      if (of_b == b.participants.end()) continue;
      ++common;
      if (side(of_a.role) == side(of_b->second.role)) sides.insert(side(of_a.role));
      if (of_a.label != "Person") seats.insert(of_a.seat);
      person |= of_a.label == "Person";
    }
    const auto names_people = [](const Happening& happening) {
      return std::any_of(happening.participants.begin(), happening.participants.end(),
                         [](const auto& one) { return one.second.label == "Person"; });
    };
    if (!person && names_people(a) && names_people(b)) return false;
    seats.erase("");
    sides.erase(0);
    const std::size_t least = std::min(a.participants.size(), b.participants.size());
    // Years apart, two bodies are no sign: they meet on the same day again.
    const bool near = std::abs(a.day - b.day) <= kNear;
    return (near || person || common >= 3) && common >= 2 && common * 2 >= least &&
           (sides.size() == 2 || seats.size() >= 2);
  }

  void compare(const Happening& a, const Happening& b) {
    if (!compared_.insert(std::minmax(a.node, b.node)).second) return;
    const bool together = std::any_of(a.documents.begin(), a.documents.end(), [&](NodeId document) {
      return b.documents.contains(document);
    });
    if (together || a.when == b.when || !alike(a, b)) return;
    add("date", a.node, b.node, a.name, claim(a.joined->accounts.front(), a.joined->event, a.when),
        claim(b.joined->accounts.front(), b.joined->event, b.when));
  }

  void between() {
    // By kind and a body or person that took part; cities take part in too much.
    using Key = std::pair<std::string, NodeId>;
    std::map<Key, std::vector<std::pair<DayNumber, const Happening*>>> by_day;
    std::map<std::pair<Key, std::string>, std::vector<const Happening*>> by_look;
    for (const Happening& happening : happenings_) {
      const std::string year = happening.when.substr(0, 4);
      const std::string month = happening.when.substr(5, 2), of_month = happening.when.substr(8);
      const std::string swapped = std::min(month, of_month) + std::max(month, of_month);
      for (const auto& [who, participant] : happening.participants) {
        if (participant.label == "City") continue;
        const Key key{happening.kind, who};
        by_day[key].emplace_back(happening.day, &happening);
        by_look[{key, "any year " + happening.when.substr(5)}].push_back(&happening);
        by_look[{key, year + swapped}].push_back(&happening);
      }
    }
    for (auto& [key, days] : by_day) {
      std::sort(days.begin(), days.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first, a.second->node) < std::pair(b.first, b.second->node);
      });
      for (std::size_t i = 0; i < days.size(); ++i) {
        for (std::size_t j = i + 1; j < days.size() && days[j].first - days[i].first <= kNear;
             ++j) {
          compare(*days[i].second, *days[j].second);
        }
      }
    }
    for (const auto& [key, list] : by_look) {
      for (std::size_t i = 0; i < list.size(); ++i) {
        for (std::size_t j = i + 1; j < list.size(); ++j) compare(*list[i], *list[j]);
      }
    }
  }

  struct Post {
    const Contribution* from;
    const ReadHold* hold;
    DayNumber day;
    NodeId person;
  };

  static bool has_one_holder(std::string_view title) {
    const std::string key = match_key(title);
    for (const char* head :
         {"giam doc", "chu tich", "bi thu", "thi truong", "thong doc", "tong giam doc",
          "truong ban", "hieu truong", "vien truong", "cuc truong", "vu truong", "dai su",
          "tong lanh su", "bo truong", "tinh truong", "quan truong"}) {
      if (key == head) return true;
    }
    return false;
  }

  Claim claim(const Post& post, std::string value) const {
    const Reading& reading = *post.from->reading;
    Selector fact;
    fact.kind = "HOLDS";
    fact.names = {at(reading, post.hold->person).name, at(reading, post.hold->body).name};
    fact.where["title"] = post.hold->title;
    fact.where["document"] = reading.document;
    return {std::move(value), post.from->document,
            post.hold->quotations.empty() ? Span{} : post.hold->quotations.front().span,
            std::move(fact)};
  }

  // Two holders of one post, or two posts of one person in one body, told at one time.
  void posts() {
    std::map<std::pair<NodeId, std::string>, std::vector<Post>> by_post;
    std::map<std::pair<NodeId, NodeId>, std::vector<Post>> by_person;
    for (const Contribution& from : *graph_.resolution.contributions) {
      const auto published = parse_edtf(from.reading->published);
      if (!published || !published->first) continue;
      for (const ReadHold& hold : from.reading->holds) {
        if (!hold.when.empty()) continue;
        const NodeId person = node_of(*from.reading, hold.person);
        const NodeId body = node_of(*from.reading, hold.body);
        if (person == NodeId{} || body == NodeId{}) continue;
        const Post post{&from, &hold, *published->first, person};
        if (has_one_holder(hold.title)) by_post[{body, match_key(hold.title)}].push_back(post);
        by_person[{person, body}].push_back(post);
      }
    }
    const auto by_day = [](const Post& a, const Post& b) {
      return std::tie(a.day, a.from->reading->document) <
             std::tie(b.day, b.from->reading->document);
    };
    for (auto& [post, list] : by_post) {
      std::stable_sort(list.begin(), list.end(), by_day);
      for (std::size_t i = 1; i < list.size(); ++i) {
        const Post &a = list[i - 1], &b = list[i];
        if (a.person == b.person || b.day - a.day > kOneTerm) continue;
        add("holder", a.person, b.person,
            a.hold->title + ", " + at(*a.from->reading, a.hold->body).name,
            claim(a, at(*a.from->reading, a.hold->person).name),
            claim(b, at(*b.from->reading, b.hold->person).name));
      }
    }
    for (auto& [post, list] : by_person) {
      std::stable_sort(list.begin(), list.end(), by_day);
      for (std::size_t i = 1; i < list.size(); ++i) {
        const Post &a = list[i - 1], &b = list[i];
        const std::string of_a = match_key(a.hold->title), of_b = match_key(b.hold->title);
        // "Phó Giám đốc" and "Giám đốc"; other pairs can both be held.
        const bool deputy = of_a == "pho " + of_b || of_b == "pho " + of_a;
        if (!deputy || b.day - a.day > kOneTerm) continue;
        add("title", a.person, a.person,
            at(*a.from->reading, a.hold->person).name + ", " +
                at(*a.from->reading, a.hold->body).name,
            claim(a, a.hold->title), claim(b, b.hold->title));
      }
    }
  }

  const WholeGraph& graph_;
  std::vector<Happening> happenings_;
  std::set<std::pair<NodeId, NodeId>> compared_;
  std::vector<Conflict> found_;
};

}  // namespace

std::vector<Conflict> conflicts(const WholeGraph& graph) { return Finder(graph).run(); }

Selector selector_of(const WholeGraph& graph, const AccountRef& account, bool event) {
  constexpr std::size_t kQuoted = 120;  // bytes: enough to be told from other sentences
  const Reading& reading = *account.from->reading;
  Selector selector;
  selector.kind = event ? "Event" : "Agreement";
  selector.names = {event ? reading.events[account.index].kind
                          : reading.agreements[account.index].kind};
  selector.where["document"] = reading.document;
  const auto& quotations = quotations_of(account, event);
  if (!quotations.empty()) {
    std::string quote = graph.quote(account.from->document, quotations.front().span);
    if (quote.size() > kQuoted) {
      std::size_t end = kQuoted;
      while (end > 0 && (static_cast<unsigned char>(quote[end]) & 0xC0U) == 0x80U) --end;
      quote.resize(end);
    }
    selector.where["quote"] = std::move(quote);
  }
  return selector;
}

}  // namespace ketnghia::importers
