#pragma once

#include <string>

#include "importers/readers/html_tree.hpp"

namespace ketnghia::importers {

// What the head of a page tells of it: meta elements, JSON-LD, <time>, <title>. Empty where it
// does not tell.
struct HtmlMeta {
  std::string title;      // as its own title gives it, the site's name with it
  std::string published;  // EDTF
  std::string source;     // the site
  std::string url;
};

HtmlMeta read_html_meta(const HtmlTree& tree);

}  // namespace ketnghia::importers
