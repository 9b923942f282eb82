#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/readings/reading.hpp"

namespace ketnghia::importers {

class Table;

// How often what a rule reads is right, by the gold documents: importers/lexicon/rule_confidence.tsv,
// made by tests/gold/calibrate.py. What a rule tells of itself (which of its slots were filled) is
// one level of it, with a share of its own.
//
// Threads: any number may apply one.
class Calibration {
 public:
  // From the columns kind, rule, told, confidence. A rule "*" is the share of all of its kind, for
  // rules that the gold has not met. A row of the kind "raw" (of an overlay) turns it off.
  explicit Calibration(const Table& table);

  // Replaces the confidence of every quotation of the reading.
  void apply(Reading& reading) const;

 private:
  void set(std::string_view kind, std::vector<Quotation>& quotations) const;

  std::unordered_map<std::string, float> shares_;  // by kind, rule and what it told
  bool raw_ = false;
};

}  // namespace ketnghia::importers
