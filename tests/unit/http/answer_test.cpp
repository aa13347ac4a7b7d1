// What a connection makes of the handler's answers: bodies, exceptions, injected faults, answers sent piece by piece.
#include "unit/http/rig.hpp"

#include <stdexcept>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::http::test {
namespace {

using namespace std::chrono_literals;

TEST(Answer, AnswersHeadWithoutABody) {
  rig r(
      [](listener_options& o) { o.handler = [](request) -> boost::asio::awaitable<response> { co_return text_response(200, "hello"); }; });
  raw_client client(r.port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get);
  EXPECT_EQ(client.receive(true).header("Content-Length"), "5");
  EXPECT_EQ(client.receive().body, "hello");
}

TEST(Answer, ClosesAfterAnHttp10RequestUnlessAskedToStay) {
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

TEST(Answer, TellsNothingOfAnExceptionInTheHandler) {
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

TEST(Answer, A08_LeavesOutHeadersThatWouldSplitTheHead) {
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

TEST(Answer, CarriesLargeBodiesBothWays) {
  rig r;
  std::string body(9 * 1024 * 1024, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 + i / 4096);
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  client.send(body);
  EXPECT_TRUE(client.receive().body == body);
  EXPECT_TRUE(*r.seen().front().body == body);
}

TEST(Answer, GivesTheHandlerWhatArrived) {
  rig r;
  raw_client client(r.port());
  client.send(
      "POST /a%20b?x=1&wsdl HTTP/1.1\r\nHost: gate:8080\r\nSOAPAction: \"\"\r\nContent-Type: Text/XML; "
      "Charset=\"UTF-8\"\r\nContent-Length: 0\r\n\r\n");
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

TEST(Answer, InjectsTransportFaults) {
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

std::string bytes_of(response out) {
  const auto shared = std::make_shared<const response>(std::move(out));
  rig r([shared](listener_options& o) { o.handler = [shared](request) -> boost::asio::awaitable<response> { co_return *shared; }; });
  raw_client client(r.port());
  client.send(get);
  return client.rest();
}

TEST(Answer, AnnouncesMoreThanItSends) {
  for (const auto how : {delivery::cut_short, delivery::stall}) {
    auto out = text_response(200, "half");
    out.how = how;
    out.announced = 8;
    out.time = 1ms;
    const auto octets = bytes_of(std::move(out));
    EXPECT_NE(octets.find("Content-Length: 8\r\n"), std::string::npos);
    EXPECT_NE(octets.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(octets.ends_with("\r\n\r\nhalf"));
  }
}

TEST(Answer, StallsUntilTheClientOrTheServerGivesUp) {
  rig r([](listener_options& o) {
    o.handler = [](request) -> boost::asio::awaitable<response> {
      auto out = text_response(200, "half");
      out.how = delivery::stall;
      out.announced = 8;
      out.time = 3'600'000ms;
      co_return out;
    };
  });
  raw_client client(r.port());
  client.send(get);
  EXPECT_TRUE(client.something_within(30'000));
  EXPECT_TRUE(r.server().drain(10s).complete) << "a draining server does not wait for a stall to end";
  EXPECT_TRUE(client.rest().ends_with("half"));
}

TEST(Answer, DripsTheWholeBody) {
  for (const std::string& body : {std::string(), std::string("x"), std::string(1'000, 'y')}) {
    auto out = text_response(200, body);
    out.how = delivery::drip;
    out.time = 50ms;
    const auto octets = bytes_of(std::move(out));
    EXPECT_NE(octets.find("Content-Length: " + std::to_string(body.size()) + "\r\n"), std::string::npos);
    EXPECT_TRUE(octets.ends_with("\r\n\r\n" + body));
  }
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

TEST(Answer, SendsAnAnswerPieceByPiece) {
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
