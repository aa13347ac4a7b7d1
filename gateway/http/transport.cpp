#include "http/transport.hpp"

namespace shep::http {
namespace {

io_step step(boost::system::error_code ec, std::size_t bytes, io_step::outcome wait) {
  if (!ec) return {io_step::outcome::moved, bytes};
  if (ec == boost::asio::error::would_block || ec == boost::asio::error::try_again || ec == boost::asio::error::interrupted)
    return {wait, 0};
  if (ec == boost::asio::error::eof) return {io_step::outcome::ended, 0};
  return {io_step::outcome::failed, 0};
}

// write_some takes a buffer sequence, which a span is not before Boost 1.83.
struct buffer_view {
  using value_type = boost::asio::const_buffer;
  using const_iterator = const boost::asio::const_buffer*;
  const_iterator begin() const { return buffers.data(); }
  const_iterator end() const { return buffers.data() + buffers.size(); }
  std::span<const boost::asio::const_buffer> buffers;
};

}  // namespace

io_step plain_transport::read(std::span<char> into) {
  boost::system::error_code ec;
  const auto n = socket_->read_some(boost::asio::buffer(into.data(), into.size()), ec);
  return step(ec, n, io_step::outcome::wait_read);
}

io_step plain_transport::write(std::span<const boost::asio::const_buffer> from) {
  boost::system::error_code ec;
  const auto n = socket_->write_some(buffer_view{from}, ec);
  return step(ec, n, io_step::outcome::wait_write);
}

}  // namespace shep::http
