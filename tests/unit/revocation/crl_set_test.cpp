#include "revocation/crl_set.hpp"

#include "unit/revocation/support.hpp"

namespace shep::revocation::test {
namespace {

crl_set set_of(const std::vector<crl_content>& contents) {
  crl_set set;
  for (const crl_content& c : contents) set = set.with(list_of(c), authority().certificate, "list " + std::to_string(*c.number)).value();
  return set;
}

result<finding> ask(const crl_set& set, const std::string& serial, time_point at = test_now, const crl_rules& rules = {}) {
  return set.look_up(leaf(serial), authority().certificate, at, rules);
}

TEST(CrlSet, C06_TellsGoodRevokedAndOnHold) {
  crl_content c = content();
  c.entries.push_back({"\x0C", test_now - 1h, reason::certificate_hold});
  const crl_set set = set_of({c});
  const finding good = ask(set, "\x0A").value();
  EXPECT_EQ(good.what, state::good);
  EXPECT_EQ(good.by, evidence::crl);
  EXPECT_FALSE(good.revoked_at);
  EXPECT_EQ(good.this_update, c.this_update);
  EXPECT_EQ(good.next_update, c.next_update);
  EXPECT_EQ(good.source, "list 7");
  EXPECT_FALSE(good.in_grace);
  const finding revoked = ask(set, "\x0B").value();
  EXPECT_EQ(revoked.what, state::revoked);
  EXPECT_EQ(revoked.revoked_at, test_now - 48h);
  EXPECT_EQ(revoked.why, reason::key_compromise);
  EXPECT_FALSE(stands_against(revoked, test_now - 49h));
  EXPECT_TRUE(stands_against(revoked, test_now - 47h));
  EXPECT_EQ(ask(set, "\x0C")->what, state::on_hold);
}

TEST(CrlSet, C07_AnOldListLeavesItUndecidedUnlessAGraceSaysOtherwise) {
  const crl_set set = set_of({content()});
  EXPECT_TRUE(ask(set, "\x0A", test_now + 24h));
  SHEP_EXPECT_PROBLEM(ask(set, "\x0A", test_now + 24h + 1s), problems::crl_stale);
  SHEP_EXPECT_PROBLEM(ask(set, "\x0B", test_now + 24h + 1s), problems::crl_stale);
  crl_rules rules;
  rules.grace = 2h;
  const auto in_grace = ask(set, "\x0A", test_now + 26h, rules);
  ASSERT_TRUE(in_grace);
  EXPECT_TRUE(in_grace->in_grace);
  EXPECT_FALSE(ask(set, "\x0A", test_now + 24h, rules)->in_grace);
  SHEP_EXPECT_PROBLEM(ask(set, "\x0A", test_now + 26h + 1s, rules), problems::crl_stale);
}

TEST(CrlSet, C07_AListWithoutNextUpdateCountsForTheConfiguredAge) {
  crl_content c = content();
  c.next_update.reset();
  crl_rules rules;
  rules.max_age = 3h;
  EXPECT_TRUE(ask(set_of({c}), "\x0A", c.this_update + 3h, rules));
  SHEP_EXPECT_PROBLEM(ask(set_of({c}), "\x0A", c.this_update + 3h + 1s, rules), problems::crl_stale);
}

TEST(CrlSet, C07_AListFromTheFutureIsRefused) {
  const crl_set set = set_of({content()});
  const crl_rules rules;
  EXPECT_TRUE(ask(set, "\x0A", content().this_update - rules.skew));
  SHEP_EXPECT_PROBLEM(ask(set, "\x0A", content().this_update - rules.skew - 1s), problems::crl_not_yet_valid);
}

TEST(CrlSet, C07_WithoutAListNothingIsDecided) {
  SHEP_EXPECT_PROBLEM(ask({}, "\x0A"), problems::crl_missing);
  const crl_set others = crl_set().with(list_of(content(), stranger()), stranger().certificate, "").value();
  SHEP_EXPECT_PROBLEM(ask(others, "\x0A"), problems::crl_missing);
  const crl_set same_name = crl_set().with(list_of(content(), impostor()), impostor().certificate, "").value();
  SHEP_EXPECT_PROBLEM(ask(same_name, "\x0A"), problems::crl_missing);
  SHEP_EXPECT_PROBLEM(set_of({content()}).look_up(leaf(), stranger().certificate, test_now), problems::crl_issuer);
}

TEST(CrlSet, C07_AListThatIsNotSignedByItsAuthorityIsNotTakenIn) {
  const crl forged = list_of(content(), crypto::identity{impostor().key, authority().certificate, {}});
  const crl_set before = set_of({content()});
  SHEP_EXPECT_PROBLEM(before.with(forged, authority().certificate, ""), problems::crl_signature);
  EXPECT_EQ(before.all().size(), 1U);
}

TEST(CrlSet, C07_AnOlderListNeverReplacesANewerOne) {
  crl_content newer = content();
  newer.number = 8;
  newer.this_update += 1min;
  newer.entries.push_back({"\x0A", test_now - 30min});
  EXPECT_EQ(ask(set_of({newer, content()}), "\x0A")->what, state::revoked);
  EXPECT_EQ(ask(set_of({content(), newer}), "\x0A")->what, state::revoked);
  EXPECT_EQ(set_of({content(), newer}).all().size(), 1U);
}

crl_content delta(std::uint64_t number, std::uint64_t base) {
  crl_content c = content();
  c.number = number;
  c.base_number = base;
  c.entries.clear();
  return c;
}

TEST(CrlSet, C06_ADeltaAddsAndLiftsWhatTheCompleteListSays) {
  crl_content complete = content();
  complete.entries.push_back({"\x0C", test_now - 5h, reason::certificate_hold});
  complete.entries.push_back({"\x0D", test_now - 5h, reason::certificate_hold});
  crl_content d = delta(8, 6);
  d.entries = {{"\x0A", test_now - 1h, reason::superseded},
               {"\x0B", test_now - 1h, reason::remove_from_crl},
               {"\x0C", test_now - 1h, reason::remove_from_crl},
               {"\x0D", test_now - 1h, reason::key_compromise}};
  const crl_set set = set_of({complete, d});
  EXPECT_EQ(ask(set, "\x0A")->what, state::revoked);
  EXPECT_EQ(ask(set, "\x0A")->source, "list 7 + list 8");
  EXPECT_EQ(ask(set, "\x0B")->what, state::revoked) << "a revocation for good is not taken back";
  EXPECT_EQ(ask(set, "\x0C")->what, state::good);
  EXPECT_FALSE(ask(set, "\x0C")->revoked_at);
  EXPECT_EQ(ask(set, "\x0D")->what, state::revoked);
  EXPECT_EQ(ask(set, "\x0D")->why, reason::key_compromise);
  EXPECT_EQ(ask(set, "\x0E")->what, state::good);
}

TEST(CrlSet, C07_ADeltaThatDoesNotFitIsNotUsed) {
  crl_rules required;
  required.delta_required = true;
  SHEP_EXPECT_PROBLEM(ask(set_of({content()}), "\x0A", test_now, required), problems::crl_missing);
  crl_content base_is_newer = delta(9, 8);
  EXPECT_EQ(ask(set_of({content(), base_is_newer}), "\x0A")->what, state::good);
  SHEP_EXPECT_PROBLEM(ask(set_of({content(), base_is_newer}), "\x0A", test_now, required), problems::crl_missing);
  crl_content not_newer = delta(7, 6);
  not_newer.entries = {{"\x0A", test_now - 1h, reason::certificate_hold}};
  EXPECT_EQ(ask(set_of({content(), not_newer}), "\x0A")->what, state::good) << "the complete list ended the hold";
  crl_content old = delta(8, 7);
  old.next_update = test_now - 1s;
  EXPECT_EQ(ask(set_of({content(), old}), "\x0A")->what, state::good);
  SHEP_EXPECT_PROBLEM(ask(set_of({content(), old}), "\x0A", test_now, required), problems::crl_stale);
  crl_content fits = delta(8, 7);
  fits.entries = {{"\x0A", test_now - 1h}};
  EXPECT_EQ(ask(set_of({content(), fits}), "\x0A", test_now, required)->what, state::revoked);
  SHEP_EXPECT_PROBLEM(ask(set_of({fits}), "\x0C"), problems::crl_missing);
}

TEST(CrlSet, C06_ARevocationStandsWhateverHindersTheDeltaThatTellsIt) {
  crl_content base_is_newer = delta(9, 8), not_newer = delta(7, 6), old = delta(8, 7), other_scope = delta(8, 7);
  old.next_update = test_now - 1s;
  other_scope.covers = crl::scope::users;
  for (crl_content d : {base_is_newer, not_newer, old, other_scope}) {
    d.entries = {{"\x0A", test_now - 1h, reason::key_compromise}, {"\x0B", test_now - 1h, reason::remove_from_crl}};
    const crl_set set = set_of({content(), d});
    const finding revoked = ask(set, "\x0A").value();
    EXPECT_EQ(revoked.what, state::revoked);
    EXPECT_EQ(revoked.revoked_at, test_now - 1h);
    EXPECT_EQ(revoked.why, reason::key_compromise);
    EXPECT_EQ(revoked.source, "list " + std::to_string(*d.number));
    EXPECT_EQ(ask(set, "\x0B")->what, state::revoked) << "a removal needs a delta that fits";
    EXPECT_EQ(ask(set, "\x0C")->what, state::good);
  }
  for (crl_content d : {base_is_newer, old}) {
    d.entries = {{"\x0A", test_now - 1h, reason::certificate_hold}};
    EXPECT_EQ(ask(set_of({content(), d}), "\x0A")->what, state::on_hold) << "nothing newer has ended it";
  }
}

TEST(CrlSet, C07_ADeltaOfAnotherScopeIsNotCombined) {
  crl_content d = delta(8, 7);
  d.covers = crl::scope::authorities;
  d.entries = {{"\x0A", test_now - 1h}};
  EXPECT_EQ(ask(set_of({content(), d}), "\x0A")->what, state::good);
}

TEST(CrlSet, C07_AListSpeaksOnlyAboutWhatItsDistributionPointSays) {
  const auto only = [](crl::scope s) {
    crl_content c = content();
    c.covers = s;
    return set_of({c});
  };
  EXPECT_TRUE(ask(only(crl::scope::users), "\x0A"));
  SHEP_EXPECT_PROBLEM(ask(only(crl::scope::authorities), "\x0A"), problems::crl_scope);
  SHEP_EXPECT_PROBLEM(ask(only(crl::scope::attributes), "\x0A"), problems::crl_scope);
  const auto sub_authority = leaf("\x0A", {}, true);
  EXPECT_TRUE(only(crl::scope::authorities).look_up(sub_authority, authority().certificate, test_now));
  SHEP_EXPECT_PROBLEM(only(crl::scope::users).look_up(sub_authority, authority().certificate, test_now), problems::crl_scope);

  crl_content c = content();
  c.distribution_points = {"http://crl.example/part1.crl", "http://crl.example/other-name.crl"};
  const crl_set part = set_of({c});
  EXPECT_TRUE(part.look_up(leaf("\x0A", "http://crl.example/part1.crl"), authority().certificate, test_now));
  SHEP_EXPECT_PROBLEM(part.look_up(leaf("\x0A", "http://crl.example/part2.crl"), authority().certificate, test_now), problems::crl_scope);
  SHEP_EXPECT_PROBLEM(ask(part, "\x0A"), problems::crl_scope);
}

/// issuingDistributionPoint with any DistributionPointName.
crl_set set_of_part(const std::string& point_name) {
  using namespace crypto::asn1;
  crl_content c = content();
  c.more_extensions = write_extension("2.5.29.28", true, write(tags::sequence, write(tags::context(0, true), point_name)));
  return set_of({c});
}

TEST(CrlSet, C07_AListOfAPartThatIsNotNamedByAUriSpeaksAboutNobody) {
  using namespace crypto::asn1;
  const std::string name = write(tags::context(4, true), authority().certificate.info().subject_der);
  const std::string overlong = write(tags::context(6, false), "http://crl.example/" + std::string(2000, 'x'));
  const std::string relative =
      write(tags::context(1, true), write(tags::sequence, write_oid("2.5.4.3") + write(tags::utf8_string, "part 1")));
  for (const std::string& point : {write(tags::context(0, true), name), write(tags::context(0, true), overlong), relative}) {
    const crl_set part = set_of_part(point);
    SHEP_EXPECT_PROBLEM(ask(part, "\x0A"), problems::crl_scope);
    SHEP_EXPECT_PROBLEM(part.look_up(leaf("\x0A", "http://crl.example/part1.crl"), authority().certificate, test_now), problems::crl_scope);
  }
}

TEST(CrlSet, C06_OfTwoListsForOneCertificateTheHarsherCounts) {
  crl_content users = content();
  users.covers = crl::scope::users;
  users.entries = {{"\x0A", test_now - 1h}};
  EXPECT_EQ(ask(set_of({content(), users}), "\x0A")->what, state::revoked);
  EXPECT_EQ(ask(set_of({users, content()}), "\x0A")->what, state::revoked);
  users.next_update = test_now - 1s;
  EXPECT_EQ(ask(set_of({users, content()}), "\x0A")->what, state::good) << "the old one decides nothing";
  EXPECT_EQ(ask(set_of({content(), users}), "\x0A")->what, state::good);
}

TEST(CrlSet, C01_C07_AbsenceOfAnExpiredCertificateProvesNothing) {
  auto r = request_for("TEST HOLDER");
  r.serial = "\x0A";
  r.not_after = test_now - 24h;
  const crypto::certificate expired = issued(r, key_name::signer, &authority());
  SHEP_EXPECT_PROBLEM(set_of({content()}).look_up(expired, authority().certificate, test_now), problems::crl_scope);
  crl_content keeps = content();
  keeps.more_extensions = write_extension("2.5.29.60", false, crypto::asn1::write_generalized_time(test_now - 48h));
  EXPECT_EQ(set_of({keeps}).look_up(expired, authority().certificate, test_now)->what, state::good);
  keeps.more_extensions = write_extension("2.5.29.60", false, crypto::asn1::write_generalized_time(test_now - 23h));
  SHEP_EXPECT_PROBLEM(set_of({keeps}).look_up(expired, authority().certificate, test_now), problems::crl_scope);
  crl_content lists = content();
  lists.entries = {{"\x0A", test_now - 48h}};
  EXPECT_EQ(set_of({lists}).look_up(expired, authority().certificate, test_now)->what, state::revoked);
}

}  // namespace
}  // namespace shep::revocation::test
