#pragma once

#include <optional>
#include <span>
#include <string_view>

/// Everything that can go wrong on purpose, as one table: mappings, admin API, request header, metrics and documentation read it.
namespace shep::faults {

enum class kind {
  connection_reset,
  empty_response,
  malformed_response_chunk,
  random_data_then_close,
  slow_drip,
  half_close,
  stall,
  http_500,
  http_503,
  http_404,
  http_429,
  wrong_content_type,
  gzip_lie,
  wrong_content_length,
  broken_encoding,
  fault_errorinfo,
  soap_version_mismatch,
  must_understand,
  wrong_correlation_id,
  wrong_message_id,
  missing_status,
  not_xml,
  truncated_xml,
  duplicate_body,
  two_payloads,
  wrong_payload_namespace,
  signature_missing,
  signature_digest_mismatch,
  signature_value_mismatch,
  cert_expired,
  cert_revoked,
  cert_unknown_ca,
  wrong_key,
  signature_wrapped,
  inner_signature_missing,
  inner_signature_broken,
};
inline constexpr kind last_kind = kind::inner_signature_broken;
inline constexpr std::size_t kinds = static_cast<std::size_t>(last_kind) + 1;

enum class layer { transport, http, soap, signature };
std::string_view name_of(layer);

struct row {
  kind what;
  std::string_view name;  ///< "CONNECTION_RESET_BY_PEER": the four of WireMock have its names
  layer where;
  bool spoils_an_answer;        ///< needs the recipient's answer; the others stand in its place, and the recipient is not asked
  std::string_view on_wire;     ///< what the client gets, exactly
  std::string_view noticed_by;  ///< how a client should notice
};

/// In the order of the enumeration.
std::span<const row> catalogue();
const row& row_of(kind);
inline std::string_view name_of(kind k) { return row_of(k).name; }
std::optional<kind> kind_named(std::string_view name);

/// Is it one of the four that WireMock knows, which a mapping writes as `response.fault`?
bool is_wiremock(kind);

}  // namespace shep::faults
