#include "importers/resolve/units.hpp"

#include "tests/support/catch.hpp"

using ketnghia::importers::unit_end;

TEST_CASE("a province that was merged tells when and into what", "[units]") {
  const auto* quang_nam = unit_end("Province", "Quảng Nam", "Việt Nam");
  REQUIRE(quang_nam != nullptr);
  CHECK(quang_nam->until == "2025-06-30");
  CHECK(quang_nam->successors == std::vector<std::string>{"Đà Nẵng"});
  const auto* ha_tay = unit_end("Province", "Hà Tây", "Việt Nam");
  REQUIRE(ha_tay != nullptr);
  CHECK(ha_tay->until == "2008-07-31");
  CHECK(ha_tay->successors == std::vector<std::string>{"Hà Nội"});
}

TEST_CASE("a unit that grew under its name goes on", "[units]") {
  CHECK(unit_end("Municipality", "Đà Nẵng", "Việt Nam") == nullptr);
  CHECK(unit_end("Province", "Tuyên Quang", "Việt Nam") == nullptr);
  CHECK(unit_end("Municipality", "Hà Nội", "Việt Nam") == nullptr);
  CHECK(unit_end("Province", "Fukuoka", "Nhật Bản") == nullptr);
}

TEST_CASE("districts end with June 2025, each under the unit above it", "[units]") {
  const auto* district = unit_end("District", "Thanh Xuân", "Hà Nội");
  REQUIRE(district != nullptr);
  CHECK(district->until == "2025-06-30");
  CHECK(district->successors.empty());
  CHECK(unit_end("District", "Thanh Xuân", "Bắc Kinh") == nullptr);
}
