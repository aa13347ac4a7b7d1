#pragma once

#include "http/asio.hpp"

#include <boost/asio/ssl/context.hpp>

namespace shep::http {

/// Only for the files tls_*.cpp: OpenSSL's context behind the opaque type of tls_client.hpp. Not changed once it is made, and OpenSSL
/// counts its references itself, so threads share it.
class tls_client {
 public:
  mutable boost::asio::ssl::context context{boost::asio::ssl::context::tls_client};
  bool verify = true;
};

}  // namespace shep::http
