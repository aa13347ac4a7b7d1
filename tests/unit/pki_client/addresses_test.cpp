// Which addresses are followed (C10), what the settings may say, and time stamps.
#include "pki_client/address_book.hpp"
#include "unit/pki_client/upstream.hpp"

namespace shep::pki::test {
namespace {

crypto::certificate naming(const std::string& ocsp, const std::string& crl = {}) {
  auto r = request_for("TEST HOLDER");
  r.serial = "\x0A";
  r.ocsp_url = ocsp;
  r.crl_url = crl;
  return issued(r, key_name::signer, &authority());
}

struct Addresses : ::testing::Test {
  Addresses() {
    server.answer("/ocsp", [](const http::request& r) { return answer_of(ocsp_answer(r)); });
    server.answer("/a.crl", revocation::write_crl(content(), authority()).value());
  }
  upstream server;
  runner run;
};

TEST_F(Addresses, C10_AddressesOfAnUnverifiedCertificateAreNeverFollowed) {
  settings s;
  s.allowed_hosts = {server.host()};
  const client c = made(s);
  const crypto::certificate cert = naming(server.url("/ocsp"), server.url("/a.crl"));
  for (const mode how : {mode::ocsp, mode::crl}) SHEP_EXPECT_PROBLEM(run.ask(c, about(cert, how, false)), problems::revocation_url);
  SHEP_EXPECT_PROBLEM(run.ask(c, about(cert, mode::best_effort, false)), problems::try_later);
  EXPECT_EQ(server.asked(), 0);
  for (const mode how : {mode::ocsp, mode::crl}) {
    const auto found = run.ask(c, about(cert, how, true));
    ASSERT_TRUE(found) << describe(found.error());
    EXPECT_EQ(found->what, state::good);
  }
  EXPECT_EQ(server.asked(), 2);
}

TEST_F(Addresses, C10_OnlyAllowedHostsAreFollowed) {
  const crypto::certificate cert = naming(server.url("/ocsp"));
  for (const std::vector<std::string>& hosts : std::vector<std::vector<std::string>>{
           {}, {"127.0.0.1"}, {"localhost:" + std::to_string(server.port())}, {"127.0.0.1:" + std::to_string(server.port() ^ 1)}}) {
    settings s;
    s.allowed_hosts = hosts;
    const auto refused = run.ask(made(s), about(cert, mode::ocsp, true));
    SHEP_EXPECT_PROBLEM(refused, problems::revocation_url);
    EXPECT_NE(refused.error().detail.find(server.host()), std::string::npos) << refused.error().detail;
  }
  EXPECT_EQ(server.asked(), 0);
  settings s;
  s.allowed_hosts = {server.host()};
  EXPECT_TRUE(run.ask(made(s), about(cert, mode::ocsp, true)));
}

TEST_F(Addresses, C10_OtherSchemesAndMetadataAddressesAreRefusedWithAReason) {
  settings s;
  s.allowed_hosts = {"ocsp.example"};
  for (const char* url : {"file:///etc/passwd", "https://ocsp.example/", "ldap://ocsp.example/cn=x", "gopher://ocsp.example/",
                          "http://169.254.169.254/latest/meta-data/", "http://ocsp.example@127.0.0.1/", "http://ocsp.example:8080/",
                          "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://ocsp.example.evil/"}) {
    const auto refused = run.ask(made(s), about(naming(url), mode::ocsp, true));
    SHEP_EXPECT_PROBLEM(refused, problems::revocation_url);
    EXPECT_NE(refused.error().detail.find(url), std::string::npos) << refused.error().detail;
  }
}

TEST_F(Addresses, C10_AnAllowedHostWithoutAPortIsNotReachedOnThisMachine) {
  settings s;
  s.allowed_hosts = {"127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1"};
  for (const char* url : {"http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/", "http://10.0.0.1/"}) {
    const auto refused = run.ask(made(s), about(naming(url), mode::ocsp, true));
    SHEP_EXPECT_PROBLEM(refused, problems::revocation_unavailable);
    EXPECT_NE(refused.error().detail.find("http.forbidden_address"), std::string::npos) << refused.error().detail;
  }
}

TEST_F(Addresses, ConfiguredAddressesComeFirstAndEachOnce) {
  settings s;
  s.ocsp = {{"http://one.example/"}, {"http://two.example/", "CN=TEST AUTHORITY, C=KZ"}, {"http://three.example/", "CN=SOMEBODY"}};
  s.allowed_hosts = {"one.example", "four.example"};
  const auto book = address_book::create(s).value();
  const auto own = book.choose(purpose::ocsp, naming("http://four.example/"), true);
  ASSERT_EQ(own.targets.size(), 3U);
  EXPECT_EQ(own.targets[0].text, "http://one.example/");
  EXPECT_FALSE(own.targets[0].public_only);
  EXPECT_EQ(own.targets[1].text, "http://two.example/");
  EXPECT_EQ(own.targets[2].text, "http://four.example/");
  EXPECT_TRUE(own.targets[2].public_only);
  EXPECT_EQ(book.choose(purpose::ocsp, naming("http://one.example/"), true).targets.size(), 2U);
  EXPECT_TRUE(book.choose(purpose::crl, naming("http://one.example/"), true).targets.empty());
}

TEST_F(Addresses, MistakesInTheSettingsAreNamed) {
  for (const char* bad : {"https://ocsp.example/", "ocsp.example", "file:///x", "http://a b/"}) {
    settings s;
    s.ocsp = {{bad}};
    SHEP_EXPECT_PROBLEM(client::create(s), problems::usage);
    s = {};
    s.crl = {{bad}};
    SHEP_EXPECT_PROBLEM(client::create(s), problems::usage);
    s = {};
    s.delta_crl = {{bad}};
    SHEP_EXPECT_PROBLEM(client::create(s), problems::usage);
    s = {};
    s.tsp = {{bad}};
    SHEP_EXPECT_PROBLEM(client::create(s), problems::usage);
  }
  for (const char* bad : {"", "a:0", "http://a/", "a/b", "a:99999"}) {
    settings s;
    s.allowed_hosts = {bad};
    SHEP_EXPECT_PROBLEM(client::create(s), problems::usage);
  }
}

TEST_F(Addresses, TimeStampsAreAskedForAtTheConfiguredAuthorities) {
  server.answer("/tsp", [](const http::request& r) { return answer_of("stamp of " + *r.body); });
  settings s;
  s.tsp = {{closed_url()}, {server.url("/404")}, {server.url("/tsp")}};
  EXPECT_EQ(run.time_stamp(made(s), "octets").value(), "stamp of octets");
  EXPECT_EQ(server.last().headers.value("Content-Type"), "application/timestamp-query");
  s.tsp.pop_back();
  const auto none = run.time_stamp(made(s), "octets");
  SHEP_EXPECT_PROBLEM(none, problems::revocation_unavailable);
  EXPECT_NE(none.error().detail.find("404"), std::string::npos);
  SHEP_EXPECT_PROBLEM(run.time_stamp(made({}), "octets"), problems::revocation_unavailable);
  server.answer("/tsp", std::string(64 * 1024 + 1, 'x'));
  s.tsp = {{server.url("/tsp")}};
  SHEP_EXPECT_PROBLEM(run.time_stamp(made(s), "octets"), problems::revocation_unavailable);
}

}  // namespace
}  // namespace shep::pki::test
