#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ketnghia {

// What people decided about what documents say: who is one, who is not, what is wrong, what is
// missing. The graph is a function of readings and these (docs/decisions/0001, 0005).

// What a decision speaks of: things by label and name, facts by kind, ends and document, never by
// an id, so that it still says the same after documents were read again.
//
// Written `KIND | NAME | … | key=value | …`: "Person | Lưu Vĩ | place=Bắc Kinh",
// "HOLDS | Lưu Vĩ | Sở Ngoại vụ Hà Nội | title=Giám đốc", "Event | visit | document=a.txt |
// quote=Sáng 16/5". A bar, a tab, a line break and a backslash in a text are written \|, \t, \n
// and \\.
struct Selector {
  std::string kind;                // a label or an edge type
  std::vector<std::string> names;  // of an event its kind; of an edge both ends
  std::map<std::string, std::string, std::less<>> where;

  // The value of a key; empty where it is not given.
  const std::string& operator[](std::string_view key) const;
};

struct Decision {
  std::string date;  // 2026-11-21 or 2026-11-21T14:03:22
  std::string who;
  std::string verb;  // same, different, rename, wrong, add, undo
  std::string subject, object, note;

  // Of subject and object, where they select something.
  Selector selects() const;
  Selector other() const;
  // The key=value parts of an object that is none.
  Selector values() const;

  // Eight hexadecimal digits, a hash of the line: what `undo` names.
  std::string id() const;
  std::string line() const;

  friend bool operator==(const Decision&, const Decision&) = default;
};

// A set of decisions, in order of date, then of the line: merging two files is joining their
// lines. A later decision wins over an earlier one.
//
// Errors: Error, which names file and line and tells what to do.
class Corrections {
 public:
  Corrections() = default;
  // Reads a file: UTF-8, a decision a line, tab separated; empty lines and lines from # on are
  // comments.
  static Corrections parse(std::string_view text, std::string_view file);
  // The comment that a file begins with.
  static std::string_view heading();
  // The file again, without its comments, with a heading. Empty where there are none.
  std::string text() const;

  // False where it is there already. Throws Error where it is faulty.
  bool add(Decision decision);
  bool erase(const std::string& id);

  const std::vector<Decision>& all() const { return all_; }
  // Without those undone, and the undoing.
  std::vector<const Decision*> active() const;
  bool is_active(const Decision& decision) const;
  bool empty() const { return all_.empty(); }

 private:
  std::set<std::string> undone() const;

  std::vector<Decision> all_;
};

// A part of a cell with bars, tabs, line breaks and backslashes written as above.
std::string escaped_part(std::string_view text);
// Written as Selector says, without the parts that are empty.
std::string to_text(const Selector& selector);

}  // namespace ketnghia
