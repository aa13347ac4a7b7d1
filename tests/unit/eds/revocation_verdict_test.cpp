#include "revocation/problems.hpp"
#include "unit/eds/checked.hpp"

/// The second step of a verdict (security catalogue C06, C09): what others say of the signer's certificates, put into the report.
namespace shep::eds {
namespace {

using namespace test;
using revocation::chain_status;
using revocation::state;
using s = sub_indication;

constexpr time_point earlier = test_now - 2h, later = test_now - 1h;

policy asking(bool before_revocation = false) {
  policy rules;
  rules.revocation = revocation_mode::best_effort;
  rules.signed_before_revocation = before_revocation;
  return rules;
}

revocation::finding found(state what, time_point revoked_at = later) {
  revocation::finding f;
  f.by = revocation::evidence::ocsp;
  f.what = what;
  if (what == state::revoked || what == state::on_hold) {
    f.revoked_at = revoked_at;
    f.why = what == state::on_hold ? revocation::reason::certificate_hold : revocation::reason::key_compromise;
  }
  f.this_update = test_now - 1min;
  f.next_update = test_now + 1h;
  f.source = "http://127.0.0.1/ocsp";
  return f;
}

template <class T>
concept shows_body = requires(const T& t) {
  t.body();
};

/// Leaf, issuing authority, root.
struct three_deep {
  crypto::issuer issuing;
  crypto::identity who;
  three_deep() : issuing(make_issuing()), who(make_identity({.by = &issuing})) {}
  static crypto::issuer make_issuing() {
    crypto::certificate_request r;
    r.common_name = "TEST ISSUING";
    r.is_ca = true;
    r.not_before = test_now - 24h;
    r.not_after = test_now + 24h;
    const auto& key = rsa_key(key_name::other);
    return {crypto::issue(r, key.public_key(), &test_root(), test_root().key).value(), key};
  }
  crypto::trust_store store() const { return crypto::trust_store({{test_root().certificate}, {issuing.certificate}, {}}); }
};

checked first_step(const std::string& text = message_a().text(), const policy& rules = asking()) { return check(text, trust(), rules); }

checked concluded(checked c, const chain_status& status, const policy& rules = asking()) {
  c.v = conclude_revocation(std::move(c.v), status, rules);
  return c;
}

TEST(RevocationVerdict, C08_AnAnswerThatDoesNotRepeatOurNonceIsShown) {
  revocation::finding f = found(state::good);
  f.nonce_missing = true;
  const auto c = concluded(first_step(), {f});
  EXPECT_TRUE(c.v.message.has_value());
  EXPECT_NE(c.v.report.signatures.at(0).revocation.at(0).problem.find("nonce"), std::string::npos);
  EXPECT_NE(to_text(c.v.report).find("does not repeat the nonce"), std::string::npos);
}

TEST(RevocationVerdict, AfterTheFirstStepNothingCanBeReadAndNothingIsDecided) {
  const auto c = first_step();
  EXPECT_FALSE(c.v.message.has_value());
  ASSERT_TRUE(c.v.waiting.has_value());
  EXPECT_EQ(name_of(c.v.report.verdict), "INDETERMINATE");
  EXPECT_EQ(name_of(c.v.report.reason), "TRY_LATER");
  ASSERT_EQ(c.v.waiting->chain().size(), 2u);
  EXPECT_EQ(c.v.waiting->chain()[0].der(), signer().certificate.der());
  EXPECT_EQ(c.v.waiting->chain()[1].der(), test_root().certificate.der());
  static_assert(shows_body<verified> && !shows_body<awaiting_revocation>);
  static_assert(!std::is_constructible_v<verified, xml::element, verified::assurance, std::optional<crypto::certificate>>);
}

TEST(RevocationVerdict, WithoutAskingTheFirstStepIsTheLast) {
  const auto c = check(message_a().text());
  expect_passed(c);
  EXPECT_FALSE(c.v.waiting.has_value());
  ASSERT_EQ(c.v.signatory.chain.size(), 2u);
}

TEST(RevocationVerdict, GoodReleasesTheMessage) {
  const auto c = concluded(first_step(), {found(state::good)});
  expect_passed(c);
  ASSERT_EQ(c.v.report.signatures.at(0).revocation.size(), 1u);
  const auto& line = c.v.report.signatures[0].revocation[0];
  EXPECT_EQ(line.by, "ocsp");
  EXPECT_EQ(line.revoked, std::optional<bool>(false));
  EXPECT_EQ(line.this_update, std::optional<time_point>(test_now - 1min));
  EXPECT_EQ(line.next_update, std::optional<time_point>(test_now + 1h));
  EXPECT_EQ(line.source, "http://127.0.0.1/ocsp");
  EXPECT_EQ(line.certificate, signer().certificate.info().subject);
  EXPECT_FALSE(c.v.waiting.has_value());
}

TEST(RevocationVerdict, C06_RevokedIsTotalFailed) {
  const auto c = concluded(first_step(), {found(state::revoked)});
  expect_refused(c, s::revoked, problems::signing_certificate_revoked, "keyCompromise");
  EXPECT_EQ(name_of(c.v.report.verdict), "TOTAL_FAILED");
  EXPECT_EQ(c.v.report.signatures.at(0).revocation.at(0).revoked, std::optional<bool>(true));
  EXPECT_EQ(c.v.report.signatures[0].revocation[0].reason, "keyCompromise");
}

TEST(RevocationVerdict, C06_OnHoldIsTotalFailed) {
  const auto c = concluded(first_step(), {found(state::on_hold)});
  expect_refused(c, s::revoked, problems::signing_certificate_revoked, "on hold");
}

TEST(RevocationVerdict, C09_WhatIsNotDecidedIsNeitherGoodNorRevoked) {
  const chain_status undecided[] = {{found(state::unknown)},
                                    {problem(problems::try_later, "both undecided")},
                                    {problem(problems::ocsp_signature, "wrong")},
                                    {problem(problems::crl_stale, "old")},
                                    {problem(problems::revocation_unavailable, "unreachable")},
                                    {}};
  for (const chain_status& status : undecided) {
    const auto c = concluded(first_step(), status);
    expect_refused(c, s::try_later, problems::revocation_undecided);
    EXPECT_EQ(name_of(c.v.report.verdict), "INDETERMINATE");
    ASSERT_EQ(c.v.report.signatures.at(0).revocation.size(), 1u);
    EXPECT_FALSE(c.v.report.signatures[0].revocation[0].revoked.has_value());
    EXPECT_FALSE(c.v.report.signatures[0].revocation[0].problem.empty());
  }
}

/// A caller that forgets the mode must not thereby release anything.
TEST(RevocationVerdict, AnotherPolicyInTheSecondStepReleasesNothing) {
  EXPECT_FALSE(concluded(first_step(), {}, policy{}).v.message.has_value());
  EXPECT_FALSE(concluded(first_step(), {found(state::revoked)}, policy{}).v.message.has_value());
}

TEST(RevocationVerdict, EveryCertificateOfTheChainCounts) {
  const three_deep pki;
  message_a m;
  m.signature.key_info = key_identifier(pki.who.certificate);
  const std::string text = m.text({.who = &pki.who, .find = {}});
  const auto store = pki.store();
  const auto verdict = [&](const chain_status& status) { return concluded(check(text, store, asking()), status); };
  EXPECT_TRUE(verdict({found(state::good), found(state::good)}).passed());
  expect_refused(verdict({found(state::good), found(state::revoked)}), s::revoked, problems::signing_certificate_revoked, "TEST ISSUING");
  expect_refused(verdict({found(state::good)}), s::try_later, problems::revocation_undecided, "nobody was asked");
  // Revoked says more than undecided, in either order.
  expect_refused(verdict({found(state::unknown), found(state::revoked)}), s::revoked, problems::signing_certificate_revoked);
  expect_refused(verdict({found(state::revoked), found(state::unknown)}), s::revoked, problems::signing_certificate_revoked);
}

TEST(RevocationVerdict, AFailedSignatureKeepsItsReason) {
  auto c = first_step(replaced(message_a().text(), "DEMO_SERVICE", "EVIL_SERVICE"));
  EXPECT_FALSE(c.v.waiting.has_value());
  c = concluded(std::move(c), {found(state::good)});
  expect_refused(c, s::hash_failure, problems::hash_failure);
}

TEST(RevocationVerdict, C06_ARevocationAfterTheProvenTimeOnlyWarnsWhereThePolicyAllows) {
  const auto verdict = [&](const revocation::finding& f, bool allowed, std::optional<time_point> proven) {
    auto c = first_step();
    const auto chain = c.v.waiting->chain();
    const auto ok = conclude_revocation(c.v.report, 0, chain, {f}, asking(allowed), proven);
    return std::pair(ok.has_value(), std::string(name_of(c.v.report.verdict)) + " " + std::string(name_of(c.v.report.reason)));
  };
  const auto revoked = found(state::revoked, later);
  EXPECT_EQ(verdict(revoked, true, earlier), std::pair(true, std::string("TOTAL_PASSED ")));
  EXPECT_EQ(verdict(revoked, false, earlier), std::pair(false, std::string("TOTAL_FAILED REVOKED"))) << "the policy says no";
  EXPECT_EQ(verdict(revoked, true, std::nullopt), std::pair(false, std::string("TOTAL_FAILED REVOKED"))) << "nothing proves the time";
  EXPECT_EQ(verdict(revoked, true, later), std::pair(false, std::string("TOTAL_FAILED REVOKED"))) << "the very second counts as after";
  EXPECT_EQ(verdict(found(state::unknown), true, earlier).first, false) << "not knowing is not helped by a time stamp";
  auto compromised = revoked;
  compromised.invalid_since = earlier - 1h;
  EXPECT_EQ(verdict(compromised, true, earlier).first, false) << "the key was suspect before the signature";
}

TEST(RevocationVerdict, EvidenceWithinTheGraceIsToldAsAWarning) {
  auto old = found(state::good);
  old.in_grace = true;
  const auto c = concluded(first_step(), {old});
  expect_passed(c);
  ASSERT_EQ(c.v.report.findings.size(), 1u);
  EXPECT_EQ(c.v.report.findings[0].level, finding::severity::warning);
}

TEST(RevocationVerdict, OfSeveralSignersTheRevokedOneDecides) {
  const std::string text =
      sign_business(share(sign_business(share("<a/>"), signer()).value()), signer(), {.earlier = earlier_signatures::keep, .id = {}})
          .value();
  const auto verdict = [&](const std::vector<chain_status>& status) {
    auto c = check_business(text, trust(), asking());
    EXPECT_TRUE(c.v.waiting);
    EXPECT_FALSE(c.v.passed);
    c.v = conclude_revocation(std::move(c.v), status, asking());
    return c;
  };
  expect_passed(verdict({{found(state::good)}, {found(state::good)}}));
  expect_refused(verdict({{found(state::good)}, {found(state::revoked)}}), s::revoked, problems::signing_certificate_revoked);
  expect_refused(verdict({{found(state::unknown)}, {found(state::revoked)}}), s::revoked, problems::signing_certificate_revoked);
  expect_refused(verdict({{found(state::revoked)}, {found(state::unknown)}}), s::revoked, problems::signing_certificate_revoked);
  expect_refused(verdict({{found(state::good)}}), s::try_later, problems::revocation_undecided);
  expect_refused(verdict({}), s::try_later, problems::revocation_undecided);
}

}  // namespace
}  // namespace shep::eds
