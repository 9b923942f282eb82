#include "engine/store/name_index.hpp"

#include <algorithm>
#include <bit>

#include "engine/text/normalise.hpp"

namespace ketnghia::store {
namespace {

void append_forms(std::vector<std::string_view>& forms, const Value* value) {
  if (value == nullptr) return;
  if (const auto* text = value->text()) {
    forms.push_back(*text);
  } else if (const auto* list = std::get_if<List>(&value->data)) {
    for (const auto& item : *list) {
      if (const auto* form = item.text()) forms.push_back(*form);
    }
  }
}

std::uint64_t letters_of(std::string_view key) {
  std::uint64_t letters = 0;
  for (const char letter : key)
    letters |= std::uint64_t{1} << (static_cast<unsigned char>(letter) & 63U);
  return letters;
}

}  // namespace

std::vector<std::string_view> name_forms(const Properties& properties) {
  std::vector<std::string_view> forms;
  append_forms(forms, find(properties, kNameKey));
  append_forms(forms, find(properties, kAliasesKey));
  return forms;
}

std::string index_key(std::string_view name) {
  std::string key = name_key(name);
  if (key.size() > kMaxNameKey) key.resize(kMaxNameKey);
  return key;
}

std::string name_prefix(std::string_view key) {
  std::string prefix(key);
  prefix.push_back('\0');
  return prefix;
}

std::string name_entry(std::string_view key, NodeId node) {
  std::string entry = name_prefix(key);
  append_ordered(entry, number(node));
  return entry;
}

std::pair<std::string_view, NodeId> read_name_entry(std::string_view entry) {
  const std::size_t end = entry.find('\0');
  if (end == std::string_view::npos) ByteReader::fail();
  ByteReader in(entry.substr(end + 1));
  const NodeId node{in.ordered()};
  in.expect_done();
  return {entry.substr(0, end), node};
}

std::vector<std::string> name_entries(const Properties& properties, NodeId node) {
  std::vector<std::string> entries;
  for (const auto form : name_forms(properties))
    entries.push_back(name_entry(index_key(form), node));
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

KeyDistance::KeyDistance(std::string_view asked) : asked_(asked), letters_(letters_of(asked)) {
  for (auto& row : rows_) row.resize(asked_.size() + 1);
}

std::size_t KeyDistance::operator()(std::string_view key, std::size_t bound) {
  const std::size_t far = bound + 1;
  const std::size_t width = asked_.size();
  const std::size_t shorter = std::min(width, key.size());
  if (std::max(width, key.size()) - shorter > bound) return far;
  if (width == 0) return key.size();
  // One step changes at most two letters of the set, so most keys are told from it alone.
  if (std::popcount(letters_ ^ letters_of(key)) > static_cast<int>(2 * bound)) return far;

  auto* before_last = &rows_[0];
  auto* last = &rows_[1];
  auto* row = &rows_[2];
  for (std::size_t i = 0; i <= width; ++i) (*last)[i] = i;
  for (std::size_t j = 1; j <= key.size(); ++j) {
    // Only cells within `bound` of the diagonal can hold a distance that counts.
    const std::size_t from = j > bound ? j - bound : 1;
    const std::size_t to = std::min(width, j + bound);
    (*row)[from - 1] = from == 1 ? j : far;
    std::size_t least = (*row)[from - 1];
    for (std::size_t i = from; i <= to; ++i) {
      const bool same = asked_[i - 1] == key[j - 1];
      const std::size_t above = i == j + bound ? far : (*last)[i];
      std::size_t cell =
          std::min({(*row)[i - 1] + 1, above + 1, (*last)[i - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && asked_[i - 1] == key[j - 2] && asked_[i - 2] == key[j - 1]) {
        cell = std::min(cell, (*before_last)[i - 2] + 1);
      }
      (*row)[i] = std::min(cell, far);
      least = std::min(least, (*row)[i]);
    }
    if (least > bound) return far;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min((*last)[width], far);
}

}  // namespace ketnghia::store
