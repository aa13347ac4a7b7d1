#include "revocation/crl_set.hpp"
#include "revocation/problems.hpp"
#include "test_pki/problems.hpp"
#include "unit/test_pki/responding.hpp"

namespace shep::test_pki {
namespace {

using revocation::crl;
using revocation::crl_set;
using revocation::state;

class Lists : public ::testing::TestWithParam<family> {
 protected:
  result<crl> get(const std::string& name = "issuing.crl") {
    last = pki.service->list(name);
    if (last.status != 200) return problem(problems::revocation_unavailable, std::to_string(last.status));
    EXPECT_EQ(last.content_type, "application/pkix-crl");
    return crl::from_der(share(last.octets));
  }
  /// What the lists say, as a verifier that checks signatures and dates hears it.
  result<revocation::finding> look_up(const std::vector<crl>& lists, const std::string& name = "citizen") {
    crl_set all;
    for (const crl& one : lists) {
      auto more = all.with(one, pki.certificate("issuing"), "test");
      if (!more) return more.error();
      all = std::move(*more);
    }
    return all.look_up(pki.certificate(name), pki.certificate("issuing"), pki.clock.now());
  }

  responding pki{GetParam()};
  answer last;
};

TEST_P(Lists, TheCompleteListSaysWhoIsRevoked) {
  EXPECT_EQ(look_up({get().value()})->what, state::good);
  pki.tell("citizen", {behaviour::revoked, noon - std::chrono::hours(1), revocation::reason::superseded, {}, {}});
  pki.tell("pep", telling(behaviour::on_hold));
  const crl list = get().value();
  EXPECT_EQ(list.info().entries, 2U);
  EXPECT_EQ(list.info().next_update, noon + std::chrono::hours(24));
  const auto found = look_up({list});
  EXPECT_EQ(found->what, state::revoked);
  EXPECT_EQ(found->revoked_at, noon - std::chrono::hours(1));
  EXPECT_EQ(found->why, revocation::reason::superseded);
  EXPECT_EQ(look_up({list}, "pep")->what, state::on_hold);
  EXPECT_EQ(look_up({list}, "tsa")->what, state::good);
}

TEST_P(Lists, NumbersGrowAndAListIsKeptUntilSomethingChanges) {
  const std::string first = get()->info().number;
  pki.clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(get()->info().number, first);
  pki.tell("citizen", telling(behaviour::revoked));
  const std::string second = get()->info().number;
  EXPECT_GT(second, first);
  pki.clock.advance(std::chrono::hours(13));
  EXPECT_GT(get()->info().number, second) << "past half of its life";
  pki.clock.advance(-std::chrono::hours(200));
  pki.tell("citizen", telling(behaviour::good));
  const std::string back = get()->info().number;
  EXPECT_GT(back, second) << "also when the clock goes back";
  EXPECT_EQ(back.size(), first.size()) << "octets of equal length compare as numbers";
}

TEST_P(Lists, ARevocationThatLiesAheadComesIntoTheListInItsTime) {
  pki.tell("citizen", {behaviour::revoked, noon + std::chrono::minutes(5), {}, {}, {}});
  EXPECT_EQ(get()->info().entries, 0U);
  pki.clock.advance(std::chrono::minutes(5));
  EXPECT_EQ(get()->info().entries, 1U);
}

TEST_P(Lists, TheDeltaListBringsTodaysCompleteListUpToDate) {
  pki.tell("pep", telling(behaviour::on_hold));
  pki.clock.advance(std::chrono::hours(24));
  const crl morning = get().value();
  pki.clock.advance(std::chrono::minutes(1));
  pki.tell("citizen", telling(behaviour::revoked));
  pki.tell("pep", telling(behaviour::good));
  const crl delta = get("issuing_delta.crl").value();
  EXPECT_TRUE(delta.info().is_delta);
  EXPECT_LE(delta.info().base_number, morning.info().number);
  EXPECT_EQ(look_up({morning})->what, state::good);
  EXPECT_EQ(look_up({morning}, "pep")->what, state::on_hold);
  EXPECT_EQ(look_up({morning, delta})->what, state::revoked);
  EXPECT_EQ(look_up({morning, delta}, "pep")->what, state::good) << "removed from the list";
  pki.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(get("issuing_delta.crl")->info().entries, 0U) << "a new day, a new base";
}

TEST_P(Lists, EachMisbehaviourIsWhatItIsCalled) {
  const std::pair<behaviour, problem_code> expected[] = {{behaviour::wrong_signer, problems::crl_signature},
                                                         {behaviour::stale, problems::crl_stale}};
  for (const auto& [what, code] : expected) {
    pki.tell(responder::crl, what);
    const auto list = get();
    ASSERT_TRUE(list) << name_of(what);
    EXPECT_EQ(look_up({*list}).error().code, code) << name_of(what);
  }
  pki.tell(responder::crl, behaviour::malformed);
  EXPECT_EQ(get().error().code, problems::crl_format);
  pki.tell(responder::crl, behaviour::try_later);
  get().has_value();
  EXPECT_EQ(last.status, 503U);
  pki.tell(responder::crl, behaviour::slow);
  EXPECT_TRUE(get());
  EXPECT_EQ(last.delay, default_delay);
}

TEST_P(Lists, TheRootHasAListOfItsOwn) {
  pki.tell("issuing", telling(behaviour::revoked));
  const crl list = get("root.crl").value();
  EXPECT_EQ(list.info().entries, 1U);
  EXPECT_TRUE(list.signed_by(pki.certificate("root")));
  EXPECT_EQ(get("issuing.crl")->info().entries, 0U);
}

TEST_P(Lists, OtherNamesAreNotThere) {
  for (const char* name : {"", ".crl", "issuing", "citizen.crl", "../issuing.crl", "issuing_delta_delta.crl", "gost2015/none.crl"})
    EXPECT_EQ(pki.service->list(name).status, 404U) << name;
  for (const char* name : {"", "issuing", "../trusted/root.cer", "none.cer"})
    EXPECT_EQ(pki.service->certificate(name).status, 404U) << name;
  EXPECT_EQ(pki.service->certificate("issuing.cer").octets, pki.certificate("issuing").der());
  EXPECT_EQ(pki.service->certificate("citizen.crt").octets, pki.certificate("citizen").der());
}

TEST_P(Lists, RootsAndStrangersCannotBeTold) {
  EXPECT_EQ(pki.service->set("root", telling(behaviour::revoked)).error().code, problems::pki_status);
  EXPECT_EQ(pki.service->set("nobody", telling(behaviour::revoked)).error().code, problems::pki_unknown_certificate);
}

TEST_P(Lists, ACertificateIsFoundByNameAndByNumberInEitherNotation) {
  const crypto::certificate citizen = pki.certificate("citizen");
  const auto& info = citizen.info();
  std::string colons;
  for (std::size_t i = 0; i < info.serial_hex.size(); ++i) colons += (i % 2 == 0 && i != 0 ? ":" : "") + info.serial_hex.substr(i, 1);
  for (const std::string& word : {std::string("citizen"), info.serial_hex, info.serial_decimal, colons, "00" + info.serial_hex}) {
    const auto found = pki.service->standing_of(word);
    ASSERT_TRUE(found) << word;
    EXPECT_EQ(found->who.name, "citizen");
  }
  EXPECT_EQ(pki.service->standings()->size(), 6U);
}

INSTANTIATE_TEST_SUITE_P(All, Lists, ::testing::Values(family::rsa, family::gost2015, family::gost2004),
                         [](const auto& one) { return std::string(name_of(one.param)); });

}  // namespace
}  // namespace shep::test_pki
