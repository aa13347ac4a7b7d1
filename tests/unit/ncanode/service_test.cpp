#include "core/bytes.hpp"
#include "ncanode/ncanode.hpp"
#include "ncanode/workers.hpp"
#include "revocation/problems.hpp"
#include "tests/support/pki.hpp"

#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json.hpp>
#include <gtest/gtest.h>

/// The service without sockets: requests in, answers out, with a network that says what a test wants.
namespace shep::ncanode {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using revocation::chain_status;
using revocation::mode;
using test::test_now;

/// What the fake network answers, and what it was asked.
struct fake_network {
  std::function<chain_status(const std::vector<crypto::certificate>&, mode)> says;
  std::vector<std::pair<std::size_t, mode>> asked;  ///< length of the path, and how
};

asio::awaitable<chain_status> answer(fake_network& fake, std::vector<crypto::certificate> path, mode how) {
  fake.asked.emplace_back(path.size(), how);
  co_return fake.says(path, how);
}

/// Lets whatever else is ready run before it answers.
asio::awaitable<chain_status> answer_slowly(fake_network& fake, std::vector<crypto::certificate> path, mode how, std::size_t& open,
                                            std::size_t& most_open) {
  fake.asked.emplace_back(path.size(), how);
  most_open = std::max(most_open, ++open);
  for (int turn = 0; turn < 8; ++turn) co_await asio::post(asio::use_awaitable);
  --open;
  co_return fake.says(path, how);
}

asio::awaitable<result<std::string>> dead_authority() { co_return problem(problems::revocation_unavailable, "nobody answers"); }

revocation::finding finding_of(revocation::state what) {
  revocation::finding f;
  f.what = what;
  return f;
}

class Service : public ::testing::Test {
 protected:
  Service() {
    world_->trust = std::make_shared<crypto::trust_store>(crypto::trust_store::contents{{test::test_root().certificate}, {}, {}});
    world_->policy.compat = true;
  }

  json::object ask(std::string_view path, const json::value& body, unsigned status = 200, std::string_view method = "POST") {
    const http::response r =
        send(http::make_request(method, path, {{"Content-Type", "application/json"}, {"Host", "localhost"}}, json::serialize(body)));
    EXPECT_EQ(r.status, status) << (r.body ? *r.body : "");
    return json::parse(*r.body).as_object();
  }

  http::response send(http::request r) {
    const http::handler handler =
        make_handler({[this] { return world_; }, time_, ids_, pool_, [this] { return draining_; }, open_, hosts_});
    asio::io_context context;
    const auto busy = asio::make_work_guard(context);
    auto done = asio::co_spawn(context, handler(std::move(r)), asio::use_future);
    while (done.wait_for(std::chrono::seconds(0)) != std::future_status::ready) context.run_one();
    return done.get();
  }

  void let_network_say(std::function<chain_status(const std::vector<crypto::certificate>&, mode)> says) {
    fake_.says = std::move(says);
    world_->ask.revocation = [this](std::vector<crypto::certificate> path, mode how, time_point) {
      return answer(fake_, std::move(path), how);
    };
  }

  /// /x509/info about one certificate.
  json::object info(const crypto::certificate& c, json::array check) {
    return ask("/x509/info", {{"certs", {to_base64(c.der())}}, {"revocationCheck", std::move(check)}});
  }

  static crypto::certificate leaf(const crypto::issuer& by = test::test_root(), const std::string& name = "TEST LEAF", bool is_ca = false) {
    crypto::certificate_request r;
    r.common_name = name;
    r.is_ca = is_ca;
    r.not_before = test_now - std::chrono::hours(24) - test_now.time_since_epoch() % std::chrono::seconds(1);
    r.not_after = r.not_before + std::chrono::hours(24 * 30);
    const auto& key = test::rsa_key(test::key_name::signer);
    return crypto::issue(r, key.public_key(), &by, key).value();
  }

  std::shared_ptr<grounds> world_ = std::make_shared<grounds>();
  fake_network fake_;
  manual_clock time_{test_now};
  ids ids_{7};
  workers pool_{1};
  bool draining_ = false, open_ = false;
  std::vector<std::string> hosts_;
};

json::object first_revocation(const json::object& told) {
  return told.at("signers").as_array().at(0).at("revocations").as_array().at(0).as_object();
}

TEST_F(Service, IsValidWhenTheSourceSaysGood) {
  let_network_say([](const auto&, mode) { return chain_status{finding_of(revocation::state::good)}; });
  const auto told = info(leaf(), {"OCSP"});
  EXPECT_EQ(told.at("valid"), true);
  EXPECT_EQ(first_revocation(told), (json::object{{"revoked", false}, {"by", "OCSP"}, {"revocationTime", nullptr}, {"reason", "OK"}}));
  EXPECT_EQ(fake_.asked, (std::vector<std::pair<std::size_t, mode>>{{2, mode::ocsp}}));
}

TEST_F(Service, TellsWhenAndWhyACertificateWasRevoked) {
  let_network_say([](const auto&, mode) {
    revocation::finding f = finding_of(revocation::state::revoked);
    f.revoked_at = test_now - std::chrono::hours(1);
    f.why = revocation::reason::key_compromise;
    return chain_status{f};
  });
  const auto told = info(leaf(), {"CRL"});
  EXPECT_EQ(told.at("valid"), false);
  EXPECT_EQ(
      first_revocation(told),
      (json::object{{"revoked", true}, {"by", "CRL"}, {"revocationTime", "2030-01-02T02:04:05.000+00:00"}, {"reason", "keyCompromise"}}));
  EXPECT_EQ(told.at("shepsim").at("subIndication"), "REVOKED");
  EXPECT_EQ(told.at("shepsim").at("indication"), "TOTAL_FAILED");
}

TEST_F(Service, C09NeitherSilenceNorUnknownReadsAsGoodOrRevoked) {
  const std::vector<result<revocation::finding>> undecided{problem(problems::ocsp_signature, "the answer is signed by somebody else"),
                                                           finding_of(revocation::state::unknown)};
  for (const auto& status : undecided) {
    let_network_say([&](const auto&, mode) { return chain_status{status}; });
    const auto told = info(leaf(), {"OCSP"});
    EXPECT_EQ(told.at("valid"), false);
    EXPECT_EQ(first_revocation(told).at("revoked"), false);
    EXPECT_NE(first_revocation(told).at("reason"), "OK");
    EXPECT_EQ(told.at("shepsim").at("indication"), "INDETERMINATE");
    EXPECT_EQ(told.at("shepsim").at("subIndication"), "TRY_LATER");
  }
}

TEST_F(Service, CountsARevokedIssuerAgainstItsCertificates) {
  const crypto::issuer middle{leaf(test::test_root(), "TEST MIDDLE", true), test::rsa_key(test::key_name::signer)};
  world_->trust =
      std::make_shared<crypto::trust_store>(crypto::trust_store::contents{{test::test_root().certificate}, {middle.certificate}, {}});
  let_network_say([](const auto& path, mode) {
    const bool about_middle = path.front().info().common_name == "TEST MIDDLE";
    return chain_status{finding_of(about_middle ? revocation::state::on_hold : revocation::state::good)};
  });
  const auto told = info(leaf(middle), {"OCSP"});
  EXPECT_EQ(told.at("valid"), false);
  EXPECT_EQ(first_revocation(told).at("revoked"), true);
  EXPECT_EQ(first_revocation(told).at("reason"), "an issuing authority: certificateHold");
  EXPECT_EQ(fake_.asked, (std::vector<std::pair<std::size_t, mode>>{{2, mode::ocsp}, {2, mode::best_effort}}));
}

TEST_F(Service, AsksNobodyAboutACertificateWithoutChain) {
  let_network_say([](const auto&, mode) { return chain_status{finding_of(revocation::state::good)}; });
  const auto told = info(leaf(test::foreign_root()), {"OCSP", "CRL"});
  EXPECT_EQ(told.at("valid"), false);
  EXPECT_TRUE(fake_.asked.empty());
  EXPECT_EQ(first_revocation(told).at("revoked"), false);
}

TEST_F(Service, C08_AsksOnceAboutEqualChainsAndAboutAllAtTheSameTime) {
  std::size_t open = 0, most_open = 0;
  let_network_say([](const auto&, mode) { return chain_status{finding_of(revocation::state::good)}; });
  world_->ask.revocation = [&](std::vector<crypto::certificate> path, mode how, time_point) {
    return answer_slowly(fake_, std::move(path), how, open, most_open);
  };
  const std::string one = to_base64(leaf().der()), another = to_base64(leaf(test::test_root(), "TEST ANOTHER").der());
  json::array certs(31, json::value(one));
  certs.emplace_back(another);
  const auto told = ask("/x509/info", {{"certs", std::move(certs)}, {"revocationCheck", {"OCSP", "CRL"}}});
  EXPECT_EQ(told.at("valid"), true) << json::serialize(told.at("shepsim"));
  EXPECT_EQ(told.at("signers").as_array().size(), 32U);
  EXPECT_EQ(fake_.asked.size(), 4U);
  EXPECT_EQ(most_open, 4U);
}

TEST_F(Service, KnowsNothingWithoutANetwork) {
  const auto told = info(leaf(), {"OCSP"});
  EXPECT_EQ(told.at("valid"), false);
  EXPECT_EQ(first_revocation(told).at("reason"), "nobody is configured to be asked");
}

TEST_F(Service, SaysWhenNoTimeStampCanBeHad) {
  const std::string p12 = test::file_text(SHEPSIM_SOURCE_DIR "/certs/keys/citizen.p12");
  std::string password = test::file_text(SHEPSIM_SOURCE_DIR "/certs/keys/password");
  password.erase(password.find_last_not_of("\r\n") + 1);
  const json::value body{
      {"data", "AAEC"}, {"withTsp", true}, {"signers", json::array{json::object{{"key", to_base64(p12)}, {"password", password}}}}};
  EXPECT_EQ(ask("/cms/sign", body, 501).at("shepsim").at("code"), "ncanode.no_time_stamps");
  world_->ask.time_stamp = [](std::string) { return dead_authority(); };
  EXPECT_EQ(ask("/cms/sign", body, 502).at("shepsim").at("code"), "ncanode.time_stamp");
}

TEST_F(Service, IsOutOfServiceWhileItStops) {
  draining_ = true;
  const http::response r = send(http::make_request("GET", "/actuator/health", {{"Host", "localhost"}}, {}));
  EXPECT_EQ(r.status, 503U);
  EXPECT_EQ(*r.body, R"({"status":"OUT_OF_SERVICE"})");
}

TEST_F(Service, A02AnswersKnownHostsOnly) {
  const auto status = [&](std::string host, std::string origin) {
    std::vector<http::named_value> headers{{"Host", std::move(host)}};
    if (!origin.empty()) headers.push_back({"Origin", std::move(origin)});
    return send(http::make_request("GET", "/", headers, {})).status;
  };
  EXPECT_EQ(status("localhost:14579", ""), 200U);
  EXPECT_EQ(status("LOCALHOST", "http://localhost"), 200U);
  EXPECT_EQ(status("[::1]:14579", ""), 200U);
  EXPECT_EQ(status("evil.example", ""), 403U);
  EXPECT_EQ(status("localhost.evil.example", ""), 403U);
  EXPECT_EQ(status("localhost", "http://evil.example"), 403U);
  EXPECT_EQ(status("localhost", "null"), 403U);
  EXPECT_EQ(status("ncanode:14579", ""), 403U);
  open_ = true;
  hosts_ = {"sign.example"};
  EXPECT_EQ(status("ncanode:14579", ""), 200U);
  EXPECT_EQ(status("192.0.2.7:14579", ""), 200U);
  EXPECT_EQ(status("sign.example", "https://sign.example"), 200U);
  EXPECT_EQ(status("evil.example", ""), 403U);
  EXPECT_EQ(status("192.0.2.7.evil.example", ""), 403U);
}

TEST_F(Service, AnswersFramingRefusalsInItsShape) {
  http::framing_problem p;
  p.what = problem(http::problems::body_too_large, "more than 10 MiB");
  p.status = 413;
  const auto told = json::parse(*refuse(p).body).as_object();
  EXPECT_EQ(told.at("status"), 413);
  EXPECT_EQ(told.at("message"), "more than 10 MiB");
}

TEST_F(Service, RunsWorkThatThrowsIntoAnException) {
  asio::io_context context;
  const auto busy = asio::make_work_guard(context);
  std::function<void()> bug = [] { throw std::runtime_error("bug"); };
  auto done = asio::co_spawn(context, pool_.run(std::move(bug)), asio::use_future);
  while (done.wait_for(std::chrono::seconds(0)) != std::future_status::ready) context.run_one();
  EXPECT_THROW(done.get(), std::runtime_error);
}

}  // namespace
}  // namespace shep::ncanode
