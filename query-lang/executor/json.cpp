#include "query-lang/executor/json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace ketnghia::query {
namespace {

void append_json_string(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
          out += "\\u00";
          out += kHex[byte >> 4];
          out += kHex[byte & 15];
        } else {
          out += c;
        }
      }
    }
  }
  out += '"';
}

class Json {
 public:
  explicit Json(const Snapshot& snapshot) : snapshot_(snapshot) {}

  void operator()(std::monostate) { text += "null"; }
  void operator()(bool value) { text += value ? "true" : "false"; }
  void operator()(std::int64_t value) { text += std::to_string(value); }
  void operator()(double value) {
    if (std::isfinite(value)) {
      text += float_text(value);
    } else {
      text += '"' + float_text(value) + '"';
    }
  }
  void operator()(const std::string& value) { append_json_string(value, text); }

  void operator()(NodeId id) {
    text += "{\"~node\":\"n" + std::to_string(number(id)) + '"';
    if (const auto record = snapshot_.node(id)) {
      text += ",\"labels\":[";
      std::string_view between;
      for (const StringId label : record->labels) {
        text += between;
        append_json_string(snapshot_.string(label), text);
        between = ",";
      }
      text += "]";
      properties(record->properties);
    }
    text += "}";
  }

  void operator()(EdgeId id) {
    text += "{\"~edge\":\"r" + std::to_string(number(id)) + '"';
    if (const auto record = snapshot_.edge(id)) {
      text += ",\"type\":";
      append_json_string(snapshot_.string(record->type), text);
      text += ",\"from\":\"n" + std::to_string(number(record->from)) + "\",\"to\":\"n" +
              std::to_string(number(record->to)) + '"';
      properties(record->properties);
    }
    text += "}";
  }

  void operator()(const std::shared_ptr<const RuntimeList>& list) {
    text += "[";
    std::string_view between;
    for (const auto& element : *list) {
      text += between;
      std::visit(*this, element.data);
      between = ",";
    }
    text += "]";
  }

  void operator()(const std::shared_ptr<const RuntimeMap>& map) {
    text += "{";
    std::string_view between;
    for (const auto& [key, value] : *map) {
      text += between;
      append_json_string(key, text);
      text += ":";
      std::visit(*this, value.data);
      between = ",";
    }
    text += "}";
  }

  void operator()(const std::shared_ptr<const PathValue>& path) {
    text += "{\"~path\":[";
    for (std::size_t i = 0; i < path->nodes.size(); ++i) {
      if (i != 0) {
        text += ",";
        (*this)(path->edges[i - 1]);
        text += ",";
      }
      (*this)(path->nodes[i]);
    }
    text += "]}";
  }

  std::string text;

 private:
  void properties(const std::vector<std::pair<StringId, Value>>& all) {
    text += ",\"properties\":{";
    std::string_view between;
    for (const auto& [key, value] : all) {
      text += between;
      append_json_string(snapshot_.string(key), text);
      text += ":";
      std::visit(*this, to_runtime(value).data);
      between = ",";
    }
    text += "}";
  }

  const Snapshot& snapshot_;
};

// The language's own notation. Without a snapshot, nodes and edges show their id.
class Notation {
 public:
  explicit Notation(const Snapshot* snapshot) : snapshot_(snapshot) {}

  void operator()(std::monostate) { text += "null"; }
  void operator()(bool value) { text += value ? "true" : "false"; }
  void operator()(std::int64_t value) { text += std::to_string(value); }
  void operator()(double value) { text += float_text(value); }
  void operator()(const std::string& value) {
    text += '\'';
    for (const char c : value) {
      if (c == '\'' || c == '\\') text += '\\';
      text += c;
    }
    text += '\'';
  }

  void operator()(NodeId id) {
    const auto record = snapshot_ ? snapshot_->node(id) : std::nullopt;
    if (!record) {
      text += "n" + std::to_string(number(id));
      return;
    }
    if (const auto key = snapshot_->string_id("name")) {
      const Value name = snapshot_->property(id, *key);
      if (name.text() != nullptr) {
        text += *name.text();
        return;
      }
    }
    text += "(";
    for (const StringId label : record->labels) {
      text += ":";
      text += snapshot_->string(label);
    }
    properties(record->properties, record->labels.empty() ? "" : " ");
    text += ")";
  }

  void operator()(EdgeId id) {
    const auto record = snapshot_ ? snapshot_->edge(id) : std::nullopt;
    if (!record) {
      text += "r" + std::to_string(number(id));
      return;
    }
    text += "[:";
    text += snapshot_->string(record->type);
    properties(record->properties, " ");
    text += "]";
  }

  void operator()(const std::shared_ptr<const RuntimeList>& list) {
    text += "[";
    std::string_view between;
    for (const auto& element : *list) {
      text += between;
      std::visit(*this, element.data);
      between = ", ";
    }
    text += "]";
  }

  void operator()(const std::shared_ptr<const RuntimeMap>& map) {
    text += "{";
    std::string_view between;
    for (const auto& [key, value] : *map) {
      text += between;
      text += key + ": ";
      std::visit(*this, value.data);
      between = ", ";
    }
    text += "}";
  }

  void operator()(const std::shared_ptr<const PathValue>& path) {
    for (std::size_t i = 0; i < path->nodes.size(); ++i) {
      if (i != 0) step(path->edges[i - 1], path->nodes[i - 1]);
      text += "(";
      (*this)(path->nodes[i]);
      text += ")";
    }
  }

  std::string text;

 private:
  void step(EdgeId id, NodeId from) {
    const auto record = snapshot_ ? snapshot_->edge(id) : std::nullopt;
    const bool forward = !record || record->from == from;
    text += forward ? "-" : "<-";
    (*this)(id);
    text += forward ? "->" : "-";
  }

  void properties(const std::vector<std::pair<StringId, Value>>& all, std::string_view before) {
    if (all.empty()) return;
    text += before;
    text += "{";
    std::string_view between;
    for (const auto& [key, value] : all) {
      text += between;
      text += snapshot_->string(key);
      text += ": ";
      std::visit(*this, to_runtime(value).data);
      between = ", ";
    }
    text += "}";
  }

  const Snapshot* snapshot_;
};

}  // namespace

std::string to_json(const RuntimeValue& value, const Snapshot& snapshot) {
  Json json{snapshot};
  std::visit(json, value.data);
  return std::move(json.text);
}

std::string to_text(const RuntimeValue& value, const Snapshot& snapshot) {
  if (value.is_null()) return {};
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  Notation notation{&snapshot};
  std::visit(notation, value.data);
  return std::move(notation.text);
}

std::string literal_text(const RuntimeValue& value) {
  Notation notation{nullptr};
  std::visit(notation, value.data);
  return std::move(notation.text);
}

std::string float_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  std::string text(buffer.data(), written.ptr);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace ketnghia::query
