#include "adapters/forwarding/target.hpp"

#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

const std::vector<http::endpoint> own = {{"127.0.0.1", 8080}, {"0.0.0.0", 8081}};

std::string told(std::string_view url) {
  const auto checked = check_target(url, own, "route.X.target");
  if (checked) return "good: " + checked->authority();
  EXPECT_EQ(checked.error().code, problems::usage);
  EXPECT_EQ(checked.error().where, "route.X.target");
  EXPECT_FALSE(checked.error().hint.empty());
  return checked.error().detail;
}

TEST(Target, TakesNamesAndAddressesInTheirUsualSpelling) {
  EXPECT_EQ(told("http://recipient.example/x?y=z"), "good: recipient.example");
  EXPECT_EQ(told("http://127.0.0.1:9090/"), "good: 127.0.0.1:9090");
  EXPECT_EQ(told("http://[2001:db8::1]:81"), "good: [2001:db8::1]:81");
  EXPECT_EQ(told("HTTP://localhost:8082/"), "good: localhost:8082");
  EXPECT_EQ(told("http://10.1.2.3/"), "good: 10.1.2.3");
}

TEST(Target, A07_RefusesEverythingThatIsMeantToBeReadInTwoWays) {
  for (const char* url : {"http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
                          "http://127.0.0.1./", "http://[::ffff:127.0.0.1]/", "http://1.2.3.4.5/", "http://256.0.0.1/",
                          "http://localhost./", "http://127.0.0.0x1/", "http://0/", "http://[127.0.0.1]/", "http://[::ffff:7f00:1]/"})
    EXPECT_NE(told(url).find("unusual spelling"), std::string::npos) << url << ": " << told(url);
  EXPECT_NE(told("http://good@evil.example/").find("user information"), std::string::npos);
  EXPECT_NE(told("http://127%2e0.0.1/").find("'%'"), std::string::npos);
}

TEST(Target, A07_RefusesAddressesThatNoRecipientHas) {
  for (const char* url : {"http://169.254.169.254/", "http://0.0.0.0:9/", "http://[::]:9/", "http://[fe80::1]/", "http://224.0.0.1/",
                          "http://255.255.255.255/", "http://0.1.2.3/", "http://[64:ff9b::a9fe:a9fe]/", "http://[2002:a9fe:a9fe::]/",
                          "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[2001:0:a9fe:a9fe::1]/",
                          "http://[fd00:ec2::254]/", "http://100.100.100.200/", "http://192.0.0.192/", "http://168.63.129.16/"})
    EXPECT_NE(told(url).find("no recipient"), std::string::npos) << url << ": " << told(url);
}

TEST(Target, A07_RefusesOtherSchemes) {
  EXPECT_EQ(told("https://recipient.example/"), "good: recipient.example");
  EXPECT_NE(told("https://127.1/").find("unusual spelling"), std::string::npos) << "an https target is held to the same rules";
  EXPECT_NE(told("file:///etc/passwd").find("neither an http nor an https address"), std::string::npos);
  EXPECT_NE(told("gopher://x/").find("neither an http nor an https address"), std::string::npos);
  EXPECT_NE(told("").find("neither an http nor an https address"), std::string::npos);
}

TEST(Target, A07_RefusesOwnPorts) {
  for (const char* url :
       {"http://127.0.0.1:8080/", "http://localhost:8080/", "http://LOCALHOST:8081/", "http://127.0.0.7:8081/", "http://[::1]:8081/"})
    EXPECT_NE(told(url).find("own ports"), std::string::npos) << url << ": " << told(url);
  EXPECT_EQ(told("http://192.0.2.1:8081/"), "good: 192.0.2.1:8081") << "another machine's port of the same number";
}

TEST(OwnListeners, A07_AreNotAskedUnderWhateverAddressANameStandsFor) {
  own_listeners listeners;
  EXPECT_TRUE(listeners.may_be_asked("127.0.0.1", 8080)) << "nothing listens yet";
  listeners.set(own);
  EXPECT_FALSE(listeners.may_be_asked("127.0.0.1", 8080));
  EXPECT_FALSE(listeners.may_be_asked("::ffff:127.0.0.1", 8080));
  EXPECT_TRUE(listeners.may_be_asked("127.0.0.1", 8082));
  EXPECT_FALSE(listeners.may_be_asked("169.254.169.254", 80));
  EXPECT_FALSE(listeners.may_be_asked("::ffff:169.254.169.254", 80));
}

}  // namespace
}  // namespace shep::forwarding
