#include "mocks/engine/consent.hpp"

#include "core/bytes.hpp"
#include "mocks/engine/problems.hpp"
#include "support.hpp"

namespace shep::mocks::testing {
namespace {

constexpr const char* consent_services = R"({"mappings": [
  {"name": "valid", "request": {"shep": {"consent": {"token": "//kdpToken", "iin": "//iin"}}}, "response": {}},
  {"name": "absent", "request": {"shep": {"consent": {"token": "//kdpToken", "iin": "//iin", "verdict": "absent"}}}, "response": {}},
  {"name": "forged", "request": {"shep": {"consent": {"token": "//kdpToken", "iin": "//iin", "verdict": "forged"}}}, "response": {}},
  {"name": "expired", "request": {"shep": {"consent": {"token": "//kdpToken", "iin": "//iin", "verdict": "expired"}}}, "response": {}},
  {"name": "otherPerson", "request": {"shep": {"consent": {"token": "//kdpToken", "iin": "//iin", "verdict": "otherPerson"}}}, "response": {}},
  {"name": "otherService", "request": {"shep": {"consent": {"token": "//kdpToken", "iin": "//iin", "verdict": "otherService"}}}, "response": {}}]})";

kdp_claims good() { return {std::string(adult), "S", std::string(company), noon, noon + std::chrono::minutes(10), "j-1"}; }

std::string base64url(std::string_view text) {
  std::string out = to_base64(text);
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

std::string raw_token(std::string_view header, std::string_view payload, const token_authority& authority) {
  const std::string body = base64url(header) + "." + base64url(payload);
  return body + "." + base64url(authority.sign(body).value());
}

class Consent : public ::testing::Test {
 protected:
  std::string verdict(const std::string& token, std::string_view iin = adult, time_point now = noon) {
    request r("<q><iin>" + std::string(iin) + "</iin><kdpToken>" + token + "</kdpToken></q>");
    r.view.now = now;
    return chosen(*store, r, w);
  }
  std::string token(const kdp_claims& claims) { return write_kdp_token(claims, w.authority).value(); }
  world w;
  std::shared_ptr<const stub_store> store = store_of(consent_services);
};

TEST_F(Consent, EachVerdictLeadsToItsMapping) {
  EXPECT_EQ(verdict(token(good())), "valid");
  EXPECT_EQ(verdict(""), "absent");
  EXPECT_EQ(verdict(" \n "), "absent");
  EXPECT_EQ(verdict(token(good()), "900101000025"), "otherPerson");
  EXPECT_EQ(verdict(token(good()), ""), "otherPerson");
  auto other = good();
  other.access_name = "S2";
  EXPECT_EQ(verdict(token(other)), "otherService");
}

TEST_F(Consent, ExpiryIsJudgedByTheTimeOfTheRequest) {
  const auto text = token(good());
  EXPECT_EQ(verdict(text, adult, noon + std::chrono::minutes(10) - std::chrono::microseconds(1)), "valid");
  EXPECT_EQ(verdict(text, adult, noon + std::chrono::minutes(10)), "expired");
}

TEST_F(Consent, ATokenBrokenOverLinesIsTheSameToken) {
  auto text = token(good());
  for (std::size_t i = 20; i < text.size(); i += 21) text.insert(i, "\n ");
  EXPECT_EQ(verdict(text), "valid");
}

TEST_F(Consent, AnyAlteredCharacterMakesATokenForged) {
  const auto text = token(good());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto altered = text;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(verdict(altered), "forged") << i;
    EXPECT_EQ(verdict(text.substr(0, i)), i == 0 ? "absent" : "forged") << i;
  }
}

TEST_F(Consent, OnlyTheHeaderThatIsIssuedHereIsTaken) {
  constexpr const char* payload =
      R"({"sub":"900101000017","access_name":"S","company_bin":"","iat":1893567600,"exp":4102444800,"jti":"j"})";
  EXPECT_EQ(verdict(raw_token(R"({"alg":"RS256","typ":"JWT"})", payload, w.authority)), "valid");
  for (const char* header : {R"({"alg":"none","typ":"JWT"})", R"({"alg":"HS256","typ":"JWT"})", R"({"alg":"RS256"})", R"([])",
                             R"({"alg":"RS256","alg":"none","typ":"JWT"})", R"({"alg":"RS256","typ":"JWT","jku":"http://127.0.0.1/"})",
                             R"({"alg":"RS256","typ":"JWT","crit":["x"]})", "x"})
    EXPECT_EQ(verdict(raw_token(header, payload, w.authority)), "forged") << header;
  EXPECT_EQ(verdict(base64url(R"({"alg":"none","typ":"JWT"})") + "." + base64url(payload) + "."), "forged");
  EXPECT_EQ(verdict(raw_token(R"({"alg":"RS256","typ":"JWT"})", payload, toy_authority("other key"))), "forged");
}

TEST_F(Consent, ClaimsOfTheWrongKindAreForged) {
  for (const char* payload : {R"({"access_name":"S","iat":1,"exp":4102444800})", R"({"sub":1,"access_name":"S","iat":1,"exp":4102444800})",
                              R"({"sub":"900101000017","access_name":"S","iat":1,"exp":"4102444800"})",
                              R"({"sub":"900101000017","access_name":"S","iat":1,"exp":9223372036854775807})",
                              R"({"sub":"900101000017","access_name":"S","iat":1,"exp":1e300})",
                              R"({"sub":"900101000017","access_name":"S","iat":-1,"exp":1})", "[]", "null", ""})
    EXPECT_EQ(verdict(raw_token(R"({"alg":"RS256","typ":"JWT"})", payload, w.authority)), "forged") << payload;
}

TEST_F(Consent, HugeTokensAreForgedWithoutBeingRead) {
  EXPECT_EQ(verdict(std::string(1 << 20, 'A')), "forged");
  EXPECT_EQ(verdict(token(good()) + std::string(9000, ' ') + "x"), "forged");
}

TEST_F(Consent, WithoutAPathToThePersonAnyPersonsTokenIsGood) {
  const auto any = store_of(R"({"name": "ok", "request": {"shep": {"consent": {"token": "//t", "accessName": "GBDUL"}}}, "response": {}})");
  auto claims = good();
  claims.access_name = "GBDUL";
  EXPECT_EQ(chosen(*any, request("<q><t>" + token(claims) + "</t></q>"), w), "ok");
  EXPECT_EQ(chosen(*any, request("<q><t>" + token(good()) + "</t></q>"), w), "nothing");
}

TEST_F(Consent, WithoutAnAuthorityNoTokenIsGood) {
  const auto text = token(good());
  w.around.tokens = nullptr;
  EXPECT_EQ(verdict(text), "forged");
}

TEST_F(Consent, ReportsNameTheVerdictAndNeverTheToken) {
  const auto only = store_of(R"({"request": {"shep": {"consent": {"token": "//kdpToken"}}}, "response": {}})");
  auto claims = good();
  claims.expires = noon;
  const auto text = token(claims);
  request r("<q><kdpToken>" + text + "</kdpToken></q>");
  evaluation context(r.view, w.around);
  const auto misses = only->nearest(context, 1);
  ASSERT_EQ(misses.size(), 1u);
  const auto* failed = misses[0].first_failed();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->name, "consent");
  EXPECT_EQ(failed->expected, "valid");
  EXPECT_EQ(failed->actual, "expired");
}

TEST_F(Consent, ATokenOfTheTemplateIsTakenBack) {
  const request r("<q><uin>900101000017</uin><access_name>S</access_name><expiresIn>1000</expiresIn></q>");
  const auto text = rendered("{{kdpToken iin=(xPath '//uin') accessName=(xPath '//access_name') expiresIn=(xPath '//expiresIn')}}", r, w);
  EXPECT_EQ(verdict(text), "valid");
  EXPECT_EQ(verdict(text, adult, noon + std::chrono::seconds(1)), "expired");
  const auto claims = read_kdp_token(text, w.authority).value();
  EXPECT_EQ(claims.issued, noon);
  EXPECT_EQ(claims.id.size(), 36u);
  EXPECT_EQ(rendered("{{kdpPublicKey}}", r, w), "cHVibGlj");
}

}  // namespace
}  // namespace shep::mocks::testing
