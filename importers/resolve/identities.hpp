#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "importers/resolve/correcting.hpp"
#include "importers/resolve/resolution.hpp"

namespace ketnghia::importers {

// Which entities of readings are one thing, across documents.
//
// Places and bodies of one identity() are one. Of people a name is not enough: those of one name
// are joined where something speaks for it (a body or a city in which both hold posts, a meeting
// both were at), apart where posts lie in different countries or provinces. One of whom no post
// is told joins the only bearer of the name, unless that one is of a country it did not meet, or
// the only one whose city it met; else it stands for itself. A name in another order ("Sang-hoon
// Lee") is joined only where something speaks for it. Then come the decisions of people, in their
// order.
//
// A function of the readings and decisions: neither order nor grouping of documents counts.
// Cost: linear in mentions, posts and roles, but for sorting.
class Identities {
 public:
  Identities(const std::vector<Contribution>& contributions, const Correcting& correcting);

  // The key of an entity's node; empty for one that was taken out.
  const std::string& of(const Reading& reading, int entity) const {
    return *keys_.at(&reading)[static_cast<std::size_t>(entity)];
  }

  // Why the mentions of a key were joined, where more than its identity was needed; sorted.
  const std::map<std::string, std::set<std::string>>& reasons() const { return reasons_; }
  struct Decided {
    std::string name;  // of a rename
    std::string mark;  // who decided last
  };
  const std::map<std::string, Decided>& decided() const { return decided_; }

 private:
  struct Ref {
    const Contribution* from;
    std::size_t entity;
  };

  void set(const Ref& ref, std::string key);
  void find_added(const std::vector<Contribution>& contributions);
  void tell_people_apart(const std::vector<Contribution>& contributions);
  void split(const std::vector<Ref>& bearers);
  void decide(const std::vector<Contribution>& contributions, const Correcting& correcting);

  std::set<std::string, std::less<>> pool_;
  std::unordered_map<const Reading*, std::vector<const std::string*>> keys_;
  std::map<std::string, std::set<std::string>> reasons_;
  std::map<std::string, Decided> decided_;
};

}  // namespace ketnghia::importers
