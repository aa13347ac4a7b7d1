#include "unit/pki_client/upstream.hpp"

#include <arpa/inet.h>
#include <future>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace shep::pki::test {

upstream::upstream() {
  http::listener_options options;
  options.name = "upstream";
  options.connections_per_address = 0;
  options.handler = [this](http::request r) -> boost::asio::awaitable<http::response> {
    way chosen;
    {
      const std::lock_guard lock(mutex_);
      ++asked_[r.path];
      last_ = r;
      const auto found = ways_.find(r.path);
      if (found != ways_.end()) chosen = found->second;
    }
    co_return chosen ? chosen(r) : http::text_response(404, "no such thing");
  };
  port_ = server_.listen(std::move(options)).value().port;
}

void upstream::answer(const std::string& path, way w) {
  const std::lock_guard lock(mutex_);
  ways_[path] = std::move(w);
}

void upstream::answer(const std::string& path, std::string octets) {
  answer(path, [octets = std::move(octets)](const http::request&) { return answer_of(octets); });
}

int upstream::asked(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return asked_[path];
}

int upstream::asked() {
  const std::lock_guard lock(mutex_);
  int all = 0;
  for (const auto& [path, times] : asked_) all += times;
  return all;
}

http::request upstream::last() {
  const std::lock_guard lock(mutex_);
  return last_;
}

http::response answer_of(std::string octets, unsigned status) {
  http::response out;
  out.status = status;
  out.content_type = "application/octet-stream";
  out.body = share(std::move(octets));
  return out;
}

namespace {

int listen_somewhere(std::uint16_t& port) {
  const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listening, reinterpret_cast<const sockaddr*>(&place), sizeof place);
  ::listen(listening, 16);
  socklen_t size = sizeof place;
  ::getsockname(listening, reinterpret_cast<sockaddr*>(&place), &size);
  port = ntohs(place.sin_port);
  return listening;
}

}  // namespace

rough_upstream::rough_upstream(std::string octets, then what, std::size_t piece) : listening_(listen_somewhere(port_)) {
  thread_ = std::thread([this, octets = std::move(octets), what, piece] { run(octets, what, piece); });
}

rough_upstream::~rough_upstream() {
  ::shutdown(listening_, SHUT_RDWR);
  thread_.join();
  ::close(listening_);
}

void rough_upstream::run(const std::string& octets, then what, std::size_t piece) {
  for (int peer = ::accept(listening_, nullptr, nullptr); peer >= 0; peer = ::accept(listening_, nullptr, nullptr)) {
    const int on = 1;
    ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    char unread[4096];
    bool there = ::recv(peer, unread, sizeof unread, 0) >= 0;
    for (std::size_t at = 0; there && at < octets.size(); at += piece)
      there = ::send(peer, octets.data() + at, std::min(piece, octets.size() - at), MSG_NOSIGNAL) > 0;
    if (what == then::silence)
      while (::recv(peer, unread, sizeof unread, 0) > 0) {}
    ::close(peer);
  }
}

std::string closed_url() {
  std::uint16_t port = 0;
  ::close(listen_somewhere(port));
  return "http://127.0.0.1:" + std::to_string(port) + "/";
}

std::string ocsp_answer(const http::request& r, const std::function<void(revocation::ocsp::response_content&)>& bend,
                        const crypto::identity& by) {
  const auto request = revocation::ocsp::read_request(*r.body).value();
  revocation::ocsp::response_content c;
  c.produced_at = test_now;
  c.nonce = request.nonce;
  for (const auto& id : request.ids) {
    revocation::ocsp::response_content::answer a;
    a.id = id;
    a.this_update = test_now - 1min;
    a.next_update = test_now + 1h;
    c.answers.push_back(a);
  }
  if (bend) bend(c);
  return revocation::ocsp::write_response(c, by).value();
}

result<finding> runner::ask(const client& c, const question& q) {
  return boost::asio::co_spawn(threads_.context(), c.ask(q), boost::asio::use_future).get();
}

revocation::chain_status runner::gather(const client& c, std::vector<crypto::certificate> path, mode how, time_point at) {
  return boost::asio::co_spawn(threads_.context(), c.gather(std::move(path), how, at), boost::asio::use_future).get();
}

result<std::string> runner::time_stamp(const client& c, std::string request) {
  return boost::asio::co_spawn(threads_.context(), c.time_stamp(std::move(request)), boost::asio::use_future).get();
}

std::vector<result<finding>> runner::ask_together(const client& c, const question& q, std::size_t times) {
  std::vector<std::future<result<finding>>> all;
  for (std::size_t i = 0; i < times; ++i) all.push_back(boost::asio::co_spawn(threads_.context(), c.ask(q), boost::asio::use_future));
  std::vector<result<finding>> out;
  for (auto& one : all) out.push_back(one.get());
  return out;
}

}  // namespace shep::pki::test
