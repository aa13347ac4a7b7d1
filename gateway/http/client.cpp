#include "http/client.hpp"

#include "http/characters.hpp"
#include "http/client_stream.hpp"
#include "http/problems.hpp"
#include "http/public_address.hpp"
#include "http/response_head.hpp"
#include "http/response_reader.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

// g++ 12 inlines half of Asio's coroutine allocation under the thread sanitizer and then misses the other half.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace shep::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using steady = std::chrono::steady_clock;

constexpr std::size_t read_size = 64 * 1024;

result<std::string> render_request_head(const outgoing_request& r) {
  static constexpr std::array<std::string_view, 4> own{"Host", "Content-Length", "Transfer-Encoding", "Connection"};
  const bool clean_target = std::all_of(r.to.target.begin(), r.to.target.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!is_token(r.method) || r.to.target.empty() || !clean_target || !is_clean_header("Host", r.to.authority()))
    return problem(problems::bad_field, "the method, the target or the host holds a character that would break the request line");
  std::string head = r.method + " " + r.to.target + " HTTP/1.1\r\nHost: " + r.to.authority() + "\r\n";
  for (const auto& h : r.headers) {
    if (std::any_of(own.begin(), own.end(), [&h](std::string_view o) { return equal_ignoring_case(o, h.name); })) continue;
    if (!is_clean_header(h.name, h.value))
      return problem(problems::bad_field, "header '" + h.name.substr(0, 64) + "' could split the head");
    head += h.name + ": " + h.value + "\r\n";
  }
  const bool bodiless = (!r.body || r.body->empty()) && (r.method == "GET" || r.method == "HEAD");
  if (!bodiless) head += "Content-Length: " + std::to_string(r.body ? r.body->size() : 0) + "\r\n";
  return head + "Connection: close\r\n\r\n";
}

/// One connection and the one deadline that is in force. Everything happens on one strand.
class attempt : public std::enable_shared_from_this<attempt> {
 public:
  explicit attempt(const asio::any_io_executor& strand) : socket(strand), resolver(strand), timer(strand), answered(strand) {}

  // Replaces the deadline; when it passes, whatever is being waited for on the socket ends.
  void give_up_at(steady::time_point t) {
    timer.expires_at(t);
    timer.async_wait([self = shared_from_this()](boost::system::error_code ec) {
      if (ec || steady::now() < self->timer.expiry()) return;
      self->expired = true;
      boost::system::error_code ignored;
      self->socket.close(ignored);
    });
  }

  tcp::socket socket;
  std::unique_ptr<client_stream> stream;  ///< over the socket
  tcp::resolver resolver;
  asio::steady_timer timer;
  asio::steady_timer answered;  ///< of the resolver: cancelled when it has
  std::vector<tcp::endpoint> endpoints;
  boost::system::error_code resolve_error;
  bool expired = false;
};

// The deadline's handler keeps the attempt alive, so it must not outlast the exchange.
class ends_with_scope {
 public:
  explicit ends_with_scope(std::shared_ptr<attempt> a) : attempt_(std::move(a)) {}
  ~ends_with_scope() {
    boost::system::error_code ignored;
    attempt_->timer.cancel();
    attempt_->socket.close(ignored);
  }
  ends_with_scope(const ends_with_scope&) = delete;
  ends_with_scope& operator=(const ends_with_scope&) = delete;

 private:
  std::shared_ptr<attempt> attempt_;
};

problem failed(const attempt& a, const outgoing_request& r, const problem_code& otherwise, const std::string& doing,
               const std::string& why) {
  if (a.expired) return problem(problems::timed_out, doing + " took too long", r.to.authority());
  return problem(otherwise, doing + ": " + why, r.to.authority());
}

// The system's resolver cannot be interrupted, so its answer is waited for by a timer and left behind when it comes too late.
asio::awaitable<void> resolve(std::shared_ptr<attempt> a, std::string host, std::uint16_t port, steady::time_point until) {
  boost::system::error_code ec;
  const auto numeric = asio::ip::make_address(host, ec);
  if (!ec) {
    a->endpoints.emplace_back(numeric, port);
    co_return;
  }
  auto on_answer = [a](boost::system::error_code error, tcp::resolver::results_type found) {
    a->resolve_error = error;
    for (const auto& entry : found) a->endpoints.push_back(entry.endpoint());
    a->answered.expires_at(steady::time_point::min());
  };
  a->answered.expires_at(until);
  a->resolver.async_resolve(host, std::to_string(port), tcp::resolver::numeric_service, std::move(on_answer));
  co_await a->answered.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  a->expired = a->endpoints.empty() && !a->resolve_error;
}

/// Fills `a->stream`.
asio::awaitable<result<void>> connect(std::shared_ptr<attempt> a, const outgoing_request& r, steady::time_point until) {
  co_await resolve(a, r.to.host, r.to.port, until);
  if (a->endpoints.empty()) co_return failed(*a, r, problems::unreachable, "looking up the name", a->resolve_error.message());
  // After the look-up: a harmless name may stand for any address.
  if (r.public_only) std::erase_if(a->endpoints, [](const tcp::endpoint& e) { return !is_public(e.address()); });
  if (a->endpoints.empty())
    co_return problem(problems::forbidden_address, "the host stands for addresses of this machine or a private network only",
                      r.to.authority());
  if (r.allowed) std::erase_if(a->endpoints, [&r](const tcp::endpoint& e) { return !r.allowed(e.address().to_string(), e.port()); });
  if (a->endpoints.empty())
    co_return problem(problems::forbidden_address, "the host stands for addresses that may not be asked", r.to.authority());
  a->give_up_at(until);
  boost::system::error_code ec;
  for (const auto& endpoint : a->endpoints) {
    if (a->expired) break;
    boost::system::error_code ignored;
    a->socket.close(ignored);
    co_await a->socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) break;
  }
  if (ec || a->expired) co_return failed(*a, r, problems::unreachable, "connecting", ec.message());
  a->socket.set_option(tcp::no_delay(true), ec);
  a->stream = r.to.secure ? tls_stream(a->socket, r.tls, r.to.host) : plain_stream(a->socket);
  const auto shaken = co_await a->stream->handshake();
  if (a->expired) co_return failed(*a, r, problems::unreachable, "the TLS handshake", {});
  if (shaken) co_return result<void>();
  problem why = shaken.error();
  why.where = r.to.authority();
  co_return why;
}

asio::awaitable<result<incoming_response>> exchange(outgoing_request r) {
  auto head = render_request_head(r);
  if (!head) co_return head.error();
  if (r.to.secure && !r.tls)
    co_return problem(problems::tls, "nobody said whom to trust over TLS", r.to.authority(), "give the request a tls_client");
  const auto start = steady::now();
  const auto last = start + r.within.total;
  const auto a = std::make_shared<attempt>(co_await asio::this_coro::executor);
  const ends_with_scope ending(a);
  auto connected = co_await connect(a, r, std::min(start + r.within.connect, last));
  if (!connected) co_return connected.error();

  a->give_up_at(last);
  boost::system::error_code ec;
  const client_stream::parts parts{asio::buffer(*head), r.body ? asio::buffer(*r.body) : asio::const_buffer()};
  ec = co_await a->stream->write(parts);
  // A server may refuse a body before it has read all of it: its answer is worth more than the failed write.
  if (a->expired) co_return failed(*a, r, problems::unreachable, "sending the request", ec.message());
  a->give_up_at(std::min(steady::now() + r.within.first_byte, last));

  response_reader reader(r.method == "HEAD", r.max_response);
  std::string buffer(read_size, '\0');
  std::chrono::microseconds first_byte{0};
  while (reader.now() == response_reader::state::head || reader.now() == response_reader::state::body) {
    const auto room = asio::buffer(buffer);
    const auto n = co_await a->stream->read_some(room, ec);
    if (a->expired)
      co_return failed(*a, r, problems::timed_out, reader.anything_received() ? "receiving the answer" : "waiting for the answer", {});
    if (n > 0 && !reader.anything_received()) {
      first_byte = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - start);
      a->give_up_at(last);
    }
    reader.take(std::string_view(buffer.data(), n));
    if (ec == asio::error::eof) reader.ended();
    else if (ec) co_return failed(*a, r, problems::unreachable, "receiving the answer", ec.message());
  }
  if (reader.now() == response_reader::state::refused) co_return reader.refusal();
  auto out = reader.finish();
  out.time_to_first_byte = first_byte;
  out.time_total = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - start);
  co_return out;
}

}  // namespace

asio::awaitable<result<incoming_response>> send(outgoing_request r) {
  const asio::any_io_executor strand = asio::make_strand(co_await asio::this_coro::executor);
  auto work = exchange(std::move(r));
  co_return co_await asio::co_spawn(strand, std::move(work), asio::use_awaitable);
}

result<incoming_response> send_blocking(outgoing_request r) {
  asio::io_context context(1);
  result<incoming_response> out = problem(shep::problems::internal, "the exchange did not end");
  std::exception_ptr failure;
  auto on_end = [&out, &failure, &context](std::exception_ptr e, result<incoming_response> answer) {
    failure = e;
    out = std::move(answer);
    context.stop();  // a name lookup that came too late is not waited for
  };
  asio::co_spawn(context, exchange(std::move(r)), std::move(on_end));
  context.run();
  if (failure) std::rethrow_exception(failure);
  return out;
}

}  // namespace shep::http
