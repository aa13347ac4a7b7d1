#pragma once

#include "faults/injection.hpp"
#include "protocol/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

namespace shep::mocks {

/// Which signatures the answer carries.
struct signing {
  bool inner = false;      ///< enveloped signature inside the business document
  bool transport = false;  ///< WS-Security signature of the gateway
  friend bool operator==(const signing&, const signing&) = default;
};

/// A SOAP fault with ErrorInfo instead of an answer (shep-protocol.md section 2).
struct soap_fault {
  std::string code;
  std::string message;
  std::string data;
  friend bool operator==(const soap_fault&, const soap_fault&) = default;
};

/// xsi:type of `data` for the typed carrier.
struct data_type {
  std::string name;   ///< "ServiceType" or "ns3:ServiceType" where a client insists on a prefix
  std::string space;  ///< namespace of the type
  friend bool operator==(const data_type&, const data_type&) = default;
};

/// The HTTP answer that a WireMock mapping describes. What is not given is as the gateway would have it.
struct http_answer {
  std::optional<int> status;
  std::string reason;                                        ///< of the status line; empty: the usual one
  std::vector<std::pair<std::string, std::string>> headers;  ///< names may repeat
  bool verbatim = false;  ///< `body` is the whole HTTP body as it stands: no envelope, no status, no signature
  friend bool operator==(const http_answer&, const http_answer&) = default;
};

/// What the mock decided: data that can be printed, compared and replayed; octets come later and elsewhere.
/// Texts are plain text, not yet escaped for XML, except `body`, which is XML text.
struct response_definition {
  std::string mapping_id;
  std::string mapping_name;
  std::string status_code;                   ///< responseInfo/status/code; empty: the gateway's own for success
  std::string status_message;                ///< responseInfo/status/message
  std::string body;                          ///< the business document, rendered; may be empty; well-formed as far as its author made it so
  std::optional<protocol::carrier> carrier;  ///< empty: as the request carried its own
  std::optional<data_type> type;
  std::optional<signing> sign;  ///< empty: as the service is configured
  std::optional<soap_fault> fault;
  std::optional<faults::injection> injected;  ///< a fault of the catalogue to spoil the answer with
  std::optional<http_answer> http;            ///< from `status`, `statusMessage`, `headers`; empty: nothing of WireMock's own
  std::chrono::milliseconds delay{0};         ///< to wait before answering
  friend bool operator==(const response_definition&, const response_definition&) = default;
};

/// For journal, admin API and tests; keys in the order above.
boost::json::object to_json(const response_definition&);

}  // namespace shep::mocks
