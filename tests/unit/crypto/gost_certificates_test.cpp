#include "core/bytes.hpp"
#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "crypto/problems.hpp"
#include "crypto/trust.hpp"
#include "gost_support.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using gost_support::authorities_folder;

#define SHEP_NEEDS_AUTHORITIES() \
  if (!std::filesystem::exists(authorities_folder())) GTEST_SKIP() << "skipped: no folder of real authorities beside SHEPSIM_VECTORS"

certificate real(const char* name) { return certificate::from_pem_or_der(gost_support::file(authorities_folder() / name)).value(); }

struct link {
  const char* subject;
  const char* issuer;
};

constexpr link links[] = {
    {"root_gost_2015_prod.crt", "root_gost_2015_prod.crt"}, {"nca_gost_2018_prod.crt", "root_gost_2015_prod.crt"},
    {"root_rsa_2015_prod.crt", "root_rsa_2015_prod.crt"},   {"nca_rsa_2018_prod.crt", "root_rsa_2015_prod.crt"},
    {"root_gost_2018_test.crt", "root_gost_2018_test.crt"}, {"nca_gost_2019_test.crt", "root_gost_2018_test.crt"},
    {"root_rsa_2018_test.crt", "root_rsa_2018_test.crt"},   {"nca_rsa_2019_test.crt", "root_rsa_2018_test.crt"},
    {"root_gost_2022_test.cer", "root_gost_2022_test.cer"}, {"nca_gost_2022_test.cer", "root_gost_2022_test.cer"},
};

TEST(RealAuthorities, EverySignatureHolds) {
  SHEP_NEEDS_AUTHORITIES();
  for (const link& l : links) {
    const result<void> verdict = real(l.subject).signed_by(real(l.issuer));
    EXPECT_TRUE(verdict) << l.subject << ": " << (verdict ? "" : verdict.error().detail);
  }
}

TEST(RealAuthorities, EveryPairThatDoesNotBelongTogetherIsRefused) {
  SHEP_NEEDS_AUTHORITIES();
  for (const link& a : links) {
    for (const link& b : links) {
      if (std::string_view(a.issuer) == b.issuer) continue;
      EXPECT_FALSE(real(a.subject).signed_by(real(b.issuer))) << a.subject << " " << b.issuer;
    }
  }
}

TEST(RealAuthorities, C05_EveryChainIsBuiltAndOldGostIsWeak) {
  SHEP_NEEDS_AUTHORITIES();
  for (const link& l : links) {
    trust_store::contents contents;
    contents.anchors = {real(l.issuer)};
    const certificate leaf = real(l.subject);
    const time_point inside = leaf.info().not_before + std::chrono::hours(24);
    const bool alone = std::string_view(l.subject) == l.issuer;
    const bool old = leaf.key().kind() == key_kind::gost2004;
    const auto strict = trust_store(contents).build(leaf, inside);
    EXPECT_EQ(static_cast<bool>(strict), alone || !old) << l.subject;
    contents.allow_weak_signatures = true;
    const auto chain = trust_store(contents).build(leaf, inside);
    ASSERT_TRUE(chain) << l.subject << ": " << chain.error().detail;
    EXPECT_EQ(chain->path.size(), alone ? 1U : 2U);
    EXPECT_EQ(chain->weak_signature, old && !alone) << l.subject;
    EXPECT_EQ(trust_store(contents).build(leaf, leaf.info().not_after + std::chrono::hours(24)).error().code,
              problems::certificate_expired);
  }
}

TEST(RealAuthorities, TheRecoveredProductionKeyVerifiesTheTimeStampingService) {
  SHEP_NEEDS_AUTHORITIES();
  SHEP_NEEDS_VECTORS();
  const auto& v = gost_support::vectors().at("public_keys").as_array().at(0);
  const std::string spki = gost_support::bytes(v, "spki_der_hex");
  EXPECT_EQ(spki, gost_support::file(authorities_folder() / std::string(v.at("spki_file").as_string())));
  const public_key key = public_key::from_spki(spki).value();
  EXPECT_EQ(key.kind(), key_kind::gost2015_512);
  EXPECT_EQ(key.bits(), 512U);
  const certificate service = real(v.at("verifies_certificate_file").as_string().c_str());
  EXPECT_EQ(to_hex(service.info().authority_key_id), v.at("subject_key_identifier_hex").as_string().c_str());
  EXPECT_TRUE(service.signed_by_key(key));
  EXPECT_FALSE(service.signed_by(real("nca_gost_2022_test.cer")));
}

}  // namespace
}  // namespace shep::crypto
