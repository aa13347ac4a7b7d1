#pragma once

#include "crypto/pkcs12.hpp"
#include "revocation/ocsp.hpp"

namespace shep::revocation::ocsp {

/// What an answer shall say: for the test PKI, so that wrong things can be said too (another certificate, stale dates, a foreign nonce).
struct response_content {
  struct answer {
    certificate_id id;
    state what = state::good;
    std::optional<time_point> revoked_at{};  ///< for revoked and on_hold
    std::optional<reason> why{};             ///< on_hold always says certificateHold
    time_point this_update{};
    std::optional<time_point> next_update{};
    std::optional<time_point> archive_cutoff{};
  };
  response_status status = response_status::successful;  ///< anything else is all that is written: such answers are not signed
  std::vector<answer> answers{};
  time_point produced_at{};
  std::string nonce{};            ///< none when empty
  bool responder_by_key = false;  ///< responderID by key hash instead of by name
  bool with_certificates = true;  ///< the responder's certificate and `others` of its identity come along
};

/// DER, signed by `responder.key` under the name of `responder.certificate`; that they belong together, and that the responder may answer,
/// is not checked. Error: crypto_key.
result<std::string> write_response(const response_content&, const crypto::identity& responder);

}  // namespace shep::revocation::ocsp
