#pragma once

#include "cms/problems.hpp"
#include "cms/sign.hpp"
#include "cms/signed_data.hpp"
#include "cms/time_stamp_write.hpp"
#include "cms/verify.hpp"
#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"
#include "eds/problems.hpp"
#include "support/pki.hpp"
#include "support/print.hpp"

#include <gtest/gtest.h>

/// Signers, authorities and verdicts that the tests of module cms share. Everything happens at test::test_now.
namespace shep::cms {

using crypto::key_kind;
using namespace test;

inline const std::string content = "Content to be signed, 32 octets!";
inline constexpr std::string_view test_policy = "1.2.398.3.3.2.6.4";

/// A key of each kind, made once.
inline const crypto::private_key& key_of(key_kind kind) {
  static std::map<key_kind, crypto::private_key> keys;
  if (kind == key_kind::rsa) return rsa_key(key_name::signer);
  const auto found = keys.find(kind);
  return found != keys.end() ? found->second : keys.emplace(kind, crypto::private_key::generate(kind).value()).first->second;
}

struct identity_options {
  key_kind kind = key_kind::rsa;
  std::string common_name = "TEST SIGNER";
  time_point not_before = test_now - 24h, not_after = test_now + 24h;
  crypto::key_usage_role role = crypto::key_usage_role::sign;
  std::vector<std::string> purposes{};
  bool critical_purposes = false;
  const crypto::issuer* by = nullptr;
  const crypto::private_key* key = nullptr;
};

inline crypto::identity identity_of(const identity_options& o) {
  static std::uint64_t made = 1000;
  crypto::certificate_request r;
  r.serial = from_hex(std::to_string(1000000 + ++made) + "0").value();
  r.common_name = o.common_name;
  r.iin = "000000000000";
  r.not_before = o.not_before;
  r.not_after = o.not_after;
  r.role = o.role;
  r.extended_key_usage = o.purposes;
  r.critical_purposes = o.critical_purposes;
  const crypto::issuer& by = o.by != nullptr ? *o.by : test_root();
  const crypto::private_key& key = o.key != nullptr ? *o.key : key_of(o.kind);
  return {key, crypto::issue(r, key.public_key(), &by, by.key).value(), {}};
}

inline const crypto::identity& signer_of(key_kind kind) {
  static std::map<key_kind, crypto::identity> made;
  const auto found = made.find(kind);
  if (found != made.end()) return found->second;
  return made.emplace(kind, identity_of({.kind = kind, .common_name = "TEST SIGNER " + std::string(crypto::name_of(kind))})).first->second;
}

inline identity_options authority_options(key_kind kind = key_kind::rsa) {
  identity_options o;
  o.kind = kind;
  o.common_name = "TEST TIME-STAMPING AUTHORITY";
  o.role = crypto::key_usage_role::unknown;
  o.purposes = {"1.3.6.1.5.5.7.3.8"};
  o.critical_purposes = true;
  o.not_before = test_now - 24h * 300;
  o.not_after = test_now + 24h * 300;
  if (kind == key_kind::rsa) o.key = &rsa_key(key_name::other);
  return o;
}

inline const crypto::identity& authority(key_kind kind = key_kind::rsa) {
  static std::map<key_kind, crypto::identity> made;
  const auto found = made.find(kind);
  return found != made.end() ? found->second : made.emplace(kind, identity_of(authority_options(kind))).first->second;
}

inline const crypto::trust_store& everybody() {
  static const crypto::trust_store store({{test_root().certificate}, {}, {}});
  return store;
}

inline signing ordinary() {
  signing how;
  how.signing_time = test_now;
  return how;
}

inline std::string signed_by(const crypto::identity& who, signing how = ordinary()) { return sign(content, {who}, how).value(); }

inline eds::policy compat() {
  eds::policy p;
  p.compat = true;
  return p;
}

inline verification judged(std::string_view cms, std::optional<std::string_view> detached = std::nullopt, time_point at = test_now) {
  return verify(cms, detached, everybody(), compat(), at);
}

inline time_stamp_request request_for(std::string_view stamped, crypto::digest_algorithm digest = crypto::digest_algorithm::sha256) {
  time_stamp_request q;
  q.digest = digest;
  q.imprint = crypto::digest(digest, stamped);
  q.nonce = "\x7F\x01\x02\x03\x04\x05\x06\x07";
  return q;
}

inline token_settings token_at(time_point gen_time) {
  token_settings s;
  s.gen_time = gen_time;
  s.serial = "\x05\x06";
  return s;
}

/// A token over the signature value of a signer, put where it belongs.
inline std::string stamped(const std::string& cms, const token_settings& settings, const crypto::identity& by = authority(),
                           std::size_t index = 0, crypto::digest_algorithm digest = crypto::digest_algorithm::sha256) {
  const auto read = signed_data::read(cms).value();
  const auto token = write_token(request_for(read.signers().at(index).signature, digest), by, settings).value();
  return attach_time_stamp(cms, index, token).value();
}

inline bool has_finding(const eds::report& r, const problem_code& code, std::string_view words) {
  for (const eds::finding& f : r.findings)
    if (f.code == code.name && f.detail.find(words) != std::string::npos) return true;
  return false;
}

#define EXPECT_REFUSED(verdict, wanted_reason, wanted_code)                                                                           \
  do {                                                                                                                                \
    const auto& judged_ = (verdict);                                                                                                  \
    EXPECT_FALSE(judged_.passed);                                                                                                     \
    EXPECT_EQ(eds::name_of(judged_.report.reason), eds::name_of(eds::sub_indication::wanted_reason)) << eds::to_text(judged_.report); \
    EXPECT_EQ(judged_.failure.code, problems::wanted_code) << eds::to_text(judged_.report);                                           \
  } while (false)

}  // namespace shep::cms
