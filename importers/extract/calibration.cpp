#include "importers/extract/calibration.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "importers/lexicon/tables.hpp"

namespace ketnghia::importers {
namespace {

constexpr float kHundredths = 100;

// `told` in hundredths, as the table writes it: 0.85 is "85".
std::string key_of(std::string_view kind, std::string_view rule, int told) {
  std::string key(kind);
  key += '\t';
  key += rule;
  key += '\t';
  key += std::to_string(told);
  return key;
}

float number(std::string_view cell) {
  float value = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

int hundredths(float value) { return static_cast<int>(std::lround(value * kHundredths)); }

}  // namespace

Calibration::Calibration(const Table& table) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string_view kind = table.cell(row, "kind");
    raw_ = raw_ || kind == "raw";
    shares_[key_of(kind, table.cell(row, "rule"), hundredths(number(table.cell(row, "told"))))] =
        number(table.cell(row, "confidence"));
  }
}

void Calibration::set(std::string_view kind, std::vector<Quotation>& quotations) const {
  const auto any = shares_.find(key_of(kind, "*", 0));
  for (Quotation& quotation : quotations) {
    const auto known = shares_.find(key_of(kind, quotation.rule, hundredths(quotation.confidence)));
    if (known != shares_.end()) {
      quotation.confidence = known->second;
    } else if (any != shares_.end()) {
      quotation.confidence = std::min(quotation.confidence, any->second);
    }
  }
}

void Calibration::apply(Reading& reading) const {
  if (raw_) return;
  for (ReadEntity& entity : reading.entities) set("entity", entity.mentions);
  for (ReadHold& hold : reading.holds) set("hold", hold.quotations);
  for (ReadEvent& event : reading.events) {
    set("event", event.quotations);
    for (ReadRole& role : event.participants) set("role", role.quotations);
  }
  for (ReadAgreement& agreement : reading.agreements) {
    set("agreement", agreement.quotations);
    for (ReadRole& role : agreement.parties) set("party", role.quotations);
  }
}

}  // namespace ketnghia::importers
