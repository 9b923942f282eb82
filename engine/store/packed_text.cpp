#include "engine/store/packed_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "engine/store/encoding.hpp"

namespace ketnghia::store {
namespace {

// On disk by their place: never reorder. Chosen by how many bytes each saves in reports and news.
constexpr std::array<std::string_view, 155> kPieces{
    "à",    "á",    "â",    "ã",    "è",  "é",   "ê",    "ì",   "í",     "ò",    "ó",   "ô",
    "õ",    "ù",    "ú",    "ý",    "ă",  "đ",   "ĩ",    "ũ",   "ơ",     "ư",    "ạ",   "ả",
    "ấ",    "ầ",    "ẩ",    "ẫ",    "ậ",  "ắ",   "ằ",    "ẳ",   "ẵ",     "ặ",    "ẹ",   "ẻ",
    "ẽ",    "ế",    "ề",    "ể",    "ễ",  "ệ",   "ỉ",    "ị",   "ọ",     "ỏ",    "ố",   "ồ",
    "ổ",    "ỗ",    "ộ",    "ớ",    "ờ",  "ở",   "ỡ",    "ợ",   "ụ",     "ủ",    "ứ",   "ừ",
    "ử",    "ữ",    "ự",    "ỳ",    "ỵ",  "ỷ",   "ỹ",    "Đ",   "–",     "“",    "”",   "…",
    "Ủ",    "Ô",    "Â",    "Á",    "ng", " t",  "n ",   "g ",  "ng ",   "nh",   "i ",  " T",
    "nh ",  " N",   "c ",   "ch",   " C", ", ",  "m ",   " th", "u ",    "20",   "02",  "th",
    "202",  "ông ", "ành ", "ại ",  "y ", " H",  "oà",   "o ",  "ph",    " Đ",   "và",  "oàn ",
    "Th",   "phố",  "a ",   " B",   "iế", "Ph",  " h",   " Th", "Qu",    " đ",   "n t", "ội ",
    "iệ",   ". ",   " V",   "ăm ",  " k", "ày ", "gi",   "rư",  "áng ",  "ác ",  "iê",  "/202",
    "qu",   " ch",  "ịch",  "ảng ", "Sở", "ao ", "iể",   " D",  "đoàn ", "UB",   "BN",  "ND",
    "UBND", " L",   "NH",   " n",   "gh", "an ", "ỉnh ", "ươ",  "Gi",    "inh ", "ai ",
};

// Stands before a character whose first byte would be read as a piece.
constexpr std::uint8_t kPlain = 0xFF;

// The bytes that stand for pieces: what no text begins a character with, and control characters
// other than tab and line breaks.
constexpr bool is_code(unsigned byte) {
  return (byte >= 0x80 && byte < kPlain) ||
         (byte < 0x20 && byte != 0 && byte != '\t' && byte != '\n' && byte != '\r');
}

// The piece of each byte that stands for one.
constexpr std::array<std::string_view, 256> pieces_by_code() {
  std::array<std::string_view, 256> pieces{};
  unsigned byte = 0;
  for (const std::string_view piece : kPieces) {
    while (!is_code(byte)) ++byte;
    pieces[byte++] = piece;
  }
  return pieces;
}
constexpr auto kPieceOf = pieces_by_code();

// The pieces as a tree of their bytes.
class Tree {
 public:
  Tree() {
    nodes_.emplace_back();
    for (unsigned code = 0; code < kPieceOf.size(); ++code) {
      std::size_t at = 0;
      for (const char letter : kPieceOf[code]) {
        auto& next = nodes_[at].next[static_cast<unsigned char>(letter)];
        if (next == 0) next = static_cast<std::uint16_t>(nodes_.size());
        at = next;
        if (at == nodes_.size()) nodes_.emplace_back();
      }
      if (at != 0) nodes_[at].code = static_cast<std::uint8_t>(code);
    }
  }

  // Code of the longest piece that `text` begins with; 0: none.
  std::uint8_t longest(std::string_view text) const {
    std::uint8_t found = 0;
    std::size_t at = 0;
    for (const char letter : text) {
      at = nodes_[at].next[static_cast<unsigned char>(letter)];
      if (at == 0) break;
      if (nodes_[at].code != 0) found = nodes_[at].code;
    }
    return found;
  }

 private:
  struct Node {
    std::array<std::uint16_t, 256> next{};  // 0: none
    std::uint8_t code = 0;
  };
  std::vector<Node> nodes_;
};

std::size_t character_size(unsigned char first) {
  if (first < 0x80) return 1;
  return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

}  // namespace

void append_packed(std::string& out, std::string_view text) {
  static const Tree tree;
  while (!text.empty()) {
    if (const std::uint8_t code = tree.longest(text); code != 0) {
      out.push_back(static_cast<char>(code));
      text.remove_prefix(kPieceOf[code].size());
      continue;
    }
    const auto first = static_cast<unsigned char>(text[0]);
    if (is_code(first) || first == kPlain) out.push_back(static_cast<char>(kPlain));
    const std::size_t size = std::min(character_size(first), text.size());
    out.append(text.substr(0, size));
    text.remove_prefix(size);
  }
}

std::string unpack(std::string_view packed) {
  std::string text;
  text.reserve(3 * packed.size());
  while (!packed.empty()) {
    const auto byte = static_cast<unsigned char>(packed[0]);
    if (is_code(byte)) {
      text.append(kPieceOf[byte]);
      packed.remove_prefix(1);
      continue;
    }
    if (byte == kPlain) packed.remove_prefix(1);
    if (packed.empty()) ByteReader::fail();
    const std::size_t size =
        byte == kPlain ? character_size(static_cast<unsigned char>(packed[0])) : 1;
    if (size > packed.size()) ByteReader::fail();
    text.append(packed.substr(0, size));
    packed.remove_prefix(size);
  }
  return text;
}

}  // namespace ketnghia::store
