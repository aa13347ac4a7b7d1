#pragma once

#include "revocation/ocsp_parts.hpp"
#include "unit/revocation/support.hpp"

/// Answers about the certificate of `leaf()`, good unless bent.
namespace shep::revocation::ocsp::test {

using namespace shep::revocation::test;
using crypto::digest_algorithm;

inline constexpr std::string_view sent_nonce = "0123456789abcdef";

inline response_content::answer answer_about(const crypto::certificate& cert, state what = state::good) {
  response_content::answer a;
  a.id = id_of(cert, authority().certificate, digest_algorithm::sha256);
  a.what = what;
  a.this_update = test_now - 1min;
  a.next_update = test_now + 1h;
  if (what == state::revoked || what == state::on_hold) a.revoked_at = test_now - 48h;
  return a;
}

inline response_content good() {
  response_content c;
  c.answers = {answer_about(leaf())};
  c.produced_at = test_now - 1min;
  c.nonce = sent_nonce;
  return c;
}

inline std::string written(const response_content& c, const crypto::identity& by = responder()) { return write_response(c, by).value(); }

inline result<finding> judge(const std::string& octets, const response_rules& rules = {}, time_point at = test_now) {
  return read_response(octets, leaf(), authority().certificate, sent_nonce, at, rules, "http://ocsp.example/");
}
inline result<finding> judge(const response_content& c, const crypto::identity& by = responder()) { return judge(written(c, by)); }

}  // namespace shep::revocation::ocsp::test
