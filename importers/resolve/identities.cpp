#include "importers/resolve/identities.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

#include "importers/resolve/identity.hpp"

namespace ketnghia::importers {
namespace {

// What a mention of a person says of who it is.
struct Context {
  std::set<std::string> posts;      // "body|…", "city|…": one in common speaks for one person
  std::set<std::string> meetings;   // a day, a kind and who else was there
  std::set<std::string> cities;     // of posts
  std::set<std::string> countries;  // of posts
  std::set<std::string> national;   // countries of posts that are of no city
  std::set<std::string> met;        // cities and "@" countries of what it took part in
};

const ReadEntity& at(const Reading& reading, int index) {
  return reading.entities[static_cast<std::size_t>(index)];
}

// The city or province that an entity lies in, the outermost below the country; and the country.
struct Seat {
  const ReadEntity* city = nullptr;
  std::string country;
};
Seat seat(const Reading& reading, int index) {
  Seat seat;
  for (int depth = 0; index >= 0 && depth < 8; ++depth) {
    const ReadEntity& entity = at(reading, index);
    if (entity.label == "City") {
      if (!entity.country.empty()) seat.country = entity.country;
      if (entity.kind != "Country") seat.city = &entity;
    }
    index = entity.place;
  }
  return seat;
}

void note_post(const Reading& reading, const ReadHold& hold, Context& context) {
  const ReadEntity& body = at(reading, hold.body);
  context.posts.insert("body|" + body.identity);
  // An embassy lies in one country and speaks for another; of the world's bodies people are
  // from anywhere.
  if (body.kind == "diplomatic" || body.kind == "international") return;
  const Seat where = seat(reading, hold.body);
  if (!where.country.empty()) context.countries.insert(where.country);
  if (where.city) {
    context.cities.insert(where.city->identity);
    context.posts.insert("city|" + where.city->identity);
  } else if (!where.country.empty()) {
    context.national.insert(where.country);
  }
}

void note_meeting(const Reading& reading, const std::string& kind, const std::string& when,
                  const std::vector<ReadRole>& roles, int place, int person, Context& context) {
  const bool dated = when.size() == 10 && when.find('X') == when.npos;
  const auto note_place = [&](int index) {
    const Seat where = seat(reading, index);
    if (where.city) context.met.insert(where.city->identity);
    if (!where.country.empty()) context.met.insert("@" + where.country);
  };
  for (const ReadRole& role : roles) {
    if (role.entity == person || at(reading, role.entity).identity.empty()) continue;
    if (dated) {
      context.meetings.insert(kind + '|' + when + '|' + at(reading, role.entity).identity);
    }
    if (at(reading, role.entity).label != "Person") note_place(role.entity);
  }
  if (place >= 0) note_place(place);
}

// A forest of mentions, each tree a person.
class Union {
 public:
  explicit Union(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  bool join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::vector<std::size_t> parent_;
};

// A person as far as posts and meetings tell.
struct Bearer {
  std::set<std::string> names, cities, countries, national, met, bodies;
  std::set<std::string> reasons;
  std::size_t mentions = 0;

  bool placed() const { return !countries.empty() || !cities.empty() || !bodies.empty(); }
};

// What is between the bars of an identity and is its name.
std::string shown(std::string_view key) {
  const std::size_t bar = key.find('|');
  std::string_view rest = bar == key.npos ? key : key.substr(bar + 1);
  return std::string(rest.substr(0, rest.find('|')));
}

}  // namespace

Identities::Identities(const std::vector<Contribution>& contributions,
                       const Correcting& correcting) {
  for (const Contribution& from : contributions) {
    auto& keys = keys_[from.reading];
    for (const ReadEntity& entity : from.reading->entities) {
      keys.push_back(&*pool_.insert(entity.identity).first);
    }
  }
  find_added(contributions);
  tell_people_apart(contributions);
  if (!correcting.empty()) decide(contributions, correcting);
}

void Identities::set(const Ref& ref, std::string key) {
  keys_.at(ref.from->reading)[ref.entity] = &*pool_.insert(std::move(key)).first;
}

// What people name in additions is what documents name so, where there is any.
void Identities::find_added(const std::vector<Contribution>& contributions) {
  std::set<std::string> wanted;
  for (const Contribution& from : contributions) {
    if (!from.added) continue;
    for (const ReadEntity& entity : from.reading->entities) wanted.insert(spelled(entity.name));
  }
  if (wanted.empty()) return;
  std::map<std::string, std::set<std::pair<std::string, std::string>>> known;  // label, identity
  for (const Contribution& from : contributions) {
    if (from.added) continue;
    for (const ReadEntity& entity : from.reading->entities) {
      std::string name = spelled(entity.name);
      if (!entity.identity.empty() && wanted.contains(name)) {
        known[std::move(name)].emplace(entity.label, entity.identity);
      }
    }
  }
  for (const Contribution& from : contributions) {
    if (!from.added) continue;
    for (std::size_t i = 0; i < from.reading->entities.size(); ++i) {
      const ReadEntity& entity = from.reading->entities[i];
      const auto& candidates = known[spelled(entity.name)];
      const std::pair<std::string, std::string>* chosen = nullptr;
      for (const auto& candidate : candidates) {
        const bool better =
            !chosen || (chosen->first != entity.label && candidate.first == entity.label);
        if (better) chosen = &candidate;
      }
      set({&from, i}, chosen ? chosen->second : identity(*from.reading, entity));
    }
  }
}

void Identities::tell_people_apart(const std::vector<Contribution>& contributions) {
  std::map<std::string, std::vector<Ref>> by_name;
  for (const Contribution& from : contributions) {
    if (!from.whole || from.added) continue;
    for (std::size_t i = 0; i < from.reading->entities.size(); ++i) {
      const ReadEntity& entity = from.reading->entities[i];
      if (entity.label != "Person" || entity.identity.empty()) continue;
      const std::string any_order = spelled_in_any_order(entity.name);
      by_name[any_order.empty() ? spelled(entity.name) : "~" + any_order].push_back({&from, i});
    }
  }
  for (const auto& [name, bearers] : by_name) {
    if (bearers.size() > 1) split(bearers);
  }
}

void Identities::split(const std::vector<Ref>& bearers) {
  std::vector<Context> contexts(bearers.size());
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    const Reading& reading = *bearers[i].from->reading;
    const int person = static_cast<int>(bearers[i].entity);
    for (const ReadHold& hold : reading.holds) {
      if (hold.person == person && !at(reading, hold.body).identity.empty()) {
        note_post(reading, hold, contexts[i]);
      }
    }
    const auto takes_part = [&](const std::vector<ReadRole>& roles) {
      return std::any_of(roles.begin(), roles.end(),
                         [&](const ReadRole& role) { return role.entity == person; });
    };
    for (const ReadEvent& event : reading.events) {
      if (!takes_part(event.participants)) continue;
      note_meeting(reading, event.kind, event.when, event.participants, event.place, person,
                   contexts[i]);
    }
    for (const ReadAgreement& agreement : reading.agreements) {
      if (!takes_part(agreement.parties)) continue;
      note_meeting(reading, agreement.kind, agreement.when, agreement.parties, -1, person,
                   contexts[i]);
    }
  }

  Union people(bearers.size());
  std::map<std::string, std::size_t> first;  // mention of each post and meeting
  std::vector<std::set<std::string>> reasons(bearers.size());
  const auto join_on = [&](const std::string& key, std::size_t i, std::string reason) {
    const auto [there, fresh] = first.try_emplace(key, i);
    if (fresh) return;
    people.join(there->second, i);
    reasons[i].insert(std::move(reason));
  };
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    for (const std::string& post : contexts[i].posts) {
      const bool city = post.starts_with("city|");
      join_on(post, i,
              std::string(city ? "posts in one city: " : "posts in one body: ") +
                  shown(std::string_view(post).substr(5)));
    }
    for (const std::string& meeting : contexts[i].meetings) {
      const std::size_t kind = meeting.find('|'), day = meeting.find('|', kind + 1);
      join_on("met|" + meeting, i,
              "one " + meeting.substr(0, kind) + " on " + meeting.substr(kind + 1, day - kind - 1));
    }
  }

  std::map<std::size_t, Bearer> found;
  const auto gather = [&] {
    found.clear();
    for (std::size_t i = 0; i < bearers.size(); ++i) {
      Bearer& bearer = found[people.root(i)];
      const auto& context = contexts[i];
      bearer.names.insert(
          at(*bearers[i].from->reading, static_cast<int>(bearers[i].entity)).identity);
      bearer.cities.insert(context.cities.begin(), context.cities.end());
      bearer.countries.insert(context.countries.begin(), context.countries.end());
      bearer.national.insert(context.national.begin(), context.national.end());
      bearer.met.insert(context.met.begin(), context.met.end());
      bearer.reasons.insert(reasons[i].begin(), reasons[i].end());
      for (const std::string& post : context.posts) {
        if (post.starts_with("body|")) bearer.bodies.insert(post.substr(5));
      }
      ++bearer.mentions;
    }
  };
  const auto join = [&](std::size_t a, std::size_t b, const char* reason) {
    people.join(a, b);
    reasons[a].insert(reason);
  };

  // Posts of the country as a whole: one person, who may have served in the one city as well.
  gather();
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> of_country, of_nation;
  for (const auto& [root, bearer] : found) {
    if (bearer.countries.size() != 1) continue;
    for (const std::string& name : bearer.names) {
      auto& list = bearer.cities.empty() ? of_nation : of_country;
      list[{name, *bearer.countries.begin()}].push_back(root);
    }
  }
  for (const auto& [key, roots] : of_nation) {
    for (std::size_t i = 1; i < roots.size(); ++i) {
      join(roots[i], roots.front(), "posts in one country, of no city");
    }
    const auto cities = of_country.find(key);
    if (cities != of_country.end() && cities->second.size() == 1) {
      join(cities->second.front(), roots.front(), "posts in one country");
    }
  }

  // Those without a post: by whom they met, else by there being nobody else of the name.
  gather();
  std::map<std::string, std::vector<std::size_t>> bearers_of;  // placed ones, by name
  for (const auto& [root, bearer] : found) {
    if (!bearer.placed()) continue;
    for (const std::string& name : bearer.names) bearers_of[name].push_back(root);
  }
  std::map<std::string, std::size_t> unplaced;  // the first of a name
  for (const auto& entry : found) {
    const std::size_t root = entry.first;
    const Bearer& bearer = entry.second;
    if (bearer.placed()) continue;
    const auto& candidates = bearers_of[*bearer.names.begin()];
    const auto only = [&](const auto& wanted) -> std::optional<std::size_t> {
      std::optional<std::size_t> one;
      for (const std::size_t candidate : candidates) {
        if (!wanted(found.at(candidate))) continue;
        if (one) return std::nullopt;
        one = candidate;
      }
      return one;
    };
    const auto met = [&](const std::set<std::string>& places, std::string_view prefix) {
      return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
        return bearer.met.contains(std::string(prefix) + place);
      });
    };
    const auto elsewhere = [&](const Bearer& other) {
      const bool countries = std::any_of(bearer.met.begin(), bearer.met.end(),
                                         [](const std::string& place) { return place[0] == '@'; });
      return countries && !other.countries.empty() && !met(other.countries, "@");
    };
    if (candidates.size() == 1 && !elsewhere(found.at(candidates.front()))) {
      join(root, candidates.front(), "the name alone");
    } else if (const auto by_city =
                   only([&](const Bearer& other) { return met(other.cities, ""); })) {
      join(root, *by_city, "met the city of the post");
    } else if (const auto by_country =
                   only([&](const Bearer& other) { return met(other.countries, "@"); })) {
      join(root, *by_country, "met the country of the post");
    } else {
      const auto [there, fresh] = unplaced.try_emplace(*bearer.names.begin(), root);
      if (!fresh) join(root, there->second, "the name alone");
    }
  }

  gather();
  std::map<std::string, std::size_t> of_name;  // people that bear it
  for (const auto& [root, bearer] : found) {
    for (const std::string& name : bearer.names) ++of_name[name];
  }
  std::map<std::size_t, std::string> keys;
  for (const auto& [root, bearer] : found) {
    std::string key = *bearer.names.begin();
    const bool alone = std::all_of(bearer.names.begin(), bearer.names.end(),
                                   [&](const std::string& name) { return of_name[name] == 1; });
    if (!alone && bearer.placed()) {
      // What no other bearer has: joined they would be one.
      key += '|' + (bearer.cities.empty() ? *bearer.bodies.begin() : *bearer.cities.begin());
    }
    keys[root] = key;
    if (bearer.mentions > 1) reasons_[key].insert(bearer.reasons.begin(), bearer.reasons.end());
  }
  for (std::size_t i = 0; i < bearers.size(); ++i) set(bearers[i], keys.at(people.root(i)));
}

// `same` joins keys, `different` moves those of its second side to a key of their own; `rename`
// gives a key its name. In the order in which they were decided.
void Identities::decide(const std::vector<Contribution>& contributions,
                        const Correcting& correcting) {
  std::map<std::string, std::vector<Ref>> by_name;
  const std::set<std::string>* wanted = nullptr;
  const auto matching = [&](const Selector& selector) {
    std::vector<Ref> refs;
    for (const std::string& name : *wanted) {
      const auto found = by_name.find(name);
      if (found == by_name.end()) continue;
      for (const Ref& ref : found->second) {
        if (selects(selector, *ref.from->reading, ref.entity)) refs.push_back(ref);
      }
    }
    return refs;
  };
  std::set<std::string> names;
  for (const Rule& rule : correcting.rules())
    names.insert(rule.spelled.begin(), rule.spelled.end());
  std::map<std::string, std::vector<Ref>> members;
  for (const Contribution& from : contributions) {
    for (std::size_t i = 0; i < from.reading->entities.size(); ++i) {
      const ReadEntity& entity = from.reading->entities[i];
      if (entity.identity.empty()) continue;
      if (!from.whole && entity.kind != "Country") continue;
      const std::string name = spelled(entity.name);
      if (names.contains(name)) by_name[name].push_back({&from, i});
      members[of(*from.reading, static_cast<int>(i))].push_back({&from, i});
    }
  }
  const auto key_of = [&](const Ref& ref) {
    return of(*ref.from->reading, static_cast<int>(ref.entity));
  };
  const auto move = [&](const std::string& from, const std::string& to) {
    if (from == to) return;
    for (const Ref& ref : members[from]) {
      set(ref, to);
      members[to].push_back(ref);
    }
    members.erase(from);
    reasons_[to].merge(reasons_[from]);
    reasons_.erase(from);
    if (const auto old = decided_.find(from); old != decided_.end()) {
      Decided& decided = decided_[to];
      if (decided.name.empty()) decided.name = old->second.name;
      decided_.erase(from);
    }
  };
  for (const Rule& rule : correcting.rules()) {
    const std::string& verb = rule.decision.verb;
    const std::string& kind = rule.subject.kind;
    if (kind != "Person" && kind != "Agency" && kind != "City") continue;
    wanted = &rule.spelled;
    if (verb == "rename") {
      std::set<std::string> keys;
      for (const Ref& ref : matching(rule.subject)) keys.insert(key_of(ref));
      for (const std::string& key : keys) decided_[key] = {rule.decision.object, rule.mark};
    } else if (verb == "same") {
      std::set<std::string> keys;
      const auto first = matching(rule.subject), second = matching(rule.object);
      if (first.empty() || second.empty()) continue;
      for (const Ref& ref : first) keys.insert(key_of(ref));
      for (const Ref& ref : second) keys.insert(key_of(ref));
      const std::string to = *keys.begin();
      for (const std::string& key : keys) move(key, to);
      reasons_[to].insert("decided by " + rule.mark.substr(kPersonRule.size()));
      decided_[to].mark = rule.mark;
    } else if (verb == "different") {
      std::set<std::string> first;
      std::vector<Ref> second;
      std::set<std::pair<const Reading*, std::size_t>> stay;
      for (const Ref& ref : matching(rule.subject)) {
        first.insert(key_of(ref));
        stay.emplace(ref.from->reading, ref.entity);
      }
      for (const Ref& ref : matching(rule.object)) {
        if (!stay.contains({ref.from->reading, ref.entity}) && first.contains(key_of(ref))) {
          second.push_back(ref);
        }
      }
      for (const Ref& ref : second) {
        const std::string old = key_of(ref);
        const std::string key = old + "|not|" + to_text(rule.object);
        auto& list = members[old];
        std::erase_if(list, [&](const Ref& other) {
          return other.from == ref.from && other.entity == ref.entity;
        });
        set(ref, key);
        members[key].push_back(ref);
        decided_[key].mark = rule.mark;
        decided_[old].mark = rule.mark;
      }
    }
  }
}

}  // namespace ketnghia::importers
