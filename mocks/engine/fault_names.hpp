#pragma once

#include <span>
#include <string_view>

/// The faults that a mapping may ask for by name; whoever answers makes them.
namespace shep::mocks {

/// WireMock's, under `response.fault`: what happens to the connection.
std::span<const std::string_view> wiremock_faults();

/// Ours and WireMock's, under `response.shep.fault`.
std::span<const std::string_view> all_faults();

}  // namespace shep::mocks
