#include "query-lang/console/parameter.hpp"

#include <simdjson.h>

#include <algorithm>
#include <memory>

namespace ketnghia::console {
namespace {

using query::RuntimeList;
using query::RuntimeMap;
using query::RuntimeValue;

// simdjson bounds the nesting of a document, so the recursion is bounded too.
RuntimeValue read(simdjson::dom::element element) {
  switch (element.type()) {
    case simdjson::dom::element_type::ARRAY: {
      RuntimeList list;
      for (const auto item : simdjson::dom::array(element)) list.push_back(read(item));
      return make_list(std::move(list));
    }
    case simdjson::dom::element_type::OBJECT: {
      RuntimeMap map;
      for (const auto& [key, value] : simdjson::dom::object(element)) {
        const auto place = std::lower_bound(
            map.begin(), map.end(), key,
            [](const auto& entry, std::string_view name) { return entry.first < name; });
        if (place != map.end() && place->first == key) {
          place->second = read(value);
        } else {
          map.emplace(place, std::string(key), read(value));
        }
      }
      return make_map(std::move(map));
    }
    case simdjson::dom::element_type::INT64:
      return std::int64_t(element);
    case simdjson::dom::element_type::UINT64:
      throw Error("a whole number past the range of 64 bits");
    case simdjson::dom::element_type::DOUBLE:
      return double(element);
    case simdjson::dom::element_type::STRING:
      return std::string(std::string_view(element));
    case simdjson::dom::element_type::BOOL:
      return bool(element);
    case simdjson::dom::element_type::NULL_VALUE:
      break;
  }
  return {};
}

}  // namespace

std::pair<std::string, RuntimeValue> read_parameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0) {
    throw Error("--param wants NAME=JSON, not \"" + std::string(text) + "\"");
  }
  std::string name(text.substr(0, equals));
  simdjson::dom::parser parser;
  try {
    return {name, read(parser.parse(simdjson::padded_string(text.substr(equals + 1))))};
  } catch (const simdjson::simdjson_error& error) {
    throw Error("--param " + name + ": " + error.what() +
                " (a text goes in double quotes: " + name + "='\"…\"')");
  }
}

}  // namespace ketnghia::console
