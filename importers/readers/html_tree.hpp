#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ketnghia::importers {

inline constexpr std::size_t kMaxTreeBytes = std::size_t{1} << 30U;
inline constexpr std::size_t kMaxTreeDepth = 400;

// A page's tree as gumbo parses it, laid out flat in document order, so that whatever walks it
// is a loop and no page can exhaust the stack.
//
// Lifetime: borrows `html`, which must outlive it.
// Errors: ImportError where the tree would need more than kMaxTreeBytes.
class HtmlTree {
 public:
  struct Node {
    const GumboNode* node = nullptr;
    std::size_t parent = 0;            // the root is its own
    std::size_t end = 0;               // one past its last descendant
    GumboTag tag = GUMBO_TAG_UNKNOWN;  // of an element
    bool element = false;

    // Empty where the attribute is absent.
    std::string_view attribute(const char* name) const;
    // Of a node that is no element: its text, entities decoded. Comments have none.
    std::string_view text() const;
  };

  HtmlTree(const std::string& html, const std::string& path);
  ~HtmlTree();
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  const std::vector<Node>& nodes() const { return nodes_; }
  // The text of an element and its descendants, as written.
  std::string text_of(std::size_t element) const;

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
  std::vector<Node> nodes_;
};

// Blanks out what a parser had better not see: tags nested deeper than kMaxTreeDepth, where a
// browser too stops nesting, and tags of an absurd length, over either of which a parser takes
// quadratic time; what stands in <noscript>, which no reader of the page is shown. Length is kept.
void prepare_html(std::string& html);

}  // namespace ketnghia::importers
