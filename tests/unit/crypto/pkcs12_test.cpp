#include "crypto/pkcs12.hpp"

#include "crafted.hpp"
#include "crypto/issue.hpp"
#include "crypto/problems.hpp"
#include "oracle.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using crafted::at;
using crafted::key;

const std::string password = "пароль 123";

certificate_request request(const std::string& name) {
  certificate_request r;
  r.common_name = name;
  r.not_before = at(2020);
  r.not_after = at(2040);
  return r;
}

identity signing_identity() {
  const certificate root = issue(request("TEST root"), key(1).public_key(), nullptr, key(1)).value();
  const issuer by{root, key(1)};
  return {key(2), issue(request("TEST leaf"), key(2).public_key(), &by, key(2)).value(), {root}};
}

const std::string& container() {
  static const std::string der = write_pkcs12(signing_identity(), password, "сынақ").value();
  return der;
}

TEST(Pkcs12, KeepsKeyCertificateAndChain) {
  const identity read = read_pkcs12(container(), password).value();
  EXPECT_EQ(read.certificate.info().common_name, "TEST leaf");
  ASSERT_EQ(read.others.size(), 1U);
  EXPECT_EQ(read.others[0].info().common_name, "TEST root");
  const std::string signature = read.key.sign(signature_algorithm::rsa_sha256, "x").value();
  EXPECT_TRUE(read.certificate.key().verify(signature_algorithm::rsa_sha256, "x", signature));
}

TEST(Pkcs12, C13_AWrongPasswordIsToldApartFromABrokenFile) {
  for (const char* wrong : {"", "пароль 124", "пароль 123\n", "ПАРОЛЬ 123"}) {
    const problem p = read_pkcs12(container(), wrong).error();
    EXPECT_EQ(p.code, problems::pkcs12_password) << wrong;
    if (*wrong != '\0') {
      EXPECT_EQ(describe(p).find(wrong), std::string::npos) << "the password is not echoed";
    }
  }
  EXPECT_EQ(read_pkcs12(container(), std::string(2000, 'x')).error().code, problems::pkcs12_password);
}

TEST(Pkcs12, C13_AnEmptyPasswordWorksWhereItIsThePassword) {
  const std::string open = write_pkcs12(signing_identity(), "", "a").value();
  EXPECT_TRUE(read_pkcs12(open, ""));
  EXPECT_EQ(read_pkcs12(open, "x").error().code, problems::pkcs12_password);
}

TEST(Pkcs12, C13_CutAndBentContainersAreRefused) {
  const std::string& good = container();
  for (std::size_t n = 0; n < good.size(); n += 13) {
    const problem p = read_pkcs12(std::string_view(good).substr(0, n), password).error();
    EXPECT_EQ(p.code, problems::pkcs12_format) << n;
  }
  EXPECT_EQ(read_pkcs12(good + '\0', password).error().code, problems::pkcs12_format);
  for (std::size_t i = 0; i < good.size(); i += 11) {
    std::string bent = good;
    bent[i] = static_cast<char>(bent[i] ^ 0x41);
    const auto read = read_pkcs12(bent, password);
    if (read) {
      EXPECT_EQ(read->certificate.info().common_name, "TEST leaf") << "only the MAC's own parameters can be re-encoded, at octet " << i;
    }
  }
  for (const std::string& text : {std::string(), std::string("hello"), std::string("-----BEGIN"), std::string(2 << 20, '0')}) {
    EXPECT_EQ(read_pkcs12(text, password).error().code, problems::pkcs12_format);
  }
}

TEST(Pkcs12, RefusesAPasswordThatCannotBeWritten) {
  EXPECT_EQ(write_pkcs12(signing_identity(), std::string("a\0b", 3), "a").error().code, problems::pkcs12_password);
}

/// What the openssl command makes, we read; what we make, it reads.
class WithOpenssl : public ::testing::Test {
 protected:
  void SetUp() override {
    SHEP_NEEDS_OPENSSL_COMMAND();
    bench_.put("ours.p12", container());
    bench_.put("password", password + "\n");
    ASSERT_TRUE(bench_.openssl("pkcs12 -in ours.p12 -passin file:password -nodes -out all.pem")) << bench_.get("output");
    bench_.put("leaf.pem", signing_identity().certificate.pem());
  }
  problem refusal(const std::string& file, const std::string& with = "secret") { return read_pkcs12(bench_.get(file), with).error(); }
  oracle::workbench bench_;
};

TEST_F(WithOpenssl, OursIsReadWithoutTheLegacyProvider) {
  EXPECT_TRUE(bench_.openssl("pkcs12 -in ours.p12 -passin file:password -info -noout")) << bench_.get("output");
  EXPECT_NE(bench_.get("output").find("pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048"), std::string::npos) << bench_.get("output");
  EXPECT_NE(bench_.get("all.pem").find("BEGIN PRIVATE KEY"), std::string::npos);
}

TEST_F(WithOpenssl, TheirDefaultAndTheirLegacyFormsAreRead) {
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -in all.pem -out modern.p12 -passout pass:secret -name a")) << bench_.get("output");
  EXPECT_EQ(read_pkcs12(bench_.get("modern.p12"), "secret")->certificate.info().common_name, "TEST leaf");
  if (!bench_.openssl("list -providers -provider legacy -provider default")) GTEST_SKIP() << "skipped: no legacy provider";
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -legacy -in all.pem -out legacy.p12 -passout pass:secret -name a")) << bench_.get("output");
  ASSERT_TRUE(bench_.openssl("pkcs12 -legacy -in legacy.p12 -passin pass:secret -info -noout"));
  EXPECT_NE(bench_.get("output").find("RC2"), std::string::npos) << "the container is of the NCA's kind";
  EXPECT_EQ(read_pkcs12(bench_.get("legacy.p12"), "secret")->certificate.info().common_name, "TEST leaf");
}

TEST_F(WithOpenssl, C12_TooManyIterationsAreRefusedWhereverTheyStand) {
  // 2^20 + 1 rounds take openssl a second each; only the encryption's own count is raised in the second file.
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -in all.pem -out iterations.p12 -passout pass:secret -iter 1048577 -nomaciter"))
      << bench_.get("output");
  EXPECT_EQ(refusal("iterations.p12").code, problems::pkcs12_format);
  EXPECT_NE(refusal("iterations.p12").detail.find("2^20"), std::string::npos) << refusal("iterations.p12").detail;
}

TEST_F(WithOpenssl, C13_ContainersWithoutAKeyOrWithoutAMacAreRefused) {
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -nokeys -in leaf.pem -out nokey.p12 -passout pass:secret")) << bench_.get("output");
  EXPECT_NE(refusal("nokey.p12").detail.find("no private key"), std::string::npos) << refusal("nokey.p12").detail;
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -nomac -in all.pem -out nomac.p12 -passout pass:secret")) << bench_.get("output");
  EXPECT_NE(refusal("nomac.p12").detail.find("no MAC"), std::string::npos) << refusal("nomac.p12").detail;
}

TEST_F(WithOpenssl, C13_AKeyWithoutItsCertificateIsRefused) {
  ASSERT_TRUE(bench_.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other.key")) << bench_.get("output");
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -nocerts -inkey other.key -out alone.p12 -passout pass:secret")) << bench_.get("output");
  EXPECT_NE(refusal("alone.p12").detail.find("belongs to its key"), std::string::npos) << refusal("alone.p12").detail;
}

TEST_F(WithOpenssl, AnEllipticKeyIsRefusedAsAKeyOfNoUse) {
  ASSERT_TRUE(bench_.openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -keyout ec.key -out ec.pem"))
      << bench_.get("output");
  ASSERT_TRUE(bench_.openssl("pkcs12 -export -inkey ec.key -in ec.pem -out ec.p12 -passout pass:secret")) << bench_.get("output");
  EXPECT_EQ(refusal("ec.p12").code, problems::crypto_key);
}

}  // namespace
}  // namespace shep::crypto
