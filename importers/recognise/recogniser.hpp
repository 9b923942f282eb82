#pragma once

#include "importers/recognise/mention.hpp"

namespace ketnghia::importers {

// All that one sentence names, read from left to right. A function of the line alone: what a
// bare "Thành phố" or "Sở" refers to is for the document to tell.
LineMentions recognise(const Line& line);

}  // namespace ketnghia::importers
