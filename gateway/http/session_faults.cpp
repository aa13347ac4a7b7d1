// How a session answers when a fault was asked for: wrongly, and only on purpose.
#include "http/session.hpp"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::http {
namespace {

constexpr std::string_view not_a_chunk = "this is not a chunk size\r\n";
constexpr std::string_view not_http =
    "\x8f\x02\xd1kZ\x11q\xe0\x9cV\x07\xfb\x33\xaa\x18w\xc4\x05=\x9e\n\x81\xbcm\x13\xf2\x60\xd7\x04\xa9Q\x88";
constexpr std::size_t most_pieces = 50;
// A server that drains is noticed within this time.
constexpr std::chrono::milliseconds longest_nap{200};

}  // namespace

boost::asio::awaitable<void> session::send_fault(response out, head_facts facts) {
  if (out.how == delivery::empty) co_return;
  if (out.how == delivery::reset) {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    close();
    co_return;
  }
  if (out.how == delivery::random_data) {
    const outgoing noise{not_http, {}};
    co_await write(noise);
    co_return;
  }
  facts.keep_alive = false;
  facts.chunked = out.how == delivery::malformed_chunk;
  const std::string head = render_head(out, facts);
  std::string_view body = out.body ? std::string_view(*out.body) : std::string_view();
  if (!may_have_body(out, facts.answers_head)) body = {};
  const bool slowly = out.how == delivery::drip;
  const outgoing parts{head, facts.chunked ? not_a_chunk : slowly ? std::string_view() : body};
  const bool written = co_await write(parts);
  if (!written) co_return;
  if (slowly) co_await send_slowly(body, out.time);
  if (out.how == delivery::stall) co_await pause(out.time);
}

boost::asio::awaitable<void> session::send_slowly(std::string_view body, std::chrono::milliseconds time) {
  const std::size_t pieces = std::clamp<std::size_t>(body.size(), 1, most_pieces);
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::size_t from = body.size() * i / pieces;
    const std::string_view piece = body.substr(from, body.size() * (i + 1) / pieces - from);
    const bool patient = co_await pause(time / static_cast<std::int64_t>(pieces));
    if (!patient) co_return;
    const outgoing part{piece, {}};
    const bool written = co_await write(part);
    if (!written) co_return;
  }
}

boost::asio::awaitable<bool> session::pause(std::chrono::milliseconds time) {
  wait_forever();
  boost::asio::steady_timer timer(socket_.get_executor());
  while (time.count() > 0 && !cut_off_ && !draining()) {
    const auto nap = std::min(time, longest_nap);
    time -= nap;
    timer.expires_after(nap);
    boost::system::error_code ignored;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }
  co_return !cut_off_ && !draining();
}

}  // namespace shep::http
