#pragma once

#include "crypto/asn1_write.hpp"
#include "revocation/crl_set.hpp"
#include "revocation/crl_write.hpp"
#include "revocation/ocsp_write.hpp"
#include "revocation/problems.hpp"
#include "revocation/signing.hpp"
#include "support/pki.hpp"

#include <gtest/gtest.h>

/// An authority with a responder and a few certificates, over the keys of the committed test PKI. Everybody is valid from 2020 to 2049, so
/// that the openssl command, which looks at the real clock, finds them valid too.
namespace shep::revocation::test {

using namespace std::chrono_literals;
using shep::test::key_name;
using shep::test::rsa_key;
using shep::test::test_now;

inline constexpr time_point from_2020{std::chrono::seconds(1'577'836'800)}, to_2049{std::chrono::seconds(2'493'072'000)};

inline crypto::certificate_request request_for(const std::string& name) {
  crypto::certificate_request r;
  r.common_name = name;
  r.not_before = from_2020;
  r.not_after = to_2049;
  return r;
}

inline crypto::certificate issued(const crypto::certificate_request& r, key_name subject, const crypto::identity* by = nullptr) {
  const crypto::private_key& key = rsa_key(subject);
  if (by == nullptr) return crypto::issue(r, key.public_key(), nullptr, key).value();
  const crypto::issuer issuer{by->certificate, by->key};
  return crypto::issue(r, key.public_key(), &issuer, key).value();
}

inline crypto::identity make_authority(const std::string& name, key_name key) {
  auto r = request_for(name);
  r.is_ca = true;
  return {rsa_key(key), issued(r, key), {}};
}
inline const crypto::identity& authority() {
  static const crypto::identity made = make_authority("TEST AUTHORITY", key_name::root);
  return made;
}
/// The same name over another key.
inline const crypto::identity& impostor() {
  static const crypto::identity made = make_authority("TEST AUTHORITY", key_name::foreign_root);
  return made;
}
inline const crypto::identity& stranger() {
  static const crypto::identity made = make_authority("TEST STRANGER", key_name::foreign_root);
  return made;
}

/// A responder made by the authority; `bend` may change the request for its certificate.
template <class Bend>
crypto::identity make_responder(Bend bend, const crypto::identity& by = authority(), key_name key = key_name::other) {
  auto r = request_for("TEST RESPONDER");
  r.role = crypto::key_usage_role::unknown;
  r.extended_key_usage = {"1.3.6.1.5.5.7.3.9"};
  bend(r);
  return {rsa_key(key), issued(r, key, &by), {}};
}
inline const crypto::identity& responder() {
  static const crypto::identity made = make_responder([](auto&) {});
  return made;
}

inline crypto::certificate leaf(const std::string& serial = "\x0A", const std::string& crl_url = {}, bool is_ca = false) {
  auto r = request_for("TEST HOLDER");
  r.serial = serial;
  r.crl_url = crl_url;
  r.is_ca = is_ca;
  return issued(r, key_name::signer, &authority());
}

/// Made an hour ago, due in a day, number 7, one revoked certificate (0B).
inline crl_content content(time_point now = test_now) {
  crl_content c;
  c.this_update = now - 1h;
  c.next_update = now + 24h;
  c.number = 7;
  c.entries = {{"\x0B", now - 48h, reason::key_compromise}};
  return c;
}

inline crl list_of(const crl_content& c, const crypto::identity& by = authority()) {
  return crl::from_der(share(write_crl(c, by).value())).value();
}

inline std::string algorithm(std::string_view oid = "1.2.840.113549.1.1.11") {
  using namespace crypto::asn1;
  return write(tags::sequence, write_oid(oid) + write(tags::null, ""));
}

/// A list around any tbsCertList, signed well.
inline std::string signed_list(const std::string& tbs_content, const std::string& outer_algorithm = algorithm(),
                               crypto::signature_algorithm scheme = crypto::signature_algorithm::rsa_sha256) {
  using namespace crypto::asn1;
  const std::string tbs = write(tags::sequence, tbs_content);
  return write(tags::sequence, tbs + outer_algorithm + write_bit_string(authority().key.sign(scheme, tbs).value()));
}

inline result<crl> read(std::string der, const crl_limits& limits = {}) { return crl::from_der(share(std::move(der)), limits); }

#define SHEP_EXPECT_PROBLEM(outcome, expected)                                                    \
  do {                                                                                            \
    const auto& shep_outcome = (outcome);                                                         \
    ASSERT_FALSE(shep_outcome) << "expected " << (expected).name;                                 \
    EXPECT_EQ(shep_outcome.error().code.name, (expected).name) << describe(shep_outcome.error()); \
    EXPECT_FALSE(shep_outcome.error().detail.empty());                                            \
  } while (false)

}  // namespace shep::revocation::test
