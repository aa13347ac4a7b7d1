// Revocation lists over HTTP: downloaded once, kept, refreshed, and never believed when they are broken.
#include "unit/pki_client/upstream.hpp"

namespace shep::pki::test {
namespace {

using revocation::crl_content;

std::string list(const crl_content& c, const crypto::identity& by = authority()) { return revocation::write_crl(c, by).value(); }

struct Lists : ::testing::Test {
  settings at(std::vector<std::string> urls) {
    settings s;
    for (std::string& url : urls) s.crl.push_back({std::move(url)});
    return s;
  }
  result<finding> ask(const client& c, const std::string& serial = "\x0A", time_point when = test_now) {
    question q = about(leaf(serial), mode::crl);
    q.at = when;
    return run.ask(c, q);
  }
  upstream server;
  runner run;
};

TEST_F(Lists, C06_GoodAndRevokedComeThrough) {
  server.answer("/a.crl", list(content()));
  const client c = made(at({server.url("/a.crl")}));
  const auto good = ask(c);
  ASSERT_TRUE(good) << describe(good.error());
  EXPECT_EQ(good->what, state::good);
  EXPECT_EQ(good->by, revocation::evidence::crl);
  EXPECT_EQ(good->source, server.url("/a.crl"));
  EXPECT_EQ(ask(c, "\x0B")->what, state::revoked);
  EXPECT_EQ(server.asked("/a.crl"), 1) << "the second question is answered from what is at hand";
  EXPECT_EQ(server.last().method, "GET");
  EXPECT_EQ(c.lists()->all().size(), 1U);
}

TEST_F(Lists, C07_ManyQuestionsShareOneDownload) {
  server.answer("/a.crl", list(content()));
  const client c = made(at({server.url("/a.crl")}));
  const auto all = run.ask_together(c, about(leaf("\x0B"), mode::crl), 50);
  for (const auto& one : all) {
    ASSERT_TRUE(one) << describe(one.error());
    EXPECT_EQ(one->what, state::revoked);
  }
  EXPECT_EQ(server.asked("/a.crl"), 1);
}

TEST_F(Lists, C07_BrokenListsAreRefusedForWhatTheyAre) {
  server.answer("/garbage", "<html>");
  SHEP_EXPECT_PROBLEM(ask(made(at({server.url("/garbage")}))), problems::crl_format);
  server.answer("/empty", "");
  SHEP_EXPECT_PROBLEM(ask(made(at({server.url("/empty")}))), problems::crl_format);
  const std::string whole = list(content());
  server.answer("/cut", whole.substr(0, whole.size() - 1));
  SHEP_EXPECT_PROBLEM(ask(made(at({server.url("/cut")}))), problems::crl_format);
  server.answer("/forged", list(content(), {impostor().key, authority().certificate, {}}));
  SHEP_EXPECT_PROBLEM(ask(made(at({server.url("/forged")}))), problems::crl_signature);
  server.answer("/other", list(content(), stranger()));
  SHEP_EXPECT_PROBLEM(ask(made(at({server.url("/other")}))), problems::crl_issuer);
  SHEP_EXPECT_PROBLEM(ask(made(at({server.url("/404")}))), problems::revocation_unavailable);
  SHEP_EXPECT_PROBLEM(ask(made(at({closed_url()}))), problems::revocation_unavailable);
  SHEP_EXPECT_PROBLEM(ask(made(at({}))), problems::revocation_unavailable);
  settings small = at({server.url("/a.crl")});
  server.answer("/a.crl", whole);
  small.crl_limits.octets = whole.size() - 1;
  SHEP_EXPECT_PROBLEM(ask(made(small)), problems::revocation_unavailable);
}

TEST_F(Lists, C07_AListOutOfDateIsAskedForAgainAndLeavesItUndecided) {
  crl_content c = content();
  server.answer("/a.crl", list(c));
  settings s = at({server.url("/a.crl")});
  s.crl_retry = 0s;
  const client user = made(s);
  EXPECT_TRUE(ask(user));
  SHEP_EXPECT_PROBLEM(ask(user, "\x0A", test_now + 25h), problems::crl_stale);
  EXPECT_EQ(server.asked("/a.crl"), 2);
  c.this_update = test_now + 24h;
  c.next_update = test_now + 48h;
  c.number = 8;
  c.entries = {{"\x0A", test_now + 23h}};
  server.answer("/a.crl", list(c));
  EXPECT_EQ(ask(user, "\x0A", test_now + 25h)->what, state::revoked);
}

TEST_F(Lists, C09_TheGraceAcceptsAnOldListWhileTheServerIsDown) {
  server.answer("/a.crl", list(content()));
  settings s = at({server.url("/a.crl")});
  s.crl_retry = 0s;
  s.crl_rules.grace = 12h;
  const client lenient = made(s);
  s.crl_rules.grace = 0s;
  const client strict = made(s);
  EXPECT_TRUE(ask(lenient));
  EXPECT_TRUE(ask(strict));
  server.answer("/a.crl", [](const http::request&) { return answer_of("", 503); });
  const auto in_grace = ask(lenient, "\x0A", test_now + 30h);
  ASSERT_TRUE(in_grace) << describe(in_grace.error());
  EXPECT_TRUE(in_grace->in_grace);
  SHEP_EXPECT_PROBLEM(ask(lenient, "\x0A", test_now + 37h), problems::crl_stale);
  const auto undecided = ask(strict, "\x0A", test_now + 30h);
  SHEP_EXPECT_PROBLEM(undecided, problems::crl_stale);
  EXPECT_NE(undecided.error().detail.find("503"), std::string::npos) << "why no newer one came: " << undecided.error().detail;
}

TEST_F(Lists, C07_ARefreshThatIsDueIsNotWaitedFor) {
  server.answer("/a.crl", list(content()));
  settings s = at({server.url("/a.crl")});
  s.crl_retry = 0s;
  const client user = made(s);
  EXPECT_TRUE(ask(user));
  crl_content newer = content();
  newer.number = 8;
  newer.this_update += 1min;
  newer.next_update = test_now + 48h;
  newer.entries = {{"\x0A", test_now - 1h}};
  server.answer("/a.crl", list(newer));
  const auto before = ask(user, "\x0A", test_now + 24h - 1min);
  ASSERT_TRUE(before);
  EXPECT_EQ(before->what, state::good) << "the list at hand still counts";
  const auto until = std::chrono::steady_clock::now() + 30s;
  while (user.lists()->all()[0].list.info().number != "\x08" && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  EXPECT_EQ(ask(user, "\x0A", test_now + 24h - 1min)->what, state::revoked);
  EXPECT_EQ(server.asked("/a.crl"), 2);
}

TEST_F(Lists, C07_AFailedDownloadIsNotTriedAgainAtOnce) {
  const client c = made(at({server.url("/a.crl")}));
  SHEP_EXPECT_PROBLEM(ask(c), problems::revocation_unavailable);
  server.answer("/a.crl", list(content()));
  SHEP_EXPECT_PROBLEM(ask(c), problems::revocation_unavailable);
  EXPECT_EQ(server.asked("/a.crl"), 1);
}

TEST_F(Lists, C07_SeveralAddressesStandForEachOther) {
  server.answer("/a.crl", list(content()));
  EXPECT_TRUE(ask(made(at({closed_url(), server.url("/404"), server.url("/a.crl")}))));
  SHEP_EXPECT_PROBLEM(ask(made(at({closed_url(), server.url("/404")}))), problems::try_later);
}

TEST_F(Lists, C06_ADeltaListIsCombinedWithTheCompleteOne) {
  crl_content complete = content();
  complete.entries.push_back({"\x0C", test_now - 3h, revocation::reason::certificate_hold});
  crl_content delta = content();
  delta.number = 8;
  delta.base_number = 7;
  delta.entries = {{"\x0A", test_now - 1h, revocation::reason::superseded}, {"\x0C", test_now - 1h, revocation::reason::remove_from_crl}};
  server.answer("/a.crl", list(complete));
  server.answer("/d.crl", list(delta));
  settings s = at({server.url("/a.crl")});
  s.delta_crl = {{server.url("/d.crl")}};
  const client c = made(s);
  EXPECT_EQ(ask(c)->what, state::revoked);
  EXPECT_EQ(ask(c, "\x0C")->what, state::good);
  EXPECT_EQ(ask(c, "\x0B")->what, state::revoked);
  EXPECT_EQ(server.asked(), 2);
}

TEST_F(Lists, C07_WithoutItsDeltaTheCompleteListDecidesUnlessOneIsRequired) {
  server.answer("/a.crl", list(content()));
  settings s = at({server.url("/a.crl")});
  s.delta_crl = {{server.url("/404")}};
  EXPECT_EQ(ask(made(s))->what, state::good);
  s.crl_rules.delta_required = true;
  SHEP_EXPECT_PROBLEM(ask(made(s)), problems::revocation_unavailable);
}

TEST_F(Lists, C08_TheListDecidesWhenTheResponderDoesNot) {
  server.answer("/a.crl", list(content()));
  server.answer("/unknown", [](const http::request& r) {
    return answer_of(ocsp_answer(r, [](revocation::ocsp::response_content& c) { c.answers[0].what = state::unknown; }));
  });
  server.answer("/good", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
  const auto with = [&](const std::string& ocsp, bool lists) {
    settings s = lists ? at({server.url("/a.crl")}) : at({});
    s.ocsp = {{ocsp}};
    return run.ask(made(s), about(leaf("\x0B"), mode::best_effort));
  };
  for (const std::string& undecided : {closed_url(), server.url("/404"), server.url("/unknown")}) {
    const auto fallback = with(undecided, true);
    ASSERT_TRUE(fallback) << describe(fallback.error());
    EXPECT_EQ(fallback->by, revocation::evidence::crl);
    EXPECT_EQ(fallback->what, state::revoked);
  }
  EXPECT_EQ(with(server.url("/good"), true)->by, revocation::evidence::ocsp);
  EXPECT_EQ(with(server.url("/unknown"), false)->what, state::unknown);
  const auto neither = with(closed_url(), false);
  SHEP_EXPECT_PROBLEM(neither, problems::try_later);
  EXPECT_NE(neither.error().detail.find("http.unreachable"), std::string::npos) << neither.error().detail;
  EXPECT_NE(neither.error().detail.find("no CRL address"), std::string::npos) << neither.error().detail;
}

TEST_F(Lists, C06_EachCertificateOfAChainIsAskedAbout) {
  auto r = request_for("TEST MIDDLE");
  r.is_ca = true;
  r.serial = "\x0B";
  const crypto::identity middle{rsa_key(key_name::other), issued(r, key_name::other, &authority()), {}};
  r = request_for("TEST LEAF");
  r.serial = "\x21";
  const crypto::certificate end = issued(r, key_name::signer, &middle);
  crl_content of_middle = content();
  of_middle.entries.clear();
  server.answer("/root.crl", list(content()));
  server.answer("/middle.crl", list(of_middle, middle));
  settings s;
  s.crl = {{server.url("/root.crl"), "CN=TEST AUTHORITY,C=KZ"}, {server.url("/middle.crl"), "CN=TEST MIDDLE,C=KZ"}};
  const client c = made(s);
  const auto status = run.gather(c, {end, middle.certificate, authority().certificate}, mode::crl);
  ASSERT_EQ(status.size(), 2U);
  ASSERT_TRUE(status[0] && status[1]);
  EXPECT_EQ(status[0]->what, state::good);
  EXPECT_EQ(status[1]->what, state::revoked);
  EXPECT_TRUE(run.gather(c, {end, middle.certificate, authority().certificate}, mode::none).empty());
  EXPECT_TRUE(run.gather(c, {authority().certificate}, mode::crl).empty());
  EXPECT_TRUE(run.gather(c, {}, mode::crl).empty());
  EXPECT_EQ(server.asked(), 2);
}

}  // namespace
}  // namespace shep::pki::test
