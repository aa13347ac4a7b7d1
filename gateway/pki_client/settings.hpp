#pragma once

#include "http/client.hpp"
#include "revocation/crl_set.hpp"
#include "revocation/ocsp.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace shep::pki {

/// One configured address. Plain http only; any host, also on this machine: what is configured is meant.
struct service {
  std::string url;
  std::string issuer{};  ///< RFC 4514 text of the authority whose certificates it speaks about, in any of its usual spellings; empty: any
};

/// Whom the client may ask, and how long and how often it does.
struct settings {
  std::vector<service> ocsp, crl, delta_crl, tsp;

  /// Hosts ("ocsp.pki.gov.kz" for port 80, "127.0.0.1:8080") whose addresses are also followed when a certificate that chains to an
  /// anchor names them. A host on a loopback, link-local or private address is reached only when the port stands with it.
  std::vector<std::string> allowed_hosts;

  http::client_deadlines within{std::chrono::seconds(5), std::chrono::seconds(10), std::chrono::seconds(30)};
  std::size_t attempts = 4;  ///< addresses tried for one question

  revocation::ocsp::response_rules ocsp_rules;
  crypto::digest_algorithm ocsp_digest = crypto::digest_algorithm::sha256;
  bool ocsp_nonce = true;  ///< send one of 16 random octets; without it a responder may answer from its own cache
  std::chrono::seconds ocsp_keep{std::chrono::minutes(5)};  ///< an answer is reused so long, and never past its nextUpdate; 0: never
  std::size_t ocsp_kept = 10'000;

  revocation::crl_rules crl_rules;
  revocation::crl_limits crl_limits;
  std::chrono::seconds crl_refresh{std::chrono::hours(1)};          ///< a list is asked for again after so long
  std::chrono::seconds crl_refresh_ahead{std::chrono::minutes(5)};  ///< and so long before its nextUpdate
  std::chrono::seconds crl_retry{30};                               ///< but not sooner than this after the last attempt

  std::size_t largest_time_stamp = 64 * 1024;
};

}  // namespace shep::pki
