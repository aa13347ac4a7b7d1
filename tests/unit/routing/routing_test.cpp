#include "protocol/problems.hpp"
#include "routing/routes.hpp"
#include "routing/senders.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace shep::routing {
namespace {

route row(std::string service, std::string route_id = {}, std::string sender = {}) {
  route r;
  r.service_id = std::move(service);
  r.route_id = std::move(route_id);
  r.sender_id = std::move(sender);
  r.adapter = "mock";
  return r;
}

route_table table() {
  return route_table::create(
             {row("A"), row("A", "R_1"), row("A", "", "pep"), row("A", "R_1", "pep"), row("ONLY_R", "R_9"), row("GBDFLUniversal_token")})
      .value();
}

std::string chosen(const route_table& t, std::string_view service, std::string_view route_id, std::string_view sender) {
  const auto r = t.choose(service, route_id, sender);
  return r ? (*r)->name() : std::string(r.error().code.name);
}

TEST(Routes, TheMostSpecificRowWins) {
  const route_table t = table();
  EXPECT_EQ(chosen(t, "A", "", "bank"), "A");
  EXPECT_EQ(chosen(t, "A", "R_2", "bank"), "A");
  EXPECT_EQ(chosen(t, "A", "R_1", "bank"), "A/R_1");
  EXPECT_EQ(chosen(t, "A", "R_2", "pep"), "A@pep");
  EXPECT_EQ(chosen(t, "A", "R_1", "pep"), "A/R_1@pep");
}

TEST(Routes, R05_AnUnknownServiceIsRefusedWithTheClosestName) {
  const route_table t = table();
  const auto typo = t.choose("GBDFLUniversal_tokn", "", "");
  ASSERT_FALSE(typo);
  EXPECT_EQ(typo.error().code, problems::unknown_service);
  EXPECT_NE(typo.error().hint.find("GBDFLUniversal_token"), std::string::npos);
  for (const std::string& hostile : {std::string(), std::string("../A"), std::string("A\n"), std::string(1 << 20, 'A')}) {
    const auto r = t.choose(hostile, "", "");
    ASSERT_FALSE(r);
    EXPECT_LT(r.error().detail.size(), 200U);
  }
}

TEST(Routes, AServiceKnownForAnotherRouteIdSaysSo) {
  const route_table t = table();
  const auto r = t.choose("ONLY_R", "R_1", "pep");
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code, problems::unknown_service);
  EXPECT_NE(r.error().detail.find("R_1"), std::string::npos);
}

TEST(Routes, TheSameKeysTwiceAreAConfigurationError) {
  EXPECT_FALSE(route_table::create({row("A", "R"), row("A", "R")}));
  EXPECT_TRUE(route_table::create({row("A", "R"), row("A", "", "R")}));
}

sender_registry registry() {
  sender open;
  open.id = "open";
  open.services = {"A", "B"};
  sender locked;
  locked.id = "locked";
  locked.password = "secret";
  locked.services = {"*"};
  return sender_registry::create({open, locked}).value();
}

problem_code refusal(std::string_view id, std::string_view password, std::string_view service) {
  const auto r = registry().admit({id, password, service}, std::nullopt);
  return r ? problem_code{"admitted", ""} : r.error().code;
}

TEST(Senders, AreAdmittedByPasswordAndRight) {
  const problem_code admitted{"admitted", ""};
  EXPECT_EQ(refusal("open", "", "A"), admitted);
  EXPECT_EQ(refusal("open", "whatever", "B"), admitted);
  EXPECT_EQ(refusal("open", "", "C"), problems::no_right);
  EXPECT_EQ(refusal("locked", "secret", "anything"), admitted);
  EXPECT_EQ(refusal("locked", "", "A"), problems::wrong_password);
  EXPECT_EQ(refusal("locked", "Secret", "A"), problems::wrong_password);
  EXPECT_EQ(refusal("locked", "secret ", "A"), problems::wrong_password);
  EXPECT_EQ(refusal("nobody", "secret", "A"), problems::unknown_sender);
  EXPECT_EQ(refusal("LOCKED", "secret", "A"), problems::unknown_sender);
}

TEST(Senders, A20_ARefusalNeverShowsThePassword) {
  const auto r = registry().admit({"locked", "guess", "A"}, std::nullopt);
  ASSERT_FALSE(r);
  EXPECT_EQ(describe(r.error()).find("secret"), std::string::npos);
  EXPECT_EQ(describe(r.error()).find("guess"), std::string::npos);
}

problem_code refusal_of(const sender& s, const asking& a, const std::optional<crypto::certificate>& signer) {
  const auto r = sender_registry::create({s}).value().admit(a, signer);
  return r ? problem_code{"admitted", ""} : r.error().code;
}

TEST(Senders, MayUseOnlyTheirChannels) {
  sender s;
  s.id = "x";
  s.services = {"*"};
  s.channels = {"sync"};
  EXPECT_EQ(refusal_of(s, {"x", "", "A", "sync"}, std::nullopt).name, "admitted");
  EXPECT_EQ(refusal_of(s, {"x", "", "A", "async"}, std::nullopt), problems::no_right);
  s.channels = {"sync", "async"};
  EXPECT_EQ(refusal_of(s, {"x", "", "A", "async"}, std::nullopt).name, "admitted");
  s.channels = {};
  EXPECT_EQ(refusal_of(s, {"x", "", "A", "sync"}, std::nullopt), problems::no_right);
}

crypto::certificate committed(const std::string& name) {
  std::ifstream file(SHEPSIM_SOURCE_DIR "/certs/known/" + name + ".pem");
  return crypto::certificate::from_pem_or_der(std::string(std::istreambuf_iterator<char>(file), {})).value();
}

TEST(Senders, AnyOfSeveralCertificatesMaySign) {
  sender s;
  s.id = "x";
  s.services = {"*"};
  s.certificates = {committed("bank"), committed("mobile")};
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("bank")).name, "admitted");
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("mobile")).name, "admitted");
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("pep")), problems::no_right);
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, std::nullopt), problems::no_right);
}

TEST(Senders, C11_TheCertificateNamesWhoeverIsConfigured) {
  sender s;
  s.id = "x";
  s.services = {"*"};
  s.bin = "200190990028";
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("bank")).name, "admitted");
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("pep")), problems::sender_not_named);
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("citizen")), problems::sender_not_named) << "a person's certificate has no BIN";
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, std::nullopt), problems::sender_not_named);
  s.iin = "880101099010";
  EXPECT_EQ(refusal_of(s, {"x", "", "A"}, committed("bank")).name, "admitted");
  s.iin = "850315090015";
  const auto r = sender_registry::create({s}).value().admit({"x", "", "A"}, committed("bank"));
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code, problems::sender_not_named);
  for (const char* number : {"880101099010", "850315090015"})
    EXPECT_EQ(describe(r.error()).find(number), std::string::npos) << "numbers of people stay out of logs";
}

TEST(Senders, AnIdTwiceIsAConfigurationError) {
  sender s;
  s.id = "x";
  EXPECT_FALSE(sender_registry::create({s, s}));
}

}  // namespace
}  // namespace shep::routing
