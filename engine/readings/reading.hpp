#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evidence/evidence.hpp"

namespace ketnghia {

// What one document says, resolved within that document and no further. Readings are stored by
// document and never edited; the graph is a function of all of them (docs/decisions/0001).

// A span of the document's stored text and how it was read.
struct Quotation {
  Span span;
  std::string rule;
  Grade grade = Grade::Exact;
  float confidence = 1.0F;
};

struct ReadEntity {
  std::string label;                 // City, Agency, Person
  std::string name;                  // the fullest form, canonical as far as this document tells
  std::vector<std::string> aliases;  // every other form met, as printed (NFC)
  std::string kind;     // Agency.kind; for a City: Country, Province, Municipality, District
  std::string country;  // of a City, ISO 3166-1 alpha-2
  int place = -1;       // index of the City it belongs to or is part of
  int parent = -1;      // Agency: index of the Agency it is part of
  // What it is known by across documents: entities of one identity are one node. Built by
  // identity() in importers/resolve from label, folded name and place.
  std::string identity;
  std::vector<Quotation> mentions;  // in order of the text
};

struct ReadHold {
  int person = -1;
  int body = -1;  // Agency or City
  std::string title;
  std::string when;  // EDTF; empty for a post held at the time of the document
  std::vector<Quotation> quotations;
};

struct ReadRole {
  int entity = -1;
  std::string role;
  std::vector<Quotation> quotations;
};

struct ReadEvent {
  std::string kind;
  std::string name;
  std::string when;  // EDTF, XXXX where the year is not told
  std::string when_text;
  std::string status;
  std::vector<ReadRole> participants;
  int place = -1;  // City
  std::vector<std::string> fields;
  int part_of = -1;  // Event
  std::vector<Quotation> quotations;
};

struct ReadAgreement {
  std::string kind;
  std::string name;
  std::string when;
  std::string period;
  std::string status;
  int count = 1;
  std::vector<ReadRole> parties;  // role: party, signatory, witness
  std::vector<std::string> fields;
  int signing = -1;  // Event
  std::vector<Quotation> quotations;
};

struct Reading {
  std::string document;  // file name: what the document is known by when it comes again
  std::string title, source, url, published, sha256, genre;
  std::vector<ReadEntity> entities;
  std::vector<ReadHold> holds;
  std::vector<ReadEvent> events;
  std::vector<ReadAgreement> agreements;
};

// A reading as bytes and back, with a format version. read_reading throws StoreError Corrupt.
std::string to_bytes(const Reading& reading);
Reading read_reading(std::string_view bytes);

}  // namespace ketnghia
