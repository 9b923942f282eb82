#include "query-lang/console/json_text.hpp"

#include "engine/export/json.hpp"
#include "engine/text/utf8.hpp"

namespace ketnghia::console {

std::string json_string(std::string_view text) {
  std::string json;
  if (is_valid_utf8(text)) {
    append_json(json, text);
    return json;
  }
  std::string mended;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_utf8(mended, point.value);
    at += point.size;
  }
  append_json(json, std::string_view(mended));
  return json;
}

}  // namespace ketnghia::console
