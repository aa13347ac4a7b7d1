#pragma once

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "faults/injection.hpp"
#include "http/message.hpp"
#include "protocol/fault.hpp"
#include "protocol/request.hpp"
#include "routing/routes.hpp"
#include "xml/document.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace shep::adapters {

/// One request on its way to whoever answers it. Everything here outlives the call.
struct call {
  const protocol::sync_request& request;
  const routing::route& route;
  xml::element body;                      ///< soap:Body, the part that the signature covers
  std::string_view signature_indication;  ///< of the transport signature; empty when there was none
  std::string_view business_indication;   ///< of the signature inside the business data; empty when none or not looked at
  time_point now{};                       ///< the time that messages see
  std::chrono::steady_clock::time_point deadline;
  shared_bytes received{};           ///< the message's octets as they came; null when there are none to pass on
  std::string_view charset{};        ///< that the sender's Content-Type named; may be empty
  std::string_view hops{};           ///< the simulators that forwarded the message before: header Shepsim-Hops as received
  std::string_view exchange_id{};    ///< of the journal
  std::string_view method = "POST";  ///< of the HTTP request
  std::string_view target{};         ///< path and query as received; empty: unknown
  std::span<const http::field> headers{};
};

/// What the recipient says; data, not octets. The pipeline renders and signs it.
struct reply {
  std::string status_code;  ///< empty: the gateway's success code
  std::string status_message;
  std::string document;                   ///< XML text of the business document; empty: no data
  std::optional<protocol::carrier> form;  ///< empty: as the request carried its own
  std::string type;                       ///< xsi:type for typed carriers: "ns3:ServiceType"
  std::string type_space;                 ///< namespace of the type's prefix
  bool sign_business = false;
  std::optional<bool> sign_transport;  ///< empty: signed when the request was
  struct soap_fault {
    std::string code, message, data;
  };
  std::optional<soap_fault> fault;            ///< instead of an answer
  std::optional<faults::injection> injected;  ///< a fault of the catalogue to spoil this answer with
  /// What HTTP says around the answer, where the recipient has a will of its own.
  struct http_answer {
    std::optional<int> status;                                 ///< empty: 200
    std::vector<std::pair<std::string, std::string>> headers;  ///< framing fields are ignored
    bool verbatim = false;                                     ///< `document` is the whole body: no envelope, no signature
  };
  std::optional<http_answer> http;
  std::string mapping_id;
  std::optional<problem> not_recorded{};  ///< why an answer that should have been kept as a fixture was not; it is good all the same
  std::shared_ptr<const xml::document> message{};  ///< `octets` as whoever took them in read them; null: nobody did
  shared_bytes octets{};  ///< a whole message to be sent as it is, instead of what would be rendered; with `fault` when it is one
};

/// What answers a route. One instance serves all requests of its kind; `handle` is called from any thread, many at a time, and must
/// end by `call.deadline`. Expected failures are problems: no_match, recipient_timeout, recipient_unavailable, recipient_answer,
/// recipient_untrusted, unavailable.
class adapter {
 public:
  virtual ~adapter() = default;
  virtual boost::asio::awaitable<result<reply>> handle(const call&) const = 0;
};

}  // namespace shep::adapters
