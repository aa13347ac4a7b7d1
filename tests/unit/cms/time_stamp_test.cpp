#include "unit/cms/crafted.hpp"

/// Time stamps in a signature: what is proven moves the moment of judgement, what is not proven is told and changes nothing.
namespace shep::cms {
namespace {

const crypto::identity& expired_signer(key_kind kind = key_kind::rsa) {
  static std::map<key_kind, crypto::identity> made;
  const auto found = made.find(kind);
  if (found != made.end()) return found->second;
  identity_options o;
  o.kind = kind;
  o.common_name = "TEST EXPIRED " + std::string(crypto::name_of(kind));
  o.not_before = test_now - 24h * 20;
  o.not_after = test_now - 24h * 10;
  return made.emplace(kind, identity_of(o)).first->second;
}
constexpr time_point while_valid = test_now - 24h * 15;

TEST(CmsTimeStamp, TheCertificateIsJudgedAtTheProvenMoment) {
  const std::string cms = signed_by(expired_signer());
  EXPECT_REFUSED(judged(cms), expired, signing_certificate_invalid);
  const verification v = judged(stamped(cms, token_at(while_valid + 250ms)));
  ASSERT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.signers[0].judged_at, while_valid + 250ms);
  ASSERT_TRUE(v.signers[0].stamp);
  const time_stamp& says = *v.signers[0].stamp;
  EXPECT_EQ(says.gen_time, while_valid + 250ms);
  EXPECT_EQ(says.policy, tsa_policy_gost2015);
  EXPECT_EQ(says.serial_hex, "506");
  EXPECT_EQ(says.tsa, authority().certificate.info().subject);
  EXPECT_EQ(says.digest, crypto::digest_algorithm::sha256);
  ASSERT_EQ(says.chain.size(), 2U);
  EXPECT_TRUE(says.weaknesses.empty());
  const eds::signature_report& s = v.report.signatures[0];
  EXPECT_EQ(s.profile, "CAdES-T attached");
  ASSERT_TRUE(s.time_stamp);
  EXPECT_EQ(s.time_stamp->verdict, eds::indication::total_passed);
  EXPECT_EQ(s.time_stamp->gen_time, while_valid + 250ms);
  EXPECT_EQ(s.time_stamp->policy, tsa_policy_gost2015);
  EXPECT_TRUE(s.time_stamp->problem.empty());
  EXPECT_EQ(v.report.evaluated_at, test_now);
}

TEST(CmsTimeStamp, AStampOfALaterDayDoesNotHelp) {
  const verification v = judged(stamped(signed_by(expired_signer()), token_at(test_now - 24h)));
  EXPECT_REFUSED(v, expired, signing_certificate_invalid);
  EXPECT_EQ(v.signers[0].judged_at, test_now - 24h) << "the stamp is good, the certificate had expired by then";
}

TEST(CmsTimeStamp, OfSeveralTheEarliestProvenCounts) {
  const std::string cms = signed_by(expired_signer());
  const auto signature = std::string(signed_data::read(cms).value().signers()[0].signature);
  const auto token = [&](time_point at, token_fault fault = token_fault::none) {
    token_settings s = token_at(at);
    s.fault = fault;
    return write_token(request_for(signature), authority(), s).value();
  };
  const auto with = [&](const std::string& values) {
    const auto read = signed_data::read(cms).value();
    std::string signer_info(read.signers()[0].whole.substr(4));
    signer_info = write(tags::sequence, signer_info + write(tags::context(1, true), attribute_of(oid::signature_time_stamp, values)));
    const std::string body = write_small(1) + std::string(read.digest_algorithms()) + std::string(read.encapsulated()) +
                             std::string(read.certificate_set()) + write(tags::set, signer_info);
    return write(tags::sequence, write_oid(oid::signed_data) + write(tags::context(0, true), write(tags::sequence, body)));
  };
  const verification two = judged(with(token(test_now - 24h) + token(while_valid)));
  EXPECT_TRUE(two.passed);
  EXPECT_EQ(two.signers[0].judged_at, while_valid);
  const verification mixed = judged(with(token(while_valid - 24h, token_fault::wrong_signature) + token(while_valid)));
  EXPECT_TRUE(mixed.passed);
  EXPECT_EQ(mixed.signers[0].judged_at, while_valid);
  EXPECT_TRUE(has_finding(mixed.report, problems::time_stamp_invalid, "signature value"));
  const std::string bad = token(while_valid, token_fault::wrong_signature);
  const verification many = judged(with(bad + bad + bad + bad + token(while_valid)));
  EXPECT_FALSE(many.passed) << "the fifth is not read";
  EXPECT_TRUE(has_finding(many.report, problems::time_stamp_invalid, "more than 4"));
}

struct fault_case {
  token_fault fault;
  std::string words;
};
class EachFault : public testing::TestWithParam<fault_case> {};

TEST_P(EachFault, IsToldAndTheSignatureIsJudgedNow) {
  token_settings s = token_at(while_valid);
  s.fault = GetParam().fault;
  s.other_key = rsa_key(key_name::signer);
  const verification stale = judged(stamped(signed_by(expired_signer()), s));
  EXPECT_REFUSED(stale, expired, signing_certificate_invalid);
  EXPECT_FALSE(stale.signers[0].stamp);
  EXPECT_EQ(stale.signers[0].judged_at, test_now);
  EXPECT_TRUE(has_finding(stale.report, problems::time_stamp_invalid, GetParam().words)) << eds::to_text(stale.report);
  ASSERT_TRUE(stale.report.signatures[0].time_stamp);
  EXPECT_EQ(stale.report.signatures[0].time_stamp->verdict, eds::indication::total_failed);
  EXPECT_NE(stale.report.signatures[0].time_stamp->problem.find(GetParam().words), std::string::npos);

  const verification current = judged(stamped(signed_by(signer()), s));
  EXPECT_TRUE(current.passed) << "an unsigned attribute does not fail a signature that holds now";
  EXPECT_TRUE(has_finding(current.report, problems::time_stamp_invalid, GetParam().words));
  EXPECT_EQ(current.report.signatures[0].profile, "CAdES-BES attached");
}

INSTANTIATE_TEST_SUITE_P(Faults, EachFault,
                         testing::Values(fault_case{token_fault::wrong_imprint, "imprint"},
                                         fault_case{token_fault::wrong_policy, "policy 2.25.1"},
                                         fault_case{token_fault::wrong_signature, "signature value does not match"},
                                         fault_case{token_fault::wrong_signer, "signature value does not match"}));

TEST(CmsTimeStamp, TheAuthorityHasToBeOne) {
  const std::string cms = signed_by(expired_signer());
  const auto by = [&](const identity_options& o) {
    const verification v = judged(stamped(cms, token_at(while_valid), identity_of(o)));
    EXPECT_FALSE(v.passed);
    EXPECT_FALSE(v.signers[0].stamp);
    return v.report;
  };
  identity_options o = authority_options();
  o.critical_purposes = false;
  EXPECT_TRUE(has_finding(by(o), problems::time_stamp_invalid, "extended key usage"));
  o = authority_options();
  o.purposes.push_back("1.3.6.1.5.5.7.3.9");
  EXPECT_TRUE(has_finding(by(o), problems::time_stamp_invalid, "extended key usage"));
  o.purposes = {"1.3.6.1.5.5.7.3.9"};
  EXPECT_TRUE(has_finding(by(o), problems::time_stamp_invalid, "extended key usage"));
  o = authority_options();
  o.role = crypto::key_usage_role::sign;
  EXPECT_TRUE(has_finding(by(o), problems::time_stamp_invalid, "extended key usage"));
  o = authority_options();
  o.by = &foreign_root();
  EXPECT_TRUE(has_finding(by(o), problems::time_stamp_invalid, "not accepted at genTime"));
  o = authority_options();
  o.not_after = while_valid - 1s;
  EXPECT_TRUE(has_finding(by(o), problems::time_stamp_invalid, "not accepted at genTime"));
  // Its certificate may have expired since.
  o.not_after = while_valid + 1s;
  EXPECT_TRUE(judged(stamped(cms, token_at(while_valid), identity_of(o))).passed);
}

TEST(CmsTimeStamp, FromTheFutureProvesNothing) {
  const std::string cms = signed_by(signer());
  EXPECT_TRUE(judged(stamped(cms, token_at(test_now + 300s))).signers[0].stamp);
  const verification v = judged(stamped(cms, token_at(test_now + 301s)));
  EXPECT_FALSE(v.signers[0].stamp);
  EXPECT_TRUE(has_finding(v.report, problems::time_stamp_invalid, "in the future"));
}

TEST(CmsTimeStamp, PoliciesAreListed) {
  const std::string cms = signed_by(signer());
  const auto stamped_under = [&](const std::string& policy, const time_stamp_rules& rules) {
    token_settings s = token_at(test_now);
    s.policy = policy;
    return verify(stamped(cms, s), std::nullopt, everybody(), compat(), test_now, rules).signers[0].stamp.has_value();
  };
  EXPECT_TRUE(stamped_under("1.2.398.3.3.2.6.1", {}));
  EXPECT_TRUE(stamped_under("1.2.398.3.3.2.6.4", {}));
  EXPECT_FALSE(stamped_under("1.2.398.3.3.2.6", {}));
  EXPECT_FALSE(stamped_under("1.2.398.3.3.2.6.41", {}));
  EXPECT_FALSE(stamped_under("1.2.3.4", {}));
  time_stamp_rules rules;
  rules.policies = {"1.2.3.4"};
  EXPECT_TRUE(stamped_under("1.2.3.4", rules));
}

TEST(CmsTimeStamp, ASha1ImprintIsAcceptedAndCalledWeak) {
  const verification v =
      judged(stamped(signed_by(expired_signer()), token_at(while_valid), authority(), 0, crypto::digest_algorithm::sha1));
  EXPECT_TRUE(v.passed);
  EXPECT_TRUE(has_finding(v.report, problems::time_stamp_weak, "SHA-1"));
}

TEST(CmsTimeStamp, KzASignatureOf2015UnderAStampOf2004) {
  // kz-eds.md section 5: the token's own algorithm may differ from the signer's.
  token_settings s = token_at(while_valid);
  s.policy = tsa_policy_gost2004;
  const std::string cms =
      stamped(signed_by(expired_signer(key_kind::gost2015_512)), s, authority(key_kind::gost2004), 0, crypto::digest_algorithm::gost34311);
  const verification v = verify(cms, std::nullopt, everybody(), {}, test_now);
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.signers[0].judged_at, while_valid);
  EXPECT_TRUE(has_finding(v.report, problems::time_stamp_weak, "GOST 34.310-2004"));
}

TEST(CmsTimeStamp, KzEachGenerationStampsEachKindOfSignature) {
  for (const key_kind by : {key_kind::rsa, key_kind::gost2015_512, key_kind::gost2004})
    for (const key_kind kind : {key_kind::rsa, key_kind::gost2015_512, key_kind::gost2004}) {
      const auto digest = by == key_kind::rsa            ? crypto::digest_algorithm::sha256
                          : by == key_kind::gost2015_512 ? crypto::digest_algorithm::streebog512
                                                         : crypto::digest_algorithm::gost34311;
      const verification v = judged(stamped(signed_by(expired_signer(kind)), token_at(while_valid), authority(by), 0, digest));
      EXPECT_TRUE(v.passed) << eds::to_text(v.report);
    }
}

TEST(CmsTimeStamp, EachSignerHasItsOwn) {
  const std::string two = sign(content, {expired_signer(), expired_signer(key_kind::gost2015_512)}, ordinary()).value();
  const std::string first = stamped(two, token_at(while_valid), authority(), 0);
  EXPECT_REFUSED(judged(first), expired, signing_certificate_invalid);
  EXPECT_TRUE(judged(first).signers[0].passed);
  const std::string both = stamped(first, token_at(while_valid + 1s), authority(), 1);
  const verification v = judged(both);
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.signers[0].judged_at, while_valid);
  EXPECT_EQ(v.signers[1].judged_at, while_valid + 1s);
  const auto before = signed_data::read(two).value(), after = signed_data::read(both).value();
  EXPECT_EQ(before.signers()[0].signed_octets, after.signers()[0].signed_octets);
  EXPECT_EQ(before.signers()[0].signature, after.signers()[0].signature);

  // The token of one does not serve the other.
  const auto token = std::string(after.signers()[0].unsigned_attributes.at(0).values.at(0).whole);
  const verification exchanged = judged(attach_time_stamp(first, 1, token).value());
  EXPECT_FALSE(exchanged.passed);
  EXPECT_TRUE(has_finding(exchanged.report, problems::time_stamp_invalid, "imprint"));
}

TEST(CmsTimeStamp, AttachingReplacesAndKeepsOthers) {
  crafted c;
  const std::string other = attribute_of("1.2.3.4", octets_of("kept"));
  c.unsigned_attributes = other;
  const std::string once = stamped(c.der(), token_at(test_now - 2h));
  const std::string twice = stamped(once, token_at(test_now - 1h));
  const auto read = signed_data::read(twice).value();
  ASSERT_EQ(read.signers()[0].unsigned_attributes.size(), 2U);
  EXPECT_EQ(read.signers()[0].unsigned_attributes[0].whole, other);
  EXPECT_EQ(judged(twice).signers[0].judged_at, test_now - 1h);
  EXPECT_EQ(attach_time_stamp(c.der(), 1, "x").error().code, problems::usage);
  EXPECT_EQ(attach_time_stamp(c.der(), 0, "x").error().code, problems::time_stamp_format);
  EXPECT_EQ(attach_time_stamp(c.der(), 0, signed_by(signer())).error().code, problems::time_stamp_format) << "no TSTInfo";
}

}  // namespace
}  // namespace shep::cms
