#include "importers/resolve/doubts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "importers/resolve/identity.hpp"

namespace ketnghia::importers {
namespace {

// How far the graph is trusted where nothing but this speaks for it. An order, no probability:
// what is wrong oftenest is asked first.
constexpr double kConflict = 0.3;
constexpr double kNameAlone = 0.4;
constexpr double kNamesakes = 0.45;
constexpr double kVagueDate = 0.5;
constexpr double kTwoInCommon = 0.6;

const ReadEntity& at(const Reading& reading, int index) {
  return reading.entities[static_cast<std::size_t>(index)];
}

class Finder {
 public:
  Finder(const WholeGraph& graph, float least) : graph_(graph), least_(least) {
    for (const Decision* decision : graph.corrections.active()) {
      for (const std::string* cell : {&decision->subject, &decision->object})
        decided_.insert(*cell);
    }
  }

  std::vector<Doubt> run() {
    joined_events();
    people();
    for (const Conflict& conflict : conflicts(graph_)) {
      add(Doubt::About::Conflict, kConflict, conflict.about + ": " + conflict.name, conflict.one,
          conflict.other);
    }
    facts();
    std::sort(found_.begin(), found_.end(), [](const Doubt& a, const Doubt& b) {
      return std::tie(a.confidence, a.about, a.one.document, a.one.span, a.other.document,
                      a.other.span) < std::tie(b.confidence, b.about, b.one.document, b.one.span,
                                               b.other.document, b.other.span);
    });
    return std::move(found_);
  }

 private:
  void add(Doubt::About about, double confidence, std::string reason, Claim one, Claim other) {
    // Who decided on both sides, or on the one there is, need not be asked again.
    const bool two = !other.fact.kind.empty();
    const bool first = decided_.contains(to_text(one.fact));
    const bool second = two && decided_.contains(to_text(other.fact));
    if (two ? (first && second) || (about == Doubt::About::Conflict && (first || second)) : first) {
      return;
    }
    found_.push_back({about, confidence, std::move(reason), std::move(one), std::move(other)});
  }

  Claim happening(const AccountRef& account, bool event) const {
    const Reading& reading = *account.from->reading;
    const auto& quotations = event ? reading.events[account.index].quotations
                                   : reading.agreements[account.index].quotations;
    Claim claim;
    claim.value =
        event ? reading.events[account.index].kind + ", " + reading.events[account.index].when
              : reading.agreements[account.index].kind + ", " +
                    reading.agreements[account.index].when;
    claim.document = account.from->document;
    if (!quotations.empty()) claim.span = quotations.front().span;
    claim.fact = selector_of(graph_, account, event);
    return claim;
  }

  static bool vague(const std::string& when) {
    return when.size() != 10 || when.find('X') != when.npos;
  }

  void joined_events() {
    for (const auto& [node, joined] : graph_.resolution.joined) {
      if (joined.reasons.empty()) continue;
      const AccountRef& first = joined.accounts.front();
      for (std::size_t i = 1; i < joined.accounts.size(); ++i) {
        const AccountRef& account = joined.accounts[i];
        if (account.from->added || first.from->added) continue;
        const Reading& reading = *account.from->reading;
        const std::string& when = joined.event ? reading.events[account.index].when
                                               : reading.agreements[account.index].when;
        const std::string reason =
            i - 1 < joined.reasons.size() ? joined.reasons[i - 1] : std::string{};
        const std::size_t names = reason.find("; both name ");
        const auto commas = names == reason.npos
                                ? 9
                                : std::count(reason.begin() + static_cast<std::ptrdiff_t>(names),
                                             reason.end(), ',');
        const bool weak = commas <= 1;  // two in common
        if (!vague(when) && !weak) continue;
        add(Doubt::About::JoinedEvents, vague(when) ? kVagueDate : kTwoInCommon, reason,
            happening(first, joined.event), happening(account, joined.event));
      }
    }
  }

  // A mention of a person as it is shown: the name, the posts told there.
  Claim bearer(const Contribution& from, std::size_t entity) const {
    const Reading& reading = *from.reading;
    Claim claim;
    claim.value = reading.entities[entity].name;
    for (const ReadHold& hold : reading.holds) {
      if (hold.person != static_cast<int>(entity)) continue;
      claim.value += ", " + hold.title + ' ' + at(reading, hold.body).name;
    }
    claim.document = from.document;
    if (!reading.entities[entity].mentions.empty()) {
      claim.span = reading.entities[entity].mentions.front().span;
    }
    claim.fact.kind = "Person";
    claim.fact.names = {reading.entities[entity].name};
    claim.fact.where["document"] = reading.document;
    return claim;
  }

  void people() {
    struct Mention {
      const Contribution* from;
      std::size_t entity;
      bool post;
    };
    std::map<std::string, std::map<NodeId, std::vector<Mention>>> by_name;
    for (const Contribution& from : *graph_.resolution.contributions) {
      if (from.added) continue;
      const Reading& reading = *from.reading;
      std::set<int> with_post;
      for (const ReadHold& hold : reading.holds) with_post.insert(hold.person);
      const auto& nodes = graph_.resolution.entities.at(&reading);
      for (std::size_t i = 0; i < reading.entities.size(); ++i) {
        if (reading.entities[i].label != "Person" || nodes[i] == NodeId{}) continue;
        by_name[spelled(reading.entities[i].name)][nodes[i]].push_back(
            {&from, i, with_post.contains(static_cast<int>(i))});
      }
    }
    for (const auto& [name, nodes] : by_name) {
      for (auto node = nodes.begin(); node != nodes.end(); ++node) {
        const auto next = std::next(node);
        if (next != nodes.end()) {
          const Mention &a = node->second.front(), &b = next->second.front();
          add(Doubt::About::Namesakes, kNamesakes, "two people of one name",
              bearer(*a.from, a.entity), bearer(*b.from, b.entity));
        }
        const auto& mentions = node->second;
        const auto placed = std::find_if(mentions.begin(), mentions.end(),
                                         [](const Mention& mention) { return mention.post; });
        if (placed == mentions.end() || !by_name_alone(node->first)) continue;
        for (const Mention& mention : mentions) {
          if (mention.post) continue;
          add(Doubt::About::JoinedPeople, kNameAlone, "joined by the name alone",
              bearer(*placed->from, placed->entity), bearer(*mention.from, mention.entity));
        }
      }
    }
  }

  bool by_name_alone(NodeId node) const {
    const auto draft = graph_.resolution.nodes.find(node);
    if (draft == graph_.resolution.nodes.end()) return false;
    for (const auto& [key, value] : draft->second.properties) {
      const List* reasons = std::get_if<List>(&value.data);
      if (key != "joined" || !reasons) continue;
      return std::any_of(reasons->begin(), reasons->end(), [](const Value& reason) {
        return reason.text() && *reason.text() == "the name alone";
      });
    }
    return false;
  }

  void facts() {
    const auto strongest = [](const std::vector<Quotation>& quotations) {
      float best = 0;
      for (const Quotation& one : quotations) best = std::max(best, one.confidence);
      return best;
    };
    for (const auto& [node, joined] : graph_.resolution.joined) {
      float confidence = 0;
      for (const AccountRef& account : joined.accounts) {
        const Reading& reading = *account.from->reading;
        confidence = std::max(
            confidence, strongest(joined.event ? reading.events[account.index].quotations
                                               : reading.agreements[account.index].quotations));
      }
      if (confidence >= least_ || joined.accounts.front().from->added) continue;
      Claim claim = happening(joined.accounts.front(), joined.event);
      const auto draft = graph_.resolution.nodes.find(node);
      if (draft == graph_.resolution.nodes.end()) continue;
      std::string shown;
      for (const auto& [key, value] : draft->second.properties) {
        if (key == "name" && value.text()) shown = *value.text();
      }
      add(Doubt::About::Fact, confidence, shown, std::move(claim), {});
    }
    for (const Contribution& from : *graph_.resolution.contributions) {
      if (from.added) continue;
      const Reading& reading = *from.reading;
      for (const ReadHold& hold : reading.holds) {
        const float confidence = strongest(hold.quotations);
        if (confidence >= least_ || hold.quotations.empty()) continue;
        Claim claim;
        claim.value =
            at(reading, hold.person).name + ", " + hold.title + ' ' + at(reading, hold.body).name;
        claim.document = from.document;
        claim.span = hold.quotations.front().span;
        claim.fact.kind = "HOLDS";
        claim.fact.names = {at(reading, hold.person).name, at(reading, hold.body).name};
        claim.fact.where["title"] = hold.title;
        claim.fact.where["document"] = reading.document;
        add(Doubt::About::Fact, confidence, claim.value, claim, {});
      }
    }
  }

  const WholeGraph& graph_;
  float least_;
  std::set<std::string> decided_;
  std::vector<Doubt> found_;
};

}  // namespace

std::vector<Doubt> doubts(const WholeGraph& graph, float least) {
  return Finder(graph, least).run();
}

}  // namespace ketnghia::importers
