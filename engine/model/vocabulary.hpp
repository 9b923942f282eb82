#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace ketnghia {

// The closed lists of the graph model. The names in brackets are those of vocabulary.tsv.
enum class Family {
  Label,            // label: node labels
  EdgeType,         // edge_type
  EventKind,        // event_kind: Event.kind
  AgreementKind,    // agreement_kind: Agreement.kind
  AgencyKind,       // agency_kind: Agency.kind
  Role,             // role: of TOOK_PART and PARTY_TO
  EventStatus,      // event_status: Event.status
  AgreementStatus,  // agreement_status: Agreement.status
  Field,            // field: Field.name
  Genre,            // genre: Document.genre
  Post              // post: what HOLDS.title says, for askers who use English
};

// One entry of a list: what the graph stores and what people call it.
struct Term {
  Family family;
  std::string_view id;        // as stored in the graph: "health", "visit", "TOOK_PART"
  std::string_view label_en;  // for people, in reports and exports
  std::string_view label_vi;
  std::vector<std::string_view> words_en;  // how a question may say it, lower case
  std::vector<std::string_view> words_vi;
  std::string_view plover;  // event kinds: PLOVER type and mode; empty for `other`
};

// The entries of a list in the order of the table. Valid for the life of the program; safe to
// call from any thread.
std::span<const Term> terms(Family family);

// The entry whose id is `id`, exactly; nullptr where the list has none. Linear in the list.
const Term* find_term(Family family, std::string_view id);

}  // namespace ketnghia
