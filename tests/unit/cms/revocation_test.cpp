#include "unit/cms/world.hpp"

/// Verdicts that wait for what others say of the certificates: the signer's, and the time-stamp authority's where the signature rests on
/// it.
namespace shep::cms {
namespace {

using revocation::chain_status;
using revocation::reason;
using revocation::state;

eds::policy asking(bool signed_before = false) {
  eds::policy p;
  p.revocation = eds::revocation_mode::best_effort;
  p.signed_before_revocation = signed_before;
  return p;
}

chain_status says(state what, std::optional<time_point> revoked_at = std::nullopt, std::optional<revocation::reason> why = std::nullopt) {
  revocation::finding f;
  f.by = revocation::evidence::ocsp;
  f.what = what;
  f.revoked_at = revoked_at;
  f.why = why;
  f.this_update = test_now;
  return {f};
}

verification concluded(const std::string& cms, const std::vector<signer_status>& status, const eds::policy& rules = asking()) {
  verification v = verify(cms, std::nullopt, everybody(), rules, test_now);
  EXPECT_TRUE(v.waiting) << eds::to_text(v.report);
  EXPECT_FALSE(v.passed);
  EXPECT_EQ(v.report.verdict, eds::indication::indeterminate);
  return conclude_revocation(std::move(v), status, rules);
}

TEST(CmsRevocation, C06_WhatIsNotKnownIsNeitherValidNorRevoked) {
  const std::string cms = signed_by(signer());
  EXPECT_TRUE(concluded(cms, {{says(state::good), {}}}).passed);
  EXPECT_REFUSED(concluded(cms, {{says(state::revoked, test_now - 1h), {}}}), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{says(state::on_hold, test_now - 1h), {}}}), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{says(state::unknown), {}}}), try_later, revocation_undecided);
  EXPECT_REFUSED(concluded(cms, {}), try_later, revocation_undecided);
}

TEST(CmsRevocation, EachSignerIsConcluded) {
  const std::string cms = sign(content, {signer(), identity_of({.common_name = "TEST SECOND"})}, ordinary()).value();
  EXPECT_TRUE(concluded(cms, {{says(state::good), {}}, {says(state::good), {}}}).passed);
  const verification v = concluded(cms, {{says(state::unknown), {}}, {says(state::revoked, test_now - 1h), {}}});
  EXPECT_REFUSED(v, revoked, signing_certificate_revoked);
  EXPECT_FALSE(v.signers[0].passed);
  EXPECT_REFUSED(concluded(cms, {{says(state::good), {}}}), try_later, revocation_undecided);
}

TEST(CmsRevocation, WhatFailedAlreadyDoesNotWait) {
  std::string cms = signed_by(signer());
  cms[cms.find(content)] ^= 1;
  const verification v = verify(cms, std::nullopt, everybody(), asking(), test_now);
  EXPECT_FALSE(v.waiting);
  EXPECT_REFUSED(conclude_revocation(v, std::vector<signer_status>{{says(state::good), {}}}, asking()), hash_failure, hash_failure);
}

TEST(CmsRevocation, C06_AStampBeforeTheRevocationCountsWhenItsAuthorityIsGood) {
  const std::string cms = stamped(signed_by(signer()), token_at(test_now - 2h));
  const auto later = says(state::revoked, test_now - 1h), earlier = says(state::revoked, test_now - 3h);
  EXPECT_TRUE(concluded(cms, {{later, says(state::good)}}, asking(true)).passed);
  EXPECT_REFUSED(concluded(cms, {{later, says(state::good)}}), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{earlier, says(state::good)}}, asking(true)), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{later, {}}}, asking(true)), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{later, says(state::unknown)}}, asking(true)), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{later, says(state::revoked, test_now - 24h)}}, asking(true)), revoked, signing_certificate_revoked);
  EXPECT_TRUE(concluded(cms, {{later, says(state::revoked, test_now - 1h, reason::superseded)}}, asking(true)).passed)
      << "the authority fell after it stamped";
}

// RFC 3161 section 4, points 1 and 2.
TEST(CmsRevocation, C06_TheReasonOfTheAuthoritysRevocationDecidesAboutItsOlderStamps) {
  const crypto::identity old =
      identity_of({.common_name = "TEST OLD", .not_before = test_now - 24h * 20, .not_after = test_now - 24h * 10});
  const std::string cms = stamped(signed_by(old), token_at(test_now - 24h * 15));
  const auto fell = [](std::optional<reason> why) { return says(state::revoked, test_now - 24h, why); };
  for (const reason kept : {reason::unspecified, reason::affiliation_changed, reason::superseded, reason::cessation_of_operation})
    EXPECT_TRUE(concluded(cms, {{says(state::good), fell(kept)}}).passed) << revocation::name_of(kept);
  for (const reason lost : {reason::key_compromise, reason::ca_compromise, reason::privilege_withdrawn, reason::aa_compromise})
    EXPECT_REFUSED(concluded(cms, {{says(state::good), fell(lost)}}), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{says(state::good), fell(std::nullopt)}}), revoked, signing_certificate_revoked);
  EXPECT_REFUSED(concluded(cms, {{says(state::good), says(state::on_hold, test_now - 24h)}}), revoked, signing_certificate_revoked);
}

TEST(CmsRevocation, C06_AStampThatItsAuthorityNoLongerCarriesIsNotReportedAsGood) {
  const std::string cms = stamped(signed_by(signer()), token_at(test_now - 2h));
  const auto told = [&](const chain_status& authority) {
    verification v = concluded(cms, {{says(state::good), authority}});
    EXPECT_TRUE(v.passed) << "it holds without its stamp";
    return v;
  };
  const verification good = told(says(state::good));
  EXPECT_EQ(good.report.signatures[0].time_stamp->verdict, eds::indication::total_passed);
  EXPECT_TRUE(good.signers[0].stamp);
  const verification fell = told(says(state::revoked, test_now - 3h, reason::superseded));
  EXPECT_EQ(fell.report.signatures[0].time_stamp->verdict, eds::indication::total_failed);
  EXPECT_NE(fell.report.signatures[0].time_stamp->problem.find("was revoked"), std::string::npos);
  EXPECT_TRUE(has_finding(fell.report, problems::signing_certificate_revoked, "time-stamp authority"));
  EXPECT_FALSE(fell.signers[0].stamp);
  const verification silent = told({});
  EXPECT_EQ(silent.report.signatures[0].time_stamp->verdict, eds::indication::indeterminate);
  EXPECT_TRUE(has_finding(silent.report, problems::revocation_undecided, "time-stamp authority"));
  EXPECT_FALSE(silent.signers[0].stamp);
}

TEST(CmsRevocation, C06_ASignatureThatRestsOnItsStampNeedsTheAuthority) {
  const crypto::identity old =
      identity_of({.common_name = "TEST OLD", .not_before = test_now - 24h * 20, .not_after = test_now - 24h * 10});
  const std::string cms = stamped(signed_by(old), token_at(test_now - 24h * 15));
  EXPECT_TRUE(concluded(cms, {{says(state::good), says(state::good)}}).passed);
  EXPECT_REFUSED(concluded(cms, {{says(state::good), {}}}), try_later, revocation_undecided);
  EXPECT_REFUSED(concluded(cms, {{says(state::good), says(state::unknown)}}), try_later, revocation_undecided);
  EXPECT_REFUSED(concluded(cms, {{says(state::good), says(state::revoked, test_now - 24h * 16)}}), revoked, signing_certificate_revoked);
  const std::string current = stamped(signed_by(signer()), token_at(test_now - 1h));
  EXPECT_TRUE(concluded(current, {{says(state::good), {}}}).passed) << "it holds without its stamp";
}

}  // namespace
}  // namespace shep::cms
