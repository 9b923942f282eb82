#include <algorithm>
#include <string>

#include "query-lang/question/keywords.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia::query {
namespace {

bool says(std::string_view text, Concept meaning, std::size_t words) {
  const auto tokens = tokenise(text);
  const auto found = Keywords::instance().match(tokens.data(), tokens.data() + tokens.size());
  return found.words == words && found.has(meaning);
}

std::vector<std::string> nearest(std::string_view text) {
  const auto tokens = tokenise(text);
  return Keywords::instance().nearest(tokens.data(), tokens.data() + tokens.size(), 3);
}

}  // namespace

TEST_CASE("a keyword is found whatever its case and without its tone marks", "[question]") {
  CHECK(says("giữa", Concept::Between, 1));
  CHECK(says("GIỮA", Concept::Between, 1));
  CHECK(says("giua", Concept::Between, 1));
  CHECK(says("Between", Concept::Between, 1));
  CHECK(says("đơn vị nào", Concept::Noun, 2));
  CHECK(says("don vi nao", Concept::Noun, 2));
}

TEST_CASE("the longest phrase wins over the word it begins with", "[question]") {
  CHECK(says("trong lĩnh vực y tế", Concept::About, 3));
  CHECK(says("trong năm 2024", Concept::In, 2));
  CHECK(says("đến nay", Concept::Now, 2));
  CHECK(says("thiết lập quan hệ với", Concept::Establish, 4));
}

TEST_CASE("marks that were typed in a short word must be the keyword's", "[question]") {
  CHECK(says("số", Concept::Count, 1));
  CHECK(says("so", Concept::Count, 1));
  CHECK_FALSE(says("Sở", Concept::Count, 1));
  CHECK_FALSE(says("đền", Concept::To, 1));
}

TEST_CASE("words of the model's vocabulary are keywords in both languages", "[question]") {
  CHECK(says("memoranda", Concept::Noun, 1));
  CHECK(says("bản ghi nhớ", Concept::Noun, 3));
  CHECK(says("y tế", Concept::Field, 2));
  CHECK(says("cancelled", Concept::Status, 1));
  CHECK(says("thị trưởng", Concept::Post, 2));
}

TEST_CASE("a misspelt keyword finds the one that was meant", "[question]") {
  CHECK(nearest("cooperatng with").front() == "cooperating");
  CHECK(nearest("befor 2024").front() == "before");
  CHECK(nearest("unts").front() == "units");
  CHECK(nearest("xyzzyxyzzy").empty());
}

TEST_CASE("quotes, digits and the genitive are told apart from words", "[question]") {
  const auto tokens = tokenise("“Hà Nội” Hà Nội's 16/5/2024, 2022–2025?");
  REQUIRE(tokens.size() == 6);
  CHECK(tokens[0].kind == Token::Kind::Quoted);
  CHECK(tokens[0].text == "Hà Nội");
  CHECK(tokens[0].span == Span{0, 15});
  CHECK(tokens[2].text == "Nội");
  CHECK(tokens[3].kind == Token::Kind::Number);
  CHECK(tokens[4].kind == Token::Kind::Comma);
  CHECK(tokens[5].kind == Token::Kind::Number);
  CHECK(tokens[5].text == "2022-2025");
}

}  // namespace ketnghia::query
