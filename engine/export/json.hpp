#pragma once

#include <string>
#include <string_view>

#include "engine/graph/value.hpp"

namespace ketnghia {

// JSON (RFC 8259), appended to `out`. Texts must be UTF-8 and stay as they are but for quotes,
// backslashes and control characters. A float always shows that it is one ("2.0", "1e+100"), so
// that it is read back as one; the shortest digits that give the same number are written. A float
// that is not finite, which JSON cannot hold, is null.
void append_json(std::string& out, std::string_view text);
void append_json(std::string& out, const Value& value);
void append_json_number(std::string& out, double number);
void append_json_number(std::string& out, float number);  // by its own, shorter digits

}  // namespace ketnghia
