#pragma once

#include <string>
#include <vector>

#include "importers/resolve/conflicts.hpp"

namespace ketnghia::importers {

// Something that a person should look at: what was joined or read on weak grounds.
struct Doubt {
  enum class About { JoinedEvents, JoinedPeople, Namesakes, Conflict, Fact };

  About about = About::Fact;
  double confidence = 1;  // that the graph is right as it stands; the least is asked first
  std::string reason;     // what speaks for it, or what it is
  Claim one, other;       // what is shown; `other` is empty of a single fact
};

// Doubts nobody has decided on, the most doubtful first, then by documents. Facts are posts and
// happenings that no document tells with a confidence of `least`.
std::vector<Doubt> doubts(const WholeGraph& graph, float least);

}  // namespace ketnghia::importers
