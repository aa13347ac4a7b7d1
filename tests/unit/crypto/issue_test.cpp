#include "crypto/issue.hpp"

#include "core/bytes.hpp"
#include "crafted.hpp"
#include "crypto/problems.hpp"
#include "crypto/trust.hpp"
#include "oracle.hpp"

#include <gtest/gtest.h>

namespace shep::crypto {
namespace {

using crafted::at;
using crafted::key;

certificate_request root_request() {
  certificate_request r;
  r.common_name = "TEST ROOT";
  r.is_ca = true;
  r.not_before = at(2020);
  r.not_after = at(2060);
  return r;
}

certificate_request officer_request() {
  certificate_request r;
  r.common_name = "СЫНАҚ АДАМ";
  r.surname = "СЫНАҚ";
  r.given_name = "СЫНАҚҰЛЫ";
  r.organization = "ҮЛГІ";
  r.iin = "900101000007";
  r.bin = "200190000008";
  r.email = "a@example.kz";
  r.extended_key_usage = {"1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.5"};
  r.not_before = at(2021);
  r.not_after = at(2049, 12, 31);
  return r;
}

struct authority {
  issuer root{issue(root_request(), key(1).public_key(), nullptr, key(1)).value(), key(1)};
  issuer issuing = [this] {
    certificate_request r = root_request();
    r.common_name = "TEST ISSUING";
    r.path_length = 0;
    return issuer{issue(r, key(2).public_key(), &root, key(2)).value(), key(2)};
  }();
  certificate leaf(const certificate_request& r) const { return issue(r, key(3).public_key(), &issuing, key(3)).value(); }
};

TEST(Issue, WritesTheSubjectInTheOrderOfTheNca) {
  const certificate c = authority().leaf(officer_request());
  EXPECT_EQ(c.info().subject,
            "E=a@example.kz,GIVENNAME=СЫНАҚҰЛЫ,OU=BIN200190000008,O=TEST ҮЛГІ,C=KZ,SERIALNUMBER=IIN900101000007,SURNAME=СЫНАҚ,CN=TEST "
            "СЫНАҚ АДАМ");
  EXPECT_EQ(c.info().iin, "900101000007");
  EXPECT_EQ(c.info().bin, "200190000008");
  EXPECT_EQ(c.info().issuer, "C=KZ,CN=TEST ISSUING");
}

TEST(Issue, WritesUsageByRole) {
  const authority a;
  const certificate sign = a.leaf(officer_request());
  EXPECT_EQ(sign.role(), key_usage_role::sign);
  EXPECT_EQ(sign.info().extended_key_usage, (std::vector<std::string>{"1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.5"}));
  EXPECT_EQ(sign.key_user(), (std::vector<std::string>{"ORGANIZATION", "EMPLOYEE"}));
  EXPECT_EQ(sign.info().policies, std::vector<std::string>{"1.2.398.3.3.2.1"});
  EXPECT_FALSE(sign.info().is_ca);
  certificate_request r = officer_request();
  r.role = key_usage_role::auth;
  EXPECT_EQ(a.leaf(r).role(), key_usage_role::auth);
  EXPECT_EQ(a.leaf(r).info().extended_key_usage.front(), "1.3.6.1.5.5.7.3.2");
  EXPECT_TRUE(a.root.certificate.info().cert_sign && a.root.certificate.info().crl_sign && a.root.certificate.info().is_ca);
  EXPECT_EQ(a.issuing.certificate.info().path_length, 0);
}

TEST(Issue, EveryCertificateIsMarkedAsTest) {
  const authority a;
  for (const certificate& c : {a.root.certificate, a.issuing.certificate, a.leaf(officer_request())}) {
    EXPECT_TRUE(c.info().marked_as_test);
    EXPECT_TRUE(c.info().common_name.starts_with("TEST")) << c.info().common_name;
  }
}

TEST(Issue, KeyIdentifiersLinkTheChainAndTheSerialComesFromThem) {
  const authority a;
  const certificate c = a.leaf(officer_request());
  EXPECT_EQ(c.info().authority_key_id, a.issuing.certificate.info().subject_key_id);
  EXPECT_EQ(c.info().subject_key_id.size(), 20U);
  EXPECT_EQ(c.info().serial_hex.size(), 40U);
  EXPECT_EQ(c.info().serial_hex.substr(2), to_hex(c.info().subject_key_id).substr(2));
  certificate_request r = officer_request();
  r.serial = std::string("\x01\x02", 2);
  EXPECT_EQ(a.leaf(r).info().serial_decimal, "258");
}

TEST(Issue, TheChainVerifies) {
  const authority a;
  trust_store::contents contents;
  contents.anchors = {a.root.certificate};
  contents.intermediates = {a.issuing.certificate};
  const trust_store store(contents);
  EXPECT_EQ(store.build(a.leaf(officer_request()), at(2030))->path.size(), 3U);
  const certificate below = issue(officer_request(), key(4).public_key(), &a.root, key(4)).value();
  EXPECT_EQ(store.build(below, at(2030))->path.size(), 2U);
  EXPECT_EQ(store.build(a.leaf(officer_request()), at(2050)).error().code, problems::certificate_expired);
}

TEST(Issue, WritesAddressesOnlyWhenGiven) {
  const authority a;
  EXPECT_EQ(a.leaf(officer_request()).der().find("http"), std::string::npos);
  certificate_request r = officer_request();
  r.ocsp_url = "http://localhost/ocsp";
  r.ca_issuers_url = "http://localhost/ca";
  r.crl_url = "http://localhost/crl";
  r.delta_crl_url = "http://localhost/delta";
  for (const std::string& url : {r.ocsp_url, r.ca_issuers_url, r.crl_url, r.delta_crl_url}) {
    EXPECT_NE(a.leaf(r).der().find(url), std::string::npos) << url;
  }
}

TEST(Issue, RefusesWishesThatCannotBeACertificate) {
  const auto refused = [](auto change) {
    certificate_request r = officer_request();
    change(r);
    const auto made = issue(r, key(3).public_key(), nullptr, key(3));
    return !made && made.error().code == problems::usage;
  };
  EXPECT_TRUE(refused([](auto& r) { r.iin = "12345"; }));
  EXPECT_TRUE(refused([](auto& r) { r.bin = "12345678901x"; }));
  EXPECT_TRUE(refused([](auto& r) { r.serial = std::string(21, '\1'); }));
  EXPECT_TRUE(refused([](auto& r) { r.serial = std::string(20, '\xFF'); }));
  EXPECT_TRUE(refused([](auto& r) { r.not_after = r.not_before - std::chrono::seconds(1); }));
  EXPECT_TRUE(refused([](auto& r) { r.common_name.clear(); }));
  EXPECT_TRUE(refused([](auto& r) { r.common_name = "\xFF"; }));
  EXPECT_TRUE(refused([](auto& r) { r.extended_key_usage = {"1.2.x"}; }));
}

TEST(Issue, OpensslReadsAndVerifiesTheChain) {
  SHEP_NEEDS_OPENSSL_COMMAND();
  const authority a;
  const oracle::workbench bench;
  bench.put("root.pem", a.root.certificate.pem());
  bench.put("issuing.pem", a.issuing.certificate.pem());
  certificate_request r = officer_request();
  r.ocsp_url = "http://localhost/ocsp";
  r.crl_url = "http://localhost/crl";
  bench.put("leaf.pem", a.leaf(r).pem());
  EXPECT_TRUE(bench.openssl("verify -x509_strict -check_ss_sig -CAfile root.pem -untrusted issuing.pem leaf.pem")) << bench.get("output");
  EXPECT_FALSE(bench.openssl("verify -CAfile issuing.pem leaf.pem")) << "the oracle can say no";
  EXPECT_TRUE(bench.openssl("x509 -in leaf.pem -noout -text -nameopt RFC2253,-esc_msb,utf8"));
  for (const char* fact : {"Digital Signature, Non Repudiation", "E-mail Protection", "URI:http://localhost/ocsp",
                           "URI:http://localhost/crl", "Policy: 1.2.398.3.3.2.1", "CN=TEST СЫНАҚ АДАМ"}) {
    EXPECT_NE(bench.get("output").find(fact), std::string::npos) << fact << "\n" << bench.get("output");
  }
}

TEST(Issue, OpensslWritesTheSameNameText) {
  SHEP_NEEDS_OPENSSL_COMMAND();
  const oracle::workbench bench;
  certificate_request r = officer_request();
  r.common_name = "TEST a,b+c\"d\\e<f>g;h #";
  r.email.clear();
  r.surname.clear();
  r.given_name.clear();
  r.iin.clear();
  const certificate c = authority().leaf(r);
  bench.put("leaf.pem", c.pem());
  ASSERT_TRUE(bench.openssl("x509 -in leaf.pem -noout -subject -nameopt RFC2253,-esc_msb,utf8"));
  EXPECT_EQ(bench.get("output"), "subject=" + c.info().subject + "\n");
  EXPECT_TRUE(bench.openssl("x509 -in leaf.pem -noout -serial"));
}

}  // namespace
}  // namespace shep::crypto
