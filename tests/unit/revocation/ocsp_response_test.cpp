// What an answer says, about whom, and when it counts.
#include "unit/revocation/ocsp_answers.hpp"

namespace shep::revocation::ocsp {
namespace {

using namespace test;
using namespace crypto::asn1;

TEST(OcspResponse, C08_TellsTheFourStatesApart) {
  const auto g = judge(good());
  ASSERT_TRUE(g) << describe(g.error());
  EXPECT_EQ(g->what, state::good);
  EXPECT_EQ(g->by, evidence::ocsp);
  EXPECT_EQ(g->this_update, test_now - 1min);
  EXPECT_EQ(g->next_update, test_now + 1h);
  EXPECT_EQ(g->source, "http://ocsp.example/");
  EXPECT_FALSE(g->revoked_at || g->nonce_missing || g->in_grace);

  response_content c = good();
  c.answers = {answer_about(leaf(), state::revoked)};
  c.answers[0].why = reason::key_compromise;
  const finding revoked = judge(c).value();
  EXPECT_EQ(revoked.what, state::revoked);
  EXPECT_EQ(revoked.revoked_at, test_now - 48h);
  EXPECT_EQ(revoked.why, reason::key_compromise);
  c.answers[0].why.reset();
  EXPECT_FALSE(judge(c)->why);
  c.answers = {answer_about(leaf(), state::on_hold)};
  EXPECT_EQ(judge(c)->what, state::on_hold);
  EXPECT_EQ(judge(c)->why, reason::certificate_hold);
  c.answers = {answer_about(leaf(), state::unknown)};
  EXPECT_EQ(judge(c)->what, state::unknown);
}

TEST(OcspResponse, C08_RefusalsAreNeitherGoodNorRevoked) {
  response_content c = good();
  c.status = response_status::try_later;
  SHEP_EXPECT_PROBLEM(judge(c), problems::try_later);
  for (const auto s : {response_status::malformed_request, response_status::internal_error, response_status::sig_required,
                       response_status::unauthorized}) {
    c.status = s;
    const auto refused = judge(c);
    SHEP_EXPECT_PROBLEM(refused, problems::ocsp_refused);
    EXPECT_NE(refused.error().detail.find(name_of(s)), std::string::npos);
  }
  for (const unsigned status : {4U, 7U, 255U})
    SHEP_EXPECT_PROBLEM(judge(write(tags::sequence, write(tags::enumerated, std::string(1, static_cast<char>(status))))),
                        problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(judge(write(tags::sequence, write(tags::enumerated, std::string(1, '\0')))), problems::ocsp_format);
}

TEST(OcspResponse, C08_AnAnswerAboutAnotherCertificateIsNotOurs) {
  response_content c = good();
  c.answers = {answer_about(leaf("\x0B"))};
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_certificate);
  for (std::string certificate_id::*part : {&certificate_id::name_hash, &certificate_id::key_hash}) {
    c = good();
    (c.answers[0].id.*part)[0] ^= 1;
    SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_certificate);
  }
  c = good();
  c.answers[0].id.digest = digest_algorithm::sha512;
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_certificate);
  c.answers[0].id = id_of(leaf(), authority().certificate, digest_algorithm::sha1);
  EXPECT_TRUE(judge(c)) << "another hash of the same certificate";
}

TEST(OcspResponse, C08_OursIsFoundAmongSeveral) {
  response_content c = good();
  c.answers = {answer_about(leaf("\x0B"), state::revoked), answer_about(leaf()), answer_about(leaf("\x0C"), state::revoked)};
  EXPECT_EQ(judge(c)->what, state::good);
  c.answers.push_back(answer_about(leaf()));
  c.answers.back().this_update += 30s;
  EXPECT_EQ(judge(c)->this_update, c.answers.back().this_update) << "of two equal answers the later";
  c.answers.push_back(answer_about(leaf(), state::revoked));
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_format);
  c.answers = {answer_about(leaf()), answer_about(leaf(), state::unknown)};
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_format);
  c = good();
  for (int i = 0; i < 64; ++i) c.answers.push_back(answer_about(leaf("\x0B")));
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_format);
  c.answers.clear();
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_format);
}

TEST(OcspResponse, C08_AnotherNonceIsRefusedAndAMissingOneIsNoted) {
  response_content c = good();
  c.nonce = "fedcba9876543210";
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_nonce);
  c.nonce.clear();
  ASSERT_TRUE(judge(c));
  EXPECT_TRUE(judge(c)->nonce_missing);
  response_rules strict;
  strict.nonce_required = true;
  SHEP_EXPECT_PROBLEM(judge(written(c), strict), problems::ocsp_nonce);
  EXPECT_TRUE(judge(written(good()), strict));
  EXPECT_TRUE(read_response(written(good()), leaf(), authority().certificate, {}, test_now, strict)) << "none was sent";
}

TEST(OcspResponse, C08_CountsFromThisUpdateToNextUpdate) {
  response_content c = good();
  EXPECT_TRUE(judge(written(c), {}, test_now + 1h));
  SHEP_EXPECT_PROBLEM(judge(written(c), {}, test_now + 1h + 1s), problems::ocsp_stale);
  response_rules rules;
  rules.grace = 1h;
  EXPECT_TRUE(judge(written(c), rules, test_now + 2h)->in_grace);
  SHEP_EXPECT_PROBLEM(judge(written(c), rules, test_now + 2h + 1s), problems::ocsp_stale);

  EXPECT_TRUE(judge(written(c), {}, c.answers[0].this_update - rules.skew));
  SHEP_EXPECT_PROBLEM(judge(written(c), {}, c.answers[0].this_update - rules.skew - 1s), problems::ocsp_not_yet_valid);
  c.produced_at = test_now + rules.skew + 1s;
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_not_yet_valid);

  c = good();
  c.answers[0].next_update.reset();
  rules = {};
  rules.max_age = 2min;
  EXPECT_TRUE(judge(written(c), rules, c.answers[0].this_update + 2min));
  SHEP_EXPECT_PROBLEM(judge(written(c), rules, c.answers[0].this_update + 2min + 1s), problems::ocsp_stale);
  c.answers[0].next_update = c.answers[0].this_update - 1s;
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_format);
}

TEST(OcspResponse, C08_AnAnswerWithoutOurNonceCountsForItsAgeOnly) {
  response_content c = good();
  c.answers[0].next_update = test_now + 24h * 365;
  response_rules rules;
  rules.max_age = 2min;
  const time_point end = c.answers[0].this_update + rules.max_age;
  EXPECT_TRUE(judge(written(c), rules, end + 1s)) << "it repeats the nonce";
  c.nonce.clear();
  EXPECT_TRUE(judge(written(c), rules, end));
  SHEP_EXPECT_PROBLEM(judge(written(c), rules, end + 1s), problems::ocsp_stale);
  c.answers[0].next_update = test_now;
  SHEP_EXPECT_PROBLEM(judge(written(c), rules, test_now + 1s), problems::ocsp_stale);
}

TEST(OcspResponse, C01_C08_GoodAboutAnEndedCertificateNeedsAResponderThatRemembersIt) {
  auto r = request_for("TEST HOLDER");
  r.serial = "\x0A";
  r.not_after = test_now - 24h;
  const crypto::certificate ended = issued(r, key_name::signer, &authority());
  const auto about_ended = [&](state what, std::optional<time_point> cutoff) {
    response_content c = good();
    c.answers = {answer_about(ended, what)};
    c.answers[0].archive_cutoff = cutoff;
    return read_response(written(c), ended, authority().certificate, sent_nonce, test_now, {}, "");
  };
  SHEP_EXPECT_PROBLEM(about_ended(state::good, std::nullopt), problems::ocsp_forgotten);
  SHEP_EXPECT_PROBLEM(about_ended(state::good, test_now - 23h), problems::ocsp_forgotten);
  EXPECT_EQ(about_ended(state::good, test_now - 24h)->what, state::good);
  EXPECT_EQ(about_ended(state::good, test_now - 48h)->what, state::good);
  EXPECT_EQ(about_ended(state::revoked, std::nullopt)->what, state::revoked);
}

TEST(OcspResponse, C08_GarbageAndLongAnswersAreRefused) {
  SHEP_EXPECT_PROBLEM(judge(std::string("<html>404</html>")), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(judge(std::string()), problems::ocsp_format);
  crypto::identity many = responder();
  for (int i = 0; i < 7; ++i) many.others.push_back(authority().certificate);
  EXPECT_TRUE(judge(good(), many));
  many.others.push_back(authority().certificate);
  SHEP_EXPECT_PROBLEM(judge(good(), many), problems::ocsp_format);
  const auto too_long = judge(std::string(largest_message + 1, '0'));
  SHEP_EXPECT_PROBLEM(too_long, problems::ocsp_format);
  EXPECT_NE(too_long.error().detail.find("65536"), std::string::npos);
}

TEST(OcspResponse, C08_AnAnswerCutAfterAnyOctetIsRefused) {
  const std::string whole = written(good());
  for (std::size_t n = 0; n < whole.size(); ++n) SHEP_EXPECT_PROBLEM(judge(whole.substr(0, n)), problems::ocsp_format);
  SHEP_EXPECT_PROBLEM(judge(whole + "x"), problems::ocsp_format);
}

TEST(OcspResponse, C08_NoChangedOctetOfWhatIsSignedGoesUnnoticed) {
  response_content c = good();
  c.with_certificates = false;
  response_rules rules;
  rules.responders = {responder().certificate};
  const std::string whole = written(c);
  ASSERT_TRUE(judge(whole, rules));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string bent = whole;
    bent[i] = static_cast<char>(bent[i] ^ 0x15);
    EXPECT_FALSE(judge(bent, rules)) << i;
  }
}

}  // namespace
}  // namespace shep::revocation::ocsp
