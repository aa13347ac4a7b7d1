// OCSP over HTTP: what a responder may do to us, and what we make of it.
#include "unit/pki_client/upstream.hpp"

namespace shep::pki::test {
namespace {

using revocation::ocsp::response_content;

settings ask_at(std::vector<std::string> urls) {
  settings s;
  for (std::string& url : urls) s.ocsp.push_back({std::move(url)});
  s.ocsp_rules.nonce_required = true;
  return s;
}

struct Ocsp : ::testing::Test {
  result<finding> ask(const client& c, mode how = mode::ocsp) { return run.ask(c, about(leaf(), how)); }
  result<finding> ask_rough(const std::string& octets, rough_upstream::then what, std::size_t piece = 1 << 20) {
    rough_upstream rough(octets, what, piece);
    settings s = ask_at({rough.url()});
    s.within = {1s, 50ms, 2s};
    return ask(made(s));
  }
  /// What comes of an answer that is bent.
  result<finding> bent(const std::function<void(response_content&)>& bend, const crypto::identity& by = responder()) {
    server.answer("/", [bend, &by](const http::request& r) { return answer_of(ocsp_answer(r, bend, by)); });
    return ask(made(ask_at({server.url("/")})));
  }
  upstream server;
  runner run;
};

TEST_F(Ocsp, C08_GoodRevokedAndUnknownComeThrough) {
  const auto good = bent({});
  ASSERT_TRUE(good) << describe(good.error());
  EXPECT_EQ(good->what, state::good);
  EXPECT_EQ(good->by, revocation::evidence::ocsp);
  EXPECT_EQ(good->source, server.url("/"));
  EXPECT_EQ(server.last().method, "POST");
  EXPECT_EQ(server.last().headers.value("Content-Type"), "application/ocsp-request");
  const auto revoked = bent([](response_content& c) {
    c.answers[0].what = state::revoked;
    c.answers[0].revoked_at = test_now - 48h;
    c.answers[0].why = revocation::reason::superseded;
  });
  EXPECT_EQ(revoked->what, state::revoked);
  EXPECT_EQ(revoked->revoked_at, test_now - 48h);
  EXPECT_EQ(revoked->why, revocation::reason::superseded);
  EXPECT_EQ(bent([](response_content& c) { c.answers[0].what = state::unknown; })->what, state::unknown);
}

TEST_F(Ocsp, C08_AnswersThatDoNotCountAreNeitherGoodNorRevoked) {
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.status = revocation::ocsp::response_status::try_later; }), problems::try_later);
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.status = revocation::ocsp::response_status::internal_error; }),
                      problems::ocsp_refused);
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.answers[0].id.serial = "\x0B"; }), problems::ocsp_certificate);
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.nonce = "another"; }), problems::ocsp_nonce);
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.nonce.clear(); }), problems::ocsp_nonce);
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.answers[0].next_update = test_now - 1s; }), problems::ocsp_stale);
  SHEP_EXPECT_PROBLEM(bent([](response_content& c) { c.answers[0].this_update = test_now + 30min; }), problems::ocsp_not_yet_valid);
  SHEP_EXPECT_PROBLEM(bent({}, make_responder([](auto& r) { r.extended_key_usage.clear(); })), problems::ocsp_responder);
  SHEP_EXPECT_PROBLEM(bent({}, make_responder([](auto& r) { r.not_after = test_now - 1s; })), problems::ocsp_responder);
  SHEP_EXPECT_PROBLEM(bent({}, crypto::identity{stranger().key, responder().certificate, {}}), problems::ocsp_signature);
}

TEST_F(Ocsp, C08_GarbageAndLongAnswersAreRefused) {
  server.answer("/garbage", "<html>hello</html>");
  SHEP_EXPECT_PROBLEM(ask(made(ask_at({server.url("/garbage")}))), problems::ocsp_format);
  server.answer("/long", std::string(64 * 1024 + 1, '0'));
  const auto long_one = ask(made(ask_at({server.url("/long")})));
  SHEP_EXPECT_PROBLEM(long_one, problems::revocation_unavailable);
  EXPECT_NE(long_one.error().detail.find("http.response_too_large"), std::string::npos) << long_one.error().detail;
}

TEST_F(Ocsp, C08_RedirectsAreNotFollowedAndErrorsAreNoAnswers) {
  upstream elsewhere;
  elsewhere.answer("/", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
  for (const unsigned status : {301U, 302U, 307U, 308U}) {
    server.answer("/moved", [&, status](const http::request&) {
      http::response out = answer_of("", status);
      out.headers.push_back({"Location", elsewhere.url("/")});
      return out;
    });
    const auto moved = ask(made(ask_at({server.url("/moved")})));
    SHEP_EXPECT_PROBLEM(moved, problems::revocation_unavailable);
    EXPECT_NE(moved.error().detail.find(std::to_string(status)), std::string::npos);
    EXPECT_NE(moved.error().detail.find("not followed"), std::string::npos);
  }
  EXPECT_EQ(elsewhere.asked(), 0);
  for (const unsigned status : {404U, 500U, 503U}) {
    server.answer("/error", [status](const http::request& r) { return answer_of(ocsp_answer(r), status); });
    SHEP_EXPECT_PROBLEM(ask(made(ask_at({server.url("/error")}))), problems::revocation_unavailable);
  }
}

TEST_F(Ocsp, C08_SilenceEndsWithTheDeadline) {
  const auto silent = ask_rough("", rough_upstream::then::silence);
  SHEP_EXPECT_PROBLEM(silent, problems::revocation_unavailable);
  EXPECT_NE(silent.error().detail.find("http.timed_out"), std::string::npos);
  rough_upstream stops("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc", rough_upstream::then::silence);
  settings s = ask_at({stops.url()});
  s.within = {1s, 1s, 60ms};
  const auto stopped = ask(made(s));
  SHEP_EXPECT_PROBLEM(stopped, problems::revocation_unavailable);
  EXPECT_NE(stopped.error().detail.find("http.timed_out"), std::string::npos);
}

TEST_F(Ocsp, C08_AnAnswerOctetByOctetIsAnAnswer) {
  {
    revocation::ocsp::response_content c;
    c.produced_at = test_now;
    revocation::ocsp::response_content::answer a;
    a.id = revocation::ocsp::id_of(leaf(), authority().certificate, crypto::digest_algorithm::sha256);
    a.this_update = test_now;
    c.answers = {a};
    const std::string body = revocation::ocsp::write_response(c, responder()).value();
    const std::string octets = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    rough_upstream slow(octets, rough_upstream::then::close, 1);
    settings s = ask_at({slow.url()});
    s.ocsp_nonce = false;
    const auto good = ask(made(s));
    ASSERT_TRUE(good) << describe(good.error());
    EXPECT_EQ(good->what, state::good);
  }
}

TEST_F(Ocsp, C08_BrokenConnectionsAreNoAnswers) {
  SHEP_EXPECT_PROBLEM(ask(made(ask_at({closed_url()}))), problems::revocation_unavailable);
  SHEP_EXPECT_PROBLEM(ask_rough("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc", rough_upstream::then::close),
                      problems::revocation_unavailable);
  SHEP_EXPECT_PROBLEM(ask_rough("", rough_upstream::then::close), problems::revocation_unavailable);
  SHEP_EXPECT_PROBLEM(ask_rough("SSH-2.0-x\r\n", rough_upstream::then::close), problems::revocation_unavailable);
}

TEST_F(Ocsp, C08_TheNextResponderIsAskedWhenOneDoesNotDecide) {
  server.answer("/unknown", [](const http::request& r) {
    return answer_of(ocsp_answer(r, [](response_content& c) { c.answers[0].what = state::unknown; }));
  });
  server.answer("/good", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
  EXPECT_EQ(ask(made(ask_at({closed_url(), server.url("/404"), server.url("/good")})))->what, state::good);
  EXPECT_EQ(ask(made(ask_at({server.url("/unknown"), server.url("/good")})))->what, state::good);
  EXPECT_EQ(ask(made(ask_at({server.url("/unknown"), server.url("/404")})))->what, state::unknown);
  const auto both = ask(made(ask_at({closed_url(), server.url("/404")})));
  SHEP_EXPECT_PROBLEM(both, problems::try_later);
  EXPECT_NE(both.error().detail.find("http.unreachable"), std::string::npos);
  EXPECT_NE(both.error().detail.find("404"), std::string::npos);
  settings s = ask_at({server.url("/404"), server.url("/good")});
  s.attempts = 1;
  SHEP_EXPECT_PROBLEM(ask(made(s)), problems::revocation_unavailable);
}

TEST_F(Ocsp, C08_AnAnswerIsKeptUntilItsNextUpdate) {
  server.answer("/", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
  const client c = made(ask_at({server.url("/")}));
  EXPECT_TRUE(ask(c));
  EXPECT_TRUE(ask(c));
  EXPECT_EQ(server.asked("/"), 1);
  question later = about(leaf(), mode::ocsp);
  later.at = test_now + 1h + 1s;
  SHEP_EXPECT_PROBLEM(run.ask(c, later), problems::ocsp_stale);
  EXPECT_EQ(server.asked("/"), 2);
  EXPECT_TRUE(run.ask(c, about(leaf("\x0C"), mode::ocsp)));
  EXPECT_EQ(server.asked("/"), 3) << "another certificate, another question";
  settings never = ask_at({server.url("/")});
  never.ocsp_keep = 0s;
  const client forgetful = made(never);
  EXPECT_TRUE(ask(forgetful));
  EXPECT_TRUE(ask(forgetful));
  EXPECT_EQ(server.asked("/"), 5);
}

TEST_F(Ocsp, C08_FailuresAreNotKept) {
  server.answer("/", [](const http::request&) { return answer_of("", 500); });
  const client c = made(ask_at({server.url("/")}));
  SHEP_EXPECT_PROBLEM(ask(c), problems::revocation_unavailable);
  server.answer("/", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
  EXPECT_TRUE(ask(c));
}

TEST_F(Ocsp, NothingIsAskedWithoutAModeOrAnAddress) {
  SHEP_EXPECT_PROBLEM(ask(made({}), mode::none), problems::usage);
  SHEP_EXPECT_PROBLEM(ask(made({})), problems::revocation_unavailable);
  settings s = ask_at({server.url("/")});
  s.ocsp[0].issuer = "CN=Somebody else";
  SHEP_EXPECT_PROBLEM(ask(made(s)), problems::revocation_unavailable);
  server.answer("/", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
  s.ocsp[0].issuer = "C=KZ, CN=TEST AUTHORITY";
  EXPECT_TRUE(ask(made(s)));
}

}  // namespace
}  // namespace shep::pki::test
