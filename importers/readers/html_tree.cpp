#include "importers/readers/html_tree.hpp"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdlib>
#include <cstring>

#include "importers/import_error.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kMaxTagBytes = 8192;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
         });
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view other) { return same_name(name, other); });
}

// Elements that close themselves or are closed by what follows them do not nest in real pages.
constexpr std::array<std::string_view, 26> kFlat{
    "area", "base",  "br",     "col",    "embed", "hr",    "img",  "input", "link",
    "meta", "param", "source", "track",  "wbr",   "p",     "li",   "dt",    "dd",
    "tr",   "td",    "th",     "option", "tbody", "thead", "html", "body"};
constexpr std::array<std::string_view, 5> kRaw{"script", "style", "textarea", "title", "noscript"};
constexpr std::array<std::string_view, 12> kInline{"a",    "b",    "i",     "u",   "em",  "strong",
                                                   "span", "font", "small", "big", "sup", "sub"};

// One past the tag that begins at `at`; quotes hide a ">".
std::size_t tag_end(std::string_view html, std::size_t at) {
  char quote = 0;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return html.size();
}

std::size_t raw_end(std::string_view html, std::size_t at, std::string_view name) {
  for (;;) {
    at = html.find("</", at);
    if (at == std::string_view::npos) return html.size();
    if (same_name(html.substr(at + 2, name.size()), name)) return at;
    at += 2;
  }
}

}  // namespace

void prepare_html(std::string& html) {
  std::size_t depth = 0;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    if (html.compare(at, 4, "<!--") == 0) {
      const auto end = html.find("-->", at + 4);
      if (end == std::string::npos) return;
      at = end + 3;
      continue;
    }
    const bool closing = at + 1 < html.size() && html[at + 1] == '/';
    const auto begin = at + (closing ? 2 : 1);
    if (begin >= html.size() || !is_letter(html[begin])) {
      ++at;
      continue;
    }
    auto name_end = begin;
    while (name_end < html.size() &&
           (is_letter(html[name_end]) || (html[name_end] >= '0' && html[name_end] <= '9')))
      ++name_end;
    const std::string name = html.substr(begin, std::min<std::size_t>(name_end - begin, 16));
    const auto end = tag_end(html, name_end);
    bool blank = end - at > kMaxTagBytes;
    if (!is_one_of(name, kFlat)) {
      if (closing) {
        if (depth > kMaxTreeDepth) blank = true;
        if (depth > 0) --depth;
      } else if (html[end - 1] != '>' || html[end - 2] != '/') {
        if (++depth > kMaxTreeDepth) blank = true;
      }
    }
    if (blank) {
      std::fill(html.begin() + static_cast<std::ptrdiff_t>(at),
                html.begin() + static_cast<std::ptrdiff_t>(end), ' ');
      // What stood in a block of its own still does.
      if (end - at >= 4 && !is_one_of(name, kInline)) html.replace(at, 4, "<br>");
    }
    at = end;
    if (!closing && !blank && is_one_of(name, kRaw)) {
      const auto stop = raw_end(html, at, name);
      if (same_name(name, "noscript"))
        std::fill(html.begin() + static_cast<std::ptrdiff_t>(at),
                  html.begin() + static_cast<std::ptrdiff_t>(stop), ' ');
      at = stop;
      if (depth > 0) --depth;
      at = tag_end(html, std::min(at + 1, html.size()));
    }
  }
}

// All that gumbo allocates hangs on a list of ours: gumbo_destroy_output() recurses, and a
// parse that outgrows its bound is left by longjmp, over C frames only.
struct HtmlTree::Memory {
  struct alignas(std::max_align_t) Header {
    Header* before;
    Header* after;
    std::size_t size;
  };
  Header list{&list, &list, 0};
  std::size_t used = 0;
  std::jmp_buf full{};

  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() {
    for (auto* header = list.after; header != &list;) {
      auto* after = header->after;
      std::free(header);
      header = after;
    }
  }

  static void* take(void* self, std::size_t size) {
    auto& memory = *static_cast<Memory*>(self);
    auto* header = memory.used + size + sizeof(Header) > kMaxTreeBytes
                       ? nullptr
                       : static_cast<Header*>(std::malloc(sizeof(Header) + size));
    if (header == nullptr) std::longjmp(memory.full, 1);
    *header = {&memory.list, memory.list.after, size};
    header->after->before = header;
    memory.list.after = header;
    memory.used += size + sizeof(Header);
    return header + 1;
  }

  static void give(void* self, void* block) {
    if (block == nullptr) return;
    auto* header = static_cast<Header*>(block) - 1;
    header->before->after = header->after;
    header->after->before = header->before;
    static_cast<Memory*>(self)->used -= header->size + sizeof(Header);
    std::free(header);
  }

  // Null where the tree does not fit. Nothing here has a destructor that the jump would skip.
  const GumboOutput* parse(const char* html, std::size_t size) {
    if (setjmp(full) != 0) return nullptr;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give;
    options.userdata = this;
    options.max_errors = 0;
    return gumbo_parse_with_options(&options, html, size);
  }
};

std::string_view HtmlTree::Node::attribute(const char* name) const {
  if (!element) return {};
  const auto* found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? std::string_view{} : std::string_view{found->value};
}

std::string_view HtmlTree::Node::text() const {
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
      return node->v.text.text;
    default:
      return {};
  }
}

HtmlTree::HtmlTree(const std::string& html, const std::string& path)
    : memory_(std::make_unique<Memory>()) {
  const auto* output = memory_->parse(html.data(), html.size());
  if (output == nullptr) throw ImportError(path, "", "the page is too involved to be read");
  struct Visit {
    const GumboNode* node;
    std::size_t parent;
  };
  std::vector<Visit> open{{output->root, 0}};
  while (!open.empty()) {
    const Visit visit = open.back();
    open.pop_back();
    const std::size_t index = nodes_.size();
    Node node;
    node.node = visit.node;
    node.parent = visit.parent;
    node.element =
        visit.node->type == GUMBO_NODE_ELEMENT || visit.node->type == GUMBO_NODE_TEMPLATE;
    if (node.element) {
      node.tag = visit.node->v.element.tag;
      const auto& children = visit.node->v.element.children;
      for (auto child = children.length; child > 0; --child) {
        open.push_back({static_cast<const GumboNode*>(children.data[child - 1]), index});
      }
    }
    nodes_.push_back(node);
  }
  for (std::size_t index = nodes_.size(); index-- > 0;) {
    auto& node = nodes_[index];
    node.end = std::max(node.end, index + 1);
    auto& parent = nodes_[node.parent];
    parent.end = std::max(parent.end, node.end);
  }
}

HtmlTree::~HtmlTree() = default;

std::string HtmlTree::text_of(std::size_t element) const {
  std::string text;
  for (std::size_t index = element; index < nodes_[element].end; ++index) {
    if (!nodes_[index].element) text += nodes_[index].text();
  }
  return text;
}

}  // namespace ketnghia::importers
