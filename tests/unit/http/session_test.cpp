// How one connection behaves over its life: pipelining, expectations, deadlines, limits.
#include "http/problems.hpp"
#include "unit/http/rig.hpp"

namespace shep::http::test {
namespace {

using namespace std::chrono_literals;

TEST(Session, H14_AnswersSixteenPipelinedRequestsInOrderAndThenCloses) {
  rig r;
  std::string burst;
  for (int i = 0; i < 10'000; ++i) {
    const auto body = std::to_string(i);
    burst += "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  raw_client client(r.port());
  client.send(burst);
  for (int i = 0; i < 16; ++i) {
    const auto got = client.receive();
    ASSERT_EQ(got.status, 200u);
    EXPECT_EQ(got.body, std::to_string(i));
    EXPECT_EQ(got.header("Connection"), i == 15 ? "close" : "");
  }
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(r.requests(), 16);
}

TEST(Session, H14_ServesBatchesOfPipelinedRequestsForAsLongAsEachIsAnswered) {
  rig r;
  raw_client client(r.port());
  for (int batch = 0; batch < 100; ++batch) {
    std::string octets;
    for (int i = 0; i < 16; ++i) octets += get;
    client.send(octets);
    for (int i = 0; i < 16; ++i) ASSERT_EQ(client.receive().status, 200u);
  }
  EXPECT_EQ(r.requests(), 1600);
}

TEST(Session, KeepsAConnectionForManyRequests) {
  rig r;
  raw_client client(r.port());
  for (int i = 0; i < 2'000; ++i) {
    client.send(get);
    ASSERT_EQ(client.receive().status, 200u);
  }
  EXPECT_EQ(r.server().counters().connections_total, 1u);
  EXPECT_EQ(r.server().counters().requests_total, 2'000u);
}

TEST(Session, H15_RefusesAHeaderThatTricklesPastItsDeadline) {
  rig r([](listener_options& o) { o.limits.time.head = 60ms; });
  raw_client client(r.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  while (!client.something_within(1))
    if (!client.send("x")) break;
  EXPECT_EQ(client.receive().status, 408u);
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(r.wait_for_refusal().what.code, problems::too_slow);
  EXPECT_EQ(r.requests(), 0);
}

TEST(Session, H15_RefusesABodyBelowTheLeastRate) {
  rig r([](listener_options& o) {
    o.limits.time.body_grace = 40ms;
    o.limits.time.body_rate = 1'000'000'000;
  });
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nab");
  while (!client.something_within(1))
    if (!client.send("x")) break;
  EXPECT_EQ(client.receive().status, 408u);
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(r.requests(), 0);
}

TEST(Session, H15_CapsTheTimeOfABodyHoweverFastItCame) {
  rig r([](listener_options& o) {
    o.limits.time.body_grace = 10s;
    o.limits.time.body = 40ms;
  });
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
  EXPECT_EQ(client.receive().status, 408u);
  EXPECT_EQ(r.wait_for_refusal().method, "POST");
}

TEST(Session, H15_ClosesAConnectionWhoseClientDoesNotReadTheAnswer) {
  rig r([](listener_options& o) {
    o.limits.time.write = 40ms;
    o.handler = [](request) -> boost::asio::awaitable<response> { co_return text_response(200, std::string(64 * 1024 * 1024, 'x')); };
  });
  raw_client client(r.port());
  client.send(get);
  EXPECT_TRUE(eventually([&r] { return r.requests() == 1 && r.server().counters().connections_open == 0; }));
}

TEST(Session, H15_ClosesAnIdleConnectionWithoutAWord) {
  rig r([](listener_options& o) { o.limits.time.idle = 30ms; });
  raw_client fresh(r.port());
  EXPECT_EQ(fresh.rest(), "");
  raw_client used(r.port());
  used.send(get);
  EXPECT_EQ(used.receive().status, 200u);
  EXPECT_EQ(used.rest(), "");
}

TEST(Session, H15_AnswersAClientThatClosedItsHalf) {
  rig r;
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
  client.half_close();
  EXPECT_EQ(client.receive().body, "abc");
  EXPECT_TRUE(client.ended());
}

TEST(Session, H15_ReportsAConnectionThatBreaksInsideARequest) {
  rig r;
  raw_client in_body(r.port());
  in_body.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(in_body.receive().status, 100u);
  in_body.reset();
  EXPECT_EQ(r.wait_for_refusal().what.code, problems::cut_short);
  raw_client in_head(r.port());
  in_head.send("POST /p HTTP/1.1\r\nHo");
  in_head.half_close();
  const auto reported = r.wait_for_refusal();
  EXPECT_EQ(reported.what.code, problems::cut_short);
  EXPECT_EQ(reported.head, "POST /p HTTP/1.1\r\nHo");
  EXPECT_EQ(in_head.rest(), "");
  EXPECT_EQ(r.requests(), 0);
}

TEST(Session, H15_LimitsConnectionsOfOneAddressAndTellsWhy) {
  rig r([](listener_options& o) { o.connections_per_address = 2; });
  {
    raw_client first(r.port());
    raw_client second(r.port());
    first.send(get);
    second.send(get);
    EXPECT_EQ(first.receive().status, 200u);
    EXPECT_EQ(second.receive().status, 200u);
    raw_client third(r.port());
    const auto refused = third.receive();
    EXPECT_EQ(refused.status, 503u);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_TRUE(third.ended());
    EXPECT_EQ(r.server().counters().connections_refused, 1u);
  }
  EXPECT_TRUE(eventually([&r] { return r.server().counters().connections_open == 0; }));
  raw_client again(r.port());
  again.send(get);
  EXPECT_EQ(again.receive().status, 200u);
}

TEST(Session, H15_LimitsConnectionsOfAListener) {
  rig r([](listener_options& o) { o.max_connections = 1; });
  raw_client first(r.port());
  first.send(get);
  EXPECT_EQ(first.receive().status, 200u);
  raw_client second(r.port());
  EXPECT_EQ(second.receive().status, 503u);
}

TEST(Session, H16_RefusesATooLargeBodyBeforeAskingForIt) {
  for (const auto how : all_cuts) {
    rig r([](listener_options& o) { o.limits.body.total = 1000; });
    raw_client client(r.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n", how);
    EXPECT_EQ(client.receive().status, 413u);
    EXPECT_TRUE(client.ended());
    EXPECT_EQ(r.requests(), 0);
  }
}

TEST(Session, H16_RefusesOtherExpectations) {
  rig r;
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 200-ok\r\n\r\nabc");
  EXPECT_EQ(client.receive().status, 417u);
  EXPECT_TRUE(client.ended());
}

TEST(Session, H16_AsksForABodyThatIsWaitingToBeAskedFor) {
  rig r;
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100u);
  client.send("abc");
  EXPECT_EQ(client.receive().body, "abc");
  EXPECT_EQ(r.requests(), 1);
}

TEST(Session, H17_LetsThePortRenderItsRefusal) {
  rig r([](listener_options& o) {
    o.limits.body.total = 1000;
    o.refuse = [](const framing_problem& p) {
      response out;
      out.content_type = "text/xml; charset=utf-8";
      out.body = share("<fault>" + std::string(p.what.code.name) + " " + p.path + "</fault>");
      return out;
    };
  });
  raw_client client(r.port());
  client.send("POST /bip-sync/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n");
  client.send(std::string(5'000'000, 'x'));
  const auto got = client.receive();
  EXPECT_EQ(got.status, 413u);
  EXPECT_EQ(got.header("Content-Type"), "text/xml; charset=utf-8");
  EXPECT_EQ(got.body, "<fault>http.body_too_large /bip-sync/</fault>");
  EXPECT_TRUE(client.ended());
}

TEST(Session, H18_IgnoresUpgradesAndClosesOnATlsHello) {
  rig r;
  raw_client h2c(r.port());
  h2c.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n" +
           get);
  EXPECT_EQ(h2c.receive().status, 200u);
  EXPECT_EQ(h2c.receive().status, 200u);
  raw_client websocket(r.port());
  websocket.send(
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: "
      "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(websocket.receive().status, 200u);
  raw_client http2(r.port());
  http2.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  EXPECT_EQ(http2.receive().status, 505u);
  raw_client tls(r.port());
  tls.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
  EXPECT_EQ(tls.rest(), "");
  EXPECT_EQ(r.wait_for_refusal().what.code, problems::bad_version);
  EXPECT_EQ(r.wait_for_refusal().what.code, problems::tls_on_plain);
  EXPECT_EQ(r.requests(), 3);
}

}  // namespace
}  // namespace shep::http::test
