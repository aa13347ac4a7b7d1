// The client against our server, and against servers that misbehave at every step (F08).
#include "http/client.hpp"

#include "http/problems.hpp"
#include "http/response_reader.hpp"
#include "unit/http/rig.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace shep::http::test {
namespace {

using namespace std::chrono_literals;

outgoing_request to(std::uint16_t port, std::string body = {}) {
  outgoing_request out;
  out.to = parse_url("http://127.0.0.1:" + std::to_string(port) + "/x").value();
  out.body = share(std::move(body));
  return out;
}

/// Accepts one connection, reads what comes first, sends fixed octets, and then closes or keeps silent until it is destroyed.
class scripted_server {
 public:
  enum class then { close, silence, reset };
  scripted_server(std::string octets, then what) : listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listening_, reinterpret_cast<const sockaddr*>(&place), sizeof place);
    ::listen(listening_, 4);
    socklen_t size = sizeof place;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&place), &size);
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([this, octets = std::move(octets), what] { run(octets, what); });
  }
  ~scripted_server() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  scripted_server(const scripted_server&) = delete;
  scripted_server& operator=(const scripted_server&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  void run(const std::string& octets, then what) {
    const int peer = ::accept(listening_, nullptr, nullptr);
    if (peer < 0) return;
    char unread[4096];
    if (::recv(peer, unread, sizeof unread, 0) >= 0 && !octets.empty()) ::send(peer, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (what == then::silence)
      while (::recv(peer, unread, sizeof unread, 0) > 0) {}
    if (what == then::reset) {
      const linger hard{1, 0};
      ::setsockopt(peer, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
    ::close(peer);
  }
  int listening_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(Client, CarriesARequestAndItsAnswer) {
  rig r;
  auto request = to(r.port(), "hello");
  request.headers.push_back(named_value{"SOAPAction", "\"\""});
  request.headers.push_back(named_value{"Host", "ignored"});
  const auto answer = send_blocking(std::move(request));
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_EQ(answer->status, 200u);
  EXPECT_EQ(*answer->body, "hello");
  EXPECT_EQ(answer->headers.value("content-type"), "application/octet-stream");
  EXPECT_EQ(r.seen().at(0).headers.value("SOAPAction"), "\"\"");
  EXPECT_EQ(r.seen().at(0).headers.value("Host"), "127.0.0.1:" + std::to_string(r.port()));
}

TEST(Client, ForwardsFromInsideAHandler) {
  rig target;
  const auto port = target.port();
  rig front([port](listener_options& o) {
    o.handler = [port](request r) -> boost::asio::awaitable<response> {
      auto onward = to(port, *r.body + "!");
      auto answer = co_await send(std::move(onward));
      response out;
      out.status = answer ? answer->status : 502;
      if (answer) out.body = answer->body;
      co_return out;
    };
  });
  const auto answer = send_blocking(to(front.port(), "hello"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer->body, "hello!");
}

TEST(Client, ReadsTheRefusalOfABodyItHasNotFinishedSending) {
  rig r([](listener_options& o) { o.limits.body.total = 1000; });
  const auto answer = send_blocking(to(r.port(), std::string(5'000'000, 'x')));
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_EQ(answer->status, 413u);
}

TEST(Client, F08_SaysWhenNobodyListens) {
  std::uint16_t port = 0;
  {
    rig r;
    port = r.port();
  }
  const auto answer = send_blocking(to(port));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, problems::unreachable);
}

TEST(Client, F08_GivesUpOnASilentServer) {
  scripted_server silent({}, scripted_server::then::silence);
  auto request = to(silent.port());
  request.within.first_byte = 30ms;
  const auto answer = send_blocking(std::move(request));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, problems::timed_out);
}

TEST(Client, F08_GivesUpOnAnAnswerThatStops) {
  scripted_server stops("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", scripted_server::then::silence);
  auto request = to(stops.port());
  request.within.total = 60ms;
  const auto answer = send_blocking(std::move(request));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, problems::timed_out);
}

TEST(Client, F08_RefusesAnAnswerCutAfterAnyOctet) {
  const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX: y\r\n\r\nabc";
  for (std::size_t n = 0; n < whole.size(); ++n) {
    scripted_server cuts(whole.substr(0, n), scripted_server::then::close);
    const auto answer = send_blocking(to(cuts.port()));
    ASSERT_FALSE(answer) << n;
    EXPECT_TRUE(answer.error().code == problems::bad_response || answer.error().code == problems::unreachable) << n;
  }
  scripted_server complete(whole, scripted_server::then::silence);
  EXPECT_EQ(*send_blocking(to(complete.port())).value().body, "abc");
}

TEST(Client, F08_SaysWhenTheConnectionIsReset) {
  scripted_server resets({}, scripted_server::then::reset);
  const auto answer = send_blocking(to(resets.port()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, problems::unreachable);
}

TEST(Client, A08_RefusesToSendAHeadThatCouldBeSplit) {
  auto header = to(1);
  header.headers.push_back(named_value{"X", "a\r\nY: b"});
  EXPECT_EQ(send_blocking(header).error().code, problems::bad_field);
  auto target = to(1);
  target.to.target = "/ HTTP/1.1\r\nX: y\r\n";
  EXPECT_EQ(send_blocking(target).error().code, problems::bad_field);
  auto host = to(1);
  host.to.host = "a\r\nX: y";
  EXPECT_EQ(send_blocking(host).error().code, problems::bad_field);
  auto method = to(1);
  method.method = "GET / HTTP/1.1\r\nX:";
  EXPECT_EQ(send_blocking(method).error().code, problems::bad_field);
}

std::string read(std::string_view octets, std::uint64_t limit = 100) {
  std::string first;
  for (const bool at_once : {true, false}) {
    response_reader reader(false, limit);
    if (at_once) reader.take(octets);
    else
      for (std::size_t i = 0; i < octets.size(); ++i) reader.take(octets.substr(i, 1));
    reader.ended();
    auto verdict = std::string();
    if (reader.now() == response_reader::state::refused) verdict = reader.refusal().code.name;
    else {
      const auto answer = reader.finish();
      verdict = std::to_string(answer.status) + " " + *answer.body;
    }
    if (at_once) first = verdict;
    EXPECT_EQ(verdict, first) << octets;
  }
  return first;
}

TEST(ResponseReader, ReadsEveryKindOfFraming) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"), "200 abc");
  EXPECT_EQ(read("HTTP/1.1 500\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), "500 abc");
  EXPECT_EQ(read("HTTP/1.0 200 OK\r\n\r\nabc"), "200 abc");
  EXPECT_EQ(read("HTTP/1.1 204 No Content\r\n\r\n"), "204 ");
  EXPECT_EQ(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "200 ");
  EXPECT_EQ(read("HTTP/1.1 302 Found\r\nLocation: http://other/\r\nContent-Length: 0\r\n\r\n"), "302 ");
}

TEST(ResponseReader, F08_RefusesAmbiguousOrEndlessAnswers) {
  for (const auto* bad :
       {"", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 000 OK\r\n\r\n", "HTTP/1.1200 OK\r\n\r\n", "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\nX: y\n\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
        "HTTP/1.1 200 OK\r\n X: y\r\n\r\n", "HTTP/1.1 101 Switching\r\n\r\n", "HTTP/1.1 200 OK\r\nX: y\r\n"})
    EXPECT_EQ(read(bad), "http.response") << bad;
  std::string flood;
  for (int i = 0; i < 100; ++i) flood += "HTTP/1.1 100 Continue\r\n\r\n";
  EXPECT_EQ(read(flood), "http.response");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x')), "http.response");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n"), "http.response_too_large");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x')), "http.response_too_large");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'x')), "http.response_too_large");
}

TEST(Url, IsTakenApartOrRefusedWithAReason) {
  const auto u = parse_url("HTTP://gate.example:8080/bip-sync/?x=1").value();
  EXPECT_EQ(u.host, "gate.example");
  EXPECT_EQ(u.port, 8080);
  EXPECT_EQ(u.target, "/bip-sync/?x=1");
  EXPECT_EQ(u.authority(), "gate.example:8080");
  EXPECT_EQ(parse_url("http://[::1]:81?q").value().authority(), "[::1]:81");
  EXPECT_EQ(parse_url("http://[::1]:81?q").value().target, "/?q");
  EXPECT_EQ(parse_url("http://a").value().authority(), "a");
  EXPECT_EQ(parse_url("http://a:443").value().authority(), "a:443");
  const auto secure = parse_url("HTTPS://a").value();
  EXPECT_TRUE(secure.secure);
  EXPECT_EQ(secure.port, 443);
  EXPECT_EQ(secure.authority(), "a");
  EXPECT_EQ(parse_url("https://a:80").value().authority(), "a:80");
  for (const auto* bad : {"", "a", "https:/a/", "ftp://a/", "http://", "http:///x", "http://u@a/", "http://a:0/", "http://a:70000/",
                          "http://a/#f", "http://a/ b", "http://a/\xd0\xb0", "http://a\r\nX: y/"}) {
    const auto refused = parse_url(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, problems::bad_url);
    EXPECT_FALSE(refused.error().hint.empty());
  }
}

}  // namespace
}  // namespace shep::http::test
