#include "core/date_time.hpp"
#include "crafted.hpp"
#include "crypto/problems.hpp"
#include "crypto/trust.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using crafted::at;

/// The public certificates of the Kazakh authority, which stand outside the repository (SHEPSIM_CA).
class AuthorityFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("SHEPSIM_CA");
    folder_ = named != nullptr ? std::filesystem::path(named) : std::filesystem::path(SHEPSIM_SOURCE_DIR) / ".." / "shared" / "ca";
    if (!std::filesystem::is_directory(folder_)) GTEST_SKIP() << "skipped: no folder of authority certificates (SHEPSIM_CA)";
  }
  certificate load(const std::string& name) const { return load_certificates((folder_ / name).string()).value().at(0); }
  std::filesystem::path folder_;
};

struct expected_file {
  const char* name;
  const char* common_name;
  key_kind kind;
  unsigned bits;
  const char* from;
  const char* to;
  bool authority;
};

constexpr expected_file files[] = {
    {"root_gost_2015_prod.crt", "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)", key_kind::gost2004, 256, "2015-07-27", "2025-07-27", true},
    {"nca_gost_2018_prod.crt", "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)", key_kind::gost2004, 256, "2018-08-08", "2025-06-25", true},
    {"root_rsa_2015_prod.crt", "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)", key_kind::rsa, 4096, "2015-07-27", "2025-07-27", true},
    {"nca_rsa_2018_prod.crt", "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)", key_kind::rsa, 4096, "2018-08-08", "2025-06-25", true},
    {"root_gost_2018_test.crt", "НЕГІЗГІ КО TEST (GOST)", key_kind::gost2004, 256, "2018-07-05", "2038-06-30", true},
    {"nca_gost_2019_test.crt", "ҰКО 3.0 (GOST TEST)", key_kind::gost2004, 256, "2019-03-14", "2024-03-12", true},
    {"root_rsa_2018_test.crt", "НЕГІЗГІ КО TEST (RSA)", key_kind::rsa, 4096, "2018-07-05", "2038-06-30", true},
    {"nca_rsa_2019_test.crt", "ҰКО 3.0 (RSA TEST)", key_kind::rsa, 4096, "2019-03-15", "2024-03-13", true},
    {"root_gost_2022_test.cer", "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST 2022", key_kind::gost2015_512, 512, "2022-07-07", "2032-07-07",
     true},
    {"nca_gost_2022_test.cer", "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST 2022", key_kind::gost2015_512, 512, "2022-07-07", "2032-07-04",
     true},
    {"tsa_gost_2022_prod_service.cer", "TIME-STAMPING AUTHORITY", key_kind::gost2015_512, 512, "2025-10-28", "2028-10-27", false},
};

TEST_F(AuthorityFiles, EveryCertificateDecodesWithItsPublishedFacts) {
  for (const expected_file& e : files) {
    SCOPED_TRACE(e.name);
    const certificate c = load(e.name);
    EXPECT_EQ(c.info().common_name, e.common_name);
    EXPECT_EQ(c.key().kind(), e.kind);
    EXPECT_EQ(c.key().bits(), e.bits);
    EXPECT_EQ(format_utc(c.info().not_before).substr(0, 10), e.from);
    EXPECT_EQ(format_utc(c.info().not_after).substr(0, 10), e.to);
    EXPECT_EQ(c.info().is_ca, e.authority);
    EXPECT_EQ(c.info().cert_sign, e.authority);
    EXPECT_FALSE(c.info().unknown_critical_extension);
    EXPECT_FALSE(c.info().marked_as_test) << "only our own test PKI carries the marker";
    EXPECT_FALSE(c.info().subject_key_id.empty());
    EXPECT_TRUE(same_issuer_name(c.info().issuer, c));
    EXPECT_TRUE(public_key::from_spki(c.key().spki()));
  }
  EXPECT_EQ(load("tsa_gost_2022_prod_service.cer").info().extended_key_usage, std::vector<std::string>{"1.3.6.1.5.5.7.3.8"});
  EXPECT_EQ(load_certificates(folder_.string()).value().size(), std::size(files));
}

TEST_F(AuthorityFiles, C10_TheirAddressesAreReadAsText) {
  using texts = std::vector<std::string>;
  const auto stamping = load("tsa_gost_2022_prod_service.cer").info();
  EXPECT_EQ(stamping.ocsp_urls, texts{"http://ocsp.pki.gov.kz"});
  EXPECT_EQ(stamping.ca_issuers_urls, texts{"http://pki.gov.kz/cert/nca_gost_2022.cer"});
  EXPECT_EQ(stamping.crl_urls, texts{"http://crl.pki.gov.kz/nca_gost_2022.crl"});
  EXPECT_EQ(stamping.delta_crl_urls, texts{"http://crl.pki.gov.kz/nca_d_gost_2022.crl"});
  EXPECT_EQ(load("nca_gost_2018_prod.crt").info().crl_urls, (texts{"http://crl.root.gov.kz/gost.crl", "http://crl1.root.gov.kz/gost.crl"}))
      << "two in one URI, with a line break between them";
}

TEST_F(AuthorityFiles, TheRsaChainsVerifyInsideTheirValidity) {
  struct pair {
    const char* root;
    const char* issuing;
    time_point inside;
  };
  for (const pair& p : {pair{"root_rsa_2015_prod.crt", "nca_rsa_2018_prod.crt", at(2020)},
                        pair{"root_rsa_2018_test.crt", "nca_rsa_2019_test.crt", at(2022)}}) {
    SCOPED_TRACE(p.issuing);
    trust_store::contents c;
    c.anchors = {load(p.root)};
    const trust_store store(c);
    EXPECT_EQ(store.build(load(p.issuing), p.inside)->path.size(), 2U);
    EXPECT_EQ(store.build(load(p.issuing), at(2026)).error().code, problems::certificate_expired);
    EXPECT_EQ(store.build(load(p.issuing), at(2010)).error().code, problems::certificate_not_yet_valid);
    EXPECT_TRUE(load(p.root).signed_by(load(p.root)));
    EXPECT_EQ(load(p.root).signed_by(load(p.issuing)).error().code, problems::crypto_signature);
  }
}

}  // namespace
}  // namespace shep::crypto
