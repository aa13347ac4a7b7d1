#pragma once

#include "adapters/forwarding/breaker.hpp"
#include "adapters/forwarding/bulkhead.hpp"
#include "adapters/forwarding/target.hpp"
#include "crypto/pkcs12.hpp"
#include "eds/sign.hpp"
#include "http/client.hpp"

#include <memory>
#include <string>

namespace shep::forwarding {

/// How one real endpoint is asked. A plain value, from the configuration.
struct endpoint_settings {
  enum class request_form { signed_again, as_received };
  enum class answer_form { rendered, as_received };
  enum class answer_signature { required, optional, ignored };

  http::url to;
  std::string text;                             ///< the address as it was written
  std::shared_ptr<const http::tls_client> tls;  ///< whom to trust, and what to show; needed for https
  request_form request = request_form::signed_again;
  answer_form answer = answer_form::rendered;
  answer_signature signature = answer_signature::required;
  std::vector<crypto::certificate> signers;     ///< one of them must have signed an answer that is signed; empty: any trusted one
  std::shared_ptr<const crypto::identity> key;  ///< signs requests; needed for signed_again
  eds::transport_profile profile = eds::transport_profile::issuer_serial;
  http::client_deadlines within{std::chrono::seconds(5), std::chrono::seconds(30), std::chrono::seconds(60)};
  breaker::settings breaking;
  bulkhead::settings room;
  std::uint64_t largest_answer = 10 << 20;
};

/// One real endpoint with its circuit breaker and its bulkhead: what happens to it stays with it. Any thread.
class endpoint {
 public:
  /// `own` may be null in tests: no address is refused then.
  endpoint(endpoint_settings s, std::shared_ptr<const own_listeners> own)
      : settings_(std::move(s)), own_(std::move(own)), breaker_(settings_.breaking), bulkhead_(settings_.room) {}

  /// One POST, each deadline cut at the call's. Errors: recipient_timeout, recipient_unavailable, recipient_answer. Silence, refusals of
  /// the network, answers that are not HTTP, and the statuses 502 to 504 are failures to the breaker; a full bulkhead is not.
  boost::asio::awaitable<result<http::incoming_response>> post(shared_bytes body, std::vector<http::named_value> headers,
                                                               std::chrono::steady_clock::time_point deadline);

  const endpoint_settings& settings() const { return settings_; }
  breaker::state state() const { return breaker_.now_state(std::chrono::steady_clock::now()); }

 private:
  endpoint_settings settings_;
  std::shared_ptr<const own_listeners> own_;
  breaker breaker_;
  bulkhead bulkhead_;
};

}  // namespace shep::forwarding
