#include <algorithm>
#include <limits>
#include <vector>

#include "engine/store/encoding.hpp"
#include "engine/store/format.hpp"
#include "engine/store/name_index.hpp"
#include "engine/store/time_index.hpp"
#include "tests/engine/store_support.hpp"

using namespace ketnghia;
using namespace ketnghia::store;

namespace {

std::vector<std::uint64_t> telling_numbers() {
  std::vector<std::uint64_t> numbers{0,   1,   239,
                                     240, 241, std::numeric_limits<std::uint64_t>::max()};
  for (int bits = 7; bits < 64; ++bits) {
    const std::uint64_t power = std::uint64_t{1} << bits;
    numbers.insert(numbers.end(), {power - 1, power, power + 1});
  }
  return numbers;
}

// The plain matrix of optimal string alignment.
std::size_t plain_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("ordered numbers compare as bytes as they do as numbers", "[encoding]") {
  auto numbers = telling_numbers();
  std::sort(numbers.begin(), numbers.end());
  std::string before;
  std::uint64_t number_before = 0;
  for (const std::uint64_t number : numbers) {
    std::string bytes;
    append_ordered(bytes, number);
    CHECK(ByteReader(bytes).ordered() == number);
    CHECK((number == number_before || before < bytes));
    before = bytes;
    number_before = number;
  }
}

TEST_CASE("ordered days compare as bytes as they do as days", "[encoding]") {
  const std::int32_t days[] = {std::numeric_limits<std::int32_t>::min(), -719528, -1, 0, 1, 19859,
                               std::numeric_limits<std::int32_t>::max()};
  std::string before;
  for (const std::int32_t day : days) {
    std::string bytes;
    append_ordered_day(bytes, day);
    CHECK(ByteReader(bytes).ordered_day() == day);
    CHECK(before < bytes);
    before = bytes;
  }
}

TEST_CASE("varints are read back, of either sign", "[encoding]") {
  for (const std::uint64_t number : telling_numbers()) {
    std::string bytes;
    append_varint(bytes, number);
    append_signed(bytes, static_cast<std::int64_t>(number));
    append_signed(bytes, -static_cast<std::int64_t>(number / 2));
    ByteReader in(bytes);
    CHECK(in.varint() == number);
    CHECK(in.signed_varint() == static_cast<std::int64_t>(number));
    CHECK(in.signed_varint() == -static_cast<std::int64_t>(number / 2));
    CHECK(in.done());
  }
}

TEST_CASE("bytes that end too soon are damage, not garbage", "[encoding]") {
  const std::string bytes = "\x80";
  CHECK(kind_thrown([&] { ByteReader(bytes).varint(); }) == StoreError::Kind::Corrupt);
  CHECK(kind_thrown([&] { ByteReader("\x05_ab").text(); }) == StoreError::Kind::Corrupt);
  CHECK(kind_thrown([&] { ByteReader(std::string(11, '\xFF')).varint(); }) ==
        StoreError::Kind::Corrupt);
}

TEST_CASE("a damaged record never reads outside of itself", "[encoding]") {
  const Properties properties{{StringId{1}, "Hà Nội"},
                              {StringId{2}, List{Value("HN"), Value(std::int64_t{7}), Value()}},
                              {StringId{9}, Map{{"a", 1.5}, {"b", List{true, false}}}}};
  const std::string record = encode_node({StringId{4}, StringId{5}}, properties);
  for (std::size_t size = 0; size < record.size(); ++size) {
    std::vector<StringId> labels;
    Properties read;
    CHECK_THROWS_AS(decode_node(record.substr(0, size), labels, read), StoreError);
  }
  for (std::size_t at = 0; at < record.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = record;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      std::vector<StringId> labels;
      Properties read;
      try {
        decode_node(damaged, labels, read);
      } catch (const StoreError& error) {
        CHECK(error.kind() == StoreError::Kind::Corrupt);
      }
    }
  }
}

TEST_CASE("a property is found without the others", "[encoding]") {
  const Properties properties{
      {StringId{1}, "a"}, {StringId{5}, List{std::int64_t{1}}}, {StringId{7}, 2.0}};
  const std::string record = encode_node({StringId{4}}, properties);
  CHECK(node_property(record, StringId{5}) == Value(List{std::int64_t{1}}));
  CHECK(node_property(record, StringId{7}) == Value(2.0));
  CHECK(node_property(record, StringId{6}).is_null());
  CHECK(node_property(record, StringId{8}).is_null());
  CHECK(node_has_label(record, StringId{4}));
  CHECK_FALSE(node_has_label(record, StringId{5}));
}

TEST_CASE("texts longer than a key of LMDB have a place in the dictionary", "[encoding]") {
  const std::string a(2000, 'a');
  const std::string b = a + "b";
  CHECK(dictionary_key(a).size() <= 511);
  CHECK(dictionary_key(a) != dictionary_key(b));
  CHECK(dictionary_key("name") == "name");
}

TEST_CASE("the distance of keys is that of the plain matrix, as far as it is asked for",
          "[encoding]") {
  const std::string keys[] = {
      "",           "a",         "ha noi",   "ha nio",  "hanoi",
      "bac kinh",   "bak kin",   "bac ninh", "fukuoka", "fukkoka",
      "kufuoka",    "hai phong", "abcdef",   "badcfe",  "so ngoai vu ha noi",
      "so ngoai vu"};
  for (const auto& a : keys) {
    KeyDistance distance(a);
    for (const auto& b : keys) {
      for (std::size_t bound = 0; bound < 8; ++bound) {
        CAPTURE(a, b, bound);
        CHECK(distance(b, bound) == std::min(plain_distance(a, b), bound + 1));
      }
    }
  }
}

TEST_CASE("a thing of a length class lasts no longer than the class says", "[encoding]") {
  for (const std::int32_t length : {1, 2, 3, 4, 5, 31, 365, 366, 40000}) {
    const int c = length_class({100, 100 + length - 1});
    CHECK(length <= (std::int64_t{1} << c));
    CHECK((c == 0 || length > (std::int64_t{1} << (c - 1))));
  }
}
