#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query-lang/question/question_ast.hpp"

namespace ketnghia::query {

// One side of an event or agreement: whoever of `names` took part, in one of `roles`.
struct Side {
  std::vector<AskedName> names;         // any of them
  std::vector<std::string_view> roles;  // empty: any
  bool place = false;                   // that it was held there counts too
};

// Which events and agreements are meant.
struct FactFilter {
  enum class What { Any, Event, Agreement };

  What what = What::Any;
  std::vector<std::string_view> kinds;     // empty: any
  std::vector<std::string_view> statuses;  // empty: not what was denied or called off
  std::vector<Side> sides;                 // all of them
  std::vector<AskedName> places;           // all of them
  std::vector<AskedTopic> topics;          // all of them
  bool in_force = false;                   // the time is that of validity, not of signing
};

// What a question asks for, its words gone: what is left is names, which only the graph knows.
struct Request {
  enum class Answer {
    Unit,
    City,
    Person,
    Actor,  // who did something; Actor: any of them
    Fact,   // events, agreements, or both (`facts.what`)
    Field,
    Document,
    Quote,
    Path,
    Post,
    Holder
  };

  // What takes the whole graph to know.
  enum class Whole {
    Nothing,
    Central,     // who is tied most, by whom they are tied to
    Communities  // groups of cities or units
  };

  // How an actor is tied to what it is asked for by.
  enum class Tie {
    Owner,      // only to the place or body it belongs to
    Cooperate,  // COOPERATED_WITH
    Act,        // a part in an event or agreement
    Meet        // a part on the other side than `counterpart`
  };

  Answer answer = Answer::Fact;
  std::string_view label;                      // cities: Province, District, Country, or City
  std::vector<std::string_view> agency_kinds;  // units
  Tie tie = Tie::Owner;
  Whole whole = Whole::Nothing;
  std::vector<std::string_view> roles;  // that the actor had; empty: any
  bool role_or_place = false;           // cities: that it was held there counts too
  std::vector<Side> counterparts;       // who the actor cooperated with or met
  std::vector<AskedName> owners;        // whose unit or person the actor is; all of them
  FactFilter facts;
  std::vector<std::vector<std::string>> periods;  // EDTF; one of each list
  std::vector<AskedName> ends;                    // of a path
  bool all_paths = false;
  AskedName holding;     // post and body, or a person
  bool current = false;  // the post is asked for as held now
  bool where = false;    // the places are asked for, whatever they are of
  bool count = false;
  Concept group = Concept::Noise;  // ByYear … ByCity, or Noise
  Concept order = Concept::Noise;  // ByDate … ByCount, or Noise
  bool descending = false;
  int limit = 0;  // 0: none
};

// Who does what to whom in `question`. Throws QueryError where nothing is asked for.
Request interpret(const Question& question);

}  // namespace ketnghia::query
