#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/store/snapshot.hpp"
#include "query-lang/question/names.hpp"
#include "query-lang/question/question_ast.hpp"

namespace ketnghia::query {

// A post that was asked for: HOLDS edges with this title into this body.
struct Post {
  std::vector<std::string> titles;  // match keys, any of them
  AskedName body;
  bool prefix = false;  // the title goes on: "Phó Bí thư Thường trực" for "Phó Bí thư"
  bool below = false;   // a body of the place holds the post, not the place itself
};

// Post and body as they stand glued in a question ("Chủ tịch UBND Thành phố Hà Nội"): each split
// whose second part is a name is tried, and the graph decides which of them somebody holds.
// Nothing where no split ends in a name.
std::optional<Post> find_post(const Snapshot& snapshot, const Names& names, const AskedName& asked);

// What is left of post and body when the words of a post are taken off: the name to blame where
// find_post() finds nothing.
AskedName without_post(const AskedName& asked);

}  // namespace ketnghia::query
