#pragma once

#include "core/clock.hpp"
#include "xml/element.hpp"

#include <span>
#include <string_view>

namespace shep::mocks {

/// One header field of the HTTP request.
struct header_view {
  std::string_view name, value;
};

/// What the engine may know of a request, whatever brought it. Views: everything outlives the call that takes it.
struct request_view {
  std::string_view channel;  ///< "sync" or "async"
  std::string_view service_id;
  std::string_view sender_id;
  std::string_view route_id;
  std::string_view message_id;
  std::string_view correlation_id;
  std::string_view session_id;
  std::string_view signature_indication;        ///< of the transport signature: "TOTAL_PASSED"…; empty when there is none
  std::string_view inner_signature_indication;  ///< of the signature inside the business document
  xml::element envelope;                        ///< the signed part of the envelope: soap:Body
  xml::element business_data;                   ///< root of the business document whatever carried it; null when there is none
  std::string_view raw_body;                    ///< canonical text of the Body, for text operators
  std::string_view method = "POST";             ///< of the HTTP request that brought it, for WireMock's own criteria
  std::string_view target;                      ///< path and query as received; empty: unknown, no `url…` criterion holds
  std::span<const header_view> headers;
  time_point now{};  ///< the time that tokens are judged by and templates print
};

}  // namespace shep::mocks
