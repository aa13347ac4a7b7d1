#include "mocks/engine/fault_names.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::size_t of_wiremock = 4;
constexpr std::array<std::string_view, 12> names = {
    "EMPTY_RESPONSE",    "MALFORMED_RESPONSE_CHUNK",  "RANDOM_DATA_THEN_CLOSE", "CONNECTION_RESET_BY_PEER",
    "SIGNATURE_MISSING", "SIGNATURE_DIGEST_MISMATCH", "CERT_EXPIRED",           "CERT_REVOKED",
    "SLOW_DRIP",         "BROKEN_ENCODING",           "WRONG_CORRELATION_ID",   "FAULT_ERRORINFO"};

}  // namespace

std::span<const std::string_view> wiremock_faults() { return std::span(names).first(of_wiremock); }
std::span<const std::string_view> all_faults() { return names; }

}  // namespace shep::mocks
