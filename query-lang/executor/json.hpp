#pragma once

#include <string>

#include "engine/store/snapshot.hpp"
#include "query-lang/executor/runtime_value.hpp"

namespace ketnghia::query {

// One line of JSON in UTF-8. Nodes: {"~node":"n12","labels":[…],"properties":{…}}; edges:
// {"~edge":"r7","type":"…","from":"n1","to":"n2","properties":{…}}; paths: {"~path":[node, edge,
// node, …]}. Floats have a point or an exponent, integers never; NaN, Infinity and -Infinity are
// strings. Node and edge that the snapshot no longer has show their id alone.
std::string to_json(const RuntimeValue& value, const Snapshot& snapshot);

// As people read it in a table: strings bare, a node as its name, or as (:Label {…}) where it
// has none, an edge as [:TYPE {…}], a path as (a)-[:TYPE]->(b). Null is empty.
std::string to_text(const RuntimeValue& value, const Snapshot& snapshot);

// As the language writes a value that is no node, edge or path: 'text', 1.0, {a: [null]}.
std::string literal_text(const RuntimeValue& value);

// The shortest text that reads back as the same float, with a point or an exponent; NaN,
// Infinity, -Infinity.
std::string float_text(double number);

}  // namespace ketnghia::query
