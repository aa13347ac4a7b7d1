// How one connection behaves over its life: pipelining, expectations, deadlines, and answers of every kind.
#include "unit/http/rig.hpp"

#include "http/problems.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>

namespace shep::http::test {
namespace {

using namespace std::chrono_literals;

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

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
  h2c.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n" + get);
  EXPECT_EQ(h2c.receive().status, 200u);
  EXPECT_EQ(h2c.receive().status, 200u);
  raw_client websocket(r.port());
  websocket.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
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

TEST(Session, AnswersHeadWithoutABody) {
  rig r([](listener_options& o) {
    o.handler = [](request) -> boost::asio::awaitable<response> { co_return text_response(200, "hello"); };
  });
  raw_client client(r.port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get);
  EXPECT_EQ(client.receive(true).header("Content-Length"), "5");
  EXPECT_EQ(client.receive().body, "hello");
}

TEST(Session, ClosesAfterAnHttp10RequestUnlessAskedToStay) {
  rig r;
  raw_client brief(r.port());
  brief.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(brief.receive().header("Connection"), "close");
  EXPECT_TRUE(brief.ended());
  raw_client staying(r.port());
  staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(staying.receive().header("Connection"), "keep-alive");
  staying.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(staying.receive().status, 200u);
}

TEST(Session, TellsNothingOfAnExceptionInTheHandler) {
  rig r([](listener_options& o) {
    o.handler = [](request) -> boost::asio::awaitable<response> {
      throw std::runtime_error("secret detail");
      co_return response();
    };
  });
  raw_client client(r.port());
  client.send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto got = client.receive();
  EXPECT_EQ(got.status, 500u);
  EXPECT_EQ(got.body.find("secret"), std::string::npos);
  EXPECT_TRUE(client.ended());
  const auto reported = r.wait_for_refusal();
  EXPECT_EQ(reported.what.detail, "secret detail");
  EXPECT_EQ(reported.path, "/broken");
}

TEST(Session, A08_LeavesOutHeadersThatWouldSplitTheHead) {
  rig r([](listener_options& o) {
    o.handler = [](request) -> boost::asio::awaitable<response> {
      auto out = text_response(200, "x");
      out.headers.push_back(named_value{"X-Evil", "a\r\nSet-Cookie: b"});
      out.headers.push_back(named_value{"X Evil", "a"});
      out.headers.push_back(named_value{"Content-Length", "999"});
      out.headers.push_back(named_value{"Transfer-Encoding", "chunked"});
      out.headers.push_back(named_value{"X-Good", "yes"});
      co_return out;
    };
  });
  raw_client client(r.port());
  client.send(get);
  const auto got = client.receive();
  EXPECT_EQ(got.head.find("vil"), std::string::npos);
  EXPECT_EQ(got.head.find("Set-Cookie"), std::string::npos);
  EXPECT_EQ(got.header("Content-Length"), "1");
  EXPECT_EQ(got.header("Transfer-Encoding"), "");
  EXPECT_EQ(got.header("X-Good"), "yes");
}

TEST(Session, CarriesLargeBodiesBothWays) {
  rig r;
  std::string body(9 * 1024 * 1024, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 + i / 4096);
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  client.send(body);
  EXPECT_TRUE(client.receive().body == body);
  EXPECT_TRUE(*r.seen().front().body == body);
}

TEST(Session, GivesTheHandlerWhatArrived) {
  rig r;
  raw_client client(r.port());
  client.send("POST /a%20b?x=1&wsdl HTTP/1.1\r\nHost: gate:8080\r\nSOAPAction: \"\"\r\nContent-Type: Text/XML; Charset=\"UTF-8\"\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200u);
  const auto seen = r.seen().at(0);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/a b");
  EXPECT_EQ(seen.query, "x=1&wsdl");
  EXPECT_EQ(seen.query_parameter("wsdl"), "");
  EXPECT_EQ(seen.query_parameter("x"), "1");
  EXPECT_EQ(seen.query_parameter("y"), std::nullopt);
  EXPECT_EQ(seen.headers.value("soapaction"), "\"\"");
  EXPECT_EQ(seen.content_type().type, "text/xml");
  EXPECT_EQ(seen.content_type().charset, "utf-8");
  EXPECT_EQ(seen.authority(), "gate:8080");
  EXPECT_EQ(seen.remote.address, "127.0.0.1");
  EXPECT_EQ(seen.local.port, r.port());
  EXPECT_EQ(*seen.body, "");
  EXPECT_TRUE(seen.head->ends_with("Content-Length: 0\r\n"));
}

std::string bytes_of(delivery how) {
  rig r([how](listener_options& o) {
    o.handler = [how](request) -> boost::asio::awaitable<response> {
      auto out = text_response(200, "never seen");
      out.how = how;
      co_return out;
    };
  });
  raw_client client(r.port());
  client.send(get);
  return client.rest();
}

TEST(Session, InjectsTransportFaults) {
  EXPECT_EQ(bytes_of(delivery::reset), "");
  EXPECT_EQ(bytes_of(delivery::empty), "");
  const auto noise = bytes_of(delivery::random_data);
  EXPECT_FALSE(noise.empty());
  EXPECT_FALSE(noise.starts_with("HTTP/"));
  const auto broken = bytes_of(delivery::malformed_chunk);
  EXPECT_TRUE(broken.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_NE(broken.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(broken.find("never seen"), std::string::npos);
}

class counting_source : public body_source {
 public:
  boost::asio::awaitable<std::string> next() override {
    boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor, 1ms);
    co_await pause.async_wait(boost::asio::use_awaitable);
    co_return ++pieces_ > 3 ? std::string() : std::string(20, static_cast<char>('a' + pieces_));
  }

 private:
  int pieces_ = 0;
};

TEST(Session, SendsAnAnswerPieceByPiece) {
  rig r([](listener_options& o) {
    o.handler = [](request) -> boost::asio::awaitable<response> {
      response out;
      out.content_type = "text/event-stream";
      out.source = std::make_shared<counting_source>();
      co_return out;
    };
  });
  raw_client chunked(r.port());
  chunked.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const auto octets = chunked.rest();
  const std::string b(20, 'b'), c(20, 'c'), d(20, 'd');
  EXPECT_TRUE(octets.ends_with("\r\n\r\n14\r\n" + b + "\r\n14\r\n" + c + "\r\n14\r\n" + d + "\r\n0\r\n\r\n")) << octets;
  raw_client old(r.port());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.rest().ends_with("\r\n\r\n" + b + c + d));
}

}  // namespace
}  // namespace shep::http::test
