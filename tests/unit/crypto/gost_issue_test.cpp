#include "core/bytes.hpp"
#include "crafted.hpp"
#include "crypto/digest.hpp"
#include "crypto/issue.hpp"
#include "crypto/problems.hpp"
#include "crypto/trust.hpp"
#include "oracle.hpp"

#include <map>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using crafted::at;

constexpr key_kind every_kind[] = {key_kind::rsa, key_kind::gost2004, key_kind::gost2015_256, key_kind::gost2015_512};

const private_key& key_of_kind(key_kind kind, std::size_t number) {
  static std::map<std::pair<key_kind, std::size_t>, private_key> keys;
  const auto place = std::pair(kind, number);
  const auto found = keys.find(place);
  return found != keys.end() ? found->second : keys.emplace(place, private_key::generate(kind).value()).first->second;
}

certificate_request request(std::string name, bool ca) {
  certificate_request r;
  r.common_name = std::move(name);
  r.is_ca = ca;
  r.not_before = at(2020);
  r.not_after = at(2040);
  return r;
}

issuer root_of(key_kind kind) {
  const private_key& key = key_of_kind(kind, 1);
  return {issue(request("TEST root", true), key.public_key(), nullptr, key).value(), key};
}

certificate leaf_of(key_kind kind, const issuer& by, const certificate_request& r = request("TEST leaf", false)) {
  return issue(r, key_of_kind(kind, 2).public_key(), &by, by.key).value();
}

trust_store store(const certificate& root, bool weak, bool with_256) {
  trust_store::contents c;
  c.anchors = {root};
  c.allow_weak_signatures = weak;
  c.allow_gost2015_256 = with_256;
  return trust_store(c);
}

TEST(GostIssue, AnyKindIssuesForAnyKind) {
  for (const key_kind by : every_kind) {
    const issuer root = root_of(by);
    EXPECT_EQ(root.certificate.info().signature_algorithm_oid, oid_of(usual_signature(by).value()));
    for (const key_kind of : every_kind) {
      const certificate leaf = leaf_of(of, root);
      EXPECT_EQ(leaf.key().kind(), of);
      EXPECT_TRUE(leaf.signed_by(root.certificate)) << name_of(by) << " " << name_of(of);
      EXPECT_EQ(leaf.signed_with(), usual_signature(by));
      const auto chain = store(root.certificate, true, true).build(leaf, at(2030));
      ASSERT_TRUE(chain) << chain.error().detail;
      EXPECT_EQ(chain->mixed_kinds, by != of);
      EXPECT_EQ(chain->weak_signature, by == key_kind::gost2004);
    }
  }
}

TEST(GostIssue, KeyUsageFollowsTheGeneration) {
  const auto bits = [](key_kind kind, key_usage_role role) {
    certificate_request r = request("TEST leaf", false);
    r.role = role;
    const certificate c = leaf_of(kind, root_of(kind), r);
    EXPECT_EQ(c.role(), role);
    const certificate::fields& f = c.info();
    return (f.digital_signature ? 0x80 : 0) | (f.non_repudiation ? 0x40 : 0) | (f.key_encipherment ? 0x20 : 0) |
           (f.key_agreement ? 0x08 : 0);
  };
  EXPECT_EQ(bits(key_kind::gost2015_512, key_usage_role::sign), 0xC8);
  EXPECT_EQ(bits(key_kind::gost2004, key_usage_role::sign), 0xC0);
  EXPECT_EQ(bits(key_kind::rsa, key_usage_role::sign), 0xC0);
  for (const key_kind kind : every_kind) EXPECT_EQ(bits(kind, key_usage_role::auth), 0xA0) << name_of(kind);
}

TEST(GostIssue, TheKeyIdentifierIsTheHashOfTheOctetString) {
  const issuer root = root_of(key_kind::gost2015_512);
  const std::string spki = root.certificate.key().spki();
  const std::string tlv = spki.substr(spki.size() - 131);
  EXPECT_EQ(to_hex(tlv.substr(0, 3)), "048180");
  EXPECT_EQ(to_hex(root.certificate.info().subject_key_id), to_hex(digest(digest_algorithm::sha1, tlv)));
}

TEST(GostIssue, RespondersAndTimeStampersHaveTheirPurposeAlone) {
  for (const key_kind kind : every_kind) {
    const issuer root = root_of(kind);
    certificate_request r = request("TEST responder", false);
    r.only_these_purposes = true;
    r.extended_key_usage = {"1.3.6.1.5.5.7.3.9"};
    r.ocsp_no_check = true;
    EXPECT_EQ(leaf_of(kind, root, r).info().extended_key_usage, r.extended_key_usage);
    EXPECT_NE(leaf_of(kind, root, r).der().find(from_hex("06092b0601050507300105").value()), std::string::npos);
    r.extended_key_usage = {"1.3.6.1.5.5.7.3.8"};
    r.critical_purposes = true;
    const certificate authority = leaf_of(kind, root, r);
    EXPECT_EQ(authority.info().extended_key_usage, r.extended_key_usage);
    EXPECT_NE(authority.der().find(from_hex("0603551d250101ff").value()), std::string::npos) << "critical";
    EXPECT_TRUE(store(root.certificate, true, true).build(authority, at(2030)));
  }
}

TEST(GostTrust, C05_OldGostIsWeakAndHasToBeAllowed) {
  const issuer root = root_of(key_kind::gost2004);
  const certificate leaf = leaf_of(key_kind::gost2004, root);
  const problem p = store(root.certificate, false, true).build(leaf, at(2030)).error();
  EXPECT_EQ(p.code, problems::certificate_no_chain);
  EXPECT_NE(p.detail.find("weak"), std::string::npos) << p.detail;
  EXPECT_TRUE(store(root.certificate, true, false).build(leaf, at(2030))->weak_signature);
}

TEST(GostTrust, C05_TheKeyIdentifierAsSignatureAlgorithmIsWeakToo) {
  const issuer root = root_of(key_kind::gost2004);
  crafted::parts p;
  p.issuer = root.certificate.info().subject_der;
  p.inner_algorithm = p.outer_algorithm = crafted::algorithm("1.2.398.3.10.1.1.1.1");
  p.scheme = signature_algorithm::gost2004;
  const certificate leaf = p.decoded(root.key).value();
  EXPECT_TRUE(leaf.signed_by(root.certificate));
  EXPECT_EQ(leaf.signed_with(), signature_algorithm::gost2004);
  EXPECT_EQ(store(root.certificate, false, true).build(leaf, at(2030)).error().code, problems::certificate_no_chain);
  EXPECT_TRUE(store(root.certificate, true, true).build(leaf, at(2030))->weak_signature);
}

TEST(GostTrust, S45_TheInferredKindIsRefusedAnywhereUnlessAllowed) {
  const issuer root_256 = root_of(key_kind::gost2015_256);
  const issuer root_512 = root_of(key_kind::gost2015_512);
  for (const auto& [leaf, root] :
       {std::pair(leaf_of(key_kind::gost2015_256, root_512), root_512), std::pair(leaf_of(key_kind::gost2015_512, root_256), root_256),
        std::pair(root_256.certificate, root_256)}) {
    const auto refused = store(root.certificate, true, false).build(leaf, at(2030));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, problems::certificate_no_chain);
    EXPECT_NE(refused.error().detail.find("256 bits"), std::string::npos) << refused.error().detail;
    EXPECT_TRUE(store(root.certificate, true, true).build(leaf, at(2030)));
  }
  EXPECT_TRUE(store(root_512.certificate, false, false).build(leaf_of(key_kind::gost2015_512, root_512), at(2030)));
}

TEST(GostIssue, OpensslReadsTheCertificates) {
  SHEP_NEEDS_OPENSSL_COMMAND();
  const oracle::workbench bench;
  bench.put("leaf.pem", leaf_of(key_kind::gost2015_512, root_of(key_kind::gost2015_512)).pem());
  EXPECT_TRUE(bench.openssl("x509 -in leaf.pem -noout -text"));
  for (const char* fact : {"Signature Algorithm: 1.2.398.3.10.1.1.2.3.2", "Public Key Algorithm: 1.2.398.3.10.1.1.2.2",
                           "Digital Signature, Non Repudiation, Key Agreement", "E-mail Protection"}) {
    EXPECT_NE(bench.get("output").find(fact), std::string::npos) << fact << "\n" << bench.get("output");
  }
}

}  // namespace
}  // namespace shep::crypto
