#include "mocks/engine/fault_names.hpp"

#include "faults/catalogue.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::size_t of_wiremock = 4;

const auto fault_words = [] {
  std::array<std::string_view, faults::kinds> out;
  for (std::size_t i = 0; i < faults::kinds; ++i) out[i] = faults::catalogue()[i].name;
  return out;
}();

}  // namespace

// WireMock's stand first in the catalogue.
std::span<const std::string_view> wiremock_faults() { return std::span(fault_words).first(of_wiremock); }
std::span<const std::string_view> all_faults() { return fault_words; }

}  // namespace shep::mocks
