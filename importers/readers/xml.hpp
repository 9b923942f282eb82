#pragma once

#include <string>
#include <string_view>

namespace ketnghia::importers {

inline constexpr std::size_t kMaxXmlDepth = 1000;

// The attributes of an element.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}

  // By local name, whatever its namespace; empty where it is absent.
  std::string_view operator[](std::string_view name) const;

 private:
  const char** pairs_;  // name, value, …, null; names with their namespace
};

// What read_xml() tells of a file, in its order. Names are local: "p" of both <w:p> and <p>.
class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;  // may come in pieces
};

// Throws ImportError naming `path` and, in `part` of it, the line: not well-formed, with a
// document type (whose entities could swell or name other files), or nested too deep.
// What an XmlEvents throws ends the reading and is let out.
void read_xml(std::string_view xml, const std::string& path, const std::string& part,
              XmlEvents& events);

}  // namespace ketnghia::importers
