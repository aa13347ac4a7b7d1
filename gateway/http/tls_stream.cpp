#include "http/client_stream.hpp"
#include "http/problems.hpp"
#include "http/tls_context.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"  // g++ 12 and Asio's coroutine frames, see client.cpp
#endif

namespace shep::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

problem refused(std::string why, std::string hint) { return {problems::tls, std::move(why), {}, std::move(hint)}; }

/// Security catalogue T03: each way in which a certificate fails is told apart. RFC 5280 section 6, RFC 6125.
problem untrusted(long verdict) {
  switch (verdict) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return refused("the server's certificate is self-signed and not among the trusted ones",
                     "add it to the trusted certificates of the target");
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return refused("the server's certificate leads to no trusted authority",
                     "add its authority to the trusted certificates of the target");
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return refused("the server's certificate, or one above it, has expired",
                     "the server needs a new one; check this machine's clock too");
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return refused("the server's certificate, or one above it, is not valid yet", "check this machine's clock");
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return refused("the server's certificate names another host", "write the target with a name that stands in the certificate");
    case X509_V_ERR_INVALID_PURPOSE: return refused("the server's certificate is not made for servers", "the server needs another one");
    default: break;
  }
  return refused(std::string("the server's certificate is refused: ") + X509_verify_cert_error_string(verdict), {});
}

problem failed_handshake(const error_code& ec, long verdict) {
  if (ec.category() == asio::error::get_ssl_category()) {
    const auto code = static_cast<unsigned long>(ec.value());
    const int reason = ERR_GET_REASON(code);
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) return untrusted(verdict);
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST)
      return refused("the server does not speak TLS on this port", "a plain port is named by http://");
    if (reason > SSL_AD_REASON_OFFSET)
      return refused("the server refused the handshake: " + ec.message(), "it may want a client's certificate, or other algorithms");
    return refused("the handshake failed: " + ec.message(), {});
  }
  if (ec == asio::error::eof || ec == asio::ssl::error::stream_truncated || ec == asio::error::connection_reset)
    return refused("the server ended the connection during the handshake", "it may not speak TLS on this port");
  return refused("the handshake failed: " + ec.message(), {});
}

class secured final : public client_stream {
 public:
  secured(asio::ip::tcp::socket& s, std::shared_ptr<const tls_client> client, std::string host)
      : client_(std::move(client)), stream_(s, client_->context), host_(std::move(host)) {}

  asio::awaitable<result<void>> handshake() override {
    if (!name_server()) co_return refused("the host's name cannot be asked for over TLS", {});
    error_code ec;
    co_await stream_.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) co_return result<void>();
    const long verdict = SSL_get_verify_result(stream_.native_handle());
    ERR_clear_error();
    co_return failed_handshake(ec, verdict);
  }

  asio::awaitable<error_code> write(parts p) override {
    error_code ec;
    co_await asio::async_write(stream_, p, asio::redirect_error(asio::use_awaitable, ec));
    co_return ec;
  }

  /// An end without TLS's own farewell is no end (`stream_truncated`): somebody between may have cut the answer.
  asio::awaitable<std::size_t> read_some(asio::mutable_buffer room, error_code& ec) override {
    co_return co_await stream_.async_read_some(room, asio::redirect_error(asio::use_awaitable, ec));
  }

 private:
  /// SNI (RFC 6066), which is for names only, and the identity that the certificate must carry.
  bool name_server() {
    SSL* ssl = stream_.native_handle();
    X509_VERIFY_PARAM* rules = SSL_get0_param(ssl);
    error_code is_name;
    asio::ip::make_address(host_, is_name);
    if (!is_name) return X509_VERIFY_PARAM_set1_ip_asc(rules, host_.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set_tlsext_host_name(ssl, host_.c_str()) == 1 && SSL_set1_host(ssl, host_.c_str()) == 1;
  }

  std::shared_ptr<const tls_client> client_;
  asio::ssl::stream<asio::ip::tcp::socket&> stream_;
  std::string host_;
};

}  // namespace

std::unique_ptr<client_stream> tls_stream(asio::ip::tcp::socket& s, std::shared_ptr<const tls_client> client, std::string host) {
  return std::make_unique<secured>(s, std::move(client), std::move(host));
}

}  // namespace shep::http
