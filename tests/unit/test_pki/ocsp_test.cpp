#include "revocation/ocsp.hpp"

#include "revocation/problems.hpp"
#include "test_pki/problems.hpp"
#include "unit/test_pki/responding.hpp"

namespace shep::test_pki {
namespace {

namespace ocsp = revocation::ocsp;
using revocation::state;

class Ocsp : public ::testing::TestWithParam<family> {
 protected:
  /// Asks about a member with a nonce, and lets our own reader judge the answer.
  result<revocation::finding> ask(const std::string& name = "citizen", const std::string& by = "issuing") {
    const auto leaf = pki.certificate(name);
    const auto issuer = pki.certificate(by);
    last = pki.service->ocsp(ocsp::make_request(leaf, issuer, crypto::digest_algorithm::sha256, "nonce-nonce"));
    EXPECT_EQ(last.status, 200U);
    EXPECT_EQ(last.content_type, "application/ocsp-response");
    ocsp::response_rules rules;
    rules.nonce_required = true;
    return ocsp::read_response(last.octets, leaf, issuer, "nonce-nonce", pki.clock.now(), rules);
  }

  responding pki{GetParam()};
  answer last;
};

TEST_P(Ocsp, AGoodCertificateIsGood) {
  const auto found = ask();
  ASSERT_TRUE(found) << describe(found.error());
  EXPECT_EQ(found->what, state::good);
  EXPECT_EQ(found->this_update, noon);
  EXPECT_EQ(found->next_update, noon + std::chrono::hours(1));
  EXPECT_FALSE(found->nonce_missing);
  EXPECT_EQ(last.delay.count(), 0);
}

TEST_P(Ocsp, ARevokedCertificateIsRevokedFromItsMomentOn) {
  pki.tell("citizen", {behaviour::revoked, noon + std::chrono::hours(2), revocation::reason::key_compromise, {}, {}});
  EXPECT_EQ(ask()->what, state::good) << "the moment lies ahead";
  pki.clock.advance(std::chrono::hours(2));
  const auto found = ask();
  ASSERT_TRUE(found) << describe(found.error());
  EXPECT_EQ(found->what, state::revoked);
  EXPECT_EQ(found->revoked_at, noon + std::chrono::hours(2));
  EXPECT_EQ(found->why, revocation::reason::key_compromise);
  EXPECT_EQ(ask("pep")->what, state::good) << "the others are not touched";
  pki.tell("citizen", telling(behaviour::good));
  EXPECT_EQ(ask()->what, state::good);
}

TEST_P(Ocsp, HoldAndUnknownAreSaidAsSuch) {
  pki.tell("citizen", telling(behaviour::on_hold));
  const auto held = ask();
  EXPECT_EQ(held->what, state::on_hold);
  EXPECT_EQ(held->why, revocation::reason::certificate_hold);
  pki.tell("citizen", telling(behaviour::unknown));
  EXPECT_EQ(ask()->what, state::unknown);
}

TEST_P(Ocsp, EachMisbehaviourIsWhatItIsCalled) {
  const std::pair<behaviour, problem_code> expected[] = {{behaviour::try_later, problems::try_later},
                                                         {behaviour::malformed, problems::ocsp_format},
                                                         {behaviour::wrong_signer, problems::ocsp_signature},
                                                         {behaviour::stale, problems::ocsp_stale}};
  for (const auto& [what, code] : expected) {
    pki.tell("citizen", telling(what));
    const auto found = ask();
    ASSERT_FALSE(found) << name_of(what);
    EXPECT_EQ(found.error().code, code) << name_of(what) << ": " << describe(found.error());
    EXPECT_TRUE(ask("pep")) << "one certificate misbehaves, not the responder";
  }
  pki.tell("citizen", told{behaviour::slow, {}, {}, std::chrono::milliseconds(1234), {}});
  EXPECT_EQ(ask()->what, state::good);
  EXPECT_EQ(last.delay, std::chrono::milliseconds(1234));
}

TEST_P(Ocsp, TheRespondersDefaultHoldsUnlessACertificateHasItsOwn) {
  pki.tell(responder::ocsp, behaviour::try_later);
  pki.tell("citizen", telling(behaviour::revoked));
  EXPECT_EQ(ask()->what, state::revoked);
  EXPECT_EQ(ask("pep").error().code, problems::try_later);
}

TEST_P(Ocsp, TheRootSpeaksForItself) {
  EXPECT_EQ(ask("issuing", "root")->what, state::good);
  pki.tell("issuing", telling(behaviour::revoked));
  EXPECT_EQ(ask("issuing", "root")->what, state::revoked);
}

TEST_P(Ocsp, StrangersAndGarbageGetTheirStatus) {
  const auto citizen = pki.certificate("citizen");
  // An issuer that is not ours: the citizen's own certificate poses as one.
  const auto foreign = pki.service->ocsp(ocsp::make_request(citizen, citizen));
  EXPECT_EQ(to_hex(foreign.octets), "30030a0106") << "unauthorized";
  EXPECT_EQ(to_hex(pki.service->ocsp("").octets), "30030a0101") << "malformedRequest";
  EXPECT_EQ(to_hex(pki.service->ocsp(std::string(200'000, '0')).octets), "30030a0101");
  pki.tell("citizen", telling(behaviour::try_later));
  ask().has_value();
  EXPECT_EQ(to_hex(last.octets), "30030a0103");
}

TEST_P(Ocsp, ACertificateThatIsNotInTheFolderIsUnknown) {
  const auto leaf = pki.certificate("pep");
  std::filesystem::remove(pki.folder.path() + "/known/pep.pem");
  const auto issuer = pki.certificate("issuing");
  const auto said = pki.service->ocsp(ocsp::make_request(leaf, issuer));
  EXPECT_EQ(ocsp::read_response(said.octets, leaf, issuer, {}, noon)->what, state::unknown);
}

TEST_P(Ocsp, AnotherProcessChangesTheStatusAndTheAnswerFollows) {
  EXPECT_EQ(ask()->what, state::good);
  responding other{GetParam()};
  other.tell("citizen", telling(behaviour::revoked));
  std::filesystem::rename(other.folder.path() + "/status", pki.folder.path() + "/status");
  EXPECT_EQ(ask()->what, state::revoked);
}

TEST_P(Ocsp, ABrokenStatusFileIsNoAnswer) {
  std::ofstream(pki.folder.path() + "/status") << "nonsense\n";
  const auto said = pki.service->ocsp("");
  EXPECT_EQ(said.status, 500U);
  EXPECT_EQ(responders::open({pki.folder.path()}, pki.clock).error().code, problems::pki_status_file);
}

INSTANTIATE_TEST_SUITE_P(All, Ocsp, ::testing::Values(family::rsa, family::gost2015, family::gost2004),
                         [](const auto& one) { return std::string(name_of(one.param)); });

}  // namespace
}  // namespace shep::test_pki
