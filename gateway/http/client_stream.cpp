#include "http/client_stream.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace shep::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

class plain final : public client_stream {
 public:
  explicit plain(asio::ip::tcp::socket& s) : socket_(s) {}

  asio::awaitable<result<void>> handshake() override { co_return result<void>(); }

  asio::awaitable<error_code> write(parts p) override {
    error_code ec;
    co_await asio::async_write(socket_, p, asio::redirect_error(asio::use_awaitable, ec));
    co_return ec;
  }

  asio::awaitable<std::size_t> read_some(asio::mutable_buffer room, error_code& ec) override {
    co_return co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, ec));
  }

 private:
  asio::ip::tcp::socket& socket_;
};

}  // namespace

std::unique_ptr<client_stream> plain_stream(asio::ip::tcp::socket& s) { return std::make_unique<plain>(s); }

}  // namespace shep::http
