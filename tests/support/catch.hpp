#pragma once

// One include for either Catch2: Debian 12 has version 2, later releases version 3.
#ifdef KETNGHIA_CATCH2_V3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
