#include "http/message.hpp"

#include "http/authority.hpp"
#include "http/framing_gate.hpp"
#include "http/handler.hpp"
#include "http/response_head.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace shep::http {
namespace {

TEST(MediaType, TakesTypeAndCharsetApart) {
  EXPECT_EQ(parse_media_type("text/xml;charset=utf-8").charset, "utf-8");
  EXPECT_EQ(parse_media_type("TEXT/XML ; a=b ; Charset=\"Windows-1251\"").charset, "windows-1251");
  EXPECT_EQ(parse_media_type("TEXT/XML ; a=b").type, "text/xml");
  for (const auto* odd : {"", "text", "text/", "/xml", "te xt/xml", "text/xml/x", ";charset=utf-8"})
    EXPECT_EQ(parse_media_type(odd).type, "") << odd;
}

TEST(PercentDecoding, HappensOnceAndRefusesBrokenEscapesAndNul) {
  EXPECT_EQ(percent_decoded("a%20b%2Fc+d"), "a b/c+d");
  EXPECT_EQ(percent_decoded("%2541"), "%41");
  for (const auto* broken : {"%", "%4", "%4g", "%g4", "a%", "%00", "%0", "%%41"})
    EXPECT_EQ(percent_decoded(broken), std::nullopt) << broken;
}

TEST(Fields, AreFoundWithoutRegardToLetterCaseAndListsAreRead) {
  const auto r = make_request("POST", "/", {named_value{"Connection", "keep-alive , Close"}, named_value{"connection", "x"}});
  EXPECT_TRUE(r.headers.lists("connection", "close"));
  EXPECT_TRUE(r.headers.lists("Connection", "X"));
  EXPECT_FALSE(r.headers.lists("Connection", "clos"));
  EXPECT_EQ(r.headers.count("CONNECTION"), 2u);
  EXPECT_EQ(r.headers.value("host"), "localhost");
}

TEST(MakeRequest, PassesTheGateOrThrows) {
  const auto r = make_request("POST", "/bip-sync/?wsdl", {named_value{"SOAPAction", "\"\""}}, "body");
  EXPECT_EQ(r.path, "/bip-sync/");
  EXPECT_EQ(*r.body, "body");
  const auto copy = r;
  EXPECT_EQ(copy.method.data(), r.method.data());
  EXPECT_THROW(make_request("POST", "/a b"), std::invalid_argument);
  EXPECT_THROW(make_request("POST", "/", {named_value{"X", "a\r\nY: b"}, named_value{"Host", ""}}), std::invalid_argument);
}

TEST(Request, NamesTheLocalAddressWhenThereIsNoHostField) {
  request r;
  r.local = endpoint{"::1", 8080};
  EXPECT_EQ(r.authority(), "[::1]:8080");
}

TEST(Authority, IsTakenApart) {
  EXPECT_EQ(parse_authority("a.example:8080")->host, "a.example");
  EXPECT_EQ(parse_authority("a.example:8080")->port, 8080);
  EXPECT_EQ(parse_authority("[2001:db8::1]:1")->host, "[2001:db8::1]");
  EXPECT_EQ(parse_authority("a:")->port, std::nullopt);
  EXPECT_FALSE(parse_authority(std::string(256, 'a')));
  EXPECT_FALSE(parse_authority("[::1]x"));
  EXPECT_FALSE(parse_authority("[g::1]"));
}

TEST(ResponseHead, CarriesADateOfFixedLength) {
  const time_point t{std::chrono::seconds(784'111'777)};
  EXPECT_EQ(http_date(t), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(t + std::chrono::seconds(1)), "Sun, 06 Nov 1994 08:49:38 GMT");
  EXPECT_EQ(http_date(t), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(ResponseHead, HasNoLengthWhereNoBodyIsAllowed) {
  response none;
  none.status = 204;
  EXPECT_EQ(render_head(none, head_facts()).find("Content-Length"), std::string::npos);
  EXPECT_NE(render_head(text_response(200, "abc"), head_facts()).find("Content-Length: 3\r\n"), std::string::npos);
}

TEST(PlainRefusal, ShowsTheDetailOnlyWhenTheCodeAllows) {
  framing_problem open;
  open.status = 400;
  open.what = problem(problems::bad_host, "the detail", "Host", "the hint");
  EXPECT_NE(plain_refusal(open).body->find("the detail (Host)\nthe hint"), std::string::npos);
  framing_problem closed;
  closed.status = 500;
  closed.what = problem(problems::handler_failed, "the detail");
  EXPECT_EQ(plain_refusal(closed).body->find("the detail"), std::string::npos);
}

TEST(FramingGate, NamesThePlaceOfWhatItRefuses) {
  const auto refused = check_head("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, problems::bad_length);
  EXPECT_EQ(refused.error().where, "Content-Length");
  EXPECT_EQ(refusal_status(refused.error().code), 400u);
}

TEST(FramingGate, RefusesPrefixesOfAHeadWithoutReadingPastThem) {
  const std::string head = "POST /x?y HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n";
  ASSERT_TRUE(check_head(head));
  for (std::size_t n = 0; n < head.size(); ++n) {
    const std::string part(head, 0, n);
    if (check_head(part)) {
      EXPECT_TRUE(part.ends_with("\r\n")) << part;
    }
  }
}

}  // namespace
}  // namespace shep::http
