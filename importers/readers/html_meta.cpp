#include "importers/readers/html_meta.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "importers/readers/looks.hpp"

namespace ketnghia::importers {
namespace {

// Names of meta elements that hold the date of publication, the surest first.
constexpr std::array<std::string_view, 20> kDateNames{"article:published_time",
                                                      "datepublished",
                                                      "pubdate",
                                                      "publishdate",
                                                      "publish-date",
                                                      "publish_date",
                                                      "published_time",
                                                      "og:published_time",
                                                      "article:published",
                                                      "dcterms.issued",
                                                      "dc.date.issued",
                                                      "dcterms.created",
                                                      "dc.date.created",
                                                      "dcterms.date",
                                                      "dc.date",
                                                      "parsely-pub-date",
                                                      "sailthru.date",
                                                      "citation_publication_date",
                                                      "date",
                                                      "article.published"};

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

std::string one_line(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    at = text.find_first_not_of(" \t\r\n\f", at);
    if (at == std::string_view::npos) break;
    const auto end = std::min(text.find_first_of(" \t\r\n\f", at), text.size());
    if (!result.empty()) result += ' ';
    result += text.substr(at, end - at);
    at = end;
  }
  return result;
}

// Whether an @type, one or a list of them, is that of an article.
bool is_article(simdjson::dom::element type) {
  std::string_view name;
  if (type.get(name) == simdjson::SUCCESS) {
    return name.find("Article") != std::string_view::npos ||
           name.find("Posting") != std::string_view::npos;
  }
  simdjson::dom::array names;
  if (type.get(names) != simdjson::SUCCESS) return false;
  return std::any_of(names.begin(), names.end(), [&](simdjson::dom::element one) {
    return one.get(name) == simdjson::SUCCESS && name.find("Article") != std::string_view::npos;
  });
}

// The datePublished of a JSON-LD block: of an article where there is one, else the first; and its
// publisher. simdjson itself bounds the nesting.
std::string json_ld_date(std::string_view json, std::string& publisher) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded{json};
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return {};
  std::string first;
  std::vector<simdjson::dom::element> open{root};
  while (!open.empty()) {
    const auto element = open.back();
    open.pop_back();
    if (simdjson::dom::array array; element.get(array) == simdjson::SUCCESS) {
      for (const auto child : array) open.push_back(child);
    } else if (simdjson::dom::object object; element.get(object) == simdjson::SUCCESS) {
      std::string_view date, name;
      simdjson::dom::element type;
      const bool article = object["@type"].get(type) == simdjson::SUCCESS && is_article(type);
      if (article && publisher.empty() &&
          object["publisher"]["name"].get(name) == simdjson::SUCCESS) {
        publisher = one_line(name);
      }
      if (object["datePublished"].get(date) == simdjson::SUCCESS) {
        const std::string edtf = first_date(date);
        if (!edtf.empty() && article) return edtf;
        if (first.empty()) first = edtf;
      }
      for (const auto& field : object) open.push_back(field.value);
    }
  }
  return first;
}

// The address in the comment that a browser puts into a page it saves:
// " saved from url=(0064)https://… ".
std::string saved_from(std::string_view comment) {
  constexpr std::string_view kMark = "saved from url=(";
  const auto mark = comment.find(kMark);
  if (mark == std::string_view::npos) return {};
  const auto close = comment.find(')', mark);
  if (close == std::string_view::npos) return {};
  const std::string url = one_line(comment.substr(close + 1));
  return url.starts_with("http") ? url : std::string{};
}

}  // namespace

HtmlMeta read_html_meta(const HtmlTree& tree) {
  HtmlMeta meta;
  std::string own_title, json_date, time_date, publisher, application;
  std::size_t best = kDateNames.size();
  const auto& nodes = tree.nodes();
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    const auto& node = nodes[index];
    if (!node.element) {
      if (node.node->type == GUMBO_NODE_COMMENT && meta.url.empty())
        meta.url = saved_from(node.node->v.text.text);
      continue;
    }
    const auto itemprop = node.attribute("itemprop");
    switch (node.tag) {
      case GUMBO_TAG_META: {
        auto name = node.attribute("property");
        if (name.empty()) name = node.attribute("name");
        if (name.empty()) name = itemprop;
        const auto content = node.attribute("content");
        const std::string key = lower(name);
        if (key == "og:title" && meta.title.empty()) meta.title = one_line(content);
        if (key == "og:site_name" && meta.source.empty()) meta.source = one_line(content);
        if (key == "dc.publisher" || key == "dcterms.publisher") publisher = one_line(content);
        if (key == "application-name") application = one_line(content);
        if (key == "og:url" && meta.url.empty()) meta.url = one_line(content);
        const auto rank = static_cast<std::size_t>(
            std::find(kDateNames.begin(), kDateNames.end(), key) - kDateNames.begin());
        if (rank < best) {
          if (auto date = first_date(content); !date.empty()) {
            meta.published = std::move(date);
            best = rank;
          }
        }
        break;
      }
      case GUMBO_TAG_LINK:
        if (lower(node.attribute("rel")) == "canonical" && !node.attribute("href").empty()) {
          meta.url = one_line(node.attribute("href"));
        }
        break;
      case GUMBO_TAG_TITLE:
        if (own_title.empty()) own_title = one_line(tree.text_of(index));
        break;
      case GUMBO_TAG_SCRIPT:
        if (json_date.empty() && lower(node.attribute("type")) == "application/ld+json") {
          json_date = json_ld_date(tree.text_of(index), publisher);
        }
        break;
      case GUMBO_TAG_TIME:
        if (time_date.empty() &&
            (itemprop == "datePublished" || !node.attribute("pubdate").empty())) {
          time_date = first_date(node.attribute("datetime"));
        }
        break;
      default:
        break;
    }
  }
  if (meta.title.empty()) meta.title = own_title;
  if (meta.source.empty()) meta.source = publisher.empty() ? application : publisher;
  if (meta.published.empty()) meta.published = json_date;
  if (meta.published.empty()) meta.published = time_date;
  return meta;
}

}  // namespace ketnghia::importers
