#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "importers/recognise/city.hpp"
#include "importers/recognise/mention.hpp"

namespace ketnghia::importers {

// A body found in a line. Counts in tokens.
struct BodyFound {
  std::size_t first = 0;
  std::size_t end = 0;
  int type = -1;
  std::string name;       // without its place; empty for a type alone that needs more ("Sở")
  WordId bare = kNoWord;  // for a type alone: its first syllable
  std::string kind;       // Agency.kind
  std::optional<PlaceFound> place;    // that closes the name, or a generic word alone
  std::optional<PlaceFound> located;  // "tại Trung Quốc"
  std::unique_ptr<BodyFound> parent;  // "Ban Tổ chức [Thành ủy Hà Nội]"
};

// The body that begins at token `at`, named by its grammar: a type, words that such names are
// made of, a place or another body at the end. With `name_follows`, a person's name may come
// right after ("Giám đốc Sở Xây dựng Phùng Quý Đạt") and is none of its words.
std::optional<BodyFound> body_at(const Line& line, std::size_t at, bool name_follows);

// The body whose type stands once for a list, "các Sở: Ngoại vụ, [Du lịch]": that of the type at
// token `head` whose other words begin at `at`, where the two make a body known by that name.
// It spans its own words only.
std::optional<BodyFound> elided_body_at(const Line& line, std::size_t head, std::size_t at);

// The first letter as a capital.
std::string capitalised(std::string_view words);

}  // namespace ketnghia::importers
