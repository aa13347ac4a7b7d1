#include "core/date_time.hpp"
#include "crypto/issue.hpp"
#include "crypto/pkcs12.hpp"
#include "crypto/trust.hpp"
#include "support/temporary_folder.hpp"
#include "test_pki/hierarchy.hpp"
#include "test_pki/pki_folder.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace shep::test_pki {
namespace {

const time_point later = parse_date_time("2030-01-01T00:00:00Z")->utc;

pki_options options_for(std::vector<family> families) {
  pki_options o;
  o.from = parse_date_time("2025-01-01T00:00:00Z")->utc;
  o.families = std::move(families);
  o.authority_bits = 2048;
  o.responder_url = "http://pki.example:8081/";
  o.only = {"gateway", "citizen", "citizen_auth", "director", "director_auth", "employee", "employee_auth", "ocsp", "tsa"};
  return o;
}

/// The PKI of one family, made once.
class one_family {
 public:
  explicit one_family(family f) { written = make_test_pki(folder.path(), options_for({f})).value(); }
  crypto::identity key(const std::string& name) const {
    return pki_folder(folder.path()).read_identity("keys/" + name + ".p12", "shepsim-test").value();
  }
  crypto::trust_store trust() const {
    crypto::trust_store::contents c;
    c.anchors = crypto::load_certificates(folder.path() + "/trusted/root.pem").value();
    c.intermediates = crypto::load_certificates(folder.path() + "/trusted/issuing.pem").value();
    c.allow_weak_signatures = true;
    return crypto::trust_store(std::move(c));
  }
  test::temporary_folder folder;
  std::vector<std::string> written;
};

class Families : public ::testing::TestWithParam<family> {
 protected:
  static const one_family& pki() {
    static std::map<family, std::unique_ptr<one_family>> made;
    auto& one = made[GetParam()];
    if (!one) one = std::make_unique<one_family>(GetParam());
    return *one;
  }
};

TEST_P(Families, EveryChainLeadsToTheRootAndEveryKeySigns) {
  for (const std::string& name : options_for({}).only) {
    SCOPED_TRACE(name);
    const crypto::identity id = pki().key(name);
    EXPECT_EQ(id.key.kind(), key_kind_of(GetParam()));
    const auto chain = pki().trust().build(id.certificate, later);
    ASSERT_TRUE(chain) << describe(chain.error());
    EXPECT_EQ(chain->path.size(), 3U);
    EXPECT_FALSE(chain->mixed_kinds);
    const auto scheme = crypto::usual_signature(id.key.kind()).value();
    EXPECT_TRUE(id.certificate.key().verify(scheme, "x", id.key.sign(scheme, "x").value()));
    for (const auto& c : chain->path) EXPECT_TRUE(c.info().marked_as_test);
  }
}

TEST_P(Families, HoldersAreToldApartAsTheNcaTellsThem) {
  using strings = std::vector<std::string>;
  EXPECT_EQ(pki().key("citizen").certificate.key_user(), strings{"INDIVIDUAL"});
  EXPECT_EQ(pki().key("director").certificate.key_user(), (strings{"ORGANIZATION", "CEO"}));
  EXPECT_EQ(pki().key("employee").certificate.key_user(), (strings{"ORGANIZATION", "EMPLOYEE"}));
  for (const char* name : {"citizen", "director", "employee"}) {
    EXPECT_EQ(pki().key(name).certificate.role(), crypto::key_usage_role::sign) << name;
    const auto login = pki().key(std::string(name) + "_auth").certificate;
    EXPECT_EQ(login.role(), crypto::key_usage_role::auth) << name;
    EXPECT_EQ(login.info().iin, pki().key(name).certificate.info().iin);
    EXPECT_FALSE(login.info().non_repudiation);
  }
}

TEST_P(Families, ServicesHaveTheirPurposeAndNoOther) {
  const crypto::identity responder = pki().key("ocsp");
  const auto& ocsp = responder.certificate.info();
  EXPECT_EQ(ocsp.extended_key_usage, std::vector<std::string>{"1.3.6.1.5.5.7.3.9"});
  EXPECT_TRUE(ocsp.digital_signature);
  EXPECT_FALSE(ocsp.cert_sign);
  EXPECT_TRUE(ocsp.ocsp_no_check);
  EXPECT_FALSE(pki().key("citizen").certificate.info().ocsp_no_check);
  const crypto::certificate tsa = pki().key("tsa").certificate;
  EXPECT_EQ(tsa.info().extended_key_usage, std::vector<std::string>{"1.3.6.1.5.5.7.3.8"});
  const std::string critical_purpose("\x06\x03\x55\x1d\x25\x01\x01\xff", 8);
  EXPECT_NE(tsa.der().find(critical_purpose), std::string::npos);
}

TEST_P(Families, AuthoritiesMayIssueAndNobodyElse) {
  const auto root = crypto::load_certificates(pki().folder.path() + "/trusted/root.pem").value().at(0);
  const auto issuing = crypto::load_certificates(pki().folder.path() + "/trusted/issuing.pem").value().at(0);
  for (const auto& c : {root, issuing}) {
    EXPECT_TRUE(c.info().is_ca && c.info().cert_sign && c.info().crl_sign);
    EXPECT_FALSE(c.info().digital_signature);
  }
  EXPECT_EQ(issuing.info().path_length, 0);
  EXPECT_EQ(issuing.info().authority_key_id, root.info().subject_key_id);
  EXPECT_EQ(root.info().policies, std::vector<std::string>{"1.2.398.3.1.2"});
  EXPECT_FALSE(pki().key("gateway").certificate.info().is_ca);
  EXPECT_EQ(pki().key("citizen").certificate.info().policies, std::vector<std::string>{"1.2.398.3.3.2.3"});
}

TEST_P(Families, AddressesLeadToTheResponders) {
  const std::string der = pki().key("citizen").certificate.der();
  for (const char* address : {"http://pki.example:8081/pki/ocsp", "http://pki.example:8081/pki/cert/issuing.cer",
                              "http://pki.example:8081/pki/crl/issuing.crl", "http://pki.example:8081/pki/crl/issuing_delta.crl"})
    EXPECT_NE(der.find(address), std::string::npos) << address;
  const auto issuing = crypto::load_certificates(pki().folder.path() + "/trusted/issuing.pem").value().at(0);
  EXPECT_NE(issuing.der().find("/pki/crl/root.crl"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All, Families, ::testing::Values(family::rsa, family::gost2015, family::gost2004),
                         [](const auto& one) { return std::string(name_of(one.param)); });

TEST(FamiliesTogether, EachFurtherOneStandsInItsFolderAndItsAddressesSaySo) {
  const test::temporary_folder folder;
  pki_options o = options_for(*families_by_word("all"));
  o.only = {"citizen"};
  const auto written = make_test_pki(folder.path(), o);
  ASSERT_TRUE(written) << describe(written.error());
  for (const char* name : {"keys/citizen.p12", "gost2015/keys/citizen.p12", "gost2004/trusted/root.pem"})
    EXPECT_NE(std::find(written->begin(), written->end(), name), written->end()) << name;
  const auto citizen = crypto::load_certificates(folder.path() + "/gost2015/known/citizen.pem").value().at(0);
  EXPECT_NE(citizen.der().find("/pki/crl/gost2015/issuing.crl"), std::string::npos);
  pki_member m;
  m.name = "extra";
  m.common_name = "ТАҒЫ БІРЕУ";
  m.bin = "200190990016";
  EXPECT_EQ(issue_member(folder.path(), "gost2004", m, o).value(),
            (std::vector<std::string>{"gost2004/keys/extra.p12", "gost2004/known/extra.pem"}));
  EXPECT_EQ(pki_folder(folder.path(), "gost2004/").read_identity("keys/extra.p12", "shepsim-test")->key.kind(), crypto::key_kind::gost2004);
}

TEST(FamiliesTogether, WordsNameThem) {
  EXPECT_EQ(*families_by_word("gost"), std::vector<family>{family::gost2015});
  EXPECT_EQ(families_by_word("both")->size(), 2U);
  EXPECT_EQ(*families_by_word("gost2004"), std::vector<family>{family::gost2004});
  EXPECT_FALSE(families_by_word("dsa"));
}

TEST(FamiliesTogether, AMistakeIsToldBeforeAnythingIsWritten) {
  const test::temporary_folder folder;
  pki_options o = options_for({family::gost2015});
  o.only = {"citisen"};
  EXPECT_EQ(make_test_pki(folder.path(), o).error().code, problems::usage);
  o = options_for({family::gost2015});
  for (const char* url : {"https://x", "pki.example", "http://", "http://a b"}) {
    o.responder_url = url;
    EXPECT_EQ(make_test_pki(folder.path(), o).error().code, problems::usage) << url;
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace shep::test_pki
