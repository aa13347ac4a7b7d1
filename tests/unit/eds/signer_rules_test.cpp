#include "eds/check_certificate.hpp"
#include "eds/check_signers.hpp"
#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// Who may sign: usage, role, policy, and the person whom the data name (security catalogue C04, C11).
namespace shep::eds {
namespace {

using namespace test;

constexpr std::string_view ceo = "1.2.398.3.3.4.1.2.1", employee = "1.2.398.3.3.4.1.2.5", organization = "1.2.398.3.3.4.1.2";
const std::string one = "990101300019", other = "990101300020";

crypto::certificate certificate_with(std::vector<std::string> purposes, const std::string& iin = one, const std::string& bin = other) {
  return identity_of({.kind = key_kind::rsa, .iin = iin, .bin = bin, .purposes = std::move(purposes)}).certificate;
}

signatory by(const crypto::certificate& c) { return {c, {}}; }

report one_signature() {
  report r;
  r.verdict = indication::total_passed;
  r.reason = sub_indication::none;
  signature_report s;
  s.location.xpath = "/a[1]/ds:Signature[1]";
  s.verdict = indication::total_passed;
  r.signatures.push_back(s);
  return r;
}

std::string code_of(const result<void>& r) { return r ? "" : std::string(r.error().code.name); }

TEST(SignerRules, WithoutRulesEverySignerWillDo) {
  report r = one_signature();
  EXPECT_TRUE(check_signers(r, {by(certificate_with({}))}, {}, {}));
  EXPECT_EQ(r.verdict, indication::total_passed);
  EXPECT_TRUE(r.findings.empty());
}

TEST(SignerRules, C04_TheRoleMustBeOneOfThoseAsked) {
  const auto head = certificate_with({std::string(organization), std::string(ceo)});
  const auto clerk = certificate_with({std::string(organization), std::string(employee)});
  EXPECT_TRUE(check_rules(head, {.roles = {"CEO"}}));
  EXPECT_TRUE(check_rules(clerk, {.roles = {"CEO", "EMPLOYEE"}}));
  const auto refused = check_rules(clerk, {.roles = {"CEO"}});
  EXPECT_EQ(code_of(refused), "eds.certificate_role");
  EXPECT_NE(refused.error().detail.find("EMPLOYEE"), std::string::npos);
  EXPECT_EQ(code_of(check_rules(certificate_with({}), {.roles = {"CEO"}})), "eds.certificate_role");
}

TEST(SignerRules, C04_AnAuthCertificateHasACodeOfItsOwn) {
  const auto login = identity_of({.kind = key_kind::rsa, .role = crypto::key_usage_role::auth}).certificate;
  EXPECT_EQ(code_of(check_rules(login, {})), "eds.certificate_usage");
  EXPECT_TRUE(check_rules(login, {.signing_key = false}));
  // The role is asked after the usage, so the two never hide each other.
  EXPECT_EQ(code_of(check_rules(login, {.roles = {"CEO"}, .signing_key = false})), "eds.certificate_role");
}

TEST(SignerRules, C04_AnAuthCertificateSignsNeitherLayerWhateverItsAlgorithm) {
  for (const key_kind kind : {key_kind::gost2015_512, key_kind::gost2004}) {
    const auto login = identity_of({.kind = kind, .role = crypto::key_usage_role::auth});
    const policy rules{.compat = true};
    const auto m = check(signed_message(unsigned_message(), transport_profile::key_identifier, login), trust_of_every_kind(), rules);
    expect_refused(m, sub_indication::chain_constraints_failure, problems::signing_certificate_usage, "AUTH");
    const auto b = check_business(sign_business(share("<a/>"), login).value(), trust_of_every_kind(), rules);
    expect_refused(b, sub_indication::chain_constraints_failure, problems::signing_certificate_usage, "AUTH");
  }
}

TEST(SignerRules, C04_ThePolicyMustBeOneOfThoseAskedOrBelow) {
  const auto c = certificate_with({});
  ASSERT_FALSE(c.info().policies.empty()) << "test certificates are issued under a policy of the NCA";
  const std::string held = c.info().policies.front();
  EXPECT_TRUE(check_rules(c, {.policies = {held}}));
  EXPECT_TRUE(check_rules(c, {.policies = {"1.2.3", held.substr(0, held.rfind('.'))}}));
  for (const std::string& wrong : {held + ".1", held + "1", held.substr(0, held.size() - 1), std::string("1.2.3")}) {
    if (wrong.ends_with('.')) continue;
    EXPECT_EQ(code_of(check_rules(c, {.policies = {wrong}})), "eds.certificate_policy") << wrong;
  }
}

TEST(SignerRules, C11_TheNumbersOfTheCertificateMustBeThoseThatTheDataName) {
  const auto c = certificate_with({});
  const auto verdict = [&](const named_person& named) {
    report r = one_signature();
    const auto ok = check_signers(r, {by(c)}, {}, named);
    EXPECT_EQ(ok.has_value(), r.findings.empty());
    if (!ok) {
      EXPECT_EQ(name_of(r.reason), "CHAIN_CONSTRAINTS_FAILURE");
      EXPECT_EQ(name_of(r.verdict), "TOTAL_FAILED");
      EXPECT_EQ(r.findings.at(0).code, "eds.certificate_identity");
      EXPECT_EQ(r.findings[0].where, "/a[1]/ds:Signature[1]");
    }
    return code_of(ok);
  };
  EXPECT_EQ(verdict({.iin = one, .bin = {}}), "");
  EXPECT_EQ(verdict({.iin = one, .bin = other}), "");
  EXPECT_EQ(verdict({.iin = other, .bin = {}}), "eds.certificate_identity");
  EXPECT_EQ(verdict({.iin = {}, .bin = one}), "eds.certificate_identity");
  EXPECT_EQ(verdict({.iin = one, .bin = one}), "eds.certificate_identity") << "one right number does not make up for a wrong one";
}

TEST(SignerRules, C11_LookAlikesAndMalformedNumbersNeverMatch) {
  const auto c = certificate_with({});
  // A Cyrillic O, full-width digits, Arabic digits, signs, prefixes, spaces, NUL, too short, too long, nothing.
  const std::string odd[] = {
      "99\xD0\x9E"
      "101300019",
      "\xEF\xBC\x99\xEF\xBC\x99"
      "0101300019",
      "\xD9\xA9\xD9\xA9"
      "0101300019",
      "+99010130001",
      "IIN" + one,
      " " + one,
      one + " ",
      one + std::string(1, '\0'),
      one.substr(1),
      one + "0",
      "",
      "9901013O0019"};
  for (const std::string& text : odd) {
    report r = one_signature();
    EXPECT_EQ(code_of(check_signers(r, {by(c)}, {}, {.iin = text, .bin = {}})), "eds.certificate_identity") << text;
  }
}

TEST(SignerRules, C11_ACertificateWithoutTheNumberIsNobody) {
  const auto c = certificate_with({}, one, "");
  ASSERT_TRUE(c.info().bin.empty());
  report r = one_signature();
  EXPECT_EQ(code_of(check_signers(r, {by(c)}, {}, {.iin = {}, .bin = other})), "eds.certificate_identity");
  EXPECT_NE(r.findings.at(0).detail.find("carries no BIN"), std::string::npos);
}

TEST(SignerRules, OneOfSeveralSignersMustSatisfyEverything) {
  const auto head = certificate_with({std::string(ceo)}, one);
  const auto clerk = certificate_with({std::string(employee)}, other);
  const certificate_rules rules{.roles = {"CEO"}};
  const auto verdict = [&](const std::vector<signatory>& signers, const std::string& iin) {
    report r = one_signature();
    return code_of(check_signers(r, signers, rules, {.iin = iin, .bin = {}}));
  };
  EXPECT_EQ(verdict({by(clerk), by(head)}, one), "");
  EXPECT_EQ(verdict({by(head), by(clerk)}, one), "");
  EXPECT_EQ(verdict({by(head), by(clerk)}, other), "eds.certificate_identity") << "the role of one and the number of another";
  EXPECT_EQ(verdict({by(clerk)}, other), "eds.certificate_role");
  EXPECT_EQ(verdict({}, one), "eds.signing_certificate_missing");
}

}  // namespace
}  // namespace shep::eds
