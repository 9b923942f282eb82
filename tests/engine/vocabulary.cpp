#include "engine/model/vocabulary.hpp"

#include <set>
#include <string_view>

#include "engine/text/fold.hpp"
#include "tests/support/catch.hpp"

namespace ketnghia {

TEST_CASE("every list of the model has its entries, each id once and labelled in both languages",
          "[vocabulary]") {
  const auto family =
      GENERATE(Family::Label, Family::EdgeType, Family::EventKind, Family::AgreementKind,
               Family::AgencyKind, Family::Role, Family::EventStatus, Family::AgreementStatus,
               Family::Field, Family::Genre, Family::Post);
  std::set<std::string_view> ids;
  for (const auto& term : terms(family)) {
    CAPTURE(term.id);
    CHECK(term.family == family);
    CHECK(ids.insert(term.id).second);
    CHECK_FALSE(term.label_en.empty());
    CHECK_FALSE(term.label_vi.empty());
  }
  CHECK(ids.size() >= 3);
}

TEST_CASE("an entry is found by its exact id in its own list", "[vocabulary]") {
  REQUIRE(find_term(Family::Field, "health") != nullptr);
  CHECK(find_term(Family::Field, "health")->label_vi == "Y tế");
  CHECK(find_term(Family::Field, "Health") == nullptr);
  CHECK(find_term(Family::EventKind, "health") == nullptr);
  CHECK(find_term(Family::EventKind, "visit")->plover == "CONSULT/visit");
}

TEST_CASE("no word stands for two kinds of one list", "[vocabulary]") {
  for (const auto family : {Family::Label, Family::EventKind, Family::AgreementKind,
                            Family::AgencyKind, Family::Role, Family::Field}) {
    std::set<std::string> words;
    for (const auto& term : terms(family)) {
      std::set<std::string> own;
      for (const auto* list : {&term.words_en, &term.words_vi}) {
        for (const auto word : *list) own.insert(match_key(word));
      }
      for (const auto& word : own) {
        CAPTURE(term.id, word);
        CHECK(words.insert(word).second);
      }
    }
  }
}

}  // namespace ketnghia
