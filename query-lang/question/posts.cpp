#include "query-lang/question/posts.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/model/vocabulary.hpp"
#include "engine/text/fold.hpp"
#include "query-lang/question/keywords.hpp"
#include "query-lang/question/token.hpp"

namespace ketnghia::query {
namespace {

// What the graph may call a post that was asked for so.
std::vector<std::string> titles_of(std::string_view asked) {
  const auto key = match_key(asked);
  std::vector<std::string> titles{key};
  for (const auto& term : terms(Family::Post)) {
    const auto says = [&](std::string_view word) { return match_key(word) == key; };
    if (std::none_of(term.words_en.begin(), term.words_en.end(), says)) continue;
    for (const auto word : term.words_vi) titles.push_back(match_key(word));
  }
  return titles;
}

// How well a title in the graph is what was asked for: 2 the same, 1 it goes on, 0 not.
int likeness(std::string_view title, const std::vector<std::string>& asked) {
  int best = 0;
  for (const auto& one : asked) {
    if (title == one) return 2;
    if (title.starts_with(one) && title[one.size()] == ' ') best = 1;
  }
  return best;
}

// The best likeness of a post held in one of `bodies`.
int held_in(const Snapshot& snapshot, const std::vector<NodeId>& bodies,
            const std::vector<std::string>& titles) {
  const auto holds = snapshot.string_id("HOLDS");
  const auto title = snapshot.string_id("title");
  if (!holds || !title) return 0;
  int best = 0;
  for (const auto body : bodies) {
    auto cursor = snapshot.neighbours(body, Snapshot::Direction::In, *holds);
    while (const auto edge = cursor.next()) {
      const auto value = snapshot.property(edge->edge, *title);
      if (value.text() != nullptr)
        best = std::max(best, likeness(match_key(*value.text()), titles));
    }
  }
  return best;
}

// The bodies of a place or a body: one step of of().
std::vector<NodeId> bodies_below(const Snapshot& snapshot, const std::set<NodeId>& nodes) {
  std::vector<NodeId> below;
  for (const std::string_view type : {"BELONGS_TO", "PART_OF"}) {
    const auto id = snapshot.string_id(type);
    if (!id) continue;
    for (const auto node : nodes) {
      auto cursor = snapshot.neighbours(node, Snapshot::Direction::In, *id);
      while (const auto edge = cursor.next()) below.push_back(edge->other);
    }
  }
  return below;
}

}  // namespace

std::optional<Post> find_post(const Snapshot& snapshot, const Names& names,
                              const AskedName& asked) {
  const auto tokens = tokenise(asked.text);
  const auto& keywords = Keywords::instance();
  const auto* const first = tokens.data();
  const auto* const last = first + tokens.size();
  std::optional<Post> best;
  int best_rank = -1;
  for (const auto* end = first + 1; end < last; ++end) {
    const auto* body = end;
    for (auto found = keywords.match(body, last);
         body != last &&
         (found.has(Concept::Of) || found.has(Concept::In) || found.has(Concept::Noise));
         found = keywords.match(body, last)) {
      body += found.words;
    }
    if (body == last) continue;
    const auto name = text_of(asked.text, body, last);
    // Nobody holds a post in a person.
    const auto nodes = names.nodes_of(name);
    if (nodes.empty() || names.only_people(name)) continue;
    Post post{titles_of(text_of(asked.text, first, end)), {asked.span, name, {}}};
    const int direct = held_in(snapshot, {nodes.begin(), nodes.end()}, post.titles);
    const int below =
        direct == 0 ? held_in(snapshot, bodies_below(snapshot, nodes), post.titles) : 0;
    post.prefix = std::max(direct, below) == 1;
    post.below = direct == 0 && below > 0;
    // Held at the body itself before held below it, the same title before one that goes on,
    // the longer body before the shorter.
    const int rank = direct > 0 ? 2 + direct : below;
    if (rank > best_rank) {
      best = std::move(post);
      best_rank = rank;
    }
  }
  return best;
}

AskedName without_post(const AskedName& asked) {
  const auto tokens = tokenise(asked.text);
  const auto* first = tokens.data();
  const auto* const last = first + tokens.size();
  const auto& keywords = Keywords::instance();
  for (auto found = keywords.match(first, last);
       found.has(Concept::Post) || found.has(Concept::Of) || found.has(Concept::Noise);
       found = keywords.match(first, last)) {
    first += found.words;
  }
  if (first == last || first == tokens.data()) return asked;
  // Both texts end at the same byte; between them only quotes and spacing can differ.
  AskedName rest{asked.span, text_of(asked.text, first, last), asked.label};
  const auto size = static_cast<std::uint32_t>(asked.text.size() - first->span.begin);
  if (size < rest.span.size()) rest.span.begin = rest.span.end - size;
  return rest;
}

}  // namespace ketnghia::query
