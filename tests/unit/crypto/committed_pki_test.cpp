#include "core/date_time.hpp"
#include "crafted.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/problems.hpp"
#include "crypto/trust.hpp"
#include "oracle.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using crafted::at;
namespace fs = std::filesystem;

const fs::path folder = fs::path(SHEPSIM_SOURCE_DIR) / "certs";

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<certificate> load(const std::string& path) { return load_certificates((folder / path).string()).value(); }

trust_store trusted() {
  trust_store::contents c;
  c.anchors = load("trusted/root.pem");
  c.intermediates = load("trusted/issuing.pem");
  c.known = load("known");
  return trust_store(std::move(c));
}

identity open(const std::string& name, const std::string& where = "keys") {
  std::string password = read(folder / where / "password");
  password.resize(password.find('\n'));
  return read_pkcs12(read(folder / where / (name + ".p12")), password).value();
}

constexpr const char* usable[] = {"gateway", "pep", "bank", "mobile", "gbdfl", "gbdul", "kdp", "provider", "citizen", "citizen_auth"};

TEST(CommittedPki, EveryKeySignsAndItsCertificateLeadsToTheRoot) {
  const trust_store store = trusted();
  for (const char* name : usable) {
    SCOPED_TRACE(name);
    const identity id = open(name);
    EXPECT_EQ(id.certificate.der(), load(std::string("known/") + name + ".pem").at(0).der());
    const std::string signature = id.key.sign(signature_algorithm::rsa_sha256, "x").value();
    EXPECT_TRUE(id.certificate.key().verify(signature_algorithm::rsa_sha256, "x", signature));
    EXPECT_EQ(store.build(id.certificate, at(2030))->path.size(), 3U);
    EXPECT_TRUE(store.find(id.certificate.info().issuer, id.certificate.info().serial_decimal));
    EXPECT_EQ(format_utc(id.certificate.info().not_after), "2045-01-01T00:00:00.000Z");
  }
}

TEST(CommittedPki, S42_C01_TheExpiredAndTheForeignAreRefusedForTheirReason) {
  EXPECT_EQ(trusted().build(open("expired").certificate, at(2030)).error().code, problems::certificate_expired);
  EXPECT_TRUE(trusted().build(open("expired").certificate, at(2023, 6)));
  EXPECT_EQ(trusted().build(open("stranger").certificate, at(2030)).error().code, problems::certificate_no_chain);
  trust_store::contents foreign;
  foreign.anchors = load("foreign/root.pem");
  EXPECT_TRUE(trust_store(foreign).build(open("stranger").certificate, at(2030)));
}

TEST(CommittedPki, C04_TheLoginKeyIsTellableFromTheSigningKey) {
  EXPECT_EQ(open("citizen").certificate.role(), key_usage_role::sign);
  EXPECT_EQ(open("citizen_auth").certificate.role(), key_usage_role::auth);
  EXPECT_EQ(open("citizen_auth").certificate.info().iin, open("citizen").certificate.info().iin);
  EXPECT_EQ(open("bank").certificate.key_user(), (std::vector<std::string>{"ORGANIZATION", "CEO"}));
  EXPECT_EQ(open("gateway").certificate.key_user(), (std::vector<std::string>{"ORGANIZATION", "ORGANIZATION_DIGITAL_SYSTEM"}));
}

TEST(CommittedPki, EveryCertificateIsMarkedAsTestAndListedInTheReadme) {
  const std::string readme = read(folder / "README.md");
  EXPECT_NE(readme.find(test_marker_oid), std::string::npos);
  std::size_t count = 0;
  for (const char* place : {"trusted", "known", "foreign"}) {
    for (const certificate& c : load(place)) {
      SCOPED_TRACE(c.info().subject);
      EXPECT_TRUE(c.info().marked_as_test);
      EXPECT_TRUE(c.info().common_name.starts_with("TEST "));
      EXPECT_TRUE(c.info().organization.empty() || c.info().organization.starts_with("TEST "));
      EXPECT_NE(readme.find("| " + c.info().serial_decimal + " |"), std::string::npos) << c.info().serial_decimal;
      for (const std::string& number : {c.info().iin, c.info().bin}) {
        EXPECT_NE(readme.find(number), std::string::npos) << number;
      }
      EXPECT_EQ(c.der().find("http"), std::string::npos) << "no address stands in a test certificate";
      ++count;
    }
  }
  EXPECT_EQ(count, 15U);
}

TEST(CommittedPki, GostFoldersHaveTheSameLayoutAndVerify) {
  const std::string readme = read(folder / "README.md");
  const std::pair<const char*, std::vector<const char*>> families[] = {
      {"gost2015", {"gateway", "pep", "citizen", "citizen_auth", "ocsp", "tsa"}}, {"gost2004", {"citizen", "tsa"}}};
  for (const auto& [family, names] : families) {
    const std::string at_family = std::string(family) + "/";
    trust_store::contents c;
    c.anchors = load(at_family + "trusted/root.pem");
    c.intermediates = load(at_family + "trusted/issuing.pem");
    c.allow_weak_signatures = true;
    const trust_store store(c);
    for (const char* name : names) {
      SCOPED_TRACE(at_family + name);
      const identity id = open(name, at_family + "keys");
      EXPECT_TRUE(id.certificate.info().marked_as_test);
      EXPECT_NE(readme.find("| " + id.certificate.info().serial_decimal + " |"), std::string::npos) << id.certificate.info().serial_decimal;
      EXPECT_EQ(id.certificate.der(), load(at_family + "known/" + name + ".pem").at(0).der());
      EXPECT_EQ(store.build(id.certificate, at(2030))->path.size(), 3U);
      const signature_algorithm scheme = usual_signature(id.key.kind()).value();
      EXPECT_TRUE(id.certificate.key().verify(scheme, "x", id.key.sign(scheme, "x").value()));
      EXPECT_EQ(id.certificate.der().find("http"), std::string::npos);
    }
    EXPECT_EQ(open("issuing", at_family + "authority").certificate.der(), load(at_family + "trusted/issuing.pem").at(0).der());
  }
}

/// Weights 1 to 11, and 3 to 11, 1, 2 when the first give 10.
bool right_check_digit(const std::string& number) {
  for (const int shift : {0, 2}) {
    int sum = 0;
    for (int i = 0; i < 11; ++i) sum += (number[static_cast<std::size_t>(i)] - '0') * ((i + shift) % 11 + 1);
    if (sum % 11 != 10) return number.size() == 12 && sum % 11 == number[11] - '0';
  }
  return false;
}

TEST(CommittedPki, NumbersAreValidAndBelongToNobody) {
  for (const certificate& c : load("known")) {
    SCOPED_TRACE(c.info().subject);
    EXPECT_FALSE(c.info().iin.empty() && c.info().bin.empty());
    if (!c.info().iin.empty()) {
      EXPECT_TRUE(right_check_digit(c.info().iin)) << c.info().iin;
      EXPECT_EQ(c.info().iin[6], '0');
    }
    if (!c.info().bin.empty()) {
      EXPECT_TRUE(right_check_digit(c.info().bin)) << c.info().bin;
      EXPECT_EQ(c.info().bin[4], '9');
    }
  }
}

TEST(CommittedPki, TheAuthoritiesCanIssueMore) {
  EXPECT_EQ(open("issuing", "authority").certificate.der(), load("trusted/issuing.pem").at(0).der());
  EXPECT_EQ(open("root", "authority").certificate.der(), load("trusted/root.pem").at(0).der());
}

TEST(CommittedPki, OpensslReadsTheContainersAndVerifiesTheChain) {
  SHEP_NEEDS_OPENSSL_COMMAND();
  const oracle::workbench bench;
  const std::string certs = "'" + folder.string() + "'";
  for (const char* name : usable) {
    EXPECT_TRUE(bench.openssl("pkcs12 -in " + certs + "/keys/" + name + ".p12 -passin file:" + certs + "/keys/password -noout"))
        << bench.get("output");
    EXPECT_TRUE(bench.openssl("verify -x509_strict -attime 1893456000 -CAfile " + certs + "/trusted/root.pem -untrusted " + certs +
                              "/trusted/issuing.pem " + certs + "/known/" + name + ".pem"))
        << bench.get("output");
  }
}

}  // namespace
}  // namespace shep::crypto
